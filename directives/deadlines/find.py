"""Find the deadlines in a stretch of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from directives.calendar import WorkCalendar, default_calendar
from directives.dates import by_first_letter, read_day, rx
from directives.deadlines.explain import explain
from directives.deadlines.guards import verdict
from directives.deadlines.merging import merged
from directives.deadlines.moments import Doubt, Shape
from directives.deadlines.phrases import DATED, Phrase, phrases_at
from directives.deadlines.place import Place
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.deadlines.senses import Sense
from directives.deadlines.window import LOOK_BACK, Window, open_window
from directives.model import Deadline, DeadlineKind, Span

CUE_WORDS: Final = (
    "trước", "chậm", "muộn", "không (?:quá|muộn|chậm|trễ|vượt)", "hạn (?:chót|cuối)", "cho đến", "đến", "tới",
    "sang", "hết", "trong", "nội trong", "vào", "định kỳ", "hàng", "mỗi", "từng", "ngày", "thứ", "chủ nhật",
    "sáng", "trưa", "chiều", "tối", "đêm", "buổi", "hôm nay", "đầu(?! tư)", "giữa", "cuối", "sau", "ngay sau",
    "nửa(?= (?:tháng|năm|đầu|cuối))",
    "tại", "hoàn thành", "hoàn tất", "xong", "thời hạn", "thời gian", "thời điểm", "tiến độ", "hạn", "mốc",
    r"bằng(?= (?:ngày|hết ngày) )",
    r"thành(?= (?:ngày|tháng|quý|năm|cuối|\d))", "tối đa", "ít nhất", "với thời hạn", "quý", "tuần", "tháng",
)  # fmt: skip
CUE_NUMBERS: Final = (
    "một", "hai", "ba", "bốn", "năm", "sáu", "mười",
    *(rf"{chr(zero + figure)}\d{{0,2}}" for zero in (ord("0"), 0xFF10) for figure in range(10)),
)  # fmt: skip
COUNTED: Final = (
    r"(?=[ ]*+(?:\(|/[ ]*+\d{1,2}(?!\d|[ ]*+/)|ngày|tuần|tháng|quý|năm(?! \d{4})|giờ|tiếng|h(?![a-zà-ỹđ])"
    r"|phút|mươi|một|hai|lăm|lần|buổi))"
)
CUE: Final = re.compile(
    by_first_letter(
        (*(word + r"(?![a-zà-ỹđ])" for word in CUE_WORDS), *(number + COUNTED for number in CUE_NUMBERS))
    )
)
"""Words a deadline may begin with; a number only before what is counted, for texts are full of numbers."""
SECOND_DAY: Final = rx(r"~(?:và|,|hoặc)~(?=ngày~\d|\d{1,2}~/~\d)")


def find_deadlines(  # noqa: PLR0913 - what reading depends on, all but the text by name
    text: str,
    span: Span | None = None,
    *,
    issued_on: date | None,
    masked: Sequence[Span] = (),
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
) -> list[Deadline]:
    """Return the deadlines stated inside `span`, in order; the longest reading at the leftmost place wins.

    `masked` are stretches whose dates belong to something else, such as citations. `text` of a deadline is
    the shortest stretch with its preposition, white space collapsed; its span covers it. Never raises.
    """
    window = open_window(text, span or Span(0, len(text)), issued_on, masked, calendar or default_calendar())
    found = accepted(window)
    return [deadline_of(text, window, phrase, policy) for phrase in found]


def accepted(window: Window, *, judged: bool = True) -> list[Phrase]:
    """Return the phrases that are deadlines in their sentences, or all if they are not to be judged."""
    return merged(window, list(_accepted(window, judged=judged)))


def _accepted(window: Window, *, judged: bool) -> Iterator[Phrase]:
    """Yield the phrases that are deadlines in their sentence, or all of them if they are not to be judged."""
    place, last_end = window.start, None
    while cue := CUE.search(window.low, place, window.stop):
        phrase = _longest(window, cue.start())
        if phrase is None:
            place = cue.end()
            continue
        place = max(phrase.end, cue.end())
        if _judge(window, phrase, last_end) is not None if judged else phrase.row.startswith("edge-of"):
            continue
        last_end = phrase.end
        yield phrase
        while second := _second_day(window, phrase):
            yield second
            phrase, place, last_end = second, second.end, second.end


def _longest(window: Window, start: int) -> Phrase | None:
    """Return the longest phrase that begins at a cue."""
    context = window.context
    if window.low.startswith(("trước", "chậm", "trong", "muộn", "không", "vào"), start):
        named_day = _named_day(window, start)
        context = replace(context, named_day=named_day) if named_day else context
    phrases = phrases_at(window.low, start, window.stop, context)
    return max(phrases, key=lambda phrase: phrase.end, default=None)


DAY_NAMED: Final = rx(r"(?<!\w)(?:ngày~)?(?=\d{1,2}(?:~/|~-~\d{1,2}~-| tháng))")


def _named_day(window: Window, before: int) -> date | None:
    """Return the day last named before a place, for «cùng ngày»."""
    if "cùng ngày" not in window.low[before : before + 60]:
        return None
    near = window.low[max(0, before - LOOK_BACK) : before]
    days = [day for lead in DAY_NAMED.finditer(near) if (day := read_day(near, lead.end()))]
    return days[-1][0].on_or_after(window.context.issued_on) if days else None


def _judge(window: Window, phrase: Phrase, last_end: int | None) -> str | None:
    """Return why a phrase is no deadline in its sentence, or None."""
    lead = window.clause_before(phrase.start)
    since = None
    if last_end is not None and phrase.start - last_end < len(lead):
        since = window.low[last_end : phrase.start]
    words = window.low[phrase.start : phrase.end]
    trail, opening = window.clause_after(phrase.end), window.opens(phrase.start)
    place = Place(phrase, words, lead, trail, window.context.issued_on, opening, since)
    return verdict(place)


def _second_day(window: Window, phrase: Phrase) -> Phrase | None:
    """Return the second day of «trước ngày 15/6 và ngày 15/12/2020»: a deadline with the same preposition."""
    if phrase.moment.shape is not Shape.DAY or phrase.stated is None:
        return None
    link = SECOND_DAY.match(window.low, phrase.end, window.stop)
    if link is None:
        return None
    context = replace(window.context, before=phrase.sense is Sense.BEFORE)
    readings = [
        Phrase(link.end(), found.end(), phrase.sense, row.name, moment)
        for row in DATED
        if (found := row.pattern.match(window.low, link.end(), window.stop))
        and (moment := row.read(found, context))
    ]
    return max(readings, key=lambda reading: reading.end, default=None)


def deadline_of(text: str, window: Window, phrase: Phrase, policy: DeadlinePolicy) -> Deadline:
    """Turn an accepted phrase into the value that reading produces."""
    span = Span(phrase.start + window.shift, phrase.end + window.shift)
    calendar = window.context.calendar
    stated = None if phrase.kind is DeadlineKind.RECURRING else phrase.stated
    due_on = policy.due_on(stated, phrase.kind, exclusive=phrase.exclusive, calendar=calendar)
    words = " ".join(span.of(text).split())
    doubts = phrase.moment.doubts
    if (
        phrase.kind is DeadlineKind.PERIOD_END
        and stated
        and window.context.issued_on
        and stated < window.context.issued_on
    ):
        doubts = (*doubts, Doubt.BEFORE_ISSUE)
    deadline = Deadline(
        words,
        span,
        phrase.kind,
        stated=stated,
        exclusive=phrase.exclusive,
        due_on=due_on,
        time=phrase.moment.time,
        every=phrase.every,
        rule=f"{phrase.sense}-{phrase.row}",
        doubts=tuple(str(doubt) for doubt in doubts),
    )
    return replace(deadline, explain=explain(deadline, counted=phrase.moment.counted, policy=policy))
