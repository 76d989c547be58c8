"""特別加入の練習。"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from ..hasu_shori import ICHIEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from ..sheet import Const, Given, Lookup, choice, smaller
from ..sheet.render import number, permille
from ..tables import jp, nendo_label, table
from ..tokubetsu_kanyu import shiki as s
from .kamoku import NAMAE, Jirei, Kamoku, ShiryoHyo, Yarikata

NICHIGAKU = (3500, 5000, 6000, 7000, 9000, 10000, 14000, 16000, 20000, 25000)
GYOSHU = {"35": "17-2", "02": "17-4", "72": "17-1", "95": "17-6"}
TOSHI = (2022, 2023, 2024, 2025)


def _jirei(bango: int, r: Random) -> Jirei:
    """番号を3で割った余りが、特別加入の種類。"""
    shu, nendo = bango % 3 + 1, r.choice(TOSHI)
    gyoshu, sagyo = r.choice(list(GYOSHU.items()))
    kanyusha = [_kanyusha(r, nendo, i) for i in range(r.randint(2, 4))]
    data: dict[str, Any] = {"nendo": nendo, "shu": shu, "kanyusha": kanyusha}
    data |= {1: {"gyoshu": gyoshu}, 2: {"sagyo": sagyo}, 3: {}}[shu]
    joken = {
        "保険年度": nendo_label(nendo),
        "特別加入の種類": s.SHU[shu],
        "率の表": _ritsu(nendo, gyoshu, sagyo),
    }
    gyo = [
        (
            f"加入者{i}",
            f"{number(k['nichigaku'])}円",
            jp(date.fromisoformat(k["shonin"])) if "shonin" in k else "前の年度から",
            jp(date.fromisoformat(k["dattai"])) if "dattai" in k else "なし",
        )
        for i, k in enumerate(kanyusha, 1)
    ]
    hyo = ShiryoHyo(("", "給付基礎日額", "承認日", "脱退日"), gyo)
    return Jirei(bango, r.choice(NAMAE), data, joken, hyo)


def _kanyusha(r: Random, nendo: int, bango: int) -> dict[str, Any]:
    """1人目は年度を通して、2人目は途中の加入、3人目は途中の脱退、4人目は両方。"""
    hajime = date(nendo, 4, 1)
    out: dict[str, Any] = {"nichigaku": r.choice(NICHIGAKU)}
    if bango in (1, 3):
        out["shonin"] = (hajime + timedelta(days=r.randint(30, 150))).isoformat()
    if bango in (2, 3):
        # 月の初めの日の脱退は、前の月までで数える。
        dattai = hajime + timedelta(days=r.randint(180, 320))
        out["dattai"] = (dattai.replace(day=1) if r.random() < 0.3 else dattai).isoformat()
    return out


def _ritsu(nendo: int, gyoshu: str, sagyo: str) -> str:
    """選ぶのも練習なので、3つの種の率を並べる。"""
    shigatsu = date(nendo, 4, 1)
    dai1 = table("rosai_hokenritsu").find(shigatsu, gyoshu)
    dai2 = table("tokubetsu_2shu_ritsu").find(shigatsu, sagyo)
    dai3 = table("tokubetsu_3shu_ritsu").find(shigatsu)
    return "、".join(
        (
            f"労災保険率 {dai1.name} {permille(dai1['ritsu'])}",
            f"第2種 {dai2['toku_bango']} {permille(dai2['ritsu'])}",
            f"第3種 {permille(dai3['ritsu'])}",
        )
    )


KAMOKU = Kamoku(
    "tokubetsu_kanyu",
    "特別加入",
    (s.KANYUSHA, s.SHEET),
    ("tsukisu", "santei_kiso", "santei_kiso_gokei", "hokenryo"),
    _jirei,
)


@KAMOKU.yoku_aru("getsugaku_kirisute", "月額の1円未満を切り捨てています。切り上げます。")
def _(y: Yarikata) -> None:
    y.swap("getsugaku", rounding=ICHIEN_MIMAN_KIRISUTE)


@KAMOKU.yoku_aru(
    "nenkan_tsukiwari", "1年分を月数で割り、最後に切り捨てています。先に月額を出します。"
)
def _(y: Yarikata) -> None:
    tsukiwari = choice(s.tsunen, s.nenkan_kiso, s.nenkan_kiso * s.tsukisu / 12)
    y.swap("santei_kiso", formula=tsukiwari, rounding=ICHIEN_MIMAN_KIRISUTE)


@KAMOKU.yoku_aru(
    "dattai_no_tsuki", "脱退した日の月まで数えています。数えるのは、その前日の月までです。"
)
def _(y: Yarikata) -> None:
    made = choice(Given(s.dattai), smaller(s.dattai, s.nendo_owari), s.nendo_owari)
    y.swap("owari", formula=made)


@KAMOKU.yoku_aru("shonin_no_yokugetsu", "加入した月を数えていません。承認日の月から数えます。")
def _(y: Yarikata) -> None:
    kazu = y.line("tsukisu").formula
    y.swap("tsukisu", formula=choice(s.mae_kara, kazu, kazu - 1))


@KAMOKU.yoku_aru("ichinenbun", "途中で加入・脱退した人に、1年分の額を使っています。")
def _(y: Yarikata) -> None:
    y.swap("santei_kiso", formula=s.nenkan_kiso)


@KAMOKU.yoku_aru("kojin_senen", "1人ずつ1,000円未満を切り捨てています。切るのは合計で1度だけです。")
def _(y: Yarikata) -> None:
    y.swap("santei_kiso", rounding=SENEN_MIMAN_KIRISUTE)


@KAMOKU.yoku_aru("gokei_senen_wasure", "合計の1,000円未満を切り捨てていません。")
def _(y: Yarikata) -> None:
    y.swap("santei_kiso_gokei", rounding=None)


@KAMOKU.yoku_aru("sanbyaku_rokuju", "365でなく、12か月×30日（360）を掛けています。")
def _(y: Yarikata) -> None:
    y.swap("nenkan_kiso", formula=s.nichigaku * 360)


@KAMOKU.yoku_aru("dai1shu_ni_dai2shu", "第1種に、第2種の率を使っています。")
def _(y: Yarikata) -> None:
    if y.data["shu"] == 1:
        sagyo = Const(GYOSHU[y.data["gyoshu"]])
        y.swap("ritsu", formula=Lookup("tokubetsu_2shu_ritsu", "ritsu", s.nendo_hajime, sagyo, "‰"))


@KAMOKU.yoku_aru("dai2shu_ni_dai1shu", "第2種に、労災保険率（第1種の率）を使っています。")
def _(y: Yarikata) -> None:
    if y.data["shu"] == 2:
        gyoshu = Const(next(g for g, sagyo in GYOSHU.items() if sagyo == y.data["sagyo"]))
        y.swap("ritsu", formula=Lookup("rosai_hokenritsu", "ritsu", s.nendo_hajime, gyoshu, "‰"))
