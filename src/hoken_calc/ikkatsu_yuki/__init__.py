"""一括有期事業（建設）: 工事一覧 → 報告書 → 総括表 → 確定・一般拠出金・概算。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from ..kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, shirabe
from ..kibetsu import HOSHIKI, nendo_no
from ..nendo_koshin import seisan
from ..nendo_koshin.shiki import JUTO_ISHI, KAISU
from ..schema import (
    EN,
    GYOSHU,
    HAI,
    HIZUKE,
    NENDO,
    Schema,
    komoku,
    nyuryoku_no_kata,
    read,
    sentaku,
    title,
    yometa,
    yonda_narabi,
)
from ..sheet import Run, Value
from ..sheet.render import yen
from ..tables import TABLES, NotCovered, cite, jp, table, teisu_no_atai
from . import tokubetsu
from .shiki import (
    GAISAN_GYO,
    HYO_NO_KUBUN,
    KOJI,
    KUBUN,
    SHEET,
    SOUKATSU_GYO,
    ikkatsu_ukeoi,
    kagi,
    kirisute_mae_joken,
)
from .tokubetsu import kensetsu_denai

__all__ = ["KOJI_SCHEMA", "MIKANRYO", "SCHEMA", "SHEET", "calc", "gaisan_ari"]

MIKANRYO = "mikanryo"
JITSUGAKU_TEISEI = "suiryoku_jitsugaku_teisei"
# 建設の増減は別表第3の40%まで。特例（45%）は継続事業だけ。
ZOGEN: Schema = {
    "type": "integer",
    "minimum": -40,
    "maximum": 40,
    "x-yomikata": "zogen",
    "x-tani": "%で、−40から40までの整数",
}
MOTOUKE: Schema = {**HAI, "default": True, "x-yomikata": "motouke"}
KOJI_SCHEMA = komoku(
    "工事",
    {
        "gyoshu": title(GYOSHU, "業種番号"),
        "kubun": title(sentaku(KUBUN), "区分（36の時）"),
        "kaishi": title(HIZUKE, "開始日", "事業開始日", "着工日", "着手日", "工事開始日"),
        "shuryo": title(
            HIZUKE,
            "終了日（終わっていなければ無くてよい）",
            "事業終了日",
            "竣工日",
            "完成日",
            "完了日",
            "工事終了日",
        ),
        "ukeoi_kingaku": title(EN, "請負金額", "請負代金", "請負代金の額", "請負額"),
        "shikyuzai": title(EN, "支給材・損料"),
        "jogai": title(EN, "控除"),
        "chingin": title(EN, "賃金", "賃金総額", "支払賃金"),
        "motouke": title(MOTOUKE, "元請", "元請・下請", "元請下請の別", "元下", "元請か"),
    },
    ("gyoshu", "kaishi"),
)
_MIKOMI = komoku(
    "業種ごとの見込み",
    {
        "gyoshu": title(GYOSHU, "業種番号"),
        "kubun": title(sentaku(KUBUN), "機械装置の区分（36の時）"),
        "ukeoi_kingaku": title(EN, "次の年度の請負金額の見込み（税抜き）"),
        "chingin": title(EN, "次の年度の賃金総額の見込み"),
    },
    ("gyoshu",),
)
_SEISAN = komoku(
    "精算と納付（無ければ、確定と概算だけを計算する）",
    {
        "hoshiki": title(sentaku(HOSHIKI), "申告の方式"),
        "shinkokuzumi_gaisan": title(EN, "申告済みの概算保険料"),
        "kanpu_seikyu": title(HAI, "還付の請求"),
        "juto_ishi": title(sentaku(JUTO_ISHI), "充当意思"),
        "kaisu": title(sentaku(KAISU), "納付回数（概算を計算できない年度なら無くてよい）"),
    },
    ("hoshiki", "shinkokuzumi_gaisan"),
)
SCHEMA: Schema = nyuryoku_no_kata(
    "一括有期事業（建設）の入力",
    {
        "nendo": title(NENDO, "確定の保険年度"),
        "koji": {
            "title": "工事",
            "type": "array",
            "items": KOJI_SCHEMA,
            "minItems": 0,
            "maxItems": 100_000,
        },
        "mikomi": {
            "title": "次の年度の見込み（無い業種は確定と同じ）",
            "type": "array",
            "items": _MIKOMI,
            "minItems": 0,
            "maxItems": 100,
        },
        "zogen_ritsu": komoku(
            "メリット制の増減率",
            {"kakutei": title(ZOGEN, "確定の増減率"), "gaisan": title(ZOGEN, "概算の増減率")},
        ),
        "tokubetsu_kanyu": tokubetsu.SCHEMA,
        "seisan": _SEISAN,
    },
    ("nendo",),
)


Gyo: TypeAlias = tuple[str, str]  # 業種番号と区分


@dataclass(frozen=True)
class Koji:
    """総括表に入る工事1件。"""

    bango: int
    gyoshu: str
    kubun: str | None
    kaishi_jiki: date
    shuryo: date
    run: Run

    @property
    def gyo(self) -> tuple[str, str, date, bool]:
        """総括表のどの行か: 業種、区分、事業開始時期、率の訂正。"""
        return self.gyoshu, self.kubun or "", self.kaishi_jiki, self.run["teisei"]


def calc(data: Mapping[str, Any]) -> Kotae:
    """一括有期事業（建設）の計算。

    用語: 一括有期事業（徴収法7条）、報告書、総括表、第1種特別加入（徴収法13条）。単位: 円。
    計算式: 業種×事業開始時期ごとに、請負金額の計 × 労務費率（1,000円未満切捨て）× 労災保険率（1円未満切捨て）。
    特別加入: 業種ごとに、加入者の算定基礎額の計（1,000円未満切捨て）× その年度の労災保険率。一般拠出金は無い。
    概算: 次の年度の見込みが無ければ確定と同じ賃金総額。あれば、50%以上200%以下の時だけ確定と同じ（徴収則24条）。
    誤りの時: `NyuryokuAyamari`。切捨ての段は資料で確かめていないので、結果に注意がつく。
    出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, _kara_no_shuryo(data))
    if errors:
        return NyuryokuAyamari([*errors, *_yonda_koji_no_ayamari(x, errors)])
    nendo: int = x["nendo"]
    koji: list[Koji] = []
    nozoku: list[dict[str, Any]] = []
    for i, k in enumerate(x.get("koji", [])):
        riyu = _nozoku_riyu(k, nendo)
        if riyu:
            nozoku.append({"koji": i, "code": riyu[0], "message": riyu[1]})
            continue
        found, warui = _koji(k, i)
        errors += warui
        if found and found.run["tandoku"]:
            dake = "、".join(_tandoku_riyu(found.run))
            message = f"{dake}なので、一括できません。単独の有期事業として申告します。"
            nozoku.append({"koji": i, "code": "tandoku", "message": message})
        elif found:
            koji.append(found)
    mikomi, warui = _mikomi(x.get("mikomi", []))
    errors += warui
    kanyusha, warui = tokubetsu.yomu(x, gaisan_ari(nendo))
    errors += warui
    if not x.get("koji") and not kanyusha:
        message = "工事を入れてください（工事が無い年度は、特別加入者だけでも計算できます）。"
        errors.append(Ayamari("koji", "hissu", message))
    if errors:
        return NyuryokuAyamari(errors)
    zogen = {k: Fraction(v, 100) for k, v in x.get("zogen_ritsu", {}).items()}
    try:
        answer = _soukatsu(nendo, koji, nozoku, mikomi, zogen, kanyusha)
        return _seisan(answer, x["seisan"]) if "seisan" in x else answer
    except NotCovered as e:
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", e.message)])


def _yonda_koji_no_ayamari(x: Any, errors: list[Ayamari]) -> list[Ayamari]:
    """ほかに読めない項目がある時の、読めた工事の誤り。"""
    if not yometa(errors, "nendo"):
        return []
    return [
        e
        for i, k in enumerate(yonda_narabi(x, errors, "koji"))
        if k is not None and not _nozoku_riyu(k, x["nendo"])
        for e in _koji(k, i)[1]
    ]


def _tandoku_riyu(run: Run) -> list[str]:
    """単独の有期事業になる訳。"""
    ukeoi, hoken = (
        teisu_no_atai(id, run["kaishi"]) for id in ("ikkatsu_ukeoi_jogen", "ikkatsu_gaisan_jogen")
    )
    kuraberu = (
        ("請負金額", run.value(ikkatsu_ukeoi), ukeoi),
        ("保険料に当たる額", run["koji_hokenryo"], hoken),
    )
    return [
        f"{na}（{yen(gaku)}）が{yen(jogen)}以上" for na, gaku, jogen in kuraberu if gaku >= jogen
    ]


def _kara_no_shuryo(data: Any) -> Any:
    """空の終了日は、無い物として読む（終わっていない工事）。"""
    if not isinstance(data, Mapping) or not isinstance(data.get("koji"), (list, tuple)):
        return data
    koji = [
        {c: v for c, v in k.items() if c != "shuryo" or str(v).strip()}
        if isinstance(k, Mapping)
        else k
        for k in data["koji"]
    ]
    return {**data, "koji": koji}


def gaisan_ari(nendo: int) -> bool:
    """確定が `nendo` の時、次の年度の概算まで計算できるか（率を収めてあるか）。"""
    return nendo < table("rosai_hokenritsu").saigo_nendo


def _nozoku_riyu(k: Mapping[str, Any], nendo: int) -> tuple[str, str] | None:
    kaishi = date.fromisoformat(k["kaishi"])
    shuryo = date.fromisoformat(k["shuryo"]) if "shuryo" in k else None
    if shuryo and kaishi > shuryo:
        return None
    if not k.get("motouke", True):
        return (
            "shitauke",
            f"下請の工事なので入れません。保険料は元請が納めます（{cite('choshuho8')[0]}）。",
        )
    if shuryo is None:
        return (
            MIKANRYO,
            "終了日が無いので、終わっていない工事として入れません。終わった年度の確定に入れます。",
        )
    if nendo_no(shuryo) > nendo:
        return (
            MIKANRYO,
            "この保険年度に終わっていない工事なので入れません。終わった年度の確定に入れます。",
        )
    if nendo_no(shuryo) < nendo:
        return "mae_no_nendo", "この保険年度より前に終わった工事なので入れません。"
    first = max(table("romuhi_ritsu").first, table("rosai_hokenritsu").first)
    if kaishi < first:
        return "hyo_no_mae", "開始日が、収めてある労務費率の表より前なので計算できません。"
    return None


def _koji(k: Mapping[str, Any], bango: int) -> tuple[Koji | None, list[Ayamari]]:
    field = f"koji.{bango}"
    kaishi, gyoshu, kubun = date.fromisoformat(k["kaishi"]), k["gyoshu"], k.get("kubun")
    errors = [*_katachi(k, field)]
    if errors:
        return None, errors
    try:
        romuhi = table("romuhi_ritsu").find(kaishi, kagi(gyoshu, kubun))
        rosai = table("rosai_hokenritsu").find(kaishi, gyoshu)
    except NotCovered as e:
        ran = "kaishi" if e.reason == "nendo" else "gyoshu"
        return None, [Ayamari(f"{field}.{ran}", "hyo_ni_nai", _gyoshu_no_bun(gyoshu, e))]
    zei = table("ukeoi_zei").find(kaishi)
    given: dict[str, Value] = {
        "kaishi": kaishi,
        "teisei": _teisei(kaishi, kagi(gyoshu, kubun), "chingin" in k),
        "chosei_ari": zei["bunshi"] != zei["bunbo"],
        "ukeoi_kingaku": k.get("ukeoi_kingaku", 0),
        "shikyuzai": k.get("shikyuzai", 0),
        "jogai": k.get("jogai", 0),
        "chingin": k.get("chingin"),
        "gyoshu": gyoshu,
        "romuhi_kagi": kagi(gyoshu, kubun),
    }
    if broken := KOJI.broken_inputs(given):
        return None, shirabe(broken, field)
    jiki = max(romuhi.start, rosai.start)
    shuryo = date.fromisoformat(k["shuryo"])
    return Koji(bango, gyoshu, kubun, jiki, shuryo, KOJI.run(given, TABLES)), []


def _katachi(k: Mapping[str, Any], field: str) -> list[Ayamari]:
    out = []
    if k["kaishi"] > k["shuryo"]:
        message = "工事の終了日は、開始日より後の日にしてください。"
        out.append(Ayamari(f"{field}.shuryo", "owari_mae", message))
    if "ukeoi_kingaku" not in k and "chingin" not in k:
        message = "請負金額か、実際に払った賃金を円で入れてください。"
        out.append(Ayamari(f"{field}.ukeoi_kingaku", "hissu", message))
    return [*out, *_kubun_no_ayamari(k, field)]


def _kubun_no_ayamari(k: Mapping[str, Any], field: str) -> list[Ayamari]:
    if k["gyoshu"] == "36" and "kubun" not in k:
        message = "機械装置の組立て又は据付けの事業（36）では、区分を kumitate（組立て・取付け）か sonota（その他）で入れてください。"
        return [Ayamari(f"{field}.kubun", "hissu", message)]
    if k["gyoshu"] != "36" and "kubun" in k:
        message = "区分を書くのは、機械装置の組立て又は据付けの事業（36）だけです。"
        return [Ayamari(f"{field}.kubun", "fuyo", message)]
    return []


def _teisei(kaishi: date, kagi_: Any, jitsugaku: bool) -> bool:
    """31の訂正した率を使うか。賃金で計算する工事は、使い始めが遅い（則附則8条）。"""
    tokurei = table("romuhi_ritsu").find(kaishi, kagi_)["tokurei_ritsu"]
    return not tokurei or not jitsugaku or bool(teisu_no_atai(JITSUGAKU_TEISEI, kaishi))


def _mikomi(
    narabi: list[dict[str, Any]],
) -> tuple[dict[Gyo, dict[str, Any]], list[Ayamari]]:
    out: dict[Gyo, dict[str, Any]] = {}
    errors: list[Ayamari] = []
    for i, m in enumerate(narabi):
        field = f"mikomi.{i}"
        gyo = (m["gyoshu"], m.get("kubun", ""))
        if warui := _kubun_no_ayamari(m, field):
            errors += warui
        elif kagi(m["gyoshu"], m.get("kubun")) not in table("romuhi_ritsu").rows:
            errors.append(Ayamari(f"{field}.gyoshu", "hyo_ni_nai", kensetsu_denai(m["gyoshu"])))
        elif ("ukeoi_kingaku" in m) == ("chingin" in m):
            message = "次の年度の見込みは、請負金額か賃金総額の、どちらか1つを円で入れてください。"
            errors.append(Ayamari(f"{field}.ukeoi_kingaku", "hitotsu", message))
        elif gyo in out:
            message = f"業種番号「{m['gyoshu']}」の見込みが2度あります。1つにまとめてください。"
            errors.append(Ayamari(f"{field}.gyoshu", "nido", message))
        out[gyo] = m
    return out, errors


def _gyoshu_no_bun(gyoshu: str, e: NotCovered) -> str:
    if e.table == "romuhi_ritsu" and e.reason == "key":
        return kensetsu_denai(gyoshu)
    return e.message


def _soukatsu(
    nendo: int,
    koji: list[Koji],
    nozoku: list[dict[str, Any]],
    mikomi: Mapping[Gyo, Mapping[str, Any]],
    zogen: Mapping[str, Fraction],
    kanyusha: Mapping[str, list[tuple[str, Bu]]],
) -> Keisan:
    bu = [Bu(k.run, midashi=f"工事{k.bango + 1}") for k in koji]
    gyo: dict[tuple[str, str, date, bool], list[Koji]] = {}
    for k in koji:
        gyo.setdefault(k.gyo, []).append(k)
    soukatsu: list[dict[str, Any]] = []
    gyoshu_chingin: dict[Gyo, list[Chingin]] = {}
    gyo_run: list[Run] = []
    for (gyoshu, kubun, jiki, teisei), naka in sorted(gyo.items()):
        ukeoi = tuple(k.run["ukeoi_sogaku"] for k in naka if k.run["chingin"] is None)
        jitsugaku = tuple(k.run["chingin"] or 0 for k in naka)
        run = SOUKATSU_GYO.run(
            {
                "kaishi": jiki,
                "gyoshu": gyoshu,
                "romuhi_kagi": kagi(gyoshu, kubun or None),
                "teisei": teisei,
                "ukeoi": ukeoi or None,
                "chingin_jissai": jitsugaku,
                "zogen": zogen.get("kakutei"),
            },
            TABLES,
        )
        bu.append(Bu(run, midashi=f"総括表 {gyoshu}{KUBUN.get(kubun, '')}（{jp(jiki)} から）"))
        gyo_run.append(run)
        sogaku = run["chingin_sogaku"]
        jitsugaku_bun = min(run["chingin_jitsugaku"], sogaku)
        chingin = Chingin(sogaku, jitsugaku_bun, run.before["chingin_sogaku"])
        gyoshu_chingin.setdefault((gyoshu, kubun), []).append(chingin)
        soukatsu.append(
            {
                "gyoshu": gyoshu,
                "kubun": kubun or None,
                "kaishi_jiki": jiki,
                "ukeoi_kingaku": run["ukeoi_kei"],
                "romuhi_ritsu": run["gyo_romuhi_ritsu"] * 1000 if ukeoi else None,
                "chingin_jitsugaku": run["chingin_jitsugaku"],
                "chingin_sogaku": sogaku,
                "ritsu": run["gyo_ritsu"] * 1000,
                "hokenryo": run["gyo_hokenryo"],
            }
        )
    gaisan, chui = _gaisan(nendo, gyoshu_chingin, mikomi, zogen.get("gaisan"))
    bu += gaisan or []
    toku = {k: tokubetsu.gyo(nendo, k, hito, zogen.get(k)) for k, hito in kanyusha.items()}
    for toku_kubun, toku_bu in toku.items():
        bu += [*(b for _, b in kanyusha[toku_kubun]), *toku_bu]
    run = SHEET.run(
        {
            "nendo": nendo,
            "gyo_chingin": tuple(s["chingin_sogaku"] for s in soukatsu),
            "gyo_hokenryo_narabi": tuple(r["gyo_hokenryo"] for r in gyo_run),
            "gaisan_narabi": None
            if gaisan is None
            else tuple(b.run["gaisan_gyo_hokenryo"] for b in gaisan),
            **{
                f"tokubetsu_{k}_narabi": tuple(b.run["tokubetsu_gyo_hokenryo"] for b in narabi)
                for k, narabi in toku.items()
            },
        },
        TABLES,
    )
    values = {
        "hokokusho": [_hokokusho(k) for k in sorted(koji, key=lambda k: (*k.gyo, k.bango))],
        "soukatsu": soukatsu,
        "chingin_gokei": run["chingin_gokei"],
        "kakutei_hokenryo": run["kakutei_hokenryo"],
        "ippan_kyoshutsukin": run["ippan_kyoshutsukin"],
        "gaisan_hokenryo": None if gaisan is None else run["gaisan_hokenryo"],
        "gaisan_gyo": None if gaisan is None else [_gaisan_no_atai(b.run) for b in gaisan],
        "kakutei_tokubetsu": run["kakutei_tokubetsu"],
        "gaisan_tokubetsu": None if gaisan is None else run["gaisan_tokubetsu"],
        "tokubetsu": [tokubetsu.atai(k, b.run) for k, narabi in toku.items() for b in narabi],
        "nozoita_koji": nozoku,
    }
    chui += _zogen_no_chui(nendo, zogen, gaisan is not None, koji)
    chui += tokubetsu.chui(nendo, [b.run for narabi in toku.values() for b in narabi], gyo_run)
    if gaisan is not None and not koji and not mikomi:
        message = "入れる工事が1件もなく、次の年度の見込みも無いので、工事の分の概算は0円です。次の年度に終わる工事があるなら、見込みを入れてください。入れないと、精算で、払い過ぎの額が多く出ます。"
        chui.append(Chui("mikomi_nashi", message))
    if any(n["code"] == "hyo_no_mae" for n in nozoku):
        message = "表より前に始まった工事があり、その分の賃金総額と保険料が入っていません。合計はその分だけ足りません。"
        chui.append(Chui("hyo_no_mae", message))
    if nozoku:
        message = f"{len(nozoku)}件の工事は入れていません。理由は、終わっていない工事と、入れなかった工事の一覧にあります。"
        chui.append(Chui("nozoita_koji", message))
    return Keisan("ikkatsu_yuki", values, (*bu, Bu(run)), tuple(chui), ("hokokusho",))


def _hokokusho(k: Koji) -> dict[str, Any]:
    """一括有期事業報告書の1行。どの額も、工事1件の計算の行の値。"""
    ukeoi = k.run["chingin"] is None
    return {
        "koji": k.bango,
        "gyoshu": k.gyoshu,
        "kubun": k.kubun,
        "kaishi": k.run["kaishi"],
        "shuryo": k.shuryo,
        "ukeoi_daikin": k.run["zei_chosei"] if ukeoi else None,
        "shikyuzai": k.run["shikyuzai"] if ukeoi else None,
        "jogai": k.run["jogai"] if ukeoi else None,
        "ukeoi_kingaku": k.run["ukeoi_sogaku"] if ukeoi else None,
        "romuhi_ritsu": k.run["romuhi_ritsu"] * 1000 if ukeoi else None,
        "chingin_sogaku": k.run["koji_chingin"],
    }


def _zogen_no_chui(
    nendo: int, zogen: Mapping[str, Fraction], gaisan: bool, koji: list[Koji]
) -> list[Chui]:
    out = []
    kizami = teisu_no_atai("merit_zogen_kizami", date(nendo, 4, 1))
    if any(z * 100 % kizami for z in zogen.values()):
        message = f"メリット制の増減率は、ふつう{kizami}%きざみです。労災保険率決定通知書の率を確かめてください。"
        out.append(Chui("zogen_kizami", message))
    if gaisan and len(zogen) == 1:
        ari, nashi = ("確定", "概算") if "kakutei" in zogen else ("概算", "確定")
        message = f"メリット制の増減率が{ari}にだけあるので、{nashi}は増減の無い率で計算しました。{nashi}の年度の労災保険率決定通知書があるか、確かめてください（増減が無い年度なら 0 を入れてください）。"
        out.append(Chui("zogen_katahou", message))
    if "kakutei" in zogen and any(_erandeyoi(k) for k in koji):
        message = f"31の訂正した率で計算した工事があります。メリット制のある事業で、訂正した率の方が不利になる時は、使わないことができます（{cite('fusoku8')[0]}）。どちらを使うかは、労働局に確かめてください。"
        out.append(Chui("teisei_erabu", message))
    return out


def _erandeyoi(k: Koji) -> bool:
    """31の訂正した率が不利なら、使わなくてよい工事か（訂正の公布より前に始めた工事）。"""
    kaishi = k.run["kaishi"]
    tokurei = table("romuhi_ritsu").find(kaishi, kagi(k.gyoshu, k.kubun))["tokurei_ritsu"]
    return bool(tokurei and k.run["teisei"] and not teisu_no_atai(JITSUGAKU_TEISEI, kaishi))


def _seisan(answer: Keisan, x: Mapping[str, Any]) -> Kotae:
    v = answer.values
    bu, values, chui, errors = seisan(
        {
            "kanpu_seikyu": False,
            **x,
            "nendo": answer.run["nendo"],
            "hoken_kankei": "rosai",
            "kakutei_nomi": v["gaisan_hokenryo"] is None,
            "moto_kakutei_hokenryo": v["kakutei_hokenryo"],
            "moto_ippan_kyoshutsukin": v["ippan_kyoshutsukin"],
            "moto_gaisan_hokenryo": v["gaisan_hokenryo"],
        }
    )
    if bu is None:
        return NyuryokuAyamari([replace(e, field=f"seisan.{e.field}") for e in errors])
    return replace(answer, values={**v, **values}, bu=(*answer.bu, bu), chui=(*answer.chui, *chui))


@dataclass(frozen=True)
class Chingin:
    """総括表の1行の賃金総額、そのうち実際に払った賃金の分、切り捨てる前の賃金総額。"""

    sogaku: int
    jitsugaku: int
    kirisute_mae: Value


def _gaisan(
    nendo: int,
    chingin: Mapping[Gyo, list[Chingin]],
    mikomi: Mapping[Gyo, Mapping[str, Any]],
    zogen: Fraction | None,
) -> tuple[list[Bu] | None, list[Chui]]:
    out: list[Bu] = []
    if not gaisan_ari(nendo):
        return None, [_gaisan_nashi(table("rosai_hokenritsu").hanigai(date(nendo + 1, 4, 1)))]
    try:
        for gyoshu, kubun in dict.fromkeys([*chingin, *mikomi]):
            m = mikomi.get((gyoshu, kubun), {})
            kagi_ = kagi(gyoshu, kubun or None)
            gyo = chingin.get((gyoshu, kubun), [])
            narabi = _gaisan_no_chingin(nendo, kagi_, gyo, m)
            for teisei, gaku in narabi:
                given: dict[str, Any] = {
                    "nendo": nendo,
                    "gyoshu": gyoshu,
                    "romuhi_kagi": kagi_,
                    "teisei": teisei,
                    "gyo_chingin": gaku,
                    "kirisute_mae_chingin": tuple(c.kirisute_mae for c in gyo),
                    "mikomi_ukeoi": m.get("ukeoi_kingaku"),
                    "mikomi_chingin": m.get("chingin"),
                    "zogen": zogen,
                }
                run = GAISAN_GYO.run(given, TABLES)
                wake = "（賃金で計算する工事）" if len(narabi) > 1 and not teisei else ""
                out.append(Bu(run, midashi=f"概算 {gyoshu}{KUBUN.get(kubun, '')}{wake}"))
    except NotCovered as e:
        return None, [_gaisan_nashi(e)]
    if not mikomi:
        return out, []
    message = "見込みが50%以上200%以下かは、業種（36は区分も）ごとに比べています。一括した事業をどの単位で比べるかを書いた資料は見つかっていません。"
    kimeta = [
        Chui("kirisute_kimeta", f"{b.midashi}: {KIRISUTE}")
        for b in out
        if kirisute_mae_joken in b.run
    ]
    return out, [Chui("mikomi_tani", message), *kimeta]


KIRISUTE = (
    "見込みが50%以上200%以下かは、算定基礎額の1,000円未満を切り捨ててから比べています。"
    "切り捨てる前の額で比べると、概算に使う額が変わります。"
    "どちらで比べるかを定めた資料は見つかっていません。労働局に確かめてください。"
)


def _gaisan_nashi(e: NotCovered) -> Chui:
    return Chui("gaisan_nashi", f"概算は計算していません。{e.message}")


def _gaisan_no_chingin(
    nendo: int, kagi_: Any, gyo: list[Chingin], mikomi: Mapping[str, Any]
) -> list[tuple[bool, tuple[int, ...]]]:
    """率の訂正を使うかと、賃金総額の並び。率の違う31だけ、賃金で計算する工事を分ける。"""
    tsugi = date(nendo + 1, 4, 1)
    zenbu = tuple(c.sogaku for c in gyo)
    if mikomi:
        return [(_teisei(tsugi, kagi_, "chingin" in mikomi), zenbu)]
    if _teisei(tsugi, kagi_, True):
        return [(True, zenbu)]
    ukeoi = tuple(c.sogaku - c.jitsugaku for c in gyo)
    jitsugaku = tuple(c.jitsugaku for c in gyo)
    return [(t, gaku) for t, gaku in ((True, ukeoi), (False, jitsugaku)) if any(gaku)]


def _gaisan_no_atai(run: Run) -> dict[str, Any]:
    kubun = {v: k for k, v in HYO_NO_KUBUN.items()}[run["romuhi_kagi"][1]]
    return {
        "gyoshu": run["gyoshu"],
        "kubun": kubun,
        "santei_kiso": run["gaisan_kiso"],
        "ritsu": run["gaisan_ritsu"] * 1000,
        "hokenryo": run["gaisan_gyo_hokenryo"],
    }
