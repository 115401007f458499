"""Laws of the reader: what is rendered is read back, nothing raises, spans cover words, time stays linear."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from directives.citations import find_citations
from directives.deadlines import find_deadlines, read_cell
from directives.model import DeadlineKind, Span

DAYS = st.dates(date(2012, 1, 1), date(2030, 12, 31))
BEFORE = st.sampled_from(["trước", "Trước", "TRƯỚC"])
UP_TO = st.sampled_from(
    ["chậm nhất", "chậm nhất là", "muộn nhất", "không quá", "đến hết", "trong", "vào", "hạn chót"]
)
FORMS: list[Callable[[date], str]] = [
    lambda day: f"ngày {day.day}/{day.month}/{day.year}",
    lambda day: f"ngày {day:%d/%m/%Y}",
    lambda day: f"ngày {day:%d-%m-%Y}",
    lambda day: f"ngày {day.day}.{day.month}.{day.year}",
    lambda day: f"ngày {day.day:02d} tháng {day.month} năm {day.year}",
    lambda day: f"ngày{day.day}/{day.month}/ {day.year}",
]
DATE_FORMS = st.sampled_from(FORMS)
TAILS = st.sampled_from(["", ".", "; giao Sở Y tế theo dõi", ", báo cáo UBND tỉnh", " để tổng hợp", "./."])


@given(DAYS, BEFORE, DATE_FORMS, TAILS, st.integers(0, 400))
def test_before_a_day_is_read_back(
    day: date, before: str, form: Callable[[date], str], tail: str, lead: int
) -> None:
    """Whatever day is rendered behind «trước» comes back as stated, exclusive, due the day before."""
    phrase = f"{before} {form(day)}"
    [found] = find_deadlines(f"hoàn thành {phrase}{tail}", issued_on=day - timedelta(days=lead))

    assert (phrase, day, True, day - timedelta(days=1)) == (
        found.text,
        found.stated,
        found.exclusive,
        found.due_on,
    )


@given(DAYS, UP_TO, DATE_FORMS, TAILS, st.integers(1, 400))
def test_up_to_a_day_is_read_back(
    day: date, preposition: str, form: Callable[[date], str], tail: str, lead: int
) -> None:
    """Behind every other preposition the day itself is the last in time."""
    phrase = f"{preposition} {form(day)}"
    [found] = find_deadlines(f"hoàn thành {phrase}{tail}", issued_on=day - timedelta(days=lead))

    assert (phrase, day, False, day) == (found.text, found.stated, found.exclusive, found.due_on)


@given(DAYS, st.integers(0, 364))
def test_missing_year_is_the_first_on_or_after_the_issue(day: date, lead: int) -> None:
    """A day without a year is the next one to come, and never more than a year off."""
    issued_on = day - timedelta(days=lead)
    found = find_deadlines(f"hoàn thành trước ngày {day.day}/{day.month}", issued_on=issued_on)

    if (day.month, day.day) != (2, 29):
        assert found[0].stated is not None
        assert issued_on <= found[0].stated <= issued_on + timedelta(days=366)
        assert (day.month, day.day) == (found[0].stated.month, found[0].stated.day)


@given(st.integers(1, 4), st.integers(2012, 2030), st.booleans(), st.sampled_from(["/", " năm ", "-"]))
def test_quarter_is_read_back(quarter: int, year: int, roman: bool, joint: str) -> None:
    """A quarter ends on its last day, in Roman and in Arabic figures."""
    number = ["I", "II", "III", "IV"][quarter - 1] if roman else str(quarter)
    [found] = find_deadlines(f"trình trong quý {number}{joint}{year}", issued_on=date(year, 1, 1))

    assert found.stated is not None
    assert (year, 3 * quarter) == (found.stated.year, found.stated.month)
    assert (found.stated + timedelta(days=1)).day == 1


@given(DAYS, st.integers(1, 400))
def test_counted_days_leave_the_start_out(issued_on: date, count: int) -> None:
    """N days from the signature end N days after it; the end rolls to a working day, never back."""
    [found] = find_deadlines(f"xong trong thời hạn {count:02d} ngày kể từ ngày ký", issued_on=issued_on)

    assert found.stated == issued_on + timedelta(days=count)
    assert found.due_on == default_calendar().next_working(issued_on + timedelta(days=count))
    assert found.kind is DeadlineKind.RELATIVE


KEYWORD_TEXT = (
    "trước ngày tháng năm quý II IV/2020 10/5/2020 31/02/2020 30/6 chậm nhất đến hết trong vào cuối "
    "đầu giữa hàng hằng mỗi định kỳ tuần kể từ ký sau khi 05 làm việc (năm) không quá thời hạn : ; . "
    ", và - ( ) 17 giờ 00 hôm nay cùng tại kỳ họp để đã phấn đấu hoàn thành báo cáo thứ Sáu lần / "
    "một sang từ nay này tới số Quyết định 12/QĐ-UBND của UBND \n\n \n2\n Ủy ban TTg 99999999 0 "
    "ngày/tháng 9999 năm 2020/ tháng13 rằm Chạp İ ﬁ 𝟙 ² "
)
KEYWORDS = st.sampled_from(KEYWORD_TEXT.split(" "))
SOUP = st.lists(KEYWORDS | st.text(max_size=4), max_size=60).map(" ".join)


@given(SOUP, st.none() | DAYS)
def test_nothing_raises_and_spans_cover_their_words(text: str, issued_on: date | None) -> None:
    """Any text is read; every span points at the words given, in order, without overlap."""
    found = find_deadlines(text, issued_on=issued_on)
    read_cell(text, issued_on=issued_on)

    for deadline in found:
        assert deadline.text == " ".join(deadline.span.of(text).split())
        assert deadline.explain
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(SOUP, st.data())
def test_only_inside_the_span(text: str, data: st.DataObject) -> None:
    """Nothing is read outside the stretch asked for, nor inside a masked one's dates."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    masks = [citation.span for citation in find_citations(text)]

    for deadline in find_deadlines(text, Span(start, end), issued_on=None, masked=masks):
        assert start <= deadline.span.start < deadline.span.end <= end


@given(SOUP)
def test_case_and_tone_placement_do_not_matter(text: str) -> None:
    """Capitals change nothing in what is read."""
    upper = text.upper()
    if upper.lower() == text.lower() and len(upper) == len(text):
        expected = [found.span for found in find_deadlines(text, issued_on=None)]
        assert expected == [found.span for found in find_deadlines(text.lower(), issued_on=None)]


HOSTILE = [
    "(", "1", "1/", " ", "\n", "\n1", "trước ", "trước ngày ", "ngày 1 ", "10/5/2020 ",
    "hàng quý, ", "tháng 5, ", "trong thời hạn ", "30 ngày kể từ ", "30 ngày kể từ ngày a ",
    "ngay sau khi có ", "tại kỳ họp ", "12/TB-UBND ", "A-B-", "1/A-B", "một ", "đã ", "12-",
    "luật a ", "1/TB-UB của Ủy ban ", "trước ngày 25/6 ", "định kỳ ", "«",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_repetitions_cost_time_in_proportion(unit: str) -> None:
    """Four times the text takes about four times the time: no repetition makes the reader slow."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        find_deadlines(text, issued_on=date(2020, 4, 3))
        find_citations(text)
        return time.process_time() - began

    def best(
        size: int,
    ) -> float:  # of three: in a large process a garbage collection takes a second by itself
        return min(seconds(size) for _ in range(3))

    assert best(60_000) < max(0.2, 9 * best(15_000))
