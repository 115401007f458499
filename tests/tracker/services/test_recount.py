"""A changed policy moves the due dates that were read by it, once a person says so, and no other."""

from datetime import UTC, date, datetime
from typing import Final

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.deadlines import DeadlinePolicy, find_deadlines
from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import a_directive, a_draft
from tracker.domain.deadlines import DeadlineCause, Reckoning
from tracker.domain.status import Status
from tracker.services.calendar_changes import bring_in_step, out_of_step
from tracker.services.due_dates import set_deadline
from tracker.services.recurring import make_instances
from tracker.store import deadline_versions
from tracker.store.calendar import calendar_of
from tracker.store.events import Act
from tracker.store.session import transaction
from tracker.store.tables import AssignmentRow

ACT: Final = Act("Lan", "cli", datetime(2020, 4, 3, 7, tzinfo=UTC))
LEFT_OUT, KEPT = DeadlinePolicy(), DeadlinePolicy(before_is_exclusive=False)
BEFORE: Final = "trước ngày 10/5/2020"


def read(words: str) -> Deadline:
    """Read a deadline as a document of 03/4/2020 has it, by the usual policy."""
    (found,) = find_deadlines(f"Sở Y tế báo cáo {words}.", issued_on=date(2020, 4, 3))
    return found


def by(session: Session, policy: DeadlinePolicy) -> Reckoning:
    """Return how the office counts under a policy."""
    return Reckoning(calendar_of(session), policy)


def numbers(session: Session) -> list[int]:
    """Return the numbers of the assignments, in order."""
    return [row.id or 0 for row in session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id)))]


@pytest.mark.parametrize(
    ("words", "left_out", "kept"),
    [
        (BEFORE, date(2020, 5, 9), date(2020, 5, 10)),
        ("trước quý III/2020", date(2020, 6, 30), date(2020, 7, 1)),
    ],
)
def test_a_named_day_is_seen_moved_and_moved_back_with_the_setting(
    engine: Engine, words: str, left_out: date, kept: date
) -> None:
    """Seeing writes nothing; each move is a correction that says how; the first reading stays."""
    with transaction(engine) as session:
        a_directive(session, a_draft(read(words)))
        (number,) = numbers(session)
        usual, other = by(session, LEFT_OUT), by(session, KEPT)
        assert out_of_step(session, usual) == []
        (seen,) = out_of_step(session, other)
        assert len(deadline_versions.of(session, number)) == 1
        assert bring_in_step(session, other, act=ACT) == [seen]
        assert out_of_step(session, other) == []
        bring_in_step(session, usual, act=ACT)
        versions = deadline_versions.of(session, number)

    assert (seen.before, seen.after) == (left_out, kept)
    assert [(one.due_on, one.cause) for one in versions] == [
        (left_out, DeadlineCause.READ),
        (kept, DeadlineCause.CORRECTION),
        (left_out, DeadlineCause.CORRECTION),
    ]
    assert "tính cả ngày này theo thiết lập của cơ quan" in versions[1].explain
    assert "theo thiết lập" not in versions[2].explain


def test_what_a_person_set_closed_work_and_other_words_stay(engine: Engine) -> None:
    """«đến ngày X» and an hour have no day to leave out; a corrected day is the person's."""
    words = (BEFORE, BEFORE, BEFORE, "đến ngày 10/5/2020", "trước 17 giờ ngày 10/5/2020")
    with transaction(engine) as session:
        a_directive(session, *(a_draft(read(one), item=str(at)) for at, one in enumerate(words)))
        moved, corrected, closed, *_ = numbers(session)
        set_deadline(session, corrected, date(2020, 5, 8), reason="Đọc nhầm", act=ACT)
        session.get_one(AssignmentRow, closed).status = Status.WITHDRAWN
        session.flush()

        assert [one.assignment_id for one in out_of_step(session, by(session, KEPT))] == [moved]


def test_a_date_of_a_recurring_duty_moves_with_the_setting_and_back(engine: Engine) -> None:
    """«trước ngày 25 hằng tháng» is due on the 24th or the 25th; the occasion is the 25th always."""
    words = "trước ngày 25 hằng tháng"
    duty = Deadline(words, Span(0, len(words)), DeadlineKind.RECURRING, every=Interval.MONTH, exclusive=True)
    with transaction(engine) as session:
        a_directive(session, a_draft(duty))
        make_instances(session, date(2020, 4, 3), calendar_of(session), ACT, ahead=30)
        usual, other = by(session, LEFT_OUT), by(session, KEPT)
        assert out_of_step(session, usual) == []
        moves = bring_in_step(session, other, act=ACT) + bring_in_step(session, usual, act=ACT)

    there, back = date(2020, 4, 24), date(2020, 4, 25)
    assert [(one.before, one.after) for one in moves] == [(there, back), (back, there)]
