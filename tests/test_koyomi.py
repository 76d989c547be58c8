"""納期限: 土日・祝日・年末年始。"""

from __future__ import annotations

from datetime import date

import pytest

from conftest import REI
from hoken_calc import calc
from hoken_calc.kekka import Keisan
from hoken_calc.koyomi import yokukaichobi


@pytest.mark.parametrize(
    ("mae", "ato"),
    [
        ("2026-07-10", "2026-07-10"),  # 金曜
        ("2026-10-31", "2026-11-02"),  # 土曜
        ("2026-11-01", "2026-11-02"),  # 日曜
        ("2025-11-03", "2025-11-04"),  # 文化の日
        ("2024-02-11", "2024-02-13"),  # 日曜の建国記念の日と振替休日
        ("2025-12-29", "2026-01-05"),  # 年末年始と土日
        ("2026-01-02", "2026-01-05"),
        ("2024-12-28", "2025-01-06"),  # 土曜から年末年始
        ("2026-09-21", "2026-09-24"),  # 敬老の日・国民の休日・秋分の日
    ],
)
def test_yokukaichobi(mae: str, ato: str) -> None:
    assert yokukaichobi(date.fromisoformat(mae)) == date.fromisoformat(ato)


@pytest.mark.parametrize(
    ("nendo", "kobetsu", "kumiai", "furikae"),
    [
        (
            2022,
            "2023-07-10 2023-10-31 2024-01-31",
            "2023-07-10 2023-11-14 2024-02-14",
            "2023-09-06 2023-11-14 2024-02-14",
        ),
        (
            2023,
            "2024-07-10 2024-10-31 2025-01-31",
            "2024-07-10 2024-11-14 2025-02-14",
            "2024-09-06 2024-11-14 2025-02-14",
        ),
        (
            2024,
            "2025-07-10 2025-10-31 2026-02-02",
            "2025-07-10 2025-11-14 2026-02-16",
            "2025-09-08 2025-11-14 2026-02-16",
        ),
        (
            2025,
            "2026-07-10 2026-11-02 2027-02-01",
            "2026-07-10 2026-11-16 2027-02-15",
            "2026-09-07 2026-11-16 2027-02-15",
        ),
    ],
)
def test_dates_of_the_year(nendo: int, kobetsu: str, kumiai: str, furikae: str) -> None:
    chingin = {"rosai": 90_000_000, "koyo": 90_000_000}
    if nendo == 2022:
        chingin["koyo"] = {"zenki": 45_000_000, "koki": 45_000_000}  # type: ignore[assignment]
    for hoshiki, expected in (("kobetsu", kobetsu), ("jimukumiai", kumiai)):
        answer = calc(
            "nendo_koshin", {**REI, "nendo": nendo, "hoshiki": hoshiki, "chingin": chingin}
        )
        assert isinstance(answer, Keisan)
        ki = answer.values["kibetsu"]
        assert " ".join(str(k["nofu_kigen"]) for k in ki) == expected
        assert " ".join(str(k["kozafurikae_bi"]) for k in ki) == furikae


def test_enno_kijun() -> None:
    """40万円・20万円は「以上」。ちょうどなら延納できる。事務組合は額を問わない。"""

    def kano(hoshiki: str, kankei: str, hokenryo: int) -> bool:
        ritsu = {"kakutei": "1", "gaisan": "1"}
        data = {**REI, "hoshiki": hoshiki, "hoken_kankei": kankei, "kaisu": 1, "rosai_ritsu": ritsu}
        koyo = 0 if kankei == "ryohoken" else None
        data["chingin"] = {"rosai": hokenryo * 1000, "koyo": koyo}
        answer = calc("nendo_koshin", data)
        assert isinstance(answer, Keisan)
        assert answer.values["gaisan_hokenryo"] == hokenryo
        return bool(answer.values["enno_kano"])

    assert kano("kobetsu", "ryohoken", 400_000)
    assert not kano("kobetsu", "ryohoken", 399_999)
    assert kano("kobetsu", "rosai", 200_000)
    assert not kano("kobetsu", "rosai", 199_999)
    assert kano("jimukumiai", "rosai", 1)
