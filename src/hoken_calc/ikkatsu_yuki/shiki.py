"""一括有期事業（建設）の式。

工事1件（`KOJI`）→ 総括表の1行（`SOUKATSU_GYO`: 業種×事業開始時期）→ 合計（`SHEET`）と
概算の1行（`GAISAN_GYO`: 業種ごと）。特別加入の1行（`TOKUBETSU_GYO`）は、確定と概算の業種ごと。
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ..hasu_shori import (
    ICHIEN_MIMAN_KIRISUTE,
    SENEN_MIMAN_KIRISUTE,
    SOUKATSU_ICHIEN_KIRISUTE,
    SOUKATSU_SENEN_KIRISUTE,
)
from ..sheet import (
    Check,
    Expr,
    Given,
    Input,
    Line,
    Lookup,
    Sheet,
    Total,
    Value,
    choice,
    day,
)
from ..tables import Row, cite, jp, table, teisu

KUBUN = {"kumitate": "組立て・取付け", "sonota": "その他"}
HYO_NO_KUBUN = {"kumitate": "組立て", "sonota": "その他", None: ""}


def zei_no_jiki() -> list[tuple[str, str, Row]]:
    """請負金額の消費税の扱い: 始めた時期、扱いの名前、表の行。古い順。続く同じ扱いは1つにする。"""
    hajime: dict[str, Row] = {}
    for row in table("ukeoi_zei").rows[None]:
        hajime.setdefault(row["meisho"].split("。")[0], row)
    owari: list[date | None] = [r.start - timedelta(days=1) for r in hajime.values()]
    out = []
    for i, ((na, row), made) in enumerate(zip(hajime.items(), [*owari[1:], None], strict=True)):
        kara = f"{jp(row.start)}から" if i else ""
        out.append((kara + (f"{jp(made)}までに" if made else ""), na, row))
    return out


def _zei_no_keisan(row: Row) -> str:
    bunshi, bunbo = row["bunshi"], row["bunbo"]
    return "をそのまま使う" if bunshi == bunbo else f"に{bunshi}/{bunbo}を掛ける"


def _retsu(hyo: str, column: str, on: Expr, key: Expr | None = None, unit: str = "") -> Lookup:
    """表引き。式の中で、表の名前だけでなく列の名前も言う。"""
    label = f"{table(hyo).title}の表の{table(hyo).label_of[column]}"
    return Lookup(hyo, column, on, key, unit, label)


# ---- 工事1件（一括有期事業報告書の行） ----------------------------------
kaishi = Input("kaishi", "工事の開始日", "日付")
chosei_ari = Input(
    "chosei_ari",
    "消費税の調整",
    "",
    None,
    "請負金額の消費税を調整する工事",
    "請負金額をそのまま使う工事",
)
ukeoi_kingaku = Input("ukeoi_kingaku", "請負金額")
shikyuzai = Input("shikyuzai", "支給材・損料の加算")
jogai = Input("jogai", "機械装置などの控除")
chingin = Input("chingin", "実際に払った賃金")
gyoshu = Input("gyoshu", "業種番号", "")
romuhi_kagi = Input("romuhi_kagi", "業種番号と区分", "")
teisei = Input("teisei", "率の訂正", "", None, "訂正した率を使う工事", "訂正した率を使わない工事")

zei_chosei = Line(
    "zei_chosei",
    "消費税を調整した請負金額",
    choice(
        chosei_ari,
        ukeoi_kingaku
        * _retsu("ukeoi_zei", "bunshi", kaishi)
        / _retsu("ukeoi_zei", "bunbo", kaishi),
        ukeoi_kingaku,
        quiet=True,
    ),
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("tokyo280301"),
    why="".join(
        f"{jiki}始めた工事は{na}の額{_zei_no_keisan(row)}。" for jiki, na, row in zei_no_jiki()
    ),
)
ukeoi_sogaku = Line(
    "ukeoi_sogaku",
    "請負金額（加算と控除の後）",
    zei_chosei + shikyuzai - jogai,
    basis=cite("soku13"),
    why="賃金で計算する工事では、一括できる大きさかを見るためだけに使う。",
)
romuhi_ritsu = Line(
    "romuhi_ritsu",
    "労務費率",
    Lookup("romuhi_ritsu", "romuhi_ritsu", kaishi, romuhi_kagi, "%"),
    unit="%",
    basis=cite("soku13"),
    when=~Given(chingin),
    why="工事を始めた時期の率を使う。終わった時期ではない。",
)
koji_chingin = Line(
    "koji_chingin",
    "この工事の賃金総額",
    choice(Given(chingin), chingin, ukeoi_sogaku * romuhi_ritsu, quiet=True),
    rounding=SOUKATSU_ICHIEN_KIRISUTE,
    basis=cite("soku13"),
)


def _hyo_no_ritsu(on: Expr) -> Expr:
    tokurei = _retsu("romuhi_ritsu", "tokurei_ritsu", on, romuhi_kagi, "‰")
    hyojun = Lookup("rosai_hokenritsu", "ritsu", on, gyoshu, "‰")
    return choice(tokurei > 0, choice(teisei, tokurei, hyojun, quiet=True), hyojun, quiet=True)


ritsu = Line(
    "ritsu",
    "労災保険率（開始時期）",
    _hyo_no_ritsu(kaishi),
    unit="‰",
    basis=cite("choshuho12"),
    why="工事を始めた時期の率を使う。",
)
koji_kiso = Line(
    "koji_kiso",
    "この工事の算定基礎額",
    koji_chingin,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho15"),
    why="一括できる大きさかは概算保険料で見るので、賃金総額の1,000円未満を切り捨てる。",
)
koji_hokenryo = Line(
    "koji_hokenryo",
    "この工事の保険料に当たる額",
    koji_kiso * ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho11"),
    why="一括できる大きさかを見るための額。総括表の保険料は、行ごとにまとめて計算する。",
)
ikkatsu_ukeoi = choice(chosei_ari, ukeoi_kingaku + shikyuzai - jogai, ukeoi_sogaku, quiet=True)
tandoku = Line(
    "tandoku",
    "単独の有期事業になるか",
    (ikkatsu_ukeoi >= teisu("ikkatsu_ukeoi_jogen", kaishi))
    | (koji_hokenryo >= teisu("ikkatsu_gaisan_jogen", kaishi)),
    unit="",
    basis=cite("choshuho7", "soku6"),
    why="上限は、平成27年3月31日までに始まった工事では税込み、その後は税抜きの請負金額で見る。",
    if_true="大きいので、単独の有期事業になる",
    if_false="一括できる",
)
KOJI = Sheet(
    "koji",
    "工事1件",
    (
        kaishi,
        chosei_ari,
        ukeoi_kingaku,
        shikyuzai,
        jogai,
        chingin,
        gyoshu,
        romuhi_kagi,
        teisei,
    ),
    (
        zei_chosei,
        ukeoi_sogaku,
        romuhi_ritsu,
        koji_chingin,
        ritsu,
        koji_kiso,
        koji_hokenryo,
        tandoku,
    ),
    (
        Check(
            "jogai",
            "ooi",
            jogai > ukeoi_kingaku + shikyuzai,
            "控除が、請負金額と加算の合計より大きくなっています。",
        ),
    ),
)

# ---- 総括表の1行 --------------------------------------------------------
ukeoi = Input("ukeoi", "工事の請負金額")
chingin_jissai = Input("chingin_jissai", "実際に払った賃金")
zogen = Input("zogen", "メリット制の増減率", "%")


def _merit(moto: Line, on: Expr) -> Expr:
    higyomu = teisu("higyomu_saigai_ritsu", on, "‰")
    return choice(Given(zogen), (moto - higyomu) * (zogen + 1) + higyomu, moto, quiet=True)


ukeoi_kei = Line(
    "ukeoi_kei", "請負金額の計", Total(ukeoi), basis=cite("tokyo280301"), when=Given(ukeoi)
)
gyo_romuhi_ritsu = Line(
    "gyo_romuhi_ritsu",
    "労務費率",
    romuhi_ritsu.formula,
    unit="%",
    basis=cite("soku13"),
    when=Given(ukeoi),
)
chingin_jitsugaku = Line(
    "chingin_jitsugaku",
    "実際に払った賃金の計",
    Total(chingin_jissai),
    basis=cite("choshuho11"),
    when=Total(chingin_jissai) > 0,
    why="賃金で計算する工事の分。労務費率を掛けない。",
)
chingin_sogaku = Line(
    "chingin_sogaku",
    "賃金総額",
    choice(
        Given(ukeoi),
        ukeoi_kei * gyo_romuhi_ritsu + chingin_jitsugaku,
        chingin_jitsugaku,
        quiet=True,
    ),
    rounding=SOUKATSU_SENEN_KIRISUTE,
    basis=cite("tokyo280301"),
    why="この行の請負金額を集計してから、労務費率を掛ける。実際に払った賃金は、その後で足す。",
)
kijun_ritsu = Line(
    "kijun_ritsu",
    "基準の労災保険率",
    _hyo_no_ritsu(kaishi),
    unit="‰",
    basis=cite("choshuho12"),
)
gyo_ritsu = Line(
    "gyo_ritsu",
    "使う労災保険率",
    _merit(kijun_ritsu, kaishi),
    unit="‰",
    basis=cite("choshuho12"),
    why="メリット制の増減率は、非業務災害率を引いた分にだけ掛ける。",
)
gyo_hokenryo = Line(
    "gyo_hokenryo",
    "この行の保険料",
    chingin_sogaku * gyo_ritsu,
    rounding=SOUKATSU_ICHIEN_KIRISUTE,
    basis=cite("choshuho11"),
)
SOUKATSU_GYO = Sheet(
    "soukatsu_gyo",
    "総括表の1行",
    (kaishi, gyoshu, romuhi_kagi, teisei, ukeoi, chingin_jissai, zogen),
    (
        ukeoi_kei,
        gyo_romuhi_ritsu,
        chingin_jitsugaku,
        chingin_sogaku,
        kijun_ritsu,
        gyo_ritsu,
        gyo_hokenryo,
    ),
)

# ---- 概算の1行（業種ごと） ----------------------------------------------
nendo = Input("nendo", "確定の保険年度", "年度")
gyo_chingin = Input("gyo_chingin", "総括表の賃金総額")
kirisute_mae_chingin = Input("kirisute_mae_chingin", "切り捨てる前の賃金総額")
mikomi_ukeoi = Input("mikomi_ukeoi", "次の年度の請負金額の見込み")
mikomi_chingin = Input("mikomi_chingin", "次の年度の賃金総額の見込み")
_TSUGI = day(nendo, 1, 4, 1)
_mikomi_ari = Given(mikomi_ukeoi) | Given(mikomi_chingin)


def _hanigai(mikomi: Expr, zennen: Expr) -> Expr:
    kagen, jogen = teisu("mikomi_kagen", _TSUGI), teisu("mikomi_jogen", _TSUGI)
    return (mikomi < zennen * kagen) | (mikomi > zennen * jogen)


zennen_kiso = Line(
    "zennen_kiso",
    "確定の年度の算定基礎額",
    Total(gyo_chingin),
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku11"),
    when=_mikomi_ari,
)
mikomi_romuhi_ritsu = Line(
    "mikomi_romuhi_ritsu",
    "労務費率（概算）",
    Lookup("romuhi_ritsu", "romuhi_ritsu", _TSUGI, romuhi_kagi, "%"),
    unit="%",
    basis=cite("soku13"),
    when=Given(mikomi_ukeoi),
    why="次の年度の4月1日の率で見込む。",
)
_mikomi_chingin = choice(
    Given(mikomi_ukeoi), mikomi_ukeoi * mikomi_romuhi_ritsu, mikomi_chingin, quiet=True
)
mikomi_kiso = Line(
    "mikomi_kiso",
    "見込みの算定基礎額",
    _mikomi_chingin,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku11"),
    when=_mikomi_ari,
)
_kiso_hanigai = _hanigai(mikomi_kiso, zennen_kiso)
_kirisute_mae_joken = _hanigai(_mikomi_chingin, Total(kirisute_mae_chingin))
kirisute_mae_joken = Line(
    "kirisute_mae_joken",
    "切り捨てる前の額なら、見込みが50%以上200%以下から外れるか",
    _kirisute_mae_joken,
    unit="",
    basis=cite("soku24"),
    when=_mikomi_ari & (_kirisute_mae_joken != _kiso_hanigai) & (mikomi_kiso != zennen_kiso),
    if_true="外れる",
    if_false="外れない",
    why="切り捨ててから比べると定めた資料は見つかっていない。",
)
gaisan_kiso = Line(
    "gaisan_kiso",
    "概算の算定基礎額",
    choice(
        _mikomi_ari,
        choice(_kiso_hanigai, mikomi_kiso, zennen_kiso),
        Total(gyo_chingin),
        quiet=True,
    ),
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku24"),
    why="次の年度の見込みが確定の50%以上200%以下なら、確定と同じ賃金総額を使う。外れる時だけ見込みを使う。",
)
gaisan_kijun_ritsu = Line(
    "gaisan_kijun_ritsu",
    "基準の労災保険率（概算）",
    _hyo_no_ritsu(_TSUGI),
    unit="‰",
    basis=cite("choshuho12"),
)
gaisan_ritsu = Line(
    "gaisan_ritsu",
    "使う労災保険率（概算）",
    _merit(gaisan_kijun_ritsu, _TSUGI),
    unit="‰",
    basis=cite("choshuho12"),
)
gaisan_gyo_hokenryo = Line(
    "gaisan_gyo_hokenryo",
    "この業種の概算保険料",
    gaisan_kiso * gaisan_ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho15"),
)
GAISAN_GYO = Sheet(
    "gaisan_gyo",
    "概算の1行",
    (
        nendo,
        gyoshu,
        romuhi_kagi,
        teisei,
        gyo_chingin,
        kirisute_mae_chingin,
        mikomi_ukeoi,
        mikomi_chingin,
        zogen,
    ),
    (
        zennen_kiso,
        mikomi_romuhi_ritsu,
        mikomi_kiso,
        kirisute_mae_joken,
        gaisan_kiso,
        gaisan_kijun_ritsu,
        gaisan_ritsu,
        gaisan_gyo_hokenryo,
    ),
)

# ---- 特別加入の1行（業種ごと） ------------------------------------------
hoken_nendo = Input("hoken_nendo", "保険年度", "年度")
kanyusha_kiso = Input("kanyusha_kiso", "加入者の算定基礎額")
_KONO_SHIGATSU = day(hoken_nendo, 0, 4, 1)

tokubetsu_kiso = Line(
    "tokubetsu_kiso",
    "特別加入の算定基礎額",
    Total(kanyusha_kiso),
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho15", "soku21"),
    why="1人ずつは切らない。この業種の全員の合計で1度だけ切り捨てる。工事の賃金総額とは別の行。",
)
tokubetsu_kijun_ritsu = Line(
    "tokubetsu_kijun_ritsu",
    "基準の労災保険率（特別加入）",
    Lookup("rosai_hokenritsu", "ritsu", _KONO_SHIGATSU, gyoshu, "‰"),
    unit="‰",
    basis=cite("choshuho13"),
    why="第1種特別加入の率は、その事業の労災保険率と同じ。加入は工事ごとでなく年度ごとなので、その年度の4月1日の率を使う。",
)
tokubetsu_ritsu = Line(
    "tokubetsu_ritsu",
    "使う労災保険率（特別加入）",
    _merit(tokubetsu_kijun_ritsu, _KONO_SHIGATSU),
    unit="‰",
    basis=cite("choshuho13"),
    why="メリット制で増減した率は、第1種特別加入にも使う。",
)
tokubetsu_gyo_hokenryo = Line(
    "tokubetsu_gyo_hokenryo",
    "この業種の特別加入の保険料",
    tokubetsu_kiso * tokubetsu_ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho13"),
    why="工事の分とは別に切り捨てる。",
)
TOKUBETSU_GYO = Sheet(
    "tokubetsu_gyo",
    "特別加入の1行",
    (hoken_nendo, gyoshu, kanyusha_kiso, zogen),
    (tokubetsu_kiso, tokubetsu_kijun_ritsu, tokubetsu_ritsu, tokubetsu_gyo_hokenryo),
)

# ---- 合計 ---------------------------------------------------------------
gyo_hokenryo_narabi = Input("gyo_hokenryo_narabi", "総括表の保険料")
tokubetsu_kakutei_narabi = Input("tokubetsu_kakutei_narabi", "業種ごとの特別加入の確定保険料")
tokubetsu_gaisan_narabi = Input("tokubetsu_gaisan_narabi", "業種ごとの特別加入の概算保険料")
gaisan_narabi = Input("gaisan_narabi", "業種ごとの概算保険料")
_SHIGATSU = day(nendo, 0, 4, 1)

chingin_gokei = Line("chingin_gokei", "賃金総額の合計", Total(gyo_chingin), section="合計")
kakutei_tokubetsu = Line(
    "kakutei_tokubetsu",
    "確定保険料・特別加入分",
    Total(tokubetsu_kakutei_narabi),
    basis=cite("choshuho13"),
    when=Given(tokubetsu_kakutei_narabi),
    section="合計",
)
kakutei_hokenryo = Line(
    "kakutei_hokenryo",
    "確定保険料",
    Total(gyo_hokenryo_narabi) + kakutei_tokubetsu,
    basis=cite("choshuho19"),
    section="合計",
)
ippan_kyoshutsukin = Line(
    "ippan_kyoshutsukin",
    "一般拠出金",
    chingin_gokei * Lookup("ippan_kyoshutsukin_ritsu", "ritsu", _SHIGATSU, unit="‰"),
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("sekimenho"),
    section="合計",
    why="工事の賃金総額の合計だけに掛ける。特別加入の分は入れず、メリット制の増減もない。",
)
gaisan_tokubetsu = Line(
    "gaisan_tokubetsu",
    "概算保険料・特別加入分",
    Total(tokubetsu_gaisan_narabi),
    basis=cite("choshuho13"),
    when=Given(tokubetsu_gaisan_narabi),
    section="合計",
)
gaisan_hokenryo = Line(
    "gaisan_hokenryo",
    "概算保険料",
    Total(gaisan_narabi) + gaisan_tokubetsu,
    basis=cite("choshuho15"),
    when=Given(gaisan_narabi),
    section="合計",
)
SHEET = Sheet(
    "ikkatsu_yuki",
    "一括有期事業（建設）",
    (
        nendo,
        gyo_chingin,
        gyo_hokenryo_narabi,
        gaisan_narabi,
        tokubetsu_kakutei_narabi,
        tokubetsu_gaisan_narabi,
    ),
    (
        chingin_gokei,
        kakutei_tokubetsu,
        kakutei_hokenryo,
        ippan_kyoshutsukin,
        gaisan_tokubetsu,
        gaisan_hokenryo,
    ),
)


def kagi(gyoshu: str, kubun: str | None) -> Any:
    """労務費率の表の鍵。"""
    key: Value | tuple[str, str] = (gyoshu, HYO_NO_KUBUN[kubun])
    return key
