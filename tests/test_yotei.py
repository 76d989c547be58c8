"""予定表のファイル（.ics）と、集金日の出る所。読み直して確かめる。"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from hoken_calc import calc
from hoken_calc.kekka import Keisan
from hoken_calc.ui.enno import EnnoGamen
from hoken_calc.ui.nendo_koshin import NendoKoshinGamen
from hoken_calc.ui.nigen import NigenGamen
from hoken_calc.ui.yotei import Yotei, yoteihyo
from hoken_calc.ui.zoka_gaisan import ZokaGaisanGamen

MIHON = (Path(__file__).parents[1] / "data" / "samples" / "kumiai.toml").read_bytes()


def yomu(gamen: Any) -> list[Any]:
    """画面のリンクのファイルを、予定表の部品で読み直す。"""
    found = re.findall(r'href="data:text/calendar;base64,([^"]+)"', gamen.kekka.html)
    assert len(found) == 1
    return list(Calendar.from_ical(b64decode(found[0])).walk("VEVENT"))


def enno(kumiai: bytes | None = None, **atai: str | int) -> EnnoGamen:
    gamen = EnnoGamen()
    gamen.nendo.widget.value = 2026
    gamen.gaku.widget.value = "900,000"
    for name, x in atai.items():
        getattr(gamen, name).widget.value = x
    if kumiai is not None:
        ireru(gamen, kumiai)
    return gamen


def ireru(gamen: Any, kumiai: bytes) -> None:
    gamen.kumiai.file.value = ({"name": "kumiai.toml", "content": kumiai},)
    gamen.kumiai._file(None)


def mieru(gamen: EnnoGamen) -> bool:
    return bool(gamen.kumiai.hako.layout.display != "none")


def test_the_events_of_a_year() -> None:
    """令和8年度の納期限・口座振替日と、見本の集金日（2026年6月20日は土曜）。"""
    events = yomu(enno(MIHON))
    got = [(str(e["SUMMARY"]), e["DTSTART"].dt.isoformat()) for e in events]
    assert got == [
        ("労働保険料 第1期 納期限 300,000円", "2026-07-10"),
        ("労働保険料 第2期 納期限 300,000円", "2026-11-16"),
        ("労働保険料 第3期 納期限 300,000円", "2027-02-15"),
        ("労働保険料 第1期 口座振替日（口座振替の時） 300,000円", "2026-09-07"),
        ("労働保険料 第2期 口座振替日（口座振替の時） 300,000円", "2026-11-16"),
        ("労働保険料 第3期 口座振替日（口座振替の時） 300,000円", "2027-02-15"),
        ("労働保険料 第1期 集金日 300,000円", "2026-06-22"),
        ("労働保険料 第2期 集金日 300,000円", "2026-10-20"),
        ("労働保険料 第3期 集金日 300,000円", "2027-01-20"),
    ]
    for e in events:
        assert "300,000円" in str(e["DESCRIPTION"])
        assert (e["DTEND"].dt - e["DTSTART"].dt).days == 1
        assert e["DTSTAMP"].dt.utcoffset().total_seconds() == 0


def test_two_places_do_not_overwrite_each_other() -> None:
    def uid(gamen: Any) -> set[str]:
        found = [str(e["UID"]) for e in yomu(gamen)]
        assert len(set(found)) == len(found)
        return set(found)

    hitotsu = uid(enno())
    assert uid(enno()) == hitotsu
    assert uid(enno(gaku="９００，０００円")) == hitotsu
    # 期の額と日の同じ、別の事業場（片方の保険だけ）とも重ならない。
    futatsu = enno(kankei="rosai")
    assert [str(e["SUMMARY"]) for e in yomu(futatsu)] == [str(e["SUMMARY"]) for e in yomu(enno())]
    assert not uid(futatsu) & hitotsu
    assert not uid(enno(gaku="900,003")) & hitotsu
    # 集金日を足しても、ほかの予定の UID は変わらない。
    assert hitotsu < uid(enno(MIHON))


def test_the_other_pages_give_a_file_too() -> None:
    zoka = ZokaGaisanGamen()
    zoka._rei(None)
    (ichi, ni) = yomu(zoka)
    # 9月10日の翌日から30日目は10月10日（土）、12日は祝日
    assert (str(ichi["SUMMARY"]), str(ichi["DTSTART"].dt)) == (
        "労働保険料 1回目 納期限 108,750円",
        "2026-10-13",
    )
    assert ichi["UID"] != ni["UID"]
    nigen = NigenGamen()
    nigen._rei(None)
    assert len({str(e["UID"]) for e in yomu(nigen)}) == len(yomu(nigen)) > 0


def test_names_that_need_escaping_come_back() -> None:
    answer = calc("tsuichokin", {"fusoku": 28_300})
    assert isinstance(answer, Keisan)
    data = yoteihyo(answer, [Yotei("第1期; a, b\\n", "納期限", date(2026, 7, 10), 1)])
    (e,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(e["SUMMARY"]) == "労働保険料 第1期; a, b\\n 納期限 1円"


@pytest.mark.parametrize(
    ("atai", "words"),
    [
        ({"seiritsu": "2026-04-10"}, "年度の途中で成立した"),
        ({"nintei": "2026-11-05"}, "認定決定"),
        ({"jigyo": "yuki", "seiritsu": "2026-05-01", "shuryo": "2027-04-30"}, "有期事業"),
        ({"gaku": "0"}, "納める額が無い"),
    ],
)
def test_shukin_bi_is_shown_only_for_the_usual_dates(atai: dict[str, str], words: str) -> None:
    gamen = enno(MIHON, **atai)
    assert mieru(gamen)
    assert words in gamen.kumiai.hyoji.html
    assert "令和8年6月22日" not in gamen.kumiai.hyoji.html
    if atai.get("gaku") == "0":
        assert "納める概算保険料はありません" in gamen.omona.html
        assert "text/calendar" not in gamen.kekka.html
    else:
        assert not any("集金日" in str(e["SUMMARY"]) for e in yomu(gamen))
    for k in atai:
        getattr(gamen, k).modosu()
    gamen.gaku.widget.value = "900,000"
    assert "第1期 300,000円: 令和8年6月22日（月）" in gamen.kumiai.hyoji.html


def test_shukin_bi_is_only_for_the_union() -> None:
    gamen = enno(MIHON, hoshiki="kobetsu")
    assert not mieru(gamen)
    assert not any("集金日" in str(e["SUMMARY"]) for e in yomu(gamen))
    gamen.hoshiki.widget.value = "jimukumiai"
    assert mieru(gamen)
    gamen.gaku.widget.value = "x"
    assert not mieru(gamen)


def test_shukin_bi_after_the_due_date_is_warned() -> None:
    osoi = MIHON.replace(b"tsuki = 6", b"tsuki = 7")
    gamen = enno(osoi)
    html = gamen.kumiai.hyoji.html
    # 2026年7月20日は海の日。
    assert "第1期の集金日 令和8年7月21日（火） は、納期限 令和8年7月10日（金） より後です" in html
    assert html.count("より後です") == 1
    assert "より後です" not in enno(MIHON).kumiai.hyoji.html
    # 納期限の日に集めるのは、後ではない。
    onaji = MIHON.replace(b"tsuki = 6\nhi = 20", b"tsuki = 7\nhi = 10")
    assert "より後です" not in enno(onaji).kumiai.hyoji.html
    nendo = NendoKoshinGamen()
    nendo._rei(None)
    ireru(nendo, osoi)
    assert "より後です" in nendo.kumiai.hyoji.html


def test_bad_settings_leave_the_results_alone() -> None:
    gamen = enno(MIHON)
    omona = gamen.omona.html
    ireru(gamen, MIHON.replace(b"ki = 2", b"ki = 1", 1))
    assert "第2期がなく" in gamen.kumiai.hyoji.html
    assert gamen.omona.html == omona
    assert len(yomu(gamen)) == 6
    gamen.gaku.widget.value = "300,000"
    assert "100,000円" in gamen.omona.html
    assert "第2期がなく" in gamen.kumiai.hyoji.html
    ireru(gamen, MIHON)
    assert "第1期 100,000円: 令和8年6月22日（月）" in gamen.kumiai.hyoji.html
    assert "第2期がなく" not in gamen.kumiai.hyoji.html


def test_one_payment_is_called_zenki() -> None:
    html = enno(hoshiki="kobetsu", gaku="399,999").omona.html
    assert "<th scope='row'>全期</th>" in html
    assert "第1期" not in html


def test_entaikin_page_shows_decimals_and_tells_of_the_notes() -> None:
    from hoken_calc.ui.entaikin import EntaikinGamen

    gamen = EntaikinGamen()
    for k, v in ((gamen.hokenryo, "500,999"), (gamen.kigen, "R6.7.10"), (gamen.kanno, "R6.11.23")):
        k.widget.value = v
    hyo = gamen.kekka.html.split("</table>")[0]
    assert "2,038.35…円" in hyo
    assert "8,700円" in hyo
    assert "と26/73" not in hyo
    assert "注意が3件あります" in gamen.omona.html
    gamen.kigen.widget.value = "2026-01-31"
    gamen.kanno.widget.value = "2026-02-20"
    assert "閉庁日" in gamen.kekka.html
    gamen.kanno.widget.value = "2026-01-20"
    assert gamen.omona.html.count("延滞金はかかりません") == 1
    assert "延滞金はかかりません" not in gamen.kekka.html


def test_zoka_gaisan_page_of_a_fixed_term_work() -> None:
    zoka = ZokaGaisanGamen()
    zoka._rei(None)
    assert not zoka.shuryo.mieru
    zoka.jigyo.widget.value = "yuki"
    assert zoka.shuryo.mieru
    assert "保険関係の成立日" in zoka.omona.html
    zoka.seiritsu.widget.value, zoka.shuryo.widget.value = "2025-06-15", "2027-07-31"
    # 217,500÷3。2027年1月31日は日曜、3月31日は水曜。
    assert "<strong>72,500円</strong>" in zoka.omona.html
    assert "令和9年2月1日（月）" in zoka.omona.html
    assert "令和9年3月31日（水）" in zoka.omona.html
    zoka.zoka_kiso.widget.value = "20,000,000"
    assert "<strong>申告は要りません</strong>" in zoka.omona.html
    zoka.zoka_kiso.widget.value = "20,000,999"
    assert "<strong>申告は要りません（確かめてください）</strong>" in zoka.omona.html


@pytest.mark.parametrize(
    ("atai", "wake"),
    [
        ({}, ""),
        ({"seiritsu": "R8.6.1"}, "年度の途中で成立した事業の最初の納期限は"),
        ({"nintei": "R8.8.10"}, "認定決定された概算保険料は、口座振替の対象ではありません"),
        (
            {"jigyo": "yuki", "seiritsu": "R8.5.1", "shuryo": "R9.2.28"},
            "単独の有期事業は、引落日を示した資料を持っていない",
        ),
    ],
)
def test_a_period_without_the_day_of_withdrawal_says_why(atai: dict[str, str], wake: str) -> None:
    html = enno(**atai).omona.html
    assert ("<td>—</td>" in html) == bool(wake)
    assert f"口座振替日の「—」: {wake}" in html if wake else "「—」" not in html
