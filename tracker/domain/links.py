"""Links in letters that let their reader act: for whom, on what, how long, and what they offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.status import CLOSED, TRANSITIONS, Move, Status


class LinkAction(StrEnum):
    """What the reader of a letter can do without logging in; the names are those of the forms."""

    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    ASK_TIME = "ask-time"
    NOT_OURS = "not-ours"


MOVES: Final[Mapping[LinkAction, Move]] = {
    LinkAction.ACKNOWLEDGE: Move.ACKNOWLEDGE,
    LinkAction.REPORT: Move.REPORT,
    LinkAction.ASK_TIME: Move.ASK_EXTENSION,
    LinkAction.NOT_OURS: Move.REFUSE,
}


class LinkState(StrEnum):
    """Whether a link lets its reader act, or why not."""

    LIVE = "live"
    LEFT = "left"  # the reader is no longer written to
    MOVED = "moved"  # another agency answers for the work now
    REVOKED = "revoked"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What is known of a link, its reader and its work."""

    revision: int
    revoked: bool
    expires_at: datetime
    reader_active: bool
    role: Role
    reader_agency: int | None
    agency: int | None  # who answers for the work now
    status: Status


def state_of(facts: LinkFacts, *, revision: int, now: datetime) -> LinkState:
    """Tell whether a link of some revision lets its reader act.

    Who has left, or whose work is another's now, is told that before anything about the work.
    """
    if not facts.reader_active or facts.role not in IN_AGENCY:
        return LinkState.LEFT
    if facts.status is Status.TRANSFERRED or facts.reader_agency != facts.agency:
        return LinkState.MOVED
    if facts.revoked or facts.revision != revision:
        return LinkState.REVOKED
    if facts.status in CLOSED:
        return LinkState.FINISHED if facts.status is Status.CONFIRMED else LinkState.WITHDRAWN
    return LinkState.LIVE if now < facts.expires_at else LinkState.EXPIRED


def expiry(letter_at: datetime, days: int) -> datetime:
    """Return until when a link in a letter written at some moment lets its reader act."""
    return letter_at + timedelta(days=days)


def offered(status: Status, *, has_deadline: bool, request_waits: bool, kept: bool) -> tuple[LinkAction, ...]:
    """Return what can be done with work from where it stands, in the order in which a page offers it.

    More time is asked for once at a time, and where there is a deadline; work that the office decided to keep
    with the agency is not declined again.
    """
    closed = set()
    if request_waits or not has_deadline:
        closed.add(LinkAction.ASK_TIME)
    if kept:
        closed.add(LinkAction.NOT_OURS)
    possible = (action for action, move in MOVES.items() if (status, move) in TRANSITIONS)
    return tuple(action for action in possible if action not in closed)
