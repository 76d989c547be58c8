"""一覧を表に貼り付けるか、ファイルから読む画面の、共通の部品。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import ipywidgets as w

from .. import batch
from ..kekka import Ayamari, doko_no
from ..schema import Schema, retsu_of
from .haritsuke import basho, tsumeru


def retsu(item: Schema) -> dict[str, str]:
    """並びの1つの形から、表の見出し → 項目の名前。表の計算（`batch`）と同じ見出し。"""
    return {r.label: r.id for r in retsu_of(item)}


def okashii(text: str) -> str:
    """直す所を言う囲み。空なら何も出さない。"""
    return f'<div class="hk-okashii">{escape(text)}</div>' if text else ""


def yomikomu(
    file: w.FileUpload, retsu: Sequence[str], hissu: Sequence[str]
) -> tuple[list[list[str]], str]:
    """選ばれたファイルを読む。中身は `yomu` と同じ。"""
    (upload,) = file.value
    return yomu(upload["name"], bytes(upload["content"]), retsu, hissu)


def yomu(
    name: str, data: bytes, retsu: Sequence[str], hissu: Sequence[str]
) -> tuple[list[list[str]], str]:
    """一覧のファイルの行と、読めなかった所の知らせ。

    誤りの時: ファイルが読めないか、見出し `hissu` が無ければ ValueError（日本語の文）。
    """
    frame, broken = batch.read_hyo(name, data)
    na = {tsumeru(x): c for c, x in enumerate(retsu)}
    head = [str(c) for c in frame.columns]
    saki = basho(head, na)
    if nashi := [x for x in hissu if na[x] not in saki.values()]:
        raise ValueError(
            f"見出しに {'、'.join(nashi)} がありません。使う見出し: {'、'.join(retsu)}。"
        )
    onaji = [h for i, h in enumerate(head) if i not in saki and basho([h], na)]
    if onaji:
        raise ValueError(f"見出しに {'、'.join(onaji)} が2つあります。1つにしてください。")
    rows = []
    for masu in frame.itertuples(index=False, name=None):
        row = [""] * len(retsu)
        for i, c in saki.items():
            row[c] = str(masu[i])
        rows.append(row)
    return rows, "".join(f"{r.行}行目: {r.理由}" for r in broken.itertuples())


def masu_no_bun(gyo: str, e: Ayamari, retsu: Mapping[str, str]) -> str:
    """表の中の誤りの文に、行の名前と列の見出しをつける。"""
    na = next((na for na, id in retsu.items() if id in e.field.split(".")[2:3]), "")
    return doko_no(gyo, na, e.message)


def masu(e: Ayamari, gyo: Sequence[int], retsu: Mapping[str, str]) -> str:
    """誤りのある表のます（「行,列」）。`gyo` は、書いてある行の番号。"""
    _, i, *field = e.field.split(".")
    c = list(retsu.values()).index(field[0]) if field else 0
    return f"{gyo[int(i)]},{c}"
