"""事故1件: 収支率の分子に入る額、保険料の差。額は手計算。"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.merit import jiko

# 等級 → 入れる日数、定額の特別支給金（円）。
SHOGAI = {1: (1340, 3_420_000), 2: (1190, 3_200_000), 3: (1050, 3_000_000), 4: (920, 2_640_000)}
SHOGAI |= {5: (790, 2_250_000), 6: (670, 1_920_000), 7: (560, 1_590_000), 8: (503, 650_000)}
SHOGAI |= {9: (391, 500_000), 10: (302, 390_000), 11: (223, 290_000), 12: (156, 200_000)}
SHOGAI |= {13: (101, 140_000), 14: (56, 80_000)}


def mitsumori(jiko_: str, nichigaku: int = 10_000, **data: Any) -> dict[str, int]:
    answer = jiko.calc({"nendo": 2024, "jiko": jiko_, "nichigaku": nichigaku, **data})
    assert isinstance(answer, Keisan), answer
    return answer.values


def test_kyugyo() -> None:
    """4日休めば1日分、30日休めば27日分。1日は60%＋20%。"""
    assert mitsumori("kyugyo_yokka") == {
        "hoken_kyufu": 6_000,
        "tokubetsu_shikyukin": 2_000,
        "bunshi": 8_000,
    }
    assert mitsumori("kyugyo_ikkagetsu")["bunshi"] == 8_000 * 27
    assert mitsumori("kyugyo_ikkagetsu", kyugyo_nissu=3)["bunshi"] == 0


def test_kyugyo_is_cut_for_each_day() -> None:
    """9,893円: 60%は5,935.8円、20%は1,978.6円。それぞれ1円未満を切る。"""
    v = mitsumori("kyugyo_ikkagetsu", 9_893)
    assert (v["hoken_kyufu"], v["tokubetsu_shikyukin"]) == (5_935 * 27, 1_978 * 27)


@pytest.mark.parametrize("kyu", SHOGAI)
def test_shogai(kyu: int) -> None:
    nissu, teigaku = SHOGAI[kyu]
    v = mitsumori(f"shogai_{kyu}kyu", 9_000)
    assert (v["hoken_kyufu"], v["tokubetsu_shikyukin"]) == (9_000 * nissu, teigaku)


@pytest.mark.parametrize(
    ("nichigaku", "sosai"), [(10_000, 615_000), (10_500, 630_000), (12_000, 720_000)]
)
def test_shibo(nichigaku: int, sosai: int) -> None:
    """遺族1,000日分、葬祭料は315,000円＋30日分か60日分の多い方、遺族特別支給金300万円。"""
    v = mitsumori("shibo", nichigaku)
    assert v["hoken_kyufu"] == nichigaku * 1_000 + sosai
    assert v["tokubetsu_shikyukin"] == 3_000_000


@pytest.mark.parametrize(
    ("kyuyo", "nichigaku", "santei"),
    [
        (600_000, 10_000, 1_644),  # 1,643.8… → 切上げ
        (365_000, 10_000, 1_000),
        (800_000, 10_000, 2_000),  # 10,000×365×20% = 730,000 が上限
        (3_000_000, 30_000, 4_110),  # 150万円が上限。4,109.5… → 切上げ
    ],
)
def test_shoyo(kyuyo: int, nichigaku: int, santei: int) -> None:
    for jiko_, nissu, teigaku in (
        ("shogai_7kyu", 560, 1_590_000),
        ("shogai_14kyu", 56, 80_000),
        ("shibo", 1_000, 3_000_000),
    ):
        v = mitsumori(jiko_, nichigaku, tokubetsu_kyuyo=kyuyo)
        assert v["tokubetsu_shikyukin"] == teigaku + santei * nissu


def test_chiryohi_and_days_off_are_added() -> None:
    v = mitsumori("shogai_7kyu", chiryohi=500_000, kyugyo_nissu=100)
    assert v["hoken_kyufu"] == 5_600_000 + 500_000 + 6_000 * 97
    assert v["tokubetsu_shikyukin"] == 1_590_000 + 2_000 * 97
    answer = jiko.calc({"nendo": 2024, "jiko": "障害7級", "nichigaku": "１０，０００円"})
    assert isinstance(answer, Keisan)
    assert [w.code for w in answer.warnings] == ["kazoete_inai"] * 3


@given(
    nichigaku=st.integers(1, 100_000),
    chiryohi=st.none() | st.integers(0, 10**8),
    kyugyo_nissu=st.integers(0, 1_095),
    tokubetsu_kyuyo=st.none() | st.integers(0, 10**7),
)
def test_a_worse_grade_never_counts_less(nichigaku: int, **data: int | None) -> None:
    gaku = [mitsumori(f"shogai_{k}kyu", nichigaku, **data)["bunshi"] for k in range(14, 0, -1)]
    assert gaku == sorted(gaku)
    assert mitsumori("kyugyo_yokka", nichigaku, **data)["bunshi"] <= gaku[0]


@pytest.mark.parametrize(
    ("data", "field", "code"),
    [
        ({"nichigaku": 0}, "nichigaku", "zero"),
        ({"nichigaku": -1}, "nichigaku", "en_fu"),
        ({"nichigaku": None}, "nichigaku", "hissu"),
        ({"jiko": "shogai_15kyu"}, "jiko", "sentaku"),
        ({"kyugyo_nissu": 1_096}, "kyugyo_nissu", "sannen"),
        ({"kyugyo_nissu": "たくさん"}, "kyugyo_nissu", "nissu"),
        ({"chiryohi": "60万"}, "chiryohi", "en"),
        ({"nendo": 2011}, "nendo", "nendo_hanigai"),
    ],
)
def test_bad_input(data: dict[str, Any], field: str, code: str) -> None:
    answer = jiko.calc({"nendo": 2024, "jiko": "shibo", "nichigaku": 10_000, **data})
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]
