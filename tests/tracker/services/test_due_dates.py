"""Due dates that people settle: counted from the day they tell, set or corrected, each a version."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from directives.calendar import default_calendar
from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.domain.deadlines import DeadlineCause, Reckoning
from tracker.domain.extensions import ExtensionRules, GrantedBy
from tracker.domain.people import AccountRole
from tracker.domain.status import Status
from tracker.errors import Conflict, InputRefused, NotFound
from tracker.services import due_dates
from tracker.services.undetermined import Why, undetermined
from tracker.store import accounts, deadline_versions
from tracker.store.accounts import AccountEntry
from tracker.store.assignments import tracked
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

ACT: Final = Act("Lan", "cli", datetime(2020, 4, 30, 2, tzinfo=UTC))
BY: Final = Reckoning(default_calendar())
STATED, LATER = date(2020, 5, 9), date(2026, 12, 30)
RECEIPT: Final = "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản"


def an_open_deadline(words: str, kind: DeadlineKind = DeadlineKind.RELATIVE, **values: Any) -> Deadline:
    """Build a deadline whose day the document leaves open."""
    return Deadline(words, Span(20, 20 + len(words)), kind, rule="within-count-from", **values)


def given(session: Session, *deadlines: Deadline | None, **values: Any) -> int:
    """Keep a document of 03/4/2020 with a task for each deadline."""
    return a_directive(session, *(a_draft(one, item=str(at)) for at, one in enumerate(deadlines)), **values)


def numbers(session: Session) -> list[int]:
    """Return the numbers of the assignments, in order."""
    return [row.id or 0 for row in session.exec(select(AssignmentRow).order_by("id")).all()]


def test_each_agency_counts_from_the_day_it_received_the_document(engine: Engine) -> None:
    """Two leads of one task got it on two days; each has a due date of its own, and the original is kept."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, "so-y-te", "Sở Y tế")
        leads = (a_mention(), a_mention("Sở Y tế", "so-y-te"))
        a_directive(session, a_draft(an_open_deadline(RECEIPT), leads=leads))
        one, other = numbers(session)
        due_dates.tell_received(session, one, date(2020, 4, 24), by=BY, act=ACT)
        due_dates.tell_received(session, other, date(2020, 4, 6), by=BY, act=ACT)
    with reading(engine) as session:
        versions = [deadline_versions.of(session, number) for number in (one, other)]
        told = [line for line in history(session, "assignment", one) if line.action == "anchored"]

    assert [[version.due_on for version in each] for each in versions] == [
        [None, date(2020, 5, 5)],
        [None, date(2020, 4, 13)],
    ]
    assert versions[0][1].cause is DeadlineCause.ANCHOR
    assert "tính từ ngày cơ quan nhận văn bản (24/4/2020)" in versions[0][1].explain
    assert [(line.before, line.after) for line in told] == [
        ({"received_on": None}, {"received_on": "2020-04-24"})
    ]


def test_one_day_of_receipt_for_all(engine: Engine) -> None:
    """A document's day serves every agency but the one whose own day is known; other deadlines stay."""
    with transaction(engine) as session:
        an_agency(session)
        directive = given(
            session,
            an_open_deadline(RECEIPT),
            an_open_deadline(RECEIPT),
            an_open_deadline("trong 05 ngày kể từ ngày nhận đủ hồ sơ"),
            a_deadline(date(2020, 6, 30)),
        )
        first, *_ = numbers(session)
        due_dates.tell_received(session, first, date(2020, 4, 24), by=BY, act=ACT)
        dated = due_dates.tell_received_by_all(session, directive, date(2020, 4, 6), by=BY, act=ACT)
        due = [row.due_on for row in session.exec(select(AssignmentRow).order_by("id"))]
        lines = history(session, "directive", directive)

    assert due == [date(2020, 5, 5), date(2020, 4, 13), None, date(2020, 6, 30)]
    assert [(one.before, one.due_on) for one in dated] == [
        (date(2020, 5, 5), date(2020, 5, 5)),
        (None, date(2020, 4, 13)),
    ]
    assert lines[-1].after == {"received_on": "2020-04-06"}


def test_a_day_told_again_counts_anew(engine: Engine) -> None:
    """A slip in the day of receipt is mended the same way; both days stand in the history."""
    with transaction(engine) as session:
        given(session, an_open_deadline(RECEIPT))
        (number,) = numbers(session)
        due_dates.tell_received(session, number, date(2020, 4, 6), by=BY, act=ACT)
        due_dates.tell_received(session, number, date(2020, 4, 24), by=BY, act=ACT)
        versions = deadline_versions.of(session, number)

    assert [version.due_on for version in versions] == [None, date(2020, 4, 13), date(2020, 5, 5)]


def test_lists_explain_the_day_in_force_and_not_the_one_that_was_read(engine: Engine) -> None:
    """After a day was told, lists and pages say how that one was reached."""
    with transaction(engine) as session:
        given(session, an_open_deadline(RECEIPT))
        (number,) = numbers(session)
        dated = due_dates.tell_received(session, number, date(2020, 4, 24), by=BY, act=ACT)
        (work,) = tracked(session)

    assert work.explain == dated.explain


def test_an_event_dates_a_deadline(engine: Engine) -> None:
    """«trước khi trình UBND tỉnh 15 ngày»: the session's day gives it, also one that is still to come."""
    with transaction(engine) as session:
        given(session, an_open_deadline("trước khi trình UBND tỉnh 15 ngày"))
        (number,) = numbers(session)
        dated = due_dates.tell_event(session, number, date(2020, 7, 20), by=BY, act=ACT)

    assert dated.due_on == date(2020, 7, 5)


@pytest.mark.parametrize(
    ("deadline", "tell", "day", "code"),
    [
        pytest.param(
            an_open_deadline(RECEIPT), due_dates.tell_event, date(2020, 4, 24),
            "deadline.runs-from-received", id="it runs from the receipt",
        ),
        pytest.param(
            an_open_deadline("trong 05 ngày kể từ ngày nhận đủ hồ sơ"), due_dates.tell_received,
            date(2020, 4, 24), "deadline.runs-from-event", id="it runs from an event",
        ),
        pytest.param(
            an_open_deadline("ngay sau khi có ý kiến của Bộ Tài chính"), due_dates.tell_event,
            date(2020, 4, 24), "deadline.no-count", id="no number of days",
        ),
        pytest.param(
            a_deadline(date(2020, 6, 30)), due_dates.tell_received, date(2020, 4, 24),
            "deadline.no-period", id="a fixed day",
        ),
        pytest.param(
            an_open_deadline(RECEIPT), due_dates.tell_received, date(2020, 4, 1),
            "deadline.before-issue", id="before the document was",
        ),
        pytest.param(
            an_open_deadline(RECEIPT), due_dates.tell_received, date(2020, 5, 1),
            "deadline.received-ahead", id="tomorrow",
        ),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(
    engine: Engine, deadline: Deadline, tell: Callable[..., Any], day: date, code: str
) -> None:
    """The sentence says what the deadline runs from and what to do; nothing is written."""
    with transaction(engine) as session:
        given(session, deadline)
        (number,) = numbers(session)
    with pytest.raises((Conflict, InputRefused)) as refused, transaction(engine) as session:
        tell(session, number, day, by=BY, act=ACT)
    with reading(engine) as session:
        row = session.get_one(AssignmentRow, number)
        lines = history(session, "assignment", number)

    assert refused.value.code == code
    assert refused.value.sentence()
    assert (row.received_on, row.event_on, len(lines)) == (None, None, 1)


def test_a_day_is_set_with_a_reason_and_corrected_later(engine: Engine) -> None:
    """Where the document says none it is set; afterwards it is a correction; the first version stays."""
    with transaction(engine) as session:
        given(session, None)
        (number,) = numbers(session)
        due_dates.set_deadline(session, number, date(2020, 5, 29), reason="Hạn nội bộ", act=ACT)
        due_dates.set_deadline(
            session, number, date(2020, 6, 5), reason="Nhập nhầm", document="12/VP-TH", act=ACT
        )
        versions = deadline_versions.of(session, number)

    assert [(one.due_on, one.cause, one.document) for one in versions] == [
        (None, DeadlineCause.READ, None),
        (date(2020, 5, 29), DeadlineCause.SET, None),
        (date(2020, 6, 5), DeadlineCause.CORRECTION, "12/VP-TH"),
    ]
    assert "Nhập nhầm" in versions[2].explain


def test_what_a_person_set_is_not_counted_over(engine: Engine) -> None:
    """A day of receipt that becomes known later moves no deadline that the office has settled."""
    with transaction(engine) as session:
        directive = given(session, an_open_deadline(RECEIPT))
        (number,) = numbers(session)
        due_dates.set_deadline(session, number, date(2020, 6, 5), reason="Thống nhất", act=ACT)
        with pytest.raises(Conflict, match="ấn định"):
            due_dates.tell_received(session, number, date(2020, 4, 6), by=BY, act=ACT)
        due_dates.tell_received_by_all(session, directive, date(2020, 4, 6), by=BY, act=ACT)

        assert session.get_one(AssignmentRow, number).due_on == date(2020, 6, 5)


def test_setting_is_refused_where_it_cannot_be(engine: Engine) -> None:
    """No reason, before the document, a duty that comes round, work that is closed, a stale form."""
    with transaction(engine) as session:
        given(
            session, None, an_open_deadline("hằng tháng", DeadlineKind.RECURRING, every=Interval.MONTH), None
        )
        plain, round_, closed = numbers(session)
        session.get_one(AssignmentRow, closed).status = Status.WITHDRAWN
        session.flush()
        day = date(2020, 6, 5)
        with pytest.raises(InputRefused, match="lý do"):
            due_dates.set_deadline(session, plain, day, reason=" ", act=ACT)
        with pytest.raises(InputRefused, match="ban hành"):
            due_dates.set_deadline(session, plain, date(2020, 1, 5), reason="x", act=ACT)
        with pytest.raises(Conflict, match="recurring set"):
            due_dates.set_deadline(session, round_, day, reason="x", act=ACT)
        with pytest.raises(NotFound, match="thu hồi"):
            due_dates.set_deadline(session, closed, day, reason="x", act=ACT)
        with pytest.raises(Conflict, match="người khác"):
            due_dates.set_deadline(session, plain, day, reason="x", act=ACT, seen=1)


@pytest.mark.parametrize(
    ("role", "day", "document", "kept"),
    [
        (None, LATER, None, False),  # without accounts nobody is known to be a leader
        (None, LATER, " ", False),
        (None, LATER, "150/TB-UBND", True),
        (None, STATED - timedelta(days=1), None, True),
        (AccountRole.SECRETARIAT, LATER, None, False),
        (AccountRole.SECRETARIAT, LATER, "150/TB-UBND", True),
        (AccountRole.SECRETARIAT, STATED - timedelta(days=1), None, True),
        (AccountRole.LEADER, LATER, None, True),
    ],
)
def test_more_time_than_the_document_gives_needs_a_leader_or_a_document(
    engine: Engine, role: AccountRole | None, day: date, document: str | None, kept: bool
) -> None:
    """A correction is no way round an extension; an earlier day stays a correction."""
    with transaction(engine) as session:
        given(session, a_deadline(STATED))
        (number,) = numbers(session)
        if role is not None:
            accounts.save(session, AccountEntry(login="Lan", name="Lan", role=role), None, None, at=ACT.at)
        if kept:
            due_dates.set_deadline(session, number, day, reason="Đọc nhầm", document=document, act=ACT)
        else:
            with pytest.raises(Conflict, match=f"dondoc extensions grant {number} --to 30/12/2026"):
                due_dates.set_deadline(session, number, day, reason="Đọc nhầm", document=document, act=ACT)

        assert session.get_one(AssignmentRow, number).due_on == (day if kept else STATED)


def test_a_day_that_only_the_office_had_set_moves_freely(engine: Engine) -> None:
    """The document leaves it open, so there is no time of its own to give more of."""
    with transaction(engine) as session:
        given(session, None)
        (number,) = numbers(session)
        for day in (STATED, STATED - timedelta(days=9), LATER):
            due_dates.set_deadline(session, number, day, reason="Hạn nội bộ", act=ACT)

        assert session.get_one(AssignmentRow, number).due_on == LATER


def test_who_may_grant_may_set_a_later_day(engine: Engine) -> None:
    """Where the office lets the secretariat grant, the first later day is theirs too."""
    rules = ExtensionRules(granted_by=GrantedBy.OFFICE)
    with transaction(engine) as session:
        given(session, a_deadline(STATED))
        (number,) = numbers(session)
        entry = AccountEntry(login="Lan", name="Lan", role=AccountRole.SECRETARIAT)
        accounts.save(session, entry, None, None, at=ACT.at)
        due_dates.set_deadline(session, number, LATER, reason="Đọc nhầm", rules=rules, act=ACT)

        assert session.get_one(AssignmentRow, number).due_on == LATER


def test_the_queue_says_why_and_what_to_do(engine: Engine) -> None:
    """Each kind of open deadline is told apart; what has a day or needs none is not in the queue."""
    with transaction(engine) as session:
        given(
            session,
            an_open_deadline("trước ngày 30/02/2020", DeadlineKind.FIXED),
            an_open_deadline(RECEIPT),
            an_open_deadline("trong 05 ngày kể từ ngày nhận đủ hồ sơ"),
            an_open_deadline("trong vòng 10 ngày"),
            an_open_deadline("ngay sau khi có ý kiến của Bộ Tài chính"),
            an_open_deadline("định kỳ", DeadlineKind.RECURRING),
            an_open_deadline("hằng quý", DeadlineKind.RECURRING, every=Interval.QUARTER),
            an_open_deadline("ngày 25 hằng tháng", DeadlineKind.RECURRING, every=Interval.MONTH),
            a_deadline(date(2020, 6, 30)),
            None,
        )
        due_dates.tell_received(session, numbers(session)[1], date(2020, 4, 6), by=BY, act=ACT)
        queue = undetermined(session, BY)
        with_unstated = undetermined(session, BY, unstated=True)

    assert [item.why for item in queue] == [
        Why.DAY_UNKNOWN,
        Why.EVENT_UNKNOWN,
        Why.START_UNSAID,
        Why.ONLY_AFTER,
        Why.INTERVAL_UNKNOWN,
        Why.DAY_OF_PERIOD_UNKNOWN,
    ]
    assert [item.why for item in with_unstated][-1] is Why.NONE_STATED
