"""特別加入（第1種・第2種・第3種）。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, shirabe
from ..nyuryoku import mise, permille, seiri
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
    yometa,
    yonda_narabi,
)
from ..sheet import Run, Value
from ..tables import TABLES, NotCovered, jp, nendo_label, table
from .shiki import JIGYO, KANYUSHA, SHEET, SHU, YUKI_KANYUSHA, ritsu

__all__ = ["KANYUSHA", "KANYUSHA_SCHEMA", "SCHEMA", "SHEET", "calc", "kanyusha_bu"]

KANAI = "家内労働者だけ"
KANAI_SAGYO = "18-3-"
YUKI_CHUI = "有期事業の月数の数え方（承認日から応当日で数え、端数は1か月）は、解説1つで確かめた規則です。労働局の案内で確かめてください。"
KANYUSHA_SCHEMA = komoku(
    "特別加入者",
    {
        "nichigaku": title(EN, "給付基礎日額"),
        "shonin": title(HIZUKE, "承認日（年度を通してなら null）"),
        "dattai": title(HIZUKE, "脱退日（年度を通してなら null）"),
    },
    ("nichigaku",),
)
_JIGYO: dict[str, Schema] = {
    "nendo": title(NENDO, "保険年度（有期事業は、事業の始まった年度）"),
    "shu": title(sentaku(SHU), "特別加入の種類"),
    "jigyo": title({**sentaku(JIGYO), "default": "keizoku"}, "事業の期間（第1種）"),
    "gyoshu": title(GYOSHU, "業種番号（第1種）"),
    "sagyo": title({"type": "string"}, "事業・作業（第2種、条-号）"),
    "rosai_ritsu": title(RITSU, "通知された労災保険率（第1種）"),
}
SCHEMA: Schema = nyuryoku_no_kata(
    "特別加入の入力",
    {
        **_JIGYO,
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
RITSU_SCHEMA: Schema = komoku(
    "率を決める入力", {k: v for k, v in _JIGYO.items() if k != "jigyo"}, ("nendo", "shu")
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """特別加入の保険料の計算。

    用語: 特別加入保険料（徴収法13条・14条・14条の2）。
    計算式: 給付基礎日額×365（途中の加入・脱退と、有期事業は月割り）の合計 × 率。単位: 円。
    端数: 月額は1円未満切上げ、合計は1,000円未満切捨て、保険料は1円未満切捨て。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    given, warui = jigyo_no_nyuryoku(x, errors)
    yuki = given["shu"] == 1 and given["jigyo"] == "yuki"
    kanai = str(given["sagyo"]).startswith(KANAI_SAGYO)
    bu: list[Bu] = []
    if yometa(errors, "nendo"):
        hito = yonda_narabi(x, errors, "kanyusha")
        bu, dame = kanyusha_bu(hito, x["nendo"], "kanyusha", kanai=kanai, yuki=yuki)
        if given["shu"] == 2 and yometa([*errors, *warui], "sagyo"):
            dame += _sagyo_no_mae(given["sagyo"], x["nendo"], hito)
        warui = [*dame, *warui]
    first: dict[str, Ayamari] = {}
    for e in (*errors, *warui):
        first.setdefault(e.field, e)
    if first:
        return NyuryokuAyamari(list(first.values()))
    run = SHEET.run({**given, "kanyusha_kiso": tuple(b.run["santei_kiso"] for b in bu)}, TABLES)
    chui = _kaikyu_no_chui(bu)
    if x["shu"] == 2:
        chui += _bango_no_chui(x["sagyo"], x["nendo"])
    if yuki:
        chui.append(Chui("kisoku_mikakunin", YUKI_CHUI))
    return Keisan("tokubetsu_kanyu", _values(run, bu), (*bu, Bu(run)), tuple(chui))


def jigyo_no_nyuryoku(x: Any, errors: Sequence[Ayamari]) -> tuple[dict[str, Value], list[Ayamari]]:
    """率を決める入力と、その誤り。読めなかった項目（`errors`）は見ない。"""
    x = x if isinstance(x, Mapping) else {}
    given: dict[str, Value] = {k: x.get(k) for k in ("nendo", "shu", "gyoshu", "sagyo")}
    given["jigyo"] = x.get("jigyo", "keizoku")
    yomeru = "rosai_ritsu" in x and yometa(errors, "rosai_ritsu")
    given["rosai_ritsu"] = permille(x["rosai_ritsu"]) if yomeru else None
    if not yometa(errors, "nendo", "shu", "jigyo"):
        return given, []
    warui = shirabe(SHEET.broken_inputs(given))
    kagi = {1: "gyoshu", 2: "sagyo"}.get(x["shu"], "nendo")
    if yometa([*errors, *warui], kagi):
        warui += _ritsu_no_ayamari(given, kagi)
    return given, warui


def _ritsu_no_ayamari(given: Mapping[str, Value], kagi: str) -> list[Ayamari]:
    """率が表に無い時の誤り。"""
    if given["shu"] == 2 and (message := _sagyo_ga_nai(given["sagyo"], given["nendo"])):
        return [Ayamari(kagi, "hyo_ni_nai", message)]
    try:
        Run(SHEET, dict(given), TABLES).value(ritsu.formula)
    except NotCovered as e:
        return [Ayamari("nendo" if e.reason == "nendo" else kagi, "hyo_ni_nai", e.message)]
    return []


def _sagyo_ga_nai(sagyo: Any, nendo: Any) -> str:
    """事業・作業が、表か、その年度に無い時の文。有れば空。"""
    t = table("tokubetsu_2shu_ritsu")
    rows = t.rows.get(sagyo)
    if rows is None:
        hi = max(t.first, min(date(nendo, 4, 1), t.verified_through))
        onaji = next((r for r in t.on(hi) if r["toku_bango"] == seiri(sagyo)), None)
        rei = (
            f"{nendo_label(nendo)}の{onaji['toku_bango']}は {onaji.key}（{onaji['shurui']}）です。特の番号は年度で変わるので、条-号で書きます"
            if onaji
            else "例 17-2 建設業の一人親方"
        )
        return f"事業・作業は、労災則46条の17・18の「条-号」で書いてください（{rei}）。{mise(sagyo)}は読めません。"
    if t.first < rows[0].start and date(nendo + 1, 4, 1) <= rows[0].start:
        return f"事業・作業 {sagyo}（{rows[0]['shurui']}）の特別加入は {jp(rows[0].start)} からです。{nendo_label(nendo)}にはありません。"
    return ""


def kanyusha_bu(
    kanyusha: Sequence[Mapping[str, Any] | None],
    nendo: int,
    field: str,
    *,
    kanai: bool = False,
    yuki: bool = False,
) -> tuple[list[Bu], list[Ayamari]]:
    """加入者を1人ずつ計算する。誤りのある人は、`field.番号` で言う。読めなかった人（None）は抜かす。"""
    bu: list[Bu] = []
    errors: list[Ayamari] = []
    sheet = YUKI_KANYUSHA if yuki else KANYUSHA
    for i, k in enumerate(kanyusha):
        here = f"{field}.{i}"
        if k is None:
            continue
        given: dict[str, Value] = {"nendo": nendo, "nichigaku": k["nichigaku"]}
        given |= {d: date.fromisoformat(k[d]) for d in ("shonin", "dattai") if d in k}
        broken = {c.field: c for c in sheet.broken_inputs(given)[::-1]}  # 項目ごとに、先の1つ
        errors += shirabe(list(broken.values())[::-1], here)
        try:
            errors += _nichigaku_no_ayamari(here, k, nendo, kanai=kanai, yuki=yuki)
            if not broken:
                run = sheet.run(given, TABLES)
                bu.append(Bu(run, midashi=f"加入者{i + 1}（日額{k['nichigaku']:,}円）"))
        except NotCovered as e:
            errors.append(Ayamari("nendo", "nendo_hanigai", e.message))
            break
    return bu, errors


def _hajime(nendo: int, k: Mapping[str, Any], yuki: bool = False) -> date:
    """日額の効き始める日。年度の途中の加入と有期事業は承認日、ほかは4月1日。"""
    shigatsu = date(nendo, 4, 1)
    shonin = date.fromisoformat(k["shonin"]) if "shonin" in k else shigatsu
    return shonin if shigatsu <= shonin and (yuki or shonin < date(nendo + 1, 4, 1)) else shigatsu


def _nichigaku_no_ayamari(
    here: str, k: Mapping[str, Any], nendo: int, *, kanai: bool, yuki: bool
) -> list[Ayamari]:
    t, nichigaku, hi = table("kyufu_kiso_nichigaku"), k["nichigaku"], _hajime(nendo, k, yuki)
    eraberu = sorted(r.key for r in kaikyu(hi, kanai=kanai))
    t.find(date(nendo, 4, 1), eraberu[0])
    if nichigaku in eraberu:
        return []
    ok = "、".join(f"{n:,}" for n in eraberu)
    message = f"給付基礎日額は {ok} 円のどれかです。「{nichigaku:,}」は選べません。"
    if nichigaku in t.rows and (hajimari := t.rows[nichigaku][0].start) > hi:
        message += f"選べるのは {jp(hajimari)} からです。"
    return [Ayamari(f"{here}.nichigaku", "nichigaku", message)]


def _sagyo_no_mae(
    sagyo: Any, nendo: int, kanyusha: Sequence[Mapping[str, Any] | None]
) -> list[Ayamari]:
    t = table("tokubetsu_2shu_ritsu")
    if sagyo not in t.rows or (hajimari := t.rows[sagyo][0].start) == t.first:
        return []
    message = f"事業・作業 {sagyo} の特別加入は {jp(hajimari)} からです。承認日を、その日かそれより後の日で入れてください。"
    return [
        Ayamari(f"kanyusha.{i}.shonin", "sagyo_no_mae", message)
        for i, k in enumerate(kanyusha)
        if k is not None and _hajime(nendo, k) < hajimari
    ]


def _kaikyu_no_chui(bu: Sequence[Bu]) -> list[Chui]:
    """その年度の途中で加わった日額は、加わった日の確かさを言う。"""
    rows = [table("kyufu_kiso_nichigaku").rows[b.run["nichigaku"]][0] for b in bu]
    return [
        Chui("kakunin_hikui", text)
        for row, b in zip(rows, bu, strict=True)
        if row.start > date(b.run["nendo"], 4, 1) and (text := row.doubt("taisho"))
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


def kaikyu(hi: date, *, kanai: bool = False) -> list[Any]:
    """その日に選べる給付基礎日額の階級。家内労働者は低い階級も選べる。"""
    t = table("kyufu_kiso_nichigaku")
    rows = t.on(max(hi, t.first))
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
