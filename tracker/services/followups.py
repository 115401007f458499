"""What a step brings beside its letters: the agency is asked why it is late.

Asked for whatever the letters have said, not for what one run has just planned: killed in between, the next
run asks what is left.
"""

from datetime import date

from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant, office_day
from tracker.domain.ladder import Also, Ladder
from tracker.domain.status import AT_WORK
from tracker.phrasebook import say
from tracker.services import explanations
from tracker.services.office import Office, office_of
from tracker.store import assignments, holds, ladders
from tracker.store import explanations as stored
from tracker.store.assignments import Choice
from tracker.store.calendar import calendar_of
from tracker.store.events import SYSTEM_NAME, Act
from tracker.store.letters import told_by
from tracker.store.session import reading, transaction


def ask_why_late(app: App, on: date) -> int:
    """Ask for an explanation of each delay that the ladder's step, or a later one, has told somebody of.

    Once for each deadline: a new one that is missed too is asked about anew. Each request is a transaction of
    its own. Returns how many were made.
    """
    with reading(app.engine) as session:
        ladder = ladders.in_force(session, app.ladder)
        waiting = _unasked(session, ladder, on)
    return sum(_ask(app, ladder, assignment_id, on) for assignment_id in waiting)


def _ask(app: App, ladder: Ladder, assignment_id: int, on: date) -> bool:
    with transaction(app.engine) as session:
        if not _unasked(session, ladder, on, frozenset({assignment_id})):  # another process was faster
            return False
        office, days = office_of(app), app.settings.explanation_days
        explanations.ask(
            session,
            assignment_id,
            say("explanation.by-the-ladder", app.settings.lang),
            answer_by=calendar_of(session).add(max(on, office.today), days),
            office=_as_of(office, on),
            act=Act(SYSTEM_NAME, "run", instant(app.clock)),
        )
    return True


def _as_of(office: Office, on: date) -> Office:
    """Return the office on the day that the run is about: late is what was late then."""
    return Office(
        today=max(on, office.today), rules=office.rules, policy=office.policy, files_dir=office.files_dir
    )


def _unasked(session: Session, ladder: Ladder, on: date, ids: frozenset[int] | None = None) -> list[int]:
    """Return the late work that a step with a request has told of and whose agency was not asked since."""
    first = next((step.offset for step in ladder.steps if Also.EXPLANATION in step.also), None)
    if first is None:
        return []
    steps = [step.name for step in ladder.steps if step.offset >= first]
    told = told_by(session, ladder.version, steps)
    chosen = told if ids is None else told & ids
    if not chosen:
        return []
    silent = {one.directive_id for one in holds.open_holds(session)}
    known = stored.listing(session)
    asked = {one.assignment_id: office_day(one.asked_at) for one in known}
    still_open = {one.assignment_id for one in known if one.confirmed_at is None}
    works = assignments.tracked(session, Choice(ids=chosen, statuses=AT_WORK))
    return [
        work.id
        for work in works
        if work.facts.due_on is not None
        and work.facts.due_on < on
        and work.directive_id not in silent
        and work.id not in still_open
        and not (work.id in asked and asked[work.id] > work.facts.due_on)
    ]
