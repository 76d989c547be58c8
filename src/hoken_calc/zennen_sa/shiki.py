"""去年との差の式。

払う額 ＝ 前の年度の精算 ＋ 概算保険料 ＋ 一般拠出金。精算と一般拠出金は、今年から去年を引く。
概算保険料は、去年の入力を1つずつ今年の物に入れ替え、そのたびに年度更新のシートで計算し直す。
入れ替えの間は端数を切らない。切った額との食い違いが「端数」。
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ..hasu_shori import ICHIEN_MIMAN_KIRISUTE
from ..kibetsu import HOKEN_KANKEI
from ..nendo_koshin import SHEET as NENDO_KOSHIN
from ..sheet import Check, Const, Expr, Input, Line, Lookup, Run, Sheet, Value, day
from ..tables import TABLES, cite

# ---- 業種の率とメリットを分ける ----------------------------------------
kyonen_nendo = Input("kyonen_nendo", "去年の確定の保険年度", "年度")
kotoshi_nendo = Input("kotoshi_nendo", "今年の確定の保険年度", "年度")
kyonen_gyoshu = Input("kyonen_gyoshu", "去年の業種番号", "")
kotoshi_gyoshu = Input("kotoshi_gyoshu", "今年の業種番号", "")
kyonen_rosai_ritsu = Input("kyonen_rosai_ritsu", "去年の概算の労災保険率", "‰")
kotoshi_rosai_ritsu = Input("kotoshi_rosai_ritsu", "今年の概算の労災保険率", "‰")


def _kijun(id: str, label: str, nendo: Input, gyoshu: Input) -> Line:
    hyo = Lookup("rosai_hokenritsu", "ritsu", day(nendo, 1, 4, 1), gyoshu, "‰")
    return Line(id, label, hyo, unit="‰", basis=cite("choshuho12"))


def _higyomu(nendo: Input) -> Expr:
    return Lookup("teisu", "atai", day(nendo, 1, 4, 1), Const("higyomu_saigai_ritsu"), "‰")


kyonen_kijun_ritsu = _kijun(
    "kyonen_kijun_ritsu", "去年の概算の、業種の労災保険率", kyonen_nendo, kyonen_gyoshu
)
kotoshi_kijun_ritsu = _kijun(
    "kotoshi_kijun_ritsu", "今年の概算の、業種の労災保険率", kotoshi_nendo, kotoshi_gyoshu
)
merit_wariai = Line(
    "merit_wariai",
    "去年のメリットの割合",
    (kyonen_rosai_ritsu - _higyomu(kyonen_nendo)) / (kyonen_kijun_ritsu - _higyomu(kyonen_nendo)),
    unit="",
    basis=cite("choshuho12"),
    why="メリット制は、業種の率から非業務災害率を引いた残りを増減する。1なら、増減なし。",
)
kaitei_ritsu = Line(
    "kaitei_ritsu",
    "業種の率だけを今年にした労災保険率",
    (kotoshi_kijun_ritsu - _higyomu(kotoshi_nendo)) * merit_wariai + _higyomu(kotoshi_nendo),
    unit="‰",
    basis=cite("choshuho12"),
    why="メリットの割合を去年のままにする。ここまでが業種の率の改定、残りがメリット。",
)
RITSU = Sheet(
    "zennen_ritsu",
    "業種の率とメリット",
    (
        kyonen_nendo,
        kotoshi_nendo,
        kyonen_gyoshu,
        kotoshi_gyoshu,
        kyonen_rosai_ritsu,
        kotoshi_rosai_ritsu,
    ),
    (kyonen_kijun_ritsu, kotoshi_kijun_ritsu, merit_wariai, kaitei_ritsu),
)


# ---- 端数を切らない概算 -------------------------------------------------
def _kirazu(line: Line) -> Line:
    """端数を切らない行。切る理由の一文も、当たらないので外す。"""
    why = "" if line.rounding else line.why
    return replace(line, rounding=None, why=why, section="")


_ritsu_gaisan = Input("rosai_ritsu_gaisan", "ここで使う労災保険率", "‰")
GAISAN = replace(
    NENDO_KOSHIN,
    id="zennen_gaisan",
    label="端数を切らない概算保険料",
    inputs=tuple(_ritsu_gaisan if i.id == _ritsu_gaisan.id else i for i in NENDO_KOSHIN.inputs),
    lines=tuple(
        _kirazu(x) for x in NENDO_KOSHIN.lines if x.id in NENDO_KOSHIN.below("gaisan_hokenryo")
    ),
    checks=(),
).swap("gaisan_rosai_ritsu", formula=_ritsu_gaisan)


def gaisan_no_moto(run: Run) -> dict[str, Value]:
    """年度更新の計算から、概算を決める入力を取り出す。賃金は、概算に使った方の、切る前の額。"""
    ritsu = {"rosai_ritsu_gaisan": run["gaisan_rosai_ritsu"]}
    nama = GAISAN.run({i.id: run[i.id] for i in NENDO_KOSHIN.inputs} | ritsu, TABLES)
    out = {k: run[k] for k in ("nendo", "hoken_kankei", "koyo_kubun", "gaisan_chu_kaitei")}
    for hoken in ("rosai", "koyo"):
        mikomi = run[f"gaisan_{hoken}_kiso"] != run[f"{hoken}_kiso"]
        out[f"chingin_{hoken}"] = nama[f"mikomi_{hoken}_kiso" if mikomi else f"{hoken}_kiso"]
    out["tokubetsu_gaisan"] = nama["gaisan_tokubetsu_kiso"]
    return out | ritsu | {"kakutei_nomi": False, "nendo_chu_kaitei": False}


@dataclass(frozen=True)
class Dankai:
    """入れ替えの1段。`komoku` の入力を、今年の物にする。"""

    id: str
    label: str
    komoku: tuple[str, ...] = ()


DANKAI = (
    Dankai("kyonen", "全部去年のまま"),
    Dankai("chingin", "賃金を今年に", ("chingin_rosai", "chingin_koyo")),
    Dankai("rosai_ritsu", "業種の労災保険率も今年に", ("rosai_ritsu_gaisan",)),
    Dankai("merit", "メリットも今年に", ("rosai_ritsu_gaisan",)),
    Dankai("koyo_ritsu", "雇用保険率も今年に", ("nendo", "koyo_kubun", "gaisan_chu_kaitei")),
    Dankai("tokubetsu", "特別加入も今年に", ("tokubetsu_gaisan",)),
)


def irekae(
    kyonen: Mapping[str, Value], kotoshi: Mapping[str, Value], kaitei: Value
) -> dict[str, Run]:
    """去年から今年へ、1段ずつ入れ替えた概算の計算。`kaitei` は業種の率だけ今年にした率。"""
    ima, out = dict(kyonen), {}
    for d in DANKAI:
        ima |= {k: kotoshi[k] for k in d.komoku}
        if d.id == "rosai_ritsu":
            ima["rosai_ritsu_gaisan"] = kaitei
        out[d.id] = GAISAN.run(ima, TABLES)
    return out


# ---- 差とその内訳 -------------------------------------------------------
_inputs: list[Input] = []
_lines: list[Line] = []
_section = ""


def _input(id: str, label: str, unit: str = "円") -> Input:
    _inputs.append(Input(id, label, unit))
    return _inputs[-1]


def _line(id: str, label: str, formula: Expr, *basis: str, **more: Any) -> Line:
    _lines.append(Line(id, label, formula, basis=cite(*basis), section=_section, **more))
    return _lines[-1]


@dataclass(frozen=True)
class Nendo:
    """1年分の、払う額の3つの部分。"""

    seisan: Line
    gaisan: Input
    kyoshutsukin: Input
    nofu: Line


def _nendo(id: str, toshi: str) -> Nendo:
    global _section
    _section = "払う額"
    kakutei = _input(f"{id}_kakutei", f"{toshi}の確定保険料")
    sumi = _input(f"{id}_shinkokuzumi", f"{toshi}の申告済みの概算保険料")
    gaisan = _input(f"{id}_gaisan", f"{toshi}の概算保険料")
    kyoshutsukin = _input(f"{id}_kyoshutsukin", f"{toshi}の一般拠出金")
    seisan = _line(
        f"{id}_seisan",
        f"{toshi}の精算（前の年度の分）",
        kakutei - sumi,
        "choshuho19",
        why="足りなければ足す。払い過ぎなら、充当か還付で戻るので引く（マイナスになる）。",
    )
    nofu = _line(
        f"{id}_nofu",
        f"{toshi}払う額",
        seisan + gaisan + kyoshutsukin,
        "choshuho15",
        "choshuho19",
        "sekimenho",
        why="精算と概算と一般拠出金の計。回数や充当の選び方では変わらない。還付されるお金は引く。",
    )
    return Nendo(seisan, gaisan, kyoshutsukin, nofu)


kyonen = _nendo("kyonen", "去年")
kotoshi = _nendo("kotoshi", "今年")
SA = _line("sa", "去年との差", kotoshi.nofu - kyonen.nofu)

_section = "概算を、1つずつ今年に入れ替える"


def _en(d: Dankai) -> Line:
    nama = _input(f"gaisan_{d.id}", f"端数を切る前の概算（{d.label}）")
    why = "賃金の1,000円未満も、保険料の円未満も切らずに計算し、最後に円にそろえる。"
    label = f"概算（{d.label}）"
    en = ICHIEN_MIMAN_KIRISUTE
    return _line(f"gaisan_{d.id}_en", label, nama, "choshuho15", rounding=en, why=why)


_en_betsu = [_en(d) for d in DANKAI]

_section = "差の内訳"
YOIN: dict[str, str] = {
    "seisan": "前の年度の精算",
    "chingin": "賃金の増減",
    "rosai_ritsu": "労災保険率の改定",
    "merit": "メリット制",
    "koyo_ritsu": "雇用保険率の改定",
    "tokubetsu": "特別加入",
    "kyoshutsukin": "一般拠出金",
    "hasu": "端数",
}
_uchiwake = [
    _line(
        "sa_seisan",
        YOIN["seisan"],
        kotoshi.seisan - kyonen.seisan,
        "choshuho19",
        why="今年の精算から、去年の精算を引く。",
    )
]
for _d, (_mae, _ato) in zip(DANKAI[1:], pairwise(_en_betsu), strict=True):
    _why = f"{_d.label}した概算から、その前の概算を引く。"
    _uchiwake.append(_line(f"sa_{_d.id}", YOIN[_d.id], _ato - _mae, "choshuho15", why=_why))
_uchiwake.append(
    _line(
        "sa_kyoshutsukin",
        YOIN["kyoshutsukin"],
        kotoshi.kyoshutsukin - kyonen.kyoshutsukin,
        "sekimenho",
        why="今年の一般拠出金から、去年の一般拠出金を引く。",
    )
)
_hasu = {
    id: _line(
        f"{id}_hasu",
        f"{toshi}の概算の端数",
        nendo.gaisan - en,
        "choshuho15",
        why="決まりのとおりに端数を処理した概算から、切らずに計算した概算を引く。",
    )
    for id, toshi, nendo, en in (
        ("kyonen", "去年", kyonen, _en_betsu[0]),
        ("kotoshi", "今年", kotoshi, _en_betsu[-1]),
    )
}
_uchiwake.append(
    _line(
        "sa_hasu",
        YOIN["hasu"],
        _hasu["kotoshi"] - _hasu["kyonen"],
        "choshuho15",
        why="端数の処理だけで動いた額。",
    )
)


def _tasu(lines: list[Line]) -> Expr:
    kei: Expr = lines[0]
    for line in lines[1:]:
        kei = kei + line
    return kei


SA_GOKEI = _line(
    "sa_gokei",
    "内訳の合計",
    _tasu(_uchiwake),
    why="去年との差と、1円まで同じになる。",
)

# ---- 比べられない2年 ----------------------------------------------------
kyonen_kankei = Input("kyonen_hoken_kankei", "去年成立していた保険", "", HOKEN_KANKEI)
kotoshi_kankei = Input("kotoshi_hoken_kankei", "今年成立している保険", "", HOKEN_KANKEI)
_NOMI = "去年との差は、概算もする年度どうしで比べます。「確定だけ」の年度は比べられません。"


def _nomi(id: str) -> tuple[Input, Check]:
    nomi = Input(f"{id}_kakutei_nomi", "確定だけ", "")
    return nomi, Check(f"{id}.kakutei_nomi", "kakutei_nomi", nomi, _NOMI)


_kyonen_nomi, _kyonen_check = _nomi("kyonen")
_kotoshi_nomi, _kotoshi_check = _nomi("kotoshi")
CHECKS = (
    Check(
        "kotoshi.nendo",
        "nendo_renzoku",
        kotoshi_nendo != kyonen_nendo + 1,
        "去年と今年は、続いた2つの年度にしてください（今年の年度＝去年の年度＋1）。",
    ),
    Check(
        "kotoshi.hoken_kankei",
        "kankei_chigai",
        kotoshi_kankei != kyonen_kankei,
        "去年と今年で、成立している保険が違います。増えた保険や無くなった保険には去年か今年の率が無いので、差を分けられません。",
    ),
    _kyonen_check,
    _kotoshi_check,
)
SHEET = Sheet(
    "zennen_sa",
    "去年との差",
    (
        kyonen_nendo,
        kotoshi_nendo,
        kyonen_kankei,
        kotoshi_kankei,
        _kyonen_nomi,
        _kotoshi_nomi,
        *_inputs,
    ),
    tuple(_lines),
    CHECKS,
)


def na_wo_kaeta_sheet(mei: Mapping[str, str]) -> Sheet:
    """差の内訳の行の名前を、`mei`（理由 → 名前）にしたシート。"""
    sheet = SHEET
    for id, na in mei.items():
        sheet = sheet.swap(f"sa_{id}", label=na)
    return sheet.swap("sa_gokei", formula=_tasu([sheet.line(f"sa_{id}") for id in mei]))
