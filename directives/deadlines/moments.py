"""What a phrase of time means once read, and the rows that the tables of phrases are made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directives.calendar import WorkCalendar
from directives.model import Interval


class Shape(StrEnum):
    """Kinds of time a phrase can name."""

    DAY = "day"  # one calendar day
    PERIOD = "period"  # from a first day to a last one: a month, a quarter, «6 tháng đầu năm»
    END = "end"  # the last day of a period: «cuối tháng 9»
    EVENT = "event"  # something without a date in the text
    COUNT = "count"  # so many days from a start
    EVERY = "every"  # comes round


class Doubt(StrEnum):
    """Why a person should look at a deadline; the code is what the contract prints."""

    NO_SUCH_DAY = "no-such-day"
    BEFORE_ISSUE = "before-issue-date"
    YEAR_ASSUMED = "year-assumed"
    YEAR_UNKNOWN = "year-unknown"
    DAY_UNKNOWN = "day-unknown"
    ANCHOR_UNKNOWN = "anchor-unknown"
    EVENT_UNDATED = "event-without-date"
    LUNAR = "lunar-date"
    VAGUE = "vague-period"
    WEEKDAY = "weekday-mismatch"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as read. `last` is its last day, None while unknown."""

    shape: Shape
    first: date | None = None
    last: date | None = None
    every: Interval | None = None
    time: str | None = None
    counted: str = ""  # how a computed day was counted, in words
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that a period runs from, where a person has told it, and what happened that day in words."""

    day: date
    named: str


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a phrase may draw on besides its words."""

    issued_on: date | None
    calendar: WorkCalendar
    before: bool = False  # the phrase stands behind «trước»
    named_day: date | None = None  # the calendar day last named in the text, for «cùng ngày»
    anchor: Anchor | None = None  # where the text gives no day to count from


@dataclass(frozen=True, slots=True)
class Row:
    """One way to name a time: the pattern, who reads its matches, and what it must and must not read.

    Patterns are matched at a place, never searched for; all their quantifiers are bounded.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context], Moment | None]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
