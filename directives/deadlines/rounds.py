"""On which days a duty comes round: from «ngày 20 hằng tháng» to rules that a calendar can be filled from.

A rule is text of RFC 5545 (iCalendar), section 3.3.10. A day that a month lacks becomes its last one: the
rule lists the days up to it and takes the last that exists (BYSETPOS=-1).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directives.dates import rx
from directives.folding import fold
from directives.model import Interval


class Edge(StrEnum):
    """Where a rule names the first or last day of a period and means the working day."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Round:
    """The days on which a duty falls due; `working` moves each to a working day inside its period."""

    rules: tuple[str, ...]
    working: Edge | None = None


WEEKDAYS: Final = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH",
    "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA", "chủ nhật": "SU",
}  # fmt: skip
QUARTERS: Final = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}
MONTHS: Final = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.HALF: 6, Interval.YEAR: 12}
PLACES: Final = {"đầu": 1, "nhất": 1, "1": 1, "giữa": 2, "hai": 2, "2": 2, "ba": 3, "3": 3, "tư": 4, "4": 4}
YEAR: Final = 12
LONGEST: Final = 31
SURE: Final = 28  # every month has this day

WEEKDAY: Final = rx(
    r"(?:(?<!\w)(?:thứ|,|và)~(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)(?!~/)|(?P<sun>chủ nhật))"
)
WEEK: Final = rx(r"tuần (?:thứ )?(?P<nth>đầu|cuối|nhất|hai|ba|tư|[1-4])(?!\w)")
DAY_MONTH: Final = rx(r"(?<!\d)(?P<d>\d{1,2})(?:~/~| tháng~)(?P<m>\d{1,2})(?!\d|~/)")
DAYS: Final = rx(
    r"(?:(?:ngày~)?(?:mùng|mồng) |ngày~)(?P<list>\d{1,2}(?!\d|~[/:]|~giờ|h)"
    r"(?:~(?:,|và|-|hoặc)~(?:ngày~)?\d{1,2}(?!\d|~[/:]|~giờ|h))*)"
)
MONTH_OF: Final = rx(
    r"tháng (?:thứ )?(?P<nth>đầu|cuối|giữa|nhất|hai|ba|[123])(?: tiên| cùng)? (?:của )?"
    r"(?:hàng |mỗi |một |từng |các )?quý"
)
MONTH_NEXT: Final = rx(
    r"tháng (?:sau|tiếp theo|kế tiếp|liền kề)"
    r"|tháng đầu(?: tiên)? (?:của )?quý (?:sau|tiếp theo|kế tiếp|liền kề)"
)
NAMED_MONTHS: Final = rx(r"tháng~(?P<list>\d{1,2}(?!\d|~/)(?:~(?:,|và|-)~(?:tháng~)?\d{1,2}(?!\d|~/))*)")
NAMED_QUARTERS: Final = rx(
    r"quý~(?P<list>(?:iv|i{1,3}|[1-4])(?!\w)(?:~(?:,|và|-)~(?:quý~)?(?:iv|i{1,3}|[1-4])(?!\w))*)"
)
DAYS_APART: Final = rx(r"(?<!\w)(?!(?:0?1|một) )%COUNT%~ngày~(?:/|một |0?1 )")
WORKING_EDGE: Final = rx(r"ngày làm việc (?P<edge>đầu|cuối)")
END: Final = rx(
    r"(?:ngày )?cuối(?: cùng)?(?: (?:của|các|mỗi|hàng|từng))* (?P<unit>tuần|tháng|quý|năm|kỳ)(?!\w)"
)
NUMBER: Final = re.compile(r"\d{1,2}|iv|i{1,3}")


def round_of(words: str, every: Interval | None) -> Round | None:
    """Return on which days the words say that a duty comes round; None where they leave the day open."""
    if every is None:
        return None
    low = " ".join(fold(words).split())
    return next((found for row in ROWS[every] if (found := row(low, every))), None)


def _daily(low: str, _: Interval) -> Round | None:
    """Read «hàng ngày», «mỗi ngày 02 lượt»; of «ba ngày một lần» nobody knows the first day."""
    return None if DAYS_APART.search(low) else Round(("FREQ=DAILY",))


def _weekdays(low: str, _: Interval) -> Round | None:
    """Read «thứ Sáu hàng tuần», «thứ Hai, thứ Năm hàng tuần»."""
    named = [WEEKDAYS[found["day"] or "chủ nhật"] for found in WEEKDAY.finditer(low)]
    return Round((f"FREQ=WEEKLY;BYDAY={','.join(dict.fromkeys(named))}",)) if named else None


def _week_of_month(low: str, every: Interval) -> Round | None:
    """Read «thứ Năm tuần thứ hai hàng tháng»: the second Thursday."""
    week, day = WEEK.search(low), WEEKDAY.search(low)
    if week is None or day is None:
        return None
    last = week["nth"] == "cuối"
    nth = -1 if last else PLACES[week["nth"]]
    months = _periods(every, last=last)
    return Round((f"FREQ=MONTHLY{_by_month(months)};BYDAY={nth:+d}{WEEKDAYS[day['day'] or 'chủ nhật']}",))


def _days_of_months(low: str, every: Interval) -> Round | None:
    """Read «ngày 15/6 và 15/12 hàng năm»; «6 tháng, trước ngày 15/6» has its other day half a year on."""
    named = [(int(found["m"]), int(found["d"])) for found in DAY_MONTH.finditer(low)]
    if not named or not all(1 <= month <= YEAR and 1 <= day <= LONGEST for month, day in named):
        return None
    if len(named) == 1 and every is not Interval.YEAR:
        (month, day), step = named[0], MONTHS[every]
        named = [((month - 1 + ahead) % YEAR + 1, day) for ahead in range(0, YEAR, step)]
    return Round(tuple(_monthly((month,), day) for month, day in dict.fromkeys(named)))


def _days_of_month(low: str, every: Interval) -> Round | None:
    """Read «ngày 10 và 25 hàng tháng», «ngày 15 tháng cuối quý», «hàng quý, trước ngày 05 của tháng sau»."""
    found = DAYS.search(low)
    months = _months(low, every)
    if found is None or months is None:
        return None
    days = [int(number) for number in NUMBER.findall(found["list"])]
    if not all(1 <= day <= LONGEST for day in days):
        return None
    return Round(tuple(_monthly(months, day) for day in dict.fromkeys(days)))


def _months(low: str, every: Interval) -> tuple[int, ...] | None:
    """Return the months that a day of the month is meant in: () for all, None where that is left open."""
    if named := MONTH_OF.search(low):
        if MONTH_NEXT.search(low):
            return _periods(every, last=False)
        last = named["nth"] == "cuối"
        first = 3 if last else PLACES[named["nth"]]
        return tuple(range(first, YEAR + 1, 3))
    if every is Interval.MONTH:
        return ()
    if MONTH_NEXT.search(low):
        return _periods(every, last=False)
    if "tháng cuối" in low:  # «ngày 20 của tháng cuối kỳ»
        return _periods(every, last=True)
    return None


def _ends_of_named(low: str, _: Interval) -> Round | None:
    """Read «tháng 6 hàng năm», «quý I hàng năm»: the last day of the month or quarter."""
    months = [int(number) for found in NAMED_MONTHS.finditer(low) for number in NUMBER.findall(found["list"])]
    for found in NAMED_QUARTERS.finditer(low):
        months += [QUARTERS[name] for name in NUMBER.findall(found["list"])]
    if not months or not all(1 <= month <= YEAR for month in months) or _begins(low):
        return None
    if len(months) == 1 and "giữa" in low:
        return Round((_monthly((months[0],), 15),))
    return Round((_monthly(tuple(sorted(set(months))), LONGEST),))


def _begins(low: str) -> bool:
    """Tell whether the words name the beginning of a period, which is no last day."""
    return re.search(r"(?<!\w)đầu (?!tiên)", low) is not None


def _edge(low: str, every: Interval) -> Round | None:
    """Read «ngày làm việc cuối cùng của mỗi tháng»."""
    found = WORKING_EDGE.search(low)
    if found is None:
        return None
    if found["edge"] == "cuối":
        return Round((_monthly(_periods(every, last=True), LONGEST),), Edge.LAST)
    return Round((_monthly(_periods(every, last=False), 1),), Edge.FIRST)


def _end(low: str, every: Interval) -> Round | None:
    """Read «cuối mỗi quý», «tháng cuối hàng quý»: the last day of the period."""
    if END.search(low) is None and MONTH_OF.search(low) is None:
        return None
    months = _months(low, every) if MONTH_OF.search(low) else _periods(every, last=True)
    return None if months is None else Round((_monthly(months, LONGEST),))


def _week_end(low: str, _: Interval) -> Round | None:
    """Read «cuối tuần, hàng tuần»: the last working day of the week is Friday."""
    return Round(("FREQ=WEEKLY;BYDAY=FR",)) if END.search(low) or WORKING_EDGE.search(low) else None


def _periods(every: Interval, *, last: bool) -> tuple[int, ...]:
    """Return the first or last month of each period in a year; () for every month."""
    length = MONTHS[every]
    return () if length == 1 else tuple(range(length if last else 1, YEAR + 1, length))


def _monthly(months: Iterable[int], day: int) -> str:
    """Return the rule for a day of some months, or of each; the last day there is where a month lacks it."""
    if day <= SURE:
        return f"FREQ=MONTHLY{_by_month(months)};BYMONTHDAY={day}"
    days = ",".join(str(number) for number in range(SURE, day + 1))
    return f"FREQ=MONTHLY{_by_month(months)};BYMONTHDAY={days};BYSETPOS=-1"


def _by_month(months: Iterable[int]) -> str:
    named = ",".join(map(str, months))
    return f";BYMONTH={named}" if named else ""


Reader = Callable[[str, Interval], Round | None]
_OF_MONTHS: Final[tuple[Reader, ...]] = (_week_of_month, _edge, _days_of_months, _days_of_month)
ROWS: Final[dict[Interval, tuple[Reader, ...]]] = {
    Interval.DAY: (_daily,),
    Interval.WEEK: (_weekdays, _week_end),
    Interval.MONTH: (*_OF_MONTHS, _end),
    Interval.QUARTER: (*_OF_MONTHS, _ends_of_named, _end),
    Interval.HALF: (*_OF_MONTHS, _ends_of_named, _end),
    Interval.YEAR: (*_OF_MONTHS, _ends_of_named, _end),
}
"""The ways to name days in a period of each length; the first that reads the words counts."""
