"""More time: asked for by an agency, granted or refused by who may; the original deadline is kept."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.extensions import (
    Grant,
    Request,
    asked_in_time,
    check_grant,
    check_request,
    granting,
)
from tracker.domain.requests import ExtensionState
from tracker.domain.status import Move
from tracker.errors import Conflict, NotFound
from tracker.phrasebook import say
from tracker.services.moving import Held, Moved, hold, permitted, reason_for, stay
from tracker.services.office import Office
from tracker.store import assignments, deadline_versions, extensions
from tracker.store.calendar import calendar_of
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, Change, record
from tracker.store.extensions import Answer, Extension, NewRequest

LAPSED = "extension-lapsed"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the register that gives more time."""

    directive_id: int
    issued_on: date | None


def ask(  # noqa: PLR0913 — a request and who makes it
    session: Session,
    assignment_id: int,
    request: Request,
    *,
    office: Office,
    act: Act,
    seen: int | None = None,
) -> Moved:
    """Take a request for more time; one that comes too late is taken too, and marked «đề nghị sau hạn».

    Raises Conflict where another request waits, for no reason, and for a day that gives no more time.
    """
    held = hold(session, assignment_id, Move.ASK_EXTENSION, act=act, seen=seen)
    due_on = held.work.facts.due_on
    check_request(request, due_on, office.today)
    if (waiting := extensions.open_request(session, assignment_id)) is not None:
        raise Conflict("extension.open-already", proposed=shown(waiting.proposed_on))
    in_time = _in_time(session, request.asked_on, due_on, office)
    reason = " ".join(request.reason.split())
    extensions.add(
        session,
        NewRequest(
            assignment_id=assignment_id,
            asked_on=request.asked_on,
            asked_by=held.act.actor,
            reason=reason,
            proposed_on=request.proposed_on,
            in_time=in_time,
        ),
    )
    return stay(session, held, proposed_on=request.proposed_on, reason=reason, in_time=in_time)


def withdraw(session: Session, assignment_id: int, *, act: Act, seen: int | None = None) -> Moved:
    """Take a request back before it is answered."""
    held = hold(session, assignment_id, Move.WITHDRAW_EXTENSION, act=act, seen=seen)
    waiting = _waiting(session, assignment_id)
    extensions.answer(session, waiting.id, _answer(held, ExtensionState.WITHDRAWN))
    return stay(session, held, proposed_on=waiting.proposed_on)


def refuse(session: Session, assignment_id: int, reason: str, *, act: Act, seen: int | None = None) -> Moved:
    """Refuse a request, with the reason; the deadline stays."""
    held = hold(session, assignment_id, Move.REFUSE_EXTENSION, act=act, seen=seen)
    why = reason_for(held.move, reason)
    waiting = _waiting(session, assignment_id)
    extensions.answer(session, waiting.id, replace(_answer(held, ExtensionState.REFUSED), words=why))
    return stay(session, held, proposed_on=waiting.proposed_on, reason=why)


def grant(  # noqa: PLR0913 — a decision and who makes it
    session: Session,
    assignment_id: int,
    *,
    until: date | None = None,
    document: str | None = None,
    decision: str = "",
    far: bool = False,
    office: Office,
    act: Act,
    seen: int | None = None,
) -> Moved:
    """Give more time: the day asked for, or another; also to who has not asked.

    Raises Conflict for a decision without a document's number or words, and for a day that gives no more
    time, has passed, or is far off without `far`.
    """
    work = assignments.claim(session, assignment_id, seen=seen)
    move = granting(extensions.granted(session, assignment_id), office.rules)
    held = permitted(session, work, move, act=act)
    waiting = extensions.open_request(session, assignment_id)
    day = until or (None if waiting is None else waiting.proposed_on)
    if day is None:
        raise Conflict("extension.no-day")
    granted = Grant(until=day, document=document, decision=decision, far=far)
    return put_into_force(session, held, granted, office=office)


def put_into_force(
    session: Session, held: Held, granted: Grant, *, office: Office, source: Source | None = None
) -> Moved:
    """Move the deadline of a held assignment by a decision, and answer the request that waits, if any.

    What nobody asked for counts as asked on the day of the document that gives it, which may have been taken
    in much later.
    """
    due_on = held.work.facts.due_on
    check_grant(granted, due_on, office.today)
    waiting = extensions.open_request(session, held.work.id)
    number = waiting.id if waiting is not None else _unasked(session, held, granted, office, source)
    directive_id = None if source is None else source.directive_id
    extensions.answer(session, number, _answer(held, ExtensionState.GRANTED, granted, directive_id))
    fields = {"due_on": shown(due_on), "until": shown(granted.until), "basis": granted.basis}
    new = NewDeadline(
        due_on=granted.until,
        cause=DeadlineCause.EXTENSION,
        explain=say("extension.explain", "vi", **fields),
        document=granted.document,
    )
    said = {"document": granted.document, "decision": granted.words, "extension": number}
    moved = stay(session, held, {"due_on": due_on}, due_on=granted.until, **said)
    deadline_versions.change(session, held.work.id, new, act=held.act)
    return replace(moved, version=moved.version + 1)


def lapse(session: Session, held: Held) -> None:
    """Close a request that nobody has to answer any more, because the work itself is settled."""
    waiting = extensions.open_request(session, held.work.id)
    if waiting is None:
        return
    lapsed = replace(_answer(held, ExtensionState.WITHDRAWN), words=say(f"status.{held.status}", "vi"))
    extensions.answer(session, waiting.id, lapsed)
    change = Change({"proposed_on": waiting.proposed_on}, {"status": held.status})
    record(session, held.act, LAPSED, ("assignment", held.work.id), change)


def _unasked(session: Session, held: Held, granted: Grant, office: Office, source: Source | None) -> int:
    """Keep the request that nobody made: a decision always has one that it answers."""
    issued_on = None if source is None else source.issued_on
    asked_on = min(issued_on or office.today, office.today)
    new = NewRequest(
        assignment_id=held.work.id,
        asked_on=asked_on,
        asked_by=held.act.actor,
        reason=granted.words,
        proposed_on=granted.until,
        in_time=_in_time(session, asked_on, held.work.facts.due_on, office),
    )
    return extensions.add(session, new)


def _answer(
    held: Held, state: ExtensionState, granted: Grant | None = None, directive_id: int | None = None
) -> Answer:
    return Answer(
        state=state,
        at=held.act.at,
        by=held.act.actor,
        words="" if granted is None else granted.words,
        granted_on=None if granted is None else granted.until,
        document=None if granted is None else granted.document,
        directive_id=directive_id,
    )


def _waiting(session: Session, assignment_id: int) -> Extension:
    waiting = extensions.open_request(session, assignment_id)
    if waiting is None:
        raise NotFound("extension.none-open", ref=assignment_id)
    return waiting


def _in_time(session: Session, asked_on: date, due_on: date | None, office: Office) -> bool:
    return due_on is not None and asked_in_time(asked_on, due_on, calendar_of(session), office.rules)
