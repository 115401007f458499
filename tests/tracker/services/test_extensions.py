"""More time: asked for, granted, refused, taken back; the original deadline is kept for ever."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.tracker.services.at_work import DUE, Work, an_act, some_work
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.extensions import GrantedBy, Request
from tracker.domain.requests import ExtensionState
from tracker.domain.status import Status
from tracker.domain.timing import TimingKind
from tracker.errors import Conflict, TrackerError
from tracker.services import extensions as acts
from tracker.store import deadline_versions, extensions
from tracker.store.deadline_versions import DeadlineVersion
from tracker.store.extensions import Extension
from tracker.store.session import reading, transaction

EARLY, LATE, PROPOSED = date(2020, 4, 10), date(2020, 4, 17), date(2020, 5, 4)


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give one task to one department."""
    return some_work(engine, tmp_path)


def ask(work: Work, day: date = EARLY, **values: object) -> None:
    """Ask for more time on a day."""
    usual = {"reason": "chưa có vốn", "proposed_on": PROPOSED, "asked_on": day}
    request = Request(**{**usual, **values})  # type: ignore[arg-type]
    with transaction(work.engine) as session:
        acts.ask(session, work.id, request, office=work.office(day), act=an_act(day, "Minh"))


def grant(work: Work, day: date = EARLY, **values: object) -> None:
    """Grant more time on a day."""
    said = {"document": "77/UBND-KT", **values}
    with transaction(work.engine) as session:
        acts.grant(session, work.id, office=work.office(day), act=an_act(day, "Phó Chủ tịch"), **said)  # type: ignore[arg-type]


def requests(work: Work) -> list[Extension]:
    """Return every request."""
    with reading(work.engine) as session:
        return extensions.listing(session, assignment_id=work.id)


def deadlines(work: Work) -> list[DeadlineVersion]:
    """Return every deadline."""
    with reading(work.engine) as session:
        return deadline_versions.of(session, work.id)


def test_a_granted_request_moves_the_deadline_and_keeps_the_original(work: Work) -> None:
    """The first version is as the document says; the second names the document that grants it."""
    ask(work)
    grant(work)
    first, second = deadlines(work)
    (request,) = requests(work)

    assert (first.version, first.due_on, first.cause) == (1, DUE, DeadlineCause.READ)
    assert (second.due_on, second.cause, second.document) == (PROPOSED, DeadlineCause.EXTENSION, "77/UBND-KT")
    assert second.explain == "gia hạn từ 20/04/2020 đến 04/05/2020 theo 77/UBND-KT"
    assert (request.state, request.granted_on, request.decided_by) == (
        ExtensionState.GRANTED,
        PROPOSED,
        "Phó Chủ tịch",
    )
    assert work.now().facts.due_on == PROPOSED
    assert work.timing(date(2020, 4, 21)).kind is not TimingKind.OVERDUE
    assert work.status is Status.ASSIGNED


@pytest.mark.parametrize(("day", "in_time"), [(EARLY, True), (LATE, False), (date(2020, 4, 22), False)])
def test_a_late_request_is_taken_and_marked(work: Work, day: date, *, in_time: bool) -> None:
    """«Đề nghị sau hạn»: whoever decides sees it."""
    ask(work, day)

    assert [one.in_time for one in requests(work)] == [in_time]


def test_another_day_than_the_one_asked_for_may_be_granted(work: Work) -> None:
    """Who grants decides; words will do where there is no document."""
    ask(work)
    grant(work, until=date(2020, 4, 29), document=None, decision="Đồng ý tại họp giao ban")

    assert work.now().facts.due_on == date(2020, 4, 29)
    assert deadlines(work)[-1].explain.endswith("theo Đồng ý tại họp giao ban")


def test_a_leader_may_grant_what_nobody_asked_for(work: Work) -> None:
    """The decision has its own record all the same."""
    grant(work, until=PROPOSED)

    assert [(one.state, one.granted_on) for one in requests(work)] == [(ExtensionState.GRANTED, PROPOSED)]


def test_a_refused_or_withdrawn_request_leaves_the_deadline(work: Work) -> None:
    """Both are kept, and another request may follow."""
    ask(work)
    with transaction(work.engine) as session:
        acts.refuse(session, work.id, "đã đủ thời gian", act=an_act(EARLY))
    ask(work)
    with transaction(work.engine) as session:
        acts.withdraw(session, work.id, act=an_act(EARLY, "Minh"))

    assert [(one.state, one.answer) for one in requests(work)] == [
        (ExtensionState.REFUSED, "đã đủ thời gian"),
        (ExtensionState.WITHDRAWN, ""),
    ]
    assert len(deadlines(work)) == 1


def test_one_request_waits_at_a_time(work: Work) -> None:
    """The second is refused with the day of the first."""
    ask(work)

    with pytest.raises(Conflict) as refused:
        ask(work)
    assert "04/05/2020" in refused.value.sentence("vi")


ANSWERS: dict[str, Callable[[Session, Work], object]] = {
    "extension.no-day": lambda session, work: acts.grant(
        session, work.id, document="7", office=work.office(EARLY), act=an_act(EARLY)
    ),
    "extension.none-open": lambda session, work: acts.refuse(session, work.id, "không", act=an_act(EARLY)),
    "extension.none-open ": lambda session, work: acts.withdraw(session, work.id, act=an_act(EARLY)),
}


@pytest.mark.parametrize("code", ANSWERS)
def test_without_a_request_there_is_nothing_to_answer(work: Work, code: str) -> None:
    """Granting needs a day then; refusing and taking back need a request."""
    with pytest.raises(TrackerError) as refused, transaction(work.engine) as session:
        ANSWERS[code](session, work)

    assert refused.value.code == code.strip()


def test_who_grants_a_second_time_makes_another_move(work: Work) -> None:
    """Beyond the usual number the history says so, and permission is asked for that move."""
    grant(work, until=date(2020, 4, 29))
    grant(work, until=PROPOSED)
    actions = [line.action for line in work.story() if line.action.startswith("grant")]

    assert actions == ["grant-extension", "grant-extension-again"]
    assert [one.due_on for one in deadlines(work)] == [DUE, date(2020, 4, 29), PROPOSED]


def test_an_office_may_let_the_secretariat_record_what_was_granted(work: Work) -> None:
    """Who may is asked under another move then."""
    grant(work.under(granted_by=GrantedBy.OFFICE), until=PROPOSED)

    assert "record-extension" in [line.action for line in work.story()]


def test_a_deadline_that_does_not_exist_is_not_extended(engine: Engine, tmp_path: Path) -> None:
    """The sentence says to set one first."""
    work = some_work(engine, tmp_path, due_on=None)

    with pytest.raises(Conflict) as refused:
        ask(work)
    assert refused.value.code == "extension.no-deadline"
