"""Queue letters: the planning side of the outbox. The sending side is `tracker.store.outbox`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, bindparam, delete, exists, func, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from notifications.messages import Letter
from notifications.outbox import OutboxState
from tracker.domain.people import Role
from tracker.store.tables import AssignmentRow, LetterItemRow, OutboxRow
from tracker.store.upsert import insert, insert_new

Said = tuple[int, str, Role]  # the version of the ladder, its step, and who was told


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A step of an assignment, to be said to the reader of a letter on the letter's channel."""

    assignment_id: int
    deadline_version: int
    ladder_version: int
    step: str
    contact_id: int
    role: Role
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A letter; `key` makes it one and the same, however often it is planned."""

    key: str
    kind: str
    letter: Letter
    channel: str
    address: str
    message_id: str
    now: datetime
    not_before: datetime | None = None
    expires_at: datetime | None = None
    business_date: date | None = None
    contact_id: int | None = None
    urgent: bool = False  # may leave outside the sending hours
    snapshot_id: str | None = None
    items: tuple[NewItem, ...] = ()
    beside: tuple[int, ...] = ()  # assignments that it repeats; no step of theirs is said by it
    in_agency: bool = False  # its reader answers for the work, and may act on it


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter that was new, and how many of its items had never been said."""

    id: int
    items: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step that was planned for a reader on a channel, and is in no letter to them there."""

    step: str
    role: Role
    contact_id: int
    channel: str


def enqueue(session: Session, new: NewLetter) -> Queued | None:
    """Queue a letter; None when its key is known, or when all it has to say was said in another.

    An item that another run wrote down at the same moment stays that run's alone. The words given here may
    still count it: they are a preview, and are written anew from the items when the letter is sent.
    """
    if not insert_new(session, OutboxRow, _row(new)):
        return None
    chosen = select(col(OutboxRow.id)).where(col(OutboxRow.key) == new.key)
    letter_id = int(session.execute(chosen).scalar_one() or 0)
    said = _add_items(session, [_item(new, item, letter_id) for item in new.items])
    if new.items and not said:
        session.execute(delete(OutboxRow).where(col(OutboxRow.id) == letter_id))
        return None
    return Queued(letter_id, said)


def _add_items(session: Session, items: Sequence[Mapping[str, object]]) -> int:
    """Add those items of one new letter that no other letter says, all at once; return how many these are."""
    if not items:
        return 0
    session.execute(insert(session, LetterItemRow.__table__).on_conflict_do_nothing(), items)  # type: ignore[attr-defined]
    added = col(LetterItemRow.outbox_id) == items[0]["outbox_id"]
    return int(session.execute(select(func.count()).select_from(LetterItemRow).where(added)).scalar_one())


def count_planned(session: Session) -> int:
    """Count every letter and every step in one; it grows whenever something is planned."""
    tables = (OutboxRow, LetterItemRow)
    return sum(int(session.execute(select(func.count()).select_from(one)).scalar_one()) for one in tables)


def last_written(session: Session, contact_id: int, channel: str, before: datetime) -> datetime | None:
    """Return when a reader's last letter of a run on a channel was written, as far as it was not dropped."""
    asked = {"contact": contact_id, "channel": channel, "before": before}
    found: datetime | None = session.execute(_LAST_WRITTEN, asked).scalar_one()
    return found


_LAST_WRITTEN: Final = select(func.max(col(OutboxRow.created_at))).where(  # asked for every letter
    col(OutboxRow.contact_id) == bindparam("contact"),
    col(OutboxRow.channel) == bindparam("channel"),
    col(OutboxRow.business_date).is_not(None),
    col(OutboxRow.created_at) < bindparam("before"),
    col(OutboxRow.state) != OutboxState.DROPPED,
)


def keys_of(session: Session, on: date, *, dropped_as: str | None = None) -> list[str]:
    """Return the keys of every letter of a business date, or of those dropped for a reason."""
    asked = select(col(OutboxRow.key)).where(col(OutboxRow.business_date) == on)
    if dropped_as is not None:
        dropped = col(OutboxRow.state) == OutboxState.DROPPED, col(OutboxRow.last_code) == dropped_as
        asked = asked.where(*dropped)
    return list(session.scalars(asked))


def steps_said(session: Session, until: date | None = None) -> dict[tuple[int, int], frozenset[Said]]:
    """Return the steps that are said or on their way, by assignment and deadline version.

    `until` leaves out the letters of later business dates. A step that was left out of its letter is not
    among them. One in a dead letter is: planned again it would go to the address that refused it, day after
    day. It stands in the list of dead letters, for a person.
    """
    asked = select(
        col(LetterItemRow.assignment_id),
        col(LetterItemRow.deadline_version),
        col(LetterItemRow.ladder_version),
        col(LetterItemRow.step),
        col(LetterItemRow.role),
    ).where(col(LetterItemRow.left_out).is_(None))
    if until is not None:
        asked = asked.join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id)).where(
            col(OutboxRow.business_date) <= until
        )
    found: dict[tuple[int, int], set[Said]] = {}
    for assignment_id, deadline_version, version, step, role in session.execute(asked.distinct()):
        found.setdefault((assignment_id, deadline_version), set()).add((version, step, role))
    return {place: frozenset(steps) for place, steps in found.items()}


def told_by(session: Session, steps: Collection[tuple[int, str]]) -> frozenset[int]:
    """Return the assignments of whose deadline in force some step has told; not what was left unsaid.

    `steps` are of a ladder's version and a name.
    """
    rows = session.scalars(
        select(col(LetterItemRow.assignment_id))
        .join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id))
        .join(AssignmentRow, col(AssignmentRow.id) == col(LetterItemRow.assignment_id))
        .where(
            tuple_(col(LetterItemRow.ladder_version), col(LetterItemRow.step)).in_(steps),
            col(LetterItemRow.left_out).is_(None),
            col(LetterItemRow.deadline_version) == col(AssignmentRow.deadline_version),
            col(OutboxRow.state) != OutboxState.DROPPED,
        )
        .distinct()
    )
    return frozenset(rows)


def told_to(session: Session, role: Role) -> frozenset[tuple[int, int]]:
    """Return the assignments, each with its deadline version, that some step has told a role of."""
    rows = session.execute(
        select(col(LetterItemRow.assignment_id), col(LetterItemRow.deadline_version))
        .where(col(LetterItemRow.role) == role, col(LetterItemRow.left_out).is_(None))
        .distinct()
    )
    return frozenset((assignment_id, version) for assignment_id, version in rows)


def steps_left_out(session: Session, ladder_version: int) -> dict[tuple[int, int], frozenset[LeftOut]]:
    """Return what was left out and not planned again since, by assignment and deadline version."""
    found: dict[tuple[int, int], set[LeftOut]] = {}
    for row in session.execute(_left_out(ladder_version)):
        found.setdefault((row[0], row[1]), set()).add(LeftOut(*row[2:]))
    return {place: frozenset(steps) for place, steps in found.items()}


def _left_out(ladder_version: int) -> Select[tuple[int, int, str, Role, int, str]]:
    again = aliased(LetterItemRow)
    planned_again = exists().where(
        col(again.assignment_id) == col(LetterItemRow.assignment_id),
        col(again.deadline_version) == col(LetterItemRow.deadline_version),
        col(again.ladder_version) == ladder_version,
        col(again.step) == col(LetterItemRow.step),
        col(again.contact_id) == col(LetterItemRow.contact_id),
        col(again.channel) == col(LetterItemRow.channel),
        col(again.left_out).is_(None),
    )
    return (
        select(
            col(LetterItemRow.assignment_id),
            col(LetterItemRow.deadline_version),
            col(LetterItemRow.step),
            col(LetterItemRow.role),
            col(LetterItemRow.contact_id),
            col(LetterItemRow.channel),
        )
        .where(
            col(LetterItemRow.ladder_version) == ladder_version,
            col(LetterItemRow.left_out).is_not(None),
            ~planned_again,
        )
        .distinct()
    )


def _row(new: NewLetter) -> Mapping[str, object]:
    return {
        "key": new.key,
        "kind": new.kind,
        "business_date": new.business_date,
        "contact_id": new.contact_id,
        "channel": new.channel,
        "address": new.address,
        "message_id": new.message_id,
        "subject": new.letter.subject,
        "text": new.letter.text,
        "html": new.letter.html,
        "thread_key": new.letter.thread_key,
        "calendar": new.letter.calendar,
        "urgent": new.urgent,
        "snapshot_id": new.snapshot_id,
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "created_at": new.now,
        "next_try_at": new.not_before or new.now,
        "expires_at": new.expires_at,
    }


def _item(new: NewLetter, item: NewItem, letter_id: int) -> Mapping[str, object]:
    return {
        "outbox_id": letter_id,
        "assignment_id": item.assignment_id,
        "deadline_version": item.deadline_version,
        "ladder_version": item.ladder_version,
        "step": item.step,
        "contact_id": item.contact_id,
        "channel": new.channel,
        "role": item.role,
        "kind": item.kind,
    }
