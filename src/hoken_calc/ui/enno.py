"""延納と納期限の画面。年の図と、予定表に入れるファイルを出す。"""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from icalendar import Calendar, Event

from ..enno import JIGYO, calc
from ..kekka import Keisan
from ..kibetsu import HOKEN_KANKEI, HOSHIKI
from ..kumiai import Kumiai, yomu
from ..nyuryoku import Yomenai, nin
from ..sheet.render import number
from ..tables import nendo_label
from .buhin import Gamen, Hyoji, Komoku, botan_erabu, erabu, file_erabu, hai, hako, midashi, moji
from .kekka_hyoji import (
    chui,
    hizuke,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    options,
)


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
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.rodoshasu = moji("rodoshasu", "常時使用労働者数", "手数料を出す時だけ。人。")
        self.tokubetsu = hai("tokubetsu", "特別加入者がいる")
        self.file = file_erabu("組合の設定を読む", ".toml", self._file)
        self.kumiai: Kumiai | None = None
        self.kumiai_hyoji = Hyoji()
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in (*self.komoku, self.rodoshasu, self.tokubetsu):
            k.on_change(self._changed)
        self.view = hako(
            midashi("概算保険料をいつ納めるか"),
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            hako(self.omona, css=["hk-kekka"]),
            midashi("事務組合の集金日と手数料"),
            hako(self.rodoshasu.hako, self.tokubetsu.hako, self.file, css=["hk-sanretsu"]),
            self.kumiai_hyoji,
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
        self._kumiai_wo_dasu(answer)
        self.kekka.html = (
            toshi_no_zu(answer) + yoteihyo_link(answer) + chui(answer) + ichigyo_zutsu(answer)
        )

    def _file(self, _: Any) -> None:
        if not self.file.value:
            return
        (upload,) = self.file.value
        try:
            self.kumiai = yomu(bytes(upload["content"]))
        except ValueError as e:
            self.kumiai_hyoji.html = f'<div class="hk-okashii">{escape(str(e))}</div>'
            return
        self._changed(None)

    def _kumiai_wo_dasu(self, answer: Keisan) -> None:
        if self.kumiai is None:
            self.kumiai_hyoji.html = '<p class="hk-dare">集金日と手数料は組合ごとに違います。組合の設定のファイル（見本は data/samples/kumiai.toml）を読むと、ここに出ます。</p>'
            return
        self.rodoshasu.show_error("")
        tesuryo = ""
        if self.rodoshasu.value.strip():
            try:
                gaku = self.kumiai.tesuryo(nin(self.rodoshasu.value), self.tokubetsu.value)
                tesuryo = f"<p>1年の手数料: <strong>{number(gaku)}円</strong></p>"
            except Yomenai as e:
                self.rodoshasu.show_error(str(e))
        nendo = answer.run["nendo"]
        sanki = answer.run["jigyo"] == "keizoku" and len(answer.values["kibetsu"]) == 3
        items = "".join(
            f"<li>第{k['ki']}期 {number(k['gaku'])}円: {hizuke(self.kumiai.shukin_bi(nendo, k['ki']))}</li>"
            for k in answer.values["kibetsu"]
            if sanki
        )
        shukin = (
            f"<ul>{items}</ul>" if sanki else "<p>集金日は、3回に分ける継続事業だけに出します。</p>"
        )
        self.kumiai_hyoji.html = f'<div class="hk-tarinai"><strong>{escape(self.kumiai.namae)}の集金日</strong>{shukin}{tesuryo}</div>'


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


def toshi_no_zu(answer: Keisan) -> str:
    """納期限を月の並びに置いた図。"""
    kigen = [(k["ki"], k["nofu_kigen"], k["gaku"]) for k in answer.values["kibetsu"]]
    hajime = date(min(d for _, d, _ in kigen).year, 4, 1)
    if min(d for _, d, _ in kigen) < hajime:
        hajime = date(hajime.year - 1, 4, 1)
    saigo = max(d for _, d, _ in kigen)
    tsuki = max(12, (saigo.year - hajime.year) * 12 + saigo.month - hajime.month + 1)
    haba = 680 / tsuki
    out = ""
    for i in range(tsuki):
        y, m = divmod(hajime.month - 1 + i, 12)
        x = 10 + i * haba
        out += f'<rect x="{x:.1f}" y="70" width="{haba - 2:.1f}" height="26" fill="#eef4f3"/>'
        out += f'<text x="{x + haba / 2:.1f}" y="88" text-anchor="middle">{m + 1}月</text>'
        if m == 0 or i == 0:
            out += f'<text x="{x:.1f}" y="112">{hajime.year + y}年</text>'
    for n, (ki, d, gaku) in enumerate(kigen):
        x = 10 + haba * ((d.year - hajime.year) * 12 + d.month - hajime.month + (d.day - 1) / 31)
        y = 16 + (n % 2) * 24
        anchor = "end" if x > 540 else "start"
        out += f'<line x1="{x:.1f}" y1="{y + 4}" x2="{x:.1f}" y2="70" stroke="#1f5f5b" stroke-width="2"/>'
        out += f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">第{ki}期 {d.month}/{d.day} {number(gaku)}円</text>'
    return f'<h2>年の予定</h2><svg class="hk-zu" viewBox="0 0 700 118" role="img" aria-label="納期限の図">{out}</svg>'


def yoteihyo(answer: Keisan) -> bytes:
    """予定表（iCalendar）。名前や番号は入れない。"""
    cal = Calendar()
    cal.add("prodid", "-//hoken-calc//JP")
    cal.add("version", "2.0")
    for k in answer.values["kibetsu"]:
        event = Event()
        event.add("uid", f"{k['nofu_kigen']:%Y%m%d}-{k['ki']}@hoken-calc")
        event.add("dtstamp", datetime.combine(k["nofu_kigen"], datetime.min.time()))
        event.add("dtstart", k["nofu_kigen"])
        event.add("dtend", k["nofu_kigen"] + timedelta(days=1))
        event.add("summary", f"労働保険料 第{k['ki']}期 納期限 {number(k['gaku'])}円")
        cal.add_component(event)
    data: bytes = cal.to_ical()
    return data


def yoteihyo_link(answer: Keisan) -> str:
    """予定表のファイルを保存するリンク。どこにも送らない。"""
    data = b64encode(yoteihyo(answer)).decode("ascii")
    return (
        f'<p><a download="{escape("労働保険料の納期限.ics")}" href="data:text/calendar;base64,{data}">'
        "納期限を予定表のファイル（.ics）で保存する</a></p>"
    )
