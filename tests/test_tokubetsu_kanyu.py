"""特別加入: 公表された年額の表、月割りの表、誤り。"""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from conftest import GOLDEN, REI
from hoken_calc import calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari, Taishogai
from hoken_calc.tables import table
from hoken_calc.tokubetsu_kanyu import kaikyu
from hoken_calc.tokubetsu_kanyu.erabu import kuraberu
from hoken_calc.tokubetsu_kanyu.taisho import JOKEN, hantei

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


def _tsukiwari() -> list[dict[str, str]]:
    """月割りの表。日額ごとの1年分、1か月分（1円未満切上げ）、1〜12か月の算定基礎額。"""
    with (GOLDEN / "tokubetsu_tsukiwari.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


@pytest.mark.parametrize("gyo", _tsukiwari(), ids=lambda g: g["給付基礎日額"])
def test_every_cell_of_the_monthly_table(gyo: dict[str, str]) -> None:
    sagyo = "18-3-ha" if gyo["対象"] == "家内労働者だけ" else "17-2"
    nichigaku = int(gyo["給付基礎日額"])
    shonin = [
        date(2025 + (m > 12), (m - 1) % 12 + 1, 15).isoformat()
        for m in range(15, 3, -1)  # 3月の承認が1か月、4月の承認が12か月
    ]
    kanyusha: list[dict[str, Any]] = [{"nichigaku": nichigaku, "shonin": s} for s in shonin]
    kanyusha += [{"nichigaku": nichigaku}]
    v = hokenryo(nendo=2025, shu=2, sagyo=sagyo, kanyusha=kanyusha)["kanyusha"]
    tsuki = range(1, 13)
    assert v == [
        *({"tsukisu": n, "santei_kiso": int(gyo[f"{n}か月"])} for n in tsuki),
        {"tsukisu": 12, "santei_kiso": int(gyo["1年分"])},
    ]
    assert gyo["1か月"] == gyo["1か月分"]


def test_the_monthly_table_has_every_grade() -> None:
    """公表の16階級と、家内労働者だけの3つ。"""
    eraberu = {str(r.key) for r in kaikyu(date(2025, 4, 1), kanai=True)}
    assert [g["給付基礎日額"] for g in _tsukiwari()] == sorted(eraberu, key=int)
    assert len(eraberu) == 19


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
    assert len(kaikyu(date(2025, 4, 1))) == 16
    assert len(kaikyu(date(2025, 4, 1), kanai=True)) == 19
    assert len(kaikyu(date(2012, 4, 1))) == 13
    answer = calc("tokubetsu_kanyu", {"nendo": 2012, "shu": 3, "kanyusha": [{"nichigaku": 25000}]})
    assert isinstance(answer, NyuryokuAyamari)
    assert "20,000 円のどれか" in answer.errors[0].message
    assert hokenryo(nendo=2025, shu=2, sagyo="18-3-ha", kanyusha=[{"nichigaku": 2000}])


def test_the_grade_is_of_the_day_it_begins_to_count() -> None:
    """表では 22,000円〜25,000円は2013年9月1日から。承認日がその日より前か、無ければ選べない。"""
    data: dict[str, Any] = {"nendo": 2013, "shu": 1, "gyoshu": "35"}
    hito = [{"nichigaku": 25000, "shonin": s} for s in ("2013-09-01", "2014-03-31")]
    answer = calc("tokubetsu_kanyu", {**data, "kanyusha": hito})
    assert isinstance(answer, Keisan)
    # 25,000×365÷12＝760,416と2/3 → 760,417。9月からの7か月と、3月だけの1か月。
    assert [k["santei_kiso"] for k in answer.values["kanyusha"]] == [5_322_919, 760_417]
    assert any("平成25年9月1日 の行" in c.message for c in answer.warnings)
    hito = [{"nichigaku": 25000, "shonin": s} for s in ("2013-08-31", "2012-09-01", None)]
    answer = calc("tokubetsu_kanyu", {**data, "kanyusha": hito})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == [f"kanyusha.{i}.nichigaku" for i in range(3)]
    assert all("平成25年9月1日 から" in e.message for e in answer.errors)
    ato = calc("tokubetsu_kanyu", {**data, "nendo": 2014, "kanyusha": [{"nichigaku": 25000}]})
    assert isinstance(ato, Keisan)
    assert not any("給付基礎日額" in c.message for c in ato.warnings)


# 公表例 c-12（sharou4）: 5月29日に承認、翌年7月2日まで → 13か月と4日 → 14か月。
# 脱退日は、最後の日の翌日。ほかは、応当日の前日までを1か月として手で数えた。
YUKI = [
    ("2024-05-29", "2025-07-03", 14),
    ("2024-05-29", "2024-06-29", 1),  # 最後の日は6月28日。ちょうど1か月
    ("2024-05-29", "2024-06-30", 2),  # 応当日の6月29日も入る
    ("2024-05-29", "2024-05-30", 1),
    ("2024-05-01", "2024-06-01", 1),
    ("2024-05-01", "2025-05-01", 12),
    ("2024-05-01", "2025-05-02", 13),
    ("2025-01-31", "2025-03-01", 1),  # 2月に31日が無いので、末日の28日に満ちる
    ("2025-01-31", "2025-03-02", 2),
    ("2025-01-31", "2025-03-31", 2),
    ("2025-01-31", "2025-04-01", 3),
    ("2024-02-29", "2024-03-29", 1),
    ("2024-02-29", "2025-03-01", 12),  # 2025年2月に29日が無いので、28日に満ちる
    ("2024-02-29", "2025-03-02", 13),
    ("2023-03-29", "2024-02-29", 11),
    ("2023-03-29", "2024-03-01", 12),  # うるう年の2月29日は応当日
]


@pytest.mark.parametrize(("shonin", "dattai", "tsukisu"), YUKI)
def test_the_months_of_a_project_of_fixed_term(shonin: str, dattai: str, tsukisu: int) -> None:
    from test_setsumei import check

    nendo = int(shonin[:4]) - (int(shonin[5:7]) < 4)
    hito = [{"nichigaku": 10000, "shonin": shonin, "dattai": dattai}]
    data = {"nendo": nendo, "shu": 1, "gyoshu": "35", "jigyo": "yuki", "kanyusha": hito}
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, Keisan)
    # 12か月でも年額にはしない。月額×月数。
    assert answer.values["kanyusha"] == [{"tsukisu": tsukisu, "santei_kiso": 304_167 * tsukisu}]
    assert any("解説1つ" in c.message for c in answer.warnings)
    check(answer)


def test_a_project_of_fixed_term_needs_both_days_and_the_first_kind() -> None:
    data: dict[str, Any] = {"nendo": 2025, "shu": 1, "gyoshu": "35", "jigyo": "有期事業"}
    hito = [
        {"nichigaku": 10000},
        {"nichigaku": 10000, "shonin": "2025-03-31", "dattai": "2025-03-31"},
    ]
    answer = calc("tokubetsu_kanyu", {**data, "kanyusha": hito})
    assert isinstance(answer, NyuryokuAyamari)
    assert {(e.field, e.code) for e in answer.errors} == {
        ("kanyusha.0.shonin", "hissu"),
        ("kanyusha.0.dattai", "hissu"),
        ("kanyusha.1.shonin", "nendo_mae"),
        ("kanyusha.1.dattai", "dattai_mae"),
    }
    dai3shu = {"nendo": 2025, "shu": 3, "jigyo": "yuki", "kanyusha": [{"nichigaku": 10000}]}
    answer = calc("tokubetsu_kanyu", dai3shu)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [("jigyo", "dai1shu_nomi")]


def test_the_days_of_a_continuing_business_are_not_changed_by_naming_it() -> None:
    hito = [{"nichigaku": 10000, "shonin": "2025-05-29", "dattai": "2025-07-02"}]
    data = {"nendo": 2025, "shu": 1, "gyoshu": "35", "kanyusha": hito}
    assert hokenryo(**data) == hokenryo(**data, jigyo="keizoku")
    assert hokenryo(**data)["kanyusha"][0]["tsukisu"] == 3  # 5月・6月・7月


def test_every_error_is_told_at_once() -> None:
    hito: list[dict[str, Any]] = [
        {"nichigaku": 10500},
        {"nichigaku": 2000, "shonin": "2025-10-01", "dattai": "2025-09-01"},
        {"nichigaku": "１万円"},
        {"nichigaku": 5000, "na": "x"},
    ]
    data = {"nendo": 2025, "shu": 1, "gyoshu": "77", "kanyusha": hito, "foo": 1}
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert {(e.field, e.code) for e in answer.errors} == {
        ("kanyusha.0.nichigaku", "nichigaku"),
        ("kanyusha.1.nichigaku", "nichigaku"),
        ("kanyusha.1.dattai", "dattai_mae"),
        ("kanyusha.2.nichigaku", "en"),
        ("kanyusha.3.na", "shiranai_komoku"),
        ("foo", "shiranai_komoku"),
        ("gyoshu", "hyo_ni_nai"),
    }


@pytest.mark.parametrize("data", [None, [], {}, {"nendo": 2025, "shu": 1, "kanyusha": {}}])
def test_odd_shapes_are_errors(data: Any) -> None:
    assert isinstance(calc("tokubetsu_kanyu", data), NyuryokuAyamari)


@pytest.mark.parametrize(
    ("nendo", "sagyo", "iu"),
    [
        (2023, "17-12", "令和6年11月1日 からです。令和5年度にはありません"),
        (2025, "特2", "令和7年度の特2は 17-2"),
        (2023, "特25", "令和5年度の特25は 18-8"),
        (2025, "特25", "令和7年度の特25は 18-7"),
        (2025, "建設", "例 17-2"),
    ],
)
def test_a_work_not_in_the_table(nendo: int, sagyo: str, iu: str) -> None:
    data = {"nendo": nendo, "shu": 2, "sagyo": sagyo, "kanyusha": [{"nichigaku": 10000}]}
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["sagyo"]
    assert iu in answer.errors[0].message


def test_a_year_before_the_table_of_the_work_is_refused_by_the_year() -> None:
    data = {"nendo": 2016, "shu": 2, "sagyo": "17-2", "kanyusha": [{"nichigaku": 10000}]}
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["nendo"]


def test_a_condition_that_does_not_hold_is_not_written_as_an_equation() -> None:
    hito = [{"nichigaku": 10000, "dattai": "2025-11-01"}, {"nichigaku": 10000}]
    answer = calc("tokubetsu_kanyu", {"nendo": 2025, "shu": 3, "kanyusha": hito})
    text = answer.to_text()
    assert "令和7年10月31日 ＝ 令和8年3月31日 は成り立たない → 年度の途中で加入か脱退をした" in text
    assert "令和8年3月31日 ＝ 令和8年3月31日 が成り立つ → 年度を通して加入した" in text


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

    narabi = kuraberu({"nendo": 2025, "shu": 2, "sagyo": "17-2"})
    assert not isinstance(narabi, NyuryokuAyamari)
    runs = {r["nichigaku"]: r for r in narabi}
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


def test_kuraberu_takes_the_rate_of_the_year_and_the_business() -> None:
    """建築事業: 平成26年度は13/1000、令和6年度から9.5/1000。10,000円は3,650,000円にかける。"""
    for nendo, more, ritsu, gaku in (
        (2014, {}, "13", 47_450),
        (2025, {}, "9.5", 34_675),
        (2025, {"rosai_ritsu": "5.7"}, "5.7", 20_805),
    ):
        runs = kuraberu({"nendo": nendo, "shu": 1, "gyoshu": "35", **more})
        assert not isinstance(runs, NyuryokuAyamari)
        (r,) = [r for r in runs if r["nichigaku"] == 10000]
        assert (r["ritsu"] * 1000, r["nen_hokenryo"]) == (Fraction(ritsu), gaku)
    runs = kuraberu({"nendo": 2025, "shu": 2, "sagyo": "18-3-ha"})
    assert not isinstance(runs, NyuryokuAyamari)
    assert [r["nichigaku"] for r in runs][:2] == [2000, 2500]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"rosai_ritsu": "abc"}, "rosai_ritsu"),
        ({"rosai_ritsu": "0"}, "rosai_ritsu"),
        ({"rosai_ritsu": "300"}, "rosai_ritsu"),
        ({"gyoshu": "77"}, "gyoshu"),
        ({"gyoshu": None}, "gyoshu"),
        ({"nendo": 2000, "rosai_ritsu": "3"}, "nendo"),
    ],
)
def test_kuraberu_refuses_what_it_cannot_reckon(more: dict[str, Any], field: str) -> None:
    answer = kuraberu({"nendo": 2025, "shu": 1, "gyoshu": "35", **more})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == [field]


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


TAISHO = {
    "nendo": 2025,
    "gyotai": "sonota",
    "rodoshasu": 5,
    "tsunen_shiyo": True,
    "itaku": True,
    "jushi": "jigyonushi",
}


@pytest.mark.parametrize(
    ("more", "dame"),
    [
        ({}, []),
        ({"rodoshasu": 300}, []),
        ({"rodoshasu": 301}, ["kibo"]),
        ({"gyotai": "oroshi", "rodoshasu": 100}, []),
        ({"gyotai": "oroshi", "rodoshasu": 101}, ["kibo"]),
        ({"gyotai": "kinyu", "rodoshasu": 50}, []),
        ({"gyotai": "kinyu", "rodoshasu": 51}, ["kibo"]),
        ({"rodoshasu": 0, "tsunen_shiyo": False, "nobe_nissu": 100}, []),
        ({"rodoshasu": 0, "tsunen_shiyo": False, "nobe_nissu": 99}, ["shiyo"]),
        ({"itaku": False}, ["itaku_joken"]),
        ({"jushi": "kazoku"}, []),
        ({"jushi": "yakuin"}, []),
        ({"jushi": "chingin_yakuin"}, ["jushi_joken"]),
        ({"jushi": "jushi_shinai", "itaku": False}, ["itaku_joken", "jushi_joken"]),
        ({"shitauke": "ikkatsu_ari"}, []),
        ({"shitauke": "ikkatsu_nashi"}, ["shitauke_joken"]),
    ],
)
def test_taisho(more: dict[str, Any], dame: list[str]) -> None:
    """条件は、労働局の解説の第1章VI・IXと、商工会議所の案内の第1種から。"""
    from test_setsumei import check

    answer = hantei({**TAISHO, **more})
    if dame:
        assert isinstance(answer, Taishogai)
        assert [r["code"] for r in answer.reasons] == dame
        assert all(r["basis"] for r in answer.reasons)
    else:
        assert isinstance(answer, Keisan)
        assert set(answer.values["riyu"]) == {j.id for j in JOKEN}
        check(answer)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"nendo": 2000}, "nendo"),
        ({"nendo": 2099}, "nendo"),
        ({"rodoshasu": 0}, "rodoshasu"),
        ({"tsunen_shiyo": False}, "nobe_nissu"),
        ({"gyotai": "kinyu", "shitauke": "ikkatsu_ari"}, "shitauke"),
        ({"jushi": True}, "jushi"),
    ],
)
def test_taisho_refuses(more: dict[str, Any], field: str) -> None:
    answer = hantei({**TAISHO, **more})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == [field]


def test_taisho_says_the_limit_of_the_chosen_business_and_its_chapter() -> None:
    answer = hantei({**TAISHO, "gyotai": "oroshi", "rodoshasu": 150, "jushi": "chingin_yakuin"})
    assert isinstance(answer, Taishogai)
    kibo, jushi = answer.reasons
    assert "100人以下です。いまは150人です" in kibo["message"]
    assert "300" not in kibo["message"]
    assert any("第1章VI" in b for b in kibo["basis"])
    assert "労働者として労災保険の対象" in jushi["message"]
    assert any("第1章IX 1(3)(4)" in b for b in jushi["basis"])


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"shu": 2, "sagyo": "9-9", "rosai_ritsu": "9"}, {"sagyo", "rosai_ritsu"}),
        ({"shu": 2, "sagyo": "9-9", "rosai_ritsu": "x"}, {"sagyo", "rosai_ritsu"}),
        ({"shu": 2, "jigyo": "x"}, {"jigyo"}),
        ({"shu": 1, "gyoshu": "00", "rosai_ritsu": "9.5"}, {"gyoshu"}),
        ({"shu": 1, "gyoshu": "00", "rosai_ritsu": "x"}, {"gyoshu", "rosai_ritsu"}),
    ],
)
def test_a_bad_rate_does_not_hide_an_unknown_business(
    change: dict[str, Any], fields: set[str]
) -> None:
    answer = calc("tokubetsu_kanyu", {"nendo": 2025, "kanyusha": [{"nichigaku": 10_000}], **change})
    assert isinstance(answer, NyuryokuAyamari)
    assert {e.field for e in answer.errors} == fields


@pytest.mark.parametrize(
    ("nuku", "bun"),
    [
        ("tsunen_shiyo", "労働者を年間を通じて使うかどうかを"),
        ("itaku", "事務組合に委託しているかどうかを"),
    ],
)
def test_a_missing_yes_or_no_is_asked_in_a_sentence(nuku: str, bun: str) -> None:
    answer = hantei({k: v for k, v in TAISHO.items() if k != nuku})
    assert isinstance(answer, NyuryokuAyamari)
    (e,) = answer.errors
    assert (e.field, e.code) == (nuku, "hissu")
    assert e.message.startswith(bun)


@pytest.mark.parametrize(
    ("hi", "riyu"),
    [
        ({}, "前の年度から加入しているので 令和8年3月31日 ＝ 令和8年3月31日"),
        ({"shonin": "2025-04-01"}, "この年度に加入したので いいえ"),
        (
            {"dattai": "2025-12-01"},
            "前の年度から加入しているので 令和7年11月30日 ＝ 令和8年3月31日",
        ),
        ({"dattai": "2026-04-01"}, "前の年度から加入しているので 令和8年3月31日 ＝ 令和8年3月31日"),
    ],
)
def test_the_whole_year_says_why(hi: dict[str, str], riyu: str) -> None:
    from test_setsumei import check

    data = {"nendo": 2025, "shu": 3, "kanyusha": [{"nichigaku": 10_000, **hi}]}
    answer = calc("tokubetsu_kanyu", data)
    assert isinstance(answer, Keisan)
    check(answer)
    (s,) = (s for s in answer.lines if s.id == "tsunen")
    assert s.substituted == riyu


def test_the_page_of_the_grades_tells_what_it_leaves_out() -> None:
    from hoken_calc.ui.tokubetsu_kanyu import NichigakuGamen

    gamen = NichigakuGamen()
    gamen._rei(None)
    nai = gamen.hyoji.html.split("ここに無い物: ")[1].split("</li>")[0]
    for kyufu in ("障害2〜6級と9〜13級", "遺族が2人以上", "55歳以上か障害のある妻", "傷病補償年金"):
        assert kyufu in nai
