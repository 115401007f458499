"""What is read right of annotated documents, as floors that may only rise, and how well confidence tells."""

import pytest

from directives.parse import parse
from tests.directives.test_parse import HEAD
from tests.scoring import MEASURES, Figures, score

# Figures below these are a loss; when a floor is passed for good, raise it.
FLOORS = {
    "tests/directives/corpus": {"deadlines": 0.99, "assignments": 0.99, "tasks": 0.99, "coordinators": 0.98},
    "tests/directives/blind": {"deadlines": 0.98, "assignments": 0.98, "tasks": 0.98, "coordinators": 0.98},
    "tests/directives/unseen": {"deadlines": 0.99, "assignments": 0.99, "tasks": 0.99, "coordinators": 0.99},
    "tests/directives/latest": {"deadlines": 0.97, "assignments": 0.96, "tasks": 0.95, "coordinators": 1.0},
    "tests/directives/golden": {"deadlines": 1.0, "assignments": 1.0, "tasks": 1.0, "coordinators": 1.0},
}
NOT_SILENT_YET = {"tests/directives/latest": 0.8}  # news there tells of an order of its own


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

    assert read.heads.f1 == 1.0
    assert read.silent.f1 >= NOT_SILENT_YET.get(folder, 1.0)


def test_no_task_is_certain(figures: dict[str, Figures]) -> None:
    """Even where every task is right, none claims to be."""
    assert max(sure for read in figures.values() for sure, _ in read.sureness) < 1.0


# Each sentence is harder to read than the one above it: what makes it so stands beside it.
HARDER = (
    ("Giao Sở Y tế rà soát trước ngày 10/5/2020.", "nothing"),
    ("Giao Sở Y tế, Sở Tài chính rà soát trước ngày 10/5/2020.", "two leads"),
    ("Giao các đơn vị liên quan rà soát trước ngày 10/5/2020.", "a group nobody can list"),
    ("Giao các đơn vị liên quan rà soát trước ngày 31/4/2020.", "and a day that is none"),
)


def test_confidence_falls_where_reading_is_harder() -> None:
    """Each further risk makes a reading less sure."""
    sure = [parse(f"{HEAD}1. {sentence}").tasks[0].confidence for sentence, _ in HARDER]

    assert sure == sorted(set(sure), reverse=True)
