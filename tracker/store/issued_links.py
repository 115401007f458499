"""Links that act, given out and looked up many at a time: what a run and a letter need of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, case, select, update
from sqlmodel import Session, col

from tracker.store.tables import ActionLinkRow
from tracker.store.upsert import insert


def issue_all(
    session: Session, pairs: Collection[tuple[int, int]], *, now: datetime, until: datetime
) -> None:
    """Give each reader a link to each assignment, as `action_links.issue` does for one.

    `pairs` are of a contact and an assignment. A link that is there holds longer; one that was revoked comes
    back under a new revision.
    """
    rows = [
        {
            "contact_id": contact_id,
            "assignment_id": assignment_id,
            "issued_at": now,
            "expires_at": until,
            "revision": 1,
        }
        for contact_id, assignment_id in sorted(set(pairs))
    ]
    if not rows:
        return
    statement = insert(session, ActionLinkRow.__table__)  # type: ignore[attr-defined]  # SQLModel does not say it
    new, old = statement.excluded, ActionLinkRow
    later = case((col(old.expires_at) > new.expires_at, col(old.expires_at)), else_=new.expires_at)
    revoked = col(old.revoked_at).is_not(None)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["contact_id", "assignment_id"],
            set_={
                "issued_at": new.issued_at,
                "expires_at": case((revoked, new.expires_at), else_=later),
                "revision": col(old.revision) + case((revoked, 1), else_=0),
                "revoked_at": None,
            },
        ),
        rows,
    )


def of_reader(
    session: Session, contact_id: int, assignment_ids: Sequence[int], now: datetime
) -> dict[int, tuple[int, int]]:
    """Return the number and the revision of the links that hold, by assignment."""
    asked = {"contact": contact_id, "assignments": list(assignment_ids), "now": now}
    rows = session.execute(_OF_READER, asked)
    return {assignment_id: (number, revision) for assignment_id, number, revision in rows}


_OF_READER: Final = select(  # asked for every letter to an agency
    col(ActionLinkRow.assignment_id), col(ActionLinkRow.id), col(ActionLinkRow.revision)
).where(
    col(ActionLinkRow.contact_id) == bindparam("contact"),
    col(ActionLinkRow.assignment_id).in_(bindparam("assignments", expanding=True)),
    col(ActionLinkRow.revoked_at).is_(None),
    col(ActionLinkRow.expires_at) > bindparam("now"),
)


def lengthen_all(session: Session, until: datetime) -> None:
    """Let every link that was not taken back hold until a moment at least."""
    held = col(ActionLinkRow.revoked_at).is_(None) & (col(ActionLinkRow.expires_at) < until)
    session.execute(update(ActionLinkRow).where(held).values(expires_at=until))
