"""事故1件で、後の3年の保険料がいくら変わるか。事故のない時と並べる。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from ..hasu_shori import ICHIEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, Taishogai
from ..schema import (
    EN,
    GYOSHU,
    HEIKIN_NIN,
    HIZUKE,
    NENDO,
    Schema,
    nyuryoku_no_kata,
    read,
    sentaku,
    title,
    yometa,
)
from ..sheet import Expr, Given, Input, Line, Lookup, Run, Sheet, Total, Value, choice, day
from ..tables import TABLES, NotCovered, cite, jp, nendo_label, table
from . import (
    KYUFU,
    TOKUBETSU,
    gyoshu_no_ayamari,
    kaisei_mikakunin,
    mitsu_no_nendo,
    nendo_wo_keisan,
    ritsu_no_nendo,
    sannen_no_kotae,
)
from . import SCHEMA as MERIT_SCHEMA
from .jiko import KOMOKU, kazoete_inai, mitsumoru
from .shiki import KEITAI, SHEET, seiritsu_joken
from .shiki import NENDO_SHEET as KOTOSHI_SHEET

Nendobetsu: TypeAlias = dict[int, dict[str, Any]]
# 比べる年度が入力と違うので、通知された率と、特例の要件の日付は使わない。
TSUKAWANAI = ("tsuchi_ritsu", "tokurei_joken")
BUNSHI = ("hoken_kyufu", "tokubetsu_shikyukin", "jiko_bunshi")
KA = {"nashi": "事故なし", "ari": "事故あり"}

# ---- 収支率からメリット料率まで（対象かどうかは別に調べる） ----------------
RITSU_SHEET = replace(
    SHEET,
    lines=tuple(x for x in SHEET.lines if x.id in SHEET.below("merit_ritsu")),
    checks=(),
)

# ---- 1つの適用年度の保険料 ------------------------------------------------
tekiyo_nendo = Input("tekiyo_nendo", "適用年度", "年度")
hyo_nendo = Input("hyo_nendo", "率の表を引く年度", "年度")
gyoshu = Input("gyoshu", "業種番号", "")
chingin_sogaku = Input("chingin_sogaku", "1年の賃金総額")
tokubetsu_kiso = Input("tokubetsu_kiso", "特別加入の算定基礎額")
jiko_ari = Input("jiko_ari", "事故", "", None, "事故がある", "事故がない")
merit_ritsu_nashi = Input("merit_ritsu_nashi", "事故のない時のメリット料率", "‰")
merit_ritsu_ari = Input("merit_ritsu_ari", "事故がある時のメリット料率", "‰")


kijun_ritsu = Line(
    "kijun_ritsu",
    "業種の労災保険率",
    Lookup("rosai_hokenritsu", "ritsu", day(hyo_nendo, 0, 4, 1), gyoshu, "‰"),
    unit="‰",
    basis=cite("choshuho12"),
)


def _ritsu(ka: str, merit_ritsu: Input, when: Expr | None = None) -> Line:
    return Line(
        f"ritsu_{ka}",
        f"率（{KA[ka]}）",
        choice(Given(merit_ritsu), merit_ritsu, kijun_ritsu, quiet=True),
        unit="‰",
        basis=cite("choshuho12"),
        when=when,
        why="メリット制の対象にならない年度は、業種の労災保険率のまま。",
    )


def _hokenryo(id: str, label: str, kiso: Line, ritsu: Line, when: Expr | None = None) -> Line:
    return Line(
        id,
        label,
        kiso * ritsu,
        rounding=ICHIEN_MIMAN_KIRISUTE,
        basis=cite("choshuho11" if kiso is rosai_kiso else "choshuho13"),
        when=when,
    )


rosai_kiso = Line(
    "rosai_kiso",
    "労災の算定基礎額",
    chingin_sogaku,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho15"),
)
tokubetsu_santei_kiso = Line(
    "tokubetsu_santei_kiso",
    "特別加入の算定基礎額（1,000円未満切捨て）",
    tokubetsu_kiso,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku21"),
    when=tokubetsu_kiso > 0,
)
_tokubetsu = tokubetsu_kiso > 0
ritsu_nashi = _ritsu("nashi", merit_ritsu_nashi)
ritsu_ari = _ritsu("ari", merit_ritsu_ari, jiko_ari)
rosai_nashi = _hokenryo("rosai_nashi", "労災保険分（事故なし）", rosai_kiso, ritsu_nashi)
rosai_ari = _hokenryo("rosai_ari", "労災保険分（事故あり）", rosai_kiso, ritsu_ari, jiko_ari)
tokubetsu_nashi = _hokenryo(
    "tokubetsu_nashi", "特別加入分（事故なし）", tokubetsu_santei_kiso, ritsu_nashi, _tokubetsu
)
tokubetsu_ari = _hokenryo(
    "tokubetsu_ari",
    "特別加入分（事故あり）",
    tokubetsu_santei_kiso,
    ritsu_ari,
    _tokubetsu & jiko_ari,
)
hokenryo_nashi = Line("hokenryo_nashi", "保険料（事故なし）", rosai_nashi + tokubetsu_nashi)
hokenryo_ari = Line(
    "hokenryo_ari",
    "保険料（事故あり）",
    rosai_ari + tokubetsu_ari,
    when=jiko_ari,
)
sagaku = Line("sagaku", "この年度の差", hokenryo_ari - hokenryo_nashi, when=jiko_ari)
NENDO_SHEET = Sheet(
    "jiko_nendo",
    "事故のある時とない時の、1年の保険料",
    (
        tekiyo_nendo,
        hyo_nendo,
        gyoshu,
        chingin_sogaku,
        tokubetsu_kiso,
        jiko_ari,
        merit_ritsu_nashi,
        merit_ritsu_ari,
    ),
    (
        rosai_kiso,
        tokubetsu_santei_kiso,
        kijun_ritsu,
        ritsu_nashi,
        ritsu_ari,
        rosai_nashi,
        tokubetsu_nashi,
        hokenryo_nashi,
        rosai_ari,
        tokubetsu_ari,
        hokenryo_ari,
        sagaku,
    ),
)

# ---- 事故までの1年の確定保険料（額が分からない時） -------------------------
rosai_hokenryo = _hokenryo("rosai_hokenryo", "1年の確定保険料（労災分）", rosai_kiso, kijun_ritsu)
HOKENRYO_SHEET = Sheet(
    "jiko_hokenryo",
    "1年の確定保険料（労災分）",
    (hyo_nendo, gyoshu, chingin_sogaku),
    (rosai_kiso, kijun_ritsu, rosai_hokenryo),
)
tokubetsu_hokenryo = _hokenryo(
    "tokubetsu_hokenryo", "1年の第1種特別加入保険料", tokubetsu_santei_kiso, kijun_ritsu
)
TOKUBETSU_SHEET = Sheet(
    "jiko_tokubetsu",
    "1年の第1種特別加入保険料",
    (hyo_nendo, gyoshu, tokubetsu_kiso),
    (tokubetsu_santei_kiso, kijun_ritsu, tokubetsu_hokenryo),
)

# ---- 3年の合計 ------------------------------------------------------------
nendo_sagaku = Input("nendo_sagaku", "年度ごとの差")
sagaku_gokei = Line(
    "sagaku_gokei",
    "事故1件で増える保険料（3年の合計）",
    Total(nendo_sagaku),
    why="1つの事故は、続く3つの年度の率に1度ずつ入る。",
)
GOKEI_SHEET = Sheet("jiko_gokei", "3年の合計", (nendo_sagaku,), (sagaku_gokei,))

SCHEMA: Schema = nyuryoku_no_kata(
    "事故1件の比べ方の入力",
    {
        "merit": {**MERIT_SCHEMA, "title": "メリット制の入力"},
        "jiko_nendo": title(NENDO, "事故の保険年度"),
        **KOMOKU,
    },
    ("merit", "jiko_nendo"),
)
KANTAN_SCHEMA: Schema = nyuryoku_no_kata(
    "事故1件の比べ方の入力（毎年同じ賃金として）",
    {
        "jiko_nendo": title(NENDO, "事故の保険年度"),
        "gyoshu": title(GYOSHU, "業種番号"),
        "keitai": title(sentaku(KEITAI), "事業の形"),
        "seiritsu": title(HIZUKE, "保険関係の成立日"),
        "rodoshasu": title(HEIKIN_NIN, "労働者数"),
        "chingin_sogaku": title(EN, "1年の賃金総額"),
        "rosai_hokenryo": title(EN, "1年の確定保険料（労災分）"),
        "tokubetsu_kiso": title(EN, "特別加入の算定基礎額（1年）"),
        "tokubetsu_hokenryo": title(EN, "1年の第1種特別加入保険料"),
        "kyufu": title(EN, "ほかの給付（1年あたり）"),
        **KOMOKU,
    },
    ("jiko_nendo", "gyoshu", "keitai", "seiritsu", "chingin_sogaku"),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """事故1件で変わる、後の3年の保険料。

    用語: メリット料率（徴収法12条3項）。単位: 円。
    計算式: 適用年度ごとに、収支率に事故の給付を足した時と足さない時の、保険料の差。
    置き方: 入れていない年度は、いちばん近い年度と同じ人数・賃金・保険料で、給付は0円とする。
    率の表より先の年度は、いちばん新しい年度の率と表が続くものとする。
    端数: 算定基礎額は1,000円未満切捨て、保険料は1円未満切捨て。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    if errors := _kumiawase(x):
        return NyuryokuAyamari(errors)
    bu: list[Bu] = []
    nendobetsu: list[dict[str, Any]] = []
    chui: list[Chui] = []
    try:
        ireta, errors = _ireta_nendo(x["merit"])
        if x.get("jiko") is not None:
            jiko_bu, warui = mitsumoru({**x, "nendo": x["jiko_nendo"]})
            bu, errors = [jiko_bu], errors + warui
        if errors:
            return NyuryokuAyamari(errors)
        values: dict[str, Any] = {k: bu[0].run[k] if bu else 0 for k in BUNSHI}
        jiko = {x["jiko_nendo"]: values["jiko_bunshi"]}
        for tekiyo in ritsu_no_nendo(x["jiko_nendo"]):
            kotae, dame = _tekiyo_no_kotae(x["merit"], tekiyo, ireta)
            if isinstance(kotae, NyuryokuAyamari):
                return NyuryokuAyamari(_merit_no(kotae.errors))
            if isinstance(kotae, Keisan) and not _zure(tekiyo):
                chui += kotae.chui
            jiko_no = tuple(jiko.get(n, 0) for n in mitsu_no_nendo(tekiyo))
            atai, atarashii = _nendo(x["merit"], tekiyo, ireta, kotae, jiko_no)
            nendobetsu.append({**atai, "riyu": _riyu(kotae, tekiyo, dame)})
            bu += atarashii
    except NotCovered as e:
        field = "merit.gyoshu" if e.reason == "key" else "jiko_nendo"
        return NyuryokuAyamari([Ayamari(field, "hyo_ni_nai", e.message)])
    zenbu = {"nendo_sagaku": tuple(n["sagaku"] for n in nendobetsu)}
    bu.append(Bu(GOKEI_SHEET.run(zenbu, TABLES), midashi="3年の合計"))
    values |= {"nendobetsu": nendobetsu, "sagaku_gokei": bu[-1].run["sagaku_gokei"]}
    chui += kaisei_mikakunin(_hyo_no_nendo(tekiyo))
    return Keisan("merit_jiko", values, tuple(bu), (*_okikata(x, ireta), *chui))


def onaji_sannen(
    jiko_nendo: int, gyoshu: str, chingin_sogaku: int, tokubetsu_kiso: int = 0, **nendo_no: Any
) -> tuple[list[dict[str, Any]], list[Bu]]:
    """事故の年度までの3年を、毎年同じ賃金で並べる。

    確定保険料（労災分）と第1種特別加入保険料は、渡さなければ業種の率で計算する。単位: 円。
    率の表より先の年度は、いちばん新しい年度の率。誤り: 表に無ければ `NotCovered`。
    """
    nendobetsu, bu = [], []
    for nendo in mitsu_no_nendo(ritsu_no_nendo(jiko_nendo)[0]):
        given: dict[str, Value] = {"hyo_nendo": _hyo_no_nendo(nendo), "gyoshu": gyoshu}
        run = HOKENRYO_SHEET.run({**given, "chingin_sogaku": chingin_sogaku}, TABLES)
        kiso = {"chingin_sogaku": run["rosai_kiso"], "rosai_hokenryo": run["rosai_hokenryo"]}
        if "rosai_hokenryo" not in nendo_no:
            bu.append(Bu(run, midashi=f"{nendo_label(nendo)}の確定保険料"))
        if tokubetsu_kiso:
            run = TOKUBETSU_SHEET.run({**given, "tokubetsu_kiso": tokubetsu_kiso}, TABLES)
            kiso["tokubetsu_kiso"] = run["tokubetsu_santei_kiso"]
            kiso["tokubetsu_hokenryo"] = run["tokubetsu_hokenryo"]
            if "tokubetsu_hokenryo" not in nendo_no:
                bu.append(Bu(run, midashi=f"{nendo_label(nendo)}の特別加入保険料"))
        nendobetsu.append({"nendo": nendo, **kiso, **nendo_no})
    return nendobetsu, bu


def kantan(data: Mapping[str, Any]) -> Kotae:
    """1年分の賃金と人数から、3年とも同じとして比べる。入力は `KANTAN_SCHEMA`、答えは `calc` と同じ。"""
    x, errors = read(KANTAN_SCHEMA, data)
    if errors:
        return NyuryokuAyamari([*errors, *_joken_no_hissu(x, errors)])
    onaji = {k: x[k] for k in ("rodoshasu", "rosai_hokenryo", *TOKUBETSU) if k in x}
    onaji |= {"kyufu": x.get("kyufu", 0), "tokubetsu_shikyukin": 0}
    try:
        nendobetsu, bu = onaji_sannen(x["jiko_nendo"], x["gyoshu"], x["chingin_sogaku"], **onaji)
    except NotCovered as e:
        field = "gyoshu" if e.reason == "key" else "jiko_nendo"
        return NyuryokuAyamari([Ayamari(field, "hyo_ni_nai", e.message)])
    merit = {k: x[k] for k in ("gyoshu", "keitai", "seiritsu")}
    merit |= {"nendo": ritsu_no_nendo(x["jiko_nendo"])[0], "nendobetsu": nendobetsu}
    answer = calc({"merit": merit, **{k: x[k] for k in ("jiko_nendo", *KOMOKU) if k in x}})
    if isinstance(answer, NyuryokuAyamari):
        hitotsu = {e.message: replace(e, field=e.field.split(".")[-1]) for e in answer.errors}
        return NyuryokuAyamari(list(hitotsu.values()))
    return replace(answer, bu=(*bu, *answer.bu)) if isinstance(answer, Keisan) else answer


def _kumiawase(x: Mapping[str, Any]) -> list[Ayamari]:
    errors = []
    have = sorted(n["nendo"] for n in x["merit"]["nendobetsu"])
    want = list(mitsu_no_nendo(x["merit"]["nendo"]))
    sannen = "・".join(map(nendo_label, want))
    if have != want:
        message = f"{nendo_label(x['merit']['nendo'])}の率を決める3年（{sannen}）を1つずつ入れてください。"
        errors.append(Ayamari("merit.nendobetsu", "mitsu_no_nendo", message))
    if x["jiko_nendo"] not in want:
        message = f"事故の年度は、入れた3年（{sannen}）のどれかにしてください。"
        errors.append(Ayamari("jiko_nendo", "sannen", message))
    return errors + _nichigaku_no_hissu(x)


def _nichigaku_no_hissu(x: Mapping[str, Any]) -> list[Ayamari]:
    if x.get("jiko") is None or x.get("nichigaku") is not None:
        return []
    return [Ayamari("nichigaku", "hissu", "給付基礎日額を入れてください。")]


def _joken_no_hissu(x: Any, errors: Sequence[Ayamari]) -> list[Ayamari]:
    """ほかの項目で要るかが決まる項目。ほかの誤りと一緒に、1度に言う。"""
    if not isinstance(x, Mapping):
        return []
    nendo_no = KOTOSHI_SHEET.broken_inputs({k: x.get(k) for k in ("keitai", "rodoshasu")})
    found = [Ayamari(c.field, c.code, c.message) for c in nendo_no] + _nichigaku_no_hissu(x)
    return [e for e in found if yometa(errors, e.field)]


def _merit_no(errors: list[Ayamari]) -> list[Ayamari]:
    return [Ayamari(f"merit.{e.field}", e.code, e.message) for e in errors]


def _saigo() -> int:
    return table("rosai_hokenritsu").saigo_nendo


def _zure(nendo: int) -> int:
    """率の表にある最後の年度を、何年過ぎているか。"""
    return max(nendo - _saigo(), 0)


def _hyo_no_nendo(nendo: int) -> int:
    """率を引く年度。表より先は、表にある最後の年度。"""
    return nendo - _zure(nendo)


def _ireta_nendo(merit: Mapping[str, Any]) -> tuple[Nendobetsu, list[Ayamari]]:
    """入れた3年。給付の内訳は、保険給付と特別支給金の合計にする。"""
    tekiyo = _hyo_no_nendo(merit["nendo"])
    hyo = [{**n, "nendo": _hyo_no_nendo(n["nendo"])} for n in merit["nendobetsu"]]
    if errors := gyoshu_no_ayamari({**merit, "nendo": tekiyo}):
        return {}, _merit_no(errors)
    keisan, errors = nendo_wo_keisan({**merit, "nendo": tekiyo, "nendobetsu": hyo})
    if errors:
        return {}, _merit_no(errors)
    narabi = sorted(merit["nendobetsu"], key=lambda n: int(n["nendo"]))
    return {
        n["nendo"]: {k: v for k, v in n.items() if k != "kyufu_uchiwake"}
        | {k: kei.run[k] for k in KYUFU}
        for n, kei in zip(narabi, keisan, strict=True)
    }, []


def _chikai(ireta: Nendobetsu, nendo: int) -> dict[str, Any]:
    """その年度か、入れた中でいちばん近い年度。入れていない年度の給付は0円。"""
    if nendo in ireta:
        return ireta[nendo]
    return {**ireta[min(ireta, key=lambda n: abs(n - nendo))], **dict.fromkeys(KYUFU, 0)}


def _tekiyo_no_kotae(
    merit: Mapping[str, Any], tekiyo: int, ireta: Nendobetsu
) -> tuple[Kotae, list[int]]:
    """その年度に適用する率（事故なし）と、条件を満たさない年度。"""
    sannen = mitsu_no_nendo(tekiyo)
    zure = _zure(tekiyo)
    seiritsu = date.fromisoformat(merit["seiritsu"])
    hi = min(seiritsu.day, 28) if zure and seiritsu.month == 2 else seiritsu.day
    x = {
        **{k: v for k, v in merit.items() if k not in TSUKAWANAI},
        "nendo": tekiyo - zure,
        "seiritsu": seiritsu.replace(year=seiritsu.year - zure, day=hi).isoformat(),
        "nendobetsu": [{**_chikai(ireta, n), "nendo": _hyo_no_nendo(n)} for n in sannen],
    }
    nendobetsu, errors = nendo_wo_keisan(x)
    if errors:
        return NyuryokuAyamari(errors), []
    dame = [n for n, k in zip(sannen, nendobetsu, strict=True) if not k.run["nendo_taisho"]]
    return sannen_no_kotae(x, nendobetsu), dame


def _nendo(
    merit: Mapping[str, Any],
    tekiyo: int,
    ireta: Nendobetsu,
    kotae: Kotae,
    jiko_no: tuple[int, ...],
) -> tuple[dict[str, Any], list[Bu]]:
    """1つの適用年度の、事故のない時とある時。`jiko_no` は3年の分子に足す額。"""
    onaji = _chikai(ireta, tekiyo)
    given: dict[str, Value] = {
        "tekiyo_nendo": tekiyo,
        "hyo_nendo": _hyo_no_nendo(tekiyo),
        "gyoshu": merit["gyoshu"],
        "chingin_sogaku": onaji["chingin_sogaku"],
        "tokubetsu_kiso": onaji.get("tokubetsu_kiso", 0),
        "jiko_ari": any(jiko_no),
    }
    bu = []
    atai: dict[str, Any] = {
        "tekiyo_nendo": tekiyo,
        "taisho": isinstance(kotae, Keisan),
        "hyo": kotae.run["hyo"] if isinstance(kotae, Keisan) else None,
    }
    for ka in KA:
        run = _ritsu_no_run(kotae, jiko_no if ka == "ari" else (0, 0, 0))
        if run is not None:
            if ka == "nashi" or any(jiko_no):
                bu.append(Bu(run, midashi=f"{nendo_label(tekiyo)}の率（{KA[ka]}）"))
            given[f"merit_ritsu_{ka}"] = run["merit_ritsu"]
        for r in ("bunshi", "bunbo", "shushi_ritsu", "zogen_ritsu"):
            atai[f"{r}_{ka}"] = None if run is None else run[r]
    run = NENDO_SHEET.run(given, TABLES)
    bu.append(Bu(run, midashi=f"{nendo_label(tekiyo)}の保険料"))
    for ka, moto in (("nashi", "nashi"), ("ari", "ari" if any(jiko_no) else "nashi")):
        atai |= {f"{x}_{ka}": run[f"{x}_{moto}"] for x in ("ritsu", "hokenryo")}
    return {**atai, "sagaku": run["sagaku"]}, bu


def _ritsu_no_run(kotae: Kotae, jiko_no: tuple[int, ...]) -> Run | None:
    """分子に `jiko_no` を足した、収支率からメリット料率まで。対象外なら None。"""
    if not isinstance(kotae, Keisan):
        return None
    given = {i.id: kotae.run[i.id] for i in RITSU_SHEET.inputs}
    bunshi = zip(given["bunshi_narabi"], jiko_no, strict=True)
    given["bunshi_narabi"] = tuple(a + b for a, b in bunshi)
    return RITSU_SHEET.run(given, TABLES)


def _riyu(kotae: Kotae, tekiyo: int, dame: list[int]) -> list[str]:
    """対象外の理由。同じ理由の年度はまとめる。`dame` は条件を満たさない年度。"""
    if not isinstance(kotae, Taishogai):
        return []
    bun: dict[str, list[str]] = {}
    nokori = iter(dame)
    for r in kotae.reasons:
        text = str(r["message"])
        if r["code"] == "nendo_joken":
            text = text.removeprefix(nendo_label(r["nendo"]))
            bun.setdefault(text, []).append(nendo_label(next(nokori)))
        elif r["code"] == seiritsu_joken.id and _zure(tekiyo):
            hi = jp(date(tekiyo - 1, 3, 31))
            bun[f"基準日（{hi}）に、保険関係の成立から3年たっていません。"] = []
        else:
            bun[text] = []
    return ["・".join(nendo) + text for text, nendo in bun.items()]


def _okikata(x: Mapping[str, Any], ireta: Nendobetsu) -> tuple[Chui, ...]:
    """計算の置き方。"""
    tekiyo = ritsu_no_nendo(x["jiko_nendo"])
    soto = sorted({n for t in tekiyo for n in mitsu_no_nendo(t)} - set(ireta))
    out = [
        f"{'・'.join(map(nendo_label, soto))}は入れていないので、いちばん近い年度と同じ人数・賃金・保険料で、給付は0円としています。",
        "分母の保険料は、入れた額のままです。メリットで率が変わった後の額には直していません。",
    ]
    if _zure(tekiyo[-1]):
        saigo = _saigo()
        out.append(
            f"{nendo_label(saigo + 1)}からの労災保険率は決まっていません。{nendo_label(saigo)}の率と増減率の表が続くとしています。"
        )
    if x["merit"].get("tokurei"):
        out.append("特例メリットは、3つの適用年度のどれでも使えるものとしています。")
    if x.get("jiko") is None:
        return tuple(Chui("okikata", text) for text in out)
    out.append(f"この事故の給付は、全部を{nendo_label(x['jiko_nendo'])}に数えています。")
    return (*(Chui("okikata", text) for text in out), *kazoete_inai(x))
