"""What a run notes of the steps that its letters do not say, so that anybody can be told why."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.services.calls import Called, Look
from tracker.services.planning import Planned
from tracker.store import step_notes
from tracker.store.step_notes import StepNote


def notes_of(session: Session, look: Look, planned: Planned, now: datetime) -> list[StepNote]:
    """Return what is to be noted of a day and was not noted before: each once a day, whatever the runs."""
    known = {_key(note) for note in step_notes.of_date(session, look.day.on)}
    found = {
        _key(note): note
        for note in (*_merged(look, now), *_capped(look, planned, now), *_unreached(look, now))
    }
    return [note for key, note in found.items() if key not in known]


def _merged(look: Look, now: datetime) -> Iterator[StepNote]:
    """Note the steps that were reached since the last run and are said by a later one."""
    for called in look.called:
        for name in called.plan.skipped:
            yield _note(look, called, now, NoteOutcome.MERGED, step=name, reason=called.step.name)


def _capped(look: Look, planned: Planned, now: datetime) -> Iterator[StepNote]:
    for one in planned.unsaid:
        yield _note(
            look,
            one.called,
            now,
            one.outcome,
            role=one.contact.role,
            contact_id=one.contact.id,
            channel=one.channel,
            reason="per-day",
        )


def _unreached(look: Look, now: datetime) -> Iterator[StepNote]:
    for called in look.called:
        for role in called.plan.audience:
            if not any(look.reach.ways(role, called.work.agency)):
                yield _note(look, called, now, NoteOutcome.UNREACHABLE, role=role, reason="nobody")


def _note(  # noqa: PLR0913 — the columns of a note
    look: Look,
    called: Called,
    now: datetime,
    outcome: NoteOutcome,
    *,
    step: str = "",
    reason: str = "",
    role: Role | None = None,
    contact_id: int | None = None,
    channel: str | None = None,
) -> StepNote:
    return StepNote(
        business_date=look.day.on,
        assignment_id=called.work.id,
        deadline_version=called.work.facts.deadline_version,
        ladder_version=look.ladder.version,
        step=step or called.step.name,
        outcome=outcome,
        at=now,
        reason=reason,
        role=role,
        contact_id=contact_id,
        channel=channel,
    )


def _key(note: StepNote) -> tuple[object, ...]:
    return (
        note.assignment_id,
        note.deadline_version,
        note.ladder_version,
        note.step,
        note.role,
        note.contact_id,
        note.channel,
        note.outcome,
    )
