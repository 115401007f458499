"""What the words of a deadline give under a calendar and policy, and which deadlines hang on them."""

from dataclasses import replace
from datetime import date
from typing import Final

from sqlmodel import Session

from directives.calendar import WorkCalendar
from directives.deadlines.explain import explain
from directives.deadlines.policy import DeadlinePolicy
from directives.model import Deadline, DeadlineKind, Span
from tracker.clock import shown
from tracker.domain.deadlines import COMPUTED, DeadlineCause, Reckoning
from tracker.domain.recurrence import instances
from tracker.phrasebook import say
from tracker.services.due_dates import recounted
from tracker.services.recurring import rhythm_of
from tracker.store import timed
from tracker.store.timed import Timed, Which

NAMED: Final = (DeadlineKind.FIXED, DeadlineKind.PERIOD_END)
EITHER: Final = (DeadlinePolicy(before_is_exclusive=True), DeadlinePolicy(before_is_exclusive=False))


def counted(session: Session, *, hold: bool = False) -> list[Timed]:
    """Return the open work whose due date was counted out, or is an instance's."""
    causes = COMPUTED | {DeadlineCause.INSTANCE}
    return [
        work
        for kind in (DeadlineKind.RELATIVE, DeadlineKind.RECURRING)
        for work in timed.timed(session, Which(kind=kind, hold=hold))
        if work.due_on is not None and work.cause in causes
    ]


def named_before(session: Session, *, hold: bool = False) -> list[Timed]:
    """Return the open work due «trước ngày X» that stands as the program read it."""
    return [
        work
        for kind in NAMED
        for work in timed.timed(session, Which(kind=kind, exclusive=True, hold=hold))
        if work.due_on is not None and _as_counted(work)
    ]


def day_of(work: Timed, by: Reckoning) -> tuple[date, str] | None:
    """Return the day that an assignment's words give, and how; None where they give none."""
    if work.kind is DeadlineKind.RECURRING:
        return _instance_day(work, by)
    deadline = _before(work, by.policy) if work.kind in NAMED else recounted(work, by)
    if deadline is None or deadline.due_on is None:
        return None
    return deadline.due_on, deadline.explain


def cause_of(work: Timed) -> DeadlineCause:
    """Return why a due date moves: no day off bears on a day that is named, only how it is read."""
    return DeadlineCause.CORRECTION if work.kind in NAMED else DeadlineCause.CALENDAR


def _instance_day(work: Timed, by: Reckoning) -> tuple[date, str] | None:
    """Return the day of an instance, None where neither calendar nor policy bears on it.

    They do on «ngày làm việc cuối cùng» and on «trước ngày 25 hằng tháng». A date made before a person told
    another rhythm is none of this one's, and stays.
    """
    rhythm = rhythm_of(work)
    if rhythm is None or not (rhythm.days.working or rhythm.exclusive):
        return None
    on = date.fromisoformat(work.occasion)
    return next(
        (
            (one.due_on, _said(rhythm.words, one.due_on, on))
            for one in instances(rhythm.days, on, on, exclusive=rhythm.exclusive, by=by)
        ),
        None,
    )


def _said(words: str, due_on: date, occasion: date) -> str:
    return say("recurring.explained", "vi", words=words, due_on=shown(due_on), occasion=shown(occasion))


def _before(work: Timed, policy: DeadlinePolicy) -> Deadline | None:
    """Return the deadline «trước ngày X» under a policy; no calendar bears on a day that is named."""
    if work.words is None or work.kind is None:
        return None
    due_on = policy.due_on(work.stated, work.kind, exclusive=work.exclusive, calendar=WorkCalendar())
    deadline = Deadline(
        work.words,
        Span(0, len(work.words)),
        work.kind,
        stated=work.stated,
        exclusive=work.exclusive,
        due_on=due_on,
    )
    return replace(deadline, explain=explain(deadline, counted="", policy=policy))


def _as_counted(work: Timed) -> bool:
    """Tell whether the deadline in force is the reading's, or this rule's own correction of it.

    A person's correction has a reason for its explanation, so it is never taken for one of these. A day that
    the words give under neither policy was reached otherwise.
    """
    ways = [way for policy in EITHER if (way := _before(work, policy)) is not None]
    if work.cause is DeadlineCause.READ:
        return work.due_on in {way.due_on for way in ways}
    return work.cause is DeadlineCause.CORRECTION and work.explain in {way.explain for way in ways}
