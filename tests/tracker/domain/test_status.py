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
        (Status.ASSIGNED, Move.PROGRESS, Status.UNDER_WAY),
        (Status.RETURNED, Move.OBSTACLE, Status.UNDER_WAY),
        (Status.UNDER_WAY, Move.REPORT, Status.REPORTED),
        (Status.REPORTED, Move.CONFIRM, Status.CONFIRMED),
        (Status.REPORTED, Move.RETURN, Status.RETURNED),
        (Status.RETURNED, Move.REPORT, Status.REPORTED),
        (Status.ASSIGNED, Move.REFUSE, Status.NOT_OURS),
        (Status.NOT_OURS, Move.TRANSFER, Status.TRANSFERRED),
        (Status.UNDER_WAY, Move.SUSPEND, Status.SUSPENDED),
        (Status.SUSPENDED, Move.RESUME, Status.UNDER_WAY),
        (Status.SUSPENDED, Move.WITHDRAW, Status.WITHDRAWN),
        (Status.RETURNED, Move.ASK_EXTENSION, Status.RETURNED),
        (Status.REPORTED, Move.GRANT_EXTENSION, Status.REPORTED),
        (Status.CONFIRMED, Move.ASK_EXPLANATION, Status.CONFIRMED),
    ],
)
def test_moves_lead_where_the_table_says(status: Status, move: Move, expected: Status) -> None:
    """The usual way of an assignment, and its side ways."""
    assert expected == after(status, move)


@pytest.mark.parametrize(("status", "move"), REFUSED)
def test_every_other_move_is_refused_in_words(status: Status, move: Move) -> None:
    """A pair that is not in the table is refused: the sentence says where it stands, the rule, what next."""
    with pytest.raises(MoveRefused) as refused:
        after(status, move)

    allowed = [start for start, known in TRANSITIONS if known is move]
    for language in LANGUAGES:
        sentence = refused.value.sentence(language)
        assert say(f"status.{status}", language) in sentence
        assert all(say(f"status.{start}", language) in sentence for start in allowed)
        assert say(f"next.{status}", language) in sentence


def test_closed_means_no_way_out() -> None:
    """CLOSED lists exactly the statuses that no move leads out of."""
    ways_out = {status for (status, _), end in TRANSITIONS.items() if end is not status}

    assert set(Status) - ways_out == CLOSED


def test_every_move_starts_somewhere() -> None:
    """No move is refused everywhere."""
    assert {move for _, move in TRANSITIONS} == set(Move)


def test_every_status_can_be_reached() -> None:
    """No status but the first is without a way in."""
    assert set(Status) - set(TRANSITIONS.values()) == {Status.DRAFT}


def test_what_is_at_work_is_counted() -> None:
    """Whoever can be reminded is in the figures."""
    assert AT_WORK < COUNTED
    assert not AT_WORK & CLOSED
