"""延納・納期限・延滞金・追徴金。"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from hoken_calc import calc
from hoken_calc.entaikin import kukan_ni_wakeru
from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.koyomi import tsuki_wo_tasu

KIHON = {
    "hoshiki": "jimukumiai",
    "jigyo": "keizoku",
    "hoken_kankei": "ryohoken",
    "nendo": 2025,
    "gaisan_hokenryo": 901_333,
}


def enno(**change: Any) -> tuple[bool, list[int], list[str]]:
    answer = calc("enno", {**KIHON, **change})
    assert isinstance(answer, Keisan), answer
    ki = answer.values["kibetsu"]
    kigen = [k["nofu_kigen"].isoformat() for k in ki]
    return answer.values["enno_kano"], [k["gaku"] for k in ki], kigen


def test_keizoku() -> None:
    assert enno() == (True, [300_445, 300_444, 300_444], ["2025-07-10", "2025-11-14", "2026-02-16"])
    assert enno(hoshiki="kobetsu")[2] == ["2025-07-10", "2025-10-31", "2026-02-02"]
    assert enno(hoshiki="kobetsu", gaisan_hokenryo=399_999) == (False, [399_999], ["2025-07-10"])
    assert enno(hoshiki="kobetsu", gaisan_hokenryo=400_000)[0]
    assert enno(hoshiki="kobetsu", hoken_kankei="rosai", gaisan_hokenryo=200_000)[0]


@pytest.mark.parametrize(
    ("gaisan", "gaku"),
    [
        (1_000_000, [333_334, 333_333, 333_333]),
        (2_000_000, [666_668, 666_666, 666_666]),
        (100_001, [33_335, 33_333, 33_333]),
        (1, [1, 0, 0]),
        (0, [0, 0, 0]),
    ],
)
def test_hasu(gaisan: int, gaku: list[int]) -> None:
    """公表例 e-01（山川予備校）と境目。"""
    assert enno(gaisan_hokenryo=gaisan)[1] == gaku


@pytest.mark.parametrize(
    ("seiritsu", "kigen"),
    [
        ("2025-03-31", ["2025-07-10", "2025-11-14", "2026-02-16"]),
        ("2025-04-01", ["2025-05-21", "2025-11-14", "2026-02-16"]),
        (
            "2025-05-31",
            ["2025-07-22", "2025-11-14", "2026-02-16"],
        ),  # 50日目の7月20日は日曜、21日は海の日
        ("2025-06-01", ["2025-07-22", "2026-02-16"]),
        ("2025-09-30", ["2025-11-19", "2026-02-16"]),
        ("2025-10-01", ["2025-11-20"]),
        ("2026-03-31", ["2026-05-20"]),
    ],
)
def test_chuto_seiritsu(seiritsu: str, kigen: list[str]) -> None:
    kano, gaku, got = enno(seiritsu=seiritsu, gaisan_hokenryo=900_000)
    assert got == kigen
    assert kano == (len(kigen) > 1)
    assert sum(gaku) == 900_000


def test_yuki() -> None:
    """社労士試験 令和5年 雇問8E の例（6期、20万円ずつ）。期限は条文から。"""
    yuki = {"jigyo": "yuki", "nendo": 2022, "gaisan_hokenryo": 1_200_000, "hoshiki": "kobetsu"}
    kano, gaku, kigen = enno(**yuki, seiritsu="2022-05-01", shuryo="2024-02-28")
    assert (kano, gaku) == (True, [200_000] * 6)
    assert kigen == [
        "2022-05-23",
        "2022-10-31",
        "2023-01-31",
        "2023-03-31",
        "2023-10-31",
        "2024-01-31",
    ]
    # 6月ちょうどは「6月を超え」ない
    assert enno(**yuki, seiritsu="2022-04-01", shuryo="2022-09-30")[0] is False
    assert enno(**yuki, seiritsu="2022-04-01", shuryo="2022-10-01")[0] is True
    assert (
        enno(**{**yuki, "gaisan_hokenryo": 749_999}, seiritsu="2022-04-01", shuryo="2023-03-31")[0]
        is False
    )
    # 事務組合でも、有期事業の期限は延びない
    kumiai = {**yuki, "hoshiki": "jimukumiai", "gaisan_hokenryo": 1}
    assert enno(**kumiai, seiritsu="2022-04-01", shuryo="2022-12-31")[2] == [
        "2022-04-21",
        "2022-10-31",
        "2023-01-31",
    ]


def test_nintei_kettei() -> None:
    """認定決定（徴収則29条）: 通知の翌日から15日以内。先に期限の来る期は第1期と一緒。"""
    assert enno(nintei_tsuchi="2025-08-20")[2] == ["2025-09-04", "2025-11-14", "2026-02-16"]
    assert enno(nintei_tsuchi="2025-11-10")[2] == ["2025-11-25", "2025-11-25", "2026-02-16"]
    assert enno(nintei_tsuchi="2026-02-20")[2] == ["2026-03-09"] * 3


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"jigyo": "yuki"}, "seiritsu", "hissu"),
        (
            {"jigyo": "yuki", "seiritsu": "2025-05-01", "shuryo": "2025-04-01"},
            "shuryo",
            "owari_mae",
        ),
        ({"seiritsu": "2026-04-01"}, "seiritsu", "nendo_gai"),
        ({"shuryo": "2026-01-01"}, "shuryo", "yuki_nomi"),
        (
            {"jigyo": "yuki", "seiritsu": "2026-04-01", "shuryo": "2026-12-01"},
            "nendo",
            "seiritsu_no_nendo",
        ),
        ({"shiranai": None}, "shiranai", "shiranai_komoku"),
        ({"nendo": 2028}, "nendo", "nendo_hanigai"),
        ({"gaisan_hokenryo": "たくさん"}, "gaisan_hokenryo", "en"),
    ],
)
def test_bad_enno(change: dict[str, Any], field: str, code: str) -> None:
    answer = calc("enno", {**KIHON, **change})
    assert isinstance(answer, NyuryokuAyamari)
    assert (answer.errors[0].field, answer.errors[0].code) == (field, code)


ZOKA = {
    "nendo": 2025,
    "hoshiki": "jimukumiai",
    "moto_santei_kiso": 10_000_000,
    "zoka_santei_kiso": 20_001_000,
    "moto_gaisan": 100_000,
    "zoka_gaisan": 330_001,
    "zoka_bi": "2025-09-10",
    "moto_enno": True,
}


def test_zoka_gaisan() -> None:
    answer = calc("zoka_gaisan", ZOKA)
    assert isinstance(answer, Keisan)
    assert answer.values["sagaku"] == 230_001
    assert [(k["gaku"], str(k["nofu_kigen"])) for k in answer.values["kibetsu"]] == [
        (115_001, "2025-10-10"),
        (115_000, "2026-02-16"),
    ]
    answer = calc("zoka_gaisan", {**ZOKA, "moto_enno": False, "zoka_bi": "2025-05-01"})
    assert isinstance(answer, Keisan)
    assert [str(k["nofu_kigen"]) for k in answer.values["kibetsu"]] == ["2025-06-02"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"zoka_santei_kiso": 20_000_999}, ["bairitsu_joken"]),  # 切り捨ててちょうど200%
        ({"zoka_gaisan": 229_999}, ["sagaku_joken"]),
        ({"zoka_gaisan": 230_000}, []),
        ({"zoka_gaisan": 50_000, "zoka_santei_kiso": 1}, ["bairitsu_joken", "sagaku_joken"]),
    ],
)
def test_zoka_gaisan_is_not_needed(change: dict[str, Any], codes: list[str]) -> None:
    answer = calc("zoka_gaisan", {**ZOKA, **change})
    assert [r["code"] for r in getattr(answer, "reasons", [])] == codes
    if codes:
        assert answer.to_json()["status"] == "not_applicable"


def test_zoka_gaisan_outside_the_year() -> None:
    answer = calc("zoka_gaisan", {**ZOKA, "zoka_bi": "2026-04-01"})
    assert isinstance(answer, NyuryokuAyamari)
    assert answer.errors[0].field == "zoka_bi"


def entaikin(hokenryo: int, kigen: str, kanno: str) -> dict[str, Any]:
    answer = calc("entaikin", {"hokenryo": hokenryo, "nofu_kigen": kigen, "kanno": kanno})
    assert isinstance(answer, Keisan), answer
    return answer.values


def test_entaikin_rates_and_cuts() -> None:
    """公表例 e-10（令和6年は 2.4%・8.7%）と、手計算。"""
    v = entaikin(500_999, "2024-07-10", "2024-11-15")
    assert [(k["nissu"], k["ritsu"]) for k in v["kukan"]] == [(62, 24), (65, 87)]
    exact = Fraction(500_000 * 24 * 62 + 500_000 * 87 * 65, 365_000)
    assert sum(k["kingaku"] for k in v["kukan"]) == exact
    assert v["entaikin"] == int(exact // 100 * 100) == 9_700
    # もとの額が1,000円未満、延滞金が100円未満なら徴収しない（公表例 g-03）
    assert entaikin(999, "2024-07-10", "2025-07-10") == {"kukan": [], "entaikin": 0}
    assert entaikin(1_000, "2024-07-10", "2024-12-10")["entaikin"] == 0
    # 納期限の翌日に納めれば0日
    assert entaikin(500_000, "2024-07-10", "2024-07-11")["kukan"] == []


def test_entaikin_is_split_at_the_year_and_at_two_months() -> None:
    kukan = kukan_ni_wakeru(date(2025, 11, 14), date(2026, 2, 1))
    assert [(a.isoformat(), b.isoformat(), mae) for a, b, mae in kukan] == [
        ("2025-11-15", "2025-12-31", True),
        ("2026-01-01", "2026-01-14", True),
        ("2026-01-15", "2026-01-31", False),
    ]
    ritsu = [k["ritsu"] for k in entaikin(100_000, "2025-11-14", "2026-02-01")["kukan"]]
    assert ritsu == [24, 28, 91]


def test_two_months_end_at_the_last_day_when_there_is_no_same_day() -> None:
    assert tsuki_wo_tasu(date(2025, 12, 31), 2) == date(2026, 3, 1)
    assert tsuki_wo_tasu(date(2025, 12, 28), 2) == date(2026, 2, 28)


def test_entaikin_before_the_table_is_refused() -> None:
    answer = calc("entaikin", {"hokenryo": 1000, "nofu_kigen": "2017-07-10", "kanno": "2018-07-10"})
    assert isinstance(answer, NyuryokuAyamari)
    assert answer.errors[0].field == "nofu_kigen"
    assert "平成30年1月1日" in answer.errors[0].message


@pytest.mark.parametrize(
    ("fusoku", "expected"), [(28_300, 2_800), (999, 0), (1_000, 100), (1_999, 100), (0, 0)]
)
def test_tsuichokin(fusoku: int, expected: int) -> None:
    answer = calc("tsuichokin", {"fusoku": fusoku})
    assert isinstance(answer, Keisan)
    assert answer.values == {"tsuichokin": expected}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("enno", KIHON),
        ("enno", {**KIHON, "hoshiki": "kobetsu", "seiritsu": "2025-06-01"}),
        ("enno", {**KIHON, "nintei_tsuchi": "2025-11-10"}),
        ("zoka_gaisan", ZOKA),
        (
            "enno",
            {**KIHON, "jigyo": "yuki", "seiritsu": "2025-05-01", "shuryo": "2026-09-30"},
        ),
        ("entaikin", {"hokenryo": 500_999, "nofu_kigen": "2024-07-10", "kanno": "2025-02-15"}),
        ("tsuichokin", {"fusoku": 28_300}),
        (
            "tokubetsu_kanyu",
            {
                "nendo": 2025,
                "shu": 1,
                "gyoshu": "35",
                "kanyusha": [
                    {"nichigaku": 10000, "shonin": "2025-10-01", "dattai": "2026-01-15"},
                    {"nichigaku": 3500},
                ],
            },
        ),
    ],
)
def test_explanations_can_be_read_again(name: str, data: dict[str, Any]) -> None:
    from test_setsumei import check

    answer = calc(name, data)
    assert isinstance(answer, Keisan)
    check(answer)
