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
