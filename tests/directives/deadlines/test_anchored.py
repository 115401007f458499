"""A period whose start the text does not give is counted from the day a person tells, by its own words."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from directives.deadlines import find_deadlines
from directives.deadlines.anchored import Anchor, AnchorKind, anchor_of, recount
from directives.deadlines.policy import DeadlinePolicy
from directives.model import Deadline

CALENDAR: Final = default_calendar()
ISSUED: Final = date(2020, 4, 3)
TOLD: Final = Anchor(date(2020, 4, 24), "ngày nhận văn bản")


def counted(words: str, anchor: Anchor | None = TOLD, policy: DeadlinePolicy | None = None) -> Deadline:
    """Count a period in a document of 03/4/2020."""
    found = recount(words, anchor, issued_on=ISSUED, calendar=CALENDAR, policy=policy or DeadlinePolicy())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("trong thời hạn 45 ngày kể từ ngày nhận được văn bản này", AnchorKind.RECEIVED),
        ("05 ngày kể từ ngày nhận được", AnchorKind.RECEIVED),
        ("trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ thanh toán", AnchorKind.EVENT),
        ("trong vòng 20 ngày kể từ ngày ký Thông báo này", AnchorKind.ISSUED),
        ("trong 10 ngày tới", AnchorKind.ISSUED),
        ("trong vòng 10 ngày", AnchorKind.UNSAID),
        ("trước mùa khai giảng năm học mới", AnchorKind.EVENT),
        ("ngay sau khi có ý kiến của Bộ Tài chính", AnchorKind.EVENT),
        ("trước ngày 10/5/2020", None),
        ("trong quý II/2020", None),
    ],
)
def test_what_a_period_runs_from(words: str, kind: AnchorKind | None) -> None:
    """The words tell whether each agency's receipt counts, the document's date, or something that happens."""
    assert anchor_of(words, issued_on=ISSUED) is kind


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        pytest.param("trong 45 ngày kể từ ngày nhận được văn bản", date(2020, 6, 8), id="calendar days"),
        pytest.param(
            "trong 05 ngày làm việc kể từ ngày nhận được văn bản", date(2020, 5, 5), id="over 30/4 and 1/5"
        ),
        pytest.param("01 tháng kể từ ngày nhận được văn bản", date(2020, 5, 25), id="24/5 is a Sunday"),
        pytest.param("trong vòng 10 ngày", date(2020, 5, 4), id="a start that is not said"),
        pytest.param("trước mùa khai giảng năm học mới", date(2020, 4, 23), id="the day before an event"),
        pytest.param("trước khi trình UBND tỉnh 15 ngày", date(2020, 4, 9), id="days ahead of an event"),
        pytest.param(
            "chậm nhất 02 ngày làm việc trước ngày họp", date(2020, 4, 22), id="working days ahead of it"
        ),
        pytest.param("tại kỳ họp HĐND tỉnh cuối năm", date(2020, 4, 24), id="the event itself"),
        pytest.param("ngay sau khi có ý kiến của Bộ Tài chính", None, id="no number of days"),
    ],
)
def test_days_counted_from_the_day_told(words: str, due_on: date | None) -> None:
    """The reading's own rule counts; where the words give no number, no day is invented."""
    assert counted(words).due_on == due_on


def test_a_day_counted_backwards_never_rolls_forward() -> None:
    """Five days ahead of Friday 15/5 is Sunday 10/5; the Monday after would shorten the notice."""
    meeting = Anchor(date(2020, 5, 15), "ngày họp")

    assert counted("trước phiên họp 05 ngày", meeting).due_on == date(2020, 5, 10)


def test_the_counting_is_said_in_words() -> None:
    """Who reads the deadline sees the start, the count, the article and why the day moved."""
    said = counted("trong 15 ngày kể từ ngày nhận được văn bản").explain

    assert "tính từ ngày nhận văn bản (24/4/2020), không tính ngày đầu, đủ 15 ngày" in said
    assert "ngày 09/5/2020 là ngày nghỉ" in said


@given(st.integers(1, 90), st.dates(date(2019, 1, 1), date(2026, 11, 30)), st.booleans(), st.booleans())
def test_a_told_day_counts_like_a_written_one(count: int, day: date, working: bool, roll: bool) -> None:
    """«kể từ ngày nhận được văn bản», received that day, gives what «kể từ ngày 05/9/2023» gives."""
    amount = f"{count} ngày{' làm việc' if working else ''}"
    policy = DeadlinePolicy(roll_computed=roll)
    written = find_deadlines(
        f"Sở Y tế báo cáo trong thời hạn {amount} kể từ ngày {day:%d/%m/%Y}.",
        issued_on=date(2018, 1, 2),
        calendar=CALENDAR,
        policy=policy,
    )
    told = counted(f"trong thời hạn {amount} kể từ ngày nhận được văn bản", Anchor(day, "x"), policy)

    assert [one.due_on for one in written] == [told.due_on]
    assert told.due_on is not None
    assert told.due_on >= day + timedelta(days=count)


def test_without_a_told_day_nothing_is_counted() -> None:
    """As in the reading itself."""
    assert counted("trong 15 ngày kể từ ngày nhận được văn bản", None).due_on is None
    assert counted("trong 15 ngày kể từ ngày ký", None).due_on == date(2020, 4, 20)
