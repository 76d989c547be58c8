"""一覧を表に貼り付けるか、ファイルから読む画面の、共通の部品。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import ipywidgets as w

from .. import batch
from ..kekka import Ayamari, doko_no
from ..schema import Schema, retsu_of


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
    if nashi := [c for c in hissu if c not in frame.columns]:
        raise ValueError(
            f"見出しに {'、'.join(nashi)} がありません。使う見出し: {'、'.join(retsu)}。"
        )
    rows = [[str(r.get(c, "")) for c in retsu] for _, r in frame.iterrows()]
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
