"""特別加入の計算画面と、日額を選ぶ画面。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from ..kekka import Ayamari, Keisan, Taishogai
from ..nyuryoku import Yomenai, permille
from ..sheet.render import number
from ..sheet.render import permille as permille_moji
from ..tables import nendo_label, table
from ..tokubetsu_kanyu import calc
from ..tokubetsu_kanyu.erabu import KURABERU, kuraberu
from ..tokubetsu_kanyu.shiki import SHU
from ..tokubetsu_kanyu.taisho import GYOTAI, hantei
from .buhin import (
    Gamen,
    Gyoshu,
    Hyo,
    Hyoji,
    Komoku,
    botan,
    botan_erabu,
    erabu,
    hai,
    hako,
    midashi,
    moji,
)
from .ichiran import masu, masu_no_bun
from .kekka_hyoji import (
    ayamari,
    chui,
    gyoshu_no_sentakushi,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    options,
)

NINZU = 10
RETSU = {"給付基礎日額": "nichigaku", "承認日": "shonin", "脱退日": "dattai"}


def sagyo_no_sentakushi() -> list[tuple[str, Any]]:
    """第2種の事業・作業。特の番号、条・号、名前。"""
    t = table("tokubetsu_2shu_ritsu")
    rows = sorted(t.on(t.verified_through), key=lambda r: int(r["toku_bango"][1:]))
    return [(f"{r['toku_bango']}（{r.key}）{r['shurui'].split('。')[0]}", r.key) for r in rows]


class TokubetsuKanyuGamen(Gamen):
    """特別加入の画面。入力が変わるたびに計算し直す。"""

    namae = "特別加入の計算画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("kyufu_kiso_nichigaku")
        self.nendo = erabu("nendo", "年度", nendo, nendo[0][1])
        self.shu = erabu("shu", "特別加入の種類", options(SHU), 1)
        self.gyoshu = Gyoshu("業種（労災保険）", gyoshu_no_sentakushi())
        self.sagyo = erabu("sagyo", "事業・作業", sagyo_no_sentakushi(), "17-2")
        self.ritsu = moji(
            "rosai_ritsu",
            "通知された労災保険率",
            "メリット制の通知がある時だけ。1000分のいくつ。例 2.04",
        )
        self.hyo = Hyo(
            field="kanyusha",
            setsumei="1人1行。承認日と脱退日は、年度の途中の時だけ書きます（例 R7.10.1）。",
            gyo=[f"加入者{i}" for i in range(1, NINZU + 1)],
            retsu=["給付基礎日額（円）", "承認日", "脱退日"],
            yobina=list(RETSU),
            kumi=[["加入者", 3]],
            atai=[[""] * 3 for _ in range(NINZU)],
        )
        self.komoku: list[Komoku] = [self.nendo, self.shu, self.gyoshu, self.sagyo, self.ritsu]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.hyo.observe(self._changed, "atai")
        self.view = hako(
            hako(
                hako(midashi("1. 事業"), *(k.hako for k in self.komoku), css=["hk-retsu"]),
                hako(
                    midashi("2. 加入者"), self.hyo, botan("例を入れる", self._rei), css=["hk-retsu"]
                ),
                css=["hk-sanretsu"],
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def data(self) -> dict[str, Any]:
        """いまの画面の入力。"""
        shu = self.shu.value
        out: dict[str, Any] = {"nendo": self.nendo.value, "shu": shu}
        if shu == 1:
            out["gyoshu"] = self.gyoshu.bango()
            out["rosai_ritsu"] = self.ritsu.value.strip() or None
        if shu == 2:
            out["sagyo"] = self.sagyo.value
        rows = [
            dict(zip(RETSU.values(), (x.strip() or None for x in row), strict=True))
            for row in self.hyo.atai
        ]
        out["kanyusha"] = [r for r in rows if any(r.values())]
        return out

    def _changed(self, _: Any) -> None:
        shu = self.shu.value
        for k, yes in ((self.gyoshu, shu == 1), (self.ritsu, shu == 1), (self.sagyo, shu == 2)):
            k.visible(yes)
        self.gyoshu.kouho_wo_dasu()
        data = self.data()
        self.hyo.ayamari = {}
        if not data["kanyusha"]:
            self.omona.html = '<div class="hk-tarinai">加入者の給付基礎日額を入れてください。</div>'
            self.kekka.html = ""
            return
        answer = calc(data)
        for k in self.komoku:
            k.show_error("")
        if isinstance(answer, Keisan):
            v = answer.values
            toku = f"（{v['toku_bango']}）" if "toku_bango" in v else ""
            self.omona.html = (
                f'<p class="hk-dare">{nendo_label(self.nendo.value)}。<strong>提出用ではありません。</strong></p>'
                f'<div class="hk-omona"><div><b>特別加入保険料</b><span>{number(v["hokenryo"])}<small>円</small></span></div>'
                f"<div><b>算定基礎額の合計</b><span>{number(v['santei_kiso_gokei'])}<small>円</small></span></div>"
                f"<div><b>率{toku}</b><span>{permille_moji(answer.run['ritsu'])}</span></div></div>"
            )
            self.kekka.html = chui(answer) + ichigyo_zutsu(answer)
        else:
            errors = self._masu_no_ayamari(getattr(answer, "errors", []))
            self.omona.html = kekka_no_ayamari(errors, self.komoku)
            self.kekka.html = ""

    def _masu_no_ayamari(self, errors: Sequence[Ayamari]) -> list[Ayamari]:
        """表のますに印をつけ、加入者と列の名前をつけた誤りを返す。"""
        gyo = [i for i, row in enumerate(self.hyo.atai) if any(x.strip() for x in row)]
        out, bad = [], {}
        for e in errors:
            if e.field.startswith("kanyusha."):
                bad[masu(e, gyo, RETSU)] = e.message
                doko = self.hyo.gyo[gyo[int(e.field.split(".")[1])]]
                out.append(replace(e, message=masu_no_bun(doko, e, RETSU)))
            else:
                out.append(e)
        self.hyo.ayamari = bad
        return out

    def _rei(self, _: Any) -> None:
        self.shu.widget.value, self.gyoshu.widget.value = (
            1,
            "35 建築事業（既設建築物設備工事業を除く。）",
        )
        rei = [["10,000", "", ""], ["5,000", "R7.9.10", ""], ["3,500", "", "R7.12.1"]]
        self.nendo.widget.value = 2025
        self.hyo.atai = rei + [[""] * 3 for _ in range(NINZU - len(rei))]


class NichigakuGamen(Gamen):
    """事業主が給付基礎日額を選ぶ画面。保険料と、もしもの時の給付を並べる。"""

    namae = "給付基礎日額を選ぶ画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("kyufu_kiso_nichigaku")
        self.nendo = erabu("nendo", "年度", nendo, nendo[0][1])
        self.ritsu = moji(
            "ritsu",
            "率（1000分のいくつ）",
            "第1種は業種の労災保険率。建築は9.5、卸売・小売・飲食は3。",
            "9.5",
        )
        self.erabu = erabu(
            "nichigaku",
            "いま考えている日額",
            [("選ばない", 0), *((f"{n:,}円", n) for n in NICHIGAKU)],
            10000,
        )
        self.hyoji = Hyoji(tsugeru=True)
        for k in (self.nendo, self.ritsu, self.erabu):
            k.on_change(self._changed)
        self.view = hako(
            hako(self.nendo.hako, self.ritsu.hako, self.erabu.hako, css=["hk-sanretsu"]),
            self.hyoji,
            css=["hk-view"],
        )
        self._changed(None)

    def _changed(self, _: Any) -> None:
        self.ritsu.show_error("")
        try:
            ritsu = permille(self.ritsu.value)
        except Yomenai as e:
            self.ritsu.show_error(str(e))
            return
        runs = kuraberu(self.nendo.value, ritsu)
        self.hyoji.html = nichigaku_no_hyo(runs, self.erabu.value)


NICHIGAKU = sorted(
    k for k, r in table("kyufu_kiso_nichigaku").rows.items() if r[-1]["taisho"] != "家内労働者だけ"
)


def nichigaku_no_hyo(runs: list[Any], erabu: int) -> str:
    """日額ごとの表と、1年の保険料の棒の図。"""
    lines = [x for x in KURABERU.lines if x.id != "nen_kiso"]
    head = "".join(f"<th scope='col'>{escape(x.label)}</th>" for x in lines)
    most = max(r["nen_hokenryo"] for r in runs) or 1
    body, bars = "", ""
    for i, r in enumerate(runs):
        css = " class='hk-erabu'" if r["nichigaku"] == erabu else ""
        cells = "".join(f"<td>{number(r[x.id])}</td>" for x in lines)
        body += f"<tr{css}><th scope='row'>{number(r['nichigaku'])}</th>{cells}</tr>"
        haba = 520 * r["nen_hokenryo"] / most
        color = "#1f5f5b" if css else "#9dbfbc"
        bars += (
            f'<text x="70" y="{i * 24 + 17}" text-anchor="end">{number(r["nichigaku"])}円</text>'
            f'<rect x="80" y="{i * 24 + 4}" width="{haba:.1f}" height="17" fill="{color}"/>'
            f'<text x="{86 + haba:.1f}" y="{i * 24 + 17}">{number(r["nen_hokenryo"])}円</text>'
        )
    zu = (
        f'<svg class="hk-zu" viewBox="0 0 700 {len(runs) * 24 + 6}" role="img" '
        f'aria-label="日額ごとの1年の保険料">{bars}</svg>'
    )
    return (
        "<h2>1年の保険料</h2>" + zu + "<h2>保険料と、もしもの時の給付（円）</h2>"
        f'<div class="hk-yoko"><table class="hk-renshu-hyo"><thead><tr><th scope="col">給付基礎日額</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        '<div class="hk-chui"><strong>選ぶ前に</strong><ul>'
        "<li>日額は、その人の所得に合わせて選びます。</li>"
        "<li>年度の途中では変えられません。変えられるのは、前の年度の3月中か、年度更新の期間（6月1日から7月10日まで）に届け出た時です。受け付ける日は労働局の案内で確かめてください。すでに事故が起きた後は、その年度の日額を上げられません。</li>"
        "<li>治療費は、日額に関係なく全額が給付されます。</li>"
        "<li>ここに無い物: 傷病補償年金、介護補償給付、障害と遺族の特別支給金（定額）、遺族の一時金（1,000日分）、通院費、年金のスライド。</li>"
        '</ul></div><p class="hk-kotowari">保険料は1人で年度を通して加入した額です。何人かで加入する時は、合計で1度だけ1,000円未満を切り捨てるので、足した額と少し違うことがあります。<span class="hk-daiji">提出用ではありません。</span></p>'
    )


class TaishoGamen(Gamen):
    """第1種特別加入の対象になるかを確かめる画面。"""

    namae = "特別加入の対象になるかの画面"

    def __init__(self) -> None:
        self.gyotai = erabu("gyotai", "業種の大きな分け方", options(GYOTAI), "sonota")
        self.rodoshasu = moji(
            "rodoshasu", "企業全体の常時の労働者数", "支店や工場の人も足した人数。", "5"
        )
        self.tsunen = botan_erabu(
            "tsunen_shiyo", "労働者を使うのは", [("年間を通じて", True), ("時々", False)], True
        )
        self.nobe = moji("nobe_nissu", "労働者を使う延べ日数（年間）", "時々の時だけ。", "")
        self.itaku = hai("itaku", "労働保険事務組合に委託している", True)
        self.jushi = hai("jushi", "加入する人は、その事業の業務に従事する", True)
        self.komoku = [self.gyotai, self.rodoshasu, self.tsunen, self.nobe, self.itaku, self.jushi]
        self.hyoji = Hyoji(tsugeru=True)
        for k in self.komoku:
            k.on_change(self._changed)
        self.view = hako(
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]), self.hyoji, css=["hk-view"]
        )
        self._changed(None)

    def _changed(self, _: Any) -> None:
        self.nobe.visible(not self.tsunen.value)
        data = {k.field: k.value for k in self.komoku if k.value != ""}
        answer = hantei({"nendo": table("teisu").saigo_nendo, **data})
        if isinstance(answer, Taishogai):
            items = "".join(
                f"<li>{escape(r['message'])}（{escape('、'.join(r['basis']))}）</li>"
                for r in answer.reasons
            )
            self.hyoji.html = f'<div class="hk-okashii"><strong>このままでは加入できません。次の条件を満たす必要があります。</strong><ul>{items}</ul></div>'
        elif isinstance(answer, Keisan):
            items = "".join(f"<li>{escape(s.label)}: {escape(s.why)}</li>" for s in answer.lines)
            self.hyoji.html = (
                f'<div class="hk-tarinai"><strong>条件を満たします。</strong><ul>{items}</ul></div>'
            )
        else:
            self.hyoji.html = ayamari(
                "hk-okashii", "直してください", getattr(answer, "errors", []), self.komoku
            )
