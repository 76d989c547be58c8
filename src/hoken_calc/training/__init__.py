"""練習。事例を出し、書いた円を採点し、誤りがどの規則の間違いかをたどる。

答えも規則もここには書かない。正しいシートと、規則を1つ変えたシートを計算し直すだけ。
"""

from .jirei import Jirei, jirei
from .machigai import MACHIGAI, Machigai, Mitsuketa, machigaeru
from .saiten import Hantei, mondai, saiten, yomu

__all__ = [
    "MACHIGAI",
    "Hantei",
    "Jirei",
    "Machigai",
    "Mitsuketa",
    "jirei",
    "machigaeru",
    "mondai",
    "saiten",
    "yomu",
]
