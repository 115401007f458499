"""What documents cite, for the whole register."""

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.lineage import Cited, Known
from tracker.store.tables import CitationRow, DirectiveRow


def documents(session: Session) -> list[Known]:
    """Return every document with what it can be found by."""
    rows = session.execute(
        select(
            col(DirectiveRow.id),
            col(DirectiveRow.number),
            col(DirectiveRow.issued_on),
            col(DirectiveRow.file_name),
            col(DirectiveRow.subject),
        ).order_by(col(DirectiveRow.issued_on), col(DirectiveRow.id))
    )
    return [Known(*row) for row in rows]


def citations(session: Session) -> list[Cited]:
    """Return what every document says of others, in the order of its text."""
    rows = session.execute(
        select(
            col(CitationRow.directive_id),
            col(CitationRow.number),
            col(CitationRow.issued_on),
            col(CitationRow.relation),
        ).order_by(col(CitationRow.directive_id), col(CitationRow.span_start), col(CitationRow.id))
    )
    return [Cited(*row) for row in rows]
