"""端数の規則。`data/hasu_shori.csv` の行を、名前で使えるようにする。"""

from __future__ import annotations

from .sheet import Rounding
from .sheet.rounding import Direction
from .tables import table

MUKI: dict[str, Direction] = {"切捨て": "kirisute", "切上げ": "kiriage", "50銭": "gojussen"}


def _rule(id: str) -> Rounding:
    row = table("hasu_shori").rows[id][0]
    return Rounding(
        id,
        row["meisho"],
        row["tani"],
        MUKI[row["muki"]],
        row.sources,
        row["kakunin"],
    )


SENEN_MIMAN_KIRISUTE = _rule("senen_miman_kirisute")
SOUKATSU_SENEN_KIRISUTE = _rule("soukatsu_senen_kirisute")
SOUKATSU_ICHIEN_KIRISUTE = _rule("soukatsu_ichien_kirisute")
SENEN_MIMAN_KIRIAGE = _rule("senen_miman_kiriage")
ICHIEN_MIMAN_KIRISUTE = _rule("ichien_miman_kirisute")
ICHIEN_MIMAN_KIRIAGE = _rule("ichien_miman_kiriage")
NICHIGAKU_KIRIAGE = _rule("nichigaku_kiriage")
GOJUSSEN_IKA_KIRISUTE = _rule("gojussen_ika_kirisute")
HYAKUEN_MIMAN_KIRISUTE = _rule("hyakuen_miman_kirisute")
HEIKIN_KIRISUTE = _rule("heikin_kirisute")
HOSHOKIN_KIRISUTE = _rule("hoshokin_kirisute")
HOSHOKIN_KIRIAGE = _rule("hoshokin_kiriage")
HITORI_MIMAN_KIRIAGE = _rule("hitori_miman_kiriage")
