"""表の計算が、1件ずつの計算と同じ整数・同じ誤りを返すこと。"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import jigyojo, tegaki
from conftest import REI
from hoken_calc import batch, calc
from hoken_calc.kekka import Keisan, NyuryokuAyamari
from hoken_calc.nendo_koshin import hiraku
from hoken_calc.schema import retsu_of
from hoken_calc.training import KAMOKU
from nyuryoku_rei import nyuryoku
from test_golden import flat

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def plain(row: pd.Series) -> dict[str, Any]:
    return {
        str(k): None if pd.isna(v) else v.date() if isinstance(v, pd.Timestamp) else v
        for k, v in row.items()
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(nyuryoku(), min_size=1, max_size=30))
def test_same_as_one_by_one(cases: list[dict[str, Any]]) -> None:
    hyo = batch.calc("nendo_koshin", pd.DataFrame([flat(c) for c in cases]))
    for i, case in enumerate(cases):
        answer = calc("nendo_koshin", case)
        if isinstance(answer, Keisan):
            assert plain(hyo.values.loc[i]) == hiraku(answer.values), case
        else:
            assert isinstance(answer, NyuryokuAyamari)
            assert i not in hyo.values.index
            rows = hyo.errors[hyo.errors["行"] == i]
            assert list(rows["理由"]) == [e.message for e in answer.errors]


def test_same_as_the_hand_written_one() -> None:
    """年度更新の式を、表の計算とは別に numpy で書いた物と同じになる。"""
    hyo = jigyojo(20_000)
    ours = batch.calc("nendo_koshin", hyo).values
    theirs = tegaki(hyo)
    assert len(ours) == len(hyo)
    assert set(theirs.columns) <= set(ours.columns)
    for column in theirs:
        a, b = ours[column], theirs[column]
        assert (
            (a.fillna(-1) == b.fillna(-1)).all() if a.dtype != "datetime64[s]" else (a == b).all()
        )


def test_exact_types() -> None:
    values = batch.calc("nendo_koshin", jigyojo(100)).values
    assert values["kakutei_hokenryo"].dtype == np.int64
    assert str(values["gaisan_hokenryo"].dtype) == "Int64"
    assert not any(t.kind == "f" for t in values.dtypes if isinstance(t, np.dtype))


def test_bad_rows_come_back_and_do_not_stop_the_others() -> None:
    good = flat(REI)
    rows = [
        good,
        {**good, "chingin_rosai": "あ"},
        {**good, "chingin_rosai": "２５，１４３，２１０円"},
        {**good, "chingin_rosai": -1},
        {**good, "nendo": 1999},
        {**good, "nendo": "令和7年度"},
        {**good, "gyoshu": "65"},
        {**good, "kaisu": 2},
        {**good, "hoshiki": "kobetsu", "chingin_rosai": 1000, "chingin_koyo": 1000},
        {**good, "chingin_koyo": None},
        {**good, "chingin_rosai": 25143210.5},
    ]
    hyo = batch.calc("nendo_koshin", pd.DataFrame(rows, index=range(100, 111)))
    assert list(hyo.values.index) == [100, 102, 105]
    assert hyo.values["kakutei_hokenryo"].nunique() == 1
    found = dict(zip(hyo.errors["行"], hyo.errors["列"], strict=True))
    assert found == {
        101: "労災の賃金総額",
        103: "労災の賃金総額",
        104: "年度",
        106: "業種番号",
        107: "納付回数",
        108: "納付回数",
        109: "雇用の賃金総額",
        110: "労災の賃金総額",
    }


def test_huge_amounts_stay_exact() -> None:
    """64ビットに収まるか怪しい額でも、1件ずつの計算と同じになる。"""
    case = {
        **REI,
        "chingin": {"rosai": 10**12 - 1, "koyo": 10**12 - 1},
        "rosai_ritsu": {"kakutei": "199.9999"},
    }
    answer = calc("nendo_koshin", case)
    assert isinstance(answer, Keisan)
    hyo = batch.calc("nendo_koshin", pd.DataFrame([flat(case)]))
    assert plain(hyo.values.loc[0]) == hiraku(answer.values)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "委託.csv"
    path.write_bytes(
        (
            "基幹番号,事業場名,年度,申告の方式,保険関係,業種番号,雇用保険の事業の区分,労災の賃金総額,雇用の賃金総額,申告済みの概算保険料,納付回数,謎\r\n"
            '012345,㈱髙﨑①,令和7,事務組合に委託,労災と雇用の両方,94,一般の事業,"25,143,210","２４，１００，３２１円",600000,3,x\r\n'
            "012345,壊れた行\r\n"
            "012345,ぱ,令和7,事務組合に委託,労災だけ,2,,1000,,0,1,x\r\n"
        ).encode(encoding)
    )
    frame, broken = batch.read_csv(path)
    hyo = batch.calc("nendo_koshin", frame)
    assert list(broken["行"]) == [3]
    assert "列の数が 2" in broken["理由"][0]
    assert list(hyo.values["事業場名"]) == ["㈱髙﨑①"]
    assert list(hyo.values["基幹番号"]) == ["012345"]
    answer = calc("nendo_koshin", REI)
    assert isinstance(answer, Keisan)
    assert hyo.values["kakutei_hokenryo"].iloc[0] == answer.values["kakutei_hokenryo"]
    assert list(hyo.errors["列"]) == ["謎", "業種番号"]
    assert "2桁" in hyo.errors["理由"][1]


def test_xlsx(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        [
            "枝番号",
            "年度",
            "申告の方式",
            "保険関係",
            "業種番号",
            "労災の賃金総額",
            "申告済みの概算保険料",
            "納付回数",
        ]
    )
    sheet.append(["001", 2025, "事務組合に委託", "労災だけ", "94", 1_000_999, 0, 1])
    path = tmp_path / "委託.xlsx"
    book.save(path)
    frame, broken = batch.read_csv(path)
    hyo = batch.calc("nendo_koshin", frame)
    assert broken.empty
    assert hyo.errors.empty
    assert list(hyo.values["枝番号"]) == ["001"]
    assert list(hyo.values["kakutei_hokenryo"]) == [3000]
    (tmp_path / "x.xlsx").write_bytes(b"PK broken")
    with pytest.raises(ValueError, match="xlsx として読めません"):
        batch.read_csv(tmp_path / "x.xlsx")


def test_csv_that_is_neither_encoding(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\x81\x20\xff\xfe\n")
    with pytest.raises(ValueError, match="UTF-8 か cp932"):
        batch.read_csv(path)


@pytest.mark.parametrize(
    ("encoding", "warui"), [("utf-8", b"\x80"), ("utf-8-sig", b"\xe3\x81"), ("cp932", b"\xff")]
)
def test_a_byte_that_cannot_be_read_loses_only_its_row(
    tmp_path: Path, encoding: str, warui: bytes
) -> None:
    path = tmp_path / "x.csv"
    rows = ["事業場,納めるべき保険料か不足額", "甲,28300", "乙■,1000", "丙,２８，３００円"]
    data = "\r\n".join(r if "，" not in r else r.replace("，", "") for r in rows)
    path.write_bytes(data.replace("■", "\0").encode(encoding).replace(b"\0", warui))
    frame, broken = batch.read_csv(path)
    assert list(frame["事業場"]) == ["甲", "丙"]
    assert list(broken["行"]) == [3]
    assert "UTF-8 か cp932" in broken["理由"].iloc[0]
    hyo = batch.calc("tsuichokin", frame)
    assert list(hyo.values["tsuichokin"]) == [2800, 2800]


def gyo(name: str, data: dict[str, Any], jigyojo: str) -> list[dict[str, Any]]:
    """1件の入力を、表の行にする。並びは1つが1行で、ほかの項目は初めの行だけに書く。"""
    narabi = [k for k, v in data.items() if isinstance(v, list)]
    hitotsu = {k: v for k, v in data.items() if k not in narabi}
    rows = [
        {f"{narabi[0]}.{k}": v for k, v in x.items()} for x in (data[narabi[0]] if narabi else [{}])
    ]
    return [{"事業場": jigyojo, **(hitotsu if i == 0 else {}), **r} for i, r in enumerate(rows)]


def hiraita(x: Any, key: str = "") -> dict[str, Any]:
    """答えの値を、表の列の名前に開く。"""
    if isinstance(x, dict):
        parts = [(str(k), v) for k, v in x.items()]
    elif isinstance(x, list):
        parts = [(str(i), v) for i, v in enumerate(x, 1)]
    else:
        return {} if x is None else {key: x}
    out: dict[str, Any] = {}
    for k, v in parts:
        out |= hiraita(v, f"{key}.{k}" if key else k)
    return out


REI_NO_NARABI: dict[str, list[dict[str, Any]]] = {
    **{
        name: [KAMOKU[name].jirei(i).data for i in range(30)]
        for name in ("tokubetsu_kanyu", "ikkatsu_yuki", "enno", "merit")
    },
    "tsuichokin": [{"fusoku": x} for x in (0, 999, 1000, 28300, 10**9)],
    "entaikin": [
        {"hokenryo": x, "nofu_kigen": "2024-07-10", "kanno": kanno}
        for x in (500, 500_000, 3_141_592)
        for kanno in ("2024-07-31", "2024-11-15", "2026-02-01")
    ]
    + [
        {
            "hokenryo": 500_000,
            "nofu_kigen": "2024-07-10",
            "kanno": "2024-11-15",
            "ichibu_nofu": [{"hi": hi, "gaku": 100_001} for hi in nofu],
        }
        for nofu in (["2024-09-01"], ["2024-10-01", "2024-08-01"])
    ],
}


REI_NO_NARABI["zoka_gaisan"] = [
    {
        "nendo": 2025,
        "hoshiki": hoshiki,
        "moto_santei_kiso": 10_000_000,
        "zoka_santei_kiso": 25_000_000,
        "moto_gaisan": 145_000,
        "zoka_gaisan": gaisan,
        "zoka_bi": bi,
        "moto_enno": enno,
        **jigyo,
    }
    for hoshiki in ("jimukumiai", "kobetsu")
    for gaisan in (275_000, 362_501)
    for bi in ("2025-07-10", "2026-03-20")
    for enno in (True, False)
    for jigyo in ({}, {"jigyo": "yuki", "seiritsu": "2025-05-01", "shuryo": "2026-09-30"})
]


def onaji(hyo: batch.Hyo, name: str, cases: list[dict[str, Any]]) -> None:
    """表の答えが、1件ずつの答えと同じ。"""
    assert hyo.errors.empty, hyo.errors.to_string()
    assert len(hyo.values) == len(cases)
    for data, (_, row) in zip(cases, hyo.values.iterrows(), strict=True):
        answer = calc(name, data)
        assert isinstance(answer, Keisan)
        got = {str(k): v for k, v in row.items() if k != "事業場" and not pd.isna(v)}
        values = answer.to_json()["values"]
        assert got == hiraita({k: v for k, v in values.items() if k not in answer.meisai}), data


@pytest.mark.parametrize("name", REI_NO_NARABI)
def test_bundled_rows_give_the_same_as_one_by_one(name: str) -> None:
    cases = REI_NO_NARABI[name]
    table = [gyo(name, data, f"場{i}") for i, data in enumerate(cases)]
    onaji(batch.calc(name, pd.DataFrame([r for rows in table for r in rows])), name, cases)


def test_a_list_of_places_gives_the_same_as_one_by_one() -> None:
    """1行が1つの事業場の計算（報奨金）は、1つの表が1件。"""
    for i in range(10):
        data = KAMOKU["hoshokin"].jirei(i).data
        onaji(batch.calc("hoshokin", pd.DataFrame(gyo("hoshokin", data, ""))), "hoshokin", [data])


def test_bundled_rows_are_read_by_their_japanese_headings() -> None:
    table = pd.DataFrame(
        [
            ["い", "令和7年度", "3", "１４，０００円", None, "謎"],
            ["あ", "R7", "3", 10000, "R7.10.1", "x"],
            ["い", None, None, 5000, None, "x"],
            ["う", "R7", "3", 14001, None, "x"],
            ["え", "R7", "3", 14000, None, "x"],
            ["え", "R6", "3", 14000, None, "x"],
            ["お", "R7", "3", 14000, None, "x"],
            ["お", "2025", "3", 5000, None, "x"],
        ],
        columns=["事業場名", "保険年度", "特別加入の種類", "給付基礎日額", "承認日", "謎の列"],
        index=range(2, 10),
    )
    hyo = batch.calc("tokubetsu_kanyu", table)
    # 14,000×365＋5,000×365＝6,935,000、×3/1000＝20,805。10,000: 月額304,167×6＝1,825,002→1,825,000×3/1000＝5,475。
    assert dict(zip(hyo.values["事業場名"], hyo.values["hokenryo"], strict=True)) == {
        "い": 20805,
        "あ": 5475,
        "お": 20805,
    }
    found = [(r, c) for r, c, _ in hyo.errors.itertuples(index=False)]
    assert found == [(None, "謎の列"), (5, "給付基礎日額"), (7, "保険年度")]
    csv = batch.to_csv(hyo)
    assert csv.splitlines()[0].startswith("行,事業場名,特別加入者1・加入した月数")


def test_a_table_without_a_name_of_the_place_is_one_place() -> None:
    frame, broken = batch.read_csv(SAMPLES / "koji.csv")
    assert broken.empty
    hyo = batch.calc("ikkatsu_yuki", frame)
    assert hyo.errors.empty
    assert len(hyo.values) == 1
    # 総括表の保険料の合計は、行の保険料を足した額。
    row = hyo.values.iloc[0]
    gyo = [row[c] for c in hyo.values if re.fullmatch(r"soukatsu\.\d+\.hokenryo", c)]
    assert row["kakutei_hokenryo"] == sum(gyo)


def test_what_is_wrong_is_told_by_the_row_in_order() -> None:
    rows = [
        {"確定の保険年度": "R7", "枝番号": "001", "労働者数": "x", "保険関係": "労災と雇用の両方"},
        {"枝番号": "002", "労働者数": "4", "保険関係": "労災", "確定保険料": "1", "納付額": "-1"},
        {"確定の保険年度": "R6", "枝番号": "003"},
    ]
    hyo = batch.calc("hoshokin", pd.DataFrame(rows, index=[2, 3, 4]))
    assert [(e.行, e.列, e.理由) for e in hyo.errors.itertuples()] == [
        (
            4,
            "確定の保険年度",
            "前の行と、確定の保険年度が違います。同じ値を書くか、空けてください。",
        )
    ]
    del rows[2]["確定の保険年度"]
    hyo = batch.calc("hoshokin", pd.DataFrame(rows, index=[2, 3, 4]))
    gyo = list(hyo.errors["行"])
    assert gyo == sorted(gyo)
    assert set(gyo) == {2, 3, 4}
    assert not any(r.startswith(c) and ": " in r for c, r in hyo.errors[["列", "理由"]].to_numpy())


def test_a_list_of_places_is_one_union_and_its_headings_are_those_of_the_page() -> None:
    """報奨金の見本: 1行が1つの委託事業場で、全部で1つの事務組合。"""
    frame, _ = batch.read_csv(SAMPLES / "itaku_hoshokin.csv")
    hyo = batch.calc("hoshokin", frame)
    assert hyo.errors.empty, hyo.errors.to_string()
    assert len(hyo.values) == 1
    # 見本は95%に足りない（data/samples/README.md）。15人以下は48件。
    assert hyo.values["taisho_kensu"].iloc[0] == 48
    assert not hyo.values["yoken_95"].iloc[0]


def test_rows_without_a_list_are_one_case_each() -> None:
    """並びの列が無い表は、1行が1件。事業場を見分ける列が無くても、同じ事業場の行があっても。"""
    frame = pd.DataFrame(
        {
            "滞納した労働保険料": ["100,000", "500,000"],
            "法定納期限": "R6.7.10",
            "完納した日": "R6.11.15",
            "備考": ["第1期", "第2期"],
        }
    )
    for hyo in (frame, frame.assign(事業場名="あ")):
        answer = batch.calc("entaikin", hyo)
        assert answer.errors.empty, answer.errors.to_string()
        assert list(answer.values["備考"]) == ["第1期", "第2期"]
        assert list(answer.values["entaikin"]) == [1_900, 9_700]
    # 一部の納付の列があれば、1行が1回の納付。
    hyo = frame.assign(事業場名=["あ", "い"], 納めた日=["", "R6.9.1"], 納めた額=["", "200,000"])
    answer = batch.calc("entaikin", hyo)
    assert list(answer.values["entaikin"]) == [1_900, 6_500]
    assert answer.midashi["kukan.1.hokenryo_kiso"].midashi == "区間1・延滞金のもとの額"


@pytest.mark.parametrize("retsu", [("rosai", "rosai_zenki"), ("rosai_zenki", "rosai")])
def test_a_total_and_its_halves_in_one_row_are_told(retsu: tuple[str, str]) -> None:
    good = flat(REI)
    rest = {k: v for k, v in good.items() if k != "chingin_rosai"}
    bad = {**rest, **{f"chingin_{k}": "１０００" for k in retsu}}
    hyo = batch.calc("nendo_koshin", pd.DataFrame([good, bad], columns=list(bad)))
    assert list(hyo.values.index) == [0]
    assert [r for r, _, _ in hyo.errors.itertuples(index=False)] == [1]
    assert "どちらか一方" in hyo.errors["理由"][0]


def nigen(bango: int) -> dict[str, Any]:
    """二元適用の入力。現場の工事2件と、2人目だけ年度の途中に加入した特別加入者。"""
    kyotsu = {"nendo": 2025, "hoshiki": "jimukumiai", "kaisu": 3}
    koji = {"gyoshu": "35", "kaishi": "2024-05-01", "shuryo": "2025-08-31"}
    hito = {"gyoshu": "35", "nichigaku": 10_000}
    return {
        "genba": {
            "nendo": 2025,
            "koji": [
                {**koji, "ukeoi_kingaku": 30_000_001 + 777_777 * bango},
                {"gyoshu": "38", "kaishi": "2025-12-01", "ukeoi_kingaku": 1_000_000},
            ],
            "tokubetsu_kanyu": {
                "kakutei": [hito, {**hito, "nichigaku": 5_000, "shonin": "2025-10-01"}],
                "gaisan": [hito],
            },
            "seisan": {"hoshiki": "jimukumiai", "shinkokuzumi_gaisan": 90_000, "kaisu": 3},
        },
        "jimusho": {
            **kyotsu,
            "hoken_kankei": "rosai",
            "gyoshu": "94",
            "chingin": {"rosai": 7_200_000 + 12_345 * bango},
            "shinkokuzumi_gaisan": 30_000,
        },
        "koyo": {
            **kyotsu,
            "hoken_kankei": "koyo",
            "koyo_kubun": "kensetsu",
            "chingin": {"koyo": 38_500_000},
            "shinkokuzumi_gaisan": 650_000,
        },
    }


def nigen_no_gyo(data: dict[str, Any], jigyojo: str) -> list[dict[str, Any]]:
    """二元適用の1件を、表の行にする。並びの1つが1行で、ほかの項目は初めの行だけに書く。"""
    out: list[dict[str, Any]] = [{"事業場": jigyojo}]

    def hiraku(x: dict[str, Any], michi: str) -> None:
        for k, v in x.items():
            if isinstance(v, dict):
                hiraku(v, f"{michi}{k}.")
            elif isinstance(v, list):
                for hitotsu in v:
                    out.append({"事業場": jigyojo})
                    out[-1] |= {f"{michi}{k}.{c}": a for c, a in hitotsu.items()}
            else:
                out[0][f"{michi}{k}"] = v

    hiraku(data, "")
    return out


def test_bundled_rows_of_nigen_give_the_same_as_one_by_one() -> None:
    cases = [nigen(i) for i in range(8)]
    table = [nigen_no_gyo(data, f"場{i}") for i, data in enumerate(cases)]
    onaji(batch.calc("nigen", pd.DataFrame([r for rows in table for r in rows])), "nigen", cases)
    # 30,000,001 × 23% ＝ 6,900,000.23 → 65,550、特別加入 4,562千円 × 9.5/1000 ＝ 43,339
    values = calc("nigen", cases[0]).values
    assert values["hoken"][0]["kakutei_hokenryo"] == 65_550 + 43_339


# ---- 去年との差、単独有期のメリット制 --------------------------------------
def nen(nendo: int, sumi: int, **change: Any) -> dict[str, Any]:
    chingin = {"rosai": 20_000_000, "koyo": 18_000_000}
    moto = {**REI, "nendo": nendo, "kaisu": 1, "chingin": chingin, "shinkokuzumi_gaisan": sumi}
    return {**moto, **change}


WAKE = {k: {"zenki": 9_000_000, "koki": 10_000_000} for k in ("rosai", "koyo")}
NINEN = [
    {"kyonen": nen(2024, 339_000), "kotoshi": nen(2025, 321_000)},
    {"kyonen": nen(2022, 0, chingin=WAKE), "kotoshi": nen(2023, 1_000_000, kanpu_seikyu=True)},
    {
        "kyonen": nen(2024, 0, tokubetsu_kanyu={"kakutei": 3_650_000, "gaisan": 3_650_000}),
        "kotoshi": nen(
            2025,
            0,
            mikomi={"rosai": 50_000_000, "koyo": 50_000_000},
            rosai_ritsu={"kakutei": "2.04", "gaisan": "3.96"},
            tokubetsu_kanyu={"kakutei": 3_650_000, "gaisan": 7_300_000},
        ),
    },
    {"kyonen": nen(2024, 0, gyoshu="98"), "kotoshi": nen(2025, 0, koyo_kubun="kensetsu")},
]


def test_zennen_sa_gives_the_same_as_one_by_one() -> None:
    table = [{"事業場": f"場{i}", **hiraita(data)} for i, data in enumerate(NINEN)]
    onaji(batch.calc("zennen_sa", pd.DataFrame(table)), "zennen_sa", NINEN)


def test_zennen_sa_is_read_by_its_japanese_headings() -> None:
    """去年は確定 339,000 − 339,000 ＋ 概算 321,000 ＋ 拠出金 400。今年は 321,000 − 339,000 ＋ 303,000 ＋ 400。"""
    onaji_retsu = {
        "申告の方式": "事務組合に委託",
        "保険関係": "労災と雇用の両方",
        "業種番号": "94",
        "雇用保険の事業の区分": "一般の事業",
        "労災の賃金総額": "２０，０００，０００円",
        "雇用の賃金総額": "18,000,000",
        "申告済みの概算保険料": "339000",
        "納付回数": "1",
    }
    good: dict[str, Any] = {"事業場名": "い", "去年の年度": "R6", "今年の年度": "令和7年度"}
    good |= {f"{t}の{k}": v for t in ("去年", "今年") for k, v in onaji_retsu.items()}
    good |= {"去年の雇用の賃金・前期": None}
    rows = [
        good,
        {**good, "今年の労災の賃金総額": None},
        {**good, "去年の雇用の賃金・前期": "1"},
        {**good, "去年の業種番号": "9"},
    ]
    hyo = batch.calc("zennen_sa", pd.DataFrame(rows, index=range(2, 6)))
    (gyo,) = hyo.values.to_dict("records")
    assert (gyo["事業場名"], gyo["kyonen_nofu"], gyo["kotoshi_nofu"]) == ("い", 321_400, 285_400)
    assert gyo["sa"] == -36_000
    found = [(r, c) for r, c, _ in hyo.errors.itertuples(index=False)]
    assert found == [
        (3, "今年の労災の賃金総額"),
        (4, "去年の雇用の賃金・前期"),
        (5, "去年の業種番号"),
    ]
    assert "どちらか一方" in hyo.errors["理由"][1]


def test_the_columns_are_listed_once_for_all_unknown_columns() -> None:
    table = pd.DataFrame([{"事業場": "あ", **hiraita(NINEN[0]), "謎": 1, "なぞ": 2}])
    hyo = batch.calc("zennen_sa", table)
    ((gyo, retsu, riyu),) = hyo.errors.itertuples(index=False)
    assert (gyo, retsu) == (None, "謎、なぞ")
    assert riyu.count("計算に使う列") == 1
    assert "去年の労災の賃金総額" in riyu


def test_the_columns_of_a_schema_with_two_ways_of_writing() -> None:
    """事務所の賃金は、合計の列と、前期・後期の列。"""
    retsu = {r.id: r.label for r in retsu_of(import_module("hoken_calc.nendo_koshin").SCHEMA)}
    assert {k: v for k, v in retsu.items() if k.startswith("chingin.rosai")} == {
        "chingin.rosai": "労災の賃金総額",
        "chingin.rosai.zenki": "労災の賃金総額・前期",
        "chingin.rosai.koki": "労災の賃金総額・後期",
    }


TANDOKU = {
    "jigyo": "kensetsu",
    "seiritsu": "2023-05-01",
    "ukeoi_kingaku": 250_000_000,
    "chingin_sogaku": 57_500_000,
    "rosai_hokenryo": 546_250,
    "kyufu_3": 0,
    "tokubetsu_shikyukin_3": 0,
}


def test_merit_yuki_gives_the_same_as_one_by_one() -> None:
    moto = TANDOKU
    tokubetsu = {"tokubetsu_kiso": 3_650_000, "tokubetsu_hokenryo": 34_675}
    cases = [
        moto,
        {**moto, "kyufu_3": 500_000},
        {**moto, **tokubetsu, "kyufu_9": 800_000, "tokubetsu_shikyukin_9": 100_000},
    ]
    table = pd.DataFrame([{"事業場": f"場{i}", **x} for i, x in enumerate(cases)])
    hyo = batch.calc("merit_yuki", table)
    onaji(hyo, "merit_yuki", cases)
    # 546,250 −（546,250 − 57,500,000 × 0.6/1000）× 40% ＝ 546,250 − 204,700
    assert hyo.values["kaitei_hokenryo"].iloc[0] == 341_550
    chiisai = {**moto, "rosai_hokenryo": 399_999, "ukeoi_kingaku": 109_999_999}
    hyo = batch.calc("merit_yuki", pd.DataFrame([chiisai]))
    assert "あと1円" in hyo.values["対象外の理由"].iloc[0]


def test_an_unknown_gyoshu_is_refused_even_with_a_notified_rate() -> None:
    data = {**REI, "gyoshu": "00", "rosai_ritsu": {"kakutei": "2.04", "gaisan": "2.04"}}
    answer = calc("nendo_koshin", data)
    assert isinstance(answer, NyuryokuAyamari)
    assert [(e.field, e.code) for e in answer.errors] == [("gyoshu", "hyo_ni_nai")]
    gyo = {
        "年度": 2025,
        "申告の方式": "事務組合に委託",
        "保険関係": "労災だけ",
        "業種番号": "94",
        "通知された労災保険率・確定": "2.04",
        "通知された労災保険率・概算": "2.04",
        "労災の賃金総額": 1_000_000,
        "申告済みの概算保険料": 0,
        "納付回数": 1,
    }
    hyo = batch.calc("nendo_koshin", pd.DataFrame([gyo, {**gyo, "業種番号": "00"}]))
    assert hyo.errors.to_dict("list") == {
        "行": [1],
        "列": ["業種番号"],
        "理由": [answer.errors[0].message],
    }


def hyo_no_rei(name: str) -> pd.DataFrame:
    """計算ごとの、表の例。"""
    if name == "hoshokin":
        return batch.read_csv(SAMPLES / "itaku_hoshokin.csv")[0]
    if name == "merit_yuki":
        return pd.DataFrame([TANDOKU])
    if name == "zennen_sa":
        return pd.DataFrame([hiraita(x) for x in NINEN])
    rei = {"nigen": [nigen(0)]} | REI_NO_NARABI
    gyo_ni = nigen_no_gyo if name == "nigen" else lambda data, na: gyo(name, data, na)
    return pd.DataFrame([r for i, x in enumerate(rei[name]) for r in gyo_ni(x, f"場{i}")])


@pytest.mark.parametrize("name", [*REI_NO_NARABI, "nigen", "zennen_sa", "merit_yuki", "hoshokin"])
def test_the_csv_is_written_in_words_people_read(name: str) -> None:
    """見出しにローマ字が無く、選ぶ項目の値も日本語。"""
    csv = batch.to_csv(batch.calc(name, hyo_no_rei(name)))
    head, *body = csv.splitlines()
    assert not re.search("[a-z]", head), head
    assert not re.search(r"(?<![A-Za-z])[a-z]{3,}", "".join(body)), body
    assert len(set(head.split(","))) == len(head.split(","))


def test_other_usual_headings_are_read_and_a_column_given_twice_is_told() -> None:
    """着工日だけが並びの列でも、1つの事業場にまとめる。"""
    koji = {
        "業種番号": "35",
        "着工日": "R6.5.10",
        "竣工日": "R7.6.30",
        "請負代金の額": "12,000,000",
    }
    gyo = [{"確定の保険年度": "R7", **koji}, {**koji, "元請・下請": "下請"}]
    hyo = batch.calc("ikkatsu_yuki", pd.DataFrame(gyo))
    assert hyo.errors.empty, hyo.errors.to_string()
    # 12,000,000 × 23% ＝ 2,760,000、× 9.5/1000
    assert list(hyo.values["kakutei_hokenryo"]) == [26_220]
    hyo = batch.calc("ikkatsu_yuki", pd.DataFrame([{**gyo[0], "開始日": "R6.5.11"}]))
    ((_, retsu, riyu),) = hyo.errors.itertuples(index=False)
    assert (retsu, riyu.startswith("「着工日」と同じ項目の列で")) == ("開始日", True)
    assert hyo.values.empty


GOKEI = {
    "tokubetsu_kanyu": "保険年度,特別加入の種類,業種番号,備考,給付基礎日額\nR7,1,35,甲,5000\n,,,乙,5000\n,,,合計,10000\n",
    "tsuichokin": "事業場名,不足額\nあ,28300\nい,10000\n合　計,38300\n",
    "hoshokin": "確定の保険年度,枝番号,労働者数,保険関係,確定保険料額,納付済額\n"
    "R7,001,4,両保険,100000,100000\nR7,002,3,両保険,200000,200000\nR7,合計,7,両保険,300000,300000\n",
    "nendo_koshin": "事業場名,確定の保険年度,申告の方式,保険関係,業種番号,雇用保険の事業の区分,労災の賃金総額,雇用の賃金総額,申告済みの概算保険料,納付回数\n"
    "あ,R7,事務組合に委託,両保険,94,一般の事業,10000000,10000000,0,1\n"
    "小計,R7,事務組合に委託,両保険,94,一般の事業,10000000,10000000,0,1\n",
}


@pytest.mark.parametrize("name", GOKEI)
def test_a_row_of_totals_is_not_counted(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(GOKEI[name], encoding="utf-8")
    frame, broken = batch.read_csv(path)
    hyo = batch.calc(name, frame, broken, chui=True)
    gyo = GOKEI[name].count("\n")
    assert [(e.行, e.理由) for e in hyo.errors.itertuples()] == [
        (gyo, "合計の行なので、入れていません。")
    ]
    moto = batch.calc(name, frame.iloc[:-1], broken, chui=True)
    pd.testing.assert_frame_equal(hyo.values, moto.values)
    # 日額 5,000 × 365 × 2人 ＝ 3,650,000、× 9.5/1000
    matsu = {"tokubetsu_kanyu": ("hokenryo", [34_675]), "tsuichokin": ("tsuichokin", [2800, 1000])}
    if name in matsu:
        column, atai = matsu[name]
        assert list(hyo.values[column]) == atai


def test_rows_that_are_bundled_wait_for_the_row_that_cannot_be_read(tmp_path: Path) -> None:
    head = "確定の保険年度,業種番号,着工日,竣工日,請負代金の額,元請／下請\n"
    yoi = "令和7年度,35,2024-05-10,2025-06-30,12000000,元請\n"
    path = tmp_path / "x.csv"
    path.write_text(head + yoi + yoi.replace("元請", "下請"), encoding="utf-8")
    hyo = batch.calc("ikkatsu_yuki", *batch.read_csv(path))
    assert hyo.errors.empty, hyo.errors.to_string()
    assert list(hyo.values["kakutei_hokenryo"]) == [26_220]
    path.write_text(head + yoi + "x," + yoi, encoding="utf-8")
    hyo = batch.calc("ikkatsu_yuki", *batch.read_csv(path))
    assert hyo.values.empty
    assert list(hyo.errors["列"]) == ["（表全体）", "（行全体）"]
    # 1行が1件の計算は、ほかの行を計算する。行の順に知らせる。
    path.write_text("不足額\n28300\nx\n1,2\ny\n", encoding="utf-8")
    hyo = batch.calc("tsuichokin", *batch.read_csv(path))
    assert list(hyo.values["tsuichokin"]) == [2800]
    assert list(hyo.errors["行"]) == [3, 4, 5]


def test_two_columns_of_one_item_with_other_values_are_not_chosen_from() -> None:
    gyo = {"確定保険料額": "100000", "確定保険料": "200000", "納付済額": "100000"}
    gyo |= {"確定の保険年度": "R7", "枝番号": "001", "労働者数": "4", "保険関係": "両保険"}
    hyo = batch.calc("hoshokin", pd.DataFrame([gyo]))
    assert hyo.values.empty
    assert "値が違います" in hyo.errors["理由"][0]
    hyo = batch.calc("hoshokin", pd.DataFrame([gyo | {"確定保険料": "100000"}]))
    assert hyo.errors.empty
    assert len(hyo.values) == 1


def test_the_warnings_of_each_row_stand_in_the_table() -> None:
    """注意は、1件ずつ計算した時と同じ。年度更新は列の計算でも出す。"""
    rei = {**REI, "gyoshu": "35"}
    hyo = batch.calc("nendo_koshin", pd.DataFrame([flat(REI), flat(rei)]), chui=True)
    for i, data in enumerate((REI, rei)):
        answer = calc("nendo_koshin", data)
        assert isinstance(answer, Keisan)
        assert hyo.values["chui"][i] == " ".join(c.message for c in answer.chui)
    assert "二元適用" in hyo.values["chui"][1]
    assert "注意" in batch.to_csv(hyo).splitlines()[0]
    hyo = batch.calc("tsuichokin", pd.DataFrame([{"fusoku": 28300}]), chui=True)
    assert "概算保険料の認定決定では" in hyo.values["chui"][0]


def test_headings_are_matched_the_same_way_for_bundling() -> None:
    """見出しに空白や区切りがあっても、列を合わせる時と同じに読んで、1件にまとめる。"""
    gyo = {"滞納した労働保険料": 500_000, "法定納期限": "2024-07-10", "完納した日": "2024-11-15"}
    nofu = [{"納めた 日": "2024-09-01", "納めた\n額": x} for x in (150_000, 50_000)]
    hyo = batch.calc("entaikin", pd.DataFrame([{**gyo, **nofu[0]}, nofu[1]]))
    assert hyo.errors.empty, hyo.errors.to_string()
    assert list(hyo.values["entaikin"]) == [6_500]
