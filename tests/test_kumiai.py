"""事務組合の設定のファイル。"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoken_calc.kumiai import yomu

MIHON = (Path(__file__).parents[1] / "data" / "samples" / "kumiai.toml").read_bytes()


def test_mihon() -> None:
    k = yomu(MIHON)
    assert [k.tesuryo(n, False) for n in (0, 1, 5, 6, 15, 16, 20, 21, 31, 50, 51, 100, 101)] == [
        0,
        7000,
        7000,
        12000,
        17000,
        22000,
        22000,
        25000,
        30000,
        30000,
        40000,
        40000,
        50000,
    ]
    assert k.tesuryo(3, True) == 9000
    # 2026年6月20日は土曜、2027年1月20日は水曜
    assert k.shukin_bi(2026, 1) == date(2026, 6, 22)
    assert k.shukin_bi(2026, 3) == date(2027, 1, 20)


def kaeru(*pairs: tuple[str, str]) -> bytes:
    """見本の、初めに出てくる所を書き換える。"""
    text = MIHON.decode()
    for a, b in pairs:
        assert a in text
        text = text.replace(a, b, 1)
    return text.encode()


@pytest.mark.parametrize(
    ("hi", "nendo", "shukin_bi"),
    [
        (31, 2026, "2026-06-30"),  # 6月に31日は無い
        (30, 2026, "2026-06-30"),
        (29, 2026, "2026-06-29"),
        (31, 2024, "2024-07-01"),  # 2024年6月30日は日曜
    ],
)
def test_the_end_of_the_month(hi: int, nendo: int, shukin_bi: str) -> None:
    k = yomu(kaeru(("hi = 20", f"hi = {hi}")))
    assert k.shukin_bi(nendo, 1).isoformat() == shukin_bi


def test_the_end_of_february() -> None:
    k = yomu(kaeru(("nen = 1\ntsuki = 1\nhi = 20", "nen = 1\ntsuki = 2\nhi = 31")))
    # 2027年2月28日は日曜、2028年2月29日は火曜。
    assert k.shukin_bi(2026, 3) == date(2027, 3, 1)
    assert k.shukin_bi(2027, 3) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"namae = ", "設定のファイルが読めません"),
        ("namae = 'あ'".encode("cp932"), "UTF-8"),
        (b"namae = 'x'", "集金日を入れてください"),
        (MIHON.replace(b"tsuki = 6", b"tsuki = 13"), "1〜12の月"),
        (MIHON.replace(b"gaku = 7000", b"gaku = -1"), "負の数"),
        (MIHON + b"\nfoo = 1", "foo"),
        (kaeru(("tsuki = 6", "tsuki = ")), r"設定のファイルが読めません（11行目）"),
        (kaeru(("ki = 2", "ki = 1")), r"集金日: 第2期がなく、ほかの期が重なっています"),
        (kaeru(("ki = 2", "ki = 4")), r"集金日の2番目: 期（ki）の書き方が違います（1・2・3"),
        (kaeru(("hi = 20", "hi = 32")), r"集金日の1番目: 日（hi）の書き方が違います（1〜31の日）"),
        (kaeru(("hi = 20", "hi = 0")), r"集金日の1番目: 日（hi）"),
        (kaeru(("hi = 20", "hi = 20.0")), r"集金日の1番目 日（hi）: 0以上の整数"),
        (kaeru(("hi = 20", "hi = 2026-06-20")), r"集金日の1番目 日（hi）: .*2026-06-20"),
        (kaeru(("hi = 20", "hi = nan")), r"集金日の1番目 日（hi）"),
        (kaeru(("hi = 20", "")), r"集金日の1番目: 日（hi）を入れてください"),
        (
            kaeru(("tsuki = 10", "tsuki = 2")),
            r"集金日の第2期: その保険年度（4月1日から翌年3月31日）",
        ),
        (kaeru(("nen = 1", "nen = 0")), r"集金日の第3期: その保険年度"),
        (kaeru(("tsuki = 6", "tsuki = 3")), r"集金日の第1期: その保険年度"),
        (kaeru(("tsuki = 1\n", "tsuki = 4\n")), r"集金日の第3期: その保険年度"),
        (kaeru(("tsuki = 10", "tsuki = 5")), r"集金日の第2期: 第1期の集金日より後の日"),
        (kaeru(("tsuki = 10", "tsuki = 6")), r"集金日の第2期: 第1期の集金日より後の日"),
        (
            kaeru(("hi = 20", "hi = 30"), ("tsuki = 10\nhi = 20", "tsuki = 6\nhi = 31")),
            r"集金日の第2期: 第1期の集金日より後の日",
        ),
        (kaeru(("ijo = 6", "ijo = 1")), r"手数料の2番目: 人数（ijo）の1は、前の段の1より大きい数"),
        (kaeru(("ijo = 6", "ijo = 12")), r"手数料の3番目: 人数（ijo）の11は、前の段の12より"),
        (kaeru(("gaku = 7000", "gaku = 07:32:00")), r"手数料の1番目 額（gaku）: 0以上の円"),
        (kaeru(("[tokubetsu_kanyu]\ngaku = 2000", "[tokubetsu_kanyu]")), r"特別加入の手数料: 額"),
        (kaeru(('namae = "見本の事務組合（作り物）"', 'namae = ""')), r"組合の名前"),
        (b'"foo.3" = 1\n' + MIHON, "「foo.3」という項目はありません"),
        ('"shukin.²" = 1\n"" = 2\n'.encode() + MIHON, "「shukin.²」という項目はありません"),
        (("a = " + "[" * 5000 + "]" * 5000).encode(), "設定のファイルが読めません"),
        (b"a = " + b"9" * 5000, "設定のファイルが読めません"),
    ],
)
def test_bad_settings(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        yomu(data)


def test_every_fault_is_told_at_once_and_has_its_place() -> None:
    with pytest.raises(ValueError, match="直してください") as e:
        yomu(kaeru(("tsuki = 6", "tsuki = 13"), ("gaku = 7000", "gaku = -1")))
    midashi, *naosu = str(e.value).split("\n")
    assert midashi == "設定のファイルを直してください。"
    assert [x.split(":")[0] for x in naosu] == ["手数料の1番目 額（gaku）", "集金日の1番目"]
    assert not re.search(r"\.\d", str(e.value))


ATAI = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3",
        "12",
        "31",
        "-1",
        "1.0",
        "true",
        "'3'",
        "[1]",
        "{a = 1}",
        "inf",
        "1979-05-27",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.integers(0, 12 + 16), ATAI, max_size=3))
def test_what_is_read_never_fails_later(kae: dict[int, str]) -> None:
    """読めた設定からは、どの年度のどの期の集金日も、どの人数の手数料も出る。"""
    gyo = MIHON.decode().splitlines()
    basho = [i for i, x in enumerate(gyo) if re.match(r"(ki|nen|tsuki|hi|ijo|gaku) = ", x)]
    for n, atai in kae.items():
        i = basho[n % len(basho)]
        gyo[i] = f"{gyo[i].split(' = ')[0]} = {atai}"
    try:
        k = yomu("\n".join(gyo).encode())
    except ValueError as e:
        assert "直してください" in str(e)
        return
    for nendo in range(2023, 2029):
        hi = [k.shukin_bi(nendo, n) for n in (1, 2, 3)]
        assert hi == sorted(hi)
        assert date(nendo, 4, 1) <= hi[0]
    assert k.tesuryo(10, True) >= 0
