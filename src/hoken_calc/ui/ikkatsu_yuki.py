"""一括有期事業（建設）の画面。工事一覧から総括表と保険料まで。"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from ..ikkatsu_yuki import calc
from ..ikkatsu_yuki.shiki import KUBUN
from ..kekka import Ayamari, Keisan
from ..nyuryoku import Yomenai, hai
from ..sheet.render import number
from ..tables import nendo_label, table
from .buhin import Gamen, Hyo, Hyoji, Komoku, botan, erabu, file_erabu, hako, midashi, moji, yoko
from .ichiran import masu, okashii, yomikomu
from .kekka_hyoji import ayamari, chui, ichigyo_zutsu, nendo_no_sentakushi

KAZU = 20
RETSU = {
    "業種番号": "gyoshu",
    "区分": "kubun",
    "開始日": "kaishi",
    "終了日": "shuryo",
    "請負金額": "ukeoi_kingaku",
    "支給材・損料": "shikyuzai",
    "控除": "jogai",
    "賃金": "chingin",
    "元請": "motouke",
}
HISSU = ("業種番号", "開始日", "終了日")
REI = [
    ["35", "", "2024-05-10", "2025-06-30", "12,000,000", "", "", "", ""],
    ["35", "", "2023-11-01", "2025-04-20", "8,500,000", "300,000", "", "", ""],
    ["36", "組立て・取付け", "2025-02-01", "2025-12-20", "6,300,000", "", "1,200,000", "", ""],
    ["38", "", "2025-07-01", "2025-08-31", "900,000", "", "", "", "いいえ"],
    ["35", "", "2025-12-01", "2026-06-30", "20,000,000", "", "", "", ""],
]


class IkkatsuYukiGamen(Gamen):
    """工事一覧の画面。表に貼り付けるか、CSV・xlsx から読む。"""

    namae = "一括有期事業の計算画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("romuhi_ritsu")
        self.nendo = erabu("nendo", "確定の保険年度", nendo, nendo[1][1])
        self.zogen_k = moji(
            "zogen_ritsu.kakutei",
            "メリット制の増減率（確定）",
            "通知がある時だけ。% の整数。例 -40",
        )
        self.zogen_g = moji(
            "zogen_ritsu.gaisan", "メリット制の増減率（概算）", "同じく、概算の年度の率。"
        )
        self.komoku: list[Komoku] = [self.nendo, self.zogen_k, self.zogen_g]
        self.hyo = Hyo(
            setsumei="Excel の工事一覧を貼り付けられます。請負金額は税抜き（平成25年10月〜平成27年3月に始めた工事は8%の税込み）。賃金を書いた工事は、労務費率を使いません。元請でない工事は「いいえ」。区分は36だけ。",
            gyo=[f"工事{i}" for i in range(1, KAZU + 1)],
            retsu=list(RETSU),
            yobina=list(RETSU),
            kumi=[["工事", len(RETSU)]],
            atai=[[""] * len(RETSU) for _ in range(KAZU)],
        )
        self.file = file_erabu("ファイルから読む", ".csv,.xlsx", self._file)
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.hyo.observe(self._changed, "atai")
        self.yomenai = ""
        self.view = hako(
            midashi("1. 年度とメリット制"),
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            midashi("2. 工事一覧"),
            self.hyo,
            yoko(
                botan("例を入れる", lambda _: self._ireru(REI)),
                botan("全部消す", lambda _: self._ireru([])),
                self.file,
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _ireru(self, rows: list[list[str]]) -> None:
        self.yomenai = ""
        kara = [[""] * len(RETSU) for _ in range(KAZU - len(rows))]
        self.hyo.atai = [*rows, *kara]

    def _file(self, _: Any) -> None:
        if not self.file.value:
            return
        try:
            rows, shirase = yomikomu(self.file, list(RETSU), HISSU, KAZU, "工事")
        except ValueError as e:
            self.omona.html = okashii(str(e))
            return
        self._ireru(rows)
        self.yomenai = shirase
        self._changed(None)

    def data(self) -> tuple[dict[str, Any], list[int], list[Ayamari]]:
        """いまの画面の入力、書いてある行の番号、表の中の誤り。"""
        koji: list[dict[str, Any]] = []
        gyo: list[int] = []
        errors: list[Ayamari] = []
        for i, row in enumerate(self.hyo.atai):
            k: dict[str, Any] = {
                RETSU[c]: x.strip() for c, x in zip(RETSU, row, strict=True) if x.strip()
            }
            if not k:
                continue
            try:
                k["motouke"] = hai(k.get("motouke", "はい"))
            except Yomenai:
                errors.append(
                    Ayamari(
                        f"koji.{len(koji)}.motouke",
                        "hai",
                        "元請は「はい」か「いいえ」で書いてください。",
                    )
                )
            koji.append(k)
            gyo.append(i)
        zogen: dict[str, Any] = {}
        for komoku in (self.zogen_k, self.zogen_g):
            text = komoku.value.strip().replace("−", "-").rstrip("%％")
            if text:
                zogen[komoku.field.split(".")[1]] = (
                    int(text) if text.lstrip("-").isdecimal() else text
                )
        data = {"nendo": self.nendo.value, "koji": koji, "zogen_ritsu": zogen or None}
        return data, gyo, errors

    def _changed(self, _: Any) -> None:
        data, gyo, errors = self.data()
        self.hyo.ayamari = {}
        if not data["koji"]:
            self.omona.html = '<div class="hk-tarinai">工事を入れてください。</div>'
            self.kekka.html = ""
            return
        answer = calc(data)
        if isinstance(answer, Keisan) and not errors:
            self.omona.html = okashii(self.yomenai) + omona(answer)
            self.kekka.html = (
                soukatsu_hyo(answer) + nozoita(answer, gyo) + chui(answer) + ichigyo_zutsu(answer)
            )
            return
        errors = [*errors, *getattr(answer, "errors", [])]
        self.hyo.ayamari = {
            masu(e, gyo, RETSU): e.message for e in errors if e.field.startswith("koji.")
        }
        shown = [Ayamari(e.field, e.code, self._doko(e, gyo) + e.message) for e in errors]
        self.omona.html = okashii(self.yomenai) + ayamari(
            "hk-okashii", "直してください", shown, self.komoku
        )
        self.kekka.html = ""

    @staticmethod
    def _doko(e: Ayamari, gyo: list[int]) -> str:
        parts = e.field.split(".")
        return f"工事{gyo[int(parts[1])] + 1}: " if parts[0] == "koji" else ""


def omona(answer: Keisan) -> str:
    """いちばん大事な額。"""
    v = answer.values
    amounts = [("確定保険料", v["kakutei_hokenryo"]), ("一般拠出金", v["ippan_kyoshutsukin"])]
    if v["gaisan_hokenryo"] is not None:
        amounts.insert(1, ("概算保険料", v["gaisan_hokenryo"]))
    cells = "".join(
        f"<div><b>{n}</b><span>{number(x)}<small>円</small></span></div>" for n, x in amounts
    )
    return f'<p class="hk-dare">{nendo_label(answer.run["nendo"])}に終わった工事。<strong>提出用ではありません。</strong></p><div class="hk-omona">{cells}</div>'


def soukatsu_hyo(answer: Keisan) -> str:
    """総括表の形の表。"""
    body = ""
    for s in answer.values["soukatsu"]:
        shurui = table("rosai_hokenritsu").find(s["kaishi_jiki"], s["gyoshu"])["shurui"]
        kubun = f"・{KUBUN[s['kubun']]}" if s["kubun"] else ""
        jiki: date = s["kaishi_jiki"]
        body += (
            f"<tr><th scope='row'>{s['gyoshu']} {escape(shurui)}{kubun}</th><td>{jiki:%Y/%m/%d}〜</td>"
            f"<td>{number(s['ukeoi_kingaku'])}</td><td>{number(s['romuhi_ritsu'] / 10)}%</td>"
            f"<td>{number(s['chingin_sogaku'])}</td><td>{number(s['ritsu'])}/1000</td><td>{number(s['hokenryo'])}</td></tr>"
        )
    head = "".join(
        f"<th scope='col'>{h}</th>"
        for h in (
            "業種",
            "事業開始時期",
            "請負金額（円）",
            "労務費率",
            "賃金総額（円）",
            "労災保険率",
            "保険料（円）",
        )
    )
    return f'<h2>総括表</h2><div class="hk-yoko"><table class="hk-renshu-hyo"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def nozoita(answer: Keisan, gyo: list[int]) -> str:
    """総括表に入れなかった工事と、その理由。"""
    rows = answer.values["nozoita_koji"]
    if not rows:
        return ""
    items = "".join(f"<li>工事{gyo[n['koji']] + 1}: {escape(n['message'])}</li>" for n in rows)
    return f'<h2>入れなかった工事</h2><div class="hk-tarinai"><ul>{items}</ul></div>'
