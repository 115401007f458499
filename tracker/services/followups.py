"""What a step brings beside its letters: the agency is asked why it is late.

Asked for whatever the letters have said, not for what one run has just planned: killed in between, the next
run asks what is left.
"""

from datetime import date
from typing import Final

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

TOGETHER: Final = 25  # requests in one transaction


def ask_why_late(app: App, on: date) -> int:
    """Ask for an explanation of each delay that the ladder's step, or a later one, has told somebody of.

    Once for each deadline: a new one that is missed too is asked about anew. A few at a time, so that others
    may write in between. Returns how many were made.
    """
    with reading(app.engine) as session:
        waiting = _unasked(session, ladders.in_force(session, app.ladder), app.ladder, on)
    return sum(_ask(app, waiting[first : first + TOGETHER], on) for first in range(0, len(waiting), TOGETHER))


def _ask(app: App, waiting: list[int], on: date) -> int:
    """Ask about some work in one transaction, but for what was asked about or settled meanwhile."""
    asked = 0
    with transaction(app.engine) as session:
        office, days = _as_of(office_of(app), on), app.settings.explanation_days
        answer_by = calendar_of(session).add(office.today, days)
        for assignment_id in waiting:
            now = assignments.claim(session, assignment_id, seen=None).facts
            late = now.status in AT_WORK and now.due_on is not None and now.due_on < on
            if late and stored.open_request(session, assignment_id) is None:
                explanations.ask(
                    session,
                    assignment_id,
                    say("explanation.by-the-ladder", app.settings.lang),
                    answer_by=answer_by,
                    office=office,
                    act=Act(SYSTEM_NAME, "run", instant(app.clock)),
                )
                asked += 1
    return asked


def _as_of(office: Office, on: date) -> Office:
    """Return the office on the day that the run is about: late is what was late then."""
    return Office(
        today=max(on, office.today), rules=office.rules, policy=office.policy, files_dir=office.files_dir
    )


def _unasked(session: Session, ladder: Ladder, before: Ladder, on: date) -> list[int]:
    """Return the late work that a step with a request has told of and whose agency was not asked since.

    A step of an earlier ladder counts where it is as far from the deadline; `before` came before them all.
    """
    first = next((step.offset for step in ladder.steps if Also.EXPLANATION in step.also), None)
    if first is None:
        return []
    every = ladders.by_version(session, before).values()
    steps = [(one.version, step.name) for one in every for step in one.steps if step.offset >= first]
    told = told_by(session, steps)
    if not told:
        return []
    silent = {one.directive_id for one in holds.open_holds(session)}
    known = stored.listing(session)
    asked = {one.assignment_id: office_day(one.asked_at) for one in known}
    still_open = {one.assignment_id for one in known if one.confirmed_at is None}
    works = assignments.tracked(session, Choice(ids=told, statuses=AT_WORK))
    return [
        work.id
        for work in works
        if work.facts.due_on is not None
        and work.facts.due_on < on
        and work.directive_id not in silent
        and work.id not in still_open
        and not (work.id in asked and asked[work.id] > work.facts.due_on)
    ]
