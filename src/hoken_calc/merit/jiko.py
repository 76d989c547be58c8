"""事故1件で、メリット収支率の分子に入る額。給付を規則から見積もる。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..hasu_shori import ICHIEN_MIMAN_KIRISUTE, NICHIGAKU_KIRIAGE
from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, shirabe
from ..schema import EN, NENDO, NISSU, Schema, nyuryoku_no_kata, read, sentaku, title
from ..sheet import Check, Given, Input, Line, Lookup, Run, Sheet, choice, larger, smaller
from ..tables import TABLES, NotCovered, cite, table
from ..tokubetsu_kanyu import erabu
from ..tokubetsu_kanyu.erabu import kyufu
from ..tokubetsu_kanyu.shiki import nendo, nendo_hajime, nichigaku

JIKO: dict[str, str] = {str(k): rows[-1]["meisho"] for k, rows in table("jiko").rows.items()}

jiko = Input("jiko", "事故の種類", "", JIKO)
kyugyo_nissu = Input("kyugyo_nissu", "休業した日数", "日")
chiryohi = Input("chiryohi", "治療費")
tokubetsu_kyuyo = Input("tokubetsu_kyuyo", "賞与などの年額")
_NISSU = "事故の種類"
_KYUFU = "保険給付"
_SHIKYUKIN = "特別支給金"
_GOKEI = "収支率の分子に入る額"


def _jiko(column: str) -> Lookup:
    return Lookup("jiko", column, nendo_hajime, jiko)


kubun = Line(
    "kubun",
    "給付の形",
    _jiko("kubun"),
    unit="",
    section=_NISSU,
    why="障害は1級から7級までが年金、8級から14級までが一時金。",
)
nissu = Line(
    "nissu",
    "休業の日数",
    choice(Given(kyugyo_nissu), kyugyo_nissu, _jiko("kyugyo_nissu"), quiet=True),
    unit="日",
    when=Given(kyugyo_nissu) | (kubun == "休業"),
    section=_NISSU,
)
kyufu_nissu = Line(
    "kyufu_nissu",
    "休業の給付が出る日数",
    larger(nissu - kyufu("kyugyo_taiki"), 0),
    unit="日",
    basis=cite("rosaiho14"),
    when=nissu > 0,
    section=_NISSU,
    why="はじめの3日は労災保険から出ない。その分は事業主が休業補償をし、収支率には入らない。",
)
kansan_nissu = Line(
    "kansan_nissu",
    "障害・死亡の給付として入れる日数",
    choice(
        kubun == "一時金",
        Lookup("rosai_kyufu", "atai", nendo_hajime, jiko),
        Lookup("merit_santei", "nissu", nendo_hajime, _jiko("kyufu_shurui")),
        quiet=True,
    ),
    unit="日分",
    basis=cite("soku18"),
    when=kubun != "休業",
    section=_NISSU,
    why="一時金は払われる日数のまま。年金は、労基法の一時金の日数に置き換える。",
)

ryoyo = Line(
    "ryoyo",
    "治療費（療養補償給付）",
    chiryohi,
    basis=cite("soku18"),
    when=Given(chiryohi),
    section=_KYUFU,
    why="実際にかかった額を入れる。療養を始めてから3年までの分。",
)
kyugyo_nichi = Line(
    "kyugyo_nichi",
    "休業補償給付の1日分",
    nichigaku * kyufu("kyugyo_hosho_wariai"),
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("rosaiho14"),
    when=nissu > 0,
    section=_KYUFU,
    why="給付基礎日額の60%。",
)
kyugyo_hosho = Line(
    "kyugyo_hosho",
    "休業補償給付",
    kyugyo_nichi * kyufu_nissu,
    basis=cite("soku18"),
    when=nissu > 0,
    section=_KYUFU,
)
shogai_nenkin = Line(
    "shogai_nenkin",
    "障害補償年金の代わりに入れる額",
    nichigaku * kansan_nissu,
    basis=cite("soku18"),
    when=kubun == "年金",
    section=_KYUFU,
    why="年金は何年も続くので、労基法77条の障害補償の額に置き換える。払われる年金の額ではない。",
)
shogai_ichijikin = Line(
    "shogai_ichijikin",
    "障害補償一時金",
    nichigaku * kansan_nissu,
    basis=cite("rosaiho15", "merit-2004"),
    when=kubun == "一時金",
    section=_KYUFU,
    why="一時金は、払われる額をそのまま入れる。",
)
izoku_nenkin = Line(
    "izoku_nenkin",
    "遺族補償年金の代わりに入れる額",
    nichigaku * kansan_nissu,
    basis=cite("soku18"),
    when=kubun == "死亡",
    section=_KYUFU,
    why="遺族の人数にかかわらず、労基法79条の遺族補償の額に置き換える。",
)
sosai = replace(
    erabu.sosai,
    when=kubun == "死亡",
    section=_KYUFU,
    why="葬祭料は、払われる額をそのまま入れる。",
)

kyugyo_tokubetsu_nichi = Line(
    "kyugyo_tokubetsu_nichi",
    "休業特別支給金の1日分",
    nichigaku * kyufu("kyugyo_tokubetsu_wariai"),
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("rosaiho14"),
    when=nissu > 0,
    section=_SHIKYUKIN,
    why="給付基礎日額の20%。",
)
kyugyo_tokubetsu = Line(
    "kyugyo_tokubetsu",
    "休業特別支給金",
    kyugyo_tokubetsu_nichi * kyufu_nissu,
    basis=cite("soku18-3"),
    when=nissu > 0,
    section=_SHIKYUKIN,
)
teigaku = Line(
    "teigaku",
    "定額の特別支給金",
    _jiko("tokubetsu_shikyukin"),
    basis=cite("soku18-2"),
    when=kubun != "休業",
    section=_SHIKYUKIN,
    why="障害特別支給金か遺族特別支給金。等級ごとに決まった額を1度だけ払う。",
)
santei_nengaku = Line(
    "santei_nengaku",
    "算定基礎年額",
    smaller(
        smaller(
            tokubetsu_kyuyo,
            nichigaku * kyufu("tokubetsu_kyuyo_nissu") * kyufu("tokubetsu_kyuyo_wariai"),
        ),
        kyufu("tokubetsu_kyuyo_jogen"),
    ),
    basis=cite("tokubetsu-soku6"),
    when=Given(tokubetsu_kyuyo) & (kubun != "休業"),
    section=_SHIKYUKIN,
    why="事故の前1年間の賞与などの額。給付基礎日額の365倍の20%と、150万円が上限。",
)
santei_nichigaku = Line(
    "santei_nichigaku",
    "算定基礎日額",
    santei_nengaku / kyufu("tokubetsu_kyuyo_nissu"),
    rounding=NICHIGAKU_KIRIAGE,
    basis=cite("soku18-3"),
    when=Given(tokubetsu_kyuyo) & (kubun != "休業"),
    section=_SHIKYUKIN,
)
tokubetsu_nenkin = Line(
    "tokubetsu_nenkin",
    "賞与による特別支給金",
    santei_nichigaku * kansan_nissu,
    basis=cite("soku18-3"),
    when=Given(tokubetsu_kyuyo) & (kubun != "休業"),
    section=_SHIKYUKIN,
    why="障害特別年金・障害特別一時金・遺族特別年金。日数は保険給付と同じ。",
)

hoken_kyufu = Line(
    "hoken_kyufu",
    "保険給付の計",
    ryoyo + kyugyo_hosho + shogai_nenkin + shogai_ichijikin + izoku_nenkin + sosai,
    basis=cite("soku18"),
    section=_GOKEI,
)
tokubetsu_shikyukin = Line(
    "tokubetsu_shikyukin",
    "特別支給金の計",
    kyugyo_tokubetsu + teigaku + tokubetsu_nenkin,
    basis=cite("soku18-2"),
    section=_GOKEI,
)
jiko_bunshi = Line(
    "jiko_bunshi",
    "この事故で分子に入る額",
    hoken_kyufu + tokubetsu_shikyukin,
    basis=cite("choshuho12"),
    section=_GOKEI,
)
SHEET = Sheet(
    "jiko",
    "事故1件で収支率の分子に入る額",
    (nendo, jiko, nichigaku, kyugyo_nissu, chiryohi, tokubetsu_kyuyo),
    (
        kubun,
        nissu,
        kyufu_nissu,
        kansan_nissu,
        ryoyo,
        kyugyo_nichi,
        kyugyo_hosho,
        shogai_nenkin,
        shogai_ichijikin,
        izoku_nenkin,
        sosai,
        kyugyo_tokubetsu_nichi,
        kyugyo_tokubetsu,
        teigaku,
        santei_nengaku,
        santei_nichigaku,
        tokubetsu_nenkin,
        hoken_kyufu,
        tokubetsu_shikyukin,
        jiko_bunshi,
    ),
    (
        Check(
            "nichigaku",
            "zero",
            nichigaku == 0,
            "給付基礎日額は1円以上で書いてください。けがの前3か月の賃金 ÷ その日数です。",
        ),
        Check(
            "kyugyo_nissu",
            "sannen",
            nissu > kyufu("kyugyo_kikan"),
            "休業した日数は1,095日（3年）までです。それより後の分は収支率に入りません。",
        ),
    ),
)
KOMOKU: dict[str, Schema] = {
    "jiko": title(sentaku(JIKO), "事故の種類"),
    "nichigaku": title(EN, "給付基礎日額"),
    "kyugyo_nissu": title(NISSU, "休業した日数"),
    "chiryohi": title(EN, "治療費"),
    "tokubetsu_kyuyo": title(EN, "賞与などの年額"),
}
SCHEMA: Schema = nyuryoku_no_kata(
    "事故1件の入力",
    {"nendo": title(NENDO, "事故の保険年度"), **KOMOKU},
    ("nendo", "jiko", "nichigaku"),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """事故1件で、収支率の分子に入る額を見積もる。

    用語: メリット収支率の分子（徴収法12条3項、徴収則18条）。単位: 円。
    計算式: 保険給付（年金は労基法の一時金の日数に置換え）＋ 業務災害の特別支給金。
    端数: 休業の1日分は1円未満切捨て、算定基礎日額は1円未満切上げ。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    bu, errors = mitsumoru(x)
    if errors:
        return NyuryokuAyamari(errors)
    run = bu.run
    values = {k.id: run[k.id] for k in (hoken_kyufu, tokubetsu_shikyukin, jiko_bunshi)}
    return Keisan("jiko", values, (bu,), kazoete_inai(x))


def mitsumoru(x: Mapping[str, Any]) -> tuple[Bu, list[Ayamari]]:
    """読んだ入力から見積もる。項目は `SHEET` の入力だけ。"""
    given = {i.id: x.get(i.id) for i in SHEET.inputs}
    errors = shirabe(SHEET.broken_inputs(given))
    run = Run(SHEET, given, TABLES)
    if not errors:
        try:
            run = SHEET.run(given, TABLES)
        except NotCovered as e:
            return Bu(run), [Ayamari("nendo", "nendo_hanigai", e.message)]
        errors = shirabe(run.broken_results())
    return Bu(run), errors


def kazoete_inai(x: Mapping[str, Any]) -> tuple[Chui, ...]:
    """書いていないので数えなかった給付。"""
    out = []
    if x.get("chiryohi") is None:
        out.append("治療費を書いていないので、数えていません。治療費の額を決める規則はありません。")
    if not x["jiko"].startswith("kyugyo"):
        if x.get("kyugyo_nissu") is None:
            out.append("休業した日数を書いていないので、治るまでの休業の給付を数えていません。")
        if x.get("tokubetsu_kyuyo") is None:
            out.append("賞与などの年額を書いていないので、賞与による特別支給金は0円としています。")
    return tuple(Chui("kazoete_inai", text) for text in out)
