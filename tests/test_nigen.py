"""二元適用: 3つの申告の合計と、納期限ごとの額。"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoken_calc import calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari

KOJI = {
    "gyoshu": "35",
    "kaishi": "2024-05-01",
    "shuryo": "2025-08-31",
    "ukeoi_kingaku": 100_000_000,
}
JIMUSHO = {
    "nendo": 2025,
    "hoshiki": "jimukumiai",
    "hoken_kankei": "rosai",
    "gyoshu": "94",
    "chingin": {"rosai": 7_200_000},
    "shinkokuzumi_gaisan": 30_000,
    "juto_ishi": 3,
    "kaisu": 3,
}
KOYO = {
    "nendo": 2025,
    "hoshiki": "jimukumiai",
    "hoken_kankei": "koyo",
    "koyo_kubun": "kensetsu",
    "chingin": {"koyo": 38_500_000},
    "shinkokuzumi_gaisan": 650_000,
    "kaisu": 3,
}
REI: dict[str, Any] = {
    "genba": {
        "nendo": 2025,
        "koji": [KOJI],
        "seisan": {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 100_000, "kaisu": 3},
    },
    "jimusho": JIMUSHO,
    "koyo": KOYO,
}


def keisan(data: dict[str, Any]) -> Keisan:
    answer = calc("nigen", data)
    assert isinstance(answer, Keisan), answer
    return answer


def test_rei() -> None:
    """手計算。現場 23,000千円×9.5、事務所 7,200千円×3、雇用 38,500千円×17.5（翌年16.5）。"""
    v = keisan(REI).values
    assert [h["kakutei_hokenryo"] for h in v["hoken"]] == [218_500, 21_600, 673_750]
    assert [h["gaisan_hokenryo"] for h in v["hoken"]] == [218_500, 21_600, 635_250]
    assert [h["ippan_kyoshutsukin"] for h in v["hoken"]] == [460, 144, 0]
    assert v["gokei"] == {
        "kakutei_hokenryo": 913_850,
        "shinkokuzumi_gaisan": 780_000,
        "fusoku_gaku": 118_500 + 23_750,
        "juto_gaku": 8_400,
        "kanpu_gaku": 0,
        "gaisan_hokenryo": 875_350,
        "ippan_kyoshutsukin": 604,
        # 確定 − 申告済み ＋ 概算 ＋ 一般拠出金（還付なし）
        "nofu_gaku": 913_850 - 780_000 + 875_350 + 604,
    }
    # 第1期: 72,834＋118,500＋460、7,200と144は充当、211,750＋23,750
    ki1 = {"genba": 191_794, "jimusho": 0, "koyo": 235_500, "nofu_gaku": 427_294}
    ki2 = {"genba": 72_833, "jimusho": 6_144, "koyo": 211_750, "nofu_gaku": 290_727}
    ki3 = {"genba": 72_833, "jimusho": 7_200, "koyo": 211_750, "nofu_gaku": 291_783}
    assert v["kibetsu"] == [
        {"nofu_kigen": date(2026, 7, 10), **ki1},
        {"nofu_kigen": date(2026, 11, 16), **ki2},
        {"nofu_kigen": date(2027, 2, 15), **ki3},
    ]


def test_each_part_is_the_same_as_alone() -> None:
    v = keisan(REI).values
    for hoken, name in (("genba", "ikkatsu_yuki"), ("jimusho", "nendo_koshin")):
        alone = calc(name, REI[hoken])
        assert isinstance(alone, Keisan)
        (part,) = (h for h in v["hoken"] if h["hoken"] == hoken)
        assert part["kibetsu"] == alone.values["kibetsu"]


def test_without_an_office_and_with_different_ways() -> None:
    data = deepcopy(REI)
    del data["jimusho"]
    data["koyo"]["hoshiki"] = "kobetsu"
    data["genba"]["seisan"]["kaisu"] = 1
    answer = keisan(data)
    assert [(k["genba"], k["koyo"]) for k in answer.values["kibetsu"]] == [
        (218_500 + 118_500 + 460, 235_500),
        (0, 211_750),
        (0, 211_750),
    ]
    assert "hoshiki_chigai" in [w.code for w in answer.warnings]


def test_kakutei_only_when_the_next_year_is_not_known() -> None:
    data = deepcopy(REI)
    data["genba"] |= {"nendo": 2026, "koji": [{**KOJI, "shuryo": "2026-08-31"}]}
    for h in ("jimusho", "koyo"):
        data[h] |= {"nendo": 2026, "kakutei_nomi": True}
    v = keisan(data).values
    nofu = 118_500 + 460 + 144 - 144  # 雇用は 635,250 で不足なし
    naka = {"genba": nofu, "jimusho": 0, "koyo": 0}
    assert v["kibetsu"] == [{"nofu_kigen": None, **naka, "nofu_gaku": nofu}]
    assert (v["gokei"]["nofu_gaku"], v["gokei"]["gaisan_hokenryo"]) == (nofu, None)


def test_one_part_is_kakutei_only() -> None:
    """事務所だけ廃止: 21,600 ＋ 一般拠出金 144 − 申告済み 20,000 ＝ 1,744円。概算は残りの2つ。"""
    data = deepcopy(REI)
    data["jimusho"] |= {"kakutei_nomi": True, "kaisu": None, "shinkokuzumi_gaisan": 20_000}
    answer = keisan(data)
    v = answer.values
    assert v["gokei"]["gaisan_hokenryo"] == 218_500 + 635_250
    assert [k["nofu_gaku"] for k in v["kibetsu"]] == [427_294, 284_583, 284_583, 1_744]
    assert [k["nofu_kigen"] is None for k in v["kibetsu"]] == [False, False, False, True]
    assert v["gokei"]["nofu_gaku"] == 427_294 + 284_583 * 2 + 1_744
    (chui,) = (w.message for w in answer.warnings if w.code == "kakutei_nomi")
    assert chui.startswith("事務所労災（末尾6）は確定だけ")
    assert "■ 確定だけの申告" in answer.to_text()
    from hoken_calc.ui.nigen import ichimai

    page = ichimai(answer)
    assert "確定だけの申告（納期限は注意を見てください）" in page
    assert "<td class='hk-su'>なし</td>" in page


def test_tokubetsu_kanyu_and_unfinished_works_of_genba() -> None:
    """現場に、10,000円×365×9.5/1000 ＝ 34,675円が足される。一般拠出金は変わらない。"""
    data = deepcopy(REI)
    hito = {"gyoshu": "35", "nichigaku": 10_000}
    data["genba"]["tokubetsu_kanyu"] = {"kakutei": [hito], "gaisan": [hito]}
    data["genba"]["koji"] = [KOJI, {k: v for k, v in KOJI.items() if k != "shuryo"}]
    v = keisan(data).values
    genba = v["hoken"][0]
    assert (genba["kakutei_hokenryo"], genba["gaisan_hokenryo"]) == (253_175, 253_175)
    assert genba["ippan_kyoshutsukin"] == 460
    # 253,175 ÷ 3 ＝ 84,391 余り2、不足 153,175
    assert [k["nofu_gaku"] for k in genba["kibetsu"]] == [84_393 + 153_175 + 460, 84_391, 84_391]
    assert [n["code"] for n in v["nozoita_koji"]] == ["mikanryo"]
    data["genba"]["tokubetsu_kanyu"]["kakutei"] = [{**hito, "gyoshu": "94"}]
    answer = calc("nigen", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["genba.tokubetsu_kanyu.kakutei.0.gyoshu"]


def test_zogen_ritsu_of_genba_is_read_as_people_write_it() -> None:
    """23,000千円 ×（9.5 − 0.6）×60% ＋ 0.6 ＝ 5.94/1000。見出しの日付は和暦。"""
    data = deepcopy(REI)
    data["genba"]["zogen_ritsu"] = {"kakutei": "▲40%", "gaisan": 0.0}
    answer = keisan(data)
    genba = answer.values["hoken"][0]
    assert (genba["kakutei_hokenryo"], genba["gaisan_hokenryo"]) == (136_620, 218_500)
    assert "■ 現場労災（末尾5） 総括表 35（令和6年4月1日 から）" in answer.to_text()
    assert "■ 令和8年7月10日 まで" in answer.to_text()
    data["genba"]["zogen_ritsu"] = {"kakutei": "--5"}
    answer = calc("nigen", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [("genba.zogen_ritsu.kakutei", "zogen")]


def test_a_construction_gyoshu_for_the_office_warns() -> None:
    assert "jimusho_gyoshu" not in [w.code for w in keisan(REI).warnings]
    for gyoshu in ("31", "35", "38"):
        data = deepcopy(REI)
        data["jimusho"]["gyoshu"] = gyoshu
        (chui,) = (w.message for w in keisan(data).warnings if w.code == "jimusho_gyoshu")
        assert f"建設の事業（{gyoshu}）" in chui


@pytest.mark.parametrize(
    ("part", "change", "field", "code"),
    [
        ("genba", {"koji": [{**KOJI, "gyoshu": "94"}]}, "genba.koji.0.gyoshu", "hyo_ni_nai"),
        ("genba", {"seisan": None}, "genba.seisan", "hissu"),
        ("jimusho", {"chingin": {"rosai": "x"}}, "jimusho.chingin.rosai", "en"),
        ("jimusho", {"gyoshu": None}, "jimusho.gyoshu", "hissu"),
        ("koyo", {"hoken_kankei": "ryohoken"}, "koyo.hoken_kankei", "nigen"),
        ("koyo", {"hoken_kankei": "労災だけ"}, "koyo.hoken_kankei", "nigen"),
        ("jimusho", {"hoken_kankei": "koyo"}, "jimusho.hoken_kankei", "nigen"),
        ("koyo", {"nendo": 2024}, "koyo.nendo", "nendo_chigai"),
    ],
)
def test_errors_say_which_part(part: str, change: dict[str, Any], field: str, code: str) -> None:
    data = deepcopy(REI)
    data[part] |= change
    answer = calc("nigen", data)
    assert isinstance(answer, NyuryokuAyamari), answer
    assert (field, code) in [(e.field, e.code) for e in answer.errors]


def test_errors_of_all_parts_come_at_once() -> None:
    data = deepcopy(REI)
    data["genba"]["seisan"] = {"hoshiki": "kobetsu", "kaisu": 3}
    data["jimusho"]["gyoshu"] = "00"
    data["koyo"]["kaisu"] = 2
    answer = calc("nigen", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == [
        "genba.seisan.shinkokuzumi_gaisan",
        "jimusho.gyoshu",
        "koyo.kaisu",
    ]


@pytest.mark.parametrize("data", [{}, {"genba": 1, "koyo": []}, {"genba": {}, "foo": {}}])
def test_bad_shapes(data: dict[str, Any]) -> None:
    assert isinstance(calc("nigen", data), NyuryokuAyamari)


def test_explanation_can_be_read_again() -> None:
    from test_setsumei import check

    check(keisan(REI))


@settings(max_examples=30, deadline=None)
@given(
    ukeoi=st.integers(0, 150_000_000),
    rosai=st.integers(0, 50_000_000),
    koyo=st.integers(0, 90_000_000),
    sumi=st.lists(st.integers(0, 2_000_000), min_size=3, max_size=3),
    kanpu=st.booleans(),
)
def test_what_is_paid_balances(
    ukeoi: int, rosai: int, koyo: int, sumi: list[int], kanpu: bool
) -> None:
    """納める額 ＝ 確定 − 申告済み ＋ 概算 ＋ 一般拠出金 ＋ 還付。期ごとに足しても同じ。"""
    data = deepcopy(REI)
    data["genba"]["koji"] = [{**KOJI, "ukeoi_kingaku": ukeoi}]
    data["genba"]["seisan"] |= {"shinkokuzumi_gaisan": sumi[0], "kanpu_seikyu": kanpu}
    data["jimusho"] |= {"chingin": {"rosai": rosai}, "shinkokuzumi_gaisan": sumi[1]}
    data["koyo"] |= {"chingin": {"koyo": koyo}, "shinkokuzumi_gaisan": sumi[2]}
    v = keisan(data).values
    g = v["gokei"]
    kei = g["kakutei_hokenryo"] - g["shinkokuzumi_gaisan"] + g["gaisan_hokenryo"]
    assert g["nofu_gaku"] == kei + g["ippan_kyoshutsukin"] + g["kanpu_gaku"]
    assert sum(k["nofu_gaku"] for k in v["kibetsu"]) == g["nofu_gaku"]
