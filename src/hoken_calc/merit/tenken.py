"""メリット制の入力の点検。計算はできるが、入れ違いかもしれない所を注意にする。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from ..kekka import Chui
from ..sheet import Run
from ..sheet.render import number, permille
from ..tables import Row, nendo_label, table, teisu_no_atai
from ..tokubetsu_kanyu.taisho import GYOTAI
from .shiki import BEPPYO_3, BEPPYO_3_2, BEPPYO_3_3, BEPPYO_3_RINGYO, KEITAI, merit_go

TOKUTEI_SHIPPEI = "tokutei_shippei"
TOKUTEI_SHIPPEI_KUBUN = ("kowan", "ringyo", "kensetsu")
NIMOTSU_GYOSHU = ("59", "73", "74")
GYOSHU_NO_GYOTAI = {"98": ("kinyu", "oroshi"), "99": ("kinyu",)}
# 給付基礎日額に法令の上限は無いので、特別加入の最高額の2倍を、入れ違いを疑う目安にする。
NICHIGAKU_BAIRITSU = 2


def tenken(x: Mapping[str, Any], run: Run, nendobetsu: Sequence[Run]) -> list[Chui]:
    """3年の入力の、入れ違いの疑い。`nendobetsu` は計算した3つの年度（古い順）。"""
    out: list[Chui] = []
    for n in nendobetsu:
        out += _chingin_to_hokenryo(n)
    for n in sorted(x["nendobetsu"], key=lambda n: int(n["nendo"])):
        for k in n.get("kyufu_uchiwake", ()):
            out += _kyufu(n["nendo"], k["shurui"], k["gaku"], run)
    if run["gyoshu"] in NIMOTSU_GYOSHU and any(n["rodoshasu"] is not None for n in nendobetsu):
        message = "船きよや港湾などで貨物を取り扱う事業に当たるなら、労働者数は、延べの労働者数 ÷ 所定労働日数 で数えます（徴収則17条1項）。各月末の人数の合計 ÷ 12 は使いません。"
        out.append(Chui("rodoshasu_nobe", message))
    return [*out, *_jigyo_no_katachi(run), *_tokurei(x, run), *_ninzu_de_taisho(run, nendobetsu)]


def hokenryo_no_hani(
    doko: str, hi: date, chingin: int, hokenryo: int, ritsu: Sequence[Fraction], haba: int = 0
) -> list[Chui]:
    """確定保険料が、賃金総額とありうる率（メリット制で上下に `haba` ％まで）に合わない時の注意。"""
    if chingin == 0:
        message = f"{doko}賃金総額が0円なのに、確定保険料（労災分）が{number(hokenryo)}円あります。賃金総額を確かめてください。"
        return [Chui("hokenryo_hani", message)] if hokenryo else []
    higyomu = Fraction(teisu_no_atai("higyomu_saigai_ritsu", hi))
    shita, ue = (
        merit_go(r, Fraction(z), higyomu) for r, z in ((min(ritsu), -haba), (max(ritsu), haba))
    )
    # 賃金は1,000円未満を切る前の額かもしれない。保険料は1円未満を切ってある。
    kagen, jogen = max(floor((chingin - 999) * shita), 0), floor(chingin * ue)
    if kagen <= hokenryo <= jogen:
        return []
    kara = "から".join(permille(r) for r in sorted({min(ritsu), max(ritsu)}))
    merit = f"で、メリット制の増減を±{haba}%までとした" if haba else ""
    message = (
        f"{doko}確定保険料（労災分）{number(hokenryo)}円は、賃金総額{number(chingin)}円の時の範囲（{number(kagen)}円から{number(jogen)}円まで。"
        f"率は{kara}{merit}）の外です。どちらかの桁、年度、業種を確かめてください。"
    )
    return [Chui("hokenryo_hani", message)]


def bunrui_no_ritsu(bunrui: str, rows: Sequence[Row]) -> list[Fraction]:
    """業種の分類（建設事業など）に入る率。"""
    return [Fraction(r["ritsu"]) for r in rows if r["bunrui"] == bunrui]


def _chingin_to_hokenryo(n: Run) -> list[Chui]:
    doko = f"{nendo_label(n['nendo'])}の"
    if not n["chingin_sogaku"] and not n["rosai_hokenryo"] and n["rodoshasu"]:
        message = f"{nendo_label(n['nendo'])}は、労働者が{number(n['rodoshasu'])}人いるのに、賃金総額も確定保険料も0円です。入れ忘れていないか確かめてください。"
        return [Chui("chingin_nashi", message)]
    hi = date(n["nendo"], 4, 1)
    hyo = table("rosai_hokenritsu")
    row = hyo.find(hi, n["gyoshu"])
    ritsu = [Fraction(row["ritsu"])]
    if n["keitai"] != "keizoku":
        # 一括した工事は業種も開始日もさまざまなので、その年度までの分類の率を全部見る。
        saigo = date(n["nendo"] + 1, 3, 31)
        mae = [r for rows in hyo.rows.values() for r in rows if r.start <= saigo]
        ritsu = bunrui_no_ritsu(row["bunrui"], mae)
    haba = _haba(hi, BEPPYO_3_3)
    return hokenryo_no_hani(doko, hi, n["chingin_sogaku"], n["rosai_hokenryo"], ritsu, haba)


def _haba(hi: date, hyo: str) -> int:
    """増減率表 `hyo` の、いちばん大きい増減率。"""
    rows = table("merit_zogen").on(hi)
    return max(int(r["zogen_ritsu"]) for r in rows if isinstance(r.key, tuple) and r.key[0] == hyo)


def _kyufu(nendo: int, shurui: str, gaku: int, run: Run) -> list[Chui]:
    hi = date(nendo, 4, 1)
    row = table("merit_santei").find(hi, shurui)
    doko = f"{nendo_label(nendo)}の給付「{row.name}」"
    if shurui == TOKUTEI_SHIPPEI and run["chosei_kubun"][1] not in TOKUTEI_SHIPPEI_KUBUN:
        message = f"{doko}を0円としました。特定疾病として除けるのは、港湾貨物取扱・港湾荷役、林業、建設の事業だけです（徴収則17条の2）。業種番号{run['gyoshu']}では除けません。給付の種類を選び直してください。"
        return [Chui("tokutei_shippei", message)]
    if row["kazoekata"] != "nissu":
        return []
    if row["wake"] == "kyufu":
        namae, jogen = "給付基礎日額", _saiko_nichigaku(hi) * NICHIGAKU_BAIRITSU
        riyu = (
            f"目安の{number(jogen)}円（特別加入のいちばん高い給付基礎日額の{NICHIGAKU_BAIRITSU}倍）"
        )
    else:
        namae = "算定基礎日額"
        nengaku, nissu = (
            table("rosai_kyufu").find(hi, k)["atai"]
            for k in ("tokubetsu_kyuyo_jogen", "tokubetsu_kyuyo_nissu")
        )
        jogen = ceil(Fraction(nengaku, nissu))
        riyu = f"いちばん高い額{number(jogen)}円（算定基礎年額の上限{number(nengaku)}円 ÷ {nissu}）"
    if gaku <= jogen:
        return []
    message = f"{doko}の受けた額{number(gaku)}円が、{riyu}を超えています。年金は、受けた年金の額ではなく{namae}（1日分）を入れます。"
    return [Chui("nichigaku_hani", message)]


def _saiko_nichigaku(hi: date) -> int:
    return max(int(str(r.key)) for r in table("kyufu_kiso_nichigaku").on(hi))


def _jigyo_no_katachi(run: Run) -> list[Chui]:
    """林業と建設を、継続事業として計算した時の断り。"""
    if run["keitai"] != "keizoku":
        return []
    kubun = run["chosei_kubun"][1]
    if kubun == "ringyo":
        message = "林業の継続事業として計算しました。立木の伐採の事業なら、増減率は±35%の欄です。どちらに当たるかは通知書で確かめてください。"
        return [Chui("ringyo_keizoku", message)]
    if kubun == "kensetsu":
        message = f"建設の継続事業として計算しました。工事は、ふつう{KEITAI['ikkatsu_yuki_kensetsu']}か単独有期事業で、対象の条件と使う表が違うことがあります。どちらに当たるかは通知書で確かめてください。"
        return [Chui("kensetsu_keizoku", message)]
    return []


def _tokurei(x: Mapping[str, Any], run: Run) -> list[Chui]:
    if "tokurei_joken" not in x:
        return []
    gyotai = x["tokurei_joken"]["gyotai"]
    if gyotai in GYOSHU_NO_GYOTAI.get(run["gyoshu"], (gyotai,)):
        return []
    shurui = table("rosai_hokenritsu").find(date(run["nendo"], 4, 1), run["gyoshu"])["shurui"]
    au = "か".join(f"「{GYOTAI[g]}」" for g in GYOSHU_NO_GYOTAI[run["gyoshu"]])
    message = f"業種番号{run['gyoshu']}（{shurui}）なら、業種の大きな分け方は{au}のはずですが、「{GYOTAI[gyotai]}」です。特例メリットの人数の上限が変わります。企業のおもな事業で確かめてください。"
    return [Chui("tokurei_gyotai", message)]


def _ninzu_de_taisho(run: Run, nendobetsu: Sequence[Run]) -> list[Chui]:
    """40万円に足りない年度が人数で条件を満たし、幅の広い別表第3を使った時の断り。"""
    if run["keitai"] == "keizoku" or run["hyo"] not in (BEPPYO_3, BEPPYO_3_RINGYO):
        return []
    nendo = [n for n in nendobetsu if not n["kakutei_joken"]]
    if not nendo:
        return []
    doko = "・".join(f"{nendo_label(n['nendo'])}（{number(n['nendo_hokenryo'])}円）" for n in nendo)
    hi = date(run["nendo"], 4, 1)
    haba, semai = _haba(hi, run["hyo"]), _haba(hi, BEPPYO_3_2)
    message = f"{doko}は、確定保険料が40万円に足りませんが、労働者数で条件を満たしました。{BEPPYO_3_2}（±{semai}%）は40万円以上100万円未満の年度がある時の表なので、条文の字のとおり{run['hyo']}（±{haba}%）を使いました。小さい年度があるのに、増減の幅は広い方です。労働局に確かめてください。"
    return [Chui("ninzu_de_taisho", message)]
