"""暦。納期限が休みに当たる時の、次の開いている日。

祝日は jpholiday を使う（日本の祝日だけを持ち、軽く、振替休日と国民の休日を含む）。
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from .sheet import Postponement
from .tables import cite


def yasumi(d: date) -> bool:
    """土曜・日曜・祝日・12月29日〜1月3日か。"""
    import jpholiday

    nenmatsu_nenshi = (d.month == 12 and d.day >= 29) or (d.month == 1 and d.day <= 3)
    return d.weekday() >= 5 or nenmatsu_nenshi or jpholiday.is_holiday(d)


def yokukaichobi(d: date) -> date:
    """休みでなければその日、休みなら次の開庁日。

    用語: 翌開庁日。根拠: 徴収法30条、国税通則法10条2項・施行令2条2項。
    1月2日・3日は国税通則法基本通達10条関係4。
    """
    while yasumi(d):
        d += timedelta(days=1)
    return d


def tsuki_wo_tasu(d: date, tsuki: int) -> date:
    """`tsuki` か月後の応当する日。無ければその月の末日の翌日（期間の計算で、末日に満了する）。

    根拠: 国税通則法10条1項（民法143条と同じ数え方）。
    """
    month = d.month - 1 + tsuki
    year, month = d.year + month // 12, month % 12 + 1
    last = monthrange(year, month)[1]
    if d.day <= last:
        return date(year, month, d.day)
    return date(year, month, last) + timedelta(days=1)


def tsuki_no_hi(nen: int, tsuki: int, hi: int) -> date:
    """その月の `hi` 日。その月に無ければ、月の終わりの日。"""
    return date(nen, tsuki, min(hi, monthrange(nen, tsuki)[1]))


YOKUKAICHOBI = Postponement(
    "yokukaichobi", "休みの日なら翌開庁日", yokukaichobi, cite("choshuho30"), "法"
)
YOKUEIGYOBI = Postponement(
    "yokueigyobi", "休みの日なら翌営業日", yokukaichobi, cite("furikae"), "記憶"
)
