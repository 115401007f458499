"""Why work is late: asked, answered, judged, each by name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tracker.services.at_work import DUE, Work, an_act, some_work
from tracker.domain.timing import TimingKind
from tracker.errors import TrackerError
from tracker.services import explanations as acts
from tracker.services import reports
from tracker.services.reports import Result
from tracker.store import explanations
from tracker.store.session import reading, transaction

AFTER, BY = date(2020, 4, 23), date(2020, 4, 28)


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give one task to one department."""
    return some_work(engine, tmp_path)


def ask(work: Work, day: date = AFTER, by: date = BY) -> None:
    """Ask why the work is late."""
    with transaction(work.engine) as session:
        acts.ask(session, work.id, "Vì sao chậm?", answer_by=by, office=work.office(day), act=an_act(day))


def answer(work: Work) -> None:
    """Explain."""
    with transaction(work.engine) as session:
        acts.answer(session, work.id, "bão số 5", act=an_act(BY, "Minh"))


def judge(work: Work, *, objective: bool) -> None:
    """Judge the explanation."""
    with transaction(work.engine) as session:
        acts.judge(session, work.id, objective=objective, act=an_act(BY, "Chủ tịch"))


@pytest.mark.parametrize("objective", [True, False])
def test_a_delay_is_explained_and_judged_and_stays_a_delay(work: Work, *, objective: bool) -> None:
    """Whether the cause was beyond the agency's power is kept with who said so."""
    ask(work)
    answer(work)
    judge(work, objective=objective)
    with reading(work.engine) as session:
        (kept,) = explanations.listing(session, assignment_id=work.id)
        excused = explanations.excused(session)

    assert (kept.answer_by, kept.answer, kept.objective) == (BY, "bão số 5", objective)
    assert (kept.asked_by, kept.answered_by, kept.confirmed_by) == ("Lan", "Minh", "Chủ tịch")
    assert excused == ({work.id} if objective else set())
    assert work.timing(BY).kind is TimingKind.OVERDUE


def test_work_that_was_done_late_may_be_asked_about_too(work: Work) -> None:
    """The grade depends on it long after the work is done."""
    with transaction(work.engine) as session:
        reports.report(session, work.id, Result(words="xong"), office=work.office(AFTER), act=an_act(AFTER))
        reports.confirm(session, work.id, act=an_act(AFTER))
    ask(work)

    assert [line.action for line in work.story()][-1] == "ask-explanation"


@pytest.mark.parametrize(
    ("day", "by", "code"),
    [(DUE, BY, "explanation.not-late"), (AFTER, DUE, "explanation.past")],
)
def test_only_a_delay_is_asked_about_and_a_day_to_come_is_named(
    work: Work, day: date, by: date, code: str
) -> None:
    """On its last day the work is not late yet."""
    with pytest.raises(TrackerError) as refused:
        ask(work, day, by)

    assert refused.value.code == code


def test_each_step_waits_for_the_one_before(work: Work) -> None:
    """Nothing to answer, nothing to judge, one question at a time, one answer to each."""
    codes: list[str] = []
    steps: tuple[Callable[[], None], ...] = (
        lambda: answer(work),
        lambda: judge(work, objective=True),
        lambda: ask(work),
        lambda: ask(work),
        lambda: judge(work, objective=True),
        lambda: answer(work),
        lambda: answer(work),
        lambda: judge(work, objective=True),
        lambda: ask(work),
    )
    for step in steps:
        try:
            step()
            codes.append("")
        except TrackerError as refused:
            codes.append(refused.code.removeprefix("explanation."))

    assert codes == ["none-open", "none-open", "", "open-already", "unanswered", "", "answered", "", ""]
