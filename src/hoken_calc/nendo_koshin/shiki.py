"""年度更新（継続事業）の式。

賃金から、確定・概算・一般拠出金・精算・各期の納付額と納期限まで。上から順に紙の申告書を埋めるように読める。行の名前は値の名前で、欄の番号は `data/ran.csv`。
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..hasu_shori import (
    GOJUSSEN_IKA_KIRISUTE,
    HEIKIN_KIRISUTE,
    ICHIEN_MIMAN_KIRISUTE,
    SENEN_MIMAN_KIRIAGE,
    SENEN_MIMAN_KIRISUTE,
)
from ..kibetsu import HOKEN_KANKEI, HOSHIKI, encho_go, enno_kijun, ki_no_gaku, kijitsu
from ..koyomi import YOKUEIGYOBI, YOKUKAICHOBI
from ..sheet import (
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

KOYO_KUBUN = {
    "ippan": "一般の事業",
    "norin_suisan_seishu": "農林水産・清酒製造の事業",
    "kensetsu": "建設の事業",
}
JUTO_ISHI = {
    1: "労働保険料だけに充当",
    2: "一般拠出金だけに充当",
    3: "労働保険料と一般拠出金の両方に充当",
}
KAISU = {1: "1回", 3: "3回（延納）"}

# ---- 入力 ---------------------------------------------------------------
nendo = Input("nendo", "確定の保険年度", "年度")
hoshiki = Input("hoshiki", "申告の方式", "", HOSHIKI)
hoken_kankei = Input("hoken_kankei", "成立している保険", "", HOKEN_KANKEI)
gyoshu = Input("gyoshu", "業種番号", "")
koyo_kubun = Input("koyo_kubun", "雇用保険の事業の区分", "", KOYO_KUBUN)
tsuchi_kakutei = Input("rosai_ritsu_kakutei", "通知された労災保険率（確定）", "‰")
tsuchi_gaisan = Input("rosai_ritsu_gaisan", "通知された労災保険率（概算）", "‰")
chingin_rosai = Input("chingin_rosai", "労災の賃金総額")
chingin_rosai_zenki = Input("chingin_rosai_zenki", "労災の賃金（前期4〜9月）")
chingin_rosai_koki = Input("chingin_rosai_koki", "労災の賃金（後期10〜3月）")
chingin_koyo = Input("chingin_koyo", "雇用の賃金総額")
chingin_koyo_zenki = Input("chingin_koyo_zenki", "雇用の賃金（前期4〜9月）")
chingin_koyo_koki = Input("chingin_koyo_koki", "雇用の賃金（後期10〜3月）")
# 賃金等の報告の月別の表。人数は12か月、賃金は12か月と賞与3回。
joyo_ninzu = Input("joyo_ninzu", "常用労働者の人数", "人")
joyo_chingin = Input("joyo_chingin", "常用労働者の賃金")
yakuin_ninzu = Input("yakuin_ninzu", "役員で労働者扱いの人数", "人")
yakuin_chingin = Input("yakuin_chingin", "役員で労働者扱いの賃金")
rinji_ninzu = Input("rinji_ninzu", "臨時労働者の人数", "人")
rinji_chingin = Input("rinji_chingin", "臨時労働者の賃金")
hihokensha_ninzu = Input("hihokensha_ninzu", "雇用保険の被保険者の人数", "人")
hihokensha_chingin = Input("hihokensha_chingin", "雇用保険の被保険者の賃金")
yakuin_koyo_ninzu = Input("yakuin_koyo_ninzu", "役員で被保険者の人数", "人")
yakuin_koyo_chingin = Input("yakuin_koyo_chingin", "役員で被保険者の賃金")
mikomi_rosai = Input("mikomi_rosai", "概算の年度の労災の見込賃金")
mikomi_koyo = Input("mikomi_koyo", "概算の年度の雇用の見込賃金")
kanyusha_kakutei = Input("kanyusha_kakutei", "確定の特別加入者の算定基礎額")
kanyusha_gaisan = Input("kanyusha_gaisan", "概算の特別加入者の算定基礎額")
tokubetsu_kakutei = Input("tokubetsu_kakutei", "確定の特別加入の算定基礎額の合計")
tokubetsu_gaisan = Input("tokubetsu_gaisan", "概算の特別加入の算定基礎額の合計")
shinkokuzumi_gaisan = Input("shinkokuzumi_gaisan", "申告済みの概算保険料")
kakutei_nomi = Input("kakutei_nomi", "確定だけ", "", None, "確定だけの計算", "概算もする計算")
kanpu_seikyu = Input("kanpu_seikyu", "還付の請求", "", None, "還付を請求する", "還付を請求しない")
juto_ishi = Input("juto_ishi", "充当意思", "", JUTO_ISHI)
kaisu = Input("kaisu", "納付回数", "回")
nendo_chu_kaitei = Input(
    "nendo_chu_kaitei",
    "年度の中の率の改定",
    "",
    None,
    "年度の中で雇用保険率が変わる",
    "年度の中で雇用保険率は変わらない",
)
gaisan_chu_kaitei = Input(
    "gaisan_chu_kaitei",
    "概算の年度の中の率の改定",
    "",
    None,
    "概算の年度の中で雇用保険率が変わる",
    "概算の年度の中で雇用保険率は変わらない",
)

rosai_ari = hoken_kankei != "koyo"
koyo_ari = hoken_kankei != "rosai"
ryohoken = hoken_kankei == "ryohoken"
gaisan_ari = ~kakutei_nomi
bunkai = kaisu == 3


def _ari(meibo: Input, gokei: Input) -> Expr:
    return Given(meibo) | (Given(gokei) & (gokei > 0))


tokubetsu_kakutei_ari = rosai_ari & _ari(kanyusha_kakutei, tokubetsu_kakutei)
tokubetsu_gaisan_ari = gaisan_ari & rosai_ari & _ari(kanyusha_gaisan, tokubetsu_gaisan)
_tokubetsu_ari = _ari(kanyusha_kakutei, tokubetsu_kakutei) | _ari(kanyusha_gaisan, tokubetsu_gaisan)

_lines: list[Line] = []
_section = ""


def _line(id: str, label: str, formula: Expr, *basis: str, **more: Any) -> Line:
    line = Line(id, label, formula, basis=cite(*basis), section=_section, **more)
    _lines.append(line)
    return line


def _nendo_hajime(years: int) -> Expr:
    return day(nendo, years, 4, 1)


def _rosai_ritsu(years: int, tsuchi: Input) -> Expr:
    hyo = Lookup("rosai_hokenritsu", "ritsu", _nendo_hajime(years), gyoshu, "‰")
    return choice(Given(tsuchi), tsuchi, hyo, quiet=True)


def _koyo_ritsu(column: str, years: int, month: int = 4) -> Expr:
    return Lookup("koyo_hokenritsu", column, day(nendo, years, month, 1), koyo_kubun, "‰")


def _tokubetsu_santei_kiso(kanyusha: Input, gokei: Input) -> Expr:
    return choice(Given(kanyusha), Total(kanyusha), gokei, quiet=True)


# ---- 賃金等の報告（月別の表がある時） -----------------------------------
_section = "賃金と人数の集計（月別の表から）"


def _heikin(id: str, label: str, kei: Line, when: Expr) -> Line:
    return _line(
        id,
        label,
        choice((kei > 0) & (kei < 12), 1, kei / 12),
        "yoshiki6",
        rounding=HEIKIN_KIRISUTE,
        unit="人",
        when=when,
        why="各月の人数の合計を12で割り、小数を切り捨てる。0より大きく1より小さければ1人。",
    )


rosai_ninzu_kei = _line(
    "rosai_ninzu_kei",
    "労災の人数の12か月の計",
    Total(joyo_ninzu) + Total(yakuin_ninzu) + Total(rinji_ninzu),
    "yoshiki6",
    unit="人",
    when=rosai_ari & Given(joyo_ninzu),
)
_heikin("rodoshasu", "常時使用労働者数", rosai_ninzu_kei, rosai_ari & Given(joyo_ninzu))
koyo_ninzu_kei = _line(
    "koyo_ninzu_kei",
    "雇用保険の人数の12か月の計",
    Total(hihokensha_ninzu) + Total(yakuin_koyo_ninzu),
    "yoshiki6",
    unit="人",
    when=koyo_ari & Given(hihokensha_ninzu),
)
_heikin("hihokenshasu", "雇用保険被保険者数", koyo_ninzu_kei, koyo_ari & Given(hihokensha_ninzu))
rosai_chingin_kei = _line(
    "rosai_chingin_kei",
    "労災の賃金総額（月別の計）",
    Total(joyo_chingin) + Total(yakuin_chingin) + Total(rinji_chingin),
    "choshuho11",
    when=rosai_ari & Given(joyo_chingin),
    why="常用・役員で労働者扱い・臨時の、12か月の賃金と賞与を全部足す。",
)
koyo_chingin_kei = _line(
    "koyo_chingin_kei",
    "雇用の賃金総額（月別の計）",
    Total(hihokensha_chingin) + Total(yakuin_koyo_chingin),
    "choshuho11",
    when=koyo_ari & Given(hihokensha_chingin),
    why="雇用保険の被保険者（役員で被保険者の人を含む）の分だけを足す。",
)


def _chingin(tsukibetsu: Input, kei: Line, wakeru: Expr, hantoshi: Expr, gokei: Input) -> Expr:
    """賃金の入れ方（月別の表、前期と後期、1年の合計）のうち、書いてある物。"""
    return choice(Given(tsukibetsu), kei, choice(wakeru, hantoshi, gokei, quiet=True), quiet=True)


# ---- 確定保険料 ---------------------------------------------------------
_section = "確定保険料（終わった年度）"

rosai_zenki_kiso = _line(
    "rosai_zenki_kiso",
    "労災の算定基礎額（前期）",
    chingin_rosai_zenki,
    "tebiki-r4",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=rosai_ari & Given(chingin_rosai_zenki),
)
rosai_koki_kiso = _line(
    "rosai_koki_kiso",
    "労災の算定基礎額（後期）",
    chingin_rosai_koki,
    "tebiki-r4",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=rosai_ari & Given(chingin_rosai_zenki),
)
rosai_kiso = _line(
    "rosai_kiso",
    "労災の算定基礎額",
    _chingin(
        joyo_chingin,
        rosai_chingin_kei,
        Given(chingin_rosai_zenki),
        rosai_zenki_kiso + rosai_koki_kiso,
        chingin_rosai,
    ),
    "choshuho15",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=rosai_ari,
    why="月ごとや人ごとには切らない。1年の合計で1度だけ、1,000円未満を切り捨てる。",
)
rosai_ritsu = _line(
    "rosai_ritsu",
    "労災保険率（確定）",
    _rosai_ritsu(0, tsuchi_kakutei),
    "choshuho12",
    unit="‰",
    when=rosai_ari,
    why="業種ごとに決まる。メリット制の通知があれば、その率を使う。",
)
koyo_zenki_kiso = _line(
    "koyo_zenki_kiso",
    "雇用の算定基礎額（前期）",
    chingin_koyo_zenki,
    "tebiki-r4",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=koyo_ari & nendo_chu_kaitei,
    why="率が変わる前と後で、賃金を分けて切り捨てる。",
)
koyo_koki_kiso = _line(
    "koyo_koki_kiso",
    "雇用の算定基礎額（後期）",
    chingin_koyo_koki,
    "tebiki-r4",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=koyo_ari & nendo_chu_kaitei,
)
koyo_kiso = _line(
    "koyo_kiso",
    "雇用の算定基礎額",
    _chingin(
        hihokensha_chingin,
        koyo_chingin_kei,
        nendo_chu_kaitei,
        koyo_zenki_kiso + koyo_koki_kiso,
        chingin_koyo,
    ),
    "choshuho15",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=koyo_ari,
    why="雇用保険の被保険者に払った賃金だけを合計する。労災の賃金とは人の範囲が違う。",
)
koyo_ritsu = _line(
    "koyo_ritsu",
    "雇用保険率（確定）",
    _koyo_ritsu("ritsu", 0),
    "choshuho12",
    unit="‰",
    when=koyo_ari,
    why="確定には、賃金を払った年度の率を使う。概算の率と取り違えない。",
)
koyo_koki_ritsu = _line(
    "koyo_koki_ritsu",
    "雇用保険率（確定・後期）",
    _koyo_ritsu("ritsu", 0, 10),
    "choshuho12",
    unit="‰",
    when=koyo_ari & nendo_chu_kaitei,
)
DOGAKU = ryohoken & (rosai_kiso == koyo_kiso)
gokei_ritsu = _line(
    "gokei_ritsu",
    "労災保険率と雇用保険率の計（確定）",
    rosai_ritsu + koyo_ritsu,
    "situmon-q1",
    unit="‰",
    when=DOGAKU & ~nendo_chu_kaitei,
)
_koyo_hokenryo = choice(
    nendo_chu_kaitei,
    koyo_zenki_kiso * koyo_ritsu + koyo_koki_kiso * koyo_koki_ritsu,
    koyo_kiso * koyo_ritsu,
    quiet=True,
)
_gassan_hokenryo = choice(
    nendo_chu_kaitei,
    rosai_kiso * rosai_ritsu + koyo_zenki_kiso * koyo_ritsu + koyo_koki_kiso * koyo_koki_ritsu,
    rosai_kiso * gokei_ritsu,
    quiet=True,
)
kakutei_koyo = _line(
    "kakutei_koyo",
    "確定保険料・雇用分",
    _koyo_hokenryo,
    "choshuho11",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=koyo_ari,
)
kakutei_rosai_betsu = _line(
    "kakutei_rosai_betsu",
    "労災分だけで切った額",
    rosai_kiso * rosai_ritsu,
    "choshuho11",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=DOGAKU,
)
kakutei_gassan = _line(
    "kakutei_gassan",
    "労災と雇用を合わせて切った額",
    _gassan_hokenryo,
    "situmon-q1",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=DOGAKU,
    why="算定基礎額が同じなら、2つの率を足してから掛け、1度だけ切り捨てる。",
)
kakutei_ichien = _line(
    "kakutei_ichien",
    "労災に加える1円",
    kakutei_gassan - (kakutei_rosai_betsu + kakutei_koyo),
    "tebiki-r6",
    when=DOGAKU,
    why="別々に切ると、合わせて切った額より1円少ないことがある。その差を労災に加える。",
)
kakutei_rosai = _line(
    "kakutei_rosai",
    "確定保険料・労災分",
    choice(DOGAKU, kakutei_rosai_betsu + kakutei_ichien, rosai_kiso * rosai_ritsu, quiet=True),
    "choshuho11",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=rosai_ari,
)
tokubetsu_kiso = _line(
    "tokubetsu_kiso",
    "特別加入の算定基礎額",
    _tokubetsu_santei_kiso(kanyusha_kakutei, tokubetsu_kakutei),
    "choshuho15",
    "soku21",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=tokubetsu_kakutei_ari,
    why="1人ずつは切らない。全員の合計で1度だけ切り捨てる。",
)
kakutei_tokubetsu = _line(
    "kakutei_tokubetsu",
    "確定保険料・特別加入分",
    tokubetsu_kiso * rosai_ritsu,
    "choshuho13",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=tokubetsu_kakutei_ari,
    why="一般の労働者の分とは別の行で、別に切り捨てる。",
)
kakutei_rosai_kei = _line(
    "kakutei_rosai_kei",
    "確定保険料・労災の計",
    kakutei_rosai + kakutei_tokubetsu,
    when=rosai_ari & (hoshiki == "jimukumiai"),
)
kakutei_hokenryo = _line(
    "kakutei_hokenryo",
    "確定保険料",
    kakutei_rosai + kakutei_tokubetsu + kakutei_koyo,
    "choshuho19",
    why="終わった年度に本当に払った賃金で計算し直した額。前払いした概算と比べて精算する。",
)

# ---- 一般拠出金 ---------------------------------------------------------
_section = "一般拠出金"

ippan_kiso = _line(
    "ippan_kiso",
    "一般拠出金の算定基礎額",
    rosai_kiso,
    "sekimenho",
    when=rosai_ari,
    why="労災の賃金と同じ。特別加入の額は入れない。",
)
ippan_ritsu = _line(
    "ippan_ritsu",
    "一般拠出金率",
    Lookup("ippan_kyoshutsukin_ritsu", "ritsu", _nendo_hajime(0), unit="‰"),
    unit="‰",
    when=rosai_ari,
)
ippan_kyoshutsukin = _line(
    "ippan_kyoshutsukin",
    "一般拠出金",
    ippan_kiso * ippan_ritsu,
    "sekimenho",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=rosai_ari,
    why="石綿の被害を受けた人のためのお金。概算は無く、分けて払うこともできない。",
)

# ---- 概算保険料 ---------------------------------------------------------
_section = "概算保険料（次の年度の前払い）"


def _mikomi_kiso(id: str, hoken: str, mikomi: Input, ari: Expr) -> Line:
    return _line(
        id,
        f"{hoken}の見込みの算定基礎額",
        mikomi,
        "soku11",
        rounding=SENEN_MIMAN_KIRISUTE,
        when=gaisan_ari & ari & Given(mikomi),
    )


def _hanigai(mikomi: Expr, zennen: Expr) -> Expr:
    """見込みが、前年度の50%以上200%以下を外れるか。"""
    return (mikomi < zennen * teisu("mikomi_kagen", _nendo_hajime(1))) | (
        mikomi > zennen * teisu("mikomi_jogen", _nendo_hajime(1))
    )


def _gaisan_kiso(
    id: str, hoken: str, ari: Expr, mikomi: Input, mikomi_kiso: Line, kiso: Line
) -> Line:
    hanigai = _hanigai(mikomi_kiso, kiso)
    return _line(
        id,
        f"{hoken}の算定基礎額（概算）",
        choice(Given(mikomi), choice(hanigai, mikomi_kiso, kiso), kiso, quiet=True),
        "soku24",
        when=gaisan_ari & ari,
        why="見込みが前年度の50%以上200%以下なら、前年度と同じ額を使う。外れる時だけ見込みを使う。",
    )


def _kirisute_mae_joken(
    id: str, hoken: str, ari: Expr, mikomi: Input, mikomi_kiso: Line, kiso: Line, chingin: Expr
) -> Line:
    """1,000円未満を切り捨てたことが、概算の算定基礎額を決めた時だけの行。"""
    ato, mae = _hanigai(mikomi_kiso, kiso), _hanigai(mikomi, chingin)
    kimeta = (mikomi_kiso != kiso) & ((ato & ~mae) | (mae & ~ato))
    return _line(
        id,
        f"切り捨てる前の額なら、{hoken}の見込みが50%以上200%以下を外れるか",
        mae,
        "soku24",
        unit="",
        when=gaisan_ari & ari & Given(mikomi) & kimeta,
        why="切り捨ててから比べると定めた資料は見つかっていない。",
        if_true="外れる",
        if_false="外れない",
    )


mikomi_rosai_kiso = _mikomi_kiso("mikomi_rosai_kiso", "労災", mikomi_rosai, rosai_ari)
gaisan_rosai_kiso = _gaisan_kiso(
    "gaisan_rosai_kiso", "労災", rosai_ari, mikomi_rosai, mikomi_rosai_kiso, rosai_kiso
)
rosai_kirisute_mae_joken = _kirisute_mae_joken(
    "rosai_kirisute_mae_joken",
    "労災",
    rosai_ari,
    mikomi_rosai,
    mikomi_rosai_kiso,
    rosai_kiso,
    _chingin(
        joyo_chingin,
        rosai_chingin_kei,
        Given(chingin_rosai_zenki),
        chingin_rosai_zenki + chingin_rosai_koki,
        chingin_rosai,
    ),
)
gaisan_rosai_ritsu = _line(
    "gaisan_rosai_ritsu",
    "労災保険率（概算）",
    _rosai_ritsu(1, tsuchi_gaisan),
    "choshuho12",
    unit="‰",
    when=gaisan_ari & rosai_ari,
)
mikomi_koyo_kiso = _mikomi_kiso("mikomi_koyo_kiso", "雇用", mikomi_koyo, koyo_ari)
gaisan_koyo_kiso = _gaisan_kiso(
    "gaisan_koyo_kiso", "雇用", koyo_ari, mikomi_koyo, mikomi_koyo_kiso, koyo_kiso
)
koyo_kirisute_mae_joken = _kirisute_mae_joken(
    "koyo_kirisute_mae_joken",
    "雇用",
    koyo_ari,
    mikomi_koyo,
    mikomi_koyo_kiso,
    koyo_kiso,
    _chingin(
        hihokensha_chingin,
        koyo_chingin_kei,
        nendo_chu_kaitei,
        chingin_koyo_zenki + chingin_koyo_koki,
        chingin_koyo,
    ),
)
gaisan_koyo_ritsu = _line(
    "gaisan_koyo_ritsu",
    "雇用保険率（概算）",
    _koyo_ritsu("ritsu", 1),
    "choshuho12",
    unit="‰",
    when=gaisan_ari & koyo_ari,
    why="概算には、これから賃金を払う年度の率を使う。",
)
gaisan_koyo_zenki_kiso = _line(
    "gaisan_koyo_zenki_kiso",
    "雇用の算定基礎額（概算・前期）",
    gaisan_koyo_kiso / 2,
    "kakikata-r4",
    rounding=SENEN_MIMAN_KIRIAGE,
    when=gaisan_ari & koyo_ari & gaisan_chu_kaitei,
    why="率が10月に変わる年度の概算は、1年分を半分にし、前期は1,000円未満を切り上げる。",
)
gaisan_koyo_koki_kiso = _line(
    "gaisan_koyo_koki_kiso",
    "雇用の算定基礎額（概算・後期）",
    gaisan_koyo_kiso - gaisan_koyo_zenki_kiso,
    "kakikata-r4",
    when=gaisan_ari & koyo_ari & gaisan_chu_kaitei,
)
gaisan_koyo_koki_ritsu = _line(
    "gaisan_koyo_koki_ritsu",
    "雇用保険率（概算・後期）",
    _koyo_ritsu("ritsu", 1, 10),
    "choshuho12",
    unit="‰",
    when=gaisan_ari & koyo_ari & gaisan_chu_kaitei,
)
_gaisan_koyo_hokenryo = choice(
    gaisan_chu_kaitei,
    gaisan_koyo_zenki_kiso * gaisan_koyo_ritsu + gaisan_koyo_koki_kiso * gaisan_koyo_koki_ritsu,
    gaisan_koyo_kiso * gaisan_koyo_ritsu,
    quiet=True,
)
gaisan_koyo = _line(
    "gaisan_koyo",
    "概算保険料・雇用分",
    _gaisan_koyo_hokenryo,
    "choshuho15",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=gaisan_ari & koyo_ari,
)
gaisan_dogaku = gaisan_ari & ryohoken & (gaisan_rosai_kiso == gaisan_koyo_kiso)
gaisan_gokei_ritsu = _line(
    "gaisan_gokei_ritsu",
    "労災保険率と雇用保険率の計（概算）",
    gaisan_rosai_ritsu + gaisan_koyo_ritsu,
    "situmon-q1",
    unit="‰",
    when=gaisan_dogaku & ~gaisan_chu_kaitei,
)
gaisan_rosai_betsu = _line(
    "gaisan_rosai_betsu",
    "概算・労災分だけで切った額",
    gaisan_rosai_kiso * gaisan_rosai_ritsu,
    "choshuho15",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=gaisan_dogaku,
)
gaisan_gassan = _line(
    "gaisan_gassan",
    "概算・労災と雇用を合わせて切った額",
    choice(
        gaisan_chu_kaitei,
        gaisan_rosai_kiso * gaisan_rosai_ritsu
        + gaisan_koyo_zenki_kiso * gaisan_koyo_ritsu
        + gaisan_koyo_koki_kiso * gaisan_koyo_koki_ritsu,
        gaisan_rosai_kiso * gaisan_gokei_ritsu,
        quiet=True,
    ),
    "situmon-q1",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=gaisan_dogaku,
)
gaisan_ichien = _line(
    "gaisan_ichien",
    "概算・労災に加える1円",
    gaisan_gassan - (gaisan_rosai_betsu + gaisan_koyo),
    "tebiki-r6",
    when=gaisan_dogaku,
)
gaisan_rosai = _line(
    "gaisan_rosai",
    "概算保険料・労災分",
    choice(
        gaisan_dogaku,
        gaisan_rosai_betsu + gaisan_ichien,
        gaisan_rosai_kiso * gaisan_rosai_ritsu,
        quiet=True,
    ),
    "choshuho15",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=gaisan_ari & rosai_ari,
)
gaisan_tokubetsu_kiso = _line(
    "gaisan_tokubetsu_kiso",
    "特別加入の算定基礎額（概算）",
    _tokubetsu_santei_kiso(kanyusha_gaisan, tokubetsu_gaisan),
    "choshuho15",
    "soku21",
    rounding=SENEN_MIMAN_KIRISUTE,
    when=tokubetsu_gaisan_ari,
)
gaisan_tokubetsu = _line(
    "gaisan_tokubetsu",
    "概算保険料・特別加入分",
    gaisan_tokubetsu_kiso * gaisan_rosai_ritsu,
    "choshuho13",
    rounding=ICHIEN_MIMAN_KIRISUTE,
    when=tokubetsu_gaisan_ari,
)
gaisan_hokenryo = _line(
    "gaisan_hokenryo",
    "概算保険料",
    gaisan_rosai + gaisan_tokubetsu + gaisan_koyo,
    "choshuho15",
    when=gaisan_ari,
    why="次の年度の分の前払い。その年度が終わってから精算するので、二重払いにはならない。",
)

# ---- 精算 ---------------------------------------------------------------
_section = "精算（申告済みの概算と確定の差）"

choka_gaku = _line(
    "choka_gaku",
    "払い過ぎた額",
    larger(shinkokuzumi_gaisan - kakutei_hokenryo, 0),
    "choshuho19",
    why="申告済みの概算（⑱）が確定より多い分。",
)
fusoku_gaku = _line(
    "fusoku_gaku",
    "不足額",
    larger(kakutei_hokenryo - shinkokuzumi_gaisan, 0),
    "choshuho19",
    why="確定が申告済みの概算より多い分。第1期と一緒に納める。",
)
juto_waku = _line(
    "juto_waku",
    "充当に回せる額",
    choice(kanpu_seikyu, 0, choka_gaku),
    "soku36",
    when=choka_gaku > 0,
    why="還付を請求すれば、払い過ぎた額は全部返してもらう。",
)
juto_ari = juto_waku > 0
juto_ishi_tekiyo = _line(
    "juto_ishi_tekiyo",
    "使う充当意思",
    choice(Given(juto_ishi), juto_ishi, 3, quiet=True),
    "yoshiki6",
    unit="",
    when=juto_ari,
    choices=JUTO_ISHI,
    why="申告書の㉚。書かなければ 3 で計算する。",
)

# ---- 延納と各期 ---------------------------------------------------------
_section = "延納と各期の納付"

kijun_ijo = gaisan_hokenryo >= enno_kijun(hoken_kankei, _nendo_hajime(1))
enno_kano = _line(
    "enno_kano",
    "延納できるか",
    (hoshiki == "jimukumiai") | kijun_ijo,
    "choshuho18",
    "soku27",
    unit="",
    when=gaisan_ari,
    why="事務組合に委託していれば、額を問わない。個別なら40万円以上（片方の保険だけなら20万円以上）。",
    if_true="延納できる",
    if_false="延納できない",
)
nofu_kaisu = _line("nofu_kaisu", "納付回数", kaisu, "soku27", unit="回", when=gaisan_ari)
ki_gaku, ki1_gaisan = ki_no_gaku(
    gaisan_hokenryo,
    nofu_kaisu,
    ("ki_gaku", "1回分の概算保険料"),
    ("ki1_gaisan", "第1期の概算保険料"),
    "3で割り切れない1円・2円は、全部第1期に入れる。",
    when=gaisan_ari,
    section=_section,
)
_lines += [ki_gaku, ki1_gaisan]
ki2_gaisan = _line(
    "ki2_gaisan", "第2期の概算保険料", ki_gaku, "hasuho3", when=gaisan_ari & (nofu_kaisu == 3)
)
ki3_gaisan = _line(
    "ki3_gaisan", "第3期の概算保険料", ki_gaku, "hasuho3", when=gaisan_ari & (nofu_kaisu == 3)
)
ki1_juto = _line(
    "ki1_juto",
    "第1期への充当",
    choice(juto_ishi_tekiyo == 2, 0, smaller(juto_waku, ki1_gaisan), quiet=True),
    "yoshiki6",
    when=gaisan_ari,
    why="払い過ぎた額は、まず第1期の概算保険料に充てる。",
)
kyoshutsukin_juto = _line(
    "kyoshutsukin_juto",
    "一般拠出金への充当",
    choice(juto_ishi_tekiyo == 1, 0, smaller(juto_waku - ki1_juto, ippan_kyoshutsukin), quiet=True),
    "yoshiki6",
    when=rosai_ari & juto_ari,
    why="充当意思が3の時は、第1期の次、第2期より先に一般拠出金に充てる。",
)
ki2_juto = _line(
    "ki2_juto",
    "第2期への充当",
    choice(
        juto_ishi_tekiyo == 2,
        0,
        smaller(juto_waku - ki1_juto - kyoshutsukin_juto, ki2_gaisan),
        quiet=True,
    ),
    "yoshiki6",
    when=gaisan_ari & juto_ari & (nofu_kaisu == 3),
)
ki3_juto = _line(
    "ki3_juto",
    "第3期への充当",
    choice(
        juto_ishi_tekiyo == 2,
        0,
        smaller(juto_waku - ki1_juto - kyoshutsukin_juto - ki2_juto, ki3_gaisan),
        quiet=True,
    ),
    "yoshiki6",
    when=gaisan_ari & juto_ari & (nofu_kaisu == 3),
)
juto_gaku = _line(
    "juto_gaku",
    "充当額の合計",
    ki1_juto + kyoshutsukin_juto + ki2_juto + ki3_juto,
    "choshuho19",
    when=juto_ari,
)
kanpu_gaku = _line(
    "kanpu_gaku",
    "還付額",
    choka_gaku - juto_gaku,
    "soku36",
    when=choka_gaku > 0,
    why="充当しきれない分と、還付を請求した分は返ってくる。",
)
ki1_kyoshutsukin = _line(
    "ki1_kyoshutsukin",
    "第1期の一般拠出金",
    ippan_kyoshutsukin,
    "sekimenho",
    when=gaisan_ari & rosai_ari,
    why="分けられない。全額を第1期と一緒に納める。",
)
ki1_fusoku = _line(
    "ki1_fusoku",
    "第1期に納める不足額",
    fusoku_gaku,
    "choshuho19",
    when=gaisan_ari & (fusoku_gaku > 0),
)
ki1_hokenryo = _line(
    "ki1_hokenryo",
    "第1期の労働保険料",
    ki1_gaisan - ki1_juto + ki1_fusoku,
    "choshuho19",
    when=gaisan_ari,
)
ki1_nofu_gaku = _line(
    "ki1_nofu_gaku",
    "第1期の納付額",
    ki1_hokenryo + ki1_kyoshutsukin - kyoshutsukin_juto,
    when=gaisan_ari,
    why="概算の1回分に、不足額と一般拠出金を足し、充当を引く。",
)
ki2_nofu_gaku = _line(
    "ki2_nofu_gaku",
    "第2期の納付額",
    ki2_gaisan - ki2_juto,
    when=gaisan_ari & (nofu_kaisu == 3),
)
ki3_nofu_gaku = _line(
    "ki3_nofu_gaku",
    "第3期の納付額",
    ki3_gaisan - ki3_juto,
    when=gaisan_ari & (nofu_kaisu == 3),
)
kakutei_nofu_gaku = _line(
    "kakutei_nofu_gaku",
    "確定で納める額",
    fusoku_gaku + ippan_kyoshutsukin - kyoshutsukin_juto,
    "choshuho19",
    when=kakutei_nomi,
    why="概算をしない（廃止・委託解除など）ので、不足額と一般拠出金だけを納める。",
)

# ---- 納期限 -------------------------------------------------------------
_section = "納期限と口座振替日"


def _kijitsu(hyo: str, ki: int) -> Expr:
    return kijitsu(hyo, nendo, Const(ki), on=_nendo_hajime(1), nen_go=1)


def _nofu_kigen(ki: int) -> None:
    when = gaisan_ari if ki == 1 else gaisan_ari & (nofu_kaisu == 3)
    hi = _line(
        f"ki{ki}_kijitsu",
        f"第{ki}期の期日",
        _kijitsu("nokigen", ki),
        "soku27",
        unit="日付",
        when=when,
    )
    _line(
        f"ki{ki}_nofu_kigen",
        f"第{ki}期の納期限",
        hi if ki == 1 else encho_go(hi, hoshiki == "jimukumiai", Const(ki), on=_nendo_hajime(1)),
        "soku27",
        rounding=YOKUKAICHOBI,
        unit="日付",
        when=when,
        why="第1期は6月1日から数えて40日目の7月10日（令和2年度は8月31日）。事務組合でも延びない。"
        if ki == 1
        else "事務組合に委託していれば、14日延びる。",
    )
    _line(
        f"ki{ki}_kozafurikae_bi",
        f"第{ki}期の口座振替日",
        _kijitsu("kozafurikae_bi", ki),
        "furikae",
        rounding=YOKUEIGYOBI,
        unit="日付",
        when=when,
        why="国の口座振替を申し込んだ時の引落日。事務組合の集金日は組合ごとに違う。",
    )


for _ki in (1, 2, 3):
    _nofu_kigen(_ki)

# ---- 労使の負担 ---------------------------------------------------------
_section = "雇用保険料の負担（確定の年度・説明用）"

koyo_rodosha_ritsu = _line(
    "koyo_rodosha_ritsu",
    "労働者負担の率",
    _koyo_ritsu("rodosha_ritsu", 0),
    "choshuho31",
    unit="‰",
    when=koyo_ari,
)
koyo_rodosha_koki_ritsu = _line(
    "koyo_rodosha_koki_ritsu",
    "労働者負担の率（後期）",
    _koyo_ritsu("rodosha_ritsu", 0, 10),
    "choshuho31",
    unit="‰",
    when=koyo_ari & nendo_chu_kaitei,
)
koyo_rodosha_futan = _line(
    "koyo_rodosha_futan",
    "労働者負担の1年分の目安",
    choice(
        nendo_chu_kaitei,
        koyo_zenki_kiso * koyo_rodosha_ritsu + koyo_koki_kiso * koyo_rodosha_koki_ritsu,
        koyo_kiso * koyo_rodosha_ritsu,
        quiet=True,
    ),
    "choshuho31",
    rounding=GOJUSSEN_IKA_KIRISUTE,
    when=koyo_ari,
    why="実際に給与から引いた額は、支払いのたびに端数を処理するので、この額と少し違う。",
)
koyo_jigyonushi_futan = _line(
    "koyo_jigyonushi_futan",
    "事業主負担の1年分の目安",
    kakutei_koyo - koyo_rodosha_futan,
    "choshuho31",
    when=koyo_ari,
    why="失業等給付と育児休業給付は労使で半分ずつ、二事業は事業主だけが負担する。",
)


# ---- 入力の誤り ---------------------------------------------------------
def _hissu(field: str, item: Input, ari: Expr, label: str) -> Check:
    return Check(field, "hissu", ari & ~Given(item), f"{label}を入れてください。")


ENNO_KANO = "個別に申告する事業は、概算保険料が40万円以上（労災か雇用の片方だけなら20万円以上）の時だけ延納できます。"
(_TOKUBETSU_KONKYO,) = cite("choshuho33")
_bunkatsu = Given(chingin_rosai_zenki) | Given(chingin_koyo_zenki)
CHECKS = (
    _hissu("gyoshu", gyoshu, rosai_ari, "業種番号（労災保険の業種を表す2桁の数字。例 94）"),
    _hissu(
        "koyo_kubun",
        koyo_kubun,
        koyo_ari,
        "雇用保険の事業の区分（一般、農林水産・清酒製造、建設のどれか）",
    ),
    Check(
        "chingin.rosai",
        "hissu",
        rosai_ari & ~(Given(chingin_rosai) | Given(chingin_rosai_zenki) | Given(joyo_chingin)),
        "労災の賃金を円で入れてください。",
    ),
    Check(
        "chingin.koyo",
        "zenki_koki",
        koyo_ari & nendo_chu_kaitei & ~Given(chingin_koyo_zenki),
        "この年度は10月1日に雇用保険率が変わりました。雇用の賃金を前期（4〜9月）と後期（10〜3月）に分けて入れてください。",
    ),
    Check(
        "chingin.koyo",
        "hissu",
        koyo_ari
        & ~nendo_chu_kaitei
        & ~(Given(chingin_koyo) | Given(chingin_koyo_zenki) | Given(hihokensha_chingin)),
        "雇用の賃金を円で入れてください。",
    ),
    Check(
        "chingin",
        "zenki_koki",
        ~nendo_chu_kaitei & _bunkatsu,
        "この年度は雇用保険率が途中で変わっていません。賃金は1年の合計を円で入れてください。",
    ),
    Check(
        "tokubetsu_kanyu",
        "jimukumiai_nomi",
        (hoshiki == "kobetsu") & _tokubetsu_ari,
        f"第1種特別加入（中小事業主等）は、労働保険事務組合に事務を委託している事業だけが使えます（{_TOKUBETSU_KONKYO}）。個別に申告する事業では計算できません。",
    ),
    Check(
        "tokubetsu_kanyu",
        "rosai_nomi",
        (hoken_kankei == "koyo") & _tokubetsu_ari,
        "特別加入は労災保険の制度です。雇用保険だけの事業では使えません。",
    ),
    Check(
        "kaisu",
        "hissu",
        gaisan_ari & ~Given(kaisu),
        "納付回数を 1 か 3 で入れてください。",
    ),
    Check(
        "kaisu",
        "enno_fuka",
        gaisan_ari & bunkai & ~enno_kano,
        f"延納（3回）はできません。{ENNO_KANO}納付回数は1回にしてください。",
    ),
)

SHEET = Sheet(
    "nendo_koshin",
    "年度更新（継続事業）",
    tuple(x for x in list(globals().values()) if isinstance(x, Input)),
    tuple(_lines),
    CHECKS,
)

# ---- 精算と各期の納付だけ（確定と概算を別に計算する、一括有期事業） --------
_seisan = tuple(
    dict.fromkeys(x.section for x in (choka_gaku, enno_kano, SHEET.line("ki1_nofu_kigen")))
)
_moto = tuple(
    replace(x, formula=Input(f"moto_{x.id}", x.label), section=_seisan[0], why="")
    for x in (kakutei_hokenryo, ippan_kyoshutsukin, gaisan_hokenryo)
)
SEISAN = Sheet(
    "seisan",
    "精算と各期の納付",
    (
        nendo,
        hoshiki,
        hoken_kankei,
        shinkokuzumi_gaisan,
        kakutei_nomi,
        kanpu_seikyu,
        juto_ishi,
        kaisu,
        *(x.formula for x in _moto if isinstance(x.formula, Input)),
    ),
    (*_moto, *(x for x in _lines if x.section in _seisan)),
    tuple(c for c in CHECKS if c.field == "kaisu"),
)


# ---- 約束の値 -----------------------------------------------------------
@dataclass(frozen=True)
class Atai:
    """答えの値1つ。`ari` が成り立たない時は null。`ki` は期ごとの値の期。"""

    name: str
    label: str
    shiki: Expr
    ari: Expr | None = None
    ki: int | None = None

    @property
    def hizuke(self) -> bool:
        """日付の値か。"""
        return isinstance(self.shiki, Line) and self.shiki.unit == "日付"

    @property
    def retsu(self) -> str:
        """表の列の名前。"""
        return self.name if self.ki is None else f"ki{self.ki}_{self.name}"


def _atai(line: Line, ari: Expr | None = None) -> Atai:
    return Atai(line.id, line.label, line, ari)


def _kibetsu(ki: int) -> list[Atai]:
    ari = gaisan_ari if ki == 1 else gaisan_ari & bunkai
    nashi = Const(0)
    shiki: list[tuple[str, str, Expr]] = [
        ("gaisan", "概算保険料", SHEET.line(f"ki{ki}_gaisan")),
        ("juto", "充当", SHEET.line(f"ki{ki}_juto")),
        ("fusoku", "不足額", ki1_fusoku if ki == 1 else nashi),
        ("kyoshutsukin", "一般拠出金", ki1_kyoshutsukin if ki == 1 else nashi),
        ("kyoshutsukin_juto", "一般拠出金への充当", kyoshutsukin_juto if ki == 1 else nashi),
        ("nofu_gaku", "納付額", SHEET.line(f"ki{ki}_nofu_gaku")),
        ("nofu_kigen", "納期限", SHEET.line(f"ki{ki}_nofu_kigen")),
        ("kozafurikae_bi", "口座振替日", SHEET.line(f"ki{ki}_kozafurikae_bi")),
    ]
    return [Atai(name, f"第{ki}期の{label}", e, ari, ki) for name, label, e in shiki]


ATAI = (
    _atai(rosai_kiso),
    _atai(koyo_kiso),
    _atai(tokubetsu_kiso),
    _atai(kakutei_rosai),
    _atai(kakutei_tokubetsu),
    _atai(kakutei_koyo),
    _atai(kakutei_hokenryo),
    _atai(ippan_kyoshutsukin),
    _atai(gaisan_rosai, gaisan_ari),
    _atai(gaisan_tokubetsu, gaisan_ari),
    _atai(gaisan_koyo, gaisan_ari),
    _atai(gaisan_hokenryo, gaisan_ari),
    Atai("rodoshasu", "常時使用労働者数", SHEET.line("rodoshasu"), Given(joyo_ninzu) & rosai_ari),
    Atai(
        "hihokenshasu",
        "雇用保険被保険者数",
        SHEET.line("hihokenshasu"),
        Given(hihokensha_ninzu) & koyo_ari,
    ),
    Atai("enno_kano", enno_kano.label, gaisan_ari & enno_kano),
    _atai(juto_gaku),
    _atai(kanpu_gaku),
    _atai(fusoku_gaku),
    *_kibetsu(1),
    *_kibetsu(2),
    *_kibetsu(3),
    _atai(kakutei_nofu_gaku, kakutei_nomi),
    _atai(koyo_rodosha_futan),
    _atai(koyo_jigyonushi_futan),
)
SEISAN_ATAI = tuple(
    a
    for a in ATAI
    if a.ki
    or a.name in {"enno_kano", "juto_gaku", "kanpu_gaku", "fusoku_gaku", "kakutei_nofu_gaku"}
)
MIDASHI = {a.retsu: a.label for a in ATAI}
