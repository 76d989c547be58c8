"""メリット制の式。

1つの保険年度（`NENDO_SHEET`: 対象の条件と、分母・分子のその年度の額）→
3保険年度の合計（`SHEET`: 収支率 → 増減率 → メリット料率）。給付1件（`KYUFU_SHEET`）。
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from ..hasu_shori import HITORI_MIMAN_KIRIAGE, ICHIEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from ..sheet import (
    Band,
    Check,
    Const,
    Expr,
    Given,
    Input,
    Line,
    Lookup,
    Sheet,
    Total,
    choice,
    day,
    larger,
    smaller,
)
from ..tables import cite, teisu
from ..tokubetsu_kanyu.taisho import JOKEN, gyotai
from ..tokubetsu_kanyu.taisho import rodoshasu as kigyo_rodoshasu

KEITAI = {
    "keizoku": "継続事業",
    "ikkatsu_yuki_kensetsu": "一括有期事業（建設）",
    "ikkatsu_yuki_ringyo": "一括有期事業（立木の伐採）",
}
BEPPYO_3 = "別表第3"
BEPPYO_3_RINGYO = "別表第3（立木の伐採）"
BEPPYO_3_2 = "別表第3の2"
BEPPYO_3_3 = "別表第3の3"

nendo = Input("nendo", "保険年度", "年度")
gyoshu = Input("gyoshu", "業種番号", "")
keitai = Input("keitai", "事業の形", "", KEITAI)
_SHIGATSU = day(nendo, 0, 4, 1)


Kazu = TypeVar("Kazu", Expr, Fraction)


def merit_go(kijun: Kazu, zogen: Kazu, higyomu: Kazu) -> Kazu:
    """非業務災害率を引いた分にだけ増減率を掛け、足し戻す式。"""
    return (kijun - higyomu) * (zogen + 100) / 100 + higyomu


# ---- 給付1件 ------------------------------------------------------------
KAZOEKATA = {"jitsugaku": "実額", "nissu": "日額×日数", "nozoku": "入れない"}
kyufu_shurui = Input("kyufu_shurui", "給付の種類", "")
kyufu_gaku = Input("kyufu_gaku", "受けた額（年金は日額）")

santei_nissu = Line(
    "santei_nissu",
    "掛ける日数",
    Lookup("merit_santei", "nissu", _SHIGATSU, kyufu_shurui),
    unit="",
    basis=cite("soku18"),
    why="実額の給付は1倍、年金は労基法の日数倍、入れない給付は0倍。",
)
santei_kyufu = Line(
    "santei_kyufu", "収支率に入れる額", kyufu_gaku * santei_nissu, basis=cite("soku18")
)
KYUFU_SHEET = Sheet(
    "merit_kyufu", "給付1件", (nendo, kyufu_shurui, kyufu_gaku), (santei_nissu, santei_kyufu)
)

# ---- 1つの保険年度 ------------------------------------------------------
rodoshasu = Input("rodoshasu", "労働者数", "人")
chingin_sogaku = Input("chingin_sogaku", "賃金総額（労災の算定基礎額）")
rosai_hokenryo = Input("rosai_hokenryo", "確定保険料（労災分）")
tokubetsu_kiso = Input("tokubetsu_kiso", "特別加入の算定基礎額")
tokubetsu_hokenryo = Input("tokubetsu_hokenryo", "第1種特別加入保険料")
kyufu = Input("kyufu", "業務災害の保険給付")
tokubetsu_shikyukin = Input("tokubetsu_shikyukin", "業務災害の特別支給金")
_TAISHO = "対象になる大きさか"
_GAKU = "収支率に使う額"

nendo_kijun_ritsu = Line(
    "nendo_kijun_ritsu",
    "その年度の業種の労災保険率",
    Lookup("rosai_hokenritsu", "ritsu", _SHIGATSU, gyoshu, "‰"),
    unit="‰",
    basis=cite("soku17"),
    when=Given(rodoshasu),
    section=_TAISHO,
)
nendo_higyomu_ritsu = Line(
    "nendo_higyomu_ritsu",
    "その年度の非業務災害率",
    teisu("higyomu_saigai_ritsu", _SHIGATSU, "‰"),
    unit="‰",
    basis=cite("choshuho12"),
    section=_TAISHO,
    why="通勤災害などの分。事業主の努力では減らせないので、メリットの計算から外す。",
)
hyakunin_ijo = Line(
    "hyakunin_ijo",
    "100人以上か",
    rodoshasu >= teisu("merit_rodoshasu", _SHIGATSU),
    unit="",
    basis=cite("choshuho12", "soku17"),
    when=Given(rodoshasu),
    section=_TAISHO,
    if_true="100人以上",
    if_false="100人に足りない",
    why="各月末に使っていた労働者の数の合計 ÷ 12 で見る。",
)
saigaido_keisu = Line(
    "saigaido_keisu",
    "災害度係数",
    rodoshasu * (nendo_kijun_ritsu - nendo_higyomu_ritsu),
    unit="",
    basis=cite("soku17"),
    when=Given(rodoshasu) & ~hyakunin_ijo,
    section=_TAISHO,
    why="人数が少なくても、危険の大きい業種なら対象にするための数。",
)
keisu_joken = Line(
    "keisu_joken",
    "20人以上で、災害度係数が0.4以上か",
    (rodoshasu >= teisu("merit_rodoshasu_kagen", _SHIGATSU))
    & (saigaido_keisu >= teisu("merit_saigaido", _SHIGATSU)),
    unit="",
    basis=cite("choshuho12", "soku17"),
    when=Given(rodoshasu) & ~hyakunin_ijo,
    section=_TAISHO,
    if_true="20人以上で、災害度係数が0.4以上",
    if_false="20人か災害度係数0.4に足りない",
    why="ちょうど20人、ちょうど0.4も「以上」に入る。",
)
keisu_ninzu = Line(
    "keisu_ninzu",
    "災害度係数が0.4になる人数",
    teisu("merit_saigaido", _SHIGATSU) / (nendo_kijun_ritsu - nendo_higyomu_ritsu),
    unit="人",
    basis=cite("soku17"),
    when=Given(rodoshasu) & ~hyakunin_ijo,
    section=_TAISHO,
)
hitsuyo_ninzu = Line(
    "hitsuyo_ninzu",
    "対象になる最も少ない人数",
    smaller(
        teisu("merit_rodoshasu", _SHIGATSU),
        larger(teisu("merit_rodoshasu_kagen", _SHIGATSU), keisu_ninzu),
    ),
    unit="人",
    basis=cite("soku17"),
    when=Given(rodoshasu) & ~hyakunin_ijo,
    section=_TAISHO,
    why="20人は要る。100人いれば係数は問わない。人数は12か月の平均なので、端数のまま比べる。",
)
seisu_ninzu = Line(
    "seisu_ninzu",
    "人数に端数が無い時の、対象になる最も少ない人数",
    hitsuyo_ninzu,
    rounding=HITORI_MIMAN_KIRIAGE,
    unit="人",
    basis=cite("soku17"),
    when=Given(rodoshasu) & ~hyakunin_ijo,
    section=_TAISHO,
)
nendo_hokenryo = Line(
    "nendo_hokenryo",
    "その年度の確定保険料",
    rosai_hokenryo + tokubetsu_hokenryo,
    basis=cite("soku17", "choshuho19"),
    when=keitai != "keizoku",
    section=_TAISHO,
    why="第1種特別加入保険料も確定保険料に入る。",
)
kakutei_joken = Line(
    "kakutei_joken",
    "確定保険料が40万円以上か",
    nendo_hokenryo >= teisu("merit_ikkatsu_kakutei", _SHIGATSU),
    unit="",
    basis=cite("choshuho12", "soku17"),
    when=keitai != "keizoku",
    section=_TAISHO,
    if_true="確定保険料が40万円以上",
    if_false="確定保険料が40万円に足りない",
    why="一括有期事業は、人数でなくても確定保険料の大きさで対象になる。",
)
nendo_taisho = Line(
    "nendo_taisho",
    "この年度は条件を満たすか",
    choice(
        hyakunin_ijo,
        hyakunin_ijo,
        choice((keitai == "keizoku") | keisu_joken, keisu_joken, kakutei_joken, quiet=True),
        quiet=True,
    ),
    unit="",
    basis=cite("choshuho12"),
    section=_TAISHO,
    if_true="満たす",
    if_false="満たさない",
)
shokibo = Line(
    "shokibo",
    "確定保険料が40万円以上100万円未満か",
    kakutei_joken & (nendo_hokenryo < teisu("merit_shokibo_jogen", _SHIGATSU)),
    unit="",
    basis=cite("beppyo3-2"),
    when=keitai != "keizoku",
    section=_TAISHO,
    if_true="40万円以上100万円未満",
    if_false="40万円以上100万円未満でない",
    why="3年のどれか1つでも当たれば、増減の幅は30%まで（別表第3の2）。ちょうど100万円は当たらない。",
)
gyomu_hokenryo = Line(
    "gyomu_hokenryo",
    "労災分から非業務災害の分を引いた額",
    rosai_hokenryo - chingin_sogaku * nendo_higyomu_ritsu,
    basis=cite("choshuho12", "soku19"),
    section=_GAKU,
    why="通勤災害などに充てる分は、分母にも入れない。",
)
tokubetsu_gyomu = Line(
    "tokubetsu_gyomu",
    "特別加入の分から非業務災害の分を引いた額",
    tokubetsu_hokenryo - tokubetsu_kiso * nendo_higyomu_ritsu,
    basis=cite("choshuho12", "soku19"),
    section=_GAKU,
    when=tokubetsu_hokenryo + tokubetsu_kiso > 0,
    why="第1種特別加入者の業務災害も分子に入るので、保険料も分母に入れる。",
)
nendo_bunbo = Line(
    "nendo_bunbo",
    "分母に入れるこの年度の保険料",
    gyomu_hokenryo + tokubetsu_gyomu,
    basis=cite("choshuho12"),
    section=_GAKU,
)
nendo_bunshi = Line(
    "nendo_bunshi",
    "分子に入れるこの年度の給付",
    kyufu + tokubetsu_shikyukin,
    basis=cite("choshuho12", "soku18", "soku18-3"),
    section=_GAKU,
    why="業務災害の分だけ。通勤災害は入れない。特別支給金は入れる。",
)
NENDO_SHEET = Sheet(
    "merit_nendo",
    "1つの保険年度",
    (
        nendo,
        gyoshu,
        keitai,
        rodoshasu,
        chingin_sogaku,
        rosai_hokenryo,
        tokubetsu_kiso,
        tokubetsu_hokenryo,
        kyufu,
        tokubetsu_shikyukin,
    ),
    (
        nendo_higyomu_ritsu,
        nendo_kijun_ritsu,
        hyakunin_ijo,
        saigaido_keisu,
        keisu_joken,
        keisu_ninzu,
        hitsuyo_ninzu,
        seisu_ninzu,
        nendo_hokenryo,
        kakutei_joken,
        nendo_taisho,
        shokibo,
        gyomu_hokenryo,
        tokubetsu_gyomu,
        nendo_bunbo,
        nendo_bunshi,
    ),
    (
        Check(
            "rodoshasu",
            "hissu",
            (keitai == "keizoku") & ~Given(rodoshasu),
            "継続事業では、労働者数（各月末の人数の合計÷12）を入れてください。",
        ),
        Check(
            "rosai_hokenryo",
            "sukunai",
            gyomu_hokenryo < 0,
            "確定保険料（労災分）が、賃金総額に非業務災害率を掛けた額より少なくなっています。賃金総額と保険料を確かめてください。",
        ),
        Check(
            "tokubetsu_hokenryo",
            "sukunai",
            tokubetsu_gyomu < 0,
            "特別加入保険料が、算定基礎額に非業務災害率を掛けた額より少なくなっています。",
        ),
    ),
)

# ---- 3保険年度の合計 ----------------------------------------------------
tekiyo_nendo = Input("nendo", "適用する保険年度", "年度")
seiritsu = Input("seiritsu", "保険関係の成立日", "日付")
tokurei = Input(
    "tokurei", "特例メリット", "", None, "特例メリットを申告した", "特例メリットを申告していない"
)
chosei_kubun = Input("chosei_kubun", "事業の区分", "")
taisho_narabi = Input("taisho_narabi", "条件を満たす年度の数", "")
shokibo_narabi = Input("shokibo_narabi", "40万円以上100万円未満の年度の数", "")
bunbo_narabi = Input("bunbo_narabi", "3年の保険料（非業務災害の分を引いた額）")
bunshi_narabi = Input("bunshi_narabi", "3年の給付と特別支給金")
saigo_chingin = Input("saigo_chingin", "3年の最後の年度の賃金総額")
saigo_tokubetsu = Input("saigo_tokubetsu", "3年の最後の年度の特別加入の算定基礎額")
tsuchi_ritsu = Input("tsuchi_ritsu", "通知された労災保険率", "‰")
_TEKIYO = day(tekiyo_nendo, 0, 4, 1)
_JOKEN = "メリット制の対象か"
_SHUSHI = "収支率"
_RITSU = "メリット料率"
_HOKENRYO = "保険料にすると"

kijunbi = Line(
    "kijunbi",
    "基準日",
    day(tekiyo_nendo, -1, 3, 31),
    unit="日付",
    basis=cite("choshuho12"),
    section=_JOKEN,
    why="3保険年度の最後の年度の3月31日。率は、その年度の次の次の年度に使う。",
)
seiritsu_joken = Line(
    "seiritsu_joken",
    "基準日に、成立から3年以上たっているか",
    seiritsu
    <= day(tekiyo_nendo, Const(-1) - teisu("merit_keika_nen", day(tekiyo_nendo, -2, 4, 1)), 4, 1),
    unit="",
    basis=cite("choshuho12"),
    section=_JOKEN,
    if_true="たっている",
    if_false="たっていない",
    why="3つの年度を通して保険関係があること。",
)
sannen_joken = Line(
    "sannen_joken",
    "3つの年度のどれも条件を満たすか",
    Total(taisho_narabi) == 3,
    unit="",
    basis=cite("choshuho12"),
    section=_JOKEN,
    if_true="どれも満たす",
    if_false="満たさない年度がある",
)
bunshi = Line(
    "bunshi",
    "分子（3年の業務災害の給付と特別支給金）",
    Total(bunshi_narabi),
    basis=cite("choshuho12", "soku18", "soku18-3"),
    section=_SHUSHI,
)
chosei_ritsu = Line(
    "chosei_ritsu",
    "第1種調整率",
    Lookup("merit_chosei_ritsu", "chosei_ritsu", _TEKIYO, chosei_kubun),
    unit="",
    basis=cite("soku19-2"),
    section=_SHUSHI,
    why="年金などの将来の支払いは3年の分子に出ないので、分母をその分小さくする。",
)
bunbo = Line(
    "bunbo",
    "分母（3年の保険料 × 調整率）",
    Total(bunbo_narabi) * chosei_ritsu,
    basis=cite("choshuho12", "soku19", "soku19-2"),
    section=_SHUSHI,
)
shushi_ritsu = Line(
    "shushi_ritsu",
    "収支率",
    bunshi / bunbo * 100,
    unit="％",
    basis=cite("choshuho12"),
    section=_SHUSHI,
    why="切らない値で区間を決める。どこで切るかを定めた条文は無い。",
)
hyo = Line(
    "hyo",
    "使う表",
    choice(
        tokurei,
        Const(BEPPYO_3_3),
        choice(
            Total(shokibo_narabi) > 0,
            Const(BEPPYO_3_2),
            choice(
                keitai == "ikkatsu_yuki_ringyo",
                Const(BEPPYO_3_RINGYO),
                Const(BEPPYO_3),
                quiet=True,
            ),
            quiet=True,
        ),
        quiet=True,
    ),
    unit="",
    basis=cite("choshuho12"),
    section=_RITSU,
    why="ふつうは別表第3（±40%）、立木の伐採は±35%、一括有期で40万円以上100万円未満の年度があれば別表第3の2（±30%）、特例メリットは別表第3の3（±45%）。",
)
zogen_ritsu = Line(
    "zogen_ritsu",
    "増減率",
    Band("merit_zogen", "zogen_ritsu", _TEKIYO, hyo, shushi_ritsu, "％"),
    unit="％",
    basis=cite("choshuho12"),
    section=_RITSU,
    why="「超える」はその数を含まず、「以下」は含む。ちょうど75%は減、ちょうど85%は増減なし。",
)
kijun_ritsu = Line(
    "kijun_ritsu",
    "業種の労災保険率",
    Lookup("rosai_hokenritsu", "ritsu", _TEKIYO, gyoshu, "‰"),
    unit="‰",
    basis=cite("choshuho12"),
    section=_RITSU,
    why="率を使う年度の率。3年の率ではない。",
)
higyomu_ritsu = Line(
    "higyomu_ritsu",
    "非業務災害率",
    teisu("higyomu_saigai_ritsu", _TEKIYO, "‰"),
    unit="‰",
    basis=cite("choshuho12"),
    section=_RITSU,
)
merit_ritsu = Line(
    "merit_ritsu",
    "メリット料率",
    merit_go(kijun_ritsu, zogen_ritsu, higyomu_ritsu),
    unit="‰",
    basis=cite("choshuho12"),
    section=_RITSU,
    why="非業務災害率を引いた分にだけ増減率を掛け、あとで足し戻す。",
)
tsuchi_sa = Line(
    "tsuchi_sa",
    "通知された率との差",
    tsuchi_ritsu - merit_ritsu,
    unit="‰",
    when=Given(tsuchi_ritsu),
    section=_RITSU,
)
saigo_kiso = Line(
    "saigo_kiso",
    "算定基礎額（3年の最後の年度と同じ賃金なら）",
    saigo_chingin,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho15"),
    section=_HOKENRYO,
)
kijun_hokenryo = Line(
    "kijun_hokenryo",
    "業種の率なら、1年の労災保険料",
    saigo_kiso * kijun_ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho11"),
    section=_HOKENRYO,
)
merit_hokenryo = Line(
    "merit_hokenryo",
    "メリット料率なら、1年の労災保険料",
    saigo_kiso * merit_ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho11", "choshuho12"),
    section=_HOKENRYO,
)
_TOKUBETSU_ARI = saigo_tokubetsu > 0
tokubetsu_santei_kiso = Line(
    "tokubetsu_santei_kiso",
    "特別加入の算定基礎額（3年の最後の年度と同じなら）",
    saigo_tokubetsu,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku21"),
    when=_TOKUBETSU_ARI,
    section=_HOKENRYO,
)
kijun_tokubetsu = Line(
    "kijun_tokubetsu",
    "業種の率なら、1年の第1種特別加入保険料",
    tokubetsu_santei_kiso * kijun_ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho13"),
    when=_TOKUBETSU_ARI,
    section=_HOKENRYO,
)
merit_tokubetsu = Line(
    "merit_tokubetsu",
    "メリット料率なら、1年の第1種特別加入保険料",
    tokubetsu_santei_kiso * merit_ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho13", "choshuho12"),
    when=_TOKUBETSU_ARI,
    section=_HOKENRYO,
    why="第1種特別加入の率は、その事業の労災保険率と同じ。メリット制で変われば、一緒に変わる。",
)
tokubetsu_sa = Line(
    "tokubetsu_sa",
    "第1種特別加入保険料の差",
    merit_tokubetsu - kijun_tokubetsu,
    basis=cite("choshuho13"),
    when=_TOKUBETSU_ARI,
    section=_HOKENRYO,
)
hokenryo_sa = Line(
    "hokenryo_sa",
    "メリット制で変わる額（1年）",
    merit_hokenryo - kijun_hokenryo + tokubetsu_sa,
    basis=cite("choshuho12"),
    section=_HOKENRYO,
    why="賃金が変われば、この額も変わる。目安として見る。",
)
SHEET = Sheet(
    "merit",
    "メリット制",
    (
        tekiyo_nendo,
        gyoshu,
        keitai,
        seiritsu,
        tokurei,
        chosei_kubun,
        taisho_narabi,
        shokibo_narabi,
        bunshi_narabi,
        bunbo_narabi,
        saigo_chingin,
        saigo_tokubetsu,
        tsuchi_ritsu,
    ),
    (
        kijunbi,
        seiritsu_joken,
        sannen_joken,
        bunshi,
        chosei_ritsu,
        bunbo,
        shushi_ritsu,
        hyo,
        zogen_ritsu,
        kijun_ritsu,
        higyomu_ritsu,
        merit_ritsu,
        tsuchi_sa,
        saigo_kiso,
        kijun_hokenryo,
        merit_hokenryo,
        tokubetsu_santei_kiso,
        kijun_tokubetsu,
        merit_tokubetsu,
        tokubetsu_sa,
        hokenryo_sa,
    ),
    (
        Check(
            "nendobetsu",
            "bunbo_zero",
            Total(bunbo_narabi) == 0,
            "3年の保険料（非業務災害の分を引いた額）が0円なので、収支率が計算できません。確定保険料を入れてください。",
        ),
        Check(
            "tokurei",
            "keizoku_nomi",
            tokurei & (keitai != "keizoku"),
            "特例メリットは継続事業だけです。一括有期事業では、特例メリットの申告をしていないことにしてください。",
        ),
    ),
)

# ---- 特例メリットの要件 -------------------------------------------------
sochi_nendo = Input("sochi_nendo", "措置を講じた保険年度", "年度")
shinkoku_bi = Input("shinkoku_bi", "特例適用申告書を出した日", "日付")

(kibo,) = (j for j in JOKEN if j.id == "kibo")
sochi_joken = Line(
    "sochi_joken",
    "3つの年度のどれかに、安全衛生の措置を講じたか",
    (sochi_nendo >= tekiyo_nendo - 4) & (sochi_nendo <= tekiyo_nendo - 2),
    unit="",
    basis=cite("choshuho12-2", "soku20-6"),
    if_true="講じた",
    if_false="3つの年度に入っていない",
    why="率を決める3つの保険年度のどれかに、決められた安全衛生の措置を講じていること。",
)
shinkoku_joken = Line(
    "shinkoku_joken",
    "措置の次の年度の4月1日から9月30日までに申告したか",
    (shinkoku_bi >= day(sochi_nendo, 1, 4, 1)) & (shinkoku_bi <= day(sochi_nendo, 1, 9, 30)),
    unit="",
    basis=cite("choshuho12-2", "soku20-6"),
    if_true="期限の中",
    if_false="期限の外",
    why="措置を講じた年度の次の年度の初日から6か月以内に、特例適用申告書を出すこと。",
)
TOKUREI_SHEET = Sheet(
    "merit_tokurei",
    "特例メリットの要件",
    (tekiyo_nendo, gyotai, kigyo_rodoshasu, sochi_nendo, shinkoku_bi),
    (kibo, sochi_joken, shinkoku_joken),
)
