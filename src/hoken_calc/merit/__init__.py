"""メリット制: 対象か、収支率、増減率、メリット料率。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, Taishogai, plain, shirabe
from ..nyuryoku import permille
from ..schema import (
    EN,
    GYOSHU,
    HAI,
    HEIKIN_NIN,
    HIZUKE,
    NENDO,
    NIN,
    RITSU,
    Schema,
    komoku,
    nyuryoku_no_kata,
    read,
    sentaku,
    title,
)
from ..sheet import Check, Const, Run, Value
from ..sheet.render import number, shosu, shosu_hyoji
from ..sheet.render import permille as permille_bun
from ..tables import TABLES, NotCovered, Row, cite, jp, nendo_label, table, teisu_no_atai
from ..tokubetsu_kanyu.taisho import GYOTAI
from .shiki import (
    KEITAI,
    KYUFU_SHEET,
    NENDO_SHEET,
    SHEET,
    TOKUREI_SHEET,
    seiritsu_joken,
)
from .tenken import tenken

__all__ = [
    "SCHEMA",
    "SHEET",
    "bunshi_wo_kaete",
    "calc",
    "dan",
    "kaisei_mikakunin",
    "mitsu_no_nendo",
    "nendo_koshin_e",
    "ritsu_no_nendo",
    "tekiyo_ritsu",
    "yoyu_no_bun",
]

TOKUBETSU = ("tokubetsu_kiso", "tokubetsu_hokenryo")
KYUFU = ("kyufu", "tokubetsu_shikyukin")
KYUFU_NO_SHURUI = {str(k): rows[-1]["meisho"] for k, rows in table("merit_santei").rows.items()}
TSUCHI_KETA = 2
BUNRUI = {"林業": "ringyo", "建設事業": "kensetsu", "船舶所有者の事業": "senpaku"}
GYOSHU_NO_BUNRUI = {"ikkatsu_yuki_kensetsu": "建設事業", "ikkatsu_yuki_ringyo": "林業"}
TOKUREI_NASHI_NARA = "特例が使えなくても、ふつうのメリット制の対象です。特例メリットの申告をしていないことにして計算してください。"
UCHIWAKE = komoku(
    "給付1件",
    {
        "shurui": title(sentaku(KYUFU_NO_SHURUI), "給付の種類"),
        "gaku": title(EN, "受けた額（年金は給付基礎日額か算定基礎日額）"),
    },
    ("shurui", "gaku"),
)
NENDOBETSU = komoku(
    "1つの保険年度",
    {
        "nendo": title(NENDO, "保険年度"),
        "rodoshasu": title(HEIKIN_NIN, "労働者数（各月末の人数の合計÷12）"),
        "chingin_sogaku": title(EN, "賃金総額（労災の算定基礎額）"),
        "rosai_hokenryo": title(EN, "確定保険料（労災分）"),
        "tokubetsu_kiso": title(EN, "特別加入の算定基礎額"),
        "tokubetsu_hokenryo": title(EN, "第1種特別加入保険料"),
        "kyufu": title(EN, "業務災害の保険給付"),
        "tokubetsu_shikyukin": title(EN, "業務災害の特別支給金"),
        "kyufu_uchiwake": {
            "title": "給付の内訳（給付と特別支給金の代わりに）",
            "type": "array",
            "items": UCHIWAKE,
            "minItems": 0,
            "maxItems": 1000,
        },
    },
    ("nendo", "chingin_sogaku", "rosai_hokenryo"),
)
TOKUREI_JOKEN = komoku(
    "特例メリットの要件",
    {
        "gyotai": title(sentaku(GYOTAI), "業種の大きな分け方"),
        "rodoshasu": title(NIN, "企業全体の常時の労働者数"),
        "sochi_nendo": title(NENDO, "措置を講じた保険年度"),
        "shinkoku_bi": title(HIZUKE, "特例適用申告書を出した日"),
    },
    ("gyotai", "rodoshasu", "sochi_nendo", "shinkoku_bi"),
)
SCHEMA: Schema = nyuryoku_no_kata(
    "メリット制の入力",
    {
        "nendo": title(NENDO, "率を適用する保険年度"),
        "gyoshu": title(GYOSHU, "業種番号"),
        "keitai": title(sentaku(KEITAI), "事業の形"),
        "seiritsu": title(HIZUKE, "保険関係の成立日"),
        "nendobetsu": {
            "title": "3つの保険年度",
            "type": "array",
            "items": {**NENDOBETSU, "x-gyo": "nendo"},
            "minItems": 0,
            "maxItems": 50,
        },
        "tokurei": title(HAI, "特例メリットの申告をしたか"),
        "tokurei_joken": TOKUREI_JOKEN,
        "tsuchi_ritsu": title(RITSU, "通知された労災保険率（比べる時だけ）"),
    },
    ("nendo", "gyoshu", "keitai", "seiritsu", "nendobetsu"),
)


@dataclass(frozen=True)
class Nendo:
    """1つの保険年度の計算。`bu` は給付の内訳と、最後に年度のシート。"""

    nendo: int
    bu: tuple[Bu, ...]

    @property
    def run(self) -> Run:
        """年度のシート。"""
        return self.bu[-1].run


def calc(data: Mapping[str, Any]) -> Kotae:
    """メリット制の計算（継続事業・一括有期事業）。

    用語: メリット制（徴収法12条3項・12条の2、徴収則17条〜20条の6）。
    単位: 額は円、収支率と増減率は％、率は千分の率。
    計算式: 収支率 = 3年の業務災害の給付 ÷（3年の非業務災害の分を引いた保険料 × 第1種調整率）× 100。
    メリット料率 =（労災保険率 − 非業務災害率）×（100 ＋ 増減率）÷ 100 ＋ 非業務災害率。
    端数: 収支率もメリット料率も切らない（端数を定めた条文が無い）。
    対象でない時: `Taishogai`（年度、満たさない条件、あと何人・あと何円）。`saisho_nendo` は、
    その条件が対象を妨げない、いちばん早い適用年度。それより前は、どの年度も対象でない。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    if errors := _saisho_no_ayamari(x["nendo"]):
        return NyuryokuAyamari(errors)
    try:
        errors = [*_nendo_no_ayamari(x), *gyoshu_no_ayamari(x)]
        if errors:
            return NyuryokuAyamari(errors)
        nendobetsu, errors = nendo_wo_keisan(x)
        if errors:
            return NyuryokuAyamari(errors)
        return sannen_no_kotae(x, nendobetsu)
    except NotCovered as e:
        field = "gyoshu" if e.reason == "key" else "nendo"
        return NyuryokuAyamari([Ayamari(field, "hyo_ni_nai", e.message)])


def sannen_no_kotae(x: Mapping[str, Any], nendobetsu: Sequence[Nendo]) -> Kotae:
    """計算した3つの年度（古い順）から、対象か、収支率、メリット料率を求める。"""
    given = _gokei_no_nyuryoku(x, [n.run for n in nendobetsu])
    broken = SHEET.broken_inputs(given)
    if broken:
        return NyuryokuAyamari(shirabe(broken))
    run = SHEET.run(given, TABLES)
    tokurei = _tokurei(x)
    reasons = [_nendo_no_riyu(n) for n in nendobetsu if not n.run["nendo_taisho"]]
    if not run["seiritsu_joken"]:
        reasons.append(_seiritsu_no_riyu(run))
    if tokurei is not None:
        dame = _tokurei_no_riyu(tokurei)
        if dame and not reasons:
            dame[-1]["message"] += TOKUREI_NASHI_NARA
        reasons += dame
    if reasons:
        return Taishogai(reasons)
    bu = [b for n in nendobetsu for b in n.bu]
    if tokurei is not None:
        bu.append(Bu(tokurei, midashi="特例メリットの要件"))
    return Keisan(
        "merit", _values(run), (*bu, Bu(run)), tuple(_chui(x, run, [n.run for n in nendobetsu]))
    )


def mitsu_no_nendo(nendo: int) -> tuple[int, int, int]:
    """その年度の率を決める、3つの保険年度（古い順）。次の次の年度に使う。"""
    return nendo - 4, nendo - 3, nendo - 2


def ritsu_no_nendo(nendo: int) -> tuple[int, int, int]:
    """その年度の給付が入る、3つの適用年度（古い順）。その年度から始まる3年で決まるのは、最後の1つ。"""
    return nendo + 2, nendo + 3, nendo + 4


def _saisho_no_ayamari(nendo: int) -> list[Ayamari]:
    sannen = mitsu_no_nendo(nendo)
    hyo = table("rosai_hokenritsu")
    if sannen[0] >= hyo.first.year:
        return []
    message = (
        f"{nendo_label(nendo)}の率は、{'・'.join(map(nendo_label, sannen))}の3年で決まります。表に収めてあるのは{nendo_label(hyo.first.year)}からなので、"
        f"計算できるのは{nendo_label(hyo.first.year + 4)}から{nendo_label(hyo.saigo_nendo)}までの率です。"
    )
    return [Ayamari("nendo", "hyo_ni_nai", message)]


def _nendo_no_ayamari(x: Mapping[str, Any]) -> list[Ayamari]:
    want = mitsu_no_nendo(x["nendo"])
    have = tuple(sorted(n["nendo"] for n in x["nendobetsu"]))
    if have == want:
        return []
    ireta = "、".join(map(str, have)) or "なし"
    message = (
        f"{nendo_label(x['nendo'])}の率は、{'・'.join(map(nendo_label, want))}（{'・'.join(map(str, want))}）の3つで決まります。"
        f"この3つを1つずつ入れてください（いま入っているのは {ireta}）。"
    )
    return [Ayamari("nendobetsu", "mitsu_no_nendo", message)]


def gyoshu_no_ayamari(x: Mapping[str, Any]) -> list[Ayamari]:
    """業種番号と、事業の形・特例メリットの食い違い。"""
    bunrui = _bunrui(x)
    want = GYOSHU_NO_BUNRUI.get(x["keitai"], bunrui)
    if want != bunrui:
        message = f"{KEITAI[x['keitai']]}の業種番号は、{want}のどれかです。「{x['gyoshu']}」は{bunrui}です。"
        return [Ayamari("gyoshu", "keitai_to_au", message)]
    if x.get("tokurei") and bunrui in GYOSHU_NO_BUNRUI.values():
        message = f"特例メリットは、建設と立木の伐採の事業では使えません。「{x['gyoshu']}」は{bunrui}です。"
        if bunrui == GYOSHU_NO_BUNRUI["ikkatsu_yuki_ringyo"]:
            message += "業種番号だけでは立木の伐採かどうかが分からないので、林業の特例メリットは計算しません。立木の伐採でないなら、労働局に確かめてください。"
        return [Ayamari("tokurei", "keizoku_nomi", message)]
    return _tokurei_no_ayamari(x)


def _tokurei_no_ayamari(x: Mapping[str, Any]) -> list[Ayamari]:
    if "tokurei_joken" not in x:
        return []
    if not x.get("tokurei"):
        message = "特例メリットの要件が入っていますが、特例メリットの申告をしていないことになっています。申告したなら「申告した」に、していないなら要件を空にしてください。"
        return [Ayamari("tokurei", "joken_to_au", message)]
    kigyo = x["tokurei_joken"]["rodoshasu"]
    jigyojo = [Fraction(n["rodoshasu"]) for n in x["nendobetsu"] if "rodoshasu" in n]
    if jigyojo and kigyo < floor(min(jigyojo)):
        message = f"企業全体の常時の労働者数{number(kigyo)}人が、この事業の労働者数（3年でいちばん少ない年度で{number(min(jigyojo))}人）より少なくなっています。企業全体の人数には、この事業の人も入れてください。"
        return [Ayamari("tokurei_joken.rodoshasu", "sukunai", message)]
    return []


def _bunrui(x: Mapping[str, Any]) -> str:
    bunrui: str = table("rosai_hokenritsu").find(date(x["nendo"], 4, 1), x["gyoshu"])["bunrui"]
    return bunrui


def chosei_kubun(nendo: int, gyoshu: str) -> str:
    """第1種調整率の、事業の区分。"""
    row = table("rosai_hokenritsu").find(date(nendo, 4, 1), gyoshu)
    if row["shurui"].startswith("港湾"):
        return "kowan"
    return BUNRUI.get(row["bunrui"], "sonota")


def nendo_wo_keisan(x: Mapping[str, Any]) -> tuple[list[Nendo], list[Ayamari]]:
    """読めた入力の3つの年度を、古い順に計算する。"""
    out: list[Nendo] = []
    errors: list[Ayamari] = []
    for i, n in sorted(enumerate(x["nendobetsu"]), key=lambda p: p[1]["nendo"]):
        uchiwake = _uchiwake(n)
        given: dict[str, Value] = {k: n.get(k, 0) for k in TOKUBETSU + KYUFU}
        given |= {k: n[k] for k in ("nendo", "chingin_sogaku", "rosai_hokenryo")}
        given |= {"gyoshu": x["gyoshu"], "keitai": x["keitai"]}
        given["rodoshasu"] = Fraction(n["rodoshasu"]) if "rodoshasu" in n else None
        if "kyufu_uchiwake" in n:
            given |= {k: _kei(uchiwake, k) for k in KYUFU}
        warui = _kataho_no_ayamari(n)
        broken = NENDO_SHEET.broken_inputs(given)
        if not broken:
            run = NENDO_SHEET.run(given, TABLES)
            broken = run.broken_results()
            out.append(Nendo(n["nendo"], (*uchiwake, Bu(run, midashi=nendo_label(n["nendo"])))))
        warui += atarashii_ayamari(warui, broken)
        errors += [Ayamari(f"nendobetsu.{i}.{a.field}", a.code, a.message) for a in warui]
    return out, errors


def _kataho_no_ayamari(n: Mapping[str, Any]) -> list[Ayamari]:
    if "kyufu_uchiwake" in n:
        ryoho = "給付の合計か、給付の内訳か、どちらか片方だけを入れてください。"
        out = [Ayamari(k, "ryoho", ryoho) for k in KYUFU if k in n]
    else:
        bun = "を円で入れてください。無い年は 0 と書きます。"
        out = [hissu(NENDOBETSU, k, bun) for k in KYUFU if k not in n]
    if any(n.get(k) for k in TOKUBETSU):
        bun = "を入れてください。特別加入の保険料と算定基礎額は、両方が要ります。"
        out += [hissu(NENDOBETSU, k, bun) for k in TOKUBETSU if k not in n]
    return out


def atarashii_ayamari(mae: Sequence[Ayamari], broken: Sequence[Check]) -> list[Ayamari]:
    """シートで見つけた誤り。特別加入の片方だけが入っている時は、その分は調べない。"""
    kara = any(a.field in TOKUBETSU for a in mae)
    return shirabe(c for c in broken if not (kara and c.field in TOKUBETSU))


def hissu(schema: Schema, komoku: str, bun: str) -> Ayamari:
    """入っていない項目の誤り。"""
    return Ayamari(komoku, "hissu", schema["properties"][komoku]["title"] + bun)


def kyufu_bu(nendo: int, shurui: str, gaku: int, bango: int = 1) -> Bu:
    """給付1件から、収支率に入れる額を計算する。"""
    given: dict[str, Value] = {"nendo": nendo, "kyufu_shurui": shurui, "kyufu_gaku": gaku}
    midashi = f"{nendo_label(nendo)}の給付{bango} {KYUFU_NO_SHURUI[shurui]}"
    return Bu(KYUFU_SHEET.run(given, TABLES), midashi=midashi)


def _uchiwake(n: Mapping[str, Any]) -> list[Bu]:
    return [
        kyufu_bu(n["nendo"], k["shurui"], k["gaku"], i)
        for i, k in enumerate(n.get("kyufu_uchiwake", ()), 1)
    ]


def _kei(uchiwake: Sequence[Bu], wake: str) -> int:
    kei = 0
    for b in uchiwake:
        row = table("merit_santei").find(date(b.run["nendo"], 4, 1), b.run["kyufu_shurui"])
        kei += b.run["santei_kyufu"] if row["wake"] == wake else 0
    return kei


def _gokei_no_nyuryoku(x: Mapping[str, Any], runs: Sequence[Run]) -> dict[str, Any]:
    return {
        "nendo": x["nendo"],
        "gyoshu": x["gyoshu"],
        "keitai": x["keitai"],
        "seiritsu": date.fromisoformat(x["seiritsu"]),
        "tokurei": x.get("tokurei", False),
        "chosei_kubun": ("dai1shu", chosei_kubun(x["nendo"], x["gyoshu"])),
        "taisho_narabi": tuple(int(r["nendo_taisho"]) for r in runs),
        "shokibo_narabi": tuple(int(r["shokibo"]) for r in runs),
        "bunshi_narabi": tuple(r["nendo_bunshi"] for r in runs),
        "bunbo_narabi": tuple(r["nendo_bunbo"] for r in runs),
        "saigo_chingin": runs[-1]["chingin_sogaku"],
        "saigo_tokubetsu": runs[-1]["tokubetsu_kiso"],
        "tsuchi_ritsu": permille(x["tsuchi_ritsu"]) if "tsuchi_ritsu" in x else None,
    }


def _nendo_no_riyu(n: Nendo) -> dict[str, Any]:
    run = n.run
    bun: list[str] = []
    if run["rodoshasu"] is not None:
        bun.append(
            f"労働者は{number(run['rodoshasu'])}人で、100人に足りません。"
            f"災害度係数は {number(run['rodoshasu'])} ×（{permille_bun(run['nendo_kijun_ritsu'])} − {permille_bun(run['nendo_higyomu_ritsu'])}）"
            f"= {number(run['saigaido_keisu'])} です（20人以上で、0.4以上なら対象）。"
            f"{_hitsuyo_ninzu(run)}なら、この年度は条件を満たします。"
        )
    if run["keitai"] != "keizoku":
        kagen = teisu_no_atai("merit_ikkatsu_kakutei", date(n.nendo, 4, 1))
        bun.append(
            f"確定保険料は{number(run['nendo_hokenryo'])}円で、{number(kagen)}円に足りません。"
            f"あと{number(kagen - run['nendo_hokenryo'])}円で、この年度は条件を満たします。"
        )
    return {
        "code": "nendo_joken",
        "message": f"{nendo_label(n.nendo)}の条件を満たしません。{''.join(bun)}",
        "basis": list(cite("choshuho12", "soku17")),
        "nendo": n.nendo,
        "saisho_nendo": ritsu_no_nendo(n.nendo + 1)[-1],
    }


def _hitsuyo_ninzu(run: Run) -> str:
    """あと何人で、何人以上になるか。整数の人数で言い、端数のある人数（平均）の境も分数で言う。"""
    hitsuyo, seisu = Fraction(run["hitsuyo_ninzu"]), run["seisu_ninzu"]
    hasu = f"（平均に端数があれば{number(hitsuyo)}人以上）" if hitsuyo.denominator > 1 else ""
    return f"あと{number(seisu - Fraction(run['rodoshasu']))}人いて{seisu}人以上{hasu}"


def _seiritsu_no_riyu(run: Run) -> dict[str, Any]:
    seiritsu: date = run["seiritsu"]
    nen = teisu_no_atai("merit_keika_nen", date(run["nendo"] - 2, 4, 1))
    hajime = seiritsu.year + (date(seiritsu.year, 4, 1) < seiritsu)
    return {
        "code": seiritsu_joken.id,
        "message": (
            f"基準日（{jp(run['kijunbi'])}）に、保険関係の成立（{jp(seiritsu)}）から{nen}年たっていません。"
            f"いちばん早いのは、{'・'.join(nendo_label(hajime + i) for i in range(3))}で決まる{nendo_label(ritsu_no_nendo(hajime)[-1])}の率からです。"
        ),
        "basis": list(seiritsu_joken.basis),
        "nendo": run["kijunbi"].year - 1,
        "saisho_nendo": ritsu_no_nendo(hajime)[-1],
    }


def _tokurei(x: Mapping[str, Any]) -> Run | None:
    if not x.get("tokurei") or "tokurei_joken" not in x:
        return None
    joken = x["tokurei_joken"]
    bi = date.fromisoformat(joken["shinkoku_bi"])
    return TOKUREI_SHEET.run({**joken, "nendo": x["nendo"], "shinkoku_bi": bi}, TABLES)


def _tokurei_no_riyu(run: Run) -> list[dict[str, Any]]:
    sannen = mitsu_no_nendo(run["nendo"])
    jogen = teisu_no_atai(f"{run['gyotai']}_rodoshasu", date(run["nendo"], 4, 1))
    kigen = date(run["sochi_nendo"] + 1, 4, 1), date(run["sochi_nendo"] + 1, 9, 30)
    ireta = {
        "kibo": f"企業全体の労働者数は{number(run['rodoshasu'])}人で、上限は{jogen}人（{GYOTAI[run['gyotai']]}）です。",
        "sochi_joken": f"措置を講じた年度は{nendo_label(run['sochi_nendo'])}で、3つの年度は{'・'.join(map(nendo_label, sannen))}です。",
        "shinkoku_joken": f"申告書を出した日は{jp(run['shinkoku_bi'])}で、期間は{jp(kigen[0])}から{jp(kigen[1])}までです。",
    }
    return [
        {
            "code": f"tokurei_{j.id}",
            "message": f"特例メリットの要件「{j.label}」を満たしません。{ireta[j.id]}{j.why}",
            "basis": list(j.basis),
            "nendo": run["nendo"],
        }
        for j in TOKUREI_SHEET.lines
        if not run[j.id]
    ]


def _values(run: Run) -> dict[str, Any]:
    def ritsu(id: str) -> str:
        return str(plain(run[id] * 1000))

    shushi = Fraction(run["shushi_ritsu"])
    return {
        "shushi_ritsu": f"{shushi.numerator}/{shushi.denominator}",
        "shushi_ritsu_hyoji": shosu_hyoji(shushi),
        "bunshi": run["bunshi"],
        "bunbo": run["bunbo"],
        "chosei_ritsu": run["chosei_ritsu"],
        "hyo": run["hyo"],
        "zogen_ritsu": run["zogen_ritsu"],
        "kijun_ritsu": ritsu("kijun_ritsu"),
        "merit_ritsu": ritsu("merit_ritsu"),
        "hokenryo_sa": run["hokenryo_sa"],
        "tsuchi_itchi": None if run["tsuchi_ritsu"] is None else run["tsuchi_sa"] == 0,
    }


def _chui(x: Mapping[str, Any], run: Run, nendobetsu: Sequence[Run]) -> list[Chui]:
    out = []
    ritsu = run["merit_ritsu"] * 1000
    kirisute = shosu(ritsu, TSUCHI_KETA)
    if Fraction(kirisute) != ritsu:
        message = f"メリット料率に小数第{TSUCHI_KETA + 1}位の端数があります（{plain(ritsu)}）。通知書で何位まで書くかは、資料で確かめていません。第{TSUCHI_KETA + 1}位を切り捨てた率なら {kirisute} です。通知書の率を使ってください。"
        out.append(Chui("tsuchi_keta", message))
    if run["tsuchi_ritsu"] is not None and run["tsuchi_sa"]:
        tsuchi = run["tsuchi_ritsu"] * 1000
        if tsuchi == Fraction(kirisute):
            message = f"通知された率 {plain(tsuchi)} は、計算した率 {plain(ritsu)} の小数第{TSUCHI_KETA + 1}位を切り捨てた率と同じです。入れた3年の額と合っています。"
            out.append(Chui("tsuchi_kirisute", message))
        else:
            message = f"通知された率 {plain(tsuchi)} と、計算した率 {plain(ritsu)} が違います。入れた3年の額と、通知書の額（給付・保険料・労働者数）を見比べてください。"
            out.append(Chui("tsuchi_chigai", message))
    if run["seiritsu"] == date(mitsu_no_nendo(x["nendo"])[0], 4, 1):
        message = "成立日がちょうど4月1日です。3月31日でちょうど3年と数えて、対象としました。この日の数え方を定めた資料は確かめていません。労働局に確かめてください。"
        out.append(Chui("seiritsu_chodo", message))
    out += chingin_hasu(
        [n.get(k, 0) for n in x["nendobetsu"] for k in ("chingin_sogaku", "tokubetsu_kiso")]
    )
    if x.get("tokurei") and "tokurei_joken" not in x:
        message = (
            f"特例メリットの要件は調べていません。{''.join(j.why for j in TOKUREI_SHEET.lines)}"
        )
        out.append(Chui("tokurei_joken", message))
    return [*out, *tenken(x, run, nendobetsu), *kaisei_mikakunin(x["nendo"])]


def kaisei_mikakunin(nendo: int) -> list[Chui]:
    """収支率の計算を変える省令案が、その適用年度の率に関わり得る時の注意。"""
    kakunin = teisu_no_atai("merit_kakunin_nendo", date(nendo, 4, 1))
    if nendo <= kakunin:
        return []
    (shiryo,) = cite("merit-shoreian")
    message = f"遅発性疾病の給付基礎日額とメリット収支率の算定を変える省令案が、令和8年10月9日に諮問されています（{shiryo}。公布の日から施行する案。要約で見ただけです）。公布されたか、何年度の率から変わるかは確かめていません。この計算は、変わる前の決まりのままです。{nendo_label(kakunin + 1)}からの率は、通知書で確かめてください。"
    return [Chui("kaisei_mikakunin", message)]


def chingin_hasu(chingin: Sequence[int]) -> list[Chui]:
    """賃金総額か特別加入の算定基礎額に、1,000円未満の端数がある時の注意。"""
    hasu = "、".join(f"{number(c)}円" for c in chingin if c % 1000)
    message = f"賃金総額か特別加入の算定基礎額に、1,000円未満の端数があります（{hasu}）。保険料の計算に使った、1,000円未満を切り捨てた算定基礎額を入れてください（いまは入れた額のまま計算しています）。"
    return [Chui("chingin_hasu", message)] if hasu else []


def bunshi_wo_kaete(run: Run, bunshi: Sequence[int]) -> Run:
    """3年の給付だけを `bunshi`（古い順）に替えて、計算し直す。ほかの入力はそのまま。"""
    given = {i.id: run[i.id] for i in SHEET.inputs}
    return SHEET.run({**given, "bunshi_narabi": tuple(bunshi)}, TABLES)


def dan(nendo: int, hyo: str) -> list[Row]:
    """その年度に使う増減率表 `hyo` の段を、収支率の低い順に。"""
    rows = table("merit_zogen").on(date(nendo, 4, 1))
    return [r for r in rows if isinstance(r.key, tuple) and r.key[0] == hyo]


@dataclass(frozen=True)
class Dan:
    """この事業での、増減率表の1つの段。`ue` は、その段に収まる3年の給付の上限（円）。"""

    row: Row
    merit_ritsu: Fraction
    ue: int | None
    ima: bool


def dan_goto(run: Run) -> list[Dan]:
    """この事業に使う表の段ごとに、メリット料率と、そこに収まる給付の額。"""
    given = {i.id: run[i.id] for i in SHEET.inputs}
    (ima,) = (row for row, column in run.used["zogen_ritsu"] if column == "zogen_ritsu")
    out = []
    for row in dan(run["nendo"], run["hyo"]):
        sono_dan = SHEET.swap("zogen_ritsu", formula=Const(row["zogen_ritsu"]))
        ue = None if row["ika"] is None else floor(run["bunbo"] * row["ika"] / 100)
        out.append(Dan(row, sono_dan.run(given, TABLES)["merit_ritsu"], ue, row is ima))
    return out


def yoyu_no_bun(na: str, ima: int, made: int, kukan: str, onaji: str, koeru: str) -> str:
    """給付 `na` の合計 `ima` が、`kukan` の上限 `made` まであといくらか。どちらも円。

    増えてもよければ `onaji`、ちょうど上限なら `koeru` で終わる文。
    """
    if ima == made:
        return (
            f"{na}（合計{number(ima)}円）は、{kukan}のいちばん上です。あと1円でも増えたら、{koeru}"
        )
    return f"{na}があと{number(made - ima)}円増えても（合計{number(made)}円まで）、{onaji}"


def nendo_koshin_e(answer: Keisan, data: Mapping[str, Any]) -> dict[str, Any]:
    """メリット料率を、年度更新の入力の `rosai_ritsu` に入れる。

    通知された率があればその率、無ければ計算した率。適用する年度が確定の年度なら確定、
    その次の年度なら概算に入れる。誤り: 業種か年度が合わなければ `ValueError`。
    """
    run = answer.run
    nendo = {data["nendo"]: "kakutei", data["nendo"] + 1: "gaisan"}
    if run["nendo"] not in nendo or run["gyoshu"] != data["gyoshu"]:
        raise ValueError(
            f"{nendo_label(run['nendo'])}・業種{run['gyoshu']}の率は、この年度更新（確定が{nendo_label(data['nendo'])}、業種{data['gyoshu']}）には使えません。"
        )
    moto = data.get("rosai_ritsu") or {}
    return {**data, "rosai_ritsu": {**moto, nendo[run["nendo"]]: tekiyo_ritsu(run)}}


def tekiyo_ritsu(run: Run) -> str:
    """年度更新に使う率（1000分のいくつ）。通知された率があればその率、無ければ計算した率。"""
    ritsu = run["merit_ritsu"] if run["tsuchi_ritsu"] is None else run["tsuchi_ritsu"]
    return str(plain(ritsu * 1000))
