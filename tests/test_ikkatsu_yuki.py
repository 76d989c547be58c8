"""一括有期事業（建設）: 公表された表、消費税、訂正、除く工事、誤り。"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hoken_calc import batch, calc
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
        ("2013-10-01", 10_500_000, date(2012, 4, 1)),
        ("2015-03-31", 10_500_000, date(2012, 4, 1)),
        ("2015-04-01", 10_800_000, date(2015, 4, 1)),
        ("2018-03-31", 10_800_000, date(2015, 4, 1)),
        ("2018-04-01", 10_800_000, date(2018, 4, 1)),
        ("2024-03-31", 10_800_000, date(2018, 4, 1)),
        ("2024-04-01", 10_800_000, date(2024, 4, 1)),
    ],
)
def test_shohizei_and_kaishi_jiki(kaishi: str, ukeoi: int, jiki: date) -> None:
    """開始日ごとの消費税の扱い（東京労働局事務組合室280301）と、開始時期の境。

    総括表の事業開始時期は率の変わり目で分かれる。消費税の変わり目では分かれない。
    """
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
    assert "請負金額（180,000,000円）が180,000,000円以上なので" in v["nozoita_koji"][0]["message"]
    # 平成27年3月31日までに始まった工事は、税込みで1億9千万円未満（大阪労働局）
    mae = {**koji, "kaishi": "2015-03-31"}
    assert keisan({**mae, "ukeoi_kingaku": 189_999_999})["kakutei_hokenryo"] == 13_000
    v = keisan({**mae, "ukeoi_kingaku": 190_000_000})
    assert "（190,000,000円）が190,000,000円以上なので" in v["nozoita_koji"][0]["message"]


@pytest.mark.parametrize(
    ("koji", "kakutei"),
    [
        # 135,825,000×19% → 25,806千円 × 62/1000 ＝ 1,599,972
        ({"gyoshu": "31", "kaishi": "2022-05-01", "ukeoi_kingaku": 135_825_000}, 1_599_972),
        # 168,421千円 × 9.5/1000 ＝ 1,599,999.5
        ({"gyoshu": "35", "kaishi": "2024-04-01", "chingin": 168_421_999}, 1_599_999),
        # 168,422千円 × 9.5/1000 ＝ 1,600,009
        ({"gyoshu": "35", "kaishi": "2024-04-01", "chingin": 168_422_000}, None),
    ],
)
def test_the_border_of_1600000_is_seen_on_wages_cut_to_1000(
    koji: dict[str, Any], kakutei: int | None
) -> None:
    """保険料に当たる額は、1,000円未満を切った賃金総額で見る（徴収法15条）。"""
    v = keisan({**koji, "shuryo": "2025-08-31"})
    if kakutei is None:
        assert [n["code"] for n in v["nozoita_koji"]] == ["tandoku"]
    else:
        assert (v["kakutei_hokenryo"], v["nozoita_koji"]) == (kakutei, [])


@pytest.mark.parametrize(
    ("kaishi", "kazu"),
    [("2013-09-30", 0), ("2013-10-01", 1), ("2014-03-31", 1), ("2014-04-01", 0)],
)
def test_the_doubt_about_the_consumption_tax_is_told_only_in_its_span(
    kaishi: str, kazu: int
) -> None:
    koji = {**KENCHIKU, "kaishi": kaishi, "ukeoi_kingaku": 10_800_000}
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [koji]})
    assert isinstance(answer, Keisan)
    assert sum("105/108を掛けないとも読める" in w.message for w in answer.warnings) == kazu


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


@pytest.mark.parametrize(
    ("ukeoi", "kitta"),
    [
        (1_000_000, []),  # 230,000 × 9.5/1000 ＝ 2,185
        (1_300_000, ["この行の保険料"]),  # 299,000 → 2,840.5
        (1_001_000, ["賃金総額"]),  # 230,230 → 230,000 × 9.5/1000 ＝ 2,185
        (1_001_001, ["この工事の賃金総額", "賃金総額"]),
    ],
)
def test_unconfirmed_cuts_warn_only_when_something_was_cut(ukeoi: int, kitta: list[str]) -> None:
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [{**KENCHIKU, "ukeoi_kingaku": ukeoi}]})
    assert isinstance(answer, Keisan)
    chui = [w.message.split(":")[0] for w in answer.warnings if w.code == "kisoku_mikakunin"]
    assert chui == kitta


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
        ({"kaishi": None}, "koji.0.kaishi", "hissu"),
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


def test_a_start_after_the_tables_is_told_on_the_start_date() -> None:
    koji = {"gyoshu": "35", "kaishi": "2026-12-10", "shuryo": "2027-01-31", "chingin": 1}
    answer = calc("ikkatsu_yuki", {"nendo": 2026, "koji": [koji]})
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [e.field for e in answer.errors] == ["koji.0.kaishi"]


def test_a_work_without_an_end_is_listed_and_does_not_stop_the_others() -> None:
    mada = {"gyoshu": "35", "kaishi": "2025-12-01", "ukeoi_kingaku": 5_000_000}
    v = keisan(mada, {**KENCHIKU, "ukeoi_kingaku": 10_000_000}, {**mada, "shuryo": "2026-04-01"})
    assert v["kakutei_hokenryo"] == 21_850
    assert [(n["koji"], n["code"]) for n in v["nozoita_koji"]] == [(0, "mikanryo"), (2, "mikanryo")]
    assert "終了日が無いので、終わっていない工事" in v["nozoita_koji"][0]["message"]
    (kara,) = keisan({**mada, "shuryo": " "}, {**KENCHIKU, "chingin": 1})["nozoita_koji"]
    assert kara["code"] == "mikanryo"
    # 下請の工事は、終わっていなくても、入れない理由は下請。
    (riyu,) = keisan({**mada, "motouke": False}, {**KENCHIKU, "chingin": 1})["nozoita_koji"]
    assert riyu["code"] == "shitauke"


def test_hokokusho_has_every_work_in_the_order_of_soukatsu() -> None:
    """報告書の行は、工事1件の計算の値。業種と開始時期の順に並ぶ。"""
    v = keisan(
        {**KENCHIKU, "gyoshu": "38", "ukeoi_kingaku": 1_000_001},
        {
            **KENCHIKU,
            "ukeoi_kingaku": 12_000_000,
            "shikyuzai": 300_000,
            "jogai": 100_000,
        },
        {**KENCHIKU, "kaishi": "2017-05-01", "ukeoi_kingaku": 8_000_000},
        {**KENCHIKU, "chingin": 500_999},
        {**KENCHIKU, "kaishi": "2014-05-01", "ukeoi_kingaku": 10_800_000},
        {**KENCHIKU, "ukeoi_kingaku": 1, "motouke": False},
    )
    rows = [
        (r["koji"], r["ukeoi_daikin"], r["ukeoi_kingaku"], r["romuhi_ritsu"], r["chingin_sogaku"])
        for r in v["hokokusho"]
    ]
    assert rows == [
        (4, 10_500_000, 10_500_000, 210, 2_205_000),
        (2, 8_000_000, 8_000_000, 230, 1_840_000),
        (1, 12_000_000, 12_200_000, 230, 2_806_000),
        (3, None, None, None, 500_999),
        (0, 1_000_001, 1_000_001, 230, 230_000),
    ]
    assert v["hokokusho"][2] | {"shikyuzai": 300_000, "jogai": 100_000} == v["hokokusho"][2]
    assert (v["hokokusho"][0]["kaishi"], v["hokokusho"][0]["shuryo"]) == (
        date(2014, 5, 1),
        date(2025, 8, 31),
    )
    # 総括表の請負金額は、報告書の請負金額の計。
    assert sum(s["ukeoi_kingaku"] for s in v["soukatsu"]) == sum(
        r["ukeoi_kingaku"] or 0 for r in v["hokokusho"]
    )


HITO = {"gyoshu": "35", "nichigaku": 10_000}


def toku(kakutei: list[Any], gaisan: list[Any] | None = None) -> dict[str, Any]:
    return {"tokubetsu_kanyu": {"kakutei": kakutei, "gaisan": gaisan or []}}


def test_tokubetsu_kanyu_is_a_row_of_its_own() -> None:
    """1,000万円の建築 21,850円と、10,000円×365×9.5/1000 ＝ 34,675円。概算は 12,000円の人 41,610円。"""
    koji = {**KENCHIKU, "ukeoi_kingaku": 10_000_000}
    seisan = {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 50_000, "juto_ishi": 3, "kaisu": 3}
    v = keisan(koji, **toku([HITO], [{**HITO, "nichigaku": 12_000}]), seisan=seisan)
    assert (v["kakutei_tokubetsu"], v["kakutei_hokenryo"]) == (34_675, 21_850 + 34_675)
    assert (v["gaisan_tokubetsu"], v["gaisan_hokenryo"]) == (41_610, 21_850 + 41_610)
    # 一般拠出金は、工事の 2,300千円だけに掛ける。
    assert (v["chingin_gokei"], v["ippan_kyoshutsukin"]) == (2_300_000, 46)
    assert [(t["kubun"], t["santei_kiso"], t["ritsu"]) for t in v["tokubetsu"]] == [
        ("kakutei", 3_650_000, 9.5),
        ("gaisan", 4_380_000, 9.5),
    ]
    # 不足 6,525、概算 63,460 ÷ 3 ＝ 21,153 余り1
    assert v["fusoku_gaku"] == 6_525
    assert [k["nofu_gaku"] for k in v["kibetsu"]] == [21_154 + 6_525 + 46, 21_153, 21_153]


def test_tokubetsu_kanyu_is_cut_once_for_all_and_takes_the_merit() -> None:
    """3,650,000 ＋ 152,084×6 ＝ 4,562,504 → 4,562千円 × 5.94/1000 ＝ 27,098.28。"""
    futari = [HITO, {"gyoshu": "35", "nichigaku": 5_000, "shonin": "2025-10-01"}]
    v = keisan(
        {**KENCHIKU, "chingin": 1_000_000},
        **toku(futari),
        zogen_ritsu={"kakutei": -40, "gaisan": 0},
    )
    (row,) = v["tokubetsu"]
    assert (row["santei_kiso"], row["hokenryo"]) == (4_562_000, 27_098)
    assert v["kakutei_hokenryo"] == 5_940 + 27_098


def test_tokubetsu_kanyu_uses_the_rate_of_the_year() -> None:
    """36は2024年4月に 6.5 → 6。2023年に始めた工事があっても、特別加入は令和7年度の率。"""
    koji = {"gyoshu": "36", "kubun": "kumitate", "kaishi": "2023-05-01", "shuryo": "2025-05-01"}
    data = {"nendo": 2025, "koji": [{**koji, "chingin": 1_000_000}]}
    hito = {"gyoshu": "36", "nichigaku": 10_000}
    answer = calc("ikkatsu_yuki", {**data, **toku([hito])})
    assert isinstance(answer, Keisan)
    assert answer.values["kakutei_hokenryo"] == 6_500 + 21_900
    codes = [w.code for w in answer.warnings]
    assert "tokubetsu_ritsu" in codes
    assert {"tokubetsu_gyoshu", "tokubetsu_dan"} & set(codes) == set()


def test_tokubetsu_kanyu_of_two_kinds_warns_about_the_stage() -> None:
    """業種ごとに切る: 38は 152,084×4 ＝ 608,336 → 608千円。"""
    futari = [{"gyoshu": "38", "nichigaku": 5_000, "shonin": "2025-12-01"}, HITO]
    answer = calc(
        "ikkatsu_yuki", {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1000}], **toku(futari)}
    )
    assert isinstance(answer, Keisan)
    assert [(t["gyoshu"], t["hokenryo"]) for t in answer.values["tokubetsu"]] == [
        ("35", 34_675),
        ("38", 608 * 12),
    ]
    assert {"tokubetsu_dan", "tokubetsu_gyoshu"} <= {w.code for w in answer.warnings}


def test_tokubetsu_kanyu_without_any_work() -> None:
    """下請だけの会社。元請の工事が無くても、特別加入の保険料はかかる。"""
    answer = calc("ikkatsu_yuki", {"nendo": 2025, **toku([HITO], [HITO])})
    assert isinstance(answer, Keisan)
    v = answer.values
    assert (v["kakutei_hokenryo"], v["gaisan_hokenryo"], v["ippan_kyoshutsukin"]) == (
        34_675,
        34_675,
        0,
    )
    assert "mikomi_nashi" in [w.code for w in answer.warnings]


def test_tokubetsu_kanyu_of_a_year_whose_gaisan_is_unknown() -> None:
    koji = {**KENCHIKU, "shuryo": "2026-08-31", "ukeoi_kingaku": 10_000_000}
    data = {"nendo": 2026, "koji": [koji], "tokubetsu_kanyu": {"kakutei": [HITO]}}
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, Keisan)
    assert answer.values["kakutei_hokenryo"] == 21_850 + 34_675
    assert answer.values["gaisan_tokubetsu"] is None


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"tokubetsu_kanyu": {"kakutei": [HITO]}}, "tokubetsu_kanyu.gaisan", "hissu"),
        ({"tokubetsu_kanyu": {"gaisan": [HITO]}}, "tokubetsu_kanyu.kakutei", "hissu"),
        (
            toku([HITO, {"gyoshu": "94", "nichigaku": 10_000}]),
            "tokubetsu_kanyu.kakutei.1.gyoshu",
            "hyo_ni_nai",
        ),
        (toku([{"nichigaku": 10_000}]), "tokubetsu_kanyu.kakutei.0.gyoshu", "hissu"),
        (
            toku([HITO], [{**HITO, "nichigaku": 0}, {**HITO, "nichigaku": 9_500}]),
            "tokubetsu_kanyu.gaisan.1.nichigaku",
            "nichigaku",
        ),
        (
            {
                **toku([HITO]),
                "seisan": {"hoshiki": "kobetsu", "shinkokuzumi_gaisan": 0, "kaisu": 1},
            },
            "tokubetsu_kanyu",
            "jimukumiai_nomi",
        ),
    ],
)
def test_bad_tokubetsu_kanyu(more: dict[str, Any], field: str, code: str) -> None:
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1000}], **more})
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]


def test_nothing_to_calculate_is_an_error() -> None:
    for data in ({"nendo": 2025}, {"nendo": 2025, "koji": []}):
        answer = calc("ikkatsu_yuki", data)
        assert isinstance(answer, NyuryokuAyamari), answer
        assert [(e.field, e.code) for e in answer.errors] == [("koji", "hissu")]


def test_explanation_of_tokubetsu_kanyu_can_be_read_again() -> None:
    from test_setsumei import check

    data = {
        "nendo": 2025,
        "koji": [{**KENCHIKU, "ukeoi_kingaku": 1_001_001}],
        **toku([HITO, {"gyoshu": "38", "nichigaku": 5_000, "dattai": "2025-06-01"}], [HITO]),
        "zogen_ritsu": {"kakutei": 10, "gaisan": -15},
    }
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, Keisan)
    check(answer)


@pytest.mark.parametrize(
    ("zogen", "bun"),
    [
        ({"kakutei": -40}, "概算は増減の無い率で計算しました"),
        ({"gaisan": -40}, "確定は増減の無い率で計算しました"),
        ({"kakutei": -40, "gaisan": 0}, None),
    ],
)
def test_merit_of_only_one_year_warns(zogen: dict[str, int], bun: str | None) -> None:
    data = {"nendo": 2025, "koji": [{**KENCHIKU, "chingin": 1000}], "zogen_ritsu": zogen}
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, Keisan)
    chui = [w.message for w in answer.warnings if w.code == "zogen_katahou"]
    assert len(chui) == (bun is not None)
    assert all(bun in c for c in chui if bun)


def test_no_work_left_warns_about_the_missing_mikomi() -> None:
    """入れる工事が無いと概算は0で、申告済みの額が全部、払い過ぎになる。"""
    shitauke = {**KENCHIKU, "ukeoi_kingaku": 1_000_000, "motouke": False}
    seisan = {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 50_000, "kaisu": 1}
    data = {"nendo": 2025, "koji": [shitauke], "seisan": seisan}
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, Keisan)
    assert (answer.values["gaisan_hokenryo"], answer.values["kanpu_gaku"]) == (0, 50_000)
    assert "mikomi_nashi" in [w.code for w in answer.warnings]
    mikomi = [{"gyoshu": "35", "chingin": 1_000_000}]
    answer = calc("ikkatsu_yuki", {**data, "mikomi": mikomi})
    assert isinstance(answer, Keisan)
    assert "mikomi_nashi" not in [w.code for w in answer.warnings]


@pytest.mark.parametrize(
    ("koji", "zogen", "ari"),
    [
        ({"kaishi": "2019-05-01", "ukeoi_kingaku": 1}, {"kakutei": 10, "gaisan": 10}, True),
        ({"kaishi": "2019-05-01", "ukeoi_kingaku": 1}, {}, False),
        ({"kaishi": "2019-05-01", "chingin": 1}, {"kakutei": 10, "gaisan": 10}, False),
        ({"kaishi": "2021-02-01", "ukeoi_kingaku": 1}, {"kakutei": 10, "gaisan": 10}, False),
        ({"kaishi": "2022-05-01", "ukeoi_kingaku": 1}, {"kakutei": 10, "gaisan": 10}, False),
    ],
)
def test_the_corrected_rate_of_31_may_be_left_when_merit_makes_it_worse(
    koji: dict[str, Any], zogen: dict[str, int], ari: bool
) -> None:
    koji = {"gyoshu": "31", "shuryo": "2025-05-01", **koji}
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [koji], "zogen_ritsu": zogen})
    assert isinstance(answer, Keisan)
    assert ("teisei_erabu" in [w.code for w in answer.warnings]) == ari


def test_an_unreadable_work_does_not_hide_the_errors_of_the_others() -> None:
    koji = [{**KENCHIKU, "gyoshu": "94", "ukeoi_kingaku": 1}, {**KENCHIKU, "kaishi": "x"}]
    answer = calc("ikkatsu_yuki", {"nendo": 2025, "koji": koji, "zogen_ritsu": {"kakutei": 45}})
    assert isinstance(answer, NyuryokuAyamari)
    assert {(e.field, e.code) for e in answer.errors} == {
        ("koji.1.kaishi", "hizuke"),
        ("zogen_ritsu.kakutei", "katachi"),  # 別表第3は40%まで
        ("koji.0.gyoshu", "hyo_ni_nai"),
    }


@pytest.mark.parametrize(
    "kaita", [-40, -40.0, "-40", "▲40%", "△ 40", "－40", "−40 %", "－４０％", "▲４０"]
)
def test_zogen_ritsu_is_read_as_people_write_it(kaita: Any) -> None:
    """計算、表、画面のどこでも同じ読み手。2,300千円 × 5.94/1000 ＝ 13,662。"""
    koji = {**KENCHIKU, "ukeoi_kingaku": 10_000_000}
    v = keisan(koji, zogen_ritsu={"kakutei": kaita, "gaisan": "+5"})
    assert (v["kakutei_hokenryo"], v["soukatsu"][0]["ritsu"]) == (13_662, Fraction("5.94"))
    assert v["gaisan_gyo"][0]["ritsu"] == Fraction("9.945")
    retsu = {"確定の保険年度": 2025, "確定の増減率": kaita, "概算の増減率": "+5"}
    gyo = {
        "業種番号": "35",
        "開始日": "2024-05-01",
        "終了日": "2025-08-31",
    }
    hyo = batch.calc("ikkatsu_yuki", pd.DataFrame([{**retsu, **gyo, "請負金額": 10_000_000}]))
    assert hyo.errors.empty, hyo.errors.to_string()
    assert list(hyo.values["kakutei_hokenryo"]) == [13_662]
    gamen = gamen_no(koji)
    gamen.ran.zogen_k.widget.value = str(kaita)
    if not isinstance(kaita, float):
        assert "<b>確定保険料</b><span>13,662<small>" in gamen.omona.html


def gamen_no(koji: dict[str, Any]) -> Any:
    from hoken_calc.ui.ikkatsu_yuki import RETSU, IkkatsuYukiGamen

    gamen = IkkatsuYukiGamen()
    gamen.nendo.widget.value = 2025
    gamen.ran.ireru([[str(koji.get(id, "")) for id in RETSU.values()]])
    return gamen


@pytest.mark.parametrize("name", ["koji.csv", "koji.xlsx"])
def test_zogen_ritsu_in_a_file(tmp_path: Path, name: str) -> None:
    midashi = [
        "確定の保険年度",
        "業種番号",
        "開始日",
        "終了日",
        "請負金額",
        "確定の増減率",
        "概算の増減率",
    ]
    gyo = [2025, "35", "2024-05-01", "2025-08-31", 10_000_000, -40, 5]
    if name.endswith("csv"):
        moji = ["▲40%" if x == -40 else str(x) for x in gyo]
        (tmp_path / name).write_text(f"{','.join(midashi)}\n{','.join(moji)}\n", encoding="cp932")
    else:
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(midashi)
        book.active.append(gyo)
        book.save(tmp_path / name)
    frame, broken = batch.read_csv(tmp_path / name)
    hyo = batch.calc("ikkatsu_yuki", frame)
    assert broken.empty
    assert hyo.errors.empty, hyo.errors.to_string()
    assert list(hyo.values["kakutei_hokenryo"]) == [13_662]


@pytest.mark.parametrize("kaita", ["--5", "4O", -40.5, "-40.5", True, "1/2", "", float("nan")])
def test_an_unreadable_zogen_ritsu_is_told_with_its_value(kaita: Any) -> None:
    data = {
        "nendo": 2025,
        "koji": [{**KENCHIKU, "chingin": 1000}],
        "zogen_ritsu": {"gaisan": kaita},
    }
    answer = calc("ikkatsu_yuki", data)
    assert isinstance(answer, NyuryokuAyamari), answer
    ((field, code, message),) = [(e.field, e.code, e.message) for e in answer.errors]
    assert (field, code) == ("zogen_ritsu.gaisan", "zogen")
    assert message.startswith("増減率を%の整数で書いてください")
    assert f"「{'true' if kaita is True else kaita}」は読めません" in message
    if kaita and isinstance(kaita, str):
        gamen = gamen_no({**KENCHIKU, "chingin": 1000})
        gamen.ran.zogen_g.widget.value = kaita
        assert f"メリット制の増減率（概算）: {message}" in gamen.omona.html


def kotae(*koji: dict[str, Any], nendo: int = 2025, **more: Any) -> Keisan:
    answer = calc("ikkatsu_yuki", {"nendo": nendo, "koji": list(koji), **more})
    assert isinstance(answer, Keisan), answer
    return answer


@pytest.mark.parametrize(
    ("kaishi", "kotoba"),
    [
        ("2013-09-30", "平成25年9月30日までに始めた工事は5%の税込み"),
        ("2013-10-01", "平成25年10月1日から平成27年3月31日までに始めた工事は8%の税込み"),
        ("2015-03-31", "平成25年10月1日から平成27年3月31日までに始めた工事は8%の税込み"),
        ("2015-04-01", "平成27年4月1日から始めた工事は税抜き"),
    ],
)
def test_the_page_says_which_amount_the_table_takes(kaishi: str, kotoba: str) -> None:
    """画面と式の言葉は、消費税の表の時期と同じ。"""
    koji = {**KENCHIKU, "kaishi": kaishi, "ukeoi_kingaku": 10_800_000}
    assert kotoba in gamen_no(koji).ran.hyo.setsumei
    (gyo,) = (s for s in kotae(koji).lines if s.id == "zei_chosei")
    kakeru = gyo.value != 10_800_000
    assert f"{kotoba}の額{'に105/108を掛ける' if kakeru else 'をそのまま使う'}。" in gyo.why
    if kakeru:
        zei = "請負金額の消費税の表の"
        assert gyo.formula == f"請負金額 × {zei}分子 ÷ {zei}分母"


def test_the_wages_of_a_row_are_shown_apart_from_the_contract() -> None:
    """12,000,000 × 23% ＝ 2,760,000、賃金 300,000。賃金だけの行に、請負金額と労務費率は無い。"""
    answer = kotae(
        {**KENCHIKU, "ukeoi_kingaku": 12_000_000},
        {**KENCHIKU, "chingin": 300_000},
        {**KENCHIKU, "gyoshu": "38", "chingin": 500_000},
        {**KENCHIKU, "gyoshu": "37", "ukeoi_kingaku": 1_000_000},
    )
    rows = [
        (s["gyoshu"], s["chingin_jitsugaku"], s["chingin_sogaku"])
        for s in answer.values["soukatsu"]
    ]
    assert rows == [("35", 300_000, 3_060_000), ("37", 0, 230_000), ("38", 500_000, 500_000)]
    text = answer.to_text()
    assert "実際に払った賃金の計  300,000円" in text
    assert "請負金額の計 × 労務費率 ＋ 実際に払った賃金の計" in text
    assert "12,000,000 × 23/100 ＋ 300,000 = 3,060,000円" in text

    from hoken_calc.ui.ikkatsu_yuki import soukatsu_hyo

    html = re.findall(r"<tr><th scope='row'>(\d\d).*?</th>(.*?)</tr>", soukatsu_hyo(answer))
    masu = {gyoshu: re.findall("<td[^>]*>(.*?)</td>", td)[1:5] for gyoshu, td in html}
    assert masu == {
        "35": ["12,000,000", "23%", "300,000", "3,060,000"],
        "37": ["1,000,000", "23%", "—", "230,000"],
        "38": ["—", "—", "500,000", "500,000"],
    }


@pytest.mark.parametrize("shuryo", ["2025-08-31", "2026-08-31"])
@pytest.mark.parametrize("seisan", [False, True])
def test_no_gaisan_of_a_year_not_in_the_tables(shuryo: str, seisan: bool) -> None:
    """次の年度の率が無ければ、入れる工事が無くても、概算は0円ではなく、無い。"""
    koji = {**KENCHIKU, "shuryo": shuryo, "ukeoi_kingaku": 12_000_000}
    more = {"seisan": {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 50_000, "kaisu": 3}}
    answer = kotae(koji, nendo=2026, **(more if seisan else {}))
    v = answer.values
    assert (v["gaisan_hokenryo"], v["gaisan_gyo"], v["gaisan_tokubetsu"]) == (None, None, None)
    codes = {w.code for w in answer.warnings}
    assert "gaisan_nashi" in codes
    assert "mikomi_nashi" not in codes
    if seisan:
        assert (v["kibetsu"], "fuyo" in codes) == (None, True)
        assert v["kanpu_gaku"] == 50_000 - v["kakutei_hokenryo"] - v["ippan_kyoshutsukin"]


def test_an_unconfirmed_cut_is_told_with_its_row() -> None:
    """どの行の切り捨てかを、業種と開始時期で言う。多い時は、初めの5つと残りの数。"""
    koji = {**KENCHIKU, "ukeoi_kingaku": 1_300_000}  # 299,000 × 9.5/1000 ＝ 2,840.5
    answer = kotae(koji, {**koji, "gyoshu": "38"}, {**koji, "kaishi": "2020-05-01"})  # 38は 3,588
    (bun,) = (w.message for w in answer.warnings if w.message.startswith("この行の保険料: "))
    atari = "総括表 35（平成30年4月1日 から）、総括表 35（令和6年4月1日 から）"
    assert bun.endswith(f"当たるのは、{atari}。")
    answer = kotae(*({**KENCHIKU, "ukeoi_kingaku": 1_001_001 + i * 100} for i in range(8)))
    (bun,) = (w.message for w in answer.warnings if w.message.startswith("この工事の賃金総額: "))
    assert bun.endswith("当たるのは、工事1、工事2、工事3、工事4、工事5、ほか3か所。")


def test_headings_are_in_japanese_years_and_values_stay_iso() -> None:
    answer = kotae({**KENCHIKU, "kaishi": "2019-05-01", "ukeoi_kingaku": 1_000_000})
    assert "■ 総括表 35（平成30年4月1日 から）" in answer.to_text()
    assert answer.to_json()["values"]["soukatsu"][0]["kaishi_jiki"] == "2018-04-01"


@pytest.mark.parametrize(
    ("ukeoi", "mikomi", "gaisan", "kimeta"),
    [
        # 12,000,000 × 23% ＝ 2,760千円。24,003,000 × 23% ＝ 5,520,690 は、切れば200%ちょうど。
        (12_000_000, {"ukeoi_kingaku": 24_003_000}, 26_220, "外れる"),
        (12_000_000, {"ukeoi_kingaku": 24_000_000}, 26_220, None),
        (12_000_000, {"ukeoi_kingaku": 24_005_000}, 52_449, None),
        # 2,760,690 → 2,760千円。5,521,380 は切る前なら200%ちょうど、切れば 5,521千円で超える。
        (12_003_000, {"ukeoi_kingaku": 24_006_000}, 52_449, "外れない"),
        # 1,380,345 は2,760,690の50%ちょうど。切っても 1,380千円で50%。
        (12_003_000, {"chingin": 1_380_345}, 26_220, None),
        (12_003_000, {"chingin": 1_380_344}, 26_220, "外れる"),
        (1_000, {"chingin": 999}, 0, None),  # 切るとどちらも0円
    ],
)
def test_the_cut_that_decides_the_gaisan_is_told(
    ukeoi: int, mikomi: dict[str, int], gaisan: int, kimeta: str | None
) -> None:
    from test_setsumei import check

    answer = kotae({**KENCHIKU, "ukeoi_kingaku": ukeoi}, mikomi=[{"gyoshu": "35", **mikomi}])
    assert answer.values["gaisan_hokenryo"] == gaisan
    chui = [w.message for w in answer.warnings if w.code == "kirisute_kimeta"]
    gyo = [s.shown for s in answer.lines if s.id == "kirisute_mae_joken"]
    assert gyo == ([kimeta] if kimeta else [])
    assert len(chui) == len(gyo)
    assert all(c.startswith("概算 35: 見込みが50%以上200%以下かは、") for c in chui)
    check(answer)
