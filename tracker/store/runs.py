"""Which business dates were run."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from tracker.store.tables import RunRow
from tracker.store.upsert import insert_new


def claim(session: Session, on: date, at: datetime) -> bool:
    """Hold a business date for this transaction; return whether it is its first run.

    Another process that runs the same date waits here until this one has committed.
    """
    first = insert_new(session, RunRow, {"business_date": on, "started_at": at})
    session.exec(select(RunRow).where(col(RunRow.business_date) == on).with_for_update()).one()
    return first


def finish(session: Session, on: date, at: datetime, report: dict[str, Any]) -> None:
    """Write down what a run did."""
    row = session.get_one(RunRow, on)
    row.finished_at = at
    row.report = report


def is_finished(session: Session, on: date) -> bool:
    """Tell whether a run of the date has finished."""
    row = session.get(RunRow, on)
    return row is not None and row.finished_at is not None


def last_before(session: Session, on: date) -> date | None:
    """Return the last business date before one whose run has finished."""
    found: date | None = session.execute(_LAST_BEFORE, {"before": on}).scalar_one()
    return found


_LAST_BEFORE: Final = select(func.max(col(RunRow.business_date))).where(  # asked for every letter
    col(RunRow.business_date) < bindparam("before"), col(RunRow.finished_at).is_not(None)
)


def last_finish(session: Session, on: date) -> datetime | None:
    """Return when the last run before a business date was finished."""
    before = last_before(session, on)
    return None if before is None else session.get_one(RunRow, before).finished_at


def report_of(session: Session, on: date) -> dict[str, Any] | None:
    """Return what the date's last run with an effect reported."""
    row = session.get(RunRow, on)
    return None if row is None else row.report
