"""What waits for the office itself: since which day, one entry each."""

from datetime import date

from sqlmodel import Session, col, exists, select

from tracker.clock import office_day
from tracker.domain.requests import ExtensionState
from tracker.domain.status import Status
from tracker.store.tables import AssignmentRow, DirectiveRow, ExplanationRow, ExtensionRow, TaskRow


def reported(session: Session) -> list[date]:
    """Return the days on which results were filed that nobody has confirmed or returned."""
    asked = select(col(AssignmentRow.filed_on)).where(col(AssignmentRow.status) == Status.REPORTED)
    return [day for day in session.exec(asked) if day is not None]


def asked(session: Session) -> list[date]:
    """Return the days on which time was asked for that nobody has granted or refused."""
    chosen = select(col(ExtensionRow.asked_on)).where(col(ExtensionRow.state) == ExtensionState.ASKED)
    return list(session.exec(chosen))


def explained(session: Session) -> list[date]:
    """Return the days on which delays were explained that nobody has judged."""
    chosen = select(col(ExplanationRow.answered_at)).where(
        col(ExplanationRow.answered_at).is_not(None), col(ExplanationRow.confirmed_at).is_(None)
    )
    return [office_day(moment) for moment in session.exec(chosen) if moment is not None]


def unapproved(session: Session) -> list[date]:
    """Return the days on which documents with work were taken in that nobody has approved."""
    with_work = exists().where(
        col(TaskRow.directive_id) == col(DirectiveRow.id),
        col(AssignmentRow.task_id) == col(TaskRow.id),
        col(AssignmentRow.status) == Status.DRAFT,
    )
    chosen = select(col(DirectiveRow.taken_in_at)).where(col(DirectiveRow.approved_at).is_(None), with_work)
    return [office_day(moment) for moment in session.exec(chosen)]


def declined(session: Session) -> int:
    """Count the work that agencies say is not theirs, until the office answers."""
    chosen = select(col(AssignmentRow.id)).where(col(AssignmentRow.status) == Status.NOT_OURS)
    return len(session.exec(chosen).all())
