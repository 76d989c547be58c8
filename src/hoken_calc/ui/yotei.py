"""予定表に入れるファイル（iCalendar）。納期限、口座振替日、集金日を、額と一緒に書く。"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from uuid import NAMESPACE_DNS, uuid5

from icalendar import Calendar, Event

from ..kekka import Keisan, plain
from ..sheet.render import number

FILE = "労働保険料の予定.ics"
NAMESPACE = uuid5(NAMESPACE_DNS, "hoken-calc")


@dataclass(frozen=True)
class Yotei:
    """予定1つ。`namae` は期の名前、`shurui` は納期限・口座振替日・集金日。"""

    namae: str
    shurui: str
    hi: date
    gaku: int


def yoteihyo(answer: Keisan, yotei: Sequence[Yotei]) -> bytes:
    """予定表のファイル。事業場の名前や番号は入れない。

    UID は入力と予定の中身から作る。同じ中身なら同じ、入力が違えば違うので、ほかの事業場の
    予定を上書きしない。
    """
    moto = json.dumps(
        [plain({i.id: b.run[i.id] for i in b.run.sheet.inputs}) for b in answer.bu], sort_keys=True
    )
    cal = Calendar()
    cal.add("prodid", "-//hoken-calc//JP")
    cal.add("version", "2.0")
    for y in yotei:
        gaku = f"{number(y.gaku)}円"
        naka = (answer.name, moto, y.namae, y.shurui, y.hi.isoformat(), gaku)
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE, json.dumps(naka))}@hoken-calc")
        event.add("dtstamp", datetime.combine(y.hi, time(), UTC))
        event.add("dtstart", y.hi)
        event.add("dtend", y.hi + timedelta(days=1))
        event.add("summary", f"労働保険料 {y.namae} {y.shurui} {gaku}")
        event.add("description", f"納める額: {gaku}。検算と説明のための計算です。")
        cal.add_component(event)
    data: bytes = cal.to_ical()
    return data


def yoteihyo_link(answer: Keisan, yotei: Sequence[Yotei]) -> str:
    """予定表のファイルを保存するリンク。どこにも送らない。"""
    data = b64encode(yoteihyo(answer, yotei)).decode("ascii")
    shurui = "・".join(dict.fromkeys(y.shurui.split("（")[0] for y in yotei))
    return (
        f'<p class="hk-osu"><a download="{escape(FILE)}" href="data:text/calendar;base64,{data}">'
        f"{escape(shurui)}を予定表のファイル（.ics）で保存する</a></p>"
    )
