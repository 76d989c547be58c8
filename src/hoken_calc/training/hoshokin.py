"""報奨金の練習。"""

from __future__ import annotations

from random import Random
from typing import Any

from ..hoshokin import shiki as s
from ..kibetsu import HOKEN_KANKEI
from ..sheet import Total, choice
from ..sheet.render import number
from ..tables import nendo_label
from .kamoku import NAMAE, Jirei, Kamoku, ShiryoHyo, Yarikata

TOSHI = (2022, 2023, 2024)
NINZU = (2, 4, 5, 9, 15, 16, 12, 3)
# 上限を超える事例で、額を大きくする倍数。どの額でも超える。
OOKII = 200


def _jirei(bango: int, r: Random) -> Jirei:
    """番号を6で割った余りで型が変わる: 2・5 上限を超える額、3 95%に足りない、ほかはふつう。"""
    kata = bango % 6
    baisu, mino = (OOKII if kata in (2, 5) else 1), (1 if kata == 3 else 10)
    itaku = [_jigyojo(r, i, n, baisu, mino) for i, n in enumerate(NINZU, 1)]
    nendo = r.choice(TOSHI)
    data: dict[str, Any] = {"nendo": nendo, "itaku": itaku}
    joken = {
        "確定の保険年度": f"{nendo_label(nendo)}（{nendo_label(nendo + 1)}に交付）",
        "納付": "判定日までの額。滞納処分と不正の行為は無い",
        "電子化分": "単価が分からないので数えない",
    }
    midashi = (
        "枝番号",
        "労働者数",
        "保険関係",
        "確定保険料",
        "追徴金・延滞金",
        "納付額（計）",
        "うち督促の後",
        "一般拠出金（全部納付）",
    )
    gyo = [
        (
            k["eda"],
            f"{k['rodoshasu']}人",
            HOKEN_KANKEI[k["hoken_kankei"]] + ("（二元適用）" if k["nigen"] else ""),
            *(number(k[x]) for x in ("kakutei_hokenryo", "tsuichokin", "nofu_gaku")),
            number(k["tokusoku_nofu_gaku"]),
            number(k["ippan_kyoshutsukin"]),
        )
        for k in itaku
    ]
    return Jirei(bango, f"{r.choice(NAMAE)}労働保険事務組合", data, joken, ShiryoHyo(midashi, gyo))


def _jigyojo(r: Random, bango: int, ninzu: int, baisu: int, mino_bun: int) -> dict[str, Any]:
    """3件目は督促の後の納付、4件目は追徴金、7件目は `mino_bun` 分の1の未納、1・5件目は二元適用。"""
    kakutei = r.randint(40, 90) * 10_000 * baisu + r.randint(0, 9999)
    tsuichokin = kakutei // 100 * 10 if bango == 4 else 0
    mino = kakutei // mino_bun if bango == 7 else 0
    nigen = bango in (1, 5)
    return {
        "eda": f"{bango:03}",
        "rodoshasu": ninzu,
        "hoken_kankei": "rosai" if nigen else "ryohoken",
        "nigen": nigen,
        "kakutei_hokenryo": kakutei,
        "tsuichokin": tsuichokin,
        "nofu_gaku": kakutei + tsuichokin - mino,
        "tokusoku_nofu_gaku": kakutei // 3 if bango == 3 else 0,
        "ippan_kyoshutsukin": kakutei // 500,
        "ippan_nofu_gaku": kakutei // 500,
    }


KAMOKU = Kamoku(
    "hoshokin",
    "報奨金",
    (s.JIGYOJO, s.SHEET),
    (
        "taisho_kensu",
        "teiritsu_kiso",
        "teiritsu",
        "teigaku",
        "teiritsu_teigaku_gokei",
        "hoshokin",
        "ippan_hoshokin",
    ),
    _jirei,
)


@KAMOKU.yoku_aru("jurokunin", "16人以上の事業場を入れています。対象は常時15人以下です。")
def _(y: Yarikata) -> None:
    y.swap("taisho", formula=s.rodoshasu >= 0)


@KAMOKU.yoku_aru("gonin", "5人の事業場を「5人未満」に入れています。")
def _(y: Yarikata) -> None:
    y.swap("gonin_miman", formula=s.rodoshasu <= s.su("gonin"))


@KAMOKU.yoku_aru("nigen_nihoken", "二元適用の事業場に、二保険の単価を使っています。")
def _(y: Yarikata) -> None:
    y.swap("nihoken", formula=(s.hoken_kankei == "ryohoken") | ~s.ichigen)


@KAMOKU.yoku_aru("tokusoku", "督促を受けて納めた額を引いていません。")
def _(y: Yarikata) -> None:
    y.swap("tokusoku_nashi", formula=s.hokenryo_nofu.kin_nofu_gaku)


@KAMOKU.yoku_aru("tsuichokin", "追徴金・延滞金を、定率の基礎に入れています。")
def _(y: Yarikata) -> None:
    y.swap("kiso", formula=y.line("kiso").formula + s.hokenryo_nofu.tsuichokin_uchiwake)
    y.swap("teiritsu_kiso", formula=Total(s.hokenryo_narabi.kiso))


@KAMOKU.yoku_aru("kakutei", "納めた額でなく、確定保険料に率を掛けています。")
def _(y: Yarikata) -> None:
    y.swap("teiritsu_kiso", formula=s.hokenryo_kei.kakutei_gokei)


@KAMOKU.yoku_aru("jogen", "上限を忘れています。")
def _(y: Yarikata) -> None:
    y.swap("hoshokin", formula=choice(s.kofu_kano, s.teiritsu_teigaku_gokei, 0))


@KAMOKU.yoku_aru(
    "jigyogoto", "95%を事業場ごとに見て、足りない所を除いています。全部を合わせて見ます。"
)
def _(y: Yarikata) -> None:
    x = s.hokenryo
    subeki = x.kakutei + x.tsuichokin + x.entaikin
    wariai = s.su("nofu_wariai")
    y.swap("taisho", formula=s.taisho.formula & (x.nofu_gaku >= subeki * wariai))


@KAMOKU.yoku_aru("ippan_teiritsu", "一般拠出金にも、労働保険料の定率を使っています。")
def _(y: Yarikata) -> None:
    ritsu = s.su("teiritsu")
    y.swap("ippan_teiritsu", formula=s.ippan_kei.teiritsu_kiso * ritsu)
