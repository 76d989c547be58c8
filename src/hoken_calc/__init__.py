"""労働保険の計算。正確な円と、その説明。"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .kekka import Kotae

__version__ = "0.1.0"
KEISAN = (
    "nendo_koshin",
    "tokubetsu_kanyu",
    "ikkatsu_yuki",
    "nigen",
    "enno",
    "zoka_gaisan",
    "entaikin",
    "tsuichokin",
    "hoshokin",
    "merit",
    "merit_yuki",
    "zennen_sa",
)


def calc(name: str, data: Mapping[str, Any]) -> Kotae:
    """名前で計算を呼ぶ。`name` は `KEISAN` のどれか。誤りの文には、項目の名前をつける。"""
    if name not in KEISAN:
        raise KeyError(name)
    from .kekka import NyuryokuAyamari
    from .schema import nazukeru

    topic = import_module(f".{name}", __name__)
    answer: Kotae = topic.calc(data)
    if isinstance(answer, NyuryokuAyamari):
        return NyuryokuAyamari(nazukeru(topic.SCHEMA, data, answer.errors))
    return answer
