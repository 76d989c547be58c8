"""どの計算も、境に近い値や、似た別の値を入れて止まらない（答えか、日本語の誤りを返す）。"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REI
from hoken_calc import KEISAN, calc
from hoken_calc.training import KAMOKU
from test_batch import NINEN, REI_NO_NARABI, nigen

# 1,000円未満を切ると200%を超え、切る前の額では超えない。差額は足りない。
KIRISUTE = {"moto_santei_kiso": 1_500_500, "zoka_santei_kiso": 3_001_000, "zoka_gaisan": 160_000}
KOJI = {"gyoshu": "35", "kaishi": "2024-05-01", "shuryo": "2025-08-31"}
CASES: dict[str, list[dict[str, Any]]] = {
    **{name: rei[:3] for name, rei in REI_NO_NARABI.items()},
    "zoka_gaisan": [{**REI_NO_NARABI["zoka_gaisan"][i], **KIRISUTE} for i in (0, 1)],
    "ikkatsu_yuki": [
        {
            "nendo": 2025,
            "koji": [{**KOJI, "ukeoi_kingaku": 12_000_000}, {**KOJI, "chingin": 300_000}],
            "mikomi": [{"gyoshu": "35", "ukeoi_kingaku": 24_003_000}],
            "zogen_ritsu": {"kakutei": -40, "gaisan": 10},
            "seisan": {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 20_000, "kaisu": 3},
        },
        KAMOKU["ikkatsu_yuki"].jirei(0).data,
    ],
    "nendo_koshin": [REI, {**REI, "mikomi": {"rosai": 50_286_420, "koyo": 12_050_160}}],
    "nigen": [nigen(i) for i in range(3)],
    "zennen_sa": NINEN,
    "hoshokin": [KAMOKU["hoshokin"].jirei(i).data for i in range(3)],
    "merit_yuki": [
        {
            "jigyo": "kensetsu",
            "seiritsu": "2023-05-01",
            "ukeoi_kingaku": 250_000_000,
            "chingin_sogaku": 57_500_000,
            "rosai_hokenryo": 546_250,
            "kyufu_3": 500_000,
            "tokubetsu_shikyukin_3": 0,
            "kyufu_9": 800_000,
            "tokubetsu_shikyukin_9": 100_000,
        }
    ],
}


def test_every_calculation_is_tried() -> None:
    assert set(CASES) == set(KEISAN)


def _ha(x: Any) -> list[tuple[Any, Any]]:
    """入力の中の、値1つずつの（入れ物、鍵）。"""
    naka = x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ()
    return [ha for k, v in naka for ha in (_ha(v) if isinstance(v, (dict, list)) else [(x, k)])]


def _chikai(draw: st.DrawFn, x: Any, kazu: list[int]) -> Any:
    """`x` に似た値。額なら、入力のほかの額の0.5倍・2倍や、法令の数の前後。"""
    if isinstance(x, bool):
        return not x
    if isinstance(x, int):
        moto = draw(st.sampled_from([0, x, *kazu, 130_000, 200_000, 400_000, 1_600_000]))
        bai = draw(st.sampled_from([(1, 1), (2, 1), (1, 2)]))
        if draw(st.sampled_from([False] * 5 + [True])):
            return draw(st.sampled_from([float(x), -x, str(x), None]))
        return max(moto * bai[0] // bai[1] + draw(st.sampled_from([0, -1, 1, 500, 999, 1000])), 0)
    try:
        hi = date.fromisoformat(x)
    except (TypeError, ValueError):
        return x
    return (hi + timedelta(days=draw(st.sampled_from([-366, -31, -1, 1, 31, 366])))).isoformat()


@st.composite
def nita_nyuryoku(draw: st.DrawFn, name: str) -> dict[str, Any]:
    data = deepcopy(draw(st.sampled_from(CASES[name])))
    ha = _ha(data)
    kazu = [v for d, k in ha if isinstance(v := d[k], int) and v > 10_000]
    for _ in range(draw(st.integers(1, 4))):
        d, k = draw(st.sampled_from(ha))
        d[k] = _chikai(draw, d[k], kazu)
    return data


@pytest.mark.parametrize("name", KEISAN)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nothing_stops(name: str, data: st.DataObject) -> None:
    answer = calc(name, data.draw(nita_nyuryoku(name)))
    assert json.dumps(answer.to_json(), ensure_ascii=False)
    assert answer.to_text()
