"""練習の画面。事例を出し、書いた欄をすぐに採点する。"""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from ..nyuryoku import Yomenai
from ..sheet import Step, Value
from ..sheet.render import arithmetic
from ..training import KAMOKU, Hantei, Jirei, mondai, saiten, yomu
from .buhin import Gamen, Hyoji, Komoku, botan, hako, midashi, moji, yoko

TANI = {
    "日付": "日付。2030-01-31、R12.1.31 のように",
    "‰": "1000分のいくつ。2.04 のように",
    "％": "%の整数。減る時は -5 のように",
}


class RenshuGamen(Gamen):
    """科目1つの練習。同じ番号からは、いつも同じ事例が出る。"""

    def __init__(self, kamoku: str = "nendo_koshin", bango: int = 1) -> None:
        self.kamoku = KAMOKU[kamoku]
        self.namae = f"{self.kamoku.label}の練習画面"
        self.bango = Komoku(
            "bango", w.BoundedIntText(value=bango, min=0, max=99999, description="事例の番号")
        )
        self.jirei_hyo = Hyoji()
        self.mondai = hako(css=["hk-mondai"])
        self.kekka = Hyoji(tsugeru=True)
        self.bango.on_change(lambda _: self._dasu())
        self.view = hako(
            midashi(f"練習（{self.kamoku.label}）"),
            yoko(self.bango.hako, botan("つぎの事例", self._tsugi)),
            self.jirei_hyo,
            self.mondai,
            self.kekka,
            css=["hk-view"],
        )
        self._dasu()

    def _tsugi(self, _: Any) -> None:
        self.bango.widget.value += 1

    def _dasu(self) -> None:
        bango = self.bango.value
        self.jirei_hyo.html = jirei_html(self.kamoku.jirei(bango))
        self.steps = {m.id: m.step for m in mondai(self.kamoku, bango)}
        self.ran: list[Komoku] = []
        for m in mondai(self.kamoku, bango):
            unit = TANI.get(m.step.unit, f"単位は{m.step.unit}")
            k = moji(m.id, m.label, unit, sugu=False, nosenai=True)
            k.on_change(lambda _: self._saiten())
            self.ran.append(k)
        self.mondai.children = [k.hako for k in self.ran]
        self._saiten()

    def _saiten(self) -> None:
        kotae: dict[str, Value] = {}
        for k in self.ran:
            k.show_error("")
            if not k.value.strip():
                continue
            try:
                kotae[k.field] = yomu(self.steps[k.field], k.value)
            except Yomenai as e:
                k.show_error(str(e))
        hantei = saiten(self.kamoku, self.bango.value, kotae)
        for k in self.ran:
            if h := hantei.get(k.field):
                k.show_mark(*(("○ 正しい", "hk-maru") if h.seikai else ("× 違う", "hk-batsu")))
        tadashii = sum(h.seikai for h in hantei.values())
        head = f"<h2>採点</h2><p>{len(self.ran)}欄のうち、書いた欄 {len(kotae)}、正しい欄 {tadashii}</p>"
        self.kekka.html = head + "".join(hantei_html(h) for h in hantei.values())


def hantei_html(h: Hantei) -> str:
    """1つの欄の判定。"""
    label = f"<strong>{escape(h.mondai.label)}</strong>"
    if h.seikai:
        return f'<div class="hk-hantei"><p><span class="hk-maru">○ 正しい</span> {label}</p></div>'
    out = [f'<p><span class="hk-batsu">× 違う</span> {label}</p><p>{escape(h.kotoba)}</p>']
    basho = {m.basho.id: m.basho for m in h.machigai}
    out += [_basho(s) + _tadashii(s) for s in basho.values()]
    if not basho and not h.hikitsugi:
        out.append(_tadashii(h.mondai.step))
    return f'<div class="hk-hantei">{"".join(out)}</div>'


def _basho(s: Step) -> str:
    kisoku = f"{s.why} " if s.why else ""
    konkyo = f"（根拠: {'、'.join(s.basis)}）" if s.basis else ""
    return f"<p>間違いの起きた行: <strong>{escape(s.label)}</strong>。{escape(kisoku + konkyo)}</p>"


def _tadashii(s: Step) -> str:
    return (
        f"<details><summary>正しい計算を見る</summary><p>{escape(s.label)}: "
        f"{escape(s.formula)}</p><p>{escape(arithmetic(s))}</p></details>"
    )


def jirei_html(j: Jirei) -> str:
    """事例の条件と、つけた表。"""
    joken = {"事業場（作り物）": j.namae, **j.joken}
    items = "".join(
        f"<div><b>{escape(k)}</b><span>{escape(v)}</span></div>" for k, v in joken.items()
    )
    hyo = ""
    if j.hyo is not None:
        _, *midashi = j.hyo.midashi
        head = "".join(f"<th scope='col'>{escape(m)}</th>" for m in midashi)
        rows = "".join(
            f"<tr><th scope='row'>{escape(na)}</th>{''.join(f'<td>{escape(x)}</td>' for x in gyo)}</tr>"
            for na, *gyo in j.hyo.gyo
        )
        hyo = (
            '<div class="hk-yoko"><table class="hk-renshu-hyo">'
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    return (
        f'<div class="hk-joken">{items}</div>{hyo}'
        "<p>下の欄に、自分で計算した値を書いてください。Enter か Tab で次の欄へ移ると採点します。</p>"
    )
