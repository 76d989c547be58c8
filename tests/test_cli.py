"""命令行の約束。"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from conftest import REI, golden
from hoken_calc.cli import main
from hoken_calc.nendo_koshin import SCHEMA


def run(*args: str, stdin: str | bytes = b"") -> tuple[int, str, str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "hoken_calc.cli", *args], input=data, capture_output=True
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def calc(data: Any) -> tuple[int, Any]:
    code, out, _ = run("calc", "nendo_koshin", stdin=json.dumps(data, ensure_ascii=False))
    return code, json.loads(out)


def test_one_object() -> None:
    code, answer = calc(REI)
    assert code == 0
    assert answer["status"] == "ok"
    assert answer["name"] == "nendo_koshin"
    assert answer["values"]["kibetsu"][0]["nofu_kigen"] == "2026-07-10"
    assert [set(k) for k in answer["values"]["kibetsu"]] == [
        {
            "ki",
            "gaisan",
            "juto",
            "fusoku",
            "kyoshutsukin",
            "kyoshutsukin_juto",
            "nofu_gaku",
            "nofu_kigen",
            "kozafurikae_bi",
        }
    ] * 3
    line = next(x for x in answer["lines"] if x["id"] == "kakutei_koyo")
    assert line == {
        "id": "kakutei_koyo",
        "label": "確定保険料・雇用分",
        "box": "⑫",
        "formula": "雇用の算定基礎額 × 雇用保険率（確定）",
        "substituted": "24,100,000 × 14.5/1000",
        "before_rounding": 349450,
        "rounding": "1円未満切捨て",
        "value": 349450,
        "unit": "円",
        "basis": ["徴収法11条", "端数計算法2条1項"],
    }
    ritsu = next(x for x in answer["lines"] if x["id"] == "koyo_ritsu")
    assert ritsu["value"] == "14.5"
    assert {"table", "row_start", "verified_through", "source"} <= set(answer["tables"][0])
    assert all(set(w) == {"code", "message"} for w in answer["warnings"])


def test_array_keeps_the_order_and_one_bad_element_does_not_lose_the_others() -> None:
    code, answer = calc([REI, {**REI, "nendo": 1980}, REI])
    assert code == 2
    assert [a["status"] for a in answer] == ["ok", "error", "ok"]
    assert answer[1]["errors"][0]["field"] == "nendo"
    assert answer[0] == answer[2]


def test_a_fault_of_the_program_does_not_lose_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import hoken_calc.tsuichokin as topic

    moto = topic.calc

    def kowareru(data: Any) -> Any:
        return moto(data) if str(data["fusoku"]) != "13" else 1 / 0

    monkeypatch.setattr(topic, "calc", kowareru)
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"fusoku": 28300}, {"fusoku": 13}, {"fusoku": 1000}]))
    assert main(["calc", "tsuichokin", str(path)]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert [a["status"] for a in answer] == ["ok", "error", "ok"]
    (e,) = answer[1]["errors"]
    assert "ZeroDivisionError、test_cli.py の" in e["message"]
    path = tmp_path / "x.csv"
    path.write_text("納めるべき保険料か不足額\n28300\n13\n1000\n", encoding="utf-8")
    assert main(["batch", "tsuichokin", str(path)]) == 2
    out = capsys.readouterr()
    assert [line.split(",")[-2] for line in out.out.splitlines()[1:]] == ["2800", "100"]
    assert "3行目" in out.err


@pytest.mark.parametrize(
    ("name", "data", "bun"),
    [
        ("nendo_koshin", {**REI, "shinkokuzumi_gaisan": "x"}, "申告済みの概算保険料: 0以上の円を"),
        ("nendo_koshin", {**REI, "gyoshu": "9"}, "業種番号を2桁の数字で"),
        (
            "nendo_koshin",
            {**REI, "chingin": {"rosai": -1, "koyo": 1}},
            "賃金総額 労災の賃金総額: 0以上の円を",
        ),
        (
            "tokubetsu_kanyu",
            {"nendo": 2025, "shu": 3, "kanyusha": [{"nichigaku": 5000}, {"nichigaku": "x"}]},
            "加入者 2件目 給付基礎日額: 0以上の円を",
        ),
        ("merit", {"nendobetsu": [{"nendo": "R4", "kyufu": -1}]}, "令和4年度 業務災害の保険給付: "),
        ("hoshokin", {"itaku": [{"eda": "01", "rodoshasu": -1}]}, "枝番号01 労働者数: 人数を"),
        ("hoshokin", {"itaku": [{"rodoshasu": -1}]}, "委託事業場 1件目 労働者数: 人数を"),
        ("hoshokin", {"itaku": [{"eda": "01"}]}, "枝番号01: 労働者数を入れてください。"),
    ],
)
def test_the_sentence_names_the_item(name: str, data: Any, bun: str) -> None:
    code, out, _ = run("calc", name, stdin=json.dumps(data))
    assert code == 2
    messages = [e["message"] for e in json.loads(out)["errors"]]
    assert any(m.startswith(bun) for m in messages), messages
    assert f"・{bun}" in run("calc", name, "--text", stdin=json.dumps(data))[1]


@pytest.mark.parametrize(
    ("name", "mihon"),
    [("nendo_koshin", "itaku_jigyojo"), ("ikkatsu_yuki", "koji"), ("hoshokin", "itaku_hoshokin")],
)
def test_the_samples_are_calculated_as_they_lie(name: str, mihon: str) -> None:
    path = Path(__file__).parents[1] / "data" / "samples" / f"{mihon}.csv"
    out, err = run("batch", name, str(path))[1:]
    assert len(out.splitlines()) > 1
    assert all("知らない列" in line for line in err.splitlines()[:-1])


@pytest.mark.parametrize("naka", ["", "納めるべき保険料か不足額\n", "\n\n"])
def test_a_table_without_rows_is_told(tmp_path: Path, naka: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(naka, encoding="utf-8")
    code, out, err = run("batch", "tsuichokin", str(path))
    assert (code, out) == (2, "")
    assert "計算する行がありません" in err


@pytest.mark.parametrize("meirei", ["calc", "batch", "schema"])
def test_an_unknown_calculation_is_told_with_the_known_ones(meirei: str) -> None:
    code, out, err = run(meirei, "nenmatsu", "x.csv")
    assert (code, out) == (2, "")
    assert err.startswith(
        "使い方が違います。「nenmatsu」という計算はありません。使える計算: nendo_koshin、"
    )


def test_text() -> None:
    code, out, _ = run("calc", "nendo_koshin", "--text", stdin=json.dumps(REI))
    assert code == 0
    assert "確定保険料［⑬］  424,879円" in out
    assert "24,100,000 × 14.5/1000 = 349,450円" in out
    assert "提出用ではありません" in out


def test_file_with_bom(tmp_path: Path) -> None:
    path = tmp_path / "入力.json"
    path.write_bytes(json.dumps(REI).encode("utf-8-sig"))
    assert run("calc", "nendo_koshin", str(path))[0] == 0


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        (b'{"nendo": 2025,', "JSON として読めません（1行目"),
        ('{"nendo": 2025}'.encode("utf-16"), "UTF-8"),
        (b'{"nendo": 2025, "nendo": 2024}', "「nendo」が2度"),
        (b"5", "項目の集まり"),
        (b"", "JSON として読めません"),
    ],
)
def test_broken_json(stdin: bytes, message: str) -> None:
    code, out, _ = run("calc", "nendo_koshin", stdin=stdin)
    assert code == 2
    assert message in json.loads(out)["errors"][0]["message"]


def test_missing_file_and_wrong_name() -> None:
    code, out, _ = run("calc", "nendo_koshin", "nai.json")
    assert code == 2
    assert "nai.json" in out
    code, _, err = run("calc", "nai")
    assert code == 2
    assert "使い方" in err
    assert "nendo_koshin" in err


def test_options_may_stand_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(REI), encoding="utf-8")
    outs = {
        run(*args)[1]
        for args in (
            ("calc", "nendo_koshin", "--text", str(path)),
            ("calc", "nendo_koshin", str(path), "--text"),
            ("calc", "--text", "nendo_koshin", str(path)),
        )
    }
    assert len(outs) == 1
    assert "確定保険料" in outs.pop()


@pytest.mark.parametrize(
    "odd",
    [
        {"chingin": {"rosai": "9" * 5000, "koyo": 1}},
        {"gyoshu": "\ud800"},
        {"\ud800": 1},
        {"chingin": {"rosai": [[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]}},
    ],
)
def test_odd_input_does_not_lose_the_others(odd: dict[str, Any]) -> None:
    data = json.dumps([{**REI, **odd}, REI])
    code, out, err = run("calc", "nendo_koshin", stdin=data)
    assert code == 2, err
    assert [a["status"] for a in json.loads(out)] == ["error", "ok"]


def test_numbers_too_long_for_json() -> None:
    big = json.dumps(REI).replace("25143210", "9" * 5000)
    code, out, _ = run("calc", "nendo_koshin", stdin=big)
    assert code == 2
    assert json.loads(out)["errors"][0]["code"] == "en_jogen"
    code, out, _ = run("calc", "nendo_koshin", stdin="[" * 100_000)
    assert code == 2
    assert "入れ子" in json.loads(out)["errors"][0]["message"]


@pytest.mark.parametrize(
    "text",
    [
        "1000 2000",
        "25,14,3210",
        "1,2",
        "1,",
        ",1",
        "²⁵",
        "⑤",
        "¥¥1000",
        "1e7",
        "1_000",
        "十万",
        "10万円",
        "12.5",
    ],
)
def test_yen_is_not_guessed(text: str) -> None:
    from hoken_calc.nyuryoku import Yomenai, en

    with pytest.raises(Yomenai):
        en(text)


@pytest.mark.parametrize("text", ["R0", "平成35年度", "昭和98", "令和0年", "7", "25年度", "20255"])
def test_years_are_not_guessed(text: str) -> None:
    from hoken_calc.nyuryoku import Yomenai, nendo

    with pytest.raises(Yomenai):
        nendo(text)


@pytest.mark.parametrize(
    ("text", "ninzu"),
    [
        ("1,210／12", "1210/12"),
        ("1,210÷12人", "1210/12"),
        ("1,210.5", "1210.5"),
        ("1,2/12", None),
        ("12,10", None),
    ],
)
def test_the_sum_of_a_mean_may_have_a_comma(text: str, ninzu: str | None) -> None:
    from hoken_calc.nyuryoku import Yomenai, heikin_nin

    if ninzu:
        assert heikin_nin(text) == ninzu
    else:
        with pytest.raises(Yomenai):
            heikin_nin(text)


@pytest.mark.parametrize("text", ["25/4/1", "8.6.15", "6/15"])
def test_a_short_date_is_not_guessed_and_a_short_way_is_shown(text: str) -> None:
    from hoken_calc.nyuryoku import Yomenai, hizuke

    with pytest.raises(Yomenai, match=r"R7\.4\.1 のように"):
        hizuke(text)


@pytest.mark.parametrize(
    ("change", "tashi"),
    [
        ({"nendo": 2026}, "JSON では kakutei_nomi を true にします。"),
        (
            {"tokubetsu_kanyu": {"kakutei": [{"nichigaku": 5000}]}},
            "JSON では、いなければ空の並び [] を書きます。",
        ),
    ],
)
def test_words_of_json_are_only_for_those_who_write_json(
    change: dict[str, Any], tashi: str
) -> None:
    from hoken_calc import calc as calc_
    from hoken_calc.kekka import NyuryokuAyamari

    answer = calc_("nendo_koshin", {**REI, **change})
    assert isinstance(answer, NyuryokuAyamari)
    (e,) = answer.errors
    assert answer.to_json()["errors"][0]["message"].endswith(tashi)
    for bun in (e.message, answer.to_text(), repr(answer)):
        assert not re.search(r"JSON|true|\[\]|kakutei", bun)
    futatsu = calc_("zennen_sa", {"kyonen": {**REI, **change, "nendo": 2026}, "kotoshi": REI})
    assert "JSON では" in str(futatsu.to_json())


def test_an_item_without_a_japanese_name_is_told_by_its_key() -> None:
    from hoken_calc import calc as calc_

    assert "（項目 namae）" in calc_("nendo_koshin", {**REI, "namae": 1}).to_text()
    assert "（項目" not in calc_("nendo_koshin", {**REI, "nendo": "きょねん"}).to_text()


KENSETSU = {"gyoshu": "35", "koyo_kubun": "kensetsu"}


@pytest.mark.parametrize(
    ("change", "code", "kotoba"),
    [
        ({"gyoshu": "35"}, "nigen_kensetsu", "業種「35 建築事業"),
        ({"gyoshu": "35"}, "koyo_kubun_to_au", "ふつうは「建設の事業」です。"),
        (KENSETSU, "nigen_kensetsu", "徴収法39条1項・徴収則70条"),
        (KENSETSU, "koyo_kubun_to_au", ""),
        ({"koyo_kubun": "kensetsu"}, "nigen_kensetsu", "建設の事業は、二元適用です"),
        ({"koyo_kubun": "kensetsu"}, "koyo_kubun_to_au", "ふつうは「一般の事業」です。"),
        ({**KENSETSU, "hoken_kankei": "rosai"}, "nigen_kensetsu", ""),
        ({**KENSETSU, "hoken_kankei": "koyo"}, "nigen_kensetsu", ""),
        ({"gyoshu": "95"}, "nigen_tekiyo", "は、二元適用です"),
        ({"gyoshu": "95"}, "koyo_kubun_to_au", "酪農、養鶏、養豚、内水面養殖は「一般の事業」"),
        ({"gyoshu": "02"}, "koyo_kubun_to_au", "ふつうは「農林水産・清酒製造の事業」です。"),
        ({"gyoshu": "12"}, "nigen_tekiyo", "は、船員を雇う事業でなければ、二元適用です"),
        ({"gyoshu": "74"}, "nigen_tekiyo", "港湾運送（港湾労働法）なら、二元適用です"),
        ({"gyoshu": "74"}, "koyo_kubun_to_au", ""),
        (
            {"gyoshu": "41", "koyo_kubun": "norin_suisan_seishu"},
            "koyo_kubun_to_au",
            "清酒の製造は「農林水産・清酒製造の事業」",
        ),
        ({"gyoshu": "41"}, "koyo_kubun_to_au", ""),
        ({"gyoshu": "41", "koyo_kubun": "norin_suisan_seishu"}, "nigen_tekiyo", ""),
    ],
)
def test_a_business_of_two_returns_is_told(change: dict[str, Any], code: str, kotoba: str) -> None:
    _, answer = calc({**REI, **change})
    found = [w["message"] for w in answer["warnings"] if w["code"] == code]
    assert [kotoba in m for m in found] == ([True] if kotoba else [])
    assert ("二元適用の計算" in "".join(found)) == (code == "nigen_kensetsu" and bool(kotoba))


def test_every_business_of_construction_forestry_and_fishery_has_two_returns() -> None:
    """新しい業種が足されたら、二元適用の表にも足す。"""
    from hoken_calc.nendo_koshin.shiki import KOYO_KUBUN
    from hoken_calc.tables import table

    nigen = {k: rows[-1] for k, rows in table("nigen_tekiyo").rows.items()}
    rosai = {k: rows[-1] for k, rows in table("rosai_hokenritsu").rows.items()}
    assert {r["koyo_kubun"] for r in nigen.values()} == set(KOYO_KUBUN.values())
    assert {r["nigen"] for r in nigen.values()} == {"はい", "いいえ"}
    for bunrui, kubun in (
        ("建設事業", "kensetsu"),
        ("林業", "norin_suisan_seishu"),
        ("漁業", "norin_suisan_seishu"),
    ):
        gyoshu = [k for k, r in rosai.items() if r["bunrui"] == bunrui]
        assert {(nigen[k]["nigen"], nigen[k]["koyo_kubun"]) for k in gyoshu} == {
            ("はい", KOYO_KUBUN[kubun])
        }
    hoka = {k for k, r in nigen.items() if rosai[k]["bunrui"] not in ("建設事業", "林業", "漁業")}
    assert hoka == {"41", "73", "74", "95"}


@pytest.mark.parametrize(
    ("ritsu", "kotoba"),
    [
        ({"kakutei": "2.04"}, "確定を通知された率、概算を業種の表の率"),
        ({"gaisan": "2.04"}, "概算を通知された率、確定を業種の表の率"),
        ({"kakutei": "2.04", "gaisan": "2.04"}, ""),
        ({}, ""),
    ],
)
def test_a_notified_rate_for_one_of_the_two_years_is_told(
    ritsu: dict[str, str], kotoba: str
) -> None:
    def katahou(**more: Any) -> list[str]:
        chui = calc({**REI, "rosai_ritsu": ritsu, **more})[1]["warnings"]
        return [w["message"] for w in chui if w["code"] == "tsuchi_katahou"]

    assert [kotoba in m for m in katahou()] == ([True] if kotoba else [])
    assert katahou(kakutei_nomi=True) == []
    assert katahou(hoken_kankei="koyo") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"hoken_kankei": "rosai"}, "fuyo"),
        ({"hoken_kankei": "koyo"}, "fuyo"),
        ({"kakutei_nomi": True, "mikomi": {"rosai": 1}}, "fuyo"),
        ({"chingin": {"rosai": 1_000_000, "koyo": 2_000_000}}, "koyo_ga_ooi"),
        ({"rosai_ritsu": {"kakutei": "0.003"}}, "ritsu_ga_tooi"),
        ({"juto_ishi": None}, "juto_ishi_nashi"),
    ],
)
def test_warnings(change: dict[str, Any], code: str) -> None:
    assert code in [w["code"] for w in calc({**REI, **change})[1]["warnings"]]
    assert code not in [w["code"] for w in calc(REI)[1]["warnings"]]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"chingin": {"rosai": "abc", "koyo": 1}}, "chingin.rosai", "en"),
        ({"chingin": {"rosai": -1, "koyo": 1}}, "chingin.rosai", "en_fu"),
        ({"chingin": {"rosai": 1000.0, "koyo": 1}}, "chingin.rosai", "en"),
        ({"chingin": {"rosai": True, "koyo": 1}}, "chingin.rosai", "en"),
        ({"chingin": {"rosai": 10**12, "koyo": 1}}, "chingin.rosai", "en_jogen"),
        ({"chingin": {"rosai": [1], "koyo": 1}}, "chingin.rosai", "katachi"),
        ({"chingin": {"koyo": 1}}, "chingin.rosai", "hissu"),
        ({"nendo": 2011}, "nendo", "nendo_hanigai"),
        ({"nendo": 2015}, "nendo", "nendo_hanigai"),
        ({"nendo": 2026}, "nendo", "nendo_hanigai"),
        ({"nendo": 2027, "kakutei_nomi": True}, "nendo", "nendo_hanigai"),
        ({"nendo": "きょねん"}, "nendo", "nendo"),
        ({"gyoshu": "65"}, "gyoshu", "hyo_ni_nai"),
        ({"gyoshu": "00"}, "gyoshu", "hyo_ni_nai"),
        ({"gyoshu": "9"}, "gyoshu", "gyoshu"),
        ({"gyoshu": None}, "gyoshu", "hissu"),
        ({"koyo_kubun": "その他"}, "koyo_kubun", "sentaku"),
        ({"kaisu": 2}, "kaisu", "sentaku"),
        ({"kaisu": None}, "kaisu", "hissu"),
        ({"juto_ishi": 4}, "juto_ishi", "sentaku"),
        ({"hoshiki": "kobetsu", "chingin": {"rosai": 0, "koyo": 0}}, "kaisu", "enno_fuka"),
        (
            {
                "hoshiki": "kobetsu",
                "tokubetsu_kanyu": {"kakutei": [{"nichigaku": 5000}], "gaisan": []},
            },
            "tokubetsu_kanyu",
            "jimukumiai_nomi",
        ),
        (
            {"tokubetsu_kanyu": {"kakutei": [{"nichigaku": 9500}], "gaisan": []}},
            "tokubetsu_kanyu.kakutei.0.nichigaku",
            "nichigaku",
        ),
        (
            {"tokubetsu_kanyu": {"kakutei": [{"nichigaku": 5000}]}},
            "tokubetsu_kanyu.gaisan",
            "hissu",
        ),
        ({"nendo": 2022}, "chingin.koyo", "zenki_koki"),
        ({"chingin": {"rosai": {"zenki": 1, "koki": 1}, "koyo": 1}}, "chingin", "zenki_koki"),
        (
            {"nendo": 2022, "chingin": {"rosai": 1, "koyo": {"zenki": 1}}},
            "chingin.koyo.koki",
            "hissu",
        ),
        ({"rosai_ritsu": {"kakutei": 2.04}}, "rosai_ritsu.kakutei", "ritsu"),
        ({"rosai_ritsu": {"kakutei": "0"}}, "rosai_ritsu.kakutei", "ritsu"),
        ({"rosai_ritsu": {"kakutei": "200.0001"}}, "rosai_ritsu.kakutei", "ritsu_jogen"),
        ({"namae": "x"}, "namae", "shiranai_komoku"),
        ({"mikomi": {"rosai": 1, "ippan": 2}}, "mikomi.ippan", "shiranai_komoku"),
        ({"shinkokuzumi_gaisan": None}, "shinkokuzumi_gaisan", "hissu"),
        ({"kakutei_nomi": "たぶん"}, "kakutei_nomi", "hai"),
    ],
)
def test_bad_input(change: dict[str, Any], field: str, code: str) -> None:
    from hoken_calc import calc as calc_
    from hoken_calc.kekka import NyuryokuAyamari

    answer = calc_("nendo_koshin", {**REI, **change})
    assert isinstance(answer, NyuryokuAyamari), answer
    assert [(e.field, e.code) for e in answer.errors] == [(field, code)]
    message = answer.errors[0].message
    assert message.endswith(("。", "）"))
    assert any("ぁ" <= c <= "ん" for c in message)


def test_people_type_full_width_commas_yen_and_wareki() -> None:
    typed = {
        **REI,
        "nendo": "令和７年度",
        "hoshiki": "事務組合に委託",
        "gyoshu": "９４",
        "chingin": {"rosai": "２５，１４３，２１０円", "koyo": "¥24,100,321"},
        "shinkokuzumi_gaisan": "６００，０００",
        "kaisu": "3",
    }
    assert calc(typed)[1]["values"] == calc(REI)[1]["values"]


def test_the_schema_accepts_what_the_contract_shows() -> None:
    code, out, _ = run("schema", "nendo_koshin")
    assert code == 0
    assert json.loads(out) == SCHEMA
    validator = jsonschema_rs.Draft202012Validator(SCHEMA)
    for rei in golden("nendo_koshin"):
        assert validator.is_valid(rei["入力"]), rei["id"]
    assert not validator.is_valid({**REI, "foo": 1})


def test_rosai_only_goes_back_to_2012() -> None:
    _, answer = calc({**REI, "nendo": 2012, "hoken_kankei": "rosai", "chingin": {"rosai": 1000000}})
    assert answer["values"]["ippan_kyoshutsukin"] == 50


def test_tsukibetsu() -> None:
    joyo = {"ninzu": [5] * 12, "en": [300_123] * 12 + [500_000, 400_000]}
    rinji = {"ninzu": [1] + [0] * 11, "en": [80_500] + [0] * 11}
    data = {**REI, "chingin": {"tsukibetsu": {"joyo": joyo, "rinji": rinji, "hihokensha": joyo}}}
    _, answer = calc(data)
    goukei = {**REI, "chingin": {"rosai": 4_581_976, "koyo": 4_501_476}}
    expected = {**calc(goukei)[1]["values"], "rodoshasu": 5, "hihokenshasu": 5}
    assert answer["values"] == expected
    # 0より大きく1より小さい平均は1人
    data["chingin"]["tsukibetsu"]["joyo"] = {"ninzu": [0] * 12, "en": [0] * 12}
    assert calc(data)[1]["values"]["rodoshasu"] == 1
    data["chingin"]["tsukibetsu"]["joyo"]["ninzu"] = [0] * 11
    assert "12個の並び（いまは11個）" in calc(data)[1]["errors"][0]["message"].replace(
        "で書いてください", ""
    )


def test_tsukibetsu_of_reiwa_4_is_split_at_october() -> None:
    en = [100_000] * 6 + [200_000] * 6
    hyo = {"joyo": {"ninzu": [1] * 12, "en": en}, "hihokensha": {"ninzu": [1] * 12, "en": en}}
    halves = {"zenki": 600_000, "koki": 1_200_000}
    tsuki = calc({**REI, "nendo": 2022, "chingin": {"tsukibetsu": hyo}})[1]["values"]
    wake = calc({**REI, "nendo": 2022, "chingin": {"rosai": halves, "koyo": halves}})[1]["values"]
    assert {k: v for k, v in tsuki.items() if not k.endswith("shasu")} == {
        k: v for k, v in wake.items() if not k.endswith("shasu")
    }
    hyo["joyo"]["en"] = [*en, 1]
    assert (
        calc({**REI, "nendo": 2022, "chingin": {"tsukibetsu": hyo}})[1]["errors"][0]["code"]
        == "shoyo"
    )


def test_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables"]) == 0
    out = capsys.readouterr().out
    assert "雇用保険率" in out
    assert "令和8年11月21日" in out
    assert main(["tables", "--check", "2026-04-01"]) == 0
    capsys.readouterr()
    assert main(["tables", "--check", "令和9年4月1日"]) == 1
    assert "雇用保険率（data/koyo_hokenritsu.csv）" in capsys.readouterr().out
    assert main(["tables", "--check", "いつか"]) == 2
    assert main(["tables", "--check"]) in (0, 1)
    assert date.today() >= date(2026, 1, 1)


def test_batch_command(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text(
        "枝番号,年度,申告の方式,保険関係,業種番号,労災の賃金総額,申告済みの概算保険料,納付回数\n"
        "001,令和7年度,事務組合に委託,労災だけ,94,1000000,0,1\n"
        "002,令和7年度,事務組合に委託,労災だけ,94,x,0,1\n",
        encoding="cp932",
    )
    code, _, err = run("batch", "nendo_koshin", str(path), "--out", str(out))
    assert code == 2
    assert "3行目 労災の賃金総額: 0以上の円" in err
    rows = out.read_bytes().decode("utf-8-sig").splitlines()
    assert rows[0].startswith("行,枝番号,労災の算定基礎額")
    assert rows[1].startswith("2,001,1000000")
    assert len(rows) == 2
