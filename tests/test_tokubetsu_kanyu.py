"""特別加入: 公表された年額の表、月割りの表、誤り。"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from conftest import REI
from hoken_calc import calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.tables import table
from hoken_calc.tokubetsu_kanyu import kaikyu
from hoken_calc.tokubetsu_kanyu.erabu import kuraberu

HITORI_17 = {25000: 155125, 24000: 148920, 22000: 136510, 20000: 124100, 18000: 111690}
HITORI_17 |= {16000: 99280, 14000: 86870, 12000: 74460, 10000: 62050, 9000: 55845, 8000: 49640}
HITORI_17 |= {7000: 43435, 6000: 37230, 5000: 31025, 4000: 24820, 3500: 21709}
KENCHIKU_95 = {4000: 13870, 5000: 17337, 6000: 20805, 7000: 24272, 8000: 27740, 9000: 31207}
KENCHIKU_95 |= {10000: 34675, 12000: 41610, 14000: 48545, 16000: 55480, 18000: 62415, 20000: 69350}
HITORI_19 = {20000: 138700, 18000: 124830, 16000: 110960, 14000: 97090, 12000: 83220, 10000: 69350}
HITORI_19 |= {9000: 62415, 8000: 55480, 7000: 48545, 6000: 41610}


def hokenryo(**data: Any) -> dict[str, Any]:
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, Keisan), answer
    return answer.values


@pytest.mark.parametrize("nichigaku", HITORI_17)
def test_dai2shu_hitori_oyakata(nichigaku: int) -> None:
    """公表例 c-01・c-03（名南労基協、東海労務）: 建設の一人親方 17/1000。"""
    v = hokenryo(nendo=2025, shu=2, sagyo="17-2", kanyusha=[{"nichigaku": nichigaku}])
    assert v["hokenryo"] == HITORI_17[nichigaku]
    assert v["toku_bango"] == "特2"


@pytest.mark.parametrize("nendo", [2022, 2024])
@pytest.mark.parametrize("nichigaku", KENCHIKU_95)
def test_dai1shu_kenchiku(nendo: int, nichigaku: int) -> None:
    """公表例 c-05（全建総連系組合）: 建築 9.5/1000。"""
    v = hokenryo(nendo=nendo, shu=1, gyoshu="35", kanyusha=[{"nichigaku": nichigaku}])
    assert v["hokenryo"] == KENCHIKU_95[nichigaku]


@pytest.mark.parametrize("nichigaku", HITORI_19)
def test_rate_19(nichigaku: int) -> None:
    """公表例 c-08・c-09: 19/1000 の時の表（率は通知された率として入れる）。"""
    v = hokenryo(
        nendo=2025, shu=1, gyoshu="35", rosai_ritsu="19", kanyusha=[{"nichigaku": nichigaku}]
    )
    assert v["hokenryo"] == HITORI_19[nichigaku]


def test_dai3shu() -> None:
    v = hokenryo(nendo=2025, shu=3, kanyusha=[{"nichigaku": 20000}])
    assert (v["ritsu"], v["hokenryo"]) == (3, 21900)
    assert hokenryo(nendo=2014, shu=3, kanyusha=[{"nichigaku": 20000}])["ritsu"] == 4


# 月割りの表（日額 → 1か月・7か月・12か月の算定基礎額）。年額÷12 の1円未満切上げ × 月数。
TSUKIWARI = {
    3500: (106459, 745213, 1277508),
    4000: (121667, 851669, 1460004),
    5000: (152084, 1064588, 1825008),
    10000: (304167, 2129169, 3650004),
    25000: (760417, 5322919, 9125004),
}


@pytest.mark.parametrize("nichigaku", TSUKIWARI)
def test_tsukiwari(nichigaku: int) -> None:
    for tsuki, expected in zip((1, 7, 12), TSUKIWARI[nichigaku], strict=True):
        month = 16 - tsuki
        shonin = date(2025 + (month > 12), (month - 1) % 12 + 1, 15)
        (k,) = hokenryo(
            nendo=2025,
            shu=2,
            sagyo="17-2",
            kanyusha=[{"nichigaku": nichigaku, "shonin": shonin.isoformat()}],
        )["kanyusha"]
        assert k == {"tsukisu": tsuki, "santei_kiso": expected}


@pytest.mark.parametrize(
    ("shonin", "dattai", "tsukisu"),
    [
        (None, None, 12),
        ("2020-05-01", None, 12),
        (None, "2026-04-01", 12),
        ("2025-10-01", "2026-01-15", 4),
        ("2025-10-31", "2025-11-01", 1),  # 脱退の前日は 10月31日
        ("2025-10-31", "2025-11-02", 2),
        (None, "2025-07-01", 3),
        (None, "2025-07-02", 4),
        ("2026-03-31", None, 1),
    ],
)
def test_tsukisu(shonin: str | None, dattai: str | None, tsukisu: int) -> None:
    k = {"nichigaku": 10000, "shonin": shonin, "dattai": dattai}
    v = hokenryo(nendo=2025, shu=2, sagyo="17-2", kanyusha=[k])
    assert v["kanyusha"][0]["tsukisu"] == tsukisu
    tsunen = shonin in (None, "2020-05-01") and dattai in (None, "2026-04-01")
    assert v["kanyusha"][0]["santei_kiso"] == (3_650_000 if tsunen else 304_167 * tsukisu)


def test_the_sum_is_cut_once() -> None:
    v = hokenryo(nendo=2025, shu=1, gyoshu="94", kanyusha=[{"nichigaku": 3500}] * 2)
    assert v["santei_kiso_gokei"] == 2_555_000


def test_toku_bango_moved_in_november_2024() -> None:
    for sagyo, mae, ato in (("18-6", "特23", "特24"), ("18-1-ro", "特12", "特13")):
        old = hokenryo(nendo=2024, shu=2, sagyo=sagyo, kanyusha=[{"nichigaku": 5000}])
        new = hokenryo(nendo=2025, shu=2, sagyo=sagyo, kanyusha=[{"nichigaku": 5000}])
        assert (old["toku_bango"], new["toku_bango"]) == (mae, ato)
    freelance = {
        "sagyo": "17-12",
        "shu": 2,
        "kanyusha": [{"nichigaku": 5000, "shonin": "2024-11-05"}],
    }
    assert hokenryo(nendo=2024, **freelance)["toku_bango"] == "特12"
    answer = calc("tokubetsu_kanyu", {"nendo": 2023, **freelance})
    assert isinstance(answer, NyuryokuAyamari)


def test_months_before_the_work_was_taken_in_are_refused() -> None:
    """17-12（特定フリーランス事業）の特別加入は2024年11月1日から。"""
    kanyusha = [{"nichigaku": 5000, "shonin": s} for s in (None, "2024-10-31", "2024-11-01")]
    answer = calc(
        "tokubetsu_kanyu", {"nendo": 2024, "shu": 2, "sagyo": "17-12", "kanyusha": kanyusha}
    )
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["kanyusha.0.shonin", "kanyusha.1.shonin"]


def test_a_number_that_moved_within_the_year_is_told() -> None:
    data = {"shu": 2, "sagyo": "18-8", "kanyusha": [{"nichigaku": 5000}]}
    told = [
        nendo
        for nendo in range(2022, 2026)
        if any(
            w.code == "toku_bango"
            for w in calc("tokubetsu_kanyu", {"nendo": nendo, **data}).warnings
        )
    ]
    assert told == [2022, 2024]


@pytest.mark.parametrize(
    ("kanyusha", "field", "code"),
    [
        ({"nichigaku": 9500}, "kanyusha.0.nichigaku", "nichigaku"),
        ({"nichigaku": 2000}, "kanyusha.0.nichigaku", "nichigaku"),
        (
            {"nichigaku": 5000, "shonin": "2025-10-01", "dattai": "2025-10-01"},
            "kanyusha.0.dattai",
            "dattai_mae",
        ),
        ({"nichigaku": 5000, "shonin": "2026-04-01"}, "kanyusha.0.shonin", "nendo_gai"),
        ({"nichigaku": 5000, "dattai": "2025-04-01"}, "kanyusha.0.dattai", "nendo_gai"),
        ({"nichigaku": 5000, "shonin": "きのう"}, "kanyusha.0.shonin", "hizuke"),
        ({"shonin": "2025-10-01"}, "kanyusha.0.nichigaku", "hissu"),
    ],
)
def test_bad_kanyusha(kanyusha: dict[str, Any], field: str, code: str) -> None:
    data = {"nendo": 2025, "shu": 2, "sagyo": "17-2", "kanyusha": [kanyusha]}
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]


def test_the_grades_of_the_year() -> None:
    assert len(kaikyu(2025)) == 16
    assert len(kaikyu(2025, kanai=True)) == 19
    assert len(kaikyu(2012)) == 13
    answer = calc("tokubetsu_kanyu", {"nendo": 2012, "shu": 3, "kanyusha": [{"nichigaku": 25000}]})
    assert isinstance(answer, NyuryokuAyamari)
    assert "20,000 円のどれか" in answer.errors[0].message
    assert hokenryo(nendo=2025, shu=2, sagyo="18-3-ha", kanyusha=[{"nichigaku": 2000}])


def test_nendo_koshin_takes_the_list() -> None:
    kakutei = [
        {"nichigaku": 10000, "shonin": "2025-10-01", "dattai": "2026-01-15"},
        {"nichigaku": 3500},
    ]
    data = {**REI, "tokubetsu_kanyu": {"kakutei": kakutei, "gaisan": [{"nichigaku": 3500}]}}
    answer = calc("nendo_koshin", data)
    assert isinstance(answer, Keisan)
    hitori = hokenryo(nendo=2025, shu=1, gyoshu="94", kanyusha=kakutei)
    assert answer.values["tokubetsu_kiso"] == hitori["santei_kiso_gokei"]
    assert answer.values["kakutei_tokubetsu"] == hitori["hokenryo"]
    assert any(s.section.startswith("確定の加入者1") for s in answer.lines)
    bad = {**REI, "tokubetsu_kanyu": {"kakutei": [{"nichigaku": 1}], "gaisan": []}}
    answer = calc("nendo_koshin", bad)
    assert isinstance(answer, NyuryokuAyamari)
    assert answer.errors[0].field == "tokubetsu_kanyu.kakutei.0.nichigaku"


def test_every_rate_of_dai2shu_has_a_number_and_a_description() -> None:
    """公表された区分の数: 2018年4月 18、2022年7月 25、2024年11月 26。"""
    t = table("tokubetsu_2shu_ritsu")
    for when, kazu in ((date(2018, 4, 1), 18), (date(2022, 7, 1), 25), (date(2024, 11, 1), 26)):
        rows = t.on(when)
        assert len(rows) == kazu
        assert sorted(int(r["toku_bango"][1:]) for r in rows) == list(range(1, kazu + 1))


def test_kuraberu() -> None:
    """日額10,000円の例（休業8,000円、障害1級313万円、遺族1人153万円、葬祭料615,000円）。

    出典: 一人親方の団体の給付例（hoken-kyogikai、nishinihonhitorioyakata）。
    """
    from test_setsumei import check_run

    runs = {r["nichigaku"]: r for r in kuraberu(2025, Fraction(17, 1000))}
    assert len(runs) == 16
    r = runs[10000]
    assert (r["kyugyo"], r["shogai_1kyu"], r["izoku_1nin"], r["sosai"]) == (
        8_000,
        3_130_000,
        1_530_000,
        615_000,
    )
    assert (r["nen_hokenryo"], r["tsuki_hokenryo"]) == (62_050, 5_171)
    assert runs[12000]["sosai"] == 720_000  # 60日分の方が多い
    assert {n: x["nen_hokenryo"] for n, x in runs.items()} == HITORI_17
    check_run(r)


@pytest.mark.parametrize(
    ("shu", "keys", "field", "code"),
    [
        (1, {"gyoshu": "35", "sagyo": "17-2"}, "sagyo", "dai2shu_nomi"),
        (2, {"sagyo": "17-2", "gyoshu": "35"}, "gyoshu", "dai1shu_nomi"),
        (3, {"gyoshu": "35"}, "gyoshu", "dai1shu_nomi"),
        (3, {"sagyo": "17-2"}, "sagyo", "dai2shu_nomi"),
        (2, {"sagyo": "17-2", "rosai_ritsu": "9.5"}, "rosai_ritsu", "dai1shu_nomi"),
    ],
)
def test_keys_of_another_kind_are_refused(
    shu: int, keys: dict[str, str], field: str, code: str
) -> None:
    answer = calc(
        "tokubetsu_kanyu", {"nendo": 2025, "shu": shu, **keys, "kanyusha": [{"nichigaku": 5000}]}
    )
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]
