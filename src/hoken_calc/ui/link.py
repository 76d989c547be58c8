"""入力を運ぶリンク。欄の値を `nendo=2025&gyoshu=94` の形にし、その形から欄へ戻す。

載せない欄（`nosenai`。名前や労働保険番号）と、名前（`field`）の無い表は入れない。
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode

if TYPE_CHECKING:
    from .buhin import Hyo, Komoku

# 画面を選ぶ名前と、置き場（Voilà、Jupyter）が使う名前。欄の名前ではない。
HOKA = ("gamen", "token")
NAGASA = 300
HYO_NAGASA = 6000


def kaku(
    ran: Sequence[Komoku], hyo: Sequence[Hyo], hyo_nagasa: int = HYO_NAGASA
) -> tuple[str, list[str]]:
    """リンクの `?` の後と、入れなかった物の名前。大事な物（表の中身）が先。"""
    atai: list[tuple[str, str]] = []
    nashi: list[str] = []
    hyo_nashi: list[str] = []
    for k in ran:
        moji = k.link_ni()
        if k.nosenai:
            nashi += [k.label] if moji and k.kawatta() else []
        elif moji or k.hajime != "":
            atai.append((k.field, moji))
    for h in hyo:
        if not h.kara():
            moji = h.link_ni()
            if h.field and len(moji) <= hyo_nagasa:
                atai.append((h.field, moji))
                hyo_nashi += h.nosenai_retsu()
            else:
                hyo_nashi.append(f"表の中身（{h.kumi[0][0]}）" if h.kumi else "表の中身")
    return "&".join(f"{quote(k)}={quote(v, safe=',:')}" for k, v in atai), hyo_nashi + nashi


def hoka_no_note(note: str, atai: Mapping[str, Any]) -> str:
    """ほかのノートを、欄に値を入れて開くリンク。`atai` は、欄の名前 → リンクに書く形。"""
    return f"{note}.ipynb?{urlencode(atai)}"


def gamen_no(toi: str) -> str:
    """リンクが選ぶ画面の名前。無ければ空。"""
    return parse_qs(toi.removeprefix("?")).get("gamen", [""])[0]


def yomu(toi: str, ran: Sequence[Komoku], hyo: Callable[[], Sequence[Hyo]]) -> list[str]:
    """リンクの値を欄に入れる。入れられなかった物は、その理由を返す。

    欄に値を入れると表が替わる画面があるので、表は欄の後に集める。
    """
    atai: dict[str, str] = {}
    ayamari: list[str] = []
    for key, text in parse_qsl(toi.removeprefix("?"), keep_blank_values=True):
        if key in atai:
            ayamari.append(f"「{key}」が2つあります。初めの値だけを使いました。")
        elif key not in HOKA and not key.startswith("voila"):
            atai[key] = text
    for k in ran:
        if k.field in atai and not k.nosenai:
            text = atai.pop(k.field)
            wake = "文字が長すぎます。" if len(text) > NAGASA else k.link_kara(text)
            ayamari += [f"{k.label}: {wake}"] if wake else []
    for h in hyo():
        if h.field in atai:
            wake = h.link_kara(atai.pop(h.field))
            ayamari += [f"表: {wake}"] if wake else []
    ayamari += [f"「{key[:40]}」という項目は、この画面にありません。" for key in atai]
    return ayamari
