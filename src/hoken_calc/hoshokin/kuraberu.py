"""報奨金を考える: どの未納で95%を割るか、1つの事業場が変わると額がどう変わるか。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from ..kekka import Ayamari, Keisan, Kotae, NyuryokuAyamari
from ..sheet import Line, Run
from ..sheet.render import number, show_line
from . import calc, edaban

JIGYOJO_NO_GYO = ("taisho", "kubun", "teigaku", "kiso", "ippan_kiso")
KEI_NO_GYO = (
    "taisho_kensu",
    "hitsuyo_gaku",
    "nofu_gokei",
    "yoken_95",
    "ippan_yoken_95",
    "teiritsu",
    "teigaku",
    "hoshokin",
    "denshika",
    "ippan_hoshokin",
    "hoshokin_gokei",
)


@dataclass(frozen=True)
class Mino:
    """未納の事業場の枝番号と、未納の額（円）。"""

    eda: str
    mino_gaku: int

    def __repr__(self) -> str:
        return f"枝番号{self.eda}: {number(self.mino_gaku)}円"


def tarinai(answer: Keisan, *, ippan: bool = False) -> list[Mino]:
    """納めれば95%に戻る、いちばん少ない数の未納の事業場。足りていれば空。

    `ippan` なら、一般拠出金の95%（追徴金・延滞金を入れる）。書いていなければ空。
    未納の大きい順に選ぶ。k件で届くなら、大きい方からk件でも届くので、数はこれが最も少ない。
    """
    yoyu, mino = ("ippan_yoyu", "ippan_mino_gaku") if ippan else ("yoyu", "mino_gaku")
    nokori = -(answer.values[yoyu] or 0)
    out = []
    taisho = [j for j in answer.values["jigyojo"] if j["taisho"]]
    for j in sorted(taisho, key=lambda j: (-j[mino], j["eda"])):
        if nokori <= 0:
            break
        out.append(Mino(j["eda"], j[mino]))
        nokori -= j[mino]
    return out


@dataclass(frozen=True)
class Kawari:
    """1つの事業場を変えた前と後。`riyu` は、変わった行を上から順に言う文。"""

    mae: Keisan
    ato: Keisan
    riyu: tuple[str, ...]

    @property
    def sa(self) -> int:
        """報奨金の合計の差（円）。"""
        sa: int = self.ato.values["hoshokin_gokei"] - self.mae.values["hoshokin_gokei"]
        return sa

    def _repr_html_(self) -> str:
        return f"<ul>{''.join(f'<li>{escape(x)}</li>' for x in self.riyu)}</ul>"

    def __repr__(self) -> str:
        return "\n".join(self.riyu)


def kawaru(
    data: Mapping[str, Any], eda: str, *, mae: Kotae | None = None, **kaeru: Any
) -> Kawari | Kotae:
    """枝番号 `eda` の事業場だけを書き換えて、計算し直す。

    例: 人数 `rodoshasu=5`、督促を受けてから納めた `tokusoku_nofu_gaku=120_000`。
    `mae` は、変える前の答えを計算してある時に渡す。
    計算できない時は、その答え（入力の誤り、対象外）を返す。
    """
    mae = mae or calc(data)
    if not isinstance(mae, Keisan):
        return mae
    basho = [i for i, k in enumerate(data["itaku"]) if edaban(k["eda"]) == edaban(eda)]
    if not basho:
        return NyuryokuAyamari([Ayamari("eda", "nai", "その枝番号の事業場はありません。")])
    (i,) = basho
    itaku = [{**k, **kaeru} if j == i else k for j, k in enumerate(data["itaku"])]
    ato = calc({**data, "itaku": itaku})
    if not isinstance(ato, Keisan):
        return ato
    jigyojo = _chigai(mae.bu[i].run, ato.bu[i].run, JIGYOJO_NO_GYO)
    riyu = [f"この事業場の{x}" for x in jigyojo] + _chigai(mae.run, ato.run, KEI_NO_GYO)
    return Kawari(mae, ato, tuple(riyu))


def _chigai(mae: Run, ato: Run, gyo: tuple[str, ...]) -> list[str]:
    out = []
    for id in gyo:
        line, x, y = mae.sheet.line(id), mae[id], ato[id]
        if x == y:
            continue
        sa = ""
        if line.unit and not isinstance(x, bool):
            sa = f"（{'＋' if y > x else '−'}{number(abs(y - x))}{line.unit}）"
        out.append(
            f"{line.label.removeprefix('この事業場の')}: {_miseru(line, x)} → {_miseru(line, y)}{sa}"
        )
    return out


def _miseru(line: Line, x: Any) -> str:
    return "なし" if line.choices and not x else show_line(line, x)
