"""図。どれも、その場で書く SVG。外の物を使わず、印刷しても同じに出る。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from ..kibetsu import nendo_no
from ..sheet.render import jp, jp_nen, number

KOI, USUI, HAIIRO, SHIRUSHI = "#1f5f5b", "#9dbfbc", "#eef4f3", "#b7791f"
IRO = (KOI, SHIRUSHI, USUI)
HABA = 440


def svg(takasa: int, setsumei: str, naka: str, haba: int = HABA) -> str:
    """図の外枠。`setsumei` は、図を見られない人に読み上げる文。"""
    saidai = 700 if haba >= 700 else 560
    return (
        f'<svg class="hk-zu" style="max-width:{saidai}px" viewBox="0 0 {haba} {takasa}" role="img" '
        f'aria-label="{escape(setsumei)}">{naka}</svg>'
    )


def moji(x: float, y: float, text: str, *, soroe: str = "start", more: str = "") -> str:
    """図の中の文字。"""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{soroe}"{more}>{escape(text)}</text>'


def shikaku(x: float, y: float, haba: float, takasa: float, iro: str) -> str:
    """四角。"""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{haba:.1f}" height="{takasa:.1f}" fill="{iro}"/>'


def toshi_no_zu(kigen: Sequence[tuple[str, date, int]]) -> str:
    """納期限（名前、日、額）を月の並びに置いた図。同じ日は1つにまとめる。"""
    hi: dict[date, list[tuple[str, int]]] = {}
    for namae, d, gaku in kigen:
        hi.setdefault(d, []).append((namae, gaku))
    saisho, saigo = min(hi), max(hi)
    hajime = date(nendo_no(saisho), 4, 1)
    tsuki = max(12, (saigo.year - hajime.year) * 12 + saigo.month - hajime.month + 1)
    zentai = HABA if tsuki <= 12 else 700
    haba = (zentai - 20) / tsuki
    obi = 24 + max(3, len(hi)) * 18
    out, ten = "", []
    for i in range(tsuki):
        y, m = divmod(hajime.month - 1 + i, 12)
        x = 10 + i * haba
        out += shikaku(x, obi, haba - 2, 26, HAIIRO)
        out += moji(x + haba / 2, obi + 18, f"{m + 1}月", soroe="middle")
        if m == 0 or i == 0:
            out += moji(x, obi + 42, jp_nen(date(hajime.year + y, m + 1, 1)))
    for d, naka in sorted(hi.items()):
        x = 10 + haba * ((d.year - hajime.year) * 12 + d.month - hajime.month + (d.day - 1) / 31)
        namae = "・".join(namae for namae, _ in naka)
        ten.append((x, f"{namae} {d.month}/{d.day} {number(sum(g for _, g in naka))}円".strip()))
    # 札は先の日から下へ並べ、線の右に置く。右に入らなければ、前の線を越えないだけ左へずらす。
    nagasa = [moji_no_nagasa(text) for _, text in ten]
    hitsuyo = (mae + 8 + n for (mae, _), n in zip(ten, nagasa[1:], strict=False))
    zentai = max(zentai, *map(ceil, hitsuyo), 0)
    for dan, ((x, text), n) in enumerate(zip(ten, nagasa, strict=True)):
        y = 16 + dan * 18
        out += f'<line x1="{x:.1f}" y1="{y + 4}" x2="{x:.1f}" y2="{obi}" stroke="{KOI}" stroke-width="2"/>'
        out += moji(min(x, zentai - 4 - n), y, text)
    setsumei = "、".join(f"{namae} {jp(d)} {number(g)}円" for namae, d, g in kigen)
    return f"<h2>年の予定</h2>{svg(obi + 48, f'納期限の図。{setsumei}', out, zentai)}"


def moji_no_nagasa(text: str) -> float:
    """図の文字（13px）の、およその長さ。"""
    return sum(13 if east_asian_width(c) in "WFA" else 7.5 for c in text)


def kukan_no_zu(kukan: Sequence[dict[str, Any]]) -> str:
    """延滞金の区間を、日の順に並べた帯。帯の長さが日数。"""
    nissu = sum(k["nissu"] for k in kukan)
    out, x = "", 10.0
    for n, k in enumerate(kukan):
        y = 56 + (len(kukan) - n) * 18
        haba = (HABA - 20) * k["nissu"] / nissu
        iro = KOI if k["saisho"] else SHIRUSHI
        out += shikaku(x, 30, max(haba - 1, 1), 26, iro)
        ritsu = f"{number(k['ritsu'] / 10)}%"
        if haba >= 44:
            out += moji(x + haba / 2, 48, ritsu, soroe="middle", more=' fill="#fff"')
        hi = f"{k['kaishi'].month}/{k['kaishi'].day}〜"
        out += f'<line x1="{x:.1f}" y1="56" x2="{x:.1f}" y2="{y}" stroke="{iro}"/>'
        out += moji(min(x + 4, HABA - 130), y, f"{hi} {ritsu} {k['nissu']}日")
        x += haba
    hajime, owari = kukan[0]["kaishi"], kukan[-1]["shuryo"]
    out += moji(10, 20, jp(hajime))
    out += moji(HABA - 10, 20, jp(owari), soroe="end")
    setsumei = "、".join(
        f"{jp(k['kaishi'])}から{jp(k['shuryo'])}まで{k['nissu']}日、率{number(k['ritsu'] / 10)}%"
        for k in kukan
    )
    return svg(64 + len(kukan) * 18, f"延滞金の区間。{setsumei}", out)


def bairitsu_no_zu(moto: int, zoka: int) -> str:
    """申告した見込みと、増えた見込み。200%の線を引く。"""
    saidai = max(2 * moto, zoka, 1)
    haba = HABA - 20

    def nagasa(gaku: int) -> float:
        return haba * gaku / saidai

    sen = 10 + nagasa(2 * moto)
    out = moji(10, 14, f"申告した見込み {number(moto)}円") + shikaku(10, 20, nagasa(moto), 18, USUI)
    out += moji(10, 58, f"増えた後の見込み {number(zoka)}円")
    out += shikaku(10, 64, nagasa(zoka), 18, KOI)
    out += f'<line x1="{sen:.1f}" y1="18" x2="{sen:.1f}" y2="88" stroke="{SHIRUSHI}" stroke-width="2" stroke-dasharray="4 3"/>'
    out += moji(sen, 104, f"200% {number(2 * moto)}円", soroe="end" if sen > HABA / 2 else "start")
    setsumei = f"申告した見込み{number(moto)}円、200%は{number(2 * moto)}円、増えた後の見込み{number(zoka)}円"
    return svg(110, setsumei, out)


def tsumiage_no_zu(
    bo: Sequence[tuple[str, dict[str, int]]], namae: dict[str, str], setsumei: str
) -> str:
    """積み重ねた横の棒。`bo` は見出しと、種類ごとの額。"""
    saidai = max(*(sum(naka.values()) for _, naka in bo), 1)
    out = ""
    for n, (label, naka) in enumerate(bo):
        y, x = 6 + n * 46, 10.0
        out += moji(10, y + 12, f"{label} {number(sum(naka.values()))}円")
        for iro, h in zip(IRO, namae, strict=False):
            haba = (HABA - 20) * naka.get(h, 0) / saidai
            out += shikaku(x, y + 18, haba, 18, iro)
            x += haba
    y = 10 + len(bo) * 46
    for n, (iro, text) in enumerate(zip(IRO, namae.values(), strict=False)):
        x = 10 + n * (HABA - 20) / 3
        out += shikaku(x, y, 12, 12, iro) + moji(x + 17, y + 11, text, more=' font-size="12"')
    return svg(y + 20, setsumei, out)
