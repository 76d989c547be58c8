"""報奨金の式。

委託事業場1件（`JIGYOJO`）→ 対象の事業場の合計、要件、額（`SHEET`）。
"""

from __future__ import annotations

from ..hasu_shori import HOSHOKIN_KIRIAGE, HOSHOKIN_KIRISUTE
from ..kibetsu import HOKEN_KANKEI
from ..sheet import (
    Check,
    Const,
    Day,
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
from ..tables import cite

KUBUN = {
    "6号イ": "5人未満・二保険",
    "6号ロ": "5人未満・それ以外",
    "7号イ": "5〜15人・二保険",
    "7号ロ": "5〜15人・それ以外",
}
NOFU_CHOKA = {
    "ayamari": "入力の誤りとする",
    "gokei": "超えた額も足し、合計で確定保険料と比べる",
    "jigyo": "事業場ごとに、確定した額までとする",
}
TEIGAKU_TOKUSOKU = {
    "ireru": "督促を受けて納めた事業場も数える",
    "nozoku": "督促を受けて納めた事業場は数えない",
}
HASU = {"kirisute": "1円未満を切り捨てる", "kiriage": "1円未満を切り上げる"}

nendo = Input("nendo", "確定の保険年度", "年度")
kofu_nendo = day(nendo, 1, 4, 1)


def su(id: str) -> Lookup:
    """報奨金の数。交付する年度の4月1日で引く。"""
    return Lookup("hoshokin", "atai", kofu_nendo, Const(id))


# ---- 委託事業場1件 ------------------------------------------------------
rodoshasu = Input("rodoshasu", "常時使用する労働者数", "人")
hoken_kankei = Input("hoken_kankei", "保険関係", "", HOKEN_KANKEI)
ichigen = Input("ichigen", "一元適用", "", None, "一元適用の事業", "二元適用の事業")
kakutei_hokenryo = Input("kakutei_hokenryo", "確定保険料")
nofu_gaku = Input("nofu_gaku", "納付額")
tokusoku_nofu_gaku = Input("tokusoku_nofu_gaku", "督促を受けて納めた労働保険料")
tsuichokin = Input("tsuichokin", "追徴金")
entaikin = Input("entaikin", "延滞金")
tsuichokin_nofu_gaku = Input("tsuichokin_nofu_gaku", "納付額のうち追徴金・延滞金の額")
ippan_kyoshutsukin = Input("ippan_kyoshutsukin", "一般拠出金")
ippan_nofu_gaku = Input("ippan_nofu_gaku", "一般拠出金の納付額")
ippan_tokusoku_nofu_gaku = Input("ippan_tokusoku_nofu_gaku", "督促を受けて納めた一般拠出金")
ippan_tsuichokin = Input("ippan_tsuichokin", "一般拠出金の追徴金")
ippan_entaikin = Input("ippan_entaikin", "一般拠出金の延滞金")
ippan_tsuichokin_nofu_gaku = Input(
    "ippan_tsuichokin_nofu_gaku", "一般拠出金の納付額のうち追徴金・延滞金の額"
)
nofu_choka = Input("nofu_choka", "納付額が確定保険料を超える事業場の扱い", "", NOFU_CHOKA)
teigaku_tokusoku = Input("teigaku_tokusoku", "定額の件数の数え方", "", TEIGAKU_TOKUSOKU)

_KUBUN, _NOFU, _IPPAN = "対象と定額", "納付額", "一般拠出金"

taisho = Line(
    "taisho",
    "報奨金の対象か",
    rodoshasu <= su("taisho_jogen"),
    unit="",
    basis=cite("hoshokin-rei1", "hoshokin-sharoshi"),
    section=_KUBUN,
    if_true="対象",
    if_false="対象でない",
    why="常時15人以下の事業だけを数える。人数は事業主ごとでなく事業ごとに見る。",
)
nihoken = Line(
    "nihoken",
    "二保険か",
    ichigen & (hoken_kankei == "ryohoken"),
    unit="",
    basis=cite("hoshokin-soku1"),
    when=taisho,
    section=_KUBUN,
    if_true="二保険",
    if_false="それ以外",
    why="労災と雇用の両方が成立している事業。二元適用の事業は、いつも「それ以外」。",
)
gonin_miman = Line(
    "gonin_miman",
    "5人未満か",
    rodoshasu < su("gonin"),
    unit="",
    basis=cite("hoshokin-soku1"),
    when=taisho,
    section=_KUBUN,
    if_true="5人未満",
    if_false="5人以上",
)


def _kubun_de(*yottsu: Expr) -> Expr:
    """4つの区分（6号イ、6号ロ、7号イ、7号ロ）のどれか。"""
    a, b, c, d = yottsu
    miman, ijo = (choice(nihoken, x, y, quiet=True) for x, y in ((a, b), (c, d)))
    return choice(gonin_miman, miman, ijo, quiet=True)


kubun = Line(
    "kubun",
    "定額の区分",
    _kubun_de(*map(Const, KUBUN)),
    unit="",
    basis=cite("hoshokin-soku1", "hoshokin-soku2"),
    when=taisho,
    section=_KUBUN,
    choices=KUBUN,
    why="号とイ・ロは、交付申請書に件数を書く所。",
)
teigaku_taisho = Line(
    "teigaku_taisho",
    "定額の件数に入れるか",
    (teigaku_tokusoku == "ireru") | (tokusoku_nofu_gaku == 0),
    unit="",
    basis=cite("hoshokin-soku1"),
    when=taisho,
    section=_KUBUN,
    if_true="入れる",
    if_false="入れない",
    why="督促を受けて納めた事業場を数えるかは、条文に定めがない。設定で選ぶ。",
)
teigaku = Line(
    "teigaku",
    "この事業場の定額",
    _kubun_de(
        su("teigaku_gonin_miman_nihoken"),
        su("teigaku_gonin_miman_sonota"),
        su("teigaku_gonin_ijo_nihoken"),
        su("teigaku_gonin_ijo_sonota"),
    ),
    basis=cite("hoshokin-soku1"),
    when=teigaku_taisho,
    section=_KUBUN,
)
tsuichokin_kei = Line(
    "tsuichokin_kei",
    "追徴金・延滞金",
    tsuichokin + entaikin,
    basis=cite("hoshokin-rei1"),
    section=_NOFU,
)
nofu_subeki_gaku = Line(
    "nofu_subeki_gaku",
    "納めるべき額",
    kakutei_hokenryo + tsuichokin_kei,
    basis=cite("hoshokin-rei1"),
    section=_NOFU,
    why="95%を見る時は、追徴金と延滞金も入れる。",
)
hantei_nofu_gaku = Line(
    "hantei_nofu_gaku",
    "判定に入れる納付額",
    choice(nofu_choka == "jigyo", smaller(nofu_gaku, nofu_subeki_gaku), nofu_gaku, quiet=True),
    basis=cite("hoshokin-rei1"),
    when=taisho,
    section=_NOFU,
)
mino_gaku = Line(
    "mino_gaku",
    "未納の額",
    larger(nofu_subeki_gaku - nofu_gaku, 0),
    basis=cite("hoshokin-rei1"),
    section=_NOFU,
)
tsuichokin_uchiwake = Line(
    "tsuichokin_uchiwake",
    "納付額のうち追徴金・延滞金",
    choice(
        Given(tsuichokin_nofu_gaku),
        tsuichokin_nofu_gaku,
        smaller(tsuichokin_kei, larger(nofu_gaku - kakutei_hokenryo, 0)),
        quiet=True,
    ),
    basis=cite("hoshokin-rei2"),
    when=taisho,
    section=_NOFU,
    why="定率の基礎に、追徴金と延滞金は入らない。書いていない時は、労働保険料から先に納めたものとする。",
)
hokenryo_nofu_gaku = Line(
    "hokenryo_nofu_gaku",
    "納付額のうち労働保険料",
    nofu_gaku - tsuichokin_uchiwake,
    basis=cite("hoshokin-rei2"),
    when=taisho,
    section=_NOFU,
)
tokusoku_nashi = Line(
    "tokusoku_nashi",
    "督促を受けずに納めた労働保険料",
    hokenryo_nofu_gaku - tokusoku_nofu_gaku,
    basis=cite("hoshokin-rei2"),
    when=taisho,
    section=_NOFU,
)
kiso = Line(
    "kiso",
    "定率の基礎に入れる額",
    choice(
        nofu_choka == "jigyo", smaller(tokusoku_nashi, kakutei_hokenryo), tokusoku_nashi, quiet=True
    ),
    basis=cite("hoshokin-rei2"),
    when=taisho,
    section=_NOFU,
)
_ippan_ari = taisho & Given(ippan_kyoshutsukin) & Given(ippan_nofu_gaku)
ippan_tsuichokin_kei = Line(
    "ippan_tsuichokin_kei",
    "一般拠出金の追徴金・延滞金",
    ippan_tsuichokin + ippan_entaikin,
    basis=cite("hoshokin-rei1"),
    when=_ippan_ari,
    section=_IPPAN,
)
ippan_nofu_subeki_gaku = Line(
    "ippan_nofu_subeki_gaku",
    "納めるべき一般拠出金など",
    ippan_kyoshutsukin + ippan_tsuichokin_kei,
    basis=cite("hoshokin-rei1"),
    when=_ippan_ari,
    section=_IPPAN,
    why="95%を見る時は、一般拠出金の追徴金と延滞金も入れる。",
)
ippan_hantei_nofu_gaku = Line(
    "ippan_hantei_nofu_gaku",
    "判定に入れる一般拠出金の納付額",
    choice(
        nofu_choka == "jigyo",
        smaller(ippan_nofu_gaku, ippan_nofu_subeki_gaku),
        ippan_nofu_gaku,
        quiet=True,
    ),
    basis=cite("hoshokin-rei1"),
    when=_ippan_ari,
    section=_IPPAN,
)
ippan_mino_gaku = Line(
    "ippan_mino_gaku",
    "一般拠出金の未納の額",
    larger(ippan_nofu_subeki_gaku - ippan_nofu_gaku, 0),
    basis=cite("hoshokin-rei1"),
    when=_ippan_ari,
    section=_IPPAN,
)
ippan_tsuichokin_uchiwake = Line(
    "ippan_tsuichokin_uchiwake",
    "一般拠出金の納付額のうち追徴金・延滞金",
    choice(
        Given(ippan_tsuichokin_nofu_gaku),
        ippan_tsuichokin_nofu_gaku,
        smaller(ippan_tsuichokin_kei, larger(ippan_nofu_gaku - ippan_kyoshutsukin, 0)),
        quiet=True,
    ),
    basis=cite("hoshokin-rei2"),
    when=_ippan_ari,
    section=_IPPAN,
    why="定率の基礎に、追徴金と延滞金は入らない。書いていない時は、一般拠出金から先に納めたものとする。",
)
ippan_kyoshutsukin_nofu_gaku = Line(
    "ippan_kyoshutsukin_nofu_gaku",
    "納付額のうち一般拠出金",
    ippan_nofu_gaku - ippan_tsuichokin_uchiwake,
    basis=cite("hoshokin-rei2"),
    when=_ippan_ari,
    section=_IPPAN,
)
ippan_tokusoku_nashi = Line(
    "ippan_tokusoku_nashi",
    "督促を受けずに納めた一般拠出金",
    ippan_kyoshutsukin_nofu_gaku - ippan_tokusoku_nofu_gaku,
    basis=cite("hoshokin-rei2"),
    when=_ippan_ari,
    section=_IPPAN,
)
ippan_kiso = Line(
    "ippan_kiso",
    "一般拠出金の定率の基礎に入れる額",
    choice(
        nofu_choka == "jigyo",
        smaller(ippan_tokusoku_nashi, ippan_kyoshutsukin),
        ippan_tokusoku_nashi,
        quiet=True,
    ),
    basis=cite("hoshokin-rei2"),
    when=_ippan_ari,
    section=_IPPAN,
)
JIGYOJO = Sheet(
    "jigyojo",
    "委託事業場1件",
    (
        nendo,
        rodoshasu,
        hoken_kankei,
        ichigen,
        kakutei_hokenryo,
        nofu_gaku,
        tokusoku_nofu_gaku,
        tsuichokin,
        entaikin,
        tsuichokin_nofu_gaku,
        ippan_kyoshutsukin,
        ippan_nofu_gaku,
        ippan_tokusoku_nofu_gaku,
        ippan_tsuichokin,
        ippan_entaikin,
        ippan_tsuichokin_nofu_gaku,
        nofu_choka,
        teigaku_tokusoku,
    ),
    (
        taisho,
        nihoken,
        gonin_miman,
        kubun,
        teigaku_taisho,
        teigaku,
        tsuichokin_kei,
        nofu_subeki_gaku,
        hantei_nofu_gaku,
        mino_gaku,
        tsuichokin_uchiwake,
        hokenryo_nofu_gaku,
        tokusoku_nashi,
        kiso,
        ippan_tsuichokin_kei,
        ippan_nofu_subeki_gaku,
        ippan_hantei_nofu_gaku,
        ippan_mino_gaku,
        ippan_tsuichokin_uchiwake,
        ippan_kyoshutsukin_nofu_gaku,
        ippan_tokusoku_nashi,
        ippan_kiso,
    ),
    # 対象でない事業場は結果に関わらないので、書き方だけを調べる。
    (
        Check(
            "tokusoku_nofu_gaku",
            "ooi",
            taisho & (tokusoku_nofu_gaku > nofu_gaku),
            "督促を受けて納めた額が、納付額より大きくなっています。納付額のうちの額を入れてください。",
        ),
        Check(
            "tokusoku_nofu_gaku",
            "ooi",
            taisho
            & (tokusoku_nofu_gaku <= nofu_gaku)
            & (tokusoku_nofu_gaku > larger(hokenryo_nofu_gaku, 0)),
            "督促を受けて納めた労働保険料が、納めた労働保険料（納付額から追徴金・延滞金の納付を除いた額）より大きくなっています。督促を受けて納めた額のうち、追徴金・延滞金の分は除いてください。",
        ),
        Check(
            "tsuichokin_nofu_gaku",
            "ooi",
            taisho
            & Given(tsuichokin_nofu_gaku)
            & ((tsuichokin_uchiwake > tsuichokin_kei) | (tsuichokin_uchiwake > nofu_gaku)),
            "納付額のうち追徴金・延滞金の額は、追徴金と延滞金の合計と、納付額までの額にしてください。",
        ),
        Check(
            "tsuichokin_nofu_gaku",
            "sukunai",
            taisho
            & (nofu_choka == "ayamari")
            & (nofu_gaku <= nofu_subeki_gaku)
            & (hokenryo_nofu_gaku > kakutei_hokenryo),
            "納付額が確定保険料より大きいのに、納付額のうち追徴金・延滞金の額が足りません。確定保険料を超えて納めた額は、追徴金・延滞金の納付に入れてください。",
        ),
        Check(
            "ippan_nofu_gaku",
            "hissu",
            taisho & Given(ippan_kyoshutsukin) & ~Given(ippan_nofu_gaku),
            "一般拠出金を書いた事業場では、一般拠出金の納付額も円で入れてください（納めていなければ 0）。",
        ),
        Check(
            "ippan_kyoshutsukin",
            "hissu",
            taisho
            & ~Given(ippan_kyoshutsukin)
            & (
                Given(ippan_nofu_gaku)
                | (ippan_tokusoku_nofu_gaku > 0)
                | (ippan_tsuichokin > 0)
                | (ippan_entaikin > 0)
                | Given(ippan_tsuichokin_nofu_gaku)
            ),
            "一般拠出金の納付や追徴金・延滞金を書いた事業場では、一般拠出金（確定した額）も円で入れてください。",
        ),
        Check(
            "nofu_gaku",
            "kakutei_choka",
            taisho & (nofu_choka == "ayamari") & (nofu_gaku > nofu_subeki_gaku),
            "納付額が、確定保険料（と追徴金・延滞金）を超えています。概算で多く納めて還付・充当になる額は除き、確定した額までにしてください。",
        ),
        Check(
            "ippan_nofu_gaku",
            "kakutei_choka",
            _ippan_ari & (nofu_choka == "ayamari") & (ippan_nofu_gaku > ippan_nofu_subeki_gaku),
            "一般拠出金の納付額が、一般拠出金（と追徴金・延滞金）の確定した額を超えています。確定した額までにしてください。",
        ),
        Check(
            "ippan_tokusoku_nofu_gaku",
            "ooi",
            _ippan_ari & (ippan_tokusoku_nofu_gaku > ippan_nofu_gaku),
            "督促を受けて納めた一般拠出金が、一般拠出金の納付額より大きくなっています。納付額のうちの額を入れてください。",
        ),
        Check(
            "ippan_tokusoku_nofu_gaku",
            "ooi",
            _ippan_ari
            & (ippan_tokusoku_nofu_gaku <= ippan_nofu_gaku)
            & (ippan_tokusoku_nofu_gaku > larger(ippan_kyoshutsukin_nofu_gaku, 0)),
            "督促を受けて納めた一般拠出金が、納めた一般拠出金（納付額から追徴金・延滞金の納付を除いた額）より大きくなっています。督促を受けて納めた額のうち、追徴金・延滞金の分は除いてください。",
        ),
        Check(
            "ippan_tsuichokin_nofu_gaku",
            "ooi",
            _ippan_ari
            & Given(ippan_tsuichokin_nofu_gaku)
            & (
                (ippan_tsuichokin_uchiwake > ippan_tsuichokin_kei)
                | (ippan_tsuichokin_uchiwake > ippan_nofu_gaku)
            ),
            "一般拠出金の納付額のうち追徴金・延滞金の額は、追徴金と延滞金の合計と、納付額までの額にしてください。",
        ),
        Check(
            "ippan_tsuichokin_nofu_gaku",
            "sukunai",
            _ippan_ari
            & (nofu_choka == "ayamari")
            & (ippan_nofu_gaku <= ippan_nofu_subeki_gaku)
            & (ippan_kyoshutsukin_nofu_gaku > ippan_kyoshutsukin),
            "一般拠出金の納付額が一般拠出金より大きいのに、納付額のうち追徴金・延滞金の額が足りません。一般拠出金を超えて納めた額は、追徴金・延滞金の納付に入れてください。",
        ),
    ),
)

# ---- 対象の事業場の合計、要件、額 ---------------------------------------
taisho_narabi = Input("taisho_narabi", "対象の事業場", "件")
kakutei_narabi = Input("kakutei_narabi", "確定保険料")
tsuichokin_narabi = Input("tsuichokin_narabi", "追徴金・延滞金")
nofu_narabi = Input("nofu_narabi", "判定に入れる納付額")
hokenryo_nofu_narabi = Input("hokenryo_nofu_narabi", "納付額のうち労働保険料")
tsuichokin_uchiwake_narabi = Input("tsuichokin_uchiwake_narabi", "納付額のうち追徴金・延滞金")
tokusoku_nashi_narabi = Input("tokusoku_nashi_narabi", "督促を受けずに納めた労働保険料")
kiso_narabi = Input("kiso_narabi", "定率の基礎に入れる額")
teigaku_narabi = Input("teigaku_narabi", "事業場の定額")
kensu_narabi = {
    k: Input(f"kensu_{id}_narabi", f"{KUBUN[k]}の事業場", "件")
    for k, id in {
        "6号イ": "gonin_miman_nihoken",
        "6号ロ": "gonin_miman_sonota",
        "7号イ": "gonin_ijo_nihoken",
        "7号ロ": "gonin_ijo_sonota",
    }.items()
}
ippan_narabi = Input("ippan_narabi", "一般拠出金")
ippan_tsuichokin_narabi = Input("ippan_tsuichokin_narabi", "一般拠出金の追徴金・延滞金")
ippan_nofu_narabi = Input("ippan_nofu_narabi", "判定に入れる一般拠出金の納付額")
ippan_kyoshutsukin_nofu_narabi = Input("ippan_kyoshutsukin_nofu_narabi", "納付額のうち一般拠出金")
ippan_tsuichokin_uchiwake_narabi = Input(
    "ippan_tsuichokin_uchiwake_narabi", "一般拠出金の納付額のうち追徴金・延滞金"
)
ippan_tokusoku_nashi_narabi = Input("ippan_tokusoku_nashi_narabi", "督促を受けずに納めた一般拠出金")
ippan_kiso_narabi = Input("ippan_kiso_narabi", "一般拠出金の定率の基礎に入れる額")
taino_nashi = Input(
    "taino_nashi", "滞納処分", "", None, "滞納処分を受けていない", "滞納処分を受けた"
)
fusei_nashi = Input("fusei_nashi", "不正の行為", "", None, "不正の行為が無い", "不正の行為があった")
ippan_taino_nashi = Input(
    "ippan_taino_nashi",
    "一般拠出金の滞納処分",
    "",
    None,
    "滞納処分を受けていない",
    "滞納処分を受けた",
)
ippan_fusei_nashi = Input(
    "ippan_fusei_nashi",
    "一般拠出金の不正の行為",
    "",
    None,
    "不正の行為が無い",
    "不正の行為があった",
)
denshika_tanka = Input("denshika_tanka", "電子化分の単価")

_YOKEN, _GAKU, _IPPAN_GAKU = "要件（労働保険料）", "報奨金（労働保険料）", "報奨金（一般拠出金）"
_KENSU, _KEI = "件数", "合計と期限"

taisho_kensu = Line(
    "taisho_kensu",
    "対象の事業場",
    Total(taisho_narabi),
    unit="件",
    basis=cite("hoshokin-rei1"),
    section=_KENSU,
    why="常時15人以下の委託事業場。",
)
kensu = {
    k: Line(
        i.id.removesuffix("_narabi"),
        f"{k} {KUBUN[k]}",
        Total(i),
        unit="件",
        basis=cite("hoshokin-soku2"),
        section=_KENSU,
    )
    for k, i in kensu_narabi.items()
}
hantei_bi = Line(
    "hantei_bi",
    "判定日",
    Day(nendo, Const(1), su("hantei_tsuki"), su("hantei_hi")),
    unit="日付",
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
    why="この日までに納めた額で見る。",
)
kakutei_gokei = Line(
    "kakutei_gokei",
    "確定保険料の総額",
    Total(kakutei_narabi),
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
)
tsuichokin_gokei = Line(
    "tsuichokin_gokei",
    "追徴金・延滞金の総額",
    Total(tsuichokin_narabi),
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
)
subeki_gokei = Line(
    "subeki_gokei",
    "納めるべき額の総額",
    kakutei_gokei + tsuichokin_gokei,
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
)
nofu_gokei = Line(
    "nofu_gokei",
    "納付額の総額",
    Total(nofu_narabi),
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
)
hitsuyo_gaku = Line(
    "hitsuyo_gaku",
    "要件に必要な納付額",
    subeki_gokei * su("nofu_wariai"),
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
    why="事業場ごとでなく、対象の事業場を全部合わせて見る。端数の処理は定められていないので、丸めずに比べる。",
)
yoken_95 = Line(
    "yoken_95",
    "95%以上を納めたか",
    nofu_gokei >= hitsuyo_gaku,
    unit="",
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
    if_true="95%以上を納めた",
    if_false="95%に足りない",
)
yoyu = Line(
    "yoyu",
    "必要な納付額との差",
    nofu_gokei - hitsuyo_gaku,
    basis=cite("hoshokin-rei1"),
    section=_YOKEN,
    why="マイナスなら、その額だけ足りない。",
)
hokenryo_nofu_gokei = Line(
    "hokenryo_nofu_gokei",
    "確定保険料のうち納めた総額",
    Total(hokenryo_nofu_narabi),
    basis=cite("hoshokin-soku2"),
    section=_GAKU,
)
tsuichokin_nofu_gokei = Line(
    "tsuichokin_nofu_gokei",
    "追徴金・延滞金のうち納めた総額",
    Total(tsuichokin_uchiwake_narabi),
    basis=cite("hoshokin-soku2"),
    section=_GAKU,
)
tokusoku_nashi_gokei = Line(
    "tokusoku_nashi_gokei",
    "督促を受けずに納めた労働保険料の総額",
    Total(tokusoku_nashi_narabi),
    basis=cite("hoshokin-soku2"),
    section=_GAKU,
)
teiritsu_kiso = Line(
    "teiritsu_kiso",
    "定率の基礎",
    smaller(Total(kiso_narabi), kakutei_gokei),
    basis=cite("hoshokin-rei2"),
    section=_GAKU,
    why="督促を受けずに納めた労働保険料。確定保険料の総額までで、追徴金・延滞金は入らない。",
)
teiritsu = Line(
    "teiritsu",
    "定率の額",
    teiritsu_kiso * su("teiritsu"),
    rounding=HOSHOKIN_KIRISUTE,
    basis=cite("hoshokin-rei2"),
    section=_GAKU,
)
teigaku_kei = Line(
    "teigaku",
    "定額の額",
    Total(teigaku_narabi),
    basis=cite("hoshokin-soku1"),
    section=_GAKU,
    why="事業場の人数と保険関係で決まる額を、件数だけ足す。",
)
teiritsu_teigaku_gokei = Line(
    "teiritsu_teigaku_gokei",
    "定率と定額の合計",
    teiritsu + teigaku_kei,
    basis=cite("hoshokin-rei2"),
    section=_GAKU,
)
jogen = Line(
    "jogen",
    "上限",
    su("jogen"),
    basis=cite("hoshokin-rei2"),
    section=_GAKU,
    why="事務組合1つごとの上限。定率と定額の合計にかかる。",
)
kofu_kano = Line(
    "kofu_kano",
    "交付の要件を全部満たすか",
    yoken_95 & taino_nashi & fusei_nashi,
    unit="",
    basis=cite("hoshokin-rei1"),
    section=_GAKU,
    if_true="要件を全部満たす",
    if_false="要件を満たさない",
    why="滞納処分を受けたり、不正の行為で徴収を免れたりすると、交付されない。",
)
hoshokin = Line(
    "hoshokin",
    "労働保険料に係る報奨金",
    choice(kofu_kano, smaller(teiritsu_teigaku_gokei, jogen), 0),
    basis=cite("seibiho23", "hoshokin-rei2"),
    section=_GAKU,
    why="「以内」の額。予算の範囲内で交付されるので、減ることがある。",
)
denshika = Line(
    "denshika",
    "電子化分",
    choice(kofu_kano, taisho_kensu * denshika_tanka, 0),
    basis=cite("hoshokin-denshika"),
    when=Given(denshika_tanka),
    section=_GAKU,
    why="電子で出した申告書内訳にある、対象の事業場1件につき単価の額。上限の内か外かは確かめていないので、上限をかけない。",
)
ippan_gokei = Line(
    "ippan_gokei",
    "一般拠出金の総額",
    Total(ippan_narabi),
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
    why="労働保険料とは別に判定する。",
)
ippan_tsuichokin_gokei = Line(
    "ippan_tsuichokin_gokei",
    "一般拠出金の追徴金・延滞金の総額",
    Total(ippan_tsuichokin_narabi),
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_subeki_gokei = Line(
    "ippan_subeki_gokei",
    "納めるべき一般拠出金などの総額",
    ippan_gokei + ippan_tsuichokin_gokei,
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_nofu_gokei = Line(
    "ippan_nofu_gokei",
    "一般拠出金の納付額の総額",
    Total(ippan_nofu_narabi),
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_hitsuyo_gaku = Line(
    "ippan_hitsuyo_gaku",
    "要件に必要な一般拠出金の納付額",
    ippan_subeki_gokei * su("nofu_wariai"),
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_yoken_95 = Line(
    "ippan_yoken_95",
    "一般拠出金の95%以上を納めたか",
    ippan_nofu_gokei >= ippan_hitsuyo_gaku,
    unit="",
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
    if_true="95%以上を納めた",
    if_false="95%に足りない",
)
ippan_yoyu = Line(
    "ippan_yoyu",
    "必要な一般拠出金の納付額との差",
    ippan_nofu_gokei - ippan_hitsuyo_gaku,
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_kyoshutsukin_nofu_gokei = Line(
    "ippan_kyoshutsukin_nofu_gokei",
    "一般拠出金のうち納めた総額",
    Total(ippan_kyoshutsukin_nofu_narabi),
    basis=cite("hoshokin-soku2"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_tsuichokin_nofu_gokei = Line(
    "ippan_tsuichokin_nofu_gokei",
    "一般拠出金の追徴金・延滞金のうち納めた総額",
    Total(ippan_tsuichokin_uchiwake_narabi),
    basis=cite("hoshokin-soku2"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_tokusoku_nashi_gokei = Line(
    "ippan_tokusoku_nashi_gokei",
    "督促を受けずに納めた一般拠出金の総額",
    Total(ippan_tokusoku_nashi_narabi),
    basis=cite("hoshokin-soku2"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_teiritsu_kiso = Line(
    "ippan_teiritsu_kiso",
    "一般拠出金の定率の基礎",
    smaller(Total(ippan_kiso_narabi), ippan_gokei),
    basis=cite("hoshokin-rei2"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_teiritsu = Line(
    "ippan_teiritsu",
    "一般拠出金の定率の額",
    ippan_teiritsu_kiso * su("ippan_teiritsu"),
    rounding=HOSHOKIN_KIRISUTE,
    basis=cite("hoshokin-rei2"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
)
ippan_kofu_kano = Line(
    "ippan_kofu_kano",
    "一般拠出金の要件を全部満たすか",
    ippan_yoken_95 & ippan_taino_nashi & ippan_fusei_nashi,
    unit="",
    basis=cite("hoshokin-rei1"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
    if_true="要件を全部満たす",
    if_false="要件を満たさない",
    why="滞納処分と不正の行為も、一般拠出金について見る。労働保険料の要件とは別。",
)
ippan_hoshokin = Line(
    "ippan_hoshokin",
    "一般拠出金に係る報奨金",
    choice(ippan_kofu_kano, ippan_teiritsu, 0),
    basis=cite("hoshokin-rei2"),
    when=Given(ippan_narabi),
    section=_IPPAN_GAKU,
    why="上限は無い。労働保険料の分とも足して比べない。",
)
hoshokin_gokei = Line(
    "hoshokin_gokei",
    "報奨金の合計",
    hoshokin + denshika + ippan_hoshokin,
    basis=cite("seibiho23"),
    section=_KEI,
)
shinsei_kigen = Line(
    "shinsei_kigen",
    "交付申請の期限",
    Day(nendo, Const(1), su("shinsei_tsuki"), su("shinsei_hi")),
    unit="日付",
    basis=cite("hoshokin-soku2"),
    section=_KEI,
    why="主たる事務所の所在地を管轄する都道府県労働局長に出す。",
)
SHEET = Sheet(
    "hoshokin",
    "報奨金",
    (
        nendo,
        taisho_narabi,
        kakutei_narabi,
        tsuichokin_narabi,
        nofu_narabi,
        hokenryo_nofu_narabi,
        tsuichokin_uchiwake_narabi,
        tokusoku_nashi_narabi,
        kiso_narabi,
        teigaku_narabi,
        *kensu_narabi.values(),
        ippan_narabi,
        ippan_tsuichokin_narabi,
        ippan_nofu_narabi,
        ippan_kyoshutsukin_nofu_narabi,
        ippan_tsuichokin_uchiwake_narabi,
        ippan_tokusoku_nashi_narabi,
        ippan_kiso_narabi,
        taino_nashi,
        fusei_nashi,
        ippan_taino_nashi,
        ippan_fusei_nashi,
        denshika_tanka,
    ),
    (
        taisho_kensu,
        *kensu.values(),
        hantei_bi,
        kakutei_gokei,
        tsuichokin_gokei,
        subeki_gokei,
        nofu_gokei,
        hitsuyo_gaku,
        yoken_95,
        yoyu,
        hokenryo_nofu_gokei,
        tsuichokin_nofu_gokei,
        tokusoku_nashi_gokei,
        teiritsu_kiso,
        teiritsu,
        teigaku_kei,
        teiritsu_teigaku_gokei,
        jogen,
        kofu_kano,
        hoshokin,
        denshika,
        ippan_gokei,
        ippan_tsuichokin_gokei,
        ippan_subeki_gokei,
        ippan_nofu_gokei,
        ippan_hitsuyo_gaku,
        ippan_yoken_95,
        ippan_yoyu,
        ippan_kyoshutsukin_nofu_gokei,
        ippan_tsuichokin_nofu_gokei,
        ippan_tokusoku_nashi_gokei,
        ippan_teiritsu_kiso,
        ippan_teiritsu,
        ippan_kofu_kano,
        ippan_hoshokin,
        hoshokin_gokei,
        shinsei_kigen,
    ),
)


# 端数の決め方を選んだシート。
SHEET_HASU = {
    k: SHEET.swap("teiritsu", rounding=r).swap("ippan_teiritsu", rounding=r)
    for k, r in (("kirisute", HOSHOKIN_KIRISUTE), ("kiriage", HOSHOKIN_KIRIAGE))
}
