"""Write that a successor answers for an assignment; the lead's name stays as the document had it."""

from sqlmodel import Session

from tracker.store.tables import AssignmentRow


def give_over(session: Session, assignment_id: int, to: int) -> int:
    """Let another agency answer for an assignment from now on, and return its new version."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.given_to_id = row.given_to_id or row.agency_id
    row.agency_id = to
    row.version += 1
    session.flush()
    return row.version
