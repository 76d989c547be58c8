"""年度更新の入力。命令行の JSON、画面、表の1行を、同じ形で読む。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..kekka import Ayamari, Bu
from ..kibetsu import HOKEN_KANKEI, HOKEN_KANKEI_BETSUMEI, HOSHIKI
from ..nyuryoku import permille
from ..schema import (
    EN,
    GYOSHU,
    HAI,
    NENDO,
    NIN,
    RITSU,
    Schema,
    komoku,
    nyuryoku_no_kata,
    read,
    sentaku,
    title,
    wakeru,
)
from ..sheet import Value
from ..tables import table
from ..tokubetsu_kanyu import KANYUSHA_SCHEMA, kanyusha_bu
from .shiki import JUTO_ISHI, KAISU, KOYO_KUBUN

_CHINGIN = wakeru(
    komoku(
        "前期・後期の賃金",
        {"zenki": title(EN, "前期（4〜9月）"), "koki": title(EN, "後期（10〜3月）")},
        ("zenki", "koki"),
    ),
    EN,
)
# 加入者の並びの「なし」を、JSON で書く人にだけ言う文。
NASHI_NO_JSON = "JSON では、いなければ空の並び [] を書きます。"
_MEIBO = wakeru({"type": "array", "items": KANYUSHA_SCHEMA}, EN, "array")

# 月別の表の区分: 労災の3つと、雇用の2つ。
ROSAI_KUBUN = {"joyo": "常用労働者", "yakuin": "役員で労働者扱い", "rinji": "臨時労働者"}
HIHOKENSHA_KUBUN = {"hihokensha": "被保険者", "yakuin_koyo": "役員で被保険者"}
TSUKI = 12
SHOYO = 3
GYO = [
    *(f"{m}月" for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)),
    *(f"賞与{i}" for i in (1, 2, 3)),
]


def _narabi(name: str, item: Schema, most: int) -> Schema:
    return {
        "title": name,
        "type": "array",
        "items": title(item, name),
        "minItems": TSUKI,
        "maxItems": most,
    }


_TSUKIBETSU = komoku(
    "月別の表（4月から翌年3月。賃金は続けて賞与を3回まで）",
    {
        k: komoku(
            label,
            {
                "ninzu": _narabi("人数（12か月）", NIN, TSUKI),
                "en": _narabi("賃金（12か月と賞与）", EN, TSUKI + SHOYO),
            },
            ("ninzu", "en"),
        )
        for k, label in (ROSAI_KUBUN | HIHOKENSHA_KUBUN).items()
    },
)

SCHEMA: Schema = nyuryoku_no_kata(
    "年度更新（継続事業）の入力",
    {
        "nendo": title(NENDO, "確定の保険年度"),
        "hoshiki": title(sentaku(HOSHIKI), "申告の方式"),
        "hoken_kankei": title(sentaku(HOKEN_KANKEI, HOKEN_KANKEI_BETSUMEI), "成立している保険"),
        "gyoshu": title(GYOSHU, "業種番号"),
        "rosai_ritsu": komoku(
            "通知された労災保険率（メリット）",
            {"kakutei": title(RITSU, "確定の率"), "gaisan": title(RITSU, "概算の率")},
        ),
        "koyo_kubun": title(sentaku(KOYO_KUBUN), "雇用保険の事業の区分"),
        "chingin": komoku(
            "賃金総額",
            {
                "rosai": title(_CHINGIN, "労災の賃金総額"),
                "koyo": title(_CHINGIN, "雇用の賃金総額"),
                "tsukibetsu": _TSUKIBETSU,
            },
        ),
        "mikomi": komoku(
            "来年度の見込賃金",
            {"rosai": title(EN, "労災の見込賃金"), "koyo": title(EN, "雇用の見込賃金")},
        ),
        "tokubetsu_kanyu": komoku(
            "第1種特別加入（加入者の並びか、算定基礎額の合計）",
            {
                "kakutei": title(_MEIBO, "確定の年度の加入者"),
                "gaisan": title(_MEIBO, "概算の年度の加入者"),
            },
            ("kakutei",),
        ),
        "shinkokuzumi_gaisan": title(EN, "申告済みの概算保険料"),
        "kakutei_nomi": title(HAI, "確定だけ"),
        "kanpu_seikyu": title(HAI, "還付の請求"),
        "juto_ishi": title(sentaku(JUTO_ISHI), "充当意思"),
        "kaisu": title(sentaku(KAISU), "納付回数（確定だけなら無くてよい）"),
    },
    ("nendo", "hoshiki", "hoken_kankei", "chingin", "shinkokuzumi_gaisan"),
)


# 表の列 → JSON の項目の道と、CSV の見出し。
RETSU: dict[str, tuple[tuple[str, ...], str]] = {
    "nendo": (("nendo",), "年度"),
    "hoshiki": (("hoshiki",), "申告の方式"),
    "hoken_kankei": (("hoken_kankei",), "保険関係"),
    "gyoshu": (("gyoshu",), "業種番号"),
    "rosai_ritsu_kakutei": (("rosai_ritsu", "kakutei"), "通知された労災保険率・確定"),
    "rosai_ritsu_gaisan": (("rosai_ritsu", "gaisan"), "通知された労災保険率・概算"),
    "koyo_kubun": (("koyo_kubun",), "雇用保険の事業の区分"),
    "chingin_rosai": (("chingin", "rosai"), "労災の賃金総額"),
    "chingin_rosai_zenki": (("chingin", "rosai", "zenki"), "労災の賃金・前期"),
    "chingin_rosai_koki": (("chingin", "rosai", "koki"), "労災の賃金・後期"),
    "chingin_koyo": (("chingin", "koyo"), "雇用の賃金総額"),
    "chingin_koyo_zenki": (("chingin", "koyo", "zenki"), "雇用の賃金・前期"),
    "chingin_koyo_koki": (("chingin", "koyo", "koki"), "雇用の賃金・後期"),
    "mikomi_rosai": (("mikomi", "rosai"), "労災の見込賃金"),
    "mikomi_koyo": (("mikomi", "koyo"), "雇用の見込賃金"),
    "tokubetsu_kakutei": (("tokubetsu_kanyu", "kakutei"), "特別加入の算定基礎額・確定"),
    "tokubetsu_gaisan": (("tokubetsu_kanyu", "gaisan"), "特別加入の算定基礎額・概算"),
    "shinkokuzumi_gaisan": (("shinkokuzumi_gaisan",), "申告済みの概算保険料"),
    "kakutei_nomi": (("kakutei_nomi",), "確定だけ"),
    "kanpu_seikyu": (("kanpu_seikyu",), "還付の請求"),
    "juto_ishi": (("juto_ishi",), "充当意思"),
    "kaisu": (("kaisu",), "納付回数"),
}


def read_input(data: Mapping[str, Any]) -> tuple[dict[str, Value], list[Bu], list[Ayamari]]:
    """入力を読み、計算シートの入力の名前にそろえる。特別加入者の計算も返す。

    誤りがあっても、読めた分は返す（足りない項目を一度に言うため）。
    """
    x, errors = read(SCHEMA, data)
    bu: list[Bu] = []
    bad = {e.field.split(".")[0] for e in errors}
    x = {k: v for k, v in x.items() if k not in bad} if isinstance(x, dict) else {}
    given: dict[str, Value] = {"kakutei_nomi": False, "kanpu_seikyu": False}
    given |= {k: x[k] for k in _SONOMAMA if k in x}
    given |= {f"rosai_ritsu_{k}": permille(v) for k, v in x.get("rosai_ritsu", {}).items()}
    given |= {f"mikomi_{k}": v for k, v in x.get("mikomi", {}).items()}
    if "nendo" in x:
        given["nendo_chu_kaitei"] = kaitei_ari(x["nendo"])
        given["gaisan_chu_kaitei"] = kaitei_ari(x["nendo"] + 1)
        tokubetsu, bu, warui = _tokubetsu(x)
        given |= tokubetsu
        errors += warui
        errors += _chingin_no_ayamari(x)
        given |= _chingin(x)
    return given, bu, errors


_SONOMAMA = (
    "nendo",
    "hoshiki",
    "hoken_kankei",
    "gyoshu",
    "koyo_kubun",
    "shinkokuzumi_gaisan",
    "kakutei_nomi",
    "kanpu_seikyu",
    "juto_ishi",
    "kaisu",
)


def _chingin_no_ayamari(x: Mapping[str, Any]) -> list[Ayamari]:
    chingin = x.get("chingin", {})
    hyo = chingin.get("tsukibetsu")
    if hyo is None:
        return []
    if len(chingin) > 1:
        message = "賃金は、合計か月別の表の、どちらか1つで入れてください。"
        return [Ayamari("chingin", "futatsu", message)]
    if kaitei_ari(x["nendo"]) and any(sum(r["en"][TSUKI:]) for r in hyo.values()):
        message = "この年度は賞与が前期（4〜9月）か後期（10〜3月）かで率が違います。賞与を払った月の賃金に足すか、前期・後期の額で入れてください。"
        return [Ayamari("chingin.tsukibetsu", "shoyo", message)]
    return []


def _chingin(x: Mapping[str, Any]) -> dict[str, Value]:
    out: dict[str, Value] = {}
    for key, gaku in x.get("chingin", {}).items():
        if key == "tsukibetsu":
            out |= _tsukibetsu(gaku, x.get("hoken_kankei", "ryohoken"), kaitei_ari(x["nendo"]))
        elif isinstance(gaku, dict):
            out |= {f"chingin_{key}_{k}": v for k, v in gaku.items()}
        else:
            out[f"chingin_{key}"] = gaku
    return out


def _tsukibetsu(hyo: Mapping[str, Any], hoken_kankei: str, zenki_koki: bool) -> dict[str, Value]:
    out: dict[str, Value] = {}
    for hoken, kubun in (("rosai", ROSAI_KUBUN), ("koyo", HIHOKENSHA_KUBUN)):
        if hoken_kankei not in ("ryohoken", hoken) or not set(kubun) & set(hyo):
            continue
        nashi = {"ninzu": [0] * TSUKI, "en": [0] * TSUKI}
        retsu = {k: hyo.get(k, nashi) for k in kubun}
        out |= {f"{k}_ninzu": tuple(r["ninzu"]) for k, r in retsu.items()}
        if zenki_koki:
            hantoshi = TSUKI // 2
            out[f"chingin_{hoken}_zenki"] = sum(sum(r["en"][:hantoshi]) for r in retsu.values())
            out[f"chingin_{hoken}_koki"] = sum(sum(r["en"][hantoshi:]) for r in retsu.values())
        else:
            out |= {f"{k}_chingin": tuple(r["en"]) for k, r in retsu.items()}
    return out


def kaitei_ari(nendo: int) -> bool:
    """その保険年度の中で雇用保険率が変わるか（令和4年度）。"""
    return table("koyo_hokenritsu").changes_within(date(nendo, 4, 1), date(nendo + 1, 3, 31))


def _tokubetsu(x: Mapping[str, Any]) -> tuple[dict[str, Value], list[Bu], list[Ayamari]]:
    tokubetsu = x.get("tokubetsu_kanyu", {})
    given: dict[str, Value] = {}
    bu: list[Bu] = []
    errors: list[Ayamari] = []
    if tokubetsu and "gaisan" not in tokubetsu and not x.get("kakutei_nomi"):
        message = "概算の年度の特別加入者を入れてください（いなければ「なし」）。"
        errors.append(Ayamari("tokubetsu_kanyu.gaisan", "hissu", message, NASHI_NO_JSON))
    for kubun, meibo in tokubetsu.items():
        if not isinstance(meibo, list):
            given[f"tokubetsu_{kubun}"] = meibo
        elif meibo:
            nendo = x["nendo"] + (kubun == "gaisan")
            hito, warui = kanyusha_bu(meibo, nendo, f"tokubetsu_kanyu.{kubun}")
            errors += warui
            bu += [replace(b, midashi=f"{KUBUN[kubun]}の{b.midashi}") for b in hito]
            given[f"kanyusha_{kubun}"] = tuple(b.run["santei_kiso"] for b in hito)
    return given, bu, errors


KUBUN = {"kakutei": "確定", "gaisan": "概算"}
