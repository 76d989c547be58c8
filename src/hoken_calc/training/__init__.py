"""練習。事例を出し、書いた円を採点し、誤りがどの規則の間違いかをたどる。

答えも規則もここには書かない。正しいシートと、規則を1つ変えたシートを計算し直すだけ。
"""

from . import enno, hoshokin, ikkatsu_yuki, merit, nendo_koshin, tokubetsu_kanyu
from .kamoku import Jirei, Kamoku, Machigai
from .saiten import Hantei, Mitsuketa, Mondai, mondai, saiten, yomu

KAMOKU: dict[str, Kamoku] = {
    m.KAMOKU.name: m.KAMOKU
    for m in (nendo_koshin, tokubetsu_kanyu, ikkatsu_yuki, enno, merit, hoshokin)
}

__all__ = [
    "KAMOKU",
    "Hantei",
    "Jirei",
    "Kamoku",
    "Machigai",
    "Mitsuketa",
    "Mondai",
    "mondai",
    "saiten",
    "yomu",
]
