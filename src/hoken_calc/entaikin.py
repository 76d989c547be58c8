"""延滞金と追徴金。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .hasu_shori import HYAKUEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from .kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari
from .kibetsu import nendo_no
from .koyomi import tsuki_wo_tasu, yasumi, yokukaichobi
from .schema import EN, HIZUKE, Schema, komoku, nyuryoku_no_kata, read, title
from .sheet import Input, Line, Lookup, Run, Sheet, Total, choice, day
from .sheet.render import yen
from .tables import TABLES, NotCovered, cite, jp, table, teisu

# ---- 1つの区間（暦年、2月を経過する日、一部を納めた日で分ける） ----------
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
nofu_gaku = Input("nofu_gaku", "その日までに納めた額")
kukan_gaku = Input("kukan_gaku", "区間の額")
MOTO = Line(
    "hokenryo_kiso",
    "延滞金のもとの額",
    hokenryo - Total(nofu_gaku),
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho28"),
    section="もとの額",
    why="一部を納めたら、納めた日から、納めた額を引いて切り捨て直す。",
)
MOTO_SHEET = Sheet("entaikin_moto", "延滞金のもとの額", (hokenryo, nofu_gaku), (MOTO,))
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

NOFU_SCHEMA: Schema = komoku(
    "一部の納付", {"hi": title(HIZUKE, "納めた日"), "gaku": title(EN, "納めた額")}, ("hi", "gaku")
)
SCHEMA: Schema = nyuryoku_no_kata(
    "延滞金の入力",
    {
        "hokenryo": title(EN, "滞納した労働保険料"),
        "nofu_kigen": title(HIZUKE, "法定納期限"),
        "kanno": title(HIZUKE, "完納した日"),
        "ichibu_nofu": {
            "title": "完納の前に一部を納めた日と額",
            "type": "array",
            "items": NOFU_SCHEMA,
            "minItems": 0,
            "maxItems": 1000,
        },
    },
    ("hokenryo", "nofu_kigen", "kanno"),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """延滞金の計算。

    用語: 延滞金（徴収法28条・附則12条）。単位: 円。
    計算式: 保険料（1,000円未満切捨て）× 率 × 日数 ÷ 365 を区間ごとに足し、100円未満を切り捨てる。
    `ichibu_nofu` があれば、納めた日から、納めた額を引いた残り（1,000円未満切捨て）に掛ける。
    区間の `kingaku` は見るための円未満切捨て。足すのは、切り捨てる前の `kingaku_bunsu`（"a/b"）。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    kigen, kanno = date.fromisoformat(x["nofu_kigen"]), date.fromisoformat(x["kanno"])
    nofu = [(date.fromisoformat(n["hi"]), n["gaku"]) for n in x.get("ichibu_nofu", [])]
    if errors := _nofu_no_ayamari(x["hokenryo"], kigen, kanno, nofu):
        return NyuryokuAyamari(errors)
    moto = {
        hi: MOTO_SHEET.run({"hokenryo": x["hokenryo"], "nofu_gaku": _made(nofu, hi)}, TABLES)
        for hi in sorted({kigen, *(hi for hi, _ in nofu)})
    }
    saisho = moto[kigen]
    bu = [Bu(run, midashi="" if hi == kigen else f"{jp(hi)} から") for hi, run in moto.items()]
    kukan: list[dict[str, Any]] = []
    waketa = kukan_ni_wakeru(kigen, kanno, list(moto))
    try:
        for hajime, owari, mae in waketa if saisho["hokenryo_kiso"] else []:
            given = {
                "hokenryo_kiso": moto[max(d for d in moto if d <= hajime)]["hokenryo_kiso"],
                "nendo": nendo_no(kigen),
                "kaishi": hajime,
                "nissu": (owari - hajime).days + 1,
                "saisho": mae,
            }
            run = KUKAN.run(given, TABLES)
            bu.append(Bu(run, midashi=f"{jp(hajime)} から {jp(owari)} まで"))
            gaku = Fraction(run["kingaku"])
            kukan.append(
                {
                    "kaishi": hajime,
                    "shuryo": owari,
                    "hokenryo_kiso": run["hokenryo_kiso"],
                    "nissu": run["nissu"],
                    "ritsu": run["ritsu"] * 1000,
                    "kingaku": int(gaku),
                    "kingaku_bunsu": f"{gaku.numerator}/{gaku.denominator}",
                }
            )
    except NotCovered as e:
        return NyuryokuAyamari([_shurokugai(e, kigen)])
    kukan_gaku = tuple(run["kingaku"] for run in kukan_no_run(bu))
    run = SHEET.run({"kukan_gaku": kukan_gaku}, TABLES)
    values = {"kukan": kukan, "entaikin": run["entaikin"]}
    chui = _chui(kigen, len(kukan), bool(nofu)) if kukan else ()
    return Keisan("entaikin", values, (*bu, Bu(run)), (*_kakaranai(run, saisho, kukan), *chui))


def _made(nofu: Sequence[tuple[date, int]], saigo: date) -> tuple[int, ...]:
    """`saigo` の日までに納めた額。"""
    return tuple(gaku for hi, gaku in sorted(nofu) if hi <= saigo)


def kukan_no_run(bu: Sequence[Bu]) -> list[Run]:
    """区間の計算だけ。答えの `kukan` と同じ順。"""
    return [b.run for b in bu if b.run.sheet.id == KUKAN.id]


def _nofu_no_ayamari(
    hokenryo: int, kigen: date, kanno: date, nofu: Sequence[tuple[date, int]]
) -> list[Ayamari]:
    saigo = "残りを全部納めた日は、完納した日に書きます。"
    out = []
    for i, (hi, gaku) in enumerate(nofu):
        field = f"ichibu_nofu.{i}"
        if hi <= kigen:
            message = f"納めた日は、納期限（{jp(kigen)}）より後の日にしてください。納期限までに納めた額は、滞納した労働保険料から引いて書きます。"
            out.append(Ayamari(f"{field}.hi", "kigen_mae", message))
        elif hi >= kanno:
            message = f"納めた日は、完納した日（{jp(kanno)}）より前の日にしてください。{saigo}"
            out.append(Ayamari(f"{field}.hi", "kanno_go", message))
        if not gaku:
            message = (
                "納めた額を1円以上で書いてください。納めていないなら、この行を消してください。"
            )
            out.append(Ayamari(f"{field}.gaku", "zero", message))
    kei = sum(gaku for _, gaku in nofu)
    if nofu and kei >= hokenryo:
        message = f"一部を納めた額の合計（{yen(kei)}）は、滞納した労働保険料（{yen(hokenryo)}）より少なくしてください。{saigo}"
        out.append(Ayamari("ichibu_nofu", "nofu_choka", message))
    return out


def _shurokugai(e: NotCovered, kigen: date) -> Ayamari:
    """表に無い日の断り。納期限が表の中なら、足りないのは完納までの日の率。"""
    hyo = table(e.table)
    if e.table == "teisu" or not hyo.first <= kigen <= hyo.verified_through:
        return Ayamari("nofu_kigen", "hyo_ni_nai", e.message)
    made = jp(hyo.verified_through + timedelta(days=1))
    message = f"{e.message}完納した日が {made} までなら計算できます。"
    return Ayamari("kanno", "hyo_ni_nai", message)


def kukan_ni_wakeru(
    kigen: date, kanno: date, nofu: Sequence[date] = ()
) -> list[tuple[date, date, bool]]:
    """納期限の翌日から完納の前日までを、2月を経過した日、1月1日、`nofu` の日の前で分ける。"""
    hajime = kigen + timedelta(days=1)
    nigatsu_go = tsuki_wo_tasu(hajime, 2)
    ganjitsu = (date(y, 1, 1) for y in range(hajime.year + 1, kanno.year + 1))
    kugiri = {d for d in (nigatsu_go, *ganjitsu, *nofu) if hajime < d < kanno}
    hi = [hajime, *sorted(kugiri), kanno] if hajime < kanno else []
    return [(a, b - timedelta(days=1), a < nigatsu_go) for a, b in pairwise(hi)]


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


def _chui(kigen: date, kukan: int, nofu: bool) -> tuple[Chui, ...]:
    out = []
    if yasumi(kigen):
        tsugi = yokukaichobi(kigen)
        out.append(
            Chui(
                "heichobi",
                f"入れた納期限 {jp(kigen)} は閉庁日（土曜・日曜・祝日・年末年始）です。本当の納期限は、次の開庁日の {jp(tsugi)} のはずです。納付書で確かめて直してください。いまの額は、{jp(kigen)} の翌日から数えています。",
            )
        )
    ichibu = "" if nofu else "完納の前に一部を納めていたら、その日と額も入れてください。"
    out.append(
        Chui(
            "tokusoku",
            f"督促状の指定期限までに完納した時は、延滞金はかかりません（徴収法28条5項1号）。{ichibu}",
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
