"""画面の、ブラウザの要らない所: 多い工事、図、延納できない申告。"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hoken_calc.ui.ikkatsu_yuki import KAZU, SAIDAI, IkkatsuYukiGamen
from hoken_calc.ui.nigen import NigenGamen
from hoken_calc.ui.zu import kukan_no_zu, toshi_no_zu, tsumiage_no_zu

KOJI = ["35", "", "2024-05-01", "2025-08-31", "1,000,000", "", "", "", ""]


def test_more_works_than_the_table_holds_are_reckoned_from_the_file() -> None:
    gamen = IkkatsuYukiGamen()
    gamen.ran.ireru([KOJI] * SAIDAI)
    assert len(gamen.ran.hyo.gyo) == SAIDAI
    assert not gamen.ran.shirase()
    gamen.ran.ireru([KOJI] * (SAIDAI + 1))
    # 301,000,000 × 23% = 69,230,000、× 9.5/1000
    assert "657,685" in gamen.omona.html
    assert f"ファイルの {SAIDAI + 1} 件" in gamen.ran.okashii.html
    assert "工事1件ずつの計算は省いています" in gamen.kekka.html
    gamen.ran.ireru([])
    assert "工事を入れてください" in gamen.omona.html
    assert len(gamen.ran.hyo.gyo) == KAZU


def test_values_pasted_outside_the_table_are_told() -> None:
    gamen = IkkatsuYukiGamen()
    gamen.ran.hyo.hamidashi = 9
    gamen.ran.hyo.atai = [KOJI] * SAIDAI
    assert "9 個が表に入っていません" in gamen.ran.okashii.html
    assert "ファイルから読む" in gamen.ran.okashii.html


def test_a_part_that_cannot_be_paid_in_three_is_paid_at_once() -> None:
    gamen = NigenGamen()
    gamen._rei(None)
    gamen.hoshiki.widget.value = "kobetsu"
    html = gamen.omona.html
    assert "現場労災（末尾5）は概算保険料が20万円に届かず" in html
    assert "事務所労災（末尾6）は概算保険料が20万円に届かず" in html
    assert "雇用保険（末尾2）は概算" not in html
    gamen.jimusho_ari.widget.value = False
    assert "事務所労災" not in gamen.omona.html


def test_zu_tells_in_words_what_it_draws() -> None:
    hi = date(2026, 11, 25)
    zu = toshi_no_zu([("第1期", hi, 100), ("第2期", hi, 200), ("第3期", date(2027, 2, 15), 200)])
    assert "第1期・第2期 11/25 300円" in zu
    assert "第1期 2026年11月25日 100円、第2期" in zu
    kukan = {"kaishi": hi, "shuryo": hi, "nissu": 1, "ritsu": Fraction(24), "saisho": True}
    assert "2.4%" in kukan_no_zu([kukan])
    assert "<b>" not in tsumiage_no_zu([("<b>", {"a": 0})], {"a": "<b>"}, "<b>")


def test_no_late_charge_is_told_without_a_table() -> None:
    from hoken_calc.ui.entaikin import EntaikinGamen

    gamen = EntaikinGamen()
    for k, v in ((gamen.hokenryo, "500999"), (gamen.kigen, "R6.7.10"), (gamen.kanno, "R6.7.1")):
        k.widget.value = v
    assert "延滞金はかかりません" in gamen.omona.html
    assert "使った表" not in gamen.kekka.html
