"""労働保険事務組合の報奨金。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from math import floor
from typing import Any

from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, Taishogai, shirabe
from ..kibetsu import HOKEN_KANKEI, HOKEN_KANKEI_BETSUMEI
from ..koyomi import yasumi
from ..nyuryoku import seiri
from ..schema import EN, HAI, NENDO, NIN, Schema, komoku, nyuryoku_no_kata, read, sentaku, title
from ..sheet import Run, Value
from ..tables import TABLES, NotCovered, cite, jp, nendo_label, table
from .shiki import (
    HASU,
    JIGYOJO,
    NOFU_CHOKA,
    SHEET,
    SHEET_HASU,
    TEIGAKU_TOKUSOKU,
    kensu_narabi,
)

__all__ = ["ITAKU_SCHEMA", "JIGYOJO", "KITEI", "SCHEMA", "SETTEI", "SHEET", "calc"]

SETTEI: dict[str, tuple[str, dict[str, str], str]] = {
    "nofu_choka": (
        "納付額が確定保険料を超える事業場",
        NOFU_CHOKA,
        "定率だけでなく、95%の判定と一般拠出金も変わります。"
        "「超えた額も足し」は、95%の判定に超えた額も入れ、定率の基礎は、督促を受けずに納めた額の合計と確定した額の合計の小さい方。"
        "「事業場ごとに」は、95%の判定に納めるべき額まで入れ、定率の基礎は、事業場ごとに「納付額 − 督促を受けて納めた額」と確定した額の小さい方。",
    ),
    "teigaku_tokusoku": ("定額の件数", TEIGAKU_TOKUSOKU, "件数に入れない時は、定額も0円です。"),
    "hasu": ("定率の1円未満", HASU, "労働保険料の定率と、一般拠出金の定率の両方に使います。"),
}
KITEI = {k: next(iter(choices)) for k, (_, choices, _) in SETTEI.items()}
IPPAN_HAI = {k: v for k, v in HAI.items() if k != "default"}
ITAKU_SCHEMA = komoku(
    "委託事業場",
    {
        "eda": title(
            {"type": "string", "minLength": 1, "maxLength": 20, "x-tani": '1〜20文字。例 "001"'},
            "枝番号",
        ),
        "rodoshasu": title(NIN, "労働者数", "常時使用労働者数", "常時使用労働者の数"),
        "hoken_kankei": title(sentaku(HOKEN_KANKEI, HOKEN_KANKEI_BETSUMEI), "保険関係"),
        "nigen": title(HAI, "二元適用"),
        "kakutei_hokenryo": title(EN, "確定保険料", "確定保険料額", "確定保険料の額"),
        "nofu_gaku": title(
            EN,
            "納付額（判定日まで。追徴金・延滞金も入れる）",
            "納付済額",
            "納付済み額",
            "納付済みの額",
        ),
        "tokusoku_nofu_gaku": title(
            EN, "督促後の納付（納付額のうち、督促を受けて納めた労働保険料）"
        ),
        "tsuichokin": title(EN, "追徴金"),
        "entaikin": title(EN, "延滞金"),
        "tsuichokin_nofu_gaku": title(EN, "追徴金・延滞金の納付（納付額のうち）"),
        "ippan_kyoshutsukin": title(EN, "一般拠出金"),
        "ippan_nofu_gaku": title(EN, "一般拠出金の納付（判定日まで。追徴金・延滞金も入れる）"),
        "ippan_tokusoku_nofu_gaku": title(EN, "一般拠出金の督促後の納付"),
        "ippan_tsuichokin": title(EN, "一般拠出金の追徴金"),
        "ippan_entaikin": title(EN, "一般拠出金の延滞金"),
        "ippan_tsuichokin_nofu_gaku": title(
            EN, "一般拠出金の追徴金・延滞金の納付（一般拠出金の納付のうち）"
        ),
    },
    ("eda", "rodoshasu", "hoken_kankei", "kakutei_hokenryo", "nofu_gaku"),
)
SCHEMA: Schema = nyuryoku_no_kata(
    "報奨金の入力",
    {
        "nendo": title(NENDO, "確定の保険年度（翌年度の7月10日に判定）"),
        "itaku": {
            "title": "委託事業場",
            "type": "array",
            "items": {**ITAKU_SCHEMA, "x-gyo": "eda"},
            "minItems": 1,
            "maxItems": 10_000,
        },
        "taino_shobun": title(HAI, "滞納処分を受けたか"),
        "fusei": title(HAI, "不正の行為で徴収を免れたか"),
        "ippan_taino_shobun": title(
            IPPAN_HAI, "一般拠出金で滞納処分を受けたか（書かなければ労働保険料と同じ）"
        ),
        "ippan_fusei": title(
            IPPAN_HAI, "一般拠出金で不正の行為があったか（書かなければ労働保険料と同じ）"
        ),
        "denshika_tanka": title(EN, "電子化分の単価（分からなければ null）"),
        "settei": komoku(
            "条文に定めのない点の決め方",
            {
                k: title({**sentaku(choices), "description": setsumei}, label)
                for k, (label, choices, setsumei) in SETTEI.items()
            },
        ),
    },
    ("nendo", "itaku"),
)
SUJI = (
    "tokusoku_nofu_gaku",
    "tsuichokin",
    "entaikin",
    "ippan_tokusoku_nofu_gaku",
    "ippan_tsuichokin",
    "ippan_entaikin",
)
NARABI = {
    "kakutei_narabi": "kakutei_hokenryo",
    "tsuichokin_narabi": "tsuichokin_kei",
    "teigaku_narabi": "teigaku",
    "nofu_narabi": "hantei_nofu_gaku",
    "hokenryo_nofu_narabi": "kakutei_nofu_gaku",
    "tsuichokin_uchiwake_narabi": "tsuichokin_uchiwake",
    "kiso_narabi": "kiso",
}
IPPAN_NARABI = {
    "ippan_narabi": "ippan_kyoshutsukin",
    "ippan_tsuichokin_narabi": "ippan_tsuichokin_kei",
    "ippan_nofu_narabi": "ippan_hantei_nofu_gaku",
    "ippan_kyoshutsukin_nofu_narabi": "ippan_kakutei_nofu_gaku",
    "ippan_tsuichokin_uchiwake_narabi": "ippan_tsuichokin_uchiwake",
    "ippan_kiso_narabi": "ippan_kiso",
}


def calc(data: Mapping[str, Any]) -> Kotae:
    """労働保険事務組合の報奨金の計算。

    用語: 報奨金（整備法23条、報奨金政令、報奨金省令）。単位: 円。
    計算式: 督促を受けずに納めた労働保険料×2% ＋ 定額（人数と二保険で4つ）、上限まで。
    一般拠出金は、督促を受けずに納めた額×3.5%。要件は、労働保険料と一般拠出金とで別に見る。
    要件を満たさなければ 0円。
    端数: 条文に定めがない。既定は1円未満切捨てで、設定で変えられる。
    誤りの時: `NyuryokuAyamari`。対象の事業場が無い時: `Taishogai`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if any(not e.field.startswith("itaku.") for e in errors):
        return NyuryokuAyamari(errors)
    settei = KITEI | x.get("settei", {})
    yomenai = {int(e.field.split(".")[1]) for e in errors}
    itaku = {i: k for i, k in enumerate(x["itaku"]) if i not in yomenai}
    errors += _onaji_edaban(itaku) + _denshika_no_ayamari(x)
    try:
        bu, more = _jigyojo(itaku, x["nendo"], settei)
        errors += more
        if errors:
            return NyuryokuAyamari(errors)
        taisho = [b for b in bu if b.run["taisho"]]
        if not taisho:
            return _taisho_nashi()
        if not any(b.run["nofu_subeki_gaku"] for b in taisho):
            message = "対象の事業場の確定保険料が全部0円なので、納付率を計算できません。確定保険料を入れてください。"
            return NyuryokuAyamari([Ayamari("itaku", "gokei_0", message)])
        given: dict[str, Value] = {
            "nendo": x["nendo"],
            "taino_nashi": not x.get("taino_shobun", False),
            "fusei_nashi": not x.get("fusei", False),
            "denshika_tanka": x.get("denshika_tanka"),
        }
        given["ippan_taino_nashi"] = not x.get("ippan_taino_shobun", not given["taino_nashi"])
        given["ippan_fusei_nashi"] = not x.get("ippan_fusei", not given["fusei_nashi"])
        run = SHEET_HASU[settei["hasu"]].run(given | _narabi([b.run for b in taisho]), TABLES)
    except NotCovered:
        hyo = table("hoshokin")
        hani = f"{nendo_label(hyo.first.year - 1)}〜{nendo_label(hyo.saigo_nendo - 1)}"
        message = f"計算できる確定の保険年度は、{hani}です。報奨金は、その翌年度の数で計算します。"
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", message)])
    values = _values(run, bu, x["itaku"], settei)
    chui = tuple(_chui(run, taisho, settei, x))
    return Keisan("hoshokin", values, (*bu, Bu(run)), chui, meisai=("jigyojo",))


def edaban(text: object) -> str:
    """枝番号を見分ける文字。「1」「001」「０01」は同じ（表計算ソフトは初めの 0 を消す）。"""
    x = seiri(text)
    return str(int(x)) if x.isascii() and x.isdecimal() else x


def _onaji_edaban(itaku: Mapping[int, Mapping[str, Any]]) -> list[Ayamari]:
    hajime: dict[str, int] = {}
    out = []
    for i, k in itaku.items():
        mae = hajime.setdefault(edaban(k["eda"]), i)
        if mae != i:
            moto = itaku[mae]["eda"]
            onaji = "" if moto == k["eda"] else f"「{moto}」と「{k['eda']}」は、数として同じです。"
            message = (
                f"同じ枝番号が{mae + 1}件目にもあります。{onaji}1つの事業場は1行で書いてください。"
            )
            out.append(Ayamari(f"itaku.{i}.eda", "onaji_eda", message))
    return out


def _denshika_no_ayamari(x: Mapping[str, Any]) -> list[Ayamari]:
    hajimari = table("hoshokin").rows["denshika_tanka"][0].start
    if "denshika_tanka" not in x or date(x["nendo"] + 1, 4, 1) >= hajimari:
        return []
    message = f"電子化分は、{nendo_label(hajimari.year)}に交付する報奨金からです。単価を空にしてください。"
    return [Ayamari("denshika_tanka", "mada_nai", message)]


def _jigyojo(
    itaku: Mapping[int, Mapping[str, Any]], nendo: int, settei: Mapping[str, str]
) -> tuple[list[Bu], list[Ayamari]]:
    bu: list[Bu] = []
    errors: list[Ayamari] = []
    for i, k in itaku.items():
        given = {f.id: k.get(f.id) for f in JIGYOJO.inputs}
        given |= {s: k.get(s, 0) for s in SUJI} | {
            "ichigen": not k.get("nigen", False),
            "nendo": nendo,
        }
        given |= {s: settei[s] for s in ("nofu_choka", "teigaku_tokusoku")}
        run = JIGYOJO.run(given, TABLES)
        bu.append(Bu(run, midashi=f"枝番号{seiri(k['eda'])}"))
        errors += shirabe(run.broken_results(), f"itaku.{i}")
    return bu, errors + _ippan_no_nuke(list(itaku), [b.run for b in bu], errors)


def _ippan_no_nuke(
    gyo: Sequence[int], runs: Sequence[Run], told: Sequence[Ayamari]
) -> list[Ayamari]:
    """対象の事業場のどれかに一般拠出金がある時、書いていない労災保険の事業場。"""
    taisho = [(i, r) for i, r in zip(gyo, runs, strict=True) if r["taisho"]]
    if all(r["ippan_kyoshutsukin"] is None for _, r in taisho):
        return []
    message = "労災保険のある事業場では、一般拠出金とその納付額を円で入れてください（無ければ 0）。"
    nuke = [
        f"itaku.{i}.ippan_kyoshutsukin"
        for i, r in taisho
        if r["ippan_kyoshutsukin"] is None and r["hoken_kankei"] != "koyo"
    ]
    itta = {e.field for e in told}
    return [Ayamari(f, "hissu", message) for f in nuke if f not in itta]


def _taisho_nashi() -> Taishogai:
    message = "常時15人以下の委託事業場が1件もないので、報奨金の対象になりません。15人以下の事業場が1件でもあれば、その事業場だけで判定します。"
    return Taishogai(
        [{"code": "taisho_nashi", "message": message, "basis": list(cite("hoshokin-rei1"))}]
    )


def _narabi(taisho: Sequence[Run]) -> dict[str, Value]:
    """対象の事業場の額を、合計のシートに渡す並び。説明で同じ額がまとまるように、大きい順。"""

    def hitoretsu(gaku: Sequence[Any]) -> tuple[int, ...]:
        return tuple(sorted(gaku, reverse=True))

    ippan = [r for r in taisho if r["ippan_kyoshutsukin"] is not None]
    kensu = Counter(r["kubun"] for r in taisho if r["teigaku_taisho"])
    out: dict[str, Value] = {i.id: (kensu[k],) for k, i in kensu_narabi.items()}
    out |= {k: hitoretsu([r[v] for r in taisho]) for k, v in NARABI.items()}
    out["taisho_narabi"] = (len(taisho),)
    if ippan:
        out |= {k: hitoretsu([r[v] for r in ippan]) for k, v in IPPAN_NARABI.items()}
    return out


def _values(
    run: Run, bu: Sequence[Bu], itaku: Sequence[Mapping[str, Any]], settei: Mapping[str, str]
) -> dict[str, Any]:
    ritsu = Fraction(run["nofu_gokei"], run["subeki_gokei"])
    ippan = run["ippan_narabi"] is not None
    mama = ("yoken_95", "teiritsu", "teigaku", "teiritsu_teigaku_gokei", "jogen", "hoshokin")
    return {
        "taisho_kensu": run["taisho_kensu"],
        "nofu_ritsu": f"{ritsu.numerator}/{ritsu.denominator}",
        **{k: run[k] for k in mama},
        "ippan_yoken_95": run["ippan_yoken_95"] if ippan else None,
        "ippan_hoshokin": run["ippan_hoshokin"] if ippan else None,
        "denshika": None if run["denshika_tanka"] is None else run["denshika"],
        "hoshokin_gokei": run["hoshokin_gokei"],
        "yoyu": floor(run["yoyu"]),
        "ippan_yoyu": floor(run["ippan_yoyu"]) if ippan else None,
        "hantei_bi": run["hantei_bi"],
        "shinsei_kigen": run["shinsei_kigen"],
        "jigyojo": [
            {
                "eda": k["eda"],
                "taisho": b.run["taisho"],
                "kubun": b.run["kubun"] or None,
                "teigaku": b.run["teigaku"],
                "kiso": b.run["kiso"],
                "mino_gaku": b.run["mino_gaku"],
                "ippan_mino_gaku": b.run["ippan_mino_gaku"],
            }
            for k, b in zip(itaku, bu, strict=True)
        ],
        "settei": dict(settei),
    }


def _chui(
    run: Run, bu: Sequence[Bu], settei: Mapping[str, str], x: Mapping[str, Any]
) -> Iterator[Chui]:
    """結果につける注意。要件を満たさない理由、決め方、確かめていないこと。"""
    yield from _nashi_no_riyu(run, x)
    kimekata = "、".join(f"{label}は「{c[settei[k]]}」" for k, (label, c, _) in SETTEI.items())
    yield Chui(
        "settei",
        f"条文に定めのない点は、次の決め方で計算しました（設定で変えられます）: {kimekata}。"
        "1つ目は95%の判定と一般拠出金にも、3つ目は一般拠出金の定率にも使います。",
    )
    yield Chui("yosan", "報奨金は予算の範囲内で交付されます。ここの額より少ないことがあります。")
    yield _denshika_no_chui(run)
    yield Chui(
        "ninzu",
        "労働者数は、年度更新の常時使用労働者数と同じ数え方をした人数を入れてください。報奨金だけの数え方、年度の途中の委託と解除、特別加入だけの事業の扱いは確かめていません。",
    )
    kofu = run["nendo"] + 1
    kakunin = table("hoshokin").find(date(kofu, 4, 1), "kakunin_nendo")["atai"]
    if kofu > kakunin:
        yield Chui(
            "kaisei_mikakunin",
            f"{nendo_label(kofu)}に交付する報奨金について、政令・省令の改正が無いことを直接は確かめていません（{nendo_label(kakunin)}の分まで確認）。",
        )
    yield from _tokurei_no_chui(run)
    for line in ("hantei_bi", "shinsei_kigen"):
        if yasumi(run[line]):
            yield Chui(
                "yasumi",
                f"{run.sheet.line(line).label}の {jp(run[line])} は休みの日です。次の開庁日まで延びるかは確かめていません。",
            )
    yield from _gyo_no_chui(run, bu)


def _nashi_no_riyu(run: Run, x: Mapping[str, Any]) -> Iterator[Chui]:
    if not run["yoken_95"]:
        tarinai = -floor(run["yoyu"])
        yield Chui(
            "yoken_95",
            f"納付額が95%に {tarinai:,}円 足りないので、労働保険料に係る報奨金は0円です。",
        )
    if run["ippan_narabi"] is not None and not run["ippan_yoken_95"]:
        tarinai = -floor(run["ippan_yoyu"])
        yield Chui(
            "ippan_yoken_95",
            f"一般拠出金の納付額が95%に {tarinai:,}円 足りないので、一般拠出金に係る報奨金は0円です。",
        )
    if not run["taino_nashi"]:
        yield Chui(
            "taino_shobun",
            "労働保険料で滞納処分を受けたので、労働保険料に係る報奨金は0円です。",
        )
    if not run["fusei_nashi"]:
        yield Chui(
            "fusei",
            "労働保険料について不正の行為があったので、労働保険料に係る報奨金は0円です。",
        )
    if run["ippan_narabi"] is None:
        return
    if not run["ippan_taino_nashi"]:
        yield Chui(
            "ippan_taino_shobun",
            "一般拠出金で滞納処分を受けたので、一般拠出金に係る報奨金は0円です。",
        )
    if not run["ippan_fusei_nashi"]:
        yield Chui(
            "ippan_fusei",
            "一般拠出金について不正の行為があったので、一般拠出金に係る報奨金は0円です。",
        )
    yield from _onaji_no_chui(run, x)


def _onaji_no_chui(run: Run, x: Mapping[str, Any]) -> Iterator[Chui]:
    """一般拠出金の処分と不正を書いていないので、労働保険料と同じとした時。違う時の額も言う。"""
    onaji = {
        "ippan_taino_shobun": ("滞納処分", run["taino_nashi"]),
        "ippan_fusei": ("不正の行為", run["fusei_nashi"]),
    }
    aru = [na for k, (na, nashi) in onaji.items() if k not in x and not nashi]
    if not aru:
        return
    hoka = any(x.get(k) for k in onaji)
    gaku = run["ippan_teiritsu"] if run["ippan_yoken_95"] and not hoka else 0
    namae = "と".join(aru)
    yield Chui(
        "ippan_onaji",
        f"要件は、労働保険料と一般拠出金とで別に見ます。一般拠出金の{namae}の有無を書いていないので、労働保険料と同じ「有」としました。"
        f"一般拠出金で{namae}が無いのなら、一般拠出金に係る報奨金は {gaku:,}円です。無いと書いて、計算し直してください。",
    )


def _tokurei_no_chui(run: Run) -> Iterator[Chui]:
    """災害で、この年度だけ期日が延びた地域。"""
    kofu = date(run["nendo"] + 1, 4, 1)
    for row in table("hoshokin_tokurei").on(kofu):
        if row.start != kofu:
            continue
        line = run.sheet.line(row["gyo"])
        nobita = jp(date(row["nen"], row["tsuki"], row["hi"]))
        yield Chui(
            "kijitsu_tokurei",
            f"{row.name}に関わる分は、{line.label}が{nobita}に延びました（{'、'.join(row.sources)}）。"
            f"この計算は{jp(run[line.id])}のままです。当たるかは、労働局に確かめてください。",
        )
        if utagai := row.doubt("hi"):
            yield Chui("kakunin_hikui", utagai)


def _denshika_no_chui(run: Run) -> Chui:
    h25 = table("hoshokin").rows["denshika_tanka"][0]["atai"]
    shiranai = f"平成25年度は1件{h25}円でしたが、今の単価と、この制度があるかは確かめていません。"
    if run["denshika_tanka"] is None:
        return Chui("denshika_nashi", f"電子化分は、単価が無いので計算していません。{shiranai}")
    if not run["kofu_kano"]:
        return Chui(
            "denshika",
            f"労働保険料に係る報奨金の要件を満たさないので、電子化分も0円です。満たせば、入れられた単価 {run['denshika_tanka']:,}円 × 対象の事業場 {run['taisho_kensu']}件です。{shiranai}",
        )
    return Chui(
        "denshika",
        f"電子化分は、入れられた単価 {run['denshika_tanka']:,}円 に対象の事業場の全部の件数を掛けました。{shiranai}",
    )


def _gyo_no_chui(run: Run, bu: Sequence[Bu]) -> Iterator[Chui]:
    def eda(hantei: Callable[[Run], bool]) -> str:
        return "、".join(b.midashi.removeprefix("枝番号") for b in bu if hantei(b.run))

    if run["ippan_narabi"] is None:
        yield Chui("ippan_nashi", "一般拠出金が書いていないので、その報奨金は計算していません。")
    if are := eda(lambda r: r["rodoshasu"] == 0):
        yield Chui(
            "rodoshasu_0",
            f"労働者数が0人の事業場を、5人未満に数えました（枝番号 {are}）。年度更新の常時使用労働者数は、0人の時は1人と書きます。0人の事業場を件数に入れるかは確かめていません。",
        )
    if are := eda(lambda r: r["hoken_kankei"] == "koyo" and bool(r["ippan_kyoshutsukin"])):
        yield Chui(
            "koyo_ippan",
            f"雇用だけの事業場に一般拠出金があります（枝番号 {are}）。一般拠出金は労災保険の事業が納めます。確かめてください。",
        )
    if are := eda(lambda r: not r["ichigen"] and r["hoken_kankei"] == "ryohoken"):
        yield Chui(
            "nigen_ryohoken",
            f"二元適用なのに「労災と雇用の両方」の事業場があります（枝番号 {are}）。二元適用は労災と雇用を別の事業として数えるので、2行に分けて書いてください。この計算では1件の「それ以外」です。",
        )
    for i, naka, retsu in (
        ("", "労働保険料", "追徴金・延滞金の納付"),
        ("ippan_", "一般拠出金", "一般拠出金の追徴金・延滞金の納付"),
    ):
        if are := eda(partial(_uchiwake_nashi, i)):
            yield Chui(
                f"{i}uchiwake_nashi",
                f"{naka}の追徴金・延滞金があって納付が途中の事業場は、{naka}から先に納めたものとしました（枝番号 {are}）。違う時は「{retsu}」を書いてください。",
            )


def _uchiwake_nashi(i: str, r: Run) -> bool:
    """追徴金・延滞金の納付を書いていないので、どちらを先に納めたかを決めた事業場か。"""
    nofu = r[f"{i}nofu_gaku"] or 0
    return bool(
        r[f"{i}tsuichokin_nofu_gaku"] is None
        and r[f"{i}tsuichokin_kei"] > 0
        and 0 < nofu < r[f"{i}nofu_subeki_gaku"]
    )
