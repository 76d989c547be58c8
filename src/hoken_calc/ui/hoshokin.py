"""報奨金の画面。委託事業場の一覧から、要件・額・申請書に書く事項まで。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import escape
from typing import Any

from .. import calc
from ..hoshokin import ITAKU_SCHEMA, KITEI, SCHEMA, SETTEI
from ..hoshokin.kuraberu import Kawari, kawaru, tarinai
from ..hoshokin.shiki import KUBUN
from ..hoshokin.shinseisho import shinseisho
from ..kekka import Keisan, Kotae, Taishogai
from ..sheet import Run, to_html
from ..sheet.render import number
from ..tables import data_dir, jp, nendo_label, table
from .buhin import (
    Gamen,
    Hiraku,
    Hyo,
    Hyoji,
    Komoku,
    botan,
    erabu,
    hai,
    hako,
    midashi,
    moji,
    yoko,
)
from .ichiran import Ichiran, betsumei, masu, retsu
from .kekka_hyoji import (
    chui,
    dare,
    hizuke,
    ichigyo_zutsu,
    kekka_no_ayamari,
    options,
)

KAZU = 300
SAIDAI = SCHEMA["properties"]["itaku"]["maxItems"]
KUWASHII = 1000
MISERU = 20
MIHON = "itaku_hoshokin.csv"
MIHON_NENDO = 2025
RETSU = retsu(ITAKU_SCHEMA)
HISSU = ("枝番号", "労働者数", "保険関係", "確定保険料", "納付額")
KAKIKATA = (
    '<p class="hk-dare hk-insatsu-nashi"><strong>納付額</strong> は判定日（7月10日）までに納めた額で、追徴金・延滞金も入れます。'
    "<strong>督促後の納付</strong> は、納付額のうち督促を受けてから納めた労働保険料です。"
    "<strong>保険関係</strong> は「労災と雇用の両方」「労災だけ」「雇用だけ」。"
    "<strong>二元適用</strong> の事業は「はい」。二元適用は、労災と雇用を別の行に書きます。"
    "<strong>一般拠出金の納付</strong> にも、一般拠出金の追徴金・延滞金を入れます。</p>"
)
ONAJI = "onaji"
IPPAN = [("労働保険料と同じ", ONAJI), ("無い", "nashi"), ("有る", "ari")]
NANI = [
    ("人数が変わる", "nin"),
    ("督促を受けてから納めた", "tokusoku"),
    ("全部納めた", "kanno"),
]
IRO = {
    "定率": "#1f5f5b",
    "6号イ": "#3f8580",
    "6号ロ": "#6aa5a0",
    "7号イ": "#9dbfbc",
    "7号ロ": "#c7dbd9",
    "電子化分": "#7b8794",
    "一般拠出金": "#b7791f",
}


class ItakuHyo(Hyo):
    """委託事業場の表。枝番号はリンクに載せず、リンクから開く時は1からの番号を入れる。"""

    def link_kara(self, text: str) -> str:
        """リンクの値を入れる。入らなければ理由。"""
        if wake := super().link_kara(text):
            return wake
        self.atai = [[str(i), *row[1:]] if any(row) else row for i, row in enumerate(self.atai, 1)]
        self.shirase = "リンクには枝番号が入らないので、代わりに1からの番号を入れました。"
        return ""


class HoshokinGamen(Gamen):
    """報奨金の画面。表に貼り付けるか、CSV・xlsx から読む。"""

    namae = "報奨金の計算画面"

    def __init__(self) -> None:
        kofu = table("hoshokin")
        nendo = [
            (f"{nendo_label(y - 1)}の確定", y - 1)
            for y in range(kofu.saigo_nendo, kofu.first.year - 1, -1)
        ]
        self.nendo = erabu("nendo", "確定の保険年度", nendo, nendo[0][1])
        self.tanka = moji(
            "denshika_tanka",
            "電子化分の単価（円）",
            "通知で単価が分かる時だけ。空なら計算しません。",
        )
        self.taino = hai("taino_shobun", "滞納処分（徴収法27条3項）を受けた")
        self.fusei = hai("fusei", "不正の行為で徴収を免れた、還付を受けた")
        hojo = "一般拠出金の分だけの要件。労働保険料とは別に見ます。"
        self.ippan_taino = erabu("ippan_taino_shobun", "一般拠出金の滞納処分", IPPAN, ONAJI, hojo)
        self.ippan_fusei = erabu("ippan_fusei", "一般拠出金の不正の行為", IPPAN, ONAJI, hojo)
        self.settei = [
            erabu(f"settei.{k}", label, options(choices), KITEI[k], setsumei)
            for k, (label, choices, setsumei) in SETTEI.items()
        ]
        self.hiraku = Hiraku("条文に定めのない点の決め方", self.settei)
        self.komoku: list[Komoku] = [
            self.nendo,
            self.tanka,
            self.taino,
            self.fusei,
            self.ippan_taino,
            self.ippan_fusei,
            *self.settei,
        ]
        self.hyo = ItakuHyo(
            field="itaku",
            nosenai=[list(RETSU.values()).index("eda")],
            setsumei=f"Excel の一覧を、{KAZU}件まで貼り付けられます。見出しの行も一緒に写すと、列の順が違っても名前で合わせ、一覧を入れ替えます（見出しが無ければ、この表の順で、貼った所から）。",
            gyo=[str(i) for i in range(1, KAZU + 1)],
            saidai=KAZU,
            retsu=list(RETSU),
            hissu=list(HISSU),
            id=list(RETSU.values()),
            yobina=list(RETSU),
            betsumei=betsumei(ITAKU_SCHEMA),
            kumi=[["委託事業場", len(RETSU)]],
            atai=[[""] * len(RETSU) for _ in range(KAZU)],
        )
        self.hyo.add_class("hk-ichiran")
        self.ichiran = Ichiran(self.hyo, SAIDAI, self._changed, self.nendo)
        self.dare = erabu("eda", "事業場（枝番号）", [("—", None)], None)
        self.nani = erabu("nani", "何が変わるか", NANI, "nin")
        self.nin = moji("rodoshasu", "変わった後の労働者数", "例 5人、16人。", "16")
        self.omona, self.kekka = Hyoji(tsugeru=True), Hyoji()
        for k in (self.dare, self.nani, self.nin):
            k.nosenai = True
        self.moshimo, self.owari = Hyoji(tsugeru=True), Hyoji()
        for k in self.komoku:
            k.on_change(self._changed)
        for k in (self.dare, self.nani, self.nin):
            k.on_change(self._kawaru)
        self.irekae = False
        self.answer: Kotae | None = None
        self.moshimo_hako = hako(
            midashi("3. 1つの事業場が変わったら"),
            hako(self.dare.hako, self.nani.hako, self.nin.hako, css=["hk-sanretsu"]),
            self.moshimo,
            css=["hk-tasu", "hk-insatsu-nashi"],
        )
        self.view = hako(
            midashi("1. 年度と要件"),
            hako(
                self.nendo.hako,
                self.tanka.hako,
                hako(self.taino.hako, self.fusei.hako),
                self.ippan_taino.hako,
                self.ippan_fusei.hako,
                css=["hk-sanretsu"],
            ),
            self.hiraku.hako,
            midashi("2. 委託事業場の一覧"),
            Hyoji(html=KAKIKATA),
            self.hyo,
            yoko(
                botan("例を入れる", lambda _: self._rei()),
                botan("全部消す", self._kesu),
                self.ichiran.file,
            ),
            hako(self.omona, self.kekka, css=["hk-kekka"]),
            self.moshimo_hako,
            self.owari,
            css=["hk-view", "hk-hyo-ato"],
        )
        self._changed(None)

    def _kesu(self, _: Any) -> None:
        self.ichiran.modosu()
        self.modosu()
        self.hiraku.hiraku(False)
        self._changed(None)

    def _rei(self) -> None:
        path = data_dir() / "samples" / MIHON
        self.nendo.widget.value = MIHON_NENDO
        self.ichiran.ireru(*self.ichiran.yonda(path.name, path.read_bytes()))

    def data(self) -> tuple[dict[str, Any], list[int]]:
        """いまの画面の入力と、書いてある行の番号。"""
        itaku: list[dict[str, Any]] = []
        gyo: list[int] = []
        for i, row in enumerate(self.ichiran.gyo):
            k = {RETSU[c]: x.strip() for c, x in zip(RETSU, row, strict=True) if x.strip()}
            if k:
                itaku.append(k)
                gyo.append(i)
        data = {
            "nendo": self.nendo.value,
            "itaku": itaku,
            "taino_shobun": self.taino.value,
            "fusei": self.fusei.value,
            "ippan_taino_shobun": self._ippan(self.ippan_taino),
            "ippan_fusei": self._ippan(self.ippan_fusei),
            "denshika_tanka": self.tanka.value.strip() or None,
            "settei": {k.field.split(".")[1]: k.value for k in self.settei},
        }
        return data, gyo

    @staticmethod
    def _ippan(ran: Komoku) -> bool | None:
        return None if ran.value == ONAJI else bool(ran.value == "ari")

    def _changed(self, _: Any) -> None:
        self.hiraku.kaku()
        data, gyo = self.data()
        self.hyo.ayamari = {}
        kakeru = self.ichiran.kakeru()
        self.answer = calc("hoshokin", data) if data["itaku"] and not kakeru else None
        if isinstance(self.answer, Keisan):
            self.omona.html = self._ooi_no_bun() + omona(self.answer)
            self.kekka.html = (
                yoken(self.answer)
                + fusoku(self.answer)
                + gaku_no_zu(self.answer)
                + (jigyojo_no_hyo(self.answer) if len(gyo) <= KUWASHII else "")
            )
            self.owari.html = (
                utsusu(self.answer)
                + chui(self.answer)
                + ichigyo_zutsu(replace(self.answer, bu=self.answer.bu[-1:]))
            )
        else:
            self.omona.html = kakeru or self._ooi_no_bun() + self._mada(gyo)
            self.kekka.html = self.owari.html = ""
        self._erabu_dare()
        self._kawaru(None)

    def _ooi_no_bun(self) -> str:
        ooi = len(self.ichiran.ooi) > KUWASHII
        return self.ichiran.ooi_no_bun("事業場ごとの表と、3 の比べる所も省きます。" if ooi else "")

    def _mada(self, gyo: list[int]) -> str:
        """計算できない時の知らせ。表の中の誤りには印をつける。"""
        if self.answer is None:
            return '<div class="hk-tarinai">委託事業場を入れてください。</div>'
        if isinstance(self.answer, Taishogai):
            items = "".join(f"<li>{escape(r['message'])}</li>" for r in self.answer.reasons)
            return (
                f'<div class="hk-okashii"><strong>対象になりません</strong><ul>{items}</ul></div>'
            )
        errors = getattr(self.answer, "errors", [])
        itaku = [e for e in errors if e.field.startswith("itaku.")]
        self.hyo.ayamari = {masu(e, gyo, RETSU): e.message for e in itaku}
        nokori = len(errors) - MISERU
        hoka = f"<p>ほかに {nokori} 件あります。</p>" if nokori > 0 else ""
        ayamari = kekka_no_ayamari(errors[:MISERU], self.komoku)
        return self.ichiran.zure(itaku, len(gyo)) + ayamari + hoka

    def _erabu_dare(self) -> None:
        """もしもの欄の枝番号を、いまの一覧に合わせる。選んだ事業場は変えない。"""
        dasu = isinstance(self.answer, Keisan) and len(self.ichiran.ooi) <= KUWASHII
        self.moshimo_hako.layout.display = None if dasu else "none"
        if self.answer is None or not dasu:
            self._eraberu([("—", None)], None)
            return
        if not isinstance(self.answer, Keisan):
            return
        jigyojo = self.answer.values["jigyojo"]
        bu = zip(jigyojo, self.answer.bu, strict=False)
        hajime = next(j["eda"] for j in jigyojo if j["taisho"])
        self._eraberu([(f"{j['eda']}（{b.run['rodoshasu']}人）", j["eda"]) for j, b in bu], hajime)

    def _eraberu(self, eraberu: list[tuple[str, str | None]], hajime: str | None) -> None:
        ima = self.dare.value
        aru = [v for _, v in eraberu]
        if list(self.dare.widget.options) != eraberu:
            self.irekae = True
            self.dare.widget.options = eraberu
            self.dare.widget.value = ima if ima in aru else hajime
            self.irekae = False

    def _kawaru(self, _: Any) -> None:
        self.nin.visible(self.nani.value == "nin")
        if self.irekae:
            return
        if not isinstance(self.answer, Keisan) or self.dare.value is None:
            self.moshimo.html = ""
            return
        eda = [j["eda"] for j in self.answer.values["jigyojo"]]
        bu = self.answer.bu[eda.index(self.dare.value)]
        kotae = kawaru(self.data()[0], self.dare.value, mae=self.answer, **self._kaeru(bu.run))
        self.moshimo.html = moshimo(kotae) + (
            f"<details><summary>いまの計算（枝番号{escape(self.dare.value)}）</summary>"
            f"{to_html(bu.steps())}</details>"
        )

    def _kaeru(self, run: Run) -> dict[str, Any]:
        if self.nani.value == "nin":
            return {"rodoshasu": self.nin.value}
        if self.nani.value == "tokusoku":
            return {
                "tokusoku_nofu_gaku": run["hokenryo_nofu_gaku"],
                "ippan_tokusoku_nofu_gaku": run["ippan_kyoshutsukin_nofu_gaku"],
            }
        ippan = run["ippan_kyoshutsukin"] is not None
        return {
            "nofu_gaku": run["nofu_subeki_gaku"],
            "tsuichokin_nofu_gaku": run["tsuichokin_kei"],
            "ippan_nofu_gaku": run["ippan_nofu_subeki_gaku"] if ippan else None,
            "ippan_tsuichokin_nofu_gaku": run["ippan_tsuichokin_kei"] if ippan else None,
        }


def _hyaku(bunshi: int | Fraction, bunbo: int) -> str:
    """百分率。小数第3位から先は切り捨てるので、95%に足りない額が95.00%に見えない。"""
    p = int(10000 * bunshi // bunbo)
    return f"{p // 100}.{p % 100:02}%"


def omona(answer: Keisan) -> str:
    """いちばん大事な額。"""
    v, run = answer.values, answer.run
    amounts = [("報奨金（労働保険料）", v["hoshokin"])]
    if v["ippan_hoshokin"] is not None:
        amounts.append(("報奨金（一般拠出金）", v["ippan_hoshokin"]))
    if v["denshika"] is not None:
        amounts.append(("電子化分", v["denshika"]))
    if len(amounts) > 1:
        amounts.append(("合計", v["hoshokin_gokei"]))
    cells = "".join(
        f"<div><b>{n}</b><span>{number(x)}<small>円</small></span></div>" for n, x in amounts
    )
    ritsu = _hyaku(run["nofu_gokei"], run["subeki_gokei"])
    return (
        dare(
            f"{nendo_label(run['nendo'])}の確定、{nendo_label(run['nendo'] + 1)}に申請する報奨金。"
            f"対象の事業場は {v['taisho_kensu']}件（一覧は {len(v['jigyojo'])}件）。",
            len(answer.warnings),
        )
        + f'<div class="hk-omona">{cells}<div><b>納付率</b><span>{ritsu}</span></div></div>'
    )


def yoken(answer: Keisan) -> str:
    """要件を1つずつ、いまの数と並べる。"""
    run, v = answer.run, answer.values
    made = f"{jp(run['hantei_bi'])}までに、"
    hokenryo = [
        (
            run["yoken_95"],
            f"{made}労働保険料などの95%以上を納めた",
            _yoken_no_su(run["nofu_gokei"], run["subeki_gokei"], v["yoyu"]),
        ),
        (run["taino_nashi"], "労働保険料で、滞納処分を受けていない", ""),
        (run["fusei_nashi"], "労働保険料で、不正の行為が無い", ""),
    ]
    out = (
        "<h2>要件</h2><p>追徴金・延滞金も入れ、対象の事業場を全部合わせて見ます。事業場ごとには見ません。"
        "労働保険料と一般拠出金は、別に見ます。</p>"
        + _yoken_no_hyo("労働保険料に係る報奨金", hokenryo)
        + ritsu_no_zu(run)
    )
    if v["ippan_yoken_95"] is None:
        return out
    ippan = [
        (
            run["ippan_yoken_95"],
            f"{made}一般拠出金などの95%以上を納めた",
            _yoken_no_su(run["ippan_nofu_gokei"], run["ippan_subeki_gokei"], v["ippan_yoyu"]),
        ),
        (run["ippan_taino_nashi"], "一般拠出金で、滞納処分を受けていない", ""),
        (run["ippan_fusei_nashi"], "一般拠出金で、不正の行為が無い", ""),
    ]
    return out + _yoken_no_hyo("一般拠出金に係る報奨金", ippan)


def _yoken_no_hyo(namae: str, rows: Sequence[tuple[bool, str, str]]) -> str:
    body = "".join(
        f'<tr><td class="{"hk-maru" if ok else "hk-batsu"}">{"○ 満たす" if ok else "× 満たさない"}</td>'
        f'<th scope="row">{escape(yoken)}</th><td>{escape(su)}</td></tr>'
        for ok, yoken, su in rows
    )
    return f'<h3>{namae}</h3><div class="hk-yoko"><table class="hk-yoken"><tbody>{body}</tbody></table></div>'


def _yoken_no_su(nofu: int, subeki: int, yoyu: int) -> str:
    if subeki == 0:
        return "納める額は0円"
    sa = f"{number(yoyu)}円 多い" if yoyu >= 0 else f"{number(-yoyu)}円 足りない"
    return f"{number(nofu)}円 ÷ {number(subeki)}円 = {_hyaku(nofu, subeki)}。95%より {sa}"


def ritsu_no_zu(run: Run) -> str:
    """納付率と95%の線の図。"""
    nofu, subeki = run["nofu_gokei"], run["subeki_gokei"]
    iro = "#1f5f5b" if run["yoken_95"] else "#a61b1b"
    ritsu, kyoukai = _hyaku(nofu, subeki), _hyaku(run["hitsuyo_gaku"], subeki)
    return (
        '<svg class="hk-obi" height="46" role="img"><title>納付率</title>'
        f"<desc>納めるべき額の {ritsu} を納めた。要件は95%。</desc>"
        '<rect y="20" width="100%" height="20" fill="#e4e7eb"/>'
        f'<rect y="20" width="{_hyaku(min(nofu, subeki), subeki)}" height="20" fill="{iro}"/>'
        f'<rect x="{kyoukai}" y="15" width="2" height="31" fill="#1f2933"/>'
        f'<text x="{kyoukai}" y="12" text-anchor="middle">95%</text></svg>'
        f'<p class="hk-dare">納めた額 {number(nofu)}円（{ritsu}）／ 納めるべき額 {number(subeki)}円</p>'
    )


def fusoku(answer: Keisan) -> str:
    """労働保険料と一般拠出金の、95%を割らせている未納。または、95%までの余裕。"""
    v = answer.values
    bubun = [("労働保険料", v["yoyu"], False)]
    if v["ippan_yoyu"] is not None:
        bubun.append(("一般拠出金", v["ippan_yoyu"], True))
    yoyu = [
        f"<p>{namae}: 納付額があと <strong>{number(x)}円</strong> 少なくても、95%を満たします。</p>"
        for namae, x, _ in bubun
        if x >= 0
    ]
    out = "".join(_fusoku(answer, namae, x, ippan) for namae, x, ippan in bubun if x < 0)
    return out + (f"<h2>95%までの余裕</h2>{''.join(yoyu)}" if yoyu else "")


def _fusoku(answer: Keisan, namae: str, yoyu: int, ippan: bool) -> str:
    erabi = tarinai(answer, ippan=ippan)
    items = "".join(f"<li>{escape(str(m))}</li>" for m in erabi)
    kei = sum(m.mino_gaku for m in erabi)
    return (
        f'<div class="hk-hitomatome"><h2>どの未納で95%を割ったか（{namae}）</h2>'
        f"<p>95%まであと <strong>{number(-yoyu)}円</strong> です。{jp(answer.run['hantei_bi'])}までに次の "
        f"<strong>{len(erabi)}件</strong> が全部納めれば（合わせて {number(kei)}円）、95%に戻ります。これがいちばん少ない件数です。その日の後に納めた額は、この判定に入りません。</p>"
        f'<div class="hk-tarinai"><ul>{items}</ul></div></div>'
    )


def bubun(answer: Keisan) -> list[tuple[str, str, int, bool]]:
    """額の内訳（要件を満たした時）。印、名前、円、要件を満たしたか。"""
    run, v = answer.run, answer.values
    teigaku: Counter[str] = Counter()
    kensu: Counter[str] = Counter()
    for j in v["jigyojo"]:
        if j["teigaku"]:
            teigaku[j["kubun"]] += j["teigaku"]
            kensu[j["kubun"]] += 1
    teiritsu = f"定率（{number(run['teiritsu_kiso'])}円の{_wariai(run, 'teiritsu')}）"
    kano = run["kofu_kano"]
    out = [("定率", teiritsu, v["teiritsu"], kano)]
    out += [(k, f"定額 {KUBUN[k]}（{kensu[k]}件）", teigaku[k], kano) for k in KUBUN if kensu[k]]
    if v["denshika"] is not None:
        tanka = run["denshika_tanka"]
        kei = run["taisho_kensu"] * tanka
        out.append(
            ("電子化分", f"電子化分（{number(tanka)}円 × {run['taisho_kensu']}件）", kei, kano)
        )
    if v["ippan_hoshokin"] is not None:
        ippan = f"一般拠出金（{number(run['ippan_teiritsu_kiso'])}円の{_wariai(run, 'ippan_teiritsu')}）"
        out.append(("一般拠出金", ippan, run["ippan_teiritsu"], run["ippan_kofu_kano"]))
    mada = "（要件を満たさない）"
    return [(id, na if kano else na + mada, gaku, kano) for id, na, gaku, kano in out]


def _wariai(run: Run, id: str) -> str:
    return f"{number(table('hoshokin').find(date(run['nendo'] + 1, 4, 1), id)['atai'] * 100)}%"


def gaku_no_zu(answer: Keisan) -> str:
    """額を積み上げた図。要件を満たさない分は、満たした時の額を点線で囲んで出す。"""
    v = answer.values
    naka = bubun(answer)
    zentai = max(1, sum(gaku for _, _, gaku, _ in naka))
    obi, kakomi, hanrei, mae = "", "", "", 0
    for shirushi, namae, gaku, kano in naka:
        if not kano:
            kakomi += (
                f'<rect x="{_hyaku(mae, zentai)}" y="1" width="{_hyaku(gaku, zentai)}" height="40" '
                'fill="none" stroke="#a61b1b" stroke-width="2" stroke-dasharray="6 4"/>'
            )
        obi += (
            f'<rect x="{_hyaku(mae, zentai)}" y="4" width="{_hyaku(gaku, zentai)}" height="34" '
            f'fill="{IRO[shirushi]}" stroke="#fff"/>'
        )
        hanrei += (
            f'<tr><td><svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" '
            f'fill="{IRO[shirushi]}"/></svg></td><th scope="row">{escape(namae)}</th>'
            f'<td class="hk-su">{number(gaku)}円</td></tr>'
        )
        mae += gaku
    if v["teiritsu_teigaku_gokei"] > v["jogen"]:
        obi += f'<rect x="{_hyaku(v["jogen"], zentai)}" width="3" height="42" fill="#a61b1b"/>'
    title, kotowari = "額の内訳", ""
    if kakomi:
        title += "（要件を満たした時）"
        kotowari = "<p>点線で囲んだ分は、いまは要件を満たさないので出ません。</p>"
    desc = "、".join(f"{n} {number(g)}円" for _, n, g, _ in naka)
    return (
        f'<h2>{title}</h2>{kotowari}<svg class="hk-obi" height="42" role="img"><title>{title}</title>'
        f"<desc>{escape(desc)}</desc>{obi}{kakomi}</svg>"
        f'<table class="hk-hanrei"><tbody>{hanrei}</tbody></table>{_jogen_no_bun(answer)}'
    )


def _jogen_no_bun(answer: Keisan) -> str:
    v = answer.values
    kei, jogen = number(v["teiritsu_teigaku_gokei"]), number(v["jogen"])
    if v["teiritsu_teigaku_gokei"] > v["jogen"]:
        mitaseba = "" if answer.run["kofu_kano"] else "要件を満たしても、"
        return f"<p>定率と定額の合計 {kei}円 が上限を超えるので、{mitaseba}<strong>{jogen}円</strong> までです（赤い線）。一般拠出金の分には上限がありません。</p>"
    return f"<p>定率と定額の合計 {kei}円 は、上限の {jogen}円 を超えません。一般拠出金の分には上限がありません。</p>"


def jigyojo_no_hyo(answer: Keisan) -> str:
    """事業場の表。区分と額、未納。95%に戻すのに要る事業場に印をつける。"""
    ippan = answer.values["ippan_hoshokin"] is not None
    iru = {m.eda for m in (*tarinai(answer), *tarinai(answer, ippan=True))}
    midashi = [
        "枝番号",
        "労働者数",
        "区分",
        "定額（円）",
        "納めるべき額（円）",
        "納付額（円）",
        "未納（円）",
        "定率の基礎（円）",
        *(["一般拠出金の未納（円）"] if ippan else []),
    ]
    head = "".join(f"<th scope='col'>{h}</th>" for h in midashi)
    body = ""
    for j, b in zip(answer.values["jigyojo"], answer.bu, strict=False):
        r = b.run
        kubun = f"{j['kubun']} {KUBUN[j['kubun']]}" if j["taisho"] else "対象でない（16人以上）"
        css = " class='hk-erabu'" if j["eda"] in iru else ""
        su = [j["teigaku"], r["nofu_subeki_gaku"], r["nofu_gaku"], j["mino_gaku"], j["kiso"]]
        su += [j["ippan_mino_gaku"]] if ippan else []
        cells = "".join(f"<td>{number(x)}</td>" for x in su)
        body += (
            f"<tr{css}><th scope='row'>{escape(j['eda'])}</th><td>{r['rodoshasu']}人</td>"
            f"<td class='hk-moji'>{kubun}</td>{cells}</tr>"
        )
    return (
        "<h2>事業場ごとの区分と額</h2>"
        + ("<p>色のついた行の事業場が全部納めれば、95%に戻ります。</p>" if iru else "")
        + '<div class="hk-yoko hk-nagai" tabindex="0" role="region" aria-label="事業場ごとの区分と額">'
        f'<table class="hk-renshu-hyo"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def utsusu(answer: Keisan) -> str:
    """申請書に書く事項。押すと全部選べる。"""
    run = answer.run
    return (
        f"<h2>交付申請書に書く事項</h2>{_mitasanai(answer)}"
        f"<p>期限: <strong>{hizuke(run['shinsei_kigen'])}</strong>まで。期限が休みの日の時に次の開庁日まで延びるかは、確かめていません。</p>"
        "<p>報奨金省令2条の順です。囲みの中を1回押すと全部選べるので、写して使えます。様式は労働局のものを使ってください。</p>"
        f'<pre class="hk-utsusu" tabindex="0">{escape(shinseisho(answer))}</pre>'
    )


def _mitasanai(answer: Keisan) -> str:
    """要件を満たさない報奨金がある時の断り。"""
    run = answer.run
    dame = ["労働保険料"] if not run["kofu_kano"] else []
    if answer.values["ippan_hoshokin"] is not None and not run["ippan_kofu_kano"]:
        dame.append("一般拠出金")
    if not dame:
        return ""
    return f'<p class="hk-tarinai">入れた額のままでは、{"と".join(dame)}に係る報奨金は、要件を満たさないので交付されません。</p>'


def moshimo(kotae: Kawari | Kotae) -> str:
    """1つの事業場を変えた時の差。"""
    if isinstance(kotae, Taishogai):
        items = "".join(f"<li>{escape(r['message'])}</li>" for r in kotae.reasons)
        return f'<div class="hk-okashii"><ul>{items}</ul></div>'
    if not isinstance(kotae, Kawari):
        return kekka_no_ayamari(getattr(kotae, "errors", []), [])
    mae, ato = (k.values["hoshokin_gokei"] for k in (kotae.mae, kotae.ato))
    muki = "変わりません" if kotae.sa == 0 else "増えます" if kotae.sa > 0 else "減ります"
    sa = f"{number(abs(kotae.sa))}円 {muki}" if kotae.sa else muki
    items = (
        "".join(f"<li>{escape(x)}</li>" for x in kotae.riyu) or "<li>どの行も変わりません。</li>"
    )
    return (
        f'<div class="hk-tarinai"><strong>報奨金の合計は {sa}</strong>（{number(mae)}円 → {number(ato)}円）'
        f"<ul>{items}</ul></div>"
    )
