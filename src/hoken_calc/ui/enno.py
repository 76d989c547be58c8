"""延納と納期限の画面。年の図と、予定表に入れるファイルを出す。"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..enno import JIGYO, calc
from ..kekka import Keisan
from ..kibetsu import HOKEN_KANKEI, HOSHIKI, ki_no_namae
from ..sheet.render import number
from ..tables import jp, nendo_label
from .buhin import Gamen, Hyoji, Komoku, botan, botan_erabu, erabu, hako, midashi, moji, yoko
from .kekka_hyoji import (
    chui,
    dare,
    hizuke,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    options,
    rei_wo_ireru,
)
from .kumiai import KumiaiRan
from .yotei import Yotei, yoteihyo_link
from .zu import toshi_no_zu

REI = {"gaisan_hokenryo": "901,333"}


class EnnoGamen(Gamen):
    """延納の画面。入力が変わるたびに計算し直す。"""

    namae = "延納と納期限の画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("nokigen")
        self.nendo = erabu("nendo", "概算の保険年度", nendo, nendo[0][1])
        self.jigyo = erabu("jigyo", "事業", options(JIGYO), "keizoku")
        self.hoshiki = botan_erabu("hoshiki", "申告の方式", options(HOSHIKI), "jimukumiai")
        self.kankei = erabu("hoken_kankei", "成立している保険", options(HOKEN_KANKEI), "ryohoken")
        self.gaku = moji("gaisan_hokenryo", "概算保険料", "単位は円。例 901,333")
        self.seiritsu = moji(
            "seiritsu", "保険関係の成立日", "年度の途中で成立した時と、有期事業の時だけ。例 R8.6.1"
        )
        self.shuryo = moji("shuryo", "事業の終了予定日", "有期事業の時だけ。")
        self.nintei = moji(
            "nintei_tsuchi",
            "認定決定の通知を受けた日",
            "申告しなかった時などに、政府が額を決めて通知した時だけ。",
        )
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.kumiai = KumiaiRan(self._changed)
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.view = hako(
            midashi("概算保険料をいつ納めるか"),
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            yoko(
                botan("例を入れる", lambda _: rei_wo_ireru(self.komoku, REI)),
                botan("全部消す", self._kesu),
            ),
            hako(self.omona, css=["hk-kekka"]),
            self.kumiai.hako,
            self.kekka,
            css=["hk-view"],
        )
        self._changed(None)

    def _kesu(self, _: Any) -> None:
        self.modosu()
        self.kumiai.modosu()

    def _changed(self, _: Any) -> None:
        self.shuryo.visible(self.jigyo.value == "yuki")
        data = {k.field: k.value or None for k in self.komoku}
        if self.jigyo.value != "yuki":
            data["shuryo"] = None
        answer = calc(data)
        itaku = self.hoshiki.value == "jimukumiai" and isinstance(answer, Keisan)
        self.kumiai.hako.layout.display = None if itaku else "none"
        if not isinstance(answer, Keisan):
            self.omona.html = kekka_no_ayamari(getattr(answer, "errors", []), self.komoku)
            self.kekka.html = ""
            return
        self.omona.html = hyo(answer)
        kibetsu = answer.values["kibetsu"]
        shukin = (
            self.kumiai.dasu(
                self.nendo.value,
                [(k["gaku"], k["nofu_kigen"]) for k in kibetsu],
                shukin_no_nai_wake(answer),
            )
            if itaku
            else []
        )
        yotei = ""
        if any(k["gaku"] for k in kibetsu):
            kigen = list(_kibetsu(answer, "納期限", "nofu_kigen"))
            furikae = list(_kibetsu(answer, "口座振替日（口座振替の時）", "kozafurikae_bi"))
            yotei = toshi_no_zu([(y.namae, y.hi, y.gaku) for y in kigen])
            yotei += yoteihyo_link(answer, [*kigen, *furikae, *shukin])
        self.kekka.html = yotei + chui(answer) + ichigyo_zutsu(answer)


def _kibetsu(answer: Keisan, shurui: str, hi: str) -> Iterator[Yotei]:
    rows = answer.values["kibetsu"]
    for namae, k in zip(ki_no_namae(len(rows)), rows, strict=True):
        if k[hi]:
            yield Yotei(namae, shurui, k[hi], k["gaku"])


def furikae_no_nai_wake(answer: Keisan) -> str:
    """口座振替日を「—」にした訳。無い期が無ければ空。"""
    ki = answer.bu[1].run
    shiryo = "引落日を示した資料を持っていないので、口座振替日は出していません。"
    if all(k["kozafurikae_bi"] for k in answer.values["kibetsu"]):
        return ""
    if ki["nintei_tsuchi"]:
        return "認定決定された概算保険料は、口座振替の対象ではありません（徴収則38条の4）。"
    if ki["jigyo"] == "yuki":
        return f"単独の有期事業は、{shiryo}"
    return f"年度の途中で成立した事業の最初の納期限は、成立の日から数えます。{shiryo}"


def shukin_no_nai_wake(answer: Keisan) -> str:
    """集金日を出せない訳。組合の集金日は、いつもの3回の納期限に合わせて決めてある。"""
    ki = answer.bu[1].run
    if ki["jigyo"] == "yuki":
        wake = "単独の有期事業の期と納期限は、いつもの3回と違います"
    elif ki["nintei_tsuchi"]:
        wake = "認定決定の納期限は、通知の日から数えます"
    elif ki["hyo_ki"] is None:
        wake = "年度の途中で成立した事業の最初の納期限は、成立の日から数えます"
    elif not any(k["gaku"] for k in answer.values["kibetsu"]):
        return "納める額が無いので、集金日はありません。"
    else:
        return ""
    return (
        f"{wake}。設定の集金日は、そのまま当てはまりません。いつ集めるかは組合で確かめてください。"
    )


def hyo(answer: Keisan) -> str:
    """期ごとの額と日付。"""
    rows = answer.values["kibetsu"]
    kano = "延納できます" if answer.values["enno_kano"] else "延納できません（全額を1回で納めます）"
    if not any(k["gaku"] for k in rows):
        kano = "納める概算保険料はありません（0円）"
    body, nai = "", furikae_no_nai_wake(answer)
    for namae, k in zip(ki_no_namae(len(rows)), rows, strict=True):
        furikae = hizuke(k["kozafurikae_bi"]) if k["kozafurikae_bi"] else "—"
        body += (
            f"<tr><th scope='row'>{namae}</th><td class='hk-su'><strong>{number(k['gaku'])}円</strong></td>"
            f"<td>{hizuke(k['nofu_kigen'])}</td><td>{furikae}</td>"
            f"<td>{jp(k['kikan_kaishi'])}〜{jp(k['kikan_shuryo'])}</td></tr>"
        )
    return (
        dare(f"{nendo_label(answer.run['nendo'])}。", len(answer.warnings))
        + f"<h2>{kano}</h2><div class='hk-yoko'><table class='hk-kijitsu'><thead><tr><th scope='col'>期</th>"
        "<th scope='col' class='hk-su'>概算保険料</th><th scope='col'>納期限</th><th scope='col'>口座振替なら</th>"
        f"<th scope='col'>期間</th></tr></thead><tbody>{body}</tbody></table></div>"
        + (f"<p>口座振替日の「—」: {nai}</p>" if nai else "")
    )
