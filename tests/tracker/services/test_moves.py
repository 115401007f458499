"""Each move is held against the table, its form and its own rules, and leaves its line of history."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.calendar import default_calendar
from tests.tracker.factories import an_agency
from tests.tracker.services.at_work import DUE, GIVEN, OTHER, Work, an_act, some_work
from tracker.domain.extensions import Request
from tracker.domain.requests import ExtensionState, ReportKind
from tracker.domain.status import Move, MoveRefused, Status
from tracker.domain.timing import TimingKind
from tracker.errors import Conflict, NotFound, TrackerError
from tracker.services import extensions, moves, reports, transfers
from tracker.services.moving import Moved, NeedsReason
from tracker.services.reports import Result
from tracker.store import deadline_versions
from tracker.store import extensions as kept_extensions
from tracker.store.figures import figures
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

LATER = date(2020, 4, 10)


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give one task to one department."""
    return some_work(engine, tmp_path)


Step = Callable[[Session, Work], Moved]

STEPS: dict[Move, Step] = {
    Move.ACKNOWLEDGE: lambda session, work: moves.acknowledge(session, work.id, act=an_act(LATER)),
    Move.START: lambda session, work: moves.start(session, work.id, act=an_act(LATER)),
    Move.PROGRESS: lambda session, work: reports.interim(
        session, work.id, ReportKind.PROGRESS, "đạt 50%", office=work.office(LATER), act=an_act(LATER)
    ),
    Move.OBSTACLE: lambda session, work: reports.interim(
        session,
        work.id,
        ReportKind.OBSTACLE,
        "chưa có kinh phí",
        office=work.office(LATER),
        act=an_act(LATER),
    ),
    Move.REPORT: lambda session, work: reports.report(
        session, work.id, Result(words="đã xong"), office=work.office(LATER), act=an_act(LATER)
    ),
    Move.CONFIRM: lambda session, work: reports.confirm(session, work.id, act=an_act(LATER)),
    Move.RETURN: lambda session, work: reports.give_back(
        session, work.id, "thiếu số liệu", act=an_act(LATER)
    ),
    Move.REFUSE: lambda session, work: moves.not_ours(
        session, work.id, "việc của Sở khác", act=an_act(LATER)
    ),
    Move.KEEP: lambda session, work: moves.keep(session, work.id, "đúng chức năng", act=an_act(LATER)),
    Move.SUSPEND: lambda session, work: moves.suspend(
        session, work.id, "chờ Trung ương", until=DUE, office=work.office(LATER), act=an_act(LATER)
    ),
    Move.RESUME: lambda session, work: moves.resume(session, work.id, act=an_act(LATER)),
    Move.WITHDRAW: lambda session, work: moves.withdraw(
        session, work.id, "không còn cần", document="9/UBND-KT", act=an_act(LATER)
    ),
}


def do(work: Work, *steps: Move) -> Moved:
    """Make moves one after the other, each in a transaction of its own."""
    for step in steps:
        with transaction(work.engine) as session:
            moved = STEPS[step](session, work)
    return moved


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((Move.ACKNOWLEDGE,), Status.ACKNOWLEDGED),
        ((Move.ACKNOWLEDGE, Move.START), Status.UNDER_WAY),
        ((Move.PROGRESS, Move.OBSTACLE, Move.REPORT), Status.REPORTED),
        ((Move.REPORT, Move.CONFIRM), Status.CONFIRMED),
        ((Move.REPORT, Move.RETURN), Status.RETURNED),
        ((Move.REFUSE, Move.KEEP), Status.ASSIGNED),
        ((Move.SUSPEND,), Status.SUSPENDED),
        ((Move.SUSPEND, Move.RESUME), Status.UNDER_WAY),
        ((Move.WITHDRAW,), Status.WITHDRAWN),
    ],
)
def test_each_move_is_written_with_its_history(work: Work, steps: tuple[Move, ...], expected: Status) -> None:
    """The status follows the table; each line says where the assignment stood before and after."""
    moved = do(work, *steps)
    lines = work.story()[1:]  # the first is the approval

    assert (moved.status, moved.version) == (expected, work.now().version)
    assert work.status is expected
    assert [line.action for line in lines] == list(steps)
    assert [line.before["status"] for line in lines if line.before] == [
        Status.ASSIGNED,
        *(line.after["status"] for line in lines[:-1] if line.after),
    ]


@pytest.mark.parametrize(("steps", "last"), [((), Move.CONFIRM), ((Move.WITHDRAW,), Move.REPORT)])
def test_what_the_table_lacks_is_refused_and_leaves_nothing(
    work: Work, steps: tuple[Move, ...], last: Move
) -> None:
    """Neither status nor history changes."""
    if steps:
        do(work, *steps)
    before = work.now(), len(work.story())

    with pytest.raises(MoveRefused):
        do(work, last)
    assert (work.now(), len(work.story())) == before


def test_a_stale_form_overwrites_nothing(work: Work) -> None:
    """Who acts on what was shown before somebody else's act is told to look again."""
    shown = work.now().version
    do(work, Move.PROGRESS)

    with pytest.raises(Conflict) as refused, transaction(work.engine) as session:
        moves.not_ours(session, work.id, "không phải việc của Sở", act=an_act(LATER), seen=shown)
    assert refused.value.code == "assignment.stale"
    assert work.status is Status.UNDER_WAY


def test_an_act_that_leaves_the_status_makes_older_forms_stale_too(work: Work) -> None:
    """A request for more time is news to whoever is about to answer an older form."""
    shown = work.now().version
    with transaction(work.engine) as session:
        asked = Request(reason="thiếu vốn", proposed_on=date(2020, 5, 4), asked_on=LATER)
        extensions.ask(session, work.id, asked, office=work.office(LATER), act=an_act(LATER))

    with pytest.raises(Conflict) as refused, transaction(work.engine) as session:
        moves.acknowledge(session, work.id, act=an_act(LATER), seen=shown)
    assert refused.value.code == "assignment.stale"


@pytest.mark.parametrize("words", ["", "  \n"])
@pytest.mark.parametrize(
    "act",
    [
        lambda session, work, words: moves.not_ours(session, work.id, words, act=an_act(LATER)),
        lambda session, work, words: moves.withdraw(session, work.id, words, act=an_act(LATER)),
        lambda session, work, words: reports.interim(
            session, work.id, ReportKind.OBSTACLE, words, office=work.office(LATER), act=an_act(LATER)
        ),
    ],
)
def test_some_moves_need_words(work: Work, act: Callable[[Session, Work, str], Moved], words: str) -> None:
    """Without a reason nothing is done, and the sentence names the move."""
    with pytest.raises(NeedsReason) as refused, transaction(work.engine) as session:
        act(session, work, words)

    assert "lý do" in refused.value.sentence("vi")
    assert work.status is Status.ASSIGNED


def test_no_clock_runs_while_work_is_suspended_and_the_deadline_stays(work: Work) -> None:
    """Taken up again after its last day it is overdue at once: only a decision gives more time."""
    do(work, Move.SUSPEND)
    suspended = work.timing(date(2020, 5, 4)).kind
    do(work, Move.RESUME)

    assert suspended is TimingKind.NOT_TRACKED
    assert work.now().facts.due_on == DUE
    assert work.timing(date(2020, 5, 4)).kind is TimingKind.OVERDUE


@pytest.mark.parametrize("until", [GIVEN, LATER])
def test_work_is_suspended_until_a_day_to_come(work: Work, until: date) -> None:
    """A day that has passed, or today, is refused."""
    with pytest.raises(Conflict) as refused, transaction(work.engine) as session:
        moves.suspend(session, work.id, "chờ", until=until, office=work.office(LATER), act=an_act(LATER))

    assert refused.value.code == "suspend.past"


def test_an_unknown_assignment_is_not_found(work: Work) -> None:
    """The sentence says where to look."""
    with pytest.raises(NotFound), transaction(work.engine) as session:
        moves.acknowledge(session, 999, act=an_act(LATER))


def hand_on(work: Work, to: str = OTHER, reason: str = "đúng chức năng Sở Tài chính") -> int:
    """Transfer the assignment."""
    with transaction(work.engine) as session:
        moved = transfers.transfer(session, work.id, to, reason, office=work.office(LATER), act=an_act(LATER))
    return moved.assignment_id


def test_a_transfer_ends_the_old_and_begins_a_new_assignment(work: Work) -> None:
    """The new one is the other agency's, comes from the old one, and keeps every deadline it had."""
    with transaction(work.engine) as session:
        extensions.grant(
            session,
            work.id,
            until=date(2020, 4, 29),
            document="77/UBND-KT",
            office=work.office(LATER),
            act=an_act(LATER),
        )
    new = hand_on(work)
    with reading(work.engine) as session:
        row = session.get_one(AssignmentRow, new)
        old_deadlines, deadlines = (deadline_versions.of(session, one) for one in (work.id, new))

    assert work.status is Status.TRANSFERRED
    assert (row.status, row.origin_id, row.occasion) == (Status.ASSIGNED, work.id, f"from {work.id}")
    assert (row.lead_name, row.due_on, row.assigned_on) == ("Sở Tài chính", date(2020, 4, 29), LATER)
    assert deadlines == old_deadlines
    assert [one.due_on for one in deadlines] == [DUE, date(2020, 4, 29)]
    assert [line.action for line in work.story(new)] == ["given-by-transfer"]


def test_what_was_declined_can_be_transferred_and_counts_once(work: Work) -> None:
    """The old assignment enters no figure any more, the new one does."""
    do(work, Move.REFUSE)
    new = hand_on(work)

    assert work.timing(LATER).bucket is None
    assert work.now(new).facts.status is Status.ASSIGNED


def test_declining_late_work_leaves_it_late_until_the_office_agrees(work: Work) -> None:
    """It stays in the overdue figure; the transfer that the office makes takes it along."""
    late = date(2020, 5, 4)
    do(work, Move.REFUSE)
    with reading(work.engine) as session:
        counted = figures(session, late, default_calendar())

    assert work.timing(late).kind is TimingKind.OVERDUE
    assert (counted.total, counted.open_overdue) == (1, 1)


def test_work_that_the_office_kept_is_not_declined_again(work: Work) -> None:
    """The sentence says that only the office moves it from there; a transfer still does."""
    do(work, Move.REFUSE, Move.KEEP)
    with pytest.raises(Conflict) as refused:
        do(work, Move.REFUSE)

    assert refused.value.code == "not-ours.kept"
    assert "dondoc act transfer" in refused.value.sentence("vi")
    assert work.status is Status.ASSIGNED
    assert work.now(hand_on(work)).lead == "Sở Tài chính"


@pytest.mark.parametrize(
    ("to", "code"),
    [("so-cong-thuong", "transfer.same"), ("nobody", "agency.unknown"), ("cap-huyen", "transfer.group")],
)
def test_a_transfer_goes_to_one_agency_that_can_have_it(work: Work, to: str, code: str) -> None:
    """Not back to itself, not to a group, not to nobody."""
    with transaction(work.engine) as session:
        an_agency(session, "cap-huyen", "UBND cấp huyện", is_group=True)
    with pytest.raises(TrackerError) as refused:
        hand_on(work, to)

    assert refused.value.code == code
    assert work.status is Status.ASSIGNED


@pytest.mark.parametrize("end", [(Move.WITHDRAW,), (Move.REPORT, Move.CONFIRM)])
def test_a_request_for_more_time_lapses_with_the_work(work: Work, end: tuple[Move, ...]) -> None:
    """Nobody is left with a question about what is settled."""
    with transaction(work.engine) as session:
        asked = Request(reason="thiếu vốn", proposed_on=date(2020, 5, 4), asked_on=LATER)
        extensions.ask(session, work.id, asked, office=work.office(LATER), act=an_act(LATER))
    do(work, *end)
    with reading(work.engine) as session:
        states = [one.state for one in kept_extensions.listing(session)]

    assert states == [ExtensionState.WITHDRAWN]
    assert "extension-lapsed" in [line.action for line in work.story()]


def test_instances_of_a_recurring_duty_follow_it(work: Work) -> None:
    """Withdrawing the duty withdraws what is open of it; what was handed in still waits for its answer."""
    with transaction(work.engine) as session:
        parent = session.get_one(AssignmentRow, work.id)
        for occasion, status, filed in (
            ("2020-04-25", Status.ASSIGNED, None),
            ("2020-05-25", Status.REPORTED, LATER),
            ("by hand", Status.ASSIGNED, None),
        ):
            fields = parent.model_dump(exclude={"id"})
            instance = {"occasion": occasion, "origin_id": work.id, "status": status, "filed_on": filed}
            session.add(AssignmentRow(**{**fields, **instance}))
    do(work, Move.WITHDRAW)
    with reading(work.engine) as session:
        rows = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()

    assert [row.status for row in rows] == [
        Status.WITHDRAWN,
        Status.WITHDRAWN,
        Status.REPORTED,
        Status.ASSIGNED,
    ]


def test_a_duty_is_transferred_with_its_open_dates(work: Work) -> None:
    """The other agency gets the duty and each date that is not settled, as the same occasions of its own."""
    with transaction(work.engine) as session:
        fields = session.get_one(AssignmentRow, work.id).model_dump(exclude={"id"})
        for occasion in ("2020-04-25", "2020-05-25"):
            session.add(AssignmentRow(**{**fields, "occasion": occasion, "origin_id": work.id}))
    duty = hand_on(work)
    with reading(work.engine) as session:
        rows = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
        given = [row for row in rows if row.lead_name == "Sở Tài chính"]

    assert [row.status for row in rows if row not in given] == [Status.TRANSFERRED] * 3
    assert [(row.occasion, row.origin_id) for row in given] == [
        (f"from {work.id}", work.id),
        ("2020-04-25", duty),
        ("2020-05-25", duty),
    ]
