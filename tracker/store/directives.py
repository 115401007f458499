"""The documents that were taken in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, or_, select

from directives.model import Citation, Urgency
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.store.tables import AssignmentRow, CitationRow, DirectiveRow, TaskRow
from tracker.store.upsert import insert_new
from tracker.store.visibility import visible_assignments, visible_directives


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDirective:
    """A document that was read, ready to be kept."""

    sha256: str
    identity: str | None
    number: str | None
    issued_on: date | None
    issuer: str | None
    genre: str
    subject: str | None
    signer: str | None
    text: str
    file_name: str
    format: str
    pages: int | None
    stored_as: str
    doubts: list[dict[str, Any]]
    taken_in_at: datetime
    taken_in_by: str
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveEntry:
    """A document as lists show it."""

    id: int
    number: str | None
    issued_on: date | None
    issuer: str | None
    genre: str
    subject: str | None
    file_name: str
    approved_at: datetime | None
    approved_by: str | None
    tasks: int = 0
    assignments: int = 0


def add(session: Session, directive: NewDirective) -> int | None:
    """Keep a document and return its number; None when the same file or document is already there."""
    values = {name: getattr(directive, name) for name in directive.__dataclass_fields__}
    if not insert_new(session, DirectiveRow, {**values, "version": 1}):
        return None
    return session.exec(select(DirectiveRow.id).where(col(DirectiveRow.sha256) == directive.sha256)).one()


def add_citations(session: Session, directive_id: int, citations: tuple[Citation, ...]) -> None:
    """Keep the documents that a directive names."""
    session.add_all(
        CitationRow(
            directive_id=directive_id,
            number=citation.number,
            issued_on=citation.issued_on,
            relation=citation.relation,
            span_start=citation.span.start,
            span_end=citation.span.end,
        )
        for citation in citations
    )


def with_sha256(session: Session, sha256: str) -> DirectiveEntry | None:
    """Return the document that a file was taken in as."""
    return _first(session, col(DirectiveRow.sha256) == sha256)


def with_id(session: Session, directive_id: int) -> DirectiveEntry | None:
    """Return a document by its row number."""
    return _first(session, col(DirectiveRow.id) == directive_id)


def numbered(session: Session, number: str) -> list[DirectiveEntry]:
    """Return the documents that bear a number, whatever its case; numbers start anew each year."""
    return _entries(session, col(DirectiveRow.number).in_({number, number.upper()}))


def issued_on(session: Session, day: date) -> list[DirectiveEntry]:
    """Return the documents of one date, in the order of intake."""
    return _entries(session, col(DirectiveRow.issued_on) == day)


def listing(session: Session, scope: Scope = EVERYTHING) -> list[DirectiveEntry]:
    """Return every document that is seen, in the order of intake, with its number of tasks and shares."""
    tasks = _counts(session, select(TaskRow.directive_id, func.count()).group_by(col(TaskRow.directive_id)))
    shares = _counts(
        session,
        select(TaskRow.directive_id, func.count())
        .join(AssignmentRow, col(AssignmentRow.task_id) == col(TaskRow.id))
        .where(visible_assignments(scope))
        .group_by(col(TaskRow.directive_id)),
    )
    return [
        _entry(row, tasks.get(row.id or 0, 0), shares.get(row.id or 0, 0))
        for row in session.exec(
            select(DirectiveRow)
            .options(defer(DirectiveRow.text))  # type: ignore[arg-type]
            .where(visible_directives(scope))
            .order_by(col(DirectiveRow.id))
        )
    ]


def file_of(session: Session, directive_id: int) -> tuple[str, str] | None:
    """Return the name a document came under and where its file is kept."""
    asked = select(DirectiveRow.file_name, DirectiveRow.stored_as).where(col(DirectiveRow.id) == directive_id)
    return session.exec(asked).first()


def doubts_of(session: Session, directive_id: int) -> list[dict[str, Any]]:
    """Return the doubts that were noted when a document was read, as they are kept."""
    asked = select(DirectiveRow.doubts).where(col(DirectiveRow.id) == directive_id)
    return list(session.exec(asked).first() or ())


def text_of(session: Session, directive_id: int) -> str | None:
    """Return a document's canonical text, which every span points into."""
    return session.exec(select(DirectiveRow.text).where(col(DirectiveRow.id) == directive_id)).first()


def mark_approved(session: Session, directive_id: int, *, at: datetime, by: str) -> None:
    """Write down who accepted the reading of a document, and when."""
    row = session.get_one(DirectiveRow, directive_id)
    row.approved_at, row.approved_by = at, by
    row.version += 1


def _counts(session: Session, question: Any) -> dict[int, int]:
    return dict(session.exec(question).all())


def _first(session: Session, condition: Any) -> DirectiveEntry | None:
    found = _entries(session, condition)
    return found[0] if found else None


def _entries(session: Session, *conditions: Any) -> list[DirectiveEntry]:
    rows = session.exec(select(DirectiveRow).where(or_(*conditions)).order_by(col(DirectiveRow.id)))
    return [_entry(row) for row in rows]


def _entry(row: DirectiveRow, tasks: int = 0, assignments: int = 0) -> DirectiveEntry:
    return DirectiveEntry(
        id=row.id or 0,
        number=row.number,
        issued_on=row.issued_on,
        issuer=row.issuer,
        genre=row.genre,
        subject=row.subject,
        file_name=row.file_name,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        tasks=tasks,
        assignments=assignments,
    )
