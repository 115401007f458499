"""Whether a link lets its reader act, and what it offers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.link_codes import ALPHABET, LENGTH, asks_to_stop, codes_in, hash_of, new_code, shown_code
from tracker.domain.links import MOVES, LinkAction, LinkFacts, LinkState, expiry, offered, state_of
from tracker.domain.people import Role
from tracker.domain.status import AT_WORK, TRANSITIONS, Status

NOW: Final = datetime(2020, 4, 10, 2, 0, tzinfo=UTC)
LIVE: Final = LinkFacts(
    revision=2,
    revoked=False,
    expires_at=NOW + timedelta(days=1),
    reader_active=True,
    role=Role.OFFICER,
    reader_agency=5,
    agency=5,
    status=Status.ASSIGNED,
)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, LinkState.LIVE),
        ({"role": Role.HEAD}, LinkState.LIVE),
        ({"status": Status.SUSPENDED}, LinkState.LIVE),
        ({"expires_at": NOW}, LinkState.EXPIRED),
        ({"revision": 3}, LinkState.REVOKED),
        ({"revoked": True}, LinkState.REVOKED),
        ({"reader_active": False}, LinkState.LEFT),
        ({"role": Role.CHAIRMAN}, LinkState.LEFT),
        ({"agency": 6}, LinkState.MOVED),
        ({"agency": None}, LinkState.MOVED),
        ({"status": Status.TRANSFERRED}, LinkState.MOVED),
        ({"status": Status.CONFIRMED}, LinkState.FINISHED),
        ({"status": Status.WITHDRAWN}, LinkState.WITHDRAWN),
        ({"status": Status.CONFIRMED, "expires_at": NOW}, LinkState.FINISHED),
        ({"status": Status.CONFIRMED, "agency": 6}, LinkState.MOVED),
        ({"status": Status.CONFIRMED, "revoked": True}, LinkState.REVOKED),
    ],
)
def test_each_thing_that_closes_a_link_closes_it(change: dict[str, Any], state: LinkState) -> None:
    """Whose work it is no longer is told that, and nothing about the work."""
    assert state_of(replace(LIVE, **change), revision=2, now=NOW) == state


def test_a_link_holds_until_the_very_moment() -> None:
    """Days are counted from the letter, to the second."""
    until = expiry(NOW, 7)
    facts = replace(LIVE, expires_at=until)

    assert state_of(facts, revision=2, now=until - timedelta(seconds=1)) == LinkState.LIVE
    assert state_of(facts, revision=2, now=until) == LinkState.EXPIRED


@pytest.mark.parametrize(
    ("status", "has_deadline", "waits", "kept"), [*product(Status, *[[False, True]] * 3)]
)
def test_what_is_offered_is_what_the_table_of_moves_allows(
    status: Status, has_deadline: bool, waits: bool, kept: bool
) -> None:
    """Never more; less only for time without a deadline or asked for before, and for work that is kept."""
    found = set(offered(status, has_deadline=has_deadline, request_waits=waits, kept=kept))
    allowed = {action for action in LinkAction if (status, MOVES[action]) in TRANSITIONS}

    left_out = allowed - found
    assert found <= allowed
    assert (LinkAction.ASK_TIME in left_out) == (status in AT_WORK and (waits or not has_deadline))
    assert (LinkAction.NOT_OURS in left_out) == (status in AT_WORK and kept)
    assert left_out <= {LinkAction.ASK_TIME, LinkAction.NOT_OURS}


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH), st.text(" .,:;\n", min_size=1), st.booleans())
def test_a_code_is_found_however_it_is_typed(code: str, around: str, lower: bool) -> None:
    """With its dash, without, in small letters, between other words."""
    for written in (code, shown_code(code), shown_code(code).replace("-", " ")):
        typed = f"xin chào{around}{written.lower() if lower else written}{around}cảm ơn"
        assert hash_of(code) in map(hash_of, codes_in(typed))


@given(st.text())
def test_reading_a_message_never_fails(text: str) -> None:
    """Whatever people write."""
    assert all(len(code) == LENGTH for code in codes_in(text))
    assert asks_to_stop(text) in {True, False}


def test_a_code_is_of_signs_that_nobody_mistakes() -> None:
    """Ten of thirty: no nought and no O, no one and no I or L."""
    drawn = iter(ALPHABET[:LENGTH])

    assert new_code(lambda _: next(drawn)) == ALPHABET[:LENGTH]
    assert not set("01ILOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
