"""Whether a planned letter is still true when its turn comes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tracker.domain.sending import Dropped, Facts, reason_to_drop
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
