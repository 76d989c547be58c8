"""式の部品。計算シートの1行は、この部品を組んだ式で書く。

部品はただのデータで、計算も表示もしない。値（`value`）、言葉（`words`）、
数を入れた形（`render`）、列の計算（`columns`）は、同じ式を別々に読む。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

Value: TypeAlias = int | Fraction | bool | str | date | tuple[int | Fraction, ...] | None


class Expr:
    """式。`+ - * /` と比較で組む。比較の結果も式なので、`if` には書けない。"""

    def __add__(self, other: Operand) -> Expr:
        return Arith("+", self, expr(other))

    def __sub__(self, other: Operand) -> Expr:
        return Arith("-", self, expr(other))

    def __mul__(self, other: Operand) -> Expr:
        return Arith("*", self, expr(other))

    def __truediv__(self, other: Operand) -> Expr:
        return Arith("/", self, expr(other))

    def __eq__(self, other: object) -> Compare:  # type: ignore[override]
        return Compare("==", self, expr(other))

    def __ne__(self, other: object) -> Compare:  # type: ignore[override]
        return Compare("!=", self, expr(other))

    def __lt__(self, other: Operand) -> Compare:
        return Compare("<", self, expr(other))

    def __le__(self, other: Operand) -> Compare:
        return Compare("<=", self, expr(other))

    def __gt__(self, other: Operand) -> Compare:
        return Compare(">", self, expr(other))

    def __ge__(self, other: Operand) -> Compare:
        return Compare(">=", self, expr(other))

    def __and__(self, other: Expr) -> Expr:
        return Logic("and", self, other)

    def __or__(self, other: Expr) -> Expr:
        return Logic("or", self, other)

    def __invert__(self) -> Expr:
        return Not(self)

    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise TypeError("式は真偽を持たない。条件には choice(条件, A, B) を使う")


Operand: TypeAlias = Expr | int | Fraction | str


def expr(x: object) -> Expr:
    """数や文字を式にする。小数（float）は1円の誤りのもとなので受け取らない。"""
    if isinstance(x, Expr):
        return x
    if isinstance(x, float):
        raise TypeError(f"小数 {x!r} は式に使えない。整数か Fraction で書く")
    if isinstance(x, (bool, int, Fraction, str)):
        return Const(x)
    raise TypeError(f"{x!r} は式にできない")


@dataclass(frozen=True, eq=False)
class Const(Expr):
    """決まった数か言葉。"""

    value: int | Fraction | bool | str


class Named(Expr):
    """名前を持つ部品。入力か、シートの行。"""

    id: str
    label: str
    unit: str


@dataclass(frozen=True, eq=False)
class Input(Named):
    """人が書き込む値。`choices` は選択肢（値 → 表示）。"""

    id: str
    label: str
    unit: str = "円"
    choices: dict[Any, str] | None = None
    if_true: str = ""  # はい・いいえの入力を条件に使う時の言い方
    if_false: str = ""


@dataclass(frozen=True, eq=False)
class Arith(Expr):
    """足す・引く・掛ける・割る。"""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Smaller(Expr):
    """2つの小さい方。"""

    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Larger(Expr):
    """2つの大きい方。"""

    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Compare(Expr):
    """比べる。"""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Logic(Expr):
    """かつ・または。"""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Not(Expr):
    """〜でない。"""

    inner: Expr


@dataclass(frozen=True, eq=False)
class Given(Expr):
    """入力があるか。"""

    input: Input


@dataclass(frozen=True, eq=False)
class Choice(Expr):
    """条件で選ぶ。`quiet` なら、説明には選ばれた方だけを出す。"""

    condition: Expr
    then: Expr
    otherwise: Expr
    quiet: bool = False


@dataclass(frozen=True, eq=False)
class Lookup(Expr):
    """表を引く。`key` の行のうち、`on` の日に有効なものの `column`。

    `label` は式の中の言い方。書かなければ表の名前。1つの式で列を見分ける時に書く。
    """

    table: str
    column: str
    on: Expr
    key: Expr | None = None
    unit: str = ""
    label: str = ""


@dataclass(frozen=True, eq=False)
class Band(Expr):
    """区間の表を引く。`kumi` の段のうち、`x` を含む区間の行の `column`。"""

    table: str
    column: str
    on: Expr
    kumi: Expr
    x: Expr
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Total(Expr):
    """並び（12か月の賃金、加入者の日額など）の合計。"""

    input: Input


@dataclass(frozen=True, eq=False)
class Months(Expr):
    """`first` の月から `last` の月までの月数。1日でもかかる月を1月と数える。

    `otobi` なら、月の初めでなく `first` の日から数え、応当日の前日までを1月とする。端数は1月。
    """

    first: Expr
    last: Expr
    otobi: bool = False


@dataclass(frozen=True, eq=False)
class Day(Expr):
    """年度から数える日付。年の差1、7月、10日なら、翌年度の7月10日。"""

    nendo: Expr
    years: Expr
    month: Expr
    day: Expr


def choice(condition: Expr, then: Operand, otherwise: Operand, *, quiet: bool = False) -> Expr:
    """条件が成り立てば `then`、そうでなければ `otherwise`。"""
    return Choice(condition, expr(then), expr(otherwise), quiet)


def smaller(left: Operand, right: Operand) -> Expr:
    """小さい方。"""
    return Smaller(expr(left), expr(right))


def larger(left: Operand, right: Operand) -> Expr:
    """大きい方。"""
    return Larger(expr(left), expr(right))


def day(nendo: Expr, years: Operand, month: Operand, day_: Operand) -> Day:
    """保険年度から `years` 年後の月日。"""
    return Day(nendo, expr(years), expr(month), expr(day_))


def parts(e: Expr) -> Iterator[Expr]:
    """式と、その中の部品を全部。行と入力の中へは降りない。"""
    yield e
    for f in fields(e):  # type: ignore[arg-type]
        part = getattr(e, f.name)
        if isinstance(part, Expr) and f.name not in {"when"}:
            yield from parts(part) if not isinstance(part, Named) else [part]
