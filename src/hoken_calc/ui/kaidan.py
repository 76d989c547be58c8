"""収支率と増減率の、階段の図。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from ..sheet.render import number, shosu, shosu_hyoji
from ..tables import Row

HABA, TAKASA = 440, 330
HIDARI, MIGI, UE, SHITA = 56, 424, 26, 286
MIGIHASHI = 180
ME = (0, 10, 50, 75, 100, 150)
KOI, USUI, SHIRUSHI = "#1f5f5b", "#e4eceb", "#b45309"


@dataclass(frozen=True)
class Ten:
    """図に置く点。`x` は収支率（％）、`usui` なら白抜き。"""

    x: int | Fraction
    namae: str
    usui: bool = False


def kaidan_zu(rows: Sequence[Row], ten: Sequence[Ten], midashi: str) -> str:
    """増減率表の段を階段に描き、点を置く。図の右の端より大きい収支率は、端に矢印で置く。"""
    saidai = int(rows[-1]["zogen_ritsu"])
    chukan = saidai // 10 * 5

    def px(x: int | Fraction) -> float:
        return HIDARI + (MIGI - HIDARI) * float(min(x, MIGIHASHI)) / MIGIHASHI

    def py(zogen: int) -> float:
        return (UE + SHITA) / 2 - (SHITA - UE) / 2 * zogen / saidai

    out = ""
    for r in rows:
        if r["zogen_ritsu"] == 0:
            x1, x2 = px(r["koeru"]), px(r["ika"])
            out += f'<rect x="{x1:.1f}" y="{UE}" width="{x2 - x1:.1f}" height="{SHITA - UE}" fill="{USUI}"/>'
    for zogen in (-saidai, -chukan, 0, chukan, saidai):
        y = py(zogen)
        out += f'<line x1="{HIDARI}" y1="{y:.1f}" x2="{MIGI}" y2="{y:.1f}" stroke="#d9dee3"/>'
        out += _moji(HIDARI - 13, y + 4, f"{zogen:+}%".replace("-", "−").replace("+0", "0"), "end")
    for x in ME:
        out += f'<line x1="{px(x):.1f}" y1="{SHITA}" x2="{px(x):.1f}" y2="{SHITA + 5}" stroke="#52606d"/>'
        out += _moji(px(x), SHITA + 22, str(x))
    out += _moji((HIDARI + MIGI) / 2, SHITA + 40, "収支率（%）") + _moji(4, 14, "増減率", "start")
    out += _moji(px(80), UE - 5, "増減なし")
    michi = ""
    for r in rows:
        y = py(r["zogen_ritsu"])
        migi = MIGIHASHI if r["ika"] is None else r["ika"]
        michi += f"{'L' if michi else 'M'}{px(r['koeru'] or 0):.1f} {y:.1f}L{px(migi):.1f} {y:.1f}"
    out += f'<path d="{michi}" fill="none" stroke="{KOI}" stroke-width="3"/>'
    for n, t in enumerate(ten):
        out += _ten(t, px(t.x), py(_zogen(rows, t.x)), n)
    setsumei = "、".join(
        f"{t.namae}は収支率{ritsu_moji(t.x)}で増減率{number(_zogen(rows, t.x))}%" for t in ten
    )
    return (
        f'<svg class="hk-zu hk-kaidan" style="max-width:540px" viewBox="0 0 {HABA} {TAKASA}" role="img" '
        f'aria-label="{escape(f"{midashi}。{setsumei}")}">'
        f"<title>{escape(midashi)}</title><desc>{escape(setsumei)}</desc>{out}</svg>"
    )


def ritsu_moji(x: int | Fraction) -> str:
    """収支率を見る形。小数第2位より先があれば「…」をつける。整数に見える時は、0でない桁まで書く。"""
    moji = shosu(x, 2)
    if Fraction(moji).denominator == 1:
        moji = shosu_hyoji(x)
    return f"{moji}{'' if Fraction(moji) == x else '…'}%"


def _zogen(rows: Sequence[Row], x: int | Fraction) -> int:
    (zogen,) = (
        r["zogen_ritsu"]
        for r in rows
        if (r["koeru"] is None or r["koeru"] < x) and (r["ika"] is None or x <= r["ika"])
    )
    return int(zogen)


def _moji(x: float, y: float, text: str, soroe: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{soroe}"{more}>{escape(text)}</text>'


def _ten(t: Ten, x: float, y: float, n: int) -> str:
    """点と、その名前。名前は階段の無い所（左の点は左上、右の点は右下）に書く。"""
    hidari = x < (HIDARI + MIGI) / 2
    moji_y = UE + 40 + 22 * n if hidari else SHITA - 16 - 22 * n
    soroe = "start" if x < (HIDARI * 2 + MIGI) / 3 or (HIDARI + MIGI) / 2 <= x < 300 else "end"
    moji_x = x + (5 if soroe == "start" else -5)
    ya = " →" if t.x > MIGIHASHI else ""
    naka = "#fff" if t.usui else SHIRUSHI
    sen = moji_y - 12 if hidari else moji_y + 2
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{sen:.1f}" stroke="{SHIRUSHI}" stroke-dasharray="3 2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{naka}" stroke="{SHIRUSHI}" stroke-width="3"/>'
        + _moji(moji_x, moji_y, f"{t.namae} {ritsu_moji(t.x)}{ya}", soroe, ' font-weight="700"')
    )
