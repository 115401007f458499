"""Years of reminders through outages, clocks put back, hosts abroad: nothing lost, piled up or at night."""

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from notifications.channels import ChannelName
from notifications.outbox import OutboxState
from tests.tracker.office_of_years import Step, Years
from tracker.domain.ladder import DEFAULT_LADDER
from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.store.session import reading
from tracker.store.tables import LetterItemRow, OutboxRow, StepNoteRow

pytestmark = pytest.mark.slow

LENGTHS = [
    pytest.param("sqlite", 1, id="sqlite-1"),
    pytest.param("sqlite", 3, id="sqlite-3", marks=pytest.mark.soak),
    pytest.param("postgresql", 3, id="postgresql-3", marks=(pytest.mark.soak, pytest.mark.postgres)),
]
KEPT_BACK = frozenset(
    {NoteOutcome.CAPPED, NoteOutcome.HELD, NoteOutcome.DROPPED, NoteOutcome.UNREACHABLE, NoteOutcome.DEFERRED}
)


@pytest.mark.parametrize(("database_url", "years"), LENGTHS, indirect=["database_url"])
def test_years_of_reminders(
    engine: Engine, tmp_path: Path, years: int, record_property: Callable[[str, object], None]
) -> None:
    """No letter outside the hours, no step twice, nobody over the cap, every step due accounted for."""
    life = Years(engine, tmp_path, seed=2020)
    life.live(years)
    with reading(engine) as session:
        letters = list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))
        items = list(session.exec(select(LetterItemRow)))
        notes = list(session.exec(select(StepNoteRow)))
    what = account(life.due, items, {row.id or 0: row for row in letters}, notes)
    record_property("measured", {"letters": len(letters), "steps": len(life.due), **Counter(what.values())})

    _check_hours(life, letters)
    _check_copies(life, letters)
    _check_cap(life, letters)
    _check_items(items, letters)
    assert [place for place, how in what.items() if how == "lost"] == []
    assert NoteOutcome.CAPPED in {note.outcome for note in notes}


def _check_hours(life: Years, letters: list[OutboxRow]) -> None:
    """Each letter but urgent ones left in the sending hours of a working day."""
    urgent = {row.message_id for row in letters if row.urgent}
    hours = life.app.settings.sending_hours
    outside = [one for one in life.handed if not hours.allow(one.at, life.calendar)]

    assert [one for one in outside if one.message_id not in urgent] == []
    assert outside, "an urgent letter left at night, so that the test sees letters there"


def _check_copies(life: Years, letters: list[OutboxRow]) -> None:
    """What is written down as sent was handed over, once but for doubts, and nothing beside it.

    A mail in doubt that is not true any more when it would be sent again is dropped, although it may have
    arrived.
    """
    taken = Counter((one.channel, one.message_id) for one in life.handed if one.taken)
    sent = {(row.channel, row.message_id) for row in letters if row.state is OutboxState.SENT}
    certain = {(one.channel, one.message_id) for one in life.handed if one.taken and one.answered}

    assert {row.state for row in letters} <= {OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.DROPPED}
    assert sent <= taken.keys()
    assert certain <= sent
    assert max(count for (channel, _), count in taken.items() if channel == ChannelName.ZALO) == 1


def _check_cap(life: Years, letters: list[OutboxRow]) -> None:
    """Nobody had more letters of a run by a channel than a day allows, by its date and by the real day.

    What an urgent document tells at once comes beside them.
    """
    planned = Counter(
        (row.contact_id, row.channel, row.business_date) for row in letters if row.business_date
    )
    runs = {row.message_id for row in letters if row.business_date}
    first = {(one.message_id, one.channel): one for one in reversed(life.handed) if one.taken}
    arrived = Counter(
        (one.address, one.channel, one.at.date()) for one in first.values() if one.message_id in runs
    )

    assert max(planned.values()) == DEFAULT_LADDER.per_day
    assert [place for place, count in arrived.items() if count > DEFAULT_LADDER.per_day] == []


def _check_items(items: list[LetterItemRow], letters: list[OutboxRow]) -> None:
    """No step was said twice to one reader by one channel under one version of its deadline."""
    gone = {row.id for row in letters if row.state in {OutboxState.SENT, OutboxState.UNKNOWN}}
    said = Counter(
        (one.assignment_id, one.deadline_version, one.step, one.contact_id, one.channel)
        for one in items
        if one.left_out is None and one.outbox_id in gone
    )

    assert set(said.values()) == {1}


def account(
    due: dict[Step, tuple[Role, ...]],
    items: list[LetterItemRow],
    letters: dict[int, OutboxRow],
    notes: list[StepNoteRow],
) -> dict[tuple[Step, Role], str]:
    """Say of each step that was due, and each role that it was for, what became of it."""
    found: dict[tuple[Step, Role | None], set[str]] = defaultdict(set)
    for item in items:
        place = (item.assignment_id, item.deadline_version, item.step)
        found[place, item.role].add("said" if item.left_out is None else "left out")
    for note in notes:
        place = (note.assignment_id, note.deadline_version, note.step)
        if note.outcome is NoteOutcome.MERGED:
            found[place, None].add("merged")
        elif note.outcome in KEPT_BACK:
            found[place, note.role].add(note.outcome.value)
    order = ("said", "merged", "left out", *sorted(KEPT_BACK), "lost")
    return {
        (place, role): min(found[place, role] | found[place, None] | {"lost"}, key=order.index)
        for place, roles in due.items()
        for role in roles
    }
