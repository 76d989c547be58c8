"""公表された例・手計算の例と、1円も違わないこと。"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

from conftest import golden
from hoken_calc import batch, calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.nendo_koshin import RETSU, hiraku
from hoken_calc.tables import NotCovered, table

REI = golden("nendo_koshin")


@pytest.mark.parametrize("rei", REI, ids=[r["id"] for r in REI])
def test_rei(rei: dict[str, Any]) -> None:
    answer = calc("nendo_koshin", rei["入力"])
    assert isinstance(answer, Keisan), answer
    assert {k: answer.values[k] for k in rei["値"]} == rei["値"]
    kibetsu = answer.values["kibetsu"] or []
    for key, name in (("期の納付額", "nofu_gaku"), ("期の概算", "gaisan")):
        if key in rei:
            assert [k[name] for k in kibetsu] == rei[key]
    if "納期限" in rei:
        assert [k["nofu_kigen"] for k in kibetsu] == list(map(date.fromisoformat, rei["納期限"]))


def test_all_golden_cases_are_verified_ones_or_say_so() -> None:
    assert {r["区分"] for r in REI} <= {"公表", "手計算", "回帰"}
    assert all("出典" in r for r in REI if r["区分"] == "公表")
    assert len({r["id"] for r in REI}) == len(REI)


def flat(data: dict[str, Any]) -> dict[str, Any]:
    out = {}
    for column, (path, _) in RETSU.items():
        x: Any = data
        for p in path:
            x = x.get(p) if isinstance(x, dict) else None
        if isinstance(x, list):
            x = sum(k["nichigaku"] * 365 for k in x)
        if x is not None and not isinstance(x, dict):
            out[column] = x
    return out


def test_batch_gives_the_same_on_every_golden_case() -> None:
    hyo = batch.calc("nendo_koshin", pd.DataFrame([flat(r["入力"]) for r in REI]))
    assert hyo.errors.empty, hyo.errors.to_string()
    for i, rei in enumerate(REI):
        answer = calc("nendo_koshin", rei["入力"])
        assert isinstance(answer, Keisan)
        got = {
            k: None if pd.isna(v) else v.date() if isinstance(v, pd.Timestamp) else v
            for k, v in hyo.values.loc[i].items()
        }
        assert got == hiraku(answer.values), rei["id"]


def test_the_share_of_the_workers_of_2016() -> None:
    """公表例 e-08（aki-office）: 平成28年度の建設14のうち、会社9、本人5。"""
    (rei,) = (r for r in REI if r["id"] == "e-08")
    answer = calc("nendo_koshin", rei["入力"])
    assert isinstance(answer, Keisan)
    assert answer.run["koyo_rodosha_futan"] == 130_000
    assert answer.run["koyo_jigyonushi_futan"] == 234_000


@pytest.mark.parametrize(
    ("nendo", "kubun", "ritsu"),
    [
        (2016, "ippan", (11, 4, 7, 8, 0, 3)),
        (2016, "norin_suisan_seishu", (13, 5, 8, 10, 0, 3)),
        (2016, "kensetsu", (14, 5, 9, 10, 0, 4)),
        (2017, "ippan", (9, 3, 6, 6, 0, 3)),
    ],
)
def test_the_oldest_koyo_rates(nendo: int, kubun: str, ritsu: tuple[int, ...]) -> None:
    row = table("koyo_hokenritsu").find(date(nendo, 4, 1), kubun)
    retsu = ("ritsu", "rodosha_ritsu", "jigyonushi_ritsu")
    retsu += ("shitsugyo_ritsu", "ikuji_ritsu", "nijigyo_ritsu")
    assert tuple(row[k] * 1000 for k in retsu) == ritsu
    assert table("koyo_hokenritsu").find(date(nendo + 1, 3, 31), kubun) is row


def test_before_the_oldest_koyo_rate_is_refused() -> None:
    with pytest.raises(NotCovered, match="平成28年4月1日 から"):
        table("koyo_hokenritsu").find(date(2016, 3, 31), "ippan")
    (rei,) = (r for r in REI if r["id"] == "e-08")
    answer = calc("nendo_koshin", {**rei["入力"], "nendo": 2015})
    assert isinstance(answer, NyuryokuAyamari)
    assert (answer.errors[0].field, answer.errors[0].code) == ("nendo", "nendo_hanigai")


@pytest.mark.parametrize(
    ("nendo", "more", "kotoba"),
    [
        (2016, {}, "4月1日に64歳以上"),
        (2019, {}, "令和2年度からは免除がありません"),
        (2019, {"kakutei_nomi": True}, "4月1日に64歳以上"),
        (2020, {}, ""),
        (2016, {"hoken_kankei": "rosai", "gyoshu": "94", "chingin": {"rosai": 1000}}, ""),
    ],
)
def test_the_exemption_of_the_aged_is_told(nendo: int, more: dict[str, Any], kotoba: str) -> None:
    (rei,) = (r for r in REI if r["id"] == "e-08")
    answer = calc("nendo_koshin", {**rei["入力"], "nendo": nendo, **more})
    assert isinstance(answer, Keisan)
    found = [c.message for c in answer.chui if c.code == "korei_menjo"]
    assert [kotoba in m for m in found] == ([True] if kotoba else [])
    assert ("令和2年度から" in "".join(found)) == (nendo == 2019 and not more)


@pytest.mark.parametrize(
    ("chingin", "kojo"), [(266_750, 1600), (250_084, 1501), (266_751, 1601), (250_083, 1500)]
)
def test_gojussen(chingin: int, kojo: int) -> None:
    """公表例 e-05（keirekisyo.net）: 50銭以下は切り捨て、超えれば切り上げ。"""
    from hoken_calc.hasu_shori import GOJUSSEN_IKA_KIRISUTE

    assert GOJUSSEN_IKA_KIRISUTE.apply(Fraction(chingin * 6, 1000)) == kojo


@pytest.mark.parametrize(
    ("chingin", "mikomi", "kiso", "chui"),
    [
        # 切れば 50,286千円でちょうど200%。切らなければ 50,286,900 ＞ 50,286,420。
        (25_143_210, 50_286_900, 25_143_000, True),
        (25_143_210, 50_286_420, 25_143_000, False),
        (25_143_210, 50_287_000, 50_287_000, False),
        # 切れば 20,001千円 ＞ 20,000千円。切らなければ 20,001,500 ≦ 20,001,998。
        (10_000_999, 20_001_500, 20_001_000, True),
        # 50%の側: 切れば 12,000千円 ≧ 12,000千円。切らなければ 12,000,100 ＜ 12,000,499.5。
        (24_000_999, 12_000_100, 24_000_000, True),
        # 切れば 11,999千円 ＜ 12,000千円。切らなければ 11,999,999 ＜ 12,000,000 も同じ。
        (24_000_000, 11_999_999, 11_999_000, False),
        # 切ってどちらも同じ額なら、どちらで比べても変わらない。
        (500, 100, 0, False),
    ],
)
@pytest.mark.parametrize(("kankei", "hoken"), [("rosai", "労災"), ("koyo", "雇用")])
def test_the_cut_that_decides_the_estimate_is_told(
    chingin: int, mikomi: int, kiso: int, chui: bool, kankei: str, hoken: str
) -> None:
    data = {
        "nendo": 2025,
        "hoshiki": "jimukumiai",
        "hoken_kankei": kankei,
        "gyoshu": "94" if kankei == "rosai" else None,
        "koyo_kubun": "ippan" if kankei == "koyo" else None,
        "chingin": {kankei: chingin},
        "mikomi": {kankei: mikomi},
        "shinkokuzumi_gaisan": 0,
        "kaisu": 1,
    }
    answer = calc("nendo_koshin", data)
    assert isinstance(answer, Keisan)
    assert answer.run[f"gaisan_{kankei}_kiso"] == kiso
    found = [c.message for c in answer.chui if c.code == "kirisute_kimeta"]
    assert len(found) == chui
    assert (f"{kankei}_kirisute_mae_joken" in [s.id for s in answer.lines]) == chui
    if chui:
        assert found[0].startswith(f"{hoken}の見込み")
    hyo = batch.calc("nendo_koshin", pd.DataFrame([flat(data)]))
    assert hyo.values["gaisan_hokenryo"].iloc[0] == answer.values["gaisan_hokenryo"]


def test_rows_that_cannot_be_compared_in_columns_are_counted_one_by_one() -> None:
    """前期・後期の列が無い表に、令和4年度の労災だけの行が混ざっても、表で計算できる。"""
    moto = {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 0, "kaisu": 1}
    rei: list[dict[str, Any]] = [
        {
            **moto,
            "nendo": 2022,
            "hoken_kankei": "rosai",
            "gyoshu": "94",
            "chingin": {"rosai": 1_000_999},
            "kakutei_nomi": False,
        },
        {
            **moto,
            "nendo": 2025,
            "hoken_kankei": "koyo",
            "koyo_kubun": "ippan",
            "chingin": {"koyo": 10_000_999},
            "mikomi": {"koyo": 20_001_500},
        },
    ]
    hyo = batch.calc("nendo_koshin", pd.DataFrame([flat(r) for r in rei]))
    assert hyo.errors.empty, hyo.errors.to_string()
    for i, r in enumerate(rei):
        answer = calc("nendo_koshin", r)
        assert isinstance(answer, Keisan)
        assert hyo.values.loc[i, "gaisan_hokenryo"] == answer.values["gaisan_hokenryo"]


def test_the_cut_of_the_halves_and_of_the_months_is_told() -> None:
    """令和4年度の前期・後期と月別の表でも、切り捨てる前の賃金と比べる。"""
    moto = {
        "hoshiki": "jimukumiai",
        "hoken_kankei": "koyo",
        "koyo_kubun": "ippan",
        "shinkokuzumi_gaisan": 0,
        "kaisu": 1,
    }
    # 前期・後期で切ると 10,000千円、切らないと 10,001,998円。
    wake = {"zenki": 5_000_999, "koki": 5_000_999}
    data = {**moto, "nendo": 2022, "chingin": {"koyo": wake}, "mikomi": {"koyo": 20_002_000}}
    answer = calc("nendo_koshin", data)
    assert isinstance(answer, Keisan)
    assert [c.code for c in answer.chui] == ["kirisute_kimeta"]
    tsuki = {"ninzu": [1] * 12, "en": [1_000_000] * 10 + [999, 0]}
    data = {
        **moto,
        "nendo": 2025,
        "chingin": {"tsukibetsu": {"hihokensha": tsuki}},
        "mikomi": {"koyo": 20_001_500},
    }
    answer = calc("nendo_koshin", data)
    assert isinstance(answer, Keisan), answer
    assert [c.code for c in answer.chui] == ["kirisute_kimeta"]
