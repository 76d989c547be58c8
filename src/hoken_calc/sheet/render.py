"""説明を作る。式を計算した、その同じ式から言葉と「数を入れた形」を作る。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

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
)
from .sheet import Line, Run

WHICH = {
    (Smaller, False): "小さい方",
    (Larger, False): "大きい方",
    (Smaller, True): "早い方",
    (Larger, True): "遅い方",
}
CSS = (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8")
SIGN = {"+": "＋", "-": "−", "*": "×", "/": "÷"}
COMPARE = {"==": "＝", "!=": "≠", "<": "＜", "<=": "≦", ">": "＞", ">=": "≧"}
SHOSU_KETA = 6
# 元号の始まりの日、名前、元年の前の西暦。
GENGO = (
    (date(2019, 5, 1), "令和", 2018),
    (date(1989, 1, 8), "平成", 1988),
    (date(1926, 12, 25), "昭和", 1925),
)
RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True)
class Step:
    """説明の1行。"""

    id: str
    label: str
    box: str
    formula: str
    substituted: str
    before_rounding: Value
    rounding: str
    value: Value
    unit: str
    basis: tuple[str, ...]
    why: str
    section: str
    shown: str


def number(x: int | Fraction) -> str:
    """数。割り切れない時は「300,444と1/3」のように分数のまま書く。"""
    if x.denominator == 1:
        return f"{int(x):,}".replace("-", "−")
    x = Fraction(x)
    rest = x.denominator
    for p in (2, 5):
        while rest % p == 0:
            rest //= p
    sign, x = ("−" if x < 0 else ""), abs(x)
    whole, part = divmod(x, 1)
    if rest == 1:
        digits = 0
        while (part * 10**digits).denominator != 1:
            digits += 1
        return f"{sign}{int(whole):,}.{int(part * 10**digits):0{digits}}"
    return f"{sign}{int(whole):,}と{part.numerator}/{part.denominator}"


def shosu(x: int | Fraction, keta: int = SHOSU_KETA) -> str:
    """見るための小数。`keta` 桁より先を切り、末尾の 0 は書かない。"""
    ue = int(Fraction(x) * 10**keta)
    moji = f"{ue // 10**keta}.{ue % 10**keta:0{keta}}"
    return moji.rstrip("0").rstrip(".")


def shosu_hyoji(x: int | Fraction) -> str:
    """見るための小数。切って整数に見える時は、0 でない桁まで書く（75.0000005 を 75 としない）。"""
    keta = SHOSU_KETA
    while Fraction(x).denominator != 1 and Fraction(shosu(x, keta)).denominator == 1:
        keta += 1
    return shosu(x, keta)


def sen_made(x: int | Fraction) -> str:
    """円を銭までの小数で「1,545.20…」と書く。まだ続く時は「…」をつける。"""
    zettai = abs(Fraction(x)) * 100
    sen = int(zettai)
    tsuzuku = "" if sen == zettai else "…"
    return f"{'−' if x < 0 else ''}{sen // 100:,}.{sen % 100:02}{tsuzuku}"


def yen(x: int | Fraction) -> str:
    """円を「98,000円」と書く。"""
    return f"{number(x)}円"


def permille(x: int | Fraction) -> str:
    """率を「14.5/1000」の形で書く。割り切れない時は、率そのものを分数で書く。"""
    sen = number(Fraction(x) * 1000)
    return number(x) if "と" in sen else f"{sen}/1000"


def jp(d: date) -> str:
    """日付を「令和7年4月1日」と書く。"""
    return f"{jp_nen(d)}{d.month}月{d.day}日"


def jp_nen(d: date) -> str:
    """その日の年を「令和7年」と書く。元年は「令和元年」。"""
    for first, name, zero in GENGO:
        if d >= first:
            year = d.year - zero
            return f"{name}{'元' if year == 1 else year}年"
    return f"{d.year}年"


def bare(x: Any, unit: str) -> str:
    """式の中に置く形。"""
    if x is None:
        return "なし"
    if isinstance(x, bool):
        return "はい" if x else "いいえ"
    if isinstance(x, date):
        return jp(x)
    if isinstance(x, str):
        return f"「{x}」"
    if unit == "%":
        return f"{number(Fraction(x) * 100)}/100"
    return permille(x) if unit == "‰" else number(x)


def show(x: Any, unit: str) -> str:
    """単位をつけた形。"""
    if isinstance(x, bool) or x is None or isinstance(x, (str, date)) or unit in ("‰", "%"):
        return bare(x, unit).strip("「」")
    moji = number(x) + unit
    return f"{moji}（{shosu_hyoji(x)}…{unit}）" if unit == "％" and "と" in moji else moji


def show_line(line: Line, x: Value) -> str:
    """行の値を、その行の言い方で。"""
    if isinstance(x, bool) and line.if_true:
        return line.if_true if x else line.if_false
    if line.choices:
        return f"{x} {line.choices[x]}"
    moji = show(x, line.unit)
    return f"{sen_made(x)}円（{moji}）" if line.unit == "円" and "と" in moji else moji  # type: ignore[arg-type]


def unit_of(e: Expr) -> str:
    """式の値の単位。"""
    match e:
        case Named() | Lookup() | Band():
            return e.unit
        case Day():
            return "日付"
        case Arith(_, a, b):
            return unit_of(a) if unit_of(a) in ("日付", unit_of(b)) else ""
    return ""


class Words:
    """式を言葉にする。`run` があれば、名前の代わりに値を入れる。"""

    def __init__(self, run: Run, numbers: bool) -> None:
        self.run = run
        self.numbers = numbers

    def of(self, e: Expr) -> str:
        match e:
            case Const(value=v):
                return bare(v, "")
            case Named():
                return bare(self.run.values[e.id], e.unit) if self.numbers else e.label
            case Total(i):
                if self.numbers:
                    return spell_out(self.run[i.id])
                return f"{i.label}の合計"
            case Lookup():
                return self.value(e) if self.numbers else table_words(e, self.run)
            case Band():
                return self.value(e) if self.numbers else self.band_words(e)
            case Day():
                return self.value(e)
            case Arith(op, a, b) if op in "+-" and self.absent(b):
                return self.of(a)
            case Arith("+", a, b) if self.absent(a):
                return self.of(b)
            case Arith(op, a, b):
                return f"{self.part(a, op)} {SIGN[op]} {self.part(b, op, right=True)}"
            case Smaller(a, b) | Larger(a, b):
                word = WHICH[type(e), unit_of(a) == "日付"]
                return f"{word}（{self.of(a)}、{self.of(b)}）"
            case Months(a, b, otobi):
                if otobi:
                    return f"{self.of(a)}から{self.of(b)}までの月数（応当日で数え、端数は1か月）"
                if self.numbers:
                    first, last = self.run.value(a), self.run.value(b)
                    return (
                        f"{jp_nen(first)}{first.month}月から{jp_nen(last)}{last.month}月までの月数"
                    )
                return f"{self.of(a)}の月から{self.of(b)}の月までの月数"
            case Choice(c, a, b, quiet):
                taken = a if self.run.value(c) else b
                if quiet:
                    return self.of(taken)
                if self.numbers:
                    link = " なので" if taken is a else " ではないので"
                    link = "ので" if isinstance(c, Named) else link
                    return f"{self.condition(c)}{link} {self.of(taken)}"
                return f"{self.condition(c)} なら {self.of(a)}、そうでなければ {self.of(b)}"
        return self.condition(e)

    def condition(self, e: Expr) -> str:
        match e:
            case Compare(op, a, Const(value=v)) if isinstance(v, str) and isinstance(a, Input):
                name = (a.choices or {}).get(v, v)
                if self.numbers:
                    actual = self.run.values[a.id]
                    return f"「{(a.choices or {}).get(actual, actual)}」{COMPARE[op]}「{name}」"
                return f"{a.label}が「{name}」" + ("でない" if op == "!=" else "")
            case Compare(op, a, b):
                return f"{self.of(a)} {COMPARE[op]} {self.of(b)}"
            case Logic(op, a, b):
                word = "かつ" if op == "and" else "または"
                return f"{self.clause(a, op)} {word} {self.clause(b, op)}"
            case Not(Given(i)):
                return f"{i.label}の記入がない"
            case Not(Input() | Line() as a):
                return self.truth(a, flip=True)
            case Given(i):
                return f"{i.label}の記入がある"
            case Input() | Line():
                return self.truth(e)
        return self.of(e)

    def clause(self, e: Expr, outer: str) -> str:
        """「かつ」「または」でつなぐ片方。混ざる時は括弧に入れる。"""
        text = self.condition(e)
        return f"（{text}）" if isinstance(e, Logic) and e.op != outer else text

    def truth(self, e: Input | Line, flip: bool = False) -> str:
        yes = bool(self.run.values[e.id]) if self.numbers else True
        return (e.if_true if yes != flip else e.if_false) or e.label

    def absent(self, e: Expr) -> bool:
        """この計算には無い行か（足し算・引き算から省く）。"""
        match e:
            case Line():
                return e not in self.run
            case Total(i):
                return not any(self.run[i.id])
            case Arith("+" | "-", a, b):
                return self.absent(a) and self.absent(b)
        return False

    def band_words(self, e: Band) -> str:
        assert self.run.tables is not None
        kumi = self.run.value(e.kumi)
        return f"{self.run.tables.title(e.table)}の{kumi}（{self.of(e.x)}の入る段）"

    def value(self, e: Expr) -> str:
        return bare(self.run.value(e), unit_of(e))

    def part(self, e: Expr, op: str, right: bool = False) -> str:
        text = self.of(e)
        match e:
            case Arith(inner, _, _):
                weaker = RANK[inner] < RANK[op]
                same = right and RANK[inner] == RANK[op] and op in "-/"
                return f"（{text}）" if weaker or same else text
            case Named() if right and text.startswith("−"):
                return f"（{text}）"
            case Total() if self.numbers and (op in "*/" or (right and op == "-" and "＋" in text)):
                return f"（{text}）"
            case Choice(quiet=False):
                return f"（{text}）"
            case Choice(c, a, b):
                return self.part(a if self.run.value(c) else b, op, right)
        return text


def spell_out(amounts: tuple[int | Fraction, ...]) -> str:
    """並びの合計を書く。0 は省き、続く同じ数は「300,000 × 12」とまとめる。"""
    terms = []
    for x, run in groupby(x for x in amounts if x):
        times = len(list(run))
        terms.append(number(x) if times == 1 else f"{number(x)} × {times}")
    return " ＋ ".join(terms) or "0"


def table_words(e: Lookup, run: Run) -> str:
    """表引きの言い方。"""
    assert run.tables is not None
    if e.label:
        return e.label
    match e.key:
        case Input(label=label):
            return f"{run.tables.title(e.table)}の表（{label}で引く）"
        case Const(value=v):
            return run.tables.key_label(e.table, v, e.column)
    return f"{run.tables.title(e.table)}の表"


def steps(run: Run, boxes: Mapping[str, str] | None = None, midashi: str = "") -> list[Step]:
    """計算した行の説明を、上から順に。`midashi` は、区分の前につける見出し。"""
    return [step(run, line, (boxes or {}).get(line.id, ""), midashi) for line in run.shown]


def step(run: Run, line: Line, box: str = "", midashi: str = "") -> Step:
    """1行の説明。"""
    sources = tuple(
        dict.fromkeys(
            (
                *line.basis,
                *(line.rounding.basis if line.rounding else ()),
                *(s for row, _ in run.used[line.id] for s in row.sources),
            )
        )
    )
    return Step(
        id=line.id,
        label=line.label,
        box=box,
        formula=Words(run, numbers=False).of(line.formula),
        substituted=Words(run, numbers=True).of(line.formula),
        before_rounding=run.before[line.id],
        rounding=line.rounding.label if line.rounding else "",
        value=run.values[line.id],
        unit=line.unit,
        basis=sources,
        why=line.why,
        section=f"{midashi} {line.section}".strip(),
        shown=show_line(line, run.values[line.id]),
    )


def sections(lines: list[Step]) -> Iterator[tuple[str, list[Step]]]:
    """同じ見出しの行をまとめる。"""
    names = list(dict.fromkeys(s.section for s in lines))
    for name in names:
        yield name, [s for s in lines if s.section == name]


def arithmetic(s: Step) -> str:
    """数を入れた形から値までを1行にする。"""
    if not s.rounding:
        joken, _, kazu = s.substituted.rpartition("ので ")
        if kazu == bare(s.value, s.unit):
            return f"{joken}ので {s.shown}" if joken else s.shown
        if isinstance(s.value, bool):
            return f"{s.substituted} {'が成り立つ' if s.value else 'は成り立たない'} → {s.shown}"
        return f"{s.substituted} = {s.shown}"
    if s.before_rounding == s.value:
        same = s.substituted == bare(s.value, s.unit)
        note = "休みの日ではない" if s.unit == "日付" else "端数なし"
        return f"{s.shown if same else f'{s.substituted} = {s.shown}'}（{note}）"
    before = show(s.before_rounding, s.unit)
    same = s.substituted == bare(s.before_rounding, s.unit)
    return f"{before if same else f'{s.substituted} = {before}'} → {s.shown}"


def to_text(lines: list[Step]) -> str:
    """端末で読む計算書。"""
    out: list[str] = []
    for name, group in sections(lines):
        out.append(f"■ {name}" if name else "")
        for s in group:
            box = f"［{s.box}］" if s.box else ""
            out.append(f"  {s.label}{box}  {s.shown}")
            out.append(f"      {s.formula}" + (f"（{s.rounding}）" if s.rounding else ""))
            out.append(f"      {arithmetic(s)}")
            if s.basis:
                out.append(f"      根拠: {'、'.join(s.basis)}")
        out.append("")
    return "\n".join(out)


def to_rows(lines: list[Step]) -> list[dict[str, Any]]:
    """DataFrame にする行。見出しは日本語。"""
    return [
        {
            "区分": s.section,
            "欄": s.box,
            "項目": s.label,
            "式": s.formula,
            "数を入れた形": s.substituted,
            "丸める前": number(s.before_rounding)
            if isinstance(s.before_rounding, (int, Fraction)) and s.unit != "‰"
            else bare(s.before_rounding, s.unit),
            "端数処理": s.rounding,
            "値": s.shown,
            "根拠": "、".join(s.basis),
        }
        for s in lines
    ]


def to_html(lines: list[Step], opened: bool = False) -> str:
    """画面で1行ずつ開ける計算書。文字はすべてエスケープする。"""
    out = ['<div class="hk-sheet">']
    for name, group in sections(lines):
        out.append(f"<section><h3>{escape(name)}</h3>" if name else "<section>")
        out.extend(_line_html(s, opened) for s in group)
        out.append("</section>")
    out.append("</div>")
    return "".join(out)


def _line_html(s: Step, opened: bool) -> str:
    box = (
        f'<span class="hk-box">{escape(s.box)}</span>'
        if s.box
        else '<span class="hk-nobox"></span>'
    )
    rounding = f'<span class="hk-round">{escape(s.rounding)}</span>' if s.rounding else ""
    why = f"<p>{escape(s.why)}</p>" if s.why else ""
    basis = f'<p class="hk-basis">根拠: {escape("、".join(s.basis))}</p>' if s.basis else ""
    return (
        f'<details data-line="{escape(s.id)}"{" open" if opened else ""}><summary>{box}'
        f'<span class="hk-label">{escape(s.label)}</span>'
        f'<span class="hk-value">{escape(s.shown)}</span></summary>'
        f'<div class="hk-how"><p class="hk-formula">{escape(s.formula)} {rounding}</p>'
        f'<p class="hk-numbers">{escape(arithmetic(s))}</p>{why}{basis}</div></details>'
    )
