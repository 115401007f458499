"""When more time may be asked for and granted."""

from datetime import date

import pytest

from directives.calendar import default_calendar
from tracker.domain.extensions import (
    ExtensionRules,
    Grant,
    GrantedBy,
    Request,
    asked_in_time,
    check_grant,
    check_request,
    granting,
)
from tracker.domain.filing import Given, check_filing
from tracker.domain.status import Move
from tracker.errors import Conflict

TODAY, DUE = date(2020, 4, 10), date(2020, 4, 20)  # a Friday and a Monday


@pytest.mark.parametrize(
    ("asked_on", "due_on", "expected"),
    [
        (date(2020, 4, 16), DUE, True),  # Thursday: Friday and Monday are left
        (date(2020, 4, 17), DUE, False),
        (date(2020, 4, 18), DUE, False),  # Saturday
        (date(2020, 4, 20), DUE, False),
        (date(2020, 4, 21), DUE, False),
        (date(2020, 4, 28), date(2020, 5, 4), True),  # 30/4 and 01/5 are days off: 29/4 and 04/5 are left
        (date(2020, 4, 29), date(2020, 5, 4), False),
    ],
)
def test_a_request_is_in_time_two_working_days_before_the_last_day(
    asked_on: date, due_on: date, *, expected: bool
) -> None:
    """Days off do not count; afterwards it is late however short the time since."""
    assert asked_in_time(asked_on, due_on, default_calendar(), ExtensionRules()) is expected


def test_an_office_may_take_requests_up_to_the_last_day() -> None:
    """Nothing but a request after the last day is late then."""
    rules = ExtensionRules(ask_days=0)

    assert asked_in_time(DUE, DUE, default_calendar(), rules)
    assert not asked_in_time(date(2020, 4, 21), DUE, default_calendar(), rules)


@pytest.mark.parametrize(
    ("reason", "proposed_on", "asked_on", "due_on", "code"),
    [
        (" ", date(2020, 5, 4), TODAY, DUE, "extension.no-reason"),
        ("vốn", DUE, TODAY, DUE, "extension.not-later"),
        ("vốn", date(2020, 4, 19), TODAY, DUE, "extension.not-later"),
        ("vốn", date(2020, 5, 4), TODAY, None, "extension.no-deadline"),
        ("vốn", date(2020, 5, 4), date(2020, 4, 11), DUE, "act.future"),
    ],
)
def test_a_request_gives_a_reason_and_a_later_day(
    reason: str, proposed_on: date, asked_on: date, due_on: date | None, code: str
) -> None:
    """What is not a request for more time is refused by the rule it breaks."""
    with pytest.raises(Conflict) as refused:
        check_request(Request(reason=reason, proposed_on=proposed_on, asked_on=asked_on), due_on, TODAY)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("grant", "code"),
    [
        (Grant(until=date(2020, 5, 4)), "extension.no-basis"),
        (Grant(until=date(2020, 5, 4), decision="  "), "extension.no-basis"),
        (Grant(until=DUE, document="7/UBND-KT"), "extension.not-later"),
    ],
)
def test_a_grant_rests_on_a_document_or_a_decision_in_words(grant: Grant, code: str) -> None:
    """And it gives more time."""
    with pytest.raises(Conflict) as refused:
        check_grant(grant, DUE)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("before", "rules", "expected"),
    [
        (0, ExtensionRules(), Move.GRANT_EXTENSION),
        (1, ExtensionRules(), Move.GRANT_EXTENSION_AGAIN),
        (1, ExtensionRules(most=2), Move.GRANT_EXTENSION),
        (0, ExtensionRules(most=0), Move.GRANT_EXTENSION_AGAIN),
        (0, ExtensionRules(granted_by=GrantedBy.OFFICE), Move.RECORD_EXTENSION),
        (1, ExtensionRules(granted_by=GrantedBy.OFFICE), Move.GRANT_EXTENSION_AGAIN),
    ],
)
def test_who_grants_depends_on_how_often_it_was_granted(
    before: int, rules: ExtensionRules, expected: Move
) -> None:
    """Beyond the usual number only a leader's move is left, whatever the office may do otherwise."""
    assert granting(before, rules) is expected


@pytest.mark.parametrize(
    ("given", "earliest"),
    [
        (Given(assigned_on=TODAY, issued_on=date(2020, 4, 3)), date(2020, 4, 3)),
        (Given(assigned_on=TODAY, issued_on=None), TODAY),
        (Given(assigned_on=TODAY, issued_on=date(2020, 4, 3), by_transfer=True), TODAY),
        (Given(assigned_on=TODAY, issued_on=None, returned_on=date(2020, 4, 15)), date(2020, 4, 15)),
    ],
)
def test_a_result_is_not_older_than_the_work(given: Given, earliest: date) -> None:
    """Paper may be older than its entry, but not than the document, the transfer or the return."""
    today = date(2020, 4, 16)
    check_filing(earliest, given, today)

    with pytest.raises(Conflict) as refused:
        check_filing(date.fromordinal(earliest.toordinal() - 1), given, today)
    assert refused.value.code == "report.too-early"


def test_a_result_is_not_of_a_day_to_come() -> None:
    """Tomorrow's paper is not here yet."""
    with pytest.raises(Conflict) as refused:
        check_filing(date(2020, 4, 11), Given(assigned_on=TODAY, issued_on=None), TODAY)

    assert refused.value.code == "act.future"
