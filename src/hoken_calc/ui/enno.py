"""延納と納期限の画面。年の図と、予定表に入れるファイルを出す。"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from icalendar import Calendar, Event

from ..enno import JIGYO, calc
from ..kekka import Keisan
from ..kibetsu import HOKEN_KANKEI, HOSHIKI
from ..sheet.render import number
from ..tables import nendo_label
from .buhin import Gamen, Hyoji, Komoku, botan_erabu, erabu, hako, midashi, moji
from .kekka_hyoji import (
    chui,
    hizuke,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    options,
)
from .kumiai import KumiaiRan
from .zu import toshi_no_zu


class EnnoGamen(Gamen):
    """延納の画面。入力が変わるたびに計算し直す。"""

    namae = "延納と納期限の画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("nokigen")
        self.nendo = erabu("nendo", "概算の保険年度", nendo, nendo[0][1])
        self.jigyo = erabu("jigyo", "事業", options(JIGYO), "keizoku")
        self.hoshiki = botan_erabu("hoshiki", "申告の方式", options(HOSHIKI), "jimukumiai")
        self.kankei = erabu("hoken_kankei", "成立している保険", options(HOKEN_KANKEI), "ryohoken")
        self.gaku = moji("gaisan_hokenryo", "概算保険料", "単位は円。", "901,333")
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
            hako(self.omona, css=["hk-kekka"]),
            self.kumiai.hako,
            self.kekka,
            css=["hk-view"],
        )
        self._changed(None)

    def _changed(self, _: Any) -> None:
        self.shuryo.visible(self.jigyo.value == "yuki")
        data = {k.field: k.value or None for k in self.komoku}
        if self.jigyo.value != "yuki":
            data["shuryo"] = None
        answer = calc(data)
        if not isinstance(answer, Keisan):
            self.omona.html = kekka_no_ayamari(getattr(answer, "errors", []), self.komoku)
            self.kekka.html = ""
            return
        self.omona.html = hyo(answer)
        kibetsu = answer.values["kibetsu"]
        sanki = answer.run["jigyo"] == "keizoku" and len(kibetsu) == 3
        nai = "" if sanki else "集金日は、3回に分ける継続事業だけに出します。"
        self.kumiai.dasu(self.nendo.value, [(k["ki"], k["gaku"]) for k in kibetsu], nai)
        kigen = [(f"第{k['ki']}期", k["nofu_kigen"], k["gaku"]) for k in kibetsu]
        self.kekka.html = (
            toshi_no_zu(kigen) + yoteihyo_link(kigen) + chui(answer) + ichigyo_zutsu(answer)
        )


def hyo(answer: Keisan) -> str:
    """期ごとの額と日付。"""
    rows = answer.values["kibetsu"]
    kano = "延納できます" if answer.values["enno_kano"] else "延納できません（全額を1回で納めます）"
    body = ""
    for k in rows:
        furikae = hizuke(k["kozafurikae_bi"]) if k["kozafurikae_bi"] else "—"
        body += (
            f"<tr><th scope='row'>第{k['ki']}期</th><td class='hk-su'><strong>{number(k['gaku'])}円</strong></td>"
            f"<td>{hizuke(k['nofu_kigen'])}</td><td>{furikae}</td>"
            f"<td>{k['kikan_kaishi']:%Y/%m/%d}〜{k['kikan_shuryo']:%Y/%m/%d}</td></tr>"
        )
    return (
        f'<p class="hk-dare">{nendo_label(answer.run["nendo"])}。<strong>提出用ではありません。</strong></p>'
        f"<h2>{kano}</h2><div class='hk-yoko'><table class='hk-kijitsu'><thead><tr><th scope='col'>期</th>"
        "<th scope='col' class='hk-su'>概算保険料</th><th scope='col'>納期限</th><th scope='col'>口座振替なら</th>"
        f"<th scope='col'>期間</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def yoteihyo(kigen: Sequence[tuple[str, date, int]]) -> bytes:
    """予定表（iCalendar）。`kigen` は名前、納期限、額。事業場の名前や番号は入れない。"""
    cal = Calendar()
    cal.add("prodid", "-//hoken-calc//JP")
    cal.add("version", "2.0")
    for n, (namae, hi, gaku) in enumerate(kigen, 1):
        event = Event()
        event.add("uid", f"{hi:%Y%m%d}-{n}@hoken-calc")
        event.add("dtstamp", datetime.combine(hi, datetime.min.time()))
        event.add("dtstart", hi)
        event.add("dtend", hi + timedelta(days=1))
        event.add("summary", f"労働保険料 {namae} 納期限 {number(gaku)}円")
        cal.add_component(event)
    data: bytes = cal.to_ical()
    return data


def yoteihyo_link(kigen: Sequence[tuple[str, date, int]]) -> str:
    """予定表のファイルを保存するリンク。どこにも送らない。"""
    data = b64encode(yoteihyo(kigen)).decode("ascii")
    return (
        f'<p class="hk-osu"><a download="{escape("労働保険料の納期限.ics")}" href="data:text/calendar;base64,{data}">'
        "納期限を予定表のファイル（.ics）で保存する</a></p>"
    )
