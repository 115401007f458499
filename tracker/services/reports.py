"""What an agency reports, and how the secretariat answers a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from tracker.clock import office_day, shown
from tracker.domain.filing import Given, check_filing
from tracker.domain.permissions import Deed
from tracker.domain.requests import ReportKind, Verdict
from tracker.domain.status import Move
from tracker.errors import Conflict
from tracker.services.evidence import CheckedFile, keep_all
from tracker.services.extensions import lapse
from tracker.services.moving import Held, Moved, hold, move_on, reason_for
from tracker.services.office import Office
from tracker.services.permits import allow
from tracker.store import moves, reports
from tracker.store.events import Act
from tracker.store.moves import Standing
from tracker.store.reports import NewReport, Report
from tracker.store.transfers import FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an agency hands in: words, the document that is the result, files, and the day if not today."""

    words: str = ""
    document: str | None = None
    document_on: date | None = None
    filed_on: date | None = None
    files: Sequence[CheckedFile] = ()


IN_BETWEEN: Final = {ReportKind.PROGRESS: Move.PROGRESS, ReportKind.OBSTACLE: Move.OBSTACLE}
"""Reports before the result, and the move each of them is."""


def interim(  # noqa: PLR0913 — a report and who hands it in
    session: Session,
    assignment_id: int,
    kind: ReportKind,
    words: str,
    *,
    office: Office,
    act: Act,
    files: Sequence[CheckedFile] = (),
    seen: int | None = None,
) -> Moved:
    """Keep word of how far the work has come, or of what stands in its way; the clock runs on."""
    held = hold(session, assignment_id, IN_BETWEEN[kind], act=act, seen=seen)
    said = reason_for(held.move, words)
    number = _keep(session, held, kind, Result(words=words, files=files), office)
    return move_on(session, held, report=number, words=said)


def report(  # noqa: PLR0913 — a report and who hands it in
    session: Session,
    assignment_id: int,
    result: Result,
    *,
    office: Office,
    act: Act,
    seen: int | None = None,
) -> Moved:
    """Take a result in, as of today or of the day on which the paper came; it waits for its answer.

    Raises Conflict for nothing handed in, a day to come, also of the document, or one before the work was
    given or given back; NotPermitted for an agency that names a day before today by itself.
    """
    held = hold(session, assignment_id, Move.REPORT, act=act, seen=seen)
    if not (result.words.strip() or result.document or result.files):
        raise Conflict("report.nothing")
    if result.document_on is not None and result.document_on > office.today:
        raise Conflict("report.document-ahead", day=shown(result.document_on))
    filed_on = result.filed_on or office.today
    if filed_on < office.today:
        allow(session, act, Deed.DATE_PAPER)
    check_filing(filed_on, _given(session, held), office.today)
    number = _keep(session, held, ReportKind.RESULT, result, office)
    return move_on(
        session,
        held,
        Standing(status=held.status, filed_on=filed_on),
        report=number,
        document=result.document,
        document_on=result.document_on,
        words=result.words.strip(),
        files=[file.sha256 for file in result.files] or None,
    )


def confirm(session: Session, assignment_id: int, *, act: Act, seen: int | None = None) -> Moved:
    """Accept the result that waits; the work was done on the day it was handed in, not today."""
    held = hold(session, assignment_id, Move.CONFIRM, act=act, seen=seen)
    waiting = _waiting(session, held)
    reports.decide(session, waiting.id, Verdict.ACCEPTED, at=held.act.at, by=held.act.actor)
    lapse(session, held)
    standing = Standing(status=held.status, filed_on=held.work.facts.filed_on)
    return move_on(session, held, standing, report=waiting.id)


def give_back(
    session: Session, assignment_id: int, reason: str, *, act: Act, seen: int | None = None
) -> Moved:
    """Return a result to be done again: it counts as not done, and its day of filing is gone."""
    held = hold(session, assignment_id, Move.RETURN, act=act, seen=seen)
    why = reason_for(held.move, reason)
    waiting = _waiting(session, held)
    reports.decide(session, waiting.id, Verdict.RETURNED, at=held.act.at, by=held.act.actor, reason=why)
    return move_on(session, held, reason=why, report=waiting.id)


def _keep(session: Session, held: Held, kind: ReportKind, said: Result, office: Office) -> int:
    new = NewReport(
        assignment_id=held.work.id,
        kind=kind,
        filed_on=said.filed_on or office.today,
        at=held.act.at,
        actor=held.act.actor,
        words=said.words.strip(),
        document=said.document,
        document_on=said.document_on,
    )
    return reports.add(session, new, keep_all(said.files, office.files_dir))


def _given(session: Session, held: Held) -> Given:
    returned = reports.last_returned(session, held.work.id)
    back = None if returned is None or returned.decided_at is None else office_day(returned.decided_at)
    return Given(
        assigned_on=held.work.assigned_on,
        issued_on=held.work.issued_on,
        by_transfer=moves.share(session, held.work.id).occasion.startswith(FROM),
        returned_on=back,
    )


def _waiting(session: Session, held: Held) -> Report:
    """Return the result that waits; a reported assignment has one, unless it was written by other hands."""
    waiting = reports.waiting(session, held.work.id)
    if waiting is None:
        raise Conflict("report.none-waiting", ref=held.work.id)
    return waiting
