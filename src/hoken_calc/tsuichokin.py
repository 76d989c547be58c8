"""追徴金。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .hasu_shori import ICHIEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from .kekka import Bu, Chui, Keisan, Kotae, NyuryokuAyamari
from .schema import EN, Schema, nyuryoku_no_kata, read, title
from .sheet import Input, Line, Sheet, day
from .tables import TABLES, cite, table, teisu

fusoku = Input("fusoku", "納めるべき保険料か不足額")
nendo = Input("nendo", "割合を引く保険年度", "年度")

fusoku_kiso = Line(
    "fusoku_kiso",
    "追徴金のもとの額",
    fusoku,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho21"),
    why="1,000円未満を切り捨てた額にかける。1,000円に満たなければ追徴金は無い。",
)
tsuichokin = Line(
    "tsuichokin",
    "追徴金",
    fusoku_kiso * teisu("tsuichokin_wariai", day(nendo, 0, 4, 1)),
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho21"),
)
SHEET = Sheet("tsuichokin", "追徴金", (fusoku, nendo), (fusoku_kiso, tsuichokin))

SCHEMA: Schema = nyuryoku_no_kata(
    "追徴金の入力", {"fusoku": title(EN, "納めるべき保険料か不足額", "不足額")}, ("fusoku",)
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """追徴金の計算（確定保険料の認定決定）。

    用語: 追徴金（徴収法21条）。単位: 円。
    計算式: 不足額（1,000円未満切捨て）× 10%。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    run = SHEET.run({"fusoku": x["fusoku"], "nendo": table("teisu").saigo_nendo}, TABLES)
    chui = Chui(
        "kakutei_nomi",
        "確定保険料の認定決定の時の計算です。概算保険料の認定決定では、追徴金はかかりません。",
    )
    return Keisan("tsuichokin", {"tsuichokin": run["tsuichokin"]}, (Bu(run),), (chui,))
