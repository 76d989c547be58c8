"""事故1件で保険料がいくら変わるかの画面。"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from ..kekka import Bu, Keisan
from ..merit import dan, mitsu_no_nendo
from ..merit.jiko import JIKO
from ..merit.jiko_hikaku import KA, NENDO_SHEET, kantan
from ..merit.shiki import KEITAI
from ..sheet.render import number, permille, yen
from ..tables import nendo_label
from . import zu
from .buhin import Gamen, Gyoshu, Hiraku, Hyoji, Komoku, botan, erabu, hako, midashi, moji, yoko
from .kaidan import Ten, kaidan_zu, ritsu_moji
from .kekka_hyoji import (
    chui,
    dare,
    gyoshu_no_sentakushi,
    ichigyo_zutsu,
    kekka_no_ayamari,
    options,
    rei_wo_ireru,
)
from .merit import fugo, kara_made, tekiyo_nendo, zogen_moji

IRO = {"nashi": zu.USUI, "ari": zu.SHIRUSHI}
HABA, HIDARI, NAGASA = 380, 68, 196
ONAJI = "（ほかの年度も同じ）"
OKIKAE = "年金は、労基法の一時金の額に置き換えて数えます。"
REI = {
    "gyoshu": "56 機械器具製造業（電気機械器具製造業、輸送用機械器具製造業、船舶製造又は修理業及び計量器、光学機械、時計等製造業を除く。）",
    "rodoshasu": "120",
    "seiritsu": "H20.4.1",
    "chingin_sogaku": "480,000,000",
    "nichigaku": "10,000",
}


class JikoGamen(Gamen):
    """事故のある時とない時の、後の3年の保険料を並べる画面。"""

    namae = "事故1件で保険料がいくら変わるかの画面"

    def __init__(self) -> None:
        nendo = tekiyo_nendo()
        self.gyoshu = Gyoshu("業種（労災保険）", gyoshu_no_sentakushi())
        self.keitai = erabu("keitai", "事業の形", options(KEITAI), "keizoku")
        self.rodoshasu = moji("rodoshasu", "労働者数", "各月末の人数の合計 ÷ 12。人。")
        self.chingin = moji("chingin_sogaku", "1年の賃金総額", "円。3年とも同じとして計算します。")
        self.seiritsu = moji("seiritsu", "保険関係の成立日", "例 H20.4.1")
        self.jiko = erabu(
            "jiko", "事故の種類", [("事故なし", None), *options(JIKO)], "shogai_12kyu"
        )
        self.nichigaku = moji(
            "nichigaku",
            "給付基礎日額",
            "円。けがの前3か月の賃金 ÷ その3か月の日数。ほかの会社の賃金は入れません。例 10,000",
        )
        self.nendo = erabu("jiko_nendo", "事故のあった年度", nendo, nendo[2][1])
        self.chiryohi = moji("chiryohi", "治療費", "円。書かなければ数えません。")
        self.nissu = moji("kyugyo_nissu", "休業した日数", "日。待期の3日も入れた日数。")
        self.kyuyo = moji("tokubetsu_kyuyo", "賞与などの年額", "円。事故の前の1年間。")
        self.hokenryo = moji(
            "rosai_hokenryo",
            "1年の確定保険料（労災分）",
            "円。書かなければ、賃金 × 業種の労災保険率。",
        )
        self.tokubetsu_kiso = moji(
            "tokubetsu_kiso",
            "特別加入の算定基礎額（1年）",
            "円。第1種特別加入者がいる時。3年とも同じとして計算します。書かなければ、特別加入の分は入れません。",
        )
        self.tokubetsu = moji(
            "tokubetsu_hokenryo",
            "1年の第1種特別加入保険料",
            "円。書かなければ、算定基礎額 × 業種の労災保険率。",
        )
        self.kyufu = moji(
            "kyufu", "ほかの労災の給付（1年あたり）", "円。ほかの事故で毎年受けた額。無ければ空欄。"
        )
        self.motto = Hiraku(
            "分かる時だけ書く項目",
            [
                self.chiryohi,
                self.nissu,
                self.kyuyo,
                self.hokenryo,
                self.tokubetsu_kiso,
                self.tokubetsu,
                self.kyufu,
            ],
        )
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        jigyo = (self.gyoshu, self.keitai, self.rodoshasu, self.chingin, self.seiritsu)
        jiko = (self.jiko, self.nichigaku, self.nendo)
        self.view = hako(
            hako(
                hako(midashi("1. 事業"), *(k.hako for k in jigyo), css=["hk-retsu"]),
                hako(
                    midashi("2. 事故"),
                    *(k.hako for k in jiko),
                    yoko(botan("例を入れる", self._rei), botan("全部消す", self._kesu)),
                    css=["hk-retsu"],
                ),
                css=["hk-sanretsu"],
            ),
            self.motto.hako,
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def data(self) -> dict[str, Any]:
        """いまの画面の入力。"""
        out = {k.field: k.value or None for k in self.komoku}
        return {**out, "gyoshu": self.gyoshu.bango()}

    def _changed(self, _: Any) -> None:
        self.gyoshu.kouho_wo_dasu()
        self.motto.kaku()
        data = self.data()
        answer = kantan(data)
        if not isinstance(answer, Keisan):
            self.omona.html = kekka_no_ayamari(getattr(answer, "errors", []), self.komoku)
            self.kekka.html = ""
            return
        jiko = self.jiko.value
        self.omona.html = kotae(answer, jiko)
        self.kekka.html = (
            shushi_no_zu(answer, jiko)
            + hokenryo_no_zu(answer, jiko)
            + (naze(answer) if jiko else "")
            + shurui_no_hyo(data, jiko)
            + chui(answer)
            + ichigyo_zutsu(matomeru(answer))
        )

    def _rei(self, _: Any) -> None:
        rei_wo_ireru(self.komoku, REI)

    def _kesu(self, _: Any) -> None:
        self.modosu()
        self.motto.hiraku(False)


def matomeru(answer: Keisan) -> Keisan:
    """同じ計算の年度は、はじめの1つだけを見せる。"""
    bu: dict[tuple[Any, ...], Bu] = {}
    for b in answer.bu:
        naka = tuple((s.id, s.section, s.substituted) for s in replace(b, midashi="").steps())
        onaji = bu.get(naka)
        midashi = f"{onaji.midashi.removesuffix(ONAJI)}{ONAJI}" if onaji else b.midashi
        bu[naka] = replace(onaji or b, midashi=midashi)
    return replace(answer, bu=tuple(bu.values()))


def taisho_no_nendo(answer: Keisan) -> list[dict[str, Any]]:
    """メリット制の対象になる適用年度。"""
    return [n for n in answer.values["nendobetsu"] if n["taisho"]]


def zou(x: int) -> str:
    """増えた円。"""
    return f"{fugo(x)}円"


def ugoki(mae: str, ato: str) -> str:
    """前と後。同じなら「のまま」。"""
    return f"{mae} のままです" if mae == ato else f"{mae} から {ato} になります"


def sannen(tekiyo: int) -> str:
    """率を決める3年。"""
    hajime, _, owari = mitsu_no_nendo(tekiyo)
    return f"{nendo_label(hajime)}から{nendo_label(owari)}まで"


def namae(answer: Keisan, jiko: str | None) -> str:
    """事故の呼び名。休業の日数を書いた時は、その日数で呼ぶ。"""
    if jiko is None:
        return "事故なし"
    run = next(b.run for b in answer.bu if b.run.sheet.id == "jiko")
    kaita = run["kubun"] == "休業" and run["kyugyo_nissu"] is not None
    return f"休業{run['nissu']}日" if kaita else JIKO[jiko]


def kotae(answer: Keisan, jiko: str | None) -> str:
    """いちばん大事な答え。「労災を使うと必ず上がる？」に、この事業で答える。"""
    v = answer.values
    nendo = v["nendobetsu"]
    taisho = taisho_no_nendo(answer)
    toshi = kara_made(nendo[0]["tekiyo_nendo"], nendo[-1]["tekiyo_nendo"])
    if not taisho:
        midashi = "3年の保険料は変わりません（0円）"
        bun = f"いいえ。入れた人数と額のままなら、この事故が入る{toshi}の率は、どれもメリット制の対象ではありません。だから、労災を使っても保険料は上がりません。対象になる年度があれば、上がることがあります。"
    elif jiko is None:
        midashi = "事故がない時の、3年の保険料"
        bun = "いつも上がるのではありません。収支率の段が変わった時だけ上がります。事故の種類を選ぶと、いくら変わるかが出ます。"
    elif v["sagaku_gokei"] == 0:
        midashi = "3年の保険料は変わりません（0円）"
        dake = "対象になる年度の" if len(taisho) < len(nendo) else ""
        bun = f"いいえ。この事故では、{dake}収支率が同じ段の中で動くだけです。{toshi}の保険料は上がりません。"
    else:
        midashi = f"3年で {number(v['sagaku_gokei'])}円 高くなります"
        bun = "いつも上がるのではありません。収支率の段が変わった時だけ上がります。この事故では上がります。"
    cells = "".join(
        f"<div><b>{nendo_label(n['tekiyo_nendo'])}</b><span>{zou(n['sagaku'])}</span></div>"
        for n in nendo
    )
    return (
        dare(f"{escape(namae(answer, jiko))}。", len(answer.warnings))
        + f"<h2>{midashi}</h2>"
        + (f'<div class="hk-omona">{cells}</div>' if taisho and jiko else "")
        + f"<p><strong>労災を使うと必ず上がる？</strong> {bun}</p>"
        + taishogai_no_riyu(answer)
    )


def taishogai_no_riyu(answer: Keisan) -> str:
    """メリット制の対象にならない、はじめの年度の理由。"""
    for n in answer.values["nendobetsu"]:
        if n["riyu"]:
            items = "".join(f"<li>{escape(r)}</li>" for r in n["riyu"])
            nendo = nendo_label(n["tekiyo_nendo"])
            return f'<div class="hk-tarinai"><strong>{nendo}の率が、メリット制の対象にならない理由</strong><ul>{items}</ul></div>'
    return ""


def shushi_no_zu(answer: Keisan, jiko: str | None) -> str:
    """収支率が段の上をどう動くか。"""
    taisho = taisho_no_nendo(answer)
    if not taisho:
        return ""
    n = taisho[0]
    ten = [Ten(n["shushi_ritsu_nashi"], "事故なし", usui=jiko is not None)]
    if jiko:
        ten.append(Ten(n["shushi_ritsu_ari"], namae(answer, jiko)))
    nendo = next(b.run["nendo"] for b in answer.bu if b.run.sheet.id == "merit")
    midashi = f"{nendo_label(n['tekiyo_nendo'])}の収支率と増減率"
    return (
        f"<h2>{midashi}</h2><p>横が収支率、縦が率の増減です。{sannen(n['tekiyo_nendo'])}の3年で決まります。</p>"
        + kaidan_zu(dan(nendo, n["hyo"]), ten, midashi)
    )


def hokenryo_no_zu(answer: Keisan, jiko: str | None) -> str:
    """3年の保険料の棒。"""
    rows = answer.values["nendobetsu"]
    kurabe = KA if jiko else {"nashi": KA["nashi"]}
    most = max(n[f"hokenryo_{ka}"] for n in rows for ka in kurabe) or 1
    bo, setsumei, y = "", [], 0
    for n in rows:
        nendo = nendo_label(n["tekiyo_nendo"])
        bo += zu.moji(0, y + 15, nendo, more=' font-weight="700"')
        y += 20
        for ka, label in kurabe.items():
            gaku = n[f"hokenryo_{ka}"]
            haba = NAGASA * gaku / most
            bo += zu.moji(HIDARI - 6, y + 16, label, soroe="end")
            bo += zu.shikaku(HIDARI, y + 3, haba, 17, IRO[ka])
            bo += zu.moji(HIDARI + haba + 5, y + 16, yen(gaku))
            setsumei.append(f"{nendo} {label} {yen(gaku)}")
            y += 22
        y += 8
    midashi = "後の3年の労災保険料"
    tokubetsu = any(b.run["tokubetsu_kiso"] for b in answer.bu if b.run.sheet is NENDO_SHEET)
    kotowari = (
        "<p>第1種特別加入の分も入れた額です。率は同じように変わります。</p>" if tokubetsu else ""
    )
    bo_no_zu = zu.svg(y, f"{midashi}。{'、'.join(setsumei)}", bo, HABA)
    return f'<div class="hk-hitomatome"><h2>{midashi}</h2>{kotowari}{bo_no_zu}</div>'


def naze(answer: Keisan) -> str:
    """なぜこの額になるかを、順に。"""
    v = answer.values
    taisho = taisho_no_nendo(answer)
    if not taisho:
        return ""
    n = taisho[0]
    nendo = nendo_label(n["tekiyo_nendo"])
    nenkin = any(s.id in ("shogai_nenkin", "izoku_nenkin") for s in answer.lines)
    bun = [
        f"この事故で労災保険から出る額のうち、<strong>{number(v['jiko_bunshi'])}円</strong>が収支率の分子に入ります（保険給付 {number(v['hoken_kyufu'])}円、特別支給金 {number(v['tokubetsu_shikyukin'])}円）。{OKIKAE if nenkin else ''}",
        f"{nendo}の率は、{sannen(n['tekiyo_nendo'])}の3年で決まります。分母は、3年の保険料から通勤災害などの分を引き、調整率を掛けた {number(n['bunbo_ari'])}円です。",
        f"収支率は、{ritsu_moji(n['shushi_ritsu_nashi'])} から {ritsu_moji(n['shushi_ritsu_ari'])} に動きます（分子は {number(n['bunshi_nashi'])}円 → {number(n['bunshi_ari'])}円）。",
        f"{n['hyo']}で、増減率は {ugoki(zogen_moji(n['zogen_ritsu_nashi']), zogen_moji(n['zogen_ritsu_ari']))}。",
        f"率は {ugoki(permille(n['ritsu_nashi']), permille(n['ritsu_ari']))}。{nendo}の保険料は {ugoki(yen(n['hokenryo_nashi']), yen(n['hokenryo_ari']))}（差 {zou(n['sagaku'])}）。",
        f"事故の年度は、3つの年度の率に1度ずつ入ります。3年の差を足すと {zou(v['sagaku_gokei'])} です。",
    ]
    return f"<h2>なぜこの額か</h2><ol>{''.join(f'<li>{b}</li>' for b in bun)}</ol>"


def shurui_no_hyo(data: dict[str, Any], jiko: str | None) -> str:
    """事故の種類ごとに、3年の差を並べる。"""
    body = ""
    for k, label in JIKO.items():
        kyugyo = {"kyugyo_nissu": None} if k.startswith("kyugyo") else {}
        answer = kantan({**data, "jiko": k, **kyugyo})
        taisho = taisho_no_nendo(answer) if isinstance(answer, Keisan) else []
        if not isinstance(answer, Keisan) or not taisho:
            return ""
        v = answer.values
        zou_ritsu = " → ".join(zogen_moji(taisho[0][f"zogen_ritsu_{ka}"]) for ka in KA)
        css = " class='hk-erabu'" if k == jiko else ""
        body += (
            f"<tr{css}><th scope='row'>{escape(label)}</th><td>{number(v['jiko_bunshi'])}</td>"
            f"<td>{zou_ritsu}</td><td>{number(v['sagaku_gokei'])}</td></tr>"
        )
    head = "".join(
        f"<th scope='col'>{h}</th>"
        for h in ("事故", "分子に入る額（円）", "増減率", "3年の差（円）")
    )
    return (
        "<h2>事故の種類ごとの差</h2><p>同じ給付基礎日額で比べます。書いた治療費と賞与、障害と死亡では書いた休業の日数も入れます。</p>"
        f'<div class="hk-yoko"><table class="hk-renshu-hyo"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
