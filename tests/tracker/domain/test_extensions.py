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
        ("vốn", date(2020, 4, 9), TODAY, date(2020, 4, 1), "extension.past"),
        ("vốn", date(2022, 4, 11), TODAY, DUE, "day.far"),
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
        (Grant(until=date(2022, 4, 11), document="7/UBND-KT"), "day.far"),
    ],
)
def test_a_grant_rests_on_a_document_or_a_decision_in_words(grant: Grant, code: str) -> None:
    """And it gives more time."""
    with pytest.raises(Conflict) as refused:
        check_grant(grant, DUE, TODAY)

    assert refused.value.code == code


def test_a_far_day_is_taken_once_it_is_said_to_be_meant() -> None:
    """Two years are not far; beyond them the flag says that it is no slip."""
    near, far = date(2022, 4, 10), date(2062, 4, 10)
    check_request(Request(reason="vốn", proposed_on=near, asked_on=TODAY), DUE, TODAY)
    check_request(Request(reason="vốn", proposed_on=far, asked_on=TODAY, far=True), DUE, TODAY)
    check_grant(Grant(until=near, decision="đồng ý"), DUE, TODAY)
    check_grant(Grant(until=far, decision="đồng ý", far=True), DUE, TODAY)


def test_a_day_that_has_passed_is_granted_only_by_a_document() -> None:
    """Which gave it in time, and is written down late; nobody's word gives time that is over."""
    until, today = date(2020, 4, 30), date(2020, 5, 10)
    check_grant(Grant(until=until, document="7/UBND-KT"), DUE, today)
    with pytest.raises(Conflict) as refused:
        check_grant(Grant(until=until, decision="đồng ý"), DUE, today)

    assert refused.value.code == "extension.past-by-word"


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
