"""Running numbers, such as those of a year's tasks."""

from sqlmodel import Session, col

from tracker.store.tables import SerialRow
from tracker.store.upsert import insert


def take(session: Session, series: str, count: int) -> range:
    """Take the next numbers of a series; concurrent takers wait for each other and never share one."""
    adding = insert(session, SerialRow).values(series=series, last=count)
    taking = adding.on_conflict_do_update(
        index_elements=[col(SerialRow.series)], set_={"last": col(SerialRow.last) + count}
    ).returning(col(SerialRow.last))
    last: int = session.execute(taking).scalar_one()
    return range(last - count + 1, last + 1)
