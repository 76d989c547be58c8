"""増加概算保険料: 申告が要るかと、延納の期・納期限。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from . import enno
from .enno import (
    JIGYO,
    YUKI_NO_HI,
    Kikan,
    hoshiki,
    hyo_ki,
    jigyo,
    keizoku_no_kikan,
    ki_nendo,
    seiritsu,
    shuryo,
    yuki_no_kikan,
)
from .hasu_shori import SENEN_MIMAN_KIRISUTE
from .kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, Taishogai, shirabe
from .kibetsu import HOSHIKI, ki_no_gaku, nendo_no
from .koyomi import YOKUKAICHOBI, tsuki_wo_tasu
from .schema import EN, HAI, HIZUKE, NENDO, Schema, nyuryoku_no_kata, read, sentaku, title
from .sheet import Check, Given, Input, Line, Sheet, Value, choice, day, larger
from .tables import TABLES, NotCovered, cite, teisu

nendo = Input("nendo", "保険年度", "年度")
zoka_bi = Input("zoka_bi", "増加した日", "日付")
moto_santei_kiso = Input("moto_santei_kiso", "申告した算定基礎額の見込み")
zoka_santei_kiso = Input("zoka_santei_kiso", "増加した後の算定基礎額の見込み")
moto_gaisan = Input("moto_gaisan", "申告した概算保険料")
zoka_gaisan = Input("zoka_gaisan", "増加した後の概算保険料")
kikan_su = Input("kikan_su", "増加した日からの期の数", "期")
moto_enno = Input(
    "moto_enno",
    "もとの概算の延納",
    "",
    None,
    "もとの概算を延納している",
    "もとの概算を延納していない",
)


_SHIGATSU = day(nendo, 0, 4, 1)


moto_kiso = Line(
    "moto_kiso",
    "申告した算定基礎額",
    moto_santei_kiso,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku11"),
)
zoka_kiso = Line(
    "zoka_kiso",
    "増加した後の算定基礎額",
    zoka_santei_kiso,
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("soku11"),
)
bairitsu_joken = Line(
    "bairitsu_joken",
    "見込みが200%を超えるか",
    zoka_kiso > moto_kiso * teisu("zoka_bairitsu", _SHIGATSU),
    unit="",
    basis=cite("soku25"),
    if_true="超える",
    if_false="超えない",
    why="1,000円未満を切り捨てた額で比べる。ちょうど200%は超えない。",
)
_kirisute_mae = zoka_santei_kiso > moto_santei_kiso * teisu("zoka_bairitsu", _SHIGATSU)
kirisute_mae_joken = Line(
    "kirisute_mae_joken",
    "切り捨てる前の額なら200%を超えるか",
    _kirisute_mae,
    unit="",
    basis=cite("soku25"),
    when=_kirisute_mae != bairitsu_joken,
    if_true="超える",
    if_false="超えない",
    why="切り捨ててから比べると定めた資料は見つかっていない。",
)
sagaku = Line(
    "sagaku", "増えた概算保険料", larger(zoka_gaisan - moto_gaisan, 0), basis=cite("soku25")
)
sagaku_joken = Line(
    "sagaku_joken",
    "差額が13万円以上か",
    sagaku >= teisu("zoka_sagaku", _SHIGATSU),
    unit="",
    basis=cite("soku25"),
    if_true="13万円以上",
    if_false="13万円に足りない",
)
ki_su = Line(
    "ki_su",
    "納める回数",
    choice(moto_enno, kikan_su, 1, quiet=True),
    unit="回",
    basis=cite("soku30"),
    why="もとの概算を延納している時だけ、分けて納められる。",
)
ki_gaku, saisho_gaku = ki_no_gaku(sagaku, ki_su)
SHEET = Sheet(
    "zoka_gaisan",
    "増加概算保険料",
    (
        nendo,
        hoshiki,
        jigyo,
        seiritsu,
        shuryo,
        zoka_bi,
        moto_santei_kiso,
        zoka_santei_kiso,
        moto_gaisan,
        zoka_gaisan,
        kikan_su,
        moto_enno,
    ),
    (
        moto_kiso,
        zoka_kiso,
        bairitsu_joken,
        kirisute_mae_joken,
        sagaku,
        sagaku_joken,
        ki_su,
        ki_gaku,
        saisho_gaku,
    ),
    (
        *YUKI_NO_HI,
        Check(
            "zoka_bi",
            "seiritsu_mae",
            Given(seiritsu) & (zoka_bi < seiritsu),
            "増加した日は、成立日より後の日にしてください。",
        ),
        Check(
            "zoka_bi",
            "shuryo_go",
            (jigyo == "yuki") & Given(shuryo) & (zoka_bi > shuryo),
            "増加した日は、終了予定日までの日にしてください。",
        ),
    ),
)

# ---- 1つの期の納期限 ----------------------------------------------------

zoka_kigen = Line(
    "zoka_kigen",
    "増加した日から数えた期限",
    zoka_bi + teisu("zoka_nissu", _SHIGATSU),
    rounding=YOKUKAICHOBI,
    unit="日付",
    basis=cite("soku30"),
    why="増加した日の翌日を1日目と数える。",
)
hyo_kijitsu = replace(enno.hyo_kijitsu, basis=cite("soku30"), section="")
futsu_kigen = Line(
    "futsu_kigen",
    "期の納期限",
    enno.encho_kigen,
    rounding=YOKUKAICHOBI,
    unit="日付",
    basis=cite("soku30"),
    when=Given(hyo_ki),
    why="事務組合の14日の延長は、継続事業だけ。有期事業は延びない。",
)
nofu_kigen = Line(
    "nofu_kigen",
    "納期限",
    choice(Given(hyo_ki), larger(futsu_kigen, zoka_kigen), zoka_kigen, quiet=True),
    unit="日付",
    basis=cite("soku30"),
    why="次の期の納期限が最初の期より先に来る時は、最初の期と一緒に納める。",
)
KI_SHEET = Sheet(
    "zoka_ki",
    "期ごとの納期限",
    (nendo, ki_nendo, hoshiki, jigyo, zoka_bi, hyo_ki),
    (zoka_kigen, hyo_kijitsu, futsu_kigen, nofu_kigen),
)

SCHEMA: Schema = nyuryoku_no_kata(
    "増加概算保険料の入力",
    {
        "nendo": title(NENDO, "保険年度"),
        "hoshiki": title(sentaku(HOSHIKI), "申告の方式"),
        "jigyo": title(sentaku(JIGYO), "事業（書かなければ継続事業）"),
        "seiritsu": title(HIZUKE, "保険関係の成立日（前の年度からなら null）"),
        "shuryo": title(HIZUKE, "事業の終了予定日（有期）"),
        "moto_santei_kiso": title(EN, "申告した算定基礎額の見込み"),
        "zoka_santei_kiso": title(EN, "増加した後の算定基礎額の見込み"),
        "moto_gaisan": title(EN, "申告した概算保険料"),
        "zoka_gaisan": title(EN, "増加した後の概算保険料"),
        "zoka_bi": title(HIZUKE, "増加した日"),
        "moto_enno": title(HAI, "もとの概算を延納しているか"),
    },
    (
        "nendo",
        "hoshiki",
        "moto_santei_kiso",
        "zoka_santei_kiso",
        "moto_gaisan",
        "zoka_gaisan",
        "zoka_bi",
        "moto_enno",
    ),
)


def calc(data: Mapping[str, Any]) -> Kotae:
    """増加概算保険料の計算。

    用語: 増加概算保険料（徴収法16条、徴収則25条・30条）。単位: 円。
    要件: 算定基礎額の見込みが200%を超え、かつ差額が13万円以上。
    誤りの時: `NyuryokuAyamari`。要らない時: `Taishogai`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    hizuke = {k: date.fromisoformat(x[k]) for k in ("zoka_bi", "seiritsu", "shuryo") if k in x}
    given: dict[str, Any] = {"jigyo": "keizoku", **x, **hizuke}
    bi = hizuke["zoka_bi"]
    dame = shirabe(SHEET.broken_inputs(given))
    if nendo_no(bi) != x["nendo"]:
        message = "増加した日は、その保険年度（4月1日から翌年3月31日）の日にしてください。"
        dame.append(Ayamari("zoka_bi", "nendo_gai", message))
    if dame:
        return NyuryokuAyamari(dame)
    kikan = _kikan(given)
    if x["moto_enno"] and len(kikan) == 1:
        message = "10月1日からの成立と、全期間が6月以内の有期事業は、延納できません。成立日と終了予定日を確かめるか、もとの概算を延納していないとしてください。"
        return NyuryokuAyamari([Ayamari("moto_enno", "enno_fuka", message)])
    kikan = [k for k in kikan if k.shuryo >= bi]
    given["kikan_su"] = len(kikan)
    try:
        run = SHEET.run(given, TABLES)
        tarinai = [j for j in (bairitsu_joken, sagaku_joken) if not run[j.id]]
        if tarinai:
            kimeta = kirisute_mae_joken in run and run[sagaku_joken.id]
            return Taishogai([_riyu(j, f"ただし、{KIRISUTE}" if kimeta else "") for j in tarinai])
        if run["ki_su"] == 1:
            kikan = [replace(kikan[0], shuryo=kikan[-1].shuryo)]
        kikan[0] = replace(kikan[0], kaishi=bi, hyo_ki=None)
        bu = [_kigen(given, k, i) for i, k in enumerate(kikan, 1)]
    except NotCovered as e:
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", e.message)])
    kibetsu = [
        {
            "ki": i,
            "kikan_kaishi": k.kaishi,
            "kikan_shuryo": k.shuryo,
            "gaku": run["saisho_gaku"] if i == 1 else run["ki_gaku"],
            "nofu_kigen": b.run["nofu_kigen"],
        }
        for i, (k, b) in enumerate(zip(kikan, bu, strict=True), 1)
    ]
    values = {"sagaku": run["sagaku"], "kibetsu": kibetsu}
    chui = (Chui("kirisute_kimeta", KIRISUTE),) if kirisute_mae_joken in run else ()
    return Keisan("zoka_gaisan", values, (Bu(run), *bu), chui)


def _kikan(x: Mapping[str, Any]) -> list[Kikan]:
    """もとの概算の期（徴収則27条1項・28条1項）。延納できない事業なら1つだけ。"""
    if x["jigyo"] == "keizoku":
        return keizoku_no_kikan(x["nendo"], x.get("seiritsu"))
    kikan = yuki_no_kikan(x["seiritsu"], x["shuryo"])
    rokkagetsu_inai = x["shuryo"] < tsuki_wo_tasu(x["seiritsu"], 6)
    return [replace(kikan[0], shuryo=x["shuryo"])] if rokkagetsu_inai else kikan


def _kigen(given: Mapping[str, Any], kikan: Kikan, kai: int) -> Bu:
    ki: dict[str, Value] = {
        **{i.id: given[i.id] for i in (nendo, hoshiki, jigyo, zoka_bi)},
        "ki_nendo": kikan.nendo,
        "hyo_ki": kikan.hyo_ki,
    }
    return Bu(KI_SHEET.run(ki, TABLES), midashi=f"{kai}回目")


KIRISUTE = (
    "200%を超えるかは、算定基礎額の1,000円未満を切り捨ててから比べています。"
    "切り捨てる前の額で比べると、申告が要るかどうかが変わります。"
    "どちらで比べるかを定めた資料は見つかっていません。労働局に確かめてください。"
)


def _riyu(joken: Line, kotowari: str) -> dict[str, Any]:
    bun = {
        "bairitsu_joken": "算定基礎額の見込みが、申告した額の200%を超えていません。",
        "sagaku_joken": "概算保険料の差額が13万円に足りません。",
    }[joken.id]
    return {
        "code": joken.id,
        "message": f"{bun}増加概算保険料の申告は要りません。{kotowari}",
        "basis": list(joken.basis),
    }
