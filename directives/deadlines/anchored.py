"""Count a period whose start the text does not give: a person has told the day, the words give the rest."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dateutil.relativedelta import relativedelta

from directives.calendar import WorkCalendar
from directives.dates import number_of, rx, shown
from directives.deadlines.explain import explain
from directives.deadlines.find import accepted, deadline_of
from directives.deadlines.moments import Anchor, Shape
from directives.deadlines.phrases import Phrase
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.deadlines.senses import Sense
from directives.deadlines.window import Window, open_window
from directives.model import Deadline, DeadlineKind, Span


class AnchorKind(StrEnum):
    """What a period runs from."""

    RECEIVED = "received"  # the document reached the agency: another day for each
    ISSUED = "issued"  # the document's own date
    EVENT = "event"  # something else happened, or will
    UNSAID = "unsaid"  # the text names nothing


RECEIPT: Final = rx(
    r"(?:khi|ngày|sau khi|từ) (?:được )?nhận (?:được )?(?:(?:văn bản|công văn|thông báo|quyết định|chỉ thị"
    r"|kế hoạch|công điện|chỉ đạo|ý kiến chỉ đạo|yêu cầu)(?:~này)?~$|được~$)"
)
"""The directive itself reached its reader; «nhận đủ hồ sơ» is something that happens later."""
ISSUE: Final = rx(r"(?:ngày|khi|thời điểm) (?:được )?(?:ký|ban hành|phát hành)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Days:
    """A number of days, weeks or months ahead of an event."""

    count: int
    unit: str
    working: bool

    def before(self, day: date, calendar: WorkCalendar) -> date:
        """Return the day so long before another one."""
        if self.working and self.unit == "ngày":
            return calendar.add(day, -self.count)
        if self.unit == "tháng":
            return day - relativedelta(months=self.count)
        return day - timedelta(days=self.count * {"ngày": 1, "tuần": 7}[self.unit])


AHEAD: Final = rx(
    r"(?P<n>%COUNT%)(?:~\([^()\n]{1,20}\))?~(?P<unit>ngày|tuần|tháng)(?P<working> làm việc)?(?!\w)"
)


def anchor_of(words: str, *, issued_on: date | None = None) -> AnchorKind | None:
    """Return what the period in the words of a deadline runs from; None where they name no such period."""
    phrase = _relative(_window(words, issued_on, WorkCalendar(), None))
    if phrase is None:
        return None
    if phrase.moment.shape is Shape.EVENT:
        return AnchorKind.EVENT
    low = " ".join(words.lower().split())
    if RECEIPT.search(low):
        return AnchorKind.RECEIVED
    if phrase.row == "count-ahead" or ISSUE.search(low):
        return AnchorKind.ISSUED
    return AnchorKind.EVENT if phrase.row == "count-from" else AnchorKind.UNSAID


def recount(
    words: str,
    anchor: Anchor | None,
    *,
    issued_on: date | None,
    calendar: WorkCalendar,
    policy: DeadlinePolicy = DEFAULT_POLICY,
) -> Deadline | None:
    """Return the deadline in the words, counted from the day that was told; None where they give no period.

    Its `due_on` is None where the words leave the day open all the same: «ngay sau khi …» says how soon, not
    by when. A day counted backwards from an event is never moved: rolling forward would shorten the notice.
    """
    window = _window(words, issued_on, calendar, anchor)
    phrase = _relative(window)
    if phrase is None:
        return None
    if phrase.moment.shape is not Shape.EVENT or anchor is None:
        return deadline_of(words, window, phrase, policy)
    return _around(words, window, phrase, anchor, policy)


def _window(words: str, issued_on: date | None, calendar: WorkCalendar, anchor: Anchor | None) -> Window:
    window = open_window(words, Span(0, len(words)), issued_on, (), calendar)
    return replace(window, context=replace(window.context, anchor=anchor))


def _relative(window: Window) -> Phrase | None:
    """Return the first period or event that the words name."""
    phrases = accepted(window, judged=False)
    return next((phrase for phrase in phrases if phrase.kind is DeadlineKind.RELATIVE), None)


def _around(words: str, window: Window, phrase: Phrase, anchor: Anchor, policy: DeadlinePolicy) -> Deadline:
    """Date a deadline by the day of its event: that day, the one before, or so many days before it."""
    low = window.low[phrase.start : phrase.end]
    read = EVENTS.get(phrase.row)
    day, said = read(low, anchor, window.context.calendar) if read else (None, "")
    on = replace(phrase, sense=Sense.BY) if phrase.row in COUNTED_BACK else phrase
    moment = replace(phrase.moment, first=day, last=day, doubts=() if day else phrase.moment.doubts)
    deadline = deadline_of(words, window, replace(on, moment=moment), policy)
    if day is not None and phrase.row in COUNTED_BACK:
        deadline = replace(deadline, due_on=day)
        return replace(deadline, explain=explain(deadline, counted=said, policy=policy))
    if deadline.due_on is not None:
        return replace(deadline, explain=f"{deadline.explain}, {said}")
    return deadline


def _that_day(_: str, anchor: Anchor, __: WorkCalendar) -> tuple[date | None, str]:
    return anchor.day, f"tính theo {anchor.named} ({shown(anchor.day)})"


def _days_ahead(low: str, anchor: Anchor, calendar: WorkCalendar) -> tuple[date | None, str]:
    """Count back from the event; the last number named is the one that counts."""
    found = list(AHEAD.finditer(low))
    if not found:
        return None, ""
    one = found[-1]
    ahead = _Days(number_of(one["n"]), one["unit"], bool(one["working"]))
    amount = f"{ahead.count:02d} {ahead.unit}{' làm việc' if ahead.working else ''}"
    return ahead.before(anchor.day, calendar), (
        f"tính ngược {amount} từ {anchor.named} ({shown(anchor.day)}), không tính ngày đó"
    )


COUNTED_BACK: Final = ("ahead-of-event", "days-before")
EVENTS: Final[dict[str, Callable[[str, Anchor, WorkCalendar], tuple[date | None, str]]]] = {
    "season": _that_day,
    "ahead-of-event": _days_ahead,
    "days-before": _days_ahead,
    "at-session": _that_day,
    "session": _that_day,
}
"""How each way to name an event becomes a day; «sau khi …» has no row, for it names no last day."""

__all__ = ["Anchor", "AnchorKind", "anchor_of", "recount"]
