"""Documents of our own in the genre, with what is to be read of them; `--regen` writes that anew."""

import json
from pathlib import Path
from typing import Any

import pytest

from directives.model import Deadline, TaskDraft
from directives.parse import parse

GOLDEN = Path(__file__).parent / "golden"
TEXTS = sorted(GOLDEN.glob("*.txt"))
ACTION = 60  # letters of the action that a golden file keeps


def expected_of(path: Path) -> dict[str, Any]:
    """Return what a golden file says of a document."""
    annotation: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return annotation


def gist_of(path: Path) -> dict[str, Any]:
    """Read a document and keep what its golden file states."""
    parsed = parse(path.read_text(encoding="utf-8"))
    head = parsed.head
    return {
        "id": path.stem,
        "genre": str(head.genre),
        "number": head.number,
        "issued_on": head.issued_on.isoformat() if head.issued_on else None,
        "cites": [citation.number for citation in parsed.cites],
        "tasks": [task_of(task) for task in parsed.tasks],
    }


def task_of(task: TaskDraft) -> dict[str, Any]:
    """Return a task as golden files have it."""
    return {
        "item": task.item,
        "leads": [lead.text for lead in task.leads],
        "coordinators": [one.text for one in task.coordinators],
        "action": task.action[:ACTION].strip(),
        "deadline": deadline_of(task.deadline) if task.deadline else None,
    }


def deadline_of(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as golden files have it."""
    return {
        "text": deadline.text,
        "kind": str(deadline.kind),
        "stated": deadline.stated.isoformat() if deadline.stated else None,
        "exclusive": deadline.exclusive,
        "every": str(deadline.every) if deadline.every else None,
        "time": deadline.time,
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_reading_is_the_expected_one(path: Path, regen: bool) -> None:
    """Head, citations and tasks are what a person who knows the rules wrote down."""
    if regen:
        gist = json.dumps(gist_of(path), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(gist + "\n", encoding="utf-8")

    assert expected_of(path) == gist_of(path)


def test_there_are_documents_without_tasks() -> None:
    """Silence is among what the golden files expect: an invitation, an appointment, a report."""
    silent = [path.stem for path in TEXTS if not expected_of(path)["tasks"]]

    assert len(silent) >= 3
