"""去年との差: 年度更新で払う額が、去年からいくら、なぜ変わったか。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from .. import nendo_koshin
from ..kekka import Bu, Chui, Keisan, Kotae, NyuryokuAyamari, shirabe
from ..schema import Retsu, Schema, nyuryoku_no_kata, read
from ..sheet import Run, Value
from ..sheet.render import number
from ..tables import TABLES
from .setsumei import MODORU, chigau, namae, setsumei, yoin_mei
from .shiki import DANKAI, RITSU, SHEET, YOIN, gaisan_no_moto, irekae, na_wo_kaeta_sheet

__all__ = ["SCHEMA", "SHEET", "YOIN", "calc"]

TOSHI = {"kyonen": "去年", "kotoshi": "今年"}
_ICHINEN = {k: v for k, v in nendo_koshin.SCHEMA.items() if k != "$schema"}
SCHEMA: Schema = nyuryoku_no_kata(
    "去年との差の入力",
    {id: {**_ICHINEN, "title": f"{toshi}（年度更新の入力）"} for id, toshi in TOSHI.items()},
    tuple(TOSHI),
)
# 表の列。年度更新の表と同じ見出しの前に、去年か今年をつける。
HYO_NO_RETSU = [
    Retsu((id, *path), f"{toshi}の{label}")
    for id, toshi in TOSHI.items()
    for path, label in nendo_koshin.RETSU.values()
]


def calc(data: Mapping[str, Any]) -> Kotae:
    """去年との差の計算。

    用語: 年度更新で払う額（前の年度の精算＋概算保険料＋一般拠出金。還付は引く）の、去年との差。
    計算式: 精算と一般拠出金は今年−去年。概算は、賃金・業種の労災保険率・メリット・雇用保険率・
    特別加入の順に1つずつ今年の物に入れ替え、動いた額をその理由の額とする。
    端数: 入れ替えの間は切らず、円未満だけ切り捨ててそろえる。切り方だけで動いた額は「端数」。
    内訳の合計は、いつも差と同じ。単位: 円。
    誤りの時: `NyuryokuAyamari`（項目は kyonen. か kotoshi. で始まる）。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if not isinstance(x, dict):
        return NyuryokuAyamari(errors)
    told = [e for e in errors if e.field.split(".")[0] not in TOSHI or e.field in TOSHI]
    answers: dict[str, Keisan] = {}
    for id in TOSHI:
        answer = nendo_koshin.calc(data[id]) if isinstance(x.get(id), dict) else None
        if isinstance(answer, Keisan):
            answers[id] = answer
        elif isinstance(answer, NyuryokuAyamari):
            told += [replace(e, field=f"{id}.{e.field}") for e in answer.errors]
    return NyuryokuAyamari(told) if told else _kuraberu(answers["kyonen"], answers["kotoshi"])


def _kuraberu(kyonen: Keisan, kotoshi: Keisan) -> Kotae:
    runs = {"kyonen": kyonen.run, "kotoshi": kotoshi.run}
    given: dict[str, Value] = {
        f"{id}_{atai}": run[gyo] for id, run in runs.items() for atai, gyo in _ATAI.items()
    }
    if broken := SHEET.broken_inputs(given):
        return NyuryokuAyamari(shirabe(broken))
    ritsu = _ritsu(runs) if kyonen.run["hoken_kankei"] != "koyo" else None
    kaitei = ritsu["kaitei_ritsu"] if ritsu else None
    dankai = irekae(gaisan_no_moto(kyonen.run), gaisan_no_moto(kotoshi.run), kaitei)
    given |= {f"gaisan_{id}": r["gaisan_hokenryo"] for id, r in dankai.items()}
    mei = yoin_mei(*runs.values())
    run = na_wo_kaeta_sheet(mei).run(given, TABLES)
    bu = [Bu(_iru_gyo(r), nendo_koshin.boxes(r), f"{TOSHI[id]}:") for id, r in runs.items()]
    bu += [Bu(ritsu, midashi=RITSU.label)] if ritsu else []
    bu += [
        Bu(dankai[d.id], midashi=f"概算: {d.label}")
        for mae, d in pairwise((DANKAI[0], *DANKAI))
        if d is mae or dankai[d.id].values != dankai[mae.id].values
    ]
    return Keisan(
        "zennen_sa",
        {
            "sa": run["sa"],
            "kyonen_nofu": run["kyonen_nofu"],
            "kotoshi_nofu": run["kotoshi_nofu"],
            "uchiwake": [
                {
                    "yoin": id,
                    "namae": namae(id, mei[id], run[f"sa_{id}"]),
                    "kingaku": run[f"sa_{id}"],
                    "setsumei": bun,
                }
                for id, bun in setsumei(run, dankai, ritsu, mei).items()
            ],
        },
        (*bu, Bu(run)),
        (*_ichinen_no_chui(kyonen, kotoshi), *_chui(run, runs, mei)),
    )


_ATAI = {
    "nendo": "nendo",
    "hoken_kankei": "hoken_kankei",
    "kakutei_nomi": "kakutei_nomi",
    "kakutei": "kakutei_hokenryo",
    "shinkokuzumi": "shinkokuzumi_gaisan",
    "gaisan": "gaisan_hokenryo",
    "kyoshutsukin": "ippan_kyoshutsukin",
}


_IRU = {
    id
    for moto in ("kakutei_hokenryo", "gaisan_hokenryo", "ippan_kyoshutsukin")
    for id in nendo_koshin.SHEET.below(moto)
}


def _iru_gyo(run: Run) -> Run:
    """年度更新の計算のうち、払う額を決める行だけ。期ごとの額と納期限は、差に関わらない。"""
    shown = [line for line in run.shown if line.id in _IRU]
    return replace(run, shown=shown, used={x.id: run.used[x.id] for x in shown})


def _ritsu(runs: Mapping[str, Run]) -> Run:
    given = {f"{id}_{k}": r[k] for id, r in runs.items() for k in ("nendo", "gyoshu")}
    given |= {f"{id}_rosai_ritsu": r["gaisan_rosai_ritsu"] for id, r in runs.items()}
    return RITSU.run(given, TABLES)


def _ichinen_no_chui(kyonen: Keisan, kotoshi: Keisan) -> list[Chui]:
    """年度更新の注意。どの年のかを言い、2年とも同じ注意は1つにする。"""
    doko: dict[Chui, list[str]] = {}
    for id, answer in (("kyonen", kyonen), ("kotoshi", kotoshi)):
        for c in answer.chui:
            if c.code != "juto_ishi_nashi":
                doko.setdefault(c, []).append(TOSHI[id])
    return [Chui(c.code, f"{'・'.join(toshi)}: {c.message}") for c, toshi in doko.items()]


def _chui(run: Run, runs: Mapping[str, Run], mei: Mapping[str, str]) -> list[Chui]:
    """2年を比べて初めて分かる、おかしな所。負の額の読み方。"""
    out = []
    if min(run["kyonen_nofu"], run["kotoshi_nofu"]) < 0:
        out.append(Chui("modoru", MODORU))
    sumi, gaisan = run["kotoshi_shinkokuzumi"], run["kyonen_gaisan"]
    if sumi != gaisan:
        message = f"今年の申告済みの概算保険料 {number(sumi)}円が、去年の概算保険料 {number(gaisan)}円と違います。ふつうは同じ額です。去年の入力か、増加概算や訂正が無かったかを確かめてください。"
        out.append(Chui("shinkokuzumi_chigai", message))
    for komoku, na, yoin in (
        ("gyoshu", "業種", "rosai_ritsu"),
        ("koyo_kubun", "雇用保険の事業の区分", "koyo_ritsu"),
    ):
        if chigau(runs["kyonen"][komoku], runs["kotoshi"][komoku]):
            message = (
                f"{na}が、去年と今年で違います。率が変わって動いた額は「{mei[yoin]}」に入れました。"
            )
            out.append(Chui("kubun_chigai", message))
    return out
