"""説明に出した式を読み直して計算すると、出した値になること。"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from conftest import REI, golden
from hoken_calc import calc
from hoken_calc.kekka import Keisan
from hoken_calc.sheet import Run, Step, steps, to_html, to_rows, to_text
from nyuryoku_rei import nyuryoku

NUMBER = r"\d[\d,]*(?:\.\d+)?"
GENGO = {"令和": 2018, "平成": 1988, "昭和": 1925}
TSUKI = rf"(?:{'|'.join(GENGO)})(?:元|\d+)年\d+月"
TOKEN = re.compile(
    rf"(?P<otobi>{TSUKI}\d+日から{TSUKI}\d+日までの月数（応当日で数え、端数は1か月）)|"
    rf"(?P<months>{TSUKI}から{TSUKI}までの月数)|(?P<date>{TSUKI}\d+日)|(?P<mixed>{NUMBER}と\d+/\d+)|(?P<rate>{NUMBER}/1000?)"
    rf"|(?P<number>{NUMBER})|(?P<text>「[^」]*」)|(?P<call>(?:小さい|大きい|早い|遅い)方（)|(?P<op>[＋−×÷（）、＝≠＜＞≦≧])"
    r"|(?P<word>かつ|または)|(?P<space>\s+)"
)


def wareki(text: str) -> list[int]:
    """文の中の年月日を、西暦の年と、月と日の数に。"""
    return [
        GENGO[x[0]] + int(x[1].replace("元", "1")) if x[0] else int(x[2])
        for x in re.findall(rf"({'|'.join(GENGO)})(元|\d+)年|(\d+)[月日]", text)
    ]


class Reader:
    """説明の式の読み手。計算する側のコードは何も使わない。"""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            m = TOKEN.match(text, at)
            assert m, f"読めない: {text[at:]!r}（{text!r}）"
            at = m.end()
            if m.lastgroup != "space":
                self.tokens.append((str(m.lastgroup), m.group()))
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self) -> Any:
        x = self.logic()
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return x

    def logic(self) -> Any:
        x = self.compare()
        while self.peek() in ("かつ", "または"):
            word = self.take()[1]
            y = self.compare()
            x = (x and y) if word == "かつ" else (x or y)
        return x

    def compare(self) -> Any:
        x = self.sum()
        if self.peek() in tuple("＝≠＜＞≦≧"):
            op = self.take()[1]
            y = self.sum()
            return {
                "＝": x == y,
                "≠": x != y,
                "＜": x < y,
                "＞": x > y,
                "≦": x <= y,
                "≧": x >= y,
            }[op]
        return x

    def sum(self) -> Any:
        x = self.product()
        while self.peek() in ("＋", "−"):
            op = self.take()[1]
            y = self.product()
            if isinstance(x, date):
                x = date.fromordinal(x.toordinal() + (int(y) if op == "＋" else -int(y)))
            else:
                x = x + y if op == "＋" else x - y
        return x

    def product(self) -> Any:
        x = self.atom()
        while self.peek() in ("×", "÷"):
            op = self.take()[1]
            y = self.atom()
            x = x * y if op == "×" else Fraction(x) / y
        return x

    def atom(self) -> Any:
        kind, text = self.take()
        if kind == "otobi":
            y1, m1, d1, y2, m2, d2 = wareki(text)[:6]
            tsuki, otobi = 0, date(y1, m1, d1)
            while otobi <= date(y2, m2, d2):  # 応当日が無ければ、末日の翌日
                tsuki += 1
                y, m = divmod(y1 * 12 + m1 - 1 + tsuki, 12)
                last = monthrange(y, m + 1)[1]
                otobi = date(y, m + 1, min(d1, last)) + timedelta(days=d1 > last)
            return tsuki
        if kind == "months":
            y1, m1, y2, m2 = wareki(text)
            return y2 * 12 + m2 - (y1 * 12 + m1) + 1
        if kind == "date":
            return date(*wareki(text))
        if kind == "mixed":
            whole, part = text.replace(",", "").split("と")
            return int(whole) + Fraction(part)
        if kind == "rate":
            number, over = text.replace(",", "").split("/")
            return Fraction(number) / int(over)
        if kind == "number":
            return Fraction(text.replace(",", ""))
        if kind == "text":
            return text
        if kind == "call":
            x = self.logic()
            assert self.take()[1] == "、"
            y = self.logic()
            assert self.take()[1] == "）"
            return min(x, y) if text[0] in "小早" else max(x, y)
        if text == "（":
            x = self.logic()
            assert self.take()[1] == "）"
            return x
        if text == "−":
            return -self.atom()
        raise AssertionError(f"式でない: {text}")


def read_again(s: Step) -> Any:
    text = s.substituted
    if "ではないので " in text:
        condition, text = text.split("ではないので ")
        assert Reader(condition).whole() is False, s.substituted
    elif "なので " in text:
        condition, text = text.split("なので ")
        assert Reader(condition).whole() is True, s.substituted
    elif "ので " in text:
        text = text.split("ので ")[1]
    if text in ("はい", "いいえ"):
        return text == "はい"
    return Reader(text).whole()


def check(answer: Keisan) -> None:
    check_steps(answer.lines)


def check_run(run: Run) -> None:
    check_steps(steps(run))


def check_steps(lines: list[Step]) -> None:
    for s in lines:
        again = read_again(s)
        assert again == s.before_rounding, (s.id, s.substituted, s.before_rounding)
        if not s.rounding:
            assert s.value == s.before_rounding
        assert s.label
        assert s.formula


@pytest.mark.parametrize("rei", golden("nendo_koshin"), ids=lambda r: r["id"])
def test_golden(rei: dict[str, Any]) -> None:
    answer = calc("nendo_koshin", rei["入力"])
    assert isinstance(answer, Keisan)
    check(answer)


@settings(max_examples=150, deadline=None)
@given(nyuryoku())
def test_random(data: dict[str, Any]) -> None:
    answer = calc("nendo_koshin", data)
    if isinstance(answer, Keisan):
        check(answer)


def test_every_line_of_yen_has_a_basis_or_is_a_sum_of_such_lines() -> None:
    from hoken_calc.nendo_koshin import SHEET
    from hoken_calc.sheet import Line
    from hoken_calc.sheet.expr import Lookup, parts

    for line in SHEET.lines:
        inside = [p for p in parts(line.formula) if p is not line]
        assert line.basis or any(isinstance(p, (Line, Lookup)) for p in inside), line.id


def test_html_escapes_and_text_and_rows_say_the_same(rei: dict[str, Any]) -> None:
    answer = calc("nendo_koshin", rei)
    assert isinstance(answer, Keisan)
    s = answer.lines[0]
    odd = Step(**{**vars(s), "label": "<script>alert(1)</script>", "why": '"&<b>'})
    page = to_html([odd])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>" not in page
    text = to_text(answer.lines)
    for s, row in zip(answer.lines, to_rows(answer.lines), strict=True):
        assert s.label in text
        assert s.shown in text
        assert row["値"] == s.shown
        assert row["項目"] == s.label


def test_unused_lines_are_left_out_of_the_words() -> None:
    answer = calc("nendo_koshin", {**REI, "hoken_kankei": "koyo"})
    assert isinstance(answer, Keisan)
    total = next(s for s in answer.lines if s.id == "kakutei_hokenryo")
    assert total.formula == "確定保険料・雇用分"
