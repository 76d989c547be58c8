"""よくある間違い。正しいシートか入力を、1か所だけ変えて表す。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..hasu_shori import ICHIEN_MIMAN_KIRIAGE, ICHIEN_MIMAN_KIRISUTE
from ..nendo_koshin import shiki as s
from ..sheet import Const, Given, Line, Lookup, Run, Sheet, Value, choice, day, larger, smaller
from ..sheet.render import Step, step
from ..tables import TABLES

Given_: TypeAlias = Mapping[str, Value]
Change: TypeAlias = Callable[[Sheet, Given_], tuple[Sheet, Given_]]


@dataclass(frozen=True)
class Machigai:
    """間違い1つ。`label` は、学ぶ人に言う文。"""

    id: str
    label: str
    change: Change


@dataclass(frozen=True)
class Mitsuketa:
    """たどれた間違い。`basho` は正しい計算の中で、間違いが起きた行の説明。"""

    machigai: Machigai
    basho: Step


MACHIGAI: list[Machigai] = []


def _machigai(id: str, label: str) -> Callable[[Change], Change]:
    def add(change: Change) -> Change:
        MACHIGAI.append(Machigai(id, label, change))
        return change

    return add


def _swap(sheet: Sheet, changes: Mapping[str, dict[str, Any]]) -> Sheet:
    for id, change in changes.items():
        sheet = sheet.swap(id, **change)
    return sheet


KISO = ("rosai_kiso", "koyo_kiso", "tokubetsu_kiso", "gaisan_tokubetsu_kiso")


@_machigai("senen_wasure", "1,000円未満を切り捨てていません。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    return _swap(sheet, {id: {"rounding": None} for id in KISO}), given


@_machigai("tsukigoto", "月ごとに1,000円未満を切り捨てています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    def kiru(x: Value) -> Value:
        return tuple(n // 1000 * 1000 for n in x) if isinstance(x, tuple) else x

    return sheet, {k: kiru(v) if k.endswith("_chingin") else v for k, v in given.items()}


@_machigai("en_wo_senen", "円の額を、千円の額だと思っています（1,000倍）。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    lines = ("rosai_kiso", "koyo_kiso")
    return _swap(sheet, {id: {"formula": sheet.line(id).formula * 1000} for id in lines}), given


@_machigai("senen_wo_en", "千円の欄の数字を、そのまま円として使っています（1,000分の1）。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    change: dict[str, dict[str, Any]] = {
        id: {"formula": sheet.line(id).formula / 1000, "rounding": ICHIEN_MIMAN_KIRISUTE}
        for id in ("rosai_kiso", "koyo_kiso")
    }
    return _swap(sheet, change), given


def _juppai(*ids: str) -> Change:
    def change(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
        for id in ids:
            sheet = sheet.swap(id, formula=sheet.line(id).formula * 10)
        return sheet, given

    return change


_PERCENT = "1000分のいくつの率を、%（100分のいくつ）だと思っています。"
_machigai("percent_rosai", f"労災保険率: {_PERCENT}")(_juppai("rosai_ritsu", "gaisan_rosai_ritsu"))
_machigai("percent_koyo", f"雇用保険率: {_PERCENT}")(_juppai("koyo_ritsu", "gaisan_koyo_ritsu"))
_machigai("percent_ippan", f"一般拠出金率: {_PERCENT}")(_juppai("ippan_ritsu"))


@_machigai("kyonen_no_ritsu", "1つ前の年度の雇用保険率を使っています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    kyonen = Lookup("koyo_hokenritsu", "ritsu", day(s.nendo, -1, 4, 1), s.koyo_kubun, "‰")
    sheet = sheet.swap("koyo_ritsu", formula=kyonen)
    return sheet.swap("gaisan_koyo_ritsu", formula=s.koyo_ritsu), given


@_machigai("ritsu_gyaku", "確定の雇用保険率と概算の雇用保険率を取り違えています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    kakutei, gaisan = sheet.line("koyo_ritsu"), sheet.line("gaisan_koyo_ritsu")
    change = {
        "koyo_ritsu": {"formula": gaisan.formula},
        "gaisan_koyo_ritsu": {"formula": kakutei.formula},
    }
    return _swap(sheet, change), given


@_machigai("rosai_no_chingin", "労災の賃金を、雇用保険の賃金にも使っています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    return sheet.swap("koyo_kiso", formula=s.rosai_kiso), given


@_machigai(
    "betsubetsu",
    "算定基礎額が同じなのに、労災と雇用を別々に切り捨てたままです（1円の加算を忘れている）。",
)
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    zero: dict[str, Any] = {"formula": Const(0)}
    return _swap(sheet, {"kakutei_ichien": zero, "gaisan_ichien": zero}), given


@_machigai("ichien_kiriage", "保険料の1円未満を切り上げています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    change = {
        line.id: {"rounding": ICHIEN_MIMAN_KIRIAGE}
        for line in sheet.lines
        if line.rounding is ICHIEN_MIMAN_KIRISUTE and line.id != "ki_gaku"
    }
    return _swap(sheet, change), given


@_machigai("mikomi_sonomama", "見込みが前年度の50%以上200%以下なのに、見込みの額を使っています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    change = {
        "gaisan_rosai_kiso": {
            "formula": choice(Given(s.mikomi_rosai), s.mikomi_rosai_kiso, s.rosai_kiso)
        },
        "gaisan_koyo_kiso": {
            "formula": choice(Given(s.mikomi_koyo), s.mikomi_koyo_kiso, s.koyo_kiso)
        },
    }
    return _swap(sheet, change), given


@_machigai(
    "ippan_bunkatsu", "一般拠出金を3期に分けています。分けられないので、全額を第1期に納めます。"
)
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    bunkatsu = Line(
        "ippan_bunkatsu",
        "一般拠出金の1回分",
        s.ippan_kyoshutsukin / s.nofu_kaisu,
        ICHIEN_MIMAN_KIRISUTE,
        when=s.gaisan_ari,
    )
    sheet = sheet.insert("ki1_kyoshutsukin", bunkatsu)
    change = {
        "ki1_kyoshutsukin": {"formula": s.ippan_kyoshutsukin - bunkatsu * (s.nofu_kaisu - 1)},
        "ki2_nofu_gaku": {"formula": sheet.line("ki2_nofu_gaku").formula + bunkatsu},
        "ki3_nofu_gaku": {"formula": sheet.line("ki3_nofu_gaku").formula + bunkatsu},
    }
    return _swap(sheet, change), given


@_machigai("ippan_tokubetsu", "特別加入の額にも一般拠出金を掛けています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    return sheet.swap("ippan_kiso", formula=s.rosai_kiso + s.tokubetsu_kiso), given


@_machigai("hasu_saigo", "3で割った端数の円を、最後の期に入れています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    saigo = s.gaisan_hokenryo - s.ki_gaku * (s.nofu_kaisu - 1)
    change = {
        "ki1_gaisan": {"formula": choice(s.nofu_kaisu == 3, s.ki_gaku, s.gaisan_hokenryo)},
        "ki3_gaisan": {"formula": saigo},
    }
    return _swap(sheet, change), given


@_machigai(
    "yonjuman",
    "事務組合に委託しているのに、40万円（片方の保険だけなら20万円）の基準を当てています。",
)
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    sheet = sheet.swap("enno_kano", formula=s.kijun_ijo)
    return sheet.swap("nofu_kaisu", formula=choice(s.enno_kano, s.kaisu, 1)), given


@_machigai("juyokka_wasure", "事務組合の14日の延長を忘れています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    change = {f"ki{ki}_nofu_kigen": {"formula": sheet.line(f"ki{ki}_kijitsu")} for ki in (2, 3)}
    return _swap(sheet, change), given


@_machigai("yasumi_wasure", "期限の日が休みなのに、次の開いている日へ移していません。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    change = {f"ki{ki}_nofu_kigen": {"rounding": None} for ki in (1, 2, 3)}
    return _swap(sheet, change), given


@_machigai("juto_ippan_saki", "払い過ぎた額を、第1期より先に一般拠出金へ充てています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    ippan = smaller(s.juto_waku, s.ippan_kyoshutsukin)
    change = {
        "ki1_juto": {"formula": smaller(s.juto_waku - ippan, s.ki1_gaisan)},
        "kyoshutsukin_juto": {"formula": ippan},
    }
    return (_swap(sheet, change) if given.get("juto_ishi") in (None, 3) else sheet), given


@_machigai("juto_ippan_ato", "払い過ぎた額を、第2期・第3期の後で一般拠出金へ充てています。")
def _(sheet: Sheet, given: Given_) -> tuple[Sheet, Given_]:
    nokori = s.juto_waku - s.ki1_juto
    change = {
        "kyoshutsukin_juto": {
            "formula": smaller(larger(s.juto_waku - s.gaisan_hokenryo, 0), s.ippan_kyoshutsukin)
        },
        "ki2_juto": {"formula": smaller(nokori, s.ki2_gaisan)},
        "ki3_juto": {"formula": smaller(nokori - s.ki2_juto, s.ki3_gaisan)},
    }
    return (_swap(sheet, change) if given.get("juto_ishi") in (None, 3) else sheet), given


def machigaeru(machigai: Machigai, given: Given_) -> Run | None:
    """間違えたまま計算する。その間違いが起き得ない事例では None。"""
    sheet, changed = machigai.change(s.SHEET, given)
    try:
        return sheet.run(changed, TABLES)
    except LookupError:
        return None


def machigai_no_kotae(given: Given_) -> list[tuple[Machigai, Run]]:
    """この事例で起き得る間違いを、全部計算しておく。"""
    runs = ((m, machigaeru(m, given)) for m in MACHIGAI)
    return [(m, run) for m, run in runs if run is not None]


def sagasu(
    tadashii: Run, machigai: list[tuple[Machigai, Run]], id: str, kotae: Value
) -> list[Mitsuketa]:
    """書いた値と同じになる間違いを全部。場所は、その欄が使う行のうち、値が初めて変わった行。"""
    out = []
    moto = s.SHEET.below(id)
    for m, run in machigai:
        if run.values[id] == kotae != tadashii.values[id]:
            chigau = [x for x in tadashii.shown if run.values[x.id] != tadashii.values[x.id]]
            basho = next((x for x in chigau if x.id in moto), chigau[0])
            out.append(Mitsuketa(m, step(tadashii, basho)))
    return out
