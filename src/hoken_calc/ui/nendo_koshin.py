"""年度更新の計算画面。"""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from ..kekka import Ayamari, Keisan, Kotae
from ..kibetsu import HOKEN_KANKEI, HOSHIKI
from ..nendo_koshin import calc, kaitei_ari
from ..nendo_koshin.nyuryoku import GYO, HIHOKENSHA_KUBUN, ROSAI_KUBUN, SHOYO, TSUKI
from ..nendo_koshin.shiki import ENNO_KANO, JUTO_ISHI, KAISU, KOYO_KUBUN
from ..nyuryoku import Yomenai, en, nin, seiri
from ..sheet.render import number, yen
from ..tables import nendo_label, table
from . import link
from .buhin import (
    NICHIGAKU_HOJO,
    Gamen,
    Gyoshu,
    Hiraku,
    Hyo,
    Hyoji,
    Komoku,
    botan,
    botan_erabu,
    erabu,
    hai,
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
    ikkai_de,
    kekka_no_ayamari,
    kibetsu_hyo,
    komoku_of,
    omona_hyo,
    options,
)
from .kumiai import KumiaiRan
from .yoshiki import e_ni_suru

KUBUN = ROSAI_KUBUN | HIHOKENSHA_KUBUN
REI = {
    "gyoshu": "98 卸売業・小売業、飲食店又は宿泊業",
    "rosai": "25,143,210",
    "koyo": "24,100,321",
    "sumi": "398,000",
}


class NendoKoshinGamen(Gamen):
    """年度更新の画面。入力が変わるたびに計算し直す。"""

    namae = "年度更新の計算画面"

    def __init__(self) -> None:
        koyo = table("koyo_hokenritsu")
        saigo = koyo.latest.year
        years = [
            (
                f"{nendo_label(y)}の確定"
                + ("（確定だけ）" if y == saigo else f"と{nendo_label(y + 1)}の概算"),
                y,
            )
            for y in range(saigo, koyo.first.year - 1, -1)
        ]
        self.nendo = erabu("nendo", "年度", years, saigo - 1)
        self.hoshiki = botan_erabu("hoshiki", "申告の方式", options(HOSHIKI), "jimukumiai")
        self.kankei = erabu("hoken_kankei", "成立している保険", options(HOKEN_KANKEI), "ryohoken")
        self.gyoshu = Gyoshu("業種（労災保険）", gyoshu_no_sentakushi())
        self.kubun = erabu("koyo_kubun", "雇用保険の事業の区分", options(KOYO_KUBUN), "ippan")
        self.irekata = botan_erabu(
            "irekata", "賃金の入れ方", [("1年の合計", "gokei"), ("月別の表", "tsuki")], "gokei"
        )
        hojo = "単位は円。カンマや全角の数字でも書けます。"
        self.rosai = moji("chingin.rosai", "労災の賃金総額", hojo)
        self.koyo = moji("chingin.koyo", "雇用の賃金総額", hojo)
        self.rosai_zenki = moji("chingin.rosai.zenki", "労災の賃金 4〜9月", "円")
        self.rosai_koki = moji("chingin.rosai.koki", "労災の賃金 10〜3月", "円")
        self.koyo_zenki = moji("chingin.koyo.zenki", "雇用の賃金 4〜9月", "円")
        self.koyo_koki = moji("chingin.koyo.koki", "雇用の賃金 10〜3月", "円")
        self.hyo = _tsukibetsu_hyo()
        self.hyo_chui = w.HTML()
        self.hyo_chui.add_class("hk-ayamari")
        self.hyo_hako = hako(self.hyo, self.hyo_chui)
        self.sumi = moji(
            "shinkokuzumi_gaisan",
            "申告済みの概算保険料",
            "前の年度更新で申告した概算保険料（今年の申告書なら、⑱に印字される額）。",
        )
        self.kaisu = botan_erabu("kaisu", "納付回数", options(KAISU), 3)
        self.juto = erabu(
            "juto_ishi",
            "払い過ぎの時の充当意思",
            [("書いていない", 0), *((f"{v} {t}", v) for v, t in JUTO_ISHI.items())],
            0,
        )
        self.kanpu = hai("kanpu_seikyu", "払い過ぎた額は、充当せずに還付を請求する")
        self.nomi = hai("kakutei_nomi", "確定だけ計算する（廃止・委託解除）")
        self.ritsu_k = moji(
            "rosai_ritsu.kakutei",
            "通知された労災保険率（確定）",
            "メリット制の通知がある時だけ。1000分のいくつ。例 2.04",
        )
        self.ritsu_g = moji(
            "rosai_ritsu.gaisan", "通知された労災保険率（概算）", "同じく、概算の年度の率"
        )
        self.mikomi_r = moji("mikomi.rosai", "労災の見込賃金", "書かなければ確定と同じ額。")
        self.mikomi_k = moji("mikomi.koyo", "雇用の見込賃金", "書かなければ確定と同じ額。")
        self.toku_k = moji(
            "tokubetsu_kanyu.kakutei", "特別加入の給付基礎日額（確定）", NICHIGAKU_HOJO
        )
        self.toku_g = moji(
            "tokubetsu_kanyu.gaisan", "特別加入の給付基礎日額（概算）", NICHIGAKU_HOJO
        )
        self.kuwashiku = Hiraku(
            "くわしい条件（充当・還付、見込み、特別加入、メリット、確定だけ）",
            (
                self.juto,
                self.mikomi_r,
                self.mikomi_k,
                self.toku_k,
                self.toku_g,
                self.ritsu_k,
                self.ritsu_g,
                self.kanpu,
                self.nomi,
            ),
        )
        self.komoku: list[Komoku] = [x for x in vars(self).values() if isinstance(x, Komoku)]
        self.kekka = Hyoji()
        self.omona = Hyoji(tsugeru=True)
        for k in self.komoku:
            k.on_change(self._changed)
        self.hyo.observe(self._changed, "atai")
        self.kumiai = KumiaiRan(self._changed)
        self._busy = False
        self.view = self._narabe()
        self._changed(None)

    # ---- 並べ方 ----
    def _narabe(self) -> w.Widget:
        def retsu(title: str, *komoku: Komoku) -> w.Box:
            return hako(midashi(title), *(k.hako for k in komoku), css=["hk-retsu"])

        jigyojo = retsu("1. 事業場", self.nendo, self.hoshiki, self.kankei, self.gyoshu, self.kubun)
        chingin = retsu(
            "2. 賃金",
            self.irekata,
            self.rosai,
            self.rosai_zenki,
            self.rosai_koki,
            self.koyo,
            self.koyo_zenki,
            self.koyo_koki,
        )
        seisan = retsu("3. 精算と納付", self.sumi, self.kaisu)
        seisan.children += (yoko(botan("例を入れる", self._rei), botan("全部消す", self._kesu)),)
        return hako(
            hako(jigyojo, chingin, seisan, css=["hk-sanretsu"]),
            self.hyo_hako,
            self.kuwashiku.hako,
            hako(self.omona, self.kumiai.hako, self.kekka, css=["hk-kekka"]),
            css=["hk-view"],
        )

    # ---- 入力 → 計算 ----
    def _changed(self, _: Any) -> None:
        if self._busy:
            return
        self._dashiwake()
        self.kuwashiku.kaku()
        answer, ikkai = keisan(self.data())
        self.kaisu.show_hojo(ikkai)
        self._hyo_no_ayamari()
        self._show(answer, ikkai)

    def _dashiwake(self) -> None:
        kankei, tsuki = self.kankei.value, self.irekata.value == "tsuki"
        wakeru = kaitei_ari(self.nendo.value) and not tsuki
        rosai, koyo = kankei != "koyo", kankei != "rosai"
        self.gyoshu.visible(rosai)
        self.kubun.visible(koyo)
        self.rosai.visible(rosai and not tsuki and not wakeru)
        self.koyo.visible(koyo and not tsuki and not wakeru)
        for k in (self.rosai_zenki, self.rosai_koki):
            k.visible(rosai and wakeru)
        for k in (self.koyo_zenki, self.koyo_koki):
            k.visible(koyo and wakeru)
        self.hyo_hako.layout.display = None if tsuki else "none"
        tokubetsu = rosai and self.hoshiki.value == "jimukumiai"
        self.toku_k.visible(tokubetsu)
        self.toku_g.visible(tokubetsu)
        for k in (self.ritsu_k, self.ritsu_g, self.mikomi_r):
            k.visible(rosai)
        self.mikomi_k.visible(koyo)
        self.kaisu.visible(not self._kakutei_nomi())
        tsugi = nendo_label(self.nendo.value + 1)
        self.mikomi_r.widget.description = f"{tsugi}の労災の見込賃金"
        self.mikomi_k.widget.description = f"{tsugi}の雇用の見込賃金"
        for k in (self.mikomi_r, self.mikomi_k, self.toku_g, self.ritsu_g):
            k.visible(k.hako.layout.display != "none" and not self._kakutei_nomi())
        self.gyoshu.kouho_wo_dasu()

    def _kakutei_nomi(self) -> bool:
        return bool(self.nomi.value) or self.nendo.value == table("koyo_hokenritsu").latest.year

    def data(self) -> dict[str, Any]:
        """いまの画面の入力。空の欄は入れない。"""
        kankei = self.kankei.value
        out: dict[str, Any] = {
            "nendo": self.nendo.value,
            "hoshiki": self.hoshiki.value,
            "hoken_kankei": kankei,
            "koyo_kubun": self.kubun.value,
            "chingin": self._chingin(),
            "kakutei_nomi": self._kakutei_nomi(),
            "kanpu_seikyu": self.kanpu.value,
            "juto_ishi": self.juto.value or None,
            "kaisu": None if self._kakutei_nomi() else self.kaisu.value,
        }
        if (gyoshu := self.gyoshu.bango()) is not None:
            out["gyoshu"] = gyoshu
        if self.sumi.value.strip():
            out["shinkokuzumi_gaisan"] = self.sumi.value
        rosai, koyo = kankei != "koyo", kankei != "rosai"
        out["rosai_ritsu"] = (
            kaita({"kakutei": self.ritsu_k, "gaisan": self.ritsu_g}) if rosai else None
        )
        mikomi = {"rosai": self.mikomi_r} if rosai else {}
        out["mikomi"] = kaita(mikomi | ({"koyo": self.mikomi_k} if koyo else {}))
        if rosai and self.hoshiki.value == "jimukumiai":
            toku = kaita({"kakutei": self.toku_k, "gaisan": self.toku_g})
            if toku:
                toku = {"kakutei": "なし", **toku}
                out["tokubetsu_kanyu"] = {k: nichigaku(v) for k, v in toku.items()}
        return out

    def _chingin(self) -> dict[str, Any]:
        kankei = self.kankei.value
        if self.irekata.value == "tsuki":
            return {"tsukibetsu": self._tsukibetsu()} if any(map(any, self.hyo.atai)) else {}
        out: dict[str, Any] = {}
        wakeru = kaitei_ari(self.nendo.value)
        for hoken, gokei, zenki, koki in (
            ("rosai", self.rosai, self.rosai_zenki, self.rosai_koki),
            ("koyo", self.koyo, self.koyo_zenki, self.koyo_koki),
        ):
            if kankei not in ("ryohoken", hoken):
                continue
            if wakeru:
                halves = kaita({"zenki": zenki, "koki": koki})
                if halves:
                    out[hoken] = halves
            elif gokei.value.strip():
                out[hoken] = gokei.value
        return out

    def _tsukibetsu(self) -> dict[str, Any]:
        out = {}
        for c, kubun in enumerate(KUBUN):
            ninzu = [_zero(self.hyo.atai[r][2 * c]) for r in range(TSUKI)]
            yen = [_zero(self.hyo.atai[r][2 * c + 1]) for r in range(TSUKI + SHOYO)]
            if any(x != "0" for x in ninzu + yen):
                out[kubun] = {"ninzu": ninzu, "en": yen}
        return out

    def _hyo_no_ayamari(self) -> None:
        bad: dict[str, str] = {}
        gokei = [0] * (2 * len(KUBUN))
        for r, row in enumerate(self.hyo.atai):
            for c, text in enumerate(row):
                if _zero(text) == "0":
                    continue
                try:
                    gokei[c] += (en if c % 2 else nin)(text)
                except Yomenai as e:
                    bad[f"{r},{c}"] = str(e)
        self.hyo.ayamari = bad
        self.hyo.gokei = [number(x) for x in gokei]
        messages = [f"{self._masu(k)}: {m}" for k, m in list(bad.items())[:3]]
        if len(bad) > len(messages):
            messages.append(f"ほかに {len(bad) - len(messages)} か所（赤います）。")
        self.hyo_chui.value = "<br>".join(map(escape, messages))

    def _masu(self, key: str) -> str:
        r, c = map(int, key.split(","))
        return f"{GYO[r]}の{self.hyo.yobina[c]}"

    # ---- 結果 ----
    def _show(self, answer: Kotae, ikkai: str) -> None:
        for k in self.komoku:
            k.show_error("")
        jimukumiai = self.hoshiki.value == "jimukumiai"
        self.kumiai.hako.layout.display = (
            None if jimukumiai and isinstance(answer, Keisan) else "none"
        )
        if isinstance(answer, Keisan):
            bun = f"<p>{ikkai}</p>" if ikkai else ""
            self.omona.html = omona(answer) + bun + kibetsu_hyo(answer.values["kibetsu"])
            self.kekka.html = kekka(answer)
            ki = [(k["nofu_gaku"], k["nofu_kigen"]) for k in answer.values["kibetsu"] or []]
            nai = "" if ki else "確定だけの計算なので、集金日は出しません。"
            self.kumiai.dasu(self.nendo.value + 1, ki, nai)
            return
        errors: list[Ayamari] = getattr(answer, "errors", [])
        kara = not self._chingin()
        for e in errors:
            if e.code == "hissu" or (kara and e.code == "zenki_koki"):
                continue
            for k in komoku_of(e.field, self.komoku):
                k.show_error(e.message)
                if k in self.kuwashiku.komoku:
                    self.kuwashiku.hiraku(True)
        self.omona.html = kekka_no_ayamari(errors, self.komoku, kara)
        self.kekka.html = ""

    def _rei(self, _: Any) -> None:
        self._fill(REI)

    def _kesu(self, _: Any) -> None:
        self._fill({})

    def _fill(self, atai: dict[str, str]) -> None:
        """全部を開いた時の値に戻してから、`atai` を入れる。"""
        self._busy = True
        self.modosu()
        self.kumiai.modosu()
        for name, value in atai.items():
            getattr(self, name).widget.value = value
        self.kuwashiku.hiraku(False)
        self._busy = False
        self._changed(None)


def _zero(text: str) -> str:
    """空と「-」は 0。"""
    return "0" if seiri(text) in ("", "-", "ー", "−", "―") else text


def _tsukibetsu_hyo() -> Hyo:
    labels = [(label, unit) for label in KUBUN.values() for unit in ("人数", "円")]
    return Hyo(
        field="tsukibetsu",
        setsumei="Excel の表を、ますに貼り付けられます（月の名前の列と見出しの行は、自動で外します。計の行は入れないでください）。人数は各月末の人数。",
        gyo=GYO,
        retsu=[unit for _, unit in labels],
        yobina=[f"{label} {unit}" for label, unit in labels],
        kumi=[
            *([f"労災: {label}", 2] for label in ROSAI_KUBUN.values()),
            *([f"雇用: {label}", 2] for label in HIHOKENSHA_KUBUN.values()),
        ],
        nashi=[[r, c] for r in range(TSUKI, TSUKI + SHOYO) for c in range(0, 2 * len(KUBUN), 2)],
        atai=[[""] * (2 * len(KUBUN)) for _ in GYO],
        gokei=["0"] * (2 * len(KUBUN)),
    )


def keisan(data: dict[str, Any]) -> tuple[Kotae, str]:
    """計算する。延納できなければ1回で計算し、その訳を返す。確定まで隠さないため。"""
    answer, fuka = ikkai_de(calc, dict(data))
    if not fuka:
        return answer, ""
    assert isinstance(answer, Keisan)
    gaku = yen(answer.values["gaisan_hokenryo"])
    return (
        answer,
        f"延納できないので、1回で計算しています。{ENNO_KANO}いまの概算保険料は {gaku}です。",
    )


def omona(answer: Keisan) -> str:
    """いちばん大事な額。"""
    v = answer.values
    amounts = [("確定保険料", v["kakutei_hokenryo"])]
    if v["gaisan_hokenryo"] is not None:
        amounts.append(("概算保険料", v["gaisan_hokenryo"]))
    if answer.run["hoken_kankei"] != "koyo":
        amounts.append(("一般拠出金", v["ippan_kyoshutsukin"]))
    for label, key in (
        ("不足額", "fusoku_gaku"),
        ("充当額", "juto_gaku"),
        ("還付額", "kanpu_gaku"),
    ):
        if v[key]:
            amounts.append((label, v[key]))
    if v["kakutei_nofu_gaku"] is not None:
        amounts.append(("納める額", v["kakutei_nofu_gaku"]))
    nendo = answer.run["nendo"]
    gaisan = "" if v["gaisan_hokenryo"] is None else f"と{nendo_label(nendo + 1)}の概算"
    midashi = dare(f"{nendo_label(nendo)}の確定{gaisan}。", len(answer.warnings))
    return midashi + omona_hyo(amounts)


def kekka(answer: Keisan) -> str:
    """申告書の絵、1行ずつの計算、注意。"""
    return "".join((chui(answer), _nigen_e(answer), e_ni_suru(answer), ichigyo_zutsu(answer)))


def _nigen_e(answer: Keisan) -> str:
    """建設の事業なら、二元適用のページへのリンク。"""
    if not any(c.code == "nigen_kensetsu" for c in answer.chui):
        return ""
    atai = {k: answer.run[k] for k in ("nendo", "hoshiki")}
    url = link.hoka_no_note("nigen", atai)
    return f'<p class="hk-insatsu-nashi"><a href="{escape(url)}">建設の会社の3つの申告を、二元適用のページで計算する</a></p>'
