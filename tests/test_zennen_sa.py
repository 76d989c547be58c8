"""去年との差: 1つだけ変えた時の手計算、合計がいつも差になること、比べられない2年。"""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REI
from hoken_calc import calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.zennen_sa import YOIN
from hoken_calc.zennen_sa.setsumei import hitokoto
from nyuryoku_rei import nyuryoku
from test_cli import run as cli
from test_setsumei import check

# 94 その他の各種事業の率は、2018年4月からずっと 3/1000。一般拠出金率は 0.02/1000。
CHINGIN = {"rosai": 20_000_000, "koyo": 18_000_000}
HANTOSHI = {k: {"zenki": v // 2, "koki": v // 2} for k, v in CHINGIN.items()}
MOTO = {**REI, "chingin": CHINGIN, "kaisu": 1}


def nen(nendo: int, sumi: int, **change: Any) -> dict[str, Any]:
    return {**deepcopy(MOTO), "nendo": nendo, "shinkokuzumi_gaisan": sumi, **change}


def kotae(kyonen: dict[str, Any], kotoshi: dict[str, Any]) -> Keisan:
    answer = calc("zennen_sa", {"kyonen": kyonen, "kotoshi": kotoshi})
    assert isinstance(answer, Keisan), answer
    return answer


def uchiwake(answer: Keisan) -> dict[str, int]:
    """0円でない理由だけ。"""
    return {u["yoin"]: u["kingaku"] for u in answer.values["uchiwake"] if u["kingaku"]}


def test_nothing_changes() -> None:
    """概算の2023・2024年度は、率が同じ（3、15.5）。概算 ＝ 60,000 ＋ 279,000 ＝ 339,000。"""
    kakutei = 60_000 + 9_000_000 * 95 // 10_000 + 9_000_000 * 135 // 10_000
    answer = kotae(nen(2022, kakutei, chingin=HANTOSHI), nen(2023, 339_000))
    assert answer.values["kyonen_nofu"] == answer.values["kotoshi_nofu"] == 339_000 + 400
    assert (answer.values["sa"], uchiwake(answer)) == (0, {})
    assert not answer.chui
    assert hitokoto(answer.values) == "去年と同じ 339,400円です。"


def test_only_the_wages() -> None:
    """賃金が 2,000万・1,800万 → 2,200万・2,000万。率は 3 と 15.5 のまま。

    精算: 今年の確定 66,000 ＋ 310,000 ＝ 376,000、申告済み 339,000、不足 37,000。
    概算: 2,000千円 × (3 ＋ 15.5)/1000 ＝ 37,000。一般拠出金: 2,000千円 × 0.02/1000 ＝ 40。
    """
    fueta = {"rosai": 22_000_000, "koyo": 20_000_000}
    answer = kotae(nen(2022, 267_000, chingin=HANTOSHI), nen(2023, 339_000, chingin=fueta))
    assert uchiwake(answer) == {"seisan": 37_000, "chingin": 37_000, "kyoshutsukin": 40}
    assert answer.values["sa"] == 74_040


@pytest.mark.parametrize(
    ("nendo", "kyonen_sumi", "kotoshi_sumi", "kaitei"),
    [
        # 概算の率（一般の事業）: 2021 9、2022 9.5・13.5、2023 15.5、2024 15.5、2025 14.5、2026 13.5
        (2019, 222_000, 222_000, 0),
        (2020, 222_000, 222_000, 45_000),  # 1,800万 ×（9.5＋13.5）/2/1000 − 162,000
        (2021, 222_000, 267_000, 72_000),  # 279,000 − 207,000
        (2022, 267_000, 339_000, 0),
        (2023, 339_000, 339_000, -18_000),
        (2024, 339_000, 321_000, -18_000),
    ],
)
def test_only_the_rate_of_koyo(
    nendo: int, kyonen_sumi: int, kotoshi_sumi: int, kaitei: int
) -> None:
    """賃金が同じで、申告済みの概算が確定と同じなら、差は雇用保険率の改定だけ。

    申告済みは 60,000 ＋ 1,800万 × その年度の雇用保険率。
    """
    wake = {2022: {"chingin": HANTOSHI}}
    answer = kotae(
        nen(nendo, kyonen_sumi, **wake.get(nendo, {})),
        nen(nendo + 1, kotoshi_sumi, **wake.get(nendo + 1, {})),
    )
    assert uchiwake(answer) == ({"koyo_ritsu": kaitei} if kaitei else {})
    assert answer.values["sa"] == kaitei


def test_only_the_rate_of_rosai() -> None:
    """98 卸売・小売・飲食: 2018年4月から 3、2024年4月から 3。35 建築: 9.5 のまま。

    54 金属製品製造: 2018年4月 10、2024年4月 9。労災だけ 2,000万円なら 20,000円 減る。
    """
    dake = {"hoken_kankei": "rosai", "gyoshu": "54", "koyo_kubun": None}
    rosai = {**dake, "chingin": {"rosai": 20_000_000}}
    wake = {**dake, "chingin": {"rosai": {"zenki": 10_000_000, "koki": 10_000_000}}}
    answer = kotae(nen(2022, 200_000, **wake), nen(2023, 200_000, **rosai))
    assert uchiwake(answer) == {"rosai_ritsu": -20_000}
    assert answer.values["sa"] == -20_000


def test_the_rate_moves_and_merit_stays() -> None:
    """業種の率 10 → 9、メリットはずっと −40%（0.6 を除いた残りの6割）。

    通知: (10 − 0.6) × 0.6 ＋ 0.6 ＝ 6.24、(9 − 0.6) × 0.6 ＋ 0.6 ＝ 5.64。
    2,000万 × (5.64 − 6.24)/1000 ＝ −12,000。全部が改定で、メリットは 0。
    """
    dake = {"hoken_kankei": "rosai", "gyoshu": "54", "koyo_kubun": None}
    wake = {**dake, "chingin": {"rosai": {"zenki": 10_000_000, "koki": 10_000_000}}}
    rosai = {**dake, "chingin": {"rosai": 20_000_000}}
    answer = kotae(
        nen(2022, 124_800, **wake, rosai_ritsu={"kakutei": "6.24", "gaisan": "6.24"}),
        nen(2023, 124_800, **rosai, rosai_ritsu={"kakutei": "6.24", "gaisan": "5.64"}),
    )
    assert uchiwake(answer) == {"rosai_ritsu": -12_000}
    # 増減なし（9）に戻れば、9 − 5.64 ＝ 3.36 がメリット: 67,200円。
    answer = kotae(
        nen(2022, 124_800, **wake, rosai_ritsu={"kakutei": "6.24", "gaisan": "6.24"}),
        nen(2023, 124_800, **rosai, rosai_ritsu={"kakutei": "6.24"}),
    )
    assert uchiwake(answer) == {"rosai_ritsu": -12_000, "merit": 67_200}


def test_a_change_of_business_is_not_called_a_change_of_the_rate() -> None:
    """94（3/1000）→ 54（9/1000）: 概算 2,000万 × 6/1000 ＝ 120,000円 増える。"""
    from hoken_calc.ui.zennen_sa import kekka

    answer = kotae(nen(2024, 339_000), nen(2025, 321_000, gyoshu="54"))
    bun = {u["yoin"]: u for u in answer.values["uchiwake"]}
    assert bun["rosai_ritsu"]["kingaku"] == 120_000
    assert bun["rosai_ritsu"]["namae"] == "業種の変更（労災保険率）"
    assert bun["rosai_ritsu"]["setsumei"] == (
        "業種の変更（労災保険率）: 120,000円 増えました。業種番号は、去年 94、今年 54。"
        "業種の率は、去年 3/1000、今年 9/1000。"
    )
    assert bun["koyo_ritsu"]["namae"] == "雇用保険率の改定"
    for text in (kekka(answer), answer.to_text()):
        assert "労災保険率の改定" not in text
        assert "業種の変更（労災保険率）" in text


def test_a_change_of_the_kind_of_koyo_is_not_called_a_change_of_the_rate() -> None:
    """一般 14.5 → 建設 16.5（令和8年度）: 1,800万 × 2/1000 ＝ 36,000円 増える。"""
    answer = kotae(nen(2024, 339_000), nen(2025, 357_000, koyo_kubun="kensetsu"))
    bun = {u["yoin"]: u for u in answer.values["uchiwake"]}["koyo_ritsu"]
    assert (bun["namae"], bun["kingaku"]) == ("雇用の区分の変更（雇用保険率）", 36_000)
    assert "去年 一般の事業、今年 建設の事業" in bun["setsumei"]
    (chui,) = (c.message for c in answer.chui if c.code == "kubun_chigai")
    assert "「雇用の区分の変更（雇用保険率）」に入れました" in chui


def test_the_card_of_the_difference_has_a_sign() -> None:
    from hoken_calc.ui.zennen_sa import omona

    fueru = kotae(nen(2024, 339_000), nen(2025, 300_000))
    assert "<b>差</b><span>+3,000<small>円" in omona(fueru, 2025)
    heru = kotae(nen(2024, 339_000), nen(2025, 321_000))
    assert "<b>差</b><span>−18,000<small>円" in omona(heru, 2025)
    assert "<b>今年払う額</b><span>303,400<small>円" in omona(heru, 2025)


def test_only_merit() -> None:
    """今年の概算の率だけ 3 → 2.04（−40%）。2,000万 × 0.96/1000 ＝ 19,200円 減る。"""
    kyonen = nen(2022, 267_000, chingin=HANTOSHI)
    answer = kotae(kyonen, nen(2023, 339_000, rosai_ritsu={"gaisan": "2.04"}))
    assert uchiwake(answer) == {"merit": -19_200}
    assert answer.values["sa"] == -19_200


def test_a_year_without_merit_is_said_so() -> None:
    """94 の率は 3。去年は通知なし、今年は 2.04（−40%）。"""
    answer = kotae(nen(2024, 339_000), nen(2025, 321_000, rosai_ritsu={"gaisan": "2.04"}))
    bun = {u["yoin"]: u["setsumei"] for u in answer.values["uchiwake"]}
    assert bun["merit"] == (
        "メリット制: 19,200円 減りました。去年はメリット無し（業種の率 3/1000）。"
        "今年は業種の率 3/1000 を増減した 2.04/1000。"
    )


def test_text_has_headings_and_does_not_say_a_notice_came() -> None:
    answer = kotae(nen(2024, 339_000), nen(2025, 321_000))
    text = answer.to_text()
    assert "通知された労災保険率" not in text
    assert all(s.section for s in answer.lines)
    assert "■ 業種の率とメリット" in text


def test_a_negative_amount_is_explained() -> None:
    from hoken_calc.ui.zennen_sa import kekka, omona

    yomikata = "払う額は、還付されるお金を引いた額です。マイナスなら、差し引きで戻る額です。"
    answer = kotae(nen(2024, 339_000), nen(2025, 1_000_000))
    assert yomikata in answer.to_text()
    assert yomikata in omona(answer, 2025)
    assert yomikata not in kekka(answer)  # 画面では、額のすぐ下で1度だけ言う
    assert yomikata not in kotae(nen(2024, 339_000), nen(2025, 321_000)).to_text()


def test_only_tokubetsu_kanyu() -> None:
    """今年の概算から日額10,000円の人が増える: 3,650千円 × 3/1000 ＝ 10,950円。"""
    hito = {"kakutei": [], "gaisan": [{"nichigaku": 10_000}]}
    answer = kotae(nen(2024, 339_000), nen(2025, 321_000, tokubetsu_kanyu=hito))
    assert uchiwake(answer) == {"koyo_ritsu": -18_000, "tokubetsu": 10_950}


def test_only_the_rounding() -> None:
    """労災の賃金が 999円 増えても、1,000円未満を切るので、払う額は変わらない。

    切らない概算は 999 × 3/1000 ＝ 2.997円 → 2円 増える。端数がそれを打ち消す。
    """
    answer = kotae(
        nen(2022, 267_000, chingin=HANTOSHI),
        nen(2023, 339_000, chingin={"rosai": 20_000_999, "koyo": 18_000_000}),
    )
    assert answer.values["sa"] == 0
    assert uchiwake(answer) == {"chingin": 2, "hasu": -2}


def test_kanpu_and_juto_are_both_subtracted() -> None:
    """払い過ぎは、充当でも還付でも、払う額から引く。"""
    sumi = 1_000_000
    gaku = {
        kanpu: kotae(nen(2023, 339_000), nen(2024, sumi, kanpu_seikyu=kanpu)).values
        for kanpu in (False, True)
    }
    assert gaku[False] == gaku[True]
    # 確定 339,000 − 1,000,000 ＋ 概算 321,000 ＋ 一般拠出金 400
    assert gaku[True]["kotoshi_nofu"] == -339_600


def test_words_name_the_yen() -> None:
    hito = {"kakutei": [], "gaisan": [{"nichigaku": 10_000}]}
    answer = kotae(nen(2024, 340_000), nen(2025, 300_000, tokubetsu_kanyu=hito))
    bun = {u["yoin"]: u["setsumei"] for u in answer.values["uchiwake"]}
    # 確定: 2024年度 339,000（払い過ぎ 1,000）、2025年度 321,000（不足 21,000）
    assert bun["seisan"] == (
        "前の年度の精算: 22,000円 増えました。"
        "去年は、確定保険料 339,000円 − 前払い（申告済概算保険料）340,000円で、払い過ぎの 1,000円を引く。"
        "今年は、確定保険料 321,000円 − 前払い（申告済概算保険料）300,000円で、不足の 21,000円を足す。"
    )
    assert "去年 14.5/1000、今年 13.5/1000" in bun["koyo_ritsu"]
    assert bun["merit"] == "メリット制: 変わりません。"
    assert hitokoto(answer.values) == (
        "去年より 14,950円 多い。いちばん大きい理由は前の年度の精算（+22,000円）です。"
    )
    assert [c.code for c in answer.chui] == ["shinkokuzumi_chigai"]


# ---- いつも成り立つこと -------------------------------------------------
@st.composite
def futatsu(draw: st.DrawFn) -> dict[str, Any]:
    ato = draw(nyuryoku())
    mae = draw(nyuryoku().filter(lambda x: x["hoken_kankei"] == ato["hoken_kankei"]))
    ato["nendo"] = draw(st.sampled_from([2018, 2021, 2022, 2022, 2023, 2023, 2024, 2025]))
    mae["nendo"] = ato["nendo"] - 1
    for x in (mae, ato):
        x["kakutei_nomi"] = False
        x["kaisu"] = 1
        wakeru = x["nendo"] == 2022
        for k, v in x["chingin"].items():
            kei = sum(v.values()) if isinstance(v, dict) else v
            x["chingin"][k] = {"zenki": kei // 3, "koki": kei - kei // 3} if wakeru else kei
    return {"kyonen": mae, "kotoshi": ato}


@settings(max_examples=300, deadline=None)
@given(futatsu())
def test_the_sum_is_always_the_difference(data: dict[str, Any]) -> None:
    answer = calc("zennen_sa", data)
    assert isinstance(answer, Keisan), answer
    v = answer.values
    assert [u["yoin"] for u in v["uchiwake"]] == list(YOIN)
    assert sum(u["kingaku"] for u in v["uchiwake"]) == v["sa"]
    assert v["sa"] == v["kotoshi_nofu"] - v["kyonen_nofu"] == answer.run["sa_gokei"]
    for id, ichinen in data.items():
        kibetsu = calc("nendo_koshin", ichinen)
        assert isinstance(kibetsu, Keisan)
        nofu = sum(k["nofu_gaku"] for k in kibetsu.values["kibetsu"])
        assert v[f"{id}_nofu"] == nofu - kibetsu.values["kanpu_gaku"]
        # 端数は、基礎額の1,000円未満（労災・雇用は前期と後期、特別加入）と円未満だけ。
        r = kibetsu.run
        ritsu = 3 * r["gaisan_rosai_ritsu"] + 2 * r["gaisan_koyo_ritsu"]
        ritsu += r["gaisan_koyo_koki_ritsu"]
        assert abs(answer.run[f"{id}_hasu"]) <= ceil(1000 * Fraction(ritsu)) + 4


@settings(max_examples=60, deadline=None)
@given(futatsu())
def test_every_line_can_be_calculated_again(data: dict[str, Any]) -> None:
    answer = calc("zennen_sa", data)
    assert isinstance(answer, Keisan), answer
    check(answer)


def test_mikomi_out_of_the_range_is_a_change_of_wages() -> None:
    """見込みが前年度の200%を超えると、概算は見込みで計算する。

    18.5/1000 → 概算の率（3 ＋ 14.5）で: 労災 (4,100万 − 2,000万) × 3 ＋ 雇用 (3,700万 − 1,800万) × 14.5。
    """
    mikomi = {"rosai": 41_000_000, "koyo": 37_000_000}
    answer = kotae(nen(2024, 339_000), nen(2025, 321_000, mikomi=mikomi))
    # 雇用保険率は 3,700万 × (13.5 − 14.5)/1000
    assert uchiwake(answer) == {"chingin": 63_000 + 275_500, "koyo_ritsu": -37_000}


# ---- 誤り ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("kyonen", "kotoshi", "field", "code"),
    [
        (nen(2023, 0), nen(2025, 0), "kotoshi.nendo", "nendo_renzoku"),
        (nen(2025, 0), nen(2024, 0), "kotoshi.nendo", "nendo_renzoku"),
        (
            nen(2024, 0),
            nen(2025, 0, hoken_kankei="rosai"),
            "kotoshi.hoken_kankei",
            "kankei_chigai",
        ),
        (nen(2024, 0, kakutei_nomi=True), nen(2025, 0), "kyonen.kakutei_nomi", "kakutei_nomi"),
        (nen(2025, 0), nen(2026, 0, kakutei_nomi=True), "kotoshi.kakutei_nomi", "kakutei_nomi"),
        (nen(2024, -1), nen(2025, 0), "kyonen.shinkokuzumi_gaisan", "en_fu"),
        (nen(2024, 0), nen(2025, 0, gyoshu=None), "kotoshi.gyoshu", "hissu"),
        (nen(2025, 0), nen(2026, 0), "kotoshi.nendo", "nendo_hanigai"),
        (nen(2024, 0), nen(2025, 0, foo=1), "kotoshi.foo", "shiranai_komoku"),
        (nen(2024, 0), None, "kotoshi", "hissu"),
        (5, nen(2025, 0), "kyonen", "katachi"),
    ],
)
def test_bad_input(kyonen: Any, kotoshi: Any, field: str, code: str) -> None:
    data = {k: v for k, v in (("kyonen", kyonen), ("kotoshi", kotoshi)) if v is not None}
    answer = calc("zennen_sa", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]
    assert answer.errors[0].message.endswith(("。", "）。"))


def test_all_errors_of_both_years_at_once() -> None:
    answer = calc(
        "zennen_sa",
        {"kyonen": nen(2024, 0, kaisu="2"), "kotoshi": nen(2025, 0, juto_ishi=9), "x": 1},
    )
    assert isinstance(answer, NyuryokuAyamari)
    assert {e.field for e in answer.errors} == {"x", "kyonen.kaisu", "kotoshi.juto_ishi"}


@pytest.mark.parametrize("data", [5, [], {}, None, "x"])
def test_not_two_years(data: Any) -> None:
    assert isinstance(calc("zennen_sa", data), NyuryokuAyamari)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"shinkokuzumi_gaisan": 321_001}, "shinkokuzumi_chigai"),
        ({"gyoshu": "98"}, "kubun_chigai"),
        ({"koyo_kubun": "kensetsu"}, "kubun_chigai"),
    ],
)
def test_warnings(change: dict[str, Any], code: str) -> None:
    kyonen, kotoshi = nen(2024, 339_000), nen(2025, 321_000)
    assert code not in [c.code for c in kotae(kyonen, kotoshi).warnings]
    assert code in [c.code for c in kotae(kyonen, {**kotoshi, **change}).warnings]


def test_a_warning_of_both_years_is_told_once() -> None:
    kensetsu = {"gyoshu": "35", "koyo_kubun": "kensetsu"}
    kyonen, kotoshi = nen(2024, 339_000, **kensetsu), nen(2025, 321_000, **kensetsu)
    (chui,) = (c for c in kotae(kyonen, kotoshi).chui if c.code == "nigen_kensetsu")
    assert chui.message.startswith("去年・今年: 業種「35 ")
    (chui,) = (c for c in kotae(nen(2024, 339_000), kotoshi).chui if c.code == "nigen_kensetsu")
    assert chui.message.startswith("今年: 業種「35 ")


def test_command_line() -> None:
    data = json.dumps({"kyonen": nen(2024, 339_000), "kotoshi": nen(2025, 321_000)})
    code, out, _ = cli("calc", "zennen_sa", stdin=data)
    answer = json.loads(out)
    assert (code, answer["status"], answer["values"]["sa"]) == (0, "ok", -18_000)
    assert [set(u) for u in answer["values"]["uchiwake"]] == [
        {"yoin", "namae", "kingaku", "setsumei"}
    ] * 8
    assert answer["lines"][-1]["id"] == "sa_gokei"
    code, out, _ = cli("calc", "zennen_sa", "--text", stdin=data)
    assert "雇用保険率の改定  −18,000円" in out
    code, out, _ = cli("schema", "zennen_sa")
    assert set(json.loads(out)["properties"]["kyonen"]["properties"]) >= {"nendo", "chingin"}
    code, out, _ = cli("calc", "zennen_sa", stdin='{"kyonen": {}}')
    assert code == 2
    assert "kotoshi" in {e["field"] for e in json.loads(out)["errors"]}


def test_the_chart_says_the_yen() -> None:
    from hoken_calc.ui.taki import Dan, taki

    zu = taki("題<", Dan("去年", 100), [Dan("賃金", 60), Dan("率", -200)], Dan("今年", -40))
    assert '<title id="hk-taki-dai">題&lt;</title>' in zu
    assert "去年 100円、賃金 +60円、率 −200円、今年 −40円" in zu
    # 目盛りは −40 から 160。去年の棒は 20% から 70% まで。
    assert '<rect x="20.000%" y="20" width="50.000%"' in zu
    assert '<rect x="0.000%" y="98" width="100.000%"' in zu


def test_the_page_asks_for_what_is_missing_and_takes_reiwa_4() -> None:
    from hoken_calc.ui.zennen_sa import ZennenSaGamen

    gamen = ZennenSaGamen()
    assert "hk-okashii" not in gamen.omona.html
    gamen.nendo.widget.value = 2023
    assert "hk-okashii" not in gamen.omona.html
    assert "去年: この年度は10月1日に" in gamen.omona.html
    assert gamen.omona.html.count("業種（労災保険）") == 1
    gamen._rei(None)
    gamen.nendo.widget.value = 2022
    for ran in (r for h in gamen.kotoshi.hantoshi.values() for r in h.values()):
        ran.widget.value = "10,000,000"
    # 令和3年度の確定は、例の去年の賃金のまま。令和4年度は 2,000万円ずつ。
    assert "労災の賃金は 22,500,000円 から 20,000,000円 へ" in gamen.kekka.html
    gamen.ritsu[1].widget.value = "x"
    assert gamen.omona.html.count("「x」は読めません") == 1
    gamen._kesu(None)
    assert gamen.kotoshi.sumi.value == ""


def test_the_page_takes_last_years_business_and_kind() -> None:
    """例（98、一般）で、去年だけ 35 建築（9.5/1000）・建設の事業（令和7年度 17.5/1000）。

    去年の概算は 22,500千円 × 9.5/1000 ＋ 21,300千円 × 17.5/1000 ＝ 213,750 ＋ 372,750。
    """
    from hoken_calc.ui.zennen_sa import ZennenSaGamen

    gamen = ZennenSaGamen()
    gamen._rei(None)
    for ran in (*gamen.kyonen.tokubetsu.values(), *gamen.kotoshi.tokubetsu.values()):
        ran.widget.value = ""
    gamen.nendo.widget.value = 2025
    onaji = gamen.data()
    assert (onaji["kyonen"]["gyoshu"], onaji["kyonen"]["koyo_kubun"]) == (
        onaji["kotoshi"]["gyoshu"],
        "ippan",
    )
    assert "業種の変更" not in gamen.kekka.html
    gamen.kyonen_gyoshu.widget.value = "35"
    gamen.kyonen_kubun.widget.value = "kensetsu"
    assert "業種番号は、去年 35、今年 98。業種の率は、去年 9.5/1000、今年 3/1000。" in (
        gamen.kekka.html
    )
    assert "事業の区分は、去年 建設の事業、今年 一般の事業。" in gamen.kekka.html
    assert "今年の申告書の⑱の額。書かなければ、去年の概算保険料 586,500円 とします。" in (
        gamen.kotoshi.sumi.hojo.value
    )
    assert "去年の業種（違う時だけ）、去年の雇用の区分（違う時だけ）" in (
        gamen.kuwashiku.botan.description
    )

    gamen._link_ni(None)
    utsushi = ZennenSaGamen()
    utsushi.dogu.toi = f"?{gamen.dogu.link}"
    assert utsushi.dogu.link_ayamari == []
    assert utsushi.kekka.html == gamen.kekka.html

    gamen.kyonen_gyoshu.widget.value = "飲食な何か"
    assert "「去年の業種（違う時だけ）」を入れてください。" in gamen.omona.html
    gamen.kyonen_gyoshu.widget.value = "01"
    assert "去年の業種（違う時だけ）: 業種番号「01」は" in gamen.omona.html
    assert gamen.gyoshu.shirase.value == ""
    gamen.kankei.widget.value = "koyo"
    assert "gyoshu" not in gamen.data()["kyonen"]
    gamen._kesu(None)
    assert (gamen.kyonen_gyoshu.value, gamen.kyonen_kubun.value) == ("", None)


def test_an_error_says_the_year_and_the_item() -> None:
    """去年か今年かと、項目の名前を、短く。"""
    rei = {"hoshiki": "jimukumiai", "hoken_kankei": "rosai", "gyoshu": "94", "kaisu": 1}
    kyonen = {**rei, "nendo": 2024, "chingin": {"rosai": -1}, "shinkokuzumi_gaisan": 0}
    kotoshi = {**rei, "nendo": 2025, "chingin": {"rosai": 1}, "shinkokuzumi_gaisan": "x"}
    answer = calc("zennen_sa", {"kyonen": kyonen, "kotoshi": kotoshi})
    assert isinstance(answer, NyuryokuAyamari)
    assert [e.bun.split(":")[0] for e in answer.errors] == [
        "去年 賃金総額 労災の賃金総額",
        "今年 申告済みの概算保険料",
    ]


@pytest.mark.parametrize("toshi", ["kyonen", "kotoshi"])
def test_an_item_that_only_one_year_has_and_no_one_uses(toshi: str) -> None:
    """労災だけの事業で、片方の年にだけ雇用の区分がある。使わないので、計算できる。"""
    ichinen = {"hoshiki": "jimukumiai", "hoken_kankei": "rosai", "gyoshu": "94", "kaisu": 1}
    ichinen |= {"chingin": {"rosai": 10_000_000}, "shinkokuzumi_gaisan": 30_000}
    data = {"kyonen": {**ichinen, "nendo": 2024}, "kotoshi": {**ichinen, "nendo": 2025}}
    answer = calc("zennen_sa", {**data, toshi: {**data[toshi], "koyo_kubun": "ippan"}})
    assert isinstance(answer, Keisan)
    assert answer.values == calc("zennen_sa", data).values
    assert "kubun_chigai" not in [c.code for c in answer.chui]
