"""一括有期事業（建設）: 公表された表、消費税、訂正、除く工事、誤り。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hoken_calc import calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari

KENCHIKU = {"gyoshu": "35", "kaishi": "2024-05-01", "shuryo": "2025-08-31"}


def keisan(*koji: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": list(koji), **more})
    assert isinstance(answer, Keisan), answer
    return answer.values


def hitotsu(**koji: Any) -> dict[str, Any]:
    (gyo,) = keisan({**KENCHIKU, **koji})["soukatsu"]
    return gyo


@pytest.mark.parametrize(
    ("ukeoi", "hokenryo"),
    [
        (1_000_000, 2185),
        (5_000_000, 10925),
        (10_000_000, 21850),
        (15_000_000, 32775),
        (20_000_000, 43700),
        (25_000_000, 54625),
        (30_000_000, 65550),
        (35_000_000, 76475),
        (40_000_000, 87400),
        (45_000_000, 98325),
        (50_000_000, 109250),
        (100_000_000, 218500),
    ],
)
@pytest.mark.parametrize("kaishi", ["2018-04-01", "2024-05-01"])
def test_kenchiku(ukeoi: int, hokenryo: int, kaishi: str) -> None:
    """公表例 b-02〜b-04（全建総連系組合、外壁業の媒体、t-kenrou）: 建築 23%・9.5。"""
    gyo = hitotsu(ukeoi_kingaku=ukeoi, kaishi=kaishi)
    assert gyo["hokenryo"] == hokenryo
    assert gyo["chingin_sogaku"] == ukeoi * 23 // 100
    assert (gyo["romuhi_ritsu"], gyo["ritsu"]) == (230, 9.5)


@pytest.mark.parametrize(
    ("kaishi", "ukeoi", "jiki"),
    [
        ("2013-09-30", 10_800_000, date(2012, 4, 1)),
        ("2013-10-01", 10_500_000, date(2013, 10, 1)),
        ("2015-03-31", 10_500_000, date(2013, 10, 1)),
        ("2015-04-01", 10_800_000, date(2015, 4, 1)),
        ("2018-03-31", 10_800_000, date(2015, 4, 1)),
        ("2018-04-01", 10_800_000, date(2018, 4, 1)),
        ("2024-03-31", 10_800_000, date(2018, 4, 1)),
        ("2024-04-01", 10_800_000, date(2024, 4, 1)),
    ],
)
def test_shohizei_and_kaishi_jiki(kaishi: str, ukeoi: int, jiki: date) -> None:
    """開始日ごとの消費税の扱い（東京労働局事務組合室280301）と、開始時期の境。"""
    gyo = hitotsu(ukeoi_kingaku=10_800_000, kaishi=kaishi)
    assert (gyo["ukeoi_kingaku"], gyo["kaishi_jiki"]) == (ukeoi, jiki)


def test_rows_are_added_up_before_the_rate() -> None:
    """同じ業種・同じ時期の工事は、請負金額を足してから労務費率を掛け、1度だけ切る。"""
    v = keisan(*({**KENCHIKU, "ukeoi_kingaku": 1_001_000} for _ in range(3)))
    assert len(v["soukatsu"]) == 1
    assert v["soukatsu"][0]["chingin_sogaku"] == 690_000  # 3,003,000×23% = 690,690
    assert v["kakutei_hokenryo"] == 6_555
    v = keisan(
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000},
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000, "kaishi": "2017-05-01"},
        {**KENCHIKU, "chingin": 500_999},
    )
    assert [(s["kaishi_jiki"].year, s["chingin_sogaku"]) for s in v["soukatsu"]] == [
        (2015, 230_000),
        (2024, 730_000),
    ]


def test_kasan_and_kojo() -> None:
    gyo = hitotsu(ukeoi_kingaku=10_000_000, shikyuzai=2_000_000, jogai=500_000)
    assert gyo["ukeoi_kingaku"] == 11_500_000


def test_kikai_sochi() -> None:
    for kubun, romuhi in (("kumitate", 380), ("sonota", 210)):
        gyo = hitotsu(gyoshu="36", kubun=kubun, ukeoi_kingaku=1_000_000)
        assert gyo["romuhi_ritsu"] == romuhi


@pytest.mark.parametrize(
    ("kaishi", "romuhi", "ritsu"),
    [
        ("2018-03-31", 190, 79),
        ("2018-04-01", 180, 64),
        ("2021-03-31", 180, 64),
        ("2021-04-01", 190, 62),
        ("2024-04-01", 190, 34),
    ],
)
def test_suiryoku_teisei(kaishi: str, romuhi: int, ritsu: int) -> None:
    """水力発電施設・ずい道等（31）の訂正（徴収則附則8条）。"""
    gyo = hitotsu(gyoshu="31", kaishi=kaishi, ukeoi_kingaku=1_000_000)
    assert (gyo["romuhi_ritsu"], gyo["ritsu"]) == (romuhi, ritsu)


@pytest.mark.parametrize(
    ("kaishi", "ritsu"),
    [("2018-03-31", 79), ("2018-04-01", 62), ("2021-01-31", 62), ("2021-02-01", 64)],
)
def test_suiryoku_teisei_of_works_paid_by_wages(kaishi: str, ritsu: int) -> None:
    """賃金の実額で計算する工事は、2021年2月1日の開始から訂正した率になる。"""
    assert hitotsu(gyoshu="31", kaishi=kaishi, chingin=1_000_000)["ritsu"] == ritsu


def test_wages_and_contract_of_31_make_two_rows() -> None:
    koji = {"gyoshu": "31", "kaishi": "2020-04-01", "shuryo": "2025-10-01"}
    v = keisan({**koji, "chingin": 1_000_000}, {**koji, "ukeoi_kingaku": 1_000_000})
    assert [s["hokenryo"] for s in v["soukatsu"]] == [62_000, 11_520]


def test_a_large_contract_is_left_out_even_when_wages_are_given() -> None:
    koji = {**KENCHIKU, "chingin": 1_000_000}
    assert keisan({**koji, "ukeoi_kingaku": 179_999_999})["kakutei_hokenryo"] == 9_500
    v = keisan({**koji, "ukeoi_kingaku": 180_000_000})
    assert (v["kakutei_hokenryo"], v["nozoita_koji"][0]["code"]) == (0, "tandoku")
    assert "確かめていません" not in v["nozoita_koji"][0]["message"]
    v = keisan({**koji, "kaishi": "2015-03-31", "ukeoi_kingaku": 200_000_000})
    assert "確かめていません" in v["nozoita_koji"][0]["message"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"zogen_ritsu": {"kakutei": 7}}, "zogen_kizami"),
        ({"koji": [{**KENCHIKU, "kaishi": "2011-04-01", "chingin": 1000}]}, "hyo_no_mae"),
    ],
)
def test_warnings(change: dict[str, Any], code: str) -> None:
    data = {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1_000_000}]}
    assert code not in [w.code for w in calc("ikkatsu_yuki", data).warnings]
    assert code in [w.code for w in calc("ikkatsu_yuki", {**data, **change}).warnings]


def test_merit_is_applied_to_each_row() -> None:
    """（9.5 − 0.6）×0.6 ＋ 0.6 = 5.94、（11 − 0.6）×0.6 ＋ 0.6 = 6.84。"""
    v = keisan(
        {**KENCHIKU, "ukeoi_kingaku": 10_000_000},
        {**KENCHIKU, "ukeoi_kingaku": 10_000_000, "kaishi": "2016-05-01"},
        zogen_ritsu={"kakutei": -40, "gaisan": 40},
    )
    assert [str(float(s["ritsu"])) for s in v["soukatsu"]] == ["6.84", "5.94"]
    # 概算は次の年度の率に増減率を当てる: （9.5 − 0.6）×1.4 ＋ 0.6 = 13.06
    assert v["gaisan_hokenryo"] == 4_600_000 * 1306 // 100_000


def test_works_left_out_are_listed_with_the_reason() -> None:
    v = keisan(
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000},
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000, "shuryo": "2026-04-01"},
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000, "shuryo": "2025-03-31"},
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000, "motouke": False},
        {**KENCHIKU, "ukeoi_kingaku": 1_000_000, "kaishi": "2012-03-31"},
        {**KENCHIKU, "ukeoi_kingaku": 180_000_000},
        {**KENCHIKU, "ukeoi_kingaku": 179_999_999},
    )
    assert [(n["koji"], n["code"]) for n in v["nozoita_koji"]] == [
        (1, "mikanryo"),
        (2, "mae_no_nendo"),
        (3, "shitauke"),
        (4, "hyo_no_mae"),
        (5, "tandoku"),
    ]
    assert v["soukatsu"][0]["ukeoi_kingaku"] == 180_999_999


def test_ippan_and_gaisan() -> None:
    v = keisan({**KENCHIKU, "ukeoi_kingaku": 10_000_000})
    assert (v["ippan_kyoshutsukin"], v["gaisan_hokenryo"]) == (46, 21_850)
    answer = calc(
        "ikkatsu_yuki",
        {
            "nendo": 2026,
            "koji": [{**KENCHIKU, "shuryo": "2026-08-31", "ukeoi_kingaku": 10_000_000}],
        },
    )
    assert isinstance(answer, Keisan)
    assert answer.values["gaisan_hokenryo"] is None
    assert "gaisan_nashi" in [w.code for w in answer.warnings]


def test_unconfirmed_cuts_warn() -> None:
    answer = calc(
        "ikkatsu_yuki", {"nendo": 2025, "koji": [{**KENCHIKU, "ukeoi_kingaku": 1_000_000}]}
    )
    assert isinstance(answer, Keisan)
    assert "kisoku_mikakunin" in [w.code for w in answer.warnings]


@pytest.mark.parametrize(
    ("koji", "field", "code"),
    [
        ({"gyoshu": "94"}, "koji.0.gyoshu", "hyo_ni_nai"),
        ({"gyoshu": "36"}, "koji.0.kubun", "hissu"),
        ({"kubun": "sonota"}, "koji.0.kubun", "fuyo"),
        ({"kaishi": "2025-09-01"}, "koji.0.shuryo", "owari_mae"),
        ({"ukeoi_kingaku": None}, "koji.0.ukeoi_kingaku", "hissu"),
        ({"ukeoi_kingaku": "百万"}, "koji.0.ukeoi_kingaku", "en"),
        ({"jogai": 1_000_001}, "koji.0.jogai", "ooi"),
        ({"kaishi": "きのう"}, "koji.0.kaishi", "hizuke"),
    ],
)
def test_bad_koji(koji: dict[str, Any], field: str, code: str) -> None:
    data = {"nendo": 2025, "koji": [{**KENCHIKU, "ukeoi_kingaku": 1_000_000, **koji}]}
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]


def test_explanation_can_be_read_again() -> None:
    from test_setsumei import check

    data = {
        "nendo": 2025,
        "koji": [
            {**KENCHIKU, "ukeoi_kingaku": 10_800_000, "kaishi": "2014-05-01"},
            {
                "gyoshu": "36",
                "kubun": "sonota",
                "kaishi": "2024-05-01",
                "shuryo": "2025-05-01",
                "chingin": 300_500,
            },
            {
                "gyoshu": "31",
                "kaishi": "2019-05-01",
                "shuryo": "2025-05-01",
                "ukeoi_kingaku": 3_333_333,
                "jogai": 100,
            },
        ],
        "zogen_ritsu": {"kakutei": -35, "gaisan": 10},
    }
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, Keisan)
    check(answer)


SUIDO = {"gyoshu": "31", "kaishi": "2019-05-01", "shuryo": "2019-10-01"}


def gaisan_of_31(nendo: int, *koji: dict[str, Any], **more: Any) -> Any:
    answer = calc("ikkatsu_yuki", {"nendo": nendo, "koji": list(koji), **more})
    assert isinstance(answer, Keisan), answer
    return answer.values["gaisan_hokenryo"]


@pytest.mark.parametrize(
    ("nendo", "shuryo", "chingin", "ukeoi"),
    [
        (2018, "2018-10-01", 62_000, 11_520),  # 概算は2019年度: 62 と 64
        (2019, "2019-10-01", 62_000, 11_520),  # 概算は2020年度
        (2020, "2020-10-01", 62_000, 11_160),  # 概算は2021年度: どちらも62
        (2023, "2023-10-01", 34_000, 6_120),  # 概算は2024年度: どちらも34
    ],
)
def test_gaisan_of_31(nendo: int, shuryo: str, chingin: int, ukeoi: int) -> None:
    """賃金で計算する31の工事は、2021年1月までに始まれば訂正した率を使わない（則附則8条）。"""
    koji = {"gyoshu": "31", "kaishi": "2018-05-01", "shuryo": shuryo}
    tin, uke = {**koji, "chingin": 1_000_000}, {**koji, "ukeoi_kingaku": 1_000_000}
    assert gaisan_of_31(nendo, tin) == chingin
    assert gaisan_of_31(nendo, uke) == ukeoi
    assert gaisan_of_31(nendo, tin, uke) == chingin + ukeoi


def test_gaisan_of_31_when_one_row_has_both_kinds() -> None:
    """190,000＋500,500 → 690,000。概算は 189,000×64/1000 と 500,000×62/1000。"""
    koji = {**SUIDO, "kaishi": "2017-05-01"}
    both = ({**koji, "ukeoi_kingaku": 1_000_000}, {**koji, "chingin": 500_500})
    assert gaisan_of_31(2019, *both) == 12_096 + 31_000
    # 見込みがあれば、率はその見込みの数え方で決まる。50%〜200%なので額は 690,000。
    mikomi = {"gyoshu": "31", "chingin": 690_000}
    assert gaisan_of_31(2019, *both, mikomi=[mikomi]) == 42_780
    mikomi = {"gyoshu": "31", "ukeoi_kingaku": 4_000_000}
    assert gaisan_of_31(2019, *both, mikomi=[mikomi]) == 44_160


@pytest.mark.parametrize(
    ("mikomi", "gaisan"),
    [
        ([], 21_850),
        ([{"gyoshu": "35", "ukeoi_kingaku": 5_000_000}], 21_850),  # ちょうど50%
        ([{"gyoshu": "35", "ukeoi_kingaku": 4_999_999}], 10_915),  # 1,149,000
        ([{"gyoshu": "35", "ukeoi_kingaku": 20_000_000}], 21_850),  # ちょうど200%
        ([{"gyoshu": "35", "ukeoi_kingaku": 20_004_348}], 43_709),  # 4,601,000
        ([{"gyoshu": "35", "chingin": 4_600_999}], 21_850),
        ([{"gyoshu": "35", "chingin": 0}], 0),
        ([{"gyoshu": "38", "chingin": 1_000_999}], 21_850 + 12_000),
        (
            [{"gyoshu": "36", "kubun": "kumitate", "ukeoi_kingaku": 1_000_000}],
            21_850 + 380 * 6,
        ),
    ],
)
def test_mikomi(mikomi: list[dict[str, Any]], gaisan: int) -> None:
    """確定は 2,300千円。見込みが50%以上200%以下なら確定と同じ（徴収則24条）。"""
    koji = {**KENCHIKU, "ukeoi_kingaku": 10_000_000}
    v = keisan(koji, mikomi=mikomi)
    assert (v["kakutei_hokenryo"], v["gaisan_hokenryo"]) == (21_850, gaisan)
    assert sum(g["hokenryo"] for g in v["gaisan_gyo"]) == gaisan


@pytest.mark.parametrize(
    ("mikomi", "field", "code"),
    [
        ({"gyoshu": "94", "chingin": 1}, "mikomi.0.gyoshu", "hyo_ni_nai"),
        ({"gyoshu": "36", "chingin": 1}, "mikomi.0.kubun", "hissu"),
        ({"gyoshu": "35", "kubun": "sonota", "chingin": 1}, "mikomi.0.kubun", "fuyo"),
        ({"gyoshu": "35"}, "mikomi.0.ukeoi_kingaku", "hitotsu"),
        ({"gyoshu": "35", "chingin": 1, "ukeoi_kingaku": 1}, "mikomi.0.ukeoi_kingaku", "hitotsu"),
        ({"gyoshu": "35", "chingin": "x"}, "mikomi.0.chingin", "en"),
    ],
)
def test_bad_mikomi(mikomi: dict[str, Any], field: str, code: str) -> None:
    data = {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1}], "mikomi": [mikomi]}
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]


def test_mikomi_of_the_same_kind_twice() -> None:
    m = {"gyoshu": "35", "chingin": 1}
    data = {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1}], "mikomi": [m, m]}
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [("mikomi.1.gyoshu", "nido")]


def test_a_row_of_wages_shows_no_romuhi_ritsu() -> None:
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1_000_000}]})
    assert isinstance(answer, Keisan)
    (gyo,) = answer.values["soukatsu"]
    assert (gyo["romuhi_ritsu"], gyo["chingin_sogaku"]) == (None, 1_000_000)
    assert "労務費率" not in [s.label for s in answer.lines]


def test_explanation_of_mikomi_can_be_read_again() -> None:
    from test_setsumei import check

    koji = {**KENCHIKU, "ukeoi_kingaku": 10_000_000}
    mikomi = [
        {"gyoshu": "35", "ukeoi_kingaku": 4_000_000},
        {"gyoshu": "38", "chingin": 1_000_999},
    ]
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [koji], "mikomi": mikomi})
    assert isinstance(answer, Keisan)
    check(answer)
    assert "mikomi_tani" in [w.code for w in answer.warnings]


def test_seisan_and_kibetsu() -> None:
    """3,000万円の建築: 確定 65,550円。払い過ぎは、第1期、一般拠出金、第2期の順に充てる。"""
    seisan = {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 90_000, "juto_ishi": 3, "kaisu": 3}
    v = keisan({**KENCHIKU, "ukeoi_kingaku": 30_000_000}, seisan=seisan)
    assert (v["juto_gaku"], v["fusoku_gaku"], v["kanpu_gaku"]) == (24_450, 0, 0)
    assert [k["nofu_gaku"] for k in v["kibetsu"]] == [0, 21_850 - 2_462, 21_850]
    assert [k["nofu_kigen"].isoformat() for k in v["kibetsu"]] == [
        "2026-07-10",
        "2026-11-16",
        "2027-02-15",
    ]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kaisu": None}, "seisan.kaisu", "hissu"),
        ({"hoshiki": "kobetsu"}, "seisan.kaisu", "enno_fuka"),  # 概算 199,999円以下
        ({"shinkokuzumi_gaisan": "x"}, "seisan.shinkokuzumi_gaisan", "en"),
    ],
)
def test_bad_seisan(change: dict[str, Any], field: str, code: str) -> None:
    seisan = {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 0, "kaisu": 3, **change}
    koji = {**KENCHIKU, "ukeoi_kingaku": 90_000_000}
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [koji], "seisan": seisan})
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]
