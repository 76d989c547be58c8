"""一括有期事業の第1種特別加入（中小事業主等）。業種ごとに、確定と概算を計算する。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from ..kekka import Ayamari, Bu, Chui
from ..nendo_koshin.nyuryoku import NASHI_NO_JSON
from ..nendo_koshin.shiki import CHECKS
from ..schema import GYOSHU, Schema, komoku, title
from ..sheet import Run
from ..sheet.render import permille
from ..tables import TABLES, cite, nendo_label, table
from ..tokubetsu_kanyu import KANYUSHA_SCHEMA, kanyusha_bu
from .shiki import TOKUBETSU_GYO

KUBUN = {"kakutei": "確定", "gaisan": "概算"}
_KANYUSHA: Schema = {
    **KANYUSHA_SCHEMA,
    "required": ["gyoshu", *KANYUSHA_SCHEMA["required"]],
    "properties": {"gyoshu": title(GYOSHU, "業種番号"), **KANYUSHA_SCHEMA["properties"]},
}
SCHEMA = komoku(
    "現場の第1種特別加入（加入しない年度は、給付基礎日額を 0）",
    {
        k: {"title": f"{label}の年度の加入者", "type": "array", "items": _KANYUSHA}
        | {"minItems": 0, "maxItems": 10_000}
        for k, label in KUBUN.items()
    },
)


def kensetsu_denai(gyoshu: str) -> str:
    """建設の業種でない時の文。"""
    ok = "、".join(sorted({str(k[0]) for k in table("romuhi_ritsu").rows}))
    return f"業種番号「{gyoshu}」は建設の事業ではありません。{ok} のどれかです。"


def yomu(
    x: Mapping[str, Any], gaisan_ari: bool
) -> tuple[dict[str, list[tuple[str, Bu]]], list[Ayamari]]:
    """加入者を1人ずつ計算する。確定か概算か → （業種、その人の計算）の並び。"""
    meibo: Mapping[str, list[dict[str, Any]]] = x.get("tokubetsu_kanyu", {})
    out: dict[str, list[tuple[str, Bu]]] = {}
    errors: list[Ayamari] = []
    if not any(meibo.values()):
        return out, errors
    if x.get("seisan", {}).get("hoshiki") == "kobetsu":
        errors.append(Ayamari("tokubetsu_kanyu", "jimukumiai_nomi", jimukumiai_nomi()))
    for kubun, label in KUBUN.items():
        if kubun == "gaisan" and not gaisan_ari:
            continue
        field = f"tokubetsu_kanyu.{kubun}"
        if kubun not in meibo:
            message = f"{label}の年度の特別加入者を入れてください（いなければ「なし」）。"
            errors.append(Ayamari(field, "hissu", message, NASHI_NO_JSON))
            continue
        nokoru = [(i, k) for i, k in enumerate(meibo[kubun]) if k["nichigaku"]]
        hito, warui = _hito(nokoru, x["nendo"] + (kubun == "gaisan"), field)
        errors += warui
        if hito and not warui:
            out[kubun] = [
                (k["gyoshu"], replace(b, midashi=f"特別加入 {label}の{b.midashi}"))
                for (_, k), b in zip(nokoru, hito, strict=True)
            ]
    return out, errors


def jimukumiai_nomi() -> str:
    """事務組合に委託していない事業では使えない、という文。"""
    return next(c.message for c in CHECKS if c.code == "jimukumiai_nomi")


def _hito(
    nokoru: Sequence[tuple[int, dict[str, Any]]], nendo: int, field: str
) -> tuple[list[Bu], list[Ayamari]]:
    hito, warui = kanyusha_bu([k for _, k in nokoru], nendo, field)
    errors = []
    for e in warui:
        if e.field.startswith(f"{field}."):
            i, ran = e.field.removeprefix(f"{field}.").split(".")
            e = replace(e, field=f"{field}.{nokoru[int(i)][0]}.{ran}")
        errors.append(e)
    kensetsu = {k[0] for k in table("romuhi_ritsu").rows}
    errors += [
        Ayamari(f"{field}.{i}.gyoshu", "hyo_ni_nai", kensetsu_denai(k["gyoshu"]))
        for i, k in nokoru
        if k["gyoshu"] not in kensetsu
    ]
    return hito, errors


def gyo(nendo: int, kubun: str, hito: Sequence[tuple[str, Bu]], zogen: Fraction | None) -> list[Bu]:
    """業種ごとの行。"""
    wakeru: dict[str, list[int]] = {}
    for gyoshu, b in hito:
        wakeru.setdefault(gyoshu, []).append(b.run["santei_kiso"])
    return [
        Bu(
            TOKUBETSU_GYO.run(
                {
                    "hoken_nendo": nendo + (kubun == "gaisan"),
                    "gyoshu": gyoshu,
                    "kanyusha_kiso": tuple(kiso),
                    "zogen": zogen,
                },
                TABLES,
            ),
            midashi=f"特別加入 {KUBUN[kubun]} {gyoshu}",
        )
        for gyoshu, kiso in sorted(wakeru.items())
    ]


def atai(kubun: str, run: Run) -> dict[str, Any]:
    """約束の値の1行。"""
    return {
        "kubun": kubun,
        "gyoshu": run["gyoshu"],
        "santei_kiso": run["tokubetsu_kiso"],
        "ritsu": run["tokubetsu_ritsu"] * 1000,
        "hokenryo": run["tokubetsu_gyo_hokenryo"],
    }


def chui(nendo: int, toku: Sequence[Run], soukatsu: Sequence[Run]) -> list[Chui]:
    """特別加入の注意。`nendo` は確定の年度、`soukatsu` は総括表の行の計算。"""
    out = []
    gyoshu = {r["gyoshu"] for r in toku}
    if len(gyoshu) > 1:
        message = f"特別加入の算定基礎額は、業種（{'、'.join(sorted(gyoshu))}）ごとに1,000円未満を切り捨てました。業種が2つ以上の時に、どの段で切るかを書いた資料は見つかっていません。"
        out.append(Chui("tokubetsu_dan", message))
    chingin: dict[str, int] = {}
    for r in soukatsu:
        chingin[r["gyoshu"]] = chingin.get(r["gyoshu"], 0) + r["chingin_sogaku"]
    omo = max(chingin, key=lambda g: chingin[g]) if chingin else None
    if toku and omo and gyoshu != {omo}:
        message = f"特別加入の業種（{'、'.join(sorted(gyoshu))}）と、賃金総額のいちばん大きい業種（{omo}）が違います。届け出た業種の率と、いちばん大きい業種の率のどちらを使うかは、提出先の労働局に確かめてください（{cite('cells-tokubetsu')[0]}）。"
        out.append(Chui("tokubetsu_gyoshu", message))
    for r in toku:
        ritsu = r["tokubetsu_kijun_ritsu"]
        kakutei = r["hoken_nendo"] == nendo
        koji = {s["kijun_ritsu"] for s in soukatsu if s["gyoshu"] == r["gyoshu"]} - {ritsu}
        if (kakutei and koji) or _teisei_ari(r["gyoshu"], date(r["hoken_nendo"], 4, 1)):
            message = f"特別加入（{r['gyoshu']}）は、{nendo_label(r['hoken_nendo'])}の4月1日の率（{permille(ritsu)}）で計算しました。工事を始めた時期の率や、訂正した率は使っていません。一括有期事業での選び方を書いた資料は見つかっていないので、提出先で確かめてください。"
            out.append(Chui("tokubetsu_ritsu", message))
    return out


def _teisei_ari(gyoshu: str, hi: date) -> bool:
    """31のように、率の訂正があった時期か。"""
    return any(r["tokurei_ritsu"] for r in table("romuhi_ritsu").on(hi) if r.key == (gyoshu, ""))
