"""Due dates that people settle: the day a period runs from, or one that the document leaves open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from directives.deadlines.anchored import Anchor, AnchorKind, anchor_of, recount
from directives.model import Deadline, DeadlineKind
from tracker.clock import office_day, shown
from tracker.domain.deadlines import COMPUTED, DeadlineCause, Reckoning
from tracker.domain.extensions import ExtensionRules, granting
from tracker.errors import Conflict, InputRefused
from tracker.phrasebook import say
from tracker.services.permits import Forbidden, permit
from tracker.store import accounts, assignments, deadline_versions, extensions, timed
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, Change, record
from tracker.store.timed import Timed, Which

SET_DEADLINE: Final = "set-deadline"
ANCHOR: Final = "anchor"
USUAL: Final = ExtensionRules()
SETTLED: Final = frozenset({DeadlineCause.SET, DeadlineCause.CORRECTION})
"""What a person settles, with a reason: no document need have said it."""
_WANTS: Final = {
    AnchorKind.RECEIVED: frozenset({AnchorKind.RECEIVED, AnchorKind.UNSAID}),
    AnchorKind.EVENT: frozenset({AnchorKind.EVENT, AnchorKind.ISSUED, AnchorKind.UNSAID}),
}
"""What each kind of day that a person tells can stand for in the words."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An assignment's due date before and after, and how it was reached."""

    assignment_id: int
    code: str
    lead: str
    before: date | None
    due_on: date | None
    explain: str


def anchor_wanted(work: Timed) -> AnchorKind | None:
    """Return what the period of an assignment runs from, None where it has no period."""
    if work.kind is not DeadlineKind.RELATIVE or work.words is None:
        return None
    return anchor_of(work.words, issued_on=work.issued_on)


def recounted(work: Timed, by: Reckoning) -> Deadline | None:
    """Return what the words of a counted deadline give under a calendar and policy; None without a period."""
    if work.kind is not DeadlineKind.RELATIVE or work.words is None:
        return None
    anchor = _told(work, anchor_of(work.words, issued_on=work.issued_on))
    return recount(work.words, anchor, issued_on=work.issued_on, calendar=by.calendar, policy=by.policy)


def _told(work: Timed, wanted: AnchorKind | None) -> Anchor | None:
    """Return the day that was told for the period, and its name in the sentence that explains it."""
    if wanted in _WANTS[AnchorKind.EVENT] and work.event_on is not None:
        return Anchor(work.event_on, say("deadline.anchor-event", "vi"))
    if wanted in _WANTS[AnchorKind.RECEIVED] and work.received_on is not None:
        return Anchor(work.received_on, say("deadline.anchor-received", "vi"))
    return None


def tell_received(  # noqa: PLR0913 - whose, when, and who says so
    session: Session, assignment_id: int, day: date, *, by: Reckoning, act: Act, seen: int | None = None
) -> Dated:
    """Write down when one agency got the document, and count its deadline from then.

    Raises Conflict where the deadline runs from something else or was settled by a person.
    """
    work = _claimed(session, assignment_id, seen)
    if day > office_day(act.at):
        raise InputRefused("deadline.received-ahead", day=shown(day))
    return _anchored(session, work, AnchorKind.RECEIVED, day, by=by, act=act)


def tell_event(  # noqa: PLR0913 - the same
    session: Session, assignment_id: int, day: date, *, by: Reckoning, act: Act, seen: int | None = None
) -> Dated:
    """Write down when that happened, or will, from which a period runs, and count the deadline from then.

    Raises Conflict where the deadline runs from something else or was settled by a person.
    """
    work = _claimed(session, assignment_id, seen)
    return _anchored(session, work, AnchorKind.EVENT, day, by=by, act=act)


def tell_received_by_all(
    session: Session, directive_id: int, day: date, *, by: Reckoning, act: Act
) -> list[Dated]:
    """Write down when all agencies got a document; a day told for one agency by itself stands.

    Returns the due dates that came of it. What a person settled is left alone.
    """
    if day > office_day(act.at):
        raise InputRefused("deadline.received-ahead", day=shown(day))
    works = _that_wait_for_receipt(session, directive_id)
    for work in works:
        act = permit(session, act, ANCHOR, work.id)
        _check_after_issue(work, day)
    before = timed.tell_received_by_all(session, directive_id, day)
    change = Change({"received_on": before}, {"received_on": day})
    record(session, act, "received", ("directive", directive_id), change)
    session.flush()
    return [_recount(session, work, by, act) for work in _that_wait_for_receipt(session, directive_id)]


def set_deadline(  # noqa: PLR0913 - what is set, why, and who sets it
    session: Session,
    assignment_id: int,
    day: date,
    *,
    reason: str,
    act: Act,
    document: str | None = None,
    rules: ExtensionRules = USUAL,
    seen: int | None = None,
) -> Dated:
    """Put a day into force that a person settles: the document says none, or it was read wrongly.

    Raises InputRefused without a reason, or for a day before the document's own; Conflict for a duty that
    comes round, whose instances have the days, and for more time than the document gives from somebody who
    may not grant it and names no document.
    """
    work = _claimed(session, assignment_id, seen)
    if not reason.strip():
        raise InputRefused("deadline.no-reason")
    if work.kind is DeadlineKind.RECURRING and not work.is_instance:
        raise Conflict("deadline.comes-round", ref=assignment_id)
    _check_after_issue(work, day)
    document = " ".join((document or "").split()) or None
    act = permit(session, act, SET_DEADLINE, assignment_id)
    if document is None and _gives_more_time(session, work, day):
        act = _as_granting(session, work, day, rules=rules, act=act)
    cause = DeadlineCause.SET if work.due_on is None else DeadlineCause.CORRECTION
    explain = say(f"deadline.explained-{cause}", "vi", day=shown(day), reason=reason.strip())
    new = NewDeadline(due_on=day, cause=cause, explain=explain, document=document)
    deadline_versions.change(session, assignment_id, new, act=act)
    return Dated(work.id, work.code, work.lead, work.due_on, day, explain)


def _gives_more_time(session: Session, work: Timed, day: date) -> bool:
    """Tell whether a day is later than the one in force, of a deadline that was not only the office's own."""
    if work.due_on is None or day <= work.due_on:
        return False
    had = deadline_versions.of(session, work.id)
    return any(one.due_on is not None and one.cause not in SETTLED for one in had)


def _as_granting(session: Session, work: Timed, day: date, *, rules: ExtensionRules, act: Act) -> Act:
    """Return the act of somebody who may grant more time: a correction is no way round the rules of that.

    Without accounts nobody is known to be a leader.
    """
    refused = Conflict(
        "deadline.later-is-an-extension", ref=work.id, day=shown(day), due_on=shown(work.due_on)
    )
    if accounts.none_yet(session):
        raise refused
    try:
        return permit(session, act, granting(extensions.granted(session, work.id), rules), work.id)
    except Forbidden as error:
        raise refused from error


def _claimed(session: Session, assignment_id: int, seen: int | None) -> Timed:
    assignments.claim(session, assignment_id, seen=seen)
    return timed.one(session, assignment_id)


_TELL: Final[dict[AnchorKind, tuple[str, Callable[[Session, int, date], None]]]] = {
    AnchorKind.RECEIVED: ("received_on", timed.tell_received),
    AnchorKind.EVENT: ("event_on", timed.tell_event),
}


def _anchored(  # noqa: PLR0913 - the same
    session: Session, work: Timed, told: AnchorKind, day: date, *, by: Reckoning, act: Act
) -> Dated:
    wanted = anchor_wanted(work)
    if wanted is None:
        raise Conflict("deadline.no-period", ref=work.id)
    if wanted not in _WANTS[told]:
        raise Conflict(f"deadline.runs-from-{wanted}", ref=work.id, words=work.words)
    if work.cause not in COMPUTED:
        raise Conflict("deadline.settled", ref=work.id)
    _check_after_issue(work, day)
    act = permit(session, act, ANCHOR, work.id)
    field, tell = _TELL[told]
    tell(session, work.id, day)
    change = Change({field: getattr(work, field)}, {field: day})
    record(session, act, "anchored", ("assignment", work.id), change)
    dated = _recount(session, timed.one(session, work.id), by, act)
    if dated.due_on is None:
        raise Conflict("deadline.no-count", ref=work.id, words=work.words)
    return dated


def _recount(session: Session, work: Timed, by: Reckoning, act: Act) -> Dated:
    """Count a deadline anew and put the day into force where it is another one."""
    deadline = recounted(work, by)
    if deadline is None or deadline.due_on is None:
        return Dated(work.id, work.code, work.lead, work.due_on, work.due_on, "")
    new = NewDeadline(due_on=deadline.due_on, cause=DeadlineCause.ANCHOR, explain=deadline.explain)
    deadline_versions.change(session, work.id, new, act=act)
    return Dated(work.id, work.code, work.lead, work.due_on, deadline.due_on, deadline.explain)


def _that_wait_for_receipt(session: Session, directive_id: int) -> list[Timed]:
    which = Which(directive_id=directive_id, kind=DeadlineKind.RELATIVE, hold=True)
    return [
        work
        for work in timed.timed(session, which)
        if anchor_wanted(work) is AnchorKind.RECEIVED and work.cause in COMPUTED
    ]


def _check_after_issue(work: Timed, day: date) -> None:
    if work.issued_on is not None and day < work.issued_on:
        raise InputRefused("deadline.before-issue", day=shown(day), issued=shown(work.issued_on))
