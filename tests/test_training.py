"""練習: どの間違いも、その間違いのまま計算した円から、またたどれること。"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from hoken_calc.training import MACHIGAI, jirei, machigaeru, mondai, saiten, yomu
from hoken_calc.training.saiten import calc_jirei

BANGO = range(40)


@cache
def jirei_to_seikai(bango: int) -> tuple[Any, Any, Any, Any]:
    j = jirei(bango)
    answer, given = calc_jirei(j)
    return j, answer, given, mondai(j)


@pytest.mark.parametrize("m", MACHIGAI, ids=lambda m: m.id)
def test_every_mistake_is_found_again(m: Any) -> None:
    found = 0
    for bango in BANGO:
        j, _, given, lines = jirei_to_seikai(bango)
        run = machigaeru(m, given)
        if run is None:
            continue
        kotae = {s.id: run.values[s.id] for s in lines}
        wrong = {s.id for s in lines if kotae[s.id] != s.value}
        if not wrong:
            continue
        hantei = saiten(j, kotae)
        for id, h in hantei.items():
            assert h.seikai == (id not in wrong)
            if id in wrong:
                assert m in [x.machigai for x in h.machigai], (bango, id)
        found += 1
        if found == 3:
            return
    assert found, "この間違いが起きる事例が無い"


def test_a_right_answer_is_right() -> None:
    for bango in range(12):
        j, _, _, lines = jirei_to_seikai(bango)
        hantei = saiten(j, {s.id: s.value for s in lines})
        assert all(h.seikai and h.kotoba == "正しい。" for h in hantei.values())


def test_two_mistakes_with_the_same_yen_are_both_named() -> None:
    """賃金が労災と雇用で同じ事例では、率の取り違えだけが違い、両方の名前が出る。"""
    pairs = 0
    for bango in BANGO:
        j, _, given, lines = jirei_to_seikai(bango)
        runs = [(m, machigaeru(m, given)) for m in MACHIGAI]
        for s in lines:
            by_yen: dict[Any, list[Any]] = {}
            for m, run in runs:
                if run is not None and run.values[s.id] != s.value:
                    by_yen.setdefault(run.values[s.id], []).append(m)
            for yen, ms in by_yen.items():
                if len(ms) < 2:
                    continue
                named = [x.machigai for x in saiten(j, {s.id: yen})[s.id].machigai]
                assert named == ms
                assert all(m.label in saiten(j, {s.id: yen})[s.id].kotoba for m in ms)
                pairs += 1
        if pairs > 5:
            return
    assert pairs


def test_what_cannot_be_traced_is_said() -> None:
    j, _, _, lines = jirei_to_seikai(0)
    h = saiten(j, {lines[0].id: 1})[lines[0].id]
    assert not h.seikai
    assert not h.machigai
    assert "たどれませんでした" in h.kotoba


def test_a_mistake_carried_over_is_not_blamed_twice() -> None:
    """率の書き間違いが続いただけの欄は、計算のしかたは合っていると言う。"""
    j, answer, _, _ = jirei_to_seikai(3)
    v = answer.run.values
    kotae = {
        "kakutei_rosai": v["kakutei_rosai"] + 7,
        "kakutei_hokenryo": v["kakutei_hokenryo"] + 7,
    }
    h = saiten(j, kotae)
    assert not h["kakutei_rosai"].hikitsugi
    assert h["kakutei_hokenryo"].hikitsugi
    assert "前の欄の誤り" in h["kakutei_hokenryo"].kotoba


def test_the_place_of_the_mistake_is_the_line_that_changed() -> None:
    j, _, given, _ = jirei_to_seikai(3)
    m = next(m for m in MACHIGAI if m.id == "percent_koyo")
    run = machigaeru(m, given)
    assert run is not None
    h = saiten(j, {"kakutei_koyo": run.values["kakutei_koyo"]})["kakutei_koyo"]
    assert [x.basho.id for x in h.machigai if x.machigai is m] == ["koyo_ritsu"]


def test_same_number_same_case() -> None:
    assert jirei(7) == jirei(7)
    assert jirei(7) != jirei(11)


def test_typed_answers_are_read_as_people_type() -> None:
    _, _, _, lines = jirei_to_seikai(0)
    yen = next(s for s in lines if s.unit == "円")
    assert yomu(yen, "１，２３４円") == 1234
    hi = next(s for s in lines if s.unit == "日付")
    assert yomu(hi, "R8.11.16").isoformat() == "2026-11-16"
