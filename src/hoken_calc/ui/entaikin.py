"""延滞金と追徴金の画面。"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..entaikin import NOFU_SCHEMA, calc, kukan_no_run
from ..kekka import Ayamari, Keisan
from ..sheet.render import number, sen_made
from ..tables import jp
from ..tsuichokin import calc as tsuichokin
from .buhin import Gamen, Hyoji, Komoku, NobiruHyo, botan, hako, midashi, moji, yoko
from .ichiran import masu, masu_no_bun
from .kekka_hyoji import (
    chui,
    dare,
    ichigyo_zutsu,
    kekka_no_ayamari,
    omona_hyo,
    rei_wo_ireru,
)
from .zu import kukan_no_zu

REI = {"hokenryo": "500,999", "nofu_kigen": "R7.11.14", "kanno": "R8.6.30"}
NOFU = {x["title"]: id for id, x in NOFU_SCHEMA["properties"].items()}
NOFU_SAIDAI = 100


class EntaikinGamen(Gamen):
    """延滞金の画面。入力が変わるたびに計算し直す。"""

    namae = "延滞金の計算画面"

    def __init__(self) -> None:
        self.hokenryo = moji("hokenryo", "滞納した労働保険料", "単位は円。")
        self.kigen = moji(
            "nofu_kigen", "法定納期限", "例 R7.11.14。督促状の指定期限ではありません。"
        )
        self.kanno = moji("kanno", "完納した日", "まだなら、納める予定の日。")
        self.komoku: list[Komoku] = [self.hokenryo, self.kigen, self.kanno]
        self.nofu = NobiruHyo(
            "一部の納付",
            2,
            field="ichibu_nofu",
            setsumei="完納の前に一部を納めた時だけ。額は、保険料に充てた円。1行に1回。",
            retsu=list(NOFU),
            yobina=list(NOFU),
            id=[f"ichibu_nofu.{x}" for x in NOFU.values()],
            saidai=NOFU_SAIDAI,
        )
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.nofu.observe(self._changed, "atai")
        self.view = hako(
            midashi("延滞金: 納めるのが遅れた時"),
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            self.nofu,
            yoko(botan("例を入れる", self._rei), botan("全部消す", lambda _: self.modosu())),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _rei(self, _: Any) -> None:
        self.nofu.ireru([])
        rei_wo_ireru(self.komoku, REI)

    def _changed(self, _: Any) -> None:
        gyo = [i for i, row in enumerate(self.nofu.atai) if any(x.strip() for x in row)]
        nofu = [
            {id: x.strip() or None for id, x in zip(NOFU.values(), self.nofu.atai[i], strict=True)}
            for i in gyo
        ]
        ran = {k.field: k.value.strip() for k in self.komoku if k.value.strip()}
        answer = calc({**ran, "ichibu_nofu": nofu})
        errors = [*getattr(answer, "errors", [])]
        naka = [e for e in errors if e.field.startswith("ichibu_nofu.")]
        self.nofu.ayamari = {masu(e, gyo, NOFU): e.message for e in naka}
        if self.nofu.hamidashi:
            message = f"貼り付けた表が、{NOFU_SAIDAI}行・2列に入りません。1行も入れていません。入る分を貼り直してください。"
            errors.append(Ayamari("ichibu_nofu", "hamidashi", message))
        if errors or not isinstance(answer, Keisan):
            shown = [
                replace(
                    e,
                    message=masu_no_bun(
                        f"一部の納付{gyo[int(e.field.split('.')[1])] + 1}", e, NOFU
                    ),
                )
                if e in naka
                else e
                for e in errors
            ]
            self.omona.html = kekka_no_ayamari(shown, self.komoku)
            self.kekka.html = ""
            return
        kukan = answer.values["kukan"]
        nissu = sum(k["nissu"] for k in kukan)
        riyu = [c.message for c in answer.chui if c.code == "kakaranai"]
        hoka = replace(answer, chui=tuple(c for c in answer.chui if c.code != "kakaranai"))
        self.omona.html = (
            dare(f"納期限の翌日から完納の前日まで {nissu}日。", len(hoka.warnings))
            + omona_hyo([("延滞金", answer.values["entaikin"])])
            + "".join(f'<div class="hk-tarinai">{x}</div>' for x in riyu)
        )
        self.kekka.html = kukan_hyo(answer) + chui(hoka) + ichigyo_zutsu(answer)


def kukan_hyo(answer: Keisan) -> str:
    """区間の図と表。"""
    rows = [
        {**k, "saisho": run["saisho"], "gaku": run["kingaku"]}
        for k, run in zip(answer.values["kukan"], kukan_no_run(answer.bu), strict=True)
    ]
    if not rows:
        return ""
    body = "".join(
        f"<tr><th scope='row'>{jp(k['kaishi'])}〜<br>{jp(k['shuryo'])}<br>"
        f"<small>{'最初の2か月' if k['saisho'] else '2か月の後'}<br>"
        f"もとの額 {number(k['hokenryo_kiso'])}円</small></th>"
        f"<td class='hk-su'>{k['nissu']}日</td><td class='hk-su'>{number(k['ritsu'] / 10)}%</td>"
        f"<td class='hk-su'>{_en(k['gaku'])}</td></tr>"
        for k in rows
    )
    head = "".join(
        f"<th scope='col'{css}>{h}</th>"
        for h, css in (
            ("区間", ""),
            ("日数", " class='hk-su'"),
            ("年の率", " class='hk-su'"),
            ("この区間の額", " class='hk-su'"),
        )
    )
    return (
        f"<h2>どの日に、どの率がかかるか</h2>{kukan_no_zu(rows)}"
        f"<div class='hk-yoko'><table class='hk-kijitsu'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
        "<p>区間は、2か月を過ぎる日、年の変わり目、一部を納めた日で分かれます。一部を納めた日からは、もとの額が減ります。区間の額は切らずに足し、最後に100円未満を切り捨てます。</p>"
    )


def _en(x: int | Fraction) -> str:
    return f"{number(x) if x.denominator == 1 else sen_made(x)}円"


class TsuichokinGamen(Gamen):
    """追徴金の画面。"""

    namae = "追徴金の計算画面"

    def __init__(self) -> None:
        self.fusoku = moji("fusoku", "認定決定された確定保険料か、その不足額", "単位は円。")
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        self.fusoku.on_change(self._changed)
        self.view = hako(
            midashi("追徴金: 確定保険料を申告しなかった時"),
            hako(self.fusoku.hako, css=["hk-sanretsu"]),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _changed(self, _: Any) -> None:
        text = self.fusoku.value.strip()
        answer = tsuichokin({"fusoku": text} if text else {})
        if not isinstance(answer, Keisan):
            self.omona.html = kekka_no_ayamari(getattr(answer, "errors", []), [self.fusoku])
            self.kekka.html = ""
            return
        kei = answer.run["fusoku"] + answer.values["tsuichokin"]
        self.omona.html = dare("", len(answer.warnings)) + omona_hyo(
            [("追徴金", answer.values["tsuichokin"]), ("保険料と合わせて納める額", kei)]
        )
        self.kekka.html = chui(answer) + ichigyo_zutsu(answer)
