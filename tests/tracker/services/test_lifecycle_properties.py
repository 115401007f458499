"""Whatever people do in whatever order: the table is kept, figures add up, history tells every move."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.calendar import default_calendar
from tests.tracker.factories import a_deadline, a_directive, a_draft, an_agency
from tests.tracker.services.at_work import DUE, GIVEN, OTHER, Work, an_act
from tracker.domain.extensions import Request
from tracker.domain.requests import ExtensionState, ReportKind
from tracker.domain.status import TRANSITIONS, Move, MoveRefused, Status
from tracker.domain.timing import Bucket, timing_of
from tracker.errors import Conflict, NotFound
from tracker.services import explanations, extensions, moves, reports, transfers
from tracker.services.moving import Moved
from tracker.services.reports import Result
from tracker.store import assignments, deadline_versions
from tracker.store import extensions as kept_extensions
from tracker.store.figures import figures
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

CALENDAR = default_calendar()
WEEK = timedelta(days=7)
GRANTS = frozenset({Move.GRANT_EXTENSION, Move.GRANT_EXTENSION_AGAIN})
Act = Callable[[Session, Work, date], Moved]


def _request(day: date, days: int) -> Request:
    return Request(reason="thiếu vốn", proposed_on=day + timedelta(days=days), asked_on=day)


ACTS: dict[Move, Act] = {
    Move.ACKNOWLEDGE: lambda s, w, day: moves.acknowledge(s, w.id, act=an_act(day)),
    Move.START: lambda s, w, day: moves.start(s, w.id, act=an_act(day)),
    Move.PROGRESS: lambda s, w, day: reports.interim(
        s, w.id, ReportKind.PROGRESS, "50%", office=w.office(day), act=an_act(day)
    ),
    Move.OBSTACLE: lambda s, w, day: reports.interim(
        s, w.id, ReportKind.OBSTACLE, "bão", office=w.office(day), act=an_act(day)
    ),
    Move.REPORT: lambda s, w, day: reports.report(
        s, w.id, Result(words="xong"), office=w.office(day), act=an_act(day)
    ),
    Move.CONFIRM: lambda s, w, day: reports.confirm(s, w.id, act=an_act(day)),
    Move.RETURN: lambda s, w, day: reports.give_back(s, w.id, "thiếu", act=an_act(day)),
    Move.REFUSE: lambda s, w, day: moves.not_ours(s, w.id, "việc khác", act=an_act(day)),
    Move.KEEP: lambda s, w, day: moves.keep(s, w.id, "đúng", act=an_act(day)),
    Move.TRANSFER: lambda s, w, day: transfers.transfer(
        s, w.id, OTHER, "đúng hơn", office=w.office(day), act=an_act(day)
    ),
    Move.SUSPEND: lambda s, w, day: moves.suspend(
        s, w.id, "chờ", until=day + WEEK, office=w.office(day), act=an_act(day)
    ),
    Move.RESUME: lambda s, w, day: moves.resume(s, w.id, act=an_act(day)),
    Move.WITHDRAW: lambda s, w, day: moves.withdraw(s, w.id, "thôi", act=an_act(day)),
    Move.ASK_EXTENSION: lambda s, w, day: extensions.ask(
        s, w.id, _request(day, 14), office=w.office(day), act=an_act(day)
    ),
    Move.WITHDRAW_EXTENSION: lambda s, w, day: extensions.withdraw(s, w.id, act=an_act(day)),
    Move.REFUSE_EXTENSION: lambda s, w, day: extensions.refuse(s, w.id, "không", act=an_act(day)),
    Move.GRANT_EXTENSION: lambda s, w, day: extensions.grant(
        s, w.id, until=day + 3 * WEEK, document="7", office=w.office(day), act=an_act(day)
    ),
    Move.ASK_EXPLANATION: lambda s, w, day: explanations.ask(
        s, w.id, "vì sao", answer_by=day, office=w.office(day), act=an_act(day)
    ),
    Move.ANSWER_EXPLANATION: lambda s, w, day: explanations.answer(s, w.id, "bão", act=an_act(day)),
    Move.JUDGE_EXPLANATION: lambda s, w, day: explanations.judge(s, w.id, objective=True, act=an_act(day)),
}


@dataclass
class Model:
    """What has been accepted so far of one assignment."""

    work: Work
    accepted: Counter[Move] = field(default_factory=Counter)

    def choose(self, pick: int, *, wild: bool) -> Move:
        """Return a move that starts from where the assignment stands, or in a wild moment any."""
        allowed = [move for move in ACTS if (self.work.status, move) in TRANSITIONS]
        moves_ = list(ACTS) if wild or not allowed else allowed
        return moves_[pick % len(moves_)]

    def take(self, move: Move, day: date) -> None:
        """Try a move; the table decides, or a rule of the move's own, and a refusal leaves no trace."""
        before, lines = self.work.now(), len(self.work.story())
        lead_to = TRANSITIONS.get((before.facts.status, move))
        try:
            with transaction(self.work.engine) as session:
                ACTS[move](session, self.work, day)
        except MoveRefused:
            assert lead_to is None
        except (Conflict, NotFound):
            assert lead_to is not None
        else:
            assert self.work.status is lead_to
            self.accepted[move] += 1
            return
        assert (self.work.now(), len(self.work.story())) == (before, lines)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Work:
    """Give a database with two departments."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, OTHER, "Sở Tài chính")
    return Work(engine, tmp_path)


def new_work(office: Work) -> Work:
    """Give the first department one more task."""
    with transaction(office.engine) as session:
        directive = a_directive(session, a_draft(a_deadline(DUE)))
        (given,) = assignments.tracked(session, assignments.Choice(directive_id=directive))
    return Work(office.engine, office.folder, given.id)


PICK, WILD = st.integers(0, 99), st.sampled_from((False, False, True))


@given(steps=st.lists(st.tuples(PICK, WILD, st.integers(0, 9)), min_size=4, max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_moves_keeps_the_rules(office: Work, steps: list[tuple[int, bool, int]]) -> None:
    """Every state comes from the table; every accepted move is one line; the original deadline stays."""
    model, day = Model(new_work(office)), GIVEN
    for pick, wild, days in steps:
        day += timedelta(days=days)
        model.take(model.choose(pick, wild=wild), day)
    work = model.work
    told = Counter(line.action for line in work.story())
    with reading(work.engine) as session:
        row = session.get_one(AssignmentRow, work.id)
        first, *later = deadline_versions.of(session, work.id)
        requests = [one.state for one in kept_extensions.listing(session, assignment_id=work.id)]
        made = session.exec(select(AssignmentRow).where(col(AssignmentRow.origin_id) == work.id)).all()
        copied = [deadline_versions.of(session, one.id or 0) for one in made]

    granted = sum(told[move] for move in GRANTS)
    assert {move: told[move] for move in ACTS if move not in GRANTS and told[move]} == {
        move: count for move, count in model.accepted.items() if move not in GRANTS
    }
    assert (
        granted
        == model.accepted[Move.GRANT_EXTENSION]
        == len(later)
        == requests.count(ExtensionState.GRANTED)
    )
    assert (first.version, first.due_on) == (1, DUE)
    assert row.due_on == (later[-1].due_on if later else DUE)
    assert (row.filed_on is not None) == (row.status in {Status.REPORTED, Status.CONFIRMED})
    assert (row.suspended_until is not None) == (row.status is Status.SUSPENDED)
    assert requests.count(ExtensionState.ASKED) <= 1
    assert len(made) == told[Move.TRANSFER] == (row.status is Status.TRANSFERRED)
    assert all(one == [first, *later] for one in copied)


@given(steps=st.lists(st.tuples(st.integers(0, 2), PICK, st.integers(0, 4)), max_size=16))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_add_up_after_every_move(office: Work, steps: list[tuple[int, int, int]]) -> None:
    """Total = done on time + done late + open in time + open overdue, as `timing_of` counts them."""
    works, day = [Model(new_work(office)) for _ in range(3)], GIVEN
    for place, pick, days in steps:
        day += timedelta(days=days)
        works[place].take(works[place].choose(pick, wild=False), day)
        with reading(office.engine) as session:
            counted = figures(session, day, CALENDAR)
            every = assignments.tracked(session)
        buckets = Counter(
            bucket for work in every if (bucket := timing_of(work.facts, day, CALENDAR).bucket) is not None
        )
        parts = (
            counted.done_on_time,
            counted.done_late,
            counted.open_in_time,
            counted.open_overdue,
        )
        assert counted.total == sum(parts) == buckets.total()
        assert parts == tuple(buckets[bucket] for bucket in Bucket)
