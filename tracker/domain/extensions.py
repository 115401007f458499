"""When more time may be asked for and granted. The law leaves it to each office: every rule is a setting.

Usual in provincial regulations: asked for some working days before the last day, granted once (Đồng Tháp
790/QĐ-UBND-HC of 2021), by whoever assigned the work.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directives.calendar import WorkCalendar
from tracker.clock import shown
from tracker.domain.days_ahead import check_not_far
from tracker.domain.status import Move
from tracker.errors import Conflict


class GrantedBy(StrEnum):
    """Who may grant more time."""

    LEADER = "leader"  # whoever may assign; the office only records what a document grants
    OFFICE = "office"  # the secretariat too


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRules:
    """What an office has decided about extensions."""

    ask_days: int = 2  # working days before the last day; a later request is taken, and marked
    most: int = 1  # as many as are granted in the usual way; a leader may grant one more
    granted_by: GrantedBy = GrantedBy.LEADER


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an agency asks for."""

    reason: str
    proposed_on: date
    asked_on: date
    far: bool = False  # that a day more than two years off is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A later last day and what it rests on: the number of a document, or a decision in words."""

    until: date
    document: str | None = None
    decision: str = ""
    far: bool = False  # as in a request

    @property
    def words(self) -> str:
        """Return the decision without stray white space."""
        return " ".join(self.decision.split())

    @property
    def basis(self) -> str:
        """Return what the grant rests on, in one word or a sentence."""
        return self.document or self.words


def check_request(request: Request, due_on: date | None, today: date) -> None:
    """Raise Conflict where a request cannot be taken; one that comes late can, for a day to come."""
    if not request.reason.strip():
        raise Conflict("extension.no-reason")
    if request.asked_on > today:
        raise Conflict("act.future", day=shown(request.asked_on))
    _check_later(request.proposed_on, due_on)
    if request.proposed_on < today:
        raise Conflict("extension.past", day=shown(request.proposed_on))
    check_not_far(request.proposed_on, today, far=request.far)


def asked_in_time(asked_on: date, due_on: date, calendar: WorkCalendar, rules: ExtensionRules) -> bool:
    """Tell whether a request came early enough, counted in working days before the last day."""
    return asked_on <= due_on and calendar.working_days_between(asked_on, due_on) >= rules.ask_days


def check_grant(grant: Grant, due_on: date | None, today: date) -> None:
    """Raise Conflict for a grant without a basis, or one that gives no more time.

    A day that has passed takes the number of the document that gave it: it is only written down late. A far
    one takes somebody who says that it is meant.
    """
    _check_later(grant.until, due_on)
    if not grant.basis:
        raise Conflict("extension.no-basis")
    if grant.until < today and not grant.document:
        raise Conflict("extension.past-by-word", day=shown(grant.until))
    check_not_far(grant.until, today, far=grant.far)


def granting(granted_before: int, rules: ExtensionRules) -> Move:
    """Return the move that granting is: who may make it is a question of permission."""
    if granted_before >= rules.most:
        return Move.GRANT_EXTENSION_AGAIN
    return Move.RECORD_EXTENSION if rules.granted_by is GrantedBy.OFFICE else Move.GRANT_EXTENSION


def _check_later(day: date, due_on: date | None) -> None:
    if due_on is None:
        raise Conflict("extension.no-deadline")
    if day <= due_on:
        raise Conflict("extension.not-later", day=shown(day), due_on=shown(due_on))
