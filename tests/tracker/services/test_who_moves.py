"""Who may make a move, and what becomes of the same move made by several people at one moment."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.tracker.factories import AGENCY
from tests.tracker.racing import race
from tests.tracker.services.at_work import DUE, OTHER, Work, an_act, some_work
from tracker.domain.extensions import GrantedBy, Request
from tracker.domain.people import AccountRole
from tracker.domain.status import Status
from tracker.errors import Conflict, NotPermitted, TrackerError
from tracker.services import extensions, moves, reports
from tracker.services.reports import Result
from tracker.store import accounts, register
from tracker.store import extensions as kept
from tracker.store.accounts import AccountEntry
from tracker.store.engine import make_engine
from tracker.store.session import reading, transaction

DAY = date(2020, 4, 10)
LATER = date(2020, 4, 24)  # after the last on-time day
PEOPLE = {
    "clerk": (AccountRole.SECRETARIAT, None),
    "vice-chair": (AccountRole.LEADER, None),
    "officer": (AccountRole.AGENCY_OFFICER, AGENCY),
    "stranger": (AccountRole.AGENCY_OFFICER, OTHER),
    "admin": (AccountRole.ADMINISTRATOR, None),
}


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give one task to one department, and an account to a person of every role."""
    work = some_work(engine, tmp_path)
    with transaction(engine) as session:
        known = register.ids(session)
        for login, (role, agency) in PEOPLE.items():
            entry = AccountEntry(login=login, name=login, role=role, agency=agency)
            accounts.save(session, entry, known.get(agency or ""), None, at=an_act(DAY).at)
    return work


def may(work: Work, act: Callable[[Session, str], object]) -> set[str]:
    """Return who may do something; nothing of it is kept."""
    allowed = set()
    for login in PEOPLE:
        try:
            with transaction(work.engine) as session:
                act(session, login)
                session.rollback()
                session.info.clear()
        except NotPermitted:
            continue
        allowed.add(login)
    return allowed


def test_only_the_office_says_that_a_result_came_before_today(work: Work) -> None:
    """Else an agency would make its own late work good by naming a day."""

    def report(session: Session, login: str, filed_on: date) -> None:
        result = Result(words="xong", filed_on=filed_on)
        reports.report(session, work.id, result, office=work.office(LATER), act=an_act(LATER, login))

    assert may(work, lambda session, login: report(session, login, DUE)) == {"clerk"}
    assert may(work, lambda session, login: report(session, login, LATER)) == {"clerk", "officer"}


def test_agencies_report_and_the_office_decides(work: Work) -> None:
    """What comes on paper the secretariat enters; another agency has nothing to say."""
    office = work.office(DAY)

    def report(session: Session, login: str) -> None:
        reports.report(session, work.id, Result(words="xong"), office=office, act=an_act(DAY, login))

    def withdraw(session: Session, login: str) -> None:
        moves.withdraw(session, work.id, "không còn cần", act=an_act(DAY, login))

    assert may(work, report) == {"officer", "clerk"}
    assert may(work, withdraw) == {"clerk", "vice-chair"}


@pytest.mark.parametrize(
    ("granted_by", "before", "expected"),
    [
        (GrantedBy.LEADER, 0, {"vice-chair"}),
        (GrantedBy.OFFICE, 0, {"vice-chair", "clerk"}),
        (GrantedBy.OFFICE, 1, {"vice-chair"}),
    ],
)
def test_who_grants_more_time_is_the_offices_rule(
    work: Work, granted_by: GrantedBy, before: int, expected: set[str]
) -> None:
    """A leader; by the office's rule the secretariat too; a second time a leader alone."""
    office = work.under(granted_by=granted_by).office(DAY)

    def grant(session: Session, login: str, until: date = date(2020, 5, 29)) -> None:
        act = an_act(DAY, login)
        extensions.grant(session, work.id, until=until, document="7", office=office, act=act)

    for _ in range(before):
        with transaction(work.engine) as session:
            grant(session, "vice-chair", date(2020, 5, 4))

    assert may(work, grant) == expected


def confirm_at(url: str, number: int) -> str:
    """Confirm a result in a process of its own; return how that ended."""
    engine = make_engine(url)
    try:
        with transaction(engine) as session:
            return reports.confirm(session, number, act=an_act(DUE)).status
    except TrackerError as refused:
        return refused.code
    finally:
        engine.dispose()


def ask_at(url: str, number: int, folder: Path) -> str:
    """Ask for more time in a process of its own; return how that ended."""
    engine = make_engine(url)
    request = Request(reason="thiếu vốn", proposed_on=date(2020, 5, 29), asked_on=DAY)
    try:
        with transaction(engine) as session:
            extensions.ask(session, number, request, office=Work(engine, folder).office(DAY), act=an_act(DAY))
            return "asked"
    except Conflict as refused:
        return refused.code
    finally:
        engine.dispose()


@pytest.mark.slow
def test_one_move_by_several_people_at_once_is_made_once(database_url: str, tmp_path: Path) -> None:
    """One of them makes it, the others are told where the work stands; one line of history, one request."""
    work = some_work(make_engine(database_url), tmp_path)
    asked = race(ask_at, database_url, work.id, tmp_path, processes=4)
    with transaction(work.engine) as session:
        result = Result(words="xong")
        reports.report(session, work.id, result, office=work.office(DUE), act=an_act(DUE))
    confirmed = race(confirm_at, database_url, work.id, processes=4)
    with reading(work.engine) as session:
        requests = kept.listing(session)
    actions = [line.action for line in work.story()]
    work.engine.dispose()

    assert sorted(asked) == ["asked", *["extension.open-already"] * 3]
    assert sorted(confirmed) == [Status.CONFIRMED, *["move.refused"] * 3]
    assert len(requests) == 1
    assert (actions.count("ask-extension"), actions.count("confirm")) == (1, 1)
