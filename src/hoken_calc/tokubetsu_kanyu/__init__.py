"""特別加入（第1種・第2種・第3種）。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari
from ..nyuryoku import permille
from ..schema import (
    EN,
    GYOSHU,
    HIZUKE,
    NENDO,
    RITSU,
    Schema,
    komoku,
    nyuryoku_no_kata,
    read,
    sentaku,
    title,
)
from ..sheet import Run, Value
from ..tables import TABLES, NotCovered, jp, table
from .shiki import KANYUSHA, SHEET, SHU

__all__ = ["KANYUSHA", "KANYUSHA_SCHEMA", "SCHEMA", "SHEET", "calc", "kanyusha_bu"]

KANAI = "家内労働者だけ"
KANAI_SAGYO = "18-3-"
KANYUSHA_SCHEMA = komoku(
    "特別加入者",
    {
        "nichigaku": title(EN, "給付基礎日額"),
        "shonin": title(HIZUKE, "承認日（年度を通してなら null）"),
        "dattai": title(HIZUKE, "脱退日（年度を通してなら null）"),
    },
    ("nichigaku",),
)
SCHEMA: Schema = nyuryoku_no_kata(
    "特別加入の入力",
    {
        "nendo": title(NENDO, "保険年度"),
        "shu": title(sentaku(SHU), "特別加入の種類"),
        "gyoshu": title(GYOSHU, "業種番号（第1種）"),
        "sagyo": title({"type": "string"}, "事業・作業（第2種、条-号）"),
        "rosai_ritsu": title(RITSU, "通知された労災保険率（第1種）"),
        "kanyusha": {
            "title": "加入者",
            "type": "array",
            "items": KANYUSHA_SCHEMA,
            "minItems": 1,
            "maxItems": 10_000,
        },
    },
    ("nendo", "shu", "kanyusha"),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """特別加入の保険料の計算。

    用語: 特別加入保険料（徴収法13条・14条・14条の2）。
    計算式: 給付基礎日額×365（途中の加入・脱退は月割り）の合計 × 率。単位: 円。
    端数: 月額は1円未満切上げ、合計は1,000円未満切捨て、保険料は1円未満切捨て。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    kanai = str(x.get("sagyo", "")).startswith(KANAI_SAGYO)
    bu, errors = kanyusha_bu(x["kanyusha"], x["nendo"], "kanyusha", kanai=kanai)
    ritsu = permille(x["rosai_ritsu"]) if "rosai_ritsu" in x else None
    given: dict[str, Value] = {k: x.get(k) for k in ("nendo", "shu", "gyoshu", "sagyo")}
    given |= {"rosai_ritsu": ritsu, "kanyusha_kiso": tuple(b.run["santei_kiso"] for b in bu)}
    errors += [Ayamari(c.field, c.code, c.message) for c in SHEET.broken_inputs(given)]
    if not errors and x["shu"] == 2:
        errors += _sagyo_no_mae(x["sagyo"], bu)
    if errors:
        return NyuryokuAyamari(errors)
    try:
        run = SHEET.run(given, TABLES)
    except NotCovered as e:
        field = "nendo" if e.reason == "nendo" else "sagyo" if x["shu"] == 2 else "gyoshu"
        return NyuryokuAyamari([Ayamari(field, "hyo_ni_nai", e.message)])
    chui = _bango_no_chui(x["sagyo"], x["nendo"]) if x["shu"] == 2 else ()
    return Keisan("tokubetsu_kanyu", _values(run, bu), (*bu, Bu(run)), chui)


def kanyusha_bu(
    kanyusha: Sequence[Mapping[str, Any]], nendo: int, field: str, *, kanai: bool = False
) -> tuple[list[Bu], list[Ayamari]]:
    """加入者を1人ずつ計算する。誤りのある人は、`field.番号` で言う。"""
    bu: list[Bu] = []
    errors: list[Ayamari] = []
    for i, k in enumerate(kanyusha):
        here = f"{field}.{i}"
        given: dict[str, Value] = {"nendo": nendo, "nichigaku": k["nichigaku"]}
        given |= {d: date.fromisoformat(k[d]) for d in ("shonin", "dattai") if d in k}
        broken = KANYUSHA.broken_inputs(given)
        errors += [Ayamari(f"{here}.{c.field}", c.code, c.message) for c in broken[:1]]
        try:
            errors += _nichigaku_no_ayamari(here, k["nichigaku"], nendo, kanai)
            if not broken:
                run = KANYUSHA.run(given, TABLES)
                bu.append(Bu(run, midashi=f"加入者{i + 1}（日額{k['nichigaku']:,}円）"))
        except NotCovered as e:
            errors.append(Ayamari("nendo", "nendo_hanigai", e.message))
            break
    return bu, errors


def _nichigaku_no_ayamari(here: str, nichigaku: int, nendo: int, kanai: bool) -> list[Ayamari]:
    shigatsu = date(nendo, 4, 1)
    eraberu = sorted(r.key for r in kaikyu(nendo, kanai=kanai))
    if nichigaku in eraberu:
        return []
    table("kyufu_kiso_nichigaku").find(shigatsu, eraberu[-1])
    ok = "、".join(f"{n:,}" for n in eraberu)
    message = f"給付基礎日額は {ok} 円のどれかです。「{nichigaku:,}」は選べません。"
    return [Ayamari(f"{here}.nichigaku", "nichigaku", message)]


def _sagyo_no_mae(sagyo: str, bu: Sequence[Bu]) -> list[Ayamari]:
    t = table("tokubetsu_2shu_ritsu")
    rows = t.rows.get(sagyo, [])
    if not rows or rows[0].start == t.first:
        return []
    hajimari = rows[0].start
    message = f"事業・作業 {sagyo} の特別加入は {jp(hajimari)} からです。承認日を、その日かそれより後の日で入れてください。"
    return [
        Ayamari(f"kanyusha.{i}.shonin", "sagyo_no_mae", message)
        for i, b in enumerate(bu)
        if b.run["hajime"] < hajimari
    ]


def _bango_no_chui(sagyo: str, nendo: int) -> tuple[Chui, ...]:
    hajime, tsugi = date(nendo, 4, 1), date(nendo + 1, 4, 1)
    rows = table("tokubetsu_2shu_ritsu").rows[sagyo]
    return tuple(
        Chui(
            "toku_bango",
            f"番号は {jp(ato.start)} に{mae['toku_bango']}から{ato['toku_bango']}へ変わりました。結果の番号は年度の始めのものです。",
        )
        for mae, ato in pairwise(rows)
        if hajime < ato.start < tsugi and mae["toku_bango"] != ato["toku_bango"]
    )


def kaikyu(nendo: int, *, kanai: bool = False) -> list[Any]:
    """その年度に選べる給付基礎日額の階級。家内労働者は低い階級も選べる。"""
    t = table("kyufu_kiso_nichigaku")
    rows = t.on(max(date(nendo, 4, 1), t.first))
    return [r for r in rows if kanai or r["taisho"] != KANAI]


def _values(run: Run, bu: Sequence[Bu]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kanyusha": [
            {"tsukisu": b.run["tsukisu"], "santei_kiso": b.run["santei_kiso"]} for b in bu
        ],
        "santei_kiso_gokei": run["santei_kiso_gokei"],
        "ritsu": run["ritsu"] * 1000,
        "hokenryo": run["hokenryo"],
    }
    if run["shu"] == 2:
        row = TABLES.find("tokubetsu_2shu_ritsu", date(run["nendo"], 4, 1), run["sagyo"])
        out["toku_bango"] = row["toku_bango"]
    return out
