"""滝の図: 始めの額から、増えた分と減った分を順に積んで、終わりの額までを描く。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate

from ..sheet.render import yen
from ..zennen_sa.setsumei import fugo

TAKASA, BO_Y, BO_TAKASA = 39, 20, 14
ZENTAI, FUERU, HERU = "#3e4c59", "#b45309", "#1f7a5c"


@dataclass(frozen=True)
class Dan:
    """図の1段。"""

    namae: str
    kingaku: int


def hidarihashi(kei: Sequence[int]) -> int:
    """図の左端の額。差が額の半分より小さければ、差が見えるように、0円から始めない。"""
    hikui, haba = min(kei), max(kei) - min(kei)
    if hikui <= 0 or haba == 0 or 2 * haba > max(kei):
        return min(0, hikui)
    keta: int = 10 ** (len(str(haba)) - 1)
    return max(0, (hikui - haba // 2) // keta * keta)


def taki(dai: str, hajime: Dan, uchiwake: Sequence[Dan], owari: Dan) -> str:
    """SVG の滝の図。横は画面の幅に合わせ、文字の大きさは変えない。読み上げには題と、段の額を渡す。"""
    kei = list(accumulate((hajime.kingaku, *(d.kingaku for d in uchiwake))))
    saisho, saidai = hidarihashi(kei), max(0, *kei)
    haba = saidai - saisho or 1

    def x(en: int) -> str:
        return f"{100 * (en - saisho) / haba:.3f}%"

    def bo(i: int, d: Dan, kara: int, made: int, iro: str, kingaku: str) -> str:
        y = i * TAKASA
        nagasa = f"{100 * abs(made - kara) / haba:.3f}%"
        tsunagi = "" if d is owari else f'<line x1="{x(made)}" x2="{x(made)}" {yoko(y)}/>'
        return (
            f'<text x="0" y="{y + 15}">{escape(d.namae)}</text>'
            f'<text x="100%" y="{y + 15}" text-anchor="end" font-weight="700">{kingaku}</text>'
            f'{tsunagi}<rect x="{x(min(kara, made))}" y="{y + BO_Y}" width="{nagasa}" '
            f'height="{BO_TAKASA}" fill="{iro}" stroke="{iro}"/>'
        )

    def yoko(y: int) -> str:
        ue = y + BO_Y + BO_TAKASA
        return f'y1="{ue}" y2="{ue + TAKASA - BO_TAKASA}" stroke="#9aa5b1" stroke-dasharray="3 3"'

    naka = bo(0, hajime, max(0, saisho), hajime.kingaku, ZENTAI, yen(hajime.kingaku))
    for i, (d, kara) in enumerate(zip(uchiwake, kei, strict=False), 1):
        iro = FUERU if d.kingaku > 0 else HERU
        naka += bo(i, d, kara, kara + d.kingaku, iro, fugo(d.kingaku))
    naka += bo(len(uchiwake) + 1, owari, max(0, saisho), owari.kingaku, ZENTAI, yen(owari.kingaku))
    yomi = "、".join(
        (
            f"{hajime.namae} {yen(hajime.kingaku)}",
            *(f"{d.namae} {fugo(d.kingaku)}" for d in uchiwake),
            f"{owari.namae} {yen(owari.kingaku)}",
        )
    )
    return (
        f'<svg class="hk-taki" width="100%" height="{(len(uchiwake) + 2) * TAKASA}" role="img" '
        'aria-labelledby="hk-taki-dai hk-taki-yomi">'
        f'<title id="hk-taki-dai">{escape(dai)}</title>'
        f'<desc id="hk-taki-yomi">{escape(yomi)}</desc>{naka}</svg>'
    ) + (f'<p class="hk-dare">棒の左端は 0円ではなく {yen(saisho)}です。</p>' if saisho > 0 else "")
