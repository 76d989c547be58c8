"""延納の練習。"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from .. import enno as s
from ..kibetsu import HOKEN_KANKEI, HOSHIKI
from ..sheet import Const, Expr, Given, Lookup, choice, day
from ..sheet.render import number
from ..tables import jp, nendo_label, teisu
from .kamoku import NAMAE, Jirei, Kamoku, Yarikata

TOSHI = (2023, 2024, 2025, 2026)
CHUTO = ((4, 20), (5, 15), (6, 10), (7, 25), (8, 30), (9, 12))


def _jirei(bango: int, r: Random) -> Jirei:
    """番号を4で割った余りで型が変わる: 0 年度の始めから、1・2 年度の途中の成立、3 有期事業。"""
    kata, nendo = bango % 4, r.choice(TOSHI[:-1] if bango % 4 == 3 else TOSHI)
    data: dict[str, Any] = {
        "nendo": nendo,
        "hoshiki": "kobetsu" if kata == 2 else "jimukumiai",
        "jigyo": "yuki" if kata == 3 else "keizoku",
        "hoken_kankei": "rosai" if kata == 3 else "ryohoken",
        "gaisan_hokenryo": r.randint(750_000, 3_000_000),
    }
    if kata in (1, 2):
        data["seiritsu"] = date(nendo, *r.choice(CHUTO)).isoformat()
    if kata == 3:
        seiritsu = date(nendo, *r.choice(CHUTO))
        data["seiritsu"] = seiritsu.isoformat()
        data["shuryo"] = (seiritsu + timedelta(days=r.randint(220, 320))).isoformat()
    joken = {
        "概算の保険年度": nendo_label(nendo),
        "申告の方式": HOSHIKI[data["hoshiki"]],
        "事業": s.JIGYO[data["jigyo"]],
        "成立している保険": HOKEN_KANKEI[data["hoken_kankei"]],
        "概算保険料": f"{number(data['gaisan_hokenryo'])}円",
        "保険関係の成立日": jp(date.fromisoformat(data["seiritsu"]))
        if "seiritsu" in data
        else "前の年度から続いている",
    }
    if "shuryo" in data:
        joken["事業の終了予定日"] = jp(date.fromisoformat(data["shuryo"]))
    return Jirei(bango, r.choice(NAMAE), data, joken)


KAMOKU = Kamoku(
    "enno",
    "延納",
    (s.SHEET, s.KI_SHEET),
    ("ki_su", "ki_gaku", "saisho_gaku", "nofu_kigen"),
    _jirei,
)


def _hyo_no_kigen(kigen: Expr) -> Expr:
    """納期限の表にある期だけ、やり方を変える。"""
    return choice(Given(s.hyo_ki), kigen, s.seiritsu_kigen)


@KAMOKU.yoku_aru("ki1_juyokka", "第1期も14日延びると思っています。延びるのは第2期・第3期だけです。")
def _(y: Yarikata) -> None:
    if y.data["hoshiki"] == "jimukumiai" and y.data["jigyo"] == "keizoku":
        kigen = y.line("futsu_kigen").formula
        encho = Lookup("nokigen", "encho_nissu", day(s.nendo, 0, 4, 1), Const(2))
        y.swap("futsu_kigen", formula=choice(s.ki == 1, kigen + encho, kigen))


@KAMOKU.yoku_aru("juyokka_wasure", "事務組合の14日の延長を忘れています。")
def _(y: Yarikata) -> None:
    y.swap("futsu_kigen", formula=_hyo_no_kigen(s.hyo_kijitsu))


@KAMOKU.yoku_aru("yasumi_wasure", "期限の日が休みなのに、次の開いている日へ移していません。")
def _(y: Yarikata) -> None:
    y.swap("futsu_kigen", rounding=None)


@KAMOKU.yoku_aru("tojitsu_kara", "成立した日を1日目と数えています。1日目はその翌日です。")
def _(y: Yarikata) -> None:
    y.swap("seiritsu_kigen", formula=s.seiritsu_kigen.formula - 1)


@KAMOKU.yoku_aru("gojunichi_nijunichi", "成立からの日数を、継続事業と有期事業で取り違えています。")
def _(y: Yarikata) -> None:
    shigatsu = day(s.nendo, 0, 4, 1)
    gyaku = choice(
        s.jigyo == "yuki",
        teisu("keizoku_seiritsu_nissu", shigatsu),
        teisu("yuki_seiritsu_nissu", shigatsu),
    )
    y.swap("seiritsu_kigen", formula=s.seiritsu + gyaku)


@KAMOKU.yoku_aru("chuto_wasure", "年度の途中の成立なのに、4月からの3期だと思っています。")
def _(y: Yarikata) -> None:
    if y.data["jigyo"] == "keizoku":
        y.data.pop("seiritsu", None)


@KAMOKU.yoku_aru("hasu", "割り切れない端数の円を、最初の期に入れていません。")
def _(y: Yarikata) -> None:
    y.swap("saisho_gaku", formula=s.ki_gaku)
