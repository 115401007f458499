"""Find the deadlines in a stretch of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from directives.calendar import WorkCalendar, default_calendar
from directives.dates import read_day, rx
from directives.deadlines.explain import explain
from directives.deadlines.guards import Place, verdict
from directives.deadlines.moments import Context, Doubt, Shape
from directives.deadlines.phrases import DATED, Phrase, bare_at, phrases_at
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.deadlines.senses import Sense
from directives.folding import fold
from directives.model import Deadline, DeadlineKind, Span

CUE: Final = re.compile(
    r"(?<!\w)(?:trước|chậm|muộn|không (?:quá|muộn|chậm|trễ|vượt)|hạn (?:chót|cuối)|cho đến|đến|tới|sang"
    r"|hết|trong|nội trong"
    r"|vào|định kỳ|hàng|mỗi|từng|một|hai|ba|bốn|năm|sáu|mười|ngày|thứ|chủ nhật|sáng|trưa|chiều|tối|đêm"
    r"|buổi|hôm nay"
    r"|đầu|giữa|cuối|sau|ngay sau|tại|hoàn thành|hoàn tất|xong|thời hạn|thời gian|thời điểm|tiến độ|hạn"
    r"|mốc|tối đa|ít nhất"
    r"|với thời hạn|quý|tuần|tháng|\d{1,3})(?![a-zà-ỹđ])"
)
BARE_CUE: Final = re.compile(r"(?<![\w/.,-])(?=[\wđ])")
BOUNDARY: Final = re.compile(r"[.;!?](?=\s|$|\W)|\n|:(?=\s)|(?<=\s)[-+•*](?=\s)")
OPENED: Final = re.compile(
    r"(?:^|\n|[.!?:]\s|[.!?:]$|(?:^|[\n ])(?:[-+•*]|\d{1,3}[.)]|[a-zđ]\)|[ivx]{1,5}\.)\s)\s*"
    r"(?:(?:theo đó|cụ thể|riêng|như vậy|tuy nhiên|đồng thời)\s*,?\s*)?$"
)
LABELLED: Final = rx(r"(?<!\w)(?:thời hạn|thời gian|tiến độ|hạn|lộ trình|thời điểm)[^.;:\n]{0,40}:~$")
MASK: Final = "\0"
LOOK_BACK: Final = 320
SECOND_DAY: Final = rx(r"~(?:và|,|hoặc)~(?=ngày~\d|\d{1,2}~/~\d)")
RANGE: Final = rx(r"(?<!\w)từ (?:ngày~)?\d{1,2}(?:~/~\d{1,2}){0,2}~-~$")


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the folded text that is looked at, citations blanked out; `shift` is its place in the text."""

    low: str
    shift: int
    start: int
    stop: int
    context: Context

    def clause_before(self, place: int) -> str:
        """Return the words between the last boundary and a place."""
        return BOUNDARY.split(self.low[max(0, place - LOOK_BACK) : place])[-1]

    def opens(self, place: int) -> bool:
        """Tell whether a sentence begins at a place; what follows «Thời hạn:» is no new sentence."""
        before = self.low[max(0, place - LOOK_BACK) : place]
        return OPENED.search(before) is not None and not LABELLED.search(before)

    def clause_after(self, place: int) -> str:
        """Return the words between a place and the next boundary."""
        return BOUNDARY.split(self.low[place : place + 200], maxsplit=1)[0]


def find_deadlines(
    text: str,
    span: Span | None = None,
    *,
    issued_on: date | None,
    masked: Sequence[Span] = (),
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
) -> list[Deadline]:
    """Return the deadlines stated inside `span`, in order; the longest reading at the leftmost place wins.

    `masked` are stretches whose dates belong to something else, such as citations. `text` of a deadline is the
    shortest stretch with its preposition, white space collapsed; its span covers it. Never raises on any text.
    """
    window = _window(text, span or Span(0, len(text)), issued_on, masked, calendar or default_calendar())
    found = _merged(window, list(_accepted(window)))
    return [_deadline(text, window, phrase, policy) for phrase in found]


def bare_deadlines(
    text: str,
    span: Span | None = None,
    *,
    issued_on: date | None,
    masked: Sequence[Span] = (),
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
) -> list[Deadline]:
    """Return the times inside `span` that stand without a preposition, as the cell of a table may give them."""
    window = _window(text, span or Span(0, len(text)), issued_on, masked, calendar or default_calendar())
    found, place = [], window.start
    while cue := BARE_CUE.search(window.low, place, window.stop):
        phrase = max(
            bare_at(window.low, cue.start(), window.stop, window.context),
            key=lambda read: read.end,
            default=None,
        )
        place = max(cue.end(), phrase.end if phrase else 0)
        if phrase:
            found.append(phrase)
    return [_deadline(text, window, phrase, policy) for phrase in found]


def _window(
    text: str, span: Span, issued_on: date | None, masked: Sequence[Span], calendar: WorkCalendar
) -> Window:
    """Cut the window out of the folded text and blank the masked stretches in it."""
    shift = max(0, span.start - LOOK_BACK)
    chars = list(fold(text)[shift : span.end])
    for mask in masked:
        if mask.end > shift and mask.start < span.end:
            start, end = max(mask.start, shift) - shift, min(mask.end, span.end) - shift
            chars[start:end] = MASK * (end - start)
    low = "".join(chars)
    return Window(low, shift, span.start - shift, span.end - shift, Context(issued_on, calendar))


def _accepted(window: Window) -> Iterator[Phrase]:
    """Yield the phrases that are deadlines in their sentence."""
    place, last_end = window.start, None
    while cue := CUE.search(window.low, place, window.stop):
        phrase = _longest(window, cue.start())
        if phrase is None:
            place = cue.end()
            continue
        place = max(phrase.end, cue.end())
        judged = _judge(window, phrase, last_end)
        if judged is not None:
            continue
        last_end = phrase.end
        yield phrase
        while second := _second_day(window, phrase):
            yield second
            phrase, place, last_end = second, second.end, second.end


def _longest(window: Window, start: int) -> Phrase | None:
    """Return the longest phrase that begins at a cue."""
    context = replace(window.context, named_day=None)
    if window.low.startswith(("trước", "chậm", "trong", "muộn", "không", "vào"), start):
        context = replace(window.context, named_day=_named_day(window, start))
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


def _merged(window: Window, phrases: list[Phrase]) -> list[Phrase]:
    """Join what belongs together: a period and its day, an event and its date, a subject and its deadline."""
    kept: list[Phrase] = []
    for phrase in phrases:
        same_clause = [
            old for old in kept if old.end > phrase.start - len(window.clause_before(phrase.start))
        ]
        if same_clause:
            phrase, dropped = _joined(window, same_clause, phrase)  # noqa: PLW2901
            kept = [old for old in kept if old not in dropped]
            if phrase.moment.shape is Shape.EVENT and any(old.stated for old in same_clause):
                continue
        kept.append(phrase)
    return kept


ROUND_ROWS: Final = ("each-unit", "round")
NO_YEAR: Final = ("day-of-month", "short-date", "long-date-without-year", "short-date-without-word")
SUBJECT: Final = rx(
    r"(?<!\w)(?:kết quả|tình hình|số liệu|kinh phí|kế hoạch|vốn|chỉ tiêu|nhiệm vụ|công tác|hoạt động"
    r"|vụ việc|vi phạm)"
    r"(?: [^\s.;:,()]{1,15}){0,6}~$"
)


def _joined(window: Window, earlier: list[Phrase], phrase: Phrase) -> tuple[Phrase, list[Phrase]]:
    """Return the phrase as its clause makes it, and the earlier phrases that it takes the place of."""
    rounds = [old for old in earlier if old.row in ROUND_ROWS]
    if rounds and phrase.row in NO_YEAR:
        moment = replace(rounds[-1].moment, time=phrase.moment.time)
        return replace(phrase, moment=moment), [rounds[-1]]
    dropped = [old for old in earlier if old.moment.shape is Shape.EVENT] if phrase.stated else []
    if phrase.sense in (Sense.BEFORE, Sense.BY, Sense.UNTIL) and phrase.stated:
        dropped += [
            old
            for old in earlier
            if old.sense is Sense.WITHIN
            and old.moment.shape is Shape.PERIOD
            and SUBJECT.search(window.clause_before(old.start))
        ]
    return phrase, dropped


def _deadline(text: str, window: Window, phrase: Phrase, policy: DeadlinePolicy) -> Deadline:
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
