"""表の計算が、1件ずつの計算と同じ整数・同じ誤りを返すこと。"""

from __future__ import annotations

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
from nyuryoku_rei import nyuryoku
from test_golden import flat


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
