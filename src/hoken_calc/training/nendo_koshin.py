"""年度更新の練習。"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from ..hasu_shori import ICHIEN_MIMAN_KIRIAGE, ICHIEN_MIMAN_KIRISUTE
from ..kibetsu import HOSHIKI
from ..nendo_koshin import shiki as s
from ..nendo_koshin.nyuryoku import GYO, HIHOKENSHA_KUBUN, ROSAI_KUBUN, SHOYO, TSUKI
from ..sheet import Const, Given, Line, Lookup, choice, day, larger, smaller
from ..sheet.render import number, permille
from ..tables import nendo_label, table
from ..tokubetsu_kanyu import KANYUSHA
from .kamoku import NAMAE, Change, Jirei, Kamoku, ShiryoHyo, Yarikata

SHIGOTO = {"46": "印刷", "41": "食品", "98": "商店", "94": "サービス", "53": "鋳造", "96": "警備"}
NICHIGAKU = (5000, 8000, 10000, 12000, 14000)


def _jirei(bango: int, r: Random) -> Jirei:
    """番号を4で割った余りで型が変わる: 0 基礎額が同じ、1 特別加入と払い過ぎ、
    2 個別の申告、3 小さな事業場の延納。
    """
    kata = bango % 4
    gyoshu = r.choice(("46", "41", "96")) if kata == 0 else r.choice(list(SHIGOTO))
    ninzu = r.randint(2, 4) if kata == 3 else r.randint(8, 16) if kata == 2 else r.randint(3, 12)
    tsukibetsu = _tsukibetsu(r, ninzu, onaji=kata == 0)
    chingin = sum(tsukibetsu["joyo"]["en"])
    data: dict[str, Any] = {
        "nendo": r.choice((2023, 2024, 2025)),
        "hoshiki": "kobetsu" if kata == 2 else "jimukumiai",
        "hoken_kankei": "ryohoken",
        "gyoshu": gyoshu,
        "koyo_kubun": "ippan",
        "chingin": {"tsukibetsu": tsukibetsu},
        # 確定はおよそ賃金の2%。払い過ぎも不足も出るように振る。
        "shinkokuzumi_gaisan": chingin
        // 50
        * r.randint(*((130, 220) if kata == 1 else (60, 110)))
        // 100,
        "juto_ishi": 3,
        "kaisu": 3 if kata != 2 or chingin > 35_000_000 else 1,
    }
    if kata == 1:
        kanyusha = [{"nichigaku": r.choice(NICHIGAKU)} for _ in range(r.randint(1, 3))]
        data["tokubetsu_kanyu"] = {"kakutei": kanyusha, "gaisan": kanyusha}
    if r.random() < 0.3:
        mikomi = chingin * r.randint(55, 190) // 100
        data["mikomi"] = {"rosai": mikomi, "koyo": mikomi}
    namae = f"{r.choice(NAMAE)}{SHIGOTO[gyoshu]}"
    return Jirei(bango, namae, data, _joken(data), _hyo(tsukibetsu))


def _tsukibetsu(r: Random, ninzu: int, onaji: bool) -> dict[str, Any]:
    def tsuki(hitori: int) -> list[int]:
        return [
            r.randint(180_000, 320_000) * hitori // 10 * 10 + r.randint(0, 9) for _ in range(TSUKI)
        ]

    joyo = tsuki(ninzu)
    shoyo = [r.randint(150_000, 400_000) * ninzu for _ in range(SHOYO - 1)]
    hyo = {"joyo": {"ninzu": [ninzu] * TSUKI, "en": joyo + shoyo}}
    if not onaji:
        rinji = r.randint(1, 3)
        hyo["rinji"] = {"ninzu": [rinji] * TSUKI, "en": [x // 3 for x in tsuki(rinji)]}
    hyo["hihokensha"] = {"ninzu": [ninzu] * TSUKI, "en": joyo + shoyo}
    return hyo


def _joken(d: dict[str, Any]) -> dict[str, str]:
    joken = {
        "年度": f"{nendo_label(d['nendo'])}の確定と{nendo_label(d['nendo'] + 1)}の概算",
        "申告の方式": HOSHIKI[d["hoshiki"]],
        "業種": table("rosai_hokenritsu").rows[d["gyoshu"]][-1].name,
        "雇用保険の事業の区分": s.KOYO_KUBUN[d["koyo_kubun"]],
        "使う率": _ritsu(d),
        "申告済みの概算保険料": f"{number(d['shinkokuzumi_gaisan'])}円",
        "納付回数": s.KAISU[d["kaisu"]],
        "充当意思": f"{d['juto_ishi']} {s.JUTO_ISHI[d['juto_ishi']]}",
    }
    if "mikomi" in d:
        joken["概算の年度の見込賃金"] = f"労災・雇用とも {number(d['mikomi']['rosai'])}円"
    if "tokubetsu_kanyu" in d:
        nichigaku = "、".join(
            f"{number(k['nichigaku'])}円" for k in d["tokubetsu_kanyu"]["kakutei"]
        )
        joken["特別加入の給付基礎日額"] = f"{nichigaku}（確定・概算とも年度を通して）"
    return joken


def _ritsu(d: dict[str, Any]) -> str:
    """選ぶのも練習なので、前後の年度の雇用保険率も並べる。"""
    shigatsu = date(d["nendo"], 4, 1)
    rosai = table("rosai_hokenritsu").find(shigatsu, d["gyoshu"])["ritsu"]
    ippan = table("ippan_kyoshutsukin_ritsu").find(shigatsu)["ritsu"]
    koyo = "、".join(
        f"{nendo_label(y)} {permille(table('koyo_hokenritsu').find(date(y, 4, 1), d['koyo_kubun'])['ritsu'])}"
        for y in range(d["nendo"] - 1, d["nendo"] + 2)
    )
    return f"労災 {permille(rosai)}、雇用 {koyo}、一般拠出金 {permille(ippan)}"


def _hyo(tsukibetsu: dict[str, Any]) -> ShiryoHyo:
    kubun = {k: v for k, v in (ROSAI_KUBUN | HIHOKENSHA_KUBUN).items() if k in tsukibetsu}
    midashi = [f"{v} {tani}" for v in kubun.values() for tani in ("人数", "円")]
    gyo = [
        (name, *(_at(tsukibetsu[k][x], r) for k in kubun for x in ("ninzu", "en")))
        for r, name in enumerate(GYO)
    ]
    return ShiryoHyo(("", *midashi), gyo)


def _at(x: list[int], r: int) -> str:
    return number(x[r]) if r < len(x) else ""


KAMOKU = Kamoku(
    "nendo_koshin",
    "年度更新",
    (s.SHEET, KANYUSHA),
    (
        "rosai_kiso",
        "koyo_kiso",
        "kakutei_rosai",
        "kakutei_koyo",
        "kakutei_tokubetsu",
        "kakutei_hokenryo",
        "ippan_kyoshutsukin",
        "gaisan_hokenryo",
        "fusoku_gaku",
        "juto_gaku",
        "kanpu_gaku",
        "ki1_juto",
        "kyoshutsukin_juto",
        "ki1_nofu_gaku",
        "ki2_nofu_gaku",
        "ki2_nofu_kigen",
        "ki3_nofu_gaku",
        "ki3_nofu_kigen",
    ),
    _jirei,
)

KISO = ("rosai_kiso", "koyo_kiso", "tokubetsu_kiso", "gaisan_tokubetsu_kiso")


@KAMOKU.yoku_aru("senen_wasure", "1,000円未満を切り捨てていません。")
def _(y: Yarikata) -> None:
    for id in KISO:
        y.swap(id, rounding=None)


@KAMOKU.yoku_aru("tsukigoto", "月ごとに1,000円未満を切り捨てています。")
def _(y: Yarikata) -> None:
    hyo = y.data["chingin"]["tsukibetsu"]
    for kubun in (ROSAI_KUBUN, HIHOKENSHA_KUBUN):
        narabi = [hyo[k]["en"] for k in kubun if k in hyo]
        for tsuki in range(len(narabi[0])):
            kei = sum(en[tsuki] for en in narabi if tsuki < len(en))
            narabi[0][tsuki] -= kei % 1000


@KAMOKU.yoku_aru("en_wo_senen", "円の額を、千円の額だと思っています（1,000倍）。")
def _(y: Yarikata) -> None:
    for id in ("rosai_kiso", "koyo_kiso"):
        y.swap(id, formula=y.line(id).formula * 1000)


@KAMOKU.yoku_aru("senen_wo_en", "千円の欄の数字を、そのまま円として使っています（1,000分の1）。")
def _(y: Yarikata) -> None:
    for id in ("rosai_kiso", "koyo_kiso"):
        y.swap(id, formula=y.line(id).formula / 1000, rounding=ICHIEN_MIMAN_KIRISUTE)


def _juppai(*ids: str) -> Change:
    def change(y: Yarikata) -> None:
        for id in ids:
            y.swap(id, formula=y.line(id).formula * 10)

    return change


for _id, _na, _ritsu_no_gyo in (
    ("percent_rosai", "労災保険率", ("rosai_ritsu", "gaisan_rosai_ritsu")),
    ("percent_koyo", "雇用保険率", ("koyo_ritsu", "gaisan_koyo_ritsu")),
    ("percent_ippan", "一般拠出金率", ("ippan_ritsu",)),
):
    KAMOKU.yoku_aru(_id, f"{_na}: 1000分のいくつの率を、%（100分のいくつ）だと思っています。")(
        _juppai(*_ritsu_no_gyo)
    )


@KAMOKU.yoku_aru("kyonen_no_ritsu", "1つ前の年度の雇用保険率を使っています。")
def _(y: Yarikata) -> None:
    kyonen = Lookup("koyo_hokenritsu", "ritsu", day(s.nendo, -1, 4, 1), s.koyo_kubun, "‰")
    y.swap("koyo_ritsu", formula=kyonen)
    y.swap("gaisan_koyo_ritsu", formula=s.koyo_ritsu)


@KAMOKU.yoku_aru("ritsu_gyaku", "確定の雇用保険率と概算の雇用保険率を取り違えています。")
def _(y: Yarikata) -> None:
    kakutei, gaisan = y.line("koyo_ritsu").formula, y.line("gaisan_koyo_ritsu").formula
    y.swap("koyo_ritsu", formula=gaisan)
    y.swap("gaisan_koyo_ritsu", formula=kakutei)


@KAMOKU.yoku_aru("rosai_no_chingin", "労災の賃金を、雇用保険の賃金にも使っています。")
def _(y: Yarikata) -> None:
    y.swap("koyo_kiso", formula=s.rosai_kiso)


@KAMOKU.yoku_aru(
    "betsubetsu",
    "算定基礎額が同じなのに、労災と雇用を別々に切り捨てたままです（1円の加算を忘れている）。",
)
def _(y: Yarikata) -> None:
    y.swap("kakutei_ichien", formula=Const(0))
    y.swap("gaisan_ichien", formula=Const(0))


@KAMOKU.yoku_aru("ichien_kiriage", "保険料の1円未満を切り上げています。")
def _(y: Yarikata) -> None:
    for line in s.SHEET.lines:
        if line.rounding is ICHIEN_MIMAN_KIRISUTE and line.id != "ki_gaku":
            y.swap(line.id, rounding=ICHIEN_MIMAN_KIRIAGE)


@KAMOKU.yoku_aru(
    "mikomi_sonomama", "見込みが前年度の50%以上200%以下なのに、見込みの額を使っています。"
)
def _(y: Yarikata) -> None:
    rosai = choice(Given(s.mikomi_rosai), s.mikomi_rosai_kiso, s.rosai_kiso)
    koyo = choice(Given(s.mikomi_koyo), s.mikomi_koyo_kiso, s.koyo_kiso)
    y.swap("gaisan_rosai_kiso", formula=rosai)
    y.swap("gaisan_koyo_kiso", formula=koyo)


@KAMOKU.yoku_aru(
    "ippan_bunkatsu", "一般拠出金を3期に分けています。分けられないので、全額を第1期に納めます。"
)
def _(y: Yarikata) -> None:
    bunkatsu = Line(
        "ippan_bunkatsu",
        "一般拠出金の1回分",
        s.ippan_kyoshutsukin / s.nofu_kaisu,
        ICHIEN_MIMAN_KIRISUTE,
        when=s.gaisan_ari,
    )
    y.insert("ki1_kyoshutsukin", bunkatsu)
    y.swap("ki1_kyoshutsukin", formula=s.ippan_kyoshutsukin - bunkatsu * (s.nofu_kaisu - 1))
    for id in ("ki2_nofu_gaku", "ki3_nofu_gaku"):
        y.swap(id, formula=y.line(id).formula + bunkatsu)


@KAMOKU.yoku_aru("ippan_tokubetsu", "特別加入の額にも一般拠出金を掛けています。")
def _(y: Yarikata) -> None:
    y.swap("ippan_kiso", formula=s.rosai_kiso + s.tokubetsu_kiso)


@KAMOKU.yoku_aru("hasu_saigo", "3で割った端数の円を、最後の期に入れています。")
def _(y: Yarikata) -> None:
    saigo = s.gaisan_hokenryo - s.ki_gaku * (s.nofu_kaisu - 1)
    y.swap("ki1_gaisan", formula=choice(s.nofu_kaisu == 3, s.ki_gaku, s.gaisan_hokenryo))
    y.swap("ki3_gaisan", formula=saigo)


@KAMOKU.yoku_aru(
    "yonjuman",
    "事務組合に委託しているのに、40万円（片方の保険だけなら20万円）の基準を当てています。",
)
def _(y: Yarikata) -> None:
    y.swap("enno_kano", formula=s.kijun_ijo)
    y.swap("nofu_kaisu", formula=choice(s.enno_kano, s.kaisu, 1))


@KAMOKU.yoku_aru("juyokka_wasure", "事務組合の14日の延長を忘れています。")
def _(y: Yarikata) -> None:
    for ki in (2, 3):
        y.swap(f"ki{ki}_nofu_kigen", formula=y.line(f"ki{ki}_kijitsu"))


@KAMOKU.yoku_aru("yasumi_wasure", "期限の日が休みなのに、次の開いている日へ移していません。")
def _(y: Yarikata) -> None:
    for ki in (1, 2, 3):
        y.swap(f"ki{ki}_nofu_kigen", rounding=None)


@KAMOKU.yoku_aru("juto_ippan_saki", "払い過ぎた額を、第1期より先に一般拠出金へ充てています。")
def _(y: Yarikata) -> None:
    ippan = smaller(s.juto_waku, s.ippan_kyoshutsukin)
    y.swap("ki1_juto", formula=smaller(s.juto_waku - ippan, s.ki1_gaisan))
    y.swap("kyoshutsukin_juto", formula=ippan)


@KAMOKU.yoku_aru("juto_ippan_ato", "払い過ぎた額を、第2期・第3期の後で一般拠出金へ充てています。")
def _(y: Yarikata) -> None:
    nokori = s.juto_waku - s.ki1_juto
    ippan = smaller(larger(s.juto_waku - s.gaisan_hokenryo, 0), s.ippan_kyoshutsukin)
    y.swap("kyoshutsukin_juto", formula=ippan)
    y.swap("ki2_juto", formula=smaller(nokori, s.ki2_gaisan))
    y.swap("ki3_juto", formula=smaller(nokori - s.ki2_juto, s.ki3_gaisan))
