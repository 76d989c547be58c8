"""増加概算保険料の画面。申告が要るかと、いつ納めるか。"""

from __future__ import annotations

from html import escape
from typing import Any

from ..enno import JIGYO
from ..kekka import Keisan, Taishogai
from ..kibetsu import HOSHIKI
from ..nyuryoku import Yomenai, en
from ..sheet.render import number
from ..tables import jp, nendo_label
from ..zoka_gaisan import KIRISUTE, calc
from .buhin import Gamen, Hyoji, Komoku, botan, botan_erabu, erabu, hai, hako, midashi, moji, yoko
from .kekka_hyoji import (
    chui,
    dare,
    hizuke,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    omona_hyo,
    options,
    rei_wo_ireru,
)
from .yotei import Yotei, yoteihyo_link
from .zu import bairitsu_no_zu, toshi_no_zu

REI = {
    "moto_santei_kiso": "10,000,000",
    "zoka_santei_kiso": "25,000,000",
    "moto_gaisan": "145,000",
    "zoka_gaisan": "362,500",
    "zoka_bi": "R8.9.10",
    "moto_enno": True,
}

KIKAN = "1年分（有期事業は全期間）。単位は円。"


class ZokaGaisanGamen(Gamen):
    """増加概算保険料の画面。入力が変わるたびに計算し直す。"""

    namae = "増加概算保険料の計算画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("nokigen")
        self.nendo = erabu("nendo", "保険年度", nendo, nendo[0][1])
        self.hoshiki = botan_erabu("hoshiki", "申告の方式", options(HOSHIKI), "jimukumiai")
        self.jigyo = erabu("jigyo", "事業", options(JIGYO), "keizoku")
        self.seiritsu = moji(
            "seiritsu", "保険関係の成立日", "年度の途中で成立した時と、有期事業の時だけ。例 R8.6.1"
        )
        self.shuryo = moji("shuryo", "事業の終了予定日", "有期事業の時だけ。")
        self.moto_kiso = moji("moto_santei_kiso", "申告した賃金の見込み", KIKAN)
        self.zoka_kiso = moji("zoka_santei_kiso", "増えた後の賃金の見込み", KIKAN)
        self.moto_gaisan = moji("moto_gaisan", "申告した概算保険料", KIKAN)
        self.zoka_gaisan = moji("zoka_gaisan", "増えた後の概算保険料", KIKAN)
        self.zoka_bi = moji("zoka_bi", "見込みが増えた日", "例 R8.9.10")
        self.moto_enno = hai("moto_enno", "もとの概算を延納している")
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.view = hako(
            midashi("見込みが大きく増えた時"),
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            yoko(
                botan("例を入れる", self._rei),
                botan("全部消す", lambda _: self.modosu()),
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _rei(self, _: Any) -> None:
        rei_wo_ireru(self.komoku, REI)

    def _changed(self, _: Any) -> None:
        self.shuryo.visible(self.jigyo.value == "yuki")
        data = {
            k.field: k.value.strip() if isinstance(k.value, str) else k.value
            for k in self.komoku
            if k.mieru
        }
        answer = calc({k: v for k, v in data.items() if v != ""})
        self.kekka.html = ""
        if isinstance(answer, Taishogai):
            items = "".join(
                f"<li>{escape(r['message'])}（{escape('、'.join(r['basis']))}）</li>"
                for r in answer.reasons
            )
            fumei = any(KIRISUTE in r["message"] for r in answer.reasons)
            kekka = "申告は要りません" + ("（確かめてください）" if fumei else "")
            self.omona.html = (
                dare(f"{nendo_label(self.nendo.value)}。")
                + f'<div class="hk-tarinai"><strong>{kekka}</strong><ul>{items}</ul></div>'
                + self._zu()
            )
        elif isinstance(answer, Keisan):
            self.omona.html = (
                dare(f"{nendo_label(self.nendo.value)}。", len(answer.warnings))
                + "<h2>増加概算保険料の申告が要ります</h2>"
                + omona_hyo([("増えた概算保険料", answer.values["sagaku"])])
                + hyo(answer)
            )
            kibetsu = answer.values["kibetsu"]
            kigen = [Yotei(f"{k['ki']}回目", "納期限", k["nofu_kigen"], k["gaku"]) for k in kibetsu]
            self.kekka.html = (
                f"<h2>見込みの比べ</h2>{self._zu()}"
                + toshi_no_zu([(y.namae, y.hi, y.gaku) for y in kigen])
                + yoteihyo_link(answer, kigen)
                + chui(answer)
                + ichigyo_zutsu(answer)
            )
        else:
            self.omona.html = kekka_no_ayamari(answer.errors, self.komoku)

    def _zu(self) -> str:
        try:
            return bairitsu_no_zu(en(self.moto_kiso.value), en(self.zoka_kiso.value))
        except Yomenai:
            return ""


def hyo(answer: Keisan) -> str:
    """期ごとの額と納期限。"""
    body = "".join(
        f"<tr><th scope='row'>{k['ki']}回目</th>"
        f"<td class='hk-su'><strong>{number(k['gaku'])}円</strong></td><td>{hizuke(k['nofu_kigen'])}</td>"
        f"<td>{jp(k['kikan_kaishi'])}〜{jp(k['kikan_shuryo'])}</td></tr>"
        for k in answer.values["kibetsu"]
    )
    return (
        "<div class='hk-yoko'><table class='hk-kijitsu'><thead><tr><th scope='col'>回</th>"
        "<th scope='col' class='hk-su'>納める額</th><th scope='col'>納期限</th><th scope='col'>期間</th></tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
