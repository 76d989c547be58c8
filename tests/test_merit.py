"""メリット制: 公表された例、表の全部の段、境目、誤り、別に書いた計算との一致。"""

from __future__ import annotations

import re
from bisect import bisect_left
from copy import deepcopy
from datetime import date
from fractions import Fraction
from html import unescape
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import golden
from hoken_calc import calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari, Taishogai, plain
from hoken_calc.merit import (
    KYUFU_NO_SHURUI,
    bunshi_wo_kaete,
    chosei_kubun,
    dan,
    dan_goto,
    jiko_hikaku,
    mitsu_no_nendo,
    nendo_koshin_e,
)
from hoken_calc.merit.shiki import KYUFU_SHEET, NENDO_SHEET, SHEET
from hoken_calc.tables import TABLES, NotCovered, table
from hoken_calc.ui.merit import taishogai
from test_setsumei import check_steps

REI = {r["id"]: r for r in golden("merit")}
KEISAN_REI = [r for r in REI.values() if "入力" in r]
NENDO = (2022, 2023, 2024)


def nyuryoku(**change: Any) -> dict[str, Any]:
    """分母がちょうど (1,300,000 − 300,000) × 3 × 0.67 = 2,010,000円になる、その他の各種事業。"""
    nendobetsu = [
        {
            "nendo": n,
            "rodoshasu": "200",
            "chingin_sogaku": 500_000_000,
            "rosai_hokenryo": 1_300_000,
            "kyufu": 0,
            "tokubetsu_shikyukin": 0,
        }
        for n in NENDO
    ]
    data = {"nendo": 2026, "gyoshu": "94", "keitai": "keizoku", "seiritsu": "2010-04-01"}
    return {**data, "nendobetsu": nendobetsu, **change}


def kaeru(data: dict[str, Any], **change: Any) -> dict[str, Any]:
    """1つめの年度だけ書き換える。"""
    out = deepcopy(data)
    out["nendobetsu"][0].update(change)
    return out


def atai(data: dict[str, Any], name: str = "merit") -> dict[str, Any]:
    answer = calc(name, data)
    assert isinstance(answer, Keisan), answer
    return answer.values


def ayamari(data: dict[str, Any], name: str = "merit") -> list[tuple[str, str]]:
    answer = calc(name, data)
    assert isinstance(answer, NyuryokuAyamari), answer
    return [(e.field, e.code) for e in answer.errors]


def codes(data: dict[str, Any], name: str = "merit") -> list[str]:
    """注意の種類。令和8年度からの率にいつも出る、改正の案の注意は除く。"""
    answer = calc(name, data)
    assert isinstance(answer, Keisan), answer
    return [w.code for w in answer.warnings if w.code != "kaisei_mikakunin"]


@pytest.mark.parametrize("rei", KEISAN_REI, ids=[r["id"] for r in KEISAN_REI])
def test_golden(rei: dict[str, Any]) -> None:
    answer = calc("merit", rei["入力"])
    assert isinstance(answer, Keisan), answer
    assert {k: plain(answer.values[k]) for k in rei["値"]} == rei["値"]
    assert Fraction(answer.values["shushi_ritsu"]) == Fraction(answer.values["bunshi"]) * 100 / (
        Fraction(answer.values["bunbo"])
    )
    kazu = [s for s in answer.lines if not isinstance(s.value, (bool, str))]
    check_steps(kazu)


def test_d01_accident_free_factory() -> None:
    """d-01: 非業務災害率が0.9/1000だった時の試算。率だけを当時のものに替える。"""
    rei = REI["d-01"]
    ritsu = Fraction(rei["業種の率"]) / 1000
    higyomu = Fraction(rei["非業務災害率"]) / 1000
    chingin = rei["賃金総額"]
    answer = calc("merit", nyuryoku())
    assert isinstance(answer, Keisan)
    moto = {i.id: answer.run[i.id] for i in SHEET.inputs}
    run = SHEET.run(moto, TABLES, {"kijun_ritsu": ritsu, "higyomu_ritsu": higyomu})
    assert {
        "増減率": run["zogen_ritsu"],
        "メリット料率": plain(run["merit_ritsu"] * 1000),
        "もとの保険料": chingin * ritsu,
        "もとの業務の分": chingin * (ritsu - higyomu),
        "保険料": chingin * run["merit_ritsu"],
        "業務の分": chingin * (run["merit_ritsu"] - higyomu),
    } == rei["値"]


def zogen(hyo: str, shushi: Fraction) -> int:
    """収支率の入る段の増減率。"""
    ritsu: int = TABLES.band("merit_zogen", date(2026, 4, 1), hyo, shushi)["zogen_ritsu"]
    return ritsu


def test_d04_edges() -> None:
    rei = REI["d-04"]
    assert [zogen("別表第3", Fraction(x)) for x in rei["収支率"]] == rei["増減率"]


@pytest.mark.parametrize(("gyoshu", "ninzu"), REI["d-05"]["人数"].items())
def test_d05_people_for_the_coefficient(gyoshu: str, ninzu: int) -> None:
    def nendo(rodoshasu: int) -> Any:
        given = {i.id: 0 for i in NENDO_SHEET.inputs}
        given |= {"nendo": 2024, "gyoshu": gyoshu, "keitai": "keizoku", "rodoshasu": rodoshasu}
        return NENDO_SHEET.run(given, TABLES)

    assert nendo(ninzu)["seisu_ninzu"] == ninzu
    assert nendo(ninzu)["nendo_taisho"] is True
    assert nendo(ninzu - 1)["nendo_taisho"] is False


# 福井労働局「事務組合事務手続解説」のメリット増減率表を、欄のとおりに写した。
# 空欄（結合した欄）は、^ が上の欄、< が左の欄と同じ。
# 欄: 継続（立木の伐採でない）、立木の伐採、建設100万円以上、建設100万円未満、立木100万円以上、立木100万円未満
KAISETSU_RAN = (
    "別表第3",
    "別表第3（立木の伐採）",
    "別表第3",
    "別表第3の2",
    "別表第3（立木の伐採）",
    "別表第3の2",
)
KAISETSU = """
  0  10 -40 -35 -40 -30 -35 -30
 10  20 -35 -30 -35 -25 -30 -25
 20  30 -30 -25 -30 -20 -25 -20
 30  40 -25 -20 -25 -15 -20 -15
 40  50 -20 -15 -20   ^ -15   ^
 50  60 -15 -10 -15 -10 -10   <
 60  70 -10   ^ -10   ^   ^   ^
 70  75  -5   <  -5   <  -5   <
 75  85   0   <   0   <   0   <
 85  90   5   <   5   <   5   <
 90 100  10  10  10  10  10   <
100 110  15   ^  15   ^   ^   ^
110 120  20  15  20  15  15  15
120 130  25  20  25   ^  20   ^
130 140  30  25  30  20  25  20
140 150  35  30  35  25  30  25
150   -  40  35  40  30  35  30
"""


def kaisetsu() -> list[tuple[int, int, list[int]]]:
    """写した表の、空欄を埋めた行（超える、以下、6つの欄）。"""
    out: list[tuple[int, int, list[int]]] = []
    for line in KAISETSU.split("\n")[1:-1]:
        shita, ue, *ran = line.split()
        atai: list[int] = []
        for i, cell in enumerate(ran):
            atai.append(out[-1][2][i] if cell == "^" else atai[-1] if cell == "<" else int(cell))
        out.append((int(shita), 10_000 if ue == "-" else int(ue), atai))
    return out


@pytest.mark.parametrize(("shita", "ue", "ran"), kaisetsu())
def test_the_printed_table_cell_by_cell(shita: int, ue: int, ran: list[int]) -> None:
    sukoshi = Fraction(1, 10**9)
    for hyo, want in zip(KAISETSU_RAN, ran, strict=True):
        assert zogen(hyo, Fraction(ue)) == want
        assert zogen(hyo, shita + sukoshi) == want
    assert zogen(KAISETSU_RAN[0], Fraction(0)) == -40


def test_every_table_covers_everything_once_and_goes_up() -> None:
    for hyo in {str(k[0]) for k in table("merit_zogen").rows}:
        rows = dan(2026, hyo)
        assert rows[0]["koeru"] is None
        assert rows[-1]["ika"] is None
        assert all(a["ika"] == b["koeru"] for a, b in pairwise(rows))
        ritsu = [r["zogen_ritsu"] for r in rows]
        assert ritsu == sorted(set(ritsu))
        assert ritsu[0] == -ritsu[-1]
        assert [(r["koeru"], r["ika"]) for r in rows if r["zogen_ritsu"] == 0] == [(75, 85)]


def test_the_range_of_change_has_the_same_edges_without_the_middle() -> None:
    """別表第7は、別表第6から75%を超え85%以下を除いた区間。"""
    for jigyo in ("建設", "立木の伐採"):
        hendo = [
            r for k, (r,) in table("merit_hendo").rows.items() if k[0] == f"別表第7（{jigyo}）"
        ]
        rows = [r for r in dan(2026, f"別表第6（{jigyo}）") if r["zogen_ritsu"]]
        assert [(r["koeru"], r["ika"]) for r in hendo] == [(r["koeru"], r["ika"]) for r in rows]
    with pytest.raises(NotCovered, match="80 を含む段"):
        TABLES.band("merit_hendo", date(2026, 4, 1), "別表第7（建設）", 80)


@pytest.mark.parametrize(
    ("kyufu", "want"),
    [
        (0, -40),
        (201_000, -40),  # ちょうど10%
        (201_001, -35),
        (1_507_500, -5),  # ちょうど75%
        (1_507_501, 0),
        (1_708_500, 0),  # ちょうど85%
        (1_708_501, 5),
        (3_015_000, 35),  # ちょうど150%
        (3_015_001, 40),
    ],
)
def test_one_yen_around_the_edges(kyufu: int, want: int) -> None:
    v = atai(kaeru(nyuryoku(), kyufu=kyufu))
    assert v["zogen_ritsu"] == want
    # (3 − 0.6) × (100 + 増減率)% + 0.6
    ritsu = Fraction(24, 10) * (100 + want) / 100 + Fraction(6, 10)
    assert Fraction(v["merit_ritsu"]) == ritsu


def test_the_decimal_shown_never_hides_the_side_of_the_edge() -> None:
    v = atai(kaeru(nyuryoku(), kyufu=1_507_501))
    assert v["shushi_ritsu"] == "1507501/20100"
    assert Fraction(v["shushi_ritsu_hyoji"]) > 75
    # 分母 500,000,000,000 × 3 × 0.67 の 75% より 5,025円多い: 75.0000005%
    data = nyuryoku()
    for n in data["nendobetsu"]:
        n |= {"chingin_sogaku": 0, "rosai_hokenryo": 500_000_000_000}
    v = atai(kaeru(data, kyufu=753_750_005_025))
    assert (v["shushi_ritsu_hyoji"], v["zogen_ritsu"]) == ("75.0000005", 0)


def test_the_explanation_has_a_decimal_beside_the_fraction() -> None:
    """1,507,501 ÷ 2,010,000 = 75.00004975…%"""
    answer = calc("merit", kaeru(nyuryoku(), kyufu=1_507_501))
    assert isinstance(answer, Keisan)
    (shushi,) = (s.shown for s in answer.lines if s.id == "shushi_ritsu")
    assert shushi == "75と1/20100％（75.000049…％）"
    chodo = calc("merit", kaeru(nyuryoku(), kyufu=1_507_500))
    assert isinstance(chodo, Keisan)
    assert [s.shown for s in chodo.lines if s.id == "shushi_ritsu"] == ["75％"]


@pytest.mark.parametrize(
    ("rodoshasu", "gyoshu", "taisho"),
    [
        ("100", "94", True),
        ("99.999", "94", False),  # 0.2399976
        ("1200/12", "94", True),
        ("1199/12", "94", False),
        ("4000/89", "35", True),  # (9.5 − 0.6)/1000 × 4000/89 = 0.4 ちょうど
        ("3999/89", "35", False),
        ("20", "59", True),  # 22.4/1000 × 20 = 0.448
        ("19.99", "59", False),  # 0.4を超えても20人に足りない
    ],
)
def test_size_of_a_continuing_business(rodoshasu: str, gyoshu: str, taisho: bool) -> None:
    answer = calc("merit", kaeru(nyuryoku(gyoshu=gyoshu), rodoshasu=rodoshasu))
    assert isinstance(answer, Keisan if taisho else Taishogai)


@pytest.mark.parametrize(
    ("hokenryo", "want"),
    [(399_999, None), (400_000, "別表第3の2"), (999_999, "別表第3の2"), (1_000_000, "別表第3")],
)
def test_size_of_joined_projects(hokenryo: int, want: str | None) -> None:
    data = kaeru(nyuryoku(gyoshu="35", keitai="ikkatsu_yuki_kensetsu"), rosai_hokenryo=hokenryo)
    for n in data["nendobetsu"]:
        del n["rodoshasu"]
    answer = calc("merit", data)
    if want is None:
        assert isinstance(answer, Taishogai)
        (reason,) = answer.reasons
        assert reason["nendo"] == 2022
        assert "あと1円" in reason["message"]
    else:
        assert isinstance(answer, Keisan)
        assert answer.values["hyo"] == want


def test_special_enrolment_counts_for_the_size_of_joined_projects() -> None:
    data = nyuryoku(gyoshu="35", keitai="ikkatsu_yuki_kensetsu")
    tokubetsu = {"tokubetsu_kiso": 3_650_000, "tokubetsu_hokenryo": 34_675}
    assert atai(kaeru(data, rosai_hokenryo=965_325, **tokubetsu))["hyo"] == "別表第3"
    assert atai(kaeru(data, rosai_hokenryo=965_324, **tokubetsu))["hyo"] == "別表第3の2"


def test_not_applicable_says_which_year_and_how_many_more() -> None:
    """機械器具製造業 5/1000: 0.4 ÷ 0.0044 = 90.909… 人から（端数が無ければ91人から）。"""
    data = kaeru(nyuryoku(gyoshu="56"), rodoshasu="88.5")
    data["nendobetsu"][2]["rodoshasu"] = "15"
    answer = calc("merit", data)
    assert isinstance(answer, Taishogai)
    first, second = answer.reasons
    assert (first["nendo"], second["nendo"]) == (2022, 2024)
    assert "0.3894" in first["message"]
    assert "あと2.5人いて91人以上（平均に端数があれば90と10/11人以上）なら、" in first["message"]
    assert "あと76人いて91人以上（平均に端数があれば90と10/11人以上）なら、" in second["message"]
    assert first["basis"]


@pytest.mark.parametrize(
    ("gyoshu", "rodoshasu", "ato"),
    [
        ("41", "62.4999", "あと19.5001人いて82人以上（平均に端数があれば81と31/49人以上）"),
        ("45", "62.4999", "あと0.5001人いて63人以上（平均に端数があれば62.5人以上）"),
        ("94", "99.5", "あと0.5人いて100人以上なら"),
        ("59", "19.99", "あと0.01人いて20人以上なら"),
    ],
)
def test_the_least_number_of_people_is_exact(gyoshu: str, rodoshasu: str, ato: str) -> None:
    """2024年度の率: 41は5.5で 0.4 ÷ 0.0049、45は7で 0.4 ÷ 0.0064 = 62.5人。94は100人、59は20人。"""
    data = nyuryoku(gyoshu=gyoshu)
    data["nendobetsu"][2]["rodoshasu"] = rodoshasu
    answer = calc("merit", data)
    assert isinstance(answer, Taishogai)
    (reason,) = answer.reasons
    assert ato in reason["message"]
    if gyoshu == "45":
        data["nendobetsu"][2]["rodoshasu"] = "62.5"
        assert isinstance(calc("merit", data), Keisan)


@pytest.mark.parametrize(
    ("seiritsu", "taisho", "saisho"),
    [
        ("2022-03-31", True, None),
        ("2022-04-01", True, None),
        ("2022-04-02", False, "令和9年度"),
        ("2023-04-01", False, "令和9年度"),
        ("2023-04-02", False, "令和10年度"),
    ],
)
def test_three_years_since_the_start(seiritsu: str, taisho: bool, saisho: str | None) -> None:
    answer = calc("merit", nyuryoku(seiritsu=seiritsu))
    if taisho:
        assert isinstance(answer, Keisan)
        assert ("seiritsu_chodo" in [w.code for w in answer.warnings]) == (seiritsu[5:] == "04-01")
    else:
        assert isinstance(answer, Taishogai)
        (reason,) = answer.reasons
        assert f"{saisho}の率から" in reason["message"]


def test_the_three_years() -> None:
    """令和6年度に係るのは令和2、3、4年度（福井労働局の解説）。"""
    assert mitsu_no_nendo(2024) == (2020, 2021, 2022)
    assert mitsu_no_nendo(2026) == NENDO


@pytest.mark.parametrize("nendo", [(2021, 2022, 2023), (2022, 2024, 2025), (2022, 2022, 2024)])
def test_wrong_years_are_told_the_right_ones(nendo: tuple[int, ...]) -> None:
    data = nyuryoku()
    for n, y in zip(data["nendobetsu"], nendo, strict=True):
        n["nendo"] = y
    answer = calc("merit", data)
    assert isinstance(answer, NyuryokuAyamari)
    (e,) = answer.errors
    assert (e.field, e.code) == ("nendobetsu", "mitsu_no_nendo")
    assert "令和4年度・令和5年度・令和6年度（2022・2023・2024）" in e.message


def test_the_order_of_the_years_does_not_matter() -> None:
    data = kaeru(nyuryoku(), kyufu=300_000)
    gyaku = {**data, "nendobetsu": data["nendobetsu"][::-1]}
    assert atai(gyaku) == atai(data)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kyufu": -1}, "nendobetsu.0.kyufu", "en_fu"),
        ({"tokubetsu_shikyukin": "−5"}, "nendobetsu.0.tokubetsu_shikyukin", "en_fu"),
        ({"kyufu": None}, "nendobetsu.0.kyufu", "hissu"),
        ({"rodoshasu": None}, "nendobetsu.0.rodoshasu", "hissu"),
        ({"rodoshasu": 20.5}, "nendobetsu.0.rodoshasu", "nin"),
        ({"rodoshasu": "1000/0"}, "nendobetsu.0.rodoshasu", "nin"),
        ({"rodoshasu": "-1"}, "nendobetsu.0.rodoshasu", "nin"),
        ({"chingin_sogaku": 10**10}, "nendobetsu.0.rosai_hokenryo", "sukunai"),
        ({"tokubetsu_hokenryo": 5}, "nendobetsu.0.tokubetsu_kiso", "hissu"),
        (
            {"tokubetsu_hokenryo": 1, "tokubetsu_kiso": 3_650_000},
            "nendobetsu.0.tokubetsu_hokenryo",
            "sukunai",
        ),
        ({"kyufu_uchiwake": []}, "nendobetsu.0.kyufu", "ryoho"),
    ],
)
def test_bad_year(change: dict[str, Any], field: str, code: str) -> None:
    assert ayamari(kaeru(nyuryoku(), **change))[0] == (field, code)


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ({"keitai": "ikkatsu_yuki_kensetsu"}, ("gyoshu", "keitai_to_au")),
        ({"keitai": "ikkatsu_yuki_ringyo", "gyoshu": "35"}, ("gyoshu", "keitai_to_au")),
        ({"gyoshu": "35", "tokurei": True}, ("tokurei", "keizoku_nomi")),
        ({"gyoshu": "02", "tokurei": True}, ("tokurei", "keizoku_nomi")),
        ({"gyoshu": "00"}, ("gyoshu", "hyo_ni_nai")),
        ({"nendobetsu": []}, ("nendobetsu", "mitsu_no_nendo")),
        ({"seiritsu": "きのう"}, ("seiritsu", "hizuke")),
    ],
)
def test_bad_input(change: dict[str, Any], want: tuple[str, str]) -> None:
    assert ayamari(nyuryoku(**change)) == [want]


def test_half_of_the_special_enrolment_is_one_error() -> None:
    hissu = [("nendobetsu.0.tokubetsu_hokenryo", "hissu")]
    assert ayamari(kaeru(nyuryoku(), tokubetsu_kiso=3_650_000)) == hissu


def test_years_before_the_tables_are_told_as_years() -> None:
    """平成27年度の率は平成23年度からの3年で決まる。表は平成24年度から。"""
    answer = calc("merit", nyuryoku(nendo=2015))
    assert isinstance(answer, NyuryokuAyamari)
    (e,) = answer.errors
    assert (e.field, e.code) == ("nendo", "hyo_ni_nai")
    assert "平成23年度・平成24年度・平成25年度の3年" in e.message
    assert "計算できるのは平成28年度から" in e.message


def test_dates_outside_the_tables_are_refused() -> None:
    for nendo in (2015, 2027):
        data = nyuryoku(nendo=nendo)
        for n, y in zip(data["nendobetsu"], mitsu_no_nendo(nendo), strict=True):
            n["nendo"] = y
        assert ayamari(data) == [("nendo", "hyo_ni_nai")]


def test_no_premium_is_not_divided_by() -> None:
    data = nyuryoku()
    for n in data["nendobetsu"]:
        n |= {"chingin_sogaku": 0, "rosai_hokenryo": 0}
    assert ayamari(data) == [("nendobetsu", "bunbo_zero")]


@pytest.mark.parametrize(
    ("gyoshu", "kubun", "ritsu"),
    [
        ("94", "sonota", "0.67"),
        ("72", "sonota", "0.67"),
        ("02", "ringyo", "0.51"),
        ("35", "kensetsu", "0.63"),
        ("73", "kowan", "0.63"),
        ("74", "kowan", "0.63"),
        ("90", "senpaku", "0.35"),
    ],
)
def test_first_kind_of_adjusting_rate(gyoshu: str, kubun: str, ritsu: str) -> None:
    assert chosei_kubun(2026, gyoshu) == kubun
    assert atai(nyuryoku(gyoshu=gyoshu))["chosei_ritsu"] == Fraction(ritsu)


def test_tokurei() -> None:
    data = nyuryoku(tokurei=True)
    assert (atai(data)["hyo"], atai(data)["zogen_ritsu"]) == ("別表第3の3", -45)
    assert "tokurei_joken" in codes(data)
    # 2,010,000 の 5% = 100,500、160% = 3,216,000
    ritsu = {100_500: -45, 100_501: -40, 3_216_000: 40, 3_216_001: 45}
    assert {k: atai(kaeru(data, kyufu=k))["zogen_ritsu"] for k in ritsu} == ritsu


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"rodoshasu": 300}, None),
        ({"rodoshasu": 301}, "tokurei_kibo"),
        ({"gyotai": "oroshi", "rodoshasu": 200}, "tokurei_kibo"),
        ({"sochi_nendo": 2021, "shinkoku_bi": "2022-05-01"}, "tokurei_sochi_joken"),
        ({"shinkoku_bi": "2024-09-30"}, None),
        ({"shinkoku_bi": "2024-10-01"}, "tokurei_shinkoku_joken"),
        ({"shinkoku_bi": "2024-03-31"}, "tokurei_shinkoku_joken"),
    ],
)
def test_conditions_of_tokurei(change: dict[str, Any], code: str | None) -> None:
    joken = {
        "gyotai": "sonota",
        "rodoshasu": 200,
        "sochi_nendo": 2023,
        "shinkoku_bi": "2024-04-01",
    }
    answer = calc("merit", nyuryoku(tokurei=True, tokurei_joken={**joken, **change}))
    if code is None:
        assert isinstance(answer, Keisan)
        assert "tokurei_joken" not in [w.code for w in answer.warnings]
    else:
        assert isinstance(answer, Taishogai)
        assert [r["code"] for r in answer.reasons] == [code]


@pytest.mark.parametrize(
    ("kiso", "hokenryo", "sa"),
    [
        (0, 0, -456_000),  # 6億 ×（1.74 − 2.5）/1000
        (91_250_000, 228_125, -525_350),  # 91,250,000: 158,775 − 228,125 = −69,350
        (91_250_999, 228_125, -525_350),  # 1,000円未満は切る
    ],
)
def test_the_difference_of_a_year_has_the_special_enrolment(
    kiso: int, hokenryo: int, sa: int
) -> None:
    """業種97、給付なし: −40%、2.5 →（2.5 − 0.6）× 0.6 ＋ 0.6 = 1.74。"""
    data = nyuryoku(gyoshu="97")
    for n in data["nendobetsu"]:
        n |= {"chingin_sogaku": 600_000_000, "rosai_hokenryo": 1_500_000}
        n |= {"tokubetsu_kiso": kiso, "tokubetsu_hokenryo": hokenryo}
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    assert answer.values["merit_ritsu"] == "1.74"
    assert answer.values["hokenryo_sa"] == sa
    assert answer.run["tokubetsu_sa"] == sa + 456_000
    check_steps([s for s in answer.lines if s.section == "保険料にすると"])


def test_the_last_year_decides_the_difference_of_the_special_enrolment() -> None:
    """3年の初めの年度だけの特別加入は、これからの1年の保険料に入れない。"""
    data = nyuryoku()
    tokubetsu = {"tokubetsu_kiso": 3_650_000, "tokubetsu_hokenryo": 10_950}
    assert atai(kaeru(data, **tokubetsu))["hokenryo_sa"] == atai(data)["hokenryo_sa"]


def test_the_notified_rate_is_compared() -> None:
    data = REI["merit-tokubetsu"]["入力"]
    assert codes(data)[:1] == ["tsuchi_keta"]
    assert codes({**data, "tsuchi_ritsu": "1.83"})[:2] == ["tsuchi_keta", "tsuchi_kirisute"]
    assert atai({**data, "tsuchi_ritsu": "1.835"})["tsuchi_itchi"] is True
    answer = calc("merit", {**data, "tsuchi_ritsu": "1.83"})
    assert isinstance(answer, Keisan)
    assert "切り捨てた率と同じです" in answer.warnings[1].message
    assert "違います" not in answer.warnings[1].message
    assert codes({**data, "tsuchi_ritsu": "1.84"})[:2] == ["tsuchi_keta", "tsuchi_chigai"]
    keizoku = REI["merit-keizoku"]["入力"]
    assert codes({**keizoku, "tsuchi_ritsu": "3.46"}) == []
    assert codes({**keizoku, "tsuchi_ritsu": "2.8"}) == ["tsuchi_chigai"]


def test_conditions_of_tokurei_tell_the_numbers() -> None:
    joken = {"gyotai": "sonota", "rodoshasu": 301, "sochi_nendo": 2021, "shinkoku_bi": "2024-10-01"}
    answer = calc("merit", nyuryoku(tokurei=True, tokurei_joken=joken))
    assert isinstance(answer, Taishogai)
    assert "<strong>特例メリットの対象になりません。</strong>" in taishogai(answer, {"nendo": 2026})
    kibo, sochi, shinkoku = (r["message"] for r in answer.reasons)
    assert "301人で、上限は300人（そのほかの業種）" in kibo
    assert "令和3年度で、3つの年度は令和4年度・令和5年度・令和6年度" in sochi
    assert "令和6年10月1日で、期間は令和4年4月1日から令和4年9月30日まで" in shinkoku
    (nashi,) = (m for m in (kibo, sochi, shinkoku) if "特例が使えなくても" in m)
    assert nashi.endswith("特例メリットの申告をしていないことにして計算してください。")
    chiisai = kaeru(nyuryoku(tokurei=True, tokurei_joken=joken), rodoshasu="50")
    answer = calc("merit", chiisai)
    assert isinstance(answer, Taishogai)
    assert not any("特例が使えなくても" in r["message"] for r in answer.reasons)


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ({"tokurei": False}, ("tokurei", "joken_to_au")),
        ({"tokurei": None}, ("tokurei", "joken_to_au")),
        ({"tokurei": True, "rodoshasu": 199}, ("tokurei_joken.rodoshasu", "sukunai")),
        ({"tokurei": True, "rodoshasu": 200}, None),
    ],
)
def test_tokurei_at_odds_with_itself(change: dict[str, Any], want: tuple[str, str] | None) -> None:
    """企業全体の人数は、平均 200.5人の事業より少なくない（200人は端数の差なので通す）。"""
    joken = {
        "gyotai": "sonota",
        "rodoshasu": change.get("rodoshasu", 300),
        "sochi_nendo": 2023,
        "shinkoku_bi": "2024-04-01",
    }
    data = nyuryoku(tokurei=change["tokurei"], tokurei_joken=joken)
    for n in data["nendobetsu"]:
        n["rodoshasu"] = "200.5"
    if want is None:
        assert codes(data) == []
    else:
        assert ayamari(data) == [want]


@pytest.mark.parametrize(
    ("gyoshu", "gyotai", "chui"),
    [
        ("99", "sonota", True),
        ("99", "oroshi", True),
        ("98", "sonota", True),
        ("98", "oroshi", False),
        ("94", "sonota", False),
    ],
)
def test_tokurei_at_odds_with_the_business(gyoshu: str, gyotai: str, chui: bool) -> None:
    joken = {"gyotai": gyotai, "rodoshasu": 100, "sochi_nendo": 2023, "shinkoku_bi": "2024-04-01"}
    data = nyuryoku(gyoshu=gyoshu, tokurei=True, tokurei_joken=joken)
    for n in data["nendobetsu"]:
        n["rodoshasu"] = "100"
    if gyoshu == "94":
        joken["rodoshasu"] = 300
        data["nendobetsu"] = nyuryoku()["nendobetsu"]
    assert ("tokurei_gyotai" in codes(data)) is chui


@pytest.mark.parametrize(
    ("chingin", "hokenryo", "code"),
    [
        (500_000_000, 960_000, None),  # (3 − 0.6) × 55% + 0.6 = 1.92/1000
        (500_000_000, 959_998, None),  # 999円を切った分は許す
        (500_000_000, 959_997, "hokenryo_hani"),
        (500_000_000, 2_040_000, None),  # (3 − 0.6) × 145% + 0.6 = 4.08/1000
        (500_000_000, 2_040_001, "hokenryo_hani"),
        (0, 1, "hokenryo_hani"),
        (0, 0, "chingin_nashi"),
    ],
)
def test_premium_that_the_wages_cannot_give(chingin: int, hokenryo: int, code: str | None) -> None:
    data = kaeru(nyuryoku(), chingin_sogaku=chingin, rosai_hokenryo=hokenryo)
    assert codes(data) == ([code] if code else [])


def test_joined_projects_are_judged_by_every_rate_of_construction() -> None:
    """一括した工事は業種も開始日もさまざま: 6/1000〜89/1000 と、メリットの±45%。"""
    data = nyuryoku(gyoshu="35", keitai="ikkatsu_yuki_kensetsu")
    for hokenryo, chui in ((1_200_000, False), (15_000_000, False), (50_000_000, True)):
        for n in data["nendobetsu"]:
            n |= {"chingin_sogaku": 200_000_000, "rosai_hokenryo": hokenryo}
        assert ("hokenryo_hani" in codes(data)) is chui


def test_wages_with_a_tail_are_told() -> None:
    assert codes(kaeru(nyuryoku(), tokubetsu_kiso=1_277_500, tokubetsu_hokenryo=6_000)) == [
        "chingin_hasu"
    ]
    assert codes(kaeru(nyuryoku(), chingin_sogaku=500_000_001)) == ["chingin_hasu"]
    assert codes(kaeru(nyuryoku(), chingin_sogaku=500_001_000)) == []


def test_a_list_of_benefits() -> None:
    """日額12,000円: 障害7級 560日 6,720,000、遺族 1,000日 12,000,000。通勤は0。"""
    uchiwake = [
        {"shurui": "ryoyo", "gaku": "350,000"},
        {"shurui": "shogai_nenkin_7kyu", "gaku": 12_000},
        {"shurui": "遺族補償年金", "gaku": 12_000},
        {"shurui": "kyugyo_tokubetsu", "gaku": 40_000},
        {"shurui": "tsukin", "gaku": 9_999_999},
        {"shurui": "shikken_sagaku", "gaku": 5_000_000},
    ]
    data = kaeru(nyuryoku(), kyufu=None, tokubetsu_shikyukin=None, kyufu_uchiwake=uchiwake)
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    assert answer.values["bunshi"] == 350_000 + 6_720_000 + 12_000_000 + 40_000
    kyufu = [b.run["santei_kyufu"] for b in answer.bu if b.run.sheet is KYUFU_SHEET]
    assert kyufu == [350_000, 6_720_000, 12_000_000, 40_000, 0, 0]
    run = answer.bu[6].run
    assert (run["kyufu"], run["tokubetsu_shikyukin"]) == (19_070_000, 40_000)
    nashi = kaeru(nyuryoku(), kyufu=None, tokubetsu_shikyukin=None, kyufu_uchiwake=[])
    assert atai(nashi)["bunshi"] == 0


@pytest.mark.parametrize(
    ("shurui", "gaku", "chui"),
    [
        ("shogai_nenkin_7kyu", 50_000, False),  # 特別加入の最高 25,000円の2倍
        ("shogai_nenkin_7kyu", 50_001, True),
        ("izoku_nenkin", 5_000_000, True),
        ("izoku_tokubetsu_nenkin", 4_110, False),  # 1,500,000 ÷ 365 = 4,109.6 → 4,110
        ("izoku_tokubetsu_nenkin", 4_111, True),
        ("ryoyo", 5_000_000, False),
    ],
)
def test_a_pension_in_place_of_the_daily_amount(shurui: str, gaku: int, chui: bool) -> None:
    uchiwake = [{"shurui": shurui, "gaku": gaku}]
    data = kaeru(nyuryoku(), kyufu=None, tokubetsu_shikyukin=None, kyufu_uchiwake=uchiwake)
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    told = [w.message for w in answer.warnings if w.code == "nichigaku_hani"]
    assert bool(told) is chui
    if chui:
        assert told[0].startswith(
            f"令和4年度の給付「{KYUFU_NO_SHURUI[shurui]}」の受けた額{gaku:,}円"
        )


@pytest.mark.parametrize(
    ("gyoshu", "chui"), [("94", True), ("72", True), ("73", False), ("35", False), ("02", False)]
)
def test_tokutei_shippei_only_in_some_businesses(gyoshu: str, chui: bool) -> None:
    uchiwake = [{"shurui": "tokutei_shippei", "gaku": 1_000_000}]
    data = nyuryoku(gyoshu=gyoshu)
    data = kaeru(data, kyufu=None, tokubetsu_shikyukin=None, kyufu_uchiwake=uchiwake)
    assert ("tokutei_shippei" in codes(data)) is chui


@pytest.mark.parametrize(
    ("gyoshu", "code", "chui"),
    [
        ("59", "rodoshasu_nobe", True),
        ("74", "rodoshasu_nobe", True),
        ("94", "rodoshasu_nobe", False),
        ("35", "kensetsu_keizoku", True),
        ("02", "ringyo_keizoku", True),
        ("94", "kensetsu_keizoku", False),
    ],
)
def test_hints_by_business(gyoshu: str, code: str, chui: bool) -> None:
    assert (code in codes(nyuryoku(gyoshu=gyoshu))) is chui


@pytest.mark.parametrize(
    ("hokenryo", "ninzu", "hyo", "chui"),
    [
        (399_999, "200", "別表第3", True),
        (400_000, "200", "別表第3の2", False),
        (1_000_000, None, "別表第3", False),
    ],
)
def test_a_small_year_that_counts_by_people(
    hokenryo: int, ninzu: str | None, hyo: str, chui: bool
) -> None:
    data = nyuryoku(gyoshu="35", keitai="ikkatsu_yuki_kensetsu")
    data = kaeru(data, chingin_sogaku=40_000_000, rosai_hokenryo=hokenryo, rodoshasu=ninzu)
    assert atai(data)["hyo"] == hyo
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    told = [w.message for w in answer.warnings if w.code == "ninzu_de_taisho"]
    assert bool(told) is chui
    if chui:
        assert "令和4年度（399,999円）" in told[0]


def test_only_the_table_used_is_cited() -> None:
    data = nyuryoku(tokurei=True)
    for d, want in ((nyuryoku(), "別表第3"), (data, "別表第3の3")):
        answer = calc("merit", d)
        assert isinstance(answer, Keisan)
        beppyo = {b for s in answer.lines for b in s.basis if s.section == "メリット料率"}
        assert {b.split("・")[1] for b in beppyo if "別表第3" in b} == {want}


def test_weak_kinds_of_benefit_warn() -> None:
    for shurui, chui in (("korona", True), ("maebarai", True), ("tsukin", False)):
        uchiwake = [{"shurui": shurui, "gaku": 1}]
        data = kaeru(nyuryoku(), kyufu=None, tokubetsu_shikyukin=None, kyufu_uchiwake=uchiwake)
        assert ("kakunin_hikui" in codes(data)) is chui


def test_the_days_of_the_kinds() -> None:
    """労基法別表第2の日数（1級1340日〜7級560日）、79条の1000日。"""
    nissu = {k: rows[0]["nissu"] for k, rows in table("merit_santei").rows.items()}
    kyu = [1340, 1190, 1050, 920, 790, 670, 560]
    assert [nissu[f"shogai_nenkin_{i}kyu"] for i in range(1, 8)] == kyu
    assert [nissu[f"shogai_tokubetsu_nenkin_{i}kyu"] for i in range(1, 8)] == kyu
    assert nissu["izoku_nenkin"] == nissu["izoku_tokubetsu_nenkin"] == 1000
    for k, rows in table("merit_santei").rows.items():
        kazoekata = rows[0]["kazoekata"]
        assert nissu[k] == {"jitsugaku": 1, "nozoku": 0}.get(kazoekata, nissu[k])
    assert len(set(KYUFU_NO_SHURUI.values())) == len(KYUFU_NO_SHURUI)


@pytest.mark.parametrize("rei", KEISAN_REI, ids=[r["id"] for r in KEISAN_REI])
def test_the_yen_that_fit_in_each_step(rei: dict[str, Any]) -> None:
    answer = calc("merit", rei["入力"])
    assert isinstance(answer, Keisan)
    rows = dan_goto(answer.run)
    assert [d.row["zogen_ritsu"] for d in rows if d.ima] == [answer.run["zogen_ritsu"]]
    for d, tsugi in pairwise(rows):
        assert d.ue is not None
        chodo = bunshi_wo_kaete(answer.run, (d.ue, 0, 0))
        assert (chodo["zogen_ritsu"], chodo["merit_ritsu"]) == (d.row["zogen_ritsu"], d.merit_ritsu)
        ato = bunshi_wo_kaete(answer.run, (d.ue, 1, 0))
        assert ato["zogen_ritsu"] == tsugi.row["zogen_ritsu"]


def test_the_chart_says_in_words_what_it_shows() -> None:
    from hoken_calc.ui.kaidan import Ten, kaidan_zu

    ten = [Ten(Fraction(75), "事故なし", True), Ten(Fraction(750001, 10000), "事故あり")]
    svg = kaidan_zu(dan(2026, "別表第3"), ten, "<図>")
    assert "事故なしは収支率75%で増減率−5%、事故ありは収支率75.0001%で増減率0%" in svg
    assert "&lt;図&gt;" in svg
    assert svg.count("<circle") == 2


def test_the_words_of_the_page() -> None:
    from hoken_calc.ui.merit import ZogenHyo, agaru_ka

    answer = calc("merit", kaeru(nyuryoku(), kyufu=1_507_501))
    assert isinstance(answer, Keisan)
    # 85% = 1,708,500円
    assert "あと200,999円増えても（合計1,708,500円まで）、率は同じ" in agaru_ka(answer)
    saidai = calc("merit", kaeru(nyuryoku(), kyufu=10**8))
    assert isinstance(saidai, Keisan)
    assert "これより上がりません" in agaru_ka(saidai)
    rows = ZogenHyo(2026).rows()
    assert rows[0] == ("5%以下", "−40%", "−35%", "−30%", "−45%")
    assert rows[-1] == ("160%を超える", "＋40%", "＋35%", "＋30%", "＋45%")
    assert ("120%を超え130%以下", "＋25%", "＋20%", "＋15%", "＋25%") in rows


def kikai(rodoshasu: tuple[str, ...], seiritsu: str) -> dict[str, Any]:
    """機械器具製造業（5/1000）。賃金 4億8千万円、保険料 240万円、給付は無い。"""
    data = nyuryoku(gyoshu="56", seiritsu=seiritsu)
    for n, nin in zip(data["nendobetsu"], rodoshasu, strict=True):
        n |= {"rodoshasu": nin, "chingin_sogaku": 480_000_000, "rosai_hokenryo": 2_400_000}
    return data


@pytest.mark.parametrize("seiritsu", ["2010-04-01", "2022-05-01", "2023-05-01", "2024-02-29"])
@pytest.mark.parametrize("rodoshasu", list(product(("90", "120"), repeat=3)))
def test_never_raised_only_where_it_is_certain(rodoshasu: tuple[str, ...], seiritsu: str) -> None:
    """令和6年度の事故は、令和8年度から令和10年度までの率に入る。"""
    data = kikai(rodoshasu, seiritsu)
    answer = calc("merit", data)
    jiko = {"jiko_nendo": 2024, "jiko": "shogai_7kyu", "nichigaku": 10_000}
    hikaku = jiko_hikaku.calc({"merit": data, **jiko})
    assert isinstance(hikaku, Keisan)
    saisho = 2026
    if isinstance(answer, Taishogai):
        saisho = max(r["saisho_nendo"] for r in answer.reasons)
        assert saisho > 2026
        bun = taishogai(answer, data)
        made = f"から令和{saisho - 2019}年度まで" if saisho > 2027 else ""
        assert f"令和8年度{made}は、労災を使っても率は上がりません" in bun
        assert f"の給付で決まる令和{saisho - 2018}年度の率です" in bun
        mo = f"令和{saisho - 2018}年度から令和10年度まで" if saisho < 2028 else "令和10年度"
        assert (f"令和6年度の給付は、{mo}の率を決める3年にも入ります" in bun) is (saisho <= 2028)
    for n in hikaku.values["nendobetsu"]:
        assert n["taisho"] is (n["tekiyo_nendo"] >= saisho)
        assert n["sagaku"] == (1_689_600 if n["taisho"] else 0)


def test_a_business_that_starts_later_is_not_promised_anything() -> None:
    """令和8年5月に成立: 令和9年度から令和11年度までで決まる令和13年度の率から。"""
    data = kikai(("120", "120", "120"), "2026-05-01")
    answer = calc("merit", data)
    assert isinstance(answer, Taishogai)
    assert [r["saisho_nendo"] for r in answer.reasons] == [2031]
    bun = taishogai(answer, data)
    assert "令和8年度から令和12年度までは、労災を使っても率は上がりません" in bun
    assert "令和8年度の給付は" not in bun


def test_the_link_to_an_accident_from_now_on() -> None:
    from hoken_calc.ui.jiko import JikoGamen
    from hoken_calc.ui.merit import MeritGamen, tekiyo_nendo

    moto, ato = MeritGamen(), JikoGamen()
    assert ato.waku
    moto._rei(None)
    assert moto.hyo.atai[0] == ["112", "108.5", "105"]
    moto.hyo.atai = [["19", "108.5", "105"], *moto.hyo.atai[1:]]
    for _, nendo in tekiyo_nendo():
        moto.nendo.widget.value = nendo
        (url,) = re.findall(r'href="merit_jiko\.ipynb\?([^"]*)"', moto.omona.html)
        ato.dogu.toi = unescape(url)
        assert ato.dogu.link_ayamari == []
        assert (ato.nendo.value, ato.rodoshasu.value) == (nendo, "105")
        assert ato.hokenryo.value == "2,325,000"


def test_the_answer_is_about_the_year_of_the_rate() -> None:
    """対象の時も、後の率は別に決まると言う。収支率がちょうど75%なら、あと1円で次の段。"""
    from hoken_calc.ui.merit import agaru_ka

    answer = calc("merit", kaeru(nyuryoku(), kyufu=1_507_500))
    assert isinstance(answer, Keisan)
    bun = agaru_ka(answer)
    assert "（合計1,507,500円）は、この段のいちばん上です。あと1円でも増えたら、次の段" in bun
    assert "0円増えても" not in bun
    assert "令和6年度の給付は、令和9年度から令和10年度までの率を決める3年にも入ります" in bun


@pytest.mark.parametrize(("nendo", "deru"), [(2025, False), (2026, True)])
def test_a_pending_order_is_told_as_unconfirmed(nendo: int, deru: bool) -> None:
    data = nyuryoku(nendo=nendo)
    for n, y in zip(data["nendobetsu"], mitsu_no_nendo(nendo), strict=True):
        n["nendo"] = y
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    (*_, bun) = ["", *(w.message for w in answer.warnings if w.code == "kaisei_mikakunin")]
    assert ("令和8年10月9日に諮問" in bun) is deru
    assert ("公布されたか、何年度の率から変わるかは確かめていません" in bun) is deru


def test_the_injury_pension_of_the_special_payments_is_counted_as_paid() -> None:
    row = table("merit_santei").find(date(2024, 4, 1), "shobyo_tokubetsu_nenkin")
    oya = table("merit_santei").find(date(2024, 4, 1), "shobyo_nenkin")
    assert [row[k] for k in ("kazoekata", "nissu", "irekata")] == [
        oya[k] for k in ("kazoekata", "nissu", "irekata")
    ]
    uchiwake = [{"shurui": "傷病特別年金", "gaku": 300_000}]
    data = kaeru(nyuryoku(), kyufu_uchiwake=uchiwake)
    for k in ("kyufu", "tokubetsu_shikyukin"):
        del data["nendobetsu"][0][k]
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    run = next(b.run for b in answer.bu if b.run.sheet is NENDO_SHEET)
    assert (run["kyufu"], run["tokubetsu_shikyukin"]) == (0, 300_000)


def test_the_page_tells_how_a_second_job_counts() -> None:
    from hoken_calc.ui.merit import KAKIKATA

    assert "災害の起きた事業場の賃金だけで計算した額" in KAKIKATA


def test_the_link_carries_the_table_and_the_benefits() -> None:
    from hoken_calc.ui.merit import MeritGamen

    moto, ato = MeritGamen(), MeritGamen()
    moto._rei(None)
    moto.nendo.widget.value = 2025
    moto.kyufu_nendo.widget.value = 2
    moto.kyufu_gaku.widget.value = "350,000"
    moto._tasu(None)
    assert moto.uchiwake.atai[0] == ["令和5年度", "療養補償給付（治療費）", "350,000"]
    # 350,000 ÷ 4,171,420 = 8.39…%
    assert "8.39…%" in moto.omona.html
    assert moto.waku
    assert ato.waku
    moto._link_ni(None)
    ato.dogu.toi = moto.dogu.link
    assert ato.dogu.link_ayamari == []
    assert ato.hyo.retsu == ["令和3年度", "令和4年度", "令和5年度"]
    assert ato.omona.html == moto.omona.html
    ato.uchiwake.atai = [["令和6年度", "ryoyo", "1"], ["R4", "なし", "1"], *ato.uchiwake.atai[2:]]
    assert "給付1: 年度は 令和3年度・令和4年度・令和5年度 のどれか" in ato.omona.html
    assert set(ato.uchiwake.ayamari) == {"0,0", "1,1"}


KOSHIN: dict[str, Any] = {
    "nendo": 2025,
    "hoshiki": "jimukumiai",
    "hoken_kankei": "rosai",
    "gyoshu": "56",
    "chingin": {"rosai": 480_000_000},
    "shinkokuzumi_gaisan": 2_400_000,
    "kaisu": 1,
}


def test_straight_into_nendo_koshin() -> None:
    answer = calc("merit", REI["merit-keizoku"]["入力"])
    assert isinstance(answer, Keisan)
    data = nendo_koshin_e(answer, KOSHIN)
    assert data["rosai_ritsu"] == {"gaisan": "3.46"}
    v = atai(data, "nendo_koshin")
    assert (v["kakutei_rosai"], v["gaisan_rosai"]) == (2_400_000, 1_660_800)
    kakutei = nendo_koshin_e(answer, {**KOSHIN, "nendo": 2026, "rosai_ritsu": {"gaisan": "5"}})
    assert kakutei["rosai_ritsu"] == {"gaisan": "5", "kakutei": "3.46"}
    with pytest.raises(ValueError, match="使えません"):
        nendo_koshin_e(answer, {**KOSHIN, "nendo": 2023})
    with pytest.raises(ValueError, match="使えません"):
        nendo_koshin_e(answer, {**KOSHIN, "gyoshu": "94"})
    tsuchi = calc("merit", {**REI["merit-keizoku"]["入力"], "tsuchi_ritsu": "3.45"})
    assert isinstance(tsuchi, Keisan)
    assert nendo_koshin_e(tsuchi, KOSHIN)["rosai_ritsu"] == {"gaisan": "3.45"}


# ---- 単独有期事業 -------------------------------------------------------
def yuki(**change: Any) -> dict[str, Any]:
    """業務の分が 1,060,000 − 60,000 = 1,000,000円の建設工事。分母は 630,000円（9か月までなら 500,000円）。"""
    data = {
        "jigyo": "kensetsu",
        "seiritsu": "2023-05-01",
        "ukeoi_kingaku": 200_000_000,
        "chingin_sogaku": 100_000_000,
        "rosai_hokenryo": 1_060_000,
        "kyufu_3": 0,
        "tokubetsu_shikyukin_3": 0,
    }
    return {**data, **change}


@pytest.mark.parametrize(
    ("hokenryo", "ukeoi", "seiritsu", "taisho"),
    [
        (400_000, 0, "2023-05-01", True),
        (399_999, 109_999_999, "2023-05-01", False),
        (1, 110_000_000, "2015-04-01", True),
        (1, 110_000_000, "2015-03-31", False),
        (1, 120_000_000, "2015-03-31", True),
        (1, 119_999_999, "2015-03-31", False),
    ],
)
def test_size_of_a_single_project(hokenryo: int, ukeoi: int, seiritsu: str, taisho: bool) -> None:
    data = yuki(chingin_sogaku=0, rosai_hokenryo=hokenryo, ukeoi_kingaku=ukeoi, seiritsu=seiritsu)
    answer = calc("merit_yuki", data)
    assert isinstance(answer, Keisan if taisho else Taishogai), answer
    if hokenryo == 399_999:
        assert "（あと1円）" in answer.to_text()


def test_size_of_a_forest_project() -> None:
    data = yuki(jigyo="ringyo", ukeoi_kingaku=None, chingin_sogaku=0, rosai_hokenryo=1)
    assert isinstance(calc("merit_yuki", {**data, "sozai": "1,000"}), Keisan)
    assert isinstance(calc("merit_yuki", {**data, "sozai": 999}), Taishogai)
    for sozai in (1_000, "1000.0", "１，０００．０００００１㎥", "1000 立方メートル"):
        assert isinstance(calc("merit_yuki", {**data, "sozai": sozai}), Keisan), sozai
    for sozai, moji, ato in (("999.5", "999.5", "0.5"), ("999.999999㎥", "999.999999", "0.000001")):
        answer = calc("merit_yuki", {**data, "sozai": sozai})
        assert isinstance(answer, Taishogai), sozai
        assert f"素材の生産量は{moji}立方メートルで" in answer.to_text()
        assert f"（あと{ato}立方メートル）" in answer.to_text()
    for dame in (999.5, "-1", "1,00", "1000.1234567", "1/2", ""):
        assert ayamari({**data, "sozai": dame}, "merit_yuki") == [("sozai", "taiseki")]


def test_the_page_takes_a_volume_with_decimals() -> None:
    from hoken_calc.ui.merit import MeritYukiGamen

    g = MeritYukiGamen()
    g.jigyo.widget.value = "ringyo"
    g.seiritsu.widget.value, g.kyufu_3.widget.value, g.tokubetsu_3.widget.value = "R5.5.1", "0", "0"
    g.hokenryo.widget.value, g.chingin.widget.value = "1", "0"
    g.sozai.widget.value = "999.5"
    assert "素材の生産量は999.5立方メートルで" in g.omona.html
    g.sozai.widget.value = "1000.5"
    assert "改定確定保険料" in g.omona.html


@pytest.mark.parametrize(
    ("kyufu", "zogen_ritsu", "sagaku", "seisan"),
    [
        (63_000, -40, -400_000, "kanpu"),  # 630,000 の10%
        (63_001, -35, -350_000, "kanpu"),
        (472_500, -5, -50_000, "kanpu"),  # 75%
        (472_501, 0, 0, "nashi"),
        (535_500, 0, 0, "nashi"),  # 85%
        (535_501, 5, 50_000, "choshu"),
        (945_000, 35, 350_000, "choshu"),  # 150%
        (945_001, 40, 400_000, "choshu"),
    ],
)
def test_revised_premium(kyufu: int, zogen_ritsu: int, sagaku: int, seisan: str) -> None:
    v = atai(yuki(kyufu_3=kyufu), "merit_yuki")
    assert (v["zogen_ritsu"], v["sagaku"], v["seisan"]) == (zogen_ritsu, sagaku, seisan)
    assert v["kaitei_hokenryo"] == 1_060_000 + sagaku
    assert v["sankagetsu"] is True


def test_the_part_not_on_duty_is_left_alone_and_the_yen_is_cut() -> None:
    """賃金 25,300,000 × 9.5 = 240,350。業務の分 225,170 の25%は 56,292.5円。"""
    data = yuki(chingin_sogaku=25_300_000, rosai_hokenryo=240_350, kyufu_3=50_000)
    v = atai(data, "merit_yuki")
    assert (v["zogen_ritsu"], v["kaitei_hokenryo"], v["sagaku"]) == (-25, 184_057, -56_293)


@pytest.mark.parametrize(
    ("mae", "ato", "sankagetsu", "zogen_ritsu"),
    [
        (63_001, 126_000, True, -35),  # 10%を超え20%まで: 同じ区間
        (63_001, 126_001, False, -30),  # 区間を出る。126,001 ÷ 500,000 = 25.2%
        (500_000, 500_000, True, 0),  # 変わらない
        (500_000, 500_001, False, 15),  # 75%を超え85%以下の区間は無い。100.0002%
        (945_001, 9_000_000, True, 40),
    ],
)
def test_three_or_nine_months(mae: int, ato: int, sankagetsu: bool, zogen_ritsu: int) -> None:
    data = yuki(kyufu_3=mae, kyufu_9=ato, tokubetsu_shikyukin_9=0)
    v = atai(data, "merit_yuki")
    assert (v["sankagetsu"], v["zogen_ritsu"]) == (sankagetsu, zogen_ritsu)


def test_how_far_the_benefits_may_grow() -> None:
    answer = calc("merit_yuki", yuki(kyufu_3=63_001))
    assert isinstance(answer, Keisan)
    assert (
        "あと62,999円増えても（合計126,000円まで）、別表第7の同じ区間" in answer.warnings[0].message
    )


def test_the_last_yen_of_the_interval() -> None:
    """630,000円の20%は126,000円。"""
    answer = calc("merit_yuki", yuki(kyufu_3=126_000))
    assert isinstance(answer, Keisan)
    assert "「10%を超え20%以下」のいちばん上" in answer.warnings[0].message
    assert "1円でも増えたら" in answer.warnings[0].message


def test_the_weak_row_is_named_by_its_interval() -> None:
    answer = calc("merit_yuki", yuki(kyufu_3=126_000))
    assert isinstance(answer, Keisan)
    (hikui,) = (w.message for w in answer.warnings if "変動範囲" in w.message)
    assert "（別表第7（建設） 10%を超え20%以下）" in hikui


def test_the_contract_price_is_not_needed_when_the_premium_decides() -> None:
    for change in ({"ukeoi_kingaku": None}, {"jigyo": "ringyo", "ukeoi_kingaku": None}):
        answer = calc("merit_yuki", yuki(rosai_hokenryo=400_000, **change))
        assert isinstance(answer, Keisan), answer
        ids = [s.id for s in answer.lines]
        assert "kibo_joken" not in ids
        (taisho,) = (s for s in answer.lines if s.id == "yuki_taisho")
        assert "決まりの大きさ" not in taisho.formula + taisho.substituted


def test_both_shrinking_figures_of_nine_months_are_told() -> None:
    mittsu = {"kyufu_3": 5, "tokubetsu_shikyukin_3": 5}
    assert ayamari(yuki(**mittsu, kyufu_9=4, tokubetsu_shikyukin_9=4), "merit_yuki") == [
        ("kyufu_9", "sukunai"),
        ("tokubetsu_shikyukin_9", "sukunai"),
    ]
    # 合計は増えても、片方が減れば誤り
    assert ayamari(yuki(**mittsu, kyufu_9=4, tokubetsu_shikyukin_9=99), "merit_yuki") == [
        ("kyufu_9", "sukunai")
    ]


@pytest.mark.parametrize(
    ("chingin", "hokenryo", "chui"),
    [
        (100_000_000, 649_992, True),  # 令和5年度の建設は 6.5/1000 から。99,999,001円なら 649,993円
        (100_000_000, 649_993, False),
        (100_000_000, 6_200_000, False),  # 62/1000 まで
        (100_000_000, 6_200_001, True),
        (0, 1_000_000, True),
    ],
)
def test_premium_that_the_wages_of_a_project_cannot_give(
    chingin: int, hokenryo: int, chui: bool
) -> None:
    data = yuki(chingin_sogaku=chingin, rosai_hokenryo=hokenryo)
    assert ("hokenryo_hani" in codes(data, "merit_yuki")) is chui


def test_a_project_outside_the_tables_is_told_the_years() -> None:
    answer = calc("merit_yuki", yuki(seiritsu="2010-04-01"))
    assert isinstance(answer, NyuryokuAyamari)
    assert "平成24年度から令和8年度までに成立した事業" in answer.errors[0].message


def test_special_enrolment_is_revised_too() -> None:
    data = yuki(tokubetsu_kiso=1_000_000, tokubetsu_hokenryo=9_500)
    v = atai(data, "merit_yuki")
    # 1,060,000 − 400,000 と、9,500 − 8,900 × 40% = 5,940
    assert (v["kakutei_hokenryo"], v["kaitei_hokenryo"]) == (1_069_500, 665_940)
    assert "kaitei_hasu" in codes(data, "merit_yuki")


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ({"ukeoi_kingaku": None, "rosai_hokenryo": 399_999}, ("ukeoi_kingaku", "hissu")),
        ({"jigyo": "ringyo", "rosai_hokenryo": 399_999}, ("sozai", "hissu")),
        ({"tokubetsu_kiso": 3_650_000}, ("tokubetsu_hokenryo", "hissu")),
        ({"kyufu_9": 5}, ("tokubetsu_shikyukin_9", "hissu")),
        (
            {"kyufu_3": 5, "kyufu_9": 4, "tokubetsu_shikyukin_9": 0},
            ("kyufu_9", "sukunai"),
        ),
        ({"rosai_hokenryo": 0}, ("rosai_hokenryo", "sukunai")),
        ({"rosai_hokenryo": 60_000}, ("rosai_hokenryo", "sukunai")),
        (
            {"tokubetsu_shikyukin_3": 5, "kyufu_9": 9, "tokubetsu_shikyukin_9": 4},
            ("tokubetsu_shikyukin_9", "sukunai"),
        ),
        ({"kyufu_3": -1}, ("kyufu_3", "en_fu")),
        ({"seiritsu": "2010-04-01"}, ("seiritsu", "hyo_ni_nai")),
    ],
)
def test_bad_single_project(change: dict[str, Any], want: tuple[str, str]) -> None:
    assert ayamari(yuki(**change), "merit_yuki") == [want]


# ---- 別に書いた計算 -----------------------------------------------------
HASHI = [10, 20, 30, 40, 50, 60, 70, 75, 85, 90, 100, 110, 120, 130, 140, 150]
HABA = list(range(-40, 41, 5))
RITSU = {"56": Fraction(5), "35": Fraction("9.5"), "97": Fraction("2.5"), "74": Fraction(12)}
CHOSEI = {"35": Fraction("0.63"), "74": Fraction("0.63")}
YEN = st.one_of(st.integers(0, 3_000_000), st.integers(0, 300).map(lambda k: k * 10_050))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(RITSU)),
    st.lists(st.tuples(st.integers(1, 900), YEN, YEN), min_size=3, max_size=3),
)
def test_same_as_a_calculation_written_apart(
    gyoshu: str, nendobetsu: list[tuple[int, int, int]]
) -> None:
    data = nyuryoku(gyoshu=gyoshu)
    bunbo = bunshi = Fraction(0)
    for n, (hyakuman, kyufu, tokubetsu) in zip(data["nendobetsu"], nendobetsu, strict=True):
        hokenryo = int(hyakuman * 1000 * RITSU[gyoshu])
        n |= {"chingin_sogaku": hyakuman * 1_000_000, "rosai_hokenryo": hokenryo}
        n |= {"kyufu": kyufu, "tokubetsu_shikyukin": tokubetsu}
        bunbo += hokenryo - Fraction(hyakuman * 600)
        bunshi += kyufu + tokubetsu
    bunbo *= CHOSEI.get(gyoshu, Fraction("0.67"))
    shushi = bunshi / bunbo * 100
    haba = HABA[bisect_left(HASHI, shushi)]
    higyomu = Fraction("0.6")
    v = atai(data)
    assert Fraction(v["shushi_ritsu"]) == shushi
    assert v["bunbo"] == bunbo
    assert v["zogen_ritsu"] == haba
    assert Fraction(v["merit_ritsu"]) == (RITSU[gyoshu] - higyomu) * (100 + haba) / 100 + higyomu


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4_000_000), st.integers(0, 4_000_000))
def test_more_benefits_never_lower_the_rate(a: int, b: int) -> None:
    few, many = sorted((a, b))
    low, high = (Fraction(atai(kaeru(nyuryoku(), kyufu=k))["merit_ritsu"]) for k in (few, many))
    assert low <= high


# ---- 画面 ------------------------------------------------------------------
@pytest.fixture
def gamen() -> Any:
    """例を入れた画面: 56（5/1000）、3年の終わりの賃金 465,000,000円。"""
    from hoken_calc.ui.merit import MeritGamen

    g = MeritGamen()
    g.nendo.widget.value = 2026
    g._rei(None)
    return g


def test_the_page_adds_the_special_enrolment(gamen: Any) -> None:
    """特別加入が無ければ −20%、465,000,000 ×（4.12 − 5）/1000 = −409,200。

    あれば −25%。労災 −511,500、特別加入 91,250,000: 355,875 − 456,250 = −100,375。
    """
    assert "−409,200" in gamen.omona.html
    assert "第1種特別加入の分" not in gamen.omona.html
    rows = [list(row) for row in gamen.hyo.atai]
    rows[3], rows[4] = ["91,250,000"] * 3, ["456,250"] * 3
    gamen.hyo.atai = rows
    assert "3.9/1000" in gamen.omona.html
    assert "−611,875<small>円" in gamen.omona.html
    assert "第1種特別加入の分（−100,375円）" in gamen.omona.html


def test_the_page_asks_for_the_conditions_of_tokurei(gamen: Any) -> None:
    assert gamen.joken_hako.layout.display == "none"
    gamen.tokurei.widget.value = True
    assert gamen.joken_hako.layout.display is None
    assert "増減率表: 別表第3の3" in gamen.kekka.html
    assert "特例メリットの要件は調べていません" in gamen.kekka.html
    gamen.kigyo.widget.value = "３０１人"
    assert "「措置を講じた保険年度」を入れてください" in gamen.omona.html
    gamen.sochi.widget.value = "R3"
    gamen.shinkoku.widget.value = "R6.10.1"
    assert gamen.omona.html.count("を満たしません") == 3
    assert gamen.omona.html.count("特例が使えなくても") == 1
    assert "301人で、上限は300人" in gamen.omona.html
    gamen.kigyo.widget.value = "100"
    assert "企業全体の常時の労働者数: 企業全体の常時の労働者数100人が" in gamen.omona.html
    for ran, atai in ((gamen.kigyo, "300"), (gamen.sochi, "令和5"), (gamen.shinkoku, "R6.9.30")):
        ran.widget.value = atai
    assert "要件は調べていません" not in gamen.kekka.html
    assert "特例メリットの要件" in gamen.kekka.html
    gamen.keitai.widget.value = "ikkatsu_yuki_kensetsu"
    assert gamen.joken_hako.layout.display == "none"
    gamen.gyoshu.widget.value = "35"
    assert "増減率表: 別表第3の2" not in gamen.kekka.html
    assert "増減率表: 別表第3<" in gamen.kekka.html


def test_the_table_of_benefits_grows_and_never_drops(gamen: Any) -> None:
    hyo = gamen.uchiwake
    assert len(hyo.gyo) == 10
    for _ in range(12):
        gamen.kyufu_gaku.widget.value = "10,000"
        gamen._tasu(None)
    assert [row[2] for row in hyo.atai] == ["10,000"] * 12
    assert hyo.gyo[-1] == "給付13"
    assert merit_no_bunshi(gamen) == 120_000
    hyo.atai = [["令和4年度", "療養補償給付（治療費）", "1"]] * 1000
    assert (len(hyo.gyo), merit_no_bunshi(gamen)) == (1000, 1000)
    gamen.kyufu_gaku.widget.value = "1"
    gamen._tasu(None)
    assert "1000件まで" in gamen.kyufu_gaku.shirase.value
    hyo.hari = {"text": "令和4年度\t療養補償給付（治療費）\t2", "gyo": 1000, "retsu": 0}
    assert "表（1000件、3列まで）に入らないので、1行も入れていません" in gamen.omona.html
    assert gamen.kekka.html == ""
    gamen._akeru(None)
    assert (len(hyo.gyo), hyo.kara()) == (10, True)
    assert "収支率" in gamen.omona.html


def merit_no_bunshi(gamen: Any) -> int:
    data, _, errors = gamen.data()
    assert not errors
    bunshi: int = atai(data)["bunshi"]
    return bunshi


@pytest.mark.parametrize(
    ("nendo", "keitai", "gyoshu", "url"),
    [
        (
            2026,
            "keizoku",
            "56",
            [
                "nendo_koshin.ipynb?nendo=2025&amp;gyoshu=56&amp;rosai_ritsu.gaisan=3.24",
                "nendo_koshin.ipynb?nendo=2026&amp;gyoshu=56&amp;rosai_ritsu.kakutei=3.24",
            ],
        ),
        (
            2016,  # 年度更新の画面は平成28年度の確定から
            "keizoku",
            "94",
            ["nendo_koshin.ipynb?nendo=2016&amp;gyoshu=94&amp;rosai_ritsu.kakutei=2.04"],
        ),
        (
            2026,
            "ikkatsu_yuki_kensetsu",
            "35",
            [
                "ikkatsu_yuki.ipynb?nendo=2025&amp;zogen_ritsu.gaisan=-40",
                "ikkatsu_yuki.ipynb?nendo=2026&amp;zogen_ritsu.kakutei=-40",
            ],
        ),
        (2026, "ikkatsu_yuki_ringyo", "02", []),
    ],
)
def test_the_rate_goes_to_the_next_page(
    nendo: int, keitai: str, gyoshu: str, url: list[str]
) -> None:
    """給付なし −40%: 56は（5 − 0.6）× 0.6 ＋ 0.6 = 3.24、94は 2.04。"""
    from hoken_calc.ui.merit import tsukaikata

    data = nyuryoku(nendo=nendo, keitai=keitai, gyoshu=gyoshu)
    for n, y in zip(data["nendobetsu"], mitsu_no_nendo(nendo), strict=True):
        n |= {"nendo": y, "rosai_hokenryo": 1_500_000}
    answer = calc("merit", data)
    assert isinstance(answer, Keisan)
    assert re.findall('href="([^"]*)"', tsukaikata(answer)) == url
    if keitai == "keizoku":
        tsuchi = calc("merit", {**data, "tsuchi_ritsu": "2.5"})
        assert isinstance(tsuchi, Keisan)
        assert tsukaikata(tsuchi).count("=2.5") == len(url)
