"""Put a preposition and a time together into the phrase of a deadline."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from directives.dates import rx
from directives.deadlines import counts, events, recurring
from directives.deadlines.days import DAYS
from directives.deadlines.gates import Rows, any_of
from directives.deadlines.moments import Context, Doubt, Moment, Shape
from directives.deadlines.named_days import NAMED_DAYS
from directives.deadlines.periods import PERIODS, STOP
from directives.deadlines.reckoning import period
from directives.deadlines.recurring import RECURRING
from directives.deadlines.senses import CLOCK, EDGE, PREPOSITIONS, Sense, clock_time
from directives.model import DeadlineKind, Interval


@dataclass(frozen=True, slots=True)
class Phrase:
    """A deadline as read at a place of the folded text, before it is judged in its sentence."""

    start: int
    end: int
    sense: Sense
    row: str
    moment: Moment

    @property
    def kind(self) -> DeadlineKind:
        """Return the kind of deadline: «trước quý III» names a day, «trong quý III» the end of a period."""
        return KINDS[self.moment.shape] if self.sense is not Sense.BEFORE else KINDS_BEFORE[self.moment.shape]

    @property
    def exclusive(self) -> bool:
        """Tell whether the time named is itself late; behind an hour the day is still on time."""
        by_hour = self.moment.time is not None or self.row in ("each-day-at", "weekday-of-each-week")
        return self.sense is Sense.BEFORE and not by_hour

    @property
    def stated(self) -> date | None:
        """Return the day as written; of «trước quý III» the first day, of «trong quý III» the last."""
        before_period = self.sense is Sense.BEFORE and self.moment.shape is Shape.PERIOD
        return self.moment.first if before_period else self.moment.last

    @property
    def every(self) -> Interval | None:
        """Return how often it comes round, if it does."""
        return self.moment.every


KINDS: Final = {
    Shape.DAY: DeadlineKind.FIXED,
    Shape.PERIOD: DeadlineKind.PERIOD_END,
    Shape.END: DeadlineKind.PERIOD_END,
    Shape.EVENT: DeadlineKind.RELATIVE,
    Shape.COUNT: DeadlineKind.RELATIVE,
    Shape.EVERY: DeadlineKind.RECURRING,
}
KINDS_BEFORE: Final = KINDS | {Shape.PERIOD: DeadlineKind.FIXED, Shape.END: DeadlineKind.FIXED}

DATED: Final = DAYS + NAMED_DAYS + PERIODS
OF_DATES: Final = tuple(Rows(rows) for rows in (DAYS, NAMED_DAYS, PERIODS))
NEARBY: Final = (Rows(tuple(row for row in NAMED_DAYS if row.name.startswith("nearby-day"))),)
ROUNDS: Final = (Rows(RECURRING),)
BEHIND_HOUR: Final = (*ROUNDS, *OF_DATES[:2])
OF_PERIODS: Final = OF_DATES[2:]
ANY_COUNT: Final = (Rows(counts.COUNTS),)
ANCHORED: Final = (Rows((counts.ANCHORED,)),)
OPEN_COUNT: Final = (Rows((counts.OPEN,)),)
ANCHORED_OR_AHEAD: Final = (Rows((counts.ANCHORED, counts.AHEAD)),)
WITHOUT_EVENTS: Final = (Rows(RECURRING[1:]), *OF_DATES)
WITH_EVENTS: Final = (*WITHOUT_EVENTS, Rows(events.EVENTS))
NOT_IN_A_CELL: Final = ("bare-unit", "dashed-short-date-without-word")  # «5-10» of a cell is a count
ALLOWED: Final = {
    Sense.BEFORE: WITH_EVENTS,
    Sense.BY: WITH_EVENTS,
    Sense.UNTIL: WITHOUT_EVENTS,
    Sense.WITHIN: WITHOUT_EVENTS,
    Sense.ON: WITHOUT_EVENTS,
    Sense.STATED: (
        *ROUNDS,
        Rows(tuple(row for row in DATED if row.name not in NOT_IN_A_CELL)),
    ),
}
"""Which rows may stand behind which preposition; bare «hàng quý» stands by itself."""

ANY_PREPOSITION: Final = any_of(preposition.pattern for preposition in PREPOSITIONS)
ONLY_YEARS: Final = rx(rf"(?:giai đoạn )?(?P<y>%YEAR%)(?:~-~(?P<to>%YEAR%))?{STOP}")
BARE_UNIT: Final = "bare-unit"
UNIT_BEHIND_EDGE: Final = rx(r"(?P<unit>tuần|tháng|quý|năm)(?P<which>(?: này| nay)?)(?!\w| (?:học|\d)|~\d)")


def phrases_at(low: str, start: int, stop: int, context: Context) -> Iterator[Phrase]:
    """Yield every way to read a deadline that begins at `start`."""
    for preposition in PREPOSITIONS if ANY_PREPOSITION.match(low, start, stop) else ():
        if lead := preposition.pattern.match(low, start, stop):
            inner = replace(context, before=True) if preposition.sense is Sense.BEFORE else context
            begin = lead.end() if preposition.sense is Sense.STATED else start
            for row, moment, end in _times(low, lead.end(), stop, inner, preposition.sense):
                yield Phrase(begin, end, preposition.sense, row, moment)
            break
    yield from _rounds(low, start, stop, context)
    yield from _counts(low, start, stop, context)
    yield from _happenings(low, start, stop)
    for row, moment, end in _plain(low, start, stop, context, NEARBY):
        yield Phrase(start, end, Sense.ON, row, moment)
    if edge := EDGE.match(low, start, stop):
        for row, moment, end in _edges(low, edge, stop, context):
            yield Phrase(start, end, Sense.ON, row, moment)


def bare_at(low: str, start: int, stop: int, context: Context) -> Iterator[Phrase]:
    """Yield every way to read a time without a preposition that begins at `start`."""
    if years := ONLY_YEARS.match(low, start, stop):
        last = int(years["to"] or years["y"])
        yield Phrase(start, years.end(), Sense.STATED, "years", period(date(last, 1, 1), 12))
    if units := recurring.UNIT_LIST.match(low, start, stop):
        yield Phrase(
            start, units.end(), Sense.STATED, "units", recurring.every(recurring.interval_of(units[0]))
        )
    if session := events.SESSION.match(low, start, stop):
        event = Moment(Shape.EVENT, doubts=(Doubt.EVENT_UNDATED,))
        yield Phrase(start, session.end(), Sense.STATED, "session", event)
    for row, moment, end in _times(low, start, stop, context, Sense.STATED):
        yield Phrase(start, end, Sense.STATED, row, moment)


def _times(
    low: str, start: int, stop: int, context: Context, sense: Sense
) -> Iterator[tuple[str, Moment, int]]:
    """Yield the times that begin at `start`, an hour or «cuối» before them included."""
    if (hour := CLOCK.match(low, start, stop)) and (time := clock_time(hour)):
        for row, moment, end in _plain(low, hour.end(), stop, context, BEHIND_HOUR):
            if moment.shape in (Shape.DAY, Shape.EVERY):
                yield row, replace(moment, time=time), end
        if sense in (Sense.BEFORE, Sense.BY):
            end = hour.start() + len(hour[0].rstrip(" ,"))
            yield "hour", Moment(Shape.DAY, time=time, doubts=(Doubt.DAY_UNKNOWN,)), end
    if edge := EDGE.match(low, start, stop):
        yield from _edges(low, edge, stop, context)
    yield from _plain(low, start, stop, context, ALLOWED[sense])


def _plain(
    low: str, start: int, stop: int, context: Context, families: Iterable[Rows]
) -> Iterator[tuple[str, Moment, int]]:
    """Yield what each row of some families reads at `start`."""
    for family in families:
        for row in family.fitting(low, start, stop):
            if (found := row.pattern.match(low, start, stop)) and (moment := row.read(found, context)):
                yield row.name, moment, found.end()


def _edges(low: str, edge: re.Match[str], stop: int, context: Context) -> Iterator[tuple[str, Moment, int]]:
    """Yield «đầu, giữa, cuối» of a period (Civil Code 2015, article 146)."""
    for row, moment, end in _plain(low, edge.end(), stop, context, OF_PERIODS):
        yield f"edge-of-{row}", edge_of(edge["edge"], moment), end
    if unit := UNIT_BEHIND_EDGE.match(low, edge.end(), stop):
        bare = next(row for row in PERIODS if row.name == BARE_UNIT)
        if whole := bare.read(unit, context):
            yield f"edge-of-{BARE_UNIT}", edge_of(edge["edge"], whole), unit.end()


def edge_of(edge: str, whole: Moment) -> Moment:
    """Return the beginning, middle or end of a period; the middle of a week or quarter is only a guess."""
    if whole.first is None or whole.last is None:
        return replace(whole, shape=Shape.END if edge == "cuối" else Shape.DAY)
    if edge == "cuối":
        return replace(whole, shape=Shape.END)
    if edge == "đầu":
        return Moment(Shape.DAY, whole.first, whole.first, doubts=whole.doubts)
    days = (whole.last - whole.first).days + 1
    if days > 300:  # noqa: PLR2004 - a year
        middle, doubts = date(whole.first.year, 6, 30), whole.doubts
    elif 28 <= days <= 31:  # noqa: PLR2004 - a month
        middle, doubts = whole.first.replace(day=15), whole.doubts
    else:
        middle, doubts = whole.first + timedelta(days=days // 2), (*whole.doubts, Doubt.VAGUE)
    return Moment(Shape.DAY, middle, middle, doubts=doubts)


_DAY: Final = r"(?:ngày~)?\d{1,2}(?:(?:~/~| tháng~)\d{1,2})?(?!\d|~/)"
WITH_DAY: Final = rx(
    r"(?:~,~|~\(~| )(?P<prep>trước|vào|(?:chậm|muộn) nhất(?: (?:là|vào|trong)){0,2}|trong|không quá"
    rf"|hạn cuối(?: là)?)~(?P<clock>\d{{1,2}}~(?:giờ"
    rf"|h)(?:~\d{{2}})?(?:~phút)?~,?~)?(?:ngày~\d{{1,2}}(?!\d) (?:của )?{recurring.ORDINAL_MONTH}"
    rf"(?: (?:của )?(?:hàng |mỗi )?quý(?: sau)?)?|ngày~\d{{1,2}} (?:của )?tháng (?:sau|kế tiếp|tiếp theo"
    rf"|liền kề|báo cáo)(?: liền kề)?"
    rf"|ngày~\d{{1,2}}(?:(?:~/~| tháng~)\d{{1,2}})?(?!\d"
    rf"|~/)(?:~(?:,|và)~{_DAY}){{0,3}}"
    r"|ngày làm việc (?:đầu tiên|cuối cùng|đầu|cuối)(?: của (?:tháng|quý|tuần|năm))?"
    r"|(?<=trước\x20)\d{1,2}~/~\d{1,2}(?!\d|~/)|tháng~\d{1,2}(?!\d|~/)|thứ~(?:hai|ba|tư|năm|sáu|bảy"
    r"|[2-7])(?!\w)"
    r"|(?<=giờ\x20)|(?<=\dh)|(?<=\dh\x20)|(?<=giờ)|(?<=\d\d))(?P<close>~\))?"
)
"""«hàng tháng, trước ngày 25», «hàng năm (trước ngày 15/12)», «hàng ngày trước 15h»."""


def _rounds(low: str, start: int, stop: int, context: Context) -> Iterator[Phrase]:
    """Yield what comes round: «định kỳ 6 tháng», «hàng quý», «ngày 25 hàng tháng»."""
    bare = RECURRING[0]
    if found := recurring.ROUND.match(low, start, stop):
        moment = recurring.every(recurring.interval_of(found[0]))
        yield Phrase(start, found.end(), Sense.ON, "round", moment)
        yield from _round_with_day(low, start, found.end(), stop, moment)
    elif periodic := PERIODICALLY.match(low, start, stop):
        for row, moment, end in _plain(low, periodic.end(), stop, context, ROUNDS):
            yield Phrase(start, end, Sense.ON, row, moment)
    for row, moment, end in _plain(low, start, stop, context, ROUNDS):
        time = _hour_of(low[start:end]) if row == "each-day-at" else None
        yield Phrase(start, end, Sense.ON, row, replace(moment, time=time))
        if row == bare.name:
            yield from _round_with_day(low, start, end, stop, moment)


PERIODICALLY: Final = rx(r"định kỳ(?:~,)?~(?:vào )?(?=(?:ngày|thứ|\d|đầu|cuối|sáng|chiều)(?!\w*[a-zà-ỹ]))")


def _hour_of(words: str) -> str | None:
    """Return the hour, if the words give just one."""
    hours = [time for found in CLOCK.finditer(words) if (time := clock_time(found))]
    return hours[0] if len(hours) == 1 else None


def _round_with_day(low: str, start: int, end: int, stop: int, moment: Moment) -> Iterator[Phrase]:
    """Yield a period with its day behind it."""
    if found := WITH_DAY.match(low, end, stop):
        opened = "(" in found[0]
        if opened and not found["close"]:
            return
        close = found.end() if opened or not found["close"] else found.start("close")
        hour = CLOCK.match(found["clock"]) if found["clock"] else None
        time = clock_time(hour) if hour else None
        on_weekday = (
            "thứ" in found[0]
        )  # «trước thứ Sáu hàng tuần» is not exclusive, «trước ngày 25 hàng tháng» is
        sense = Sense.BEFORE if found["prep"].startswith("trước") and not on_weekday else Sense.BY
        yield Phrase(start, close, sense, "round-with-day", replace(moment, time=time))


def _counts(low: str, start: int, stop: int, context: Context) -> Iterator[Phrase]:
    """Yield so many days from a start; without a start only behind words that make it a limit."""
    lead = counts.COUNT_LEAD.match(low, start, stop)
    words = " ".join(lead[0].split()) if lead else ""
    rows = ANCHORED if words in ("", "sau") else ANCHORED_OR_AHEAD
    if words and any(word in words for word in ("thời hạn", "thời gian", "vòng", "quá", "tối đa", "nhất")):
        rows = ANY_COUNT
    place = lead.end() if lead else start
    for row, moment, end in _plain(low, place, stop, context, rows):
        yield Phrase(start, end, Sense.WITHIN, row, moment)
    if words == "sau":  # «sau 15 ngày báo cáo UBND tỉnh»
        for row, moment, end in _plain(low, place, stop, context, OPEN_COUNT):
            if counts.THEN.match(low, end, stop) and not low[place:end].endswith("năm"):
                yield Phrase(start, end, Sense.WITHIN, f"{row}-then", moment)


def _happenings(low: str, start: int, stop: int) -> Iterator[Phrase]:
    """Yield events: «ngay sau khi …», «tại kỳ họp …», «trước ngày họp 05 ngày»."""
    event = Moment(Shape.EVENT, doubts=(Doubt.EVENT_UNDATED,))
    if found := events.AFTERWARDS.match(low, start, stop):
        begin = found.end("at_once") if found["at_once"] else start
        yield Phrase(begin, found.end(), Sense.ON, "at-once-after" if found["at_once"] else "after", event)
    if found := events.AT_SESSION.match(low, start, stop):
        yield Phrase(start, found.end(), Sense.ON, "at-session", event)
    if found := events.DAYS_BEFORE.match(low, start, stop):
        round_ = re.search(r"(?:hàng|mỗi) (tuần|tháng|quý|năm)", found[0])
        moment = recurring.every(recurring.interval_of(round_[1])) if round_ else event
        yield Phrase(start, found.end(), Sense.ON, "days-before", moment)
