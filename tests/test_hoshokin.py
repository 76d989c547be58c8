"""報奨金: 例、境、条文に定めのない点の設定、いちばん少ない未納、誤り。"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import golden
from hoken_calc import batch, calc
from hoken_calc.hoshokin import SETTEI
from hoken_calc.hoshokin.kuraberu import Kawari, kawaru, tarinai
from hoken_calc.hoshokin.shinseisho import hokenryo_no_jiko, ippan_no_jiko, shinseisho
from hoken_calc.kekka import Keisan, NyuryokuAyamari, Taishogai
from hoken_calc.tables import data_dir
from test_setsumei import check_steps

REI = golden("hoshokin")
KIHON = {"eda": "001", "rodoshasu": 4, "hoken_kankei": "ryohoken"}
KIHON |= {"kakutei_hokenryo": 100_000, "nofu_gaku": 100_000}


def itaku(*gyo: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**KIHON, "eda": f"{i:03}", **g} for i, g in enumerate(gyo, 1)]


def keisan(*gyo: dict[str, Any], **more: Any) -> Keisan:
    answer = calc("hoshokin", {"nendo": 2025, "itaku": itaku(*gyo), **more})
    assert isinstance(answer, Keisan), answer
    return answer


def v(*gyo: dict[str, Any], **more: Any) -> dict[str, Any]:
    return keisan(*gyo, **more).values


def codes(answer: Keisan) -> set[str]:
    return {w.code for w in answer.warnings}


def narabu(gun: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = []
    for g in gun:
        k = {"nofu_gaku": g["kakutei_hokenryo"], **g}
        if "ippan_kyoshutsukin" in k:
            k.setdefault("ippan_nofu_gaku", k["ippan_kyoshutsukin"])
        out += [{x: y for x, y in k.items() if x != "件"}] * g["件"]
    return out


@pytest.mark.parametrize("rei", REI, ids=[r["id"] for r in REI])
def test_rei(rei: dict[str, Any]) -> None:
    got = v(*narabu(rei["事業場"]), **rei.get("入力", {}))
    assert {k: got[k] for k in rei["値"]} == rei["値"]


def test_golden_cases_say_where_they_come_from() -> None:
    assert {r["区分"] for r in REI} <= {"公表", "手計算"}
    assert all("出典" in r for r in REI if r["区分"] == "公表")


# 人数と保険関係 → 区分と定額（省令1条）。
@pytest.mark.parametrize(
    ("rodoshasu", "nihoken", "sonota"),
    [
        (0, ("6号イ", 12_400), ("6号ロ", 6_200)),
        (4, ("6号イ", 12_400), ("6号ロ", 6_200)),
        (5, ("7号イ", 6_200), ("7号ロ", 3_100)),
        (15, ("7号イ", 6_200), ("7号ロ", 3_100)),
        (16, (None, 0), (None, 0)),
    ],
)
def test_kubun(
    rodoshasu: int, nihoken: tuple[str | None, int], sonota: tuple[str | None, int]
) -> None:
    kata = [
        {"hoken_kankei": "ryohoken"},
        {"hoken_kankei": "rosai"},
        {"hoken_kankei": "koyo"},
        {"hoken_kankei": "ryohoken", "nigen": True},
        {"hoken_kankei": "rosai", "nigen": True},
        {"hoken_kankei": "koyo", "nigen": True},
    ]
    got = v(*({"rodoshasu": rodoshasu, **k} for k in kata), KIHON | {"eda": "x"})["jigyojo"]
    assert [(j["kubun"], j["teigaku"]) for j in got[:-1]] == [nihoken] + [sonota] * 5


@pytest.mark.parametrize(
    ("nendo", "jogen"),
    [(2010, 30_000_000), (2011, 20_000_000), (2012, 10_000_000), (2025, 10_000_000)],
)
def test_jogen(nendo: int, jogen: int) -> None:
    """定額 12,400円を足して、ちょうど上限、1円下、1円上。"""
    base = (jogen - 12_400) * 50
    for sa, hoshokin in ((0, jogen), (-50, jogen - 1), (50, jogen)):
        gaku = {"kakutei_hokenryo": base + sa, "nofu_gaku": base + sa}
        got = v(gaku, nendo=nendo)
        assert got["jogen"] == jogen
        assert got["teiritsu_teigaku_gokei"] == jogen + sa // 50
        assert got["hoshokin"] == hoshokin


def test_ippan_has_no_ceiling_and_is_not_added() -> None:
    gaku = {"kakutei_hokenryo": 600_000_000, "nofu_gaku": 600_000_000}
    got = v({**gaku, "ippan_kyoshutsukin": 10**9, "ippan_nofu_gaku": 10**9})
    assert (got["hoshokin"], got["ippan_hoshokin"]) == (10_000_000, 35_000_000)
    assert got["hoshokin_gokei"] == 45_000_000


def test_ippan_is_judged_apart() -> None:
    ippan = {"ippan_kyoshutsukin": 1000}
    a = keisan({"nofu_gaku": 94_999, **ippan, "ippan_nofu_gaku": 950})
    assert (a.values["hoshokin"], a.values["ippan_hoshokin"]) == (0, 33)  # 950×3.5%＝33.25
    assert "yoken_95" in codes(a)
    a = keisan({"nofu_gaku": 95_000, **ippan, "ippan_nofu_gaku": 949})
    assert (a.values["hoshokin"], a.values["ippan_hoshokin"]) == (14_300, 0)
    assert "ippan_yoken_95" in codes(a)


def test_establishments_without_ippan_still_count_for_the_premium() -> None:
    """一般拠出金の無い雇用だけの事業場も、労働保険料の合計に入る。"""
    got = v({"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10}, {"hoken_kankei": "koyo"})
    assert (got["teiritsu"], got["teigaku"]) == (4_000, 18_600)
    assert v({})["ippan_hoshokin"] is None


IPPAN_2MAN = {"ippan_kyoshutsukin": 20_000, "ippan_nofu_gaku": 20_000}
MILLION = {"kakutei_hokenryo": 1_000_000, "nofu_gaku": 1_000_000}


# 100万円の2%＋12,400円＝32,400円、2万円の3.5%＝700円。
@pytest.mark.parametrize(
    ("more", "hoshokin", "ippan"),
    [
        ({}, 32_400, 700),
        ({"taino_shobun": True}, 0, 0),
        ({"taino_shobun": True, "ippan_taino_shobun": None}, 0, 0),
        ({"taino_shobun": True, "ippan_taino_shobun": False}, 0, 700),
        ({"taino_shobun": True, "ippan_taino_shobun": True}, 0, 0),
        ({"ippan_taino_shobun": True}, 32_400, 0),
        ({"fusei": True}, 0, 0),
        ({"fusei": True, "ippan_fusei": "いいえ"}, 0, 700),
        ({"ippan_fusei": True}, 32_400, 0),
        ({"taino_shobun": True, "ippan_taino_shobun": False, "ippan_fusei": True}, 0, 0),
    ],
)
def test_penalties_are_judged_apart(more: dict[str, Any], hoshokin: int, ippan: int) -> None:
    got = v({**MILLION, **IPPAN_2MAN}, **more)
    assert (got["hoshokin"], got["ippan_hoshokin"]) == (hoshokin, ippan)
    assert got["hoshokin_gokei"] == hoshokin + ippan


def test_both_judgments_are_told_when_only_one_is_given() -> None:
    def bun(ippan: dict[str, Any], **more: Any) -> list[str]:
        a = keisan({**MILLION, **ippan}, **more)
        return [w.message for w in a.warnings if w.code == "ippan_onaji"]

    (chui,) = bun(IPPAN_2MAN, taino_shobun=True)
    assert "一般拠出金で滞納処分が無いのなら、一般拠出金に係る報奨金は 700円です" in chui
    (chui,) = bun(IPPAN_2MAN, taino_shobun=True, fusei=True)
    assert "滞納処分と不正の行為が無いのなら、一般拠出金に係る報奨金は 700円です" in chui
    # 95%に足りなければ、処分が無くても0円。
    (chui,) = bun({**IPPAN_2MAN, "ippan_nofu_gaku": 18_999}, taino_shobun=True)
    assert "報奨金は 0円です" in chui
    (chui,) = bun(IPPAN_2MAN, taino_shobun=True, ippan_fusei=True)
    assert "報奨金は 0円です" in chui
    assert not bun(IPPAN_2MAN)
    assert not bun({}, taino_shobun=True)
    assert not bun(IPPAN_2MAN, taino_shobun=True, ippan_taino_shobun=False)


def test_charges_on_ippan_are_in_its_95_and_not_in_its_base() -> None:
    """1,000円に追徴金100円。95%は 1,045円。"""
    ippan = {"ippan_kyoshutsukin": 1000, "ippan_tsuichokin": 60, "ippan_entaikin": 40}
    a = keisan({**ippan, "ippan_nofu_gaku": 1044})
    assert (a.values["ippan_yoken_95"], a.values["ippan_hoshokin"]) == (False, 0)
    assert a.values["ippan_yoyu"] == -1
    a = keisan({**ippan, "ippan_nofu_gaku": 1045})
    # 一般拠出金から先に納めたものとする。1,000×3.5%
    assert (a.values["ippan_yoken_95"], a.values["ippan_hoshokin"]) == (True, 35)
    assert {"ippan_uchiwake_nashi"} == {c for c in codes(a) if "uchiwake" in c}
    a = keisan({**ippan, "ippan_nofu_gaku": 1045, "ippan_tsuichokin_nofu_gaku": 100})
    assert a.values["ippan_hoshokin"] == 33  # 945×3.5%＝33.075
    assert not {c for c in codes(a) if "uchiwake" in c}
    # 労働保険料の要件と定率には入らない。
    assert (a.values["nofu_ritsu"], a.values["teiritsu"]) == ("1/1", 2_000)
    gokei = {**ippan, "ippan_nofu_gaku": 2000}
    jigyo = v(gokei, settei={"nofu_choka": "jigyo"})
    assert (jigyo["ippan_yoyu"], jigyo["ippan_hoshokin"]) == (55, 35)


def test_15nin_over_is_left_out_of_everything() -> None:
    ooi = {"rodoshasu": 16, "kakutei_hokenryo": 9_000_000, "nofu_gaku": 0, "tsuichokin": 900_000}
    got = v({}, ooi)
    assert (got["taisho_kensu"], got["nofu_ritsu"], got["hoshokin"]) == (1, "1/1", 14_400)


def test_95_is_seen_in_total() -> None:
    """1件は全部未納でも、全体で95%なら満たす。追徴金・延滞金は分母に入る。"""
    got = v({"kakutei_hokenryo": 1_900_000, "nofu_gaku": 1_900_000}, {"nofu_gaku": 0})
    assert (got["nofu_ritsu"], got["yoken_95"]) == ("19/20", True)
    got = v(
        {"kakutei_hokenryo": 1_900_000, "nofu_gaku": 1_900_000}, {"nofu_gaku": 0, "entaikin": 1}
    )
    assert got["yoken_95"] is False


def test_tokusoku() -> None:
    """督促を受けて納めた額は、95%には入り、定率の基礎には入らない。"""
    tokusoku = {"tokusoku_nofu_gaku": 40_000}
    got = v({}, tokusoku)
    assert (got["nofu_ritsu"], got["teiritsu"], got["teigaku"]) == ("1/1", 3_200, 24_800)
    got = v({}, tokusoku, settei={"teigaku_tokusoku": "nozoku"})
    assert (got["teiritsu"], got["teigaku"]) == (3_200, 12_400)
    ippan = {"ippan_kyoshutsukin": 1000, "ippan_nofu_gaku": 1000, "ippan_tokusoku_nofu_gaku": 400}
    assert v(ippan)["ippan_hoshokin"] == 21


def test_tsuichokin_is_not_in_the_base() -> None:
    tsuichokin = {"tsuichokin": 10_000, "entaikin": 500}
    zenbu = keisan({**tsuichokin, "nofu_gaku": 110_500})
    assert (zenbu.values["nofu_ritsu"], zenbu.values["teiritsu"]) == ("1/1", 2_000)
    assert "uchiwake_nashi" not in codes(zenbu)
    # 途中まで納めた時は、労働保険料から先。内訳を書けば、その額。
    tochu = keisan({**tsuichokin, "nofu_gaku": 105_000})
    assert tochu.values["teiritsu"] == 2_000
    assert "uchiwake_nashi" in codes(tochu)
    uchiwake = keisan({**tsuichokin, "nofu_gaku": 105_000, "tsuichokin_nofu_gaku": 10_500})
    assert uchiwake.values["teiritsu"] == 1_890
    assert "uchiwake_nashi" not in codes(uchiwake)


def test_settei_hasu() -> None:
    gaku = {"kakutei_hokenryo": 100_001, "nofu_gaku": 100_001}  # 2,000.02円
    gaku |= {"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10}  # 0.35円
    for hasu, teiritsu, ippan in (("kirisute", 2_000, 0), ("kiriage", 2_001, 1)):
        a = keisan(gaku, settei={"hasu": hasu})
        assert (a.values["teiritsu"], a.values["ippan_hoshokin"]) == (teiritsu, ippan)
        assert a.values["settei"]["hasu"] == hasu
        assert {"settei", "kisoku_mikakunin"} <= codes(a)


def test_settei_choka() -> None:
    """10万円に対して15万円納めた事業場と、9万2千円の事業場。"""
    gyo = ({"nofu_gaku": 150_000}, {"nofu_gaku": 92_000})
    gokei = v(*gyo, settei={"nofu_choka": "gokei"})
    assert (gokei["nofu_ritsu"], gokei["teiritsu"]) == ("121/100", 4_000)
    jigyo = v(*gyo, settei={"nofu_choka": "jigyo"})
    assert (jigyo["nofu_ritsu"], jigyo["teiritsu"]) == ("24/25", 3_840)


@pytest.mark.parametrize("field", ["taino_shobun", "fusei"])
def test_shobun(field: str) -> None:
    ippan = {"ippan_kyoshutsukin": 1000, "ippan_nofu_gaku": 1000}
    a = keisan(ippan, **{field: True}, denshika_tanka=460)
    assert field in codes(a)
    assert (a.values["yoken_95"], a.values["teiritsu"], a.values["teigaku"]) == (True, 2000, 12400)
    zero = ("hoshokin", "ippan_hoshokin", "denshika", "hoshokin_gokei")
    assert [a.values[k] for k in zero] == [0, 0, 0, 0]


def test_dates() -> None:
    a = keisan({})
    assert (a.values["hantei_bi"], a.values["shinsei_kigen"]) == (
        date(2026, 7, 10),
        date(2026, 10, 15),
    )
    assert {"kaisei_mikakunin", "denshika_nashi", "yosan", "ninzu"} <= codes(a)
    assert "yasumi" not in codes(a)
    assert "kaisei_mikakunin" not in codes(keisan({}, nendo=2024))
    assert "yasumi" in codes(keisan({}, nendo=2020))  # 2021年7月10日は土曜日
    assert v({}, nendo=2011)["shinsei_kigen"] == date(2012, 9, 15)
    assert v({}, nendo=2012)["shinsei_kigen"] == date(2013, 10, 15)


def test_no_covered_establishment() -> None:
    answer = calc("hoshokin", {"nendo": 2025, "itaku": itaku({"rodoshasu": 16})})
    assert isinstance(answer, Taishogai)
    assert "15人以下" in answer.reasons[0]["message"]


@pytest.mark.parametrize(
    ("gyo", "more", "field", "code"),
    [
        ({"nofu_gaku": 100_001}, {}, "itaku.0.nofu_gaku", "kakutei_choka"),
        ({"nofu_gaku": 100_011, "tsuichokin": 10}, {}, "itaku.0.nofu_gaku", "kakutei_choka"),
        ({"nofu_gaku": -1}, {}, "itaku.0.nofu_gaku", "en_fu"),
        ({"rodoshasu": -1}, {}, "itaku.0.rodoshasu", "nin"),
        ({"rodoshasu": "たくさん"}, {}, "itaku.0.rodoshasu", "nin"),
        ({"nofu_gaku": None}, {}, "itaku.0.nofu_gaku", "hissu"),
        ({"hoken_kankei": "両方"}, {}, "itaku.0.hoken_kankei", "sentaku"),
        ({"tokusoku_nofu_gaku": 100_001}, {}, "itaku.0.tokusoku_nofu_gaku", "ooi"),
        ({"tsuichokin_nofu_gaku": 1}, {}, "itaku.0.tsuichokin_nofu_gaku", "ooi"),
        # 納めた労働保険料は 105,000 − 5,000。追徴金の納付を書いても書かなくても、それまで。
        (
            {
                "tsuichokin": 5_000,
                "nofu_gaku": 105_000,
                "tsuichokin_nofu_gaku": 5_000,
                "tokusoku_nofu_gaku": 100_001,
            },
            {},
            "itaku.0.tokusoku_nofu_gaku",
            "ooi",
        ),
        (
            {"tsuichokin": 5_000, "nofu_gaku": 105_000, "tokusoku_nofu_gaku": 100_001},
            {},
            "itaku.0.tokusoku_nofu_gaku",
            "ooi",
        ),
        # 確定より3,000円多いのは追徴金の納付。0円では足りない。
        (
            {"tsuichokin": 5_000, "nofu_gaku": 103_000, "tsuichokin_nofu_gaku": 0},
            {},
            "itaku.0.tsuichokin_nofu_gaku",
            "sukunai",
        ),
        ({"ippan_kyoshutsukin": 10}, {}, "itaku.0.ippan_nofu_gaku", "hissu"),
        ({"ippan_nofu_gaku": 10}, {}, "itaku.0.ippan_kyoshutsukin", "hissu"),
        (
            {"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 11},
            {},
            "itaku.0.ippan_nofu_gaku",
            "kakutei_choka",
        ),
        (
            {"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 9, "ippan_tokusoku_nofu_gaku": 10},
            {},
            "itaku.0.ippan_tokusoku_nofu_gaku",
            "ooi",
        ),
        ({"ippan_tsuichokin": 1}, {}, "itaku.0.ippan_kyoshutsukin", "hissu"),
        (
            {"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 13, "ippan_tsuichokin": 2},
            {},
            "itaku.0.ippan_nofu_gaku",
            "kakutei_choka",
        ),
        (
            {"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10, "ippan_tsuichokin_nofu_gaku": 1},
            {},
            "itaku.0.ippan_tsuichokin_nofu_gaku",
            "ooi",
        ),
        (
            {
                "ippan_kyoshutsukin": 10,
                "ippan_tsuichokin": 5,
                "ippan_nofu_gaku": 13,
                "ippan_tsuichokin_nofu_gaku": 0,
            },
            {},
            "itaku.0.ippan_tsuichokin_nofu_gaku",
            "sukunai",
        ),
        (
            {
                "ippan_kyoshutsukin": 10,
                "ippan_tsuichokin": 5,
                "ippan_nofu_gaku": 15,
                "ippan_tokusoku_nofu_gaku": 11,
            },
            {},
            "itaku.0.ippan_tokusoku_nofu_gaku",
            "ooi",
        ),
        ({"shamei": "x"}, {}, "itaku.0.shamei", "shiranai_komoku"),
        ({"kakutei_hokenryo": 0, "nofu_gaku": 0}, {}, "itaku", "gokei_0"),
        ({}, {"nendo": 2009}, "nendo", "nendo_hanigai"),
        ({}, {"nendo": 2026}, "nendo", "nendo_hanigai"),
        ({}, {"nendo": 2011, "denshika_tanka": 460}, "denshika_tanka", "mada_nai"),
        ({}, {"settei": {"hasu": "shisha"}}, "settei.hasu", "sentaku"),
        ({}, {"itaku": []}, "itaku", "kazu"),
    ],
)
def test_bad_input(gyo: dict[str, Any], more: dict[str, Any], field: str, code: str) -> None:
    answer = calc("hoshokin", {"nendo": 2025, "itaku": itaku(gyo), **more})
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]
    if field.startswith("itaku."):
        # どの行の、どの列かを言う。
        assert re.match(r"枝番号001( [^:]+)?: ", answer.errors[0].bun)


@pytest.mark.parametrize(
    ("eda", "onaji"),
    [("1", True), ("０01", True), ("00001", True), (" 001 ", True), ("1-1", False), ("A1", False)],
)
def test_numbers_of_the_establishment_are_the_same_as_numbers(eda: str, onaji: bool) -> None:
    """表計算ソフトは「001」の 0 を消す。二重に数えない。"""
    answer = calc("hoshokin", {"nendo": 2025, "itaku": itaku({}, {"eda": eda})})
    assert isinstance(answer, NyuryokuAyamari) is onaji
    if isinstance(answer, NyuryokuAyamari):
        assert [(e.field, e.code) for e in answer.errors] == [("itaku.1.eda", "onaji_eda")]
        assert f"「001」と「{eda}」は、数として同じです" in answer.errors[0].message
    kawari = kawaru({"nendo": 2025, "itaku": itaku({})}, "1", rodoshasu=5)
    assert isinstance(kawari, Kawari)


def test_years_that_can_be_typed_are_told() -> None:
    for nendo in (2009, 2026):
        answer = calc("hoshokin", {"nendo": nendo, "itaku": itaku({})})
        assert isinstance(answer, NyuryokuAyamari)
        assert "確定の保険年度は、平成22年度〜令和7年度です" in answer.errors[0].message


def test_choices_are_told_in_japanese_and_the_ids_only_in_json() -> None:
    gyo = itaku({"hoken_kankei": "両方", "nigen": "たぶん"})
    answer = calc("hoshokin", {"nendo": 2025, "itaku": gyo})
    assert isinstance(answer, NyuryokuAyamari)
    kankei, nigen = (e.message for e in answer.errors)
    assert "「労災と雇用の両方」「労災だけ」「雇用だけ」のどれか" in kankei
    assert "「はい」か「いいえ」で書いてください" in nigen
    assert not re.search("[a-z]", kankei + nigen)
    assert "ryohoken" not in answer.to_text()
    kankei, nigen = (e["message"] for e in answer.to_json()["errors"])
    assert "ryohoken（労災と雇用の両方）" in kankei
    assert "true（はい）" in nigen
    assert all(set(e) == {"field", "code", "message"} for e in answer.to_json()["errors"])


def test_premiums_paid_up_to_the_limit_are_accepted() -> None:
    tsuichokin = {"tsuichokin": 5_000, "nofu_gaku": 105_000, "tokusoku_nofu_gaku": 100_000}
    assert v(tsuichokin)["teiritsu"] == 0
    tari = {"tsuichokin": 5_000, "nofu_gaku": 103_000, "tsuichokin_nofu_gaku": 3_000}
    assert v(tari)["teiritsu"] == 2_000


def test_establishments_that_do_not_count_are_checked_for_form_only() -> None:
    ippan = {"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10}
    ooi = {"rodoshasu": 16, "nofu_gaku": 150_000, "tokusoku_nofu_gaku": 160_000}
    tada = v(ippan)
    kei = ("hoshokin", "ippan_hoshokin", "nofu_ritsu", "taisho_kensu")
    for hoka in (
        ooi,
        {**ooi, "ippan_kyoshutsukin": 10},
        {**ooi, **ippan, "ippan_nofu_gaku": 11},
        {**ooi, "ippan_nofu_gaku": 10},
        {**ooi, "tsuichokin_nofu_gaku": 1},
    ):
        got = v(ippan, hoka)
        assert {k: got[k] for k in kei} == {k: tada[k] for k in kei}
    # 対象でない事業場にだけ一般拠出金があっても、ほかの事業場に求めない。
    assert v({}, {"rodoshasu": 16, **ippan})["ippan_hoshokin"] is None
    answer = calc("hoshokin", {"nendo": 2025, "itaku": itaku({}, {**ooi, "nofu_gaku": "x"})})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["itaku.1.nofu_gaku"]


def test_denshika_says_why_it_is_0() -> None:
    def bun(answer: Keisan) -> str:
        return next(w.message for w in answer.warnings if w.code == "denshika")

    assert "要件を満たさないので、電子化分も0円" in bun(
        keisan({"nofu_gaku": 94_999}, denshika_tanka=460)
    )
    assert "460円 に対象の事業場の全部の件数を掛けました" in bun(keisan({}, denshika_tanka=460))


@pytest.mark.parametrize(
    ("nendo", "kotoba"),
    [
        (2018, None),
        (2019, "交付申請の期限が令和3年2月1日に延びました"),
        (2020, None),
        (2023, "交付申請の期限が令和7年1月31日に延びました"),
        (2024, "判定日が令和7年10月31日に延びました（令和7年厚生労働省告示270号）"),
        (2025, None),
    ],
)
def test_dates_moved_by_disasters(nendo: int, kotoba: str | None) -> None:
    a = keisan({}, nendo=nendo)
    chui = [w.message for w in a.warnings if w.code == "kijitsu_tokurei"]
    assert len(chui) == (kotoba is not None)
    if kotoba:
        assert kotoba in chui[0]
    # 告示は資料1つだけなので、確かさが低いことも言う。
    utagai = [w.message for w in a.warnings if w.code == "kakunin_hikui"]
    assert any("輪島市" in m for m in utagai) is (nendo == 2024)


def test_zero_workers_warn_with_the_number_of_the_establishment() -> None:
    a = keisan({"rodoshasu": 0}, {}, {"rodoshasu": "0人"})
    (chui,) = (w.message for w in a.warnings if w.code == "rodoshasu_0")
    assert "枝番号 001、003" in chui
    assert "rodoshasu_0" not in codes(keisan({}))


def test_all_rows_with_errors_are_told_at_once() -> None:
    gyo = itaku({"nofu_gaku": 100_001}, {}, {"eda": "００１"}, {"nofu_gaku": "x円"})
    answer = calc("hoshokin", {"nendo": 2025, "itaku": gyo})
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [
        ("itaku.3.nofu_gaku", "en"),
        ("itaku.2.eda", "onaji_eda"),
        ("itaku.0.nofu_gaku", "kakutei_choka"),
    ]
    nashi = itaku({"ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10}, {"hoken_kankei": "rosai"})
    answer = calc("hoshokin", {"nendo": 2025, "itaku": nashi})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.field for e in answer.errors] == ["itaku.1.ippan_kyoshutsukin"]


def test_odd_rows_warn() -> None:
    a = keisan(
        {"nigen": True, "ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10},
        {"hoken_kankei": "koyo", "ippan_kyoshutsukin": 10, "ippan_nofu_gaku": 10},
    )
    assert {"nigen_ryohoken", "koyo_ippan"} <= codes(a)


# ---- いちばん少ない未納、並べる順 ---------------------------------------
@st.composite
def gyo(draw: st.DrawFn) -> dict[str, Any]:
    kakutei = draw(st.integers(1, 2_000))
    nofu = draw(st.one_of(st.just(kakutei), st.integers(0, kakutei)))
    ippan = draw(st.integers(1, 200))
    return {
        "ippan_kyoshutsukin": ippan,
        "ippan_nofu_gaku": draw(st.one_of(st.just(ippan), st.integers(0, ippan))),
        "ippan_tsuichokin": draw(st.sampled_from([0, 0, 7])),
        "rodoshasu": draw(st.sampled_from([1, 4, 5, 15, 16])),
        "hoken_kankei": draw(st.sampled_from(["ryohoken", "rosai", "koyo"])),
        "nigen": draw(st.booleans()),
        "kakutei_hokenryo": kakutei,
        "nofu_gaku": nofu,
        "tokusoku_nofu_gaku": draw(st.integers(0, nofu)),
        "entaikin": draw(st.sampled_from([0, 0, 30])),
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(gyo(), min_size=1, max_size=7))
def test_tarinai_is_the_fewest(rows: list[dict[str, Any]]) -> None:
    """全部の組み合わせを試し、これより少ない件数では95%に届かないこと。"""
    answer = calc("hoshokin", {"nendo": 2025, "itaku": itaku(*rows)})
    if not isinstance(answer, Keisan):
        assert all(r["rodoshasu"] > 15 for r in rows)
        return
    taisho = [r for r in rows if r["rodoshasu"] <= 15]
    ippan = [
        (r["ippan_kyoshutsukin"] + r["ippan_tsuichokin"], r["ippan_nofu_gaku"]) for r in taisho
    ]
    check_fewest(answer, ippan, ippan=True)
    subeki = sum(r["kakutei_hokenryo"] + r["entaikin"] for r in taisho)
    nofu = sum(r["nofu_gaku"] for r in taisho)
    gaku = [(r["kakutei_hokenryo"] + r["entaikin"], r["nofu_gaku"]) for r in taisho]
    check_fewest(answer, gaku, ippan=False)
    assert answer.values["yoken_95"] is (100 * nofu >= 95 * subeki)
    assert (answer.values["yoyu"] >= 0) is answer.values["yoken_95"]
    assert Fraction(answer.values["nofu_ritsu"]) == Fraction(nofu, subeki)


def check_fewest(answer: Keisan, gaku: list[tuple[int, int]], *, ippan: bool) -> None:
    """納めるべき額と納めた額の組から、全部の選び方を試す。"""
    subeki, nofu = (sum(x) for x in zip(*gaku, strict=True))
    mino = [s - n for s, n in gaku]

    def todoku(osameru: tuple[int, ...]) -> bool:
        return 100 * (nofu + sum(osameru)) >= 95 * subeki

    fewest = next(k for k in range(len(mino) + 1) if any(map(todoku, combinations(mino, k))))
    erabi = tarinai(answer, ippan=ippan)
    assert len(erabi) == fewest
    assert todoku(tuple(m.mino_gaku for m in erabi))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(gyo(), min_size=1, max_size=6).flatmap(
        lambda r: st.tuples(st.just(r), st.permutations(r))
    )
)
def test_order_does_not_matter(narabi: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    a, b = (calc("hoshokin", {"nendo": 2025, "itaku": itaku(*rows)}) for rows in narabi)
    assert type(a) is type(b)
    if isinstance(a, Keisan) and isinstance(b, Keisan):
        assert {k: x for k, x in a.values.items() if k != "jigyojo"} == {
            k: x for k, x in b.values.items() if k != "jigyojo"
        }
        check_steps([s for s in a.lines if s.unit == "円"])


# ---- 1つの事業場が変わったら --------------------------------------------
@pytest.mark.parametrize(
    ("kaeru", "sa", "kotoba"),
    [
        ({"rodoshasu": 5}, -6_200, "6号イ 5人未満・二保険 → 7号イ 5〜15人・二保険"),
        ({"rodoshasu": 16}, -14_400, "対象の事業場: 2件 → 1件（−1件）"),
        ({"tokusoku_nofu_gaku": 100_000}, -2_000, "定率の額: 4,000円 → 2,000円（−2,000円）"),
        ({"nigen": True}, -6_200, "この事業場の定額: 12,400円 → 6,200円（−6,200円）"),
        ({"nofu_gaku": 0}, -28_800, "95%以上を納めたか: 95%以上を納めた → 95%に足りない"),
        ({"rodoshasu": 3}, 0, ""),
    ],
)
def test_kawaru(kaeru: dict[str, Any], sa: int, kotoba: str) -> None:
    kawari = kawaru({"nendo": 2025, "itaku": itaku({}, {})}, "００１", **kaeru)
    assert isinstance(kawari, Kawari)
    assert kawari.sa == sa
    assert any(kotoba in r for r in kawari.riyu) if kotoba else kawari.riyu == ()


def test_kawaru_from_15_to_16() -> None:
    kawari = kawaru({"nendo": 2025, "itaku": itaku({"rodoshasu": 15}, {})}, "001", rodoshasu=16)
    assert isinstance(kawari, Kawari)
    assert kawari.sa == -(6_200 + 2_000)


def test_kawaru_says_what_is_wrong() -> None:
    data = {"nendo": 2025, "itaku": itaku({})}
    assert isinstance(kawaru(data, "999", rodoshasu=5), NyuryokuAyamari)
    assert isinstance(kawaru(data, "001", rodoshasu="x"), NyuryokuAyamari)
    assert isinstance(kawaru(data, "001", rodoshasu=16), Taishogai)


# ---- 申請書、見本 --------------------------------------------------------
def test_shinseisho() -> None:
    text = shinseisho(
        keisan(
            {"tsuichokin": 5_000, "nofu_gaku": 105_000},
            {"rodoshasu": 15, "tokusoku_nofu_gaku": 30_000},
            {"hoken_kankei": "koyo", "nofu_gaku": 90_000},
            {"rodoshasu": 16},
        )
    )
    assert text.splitlines()[1:11] == [
        "1号 令和7年度の確定保険料の総額: 300,000円",
        "2号 1号のうち、納付した総額: 290,000円",
        "3号 追徴金・延滞金の総額: 5,000円",
        "3号 追徴金・延滞金のうち、納付した総額: 5,000円",
        "4号 徴収法27条3項の処分（滞納処分）を受けたか: 無",
        "5号 2号のうち、督促を受けずに納付した額: 260,000円",
        "6号イ 5人未満の委託事業の数（二保険）: 1件",
        "6号ロ 5人未満の委託事業の数（それ以外）: 1件",
        "7号イ 5人以上15人以下の委託事業の数（二保険）: 1件",
        "7号ロ 5人以上15人以下の委託事業の数（それ以外）: 0件",
    ]
    assert "令和8年10月15日まで" in text
    assert "一般拠出金" not in text
    ippan = {"ippan_kyoshutsukin": 1000, "ippan_nofu_gaku": 990, "ippan_tokusoku_nofu_gaku": 40}
    text = shinseisho(keisan(ippan, taino_shobun=True))
    assert "処分（滞納処分）を受けたか: 有" in text
    assert "扱っていません" not in text
    ippan |= {"ippan_tsuichokin": 100, "ippan_nofu_gaku": 1060}
    text = shinseisho(keisan(ippan, taino_shobun=True, ippan_taino_shobun=False))
    assert text.splitlines()[12:18] == [
        "1号 一般拠出金（確定した額）の総額: 1,000円",
        "2号 1号のうち、納付した総額: 1,000円",
        "3号 追徴金・延滞金の総額: 100円",
        "3号 追徴金・延滞金のうち、納付した総額: 60円",
        "4号 徴収法27条3項の処分（滞納処分）を受けたか: 無",
        "5号 2号のうち、督促を受けずに納付した額: 960円",
    ]
    assert text.splitlines()[5] == "4号 徴収法27条3項の処分（滞納処分）を受けたか: 有"
    ippan = {"ippan_kyoshutsukin": 1000, "ippan_nofu_gaku": 990, "ippan_tokusoku_nofu_gaku": 40}
    text = shinseisho(keisan(ippan, taino_shobun=True))
    assert text.splitlines()[-2] == "5号 2号のうち、督促を受けずに納付した額: 950円"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(gyo(), st.integers(0, 900), st.integers(0, 90)), min_size=1, max_size=6),
    st.sampled_from(list(SETTEI["nofu_choka"][1])),
)
def test_no_part_is_more_than_its_whole(
    rows: list[tuple[dict[str, Any], int, int]], choka: str
) -> None:
    """申請書の「うち」の額は、もとの額まで。5号は、定率を掛けた額。"""
    itaku_ = itaku(
        *(
            {**k, "nofu_gaku": k["nofu_gaku"] + a, "ippan_nofu_gaku": k["ippan_nofu_gaku"] + b}
            for k, a, b in rows
        )
    )
    data = {"nendo": 2025, "itaku": itaku_, "settei": {"nofu_choka": choka}}
    answer = calc("hoshokin", data)
    if not isinstance(answer, Keisan):
        return
    for jiko, kiso in ((hokenryo_no_jiko, "teiritsu_kiso"), (ippan_no_jiko, "ippan_teiritsu_kiso")):
        go = [(j.bango, int(j.atai[:-1].replace(",", ""))) for j in jiko(answer.run)[:4]]
        go.append(("5号", int(jiko(answer.run)[5].atai[:-1].replace(",", ""))))
        (_, zenbu), (_, nofu), (_, tsuicho), (_, tsuicho_nofu), (_, nashi) = go
        assert nashi <= nofu <= zenbu
        assert tsuicho_nofu <= tsuicho
        assert nashi == answer.run[kiso]


@pytest.mark.parametrize(
    ("choka", "nofu", "nashi"),
    [("gokei", "1,000,000円", "1,000,000円"), ("jigyo", "980,000円", "980,000円")],
)
def test_overpayment_is_cut_the_same_way_on_the_application(
    choka: str, nofu: str, nashi: str
) -> None:
    """50万円に60万円、50万円に48万円納めた。一般拠出金は1,000円に1,200円、1,000円に960円。"""
    gyo_ = [
        {"kakutei_hokenryo": 500_000, "nofu_gaku": n, "ippan_kyoshutsukin": 1_000}
        for n in (600_000, 480_000)
    ]
    gyo_ = [{**k, "ippan_nofu_gaku": k["nofu_gaku"] // 500} for k in gyo_]
    run = keisan(*gyo_, settei={"nofu_choka": choka}).run
    assert [j.atai for j in hokenryo_no_jiko(run) if j.bango in ("2号", "5号")] == [nofu, nashi]
    sen = {"gokei": "2,000円", "jigyo": "1,960円"}[choka]
    assert [j.atai for j in ippan_no_jiko(run) if j.bango in ("2号", "5号")] == [sen, sen]


def mihon() -> list[dict[str, str]]:
    path = data_dir() / "samples" / "itaku_hoshokin.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_sample_by_hand() -> None:
    """見本の60件を、条文から別に計算する。"""
    from hoken_calc.ui.hoshokin import HoshokinGamen

    def en(text: str) -> int:
        return int(text.replace(",", "") or 0)

    rows = [r for r in mihon() if int(r["労働者数"]) <= 15]
    assert (len(mihon()), len(rows)) == (60, 48)
    subeki = sum(en(r["確定保険料"]) + en(r["追徴金"]) + en(r["延滞金"]) for r in rows)
    nofu = sum(en(r["納付額"]) for r in rows)
    kiso = sum(
        en(r["納付額"]) - en(r["督促後の納付"]) - en(r["追徴金・延滞金の納付"]) for r in rows
    )
    tanka = {(True, True): 12400, (True, False): 6200, (False, True): 6200, (False, False): 3100}
    teigaku = sum(
        tanka[
            int(r["労働者数"]) < 5,
            r["保険関係"] == "労災と雇用の両方" and r["二元適用"] != "はい",
        ]
        for r in rows
    )
    ippan = sum(en(r["一般拠出金の納付"]) - en(r["一般拠出金の督促後の納付"]) for r in rows)
    gamen = HoshokinGamen()
    gamen._rei()
    answer = gamen.answer
    assert isinstance(answer, Keisan)
    got = answer.values
    assert Fraction(got["nofu_ritsu"]) == Fraction(nofu, subeki)
    assert got["yoken_95"] is (100 * nofu >= 95 * subeki) is False
    assert (got["teiritsu"], got["teigaku"]) == (kiso * 2 // 100, teigaku)
    assert got["ippan_hoshokin"] == ippan * 35 // 1000
    assert (got["hoshokin"], len(tarinai(answer))) == (0, 2)


# ---- 画面 ----------------------------------------------------------------
def test_many_establishments_are_not_opened_into_columns() -> None:
    """60件を1つにまとめた表の答えは、事務組合の額だけ。事業場ごとの値は列に開かない。"""
    itaku_ = ({f"itaku.{k}": x for k, x in {**KIHON, "eda": str(i)}.items()} for i in range(60))
    frame = pd.DataFrame({**k, "nendo": 2025} for k in itaku_)
    hyo = batch.calc("hoshokin", frame)
    assert hyo.errors.empty
    assert len(hyo.values) == 1
    assert not [c for c in hyo.values.columns if c.startswith("jigyojo")]
    assert len(hyo.values.columns) < 30


def test_xlsx_gives_the_same_as_csv(tmp_path: Path) -> None:
    import openpyxl

    from hoken_calc.ui.hoshokin import HoshokinGamen

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(list(mihon()[0]))
    for r in mihon():
        book.active.append(list(r.values()))
    path = tmp_path / "mihon.xlsx"
    book.save(path)
    csv_path = data_dir() / "samples" / "itaku_hoshokin.csv"
    ichiran = HoshokinGamen().ichiran
    a, b = (ichiran.yonda(p.name, p.read_bytes()) for p in (path, csv_path))
    assert a == b


def test_screen_with_300_rows_and_what_if() -> None:
    from hoken_calc.ui.hoshokin import KAZU, RETSU, HoshokinGamen

    gamen = HoshokinGamen()
    gyo = {"枝番号": "", "労働者数": "４人", "保険関係": "労災と雇用の両方"}
    gyo |= {"確定保険料": "100,000円", "納付額": "１００，０００"}
    gamen.hyo.atai = [[{**gyo, "枝番号": f"{i:03}"}.get(c, "") for c in RETSU] for i in range(KAZU)]
    assert isinstance(gamen.answer, Keisan)
    assert gamen.answer.values["hoshokin"] == 300 * (2_000 + 12_400)
    assert gamen.kekka.html.count("<tr") > KAZU
    gamen.dare.widget.value = "007"
    gamen.nin.widget.value = "16"
    assert "14,400円 減ります" in gamen.moshimo.html
    gamen.nani.widget.value = "tokusoku"
    assert "2,000円 減ります" in gamen.moshimo.html
    assert "一般拠出金の定率" in gamen.settei[2].hojo.value
    gamen.hyo.atai = [[*gamen.hyo.atai[0][:5], "100,001", *gamen.hyo.atai[0][6:]]] + [
        list(r) for r in gamen.hyo.atai[1:]
    ]
    assert "枝番号000: 納付額が" in gamen.omona.html
    assert list(gamen.hyo.ayamari) == ["0,5"]


def hyo_no_gyo(kazu: int) -> list[list[str]]:
    from hoken_calc.ui.hoshokin import RETSU

    atai = ("", "4", "労災と雇用の両方", "いいえ", "100000", "100000")
    gyo = [[str(i + 1), *atai[1:]] for i in range(kazu)]
    return [row + [""] * (len(RETSU) - len(row)) for row in gyo]


def haru(gamen: Any, kazu: int) -> None:
    text = "\n".join("\t".join(row[:6]) for row in hyo_no_gyo(kazu))
    gamen.hyo.hari = {"text": text, "gyo": 0, "retsu": 0}


def nashi(gamen: Any) -> bool:
    """額も、要件も、申請書も無い。"""
    html = gamen.omona.html + gamen.kekka.html + gamen.owari.html + gamen.moshimo.html
    return not any(x in html for x in ("hk-omona", "hk-yoken", "hk-utsusu", "報奨金の合計は"))


def test_a_paste_that_does_not_fit_gives_no_yen() -> None:
    """350件を300件として計算しない（300件なら 4,320,000円、350件なら 5,040,000円）。"""
    from hoken_calc.ui.hoshokin import HoshokinGamen

    gamen = HoshokinGamen()
    haru(gamen, 300)
    assert "4,320,000" in gamen.omona.html
    for _ in range(2):
        haru(gamen, 350)
        assert nashi(gamen)
        assert "貼り付けた 350行6列は" in gamen.omona.html
        assert "10,000件まで" in gamen.omona.html
    # 前の300件は、そのまま残る。書き直せば、その一覧の答え。
    gamen.hyo.atai = hyo_no_gyo(2)
    assert "28,800" in gamen.omona.html
    haru(gamen, 350)
    gamen._kesu(None)
    assert "委託事業場を入れてください" in gamen.omona.html


def test_a_file_longer_than_the_table_is_reckoned_whole() -> None:
    from hoken_calc.ui.hoshokin import KUWASHII, HoshokinGamen

    gamen = HoshokinGamen()
    gamen.ichiran.ireru(hyo_no_gyo(350))
    assert "5,040,000" in gamen.omona.html
    assert "ファイルの 350 件を計算しています" in gamen.omona.html
    assert gamen.kekka.html.count("<tr><th scope='row'>") == 350
    assert "6号イ 5人未満の委託事業の数（二保険）: 350件" in gamen.owari.html
    gamen.nin.widget.value = "16"
    assert "14,400円 減ります" in gamen.moshimo.html
    gamen.ichiran.ireru(hyo_no_gyo(KUWASHII + 1))
    assert "10,000,000" in gamen.omona.html  # 上限
    assert gamen.moshimo.html == ""
    assert gamen.moshimo_hako.layout.display == "none"
    # 表に書けば、表の一覧に戻る。
    gamen.hyo.atai = hyo_no_gyo(1)
    assert "14,400" in gamen.omona.html
    gamen.ichiran.ireru(hyo_no_gyo(10_001))
    assert nashi(gamen)
    assert "10000個" in gamen.omona.html


def test_a_file_not_wholly_read_gives_no_yen() -> None:
    from hoken_calc.ui.hoshokin import HoshokinGamen

    gamen = HoshokinGamen()
    head = "枝番号,労働者数,保険関係,確定保険料,納付額\n001,4,雇用だけ,100,100\n"
    gamen.ichiran.ireru(*gamen.ichiran.yonda("x.csv", f"{head}002,4,雇用だけ,1,000,100\n".encode()))
    assert nashi(gamen)
    assert "3行目" in gamen.omona.html
    assert "計算していません" in gamen.omona.html
    gamen.ichiran.ireru(hyo_no_gyo(1))
    assert not nashi(gamen)
    gamen.ichiran.file.value = ({"name": "x.csv", "content": b"a,b\n1,2\n"},)
    gamen.ichiran.yomu()
    assert nashi(gamen)
    assert "見出しに" in gamen.omona.html
    gamen.hyo.atai = hyo_no_gyo(2)
    assert "28,800" in gamen.omona.html


def test_both_judgments_are_on_the_page() -> None:
    from hoken_calc.ui.hoshokin import RETSU, HoshokinGamen

    gamen = HoshokinGamen()
    (row,) = hyo_no_gyo(1)
    atai = dict(zip(RETSU, row, strict=True)) | {"一般拠出金": "1,000", "一般拠出金の納付": "900"}
    gamen.hyo.atai = [list(atai.values())]
    assert "どの未納で95%を割ったか（一般拠出金）" in gamen.kekka.html
    assert "枝番号1: 100円" in gamen.kekka.html
    assert gamen.kekka.html.count("× 満たさない") == 1
    gamen.hyo.atai = [list((atai | {"一般拠出金の納付": "1,000"}).values())]
    gamen.taino.widget.value = True
    assert gamen.kekka.html.count("× 満たさない") == 2
    gamen.ippan_taino.widget.value = "nashi"
    assert gamen.kekka.html.count("× 満たさない") == 1
    assert "35<small>" in gamen.omona.html
    assert "（要件を満たさない）" in gamen.kekka.html
    gamen.nani.widget.value = "kanno"
    assert "変わりません" in gamen.moshimo.html


def test_the_page_promises_no_yen_while_the_conditions_fail() -> None:
    """95%に2件の未納で足りない。1件だけでは戻らない。上限の額も、申請書も、断りをつける。"""
    from hoken_calc.ui.hoshokin import fusoku, gaku_no_zu, jigyojo_no_hyo, utsusu

    ooki = {"kakutei_hokenryo": 300_000_000, "nofu_gaku": 300_000_000}
    mino = {**ooki, "nofu_gaku": 220_000_000}
    answer = keisan(ooki, mino, mino)
    assert len(tarinai(answer)) == 2
    assert "2件</strong> が全部納めれば" in fusoku(answer)
    assert "その日の後に納めた額は、この判定に入りません" in fusoku(answer)
    assert "色のついた行の事業場が全部納めれば、95%に戻ります" in jigyojo_no_hyo(answer)
    assert "要件を満たしても、<strong>10,000,000円</strong> まで" in gaku_no_zu(answer)
    kotowari = "労働保険料に係る報奨金は、要件を満たさないので交付されません"
    assert kotowari in utsusu(answer)
    manzoku = keisan(ooki, ooki, ooki)
    assert "上限を超えるので、<strong>10,000,000円</strong> まで" in gaku_no_zu(manzoku)
    assert "交付されません" not in utsusu(manzoku)


def test_the_link_names_the_list_first() -> None:
    from hoken_calc.ui.hoshokin import HoshokinGamen

    gamen = HoshokinGamen()
    gamen._rei()
    assert gamen.waku
    gyo = [row for row in gamen.hyo.atai if any(row)]
    gamen.hyo.ireru([[str(i), *row[1:]] for i, row in enumerate(gyo * 4, 1)])
    gamen._link_ni(None)
    assert gamen.dogu.link_nashi[0] == "表の中身（委託事業場）"


def test_the_link_carries_a_list_without_the_branch_numbers() -> None:
    from hoken_calc.ui.hoshokin import HoshokinGamen

    moto, ato = HoshokinGamen(), HoshokinGamen()
    moto._rei()
    assert moto.waku
    moto._link_ni(None)
    assert "枝番号" in moto.dogu.link_nashi
    assert "表の中身（委託事業場）" not in moto.dogu.link_nashi
    assert "itaku=_24_" in moto.dogu.link
    ato.dogu.toi = moto.dogu.link
    assert ato.dogu.link_ayamari == []
    kaita = [row for row in ato.hyo.atai if any(row)]
    assert [row[0] for row in kaita] == [str(i) for i in range(1, 61)]
    assert [row[1:] for row in kaita] == [row[1:] for row in moto.hyo.atai if any(row)]
    assert ato.omona.html == moto.omona.html
    assert "枝番号" in ato.hyo.shirase
