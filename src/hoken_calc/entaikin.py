"""延滞金と追徴金。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .hasu_shori import HYAKUEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from .kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari
from .kibetsu import nendo_no
from .koyomi import tsuki_wo_tasu, yasumi, yokukaichobi
from .schema import EN, HIZUKE, Schema, nyuryoku_no_kata, read, title
from .sheet import Input, Line, Lookup, Run, Sheet, Total, choice, day
from .tables import TABLES, NotCovered, cite, jp, table, teisu

# ---- 1つの区間（暦年と、2月を経過する日で分ける） -----------------------
hokenryo_kiso = Input("hokenryo_kiso", "延滞金のもとの額")
nendo = Input("nendo", "納期限の属する保険年度", "年度")
kaishi = Input("kaishi", "区間の始めの日", "日付")
nissu = Input("nissu", "区間の日数", "日")
saisho = Input("saisho", "最初の2月の区間", "", None, "最初の2月の区間", "2月を経過した後の区間")
_KUKAN = "区間ごとの延滞金"

ritsu = Line(
    "ritsu",
    "延滞金の率",
    choice(
        saisho,
        Lookup("entaikin_ritsu", "saisho_ritsu", kaishi, unit="‰"),
        Lookup("entaikin_ritsu", "sonogo_ritsu", kaishi, unit="‰"),
        quiet=True,
    ),
    unit="‰",
    basis=cite("choshuho28", "hosoku12"),
    section=_KUKAN,
    why="暦年ごとに変わる。納期限の翌日から2月を経過する日までは低い。",
)
kingaku = Line(
    "kingaku",
    "この区間の額",
    hokenryo_kiso * ritsu * nissu / teisu("entaikin_nissu", day(nendo, 0, 4, 1)),
    basis=cite("nofusho-ura"),
    section=_KUKAN,
    why="率は区間の日で引く。365日は滞納した保険料についての定めなので、納期限の属する保険年度で引き、どの区間も同じにする。",
)
KUKAN = Sheet(
    "kukan", "延滞金の区間", (hokenryo_kiso, nendo, kaishi, nissu, saisho), (ritsu, kingaku)
)

# ---- 合計 ---------------------------------------------------------------
hokenryo = Input("hokenryo", "滞納した労働保険料")
kukan_gaku = Input("kukan_gaku", "区間の額")
MOTO = Line(
    "hokenryo_kiso",
    "延滞金のもとの額",
    hokenryo,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho28"),
    section="もとの額",
)
MOTO_SHEET = Sheet("entaikin_moto", "延滞金のもとの額", (hokenryo,), (MOTO,))
entaikin = Line(
    "entaikin",
    "延滞金",
    Total(kukan_gaku),
    rounding=HYAKUEN_MIMAN_KIRISUTE,
    basis=cite("choshuho28"),
    section="合計",
    why="100円に満たない時は徴収しない。",
)
SHEET = Sheet("entaikin", "延滞金", (kukan_gaku,), (entaikin,))

SCHEMA: Schema = nyuryoku_no_kata(
    "延滞金の入力",
    {
        "hokenryo": title(EN, "滞納した労働保険料"),
        "nofu_kigen": title(HIZUKE, "法定納期限"),
        "kanno": title(HIZUKE, "完納した日"),
    },
    ("hokenryo", "nofu_kigen", "kanno"),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """延滞金の計算。

    用語: 延滞金（徴収法28条・附則12条）。単位: 円。
    計算式: 保険料（1,000円未満切捨て）× 率 × 日数 ÷ 365 を区間ごとに足し、100円未満を切り捨てる。
    区間の `kingaku` は見るための円未満切捨て。足すのは、切り捨てる前の `kingaku_bunsu`（"a/b"）。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    kigen, kanno = date.fromisoformat(x["nofu_kigen"]), date.fromisoformat(x["kanno"])
    moto = MOTO_SHEET.run({"hokenryo": x["hokenryo"]}, TABLES)
    bu = [Bu(moto)]
    kukan: list[dict[str, Any]] = []
    try:
        for hajime, owari, mae in kukan_ni_wakeru(kigen, kanno) if moto["hokenryo_kiso"] else []:
            given = {
                "hokenryo_kiso": moto["hokenryo_kiso"],
                "nendo": nendo_no(kigen),
                "kaishi": hajime,
                "nissu": (owari - hajime).days + 1,
                "saisho": mae,
            }
            run = KUKAN.run(given, TABLES)
            bu.append(Bu(run, midashi=f"{hajime:%Y-%m-%d} から {owari:%Y-%m-%d} まで"))
            gaku = Fraction(run["kingaku"])
            kukan.append(
                {
                    "kaishi": hajime,
                    "shuryo": owari,
                    "nissu": run["nissu"],
                    "ritsu": run["ritsu"] * 1000,
                    "kingaku": int(gaku),
                    "kingaku_bunsu": f"{gaku.numerator}/{gaku.denominator}",
                }
            )
    except NotCovered as e:
        return NyuryokuAyamari([_shurokugai(e, kigen)])
    run = SHEET.run({"kukan_gaku": tuple(b.run["kingaku"] for b in bu[1:])}, TABLES)
    values = {"kukan": kukan, "entaikin": run["entaikin"]}
    chui = _chui(kigen, len(kukan)) if kukan else ()
    return Keisan("entaikin", values, (*bu, Bu(run)), (*_kakaranai(run, moto, kukan), *chui))


def _shurokugai(e: NotCovered, kigen: date) -> Ayamari:
    """表に無い日の断り。納期限が表の中なら、足りないのは完納までの日の率。"""
    hyo = table(e.table)
    if e.table == "teisu" or not hyo.first <= kigen <= hyo.verified_through:
        return Ayamari("nofu_kigen", "hyo_ni_nai", e.message)
    made = jp(hyo.verified_through + timedelta(days=1))
    message = f"{e.message}完納した日が {made} までなら計算できます。"
    return Ayamari("kanno", "hyo_ni_nai", message)


def kukan_ni_wakeru(kigen: date, kanno: date) -> list[tuple[date, date, bool]]:
    """納期限の翌日から完納の前日までを、暦年の終わりと2月を経過する日で分ける。"""
    hajime, saigo = kigen + timedelta(days=1), kanno - timedelta(days=1)
    nigatsu = tsuki_wo_tasu(hajime, 2) - timedelta(days=1)
    out = []
    while hajime <= saigo:
        mae = hajime <= nigatsu
        owari = min(saigo, date(hajime.year, 12, 31), nigatsu if mae else saigo)
        out.append((hajime, owari, mae))
        hajime = owari + timedelta(days=1)
    return out


def _kakaranai(run: Run, moto: Run, kukan: list[Any]) -> list[Chui]:
    """延滞金が0円の時、その訳。"""
    if run["entaikin"]:
        return []
    if not moto["hokenryo_kiso"]:
        naze = "もとの額が1,000円に満たないので"
    elif not kukan:
        naze = "納期限か、その翌日までに納めているので"
    else:
        naze = "計算した額が100円に満たないので"
    return [Chui("kakaranai", f"{naze}、延滞金はかかりません。")]


def _chui(kigen: date, kukan: int) -> tuple[Chui, ...]:
    out = []
    if yasumi(kigen):
        tsugi = yokukaichobi(kigen)
        out.append(
            Chui(
                "heichobi",
                f"入れた納期限 {jp(kigen)} は閉庁日（土曜・日曜・祝日・年末年始）です。本当の納期限は、次の開庁日の {jp(tsugi)} のはずです。納付書で確かめて直してください。いまの額は、{jp(kigen)} の翌日から数えています。",
            )
        )
    out.append(
        Chui(
            "tokusoku",
            "督促状の指定期限までに完納した時は、延滞金はかかりません（徴収法28条5項1号）。一部を納めた時は、納めた日で分けて計算してください。",
        )
    )
    if kukan > 1:
        out.append(
            Chui(
                "mikakunin",
                "区間ごとの1円未満をどこで切るかを定めた資料は見つかっていません。区間の額は切らずに足し、最後に100円未満を切り捨てています。",
            )
        )
    return tuple(out)
