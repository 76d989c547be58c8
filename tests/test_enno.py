"""延納・納期限・延滞金・追徴金。"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    # 年度の始めの日と終わりの日まで。成立した日も入る。
    assert enno(nintei_tsuchi="2025-04-01")[2][0] == "2025-04-16"
    assert enno(nintei_tsuchi="2026-03-31")[2] == ["2026-04-15"] * 3
    assert enno(nintei_tsuchi="2025-07-01", seiritsu="2025-07-01")[2][0] == "2025-07-16"


@pytest.mark.parametrize(
    ("nintei", "more", "hani"),
    [
        ("2024-02-20", {}, "令和7年4月1日 から 令和8年3月31日"),
        ("2025-03-31", {}, "令和7年4月1日 から 令和8年3月31日"),
        ("2026-04-01", {}, "令和7年4月1日 から 令和8年3月31日"),
        ("2035-02-20", {}, "令和7年4月1日 から 令和8年3月31日"),
        ("2025-06-30", {"seiritsu": "2025-07-01"}, "令和7年7月1日 から 令和8年3月31日"),
        (
            "2026-10-01",
            {"jigyo": "yuki", "seiritsu": "2025-07-01", "shuryo": "2026-09-30"},
            "令和7年7月1日 から 令和8年9月30日",
        ),
    ],
)
def test_nintei_kettei_outside_the_year(nintei: str, more: dict[str, Any], hani: str) -> None:
    answer = calc("enno", {**KIHON, **more, "nintei_tsuchi": nintei})
    assert isinstance(answer, NyuryokuAyamari)
    (e,) = answer.errors
    assert (e.field, e.code) == ("nintei_tsuchi", "kikan_gai")
    assert f"{hani} まで" in e.message


def test_ikkai_is_called_zenki() -> None:
    answer = calc("enno", {**KIHON, "hoshiki": "kobetsu", "gaisan_hokenryo": 399_999})
    assert isinstance(answer, Keisan)
    assert [b.midashi for b in answer.bu] == ["", "全期"]
    answer = calc("enno", KIHON)
    assert isinstance(answer, Keisan)
    assert [b.midashi for b in answer.bu] == ["", "第1期", "第2期", "第3期"]


def test_the_amount_does_not_matter_to_a_jimukumiai() -> None:
    """年度更新の `enno_kano` と同じ答え。"""
    assert enno(gaisan_hokenryo=0)[:2] == (True, [0, 0, 0])
    assert enno(gaisan_hokenryo=3)[:2] == (True, [1, 1, 1])


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


def zoka(**change: Any) -> list[tuple[int, str]]:
    answer = calc("zoka_gaisan", {**ZOKA, **change})
    assert isinstance(answer, Keisan), answer
    return [(k["gaku"], str(k["nofu_kigen"])) for k in answer.values["kibetsu"]]


@pytest.mark.parametrize(
    ("bi", "hoshiki", "kigen"),
    [
        # 6月20日の翌日から30日目は7月20日（日）、21日は海の日
        ("2025-06-20", "jimukumiai", ["2025-07-22", "2025-11-14", "2026-02-16"]),
        ("2025-06-20", "kobetsu", ["2025-07-22", "2025-10-31", "2026-02-02"]),
        ("2025-07-31", "kobetsu", ["2025-09-01", "2025-10-31", "2026-02-02"]),
        ("2025-08-01", "kobetsu", ["2025-09-01", "2026-02-02"]),
        ("2025-12-01", "kobetsu", ["2026-01-05"]),
    ],
)
def test_zoka_gaisan_keizoku(bi: str, hoshiki: str, kigen: list[str]) -> None:
    """徴収則30条2項。4〜7月に増えれば3回、8〜11月なら2回、12〜3月なら1回。"""
    got = zoka(zoka_bi=bi, hoshiki=hoshiki)
    assert [k for _, k in got] == kigen
    assert sum(g for g, _ in got) == 230_001


def test_zoka_gaisan_follows_the_terms_of_the_original() -> None:
    """徴収則30条1項は、27条1項の期に分ける。6月15日の成立なら、11月30日までが最初の期。"""
    assert [k for _, k in zoka(seiritsu="2025-06-15", zoka_bi="2025-07-10")] == [
        "2025-08-12",  # 30日目は8月9日（土）、11日は山の日
        "2026-02-16",
    ]
    assert len(zoka(seiritsu="2024-06-15", zoka_bi="2025-07-10")) == 3
    assert zoka(seiritsu="2025-10-01", zoka_bi="2025-12-10", moto_enno=False) == [
        (230_001, "2026-01-09")
    ]


YUKI = {"jigyo": "yuki", "seiritsu": "2024-06-01", "shuryo": "2026-10-31"}


@pytest.mark.parametrize("hoshiki", ["jimukumiai", "kobetsu"])
def test_zoka_gaisan_yuki(hoshiki: str) -> None:
    """有期事業は終わりの期まで。4〜7月の期は3月31日。事務組合でも14日は延びない。"""
    yuki = {**YUKI, "hoshiki": hoshiki}
    # 8〜11月の期に増えた: 12〜3月、4〜7月、8〜10月の期が残る。230,001÷4＝57,500.25
    assert zoka(**yuki, zoka_bi="2025-09-10") == [
        (57_501, "2025-10-10"),
        (57_500, "2026-02-02"),
        (57_500, "2026-03-31"),
        (57_500, "2026-11-02"),
    ]
    # 4〜7月の期に増えた。
    assert [k for _, k in zoka(**yuki, zoka_bi="2025-04-01")] == [
        "2025-05-01",
        "2025-10-31",
        "2026-02-02",
        "2026-03-31",
        "2026-11-02",
    ]
    # 30条3項: 次の期の3月31日が、最初の期の4月20日（19日は日曜）より先なので、一緒に納める。
    assert [k for _, k in zoka(**yuki, zoka_bi="2026-03-20")] == [
        "2026-04-20",
        "2026-04-20",
        "2026-11-02",
    ]
    assert len(zoka(**yuki, zoka_bi="2026-03-20", moto_enno=False)) == 1
    # 期の中途の成立: 2月以内なら次の期の終わりまでが最初の期。6月15日〜11月30日に増えれば、それが1回目。
    chuto = {**yuki, "seiritsu": "2025-06-15", "shuryo": "2026-06-30"}
    assert [k for _, k in zoka(**chuto, zoka_bi="2025-07-10")] == [
        "2025-08-12",
        "2026-02-02",
        "2026-03-31",
    ]


@settings(max_examples=100, deadline=None)
@given(
    seiritsu=st.dates(date(2022, 4, 1), date(2025, 3, 31)),
    mae=st.integers(0, 600),
    ato=st.integers(0, 600),
    more=st.integers(0, 6),
)
def test_zoka_gaisan_terms_have_no_gap(seiritsu: date, mae: int, ato: int, more: int) -> None:
    """有期事業の期は、増えた日から終わりの日まで切れ目なく続き、額の和は差額、納期限は先に戻らない。"""
    bi = seiritsu + timedelta(days=mae)
    shuryo = bi + timedelta(days=ato)
    hi = {"seiritsu": seiritsu, "zoka_bi": bi, "shuryo": shuryo}
    answer = calc(
        "zoka_gaisan",
        {
            **ZOKA,
            "jigyo": "yuki",
            "nendo": bi.year - (bi.month < 4),
            "zoka_gaisan": 1_000_000 + more,
            **{k: v.isoformat() for k, v in hi.items()},
        },
    )
    if isinstance(answer, NyuryokuAyamari):
        assert [e.code for e in answer.errors] == ["enno_fuka"]
        assert shuryo < tsuki_wo_tasu(seiritsu, 6)
        return
    assert isinstance(answer, Keisan)
    ki = answer.values["kibetsu"]
    assert (ki[0]["kikan_kaishi"], ki[-1]["kikan_shuryo"]) == (bi, shuryo)
    for x, y in pairwise(ki):
        assert y["kikan_kaishi"] == x["kikan_shuryo"] + timedelta(days=1)
        assert x["nofu_kigen"] <= y["nofu_kigen"]
        assert x["gaku"] >= y["gaku"]
    assert sum(k["gaku"] for k in ki) == answer.values["sagaku"] == 900_000 + more


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"jigyo": "yuki"}, "seiritsu", "hissu"),
        ({"jigyo": "yuki", "seiritsu": "2024-06-01"}, "shuryo", "hissu"),
        ({"shuryo": "2026-10-31"}, "shuryo", "yuki_nomi"),
        ({"seiritsu": "2025-09-11"}, "zoka_bi", "seiritsu_mae"),
        ({**YUKI, "shuryo": "2025-09-09"}, "zoka_bi", "shuryo_go"),
        ({"seiritsu": "2025-10-01", "zoka_bi": "2025-12-01"}, "moto_enno", "enno_fuka"),
        ({**YUKI, "seiritsu": "2025-06-01", "shuryo": "2025-11-30"}, "moto_enno", "enno_fuka"),
    ],
)
def test_bad_zoka_gaisan(change: dict[str, Any], field: str, code: str) -> None:
    answer = calc("zoka_gaisan", {**ZOKA, **change})
    assert isinstance(answer, NyuryokuAyamari)
    assert (answer.errors[0].field, answer.errors[0].code) == (field, code)


def test_zoka_gaisan_says_when_the_cut_decides() -> None:
    """1,000円未満を切ると結果の変わる時だけ、確かめていないと言う。"""
    answer = calc("zoka_gaisan", {**ZOKA, "zoka_santei_kiso": 20_000_001})
    (r,) = answer.to_json()["reasons"]
    assert "ただし、200%を超えるかは、算定基礎額の1,000円未満を切り捨ててから" in r["message"]
    # 切れば 20,001千円 ＞ 20,000千円。切らなければ 20,001,500 ≦ 20,001,998。
    hantai = {"moto_santei_kiso": 10_000_999, "zoka_santei_kiso": 20_001_500}
    answer = calc("zoka_gaisan", {**ZOKA, **hantai})
    assert isinstance(answer, Keisan)
    assert [c.code for c in answer.chui] == ["kirisute_kimeta"]
    # 差額が足りなければ、切り方は関わらない。
    for more in (
        {"zoka_santei_kiso": 20_000_001, "zoka_gaisan": 100_001},
        {**hantai, "zoka_gaisan": 120_000},
        {"zoka_santei_kiso": 20_000_000},
    ):
        reasons = calc("zoka_gaisan", {**ZOKA, **more}).to_json()["reasons"]
        assert not any("切り捨ててから" in r["message"] for r in reasons)
    answer = calc("zoka_gaisan", ZOKA)
    assert isinstance(answer, Keisan)
    assert answer.chui == ()
    kiso = {"moto_santei_kiso": 1_500_500, "zoka_santei_kiso": 3_001_000}
    gaisan = {"moto_gaisan": 20_000, "zoka_gaisan": 40_000}
    reasons = calc("zoka_gaisan", {**ZOKA, **kiso, **gaisan}).to_json()["reasons"]
    assert [r["code"] for r in reasons] == ["sagaku_joken"]


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
    assert sum(Fraction(k["kingaku_bunsu"]) for k in v["kukan"]) == exact
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


def test_entaikin_looks_up_365_once_for_the_debt() -> None:
    """率の表は2026年12月31日まで。手計算: 500,000×28/1000×61÷365＋500,000×91/1000×24÷365＝5,331.5…"""
    assert entaikin(500_000, "2026-09-25", "2026-12-20")["entaikin"] == 5_300
    assert entaikin(500_000, "2026-12-15", "2027-01-01")["kukan"][0]["nissu"] == 16


@pytest.mark.parametrize(
    ("kigen", "kanno", "field", "words"),
    [
        ("2026-12-30", "2027-02-01", "kanno", "令和9年1月1日 の延滞金の率は収めていません"),
        ("2026-12-31", "2027-02-01", "kanno", "完納した日が 令和9年1月1日 までなら"),
        ("2027-01-05", "2027-02-01", "nofu_kigen", "令和9年1月6日 の延滞金の率"),
    ],
)
def test_entaikin_after_the_table_says_what_is_missing(
    kigen: str, kanno: str, field: str, words: str
) -> None:
    answer = calc("entaikin", {"hokenryo": 1000, "nofu_kigen": kigen, "kanno": kanno})
    assert isinstance(answer, NyuryokuAyamari)
    assert answer.errors[0].field == field
    assert words in answer.errors[0].message


def test_entaikin_kingaku_is_one_shape() -> None:
    """区間の額は、割り切れてもそうでなくても、円の整数と "a/b"。"""
    # 73日は365日の5分の1なので、500,000 × 87/1000 ÷ 5 = 8,700 と割り切れる。
    (mae, ato) = entaikin(500_000, "2024-07-10", "2024-11-23")["kukan"]
    assert (mae["nissu"], ato["nissu"]) == (62, 73)
    assert (mae["kingaku"], mae["kingaku_bunsu"]) == (2038, "148800/73")
    assert (ato["kingaku"], ato["kingaku_bunsu"]) == (8700, "8700/1")


def chui(kigen: str, kanno: str, hokenryo: int = 500_000) -> dict[str, str]:
    answer = calc("entaikin", {"hokenryo": hokenryo, "nofu_kigen": kigen, "kanno": kanno})
    assert isinstance(answer, Keisan)
    return {c.code: c.message for c in answer.chui}


def test_entaikin_on_a_holiday_is_warned() -> None:
    # 土曜。本当の納期限の2月2日（月）からなら17日で600円。
    assert entaikin(500_000, "2026-01-31", "2026-02-20")["entaikin"] == 700
    assert entaikin(500_000, "2026-02-02", "2026-02-20")["entaikin"] == 600
    found = chui("2026-01-31", "2026-02-20")
    assert "令和8年1月31日 は閉庁日" in found["heichobi"]
    assert "令和8年2月2日" in found["heichobi"]
    assert "令和8年1月5日" in chui("2025-12-29", "2026-02-20")["heichobi"]
    assert "heichobi" not in chui("2026-02-02", "2026-02-20")


def test_entaikin_zero_says_why() -> None:
    assert "その翌日までに納めて" in chui("2026-02-02", "2026-01-20")["kakaranai"]
    assert "1,000円に満たない" in chui("2026-02-02", "2026-03-20", 999)["kakaranai"]
    assert "100円に満たない" in chui("2026-02-02", "2026-03-20", 1_000)["kakaranai"]
    assert "kakaranai" not in chui("2026-02-02", "2026-02-20")


def test_entaikin_before_the_table_is_refused() -> None:
    answer = calc("entaikin", {"hokenryo": 1000, "nofu_kigen": "2017-07-10", "kanno": "2018-07-10"})
    assert isinstance(answer, NyuryokuAyamari)
    assert answer.errors[0].field == "nofu_kigen"
    assert "平成30年1月1日" in answer.errors[0].message


ICHIBU = {"hokenryo": 500_000, "nofu_kigen": "2024-07-10", "kanno": "2024-11-15"}


def ichibu(*nofu: tuple[str, int], **change: Any) -> Keisan:
    narabi = [{"hi": hi, "gaku": gaku} for hi, gaku in nofu]
    answer = calc("entaikin", {**ICHIBU, "ichibu_nofu": narabi, **change})
    assert isinstance(answer, Keisan), answer
    return answer


def seikaku(answer: Keisan) -> Fraction:
    return sum((Fraction(k["kingaku_bunsu"]) for k in answer.values["kukan"]), Fraction(0))


def test_entaikin_after_a_part_is_paid() -> None:
    """徴収法28条2項。手計算: 7/11〜8/31 は50万円、9/1 からは30万円。納めた日は、もう減った額で数える。"""
    answer = ichibu(("2024-09-01", 200_000))
    kukan = answer.values["kukan"]
    assert [
        (str(k["kaishi"]), str(k["shuryo"]), k["hokenryo_kiso"], k["nissu"], k["ritsu"])
        for k in kukan
    ] == [
        ("2024-07-11", "2024-08-31", 500_000, 52, 24),
        ("2024-09-01", "2024-09-10", 300_000, 10, 24),
        ("2024-09-11", "2024-11-14", 300_000, 65, 87),
    ]
    exact = Fraction(500_000 * 24 * 52 + 300_000 * 24 * 10 + 300_000 * 87 * 65, 365_000)
    assert seikaku(answer) == exact
    assert 6_554 < exact < 6_555
    assert answer.values["entaikin"] == 6_500
    # 減った後の額も、1,000円未満を切り捨てる（28条3項）。
    (ato,) = (b.run for b in answer.bu if b.midashi == "令和6年9月1日 から")
    assert ato["hokenryo_kiso"] == 300_000
    answer = ichibu(("2024-09-01", 200_001))
    assert [k["hokenryo_kiso"] for k in answer.values["kukan"]] == [500_000, 299_000, 299_000]
    # 切り捨ては、残りの 499,999円 に1度だけ。500,999円をまず切り捨ててから引くのではない。
    answer = ichibu(("2024-09-01", 1_000), hokenryo=500_999)
    assert [k["hokenryo_kiso"] for k in answer.values["kukan"]] == [500_000, 499_000, 499_000]
    # 残りが1,000円に満たなければ、そこからはかからない。
    answer = ichibu(("2024-09-01", 499_001))
    assert seikaku(answer) == Fraction(500_000 * 24 * 52, 365_000)


def test_entaikin_part_on_the_first_and_the_last_day() -> None:
    # 納期限の翌日に納めれば、初めから減った額。完納の前日に納めれば、その1日だけ。
    answer = ichibu(("2024-07-11", 200_000))
    assert seikaku(answer) == Fraction(300_000 * 24 * 62 + 300_000 * 87 * 65, 365_000)
    answer = ichibu(("2024-11-14", 200_000))
    exact = Fraction(500_000 * 24 * 62 + 500_000 * 87 * 64 + 300_000 * 87, 365_000)
    assert seikaku(answer) == exact


def test_entaikin_parts_in_any_order_and_on_the_same_day() -> None:
    junban = [("2024-10-01", 50_000), ("2024-09-01", 150_000), ("2024-09-01", 50_000)]
    answer = ichibu(*junban)
    onaji = ichibu(("2024-09-01", 200_000), ("2024-10-01", 50_000))
    assert answer.values == onaji.values
    assert [k["hokenryo_kiso"] for k in answer.values["kukan"]] == [
        500_000,
        300_000,
        300_000,
        250_000,
    ]
    text = answer.to_text()
    assert "500,000 − （50,000 ＋ 150,000 ＋ 50,000） = 250,000円" in text
    assert "一部を納めていたら" not in text
    assert "一部を納めていたら、その日と額も入れて" in chui("2024-07-10", "2024-11-15")["tokusoku"]


@pytest.mark.parametrize(
    ("nofu", "field", "code", "words"),
    [
        ([("2024-07-10", 1)], "ichibu_nofu.0.hi", "kigen_mae", "滞納した労働保険料から引いて"),
        ([("2024-11-15", 1)], "ichibu_nofu.0.hi", "kanno_go", "令和6年11月15日"),
        ([("2024-08-01", 1), ("2024-12-01", 1)], "ichibu_nofu.1.hi", "kanno_go", "より前の日"),
        ([("2024-08-01", 0)], "ichibu_nofu.0.gaku", "zero", "1円以上"),
        ([("2024-08-01", 500_000)], "ichibu_nofu", "nofu_choka", "完納した日に書きます"),
        (
            [("2024-08-01", 300_000), ("2024-09-01", 200_001)],
            "ichibu_nofu",
            "nofu_choka",
            "合計（500,001円）",
        ),
    ],
)
def test_bad_ichibu_nofu(nofu: list[tuple[str, int]], field: str, code: str, words: str) -> None:
    narabi = [{"hi": hi, "gaku": gaku} for hi, gaku in nofu]
    answer = calc("entaikin", {**ICHIBU, "ichibu_nofu": narabi})
    assert isinstance(answer, NyuryokuAyamari)
    (e,) = answer.errors
    assert (e.field, e.code) == (field, code)
    assert words in e.message


# 率の表を使わない、手で写した率（年 → 最初の2月、その後。1000分のいくつ）。
RITSU = {
    2018: (26, 89),
    2019: (26, 89),
    2020: (26, 89),
    2021: (25, 88),
    2022: (24, 87),
    2023: (24, 87),
    2024: (24, 87),
    2025: (24, 87),
    2026: (28, 91),
}


@settings(max_examples=150, deadline=None)
@given(
    hokenryo=st.integers(1, 3_000_000),
    kigen=st.dates(date(2018, 1, 4), date(2025, 6, 30)),
    nissu=st.integers(0, 550),
    nofu=st.lists(st.tuples(st.integers(1, 550), st.integers(1, 900_000)), max_size=4),
)
def test_entaikin_is_the_sum_of_the_days(
    hokenryo: int, kigen: date, nissu: int, nofu: list[tuple[int, int]]
) -> None:
    """1日ずつ、その日の残りと率で足した額と同じ。"""
    kanno = kigen + timedelta(days=nissu)
    narabi: list[tuple[date, int]] = []
    for i, gaku in nofu:
        if i < nissu and sum(g for _, g in narabi) + gaku < hokenryo:
            narabi.append((kigen + timedelta(days=i), gaku))
    nigatsu_go = tsuki_wo_tasu(kigen + timedelta(days=1), 2)
    exact = Fraction(0)
    for i in range(1, nissu):
        hi = kigen + timedelta(days=i)
        nokori = hokenryo - sum(gaku for d, gaku in narabi if d <= hi)
        ritsu = RITSU[hi.year][hi >= nigatsu_go]
        exact += Fraction(nokori // 1000 * 1000 * ritsu, 365_000)
    hikisu = {"hokenryo": hokenryo, "nofu_kigen": str(kigen), "kanno": str(kanno)}
    answer = ichibu(*((str(d), gaku) for d, gaku in narabi), **hikisu)
    assert seikaku(answer) == exact
    assert answer.values["entaikin"] == int(exact // 100 * 100)
    if not narabi:
        assert answer.to_json() == calc("entaikin", hikisu).to_json()
        assert [b.run.sheet.id for b in answer.bu].count("entaikin_moto") == 1


def test_entaikin_page_takes_the_parts() -> None:
    from hoken_calc.ui import link
    from hoken_calc.ui.entaikin import EntaikinGamen

    gamen = EntaikinGamen()
    for k, v in ((gamen.hokenryo, "500000"), (gamen.kigen, "R6.7.10"), (gamen.kanno, "R6.11.15")):
        k.widget.value = v
    gamen.nofu.atai = [["", ""], ["令和6年9月1日", "２００，０００円"]]
    assert "6,500" in gamen.omona.html
    assert "もとの額 300,000円" in gamen.kekka.html.split("</table>")[0]
    # 表の次の行が、いつも空いている。
    assert len(gamen.nofu.gyo) == 3
    # リンクで同じ計算を開ける。
    toi, nashi = link.kaku(gamen.komoku, [gamen.nofu])
    assert nashi == []
    hoka = EntaikinGamen()
    assert link.yomu(toi, hoka.komoku, lambda: [hoka.nofu]) == []
    assert hoka.omona.html == gamen.omona.html
    # 誤りは、行と列の名前で言い、そのますに出す。
    gamen.nofu.atai = [["", ""], ["R6.9.1", ""], ["R6.7.1", "1"]]
    assert "一部の納付2: 納めた額を入れてください" in gamen.omona.html
    assert "1,1" in gamen.nofu.ayamari
    gamen.nofu.atai = [["R6.9.1", "1"], ["R6.7.1", "1"]]
    assert "一部の納付2: 納めた日は、納期限" in gamen.omona.html
    assert list(gamen.nofu.ayamari) == ["1,0"]
    assert gamen.kekka.html == ""
    gamen.nofu.hari = {"text": "1\t2\t3", "gyo": 0, "retsu": 0}
    assert "100行・2列に入りません" in gamen.omona.html
    # 例を入れると、一部の納付も空になる。
    gamen._rei(None)
    assert gamen.nofu.kara()
    assert "直してください" not in gamen.omona.html


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
        ("zoka_gaisan", {**ZOKA, **YUKI, "zoka_bi": "2026-03-20"}),
        (
            "zoka_gaisan",
            {**ZOKA, "moto_santei_kiso": 10_000_999, "zoka_santei_kiso": 20_001_500},
        ),
        ("enno", {**KIHON, "gaisan_hokenryo": 0}),
        (
            "enno",
            {**KIHON, "jigyo": "yuki", "seiritsu": "2025-05-01", "shuryo": "2026-09-30"},
        ),
        ("entaikin", {"hokenryo": 500_999, "nofu_kigen": "2024-07-10", "kanno": "2025-02-15"}),
        (
            "entaikin",
            {
                **ICHIBU,
                "ichibu_nofu": [
                    {"hi": "2024-09-01", "gaku": 200_001},
                    {"hi": "2024-10-01", "gaku": 1},
                ],
            },
        ),
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


def test_zoka_gaisan_tells_all_errors_at_once() -> None:
    answer = calc("zoka_gaisan", {**ZOKA, "jigyo": "yuki", "zoka_bi": "2027-01-01"})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["seiritsu", "shuryo", "zoka_bi"]
