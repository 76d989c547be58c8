"""端数の規則。丸めるのは、名前と根拠のある規則だけ。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Direction = Literal["kirisute", "kiriage", "gojussen"]


@dataclass(frozen=True)
class Rounding:
    """数の端数処理。`unit` 円未満を `direction` の向きに処理する。

    向き: kirisute 切捨て、kiriage 切上げ、
    gojussen 半分以下は切捨て・半分を超えれば切上げ（50銭以下切捨て、50銭1厘以上切上げ）。
    """

    id: str
    label: str
    unit: int
    direction: Direction
    basis: tuple[str, ...] = ()
    kakunin: str = ""

    def apply(self, x: int | Fraction) -> int:
        """`x` を丸めた整数。"""
        q = Fraction(x) / self.unit
        if self.direction == "kirisute":
            return floor(q) * self.unit
        if self.direction == "kiriage":
            return ceil(q) * self.unit
        return ceil(q - Fraction(1, 2)) * self.unit


@dataclass(frozen=True)
class Postponement:
    """期限の日が休みに当たる時、次の開いている日へ移す規則。"""

    id: str
    label: str
    move: Callable[[date], date]
    basis: tuple[str, ...] = ()
    kakunin: str = ""

    def apply(self, x: date) -> date:
        """`x` か、その後の最初の開いている日。"""
        return self.move(x)
