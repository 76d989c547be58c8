"""一括有期事業（建設）の画面。工事一覧から総括表と保険料、期ごとの納付額まで。"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import ipywidgets as w

from ..ikkatsu_yuki import KOJI_SCHEMA, MIKANRYO, SCHEMA, calc, gaisan_ari
from ..ikkatsu_yuki.shiki import HYO_NO_KUBUN, KUBUN, zei_no_jiki
from ..ikkatsu_yuki.tokubetsu import KUBUN as NENDO_KUBUN
from ..ikkatsu_yuki.tokubetsu import jimukumiai_nomi
from ..kekka import Ayamari, Keisan, doko_no
from ..kibetsu import HOSHIKI
from ..nendo_koshin.shiki import JUTO_ISHI, KAISU
from ..sheet.render import number, yen
from ..tables import nendo_label, table
from .buhin import (
    Gamen,
    Hiraku,
    Hyo,
    Hyoji,
    Komoku,
    NobiruHyo,
    botan,
    botan_erabu,
    erabu,
    hako,
    midashi,
    moji,
    nashi,
    yoko,
)
from .buhin import hai as hai_ran
from .ichiran import Ichiran, betsumei, masu, masu_no_bun, retsu
from .kekka_hyoji import (
    ayamari,
    chui,
    dare,
    hi_no_masu,
    ichigyo_zutsu,
    ikkai_de,
    kibetsu_hyo,
    nendo_no_sentakushi,
    omona_hyo,
    options,
    tarinai,
)

KAZU = 8
SAIDAI = 300
KUWASHII = 50
HOKOKUSHO = 2000
RETSU = retsu(KOJI_SCHEMA)
REI = [
    ["35", "", "R6.5.10", "R7.6.30", "12,000,000", "", "", "", ""],
    ["35", "", "R5.11.1", "R7.4.20", "8,500,000", "300,000", "", "", ""],
    ["36", "組立て・取付け", "R7.2.1", "R7.12.20", "6,300,000", "", "1,200,000", "", ""],
    ["38", "", "R7.7.1", "R7.8.31", "900,000", "", "", "", "いいえ"],
    ["35", "", "R7.12.1", "", "20,000,000", "", "", "", ""],
]
HISSU = ("業種番号", "開始日", "終了日")
MIKOMI = {"請負金額": "ukeoi_kingaku", "賃金": "chingin"}
KANYUSHA = 10
# 特別加入の表の列: 読み上げの名前 → 年度の区分（両方なら空）と、項目の名前。
TOKUBETSU = {
    "業種番号": ("", "gyoshu"),
    "確定の給付基礎日額": ("kakutei", "nichigaku"),
    "承認日": ("kakutei", "shonin"),
    "脱退日": ("kakutei", "dattai"),
    "概算の給付基礎日額": ("gaisan", "nichigaku"),
}


def kensetsu() -> list[tuple[str, str, str]]:
    """建設の業種（番号、区分、短い名前）。"""
    hyo = table("romuhi_ritsu")
    kubun = {hyo_no: id for id, hyo_no in HYO_NO_KUBUN.items()}
    out = []
    for gyoshu, k in sorted(hyo.rows):
        namae = re.split("、|の組立て|（", hyo.rows[gyoshu, k][-1]["shurui"])[0]
        out.append((str(gyoshu), kubun[k] or "", f"{gyoshu} {namae}" + (f"（{k}）" if k else "")))
    return out


def ukeoi_no_zei() -> str:
    """請負金額を、税込みで書くか税抜きで書くか。新しい時期から。"""
    return "、".join(f"{jiki}始めた工事は{na}" for jiki, na, _ in reversed(zei_no_jiki()))


class TokubetsuHyo(Hyo):
    """特別加入者の表。1人1行で、確定の年度と概算の年度を横に並べる。"""

    def __init__(self) -> None:
        super().__init__(
            field="tokubetsu_hyo",
            setsumei="1人1行。承認日と脱退日は、確定の年度の途中の時だけ書きます（例 R7.10.1）。加入しない年度の日額は「なし」。",
            gyo=[f"加入者{i}" for i in range(1, KANYUSHA + 1)],
            retsu=["業種番号", "日額（円）", "承認日", "脱退日", "次の年度の日額（円）"],
            yobina=list(TOKUBETSU),
            kumi=[["業種", 1], ["確定の年度", 3], ["概算の年度", 1]],
            atai=[[""] * len(TOKUBETSU) for _ in range(KANYUSHA)],
        )

    def kaita(self) -> list[int]:
        """書いてある行の番号。"""
        return [i for i, row in enumerate(self.atai) if any(x.strip() for x in row)]

    def data(self, gaisan: bool) -> dict[str, list[dict[str, str]]]:
        """確定と概算の加入者。`gaisan` でなければ確定だけ。"""
        out: dict[str, list[dict[str, str]]] = {}
        for kubun in ("kakutei", "gaisan") if gaisan else ("kakutei",):
            out[kubun] = [
                {
                    id: "0" if nashi(x) else x.strip()
                    for (k, id), x in zip(TOKUBETSU.values(), self.atai[i], strict=True)
                    if x.strip() and k in ("", kubun)
                }
                for i in self.kaita()
            ]
        return out

    def doko(self, e: Ayamari) -> tuple[str, str]:
        """誤りのあるます（「行,列」）と、行と列の名前をつけた文。"""
        _, kubun, i, id = e.field.split(".")
        gyo = self.kaita()[int(i)]
        retsu = next(
            c for c, (k, x) in enumerate(TOKUBETSU.values()) if x == id and k in ("", kubun)
        )
        na = list(TOKUBETSU)[retsu]
        return f"{gyo},{retsu}", doko_no(self.gyo[gyo], na, e.message)


class KojiRan:
    """工事一覧、次の年度の見込み、特別加入、精算の欄。一括有期と二元適用の画面が使う。"""

    def __init__(self, kawatta: Callable[[Any], None], nendo: Komoku, *naraberu: w.Button) -> None:
        """`nendo` は確定の保険年度の欄、`naraberu` は「例を入れる」の次に並べるボタン。"""
        self.sumi = moji(
            "seisan.shinkokuzumi_gaisan",
            "申告済みの概算保険料",
            "入れると、期ごとの納付額まで計算します。単位は円。",
        )
        self.zogen_k = moji(
            "zogen_ritsu.kakutei",
            "メリット制の増減率（確定）",
            "通知がある時だけ。% の整数。例 -40、▲40",
        )
        self.zogen_g = moji(
            "zogen_ritsu.gaisan", "メリット制の増減率（概算）", "同じく、概算の年度の率。"
        )
        self.juto = erabu(
            "seisan.juto_ishi",
            "払い過ぎの時の充当意思",
            [("書いていない", 0), *((f"{v} {name}", v) for v, name in JUTO_ISHI.items())],
            0,
        )
        self.kanpu = hai_ran("seisan.kanpu_seikyu", "払い過ぎた額は、充当せずに還付を請求する")
        self.mikomi_ari = hai_ran("mikomi", "次の年度の見込みを書く（書かなければ確定と同じ）")
        self.tokubetsu_ari = hai_ran(
            "tokubetsu_kanyu", "現場に特別加入した人（事業主や役員など）がいる"
        )
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.kuwashiku = Hiraku(
            "くわしい条件（充当・還付、メリット制）",
            (self.juto, self.kanpu, self.zogen_k, self.zogen_g),
        )
        self.hyo = NobiruHyo(
            "工事",
            KAZU,
            saidai=SAIDAI,
            field="koji",
            setsumei=f"Excel の工事一覧を貼り付けられます（行は自動で増えます）。見出しの行も一緒に写すと、名前で列を合わせ、一覧を入れ替えます。終わっていない工事は、終了日を空けておきます。請負金額は、{ukeoi_no_zei()}。賃金を書いた工事は、労務費率を使いません。元請でない工事は「いいえ」。区分は36だけ。",
            retsu=list(RETSU),
            hissu=list(HISSU),
            id=list(RETSU.values()),
            yobina=list(RETSU),
            betsumei=betsumei(KOJI_SCHEMA),
            kumi=[["工事", len(RETSU)]],
        )
        gyo = [namae for _, _, namae in kensetsu()]
        self.mikomi = Hyo(
            field="mikomi_hyo",
            setsumei="次の年度に終わる工事の見込みを、業種ごとに書きます。請負金額（税抜き）か賃金の、どちらか1つ。書かない業種は確定と同じ。工事が無くなる業種は 0。",
            gyo=gyo,
            retsu=[f"{x}（円）" for x in MIKOMI],
            yobina=[f"{x}の見込み" for x in MIKOMI],
            kumi=[["次の年度の見込み", len(MIKOMI)]],
            atai=[[""] * len(MIKOMI) for _ in gyo],
        )
        self.tokubetsu = TokubetsuHyo()
        saidai = SCHEMA["properties"]["koji"]["maxItems"]
        self.ichiran = Ichiran(self.hyo, saidai, self._changed, nendo)
        self.okashii = Hyoji()
        self.kawatta = kawatta
        for k in self.komoku:
            k.on_change(self._changed)
        for hyo in (self.mikomi, self.tokubetsu):
            hyo.observe(self._changed, "atai")
        self.hako = hako(
            self.hyo,
            yoko(
                botan("例を入れる", lambda _: self.ireru(REI)),
                *naraberu,
                self.ichiran.file,
            ),
            self.okashii,
            hako(
                self.sumi.hako,
                self.mikomi_ari.hako,
                self.tokubetsu_ari.hako,
                css=["hk-sanretsu"],
            ),
            self.mikomi,
            self.tokubetsu,
            self.kuwashiku.hako,
        )
        self._dashiwake()

    def _changed(self, change: Any) -> None:
        self._dashiwake()
        self.kawatta(change)

    def _dashiwake(self) -> None:
        self.mikomi.layout.display = None if self.mikomi_ari.value else "none"
        self.tokubetsu.layout.display = None if self.tokubetsu_ari.value else "none"
        self.kuwashiku.kaku()

    def modosu(self) -> None:
        """欄の外に持つ物（多すぎる工事、知らせ、開いた条件）を、開いた時に戻す。"""
        self.ichiran.modosu()
        self.kuwashiku.hiraku(False)

    def ireru(self, rows: list[list[str]]) -> None:
        """工事一覧を `rows` に入れ替える。"""
        self.ichiran.ireru(rows)

    def data(
        self, nendo: int, hoshiki: str, kaisu: int
    ) -> tuple[dict[str, Any], list[int], list[Ayamari]]:
        """いまの欄の入力、書いてある行の番号、表の中の誤り。"""
        koji: list[dict[str, Any]] = []
        gyo: list[int] = []
        errors: list[Ayamari] = []
        for i, row in enumerate(self.ichiran.gyo):
            k: dict[str, Any] = {
                RETSU[c]: x.strip() for c, x in zip(RETSU, row, strict=True) if x.strip()
            }
            if not k:
                continue
            koji.append(k)
            gyo.append(i)
        data: dict[str, Any] = {"nendo": nendo, "koji": koji, "zogen_ritsu": self._zogen()}
        if self.mikomi_ari.value:
            data["mikomi"] = self._mikomi()
        if self.tokubetsu_ari.value and not self.tokubetsu.kaita():
            message = "特別加入者の表に、加入者を書いてください。いなければ「現場に特別加入した人がいる」の印を外してください。"
            errors.append(Ayamari("tokubetsu_kanyu", "hissu", message))
        elif self.tokubetsu_ari.value:
            data["tokubetsu_kanyu"] = self.tokubetsu.data(gaisan_ari(nendo))
            if hoshiki == "kobetsu" and not self.sumi.value.strip():
                errors.append(Ayamari("tokubetsu_kanyu", "jimukumiai_nomi", jimukumiai_nomi()))
        if self.sumi.value.strip():
            data["seisan"] = {
                "hoshiki": hoshiki,
                "shinkokuzumi_gaisan": self.sumi.value,
                "kaisu": kaisu,
                "juto_ishi": self.juto.value or None,
                "kanpu_seikyu": self.kanpu.value,
            }
        return data, gyo, errors

    def _zogen(self) -> dict[str, str]:
        ran = {"kakutei": self.zogen_k, "gaisan": self.zogen_g}
        return {k: komoku.value for k, komoku in ran.items() if komoku.value.strip()}

    def _mikomi(self) -> list[dict[str, Any]]:
        out = []
        for (gyoshu, kubun, _), row in zip(kensetsu(), self.mikomi.atai, strict=True):
            gaku = {k: x.strip() for k, x in zip(MIKOMI.values(), row, strict=True) if x.strip()}
            if gaku:
                out.append({"gyoshu": gyoshu, "kubun": kubun or None, **gaku})
        return out

    def kakeru(self) -> str:
        """一覧の下の知らせを出す。一覧の全部が届いていなければ、印を消し、額の代わりに出す文を返す。"""
        kakeru = self.ichiran.kakeru()
        self.okashii.html = kakeru or self.ichiran.ooi_no_bun()
        if not kakeru:
            return ""
        self.hyo.ayamari = self.tokubetsu.ayamari = {}
        return '<div class="hk-tarinai">工事一覧の全部が入っていないので、計算していません。一覧の下の、赤い囲みを見てください。</div>'

    def ayamari_wo_dasu(self, errors: Sequence[Ayamari], gyo: Sequence[int]) -> list[Ayamari]:
        """表のますに印をつけ、行の名前をつけた誤りを返す。列がずれていれば、一覧の下に知らせる。"""
        koji = [e for e in errors if e.field.startswith("koji.")]
        self.okashii.html = self.ichiran.zure(koji, len(gyo)) or self.ichiran.ooi_no_bun()
        self.hyo.ayamari = {masu(e, gyo, RETSU): e.message for e in koji}
        tokubetsu = dict(self.tokubetsu.doko(e) for e in errors if _kanyusha_no(e))
        self.tokubetsu.ayamari = tokubetsu
        shown = [self._doko(e, gyo) for e in errors]
        return list({e.message: e for e in shown}.values())

    def _doko(self, e: Ayamari, gyo: Sequence[int]) -> Ayamari:
        """表の中の誤りは、文に行と列の名前をつけ、欄の名前がつかないようにする。"""
        parts = e.field.split(".")
        if parts[0] == "koji" and len(parts) > 1:
            bun = masu_no_bun(f"工事{gyo[int(parts[1])] + 1}", e, RETSU)
        elif parts[0] == "mikomi" and len(parts) > 1:
            gyoshu = self._mikomi()[int(parts[1])]["gyoshu"]
            bun = masu_no_bun(f"見込みの {gyoshu}", e, MIKOMI)
        elif _kanyusha_no(e):
            bun = self.tokubetsu.doko(e)[1]
        else:
            return e
        return replace(e, field="", message=bun)


def _kanyusha_no(e: Ayamari) -> bool:
    """特別加入の表の、どの行か分かる誤りか。"""
    parts = e.field.split(".")
    return parts[0] == "tokubetsu_kanyu" and len(parts) > 2


class IkkatsuYukiGamen(Gamen):
    """工事一覧の画面。表に貼り付けるか、CSV・xlsx から読む。"""

    namae = "一括有期事業の計算画面"

    def __init__(self) -> None:
        nendo = nendo_no_sentakushi("romuhi_ritsu")
        self.nendo = erabu("nendo", "確定の保険年度", nendo, nendo[1][1])
        self.hoshiki = botan_erabu("seisan.hoshiki", "申告の方式", options(HOSHIKI), "jimukumiai")
        self.kaisu = botan_erabu("seisan.kaisu", "納付回数", options(KAISU), 3)
        self.ran = KojiRan(self._changed, self.nendo, botan("全部消す", self._kesu))
        jigyo = [self.nendo, self.hoshiki, self.kaisu]
        self.komoku: list[Komoku] = [*jigyo, *self.ran.komoku]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in jigyo:
            k.on_change(self._changed)
        self.view = hako(
            midashi("1. 年度と納め方"),
            hako(*(k.hako for k in jigyo), css=["hk-sanretsu"]),
            midashi("2. 工事一覧"),
            self.ran.hako,
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )
        self._changed(None)

    def _kesu(self, _: Any) -> None:
        self.modosu()
        self.ran.modosu()
        self._changed(None)

    def _changed(self, _: Any) -> None:
        if kakeru := self.ran.kakeru():
            self.omona.html, self.kekka.html = kakeru, ""
            return
        data, gyo, errors = self.ran.data(self.nendo.value, self.hoshiki.value, self.kaisu.value)
        if not data["koji"] and "tokubetsu_kanyu" not in data:
            self.ran.ayamari_wo_dasu([], gyo)
            self.omona.html = '<div class="hk-tarinai">工事を入れてください。</div>'
            self.kekka.html = ""
            return
        answer, fuka = ikkai_de(calc, data)
        errors = [*errors, *getattr(answer, "errors", [])]
        shown = self.ran.ayamari_wo_dasu(errors, gyo)
        if isinstance(answer, Keisan) and not errors:
            self.omona.html = omona(answer) + (ikkai_no_bun(answer) if fuka else "")
            self.kekka.html = kekka(answer, gyo)
            return
        self.omona.html = ayamari("hk-okashii", "直してください", shown, self.komoku)
        self.kekka.html = ""


def kekka(answer: Keisan, gyo: Sequence[int]) -> str:
    """納付の表、報告書の行、総括表、特別加入、概算、入れなかった工事、注意、1行ずつの計算。"""
    kotowari = ""
    if len(gyo) > KUWASHII:
        bu = tuple(b for b in answer.bu if not b.midashi.startswith("工事"))
        answer = replace(answer, bu=bu)
        kotowari = f"<p>工事が {KUWASHII} 件より多いので、工事1件ずつの式は、下の「1行ずつの計算」に出していません。1件ずつの額は、上の報告書の行にあります。</p>"
    return (
        kibetsu_hyo(answer.values.get("kibetsu") or [])
        + hokokusho_hyo(answer, gyo)
        + soukatsu_hyo(answer)
        + gaisan_hyo(answer)
        + tokubetsu_hyo(answer)
        + nozoita(answer, gyo)
        + chui(answer)
        + kotowari
        + ichigyo_zutsu(answer)
    )


def omona(answer: Keisan) -> str:
    """いちばん大事な額。"""
    v = answer.values
    amounts = [("確定保険料", v["kakutei_hokenryo"]), ("一般拠出金", v["ippan_kyoshutsukin"])]
    if v["gaisan_hokenryo"] is not None:
        amounts.insert(1, ("概算保険料", v["gaisan_hokenryo"]))
    for label, key in (
        ("不足額", "fusoku_gaku"),
        ("充当額", "juto_gaku"),
        ("還付額", "kanpu_gaku"),
        ("納める額", "kakutei_nofu_gaku"),
    ):
        if v.get(key):
            amounts.append((label, v[key]))
    nendo = nendo_label(answer.run["nendo"])
    return (
        dare(f"{nendo}に終わった工事。", len(answer.warnings))
        + omona_hyo(amounts)
        + tarinai(answer)
    )


def ikkai_no_bun(answer: Keisan) -> str:
    """延納できないので、1回で計算した訳。"""
    gaku = yen(answer.values["gaisan_hokenryo"])
    return f"<p>概算保険料が20万円に届かず延納できないので、1回で計算しています。いまの概算保険料は {gaku}です。</p>"


def gyoshu_mei(gyoshu: str, kubun: str | None, hi: date) -> str:
    """「35 建築事業」と書く。"""
    shurui = table("rosai_hokenritsu").find(hi, gyoshu)["shurui"]
    return f"{gyoshu} {escape(shurui)}{f'・{KUBUN[kubun]}' if kubun else ''}"


def _hyo(midashi_: str, head: Sequence[str], body: str, setsumei: str = "", css: str = "") -> str:
    heads = "".join(f"<th scope='col'>{h}</th>" for h in head)
    p = f"<p>{setsumei}</p>" if setsumei else ""
    return f'<h2>{midashi_}</h2>{p}<div class="hk-yoko{css}"><table class="hk-renshu-hyo"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _yen(x: int | None) -> str:
    return "—" if x is None else number(x)


def hokokusho_hyo(answer: Keisan, gyo: Sequence[int]) -> str:
    """一括有期事業報告書の形の表。入れた工事の全部。"""
    rows = answer.values["hokokusho"]
    if not rows:
        return ""
    body = "".join(
        f"<tr><th scope='row'>工事{gyo[r['koji']] + 1}</th>"
        f"<td class='hk-moji'>{'・'.join(filter(None, (r['gyoshu'], KUBUN.get(r['kubun']))))}</td>"
        f"{hi_no_masu(r['kaishi'])}{hi_no_masu(r['shuryo'])}"
        f"<td>{_yen(r['ukeoi_daikin'])}</td><td>{_yen(r['shikyuzai'])}</td><td>{_yen(r['jogai'])}</td>"
        f"<td>{_yen(r['ukeoi_kingaku'])}</td>"
        f"<td>{'賃金の実額' if r['romuhi_ritsu'] is None else number(r['romuhi_ritsu'] / 10) + '%'}</td>"
        f"<td>{number(r['chingin_sogaku'])}</td></tr>"
        for r in rows[:HOKOKUSHO]
    )
    head = (
        "工事",
        "業種番号",
        "事業開始",
        "事業終了",
        "請負代金の額（円）",
        "加算する額（円）",
        "控除する額（円）",
        "請負金額（円）",
        "労務費率",
        "賃金総額（円）",
    )
    setsumei = "業種と事業開始時期の順です。同じ業種・同じ時期の請負金額を足した額が、下の総括表の請負金額になります。賃金総額は、総括表では足した後でもう一度計算するので、この列の計と少し違うことがあります。"
    if len(rows) > HOKOKUSHO:
        setsumei += (
            f"多いので、初めの{HOKOKUSHO:,}件だけを出しています（計算には全部入っています）。"
        )
    return _hyo(f"一括有期事業報告書の行（{len(rows)}件）", head, body, setsumei, " hk-nagai")


def tokubetsu_hyo(answer: Keisan) -> str:
    """特別加入の、業種ごとの確定と概算。"""
    rows = answer.values["tokubetsu"]
    if not rows:
        return ""
    nendo = {"kakutei": answer.run["nendo"], "gaisan": answer.run["nendo"] + 1}
    body = "".join(
        f"<tr><th scope='row'>{gyoshu_mei(g['gyoshu'], None, date(nendo[g['kubun']], 4, 1))}</th>"
        f"<td class='hk-moji'>{NENDO_KUBUN[g['kubun']]}（{nendo_label(nendo[g['kubun']])}）</td>"
        f"<td>{number(g['santei_kiso'])}</td><td>{number(g['ritsu'])}/1000</td><td>{number(g['hokenryo'])}</td></tr>"
        for g in rows
    )
    head = ("業種", "年度", "算定基礎額（円）", "労災保険率", "保険料（円）")
    return _hyo(
        "特別加入（第1種・中小事業主等）",
        head,
        body,
        "上の確定保険料と概算保険料に入っています。一般拠出金はかかりません。",
    )


def soukatsu_hyo(answer: Keisan) -> str:
    """総括表の形の表。"""
    body = ""
    for s in answer.values["soukatsu"]:
        jiki: date = s["kaishi_jiki"]
        tin = s["romuhi_ritsu"] is None
        body += (
            f"<tr><th scope='row'>{gyoshu_mei(s['gyoshu'], s['kubun'], jiki)}</th>{hi_no_masu(jiki, '〜')}"
            f"<td>{'—' if tin else number(s['ukeoi_kingaku'])}</td><td>{'—' if tin else number(s['romuhi_ritsu'] / 10) + '%'}</td>"
            f"<td>{number(s['chingin_jitsugaku']) if tin or s['chingin_jitsugaku'] else '—'}</td>"
            f"<td>{number(s['chingin_sogaku'])}</td><td>{number(s['ritsu'])}/1000</td><td>{number(s['hokenryo'])}</td></tr>"
        )
    head = (
        "業種",
        "事業開始時期",
        "請負金額（円）",
        "労務費率",
        "実際に払った賃金（円）",
        "賃金総額（円）",
        "労災保険率",
        "保険料（円）",
    )
    setsumei = "賃金総額 ＝ 請負金額 × 労務費率 ＋ 実際に払った賃金（1,000円未満切捨て）。"
    return _hyo("総括表", head, body, setsumei)


def gaisan_hyo(answer: Keisan) -> str:
    """業種ごとの概算。"""
    rows = answer.values["gaisan_gyo"]
    if not rows:
        return ""
    tsugi = answer.run["nendo"] + 1
    body = "".join(
        f"<tr><th scope='row'>{gyoshu_mei(g['gyoshu'], g['kubun'], date(tsugi, 4, 1))}</th><td>{number(g['santei_kiso'])}</td>"
        f"<td>{number(g['ritsu'])}/1000</td><td>{number(g['hokenryo'])}</td></tr>"
        for g in rows
    )
    head = ("業種", "算定基礎額（円）", "労災保険率", "概算保険料（円）")
    return _hyo(f"{nendo_label(tsugi)}の概算", head, body)


def nozoita(answer: Keisan, gyo: Sequence[int]) -> str:
    """総括表に入れなかった工事と、その理由。終わっていない工事は分ける。"""
    rows = answer.values["nozoita_koji"]
    out = ""
    for midashi_, mada in (("終わっていない工事", True), ("入れなかった工事", False)):
        items = "".join(
            f"<li>工事{gyo[n['koji']] + 1}: {escape(n['message'])}</li>"
            for n in rows
            if (n["code"] == MIKANRYO) == mada
        )
        if items:
            out += f'<h2>{midashi_}</h2><div class="hk-tarinai"><ul>{items}</ul></div>'
    return out
