"""一覧を表に貼り付けるか、ファイルから読む画面の、共通の部品。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import Any

from .. import batch
from ..kekka import Ayamari, doko_no
from ..nyuryoku import Yomenai, gokei_ka, nendo
from ..schema import Schema, retsu_of
from ..sheet.render import number
from ..tables import nendo_label
from .buhin import Hyo, Komoku, file_erabu, kakikaeta
from .haritsuke import basho, midashi_no_ayamari


def retsu(item: Schema) -> dict[str, str]:
    """並びの1つの形から、表の見出し → 項目の名前。表の計算（`batch`）と同じ見出し。"""
    return {r.label: r.id for r in retsu_of(item)}


def betsumei(item: Schema) -> list[list[str]]:
    """表の見出しの、ほかの言い方。列の順の並びを、言い方の数だけ。"""
    narabi = zip_longest(*(r.betsumei for r in retsu_of(item)), fillvalue="")
    return [list(x) for x in narabi]


def okashii(text: str) -> str:
    """直す所を言う囲み。空なら何も出さない。"""
    return f'<div class="hk-okashii">{escape(text)}</div>' if text else ""


class Ichiran:
    """一覧の表と、ファイルを読むボタン。全部が届いていない一覧は `kakeru` で断る。

    `saidai` はファイルの件数の上限。表に入らない数（`ooi`）は、表に出さずに計算に使う。
    `nendo` は、画面の確定の保険年度の欄。ファイルに年度の列があれば、同じかを見る。
    """

    def __init__(
        self, hyo: Hyo, saidai: int, kawatta: Callable[[Any], None], nendo: Komoku
    ) -> None:
        self.hyo, self.saidai, self.kawatta, self.nendo = hyo, saidai, kawatta, nendo
        self.file = file_erabu("ファイルから読む", ".csv,.xlsx", self.yomu)
        self.modosu()
        hyo.observe(self._changed, "atai")

    @property
    def gyo(self) -> list[list[str]]:
        """計算に使う行。"""
        return self.ooi or self.hyo.atai

    def modosu(self) -> None:
        """表の外に持つ物（多すぎる行、知らせ）を、開いた時に戻す。"""
        self.dame = self.yomenai = ""
        self.ooi: list[list[str]] = []

    def ireru(self, rows: list[list[str]], yomenai: str = "") -> None:
        """一覧を `rows` に入れ替える。`yomenai` は、読めなかった行の知らせ。"""
        self.dame, self.yomenai = "", yomenai
        self.ooi = rows if len(rows) > self.hyo.saidai else []
        mae = self.hyo.atai
        self.hyo.ireru([] if self.ooi else rows)
        if self.hyo.atai == mae:
            self.kawatta(None)

    def yomu(self, _: Any = None) -> None:
        """選ばれたファイルを読む。読めなければ、いまの一覧は変えずに計算をやめる。"""
        if not self.file.value:
            return
        try:
            (upload,) = self.file.value
            self.ireru(*self.yonda(upload["name"], bytes(upload["content"])))
        except ValueError as e:
            self.hyo.hamidashi, self.hyo.kotowari = 0, ""
            self.dame = str(e)
            self.kawatta(None)

    def yonda(self, name: str, data: bytes) -> tuple[list[list[str]], str]:
        """一覧のファイルの行と、読めなかった所の知らせ。合計の行は除く。

        誤りの時: ファイルが読めない、見出し `hissu` が無い、年度が画面と違えば ValueError（日本語の文）。
        """
        frame, broken = batch.read_hyo(name, data)
        na = self.hyo.na()
        head = [str(c) for c in frame.columns]
        if dame := midashi_no_ayamari(head, na, self.hyo.retsu, self.hyo.hissu):
            raise ValueError(dame)
        if self.nendo.label in head:
            self._nendo_wo_miru(frame[self.nendo.label])
        saki = basho(head, na)
        rows = []
        for masu in frame.itertuples(index=False, name=None):
            if gokei_ka(masu):
                continue
            row = [""] * len(self.hyo.retsu)
            for i, c in saki.items():
                row[c] = str(masu[i])
            rows.append(row)
        return rows, "".join(f"{r.行}行目: {r.理由}" for r in broken.itertuples())

    def _nendo_wo_miru(self, retsu: Iterable[Any]) -> None:
        """ファイルの年度が、画面の年度と同じか。"""
        kaita = {str(x).strip() for x in retsu} - {""}
        try:
            chigau = sorted({nendo(x) for x in kaita} - {self.nendo.value})
        except Yomenai as e:
            raise ValueError(f"{self.nendo.label}: {e}") from None
        if chigau:
            raise ValueError(
                f"ファイルの「{self.nendo.label}」は{'・'.join(map(nendo_label, chigau))}で、画面の{nendo_label(self.nendo.value)}と違います。画面の年度を合わせてから、もう一度読んでください。"
            )

    def _changed(self, change: Any) -> None:
        """表に書いたら、ファイルの多い一覧はやめる。貼り直したら、読めなかった行は言わない。"""
        if self.hyo.irekaeta or (self.ooi and not self.hyo.kara()):
            self.ooi, self.yomenai = [], ""
        if self.hyo.irekaeta or self.hyo.hamidashi or self.hyo.kotowari or kakikaeta(change):
            self.dame = ""
        self.kawatta(change)

    def ooi_no_bun(self, shoryaku: str = "") -> str:
        """表に出さずに計算している時の知らせ。`shoryaku` は、ほかに省く物。"""
        if not self.ooi:
            return ""
        return f'<div class="hk-tarinai">ファイルの {number(len(self.ooi))} 件を計算しています。{self.hyo.saidai} 件より多いので、入力の表には出しません。{shoryaku}</div>'

    def kakeru(self) -> str:
        """一覧の全部が届いていない時の断り。欠けた一覧では、額を出さない。"""
        if self.hyo.kotowari:
            return okashii(
                f"{self.hyo.kotowari}貼り付けた一覧は、1行も入れていません。計算もしていません。"
            )
        if self.hyo.hamidashi:
            gyo, retsu = self.hyo.hari_okisa
            kazu = self.hyo.saidai
            return okashii(
                f"貼り付けた {gyo}行{retsu}列は、貼った所から表（{kazu}行{len(self.hyo.retsu)}列）に入らないので、1行も入れていません。計算もしていません。"
                f"{kazu}件より多い一覧は、CSV か xlsx にして「ファイルから読む」で読んでください（{number(self.saidai)}件まで）。"
                "列の数や順が違う時は、見出しの行も一緒に写してください。"
            )
        if self.dame:
            return okashii(f"{self.dame}ファイルは読んでいません。計算もしていません。")
        if self.yomenai:
            return okashii(
                f"{self.yomenai}一覧の全部を読めないので、計算していません。ファイルを直して読み直すか、一覧の全部を貼り付けるか、「全部消す」を押してください。"
            )
        return ""

    def zure(self, errors: Sequence[Ayamari], kazu: int) -> str:
        """一覧の `kazu` 行の半分より多くが、同じ列で読めない時の知らせ。"""
        retsu = Counter(
            e.field.split(".")[2] for e in errors if e.code != "hissu" and e.field.count(".") > 1
        )
        if not retsu or kazu < 3 or 2 * max(retsu.values()) <= kazu:
            return ""
        if self.hyo.midashi_de:
            (id, _), *_ = retsu.most_common(1)
            na = self.hyo.retsu[self.hyo.id.index(id)]
            return okashii(f"「{na}」の列の多くが読めません。書き方を確かめてください。")
        return okashii("列がずれているようです。見出しの行も一緒に写して貼ってください。")


def masu_no_bun(gyo: str, e: Ayamari, retsu: Mapping[str, str]) -> str:
    """表の中の誤りの文に、行の名前と列の見出しをつける。"""
    na = next((na for na, id in retsu.items() if id in e.field.split(".")[2:3]), "")
    return doko_no(gyo, na, e.message)


def masu(e: Ayamari, gyo: Sequence[int], retsu: Mapping[str, str]) -> str:
    """誤りのある表のます（「行,列」）。`gyo` は、書いてある行の番号。"""
    _, i, *field = e.field.split(".")
    c = list(retsu.values()).index(field[0]) if field else 0
    return f"{gyo[int(i)]},{c}"
