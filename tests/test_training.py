"""練習: どの間違いも、その間違いのまま計算した円から、またたどれること。"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from hoken_calc import calc
from hoken_calc.kekka import Keisan
from hoken_calc.training import KAMOKU, Mondai, mondai, saiten, yomu

BANGO = range(40)
MACHIGAI = [(k, m) for k in KAMOKU.values() for m in k.machigai]
NENDO = KAMOKU["nendo_koshin"]


def atai(keisan: Keisan, m: Mondai) -> Any:
    """間違えた計算の、その欄の値。行ごと無ければ、正しい値と同じとみなす。"""
    for b in keisan.bu:
        if (b.run.sheet.id, b.midashi) == (m.bu.run.sheet.id, m.bu.midashi):
            return b.run.values[m.step.id]
    return m.step.value


def machigai_no_kotae(kamoku: Any, machigai: Any, bango: int) -> dict[str, Any] | None:
    keisan = kamoku.machigaeru(machigai, kamoku.jirei(bango))
    return None if keisan is None else {m.id: atai(keisan, m) for m in mondai(kamoku, bango)}


def of(kamoku: Any, bango: int, line: str) -> Mondai:
    return next(m for m in mondai(kamoku, bango) if m.step.id == line)


@pytest.mark.parametrize(
    ("kamoku", "machigai"), MACHIGAI, ids=lambda x: getattr(x, "id", None) or x.name
)
def test_every_mistake_is_found_again(kamoku: Any, machigai: Any) -> None:
    found = 0
    for bango in BANGO:
        kotae = machigai_no_kotae(kamoku, machigai, bango)
        if kotae is None:
            continue
        wrong = {m.id for m in mondai(kamoku, bango) if kotae[m.id] != m.step.value}
        if not wrong:
            continue
        for id, h in saiten(kamoku, bango, kotae).items():
            assert h.seikai == (id not in wrong)
            if id in wrong:
                assert machigai in [x.machigai for x in h.machigai], (bango, id)
        found += 1
        if found == 3:
            return
    assert found, "この間違いが起きる事例が無い"


@pytest.mark.parametrize("kamoku", KAMOKU.values(), ids=KAMOKU)
def test_a_right_answer_is_right(kamoku: Any) -> None:
    for bango in range(12):
        hantei = saiten(kamoku, bango, {m.id: m.step.value for m in mondai(kamoku, bango)})
        assert hantei
        assert all(h.seikai and h.kotoba == "正しい。" for h in hantei.values())


@pytest.mark.parametrize("kamoku", KAMOKU.values(), ids=KAMOKU)
def test_the_cases_are_right_inputs_and_repeat(kamoku: Any) -> None:
    for bango in BANGO:
        jirei = kamoku.jirei(bango)
        assert jirei == kamoku.jirei(bango)
        assert isinstance(calc(kamoku.name, jirei.data), Keisan), bango
    assert kamoku.jirei(7) != kamoku.jirei(11)


@pytest.mark.parametrize("kamoku", KAMOKU.values(), ids=KAMOKU)
def test_mistakes_with_the_same_yen_are_all_named(kamoku: Any) -> None:
    pairs = 0
    for bango in BANGO:
        kotae = [(m, machigai_no_kotae(kamoku, m, bango)) for m in kamoku.machigai]
        for q in mondai(kamoku, bango):
            by_yen: dict[Any, list[Any]] = {}
            for m, values in kotae:
                if values is not None and values[q.id] != q.step.value:
                    by_yen.setdefault(values[q.id], []).append(m)
            for yen, ms in by_yen.items():
                if len(ms) < 2:
                    continue
                hantei = saiten(kamoku, bango, {q.id: yen})[q.id]
                assert [x.machigai for x in hantei.machigai] == ms
                assert all(m.label in hantei.kotoba for m in ms)
                pairs += 1
        if pairs > 5:
            return
    assert pairs or kamoku is not NENDO


@pytest.mark.parametrize(
    ("name", "kata", "machigai", "line"),
    [
        ("merit", lambda b: b % 4 == 2, "shokibo", "zogen_ritsu"),
        ("merit", lambda b: b % 4 == 3, "kukan_no_hashi", "zogen_ritsu"),
        ("hoshokin", lambda b: b % 3 == 2, "jogen", "hoshokin"),
        ("hoshokin", lambda b: b % 6 == 3, "jigyogoto", "hoshokin"),
    ],
    ids=["小さい一括有期", "区間の端", "上限", "95%"],
)
def test_each_kind_of_case_shows_its_mistake(
    name: str, kata: Callable[[int], bool], machigai: str, line: str
) -> None:
    """番号で決まる型のどの事例でも、その型の間違いを、書いてもらう欄でたどれる。"""
    kamoku = KAMOKU[name]
    (m,) = (m for m in kamoku.machigai if m.id == machigai)
    for bango in filter(kata, range(200)):
        q = of(kamoku, bango, line)
        kotae = machigai_no_kotae(kamoku, m, bango)
        assert kotae is not None
        assert kotae[q.id] != q.step.value, bango
        h = saiten(kamoku, bango, {q.id: kotae[q.id]})[q.id]
        assert m in [x.machigai for x in h.machigai], bango


def test_each_kind_of_case_is_what_it_says() -> None:
    for bango in range(200):
        merit = calc("merit", KAMOKU["merit"].jirei(bango).data)
        assert isinstance(merit, Keisan)
        assert merit.run["hyo"] == ("別表第3の2" if bango % 4 == 2 else "別表第3")
        assert (merit.run["shushi_ritsu"] in (75, 85)) is (bango % 4 == 3)
        hoshokin = calc("hoshokin", KAMOKU["hoshokin"].jirei(bango).data)
        assert isinstance(hoshokin, Keisan)
        v = hoshokin.values
        assert (v["teiritsu_teigaku_gokei"] > v["jogen"]) is (bango % 3 == 2)
        assert v["yoken_95"] is (bango % 6 != 3)
        assert (v["hoshokin"] == 0) is (bango % 6 == 3)


def test_what_cannot_be_traced_is_said() -> None:
    id = mondai(NENDO, 0)[0].id
    h = saiten(NENDO, 0, {id: 1})[id]
    assert not h.seikai
    assert not h.machigai
    assert "たどれませんでした" in h.kotoba


def test_a_mistake_carried_over_is_not_blamed_twice() -> None:
    """率の書き間違いが続いただけの欄は、計算のしかたは合っていると言う。"""
    saki, ato = of(NENDO, 3, "kakutei_rosai"), of(NENDO, 3, "kakutei_hokenryo")
    kotae: Any = {saki.id: saki.step.value + 7, ato.id: ato.step.value + 7}  # type: ignore[operator]
    h = saiten(NENDO, 3, kotae)
    assert not h[saki.id].hikitsugi
    assert h[ato.id].hikitsugi
    assert "前の欄の誤り" in h[ato.id].kotoba


def test_a_mistake_carried_over_to_the_next_sheet() -> None:
    """2人目の算定基礎額の写し間違いは、合計の欄では引き継ぎになる。"""
    kamoku = KAMOKU["tokubetsu_kanyu"]
    hitori = [m for m in mondai(kamoku, 3) if m.step.id == "santei_kiso"][1]
    gokei = of(kamoku, 3, "santei_kiso_gokei")
    kotae: Any = {hitori.id: hitori.step.value + 1_000_000, gokei.id: gokei.step.value + 1_000_000}  # type: ignore[operator]
    h = saiten(kamoku, 3, kotae)
    assert not h[hitori.id].hikitsugi
    assert h[gokei.id].hikitsugi


@pytest.mark.parametrize(
    ("name", "id", "kiku", "basho"),
    [
        ("nendo_koshin", "percent_koyo", "kakutei_koyo", "koyo_ritsu"),
        ("tokubetsu_kanyu", "getsugaku_kirisute", "hokenryo", "getsugaku"),
        ("tokubetsu_kanyu", "dattai_no_tsuki", "santei_kiso_gokei", "owari"),
        ("tokubetsu_kanyu", "gokei_senen_wasure", "hokenryo", "santei_kiso_gokei"),
        ("ikkatsu_yuki", "romuhi_wasure", "kakutei_hokenryo", "chingin_sogaku"),
        ("ikkatsu_yuki", "shitauke", "kakutei_hokenryo", "ukeoi_kei"),
        ("enno", "tojitsu_kara", "nofu_kigen", "seiritsu_kigen"),
    ],
)
def test_the_place_of_the_mistake_is_the_line_that_changed(
    name: str, id: str, kiku: str, basho: str
) -> None:
    kamoku = KAMOKU[name]
    machigai = next(m for m in kamoku.machigai if m.id == id)
    for bango in BANGO:
        kotae = machigai_no_kotae(kamoku, machigai, bango)
        for q in mondai(kamoku, bango):
            if kotae and q.step.id == kiku and kotae[q.id] != q.step.value:
                h = saiten(kamoku, bango, {q.id: kotae[q.id]})[q.id]
                assert [x.basho.id for x in h.machigai if x.machigai is machigai] == [basho]
                return
    raise AssertionError("この間違いが起きる事例が無い")


def test_typed_answers_are_read_as_people_type() -> None:
    yen = of(NENDO, 0, "rosai_kiso").step
    assert yomu(yen, "１，２３４円") == 1234
    hi = of(NENDO, 0, "ki2_nofu_kigen").step
    assert yomu(hi, "R8.11.16").isoformat() == "2026-11-16"
    ritsu = of(KAMOKU["merit"], 0, "merit_ritsu").step
    assert yomu(ritsu, "２.０４") == Fraction("2.04") / 1000
    zogen = of(KAMOKU["merit"], 0, "zogen_ritsu").step
    assert [yomu(zogen, x) for x in ("-40", "▲４０％", "−40", "+5", "0")] == [-40, -40, -40, 5, 0]
