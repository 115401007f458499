"""From the stated day to the last on-time day, and the sentence that says how."""

from datetime import date
from typing import Final

import pytest

from directives.calendar import DayKind, SpecialDay, default_calendar
from directives.deadlines import DeadlinePolicy, find_deadlines
from directives.model import Deadline

ISSUED: Final = date(2020, 4, 3)
STRICT: Final = DeadlinePolicy()
KEEPS_THE_DAY: Final = DeadlinePolicy(before_is_exclusive=False)
NEVER_ROLLS: Final = DeadlinePolicy(roll_computed=False)


def one(sentence: str, policy: DeadlinePolicy = STRICT) -> Deadline:
    """Return the only deadline of a sentence."""
    [found] = find_deadlines(sentence, issued_on=ISSUED, policy=policy)
    return found


@pytest.mark.parametrize(
    ("sentence", "policy", "due_on"),
    [
        pytest.param(
            "trước ngày 10/5/2020", STRICT, date(2020, 5, 9), id="before X leaves X out, even for a Saturday"
        ),
        pytest.param("trước ngày 10/5/2020", KEEPS_THE_DAY, date(2020, 5, 10), id="an office may keep X in"),
        pytest.param("chậm nhất ngày 10/5/2020", STRICT, date(2020, 5, 10), id="a fixed Sunday never rolls"),
        pytest.param(
            "trong tháng 5/2020", STRICT, date(2020, 5, 31), id="a period's last Sunday never rolls"
        ),
        pytest.param(
            "trước quý III/2020", STRICT, date(2020, 6, 30), id="before a period: the day before it"
        ),
        pytest.param("trước 17 giờ ngày 10/5/2020", STRICT, date(2020, 5, 10), id="an hour keeps its day"),
        pytest.param(
            "trong 08 ngày kể từ ngày ký", STRICT, date(2020, 4, 13), id="a computed Saturday rolls on"
        ),
        pytest.param(
            "trong 08 ngày kể từ ngày ký", NEVER_ROLLS, date(2020, 4, 11), id="unless the office says no"
        ),
        pytest.param(
            "trong 27 ngày kể từ ngày ký", STRICT, date(2020, 5, 4), id="over holidays and a week-end"
        ),
        pytest.param("trong 05 ngày làm việc kể từ ngày ký", STRICT, date(2020, 4, 10), id="working days"),
        pytest.param("trước ngày 20 hằng tháng", STRICT, None, id="what comes round has none of its own"),
        pytest.param("trước mùa mưa bão", STRICT, None, id="an event without a date has none"),
    ],
)
def test_due_on(sentence: str, policy: DeadlinePolicy, due_on: date | None) -> None:
    """The last on-time day follows the words and the policy in force."""
    assert due_on == one(sentence, policy).due_on


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("trước ngày 10/5/2020", "«trước ngày 10/5/2020»: hạn cuối là hết ngày 09/5/2020"),
        ("chậm nhất ngày 15/01/2021", "«chậm nhất ngày 15/01/2021»: hạn cuối là hết ngày 15/01/2021"),
        (
            "trước 17 giờ 00 ngày 12/8/2020",
            "«trước 17 giờ 00 ngày 12/8/2020»: hạn cuối là 17 giờ 00 ngày 12/8/2020",
        ),
        ("trong Quý II/2020", "«trong Quý II/2020»: hạn cuối là hết ngày 30/6/2020, ngày cuối của kỳ"),
        ("định kỳ 6 tháng", "«định kỳ 6 tháng»: nhiệm vụ định kỳ 06 tháng một lần"),
        (
            "trong 08 ngày kể từ ngày ký",
            (
                "«trong 08 ngày kể từ ngày ký»: hạn cuối là hết ngày 13/4/2020, tính từ ngày ban hành "
                "văn bản (03/4/2020), không tính ngày đầu, đủ 08 ngày (Điều 147 Bộ luật Dân sự 2015); "
                "ngày 11/4/2020 là ngày nghỉ nên lấy ngày làm việc tiếp theo (Điều 148)"
            ),
        ),
        (
            "trong vòng 10 ngày kể từ ngày nhận được văn bản này",
            (
                "«trong vòng 10 ngày kể từ ngày nhận được văn bản này»: cần xác định hạn; "
                "chưa biết ngày bắt đầu tính; đề nghị nhập ngày này"
            ),
        ),
        (
            "trước ngày 31/4/2020",
            (
                "«trước ngày 31/4/2020»: chưa xác định được hạn cuối; "
                "ngày ghi trong văn bản không có trong lịch; đề nghị xác định lại thời hạn"
            ),
        ),
    ],
)
def test_explained(sentence: str, said: str) -> None:
    """Each deadline says in words how its last day was reached, and what is asked of a person."""
    assert said == one(sentence).explain


def test_an_office_that_keeps_the_day_says_so() -> None:
    """A policy that differs from the words is named."""
    assert one("trước ngày 10/5/2020", KEEPS_THE_DAY).explain.endswith(
        "tính cả ngày này theo thiết lập của cơ quan"
    )


def test_a_storm_day_moves_what_is_counted_in_working_days_only() -> None:
    """A day closed later moves working-day counts, and no fixed date."""
    storm = SpecialDay(date(2020, 4, 8), DayKind.HOLIDAY, "Nghỉ tránh bão", "Công điện của tỉnh")
    sentence = "trước ngày 09/4/2020 hoặc trong 05 ngày làm việc kể từ ngày ký"
    [fixed, counted] = find_deadlines(
        sentence, issued_on=ISSUED, calendar=default_calendar().with_days([storm])
    )

    assert (date(2020, 4, 8), date(2020, 4, 13)) == (fixed.due_on, counted.due_on)
