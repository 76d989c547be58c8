"""メリット制の画面。対象か、収支率の図、増減率表、単独有期事業。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

from .. import merit, merit_yuki
from ..kekka import Ayamari, Keisan, Taishogai
from ..merit import KYUFU_NO_SHURUI, mitsu_no_nendo, ritsu_no_nendo, tekiyo_ritsu
from ..merit.shiki import KEITAI, KYUFU_SHEET
from ..nyuryoku import Yomenai, en
from ..nyuryoku import nendo as yomu_nendo
from ..sheet.render import number, permille
from ..tables import Row, nendo_label, table
from ..tokubetsu_kanyu.taisho import GYOTAI
from . import link
from .buhin import (
    Gamen,
    Gyoshu,
    Hiraku,
    Hyo,
    Hyoji,
    Komoku,
    NobiruHyo,
    botan,
    erabu,
    hai,
    hako,
    midashi,
    moji,
    yoko,
)
from .ichiran import masu_no_bun
from .kaidan import Ten, kaidan_zu, ritsu_moji
from .kekka_hyoji import (
    chui,
    dare,
    gyoshu_no_sentakushi,
    ichigyo_zutsu,
    kekka_no_ayamari,
    nendo_no_sentakushi,
    options,
    rei_wo_ireru,
)

GYO = {
    "rodoshasu": "労働者数",
    "chingin_sogaku": "賃金総額",
    "rosai_hokenryo": "確定保険料",
    "tokubetsu_kiso": "特別加入の基礎額",
    "tokubetsu_hokenryo": "特別加入保険料",
    "kyufu": "給付",
    "tokubetsu_shikyukin": "特別支給金",
}
KAKIKATA = (
    "労働者数は、各月末の人数の合計 ÷ 12（小数でも、1210/12 の形でもよい）。賃金総額は、1,000円未満を切り捨てた算定基礎額。"
    "確定保険料は労災の分だけ（メリット料率で申告した年は、その額のまま）。給付と特別支給金は業務災害の分だけ（無い年は 0）。"
    "ほかの会社でも働く人（複数事業労働者）の給付は、災害の起きた事業場の賃金だけで計算した額を入れる（徴収則18条3項・18条の2第2項）。特別加入が無ければ空けておく。"
)
REI = [
    ["112", "108.5", "105"],
    ["480,000,000", "470,000,000", "465,000,000"],
    ["2,400,000", "2,350,000", "2,325,000"],
    ["", "", ""],
    ["", "", ""],
    ["320,000", "1,150,000", "0"],
    ["85,000", "210,000", "0"],
]
YUKI_REI = {
    "seiritsu": "R5.5.1",
    "ukeoi_kingaku": "250,000,000",
    "chingin_sogaku": "57,500,000",
    "rosai_hokenryo": "546,250",
    "kyufu_3": "0",
    "tokubetsu_shikyukin_3": "0",
}
KENSU = 10
SAIDAI = 1000
UCHIWAKE_RETSU = ("年度", "種類", "額")
HITSUYO = "確定保険料が40万円以上なら、空けておいてよい。"
SEISAN = {"choshu": "追加で納める", "kanpu": "戻る（充当か還付）", "nashi": "差額なし"}


# 事故1件の画面に渡さない行。ほかの給付は、事故の年度までの3年のものでない。
WATASANAI = ("kyufu", "tokubetsu_shikyukin")


def tekiyo_nendo() -> list[tuple[str, int]]:
    """3年の額の表がそろっていて、計算できる適用年度。新しい順。"""
    saisho = table("rosai_hokenritsu").first.year
    return [
        (label, y)
        for label, y in nendo_no_sentakushi("merit_zogen")
        if mitsu_no_nendo(y)[0] >= saisho
    ]


class MeritGamen(Gamen):
    """継続事業・一括有期事業のメリット制。入力が変わるたびに計算し直す。"""

    namae = "メリット制の計算画面"

    def __init__(self) -> None:
        nendo = tekiyo_nendo()
        self.nendo = erabu("nendo", "率を使う年度", nendo, nendo[0][1])
        self.keitai = erabu("keitai", "事業の形", options(KEITAI), "keizoku")
        self.gyoshu = Gyoshu("業種（労災保険）", gyoshu_no_sentakushi())
        self.seiritsu = moji("seiritsu", "保険関係の成立日", "例 H22.4.1")
        self.tsuchi = moji(
            "tsuchi_ritsu", "通知された労災保険率", "比べる時だけ。1000分のいくつ。例 2.04"
        )
        self.tokurei = hai("tokurei", "特例メリット（±45%）を申告した")
        self.gyotai = erabu(
            "tokurei_joken.gyotai", "業種の大きな分け方", options(dict(GYOTAI)), "sonota"
        )
        self.kigyo = moji(
            "tokurei_joken.rodoshasu", "企業全体の常時の労働者数", "人。支店や工場の人も足す。"
        )
        self.sochi = moji("tokurei_joken.sochi_nendo", "措置を講じた保険年度", "例 R5")
        self.shinkoku = moji("tokurei_joken.shinkoku_bi", "特例適用申告書を出した日", "例 R6.6.1")
        self.joken = (self.gyotai, self.kigyo, self.sochi, self.shinkoku)
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        mitsu = self._mitsu()
        self.hyo = Hyo(
            field="nendobetsu",
            setsumei="単位は円（労働者数は人）。",
            gyo=list(GYO.values()),
            retsu=mitsu,
            yobina=mitsu,
            atai=[[""] * 3 for _ in GYO],
        )
        self.kyufu_nendo = erabu(
            "kyufu_nendo", "給付を受けた年度", options(dict(enumerate(mitsu))), 0
        )
        self.kyufu_shurui = erabu(
            "kyufu_shurui", "給付の種類", options(dict(KYUFU_NO_SHURUI)), "ryoyo"
        )
        self.kyufu_gaku = moji("kyufu_gaku", "受けた額", "円。年金は給付基礎日額か算定基礎日額。")
        self.uchiwake = NobiruHyo(
            "給付",
            KENSU,
            field="kyufu_uchiwake",
            setsumei=f"1行に1つ。ここに書くと、上の表の「給付」「特別支給金」は使いません。行は {SAIDAI} まで自動で増えます。行を消すには、3つのますを空けます。",
            retsu=list(UCHIWAKE_RETSU),
            yobina=list(UCHIWAKE_RETSU),
            saidai=SAIDAI,
        )
        self.hiraku = Hiraku(
            "給付を種類から足す（給付の合計が分からない時）",
            [],
            [
                hako(
                    self.kyufu_nendo.hako,
                    self.kyufu_shurui.hako,
                    self.kyufu_gaku.hako,
                    css=["hk-sanretsu", "hk-tasu"],
                ),
                yoko(
                    botan("この給付を足す", self._tasu),
                    botan("給付の表を空ける", self._akeru),
                ),
                self.uchiwake,
            ],
        )
        self.joken_hako = hako(
            midashi("特例メリットの要件"),
            hako(*(k.hako for k in self.joken), css=["hk-sanretsu"]),
        )
        self.uchiwake_hyoji = Hyoji(tsugeru=True)
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.hyo.observe(self._changed, "atai")
        self.uchiwake.observe(self._changed, "atai")
        self.view = hako(
            midashi("1. 事業"),
            hako(*(k.hako for k in self.komoku if k not in self.joken), css=["hk-sanretsu"]),
            self.joken_hako,
            midashi("2. 3つの年度の額"),
            Hyoji(html=f'<p class="hk-dare">{KAKIKATA}</p>'),
            self.hyo,
            yoko(botan("例を入れる", self._rei), botan("全部消す", self._kesu)),
            self.hiraku.hako,
            self.uchiwake_hyoji,
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _mitsu(self) -> list[str]:
        return [nendo_label(n) for n in mitsu_no_nendo(self.nendo.value)]

    def _nendo_no_namae(self) -> None:
        """表と選択肢の年度を、率を使う年度に合わせる。"""
        mitsu = self._mitsu()
        self.nendo.show_hojo(f"{'・'.join(mitsu)}の3年で決まります。")
        if self.hyo.retsu != mitsu:
            self.hyo.yobina = self.hyo.retsu = mitsu
            self.kyufu_nendo.widget.options = options(dict(enumerate(mitsu)))

    def _tasu(self, _: Any) -> None:
        self.kyufu_gaku.show_error("")
        aki = next((i for i, row in enumerate(self.uchiwake.atai) if not any(row)), None)
        try:
            gaku = en(self.kyufu_gaku.value)
        except Yomenai as e:
            self.kyufu_gaku.show_error(str(e))
            return
        if aki is None and len(self.uchiwake.atai) == SAIDAI:
            self.kyufu_gaku.show_error(f"{SAIDAI}件まで書けます。")
            return
        rows = [list(row) for row in self.uchiwake.atai]
        if aki is None:
            aki = len(rows)
            rows.append([])
        shurui = KYUFU_NO_SHURUI[self.kyufu_shurui.value]
        rows[aki] = [self._mitsu()[self.kyufu_nendo.value], shurui, number(gaku)]
        self.kyufu_gaku.widget.value = ""
        self.uchiwake.atai = rows

    def data(self) -> tuple[dict[str, Any], dict[tuple[int, int], int], list[Ayamari]]:
        """いまの画面の入力、給付の内訳（年度の番号、何件目）の行、内訳の年度の誤り。"""
        out: dict[str, Any] = {k.field: k.value or None for k in self.komoku if k not in self.joken}
        out["gyoshu"] = self.gyoshu.bango()
        if self.keitai.value != "keizoku":
            out["tokurei"] = None
        if out["tokurei"] and any(k.value for k in (self.kigyo, self.sochi, self.shinkoku)):
            out["tokurei_joken"] = {k.field.split(".")[1]: k.value or None for k in self.joken}
        mitsu = mitsu_no_nendo(self.nendo.value)
        nendobetsu: list[dict[str, Any]] = [
            {k: row[i].strip() or None for k, row in zip(GYO, self.hyo.atai, strict=True)}
            | {"nendo": n}
            for i, n in enumerate(mitsu)
        ]
        gyo: dict[tuple[int, int], int] = {}
        errors: list[Ayamari] = []
        if self.uchiwake.hamidashi:
            message = f"貼り付けた給付は、表（{SAIDAI}件、3列まで）に入らないので、1行も入れていません。入る分を貼り直すか、「給付の表を空ける」を押してください。もっと多い時は、年度ごとの合計を上の表に書いてください。"
            errors.append(Ayamari("kyufu_uchiwake", "hamidashi", message))
        if not self.uchiwake.kara():
            for year in nendobetsu:
                year |= {"kyufu": None, "tokubetsu_shikyukin": None, "kyufu_uchiwake": []}
        for r, row in enumerate(self.uchiwake.atai):
            if not any(row):
                continue
            nen, shurui, gaku = (x.strip() or None for x in row)
            try:
                i = mitsu.index(yomu_nendo(nen or ""))
            except ValueError:
                message = (
                    f"給付{r + 1}: 年度は {'・'.join(self._mitsu())} のどれかを書いてください。"
                )
                errors.append(Ayamari(f"kyufu_uchiwake.{r}", "nendo", message))
                continue
            kyufu = nendobetsu[i]["kyufu_uchiwake"]
            gyo[i, len(kyufu)] = r
            kyufu.append({"shurui": shurui, "gaku": gaku})
        return {**out, "nendobetsu": nendobetsu}, gyo, errors

    def _changed(self, _: Any) -> None:
        self._nendo_no_namae()
        self.gyoshu.kouho_wo_dasu()
        keizoku = self.keitai.value == "keizoku"
        self.tokurei.visible(keizoku)
        self.joken_hako.layout.display = None if keizoku and self.tokurei.value else "none"
        data, gyo, errors = self.data()
        answer = merit.calc(data)
        errors += getattr(answer, "errors", [])
        self.hyo.ayamari = self.uchiwake.ayamari = {}
        self.uchiwake_hyoji.html = self.kekka.html = ""
        if errors:
            self._ayamari(errors, gyo)
        elif isinstance(answer, Keisan):
            self.uchiwake_hyoji.html = uchiwake_no_hyo(answer)
            self.omona.html = omona(answer)
            self.kekka.html = (
                agaru_ka(answer)
                + zu(answer)
                + dan_no_hyo(answer)
                + tsukaikata(answer)
                + chui(answer)
                + santei_no_hyo()
                + ichigyo_zutsu(answer)
            )
        elif isinstance(answer, Taishogai):
            self.omona.html = taishogai(answer, data)
            self.kekka.html = santei_no_hyo()

    def _ayamari(self, errors: list[Ayamari], gyo: dict[tuple[int, int], int]) -> None:
        shown: list[Ayamari] = []
        hyo: dict[str, str] = {}
        uchiwake: dict[str, str] = {}
        for e in errors:
            parts = e.field.split(".")
            message = e.message
            if parts[0] == "kyufu_uchiwake" and len(parts) > 1:
                uchiwake[f"{parts[1]},0"] = e.message
            elif len(parts) > 4:
                r = gyo[int(parts[1]), int(parts[3])]
                retsu = dict(zip(UCHIWAKE_RETSU[1:], ("shurui", "gaku"), strict=True))
                message = masu_no_bun(f"給付{r + 1}", replace(e, field=".".join(parts[2:])), retsu)
                uchiwake[f"{r},{1 + (parts[4] == 'gaku')}"] = e.message
            elif len(parts) > 2 and parts[2] in GYO:
                r, c = list(GYO).index(parts[2]), int(parts[1])
                message = masu_no_bun(self._mitsu()[c], e, {na: id for id, na in GYO.items()})
                if self.hyo.atai[r][c].strip():
                    hyo[f"{r},{c}"] = e.message
            shown.append(replace(e, message=message))
        self.hyo.ayamari, self.uchiwake.ayamari = hyo, uchiwake
        if self.hyo.kara():
            shown = [e for e in shown if not e.field.startswith("nendobetsu.")]
            shown.append(Ayamari("nendobetsu", "hissu", "3つの年度の額を入れてください。"))
        self.omona.html = kekka_no_ayamari(shown, self.komoku)

    def _akeru(self, _: Any) -> None:
        self.uchiwake.ireru([])
        self._changed(None)

    def _rei(self, _: Any) -> None:
        self.uchiwake.ireru([])
        gyoshu = next(o for o in gyoshu_no_sentakushi() if o.startswith("56"))
        rei_wo_ireru(self.komoku, {"gyoshu": gyoshu, "seiritsu": "H22.4.1"})
        self.hyo.atai = [list(row) for row in REI]

    def _kesu(self, _: Any) -> None:
        self.modosu()
        self.hiraku.hiraku(False)


def omona(answer: Keisan) -> str:
    """いちばん大事な数。"""
    run = answer.run
    sa = run["hokenryo_sa"]
    cells = (
        ("メリット料率", permille(run["merit_ritsu"])),
        ("業種の率", permille(run["kijun_ritsu"])),
        ("増減率", zogen_moji(run["zogen_ritsu"])),
        ("収支率", ritsu_moji(run["shushi_ritsu"])),
        ("1年の保険料の差（目安）", f"{fugo(sa)}<small>円</small>"),
    )
    naka = "".join(f"<div><b>{n}</b><span>{x}</span></div>" for n, x in cells)
    tokubetsu = ""
    if run["saigo_tokubetsu"]:
        tokubetsu = f'<p class="hk-dare">1年の保険料の差は、第1種特別加入の分（{fugo(run["tokubetsu_sa"])}円）も入れた額です。</p>'
    return (
        dare(
            f"{nendo_label(run['nendo'])}に使う率。{nendo_label(run['kijunbi'].year - 1)}までの3年で決まります。",
            len(answer.warnings),
        )
        + f'<div class="hk-omona">{naka}</div>{tokubetsu}'
    )


def fugo(x: int) -> str:
    """増える額に＋をつける。"""
    return f"＋{number(x)}" if x > 0 else number(x)


def zogen_moji(zogen: int) -> str:
    """増減率を「−35%」「＋10%」「増減なし」と書く。"""
    return f"{fugo(zogen)}%" if zogen else "増減なし"


def agaru_ka(answer: Keisan) -> str:
    """労災を使うと必ず上がるか。この事業の数で答える。"""
    run = answer.run
    nendo = nendo_label(run["nendo"])
    (ima,) = (d for d in merit.dan_goto(run) if d.ima)
    zogen = ima.row["zogen_ritsu"]
    bun = [
        "いいえ。率が変わるのは、収支率が次の段へ移った時だけです。",
        f"{nendo}の率を決める収支率は{ritsu_moji(run['shushi_ritsu'])}で、「{ima.row.hani}」の段（{zogen_moji(zogen)}）です。",
    ]
    if ima.ue is None:
        bun.append(f"いちばん上の段なので、給付が増えても、{nendo}の率はこれより上がりません。")
    else:
        onaji, tsugi = "率は同じです。", "次の段で、率が上がります。"
        made = (run["bunshi"], ima.ue)
        bun.append(merit.yoyu_no_bun("3年の給付", *made, "この段", onaji, tsugi))
    if zogen < 0:
        bun.append("いまは、業種の率より低い率です。")
    bun.append(f"{_hairu(run['nendo'])}その率の段は、別に決まります。")
    bun.append("通勤災害の給付は、いくら受けても収支率に入りません。")
    return f'<h2>労災を使うと必ず上がる？</h2><div class="hk-tarinai"><p>{"</p><p>".join(bun)}</p></div>'


def taishogai(answer: Taishogai, data: Mapping[str, Any]) -> str:
    """対象にならない理由と、労災を使うと上がるかの答え。`data` は画面の入力。"""
    items = "".join(
        f"<li>{escape(r['message'])}（{escape('、'.join(r['basis']))}）</li>"
        for r in answer.reasons
    )
    saisho = max((r["saisho_nendo"] for r in answer.reasons if "saisho_nendo" in r), default=None)
    return (
        dare(f"{nendo_label(data['nendo'])}に使う率。")
        + f'<div class="hk-okashii"><strong>{"メリット制" if saisho else "特例メリット"}の対象になりません。</strong><ul>{items}</ul></div>'
        + (_itsu_agaru(data, saisho) if saisho else "")
    )


def _itsu_agaru(data: Mapping[str, Any], saisho: int) -> str:
    """対象でない年度の率は上がらないことと、`saisho` からの率は上がることがあること。"""
    nendo = data["nendo"]
    sannen = "・".join(map(nendo_label, mitsu_no_nendo(saisho)))
    ima = {k: data[k] for k in ("gyoshu", "keitai", "seiritsu")}
    ima |= {k: v for k, v in data["nendobetsu"][-1].items() if k in GYO and k not in WATASANAI}
    atai = {"jiko_nendo": nendo} | {k: v for k, v in ima.items() if v}
    url = link.hoka_no_note("merit_jiko", atai)
    bun = [
        f"いいえ。{kara_made(nendo, saisho - 1)}は、労災を使っても率は上がりません。メリット制の対象でなく、業種の率のままです。",
        f"その後の率は、上がることがあります。率を決める3年が、年度ごとに違うからです。いちばん早いのは、{sannen}の給付で決まる{nendo_label(saisho)}の率です。",
        f"{_hairu(nendo, saisho)}その時にメリット制の対象なら、上がることがあります。",
        f'<a class="hk-insatsu-nashi" href="{escape(url)}">{nendo_label(nendo)}に事故が1件あったら、いくら変わるかを見る</a>',
    ]
    return f'<h2>労災を使うと必ず上がる？</h2><div class="hk-tarinai"><p>{"</p><p>".join(bun)}</p></div>'


def _hairu(nendo: int, saisho: int = 0) -> str:
    """3年の最後の年度の給付と、適用年度の給付が入る、`saisho` からの率。"""
    bun = ""
    for moto, ni in ((nendo - 2, "にも"), (nendo, "に")):
        ritsu = [y for y in ritsu_no_nendo(moto) if y > nendo and y >= saisho]
        if ritsu:
            bun += f"{nendo_label(moto)}の給付は、{kara_made(ritsu[0], ritsu[-1])}の率を決める3年{ni}入ります。"
    return bun


def kara_made(hajime: int, owari: int) -> str:
    """続いた年度。1つなら、その年度だけ。"""
    if hajime == owari:
        return nendo_label(hajime)
    return f"{nendo_label(hajime)}から{nendo_label(owari)}まで"


def zu(answer: Keisan) -> str:
    """収支率と増減率の階段に、この事業を置いた図。"""
    run = answer.run
    rows = merit.dan(run["nendo"], run["hyo"])
    midashi_ = f"収支率と増減率: {run['hyo']}"
    return f"<h2>{midashi_}</h2>" + kaidan_zu(
        rows, [Ten(run["shushi_ritsu"], "この事業")], midashi_
    )


def dan_no_hyo(answer: Keisan) -> str:
    """増減率表。この事業の段に印をつけ、その段に収まる給付の額を添える。"""
    run = answer.run
    body = ""
    for d in merit.dan_goto(run):
        css, shirushi = (" class='hk-erabu'", "▶ ") if d.ima else ("", "")
        made = "それより多い" if d.ue is None else f"{number(d.ue)}円まで"
        body += (
            f"<tr{css}><th scope='row'>{shirushi}{d.row.hani}</th><td>{zogen_moji(d.row['zogen_ritsu'])}</td>"
            f"<td>{number(d.merit_ritsu * 1000)}</td><td>{made}</td></tr>"
        )
    return (
        f"<h2>増減率表: {run['hyo']}</h2><div class='hk-yoko'><table class='hk-renshu-hyo hk-bun-hyo'><thead><tr>"
        "<th scope='col'>収支率</th><th scope='col'>増減率</th><th scope='col'>料率（1000分の）</th>"
        f"<th scope='col'>3年の給付の合計</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def tsukaikata(answer: Keisan) -> str:
    """計算した率を、年度更新か一括有期事業で使う。そのページを、率を入れて開くリンク。"""
    run = answer.run
    if run["keitai"] == "ikkatsu_yuki_ringyo":
        return "<h2>保険料の計算へ</h2><p>立木の伐採の一括有期事業の保険料を計算するページはありません。通知書の率を、申告書の労災保険率に書きます。</p>"
    if run["keitai"] == "keizoku":
        koyo, ritsu = table("koyo_hokenritsu"), tekiyo_ritsu(run)
        nendo = range(koyo.first.year, koyo.latest.year + 1)
        atai = {"gyoshu": run["gyoshu"]}
        return (
            f"<h2>年度更新へ</h2><p>年度更新の「通知された労災保険率」に、<strong>{ritsu}</strong> を入れます。</p>"
            + _e("nendo_koshin", nendo, run["nendo"], atai, "rosai_ritsu", ritsu)
        )
    hyo, zogen = table("romuhi_ritsu"), run["zogen_ritsu"]
    nendo = range(hyo.first.year, hyo.saigo_nendo + 1)
    return (
        f"<h2>一括有期事業の計算へ</h2><p>一括有期事業の「メリット制の増減率」に、<strong>{zogen}</strong> を入れます。"
        "業種がいくつかあれば、どの業種の率にも同じ増減率を掛けます。</p>"
        + _e("ikkatsu_yuki", nendo, run["nendo"], {}, "zogen_ritsu", zogen)
    )


def _e(note: str, aru: range, tekiyo: int, hoka: dict[str, str], ran: str, atai: str | int) -> str:
    """適用する年度の概算と確定をする年度更新への、率を入れたリンク。`aru` は、そのページの年度。"""
    items = ""
    for nendo, kubun, namae in ((tekiyo - 1, "gaisan", "概算"), (tekiyo, "kakutei", "確定")):
        if nendo in aru:
            url = link.hoka_no_note(note, {"nendo": nendo, **hoka, f"{ran}.{kubun}": atai})
            bun = f"{nendo_label(tekiyo)}の{namae}に入れて開く（{nendo_label(nendo + 1)}にする年度更新）"
            items += f'<li><a href="{escape(url)}">{bun}</a></li>'
    return f"<ul class='hk-insatsu-nashi'>{items}</ul>"


def uchiwake_no_hyo(answer: Keisan) -> str:
    """給付の内訳と、収支率に入れる額。入れない給付は0円と、その理由。"""
    body = ""
    for run in (b.run for b in answer.bu if b.run.sheet is KYUFU_SHEET):
        row = table("merit_santei").find(date(run["nendo"], 4, 1), run["kyufu_shurui"])
        kake = f" × {number(row['nissu'])}日" if row["kazoekata"] == "nissu" else ""
        body += (
            f"<tr><th scope='row'>{nendo_label(run['nendo'])} {escape(row['meisho'])}</th><td>{number(run['kyufu_gaku'])}円{kake}</td>"
            f"<td>{number(run['santei_kyufu'])}円</td><td class='hk-bun'>{escape(row['irekata'])}</td></tr>"
        )
    if not body:
        return ""
    return (
        "<div class='hk-yoko'><table class='hk-renshu-hyo hk-bun-hyo'><thead><tr><th scope='col'>給付</th><th scope='col'>受けた額</th>"
        f"<th scope='col'>収支率に入れる額</th><th scope='col' class='hk-bun'>入れ方</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def santei_no_hyo() -> str:
    """収支率に入れる給付と、入れない給付の一覧。"""
    rows: dict[str, list[Row]] = {}
    for row in table("merit_santei").on(table("merit_santei").verified_through):
        rows.setdefault(row["meisho"].split(" ")[0], []).append(row)
    body = ""
    for meisho, kyu in rows.items():
        row = kyu[0]
        ireru = "入れない" if row["kazoekata"] == "nozoku" else "入れる"
        nissu = "・".join(number(r["nissu"]) for r in kyu) if len(kyu) > 1 else ""
        nissu = f"（1級から順に {nissu}日）" if nissu else ""
        body += (
            f"<tr><th scope='row'>{escape(meisho)}</th><td>{ireru}</td>"
            f"<td class='hk-bun'>{escape(row['irekata'])}{nissu}（{escape('、'.join(row.sources))}）</td></tr>"
        )
    return (
        "<details class='hk-insatsu-nashi'><summary>収支率に入れる給付、入れない給付の一覧</summary><div class='hk-yoko'><table class='hk-renshu-hyo hk-bun-hyo'><thead><tr>"
        "<th scope='col'>給付</th><th scope='col'>入れるか</th><th scope='col' class='hk-bun'>入れ方</th></tr></thead>"
        f"<tbody>{body}</tbody></table></div></details>"
    )


class MeritYukiGamen(Gamen):
    """単独有期事業のメリット制（改定確定保険料）の画面。"""

    namae = "単独有期事業のメリット制の画面"

    def __init__(self) -> None:
        self.jigyo = erabu("jigyo", "事業", options(dict(merit_yuki.JIGYO)), "kensetsu")
        self.seiritsu = moji("seiritsu", "保険関係の成立日", "例 R5.5.1")
        self.ukeoi = moji("ukeoi_kingaku", "請負金額（税抜き）", f"円。{HITSUYO}")
        self.sozai = moji("sozai", "素材の生産量", f"立方メートル。小数でもよい。{HITSUYO}")
        self.chingin = moji("chingin_sogaku", "賃金総額", "円。算定基礎額。")
        self.hokenryo = moji("rosai_hokenryo", "確定保険料（労災分）", "円。")
        self.kiso = moji("tokubetsu_kiso", "特別加入の算定基礎額", "円。ある時だけ。")
        self.tokubetsu = moji("tokubetsu_hokenryo", "第1種特別加入保険料", "円。ある時だけ。")
        mae, ato = "終了後3か月まで", "終了後9か月まで"
        self.kyufu_3 = moji("kyufu_3", f"給付（{mae}）", "円。業務災害の分。無ければ 0。")
        self.tokubetsu_3 = moji("tokubetsu_shikyukin_3", f"特別支給金（{mae}）", "円。無ければ 0。")
        self.kyufu_9 = moji("kyufu_9", f"給付（{ato}）", "円。3か月の後に増えた時だけ。")
        self.tokubetsu_9 = moji(
            "tokubetsu_shikyukin_9", f"特別支給金（{ato}）", "円。3か月の後に増えた時だけ。"
        )
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        self.view = hako(
            hako(*(k.hako for k in self.komoku), css=["hk-sanretsu"]),
            yoko(
                botan("例を入れる", lambda _: rei_wo_ireru(self.komoku, YUKI_REI)),
                botan("全部消す", lambda _: self.modosu()),
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _changed(self, _: Any) -> None:
        kensetsu = self.jigyo.value == "kensetsu"
        self.ukeoi.visible(kensetsu)
        self.sozai.visible(not kensetsu)
        data = {k.field: k.value.strip() or None for k in self.komoku}
        data["sozai" if kensetsu else "ukeoi_kingaku"] = None
        answer = merit_yuki.calc(data)
        self.kekka.html = ""
        if isinstance(answer, Keisan):
            run, v = answer.run, answer.values
            cells = (
                ("改定確定保険料", f"{number(v['kaitei_hokenryo'])}<small>円</small>"),
                (SEISAN[v["seisan"]], f"{number(abs(v['sagaku']))}<small>円</small>"),
                ("増減率", zogen_moji(v["zogen_ritsu"])),
                ("使う収支率", ritsu_moji(run["shushi_ritsu"])),
            )
            naka = "".join(f"<div><b>{n}</b><span>{x}</span></div>" for n, x in cells)
            kimari = "3か月" if v["sankagetsu"] else "9か月"
            self.omona.html = (
                dare(f"終了後{kimari}までの収支率で決まります。", len(answer.warnings))
                + f'<div class="hk-omona">{naka}</div>'
            )
            namae = f"収支率と増減率: {run['beppyo_6']}"
            ten = [Ten(run["shushi_ritsu"], "この工事" if kensetsu else "この事業")]
            rows = merit.dan(run["nendo"], run["beppyo_6"])
            self.kekka.html = f"<h2>{namae}</h2>{kaidan_zu(rows, ten, namae)}{chui(answer)}{ichigyo_zutsu(answer)}"
        elif isinstance(answer, Taishogai):
            items = "".join(f"<li>{escape(r['message'])}</li>" for r in answer.reasons)
            self.omona.html = f'<div class="hk-okashii"><strong>メリット制の対象になりません。確定保険料は変わりません。</strong><ul>{items}</ul></div>'
        else:
            self.omona.html = kekka_no_ayamari(getattr(answer, "errors", []), self.komoku)


class ZogenHyo:
    """増減率表を、継続・一括有期・特例を並べて1枚で見せる。ノートで使う。"""

    def __init__(self, nendo: int) -> None:
        self.hyo = {h: merit.dan(nendo, h) for h in HYO_RAN}
        self.hashi = sorted({r["ika"] for rows in self.hyo.values() for r in rows if r["ika"]})

    def rows(self) -> list[tuple[str, ...]]:
        """区間と、それぞれの欄の増減率。"""
        out = []
        for shita, ue in zip([None, *self.hashi], [*self.hashi, None], strict=True):
            made = f"{ue}%以下" if ue else "超える"
            namae = f"{shita}%を{'' if ue is None else '超え'}{made}" if shita else made
            naka = (r for h in self.hyo.values() for r in h if _fukumu(r, shita, ue))
            out.append((namae, *(zogen_moji(r["zogen_ritsu"]) for r in naka)))
        return out

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{h}</th>" for h in ("収支率", *HYO_RAN.values()))
        body = "".join(
            f"<tr><th scope='row'>{namae}</th>{''.join(f'<td>{c}</td>' for c in naka)}</tr>"
            for namae, *naka in self.rows()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        return "\n".join("  ".join(row) for row in (("収支率", *HYO_RAN.values()), *self.rows()))


HYO_RAN = {
    "別表第3": "別表第3（継続・建設の一括有期）",
    "別表第3（立木の伐採）": "別表第3（立木の伐採の一括有期）",
    "別表第3の2": "別表第3の2（40万円以上100万円未満の年度がある一括有期）",
    "別表第3の3": "別表第3の3（特例メリット）",
}


def _fukumu(row: Row, shita: int | None, ue: int | None) -> bool:
    """段が、その区間を含むか。"""
    return (row["koeru"] or 0) <= (shita or 0) and (
        row["ika"] is None or (ue is not None and ue <= row["ika"])
    )
