"""二元適用の建設会社: 現場労災・事務所労災・雇用保険の3つの申告を1枚にまとめる。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

from . import ikkatsu_yuki, nendo_koshin
from .kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari
from .kibetsu import HOKEN_KANKEI
from .nyuryoku import Yomenai
from .schema import Schema, leaf, nyuryoku_no_kata, read, read_leaf
from .sheet import Expr, Input, Line, Run, Sheet
from .tables import TABLES, cite, jp, nendo_label, table

HOKEN = {
    "genba": "現場労災（末尾5）",
    "jimusho": "事務所労災（末尾6）",
    "koyo": "雇用保険（末尾2）",
}
KEISAN_MEI = {"genba": "ikkatsu_yuki", "jimusho": "nendo_koshin", "koyo": "nendo_koshin"}
KENSETSU = "建設事業"
GAKU = {
    "kakutei_hokenryo": "確定保険料",
    "shinkokuzumi_gaisan": "申告済みの概算保険料",
    "fusoku_gaku": "不足額",
    "juto_gaku": "充当額",
    "kanpu_gaku": "還付額",
    "gaisan_hokenryo": "概算保険料",
    "ippan_kyoshutsukin": "一般拠出金",
    "nofu_gaku": "納付額",
}


def _tasu(id: str, label: str, line: str, kei: str, section: str) -> tuple[list[Input], Line]:
    narabi = [Input(f"{h}_{id}", f"{namae}の{label}") for h, namae in HOKEN.items()]
    formula: Expr = narabi[0]
    for i in narabi[1:]:
        formula = formula + i
    return narabi, Line(line, kei, formula, basis=cite("choshuho39"), section=section)


_kei = [
    _tasu(id, label, f"{id}_kei", f"{label}の合計", "3つの申告の合計") for id, label in GAKU.items()
]
_gaisan_ari = Input("gaisan_ari", "概算もする申告があるか", "")
SHEET = Sheet(
    "nigen",
    "二元適用の合計",
    (_gaisan_ari, *(i for narabi, _ in _kei for i in narabi)),
    tuple(line for _, line in _kei),
).swap("gaisan_hokenryo_kei", when=_gaisan_ari)

# ---- 1つの納期限に納める額 ----------------------------------------------
_ki, ki_nofu_gaku = _tasu("ki_nofu_gaku", "納付額", "ki_nofu_gaku", "この日までに納める額", "")
KI_SHEET = Sheet("nigen_ki", "納期限ごとの合計", tuple(_ki), (ki_nofu_gaku,))
NOMI_SHEET = replace(
    KI_SHEET.swap("ki_nofu_gaku", label="確定だけの申告で納める額"), id="nigen_nomi"
)


def _hitotsu(schema: Schema) -> Schema:
    return {k: v for k, v in schema.items() if k != "$schema"}


SCHEMA: Schema = nyuryoku_no_kata(
    "二元適用（建設会社の3つの申告）の入力",
    {
        "genba": {**_hitotsu(ikkatsu_yuki.SCHEMA), "title": HOKEN["genba"]},
        "jimusho": {**_hitotsu(nendo_koshin.SCHEMA), "title": HOKEN["jimusho"]},
        "koyo": {**_hitotsu(nendo_koshin.SCHEMA), "title": HOKEN["koyo"]},
    },
    ("genba", "koyo"),
)
# 中身はそれぞれの計算が読む。ここでは、3つの集まりがあるかだけを見る。
_SOTO = nyuryoku_no_kata(
    "二元適用の入力",
    {
        h: {"title": HOKEN[h], "type": "object", "x-tani": "項目の集まり（{…}）"}
        for h in SCHEMA["properties"]
    },
    tuple(SCHEMA["required"]),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """二元適用の建設会社の、3つの申告とその合計。

    用語: 二元適用事業（徴収法39条1項、徴収則70条）。単位: 円。
    計算式: 現場労災は `ikkatsu_yuki`、事務所労災と雇用は `nendo_koshin` で別に計算し、足す。端数もそれぞれで切る。
    確定だけの申告: 概算の合計には入れない（3つとも確定だけなら null）。納付額の合計には入れ、
    期ごとの並びでは、納期限が null の最後の1件にする。だから期ごとの合計は、いつも納付額の合計。
    誤りの時: `NyuryokuAyamari`。項目の前に genba・jimusho・koyo がつく。出典: `data/sources.csv`。
    """
    soto, errors = read(_SOTO, data)
    if errors:
        return NyuryokuAyamari(errors)
    warui = _kumiawase(soto)
    chigau = {e.field.split(".")[0] for e in warui if e.code == "nigen"}
    kotae: dict[str, Keisan] = {}
    for h in HOKEN:
        if h not in soto or h in chigau:
            continue
        answer = import_module(f".{KEISAN_MEI[h]}", __package__).calc(soto[h])
        if isinstance(answer, Keisan):
            kotae[h] = answer
        else:
            errors += [replace(e, field=f"{h}.{e.field}") for e in answer.errors]
    errors += warui
    return NyuryokuAyamari(errors) if errors else _matome(soto, kotae)


def _kumiawase(soto: Mapping[str, Mapping[str, Any]]) -> list[Ayamari]:
    """3つの申告の組み合わせの誤り。読めない項目は、それぞれの計算が言う。"""
    errors = []
    if not soto["genba"].get("seisan"):
        message = "現場労災の、申告の方式・申告済みの概算保険料・納付回数を入れてください。"
        errors.append(Ayamari("genba.seisan", "hissu", message))
    for h, kankei in (("jimusho", "rosai"), ("koyo", "koyo")):
        if _yomu(soto, h, "hoken_kankei") not in (kankei, None):
            message = f"二元適用の{HOKEN[h]}では、保険関係を「{HOKEN_KANKEI[kankei]}」にしてください。労災と雇用は別に申告します（{cite('choshuho39')[0]}）。"
            json = f"JSON で使える値: {kankei}。"
            errors.append(Ayamari(f"{h}.hoken_kankei", "nigen", message, json))
    nendo = {h: y for h in HOKEN if (y := _yomu(soto, h, "nendo"))}
    if len(set(nendo.values())) > 1:
        ima = "、".join(f"{HOKEN[h]} {nendo_label(y)}" for h, y in nendo.items())
        message = f"確定の保険年度は、どの申告も同じにしてください（いまは {ima}）。"
        errors.append(Ayamari(f"{list(nendo)[-1]}.nendo", "nendo_chigai", message))
    return errors


def _yomu(soto: Mapping[str, Mapping[str, Any]], h: str, k: str) -> Any:
    """申告1つの、項目1つの値。無いか、読めなければ None。"""
    x = soto.get(h, {}).get(k)
    try:
        return None if x is None else read_leaf(leaf(SCHEMA, (h, k)), x)
    except Yomenai:
        return None


def _matome(soto: Mapping[str, Mapping[str, Any]], kotae: Mapping[str, Keisan]) -> Keisan:
    hoken = {h: _gaku(a) for h, a in kotae.items()}
    given = {f"{h}_{id}": (hoken[h][id] or 0) if h in hoken else 0 for h in HOKEN for id in GAKU}
    gaisan_ari = any(v["gaisan_hokenryo"] is not None for v in hoken.values())
    run = SHEET.run({**given, "gaisan_ari": gaisan_ari}, TABLES)
    kigen: dict[date, dict[str, int]] = {}
    for h, a in kotae.items():
        for k in a.values["kibetsu"] or []:
            kigen.setdefault(k["nofu_kigen"], {})[h] = k["nofu_gaku"]
    narabi: list[tuple[date | None, dict[str, int]]] = [*sorted(kigen.items())]
    ki = [
        Bu(_ki_no_run(KI_SHEET, naka), midashi=f"{jp(hi)} まで")
        for hi, naka in sorted(kigen.items())
    ]
    if nomi := {h: hoken[h]["nofu_gaku"] for h in _kakutei_nomi(kotae)}:
        narabi.append((None, nomi))
        ki.append(Bu(_ki_no_run(NOMI_SHEET, nomi), midashi="確定だけの申告"))
    gokei = {id: run[f"{id}_kei"] for id in GAKU}
    values = {
        "nendo": kotae["genba"].run["nendo"],
        "hoken": [{"hoken": h, **v} for h, v in hoken.items()],
        "gokei": gokei if gaisan_ari else gokei | {"gaisan_hokenryo": None},
        "kibetsu": [
            {
                "nofu_kigen": hi,
                **{h: naka.get(h, 0) for h in hoken},
                "nofu_gaku": b.run["ki_nofu_gaku"],
            }
            for (hi, naka), b in zip(narabi, ki, strict=True)
        ],
        "nozoita_koji": kotae["genba"].values["nozoita_koji"],
    }
    bu = [
        replace(b, midashi=f"{HOKEN[h]} {b.midashi}".strip())
        for h, a in kotae.items()
        for b in a.bu
    ]
    return Keisan("nigen", values, (*bu, *ki, Bu(run)), tuple(_chui(kotae)))


def _ki_no_run(sheet: Sheet, naka: Mapping[str, int]) -> Run:
    return sheet.run({f"{h}_ki_nofu_gaku": naka.get(h, 0) for h in HOKEN}, TABLES)


def _kakutei_nomi(kotae: Mapping[str, Keisan]) -> list[str]:
    return [h for h, a in kotae.items() if a.values["kibetsu"] is None]


def _gaku(a: Keisan) -> dict[str, Any]:
    v = a.values
    kibetsu = v["kibetsu"]
    nofu = v["kakutei_nofu_gaku"] if kibetsu is None else sum(k["nofu_gaku"] for k in kibetsu)
    sumi = a.run["shinkokuzumi_gaisan"]
    atai = {**v, "shinkokuzumi_gaisan": sumi, "nofu_gaku": nofu}
    return {**{id: atai[id] for id in GAKU}, "kibetsu": kibetsu}


def _chui(kotae: Mapping[str, Keisan]) -> Sequence[Chui]:
    out = [Chui(c.code, f"{HOKEN[h]}: {c.message}") for h, a in kotae.items() for c in a.chui]
    if kotae["koyo"].run["koyo_kubun"] != "kensetsu":
        message = "雇用保険の事業の区分が「建設の事業」ではありません。建設会社の雇用保険率は、ふつう建設の事業の率です。"
        out.append(Chui("koyo_kubun", message))
    gyoshu = kotae["jimusho"].run["gyoshu"] if "jimusho" in kotae else None
    if gyoshu and table("rosai_hokenritsu").rows[gyoshu][-1]["bunrui"] == KENSETSU:
        message = f"事務所労災の業種が建設の事業（{gyoshu}）です。事務所の事務員などの労災は、ふつう「94 その他の各種事業」です。現場の分は現場労災で申告します。"
        out.append(Chui("jimusho_gyoshu", message))
    if nomi := _kakutei_nomi(kotae):
        naze = "納期限は、廃止や委託の解除か、年度更新かで違う"
        if len(nomi) == len(kotae):
            message = f"どの申告も確定だけなので、概算保険料の合計はありません。納付額の合計は、確定で納める額です。{naze}ので、日付をつけていません。"
        else:
            namae = "、".join(HOKEN[h] for h in nomi)
            message = f"{namae}は確定だけなので、概算保険料の合計に入っていません。納付額の合計には、確定で納める額が入っています。{naze}ので、期ごとの額では、日付をつけずに最後に置きました。"
        out.append(Chui("kakutei_nomi", message))
    if len({a.run["hoshiki"] for a in kotae.values()}) > 1:
        message = "申告の方式（事務組合か個別か）が、3つの申告で違います。納期限も違います。"
        out.append(Chui("hoshiki_chigai", message))
    return out
