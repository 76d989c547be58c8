"""採点。書いた値を1つずつ見て、正しいか、どの間違いかを言う。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..kekka import Keisan
from ..nendo_koshin import SHEET, calc_given, read_input
from ..nyuryoku import en, hizuke
from ..sheet import Step, Value
from ..tables import TABLES
from .jirei import Jirei
from .machigai import Given_, Mitsuketa, machigai_no_kotae, sagasu

KIKU = (
    "rosai_kiso",
    "koyo_kiso",
    "kakutei_rosai",
    "kakutei_koyo",
    "kakutei_tokubetsu",
    "kakutei_hokenryo",
    "ippan_kyoshutsukin",
    "gaisan_hokenryo",
    "fusoku_gaku",
    "juto_gaku",
    "kanpu_gaku",
    "ki1_juto",
    "kyoshutsukin_juto",
    "ki1_nofu_gaku",
    "ki2_nofu_gaku",
    "ki2_nofu_kigen",
    "ki3_nofu_gaku",
    "ki3_nofu_kigen",
)


@dataclass(frozen=True)
class Hantei:
    """1つの欄の判定。`machigai` が空で `hikitsugi` でもない誤りは、たどれなかった。"""

    step: Step
    kotae: Value
    machigai: list[Mitsuketa] = field(default_factory=list)
    hikitsugi: bool = False

    @property
    def seikai(self) -> bool:
        """合っているか。"""
        return self.kotae == self.step.value

    @property
    def kotoba(self) -> str:
        """学ぶ人に言う文。"""
        if self.seikai:
            return "正しい。"
        if self.hikitsugi:
            return "計算のしかたは合っています。前の欄の誤りが続いています。"
        if self.machigai:
            return " または ".join(m.machigai.label for m in self.machigai)
        return "違います。どの間違いかは、たどれませんでした。"


def calc_jirei(jirei: Jirei) -> tuple[Keisan, Given_]:
    """事例の正しい答えと、シートの入力。"""
    given, _, errors = read_input(jirei.data)
    assert not errors, errors
    answer = calc_given(given)
    assert isinstance(answer, Keisan), answer
    return answer, {i.id: answer.run[i.id] for i in SHEET.inputs}


def mondai(jirei: Jirei) -> list[Step]:
    """この事例で書いてもらう欄。"""
    answer, _ = calc_jirei(jirei)
    lines = {s.id: s for s in answer.lines}
    return [lines[id] for id in KIKU if id in lines]


def yomu(step: Step, text: str) -> Value:
    """書いた値を読む。読めなければ `Yomenai`。"""
    return hizuke(text) if step.unit == "日付" else en(text)


def saiten(jirei: Jirei, kotae: Mapping[str, Value]) -> dict[str, Hantei]:
    """書いた欄を全部採点する。"""
    answer, given = calc_jirei(jirei)
    out: dict[str, Hantei] = {}
    mae: dict[str, Value] = {}
    machigai = machigai_no_kotae(given)
    for s in mondai(jirei):
        if s.id not in kotae:
            continue
        x = kotae[s.id]
        if x != s.value:
            found = sagasu(answer.run, machigai, s.id, x)
            tsuzuki = bool(mae) and SHEET.run(given, TABLES, mae).values[s.id] == x
            out[s.id] = Hantei(s, x, found, hikitsugi=tsuzuki)
            mae[s.id] = x
        else:
            out[s.id] = Hantei(s, x)
    return out
