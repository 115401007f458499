"""What is read right of annotated documents, as floors that may only rise, and how well confidence tells."""

from statistics import mean

import pytest

from tests.scoring import MEASURES, Figures, score

# Figures below these are a loss; when a floor is passed for good, raise it.
FLOORS = {
    "tests/directives/corpus": {"deadlines": 0.99, "assignments": 0.99, "tasks": 0.99, "coordinators": 0.98},
    "tests/directives/blind": {"deadlines": 0.98, "assignments": 0.98, "tasks": 0.98, "coordinators": 0.98},
    "tests/directives/golden": {"deadlines": 1.0, "assignments": 1.0, "tasks": 1.0, "coordinators": 1.0},
}


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    """Score every annotated folder once."""
    return {folder: score([folder])["all"] for folder in FLOORS}


@pytest.mark.parametrize("folder", FLOORS)
@pytest.mark.parametrize("measure", MEASURES)
def test_no_measure_falls_below_its_floor(figures: dict[str, Figures], folder: str, measure: str) -> None:
    """Deadlines, assignments, tasks and coordinators stay as good as they were."""
    read = figures[folder]

    assert read.tallies[measure].f1 >= FLOORS[folder][measure], "\n".join(read.misses)


@pytest.mark.parametrize("folder", FLOORS)
def test_heads_are_read_and_silence_is_kept(figures: dict[str, Figures], folder: str) -> None:
    """Every number and date is right, and a document that gives no work yields no task."""
    read = figures[folder]

    assert (read.heads.f1, read.silent.f1) == (1.0, 1.0)


def test_confidence_falls_where_reading_is_harder(figures: dict[str, Figures]) -> None:
    """Wrong tasks, where there are any, are on average less sure than right ones; no task is ever certain."""
    sureness = [pair for read in figures.values() for pair in read.sureness]
    right = [sure for sure, is_right in sureness if is_right]
    wrong = [sure for sure, is_right in sureness if not is_right]

    assert max(right) < 1.0
    assert not wrong or mean(wrong) < mean(right)
