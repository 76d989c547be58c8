"""練習の科目。事例の作り方と、よくある間違いの一覧を1つにまとめる。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeAlias

from .. import calc
from ..kekka import Keisan
from ..sheet import Line, Sashikae, Sheet

NAMAE = ("あおば", "ひかり", "みどり", "かえで", "さくら", "しらかば", "はるかぜ", "やまびこ")


@dataclass(frozen=True)
class ShiryoHyo:
    """事例につける表（月別の賃金、工事の一覧など）。1列目は行の見出し。"""

    midashi: tuple[str, ...]
    gyo: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Jirei:
    """事例1つ。`data` は計算の入力、`joken` と `hyo` は学ぶ人に見せる条件。

    `yobun` は、見せるが正しい計算では使わない値（別の年度の額など）。
    """

    bango: int
    namae: str
    data: dict[str, Any]
    joken: dict[str, str]
    hyo: ShiryoHyo | None = None
    yobun: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Yarikata:
    """計算のやり方。間違いは、入力 `data` かシートの行を書き換えて表す。"""

    data: dict[str, Any]
    sheets: dict[str, Sheet]
    yobun: Mapping[str, Any]

    def line(self, id: str) -> Line:
        """行の今の宣言。"""
        return self._sheet(id).line(id)

    def swap(self, id: str, **changes: Any) -> None:
        """1行を書き換える。"""
        sheet = self._sheet(id)
        self.sheets[sheet.id] = sheet.swap(id, **changes)

    def insert(self, before: str, line: Line) -> None:
        """`before` の行の前に、1行を足す。"""
        sheet = self._sheet(before)
        self.sheets[sheet.id] = sheet.insert(before, line)

    def _sheet(self, id: str) -> Sheet:
        return next(s for s in self.sheets.values() if any(x.id == id for x in s.lines))


Change: TypeAlias = Callable[[Yarikata], None]


@dataclass(frozen=True)
class Machigai:
    """間違い1つ。`label` は、学ぶ人に言う文。"""

    id: str
    label: str
    change: Change


@dataclass(frozen=True, eq=False)
class Kamoku:
    """科目1つ。`kiku` は、書いてもらう行の名前。"""

    name: str
    label: str
    sheets: tuple[Sheet, ...]
    kiku: tuple[str, ...]
    tsukuru: Callable[[int, Random], Jirei]
    machigai: list[Machigai] = field(default_factory=list)

    def jirei(self, bango: int) -> Jirei:
        """番号から事例を作る。同じ番号からは、いつも同じ作り物の事業場ができる。"""
        return self.tsukuru(bango, Random(f"{self.name}{bango}"))

    def yoku_aru(self, id: str, label: str) -> Callable[[Change], Change]:
        """間違いを1つ、一覧に足す。"""

        def add(change: Change) -> Change:
            self.machigai.append(Machigai(id, label, change))
            return change

        return add

    def machigaeru(self, machigai: Machigai, jirei: Jirei) -> Keisan | None:
        """間違えたまま計算する。その間違いが起き得ない事例では None。"""
        # 間違えた計算の結果は、正しい計算の検査に合わなくてよい。
        sheets = {s.id: replace(s, checks=()) for s in self.sheets}
        y = Yarikata(deepcopy(jirei.data), sheets, jirei.yobun)
        machigai.change(y)
        with Sashikae(y.sheets):
            answer = calc(self.name, y.data)
        return answer if isinstance(answer, Keisan) else None
