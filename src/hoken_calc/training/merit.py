"""メリット制の練習。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

from .. import calc
from ..kekka import Keisan
from ..merit import mitsu_no_nendo
from ..merit import shiki as s
from ..sheet import Band, Const, Lookup, Total, day
from ..sheet.render import number, permille
from ..tables import nendo_label, table, teisu_no_atai
from .kamoku import NAMAE, Jirei, Kamoku, ShiryoHyo, Yarikata

TOSHI = (2024, 2025, 2026)
SEIZO = ("44", "54", "57")
KENSETSU = ("35", "37")
# 賃金をこの額の倍にすると、分母と、その75%・85%に1円未満が出ない。
KIZAMI = 20_000_000
KIZAMI_KENSETSU = 1_000_000
# 給付が保険料の何％か。小さい一括有期では、別表第3と別表第3の2の増減率が違う収支率になる幅。
WARIAI = (10, 110)
WARIAI_IKKATSU = ((10, 34), (62, 110))


def _jirei(bango: int, r: Random) -> Jirei:
    """番号を4で割った余りで型が変わる: 0・1 継続事業、2 小さい一括有期、3 ちょうど区間の端。"""
    kata, nendo = bango % 4, r.choice(TOSHI)
    ikkatsu = kata == 2
    gyoshu = r.choice(KENSETSU if ikkatsu else SEIZO)
    toshi = mitsu_no_nendo(nendo)
    # 率に使う3つの年度の前後も見せる。
    wariai = r.choice(WARIAI_IKKATSU) if ikkatsu else WARIAI
    nendobetsu = {
        y: _nendo(r, y, gyoshu, wariai, ikkatsu) for y in range(toshi[0] - 1, toshi[-1] + 2)
    }
    mittsu = [nendobetsu[y] for y in toshi]
    data: dict[str, Any] = {
        "nendo": nendo,
        "gyoshu": gyoshu,
        "keitai": "ikkatsu_yuki_kensetsu" if ikkatsu else "keizoku",
        "seiritsu": "2005-04-01",
        "nendobetsu": mittsu,
    }
    if kata == 3:
        _chodo(mittsu, r.choice((75, 85)), data)
    tsukin = {y: r.randint(10, 60) * 10_000 for y in nendobetsu}
    joken = {
        "率を使う年度": nendo_label(nendo),
        "業種": _ritsu(nendo, gyoshu),
        "事業の形": s.KEITAI[data["keitai"]],
        "非業務災害率": permille(
            table("teisu").find(date(nendo, 4, 1), "higyomu_saigai_ritsu")["atai"]
        ),
    }
    midashi = (
        "",
        "労働者数",
        "賃金総額（円）",
        "確定保険料・労災分（円）",
        "業務災害の保険給付（円）",
        "業務災害の特別支給金（円）",
        "通勤災害の保険給付（円）",
    )
    gyo = [
        (
            nendo_label(y),
            f"{k['rodoshasu']}人",
            *(number(k[x]) for x in ("chingin_sogaku", "rosai_hokenryo", "kyufu")),
            number(k["tokubetsu_shikyukin"]),
            number(tsukin[y]),
        )
        for y, k in nendobetsu.items()
    ]
    yobun = {"tsukin": [tsukin[y] for y in toshi], "tsugi": [nendobetsu[y + 1] for y in toshi]}
    namae = f"{r.choice(NAMAE)}{'建設' if ikkatsu else '製作所'}"
    return Jirei(bango, namae, data, joken, ShiryoHyo(midashi, gyo), yobun)


def _nendo(
    r: Random, nendo: int, gyoshu: str, wariai: tuple[int, int], ikkatsu: bool
) -> dict[str, Any]:
    """1つの年度。小さい一括有期の確定保険料は、どの年度も40万円以上100万円未満。"""
    hi = date(nendo, 4, 1)
    ritsu = table("rosai_hokenritsu").find(hi, gyoshu)["ritsu"]
    if ikkatsu:
        miman = ceil(teisu_no_atai("merit_shokibo_jogen", hi) / (ritsu * KIZAMI_KENSETSU))
        chingin = KIZAMI_KENSETSU * r.randint(50, min(80, miman - 1))
    else:
        chingin = KIZAMI * r.randint(25, 45)
    hokenryo = int(chingin * ritsu)
    kyufu = hokenryo * r.randint(*wariai) // 100
    return {
        "nendo": nendo,
        "rodoshasu": str(r.randint(15, 18) if ikkatsu else r.randint(120, 180)),
        "chingin_sogaku": chingin,
        "rosai_hokenryo": hokenryo,
        "kyufu": kyufu * 4 // 5,
        "tokubetsu_shikyukin": kyufu // 5,
    }


def _chodo(mittsu: list[dict[str, Any]], shushi_ritsu: int, data: dict[str, Any]) -> None:
    """収支率がちょうど `shushi_ritsu` になる給付にする。"""
    for k in mittsu:
        k["kyufu"] = k["tokubetsu_shikyukin"] = 0
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    mittsu[1]["kyufu"] = answer.run["bunbo"] * shushi_ritsu // 100


def _ritsu(nendo: int, gyoshu: str) -> str:
    """選ぶのも練習なので、3つの年度の始めの率も並べる。"""
    rows = [table("rosai_hokenritsu").find(date(y, 4, 1), gyoshu) for y in (nendo - 4, nendo)]
    ritsu = "、".join(
        f"{nendo_label(y)} {permille(row['ritsu'])}"
        for y, row in zip((nendo - 4, nendo), rows, strict=True)
    )
    return f"{rows[-1].name}（{ritsu}）"


KAMOKU = Kamoku(
    "merit",
    "メリット制",
    (s.NENDO_SHEET, s.SHEET),
    ("nendo_bunshi", "nendo_bunbo", "bunshi", "bunbo", "zogen_ritsu", "merit_ritsu"),
    _jirei,
)


@KAMOKU.yoku_aru("higyomu_bunbo", "分母で、非業務災害の分を引き忘れています。")
def _(y: Yarikata) -> None:
    y.swap("gyomu_hokenryo", formula=s.rosai_hokenryo)


@KAMOKU.yoku_aru(
    "higyomu_hiki", "料率で、非業務災害率を引かずに、労災保険率の全部に増減率を掛けています。"
)
def _(y: Yarikata) -> None:
    y.swap("merit_ritsu", formula=s.merit_go(s.kijun_ritsu, s.zogen_ritsu, Const(0)))


@KAMOKU.yoku_aru("higyomu_tashi", "料率で、引いた非業務災害率を足し戻し忘れています。")
def _(y: Yarikata) -> None:
    y.swap("merit_ritsu", formula=s.merit_ritsu.formula - s.higyomu_ritsu)


@KAMOKU.yoku_aru("chosei", "分母に調整率を掛け忘れています。")
def _(y: Yarikata) -> None:
    y.swap("bunbo", formula=Total(s.bunbo_narabi))


@KAMOKU.yoku_aru(
    "kukan_no_hashi", "区間の端を取り違えています。「以下」はその数を含み、「超える」は含みません。"
)
def _(y: Yarikata) -> None:
    band = y.line("zogen_ritsu").formula
    assert isinstance(band, Band)
    y.swap("zogen_ritsu", formula=replace(band, x=s.shushi_ritsu + Fraction(1, 10**9)))


@KAMOKU.yoku_aru("nendo", "3つの年度が1年ずれています。率を使う年度の4年前から2年前までです。")
def _(y: Yarikata) -> None:
    for k, tsugi in zip(y.data["nendobetsu"], y.yobun["tsugi"], strict=True):
        k |= {**tsugi, "nendo": k["nendo"]}


@KAMOKU.yoku_aru(
    "shokibo", "40万円以上100万円未満の年度があるのに、±40%の表（別表第3）を使っています。"
)
def _(y: Yarikata) -> None:
    y.swap("hyo", formula=Const(s.BEPPYO_3))


@KAMOKU.yoku_aru("tsukin", "通勤災害の給付を入れています。入れるのは業務災害だけです。")
def _(y: Yarikata) -> None:
    for k, gaku in zip(y.data["nendobetsu"], y.yobun["tsukin"], strict=True):
        k["kyufu"] += gaku


@KAMOKU.yoku_aru("tokubetsu_shikyukin", "特別支給金を分子に入れていません。")
def _(y: Yarikata) -> None:
    y.swap("nendo_bunshi", formula=s.kyufu)


@KAMOKU.yoku_aru(
    "mukashi_no_ritsu", "率を使う年度でなく、3つの年度の始めの労災保険率に増減率を掛けています。"
)
def _(y: Yarikata) -> None:
    mukashi = Lookup("rosai_hokenritsu", "ritsu", day(s.tekiyo_nendo, -4, 4, 1), s.gyoshu, "‰")
    y.swap("kijun_ritsu", formula=mukashi)
