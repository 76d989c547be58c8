"""採点。書いた値を1つずつ見て、正しいか、どの間違いかを言う。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from .. import calc
from ..kekka import Bu, Keisan
from ..nyuryoku import en, hizuke, permille, zogen
from ..sheet import Run, Sashikae, Step, Value
from ..sheet.render import step
from .kamoku import Jirei, Kamoku, Machigai

Basho: TypeAlias = tuple[str, str]  # シートの名前と、何人目・何件目かの見出し


@dataclass(frozen=True)
class Mondai:
    """書いてもらう欄1つ。`run_bango` は、計算の中で何番目のシートか。"""

    id: str
    label: str
    step: Step
    bu: Bu
    run_bango: int


@dataclass(frozen=True)
class Mitsuketa:
    """たどれた間違い。`basho` は正しい計算の中で、間違いが起きた行の説明。"""

    machigai: Machigai
    basho: Step


@dataclass(frozen=True)
class Hantei:
    """1つの欄の判定。`machigai` が空で `hikitsugi` でもない誤りは、たどれなかった。"""

    mondai: Mondai
    kotae: Value
    machigai: list[Mitsuketa] = field(default_factory=list)
    hikitsugi: bool = False

    @property
    def seikai(self) -> bool:
        """合っているか。"""
        return self.kotae == self.mondai.step.value

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


@dataclass(frozen=True)
class Kaito:
    """1つの事例の、正しい計算と、起き得る間違いの計算。"""

    jirei: Jirei
    keisan: Keisan
    mondai: list[Mondai]
    machigai: list[tuple[Machigai, dict[Basho, Run]]]


def _kagi(bu: Bu) -> Basho:
    return bu.run.sheet.id, bu.midashi


def _runs(keisan: Keisan) -> dict[Basho, Run]:
    return {_kagi(b): b.run for b in keisan.bu}


@lru_cache(maxsize=64)
def _kaito(kamoku: Kamoku, bango: int) -> Kaito:
    jirei = kamoku.jirei(bango)
    with Sashikae() as kae:
        keisan = calc(kamoku.name, jirei.data)
    assert isinstance(keisan, Keisan), keisan
    assert len(_runs(keisan)) == len(keisan.bu), "部の見出しが重なっている"
    junban = {id(run): i for i, run in enumerate(kae.runs)}
    mondai = []
    for i, b in enumerate(keisan.bu):
        for s in b.steps():
            if s.id in kamoku.kiku:
                box = f"{s.box} " if s.box and s.box not in s.label else ""
                label = " ".join(filter(None, (b.midashi, f"{box}{s.label}")))
                mondai.append(Mondai(f"{i}.{s.id}", label, s, b, junban[id(b.run)]))
    runs = ((m, kamoku.machigaeru(m, jirei)) for m in kamoku.machigai)
    return Kaito(jirei, keisan, mondai, [(m, _runs(k)) for m, k in runs if k is not None])


def mondai(kamoku: Kamoku, bango: int) -> list[Mondai]:
    """この事例で書いてもらう欄。"""
    return _kaito(kamoku, bango).mondai


def yomu(step: Step, text: str) -> Value:
    """書いた値を読む。読めなければ `Yomenai`。"""
    yomikata: dict[str, Callable[[object], Value]] = {
        "日付": hizuke,
        "‰": permille,
        "％": zogen,
    }
    return yomikata.get(step.unit, en)(text)


def saiten(kamoku: Kamoku, bango: int, kotae: Mapping[str, Value]) -> dict[str, Hantei]:
    """書いた欄（`Mondai.id` → 値）を全部採点する。"""
    kaito = _kaito(kamoku, bango)
    out: dict[str, Hantei] = {}
    mae: dict[int, dict[str, Value]] = {}
    for m in kaito.mondai:
        if m.id not in kotae:
            continue
        x = kotae[m.id]
        if x == m.step.value:
            out[m.id] = Hantei(m, x)
            continue
        tsuzuki = bool(mae) and _tsuzukeru(kamoku, kaito, m, mae) == x
        out[m.id] = Hantei(m, x, _sagasu(kaito, m, x), tsuzuki)
        mae.setdefault(m.run_bango, {})[m.step.id] = x
    return out


def _tsuzukeru(
    kamoku: Kamoku, kaito: Kaito, m: Mondai, mae: Mapping[int, Mapping[str, Value]]
) -> Value:
    """前の欄に書いた値のまま、正しく続けた時の値。"""
    with Sashikae(fixed=mae):
        answer = calc(kamoku.name, kaito.jirei.data)
    run = _runs(answer).get(_kagi(m.bu)) if isinstance(answer, Keisan) else None
    return None if run is None else run.values[m.step.id]


def _sagasu(kaito: Kaito, m: Mondai, kotae: Value) -> list[Mitsuketa]:
    """書いた値と同じになる間違いを全部。"""
    return [
        Mitsuketa(machigai, _basho(kaito.keisan, m, runs))
        for machigai, runs in kaito.machigai
        if (run := runs.get(_kagi(m.bu))) is not None
        and run.values[m.step.id] == kotae != m.step.value
    ]


def _basho(keisan: Keisan, m: Mondai, machigai: Mapping[Basho, Run]) -> Step:
    """間違いの起きた行。この欄のもとになる行のうち、値が初めて変わった行。"""
    for b in keisan.bu:
        onaji = b.run.sheet.id == m.bu.run.sheet.id
        if onaji and b is not m.bu:
            continue
        moto = b.run.sheet.below(m.step.id) if onaji else None
        run = machigai.get(_kagi(b))
        if run is None:
            continue
        for line in b.run.shown:
            if (moto is None or line.id in moto) and run.values[line.id] != b.run.values[line.id]:
                return step(b.run, line)
        if b is m.bu:
            break
    return m.step
