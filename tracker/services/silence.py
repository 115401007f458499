"""Why nothing at all was said to somebody on a day: worked out anew, from what is known now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from tracker.app import App
from tracker.clock import shown, today
from tracker.domain.ladder import Ladder
from tracker.domain.people import IN_AGENCY
from tracker.domain.reminders import Reason, Taken, plan_steps
from tracker.domain.watchdog import WATCHED
from tracker.phrasebook import say
from tracker.services.calls import Reach, in_terms_of
from tracker.store import assignments, contacts, holds, runs
from tracker.store.assignments import Choice, Tracked
from tracker.store.calendar import calendar_of
from tracker.store.letters import steps_said
from tracker.store.proof import Person

NAMED: Final = 5  # tasks named for a reason that many share


@dataclass(frozen=True, slots=True)
class Silence:
    """A reason for which nothing was said, and its sentence."""

    code: str
    sentence: str


def silence(session: Session, app: App, ladder: Ladder, person: Person, on: date) -> list[Silence]:
    """Return why nothing was said: one reason for all, or those of the reader's work, the commonest first."""
    reach = Reach(contacts.address_book(session), app.channels)
    ran = runs.is_finished(session, on)
    checks = (
        ("gone", not person.active),
        ("day-off", not calendar_of(session).is_working(on)),
        ("to-come", on > today(app.clock) and not ran),
        ("on-hold", not ran and any(one.directive_id is None for one in holds.open_holds(session))),
        ("no-run", not ran),
        ("no-address", all(contact.id != person.id for contact, _, _ in reach.everybody())),
    )
    code = next((code for code, applies in checks if applies), None)
    if code is None and (found := _of_work(session, app, ladder, person, on)):
        return found
    code = code or "no-work"
    return [Silence(code, say(f"proof.nothing-{code}", day=shown(on)))]


def is_theirs(work: Tracked | None, person: Person) -> bool:
    """Tell whether work is a reader's: their agency's, or the whole office's."""
    return work is not None and (person.role not in IN_AGENCY or work.agency == person.agency)


def _of_work(session: Session, app: App, ladder: Ladder, person: Person, on: date) -> list[Silence]:
    """Ask the ladder again for each piece of work of a reader, and gather those of the same reason."""
    calendar = calendar_of(session)
    taken = in_terms_of(session, ladder, app.ladder, steps_said(session, on))
    held = {one.directive_id for one in holds.open_holds(session)}
    count: Counter[str] = Counter()
    tasks: dict[str, list[str]] = {}
    for work in assignments.tracked(session, Choice(statuses=WATCHED)):
        if not is_theirs(work, person):
            continue
        said = Taken(taken.get((work.id, work.facts.deadline_version), frozenset()))
        plan = plan_steps(work.facts, on, calendar=calendar, ladder=ladder, taken=said)
        code = str(plan.reason)
        if work.directive_id in held:
            code = "silent"
        elif plan.reason is Reason.STEP_REACHED and person.role not in plan.audience:
            code = "not-this-role"
        count[code] += 1
        tasks.setdefault(code, []).append(work.code)
    return [_shared(code, many, tasks[code]) for code, many in count.most_common()]


def _shared(code: str, count: int, tasks: list[str]) -> Silence:
    named = ", ".join(tasks[:NAMED]) + (" …" if count > NAMED else "")
    why = say(f"proof.plan-{code}")
    return Silence(code, say("proof.nothing-of-work", count=count, tasks=named, why=why))
