"""計算の答え。3種類: 計算できた、対象にならない、入力が誤っている。"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from .kiroku import MIME, kiroku
from .sheet import Check, Run, Step, steps, to_html, to_text
from .sheet.render import CSS, number
from .tables import HIKUI, Row, jp

DOKO = 5  # 注意の文に並べる見出しの数


@dataclass(frozen=True)
class Chui:
    """結果につける注意。"""

    code: str
    message: str


@dataclass(frozen=True)
class Ayamari:
    """入力の誤り。`field` は入力の項目（点でつなぐ）、`message` は何なら受け取るか。

    `json` は、JSON で書く人にだけ足す文。`doko` と `na` は、項目の場所と名前（日本語）。画面と
    表では、欄と列の名前で言うので、文には入れない。
    """

    field: str
    code: str
    message: str
    json: str = ""
    doko: str = ""
    na: str = ""

    @property
    def bun(self) -> str:
        """項目の名前をつけた文。"""
        return doko_no(self.doko, self.na, self.message)

    def to_json(self) -> dict[str, str]:
        """命令行の約束の形。"""
        return {"field": self.field, "code": self.code, "message": self.bun + self.json}


def shirabe(broken: Iterable[Check], doko: str = "") -> list[Ayamari]:
    """シートの条件で見つけた誤り。`doko` は、項目の入っている所（`itaku.0` など）。"""
    mae = f"{doko}." if doko else ""
    return [Ayamari(f"{mae}{c.field}", c.code, c.message) for c in broken]


@dataclass(frozen=True)
class Bu:
    """計算の一部。1枚のシートを1度計算した物。`midashi` は、何人目・何件目かの見出し。"""

    run: Run
    boxes: Mapping[str, str] = field(default_factory=dict)
    midashi: str = ""

    def steps(self) -> list[Step]:
        """説明の行。見出しがあれば、区分の前につける。"""
        return steps(self.run, self.boxes, self.midashi)


@dataclass(frozen=True)
class Setsumei:
    """説明の行。ノートで、開いたまま見せる。"""

    lines: list[Step]
    kiroku: Mapping[str, Any]

    def _repr_html_(self) -> str:
        return f"<style>{CSS}</style>{to_html(self.lines, opened=True)}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.kiroku}

    def __repr__(self) -> str:
        return to_text(self.lines).strip()


@dataclass(frozen=True)
class Keisan:
    """計算できた答え。

    `meisai` は、入力の並びと1つずつ対応する値の名前。表の計算では、列に開かない。
    """

    name: str
    values: dict[str, Any]
    bu: tuple[Bu, ...]
    chui: tuple[Chui, ...] = ()
    meisai: tuple[str, ...] = ()

    @property
    def run(self) -> Run:
        """おもなシート（最後の部）の計算。"""
        return self.bu[-1].run

    @cached_property
    def lines(self) -> list[Step]:
        """説明の行。"""
        return [s for b in self.bu for s in b.steps()]

    @cached_property
    def tables(self) -> list[dict[str, str]]:
        """使った表の行。"""
        return _tables([b.run for b in self.bu])

    @cached_property
    def warnings(self) -> list[Chui]:
        """この計算に固有の注意と、確かさの低い行・規則の注意。同じ文は1度だけ。"""
        found = [*self.chui, *kakunin_no_chui(self.bu)]
        return list({c.message: c for c in found}.values())

    def nuku(self, *ids: str) -> Setsumei:
        """名前の行だけを抜き出して見せる。"""
        return Setsumei([s for s in self.lines if s.id in ids], self.kiroku(*ids))

    def kiroku(self, *ids: str) -> dict[str, Any]:
        """ノートに残す記録。値と、その値に効いた表の行。`ids` があれば、その行だけ。"""
        return kiroku([(b.run, b.steps()) for b in self.bu], ids or None)

    def to_json(self) -> dict[str, Any]:
        """命令行の約束の形。円は整数、率は千分の文字、日付は ISO。"""
        return {
            "status": "ok",
            "name": self.name,
            "values": plain(self.values),
            "lines": [_line(s) for s in self.lines],
            "tables": self.tables,
            "warnings": [vars(w) for w in self.warnings],
        }

    def to_text(self) -> str:
        """端末で読む計算書。"""
        notes = [f"  ・{w.message}" for w in self.warnings]
        used = [
            f"  ・{t['title']}: {_jp(t['row_start'])} からの行（{t['source']}、{_jp(t['verified_through'])} まで確認）"
            for t in self.tables
        ]
        tail = ["■ 使った表", *used] + (["", "■ 注意", *notes] if notes else [])
        return "\n".join(
            [to_text(self.lines), *tail, "", "検算・説明用です。提出用ではありません。"]
        )

    def _repr_html_(self) -> str:
        return f"<style>{CSS}</style>{to_html(self.lines)}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.kiroku()}

    def __repr__(self) -> str:
        return self.to_text()


@dataclass(frozen=True)
class Taishogai:
    """対象にならない。理由と根拠、何が変われば対象になるか。"""

    reasons: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """命令行の約束の形。"""
        return {"status": "not_applicable", "reasons": self.reasons}

    def nuku(self, *_: str) -> Self:
        """抜き出す行が無いので、断りをそのまま見せる。"""
        return self

    def to_text(self) -> str:
        """端末で読む形。"""
        return "\n".join(["対象になりません。", *(f"  ・{r['message']}" for r in self.reasons)])

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.to_json()}


def doko_no(gyo: str, retsu: str, message: str) -> str:
    """誤りの文に、行と列の名前をつける。文が列の名前で始まる時は、行だけ。"""
    doko = gyo if not retsu or message.startswith(retsu) else f"{gyo} {retsu}".strip()
    return f"{doko}: {message}" if doko else message


@dataclass(frozen=True)
class NyuryokuAyamari:
    """入力の誤りの一覧。計算はしていない。"""

    errors: list[Ayamari]

    def to_json(self) -> dict[str, Any]:
        """命令行の約束の形。"""
        return {"status": "error", "errors": [e.to_json() for e in self.errors]}

    def nuku(self, *_: str) -> Self:
        """抜き出す行が無いので、断りをそのまま見せる。"""
        return self

    def to_text(self) -> str:
        """端末で読む形。"""
        return "\n".join(["入力を直してください。", *(f"  ・{_bun(e)}" for e in self.errors)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.to_json()}

    def __repr__(self) -> str:
        return self.to_text()


Kotae = Keisan | Taishogai | NyuryokuAyamari


def _bun(e: Ayamari) -> str:
    """人が読む文。日本語の名前が無い時だけ、JSON の項目の名前をつける。"""
    return e.bun if e.doko or e.na else f"{e.bun}（項目 {e.field}）"


def _jp(iso: str) -> str:
    return jp(date.fromisoformat(iso))


def doko_de(e: Exception) -> str:
    """思わぬ誤りの種類と、プログラムの場所。入力の中身は入れない。"""
    basho = traceback.extract_tb(e.__traceback__)[-1]
    return f"{type(e).__name__}、{Path(basho.filename).name} の {basho.lineno} 行"


def mamotte(keisan: Callable[[str, Any], Kotae], name: str, data: Any) -> Kotae:
    """1件を計算する。思わぬ誤りでも、ほかの件を止めない。"""
    try:
        return keisan(name, data)
    except Exception as e:
        message = (
            f"プログラムの誤りで、この1件を計算できませんでした（{doko_de(e)}）。入力の誤りではないかもしれません。"
            "かっこの中の文を、hoken-calc を直す人に伝えてください。"
        )
        return NyuryokuAyamari([Ayamari("（全体）", "program_no_ayamari", message)])


def _tables(runs: Sequence[Run]) -> list[dict[str, str]]:
    rows: dict[tuple[str, date], Row] = {}
    for used in (used for run in runs for used in run.used.values()):
        for row, _ in used:
            assert isinstance(row, Row)
            rows.setdefault((row.table.id, row.start), row)
    return [
        {
            "table": r.table.id,
            "title": r.table.title,
            "row_start": r.start.isoformat(),
            "verified_through": r.table.verified_through.isoformat(),
            "source": "、".join(r.sources),
        }
        for r in rows.values()
    ]


def kakunin_no_chui(bu: Sequence[Bu]) -> list[Chui]:
    """確かさの低い行を引いた時と、確かさの低い規則で値の変わった時の注意。

    同じ文は1度だけ。規則の注意は、当たった部の見出しを言う。
    """
    out: dict[str, Chui] = {}
    doko: dict[str, list[str]] = {}
    for b in bu:
        itta: set[str] = set()
        for line in b.run.shown:
            for row, column in b.run.used[line.id]:
                assert isinstance(row, Row)
                if text := row.doubt(column):
                    out.setdefault(text, Chui("kakunin_hikui", text))
            rule = line.rounding
            if rule is None or rule.id in itta or b.run.before[line.id] == b.run[line.id]:
                continue
            if rule.kakunin not in HIKUI:
                continue
            itta.add(rule.id)
            text = f"{line.label}: 「{rule.label}」の規則は、{HIKUI[rule.kakunin]}。通知や案内で確かめてください。"
            out.setdefault(text, Chui("kisoku_mikakunin", text))
            doko.setdefault(text, []).extend([b.midashi] if b.midashi else [])
    return [replace(c, message=t + _atatta(doko.get(t, []))) for t, c in out.items()]


def _atatta(midashi: Sequence[str]) -> str:
    """当たった部の見出し。多ければ、初めの物だけ。"""
    if not midashi:
        return ""
    nokori = len(midashi) - DOKO
    hoka = f"、ほか{nokori}か所" if nokori > 0 else ""
    return f"当たるのは、{'、'.join(midashi[:DOKO])}{hoka}。"


def plain(x: Any) -> Any:
    """JSON に書ける形。小数は作らない。"""
    if isinstance(x, bool) or x is None or isinstance(x, (int, str)):
        return x
    if isinstance(x, Fraction):
        return number(x).replace(",", "").replace("−", "-") if _terminates(x) else str(x)
    if isinstance(x, date):
        return x.isoformat()
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    return [plain(v) for v in x]


def _terminates(x: Fraction) -> bool:
    rest = x.denominator
    for p in (2, 5):
        while rest % p == 0:
            rest //= p
    return rest == 1


def _line(s: Step) -> dict[str, Any]:
    scale = 1000 if s.unit == "‰" else 1

    def amount(x: Any) -> Any:
        if isinstance(x, bool) or not isinstance(x, (int, Fraction)):
            return plain(x)
        return plain(str(plain(x * scale))) if s.unit == "‰" else plain(x)

    return {
        "id": s.id,
        "label": s.label,
        "box": s.box,
        "formula": s.formula,
        "substituted": s.substituted,
        "before_rounding": amount(s.before_rounding),
        "rounding": s.rounding,
        "value": amount(s.value),
        "unit": s.unit,
        "basis": list(s.basis),
    }
