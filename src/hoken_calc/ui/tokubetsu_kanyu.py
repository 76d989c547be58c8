"""特別加入の計算画面と、日額を選ぶ画面。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

from ..kekka import Ayamari, Bu, Keisan, NyuryokuAyamari, Taishogai
from ..nyuryoku import hizuke
from ..sheet import Run, to_html
from ..sheet.render import number
from ..sheet.render import permille as permille_moji
from ..tables import Row, cite, jp, nendo_label, table
from ..tokubetsu_kanyu import KANAI, calc
from ..tokubetsu_kanyu.erabu import KURABERU, kuraberu
from ..tokubetsu_kanyu.shiki import JIGYO, SHU
from ..tokubetsu_kanyu.taisho import GYOTAI, JOKEN, JUSHI, SHITAUKE, hantei
from . import zu
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
    nashi,
    yoko,
)
from .ichiran import masu, masu_no_bun
from .kekka_hyoji import (
    ayamari,
    chui,
    dare,
    gyoshu_no_sentakushi,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    omona_hyo,
    options,
    rei_wo_ireru,
)

NINZU = 10
RETSU = {"給付基礎日額": "nichigaku", "承認日": "shonin", "脱退日": "dattai"}
RAINEN = "来年度の日額"
RAINEN_NO_GYO = ("nenkan_kiso", "santei_kiso", "santei_kiso_gokei", "ritsu", "hokenryo")
KENCHIKU = "35"
TAISHO_REI = {"rodoshasu": "5"}
KEIZOKU_SETSUMEI = (
    "1人1行。承認日と脱退日は、年度の途中の時だけ書きます（例 {rei}）。"
    f"{RAINEN}は、変える人だけ書きます。続けない人は「なし」。"
)
YUKI_SETSUMEI = (
    "1人1行。有期事業では、承認日と脱退日（加入していた最後の日の翌日）を全員に書きます。"
    f"{RAINEN}は使いません。"
)
KAERU = {
    1: "年度更新の時に、申告書内訳に新しい日額を書きます。それが変更の申請の代わりになります。",
    2: "給付基礎日額変更申請書を出します。",
}
KAERU[3] = KAERU[1]


def sagyo_no_sentakushi() -> list[tuple[str, Any]]:
    """第2種の事業・作業。特の番号、条・号、名前。"""
    t = table("tokubetsu_2shu_ritsu")
    rows = sorted(t.on(t.verified_through), key=lambda r: int(r["toku_bango"][1:]))
    return [(f"{r['toku_bango']}（{r.key}）{r['shurui'].split('。')[0]}", r.key) for r in rows]


def gyoshu_no_namae(bango: str) -> str:
    """業種の欄に入れる、番号と名前。"""
    return next(g for g in gyoshu_no_sentakushi() if g.startswith(f"{bango} "))


class RitsuRan:
    """率を決める欄: 年度、種類、業種か事業・作業、通知された率。"""

    def __init__(self, nendo: int) -> None:
        """`nendo` は、始めに選ぶ年度。最新が 0、その前が 1。"""
        erabi = nendo_no_sentakushi("kyufu_kiso_nichigaku")
        self.nendo = erabu("nendo", "年度", erabi, erabi[nendo][1])
        self.shu = erabu("shu", "特別加入の種類", options(SHU), 1)
        self.gyoshu = Gyoshu("業種（労災保険）", gyoshu_no_sentakushi())
        self.sagyo = erabu("sagyo", "事業・作業", sagyo_no_sentakushi(), "17-2")
        self.ritsu = moji(
            "rosai_ritsu",
            "通知された労災保険率",
            "メリット制の通知がある時だけ。空なら、表の率。1000分のいくつ。例 2.04",
        )
        self.komoku: list[Komoku] = [self.nendo, self.shu, self.gyoshu, self.sagyo, self.ritsu]

    def data(self) -> dict[str, Any]:
        """いまの入力。"""
        shu = self.shu.value
        out: dict[str, Any] = {"nendo": self.nendo.value, "shu": shu}
        if shu == 1:
            out["gyoshu"] = self.gyoshu.bango()
            out["rosai_ritsu"] = self.ritsu.value.strip() or None
        if shu == 2:
            out["sagyo"] = self.sagyo.value
        return out

    def dasu(self) -> None:
        """その種類で使う欄だけを出す。"""
        shu = self.shu.value
        for k, yes in ((self.gyoshu, shu == 1), (self.ritsu, shu == 1), (self.sagyo, shu == 2)):
            k.visible(yes)
        self.gyoshu.kouho_wo_dasu()


class TokubetsuKanyuGamen(Gamen):
    """特別加入の画面。入力が変わるたびに計算し直す。"""

    namae = "特別加入の計算画面"

    def __init__(self) -> None:
        self.ran = RitsuRan(1)
        self.jigyo = erabu(
            "jigyo",
            "事業の期間",
            options(JIGYO),
            "keizoku",
            "有期事業は、年度は事業の始まった年度。月数は承認日から終わりまでを数えます。",
        )
        self.hyo = Hyo(
            field="kanyusha",
            gyo=[f"加入者{i}" for i in range(1, NINZU + 1)],
            retsu=["給付基礎日額（円）", "承認日", "脱退日", RAINEN],
            yobina=[*RETSU, RAINEN],
            kumi=[["加入者", 4]],
            atai=[[""] * 4 for _ in range(NINZU)],
        )
        nendo, shu, *ato = self.ran.komoku
        self.komoku: list[Komoku] = [nendo, shu, self.jigyo, *ato]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.hyo.observe(self._changed, "atai")
        self.view = hako(
            hako(
                hako(midashi("1. 事業"), *(k.hako for k in self.komoku), css=["hk-retsu"]),
                hako(
                    midashi("2. 加入者"),
                    self.hyo,
                    yoko(
                        botan("例を入れる", self._rei),
                        botan("全部消す", lambda _: self.modosu()),
                    ),
                    css=["hk-retsu"],
                ),
                css=["hk-sanretsu"],
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def data(self) -> dict[str, Any]:
        """いまの画面の入力。"""
        out = self.ran.data()
        if out["shu"] == 1:
            out["jigyo"] = self.jigyo.value
        out["kanyusha"] = [
            dict(zip(RETSU.values(), (x.strip() or None for x in self.hyo.atai[i]), strict=False))
            for i in self._gyo()
        ]
        return out

    def _gyo(self) -> list[int]:
        """書いてある行の番号。"""
        return [i for i, row in enumerate(self.hyo.atai) if any(x.strip() for x in row)]

    def _changed(self, _: Any) -> None:
        self.ran.dasu()
        dai1shu = self.ran.shu.value == 1
        self.jigyo.visible(dai1shu)
        yuki = dai1shu and self.jigyo.value == "yuki"
        rei = jp(date(self.ran.nendo.value, 10, 1))
        self.hyo.setsumei = YUKI_SETSUMEI if yuki else KEIZOKU_SETSUMEI.format(rei=rei)
        self.hyo.retsu = [*self.hyo.retsu[:3], "使いません" if yuki else RAINEN]
        data = self.data()
        self.hyo.ayamari = {}
        if not data["kanyusha"]:
            self.omona.html = '<div class="hk-tarinai">加入者の給付基礎日額を入れてください。</div>'
            self.kekka.html = ""
            return
        answer = calc(data)
        if isinstance(answer, Keisan):
            answer = self._na(answer, self._gyo())
            v = answer.values
            toku = f"（{v['toku_bango']}）" if "toku_bango" in v else ""
            self.omona.html = (
                dare(f"{nendo_label(data['nendo'])}。", len(answer.warnings))
                + f'<div class="hk-omona"><div><b>特別加入保険料</b><span>{number(v["hokenryo"])}<small>円</small></span></div>'
                f"<div><b>算定基礎額の合計</b><span>{number(v['santei_kiso_gokei'])}<small>円</small></span></div>"
                f"<div><b>率{toku}</b><span>{permille_moji(answer.run['ritsu'])}</span></div></div>"
                + ("" if yuki else nendo_no_soto(answer))
            )
            rainen = self._yuki_no_rainen() if yuki else self._rainen(data)
            self.kekka.html = chui(answer) + rainen + ichigyo_zutsu(answer)
        else:
            errors = self._masu_no_ayamari(getattr(answer, "errors", []), self._gyo())
            self.omona.html = kekka_no_ayamari(errors, self.komoku)
            self.kekka.html = ""

    def _rainen(self, data: dict[str, Any]) -> str:
        """日額を変える時の知らせ。来年度の日額があれば、来年度の概算も計算する。"""
        rainen = data["nendo"] + 1
        kotoshi, tsugi = nendo_label(data["nendo"]), nendo_label(rainen)
        html = (
            f"<p>日額は、年度の途中では変えられません。{kotoshi}の確定は、いまの日額で計算します。"
            f"新しい日額は、{tsugi}の概算から使います。{KAERU[data['shu']]}"
            f"（{escape('、'.join(cite('fukui-2-3-5')))}）</p>"
        )
        if self._rainen_ari():
            html += self._rainen_no_gaisan(data, rainen)
        return f"<h2>日額を変える時</h2>{html}"

    def _rainen_ari(self) -> bool:
        return any(row[3].strip() for row in self.hyo.atai)

    def _yuki_no_rainen(self) -> str:
        if not self._rainen_ari():
            return ""
        return (
            f'<div class="hk-chui"><strong>注意</strong><ul><li>{RAINEN}は使っていません。'
            "有期事業の途中で日額を変える計算は、していません。</li></ul></div>"
        )

    def _rainen_no_gaisan(self, data: dict[str, Any], rainen: int) -> str:
        hito = [
            (i, {**k, "nichigaku": self.hyo.atai[i][3].strip() or k["nichigaku"]})
            for i, k in zip(self._gyo(), data["kanyusha"], strict=True)
            if not nashi(self.hyo.atai[i][3])
            and (not k["dattai"] or hizuke(k["dattai"]) > date(rainen, 4, 1))
        ]
        if not hito:
            return f"<p>{nendo_label(rainen)}まで続ける加入者がいないので、概算はありません。</p>"
        if data.get("rosai_ritsu"):
            return f"<p>通知された率は年度ごとに違うので、{nendo_label(rainen)}の概算は計算していません。年度を変え、その年度の率を入れて計算してください。</p>"
        answer = calc({**data, "nendo": rainen, "kanyusha": [k for _, k in hito]})
        if isinstance(answer, Keisan):
            answer = self._na(answer, [i for i, _ in hito])
            v = answer.values
            omona = [
                ("来年度の概算保険料", v["hokenryo"]),
                ("算定基礎額の合計", v["santei_kiso_gokei"]),
            ]
            lines = [s for s in answer.lines if s.id in RAINEN_NO_GYO]
            return (
                f"<p>{nendo_label(rainen)}の概算。脱退日の無い人（「なし」の人を除く）が、年度を通して加入する見込みです。</p>"
                + omona_hyo(omona)
                + to_html(lines)
            )
        errors = self._masu_no_ayamari(getattr(answer, "errors", []), [i for i, _ in hito], 3)
        midashi = f"{nendo_label(rainen)}の概算は計算できません"
        return ayamari("hk-okashii", midashi, errors, self.komoku)

    def _na(self, answer: Keisan, gyo: Sequence[int]) -> Keisan:
        """加入者の見出しを、表の行の名前にした答え。"""
        hito = [
            replace(b, midashi=f"{self.hyo.gyo[i]}（日額{number(b.run['nichigaku'])}円）")
            for i, b in zip(gyo, answer.bu[:-1], strict=True)
        ]
        return replace(answer, bu=(*hito, answer.bu[-1]))

    def _masu_no_ayamari(
        self, errors: Sequence[Ayamari], gyo: Sequence[int], zurasu: int = 0
    ) -> list[Ayamari]:
        """表のますに印をつけ、加入者と列の名前をつけた誤りを返す。

        `gyo` は計算した行の番号。`zurasu` は、日額の列が何列右にあるか。
        """
        retsu = {
            RAINEN if zurasu else na: id
            for na, id in RETSU.items()
            if not zurasu or id == "nichigaku"
        }
        out, bad = [], {}
        for e in errors:
            if e.field.startswith("kanyusha."):
                g, c = masu(e, gyo, RETSU).split(",")
                bad[f"{g},{int(c) + zurasu}"] = e.message
                out.append(replace(e, message=masu_no_bun(self.hyo.gyo[int(g)], e, retsu)))
            else:
                out.append(e)
        self.hyo.ayamari = bad
        return out

    def _rei(self, _: Any) -> None:
        rei_wo_ireru(self.komoku, {"nendo": 2025, "gyoshu": gyoshu_no_namae(KENCHIKU)})
        self.hyo.ireru(
            [
                ["10,000", "", "", ""],
                ["5,000", "R7.9.10", "", "7,000"],
                ["3,500", "", "R7.12.1", ""],
            ]
        )


def nendo_no_soto(answer: Keisan) -> str:
    """承認日か脱退日が年度の外にある加入者の、数えた月数。"""
    items = ""
    for b in answer.bu[:-1]:
        run, nendo = b.run, b.run["nendo"]
        soto = []
        if run["shonin"] and run["shonin"] < date(nendo, 4, 1):
            soto.append(f"承認日（{jp(run['shonin'])}）が{nendo_label(nendo)}より前")
        if run["dattai"] and run["dattai"] > date(nendo + 1, 4, 1):
            soto.append(f"脱退日（{jp(run['dattai'])}）が{nendo_label(nendo)}より後")
        if soto:
            items += f"<li>{escape(b.midashi)}は、{'、'.join(soto)}なので、この年度は{run['tsukisu']}か月で計算しています。</li>"
    if not items:
        return ""
    return f'<div class="hk-tarinai"><ul>{items}</ul>加入や脱退のあった年度を計算する時は、上で年度を選び直してください。</div>'


class NichigakuGamen(Gamen):
    """事業主が給付基礎日額を選ぶ画面。保険料と、もしもの時の給付を並べる。"""

    namae = "給付基礎日額を選ぶ画面"

    def __init__(self) -> None:
        self.ran = RitsuRan(0)
        self.erabu = erabu("nichigaku", "いま考えている日額", _nichigaku_no_sentakushi(), 0)
        self.hyoji = Hyoji(tsugeru=True)
        self.komoku = [*self.ran.komoku, self.erabu]
        for k in self.komoku:
            k.on_change(self._changed)
        self.view = hako(
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            yoko(botan("例を入れる", self._rei), botan("全部消す", lambda _: self.modosu())),
            hako(self.hyoji, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _rei(self, _: Any) -> None:
        rei_wo_ireru(self.komoku, {"gyoshu": gyoshu_no_namae(KENCHIKU), "nichigaku": 10_000})

    def _changed(self, _: Any) -> None:
        self.ran.dasu()
        runs = kuraberu(self.ran.data())
        if isinstance(runs, NyuryokuAyamari):
            self.hyoji.html = kekka_no_ayamari(runs.errors, self.komoku)
        else:
            self.hyoji.html = nichigaku_no_hyo(runs, self.erabu.value)


def _nichigaku_no_sentakushi() -> list[tuple[str, Any]]:
    rows = sorted(table("kyufu_kiso_nichigaku").rows.items())
    kanai = {n: f"（{KANAI}）" if r[-1]["taisho"] == KANAI else "" for n, r in rows}
    return [("選ばない", 0), *((f"{n:,}円{k}", n) for n, k in kanai.items())]


def nichigaku_no_hyo(runs: Sequence[Run], erabu: int) -> str:
    """日額ごとの表と、1年の保険料の棒の図。選んだ日額は、1行ずつの計算も出す。"""
    lines = [x for x in KURABERU.lines if x.id not in ("ritsu", "nen_kiso")]
    head = "".join(f"<th scope='col'>{escape(x.label)}</th>" for x in lines)
    body = ""
    for r in runs:
        css = " class='hk-erabu'" if r["nichigaku"] == erabu else ""
        cells = "".join(f"<td>{number(r[x.id])}</td>" for x in lines)
        body += f"<tr{css}><th scope='row'>{number(r['nichigaku'])}</th>{cells}</tr>"
    eranda = next((r for r in runs if r["nichigaku"] == erabu), None)
    kotae = Keisan("kuraberu", {}, (Bu(eranda or runs[0]),))
    return (
        dare(
            f"{nendo_label(runs[0]['nendo'])}。{escape(_nan_no_ritsu(runs[0]))}。",
            len(kotae.warnings),
        )
        + chui(kotae)
        + f"<h2>1年の保険料</h2>{nichigaku_no_zu(runs, erabu)}"
        + "<h2>保険料と、もしもの時の給付（円）</h2>"
        f'<div class="hk-yoko"><table class="hk-renshu-hyo"><thead><tr><th scope="col">給付基礎日額</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        '<div class="hk-chui"><strong>選ぶ前に</strong><ul>'
        "<li>日額は、その人の所得に合わせて選びます。</li>"
        "<li>年度の途中では変えられません。変えられるのは、前の年度の3月中か、年度更新の期間（6月1日から7月10日まで）に届け出た時です。受け付ける日は労働局の案内で確かめてください。すでに事故が起きた後は、その年度の日額を上げられません。</li>"
        "<li>治療費は、日額に関係なく全額が給付されます。</li>"
        "<li>ここに無い物: 障害2〜6級と9〜13級、遺族が2人以上の年金（どれも、日額に決まった日数を掛けます）、遺族が55歳以上か障害のある妻1人の時の年金（日数が多い）、傷病補償年金、介護補償給付、障害と遺族の特別支給金（定額）、遺族の一時金（1,000日分）、通院費、年金のスライド。</li>"
        '</ul></div><p class="hk-kotowari">保険料は1人で年度を通して加入した額です。何人かで加入する時は、合計で1度だけ1,000円未満を切り捨てるので、足した額と少し違うことがあります。<span class="hk-daiji">提出用ではありません。</span></p>'
        + (ichigyo_zutsu(kotae) if eranda else "")
    )


def _nan_no_ritsu(run: Run) -> str:
    """率と、それが何の率か。"""
    hiita = [row for row, _ in run.used["ritsu"] if isinstance(row, Row)]
    na = f"{hiita[0].name}の率" if hiita else "通知された率"
    return f"{na} {permille_moji(run['ritsu'])}"


def nichigaku_no_zu(runs: Sequence[Run], erabu: int) -> str:
    """日額ごとの1年の保険料の棒。"""
    hidari, migi = 64, 72
    saidai = max(r["nen_hokenryo"] for r in runs) or 1
    bo, setsumei = "", []
    for i, r in enumerate(runs):
        y, nichigaku, gaku = i * 24, f"{number(r['nichigaku'])}円", f"{number(r['nen_hokenryo'])}円"
        haba = (zu.HABA - hidari - migi) * r["nen_hokenryo"] / saidai
        iro = zu.KOI if r["nichigaku"] == erabu else zu.USUI
        bo += zu.moji(hidari - 6, y + 17, nichigaku, soroe="end")
        bo += zu.shikaku(hidari, y + 4, haba, 17, iro)
        bo += zu.moji(hidari + haba + 6, y + 17, gaku)
        setsumei.append(f"{nichigaku}なら{gaku}")
    return zu.svg(len(runs) * 24 + 6, f"日額ごとの1年の保険料。{'、'.join(setsumei)}", bo)


class TaishoGamen(Gamen):
    """第1種特別加入の対象になるかを確かめる画面。"""

    namae = "特別加入の対象になるかの画面"

    def __init__(self) -> None:
        self.gyotai = erabu("gyotai", "業種の大きな分け方", options(GYOTAI), "sonota")
        self.rodoshasu = moji(
            "rodoshasu", "企業全体の常時の労働者数", "支店や工場の人も足した人数。"
        )
        self.tsunen = botan_erabu(
            "tsunen_shiyo", "労働者を使うのは", [("年間を通じて", True), ("時々", False)], True
        )
        self.nobe = moji("nobe_nissu", "労働者を使う延べ日数（年間）", "時々の時だけ。")
        self.itaku = hai("itaku", "労働保険事務組合に委託している", True)
        self.jushi = erabu("jushi", "加入する人と業務", options(JUSHI), "jigyonushi")
        self.shitauke = erabu(
            "shitauke",
            "建設の下請",
            options(SHITAUKE),
            "shinai",
            "保険関係は、自分で行う小工事について見ます。",
        )
        self.komoku = [
            self.gyotai,
            self.shitauke,
            self.rodoshasu,
            self.tsunen,
            self.nobe,
            self.jushi,
            self.itaku,
        ]
        self.hyoji = Hyoji(tsugeru=True)
        for k in self.komoku:
            k.on_change(self._changed)
        self.view = hako(
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            yoko(
                botan("例を入れる", lambda _: rei_wo_ireru(self.komoku, TAISHO_REI)),
                botan("全部消す", lambda _: self.modosu()),
            ),
            hako(self.hyoji, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _changed(self, _: Any) -> None:
        self.nobe.visible(not self.tsunen.value)
        self.shitauke.visible(self.gyotai.value == "sonota")
        data = {k.field: k.value for k in self.komoku if k.mieru and k.value != ""}
        answer = hantei({"nendo": table("teisu").saigo_nendo, **data})
        if isinstance(answer, Taishogai):
            items = "".join(_joken(r["message"], r["basis"]) for r in answer.reasons)
            self.hyoji.html = f'<div class="hk-okashii"><strong>このままでは加入できません。</strong><ul>{items}</ul></div>'
        elif isinstance(answer, Keisan):
            riyu = answer.values["riyu"]
            items = "".join(_joken(f"{j.label}: {riyu[j.id]}", j.basis) for j in JOKEN)
            self.hyoji.html = (
                f'<div class="hk-tarinai"><strong>条件を満たします。</strong><ul>{items}</ul></div>'
            )
        else:
            self.hyoji.html = kekka_no_ayamari(answer.errors, self.komoku)


def _joken(bun: str, basis: Sequence[str]) -> str:
    return f"<li>{escape(bun)}（{escape('、'.join(basis))}）</li>"
