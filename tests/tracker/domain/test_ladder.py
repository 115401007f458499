"""A ladder is checked when it is made; a new one begins where the old one stood."""

from dataclasses import replace

import pytest

from tracker.domain.ladder import (
    DEFAULT_LADDER,
    Also,
    Ladder,
    Step,
    Wrong,
    as_data,
    carried,
    faults,
    steps_from,
)
from tracker.domain.people import Role

FIRST = Step("a", 1, (Role.HEAD,))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param((), [(Wrong.NO_STEPS, "")], id="no steps at all"),
        pytest.param((FIRST, Step("b", 1, (Role.HEAD,))), [(Wrong.NOT_CLIMBING, "b")], id="two on one day"),
        pytest.param(
            (Step("a", 3, (Role.HEAD,)), Step("b", 1, (Role.HEAD,))),
            [(Wrong.NOT_CLIMBING, "b")],
            id="going down",
        ),
        pytest.param((FIRST, Step("a", 3, (Role.HEAD,))), [(Wrong.NAME_TWICE, "a")], id="one name twice"),
        pytest.param((Step(" ", 3, (Role.HEAD,)),), [(Wrong.NO_NAME, " ")], id="no name"),
        pytest.param((Step("a", 1, ()),), [(Wrong.NOBODY, "a")], id="to nobody"),
        pytest.param((Step("a", -61, (Role.OFFICER,)),), [(Wrong.TOO_FAR, "a")], id="far before"),
        pytest.param((Step("a", 251, (Role.OFFICER,)),), [(Wrong.TOO_FAR, "a")], id="far after"),
        pytest.param(
            (Step("a", 0, (Role.OFFICER,), (Also.EXPLANATION,)),),
            [(Wrong.ASKED_TOO_EARLY, "a")],
            id="asked why it is late on the last day",
        ),
    ],
)
def test_a_step_out_of_reach_is_named(steps: tuple[Step, ...], expected: list[tuple[Wrong, str]]) -> None:
    """Each fault is told with its step, and no ladder is made with one."""
    assert expected == [(fault.wrong, fault.step) for fault in faults(steps, 3)]
    with pytest.raises(ValueError, match="ladder 2"):
        Ladder(2, steps)


@pytest.mark.parametrize("per_day", [0, 21])
def test_a_day_has_a_few_letters(per_day: int) -> None:
    """No letters at all, or a flood of them, is no ladder."""
    with pytest.raises(ValueError, match="per-day"):
        replace(DEFAULT_LADDER, per_day=per_day)


def test_a_ladder_survives_being_written_down() -> None:
    """What is kept of a ladder makes the same steps again."""
    assert DEFAULT_LADDER.steps == steps_from(as_data(DEFAULT_LADDER))


@pytest.mark.parametrize(
    "data",
    [
        [{"name": "a", "offset": 1}],
        [{"name": "a", "offset": "soon", "audience": ["head"]}],
        [{"name": "a", "offset": 1, "audience": ["mayor"]}],
        [{"name": "a", "offset": 1, "audience": ["head"], "also": ["call"]}],
    ],
)
def test_words_that_are_no_step_are_refused(data: list[dict[str, object]]) -> None:
    """A slip in a file is an error, not a step left out."""
    with pytest.raises((ValueError, KeyError)):
        steps_from(data)


def test_a_new_ladder_repeats_nothing() -> None:
    """Who was told three days after the deadline has had every step up to there, and none beyond."""
    new = Ladder(
        2,
        (
            Step("first", -5, (Role.OFFICER,)),
            Step("second", 2, (Role.OFFICER, Role.HEAD)),
            Step("third", 4, (Role.OFFICER, Role.HEAD)),
        ),
    )

    told = carried([(3, Role.OFFICER), (-5, Role.HEAD)], new)

    assert told == {("first", Role.OFFICER), ("second", Role.OFFICER)}
