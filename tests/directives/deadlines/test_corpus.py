"""The deadlines of the development corpus are found; documents kept to measure generalisation stay unread."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directives.citations import find_citations
from directives.deadlines import find_deadlines
from directives.text import canonical

HELD_OUT = frozenset(range(3, 31, 3))
READ = tuple(f"dv-{number:02d}" for number in range(1, 31) if number not in HELD_OUT)


def key(gold: dict[str, Any]) -> tuple[object, ...]:
    """Return what is compared of a gold deadline."""
    return (
        gold["text"],
        gold["kind"],
        gold["stated"],
        gold["exclusive"],
        gold.get("every"),
        gold.get("time"),
    )


def found_in(text: str, issued_on: date | None) -> set[tuple[object, ...]]:
    """Return the same of every deadline that is read."""
    masked = [citation.span for citation in find_citations(text)]
    return {
        (one.text, one.kind, one.stated and one.stated.isoformat(), one.exclusive, one.every, one.time)
        for one in find_deadlines(text, issued_on=issued_on, masked=masked)
    }


@pytest.mark.parametrize("name", READ)
def test_every_gold_deadline_is_found(name: str, shared: Path) -> None:
    """Words, kind, day, exclusiveness, interval and hour are those of the gold."""
    gold = json.loads((shared / "dev-corpus" / f"{name}.json").read_text(encoding="utf-8"))
    text = canonical((shared / "dev-corpus" / f"{name}.txt").read_text(encoding="utf-8"))
    issued_on = date.fromisoformat(gold["issued_on"]) if gold["issued_on"] else None
    expected = {key(task["deadline"]) for task in gold["tasks"] if task["deadline"]}

    assert expected - found_in(text, issued_on) == set()


@pytest.mark.parametrize("name", READ)
def test_documents_that_assign_work_give_nothing_else(name: str, shared: Path) -> None:
    """In a document with tasks no other time is taken for a deadline."""
    gold = json.loads((shared / "dev-corpus" / f"{name}.json").read_text(encoding="utf-8"))
    if not gold["tasks"]:
        pytest.skip("no work is assigned here; whose dates these are is not this reader's question")
    text = canonical((shared / "dev-corpus" / f"{name}.txt").read_text(encoding="utf-8"))
    issued_on = date.fromisoformat(gold["issued_on"]) if gold["issued_on"] else None
    expected = {key(task["deadline"]) for task in gold["tasks"] if task["deadline"]}

    assert found_in(text, issued_on) - expected == set()
