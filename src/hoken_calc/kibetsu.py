"""期ごとの額と納期限の、どの計算でも同じ部分。年度更新・延納・増加概算が使う。"""

from __future__ import annotations

from datetime import date
from typing import Any

from .hasu_shori import ICHIEN_MIMAN_KIRISUTE
from .sheet import Day, Expr, Input, Line, Lookup, choice, day
from .tables import cite, teisu

HOSHIKI = {"jimukumiai": "事務組合に委託", "kobetsu": "個別に申告"}
HOKEN_KANKEI = {"ryohoken": "労災と雇用の両方", "rosai": "労災だけ", "koyo": "雇用だけ"}
# 一覧でよく見る、保険関係の言い方。
HOKEN_KANKEI_BETSUMEI = {
    "両保険": "ryohoken",
    "二保険": "ryohoken",
    "労災・雇用": "ryohoken",
    "労災のみ": "rosai",
    "労災": "rosai",
    "雇用のみ": "koyo",
    "雇用": "koyo",
}


def ki_no_namae(kazu: int) -> list[str]:
    """期の名前。1回で納めるなら「全期」。"""
    return ["全期"] if kazu == 1 else [f"第{n}期" for n in range(1, kazu + 1)]


def nendo_no(d: date) -> int:
    """その日の属する保険年度（4月1日から翌年3月31日）。"""
    return d.year - (d.month < 4)


def enno_kijun(hoken_kankei: Input, on: Expr) -> Expr:
    """継続事業を延納できる概算保険料の額。両保険と、片方だけで違う（徴収則27条）。"""
    return choice(
        hoken_kankei == "ryohoken",
        teisu("enno_kijun_ryohoken", on),
        teisu("enno_kijun_katahoken", on),
        quiet=True,
    )


def ki_no_gaku(
    zengaku: Expr,
    kaisu: Expr,
    ki: tuple[str, str] = ("ki_gaku", "1回分の額"),
    saisho: tuple[str, str] = ("saisho_gaku", "最初の期の額"),
    why: str = "割り切れない端数は、全部最初の期に入れる。",
    **more: Any,
) -> tuple[Line, Line]:
    """1回分の額と最初の期の額の行。`ki` と `saisho` は行の名前と見出し。

    計算式: 額 ÷ 回数（1円未満切捨て）。余りは全部最初の期に入れる（端数計算法3条）。
    """
    kihon: dict[str, Any] = {"basis": cite("hasuho3"), **more}
    ki_gaku = Line(*ki, zengaku / kaisu, rounding=ICHIEN_MIMAN_KIRISUTE, **kihon)
    return ki_gaku, Line(*saisho, zengaku - ki_gaku * (kaisu - 1), why=why, **kihon)


def kijitsu(hyo: str, nendo: Expr, ki: Expr, *, on: Expr, nen_go: int = 0) -> Day:
    """表 `hyo` の期 `ki` の期日。`on` で行を選び、`nendo` の `nen_go` 年後から数える。"""
    nen = Lookup(hyo, "nen", on, ki)
    tsuki, hi = Lookup(hyo, "tsuki", on, ki), Lookup(hyo, "hi", on, ki)
    return day(nendo, nen + nen_go if nen_go else nen, tsuki, hi)


def encho_go(kijitsu: Line, encho: Expr, ki: Expr, *, on: Expr) -> Expr:
    """`encho` が成り立てば（事務組合に委託）延長した日、そうでなければ期日のまま。"""
    nissu = Lookup("nokigen", "encho_nissu", on, ki)
    return choice(encho, kijitsu + nissu, kijitsu, quiet=True)
