"""表の行を束ねて、1件用の計算にかける。列は入力の形（JSON Schema）から読む。

加入者や工事の並びを持つ計算は、1行が1人・1件。労働保険番号や事業場の列が同じ行を、1つの
事業場として束ねる。その列が無ければ、表の全部が1つの事業場。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from . import calc
from .kekka import Keisan, NyuryokuAyamari, Taishogai, mamotte, plain
from .nyuryoku import Yomenai, tsumeru
from .schema import Retsu, Schema, read_leaf
from .tables import yogo

SHIRUSHI = ("労働保険番号", "基幹番号", "枝番号", "事業場", "事業場名")
HAKOBU = (*SHIRUSHI, "備考")
KARA = {"", "nan", "None", "<NA>", "NaT"}
TAISHOGAI = "対象外の理由"
# プログラムのための名前。人の読む CSV には出さない。
KIGO = {"code", "yoin"}
NAMAE = re.compile(r"[a-z]+(_[a-z]+)*")
# "%" の行の値は、率なので1000分のいくつで出す（"230" は23%）。"％" は、%のままの数。
TANI = {"‰": "（1000分の）", "%": "（1000分の）", "％": "（%）"}


def hakobu(hyo: pd.DataFrame, retsu: list[Retsu]) -> list[Any]:
    """計算に使わず、そのまま答えに写す列。行を束ねる表では、事業場を見分ける列だけ。

    並びの1つずつが事業場なら（報奨金の委託事業場）、見分ける列は無い。
    """
    if any(r.narabi and r.label in SHIRUSHI for r in retsu):
        return []
    utsusu = SHIRUSHI if tabaneru(hyo, retsu) else HAKOBU
    return [c for c in hyo.columns if str(c).strip() in utsusu]


def tabaneru(hyo: pd.DataFrame, retsu: list[Retsu]) -> bool:
    """行を束ねる表か。並びの列が1つも無ければ、1行が1件（一部の納付の無い延滞金など）。"""
    narabi = {tsumeru(x) for r in retsu if r.narabi for x in (r.id, r.label, *r.betsumei)}
    return any(tsumeru(c) in narabi for c in hyo.columns)


def tabane(hyo: pd.DataFrame, retsu: list[Retsu]) -> list[list[int]]:
    """1件にまとめる行の番号（上から0、1、…）。"""
    shirushi = hakobu(hyo, retsu)
    if not tabaneru(hyo, retsu):
        return [[i] for i in range(len(hyo))]
    if not shirushi:
        return [list(range(len(hyo)))] if len(hyo) else []
    keys = hyo[shirushi].astype(str).agg("\0".join, axis=1).reset_index(drop=True)
    return [list(rows) for rows in keys.groupby(keys, sort=False).indices.values()]


@dataclass(frozen=True)
class Taba:
    """1件の入力と、もとの行。`gyo` は、並びごとに、何番目がどの行か。"""

    hajime: Any
    data: dict[str, Any] = field(default_factory=dict)
    gyo: dict[str, list[Any]] = field(default_factory=dict)
    errors: list[tuple[Any, str, str]] = field(default_factory=list)


def _taba(
    hyo: pd.DataFrame, rows: list[int], retsu: Mapping[str, Retsu], onaji_jigyojo: str
) -> Taba:
    taba = Taba(hyo.index[rows[0]])
    for row in rows:
        index = hyo.index[row]
        narabi: dict[tuple[str, ...], dict[str, Any]] = {(): taba.data}
        for column, cell in zip(hyo.columns, hyo.iloc[row], strict=True):
            x, r = atai(cell), retsu[column]
            if x is None:
                continue
            try:
                mae = oku(narabi.setdefault(r.narabi, {}), r.path, x)
            except Kasanari as e:
                taba.errors.append((index, r.label, str(e)))
                continue
            if not _onaji(r.kata, mae, x):
                message = f"{onaji_jigyojo}前の行と、{r.label}が違います。同じ値を書くか、空けてください。"
                taba.errors.append((index, r.label, message))
        for path, hitotsu in narabi.items():
            if path:
                oku(taba.data, path, []).append(hitotsu)
                taba.gyo.setdefault(".".join(path), []).append(index)
    return taba


def _onaji(kata: Schema, a: Any, b: Any) -> bool:
    """書き方が違っても、読めば同じ値か（2025 と R7）。"""
    try:
        return a == b or bool(read_leaf(kata, a) == read_leaf(kata, b))
    except Yomenai:
        return False


class Kasanari(ValueError):
    """賃金の合計と、その前期・後期のように、両方は書けない列。"""

    def __init__(self) -> None:
        super().__init__(
            "合計の列と、前期・後期の列の両方に書いてあります。どちらか一方だけを書いてください。"
        )


def oku(at: dict[str, Any], path: tuple[str, ...], x: Any) -> Any:
    """項目の道の先に値を置き、そこにある値を返す。道が値で止まる時は `Kasanari`。"""
    *michi, last = path
    for p in michi:
        at = at.setdefault(p, {})
        if not isinstance(at, dict):
            raise Kasanari
    if isinstance(at.get(last), dict):
        raise Kasanari
    return at.setdefault(last, x)


def atai(x: Any) -> Any:
    """表の1つの値。空なら None。"""
    if x is None or str(x).strip() in KARA:
        return None
    x = x.item() if hasattr(x, "item") else x
    if isinstance(x, pd.Timestamp):
        return x.date().isoformat()
    return int(x) if isinstance(x, float) and x.is_integer() else x


@dataclass(frozen=True)
class Midashi:
    """答えの列。見出し、人が読む値にする方法（`kotoba`）、CSV に出すか。"""

    midashi: str
    kotoba: Callable[[Any], Any] | None = None
    miseru: bool = True


def keisan(
    name: str,
    schema: Schema,
    retsu: list[Retsu],
    hyo: pd.DataFrame,
    moto: pd.DataFrame,
    chui: bool,
) -> tuple[pd.DataFrame, list[tuple[Any, str, str]], dict[str, Midashi]]:
    """束ごとに計算する。答え（初めの行の番号つき）、直す所（行の順）、答えの列を返す。

    `hyo` は計算に使う列だけの表、`moto` は事業場を見分ける列もある表。`chui` なら、注意の列を足す。
    """
    by_id = {r.id: r for r in retsu}
    onaji_jigyojo = "同じ事業場の" if hakobu(moto, retsu) else ""
    kotoba = dict(_kotoba(schema))
    values: dict[Any, dict[str, Any]] = {}
    midashi: dict[str, Midashi] = {}
    errors: list[tuple[Any, str, str]] = []
    for rows in tabane(moto, retsu):
        taba = _taba(hyo, rows, by_id, onaji_jigyojo)
        errors += taba.errors
        answer = None if taba.errors else mamotte(calc, name, taba.data)
        if isinstance(answer, Keisan):
            values[taba.hajime] = dict(_hiraku(answer, set(taba.gyo), kotoba, midashi))
            if chui:
                values[taba.hajime]["chui"] = chui_no_bun(answer)
        elif isinstance(answer, Taishogai):
            midashi[TAISHOGAI] = Midashi(TAISHOGAI)
            values[taba.hajime] = {TAISHOGAI: "".join(r["message"] for r in answer.reasons)}
        elif isinstance(answer, NyuryokuAyamari):
            errors += _ayamari(answer, taba, by_id)
    jun = {index: i for i, index in enumerate(hyo.index)}
    errors.sort(key=lambda e: jun[e[0]])
    columns = [*midashi, *(["chui"] if chui else [])]
    table = pd.DataFrame.from_dict(values, orient="index", columns=columns, dtype=object)
    return table.convert_dtypes(), errors, midashi


def chui_no_bun(answer: Keisan) -> str:
    """その入力についての注意。資料の確かさの注意は入れない。"""
    return " ".join(c.message for c in answer.chui)


def _ayamari(
    answer: NyuryokuAyamari, taba: Taba, retsu: Mapping[str, Retsu]
) -> list[tuple[Any, str, str]]:
    out = []
    for e in answer.errors:
        found = re.match(r"(.+?)\.(\d+)", e.field)
        gyo = taba.gyo.get(found[1], []) if found else []
        row = gyo[int(found[2])] if found and int(found[2]) < len(gyo) else taba.hajime
        id = re.sub(r"\.\d+", "", e.field)
        na = retsu[id].label if id in retsu else " ".join(filter(None, (e.doko, e.na))) or e.field
        out.append((row, na, e.message))
    return out


def _kotoba(schema: Schema) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """選ぶ項目の名前と、その値を日本語にする方法。"""
    for key, x in schema.get("properties", {}).items():
        if "x-sentaku" in x:
            yield key, partial(_erabi, x["x-sentaku"])
        for naka in (x, x.get("items", {}), x.get("then", {})):
            yield from _kotoba(naka)


def _erabi(na: Mapping[str, str], x: Any) -> Any:
    return na.get(str(x), x)


def _yogo_ni(x: Any) -> Any:
    return yogo(x) if NAMAE.fullmatch(str(x)) else x


def _hiraku(
    answer: Keisan,
    narabi: set[str],
    kotoba: Mapping[str, Callable[[Any], Any]],
    midashi: dict[str, Midashi],
) -> Iterator[tuple[str, Any]]:
    """答えの値を列に開く。並びは 1 からの番号をつける。明細（`Keisan.meisai`）は開かない。"""
    gyo = {x.id: x.label + TANI.get(x.unit, "") for b in answer.bu for x in b.run.sheet.lines}

    def nan_kemme(i: Any) -> str:
        return f"{i + 1}件目"

    def tsuzuku(x: Any, key: str, label: str, na: str) -> Iterator[tuple[str, Any]]:
        parts: Iterable[tuple[Any, str, Any]]
        if isinstance(x, Mapping):
            parts = ((k, gyo.get(k) or yogo(k), v) for k, v in x.items())
        elif isinstance(x, (list, tuple)):
            parts = ((i, str(i), v) for i, v in enumerate(x, 1))
        else:
            bun = nan_kemme if na in narabi else kotoba.get(na, _yogo_ni)
            midashi[key] = Midashi(label, bun, na not in KIGO)
            yield key, plain(x)
            return
        for k, mei, v in parts:
            tsugi = (f"{key}.{k}", f"{label}{mei}" if isinstance(k, int) else f"{label}・{mei}")
            yield from tsuzuku(
                v, *(tsugi if key else (str(k), mei)), na if isinstance(k, int) else k
            )

    atai = {k: v for k, v in answer.values.items() if k not in answer.meisai}
    yield from tsuzuku(atai, "", "", "")
