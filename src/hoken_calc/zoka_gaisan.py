"""増加概算保険料: 申告が要るかと、延納の期・納期限。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .enno import kihon_no_kikan
from .hasu_shori import SENEN_MIMAN_KIRISUTE
from .kekka import Ayamari, Bu, Keisan, Kotae, NyuryokuAyamari, Taishogai
from .kibetsu import HOSHIKI, encho_go, ki_no_gaku, kijitsu, nendo_no
from .koyomi import YOKUKAICHOBI
from .schema import EN, HAI, HIZUKE, NENDO, Schema, nyuryoku_no_kata, read, sentaku, title
from .sheet import Given, Input, Line, Sheet, Value, choice, day, larger
from .tables import TABLES, NotCovered, cite, teisu

nendo = Input("nendo", "保険年度", "年度")
hoshiki = Input("hoshiki", "申告の方式", "", HOSHIKI)
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
    why="ちょうど200%は超えない。",
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
        moto_santei_kiso,
        zoka_santei_kiso,
        moto_gaisan,
        zoka_gaisan,
        kikan_su,
        moto_enno,
    ),
    (moto_kiso, zoka_kiso, bairitsu_joken, sagaku, sagaku_joken, ki_su, ki_gaku, saisho_gaku),
)

# ---- 1つの期の納期限 ----------------------------------------------------
zoka_bi = Input("zoka_bi", "増加した日", "日付")
hyo_ki = Input("hyo_ki", "納期限の表の期", "")

hyo_kijitsu = Line(
    "hyo_kijitsu",
    "法令の期日",
    kijitsu("nokigen", nendo, hyo_ki, on=_SHIGATSU),
    unit="日付",
    basis=cite("soku30"),
    when=Given(hyo_ki),
)
nofu_kigen = Line(
    "nofu_kigen",
    "納期限",
    choice(
        Given(hyo_ki),
        encho_go(hyo_kijitsu, hoshiki == "jimukumiai", hyo_ki, on=_SHIGATSU),
        zoka_bi + teisu("zoka_nissu", _SHIGATSU),
        quiet=True,
    ),
    rounding=YOKUKAICHOBI,
    unit="日付",
    basis=cite("soku30"),
    why="最初の期は、増加した日の翌日を1日目と数えて30日目。",
)
KI_SHEET = Sheet(
    "zoka_ki", "期ごとの納期限", (nendo, hoshiki, zoka_bi, hyo_ki), (hyo_kijitsu, nofu_kigen)
)

SCHEMA: Schema = nyuryoku_no_kata(
    "増加概算保険料の入力",
    {
        "nendo": title(NENDO, "保険年度"),
        "hoshiki": title(sentaku(HOSHIKI), "申告の方式"),
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
    bi = date.fromisoformat(x.pop("zoka_bi"))
    if nendo_no(bi) != x["nendo"]:
        message = "増加した日は、その保険年度（4月1日から翌年3月31日）の日にしてください。"
        return NyuryokuAyamari([Ayamari("zoka_bi", "nendo_gai", message)])
    kikan = [k for k in kihon_no_kikan(x["nendo"]) if k.shuryo >= bi]
    given: dict[str, Value] = {**x, "kikan_su": len(kikan)}
    try:
        run = SHEET.run(given, TABLES)
        dame = [j for j in (bairitsu_joken, sagaku_joken) if not run[j.id]]
        if dame:
            return Taishogai([_riyu(j) for j in dame])
        kibetsu, bu = [], [Bu(run)]
        for i, k in enumerate(kikan[: run["ki_su"]], 1):
            hyo = None if i == 1 else k.hyo_ki
            ki = {"nendo": x["nendo"], "hoshiki": x["hoshiki"], "zoka_bi": bi, "hyo_ki": hyo}
            bu.append(Bu(KI_SHEET.run(ki, TABLES), midashi=f"第{i}期"))
            gaku = run["saisho_gaku"] if i == 1 else run["ki_gaku"]
            kibetsu.append({"ki": i, "gaku": gaku, "nofu_kigen": bu[-1].run["nofu_kigen"]})
    except NotCovered as e:
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", e.message)])
    values = {"sagaku": run["sagaku"], "kibetsu": kibetsu}
    return Keisan("zoka_gaisan", values, tuple(bu))


def _riyu(joken: Line) -> dict[str, Any]:
    bun = {
        "bairitsu_joken": "算定基礎額の見込みが、申告した額の200%を超えていません。",
        "sagaku_joken": "概算保険料の差額が13万円に足りません。",
    }[joken.id]
    return {
        "code": joken.id,
        "message": f"{bun}増加概算保険料の申告は要りません。",
        "basis": list(joken.basis),
    }
