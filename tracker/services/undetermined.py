"""What nobody can be reminded of yet, because its day is not known: the queue «cần xác định hạn»."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from sqlmodel import Session

from directives.deadlines.anchored import AnchorKind
from directives.model import DeadlineKind
from tracker.domain.deadlines import Reckoning
from tracker.domain.status import Status
from tracker.services.due_dates import anchor_wanted, recounted
from tracker.services.naming import document_label
from tracker.services.recurring import rhythm_of
from tracker.store import timed
from tracker.store.timed import Timed, Which

ANY_DAY: Final = date(2020, 1, 2)


class Why(StrEnum):
    """Why a due date is not known; each says in the phrasebook what to do next."""

    DAY_UNKNOWN = "day-unknown"  # «trước ngày …» without a year, in the lunar calendar, of a day that is none
    RECEIPT_UNKNOWN = "receipt-unknown"
    ISSUE_UNKNOWN = "issue-unknown"
    EVENT_UNKNOWN = "event-unknown"
    START_UNSAID = "start-unsaid"
    ONLY_AFTER = "only-after"  # «ngay sau khi …»: no number of days to count
    INTERVAL_UNKNOWN = "interval-unknown"
    DAY_OF_PERIOD_UNKNOWN = "day-of-period-unknown"
    NONE_STATED = "none-stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undetermined:
    """An assignment whose day is to be settled, with the document's words about it."""

    assignment_id: int
    code: str
    document: str
    lead: str
    action: str
    words: str | None
    status: Status
    why: Why


def undetermined(session: Session, by: Reckoning, *, unstated: bool = False) -> list[Undetermined]:
    """Return what waits for a day, in the order of the documents.

    `unstated` adds the work for which the document names no deadline at all: that is no fault, and no day is
    invented, but the office may set one of its own.
    """
    found = ((work, _why(work, by)) for work in timed.timed(session, Which(without_day=True)))
    return [_item(work, why) for work, why in found if why and (unstated or why is not Why.NONE_STATED)]


def _why(work: Timed, by: Reckoning) -> Why | None:
    """Return why the day of an assignment is unknown; None for a duty whose dates are known."""
    return Why.NONE_STATED if work.kind is None else _WHY[work.kind](work, by)


def _recurring(work: Timed, _: Reckoning) -> Why | None:
    if rhythm_of(work) is not None:
        return None
    return Why.INTERVAL_UNKNOWN if work.every is None else Why.DAY_OF_PERIOD_UNKNOWN


_WAITS: Final = {
    AnchorKind.RECEIVED: Why.RECEIPT_UNKNOWN,
    AnchorKind.ISSUED: Why.ISSUE_UNKNOWN,
    AnchorKind.EVENT: Why.EVENT_UNKNOWN,
    AnchorKind.UNSAID: Why.START_UNSAID,
}


def _relative(work: Timed, by: Reckoning) -> Why:
    wanted = anchor_wanted(work)
    if wanted is None:
        return Why.DAY_UNKNOWN
    if wanted is AnchorKind.EVENT and not _would_count(work, by):
        return Why.ONLY_AFTER
    return _WAITS[wanted]


def _would_count(work: Timed, by: Reckoning) -> bool:
    """Tell whether the words give a day once the event's is told; any day will do to find out."""
    deadline = recounted(replace(work, event_on=work.issued_on or ANY_DAY), by)
    return deadline is not None and deadline.due_on is not None


_WHY: Final[dict[DeadlineKind, Callable[[Timed, Reckoning], Why | None]]] = {
    DeadlineKind.FIXED: lambda *_: Why.DAY_UNKNOWN,
    DeadlineKind.PERIOD_END: lambda *_: Why.DAY_UNKNOWN,
    DeadlineKind.RELATIVE: _relative,
    DeadlineKind.RECURRING: _recurring,
}


def _item(work: Timed, why: Why) -> Undetermined:
    return Undetermined(
        assignment_id=work.id,
        code=work.code,
        document=document_label(work.genre, work.number, work.file_name),
        lead=work.lead,
        action=work.action,
        words=work.words,
        status=work.status,
        why=why,
    )
