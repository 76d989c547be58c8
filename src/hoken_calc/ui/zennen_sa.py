"""去年との差の画面。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from .. import nendo_koshin
from ..kekka import Ayamari, Keisan
from ..kibetsu import HOKEN_KANKEI
from ..nendo_koshin import kaitei_ari
from ..nendo_koshin.shiki import KOYO_KUBUN
from ..sheet import to_html
from ..sheet.render import number, yen
from ..tables import nendo_label, table
from ..zennen_sa import calc
from ..zennen_sa.setsumei import MODORU, fugo, hitokoto
from .buhin import (
    NICHIGAKU_HOJO,
    Gamen,
    Gyoshu,
    Hiraku,
    Hyoji,
    Komoku,
    botan,
    erabu,
    hako,
    kaita,
    midashi,
    moji,
    nichigaku,
    yoko,
)
from .kekka_hyoji import (
    chui,
    dare,
    gyoshu_no_sentakushi,
    ichigyo_zutsu,
    kekka_no_ayamari,
    komoku_of,
    omona_hyo,
    options,
)
from .taki import Dan, taki

HOKEN = {"rosai": "労災", "koyo": "雇用"}
KYOTSU = ("nendo", "hoken_kankei", "gyoshu", "koyo_kubun")
KASANARU = {"kotoshi.rosai_ritsu.kakutei": "kyonen.rosai_ritsu.gaisan"}
REI = {
    "kyonen": {"rosai": "22,500,000", "koyo": "21,300,000", "sumi": "380,000"},
    "kotoshi": {"rosai": "25,143,210", "koyo": "24,100,321"},
}
REI_TOKUBETSU = {"kyonen": ("10,000", "10,000"), "kotoshi": ("10,000", "12,000")}


class Toshi:
    """1年分の欄。"""

    def __init__(self, id: str, toshi: str, sumi_hojo: str) -> None:
        self.id = id
        self.toshi = toshi
        self.gokei = {h: moji(f"{id}.chingin.{h}", "") for h in HOKEN}
        self.hantoshi = {
            h: {k: moji(f"{id}.chingin.{h}.{k}", "") for k in ("zenki", "koki")} for h in HOKEN
        }
        self.sumi = moji(f"{id}.shinkokuzumi_gaisan", f"{toshi}の申告済みの概算保険料", sumi_hojo)
        self.mikomi = {
            h: moji(f"{id}.mikomi.{h}", "", "書かなければ、その年の確定と同じ額。") for h in HOKEN
        }
        self.tokubetsu = {
            k: moji(f"{id}.tokubetsu_kanyu.{k}", "", NICHIGAKU_HOJO) for k in ("kakutei", "gaisan")
        }

    @property
    def omona(self) -> list[Komoku]:
        """はじめから見せる欄。"""
        return [
            *(k for h in HOKEN for k in (self.gokei[h], *self.hantoshi[h].values())),
            self.sumi,
        ]

    @property
    def kuwashii(self) -> list[Komoku]:
        """くわしい条件の欄。"""
        return [*self.tokubetsu.values(), *self.mikomi.values()]

    def narabe(self, nendo: int, aru: Sequence[str]) -> None:
        """年度を名前に入れ、要らない欄を隠す。"""
        kakutei = nendo_label(nendo)
        wakeru = kaitei_ari(nendo)
        for h, hoken in HOKEN.items():
            self.gokei[h].widget.description = f"{hoken}の賃金総額（{kakutei}）"
            self.gokei[h].visible(h in aru and not wakeru)
            for k, tsuki in (("zenki", "4〜9月"), ("koki", "10〜3月")):
                ran = self.hantoshi[h][k]
                ran.widget.description = f"{hoken}の賃金 {tsuki}（{kakutei}）"
                ran.visible(h in aru and wakeru)
            self.mikomi[h].widget.description = f"{hoken}の見込賃金（{self.toshi}の概算）"
            self.mikomi[h].visible(h in aru)
        for k, kubun in (("kakutei", "確定"), ("gaisan", "概算")):
            ran = self.tokubetsu[k]
            ran.widget.description = f"特別加入の日額（{self.toshi}の{kubun}）"
            ran.visible("rosai" in aru)

    def data(self, nendo: int, aru: Sequence[str]) -> dict[str, Any]:
        """いまの入力。空の欄は入れない。"""
        if kaitei_ari(nendo):
            wake = {h: kaita(self.hantoshi[h]) for h in aru}
            chingin: dict[str, Any] = {h: v for h, v in wake.items() if v}
        else:
            chingin = kaita({h: self.gokei[h] for h in aru}) or {}
        out = {
            "nendo": nendo,
            "hoshiki": "jimukumiai",
            "kaisu": 1,
            "chingin": chingin,
            "mikomi": kaita({h: self.mikomi[h] for h in aru}),
        }
        if self.sumi.value.strip():
            out["shinkokuzumi_gaisan"] = self.sumi.value
        toku = kaita(self.tokubetsu) if "rosai" in aru else None
        if toku:
            out["tokubetsu_kanyu"] = {
                k: nichigaku(v) for k, v in ({"kakutei": "なし"} | toku).items()
            }
        return out


class ZennenSaGamen(Gamen):
    """去年との差の画面。入力が変わるたびに計算し直す。"""

    namae = "去年との差の画面"

    def __init__(self) -> None:
        koyo = table("koyo_hokenritsu")
        years = [
            (f"{nendo_label(y + 1)}と{nendo_label(y)}の年度更新", y)
            for y in range(koyo.latest.year - 1, koyo.first.year, -1)
        ]
        self.nendo = erabu("nendo", "くらべる年", years, years[0][1])
        self.kankei = erabu("hoken_kankei", "成立している保険", options(HOKEN_KANKEI), "ryohoken")
        self.gyoshu = Gyoshu("業種（労災保険）", gyoshu_no_sentakushi())
        self.kubun = erabu("koyo_kubun", "雇用保険の事業の区分", options(KOYO_KUBUN), "ippan")
        self.kyotsu: list[Komoku] = [self.nendo, self.kankei, self.gyoshu, self.kubun]
        self.kyonen_gyoshu = Gyoshu("去年の業種（違う時だけ）", gyoshu_no_sentakushi())
        self.kyonen_gyoshu.field = "kyonen.gyoshu"
        self.kyonen_kubun = erabu(
            "kyonen.koyo_kubun",
            "去年の雇用の区分（違う時だけ）",
            [("今年と同じ", None), *options(KOYO_KUBUN)],
            None,
            "去年の年度更新で使った、雇用保険の事業の区分。",
        )
        self.kyonen = Toshi("kyonen", "去年", "去年の申告書の⑱の額。")
        self.kotoshi = Toshi("kotoshi", "今年", "")
        hojo = "メリット制の通知がある年度だけ。1000分のいくつ。例 2.04"
        self.ritsu = [
            moji(field, "", hojo)
            for field in (
                "kyonen.rosai_ritsu.kakutei",
                "kyonen.rosai_ritsu.gaisan",
                "kotoshi.rosai_ritsu.gaisan",
            )
        ]
        self.kuwashiku = Hiraku(
            "くわしい条件（業種や区分の変更、特別加入、メリット、見込み）",
            (
                self.kyonen_gyoshu,
                self.kyonen_kubun,
                *self.ritsu,
                *self.kyonen.kuwashii,
                *self.kotoshi.kuwashii,
            ),
        )
        self.komoku: list[Komoku] = [
            *self.kyotsu,
            *self.kyonen.omona,
            *self.kotoshi.omona,
            *self.kuwashiku.komoku,
        ]
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        self._busy = False
        for k in self.komoku:
            k.on_change(self._changed)
        self.mae_midashi, self.ato_midashi = midashi(""), midashi("")
        self.view = hako(
            hako(*(k.hako for k in self.kyotsu), css=["hk-sanretsu"]),
            hako(
                hako(self.mae_midashi, *(k.hako for k in self.kyonen.omona), css=["hk-retsu"]),
                hako(self.ato_midashi, *(k.hako for k in self.kotoshi.omona), css=["hk-retsu"]),
                css=["hk-sanretsu"],
            ),
            yoko(botan("例を入れる", self._rei), botan("全部消す", self._kesu)),
            self.kuwashiku.hako,
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            css=["hk-view", "hk-zennen"],
        )
        self._changed(None)

    # ---- 入力 → 計算 ----
    def _aru(self) -> list[str]:
        return [h for h in HOKEN if self.kankei.value in ("ryohoken", h)]

    def data(self) -> dict[str, Any]:
        """いまの画面の入力。"""
        aru, nendo = self._aru(), self.nendo.value
        mae, ima, tsugi = (k.value.strip() or None for k in self.ritsu)
        out = {}
        for toshi, y, kakutei, gaisan in (
            (self.kyonen, nendo - 1, mae, ima),
            (self.kotoshi, nendo, ima, tsugi),
        ):
            ichinen = toshi.data(y, aru) | {"hoken_kankei": self.kankei.value}
            if "rosai" in aru:
                ichinen |= {"gyoshu": self.gyoshu.bango()}
                ichinen |= {"rosai_ritsu": {"kakutei": kakutei, "gaisan": gaisan}}
            if "koyo" in aru:
                ichinen |= {"koyo_kubun": self.kubun.value}
            out[toshi.id] = ichinen
        chigau = self._chigau()
        if self.kyonen_gyoshu.field in chigau:
            out["kyonen"]["gyoshu"] = self.kyonen_gyoshu.bango()
        if self.kyonen_kubun.field in chigau:
            out["kyonen"]["koyo_kubun"] = self.kyonen_kubun.value
        return out

    def _chigau(self) -> list[str]:
        """去年だけの値を書いた欄。"""
        ran = (self.kyonen_gyoshu, self.kyonen_kubun)
        return [k.field for k in ran if k.mieru and str(k.value or "").strip()]

    def _changed(self, _: Any) -> None:
        if self._busy:
            return
        aru, nendo = self._aru(), self.nendo.value
        self.gyoshu.visible("rosai" in aru)
        self.gyoshu.kouho_wo_dasu()
        self.kubun.visible("koyo" in aru)
        self.kyonen_gyoshu.visible("rosai" in aru)
        self.kyonen_gyoshu.kouho_wo_dasu()
        if not self.kyonen_gyoshu.value.strip():
            self.kyonen_gyoshu.show_hojo("去年の年度更新で使った業種。空なら、今年と同じ。")
        self.kyonen_kubun.visible("koyo" in aru)
        for toshi, y, box in (
            (self.kyonen, nendo - 1, self.mae_midashi),
            (self.kotoshi, nendo, self.ato_midashi),
        ):
            toshi.narabe(y, aru)
            box.value = (
                f"{toshi.toshi}: {nendo_label(y + 1)}の年度更新"
                f"<small>（{nendo_label(y)}の確定と{nendo_label(y + 1)}の概算）</small>"
            )
        for k, y in zip(self.ritsu, (nendo - 1, nendo, nendo + 1), strict=True):
            k.widget.description = f"通知された労災保険率（{nendo_label(y)}）"
            k.visible("rosai" in aru)
        self.kuwashiku.kaku()
        data = self.data()
        mae = nendo_koshin.calc(data["kyonen"])
        gaku = ""
        if isinstance(mae, Keisan):
            gaisan = mae.values["gaisan_hokenryo"]
            gaku = f" {yen(gaisan)} "
            data["kotoshi"].setdefault("shinkokuzumi_gaisan", gaisan)
        self.kotoshi.sumi.show_hojo(
            f"今年の申告書の⑱の額。書かなければ、去年の概算保険料{gaku}とします。"
        )
        self._show(data)

    def _show(self, data: dict[str, Any]) -> None:
        answer = calc(data)
        for k in self.komoku:
            k.show_error("")
        if isinstance(answer, Keisan):
            self.omona.html = omona(answer, self.nendo.value)
            self.kekka.html = kekka(answer)
            return
        errors = self._matomeru(getattr(answer, "errors", []), data)
        for e in errors:
            for k in komoku_of(e.field, self.komoku) if e.code != "hissu" else ():
                k.show_error(e.message)
                if k in self.kuwashiku.komoku:
                    self.kuwashiku.hiraku(True)
        self.omona.html = kekka_no_ayamari(errors, self.komoku)
        self.kekka.html = ""

    def _matomeru(self, errors: Sequence[Ayamari], data: dict[str, Any]) -> list[Ayamari]:
        """2年に共通の欄の誤りを1つにする。足りない項目には、去年か今年かをつける。"""
        chigau = self._chigau()
        out: dict[tuple[str, str], Ayamari] = {}
        for e in errors:
            toshi, _, nokori = e.field.partition(".")
            code = "hissu" if e.code == "zenki_koki" and not data[toshi]["chingin"] else e.code
            kyotsu = nokori in KYOTSU and e.field not in chigau
            field = nokori if kyotsu else KASANARU.get(e.field, e.field)
            if (field, code) == ("kotoshi.shinkokuzumi_gaisan", "hissu"):
                continue
            dochira = self.kyonen.toshi if toshi == self.kyonen.id else self.kotoshi.toshi
            kotowari = f"{dochira}: " if code == "hissu" and field not in KYOTSU else ""
            out.setdefault((field, code), Ayamari(field, code, kotowari + e.message))
        return list(out.values())

    def _rei(self, _: Any) -> None:
        self._fill(True)

    def _kesu(self, _: Any) -> None:
        self._fill(False)

    def _fill(self, rei: bool) -> None:
        self._busy = True
        for k in self.komoku:
            k.modosu()
        if rei:
            self.gyoshu.widget.value = "98 卸売業・小売業、飲食店又は宿泊業"
            for toshi in (self.kyonen, self.kotoshi):
                atai = REI[toshi.id]
                for h in HOKEN:
                    toshi.gokei[h].widget.value = atai[h]
                toshi.sumi.widget.value = atai.get("sumi", "")
                for ran, yen_ in zip(
                    toshi.tokubetsu.values(), REI_TOKUBETSU[toshi.id], strict=True
                ):
                    ran.widget.value = yen_
        self.kuwashiku.hiraku(False)
        self._busy = False
        self._changed(None)


# ---- 結果 ----
def omona(answer: Keisan, nendo: int) -> str:
    """差と、いちばん大きい理由。"""
    v = answer.values
    fu = min(v["kyonen_nofu"], v["kotoshi_nofu"]) < 0
    modoru = f'<p class="hk-dare">{MODORU}</p>' if fu else ""
    return (
        dare(f"{nendo_label(nendo)}と{nendo_label(nendo + 1)}の年度更新。")
        + f'<p class="hk-hitokoto">{escape(hitokoto(v))}</p>'
        + omona_hyo(
            [("去年払う額", v["kyonen_nofu"]), ("今年払う額", v["kotoshi_nofu"])], ("差", v["sa"])
        )
        + modoru
    )


def kekka(answer: Keisan) -> str:
    """滝の図、理由の文、分け方、1行ずつの計算。"""
    v = answer.values
    aru = [u for u in v["uchiwake"] if u["kingaku"]]
    nai = [u["namae"] for u in v["uchiwake"] if not u["kingaku"]]
    zu = taki(
        "去年払う額から、今年払う額まで",
        Dan("去年払う額", v["kyonen_nofu"]),
        [Dan(u["namae"], u["kingaku"]) for u in aru],
        Dan("今年払う額", v["kotoshi_nofu"]),
    )
    bun = "".join(f"<li>{escape(u['setsumei'])}</li>" for u in aru)
    kawaranai = f"<p>変わらないもの: {'、'.join(nai)}。</p>" if nai else ""
    kei = " ".join(fugo(u["kingaku"]) for u in aru)
    awaseru = f"<p>合わせると {kei} ＝ {fugo(v['sa'])}。差と1円まで同じです。</p>" if aru else ""
    return (
        f'<div class="hk-futatsu"><div><h2>どこで変わったか</h2>{zu}</div>'
        f"<div>{hikaku_no_hyo(answer)}{WAKEKATA}</div></div>"
        f'<h2>理由</h2><ul class="hk-riyu">{bun}</ul>{kawaranai}{awaseru}'
        + chui(replace(answer, chui=tuple(c for c in answer.chui if c.message != MODORU)))
        + '<div class="hk-nimaime"><h2>差の計算</h2><p class="hk-osu">行を押すと、式が開きます。</p>'
        + to_html(answer.bu[-1].steps())
        + '<details class="hk-zenbu" data-line="zenbu"><summary>去年・今年の年度更新と、入れ替えた概算の計算</summary>'
        + ichigyo_zutsu(replace(answer, bu=answer.bu[:-1]))
        + "</details></div>"
    )


def hikaku_no_hyo(answer: Keisan) -> str:
    """払う額の3つの部分を、去年・今年・差で並べた表。"""
    r = answer.run
    body = ""
    for label, id in HIKAKU:
        mae, ima = r[f"kyonen_{id}"], r[f"kotoshi_{id}"]
        su = "".join(f"<td>{x}</td>" for x in (number(mae), number(ima), fugo(ima - mae)[:-1]))
        css = ' class="hk-erabu"' if id == "nofu" else ""
        body += f'<tr{css}><th scope="row">{label}</th>{su}</tr>'
    head = "".join(f'<th scope="col">{x}</th>' for x in ("円", "去年", "今年", "差"))
    return (
        '<h2>去年と今年の額</h2><table class="hk-renshu-hyo hk-hikaku"><thead>'
        f"<tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


HIKAKU = (
    ("確定保険料", "kakutei"),
    ("申告済みの概算", "shinkokuzumi"),
    ("精算", "seisan"),
    ("概算保険料", "gaisan"),
    ("一般拠出金", "kyoshutsukin"),
    ("払う額", "nofu"),
)
WAKEKATA = (
    '<div class="hk-wakekata"><strong>この分け方</strong><ul>'
    "<li>払う額 ＝ 前の年度の精算 ＋ 概算保険料 ＋ 一般拠出金。還付されるお金は引きます。納める回数では変わりません。</li>"
    "<li>精算は、確定 − 申告済みの概算。精算と一般拠出金は、今年の額から去年の額を引きます。</li>"
    "<li>概算保険料は、去年の計算から始めて、賃金 → 業種の労災保険率 → メリット → 雇用保険率 → 特別加入の順に1つずつ今年の物に入れ替え、動いた額をその理由の額とします。賃金が先なのは、率は賃金に掛ける数だからです。順を変えると各理由の額は少し変わりますが、合計は同じです。</li></ul></div>"
)
