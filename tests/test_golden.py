"""公表された例・手計算の例と、1円も違わないこと。"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

from conftest import golden
from hoken_calc import batch, calc
from hoken_calc.kekka import Keisan
from hoken_calc.nendo_koshin import RETSU, hiraku

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
    tsuki = {"ninzu": [1] * 12, "chingin": [1_000_000] * 10 + [999, 0]}
    data = {
        **moto,
        "nendo": 2025,
        "chingin": {"tsukibetsu": {"hihokensha": tsuki}},
        "mikomi": {"koyo": 20_001_500},
    }
    answer = calc("nendo_koshin", data)
    assert isinstance(answer, Keisan), answer
    assert [c.code for c in answer.chui] == ["kirisute_kimeta"]
