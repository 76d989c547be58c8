"""表の行を束ねて、1件用の計算にかける。列は入力の形（JSON Schema）から読む。

加入者や工事の並びを持つ計算は、1行が1人・1件。労働保険番号や事業場の列が同じ行を、1つの
事業場として束ねる。その列が無ければ、表の全部が1つの事業場。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from . import calc
from .kekka import Keisan, NyuryokuAyamari, Taishogai, plain
from .schema import Retsu
from .tables import yogo

SHIRUSHI = ("労働保険番号", "基幹番号", "枝番号", "事業場", "事業場名")
HAKOBU = (*SHIRUSHI, "備考")
KARA = {"", "nan", "None", "<NA>", "NaT"}
TAISHOGAI = "対象外の理由"


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
    narabi = {x for r in retsu if r.narabi for x in (r.id, r.label)}
    return any(str(c).strip() in narabi for c in hyo.columns)


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


def _taba(hyo: pd.DataFrame, rows: list[int], retsu: Mapping[str, Retsu]) -> Taba:
    taba = Taba(hyo.index[rows[0]])
    for row in rows:
        index = hyo.index[row]
        narabi: dict[tuple[str, ...], dict[str, Any]] = {(): taba.data}
        for column, cell in zip(hyo.columns, hyo.iloc[row], strict=True):
            x, r = atai(cell), retsu[column]
            if x is None:
                continue
            try:
                onaji = oku(narabi.setdefault(r.narabi, {}), r.path, x) == x
            except Kasanari as e:
                taba.errors.append((index, r.label, str(e)))
                continue
            if not onaji:
                message = (
                    f"同じ事業場の前の行と、{r.label}が違います。同じ値を書くか、空けてください。"
                )
                taba.errors.append((index, r.label, message))
        for path, hitotsu in narabi.items():
            if path:
                oku(taba.data, path, []).append(hitotsu)
                taba.gyo.setdefault(".".join(path), []).append(index)
    return taba


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


def keisan(
    name: str, retsu: list[Retsu], hyo: pd.DataFrame, tabane: list[list[int]]
) -> tuple[pd.DataFrame, list[tuple[Any, str, str]], dict[str, str]]:
    """束ごとに計算する。答え（初めの行の番号つき）、直す所、答えの列の見出しを返す。"""
    by_id = {r.id: r for r in retsu}
    values: dict[Any, dict[str, Any]] = {}
    midashi: dict[str, str] = {}
    errors: list[tuple[Any, str, str]] = []
    for rows in tabane:
        taba = _taba(hyo, rows, by_id)
        errors += taba.errors
        answer = None if taba.errors else calc(name, taba.data)
        if isinstance(answer, Keisan):
            values[taba.hajime] = dict(_hiraku(answer, midashi))
        elif isinstance(answer, Taishogai):
            midashi[TAISHOGAI] = TAISHOGAI
            values[taba.hajime] = {TAISHOGAI: "".join(r["message"] for r in answer.reasons)}
        elif isinstance(answer, NyuryokuAyamari):
            errors += _ayamari(answer, taba, by_id)
    table = pd.DataFrame.from_dict(values, orient="index", columns=list(midashi), dtype=object)
    return table.convert_dtypes(), errors, midashi


def _ayamari(
    answer: NyuryokuAyamari, taba: Taba, retsu: Mapping[str, Retsu]
) -> list[tuple[Any, str, str]]:
    out = []
    for e in answer.errors:
        found = re.match(r"(.+?)\.(\d+)", e.field)
        gyo = taba.gyo.get(found[1], []) if found else []
        row = gyo[int(found[2])] if found and int(found[2]) < len(gyo) else taba.hajime
        id = re.sub(r"\.\d+", "", e.field)
        out.append((row, retsu[id].label if id in retsu else e.field, e.message))
    return out


def _hiraku(answer: Keisan, midashi: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """答えの値を列に開く。並びは 1 からの番号をつける。明細（`Keisan.meisai`）は開かない。"""
    gyo = {x.id: x.label for b in answer.bu for x in b.run.sheet.lines}

    def tsuzuku(x: Any, key: str, label: str) -> Iterator[tuple[str, Any]]:
        parts: Iterable[tuple[Any, str, Any]]
        if isinstance(x, Mapping):
            parts = ((k, gyo.get(k) or yogo(k), v) for k, v in x.items())
        elif isinstance(x, (list, tuple)):
            parts = ((i, str(i), v) for i, v in enumerate(x, 1))
        else:
            midashi[key] = label
            yield key, plain(x)
            return
        for k, na, v in parts:
            tsugi = (f"{key}.{k}", f"{label}{na}" if isinstance(k, int) else f"{label}・{na}")
            yield from tsuzuku(v, *(tsugi if key else (str(k), na)))

    yield from tsuzuku({k: v for k, v in answer.values.items() if k not in answer.meisai}, "", "")
