"""表が変わると、どの円が変わったか。ノートに残した答えと、いまの表で動かし直した答えを比べる。"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from .kiroku import MIME
from .tables import jp

NAI = "（なし）"
WIDGET = "application/vnd.jupyter.widget-view+json"
MIDASHI = ("欄", "項目", "前", "後", "もとになった表の行")


@dataclass(frozen=True)
class Henka:
    """変わった値1つ。`moto` は、もとになった表の行。"""

    ran: str
    komoku: str
    mae: str
    ato: str
    moto: str


@dataclass(frozen=True)
class Cell:
    """答えの変わったセル。"""

    id: str
    midashi: str
    henka: tuple[Henka, ...]
    kotoba: tuple[str, ...]
    ugokanai: bool = False


@dataclass(frozen=True)
class Note:
    """1つのノートの比べ。"""

    path: Path
    cells: tuple[Cell, ...]


def kuraberu(path: Path, data: Path | None = None, *, hozon: bool = False) -> Note:
    """ノートを動かし直し、残してある答えと比べる。

    用語: `data` は使う表の場所（無ければ、いまの表）。`hozon` なら、変わった出力をノートに保存する。
    誤りの時: 動かないセルは、`ugokanai` にして理由を返す。そのノートは保存しない。
    """
    import nbformat
    from nbclient import NotebookClient

    old = nbformat.read(path, 4)  # type: ignore[no-untyped-call]
    new = deepcopy(old)
    env = {**os.environ, **({"HOKEN_CALC_DATA": str(data.resolve())} if data else {})}
    client = NotebookClient(
        new,
        timeout=600,
        allow_errors=True,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env=env, stderr=subprocess.DEVNULL)
    cells = []
    midashi = ""
    for mae, ato in zip(old.cells, new.cells, strict=True):
        if mae.cell_type == "markdown":
            midashi = next(
                (s.lstrip("# ") for s in mae.source.splitlines()[::-1] if s.startswith("#")),
                midashi,
            )
        elif mae.cell_type == "code" and _hikaku(mae) != _hikaku(ato):
            cells.append(kuraberu_cell(mae, ato, midashi))
            mae.outputs, mae.execution_count = ato.outputs, ato.execution_count
    if hozon and cells and not any(c.ugokanai for c in cells):
        nbformat.write(old, path)  # type: ignore[no-untyped-call]
    return Note(path, tuple(cells))


def _hikaku(cell: Any) -> list[dict[str, Any]]:
    """比べる出力。部品の番号は毎回変わるので外す。"""
    return [
        {k: v for k, v in out.get("data", {"text": str(out)}).items() if k != WIDGET}
        for out in cell.outputs
    ]


def kuraberu_cell(mae: Any, ato: Any, midashi: str) -> Cell:
    """1つのセルの、変わった値と、ことばの変わり。記録の無いセルは、文字を比べる。"""
    for out in ato.outputs:
        if out.output_type == "error":
            return Cell(mae.id, midashi, (), (f"動きません。{out.ename}: {out.evalue}",), True)
    before, after = _kiroku(mae), _kiroku(ato)
    henka = tuple(_henka(before, after)) if before and after else ()
    kotoba = _chigai(_kotowari(before), _kotowari(after)) if before and after else ()
    if not henka and not kotoba:
        kotoba = _chigai(_moji(mae), _moji(ato)) or ("値もことばも同じ（見た目か記録が変わった）",)
    return Cell(mae.id, midashi, henka, kotoba)


def _chigai(mae: list[str], ato: list[str]) -> tuple[str, ...]:
    return (
        *(f"前: {s}" for s in (Counter(mae) - Counter(ato)).elements()),
        *(f"後: {s}" for s in (Counter(ato) - Counter(mae)).elements()),
    )


def _kiroku(cell: Any) -> dict[str, Any]:
    found = [out.data[MIME] for out in cell.outputs if MIME in out.get("data", {})]
    return found[-1] if found else {}


def _moji(cell: Any) -> list[str]:
    text = "\n".join(out.get("data", {}).get("text/plain", "") for out in cell.outputs)
    return [line.strip() for line in text.splitlines()]


def _kotowari(x: Mapping[str, Any]) -> list[str]:
    return [e["message"] for e in x.get("errors", x.get("reasons", []))]


def _henka(mae: Mapping[str, Any], ato: Mapping[str, Any]) -> Iterator[Henka]:
    before, after = _lines(mae), _lines(ato)
    for k in dict.fromkeys([*after, *before]):
        a, b = before.get(k), after.get(k)
        if a is None or b is None or a["atai"] != b["atai"]:
            x: Mapping[str, Any] = b or a or {}
            yield Henka(
                x["ran"],
                x["komoku"],
                a["atai"] if a else NAI,
                b["atai"] if b else NAI,
                moto(_rows(mae, a), _rows(ato, b)),
            )


def _lines(x: Mapping[str, Any]) -> dict[tuple[str, str, int], dict[str, Any]]:
    """区分と名前で引く行。同じ名前の行が何度も出る時は、何度目かで分ける。"""
    kazu: Counter[tuple[str, str]] = Counter()
    out = {}
    for line in x.get("lines", []):
        k = (line["kubun"], line["id"])
        out[*k, kazu[k]] = line
        kazu[k] += 1
    return out


def _rows(x: Mapping[str, Any], line: Mapping[str, Any] | None) -> list[dict[str, str]] | None:
    return None if line is None else [x["gyo"][i] for i in line["gyo"]]


def moto(mae: list[dict[str, str]] | None, ato: list[dict[str, str]] | None) -> str:
    """値を変えた表の行。前と後で、引いた行か、その行の数が違う物。"""
    if ato is None:
        return "この行が無くなった"
    if mae is None:
        # 前と比べられないので、使った中でいちばん新しい行を言う。
        saigo = max((r["kaishi"] for r in ato), default="")
        atarashii = _matomeru((_gyo(r), _kazu(r)) for r in ato if r["kaishi"] == saigo)
        return f"使った行: {atarashii}" if atarashii else "表を引かない行"
    out = []
    for id in dict.fromkeys(r["id"] for r in (*ato, *mae)):
        for a, b in zip_longest(_sa(id, mae, ato), _sa(id, ato, mae)):
            if a and b:
                gyo = "" if a["kaishi"] == b["kaishi"] else f"{_hizuke(b)}の行 "
                out.append((_gyo(a), f"{_kazu(a)} → {gyo}{b['atai']}"))
            elif a:
                out.append((_gyo(a), f"{_kazu(a)} を使わなくなった"))
            elif b:
                out.append((_gyo(b), f"{_kazu(b)} を使うようになった"))
    return _matomeru(out) or "表の行は同じ（式か例が変わった）"


def _sa(id: str, a: list[dict[str, str]], b: list[dict[str, str]]) -> list[dict[str, str]]:
    """`a` にあって `b` に無い行を、開始日の順に。"""
    return sorted((r for r in a if r["id"] == id and r not in b), key=lambda r: r["kaishi"])


def _matomeru(kotoba: Iterable[tuple[str, str]]) -> str:
    """同じ行の列をまとめる。"""
    out: dict[str, list[str]] = {}
    for gyo, kazu in kotoba:
        out.setdefault(gyo, []).append(kazu)
    return "、".join(f"{gyo} {'・'.join(kazu)}" for gyo, kazu in out.items())


def _gyo(row: Mapping[str, str]) -> str:
    na = f"（{row['na']}）" if row["na"] != row["hyo"] else ""
    return f"{row['hyo']}{na} {_hizuke(row)}の行"


def _kazu(row: Mapping[str, str]) -> str:
    return row["atai"] if row["retsu"] == row["hyo"] else f"{row['retsu']} {row['atai']}"


def _hizuke(row: Mapping[str, str]) -> str:
    return jp(date.fromisoformat(row["kaishi"]))


def hokoku(notes: Iterable[Note]) -> str:
    """報告。Markdown なので、CI の要約にもそのまま出せる。"""
    notes = list(notes)
    kazu = sum(len(c.henka) for n in notes for c in n.cells)
    out = [
        "# 表が変わると、どの円が変わったか",
        "",
        f"ノート {len(notes)}、変わったセル {sum(len(n.cells) for n in notes)}、変わった値 {kazu}",
    ]
    for n in notes:
        if n.cells:
            out += ["", f"## {n.path.name}"]
        for c in n.cells:
            out += ["", f"### セル {c.id}（{c.midashi}）", ""]
            out += [f"- {s}" for s in c.kotoba]
            if c.henka:
                out += [*([""] if c.kotoba else []), _gyo_md(MIDASHI), "|---" * len(MIDASHI) + "|"]
                out += [_gyo_md((h.ran, h.komoku, h.mae, h.ato, h.moto)) for h in c.henka]
    return "\n".join(out)


def _gyo_md(cells: Iterable[str]) -> str:
    return "| " + " | ".join(c.replace("|", "｜") for c in cells) + " |"
