"""練習の画面。事例を出し、書いた欄をすぐに採点する。"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import ipywidgets as w

from ..nendo_koshin.nyuryoku import HIHOKENSHA_KUBUN, ROSAI_KUBUN
from ..nendo_koshin.shiki import HOSHIKI, JUTO_ISHI, KAISU, KOYO_KUBUN
from ..nyuryoku import Yomenai
from ..sheet import Value
from ..sheet.render import arithmetic, number, permille
from ..tables import table
from ..training import Hantei, Jirei, jirei, mondai, saiten, yomu
from .buhin import Gamen, Hyoji, Komoku, botan, hako, midashi, moji, yoko
from .kekka_hyoji import nendo_label
from .nendo_koshin import GYO


class RenshuGamen(Gamen):
    """年度更新の練習。同じ番号からは、いつも同じ事例が出る。"""

    namae = "年度更新の練習画面"

    def __init__(self, bango: int = 1) -> None:
        self.bango = Komoku(
            "bango", w.BoundedIntText(value=bango, min=0, max=99999, description="事例の番号")
        )
        self.jirei_hyo = Hyoji()
        self.mondai = hako(css=["hk-mondai"])
        self.kekka = Hyoji(tsugeru=True)
        self.bango.on_change(lambda _: self._dasu())
        self.view = hako(
            midashi("練習"),
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
        self.jirei: Jirei = jirei(self.bango.value)
        self.jirei_hyo.html = jirei_html(self.jirei)
        self.ran: list[Komoku] = []
        for s in mondai(self.jirei):
            box = f"{s.box} " if s.box and s.box not in s.label else ""
            unit = "日付。2030-01-31、R12.1.31 のように" if s.unit == "日付" else f"単位は{s.unit}"
            k = moji(s.id, f"{box}{s.label}", unit, sugu=False, nosenai=True)
            k.on_change(lambda _: self._saiten())
            self.ran.append(k)
        self.mondai.children = [k.hako for k in self.ran]
        self.steps = {s.id: s for s in mondai(self.jirei)}
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
        hantei = saiten(self.jirei, kotae)
        for k in self.ran:
            if h := hantei.get(k.field):
                k.show_mark(*(("○ 正しい", "hk-maru") if h.seikai else ("× 違う", "hk-batsu")))
        tadashii = sum(h.seikai for h in hantei.values())
        head = f"<h2>採点</h2><p>{len(self.ran)}欄のうち、書いた欄 {len(kotae)}、正しい欄 {tadashii}</p>"
        self.kekka.html = head + "".join(hantei_html(h) for h in hantei.values())


def hantei_html(h: Hantei) -> str:
    """1つの欄の判定。"""
    mark = (
        '<span class="hk-maru">○ 正しい</span>'
        if h.seikai
        else '<span class="hk-batsu">× 違う</span>'
    )
    out = [f'<div class="hk-hantei"><p>{mark} <strong>{escape(h.step.label)}</strong></p>']
    if not h.seikai:
        out.append(f"<p>{escape(h.kotoba)}</p>")
        basho = {m.basho.id: m.basho for m in h.machigai}
        for s in basho.values() if basho else ([] if h.hikitsugi else [h.step]):
            kisoku = f"{s.why} " if s.why else ""
            konkyo = f"（根拠: {'、'.join(s.basis)}）" if s.basis else ""
            out.append(
                f"<p>間違いの起きた行: <strong>{escape(s.label)}</strong>。{escape(kisoku + konkyo)}</p>"
                if basho
                else ""
            )
            out.append(
                f"<details><summary>正しい計算を見る</summary><p>{escape(s.label)}: "
                f"{escape(s.formula)}</p><p>{escape(arithmetic(s))}</p></details>"
            )
    out.append("</div>")
    return "".join(out)


def jirei_html(j: Jirei) -> str:
    """事例の条件と、月別の表。"""
    d = j.data
    gyoshu = table("rosai_hokenritsu").rows[d["gyoshu"]][-1]
    joken = {
        "事業場（作り物）": j.namae,
        "年度": f"{nendo_label(d['nendo'])}の確定と{nendo_label(d['nendo'] + 1)}の概算",
        "申告の方式": HOSHIKI[d["hoshiki"]],
        "業種": gyoshu.name,
        "雇用保険の事業の区分": KOYO_KUBUN[d["koyo_kubun"]],
        "使う率": _ritsu(d),
        "申告済みの概算保険料": f"{number(d['shinkokuzumi_gaisan'])}円",
        "納付回数": KAISU[d["kaisu"]],
        "充当意思": f"{d['juto_ishi']} {JUTO_ISHI[d['juto_ishi']]}",
    }
    if "mikomi" in d:
        joken["概算の年度の見込賃金"] = f"労災・雇用とも {number(d['mikomi']['rosai'])}円"
    if "tokubetsu_kanyu" in d:
        nichigaku = "、".join(
            f"{number(k['nichigaku'])}円" for k in d["tokubetsu_kanyu"]["kakutei"]
        )
        joken["特別加入の給付基礎日額"] = f"{nichigaku}（確定・概算とも年度を通して）"
    items = "".join(
        f"<div><b>{escape(k)}</b><span>{escape(v)}</span></div>" for k, v in joken.items()
    )
    return f'<div class="hk-joken">{items}</div><div class="hk-yoko">{_tsukibetsu(d["chingin"]["tsukibetsu"])}</div><p>下の欄に、自分で計算した円を書いてください。Enter か Tab で次の欄へ移ると採点します。</p>'


def _ritsu(d: dict[str, Any]) -> str:
    """選ぶのも練習なので、前後の年度の雇用保険率も並べる。"""
    shigatsu = date(d["nendo"], 4, 1)
    rosai = table("rosai_hokenritsu").find(shigatsu, d["gyoshu"])["ritsu"]
    ippan = table("ippan_kyoshutsukin_ritsu").find(shigatsu)["ritsu"]
    koyo = "、".join(
        f"{nendo_label(y)} {permille(table('koyo_hokenritsu').find(date(y, 4, 1), d['koyo_kubun'])['ritsu'])}"
        for y in range(d["nendo"] - 1, d["nendo"] + 2)
    )
    return f"労災 {permille(rosai)}、雇用 {koyo}、一般拠出金 {permille(ippan)}"


def _tsukibetsu(hyo: dict[str, Any]) -> str:
    kubun = {k: v for k, v in (ROSAI_KUBUN | HIHOKENSHA_KUBUN).items() if k in hyo}
    head = "".join(
        f"<th scope='col'>{v} 人数</th><th scope='col'>{v} 円</th>" for v in kubun.values()
    )
    rows = []
    for r, name in enumerate(GYO):
        cells = "".join(
            f"<td>{_at(hyo[k]['ninzu'], r)}</td><td>{_at(hyo[k]['en'], r)}</td>" for k in kubun
        )
        rows.append(f"<tr><th scope='row'>{name}</th>{cells}</tr>")
    return f'<table class="hk-renshu-hyo"><thead><tr><td></td>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _at(x: list[int], r: int) -> str:
    return number(x[r]) if r < len(x) else ""
