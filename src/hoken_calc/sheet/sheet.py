"""計算シート。行の並びを一度だけ宣言し、値を求める。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any, Protocol

from .expr import (
    Arith,
    Band,
    Choice,
    Compare,
    Const,
    Day,
    Expr,
    Given,
    Input,
    Larger,
    Logic,
    Lookup,
    Months,
    Named,
    Not,
    Smaller,
    Total,
    Value,
    parts,
)
from .rounding import Postponement, Rounding

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
ARITH: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul}


class Row(Protocol):
    """表から引いた1行。"""

    @property
    def sources(self) -> tuple[str, ...]: ...

    def __getitem__(self, column: str) -> Value: ...


class Tables(Protocol):
    """日付と鍵で1行を返す表の集まり。無い時は例外で断る。"""

    def find(self, table: str, on: date, key: Value, /) -> Row: ...

    def band(self, table: str, on: date, kumi: str, x: int | Fraction, /) -> Row: ...

    def title(self, table: str, /) -> str: ...

    def key_label(self, table: str, key: Value, column: str, /) -> str: ...


@dataclass(frozen=True, eq=False)
class Line(Named):
    """シートの1行。

    `when` が成り立たない時、その行は無いものとして 0（日付は None）になる。
    `why` は、なぜそうするかを初めて読む人に言う一文。
    """

    id: str
    label: str
    formula: Expr
    rounding: Rounding | Postponement | None = None
    unit: str = "円"
    basis: tuple[str, ...] = ()
    when: Expr | None = None
    why: str = ""
    section: str = ""
    if_true: str = ""
    if_false: str = ""
    choices: dict[Any, str] | None = None


@dataclass(frozen=True, eq=False)
class Check:
    """入力がおかしいと分かる条件。`bad` が成り立てば、その項目の誤り。"""

    field: str
    code: str
    bad: Expr
    message: str

    @cached_property
    def needs_lines(self) -> bool:
        """計算した行を見る条件か（入力だけで分かるなら、計算の前に調べる）。"""
        return any(isinstance(p, Line) for p in parts(self.bad))


@dataclass(frozen=True, eq=False)
class Sheet:
    """名前のついた行の並び。後の行は前の行だけを使う。"""

    id: str
    label: str
    inputs: tuple[Input, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...] = ()

    def __post_init__(self) -> None:
        names = [x.id for x in (*self.inputs, *self.lines)]
        twice = {n for n in names if names.count(n) > 1}
        if twice:
            raise ValueError(f"{self.id}: 同じ名前が2度ある: {', '.join(sorted(twice))}")

    def line(self, id: str) -> Line:
        """名前で行を取り出す。"""
        for line in self.lines:
            if line.id == id:
                return line
        raise KeyError(id)

    def swap(self, id: str, **changes: Any) -> Sheet:
        """1行だけ書き換えたシート。研修で、規則を1つ外した計算に使う。"""
        changed = replace(self.line(id), **changes)
        lines = tuple(changed if line.id == id else line for line in self.lines)
        return replace(self, lines=lines)

    def below(self, id: str) -> set[str]:
        """その行が使う行を、たどって全部（その行も入れる）。"""
        out: set[str] = set()
        todo = [id]
        while todo:
            line = self.line(todo.pop())
            if line.id not in out:
                out.add(line.id)
                exprs = (line.formula, line.when)
                todo += [
                    p.id for e in exprs if e is not None for p in parts(e) if isinstance(p, Line)
                ]
        return out

    def insert(self, before: str, line: Line) -> Sheet:
        """`before` の行の前に、1行を足したシート。"""
        at = [x.id for x in self.lines].index(before)
        return replace(self, lines=(*self.lines[:at], line, *self.lines[at:]))

    def broken_inputs(self, given: Mapping[str, Value]) -> list[Check]:
        """計算の前に分かる、入力の誤り。"""
        run = Run(self, {i.id: given.get(i.id) for i in self.inputs})
        return [c for c in self.checks if not c.needs_lines and run.value(c.bad)]

    def run(
        self, given: Mapping[str, Value], tables: Tables, fixed: Mapping[str, Value] | None = None
    ) -> Run:
        """入力から全部の行の値を求める。`fixed` の行は、式を使わずその値にする。

        `Sashikae` の中では、差し替えたシートで求める。
        """
        known = {i.id for i in self.inputs}
        unknown = set(given) - known
        if unknown:
            raise KeyError(f"{self.id}: 知らない入力 {', '.join(sorted(unknown))}")
        kae = _SASHIKAE.get() or Sashikae()
        sheet = kae.sheets.get(self.id, self)
        run = Run(sheet, {i.id: given.get(i.id) for i in sheet.inputs}, tables)
        kimeta = {**(fixed or {}), **kae.fixed.get(len(kae.runs), {})}
        for line in sheet.lines:
            run.compute(line, kimeta.get(line.id))
        kae.runs.append(run)
        return run


@dataclass
class Run:
    """1回の計算。値、丸める前の値、引いた表の行を持つ。"""

    sheet: Sheet
    values: dict[str, Value]
    tables: Tables | None = None
    before: dict[str, Value] = field(default_factory=dict)
    used: dict[str, list[tuple[Row, str]]] = field(default_factory=dict)
    shown: list[Line] = field(default_factory=list)

    def __getitem__(self, id: str) -> Any:
        return self.values[id]

    def __contains__(self, line: Line) -> bool:
        return line.id in self.used

    def compute(self, line: Line, kimeta: Value = None) -> None:
        if line.when is not None and not self.value(line.when):
            self.values[line.id] = None if line.unit == "日付" else 0
            return
        self.shown.append(line)
        self.used[line.id] = []
        exact = self.value(line.formula, self.used[line.id])
        self.before[line.id] = exact
        rounded: Value = exact if line.rounding is None else line.rounding.apply(exact)
        self.values[line.id] = plain(rounded if kimeta is None else kimeta)

    def broken_results(self) -> list[Check]:
        """計算して初めて分かる、入力の誤り。"""
        return [c for c in self.sheet.checks if c.needs_lines and self.value(c.bad)]

    def value(self, e: Expr, used: list[tuple[Row, str]] | None = None) -> Any:
        """式の正確な値。引いた表の行と列を `used` に足す。"""
        match e:
            case Const(value=v):
                return v
            case Named():
                return self.values[e.id]
            case Total(i):
                return sum(self.values[i.id])  # type: ignore[arg-type]
            case Arith("/", a, b):
                return plain(Fraction(self.value(a, used)) / self.value(b, used))
            case Arith(op, a, b):
                x, y = self.value(a, used), self.value(b, used)
                if isinstance(x, date):
                    y = timedelta(days=y)
                return plain(ARITH[op](x, y))
            case Compare(op, a, b):
                return COMPARE[op](self.value(a, used), self.value(b, used))
            case Logic("and", a, b):
                return self.value(a, used) and self.value(b, used)
            case Logic(_, a, b):
                return self.value(a, used) or self.value(b, used)
            case Not(a):
                return not self.value(a, used)
            case Given(i):
                return self.values[i.id] is not None
            case Choice(c, a, b):
                return self.value(a if self.value(c, used) else b, used)
            case Smaller(a, b):
                return min(self.value(a, used), self.value(b, used))
            case Larger(a, b):
                return max(self.value(a, used), self.value(b, used))
            case Months(a, b, otobi):
                first, last = self.value(a, used), self.value(b, used)
                tsukisu = (last.year - first.year) * 12 + last.month - first.month + 1
                # 応当日の無い月は末日に満ちるので、日の数だけ比べればよい。
                return tsukisu - (otobi and last.day < first.day)
            case Day(n, y, m, d):
                year, month, day_ = (self.value(p, used) for p in (y, m, d))
                return date(self.value(n, used) + year, month, day_)
            case Lookup(table, column, on, key):
                if self.tables is None:
                    raise TypeError(f"{table} の表が渡されていない")
                row = self.tables.find(
                    table,
                    self.value(on, used),
                    None if key is None else self.value(key, used),
                )
                if used is not None:
                    used.append((row, column))
                return row[column]
            case Band(table, column, on, kumi, x):
                if self.tables is None:
                    raise TypeError(f"{table} の表が渡されていない")
                row = self.tables.band(
                    table, self.value(on, used), self.value(kumi, used), self.value(x, used)
                )
                if used is not None:
                    used.append((row, column))
                return row[column]
        raise TypeError(f"読めない部品: {e!r}")


class Sashikae:
    """with の間だけ、シートか行の値を差し替える。研修で、規則を変えた計算に使う。

    `sheets` はシートの名前 → 代わりのシート。`fixed` は、何番目の計算か →（行の名前 → 式を
    使わずに決める値）。`runs` には、その間の計算が順に入る。
    """

    def __init__(
        self,
        sheets: Mapping[str, Sheet] | None = None,
        fixed: Mapping[int, Mapping[str, Value]] | None = None,
    ) -> None:
        self.sheets = sheets or {}
        self.fixed = fixed or {}
        self.runs: list[Run] = []

    def __enter__(self) -> Sashikae:
        self._token: Token[Sashikae | None] = _SASHIKAE.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _SASHIKAE.reset(self._token)


_SASHIKAE: ContextVar[Sashikae | None] = ContextVar("sashikae", default=None)


def plain(x: Value) -> Value:
    """分母が1の分数を整数にする。"""
    return int(x) if isinstance(x, Fraction) and x.denominator == 1 else x
