"""答えの記録。ノートの出力に添えて残し、表を直した後の答えと比べる。"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from .sheet import Line, Run, Sheet, Step
from .sheet.expr import parts
from .tables import Row

MIME = "application/vnd.hoken-calc+json"
Hiki = dict[tuple[str, str], dict[str, str]]  # 引いた表の行。同じ行の同じ列は1度だけ


def kiroku(bu: Iterable[tuple[Run, list[Step]]], ids: Collection[str] | None) -> dict[str, Any]:
    """説明の行の値と、その値に効いた表の行。`ids` があれば、その行だけ。"""
    lines: list[dict[str, Any]] = []
    used: Hiki = {}
    mae: list[tuple[Sheet, Hiki]] = []
    for run, steps in bu:
        hiki = hiita_gyo(run)
        # 後の部は、前の部の答えを入力に使う。
        motto = _awase(h for sheet, h in mae if sheet is not run.sheet)
        for s in steps:
            if ids is None or s.id in ids:
                kiita = motto | hiki[s.id]
                used |= kiita
                line = {"id": s.id, "kubun": s.section, "ran": s.box, "komoku": s.label}
                lines.append({**line, "atai": s.shown, "gyo": list(kiita)})
        mae.append((run.sheet, _awase(hiki.values())))
    bango = {k: i for i, k in enumerate(used)}
    for x in lines:
        x["gyo"] = [bango[k] for k in x["gyo"]]
    return {"status": "ok", "lines": lines, "gyo": list(used.values())}


def hiita_gyo(run: Run) -> dict[str, Hiki]:
    """行の名前 → その値に効いた表の行。前の行からたどり、行の条件で引いた物も数える。"""
    out: dict[str, Hiki] = {}
    for line in run.sheet.lines:
        found: list[Any] = []
        exprs = []
        if line.when is not None:
            run.value(line.when, found)
            exprs.append(line.when)
        if line in run:
            found += run.used[line.id]
            exprs.append(line.formula)
        mae = [out[p.id] for e in exprs for p in parts(e) if isinstance(p, Line)]
        out[line.id] = _awase([*mae, {_kagi(*x): _gyo(*x) for x in found}])
    return out


def _awase(hiki: Iterable[Hiki]) -> Hiki:
    return {k: v for h in hiki for k, v in h.items()}


def _kagi(row: Row, column: str) -> tuple[str, str]:
    key = row.key if isinstance(row.key, tuple) else (row.key,)
    kagi = " ".join(str(k) for k in key if k is not None)
    return f"{row.table.id}.{column} {kagi}".strip(), row.start.isoformat()


def _gyo(row: Row, column: str) -> dict[str, str]:
    id, kaishi = _kagi(row, column)
    na = {"hyo": row.table.title, "na": row.name, "retsu": row.table.label_of[column]}
    return {"id": id, **na, "kaishi": kaishi, "atai": row.moji(column)}
