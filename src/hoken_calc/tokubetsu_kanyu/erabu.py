"""給付基礎日額を選ぶ: 日額ごとの保険料と、もしもの時の給付を並べる。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..hasu_shori import ICHIEN_MIMAN_KIRIAGE, ICHIEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from ..kekka import Ayamari, NyuryokuAyamari
from ..schema import read
from ..sheet import Const, Line, Lookup, Run, Sheet, larger
from ..tables import TABLES, NotCovered, cite
from . import KANAI_SAGYO, RITSU_SCHEMA, jigyo_no_nyuryoku, kaikyu
from .shiki import (
    gyoshu,
    nendo,
    nendo_hajime,
    nenkan_kiso,
    nichigaku,
    ritsu,
    rosai_ritsu,
    sagyo,
    shu,
)


def kyufu(id: str) -> Lookup:
    """労災保険の給付の数を、保険年度の初日で引く式。"""
    return Lookup("rosai_kyufu", "atai", nendo_hajime, Const(id))


def _nichibun(id: str, label: str, gyo: str, shutten: str) -> Line:
    return Line(id, label, nichigaku * kyufu(gyo), basis=cite(shutten))


nen_kiso = Line(
    "nen_kiso",
    "1年分の算定基礎額",
    nenkan_kiso.formula,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku21"),
)
nen_hokenryo = Line(
    "nen_hokenryo",
    "1年の保険料",
    nen_kiso * ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho13", "choshuho14"),
)
tsuki_hokenryo = Line(
    "tsuki_hokenryo",
    "1か月あたりの目安",
    nen_hokenryo / 12,
    rounding=ICHIEN_MIMAN_KIRIAGE,
    why="保険料は年の額で決まる。月の額は、比べるための目安。",
)
kyugyo = Line(
    "kyugyo",
    "休業1日（4日目から）",
    nichigaku * (kyufu("kyugyo_hosho_wariai") + kyufu("kyugyo_tokubetsu_wariai")),
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("rosaiho14"),
    why="休業補償給付60%と、休業特別支給金20%。",
)
shogai_14kyu = _nichibun("shogai_14kyu", "障害14級の一時金", "shogai_14kyu", "rosaiho15")
shogai_8kyu = _nichibun("shogai_8kyu", "障害8級の一時金", "shogai_8kyu", "rosaiho15")
shogai_7kyu = _nichibun("shogai_7kyu", "障害7級の年金（1年）", "shogai_7kyu", "rosaiho15")
shogai_1kyu = _nichibun("shogai_1kyu", "障害1級の年金（1年）", "shogai_1kyu", "rosaiho15")
izoku_1nin = _nichibun("izoku_1nin", "遺族1人の年金（1年）", "izoku_1nin", "rosaiho16")
sosai = Line(
    "sosai",
    "葬祭料",
    larger(
        nichigaku * kyufu("sosai_nissu") + kyufu("sosai_kasan"),
        nichigaku * kyufu("sosai_saitei"),
    ),
    basis=cite("rosaiho17"),
)
KURABERU = Sheet(
    "kuraberu",
    "給付基礎日額を選ぶ",
    (nendo, nichigaku, shu, gyoshu, sagyo, rosai_ritsu),
    (
        replace(ritsu, section=""),
        nen_kiso,
        nen_hokenryo,
        tsuki_hokenryo,
        kyugyo,
        shogai_14kyu,
        shogai_8kyu,
        shogai_7kyu,
        shogai_1kyu,
        izoku_1nin,
        sosai,
    ),
)


def kuraberu(data: Mapping[str, Any]) -> list[Run] | NyuryokuAyamari:
    """その年度に選べる日額を全部、低い順に計算する。

    用語: 給付基礎日額。単位: 円。
    率: 年度と業種（第2種は事業・作業）で表を引く。第1種は通知された率でもよい。
    誤りの時: `NyuryokuAyamari`。出典: `data/rosai_kyufu.csv`。
    """
    x, errors = read(RITSU_SCHEMA, data)
    given, warui = jigyo_no_nyuryoku(x, errors)
    if errors or warui:
        return NyuryokuAyamari([*errors, *warui])
    kanai = str(given["sagyo"]).startswith(KANAI_SAGYO)
    del given["jigyo"]
    nichigaku = sorted(r.key for r in kaikyu(date(x["nendo"], 4, 1), kanai=kanai))
    try:
        return [KURABERU.run({**given, "nichigaku": n}, TABLES) for n in nichigaku]
    except NotCovered as e:
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", e.message)])
