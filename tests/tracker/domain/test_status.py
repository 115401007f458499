"""The transition table is the rule book."""

from itertools import product

import pytest

from tracker.domain.status import AT_WORK, CLOSED, COUNTED, TRANSITIONS, Move, MoveRefused, Status, after
from tracker.phrasebook import LANGUAGES, say

REFUSED = tuple(sorted(set(product(Status, Move)) - TRANSITIONS.keys()))


@pytest.mark.parametrize(
    ("status", "move", "expected"),
    [
        (Status.DRAFT, Move.APPROVE, Status.ASSIGNED),
        (Status.ASSIGNED, Move.ACKNOWLEDGE, Status.ACKNOWLEDGED),
        (Status.ACKNOWLEDGED, Move.START, Status.UNDER_WAY),
        (Status.UNDER_WAY, Move.REPORT, Status.REPORTED),
        (Status.REPORTED, Move.CONFIRM, Status.CONFIRMED),
        (Status.REPORTED, Move.RETURN, Status.RETURNED),
        (Status.RETURNED, Move.REPORT, Status.REPORTED),
        (Status.ASSIGNED, Move.REFUSE, Status.NOT_OURS),
        (Status.NOT_OURS, Move.TRANSFER, Status.TRANSFERRED),
        (Status.UNDER_WAY, Move.SUSPEND, Status.SUSPENDED),
        (Status.SUSPENDED, Move.RESUME, Status.UNDER_WAY),
        (Status.SUSPENDED, Move.WITHDRAW, Status.WITHDRAWN),
    ],
)
def test_moves_lead_where_the_table_says(status: Status, move: Move, expected: Status) -> None:
    """The usual way of an assignment, and its side ways."""
    assert expected == after(status, move)


@pytest.mark.parametrize(("status", "move"), REFUSED)
def test_every_other_move_is_refused_in_words(status: Status, move: Move) -> None:
    """A pair that is not in the table is refused, and the sentence names where the assignment stands."""
    with pytest.raises(MoveRefused) as refused:
        after(status, move)

    for language in LANGUAGES:
        assert say(f"status.{status}", language) in refused.value.sentence(language)


def test_closed_means_no_way_out() -> None:
    """CLOSED lists exactly the statuses that no move starts from."""
    starts = {status for status, _ in TRANSITIONS}

    assert set(Status) - starts == CLOSED


def test_every_status_can_be_reached() -> None:
    """No status but the first is without a way in."""
    assert set(Status) - set(TRANSITIONS.values()) == {Status.DRAFT}


def test_what_is_at_work_is_counted() -> None:
    """Whoever can be reminded is in the figures."""
    assert AT_WORK < COUNTED
    assert not AT_WORK & CLOSED
