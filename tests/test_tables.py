"""表: 全部の開始日と、その前後の日に、答えか断りのどちらかを返す。"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hoken_calc import tables
from hoken_calc.tables import NotCovered, Row, TableError, data_dir, names, read_table, table

HI = timedelta(days=1)


@pytest.mark.parametrize("name", names())
def test_every_start_date_and_the_days_around_it(name: str) -> None:
    t = table(name)
    starts = {r.start for rows in t.rows.values() for r in rows}
    days = {d + k * HI for d in starts for k in (-1, 0, 1)}
    for key, rows in t.rows.items():
        for d in days | {t.verified_through, t.verified_through + HI, date(1900, 1, 1)}:
            try:
                row = t.find(d, key)
            except NotCovered as e:
                assert e.reason in ("nendo", "key")
                assert e.message.endswith("。") or e.message.endswith("）。")
                continue
            assert isinstance(row, Row)
            chu = t.nendo_chu and row is rows[0] and row.start < tables.nendo_no_tsugi(d)
            assert row.start <= d or chu
            assert d <= t.verified_through
            assert not any(row.start < r.start <= d for r in rows)


@pytest.mark.parametrize("name", names())
def test_outside_what_was_verified_is_refused_with_the_range(name: str) -> None:
    t = table(name)
    key = next(iter(t.rows))
    with pytest.raises(NotCovered, match="収めてあるのは"):
        t.find(t.verified_through + HI, key)
    with pytest.raises(NotCovered, match="収めてあるのは"):
        t.find(t.first - HI, key)


def test_every_row_cites_a_source_and_every_source_is_used() -> None:
    used = {
        i for n in names() for rows in table(n).rows.values() for r in rows for i in r.source_ids
    }
    known = {
        r["出典ID"] for r in csv.DictReader((data_dir() / "sources.csv").open(encoding="utf-8"))
    }
    assert used <= known
    code = "".join(
        p.read_text(encoding="utf-8") for p in Path(tables.__file__).parent.rglob("*.py")
    )
    assert {s for s in known - used if not re.search(rf'["\']{s}["\']', code)} == set()


def test_koyo_rates_add_up() -> None:
    """労使の負担の和が率に、内訳の和も率になる。二事業は事業主だけが負担する。"""
    for rows in table("koyo_hokenritsu").rows.values():
        for r in rows:
            assert r["rodosha_ritsu"] + r["jigyonushi_ritsu"] == r["ritsu"]
            assert r["shitsugyo_ritsu"] + r["ikuji_ritsu"] + r["nijigyo_ritsu"] == r["ritsu"]
            assert (r["ritsu"] - r["nijigyo_ritsu"]) / 2 == r["rodosha_ritsu"]


@pytest.mark.parametrize(
    ("mae", "ato", "sage", "age", "onaji"),
    [(2012, 2015, 23, 8, 23), (2015, 2018, 20, 3, 31), (2018, 2024, 17, 3, 34)],
)
def test_rosai_revisions_have_the_published_counts(
    mae: int, ato: int, sage: int, age: int, onaji: int
) -> None:
    """厚労省の公表した、引下げ・引上げ・据置の業種の数（林業の02・03は1つ、65は41に含めて数える）。"""
    diff = []
    for key, rows in table("rosai_hokenritsu").rows.items():
        if key in ("03", "65"):
            continue
        rate = {r.start.year: r["ritsu"] for r in rows}
        diff.append(rate[ato] - rate[mae])
    assert (sum(d < 0 for d in diff), sum(d > 0 for d in diff), sum(d == 0 for d in diff)) == (
        sage,
        age,
        onaji,
    )


def test_an_abolished_row_says_when() -> None:
    t = table("rosai_hokenritsu")
    assert t.find(date(2014, 4, 1), "65")["ritsu"] == Fraction(6, 1000)
    with pytest.raises(NotCovered, match="平成27年4月1日 に無くなりました"):
        t.find(date(2015, 4, 1), "65")
    assert "65" not in [r.key for r in t.on(date(2025, 4, 1))]


SCHEMA: dict[str, Any] = {
    "title": "ためし",
    "date": "4月1日",
    "verified_through": date(2026, 11, 21),
    "key": ["業種番号"],
    "columns": {
        "労災保険率": {"id": "ritsu", "type": "permille"},
        "確認": {"id": "kakunin", "type": "kakunin"},
    },
}
HEAD = "開始日,業種番号,労災保険率,確認,出典ID,備考\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "2025-04-01,94,3,2,choshuho11\n", "2行目: 列の数"),
        (HEAD + "2025-04-01,94,3,2,choshuho11,,x\n", "2行目: 列の数"),
        (HEAD.replace("確認", "確信") + "2025-04-01,94,3,2,choshuho11,\n", "列が合わない"),
        (HEAD + "2025-04-01,94,3,2,,\n", "2行目: 出典ID"),
        (HEAD + "2025-04-01,94,3,2,nai,\n", "2行目: 出典ID"),
        (HEAD + "2025-04-01,2,3,2,choshuho11,\n", "02 の 0 を落とさない"),
        (HEAD + "2025-04-01,94,0x3,2,choshuho11,\n", "正確な数でない"),
        (HEAD + "2025-04-01,94,3e-1,2,choshuho11,\n", "正確な数でない"),
        (HEAD + "2025/04/01,94,3,2,choshuho11,\n", "2025-04-01 の形"),
        (HEAD + "2025-04-01,94,3,たぶん,choshuho11,\n", "のどれか"),
        (
            HEAD + "2025-04-01,94,3,2,choshuho11,\n2025-04-01,94,4,2,choshuho11,\n",
            "3行目: 同じ開始日と鍵",
        ),
    ],
)
def test_the_loader_is_strict(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "tameshi.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        read_table("tameshi", SCHEMA, path)


def test_low_confidence_rows_warn() -> None:
    from conftest import REI
    from hoken_calc import calc
    from hoken_calc.kekka import Keisan

    def codes(**change: Any) -> list[str]:
        answer = calc("nendo_koshin", {**REI, **change})
        assert isinstance(answer, Keisan)
        return [w.message for w in answer.warnings]

    assert not any("労災保険率の表" in m for m in codes(gyoshu="94"))
    assert any("番号の確認の確かさが低い" in m for m in codes(gyoshu="99"))
    mukashi = {"nendo": 2013, "hoken_kankei": "rosai", "chingin": {"rosai": 1000000}}
    assert any("資料1つだけ" in m for m in codes(**mukashi, gyoshu="41"))


def test_the_bound_on_typed_rates_is_above_every_rate() -> None:
    """収めたどの率に、メリット制の増加45%を足しても、書ける率の上限より低い。"""
    from hoken_calc.nyuryoku import RITSU_JOGEN

    rows = [r for rows in table("rosai_hokenritsu").rows.values() for r in rows]
    ritsu = [r["ritsu"] * 1000 for r in rows if r["ritsu"] != tables.HAISHI]
    assert max(ritsu) * 145 / 100 < 130 < RITSU_JOGEN


def test_a_row_is_called_by_words() -> None:
    """期は「第1期」、空の区分は名前に入れない。"""
    assert table("kozafurikae_bi").find(date(2020, 4, 1), 1).name == "第1期"
    assert table("romuhi_ritsu").find(date(2024, 4, 1), ("38", "")).name == (
        "38 既設建築物設備工事業"
    )
