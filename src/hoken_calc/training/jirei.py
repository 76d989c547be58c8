"""練習の事例。同じ番号からは、いつも同じ作り物の事業場ができる。"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from ..nendo_koshin.nyuryoku import SHOYO, TSUKI

NAMAE = ("あおば", "ひかり", "みどり", "かえで", "さくら", "しらかば", "はるかぜ", "やまびこ")
SHIGOTO = {"46": "印刷", "41": "食品", "98": "商店", "94": "サービス", "53": "鋳造", "96": "警備"}
NICHIGAKU = (5000, 8000, 10000, 12000, 14000)


@dataclass(frozen=True)
class Jirei:
    """事例1つ。`data` は計算の入力（月別の表つき）。"""

    bango: int
    namae: str
    data: dict[str, Any]


def jirei(bango: int) -> Jirei:
    """番号から年度更新の事例を作る。

    番号を4で割った余りで型が変わる: 0 基礎額が同じ、1 特別加入と払い過ぎ、
    2 個別の申告、3 小さな事業場の延納。
    """
    r = Random(bango)
    kata = bango % 4
    gyoshu = r.choice(("46", "41", "96")) if kata == 0 else r.choice(list(SHIGOTO))
    ninzu = r.randint(2, 4) if kata == 3 else r.randint(8, 16) if kata == 2 else r.randint(3, 12)
    tsukibetsu = _tsukibetsu(r, ninzu, onaji=kata == 0)
    chingin = sum(tsukibetsu["joyo"]["en"])
    data: dict[str, Any] = {
        "nendo": r.choice((2023, 2024, 2025)),
        "hoshiki": "kobetsu" if kata == 2 else "jimukumiai",
        "hoken_kankei": "ryohoken",
        "gyoshu": gyoshu,
        "koyo_kubun": "ippan",
        "chingin": {"tsukibetsu": tsukibetsu},
        # 確定はおよそ賃金の2%。払い過ぎも不足も出るように振る。
        "shinkokuzumi_gaisan": chingin
        // 50
        * r.randint(*((130, 220) if kata == 1 else (60, 110)))
        // 100,
        "juto_ishi": 3,
        "kaisu": 3 if kata != 2 or chingin > 35_000_000 else 1,
    }
    if kata == 1:
        kanyusha = [{"nichigaku": r.choice(NICHIGAKU)} for _ in range(r.randint(1, 3))]
        data["tokubetsu_kanyu"] = {"kakutei": kanyusha, "gaisan": kanyusha}
    if r.random() < 0.3:
        mikomi = chingin * r.randint(55, 190) // 100
        data["mikomi"] = {"rosai": mikomi, "koyo": mikomi}
    return Jirei(bango, f"{r.choice(NAMAE)}{SHIGOTO[gyoshu]}", data)


def _tsukibetsu(r: Random, ninzu: int, onaji: bool) -> dict[str, Any]:
    def tsuki(hitori: int) -> list[int]:
        return [
            r.randint(180_000, 320_000) * hitori // 10 * 10 + r.randint(0, 9) for _ in range(TSUKI)
        ]

    joyo = tsuki(ninzu)
    shoyo = [r.randint(150_000, 400_000) * ninzu for _ in range(SHOYO - 1)]
    hyo = {"joyo": {"ninzu": [ninzu] * TSUKI, "en": joyo + shoyo}}
    if not onaji:
        rinji = r.randint(1, 3)
        hyo["rinji"] = {"ninzu": [rinji] * TSUKI, "en": [x // 3 for x in tsuki(rinji)]}
    hyo["hihokensha"] = {"ninzu": [ninzu] * TSUKI, "en": joyo + shoyo}
    return hyo
