"""法令の数の表。日付で行を選び、確かめた範囲の外は断る。

表は `data/` の CSV、形は `data/tables.toml`、出典は `data/sources.csv`。
行には開始日だけがあり、終わりは次の行の開始日。だから期間は重ならない。
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from .sheet import Const, Expr, Lookup, Value
from .sheet.render import jp as jp
from .sheet.render import jp_nen, number

HIKUI = {
    "1": "資料1つだけ",
    "1+推定": "資料1つと推定",
    "推定": "推定",
    "記憶": "確かめた資料がない",
}
KAKUNIN = {"法", "2", "2+", *HIKUI}
HAISHI = "廃止"
WARIAI = {"permille": 1000, "percent": 100}
NUMBER = re.compile(r"\d+(\.\d+)?")


class TableError(Exception):
    """表の中身がおかしい。直すのは `data/` の人。"""


class NotCovered(LookupError):
    """その日、その鍵の行が無い。`reason` は nendo（日付）か key（鍵）。"""

    def __init__(self, table: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.table = table
        self.reason = reason
        self.message = message


@dataclass(frozen=True)
class Row:
    """表の1行。"""

    table: Table
    start: date
    key: Value | tuple[Value, ...]
    cells: Mapping[str, Any]
    source_ids: tuple[str, ...]
    note: str

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    @property
    def sources(self) -> tuple[str, ...]:
        """出典の略称。"""
        return tuple(source(i)["略称"] for i in self.source_ids)

    def moji(self, column: str) -> str:
        """その列の数を、印刷どおりの形で（率は「14.5/1000」）。"""
        value, wariai = self.cells[column], WARIAI.get(self.table.kata_of[column])
        if isinstance(value, str):
            return value
        return f"{number(value * wariai)}/{wariai}" if wariai else number(value)

    def doubt(self, column: str) -> str | None:
        """その列の確かさが低い時、それを言う一文。"""
        for k in self.table.kakunin_of[column]:
            level = self.cells[k]
            if level in HIKUI:
                name = self.table.label_of[k]
                return (
                    f"{self.table.title}の表の {jp(self.start)} の行（{self.name}）は、"
                    f"{name}の確かさが低い（{HIKUI[level]}）。通知や告示で確かめてください。"
                )
        return None

    @property
    def hani(self) -> str:
        """段の範囲を「10%を超え20%以下」と書く。"""
        if self["ika"] is None:
            return f"{self['koeru']}%を超える"
        shita = "" if self["koeru"] is None else f"{self['koeru']}%を超え"
        return f"{shita}{self['ika']}%以下"

    @property
    def name(self) -> str:
        """行を人に言う名前。"""
        if "meisho" in self.cells:
            return str(self.cells["meisho"])
        key = self.key if isinstance(self.key, tuple) else (self.key,)
        if "koeru" in self.cells:
            key = (key[0], self.hani)
        words: dict[Any, str] = {v: k for k, v in self.table.codes.items()}
        katachi = {"期": "第{}期", "給付基礎日額": "給付基礎日額{:,}円"}
        parts = [
            katachi.get(retsu, "{}").format(words.get(k, k))
            for retsu, k in zip(self.table.key_columns, key, strict=False)
            if k not in (None, "")
        ]
        extra = self.cells.get("shurui")
        return " ".join([*parts, *([extra] if extra else [])]) or self.table.title


@dataclass(frozen=True)
class Table:
    """1つの表。"""

    id: str
    title: str
    file: str
    date_rule: str
    verified_through: date
    key_columns: tuple[str, ...]
    codes: Mapping[str, str]
    kakunin_of: Mapping[str, tuple[str, ...]]
    label_of: Mapping[str, str]
    kata_of: Mapping[str, str]
    nendo_chu: bool = False
    rows: dict[Any, list[Row]] = field(default_factory=dict)

    @property
    def first(self) -> date:
        """いちばん古い開始日。"""
        return min(rows[0].start for rows in self.rows.values())

    @property
    def latest(self) -> date:
        """いちばん新しい開始日。"""
        return max(rows[-1].start for rows in self.rows.values())

    @property
    def saigo_nendo(self) -> int:
        """4月1日まで確かめてある、いちばん新しい保険年度。"""
        return self.verified_through.year - (self.verified_through.month < 4)

    def find(self, on: date, key: Any = None) -> Row:
        """`on` の日に有効な行。無ければ、収めた範囲を言って断る。"""
        rows = self.rows.get(key, [])
        found = [r for r in rows if r.start <= on]
        if on > self.verified_through or (not found and on < self.first):
            raise self.hanigai(on)
        if not found and self.nendo_chu and rows and rows[0].start < nendo_no_tsugi(on):
            # 保険年度の途中で始まった区分は、その年度は始まった日の行を使う。
            found = rows[:1]
        if not found:
            what = "・".join(self.key_columns)
            raise NotCovered(
                self.id,
                "key",
                f"{what}「{'' if key is None else key}」は、{jp(on)} の{self.title}の表にありません。",
            )
        if HAISHI in found[-1].cells.values():
            raise NotCovered(
                self.id,
                "key",
                f"{found[-1].name} は {jp(found[-1].start)} に無くなりました。{jp(on)} には使えません。",
            )
        return found[-1]

    def hanigai(self, on: date) -> NotCovered:
        """`on` の日は収めていない、と収めた範囲を言う断り。"""
        covered = f"{self.title}の表に収めてあるのは {jp(self.first)} から {jp(self.verified_through)} まで（その日までに改正が無いことを確かめた）。"
        return NotCovered(self.id, "nendo", f"{jp(on)} の{self.title}は収めていません。{covered}")

    def band(self, on: date, kumi: str, x: int | Fraction) -> Row:
        """`kumi` の段のうち、`x` を含む区間の行。区間は「超える」を含まず「以下」を含む。"""
        for key in (k for k in self.rows if isinstance(k, tuple) and k[0] == kumi):
            row = self.find(on, key)
            shita, ue = row["koeru"], row["ika"]
            if (shita is None or shita < x) and (ue is None or x <= ue):
                return row
        raise NotCovered(
            self.id, "key", f"{number(x)} を含む段は、{self.title}の{kumi}にありません。"
        )

    def on(self, when: date) -> list[Row]:
        """その日に有効な行を全部。"""
        return [
            last
            for rows in self.rows.values()
            if (last := next((r for r in rows[::-1] if r.start <= when), None))
            and HAISHI not in last.cells.values()
        ]

    def aru(self, when: date, key: Any) -> Row | None:
        """その日に有効な、鍵の行。無ければ None。"""
        return next((r for r in self.on(when) if r.key == key), None)

    def changes_within(self, start: date, end: date) -> bool:
        """`start` の翌日から `end` までに改正があるか。"""
        return any(start < r.start <= end for rows in self.rows.values() for r in rows)


def nendo_no_tsugi(on: date) -> date:
    """その日の属する保険年度の、次の年度の4月1日。"""
    return date(on.year + (on.month >= 4), 4, 1)


def nendo_label(nendo: int) -> str:
    """年度を「令和7年度」と書く（2019年度は令和元年度）。"""
    return f"{jp_nen(date(nendo, 5, 1))}度"


def data_dir() -> Path:
    """表のある場所。パッケージの中か、開発中なら隣の `data/`。

    環境変数 `HOKEN_CALC_DATA` があれば、その場所。改正の予行（`hoken-calc kawatta --data`）で使う。
    """
    if betsu := os.environ.get("HOKEN_CALC_DATA"):
        return Path(betsu)
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


@cache
def _schema() -> dict[str, Any]:
    with (data_dir() / "tables.toml").open("rb") as f:
        return tomllib.load(f)


@cache
def _sources() -> dict[str, dict[str, str]]:
    with (data_dir() / "sources.csv").open(encoding="utf-8", newline="") as f:
        return {r["出典ID"]: r for r in csv.DictReader(f)}


@cache
def _glossary() -> dict[str, str]:
    with (data_dir() / "glossary.csv").open(encoding="utf-8", newline="") as f:
        return {r["id"]: r["用語"] for r in csv.DictReader(f)}


def yogo(id: str) -> str:
    """名前を用語で書く（`kikan_kaishi` なら「期間開始」）。用語集の、いちばん長い名前を当てる。"""
    words, out = id.split("_"), ""
    while words:
        nagai = (n for n in range(len(words), 0, -1) if "_".join(words[:n]) in _glossary())
        n = next(nagai, 0)
        out += _glossary()["_".join(words[:n])] if n else words[0]
        words = words[n or 1 :]
    return out


def source(id: str) -> dict[str, str]:
    """出典の1行。"""
    return _sources()[id]


def cite(*ids: str) -> tuple[str, ...]:
    """出典IDを、画面に出す略称にする。"""
    return tuple(source(i)["略称"] for i in ids)


def names() -> tuple[str, ...]:
    """表の名前を全部。"""
    return tuple(_schema())


@cache
def table(id: str) -> Table:
    """表を読む。"""
    return read_table(id, _schema()[id], data_dir() / _schema()[id]["file"])


def read_table(id: str, schema: Mapping[str, Any], path: Path) -> Table:
    """CSV を厳しく読む。おかしな所は、ファイルと行番号を言って止まる。"""
    columns: Mapping[str, Mapping[str, Any]] = schema["columns"]
    keys = tuple(schema.get("key", ()))
    out = Table(
        id=id,
        title=schema["title"],
        file=path.name,
        date_rule=schema["date"],
        verified_through=schema["verified_through"],
        key_columns=keys,
        codes=schema.get("codes", {}),
        kakunin_of={
            c["id"]: tuple(columns[k]["id"] for k in c.get("kakunin", ["確認"]))
            for c in columns.values()
        },
        label_of={c["id"]: name for name, c in columns.items()},
        kata_of={c["id"]: c["type"] for c in columns.values()},
        nendo_chu=schema.get("nendo_chu", False),
    )
    expected = {"開始日", "出典ID", "備考", *keys, *columns}
    with path.open(encoding="utf-8", newline="") as f:
        reader = csv.DictReader(f)
        if set(reader.fieldnames or ()) != expected:
            odd = "、".join(sorted(set(reader.fieldnames or ()) ^ expected))
            raise TableError(f"{path.name}: 列が合わない: {odd}")
        for raw in reader:
            where = f"{path.name} {reader.line_num}行目"
            if None in raw or None in raw.values():
                raise TableError(f"{where}: 列の数が見出しと違う")
            _add(out, raw, columns, where)
    for rows in out.rows.values():
        rows.sort(key=lambda r: r.start)
    return out


def _add(out: Table, raw: dict[str, str], columns: Mapping[str, Any], where: str) -> None:
    try:
        start = date.fromisoformat(raw["開始日"])
    except ValueError:
        raise TableError(f"{where}: 開始日「{raw['開始日']}」は 2025-04-01 の形で書く") from None
    parts = tuple(_key(out, raw[k], k, where) for k in out.key_columns)
    key = None if not parts else parts[0] if len(parts) == 1 else parts
    sources = tuple(raw["出典ID"].split())
    if not sources or any(s not in _sources() for s in sources):
        raise TableError(f"{where}: 出典ID「{raw['出典ID']}」が sources.csv に無い")
    rows = out.rows.setdefault(key, [])
    if any(r.start == start for r in rows):
        raise TableError(f"{where}: 同じ開始日と鍵の行が2つある")
    cells = {c["id"]: _cell(raw[n], c["type"], n, where) for n, c in columns.items()}
    rows.append(Row(out, start, key, cells, sources, raw["備考"]))


def _key(out: Table, text: str, name: str, where: str) -> Value:
    if out.codes:
        if text not in out.codes:
            raise TableError(f"{where}: {name}「{text}」は tables.toml の codes に無い")
        return out.codes[text]
    if name == "業種番号" and not re.fullmatch(r"\d\d", text):
        raise TableError(f"{where}: 業種番号「{text}」は2桁で書く（02 の 0 を落とさない）")
    if name in {"期", "給付基礎日額"}:
        return int(text)
    if not text and name != "区分":
        raise TableError(f"{where}: {name}が空")
    return text


def _cell(text: str, kind: str, name: str, where: str) -> Any:
    if kind == "text":
        return text
    if kind == "kakunin":
        if text not in KAKUNIN:
            raise TableError(f"{where}: {name}「{text}」は {'・'.join(sorted(KAKUNIN))} のどれか")
        return text
    if text == HAISHI:
        return text
    if kind == "bound" and not text:
        return None
    sign = -1 if kind == "signed" and text.startswith("-") else 1
    text = text.removeprefix("-") if kind == "signed" else text
    if not NUMBER.fullmatch(text):
        raise TableError(f"{where}: {name}「{text}」は正確な数でない（14.5 のように書く）")
    value = sign * Fraction(text)
    if kind in WARIAI:
        return value / WARIAI[kind]
    return int(value) if value.denominator == 1 else value


class AllTables:
    """全部の表。計算シートから引く入口。"""

    def find(self, table_: str, on: date, key: Any = None) -> Row:
        """`on` の日に有効な行。"""
        return table(table_).find(on, key)

    def band(self, table_: str, on: date, kumi: str, x: int | Fraction) -> Row:
        """`x` を含む区間の行。"""
        return table(table_).band(on, kumi, x)

    def title(self, table_: str) -> str:
        """表の名前。"""
        return table(table_).title

    def key_label(self, table_: str, key: Any, column: str) -> str:
        """引いた数を人に言う名前。"""
        rows = table(table_).rows.get(key, [])
        meisho = rows[-1].cells.get("meisho") if rows else None
        return meisho or table(table_).label_of[column]


TABLES = AllTables()


def teisu(id: str, on: Expr, unit: str = "") -> Lookup:
    """法令の数を、日付 `on` で引く式。"""
    return Lookup("teisu", "atai", on, Const(id), unit)


def teisu_no_atai(id: str, on: date) -> Any:
    """法令の数の、その日の値。"""
    return table("teisu").find(on, id)["atai"]


class Ichiran:
    """表の一覧。ノートで表として出す。"""

    def __init__(self) -> None:
        self.rows = [
            (t.title, jp(t.first), jp(t.latest), jp(t.verified_through), t.date_rule)
            for t in map(table, names())
        ]

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(h)}</th>" for h in MIDASHI)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in self.rows
        )
        return (
            f'<table class="hk-hyo-ichiran"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        return "\n".join("  ".join(row) for row in (MIDASHI, *self.rows))


MIDASHI = ("表", "いちばん古い行", "いちばん新しい行", "いつまで確認", "行を選ぶ日")


def ichiran() -> Ichiran:
    """表の名前、収めた範囲、いつまで確認したか。"""
    return Ichiran()
