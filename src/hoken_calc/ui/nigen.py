"""二元適用の画面。建設会社の3つの申告を、事業主に渡す1枚にまとめる。"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from ..kekka import Ayamari, Keisan
from ..kibetsu import HOSHIKI
from ..nendo_koshin import kaitei_ari
from ..nendo_koshin.shiki import KAISU
from ..nigen import HOKEN, calc
from ..sheet import to_html
from ..sheet.render import arithmetic, number
from ..tables import nendo_label, table
from .buhin import (
    Gamen,
    Gyoshu,
    Hyoji,
    Komoku,
    botan,
    botan_erabu,
    erabu,
    hai,
    hako,
    midashi,
    moji,
    yoko,
)
from .ikkatsu_yuki import REI as KOJI_REI
from .ikkatsu_yuki import SAIDAI, KojiRan, nozoita
from .kekka_hyoji import (
    chui,
    dare,
    gyoshu_no_sentakushi,
    hizuke,
    ichigyo_zutsu,
    ikkai_de,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    omona_hyo,
    options,
    rei_wo_ireru,
    tarinai,
)
from .yotei import Yotei, yoteihyo_link
from .zu import tsumiage_no_zu

REI = {
    "jimusho.gyoshu": "94 その他の各種事業",
    "jimusho.chingin.rosai": "7,200,000",
    "jimusho.shinkokuzumi_gaisan": "30,000",
    "koyo.chingin.koyo": "38,500,000",
    "koyo.shinkokuzumi_gaisan": "650,000",
}


class NigenGamen(Gamen):
    """二元適用の画面。入力が変わるたびに計算し直す。"""

    namae = "二元適用（建設会社）の計算画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("koyo_hokenritsu")
        self.nendo = erabu("nendo", "確定の保険年度", nendo, nendo[1][1])
        self.hoshiki = botan_erabu("hoshiki", "申告の方式", options(HOSHIKI), "jimukumiai")
        self.kaisu = botan_erabu("kaisu", "納付回数", options(KAISU), 3)
        self.jimusho_ari = hai("jimusho", "事務所の労災の申告がある", True)
        self.gyoshu = Gyoshu("事務所の業種（労災保険）", gyoshu_no_sentakushi())
        self.gyoshu.field = "jimusho.gyoshu"
        en, sumi = "単位は円。", "前の年度更新で申告した概算保険料。"
        mikomi = "書かなければ確定と同じ額。"
        self.rosai = moji("jimusho.chingin.rosai", "事務所の賃金総額", en)
        self.rosai_sumi = moji("jimusho.shinkokuzumi_gaisan", "事務所の申告済みの概算保険料", sumi)
        self.rosai_mikomi = moji("jimusho.mikomi.rosai", "事務所の次の年度の見込賃金", mikomi)
        self.koyo = moji("koyo.chingin.koyo", "雇用の賃金総額", f"被保険者の分。{en}")
        self.koyo_zenki = moji("koyo.chingin.koyo.zenki", "雇用の賃金 4〜9月", "円")
        self.koyo_koki = moji("koyo.chingin.koyo.koki", "雇用の賃金 10〜3月", "円")
        self.koyo_sumi = moji("koyo.shinkokuzumi_gaisan", "雇用の申告済みの概算保険料", sumi)
        self.koyo_mikomi = moji("koyo.mikomi.koyo", "雇用の次の年度の見込賃金", mikomi)
        self.ran = KojiRan(self._changed, self.nendo)
        kihon = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.komoku: list[Komoku] = [*kihon, *self.ran.komoku]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in kihon:
            k.on_change(self._changed)
        self.busy = False
        self.view = hako(
            hako(
                midashi("1. 年度と納め方"),
                hako(self.nendo.hako, self.hoshiki.hako, self.kaisu.hako, css=["hk-sanretsu"]),
                yoko(botan("3つとも例を入れる", self._rei), botan("全部消す", self._kesu)),
                midashi(f"2. {HOKEN['genba']}: 終わった元請の工事"),
                self.ran.hako,
                self._retsu(
                    f"3. {HOKEN['jimusho']}: 事務員など",
                    self.jimusho_ari,
                    self.gyoshu,
                    self.rosai,
                    self.rosai_sumi,
                    self.rosai_mikomi,
                ),
                self._retsu(
                    f"4. {HOKEN['koyo']}: 現場も事務所も全員",
                    self.koyo,
                    self.koyo_zenki,
                    self.koyo_koki,
                    self.koyo_sumi,
                    self.koyo_mikomi,
                ),
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view", "hk-nigen"],
        )
        self._changed(None)

    @staticmethod
    def _retsu(title: str, *komoku: Komoku) -> Any:
        return hako(midashi(title), hako(*(k.hako for k in komoku), css=["hk-sanretsu"]))

    def _rei(self, _: Any) -> None:
        self.busy = True
        rei_wo_ireru(self.komoku, REI)
        self.ran.sumi.widget.value = "60,000"
        self.ran.ireru(KOJI_REI)
        self.busy = False
        self._changed(None)

    def _kesu(self, _: Any) -> None:
        self.busy = True
        self.modosu()
        self.ran.modosu()
        self.busy = False
        self._changed(None)

    def _kakutei_nomi(self) -> bool:
        return bool(self.nendo.value == table("koyo_hokenritsu").latest.year)

    def _dashiwake(self) -> None:
        ari, wakeru = self.jimusho_ari.value, kaitei_ari(self.nendo.value)
        nomi = self._kakutei_nomi()
        for k in (self.gyoshu, self.rosai, self.rosai_sumi):
            k.visible(ari)
        self.rosai_mikomi.visible(ari and not nomi)
        self.koyo_mikomi.visible(not nomi)
        self.kaisu.visible(not nomi)
        self.koyo.visible(not wakeru)
        for k in (self.koyo_zenki, self.koyo_koki):
            k.visible(wakeru)
        self.gyoshu.kouho_wo_dasu()

    def data(self) -> tuple[dict[str, Any], list[int], list[Ayamari]]:
        """いまの画面の入力、書いてある工事の行、表の中の誤り。"""
        nendo, hoshiki, kaisu = self.nendo.value, self.hoshiki.value, self.kaisu.value
        genba, gyo, errors = self.ran.data(nendo, hoshiki, kaisu)
        kyotsu = {
            "nendo": nendo,
            "hoshiki": hoshiki,
            "kaisu": None if self._kakutei_nomi() else kaisu,
            "kakutei_nomi": self._kakutei_nomi(),
        }
        koyo = (
            {"zenki": self.koyo_zenki.value, "koki": self.koyo_koki.value}
            if kaitei_ari(nendo)
            else self.koyo.value
        )
        out: dict[str, Any] = {
            "genba": genba,
            "koyo": {
                **kyotsu,
                "hoken_kankei": "koyo",
                "koyo_kubun": "kensetsu",
                "chingin": {"koyo": koyo},
                "shinkokuzumi_gaisan": self.koyo_sumi.value,
                "mikomi": None if self._kakutei_nomi() else {"koyo": self.koyo_mikomi.value},
            },
        }
        if self.jimusho_ari.value:
            out["jimusho"] = {
                **kyotsu,
                "hoken_kankei": "rosai",
                "gyoshu": self.gyoshu.bango(),
                "chingin": {"rosai": self.rosai.value},
                "shinkokuzumi_gaisan": self.rosai_sumi.value,
                "mikomi": None if self._kakutei_nomi() else {"rosai": self.rosai_mikomi.value},
            }
        return _kara_wo_nozoku(out), gyo, errors

    def _changed(self, _: Any) -> None:
        if self.busy:
            return
        self._dashiwake()
        if kakeru := self.ran.kakeru():
            self.omona.html, self.kekka.html = kakeru, ""
            return
        data, gyo, errors = self.data()
        answer, fuka = ikkai_de(calc, data)
        if isinstance(answer, Keisan) and not errors:
            self.ran.ayamari_wo_dasu([], gyo)
            ikkai = [field.split(".")[0] for field in fuka]
            self.omona.html = self._hyo_no_oki(len(gyo)) + ichimai(answer, ikkai)
            self.kekka.html = _yoteihyo(answer) + kekka(answer, gyo)
            return
        genba = list(errors)
        hoka: list[Ayamari] = []
        for e in getattr(answer, "errors", []):
            h, _, field = e.field.partition(".")
            if h == "genba" and field == "koji":
                hoka.append(Ayamari("genba", "hissu", f"{HOKEN[h]}: {e.message}"))
            elif h == "genba":
                genba.append(replace(e, field=field))
            else:
                hoka.append(replace(e, message=f"{HOKEN[h]}: {e.message}"))
        shown = [*self.ran.ayamari_wo_dasu(genba, gyo), *hoka]
        self.omona.html = kekka_no_ayamari(shown, self.komoku)
        self.kekka.html = ""

    def _hyo_no_oki(self, koji: int) -> str:
        """紙での入力の表の置き場。行が多い時は計算の後に置き、1枚目で場所を言う。"""
        hito = len(self.ran.tokubetsu.kaita()) if self.ran.tokubetsu_ari.value else 0
        if koji + hito <= HYO_NO_GYO:
            self.view.remove_class("hk-hyo-ato")
            return ""
        self.view.add_class("hk-hyo-ato")
        doko = "計算の後の紙" if koji <= SAIDAI else "読み込んだファイル"
        ninzu = f"、特別加入 {hito}人" if hito else ""
        return f'<p class="hk-kami">工事 {koji}件{ninzu}。一覧は、{doko}にあります。</p>'


def _kara_wo_nozoku(x: Any) -> Any:
    """空の欄を取り除く。"""
    if not isinstance(x, dict):
        return x
    naka = {k: _kara_wo_nozoku(v) for k, v in x.items()}
    return {
        k: v
        for k, v in naka.items()
        if not (isinstance(v, str) and not v.strip()) and v is not None
    }


def ichimai(answer: Keisan, ikkai: Sequence[str] = ()) -> str:
    """事業主に渡す1枚: いくら、いつ、なぜ。`ikkai` は、延納できないので1回にした申告。"""
    v = answer.values
    nendo = v["nendo"]
    kei = v["gokei"]
    gaku = [("納める額の合計", kei["nofu_gaku"]), ("確定保険料の合計", kei["kakutei_hokenryo"])]
    gaisan = ""
    if kei["gaisan_hokenryo"] is not None:
        gaku.append(("概算保険料の合計", kei["gaisan_hokenryo"]))
        gaisan = f"と{nendo_label(nendo + 1)}の概算"
    return (
        dare(
            f"{nendo_label(nendo)}の確定{gaisan}。建設の事業は、労災と雇用を別々に申告します。",
            len(answer.warnings),
        )
        + omona_hyo(gaku)
        + tarinai(answer)
        + "".join(
            f"<p>{HOKEN[h]}は概算保険料が20万円に届かず延納できないので、1回で計算しています。</p>"
            for h in ikkai
        )
        + _itsu(v)
        + _uchiwake(v)
        + naze(answer)
    )


def kekka(answer: Keisan, gyo: Sequence[int]) -> str:
    """紙の2枚目から: 入れなかった工事、注意、合計と期ごとの計算。

    `gyo` は、書いてある工事の行の番号。申告1つずつの計算は、開いてある時だけ紙に出す。
    """
    namae = tuple(HOKEN.values())
    naka = tuple(b for b in answer.bu if b.midashi.startswith(namae))
    kei = [s for b in answer.bu if not b.midashi.startswith(namae) for s in b.steps()]
    return (
        f'<div class="hk-nimaime">{nozoita(answer, gyo)}{chui(answer)}'
        '<h2>3つを足す計算</h2><p class="hk-osu">行を押すと、式が開きます。</p>'
        + to_html(kei)
        + '<details class="hk-zenbu" data-line="zenbu"><summary>申告1つずつの計算</summary>'
        + ichigyo_zutsu(replace(answer, bu=naka))
        + "</details></div>"
    )


def _yoteihyo(answer: Keisan) -> str:
    kigen = [
        Yotei("3つの合計", "納期限", k["nofu_kigen"], k["nofu_gaku"])
        for k in answer.values["kibetsu"]
        if k["nofu_kigen"]
    ]
    return yoteihyo_link(answer, kigen) if kigen else ""


def _itsu(v: Mapping[str, Any]) -> str:
    if not v["kibetsu"][0]["nofu_kigen"]:
        return "<p>確定だけの計算なので、期ごとの納付はありません。</p>"
    namae = {h["hoken"]: HOKEN[h["hoken"]] for h in v["hoken"]}
    body = "".join(
        f"<tr><th scope='row'>{hizuke(k['nofu_kigen']) + 'まで' if k['nofu_kigen'] else f'{NOMI}（納期限は注意を見てください）'}</th>"
        + f"<td class='hk-su'><strong>{number(k['nofu_gaku'])}円</strong></td>"
        + "".join(f"<td class='hk-su'>{number(k[h])}円</td>" for h in namae)
        + "</tr>"
        for k in v["kibetsu"]
    )
    head = "".join(f"<th scope='col' class='hk-su'>{n}</th>" for n in ("計", *namae.values()))
    bo = [
        (
            f"{k['nofu_kigen'].month}月{k['nofu_kigen'].day}日まで" if k["nofu_kigen"] else NOMI,
            {h: k[h] for h in namae},
        )
        for k in v["kibetsu"]
    ]
    setsumei = "納期限ごとに納める額。" + "、".join(
        f"{label} {number(sum(naka.values()))}円" for label, naka in bo
    )
    return (
        "<h2>いつ、いくら納めるか</h2><div class='hk-yoko'><table class='hk-kijitsu'><thead><tr>"
        f"<th scope='col'>納期限</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        + tsumiage_no_zu(bo, namae, setsumei)
    )


def _uchiwake(v: Mapping[str, Any]) -> str:
    gyo = (
        ("kakutei_hokenryo", "確定保険料"),
        ("shinkokuzumi_gaisan", "申告済みの概算"),
        ("gaisan_hokenryo", "次の年度の概算"),
        ("ippan_kyoshutsukin", "一般拠出金"),
        ("kanpu_gaku", "還付額"),
        ("nofu_gaku", "納める額"),
    )
    kei = v["gokei"]
    narabi = [("計", kei), *((HOKEN[h["hoken"]], h) for h in v["hoken"])]
    head = "".join(f"<th scope='col' class='hk-su'>{n}</th>" for n, _ in narabi)
    body = "".join(
        f"<tr><th scope='row'>{label}</th>"
        + "".join(
            f"<td class='hk-su'>{'なし' if h[id] is None else f'{number(h[id])}円'}</td>"
            for _, h in narabi
        )
        + "</tr>"
        for id, label in gyo
        if id != "kanpu_gaku" or kei[id]
    )
    return (
        "<h2>3つの申告の内訳</h2><div class='hk-yoko'><table class='hk-kijitsu'><thead><tr>"
        f"<td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        "<p>納める額 ＝ 確定保険料 − 申告済みの概算 ＋ 次の年度の概算 ＋ 一般拠出金（還付がある時は、その分を足す）。</p>"
    )


NOMI = "確定だけの申告"
HYO_NO_GYO = 5
NAZE = {
    "gyo_hokenryo": "確定",
    "gaisan_gyo_hokenryo": "概算",
    "kakutei_rosai": "確定",
    "gaisan_rosai": "概算",
    "kakutei_koyo": "確定",
    "gaisan_koyo": "概算",
    "tokubetsu_gyo_hokenryo": "特別加入",
}


def naze(answer: Keisan) -> str:
    """確定と概算の式を、申告ごとに1行ずつ。計算した行から取り出す。"""
    out = ""
    for h in answer.values["hoken"]:
        namae = HOKEN[h["hoken"]]
        items = "".join(
            f"<li>{NAZE[s.id]}{escape(_doko(b.midashi, namae))}: {escape(arithmetic(s))}</li>"
            for b in answer.bu
            if b.midashi.startswith(namae)
            for s in b.steps()
            if s.id in NAZE
        )
        out += f"<li><strong>{namae}</strong><ul>{items}</ul></li>"
    return f"<h2>なぜこの額か（賃金 × 率）</h2><ul>{out}</ul>"


def _doko(midashi_: str, namae: str) -> str:
    text = midashi_.removeprefix(namae).strip()
    for mae in ("総括表", "概算", "特別加入"):
        text = text.removeprefix(mae).strip()
    text = re.sub(r"（(.+)）$", r"、\1", text)
    return f"（{text}）" if text else ""
