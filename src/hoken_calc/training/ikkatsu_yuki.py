"""一括有期事業（建設）の練習。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from ..hasu_shori import SOUKATSU_SENEN_KIRISUTE
from ..ikkatsu_yuki import shiki as s
from ..sheet import Const, Day, Lookup, Total, day
from ..sheet.render import number, permille
from ..tables import jp, nendo_label, table
from .kamoku import NAMAE, Jirei, Kamoku, ShiryoHyo, Yarikata

# 2024年4月に率の変わった業種と、変わらなかった業種（業種番号、機械装置の区分）。
KAWATTA = (("36", "sonota"), ("36", "kumitate"), ("37", None))
ONAJI = (("35", None), ("38", None))
TOSHI = (2024, 2025)
ZEI = 10


def _jirei(bango: int, r: Random) -> Jirei:
    """率の変わった2024年4月の前後に始めた工事と、入れない工事を混ぜる。"""
    nendo = r.choice(TOSHI)
    gyoshu = [r.choice(KAWATTA), r.choice(ONAJI)]
    shigatsu = date(nendo, 4, 1)
    koji = [
        _koji(r, gyoshu[0], date(2024, 4, 1) - timedelta(days=r.randint(20, 200)), shigatsu),
        _koji(r, gyoshu[0], date(2024, 4, 1) + timedelta(days=r.randint(0, 200)), shigatsu),
        _koji(r, gyoshu[0], date(2024, 4, 1) + timedelta(days=r.randint(0, 200)), shigatsu),
        _koji(r, gyoshu[1], date(2024, 4, 1) - timedelta(days=r.randint(20, 200)), shigatsu),
        # 下請の工事と、年度の中に終わらない工事は入れない。
        {**_koji(r, gyoshu[0], shigatsu, shigatsu), "motouke": False},
        _koji(r, gyoshu[0], shigatsu, date(nendo + 1, 4, 1)),
    ]
    r.shuffle(koji)
    data: dict[str, Any] = {"nendo": nendo, "koji": koji}
    joken = {"確定の保険年度": nendo_label(nendo), "率の表": _ritsu(gyoshu)}
    gyo = [
        (
            f"工事{i}",
            _gyoshu_mei(k["gyoshu"], k.get("kubun")),
            jp(date.fromisoformat(k["kaishi"])),
            jp(date.fromisoformat(k["shuryo"])),
            "元請" if k.get("motouke", True) else "下請",
            number(_zeikomi(k["ukeoi_kingaku"])),
            number(_zeikomi(k["ukeoi_kingaku"]) - k["ukeoi_kingaku"]),
        )
        for i, k in enumerate(koji, 1)
    ]
    midashi = (
        "",
        "業種",
        "開始日",
        "終了日",
        "元請か",
        "請負金額（税込み・円）",
        "うち消費税（円）",
    )
    return Jirei(bango, f"{r.choice(NAMAE)}建設", data, joken, ShiryoHyo(midashi, gyo))


def _koji(
    r: Random, gyoshu: tuple[str, str | None], kaishi: date, owari_kara: date
) -> dict[str, Any]:
    """1つの工事。`owari_kara` から120日までに終わる。"""
    shuryo = max(owari_kara, kaishi) + timedelta(days=r.randint(5, 120))
    return {
        "gyoshu": gyoshu[0],
        "kubun": gyoshu[1],
        "kaishi": kaishi.isoformat(),
        "shuryo": shuryo.isoformat(),
        "ukeoi_kingaku": r.randint(200, 2400) * 10_000 + r.randint(0, 99) * 10,
    }


def _zeikomi(zeinuki: int) -> int:
    return zeinuki * (100 + ZEI) // 100


def _gyoshu_mei(gyoshu: str, kubun: str | None) -> str:
    return f"{gyoshu} {s.KUBUN.get(kubun or '', '')}".strip()


def _ritsu(gyoshu: Sequence[tuple[str, str | None]]) -> str:
    """選ぶのも練習なので、2つの時期の率を並べる。"""
    out = []
    for bango, kubun in gyoshu:
        for hi in (date(2018, 4, 1), date(2024, 4, 1)):
            romuhi = table("romuhi_ritsu").find(hi, s.kagi(bango, kubun))["romuhi_ritsu"]
            rosai = table("rosai_hokenritsu").find(hi, bango)
            na = " ".join(filter(None, (rosai.name, s.KUBUN.get(kubun or ""))))
            out.append(
                f"{na}（{jp(hi)}から）"
                f"労務費率 {number(romuhi * 100)}%・労災保険率 {permille(rosai['ritsu'])}"
            )
    return "、".join(out)


KAMOKU = Kamoku(
    "ikkatsu_yuki",
    "一括有期事業（建設）",
    (s.KOJI, s.SOUKATSU_GYO, s.GAISAN_GYO, s.SHEET),
    (
        "ukeoi_kei",
        "chingin_sogaku",
        "gyo_hokenryo",
        "chingin_gokei",
        "kakutei_hokenryo",
        "ippan_kyoshutsukin",
    ),
    _jirei,
)


def _nendo_no_hi(y: Yarikata) -> Day:
    return day(Const(y.data["nendo"]), 0, 4, 1)


@KAMOKU.yoku_aru("ritsu_no_jiki", "工事を始めた時期でなく、この年度の労災保険率を使っています。")
def _(y: Yarikata) -> None:
    kotoshi = Lookup("rosai_hokenritsu", "ritsu", _nendo_no_hi(y), s.gyoshu, "‰")
    y.swap("kijun_ritsu", formula=kotoshi)


@KAMOKU.yoku_aru("jiki", "工事を始めた時期でなく、この年度の労務費率と労災保険率を使っています。")
def _(y: Yarikata) -> None:
    kotoshi = _nendo_no_hi(y)
    romuhi = Lookup("romuhi_ritsu", "romuhi_ritsu", kotoshi, s.romuhi_kagi, "%")
    y.swap("gyo_romuhi_ritsu", formula=romuhi)
    y.swap("kijun_ritsu", formula=Lookup("rosai_hokenritsu", "ritsu", kotoshi, s.gyoshu, "‰"))


@KAMOKU.yoku_aru("mikanryo", "年度の中に終わっていない工事を入れています。")
def _(y: Yarikata) -> None:
    owari = date(y.data["nendo"] + 1, 3, 31).isoformat()
    for k in y.data["koji"]:
        k["shuryo"] = min(k["shuryo"], owari)


@KAMOKU.yoku_aru("shitauke", "下請の工事を入れています。保険料は元請が納めます。")
def _(y: Yarikata) -> None:
    for k in y.data["koji"]:
        k["motouke"] = True


@KAMOKU.yoku_aru("zeikomi", "請負金額を税込みのまま使っています。")
def _(y: Yarikata) -> None:
    for k in y.data["koji"]:
        k["ukeoi_kingaku"] = _zeikomi(k["ukeoi_kingaku"])


@KAMOKU.yoku_aru("romuhi_wasure", "労務費率を掛け忘れ、請負金額を賃金総額にしています。")
def _(y: Yarikata) -> None:
    y.swap("chingin_sogaku", formula=s.ukeoi_kei + Total(s.chingin_jissai))


@KAMOKU.yoku_aru("senen_wasure", "総括表の行で、1,000円未満を切り捨てていません。")
def _(y: Yarikata) -> None:
    y.swap("chingin_sogaku", rounding=None)


@KAMOKU.yoku_aru(
    "kojigoto_senen", "工事ごとに請負金額の1,000円未満を切り捨てています。集計してから計算します。"
)
def _(y: Yarikata) -> None:
    y.swap("ukeoi_sogaku", rounding=SOUKATSU_SENEN_KIRISUTE)
