"""同じシートを、表の列に当てる。答えは1件ずつの計算と同じ整数になる。

- 数の少ない列（年度、業種、区分…）だけで決まる式は、あり得る組み合わせを1件用の計算で求め、
  列へ引き写す。表引きと日付は、だから1件用と同じ道を通る。
- 円の列は「整数の分子 ÷ 共通の分母」で持つ。64ビットに収まることを、値の上限から確かめる。
- 列は小さく切って順に計算する。途中の行の列を全部は持たない。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .expr import (
    Arith,
    Choice,
    Compare,
    Const,
    Expr,
    Given,
    Input,
    Larger,
    Logic,
    Lookup,
    Named,
    Not,
    Smaller,
    Value,
    parts,
)
from .rounding import Rounding
from .sheet import ARITH, COMPARE, Line, Run, Sheet, Tables

Ints: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Bools: TypeAlias = npt.NDArray[np.bool_]
Mask: TypeAlias = Bools | bool
CHUNK = 1 << 15
LIMIT = 2**63


@dataclass(frozen=True)
class Kubun:
    """数の少ない列。`codes[i]` 番目の `domain` が、その行の値。"""

    codes: npt.NDArray[np.integer[Any]]
    domain: tuple[Value, ...]


@dataclass(frozen=True)
class Yen:
    """円の列。`present` が偽の行は、入力が無い。"""

    amounts: Ints
    present: Bools | None = None


@dataclass(frozen=True)
class Num:
    """計算中の数の列。値は `num / den`、絶対値は `bound / den` まで。"""

    num: Ints | int
    den: int
    bound: int

    def over(self, den: int) -> Num:
        """分母をそろえる。"""
        k = den // self.den
        return self if k == 1 else Num(self.num * k, den, fit(self.bound * k))


def fit(bound: int) -> int:
    """64ビットに収まることを確かめる。"""
    if bound >= LIMIT:
        raise OverflowError("金額か率が大き過ぎて、列の計算では正確に表せない")
    return bound


def constant(x: Fraction | int) -> Num:
    """決まった数。"""
    x = Fraction(x)
    return Num(x.numerator, x.denominator, abs(x.numerator))


class Columns:
    """シートを列に当てる計算。

    `bad` は、1件用の計算に回すべき行（表に無い、入力の誤り、条件に当たる）。
    """

    def __init__(
        self, sheet: Sheet, tables: Tables, inputs: Mapping[str, Kubun | Yen | None], length: int
    ) -> None:
        self.sheet = sheet
        self.tables = tables
        self.inputs = {i.id: inputs.get(i.id) for i in sheet.inputs}
        self.length = length
        self.bad = np.zeros(length, dtype=bool)
        self._needs: dict[str, frozenset[str] | None] = {}
        self._needs_of: dict[int, frozenset[str] | None] = {}
        self._index: dict[tuple[str, ...], tuple[Ints, Ints]] = {}
        self._luts: dict[int, tuple[tuple[str, ...], Num | Bools | bool, Bools | None]] = {}
        for line in sheet.lines:
            needs = [self.needs(e) for e in (line.formula, line.when) if e is not None]
            known = [n for n in needs if n is not None]
            self._needs[line.id] = frozenset().union(*known) if len(known) == len(needs) else None

    # ---- 何の列で決まる式か ------------------------------------------------
    def needs(self, e: Expr) -> frozenset[str] | None:
        """式を決める、数の少ない列の名前。円の列が要る式は None。"""
        if id(e) not in self._needs_of:
            self._needs_of[id(e)] = self._find_needs(e)
        return self._needs_of[id(e)]

    def _find_needs(self, e: Expr) -> frozenset[str] | None:
        out: frozenset[str] = frozenset()
        for p in parts(e):
            if isinstance(p, Line):
                below = self._needs[p.id]
            elif isinstance(p, Input):
                column = self.inputs[p.id]
                if column is None:
                    below = frozenset()
                else:
                    below = frozenset({p.id}) if isinstance(column, Kubun) else None
            else:
                continue
            if below is None:
                return None
            out |= below
        return out

    def index(self, names: tuple[str, ...]) -> tuple[Ints, Ints]:
        """列の組み合わせの番号（行ごと）と、実際に現れる番号。"""
        if names not in self._index:
            code: Ints = np.zeros(self.length, dtype=np.int32)
            size = 1
            for name in names:
                column = self.inputs[name]
                assert isinstance(column, Kubun)
                code = code * len(column.domain) + column.codes
                size *= len(column.domain)
            seen = np.zeros(size, dtype=bool)
            seen[code] = True
            present = np.flatnonzero(seen)
            rank = np.zeros(size, dtype=np.int32)
            rank[present] = np.arange(len(present))
            self._index[names] = (rank[code], present)
        return self._index[names]

    def combos(self, names: tuple[str, ...]) -> Iterator[dict[str, Value]]:
        """現れる組み合わせの値。"""
        domains = []
        for name in names:
            column = self.inputs[name]
            assert isinstance(column, Kubun)
            domains.append(column.domain)
        for number in self.index(names)[1]:
            n, values = int(number), []
            for domain in reversed(domains):
                n, at = divmod(n, len(domain))
                values.append(domain[at])
            yield dict(zip(names, reversed(values), strict=True))

    # ---- 組み合わせごとに1件用の計算をする ---------------------------------
    def lut(self, e: Expr) -> tuple[tuple[str, ...], Num | Bools | bool, Bools | None]:
        """組み合わせ → 値 の表。引けなかった組み合わせの印もつける。"""
        key = id(e)
        if key not in self._luts:
            needs = self.needs(e)
            assert needs is not None
            names = tuple(sorted(needs))
            results: list[Value] = []
            failed: list[bool] = []
            for values in self.combos(names):
                try:
                    results.append(self._scalar(e, values))
                    failed.append(False)
                except (LookupError, TypeError):
                    results.append(0)
                    failed.append(True)
            bad = np.array(failed) if any(failed) else None
            self._luts[key] = (names, pack(results), bad)
        return self._luts[key]

    def _scalar(self, e: Expr, values: Mapping[str, Value]) -> Value:
        env: dict[str, Value] = dict.fromkeys(self.inputs)
        run = Run(self.sheet, {**env, **values}, self.tables)
        wanted = set().union(*(self.sheet.below(p.id) for p in parts(e) if isinstance(p, Line)))
        for line in self.sheet.lines:
            if line.id in wanted:
                run.compute(line)
        return run.values[e.id] if isinstance(e, Line) else run.value(e)

    # ---- 列の計算 -----------------------------------------------------------
    def run(self, outputs: Mapping[str, tuple[Expr, Expr | None]]) -> dict[str, tuple[Any, Any]]:
        """`outputs` の式（と、値がある条件）の列を求める。"""
        out: dict[str, tuple[Any, Any]] = {}
        for name, (e, _) in outputs.items():
            kind = bool if is_condition(e) else np.int64
            out[name] = (np.empty(self.length, dtype=kind), np.ones(self.length, dtype=bool))
        for start in range(0, self.length, CHUNK):
            rows = slice(start, min(start + CHUNK, self.length))
            try:
                self._run_chunk(rows, outputs, out)
            except OverflowError:
                self.bad[rows] = True
        return out

    def _run_chunk(
        self,
        rows: slice,
        outputs: Mapping[str, tuple[Expr, Expr | None]],
        out: dict[str, tuple[Any, Any]],
    ) -> None:
        chunk = Chunk(self, rows)
        for line in self.sheet.lines:
            chunk.compute(line)
        for check in self.sheet.checks:
            bad = chunk.mask(check.bad)
            self.bad[rows] |= bad
        for name, (e, ari) in outputs.items():
            column, present = out[name]
            if is_condition(e):
                column[rows] = chunk.mask(e)
            else:
                x = chunk.number(e)
                if x.den != 1:
                    raise TypeError(f"{name}: 整数でない値は出力できない")
                column[rows] = x.num
            if ari is not None:
                present[rows] = chunk.mask(ari)


def is_condition(e: Expr) -> bool:
    """真偽の式か。"""
    return isinstance(e, (Compare, Logic, Not, Given))


def pack(results: Sequence[Value]) -> Num | Bools | bool:
    """組み合わせごとの値を、列に引き写せる形にする。全部同じなら1つの値。"""
    if all(isinstance(r, bool) for r in results) and results:
        flags = np.array(results, dtype=bool)
        return bool(flags[0]) if flags.all() or not flags.any() else flags
    numbers = [r.toordinal() if isinstance(r, date) else 0 if r is None else r for r in results]
    if any(isinstance(n, str) for n in numbers):
        raise TypeError("言葉の値は列にできない")
    fractions = [Fraction(n) for n in numbers]  # type: ignore[arg-type]
    den = reduce(lcm, (f.denominator for f in fractions), 1)
    nums = [int(f * den) for f in fractions]
    if len(set(nums)) == 1:
        return Num(nums[0], den, fit(abs(nums[0])))
    return Num(np.array(nums, dtype=np.int64), den, fit(max(map(abs, nums))))


class Chunk:
    """ひと切れの行の計算。"""

    def __init__(self, columns: Columns, rows: slice) -> None:
        self.columns = columns
        self.rows = rows
        self.lines: dict[str, Num | Bools | bool] = {}
        self.masks: dict[int, Mask] = {}
        self.active: Mask = True

    def compute(self, line: Line) -> None:
        """1行を計算する。"""
        if self.columns._needs[line.id] is not None:
            self.lines[line.id] = self.spread(line)
            return
        self.active = when = True if line.when is None else self.mask(line.when)
        if when is False:
            self.lines[line.id] = constant(0)
            return
        if is_condition(line.formula):
            flags = self.mask(line.formula)
            self.lines[line.id] = flags if when is True else flags & when
        else:
            x = self.rounded(self.number(line.formula), line.rounding)
            self.lines[line.id] = x if when is True else Num(x.num * when, x.den, x.bound)
        self.active = True

    def rounded(self, x: Num, rule: Any) -> Num:
        """端数処理。"""
        if rule is None:
            return x
        assert isinstance(rule, Rounding)
        unit = rule.unit * x.den
        if rule.direction == "kirisute":
            num = x.num // unit * rule.unit if unit != 1 else x.num
        elif rule.direction == "kiriage":
            num = -(-x.num // unit) * rule.unit
        else:
            num = -((unit - 2 * x.num) // (2 * unit)) * rule.unit
        return Num(num, 1, fit(x.bound // x.den + rule.unit))

    def spread(self, e: Expr) -> Num | Bools | bool:
        """組み合わせごとの値を行へ引き写す。"""
        names, packed, bad = self.columns.lut(e)
        at = self.columns.index(names)[0][self.rows] if names else None
        if bad is not None:
            self.columns.bad[self.rows] |= bad[0 if at is None else at] & self.active
        if isinstance(packed, bool):
            return packed
        if isinstance(packed, Num):
            return (
                packed
                if isinstance(packed.num, int)
                else Num(packed.num[at], packed.den, packed.bound)
            )
        return packed[at]

    def mask(self, e: Expr) -> Mask:
        """条件の列。全部同じなら bool。"""
        key = id(e)
        if key not in self.masks:
            self.masks[key] = self._mask(e)
        return self.masks[key]

    def _mask(self, e: Expr) -> Mask:
        if self.columns.needs(e) is not None:
            x = self.spread(e)
            return x if not isinstance(x, Num) else x.num != 0
        match e:
            case Line():
                x = self.lines[e.id]
                return x if not isinstance(x, Num) else x.num != 0
            case Given(i):
                column = self.columns.inputs[i.id]
                assert isinstance(column, Yen)
                return True if column.present is None else column.present[self.rows]
            case Not(a):
                m = self.mask(a)
                return not m if isinstance(m, bool) else ~m
            case Logic(op, a, b):
                x = self.mask(a)
                if isinstance(x, bool):
                    return self.mask(b) if x == (op == "and") else x
                y = self.mask(b)
                if isinstance(y, bool):
                    return x if y == (op == "and") else y
                return x & y if op == "and" else x | y
            case Compare(op, a, b):
                left, right = self.number(a), self.number(b)
                den = lcm(left.den, right.den)
                flags: Mask = COMPARE[op](left.over(den).num, right.over(den).num)
                return flags
        raise TypeError(f"条件として読めない部品: {e!r}")

    def number(self, e: Expr) -> Num:
        """数の列。"""
        if not isinstance(e, (Named, Const)) and self.columns.needs(e) is not None:
            x = self.spread(e)
            assert isinstance(x, Num)
            return x
        match e:
            case Const(value=v):
                return constant(v)  # type: ignore[arg-type]
            case Line():
                x = self.lines[e.id]
                assert isinstance(x, Num)
                return x
            case Input():
                return self.input(e)
            case Arith("/", a, b):
                return self.times(self.number(a), self.inverse(b))
            case Arith("*", a, b):
                return self.times(self.number(a), self.number(b))
            case Arith(op, a, b):
                x, y = self.number(a), self.number(b)
                if y.bound == 0:
                    return x
                den = lcm(x.den, y.den)
                x, y = x.over(den), y.over(den)
                return Num(ARITH[op](x.num, y.num), den, fit(x.bound + y.bound))
            case Choice(c, a, b):
                m = self.mask(c)
                if isinstance(m, bool):
                    return self.number(a if m else b)
                before = self.active
                self.active = m if before is True else before & m
                x = self.number(a)
                self.active = ~m if before is True else before & ~m
                y = self.number(b)
                self.active = before
                return self.either(m, x, y)
            case Smaller(a, b):
                return self.pick(np.minimum, a, b)
            case Larger(a, b):
                return self.pick(np.maximum, a, b)
            case Lookup():
                x = self.spread(e)
                assert isinstance(x, Num)
                return x
        raise TypeError(f"数として読めない部品: {e!r}")

    def input(self, e: Input) -> Num:
        column = self.columns.inputs[e.id]
        if isinstance(column, Yen):
            amounts = column.amounts[self.rows]
            return Num(amounts, 1, int(np.abs(amounts).max(initial=0)))
        x = self.spread(e) if column is not None else constant(0)
        assert isinstance(x, Num)
        return x

    def inverse(self, e: Expr) -> Num:
        """割る数の逆数。割る数は、数の少ない列だけで決まること。"""
        names, packed, _ = self.columns.lut(e)
        assert isinstance(packed, Num)
        # 0 は、割る行が無い組み合わせ（行の when が成り立たない）だけに現れる。
        if isinstance(packed.num, int):
            return constant(Fraction(packed.den, packed.num) if packed.num else 0)
        inverses = pack([Fraction(packed.den, int(n)) if n else 0 for n in packed.num])
        assert isinstance(inverses, Num)
        assert not isinstance(inverses.num, int)
        at = self.columns.index(names)[0][self.rows]
        return Num(inverses.num[at], inverses.den, inverses.bound)

    def times(self, x: Num, y: Num) -> Num:
        return Num(x.num * y.num, x.den * y.den, fit(x.bound * y.bound))

    def either(self, m: Bools, x: Num, y: Num) -> Num:
        den = lcm(x.den, y.den)
        x, y = x.over(den), y.over(den)
        return Num(np.where(m, x.num, y.num), den, max(x.bound, y.bound))

    def pick(self, choose: Any, a: Expr, b: Expr) -> Num:
        x, y = self.number(a), self.number(b)
        den = lcm(x.den, y.den)
        x, y = x.over(den), y.over(den)
        return Num(choose(x.num, y.num), den, max(x.bound, y.bound))
