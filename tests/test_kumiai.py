"""事務組合の設定のファイル。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"namae = ", "設定のファイルが読めません"),
        ("namae = 'あ'".encode("cp932"), "UTF-8"),
        (b"namae = 'x'", "集金日を入れてください"),
        (MIHON.replace(b"tsuki = 6", b"tsuki = 13"), "1〜12の月"),
        (MIHON.replace(b"gaku = 7000", b"gaku = -1"), "負の数"),
        (MIHON + b"\nfoo = 1", "foo"),
    ],
)
def test_bad_settings(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        yomu(data)
