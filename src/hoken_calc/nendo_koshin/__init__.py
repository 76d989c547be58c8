"""年度更新（継続事業）。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, shirabe
from ..sheet import Run, Value
from ..sheet.render import permille
from ..tables import TABLES, NotCovered, cite, nendo_label, table
from .nyuryoku import RETSU, SCHEMA, kaitei_ari, read_input
from .shiki import (
    ATAI,
    DOGAKU,
    KOYO_KUBUN,
    MIDASHI,
    SEISAN,
    SEISAN_ATAI,
    SHEET,
    Atai,
    koyo_kirisute_mae_joken,
    rosai_kirisute_mae_joken,
)

__all__ = [
    "ATAI",
    "MIDASHI",
    "RETSU",
    "SCHEMA",
    "SEISAN",
    "SHEET",
    "calc",
    "calc_given",
    "hiraku",
    "hojo",
    "kaitei_ari",
    "read_input",
    "seisan",
]


KIRISUTE = (
    "{}の見込みが前年度の50%以上200%以下かは、算定基礎額の1,000円未満を切り捨ててから比べています。"
    "切り捨てる前の額で比べると、概算の算定基礎額が変わります。"
    "どちらで比べるかを定めた資料は見つかっていません。労働局に確かめてください。"
)
KENSETSU_NO_NIGEN = "建設の会社なら、二元適用の計算で、3つの申告を1枚にまとめられます。"


def calc(data: Mapping[str, Any]) -> Kotae:
    """年度更新の計算。

    用語: 年度更新（徴収法15条・19条）。入力の形は `hoken-calc schema nendo_koshin`。
    計算式: 算定基礎額（1,000円未満切捨て）× 率（1円未満切捨て）。単位: 円。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    given, bu, errors = read_input(data)
    if not errors:
        return calc_given(given, bu)
    told = {e.field.split(".")[0] for e in errors}
    tarinai = SHEET.broken_inputs(given) if {"nendo", "hoken_kankei"} <= set(given) else []
    errors += [a for a in shirabe(tarinai) if a.field.split(".")[0] not in told]
    return NyuryokuAyamari(errors)


def calc_given(given: Mapping[str, Value], bu: Sequence[Bu] = ()) -> Kotae:
    """読み終えた入力（`SHEET` の入力の名前 → 値）から計算する。"""
    if broken := SHEET.broken_inputs(given):
        return NyuryokuAyamari(shirabe(broken))
    try:
        run = SHEET.run(given, TABLES)
        shirase = tuple(chui(run))
    except NotCovered as e:
        return NyuryokuAyamari([_not_covered(e, given)])
    if broken := run.broken_results():
        return NyuryokuAyamari(shirabe(broken))
    return Keisan("nendo_koshin", values(run), (*bu, Bu(run, boxes(run))), shirase)


def seisan(
    given: Mapping[str, Value],
) -> tuple[Bu | None, dict[str, Any], list[Chui], list[Ayamari]]:
    """確定と概算の決まった事業の、精算と各期の納付。入力は `SEISAN` の入力の名前 → 値。"""
    if broken := SEISAN.broken_inputs(given):
        return None, {}, [], shirabe(broken)
    run = SEISAN.run(given, TABLES)
    if broken := run.broken_results():
        return None, {}, [], shirabe(broken)
    return Bu(run), values(run, SEISAN_ATAI), _seisan_chui(run), []


def _not_covered(e: NotCovered, given: Mapping[str, Value]) -> Ayamari:
    if e.reason == "key":
        return Ayamari(
            "gyoshu" if e.table == "rosai_hokenritsu" else e.table, "hyo_ni_nai", e.message
        )
    year = given["nendo"]
    assert isinstance(year, int)
    kakutei_wa_aru = table(e.table).first <= date(year, 4, 1) <= table(e.table).verified_through
    if not kakutei_wa_aru or given.get("kakutei_nomi"):
        return Ayamari("nendo", "nendo_hanigai", e.message)
    return Ayamari(
        "nendo",
        "nendo_hanigai",
        f"{e.message}確定だけなら計算できます。",
        "JSON では kakutei_nomi を true にします。",
    )


def values(run: Run, narabi: Sequence[Atai] = ATAI) -> dict[str, Any]:
    """約束の名前の値。期ごとの値は `kibetsu` の並びにまとめる。"""
    out: dict[str, Any] = {}
    kibetsu: list[dict[str, Any]] = []
    for atai in narabi:
        value = run.value(atai.shiki) if atai.ari is None or run.value(atai.ari) else None
        if atai.ki is None:
            out[atai.name] = value
        elif value is not None:
            if atai.ki > len(kibetsu):
                out["kibetsu"] = kibetsu
                kibetsu.append({"ki": atai.ki})
            kibetsu[-1][atai.name] = value
    return {"kibetsu": None, **out}


def hiraku(values: Mapping[str, Any]) -> dict[str, Any]:
    """約束の値を、表の列（`ki1_nofu_gaku` など）に開く。"""
    kibetsu = values["kibetsu"] or []
    out = {}
    for atai in ATAI:
        at = values if atai.ki is None else kibetsu[atai.ki - 1] if atai.ki <= len(kibetsu) else {}
        out[atai.retsu] = at.get(atai.name)
    return out


def hojo(inputs: dict[str, Any], length: int) -> dict[str, Any]:
    """表の列に、無くてよい項目の既定と「年度の中の率の改定」を足す。"""
    from ..sheet.columns import Kubun

    nendo = inputs.get("nendo")
    out = dict(inputs)
    for name in ("kakutei_nomi", "kanpu_seikyu"):
        out.setdefault(name, Kubun(_zero(length), (False,)))
    if nendo is not None:
        for name, nochi in (("nendo_chu_kaitei", 0), ("gaisan_chu_kaitei", 1)):
            domain = tuple(
                kaitei_ari(y + nochi) if isinstance(y, int) else None for y in nendo.domain
            )
            out[name] = Kubun(nendo.codes, domain)
    return out


def _zero(length: int) -> Any:
    import numpy as np

    return np.zeros(length, dtype=np.int32)


def yoshiki_betsu(run: Run) -> str:
    """どの紙の欄を使うか。"""
    if run["hoshiki"] == "jimukumiai":
        return "jimukumiai"
    return "kobetsu_dogaku" if run.value(DOGAKU) else "kobetsu"


def boxes(run: Run) -> dict[str, str]:
    """行の名前 → 欄。"""
    betsu = yoshiki_betsu(run)
    return {key[1]: rows[-1]["ran"] for key, rows in table("ran").rows.items() if key[0] == betsu}


def chui(run: Run) -> list[Chui]:
    """この計算に固有の注意。"""
    out = _nigen(run) if run["hoken_kankei"] == "ryohoken" else []
    out += _seisan_chui(run)
    out += [Chui("fuyo", f"{label}は、この計算では使いません。") for label in _fuyo(run)]
    if run["hoken_kankei"] == "ryohoken" and run["koyo_kiso"] > run["rosai_kiso"]:
        message = "雇用の賃金が、労災の賃金より多くなっています。欄の取り違えがないか確かめてください（出向で労災だけ出向先になる人などがいれば、起こり得ます）。"
        out.append(Chui("koyo_ga_ooi", message))
    if run["hoken_kankei"] != "rosai" and (menjo := _menjo(run)):
        out.append(Chui("korei_menjo", menjo))
    for joken, hoken in ((rosai_kirisute_mae_joken, "労災"), (koyo_kirisute_mae_joken, "雇用")):
        if joken in run:
            out.append(Chui("kirisute_kimeta", KIRISUTE.format(hoken)))
    if run["hoken_kankei"] != "koyo" and (katahou := _tsuchi_katahou(run)):
        out.append(Chui("tsuchi_katahou", katahou))
    for id, years in (("rosai_ritsu_kakutei", 0), ("rosai_ritsu_gaisan", 1)):
        if run[id] is not None and run["hoken_kankei"] != "koyo":
            hyo = TABLES.find("rosai_hokenritsu", date(run["nendo"] + years, 4, 1), run["gyoshu"])
            if not hyo["ritsu"] / 2 <= run[id] <= hyo["ritsu"] * 3 / 2:
                message = f"通知された労災保険率 {permille(run[id])} が、業種の率 {permille(hyo['ritsu'])} と大きく違います（メリット制の増減は最大45%）。1000分のいくつで書いたか確かめてください。"
                out.append(Chui("ritsu_ga_tooi", message))
    return out


def _nigen(run: Run) -> list[Chui]:
    """労災と雇用を1枚で申告しない業種（二元適用）と、業種に合わない雇用の区分。"""
    hi, kubun = date(run["nendo"], 4, 1), KOYO_KUBUN[run["koyo_kubun"]]
    gyoshu = f"業種「{table('rosai_hokenritsu').rows[run['gyoshu']][-1].name}」"
    gyo = table("nigen_tekiyo").aru(hi, run["gyoshu"])
    futsu = gyo["koyo_kubun"] if gyo else KOYO_KUBUN["ippan"]
    nigen = gyo is not None and gyo["nigen"] == "はい"
    kensetsu = KOYO_KUBUN["kensetsu"] in (kubun, futsu)
    out = []
    if nigen or kensetsu:
        nani = f"{gyoshu}は、{gyo['joken']}" if gyo and nigen else f"{kubun}は、"
        message = (
            f"{nani}二元適用です（{cite('choshuho39')[0]}）。二元適用の事業は、労災保険と雇用保険を別の申告書で申告するので、両方を1枚で計算したこの額と違うことがあります。"
            f"二元適用なら、成立している保険を労災だけ、雇用だけにして、分けて計算してください。{KENSETSU_NO_NIGEN if kensetsu else ''}"
        )
        out.append(Chui("nigen_kensetsu" if kensetsu else "nigen_tekiyo", message))
    if kubun != futsu:
        hoka = f"（{gyo['hoka']}）" if gyo and gyo["hoka"] else ""
        message = f"雇用保険の事業の区分が「{kubun}」です。{gyoshu}なら、ふつうは「{futsu}」です{hoka}。区分で雇用保険率が変わるので、確かめてください（{cite('choshuho12-4')[0]}）。"
        out.append(Chui("koyo_kubun_to_au", message))
    return out


def _tsuchi_katahou(run: Run) -> str:
    """確定と概算の片方だけ、通知された労災保険率を使った時の注意。"""
    ari = {"確定": run["rosai_ritsu_kakutei"], "概算": run["rosai_ritsu_gaisan"]}
    nashi = [k for k, ritsu in ari.items() if ritsu is None]
    if run["kakutei_nomi"] or len(nashi) != 1:
        return ""
    (nai,) = nashi
    (aru,) = ari.keys() - nashi
    return f"労災保険率は、{aru}を通知された率、{nai}を業種の表の率で計算しました。{nai}の年度にもメリット制の通知があれば、その率も入れてください。"


def _menjo(run: Run) -> str:
    """64歳以上の人の雇用保険料の免除があった年度（令和元年度まで）の注意。"""
    kakutei, gaisan = (
        table("teisu").aru(date(run["nendo"] + i, 4, 1), "menjo_nenrei") for i in (0, 1)
    )
    if kakutei is None:
        return ""
    bun = f"この年度は、4月1日に{kakutei['atai']}歳以上の被保険者（短期雇用特例・日雇を除く）の雇用保険料が免除されていました。雇用の賃金に、その人たちの賃金を入れないでください。"
    if gaisan is None and not run["kakutei_nomi"]:
        bun += f"{nendo_label(run['nendo'] + 1)}からは免除がありません。その人たちがいる時、概算は申告書で確かめてください。"
    return bun


def _seisan_chui(run: Run) -> list[Chui]:
    out = []
    rosai = run["hoken_kankei"] != "koyo"
    if rosai and run["juto_waku"] > 0 and run["juto_ishi"] is None:
        out.append(
            Chui(
                "juto_ishi_nashi",
                "充当意思（㉚）が書かれていないので、3（両方に充当）として計算しました。申告書には必ず書いてください。",
            )
        )
    if run["kakutei_nomi"]:
        message = "確定だけの納期限は、事業の廃止や委託の解除なら、その日の翌日から50日以内です（徴収法19条）。年度更新として納めるなら7月10日です。"
        out.append(Chui("kakutei_kigen", message))
    if run["kakutei_nomi"] and run["kaisu"] == 3:
        out.append(Chui("fuyo", "確定だけの計算なので、納付回数は使いません。"))
    return out


def _fuyo(run: Run) -> list[str]:
    """書いてあるのに使わない入力の名前。"""
    rosai = (
        "chingin_rosai",
        "chingin_rosai_zenki",
        "gyoshu",
        "rosai_ritsu_kakutei",
        "mikomi_rosai",
    )
    koyo = ("chingin_koyo", "chingin_koyo_zenki", "koyo_kubun", "mikomi_koyo")
    fuyo = {"rosai": koyo, "koyo": rosai}.get(run["hoken_kankei"], ())
    if run["kakutei_nomi"]:
        fuyo = (*fuyo, "rosai_ritsu_gaisan", "mikomi_rosai", "mikomi_koyo")
    labels = {i.id: i.label for i in SHEET.inputs}
    return [labels[id] for id in dict.fromkeys(fuyo) if run[id] is not None]
