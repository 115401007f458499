"""Why something was or was not said: to a person on a day, and about an assignment.

What letters and notes tell is given as it was written down. Where nothing was noted the reason is worked out
anew from what is known now, and marked so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlmodel import Session

from notifications.outbox import OutboxState
from tracker.app import App
from tracker.clock import office_day, shown, today
from tracker.domain.ladder import Ladder
from tracker.domain.notes import NoteOutcome
from tracker.domain.reminders import Taken
from tracker.domain.watchdog import WATCHED, Outlook, outlook
from tracker.errors import Conflict, NotFound
from tracker.phrasebook import catalogue, say
from tracker.services.calls import Reach, recall
from tracker.services.proof_lines import Ahead, Became, Line, PersonProof, WorkProof
from tracker.services.silence import is_theirs, silence
from tracker.services.step_words import step_words
from tracker.store import assignments, contacts, holds, ladders, proof, step_notes
from tracker.store.assignments import Choice, Tracked
from tracker.store.calendar import calendar_of
from tracker.store.proof import Person, ProvenItem, ProvenLetter
from tracker.store.step_notes import StepNote

_STATES: Final = {
    OutboxState.SENT: Became.SENT,
    OutboxState.DEAD: Became.DEAD,
    OutboxState.UNKNOWN: Became.UNKNOWN,
    OutboxState.DROPPED: Became.DROPPED,
}


def why_person(session: Session, app: App, named: str, on: date) -> PersonProof:
    """Say what a person was told of on a day, and why not what was not said.

    Raises NotFound for nobody, Conflict for a name that several bear.
    """
    person = _person(session, named)
    teller = _Teller.of(session, app)
    items = proof.items_of_reader(session, person.id, on)
    notes = [
        note
        for note in step_notes.of_date(session, on)
        if note.contact_id == person.id or (note.contact_id is None and note.role in {None, person.role})
    ]
    known = teller.works({one.assignment_id for one in items} | {one.assignment_id for one in notes})
    notes = [
        one for one in notes if one.contact_id is not None or is_theirs(known.get(one.assignment_id), person)
    ]
    lines = [
        *(teller.of_item(one, known) for one in items),
        *(teller.of_letter(one) for one in proof.letters_without_items(session, person.id, on)),
        *(teller.of_note(one, known, person.code) for one in _beside(notes, items)),
    ]
    return PersonProof(person=person, on=on, lines=tuple(lines or teller.of_silence(person, on)))


def why_assignment(session: Session, app: App, assignment_id: int) -> WorkProof:
    """Say which steps of an assignment lie behind it and before it."""
    teller = _Teller.of(session, app)
    known = teller.works({assignment_id})
    work = known[assignment_id]
    items = proof.items_of_assignment(session, assignment_id)
    notes = _beside(step_notes.of_assignment(session, assignment_id), items)
    codes = {one.id: one.code for one in contacts.entries(session)}
    past = [
        *(teller.of_item(one, known) for one in items),
        *(teller.of_note(one, known, codes.get(one.contact_id or 0)) for one in notes),
    ]
    view, reach = teller.outlook(work)
    ahead = tuple(
        Ahead(
            step=one.step.name,
            words=step_words(one.step),
            on=one.on,
            audience=one.audience,
            readers=tuple(
                dict.fromkeys(
                    contact.code for role in one.audience for contact, _, _ in reach.ways(role, work.agency)
                )
            ),
        )
        for one in view.coming
    )
    return WorkProof(
        assignment=work.id,
        task=work.code,
        due_on=work.facts.due_on,
        past=tuple(sorted(past, key=lambda line: line.on or date.min)),
        ahead=ahead,
        quiet=None if view.quiet is None else str(view.quiet),
        sentence=_next(work, view, ahead),
    )


def _next(work: Tracked, view: Outlook, ahead: tuple[Ahead, ...]) -> str:
    if ahead:
        return say("proof.next", task=work.code, words=ahead[0].words, day=shown(ahead[0].on))
    why = f"quiet.{view.quiet}" if work.facts.status in WATCHED else f"status.{work.facts.status}"
    return say("proof.no-next", task=work.code, why=say(why))


def _person(session: Session, named: str) -> Person:
    found = proof.people(session, named)
    if not found:
        raise NotFound("proof.unknown-person", named=named)
    if len(found) > 1:
        raise Conflict("proof.several", named=named, codes=", ".join(one.code for one in found))
    return found[0]


def _beside(notes: Iterable[StepNote], items: Iterable[ProvenItem]) -> list[StepNote]:
    """Return the notes that tell more than the items do: what was left out stands there with its reason."""
    left_out = {(one.letter.id, one.assignment_id, one.step, one.left_out) for one in items}
    return [one for one in notes if (one.outbox_id, one.assignment_id, one.step, one.reason) not in left_out]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts what was written down into sentences."""

    session: Session
    app: App
    ladder: Ladder
    earlier: dict[int, Ladder]

    @classmethod
    def of(cls, session: Session, app: App) -> "_Teller":
        every = ladders.by_version(session, app.ladder)
        return cls(session, app, ladders.in_force(session, app.ladder), every)

    def works(self, numbers: Iterable[int]) -> dict[int, Tracked]:
        """Return assignments by their numbers."""
        asked = frozenset(numbers)
        found = assignments.tracked(self.session, Choice(ids=asked)) if asked else []
        return {one.id: one for one in found}

    def of_item(self, item: ProvenItem, known: dict[int, Tracked]) -> Line:
        """Tell of a step in a letter."""
        letter = item.letter
        line = self.of_letter(letter)
        task = known[item.assignment_id].code
        if item.left_out is not None:
            line = replace(line, became=Became.DROPPED, reason=item.left_out)
        words = self._words(item.step, item.ladder_version)
        return replace(
            line,
            assignment=item.assignment_id,
            task=task,
            step=item.step,
            role=item.role,
            sentence=say("proof.step", words=words, task=task, became=self._became(line)),
        )

    def of_letter(self, letter: ProvenLetter) -> Line:
        """Tell of a letter by itself."""
        became = _STATES.get(letter.state, Became.WAITING)
        reason = letter.code or "" if became is not Became.SENT else ""
        line = Line(
            on=letter.business_date or office_day(letter.created_at),
            became=became,
            reason=reason,
            sentence="",
            reader=letter.reader,
            channel=letter.channel,
            letter=letter.id,
            at=letter.next_try_at if became is Became.WAITING else letter.sent_at,
            tries=letter.tries,
        )
        return replace(line, sentence=say("proof.letter", became=self._became(line)))

    def of_note(self, note: StepNote, known: dict[int, Tracked], reader: str | None) -> Line:
        """Tell of a step that was noted."""
        task = known[note.assignment_id].code if note.assignment_id in known else ""
        line = Line(
            on=note.business_date,
            became=Became(note.outcome.value),
            reason=note.reason,
            sentence="",
            assignment=note.assignment_id,
            task=task,
            step=note.step,
            role=note.role,
            reader=reader,
            channel=note.channel,
            letter=note.outbox_id,
            at=note.at,
        )
        words = self._words(note.step, note.ladder_version)
        later = (
            note.outcome is NoteOutcome.MERGED and self._step(note.reason, note.ladder_version) is not None
        )
        shown_line = replace(line, reason=self._words(note.reason, note.ladder_version)) if later else line
        became = self._became(shown_line)
        return replace(line, sentence=say("proof.step", words=words, task=task, became=became))

    def of_silence(self, person: Person, on: date) -> list[Line]:
        """Say why nothing at all was said to somebody on a day."""
        return [
            Line(
                on=on,
                became=Became.NOTHING,
                reason=why.code,
                sentence=why.sentence,
                reader=person.code,
                worked_out=True,
            )
            for why in silence(self.session, self.app, self.ladder, person, on)
        ]

    def outlook(self, work: Tracked) -> tuple[Outlook, Reach]:
        """Return what lies before an assignment, and who is reached."""
        reach = Reach(contacts.address_book(self.session), self.app.channels)
        memory = recall(self.session, self.ladder, self.app.ladder)
        roles = {role for step in self.ladder.steps for role in step.audience} | set(self.ladder.standing)
        view = outlook(
            work.facts,
            today(self.app.clock),
            calendar=calendar_of(self.session),
            ladder=self.ladder,
            reached={role for role in roles if any(reach.ways(role, work.agency))},
            taken=Taken(memory.taken.get((work.id, work.facts.deadline_version), frozenset())),
            silent=any(one.directive_id == work.directive_id for one in holds.open_holds(self.session)),
        )
        return view, reach

    def _step(self, name: str, version: int) -> object:
        return self.earlier.get(version, self.ladder).named(name)

    def _words(self, name: str, version: int) -> str:
        return step_words(self.earlier.get(version, self.ladder).named(name), name)

    def _became(self, line: Line) -> str:
        """Say what became of a line, with its reason in words."""
        at = "" if line.at is None else f"{line.at.astimezone(self.app.settings.zone):%H:%M %d/%m/%Y}"
        said = say(
            f"proof.{line.became}",
            reader=line.reader or say("proof.everybody"),
            channel=say(f"channel.{line.channel}") if line.channel else say("proof.any-channel"),
            at=at,
            letter=line.letter or "",
            why=_why(line.reason),
        )
        return " ".join(said.split())


def _why(reason: str) -> str:
    """Say a reason; one without a sentence of its own is a channel's answer, or words already."""
    if not reason:
        return say("proof.no-reason")
    code = f"proof.why-{reason}"
    return say(code) if code in catalogue() else reason
