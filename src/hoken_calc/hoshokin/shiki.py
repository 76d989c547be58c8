"""報奨金の式。

委託事業場1件（`JIGYOJO`）→ 対象の事業場の合計、要件、額（`SHEET`）。
労働保険料と一般拠出金は、式が同じで名前だけが違うので、式を1度書いて2度使う。
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

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


@dataclass(frozen=True)
class Kin:
    """労働保険料と一般拠出金で違う、行の名前と言葉。"""

    id: str  # 行の名前の頭
    kakutei_id: str
    gokei_id: str
    nofu_id: str
    na: str
    no: str  # 見出しの頭
    kakutei: str  # 確定した額の呼び方
    gaku: str
    subeki: str


HOKENRYO = Kin(
    id="",
    kakutei_id="kakutei_hokenryo",
    gokei_id="kakutei",
    nofu_id="hokenryo",
    na="労働保険料",
    no="",
    kakutei="確定保険料",
    gaku="額",
    subeki="納めるべき額",
)
IPPAN = Kin(
    id="ippan_",
    kakutei_id="ippan_kyoshutsukin",
    gokei_id="ippan",
    nofu_id="ippan_kyoshutsukin",
    na="一般拠出金",
    no="一般拠出金の",
    kakutei="一般拠出金",
    gaku="一般拠出金",
    subeki="納めるべき一般拠出金など",
)


# ---- 委託事業場1件 ------------------------------------------------------
class Nyuryoku(NamedTuple):
    """委託事業場1件の、労働保険料か一般拠出金の入力。"""

    kakutei: Input
    nofu_gaku: Input
    tokusoku_nofu_gaku: Input
    tsuichokin: Input
    entaikin: Input
    tsuichokin_nofu_gaku: Input


def _nyuryoku(k: Kin) -> Nyuryoku:
    return Nyuryoku(
        Input(k.kakutei_id, k.kakutei),
        Input(f"{k.id}nofu_gaku", f"{k.no}納付額"),
        Input(f"{k.id}tokusoku_nofu_gaku", f"督促を受けて納めた{k.na}"),
        Input(f"{k.id}tsuichokin", f"{k.no}追徴金"),
        Input(f"{k.id}entaikin", f"{k.no}延滞金"),
        Input(f"{k.id}tsuichokin_nofu_gaku", f"{k.no}納付額のうち追徴金・延滞金の額"),
    )


rodoshasu = Input("rodoshasu", "常時使用する労働者数", "人")
hoken_kankei = Input("hoken_kankei", "保険関係", "", HOKEN_KANKEI)
ichigen = Input("ichigen", "一元適用", "", None, "一元適用の事業", "二元適用の事業")
hokenryo = _nyuryoku(HOKENRYO)
ippan = _nyuryoku(IPPAN)
nofu_choka = Input("nofu_choka", "納付額が確定保険料を超える事業場の扱い", "", NOFU_CHOKA)
teigaku_tokusoku = Input("teigaku_tokusoku", "定額の件数の数え方", "", TEIGAKU_TOKUSOKU)

_KUBUN = "対象と定額"

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
    (teigaku_tokusoku == "ireru") | (hokenryo.tokusoku_nofu_gaku == 0),
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


class Nofu(NamedTuple):
    """委託事業場1件の、労働保険料か一般拠出金の行。"""

    tsuichokin_kei: Line
    nofu_subeki_gaku: Line
    hantei_nofu_gaku: Line
    mino_gaku: Line
    tsuichokin_uchiwake: Line
    kin_nofu_gaku: Line
    kakutei_nofu_gaku: Line
    tokusoku_nashi: Line
    kiso: Line


def _nofu(k: Kin, x: Nyuryoku, section: str, when: Expr, mino_when: Expr | None = None) -> Nofu:
    """`mino_when` は、未納の額と、その元の行の条件。"""
    mino_line = partial(Line, basis=cite("hoshokin-rei1"), when=mino_when, section=section)
    kiso_line = partial(Line, basis=cite("hoshokin-rei2"), when=when, section=section)
    tsuichokin_kei = mino_line(
        f"{k.id}tsuichokin_kei", f"{k.no}追徴金・延滞金", x.tsuichokin + x.entaikin
    )
    nofu_subeki_gaku = mino_line(
        f"{k.id}nofu_subeki_gaku",
        k.subeki,
        x.kakutei + tsuichokin_kei,
        why=f"95%を見る時は、{k.no}追徴金と延滞金も入れる。",
    )
    hantei_nofu_gaku = Line(
        f"{k.id}hantei_nofu_gaku",
        f"判定に入れる{k.no}納付額",
        choice(
            nofu_choka == "jigyo", smaller(x.nofu_gaku, nofu_subeki_gaku), x.nofu_gaku, quiet=True
        ),
        basis=cite("hoshokin-rei1"),
        when=when,
        section=section,
    )
    mino_gaku = mino_line(
        f"{k.id}mino_gaku", f"{k.no}未納の額", larger(nofu_subeki_gaku - x.nofu_gaku, 0)
    )
    tsuichokin_uchiwake = kiso_line(
        f"{k.id}tsuichokin_uchiwake",
        f"{k.no}納付額のうち追徴金・延滞金",
        choice(
            Given(x.tsuichokin_nofu_gaku),
            x.tsuichokin_nofu_gaku,
            smaller(tsuichokin_kei, larger(x.nofu_gaku - x.kakutei, 0)),
            quiet=True,
        ),
        why=f"定率の基礎に、追徴金と延滞金は入らない。書いていない時は、{k.na}から先に納めたものとする。",
    )
    kin_nofu_gaku = kiso_line(
        f"{k.nofu_id}_nofu_gaku", f"納付額のうち{k.na}", x.nofu_gaku - tsuichokin_uchiwake
    )
    kakutei_nofu_gaku = kiso_line(
        f"{k.id}kakutei_nofu_gaku", f"{k.kakutei}のうち納めた額", _kakutei_made(kin_nofu_gaku, x)
    )
    tokusoku_nashi = kiso_line(
        f"{k.id}tokusoku_nashi", f"督促を受けずに納めた{k.na}", kin_nofu_gaku - x.tokusoku_nofu_gaku
    )
    kiso = kiso_line(f"{k.id}kiso", f"{k.no}定率の基礎に入れる額", _kakutei_made(tokusoku_nashi, x))
    return Nofu(
        tsuichokin_kei,
        nofu_subeki_gaku,
        hantei_nofu_gaku,
        mino_gaku,
        tsuichokin_uchiwake,
        kin_nofu_gaku,
        kakutei_nofu_gaku,
        tokusoku_nashi,
        kiso,
    )


def _kakutei_made(gaku: Line, x: Nyuryoku) -> Expr:
    """事業場ごとに見る設定なら、確定した額まで。"""
    return choice(nofu_choka == "jigyo", smaller(gaku, x.kakutei), gaku, quiet=True)


_ippan_ari = taisho & Given(ippan.kakutei) & Given(ippan.nofu_gaku)
hokenryo_nofu = _nofu(HOKENRYO, hokenryo, "納付額", taisho)
ippan_nofu = _nofu(IPPAN, ippan, "一般拠出金", _ippan_ari, _ippan_ari)


def _choka(x: Nyuryoku, nofu: Nofu, when: Expr, message: str) -> Check:
    bad = when & (nofu_choka == "ayamari") & (x.nofu_gaku > nofu.nofu_subeki_gaku)
    return Check(x.nofu_gaku.id, "kakutei_choka", bad, message)


def _uchiwake(k: Kin, x: Nyuryoku, nofu: Nofu, when: Expr) -> tuple[Check, ...]:
    """納付額の内訳（督促を受けて納めた額、追徴金・延滞金の額）の誤り。"""
    return (
        Check(
            x.tokusoku_nofu_gaku.id,
            "ooi",
            when & (x.tokusoku_nofu_gaku > x.nofu_gaku),
            f"督促を受けて納めた{k.gaku}が、{k.no}納付額より大きくなっています。納付額のうちの額を入れてください。",
        ),
        Check(
            x.tokusoku_nofu_gaku.id,
            "ooi",
            when
            & (x.tokusoku_nofu_gaku <= x.nofu_gaku)
            & (x.tokusoku_nofu_gaku > larger(nofu.kin_nofu_gaku, 0)),
            f"督促を受けて納めた{k.na}が、納めた{k.na}（納付額から追徴金・延滞金の納付を除いた額）より大きくなっています。督促を受けて納めた額のうち、追徴金・延滞金の分は除いてください。",
        ),
        Check(
            x.tsuichokin_nofu_gaku.id,
            "ooi",
            when
            & Given(x.tsuichokin_nofu_gaku)
            & (
                (nofu.tsuichokin_uchiwake > nofu.tsuichokin_kei)
                | (nofu.tsuichokin_uchiwake > x.nofu_gaku)
            ),
            f"{k.no}納付額のうち追徴金・延滞金の額は、追徴金と延滞金の合計と、納付額までの額にしてください。",
        ),
        Check(
            x.tsuichokin_nofu_gaku.id,
            "sukunai",
            when
            & (nofu_choka == "ayamari")
            & (x.nofu_gaku <= nofu.nofu_subeki_gaku)
            & (nofu.kin_nofu_gaku > x.kakutei),
            f"{k.no}納付額が{k.kakutei}より大きいのに、納付額のうち追徴金・延滞金の額が足りません。{k.kakutei}を超えて納めた額は、追徴金・延滞金の納付に入れてください。",
        ),
    )


JIGYOJO = Sheet(
    "jigyojo",
    "委託事業場1件",
    (
        nendo,
        rodoshasu,
        hoken_kankei,
        ichigen,
        *hokenryo,
        *ippan,
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
        *hokenryo_nofu,
        *ippan_nofu,
    ),
    # 対象でない事業場は結果に関わらないので、書き方だけを調べる。
    (
        *_uchiwake(HOKENRYO, hokenryo, hokenryo_nofu, taisho),
        Check(
            ippan.nofu_gaku.id,
            "hissu",
            taisho & Given(ippan.kakutei) & ~Given(ippan.nofu_gaku),
            "一般拠出金を書いた事業場では、一般拠出金の納付額も円で入れてください（納めていなければ 0）。",
        ),
        Check(
            ippan.kakutei.id,
            "hissu",
            taisho
            & ~Given(ippan.kakutei)
            & (
                Given(ippan.nofu_gaku)
                | (ippan.tokusoku_nofu_gaku > 0)
                | (ippan.tsuichokin > 0)
                | (ippan.entaikin > 0)
                | Given(ippan.tsuichokin_nofu_gaku)
            ),
            "一般拠出金の納付や追徴金・延滞金を書いた事業場では、一般拠出金（確定した額）も円で入れてください。",
        ),
        _choka(
            hokenryo,
            hokenryo_nofu,
            taisho,
            "納付額が、確定保険料（と追徴金・延滞金）を超えています。概算で多く納めて還付・充当になる額は除き、確定した額までにしてください。",
        ),
        _choka(
            ippan,
            ippan_nofu,
            _ippan_ari,
            "一般拠出金の納付額が、一般拠出金（と追徴金・延滞金）の確定した額を超えています。確定した額までにしてください。",
        ),
        *_uchiwake(IPPAN, ippan, ippan_nofu, _ippan_ari),
    ),
)


# ---- 対象の事業場の合計、要件、額 ---------------------------------------
class Narabi(NamedTuple):
    """対象の事業場の、労働保険料か一般拠出金の額の並び。"""

    kakutei: Input
    tsuichokin: Input
    nofu: Input
    kakutei_nofu: Input
    tsuichokin_uchiwake: Input
    kiso: Input


def _narabi(k: Kin, nofu: Nofu) -> Narabi:
    return Narabi(
        Input(f"{k.gokei_id}_narabi", k.kakutei),
        Input(f"{k.id}tsuichokin_narabi", nofu.tsuichokin_kei.label),
        Input(f"{k.id}nofu_narabi", nofu.hantei_nofu_gaku.label),
        Input(f"{k.nofu_id}_nofu_narabi", nofu.kakutei_nofu_gaku.label),
        Input(f"{k.id}tsuichokin_uchiwake_narabi", nofu.tsuichokin_uchiwake.label),
        Input(f"{k.id}kiso_narabi", nofu.kiso.label),
    )


class Shobun(NamedTuple):
    """労働保険料か一般拠出金の、滞納処分と不正の行為。"""

    taino_nashi: Input
    fusei_nashi: Input


def _shobun(k: Kin) -> Shobun:
    taino = ("滞納処分を受けていない", "滞納処分を受けた")
    fusei = ("不正の行為が無い", "不正の行為があった")
    return Shobun(
        Input(f"{k.id}taino_nashi", f"{k.no}滞納処分", "", None, *taino),
        Input(f"{k.id}fusei_nashi", f"{k.no}不正の行為", "", None, *fusei),
    )


taisho_narabi = Input("taisho_narabi", "対象の事業場", "件")
hokenryo_narabi = _narabi(HOKENRYO, hokenryo_nofu)
ippan_narabi = _narabi(IPPAN, ippan_nofu)
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
hokenryo_shobun = _shobun(HOKENRYO)
ippan_shobun = _shobun(IPPAN)
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


class Kei(NamedTuple):
    """対象の事業場の合計。労働保険料か一般拠出金の、95%の判定と定率の額。"""

    kakutei_gokei: Line
    tsuichokin_gokei: Line
    subeki_gokei: Line
    nofu_gokei: Line
    hitsuyo_gaku: Line
    yoken_95: Line
    yoyu: Line
    kakutei_nofu_gokei: Line
    tsuichokin_nofu_gokei: Line
    teiritsu_kiso: Line
    teiritsu: Line


def _kei(
    k: Kin,
    n: Narabi,
    yoken: str,
    gaku: str,
    *,
    when: Expr | None = None,
    kakutei_why: str = "",
    hitsuyo_why: str = "",
    yoyu_why: str = "",
    kiso_why: str = "",
) -> Kei:
    """`yoken` と `gaku` は、95%の判定と額の節の名。"""
    yoken_line = partial(Line, basis=cite("hoshokin-rei1"), when=when, section=yoken)
    shinsei_line = partial(Line, basis=cite("hoshokin-soku2"), when=when, section=gaku)
    teiritsu_line = partial(Line, basis=cite("hoshokin-rei2"), when=when, section=gaku)
    kakutei_gokei = yoken_line(
        f"{k.gokei_id}_gokei", f"{k.kakutei}の総額", Total(n.kakutei), why=kakutei_why
    )
    tsuichokin_gokei = yoken_line(
        f"{k.id}tsuichokin_gokei", f"{k.no}追徴金・延滞金の総額", Total(n.tsuichokin)
    )
    subeki_gokei = yoken_line(
        f"{k.id}subeki_gokei", f"{k.subeki}の総額", kakutei_gokei + tsuichokin_gokei
    )
    nofu_gokei = yoken_line(f"{k.id}nofu_gokei", f"{k.no}納付額の総額", Total(n.nofu))
    hitsuyo_gaku = yoken_line(
        f"{k.id}hitsuyo_gaku",
        f"要件に必要な{k.no}納付額",
        subeki_gokei * su("nofu_wariai"),
        why=hitsuyo_why,
    )
    yoken_95 = yoken_line(
        f"{k.id}yoken_95",
        f"{k.no}95%以上を納めたか",
        nofu_gokei >= hitsuyo_gaku,
        unit="",
        if_true="95%以上を納めた",
        if_false="95%に足りない",
    )
    yoyu = yoken_line(
        f"{k.id}yoyu", f"必要な{k.no}納付額との差", nofu_gokei - hitsuyo_gaku, why=yoyu_why
    )
    kakutei_nofu_gokei = shinsei_line(
        f"{k.nofu_id}_nofu_gokei",
        f"{k.kakutei}のうち納めた総額",
        smaller(Total(n.kakutei_nofu), kakutei_gokei),
    )
    tsuichokin_nofu_gokei = shinsei_line(
        f"{k.id}tsuichokin_nofu_gokei",
        f"{k.no}追徴金・延滞金のうち納めた総額",
        Total(n.tsuichokin_uchiwake),
    )
    teiritsu_kiso = teiritsu_line(
        f"{k.id}teiritsu_kiso",
        f"{k.no}定率の基礎",
        smaller(Total(n.kiso), kakutei_gokei),
        why=kiso_why,
    )
    teiritsu = teiritsu_line(
        f"{k.id}teiritsu",
        f"{k.no}定率の額",
        teiritsu_kiso * su(f"{k.id}teiritsu"),
        rounding=HOSHOKIN_KIRISUTE,
    )
    return Kei(
        kakutei_gokei,
        tsuichokin_gokei,
        subeki_gokei,
        nofu_gokei,
        hitsuyo_gaku,
        yoken_95,
        yoyu,
        kakutei_nofu_gokei,
        tsuichokin_nofu_gokei,
        teiritsu_kiso,
        teiritsu,
    )


def _kofu_kano(k: Kin, nani: str, kei: Kei, shobun: Shobun, **more: Any) -> Line:
    return Line(
        f"{k.id}kofu_kano",
        f"{nani}の要件を全部満たすか",
        kei.yoken_95 & shobun.taino_nashi & shobun.fusei_nashi,
        unit="",
        basis=cite("hoshokin-rei1"),
        if_true="要件を全部満たす",
        if_false="要件を満たさない",
        **more,
    )


hokenryo_kei = _kei(
    HOKENRYO,
    hokenryo_narabi,
    _YOKEN,
    _GAKU,
    hitsuyo_why="事業場ごとでなく、対象の事業場を全部合わせて見る。端数の処理は定められていないので、丸めずに比べる。",
    yoyu_why="マイナスなら、その額だけ足りない。",
    kiso_why="督促を受けずに納めた労働保険料。確定保険料の総額までで、追徴金・延滞金は入らない。",
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
    hokenryo_kei.teiritsu + teigaku_kei,
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
kofu_kano = _kofu_kano(
    HOKENRYO,
    "交付",
    hokenryo_kei,
    hokenryo_shobun,
    section=_GAKU,
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
_ippan_kei_ari = Given(ippan_narabi.kakutei)
ippan_kei = _kei(
    IPPAN,
    ippan_narabi,
    _IPPAN_GAKU,
    _IPPAN_GAKU,
    when=_ippan_kei_ari,
    kakutei_why="労働保険料とは別に判定する。",
)
ippan_kofu_kano = _kofu_kano(
    IPPAN,
    "一般拠出金",
    ippan_kei,
    ippan_shobun,
    when=_ippan_kei_ari,
    section=_IPPAN_GAKU,
    why="滞納処分と不正の行為も、一般拠出金について見る。労働保険料の要件とは別。",
)
ippan_hoshokin = Line(
    "ippan_hoshokin",
    "一般拠出金に係る報奨金",
    choice(ippan_kofu_kano, ippan_kei.teiritsu, 0),
    basis=cite("hoshokin-rei2"),
    when=_ippan_kei_ari,
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
        *hokenryo_narabi,
        teigaku_narabi,
        *kensu_narabi.values(),
        *ippan_narabi,
        *hokenryo_shobun,
        *ippan_shobun,
        denshika_tanka,
    ),
    (
        taisho_kensu,
        *kensu.values(),
        hantei_bi,
        *hokenryo_kei,
        teigaku_kei,
        teiritsu_teigaku_gokei,
        jogen,
        kofu_kano,
        hoshokin,
        denshika,
        *ippan_kei,
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
