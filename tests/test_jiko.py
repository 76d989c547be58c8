"""事故1件: 収支率の分子に入る額、保険料の差。額は手計算。"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.merit import jiko, jiko_hikaku

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
        "jiko_bunshi": 8_000,
    }
    assert mitsumori("kyugyo_ikkagetsu")["jiko_bunshi"] == 8_000 * 27
    assert mitsumori("kyugyo_ikkagetsu", kyugyo_nissu=3)["jiko_bunshi"] == 0


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


@settings(deadline=None)
@given(
    nichigaku=st.integers(1, 100_000),
    chiryohi=st.none() | st.integers(0, 10**8),
    kyugyo_nissu=st.integers(0, 1_095),
    tokubetsu_kyuyo=st.none() | st.integers(0, 10**7),
)
def test_a_worse_grade_never_counts_less(nichigaku: int, **data: int | None) -> None:
    gaku = [mitsumori(f"shogai_{k}kyu", nichigaku, **data)["jiko_bunshi"] for k in range(14, 0, -1)]
    assert gaku == sorted(gaku)
    assert mitsumori("kyugyo_yokka", nichigaku, **data)["jiko_bunshi"] <= gaku[0]


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


# ---- 事故のある時とない時 --------------------------------------------------
# 業種56（5/1000）、120人、賃金4億8千万円が3年: 保険料2,400,000円、非業務災害分288,000円。
# 分母 = 2,112,000 × 3 × 0.67 = 4,245,120円。給付が無ければ −40% で 3.24/1000、1,555,200円。
NENDO_KOTO = {"rodoshasu": "120", "kyufu": 0, "tokubetsu_shikyukin": 0}


def nyuryoku(jiko_: str | None, jiko_nendo: int = 2024, **kaeru: Any) -> dict[str, Any]:
    nendobetsu, _ = jiko_hikaku.onaji_sannen(2024, "56", 480_000_000, **NENDO_KOTO)
    merit = {"nendo": 2026, "gyoshu": "56", "keitai": "keizoku", "seiritsu": "2000-04-01"}
    merit |= {"nendobetsu": nendobetsu, **kaeru.pop("merit", {})}
    hoka = {"jiko_nendo": jiko_nendo, "jiko": jiko_, "nichigaku": 10_000}
    return {"merit": merit, **hoka, **kaeru}


def hikaku(*args: Any, **kaeru: Any) -> dict[str, Any]:
    answer = jiko_hikaku.calc(nyuryoku(*args, **kaeru))
    assert isinstance(answer, Keisan), answer
    return answer.values


def sagaku(values: dict[str, Any]) -> list[int]:
    assert values["sagaku_gokei"] == sum(n["sagaku"] for n in values["nendobetsu"])
    return [n["sagaku"] for n in values["nendobetsu"]]


def test_onaji_sannen() -> None:
    nendobetsu, _ = jiko_hikaku.onaji_sannen(2026, "56", 480_000_999, **NENDO_KOTO)
    assert [n["nendo"] for n in nendobetsu] == [2024, 2025, 2026]
    assert {(n["chingin_sogaku"], n["rosai_hokenryo"]) for n in nendobetsu} == {
        (480_000_000, 2_400_000)
    }


@pytest.mark.parametrize("jiko_nendo", [2022, 2023, 2024])
def test_no_accident_is_no_difference(jiko_nendo: int) -> None:
    v = hikaku(None, jiko_nendo)
    assert (v["jiko_bunshi"], v["sagaku_gokei"]) == (0, 0)
    tekiyo = [n["tekiyo_nendo"] for n in v["nendobetsu"]]
    assert tekiyo == [jiko_nendo + 2, jiko_nendo + 3, jiko_nendo + 4]
    assert {n["hokenryo_ari"] for n in v["nendobetsu"]} == {1_555_200}


@pytest.mark.parametrize(
    ("jiko_", "zogen", "hokenryo"),
    [
        ("kyugyo_yokka", -40, 1_555_200),  # 8,000円 → 0.2%
        ("kyugyo_ikkagetsu", -40, 1_555_200),  # 216,000円 → 5.1%
        ("shogai_14kyu", -35, 1_660_800),  # 640,000円 → 15.1%、3.46/1000
        ("shogai_12kyu", -20, 1_977_600),  # 1,760,000円 → 41.5%、4.12/1000
        ("shogai_10kyu", 0, 2_400_000),  # 3,410,000円 → 80.3%
        ("shogai_7kyu", 40, 3_244_800),  # 7,190,000円 → 169.4%、6.76/1000
        ("shibo", 40, 3_244_800),
    ],
)
def test_one_accident(jiko_: str, zogen: int, hokenryo: int) -> None:
    v = hikaku(jiko_)
    assert [n["zogen_ritsu_ari"] for n in v["nendobetsu"]] == [zogen] * 3
    assert [n["hokenryo_ari"] for n in v["nendobetsu"]] == [hokenryo] * 3
    assert sagaku(v) == [hokenryo - 1_555_200] * 3


def test_exactly_ten_percent_does_not_move_the_rate() -> None:
    """分母の10%は424,512円。ちょうどなら−40%のまま、1円超えると−35%。"""
    assert sagaku(hikaku("kyugyo_yokka", chiryohi=416_512)) == [0, 0, 0]
    assert sagaku(hikaku("kyugyo_yokka", chiryohi=416_513)) == [105_600] * 3


def test_the_benefits_already_typed_stay_in_their_year() -> None:
    """2024年度の給付300万円は、2026年度の率だけに入る（2022年度の事故の3つの適用年度のうち）。"""
    nendobetsu, _ = jiko_hikaku.onaji_sannen(2024, "56", 480_000_000, **NENDO_KOTO)
    nendobetsu[2] = {**nendobetsu[2], "kyufu": 3_000_000}
    v = hikaku("shogai_14kyu", 2022, merit={"nendobetsu": nendobetsu})
    # 2026年度: 70.7% → 85.7%、−5% → +5%、4.78/1000 → 5.22/1000。
    assert sagaku(v) == [105_600, 105_600, 2_505_600 - 2_294_400]
    uchiwake = {k: x for k, x in nendobetsu[2].items() if k not in ("kyufu", "tokubetsu_shikyukin")}
    nendobetsu[2] = {**uchiwake, "kyufu_uchiwake": [{"shurui": "ryoyo", "gaku": 3_000_000}]}
    assert hikaku("shogai_14kyu", 2022, merit={"nendobetsu": nendobetsu}) == v


def test_small_construction_moves_by_thirty_percent() -> None:
    """業種35（9.5/1000）の一括有期、賃金1億円: 保険料95万円なので別表第3の2（±30%）。"""
    nendobetsu, _ = jiko_hikaku.onaji_sannen(
        2024, "35", 100_000_000, kyufu=0, tokubetsu_shikyukin=0
    )
    merit = {"gyoshu": "35", "keitai": "ikkatsu_yuki_kensetsu", "nendobetsu": nendobetsu}
    v = hikaku("shibo", merit=merit)
    # 6.83/1000 → 12.17/1000
    assert sagaku(v) == [1_217_000 - 683_000] * 3


def test_tokubetsu_kanyu_pays_by_the_same_rate() -> None:
    """特別加入3,650,000円: 3.24/1000 → 11,826円、3.46/1000 → 12,629円。"""
    tokubetsu = {"tokubetsu_kiso": 3_650_000, "tokubetsu_hokenryo": 18_250}
    nendobetsu, _ = jiko_hikaku.onaji_sannen(2024, "56", 480_000_000, **NENDO_KOTO, **tokubetsu)
    v = hikaku("shogai_14kyu", merit={"nendobetsu": nendobetsu})
    assert sagaku(v) == [105_600 + 803] * 3


@pytest.mark.parametrize(
    ("data", "sa"),
    [
        ({}, 105_600),
        ({"tokubetsu_kiso": 3_650_999}, 105_600 + 803),
        # 年500,000円の特別加入保険料: 分母 +（500,000 − 2,190）× 3 × 0.67 で、640,000 ÷ 5,245,718 ＝ 12.2% → −35%
        ({"tokubetsu_kiso": 3_650_000, "tokubetsu_hokenryo": 500_000}, 105_600 + 803),
    ],
)
def test_kantan_with_tokubetsu_kanyu(data: dict[str, int], sa: int) -> None:
    """特別加入 3,650千円: 3.24/1000 → 11,826円、3.46/1000 → 12,629円。保険料は 3,650 × 5 ＝ 18,250円。"""
    answer = kantan(**data)
    assert isinstance(answer, Keisan), answer
    assert [n["sagaku"] for n in answer.values["nendobetsu"]] == [sa] * 3
    tokubetsu = [b.run for b in answer.bu if b.run.sheet is jiko_hikaku.TOKUBETSU_SHEET]
    hokenryo = [run["tokubetsu_hokenryo"] for run in tokubetsu]
    assert hokenryo == ([18_250] * 3 if data == {"tokubetsu_kiso": 3_650_999} else [])


def test_kantan_needs_both_of_tokubetsu_kanyu() -> None:
    answer = kantan(tokubetsu_hokenryo=18_250)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [("tokubetsu_kiso", "hissu")]


def kantan(**data: Any) -> Any:
    jigyo = {"gyoshu": "56", "keitai": "keizoku", "seiritsu": "2000-04-01", "rodoshasu": "120"}
    jiko_ = {"jiko_nendo": 2024, "jiko": "shogai_14kyu", "nichigaku": 10_000}
    return jiko_hikaku.kantan({**jigyo, "chingin_sogaku": 480_000_000, **jiko_, **data})


def test_out_of_scope_costs_nothing() -> None:
    """30人 ×（5 − 0.6）/1000 = 0.132 で、0.4に足りない。"""
    koto = {**NENDO_KOTO, "rodoshasu": "30"}
    nendobetsu, _ = jiko_hikaku.onaji_sannen(2024, "56", 120_000_000, **koto)
    v = hikaku("shibo", merit={"nendobetsu": nendobetsu})
    assert sagaku(v) == [0, 0, 0]
    for n, nendo in zip(v["nendobetsu"], (2022, 2023, 2024), strict=True):
        assert not n["taisho"]
        assert n["hokenryo_ari"] == 600_000
        assert n["riyu"][0].startswith(
            "・".join(f"令和{k}年度" for k in range(nendo - 2018, nendo - 2015))
            + "の条件を満たしません。労働者は30人"
        )


def test_a_young_business_is_touched_only_later() -> None:
    """2022年5月に成立: 2025年3月31日ではまだ3年たっていない。2027年度の率から。"""
    v = hikaku("shogai_14kyu", merit={"seiritsu": "2022-05-01"})
    assert sagaku(v) == [0, 105_600, 105_600]
    assert "3年たっていません" in v["nendobetsu"][0]["riyu"][0]
    v = hikaku("shogai_14kyu", merit={"seiritsu": "2024-02-29"})
    assert sagaku(v) == [0, 0, 105_600]
    assert v["nendobetsu"][1]["riyu"] == [
        "基準日（令和8年3月31日）に、保険関係の成立から3年たっていません。"
    ]


def test_each_year_is_judged_by_its_own_rate() -> None:
    """業種41は2024年度に6から5.5へ下がった。80人だと 0.432 → 0.392 で、2024年度から条件を満たさない。"""
    koto = {**NENDO_KOTO, "rodoshasu": "80"}
    for jiko_nendo, taisho in ((2022, [1, 1, 0]), (2023, [1, 0, 0]), (2026, [0, 0, 0])):
        nendobetsu, _ = jiko_hikaku.onaji_sannen(jiko_nendo, "41", 300_000_000, **koto)
        merit = {"gyoshu": "41", "nendo": jiko_nendo + 2, "nendobetsu": nendobetsu}
        v = hikaku("shibo", jiko_nendo, merit=merit)
        assert [n["taisho"] for n in v["nendobetsu"]] == taisho
        assert [n["sagaku"] > 0 for n in v["nendobetsu"]] == taisho
    assert v["nendobetsu"][2]["riyu"][0].startswith("令和8年度・令和9年度・令和10年度の条件を")


def test_the_order_of_the_years_does_not_matter() -> None:
    x = nyuryoku("shogai_14kyu")
    x["merit"]["nendobetsu"].reverse()
    answer = jiko_hikaku.calc(x)
    assert isinstance(answer, Keisan)
    assert sagaku(answer.values) == [105_600] * 3
    del x["merit"]["nendobetsu"][0]["rodoshasu"]
    answer = jiko_hikaku.calc(x)
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["merit.nendobetsu.0.rodoshasu"]


def test_the_assumptions_are_told() -> None:
    answer = jiko_hikaku.calc(nyuryoku("shibo"))
    assert isinstance(answer, Keisan)
    told = " ".join(w.message for w in answer.warnings)
    assert "令和7年度・令和8年度は入れていない" in told
    assert "令和9年度からの労災保険率は決まっていません" in told
    assert told.count("令和8年10月9日に諮問") == 1
    answer = jiko_hikaku.calc(nyuryoku(None, 2022))
    assert isinstance(answer, Keisan)
    assert not any("決まっていません" in w.message for w in answer.warnings)
    answer = kantan(jiko_nendo=2021)
    assert isinstance(answer, Keisan)
    assert not any("諮問" in w.message for w in answer.warnings)


@settings(deadline=None)
@given(chingin=st.integers(1_000_000, 10**10), nichigaku=st.integers(4_000, 40_000))
def test_a_worse_grade_never_costs_less(chingin: int, nichigaku: int) -> None:
    nendobetsu, _ = jiko_hikaku.onaji_sannen(2024, "56", chingin, **NENDO_KOTO)
    gaku = [
        hikaku(j, merit={"nendobetsu": nendobetsu}, nichigaku=nichigaku)["sagaku_gokei"]
        for j in (None, "kyugyo_yokka", "shogai_14kyu", "shogai_10kyu", "shogai_1kyu")
    ]
    assert gaku == sorted(gaku)
    assert gaku[0] == 0


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"jiko_nendo": 2025}, [("jiko_nendo", "sannen")]),
        ({"nichigaku": None}, [("nichigaku", "hissu")]),
        ({"nichigaku": 0}, [("nichigaku", "zero")]),
        ({"jiko": "けが"}, [("jiko", "sentaku")]),
        ({"merit": {"gyoshu": "01"}}, [("merit.gyoshu", "hyo_ni_nai")]),
        ({"merit": {"nendo": 2025}}, [("merit.nendobetsu", "mitsu_no_nendo")]),
        ({"merit": {"keitai": "ikkatsu_yuki_kensetsu"}}, [("merit.gyoshu", "keitai_to_au")]),
    ],
)
def test_bad_hikaku(data: dict[str, Any], errors: list[tuple[str, str]]) -> None:
    x = nyuryoku("shibo", merit=data.pop("merit", {}))
    answer = jiko_hikaku.calc({**x, **data})
    assert isinstance(answer, NyuryokuAyamari)
    assert errors[0] in [(e.field, e.code) for e in answer.errors]


# ---- 画面 ------------------------------------------------------------------
@pytest.fixture
def gamen() -> Any:
    from hoken_calc.ui.jiko import JikoGamen

    g = JikoGamen()
    g._rei(None)
    return g


def test_gamen_tells_the_yen_and_the_reason(gamen: Any) -> None:
    """例: 障害12級、1,760,000円 → 41.46%、−20%。"""
    assert "3年で 1,267,200円 高くなります" in gamen.omona.html
    assert "41.45…%" in gamen.kekka.html
    gamen.jiko.widget.value = "kyugyo_yokka"
    assert "保険料は変わりません（0円）" in gamen.omona.html
    assert "増減率は −40% のままです" in gamen.kekka.html
    gamen.jiko.widget.value = None
    assert "事故がない時の、3年の保険料" in gamen.omona.html
    assert "事故あり" not in gamen.kekka.html
    assert gamen.kekka.html.count("1,555,200円") >= 3


def test_gamen_calls_the_accident_by_the_days_typed(gamen: Any) -> None:
    """100日休めば97日分、776,000円。表の「休業4日」は4日のまま。"""
    gamen.jiko.widget.value = "kyugyo_yokka"
    gamen.nissu.widget.value = "100日"
    assert "休業100日。" in gamen.omona.html
    assert "776,000円" in gamen.kekka.html
    assert "<th scope='row'>休業4日</th><td>8,000</td>" in gamen.kekka.html


def test_gamen_adds_tokubetsu_kanyu(gamen: Any) -> None:
    """−40% → −20%（12級）。労災 1,555,200 → 1,977,600、特別加入 3,650千円は 11,826 → 15,038。3年で 1,276,836。"""
    assert "第1種特別加入の分も" not in gamen.kekka.html
    gamen.tokubetsu_kiso.widget.value = "3,650,000"
    assert "3年で 1,276,836円 高くなります" in gamen.omona.html
    assert "第1種特別加入の分も入れた額です" in gamen.kekka.html
    assert "1,567,026円" in gamen.kekka.html
    assert "1,992,638円" in gamen.kekka.html


def test_gamen_out_of_scope(gamen: Any) -> None:
    gamen.rodoshasu.widget.value = "30"
    assert "労災を使っても保険料は上がりません" in gamen.omona.html
    assert "この事故が入る令和8年度から令和10年度までの率は、どれもメリット制の対象で" in (
        gamen.omona.html
    )
    assert "労働者は30人で" in gamen.omona.html
    assert "事故の種類ごとの差" not in gamen.kekka.html


def test_gamen_marks_the_field(gamen: Any) -> None:
    gamen.nichigaku.widget.value = "日給"
    assert "給付基礎日額: 0以上の円を整数で" in gamen.omona.html
    assert gamen.kekka.html == ""
    gamen.nichigaku.widget.value = ""
    assert "あと、ここを入れると計算できます" in gamen.omona.html


def test_gamen_tells_all_that_is_missing_at_once() -> None:
    from hoken_calc.ui.jiko import JikoGamen

    g = JikoGamen()
    for k in (g.gyoshu, g.chingin, g.seiritsu, g.nichigaku):
        assert f"「{k.label}」を入れてください。" in g.omona.html
    assert "労働者数（各月末の人数の合計÷12）を入れてください。" in g.omona.html
    g.jiko.widget.value = None
    assert g.nichigaku.label not in g.omona.html
    g.keitai.widget.value = "ikkatsu_yuki_kensetsu"
    assert "労働者数" not in g.omona.html
    g.nichigaku.widget.value = "日給"
    assert g.omona.html.count("給付基礎日額") == 1
