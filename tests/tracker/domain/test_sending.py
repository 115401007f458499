"""Whether a planned letter is still true when its turn comes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tracker.domain.sending import Dropped, Facts, day_of_letter, reason_to_drop
from tracker.domain.status import AT_WORK, Status

DUE = date(2020, 4, 8)
TRUE = Facts(
    status=Status.ASSIGNED,
    due_on=DUE,
    letter_version=1,
    deadline_version=1,
    before_due=True,
    contact_active=True,
    contact_address="bd@sct.example.vn",
    address="bd@sct.example.vn",
    overtaken=False,
)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        pytest.param({}, None, id="nothing changed"),
        pytest.param({"deadline_version": 2}, Dropped.DEADLINE_MOVED, id="the deadline was extended"),
        pytest.param({"due_on": date(2020, 4, 7)}, Dropped.PAST_DUE, id="its last day has gone"),
        pytest.param(
            {"due_on": date(2020, 4, 7), "before_due": False}, None, id="an overdue notice stays true"
        ),
        pytest.param({"due_on": None}, Dropped.DEADLINE_MOVED, id="the deadline was taken away"),
        pytest.param({"overtaken": True}, Dropped.OVERTAKEN, id="a later step waits for the same reader"),
        pytest.param({"contact_active": False}, Dropped.CONTACT_GONE, id="the reader has left"),
        pytest.param({"contact_address": "x@y.vn"}, Dropped.ADDRESS_CHANGED, id="the address is another"),
        pytest.param({"contact_address": None}, Dropped.ADDRESS_CHANGED, id="the address was taken away"),
        pytest.param(
            {"contact_active": None, "contact_address": None}, None, id="a letter to nobody in the contacts"
        ),
        pytest.param(
            {"status": None, "due_on": None, "letter_version": None}, None, id="a letter about no task"
        ),
    ],
)
def test_a_letter_is_sent_only_while_it_is_true(changed: dict[str, Any], reason: Dropped | None) -> None:
    """Each change since the plan has its own reason, and no change none."""
    assert reason_to_drop(replace(TRUE, **changed), DUE) == reason


@pytest.mark.parametrize("status", tuple(Status))
def test_nobody_is_reminded_of_work_that_is_not_being_done(status: Status) -> None:
    """Only work that is under way is reminded of; every other state drops the letter."""
    expected = None if status in AT_WORK else Dropped.NOT_AT_WORK

    assert reason_to_drop(replace(TRUE, status=status), DUE) == expected


@pytest.mark.parametrize(
    ("about", "planned", "now", "expected"),
    [
        pytest.param(date(2020, 5, 5), date(2020, 5, 5), date(2020, 5, 5), date(2020, 5, 5), id="at once"),
        pytest.param(
            date(2020, 5, 5), date(2020, 5, 5), date(2020, 5, 12), date(2020, 5, 12), id="a week late"
        ),
        pytest.param(
            date(2020, 5, 5), date(2026, 11, 24), date(2026, 11, 24), date(2020, 5, 5), id="rehearsed"
        ),
        pytest.param(
            date(2020, 5, 5),
            date(2026, 11, 24),
            date(2026, 11, 30),
            date(2020, 5, 11),
            id="rehearsed, then late",
        ),
        pytest.param(
            date(2020, 5, 5), date(2020, 5, 5), date(2020, 5, 4), date(2020, 5, 5), id="the clock put back"
        ),
        pytest.param(None, date(2026, 11, 24), date(2026, 11, 30), date(2026, 11, 30), id="about no run"),
    ],
)
def test_a_letter_grows_old_from_the_day_it_speaks_of(
    about: date | None, planned: date, now: date, expected: date
) -> None:
    """A run about another day is delivered as of that day; waiting makes its letters older all the same."""
    assert day_of_letter(about, planned, now) == expected
