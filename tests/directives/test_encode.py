"""The JSON that other programs rely on: its keys, its plain values, words where it says they are."""

import json
from typing import Any

import pytest

from directives.encode import as_contract
from directives.parse import parse
from directives.text import one_line
from tests.conftest import ROOT

TEXTS = sorted((ROOT / "tests/directives/corpus").glob("*.txt"))
SOURCE = {"path": "a.txt", "sha256": "0" * 64, "format": "txt", "pages": 1}
DOCUMENT_KEYS = [
    "source", "genre", "number", "issued_on", "issuer", "subject", "cites", "tasks", "doubts",
    "signer", "urgency", "recipients", "fields",
]  # fmt: skip
HEAD_FIELDS = ("genre", "number", "issued_on", "issuer", "subject", "signer", "recipients", "urgency")
TASK_KEYS = [
    "item", "leads", "coordinators", "recipient", "action", "text", "span",
    "deadline", "confidence", "doubts", "rule",
]  # fmt: skip
DEADLINE_KEYS = [
    "text", "span", "kind", "stated", "exclusive", "due_on", "time", "every", "rule", "explain",
]  # fmt: skip
BODY_KEYS = ["text", "name", "code", "span", "rule", "named_by"]


@pytest.fixture(scope="module", params=TEXTS, ids=lambda path: path.stem)
def answer(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Read a document and encode it."""
    parsed = parse(request.param.read_text(encoding="utf-8"))
    return parsed.text, as_contract(parsed, SOURCE)


def test_the_keys_are_those_of_the_contract(answer: tuple[str, dict[str, Any]]) -> None:
    """Document, task, deadline and body have the promised keys in the promised order."""
    _, document = answer

    assert list(document) == DOCUMENT_KEYS
    for task in document["tasks"]:
        assert list(task) == TASK_KEYS
        assert all(list(body) == BODY_KEYS for body in [*task["leads"], *task["coordinators"]])
        assert task["deadline"] is None or list(task["deadline"]) == DEADLINE_KEYS


def test_it_is_plain_json(answer: tuple[str, dict[str, Any]]) -> None:
    """What comes back from JSON is what went in: no dates, no enums, no tuples."""
    _, document = answer

    assert document == json.loads(json.dumps(document, ensure_ascii=False))


def test_words_stand_where_the_spans_say(answer: tuple[str, dict[str, Any]]) -> None:
    """Deadlines are verbatim at their spans, bodies end there; a page break within is a space."""
    text, document = answer
    for task in document["tasks"]:
        start, end = task["span"]
        assert 0 <= start < end <= len(text)
        for named in [*task["leads"], *task["coordinators"]]:  # a shared head is repeated in their text
            assert without_pages(text, named["span"]).split()[-1].lower() == named["text"].split()[-1].lower()
        if task["deadline"]:
            assert without_pages(text, task["deadline"]["span"]) == task["deadline"]["text"]


def without_pages(text: str, span: list[int]) -> str:
    """Return the words of a span on one line, page numbers that stand alone on a line left out."""
    lines = text[span[0] : span[1]].split("\n")
    return one_line(
        " ".join(
            line for at, line in enumerate(lines) if at in (0, len(lines) - 1) or not line.strip().isdigit()
        )
    )


def test_every_computed_date_says_how_it_was_reached(answer: tuple[str, dict[str, Any]]) -> None:
    """A deadline has a rule and an explanation."""
    _, document = answer
    deadlines = [task["deadline"] for task in document["tasks"] if task["deadline"]]

    assert all(deadline["rule"] and deadline["explain"] for deadline in deadlines)


def test_every_field_says_which_rule_read_it(answer: tuple[str, dict[str, Any]]) -> None:
    """Tasks, their bodies and dates, the documents cited and each field of the head that has a value."""
    _, document = answer
    tasks = document["tasks"]
    bodies = [body for task in tasks for body in [*task["leads"], *task["coordinators"], task["recipient"]]]
    named = [body for body in [*bodies, *document["recipients"]] if body]
    read = [*tasks, *named, *document["cites"], *(task["deadline"] for task in tasks if task["deadline"])]

    assert [one for one in read if not one["rule"]] == []
    assert [body for body in named if not body["named_by"]] == []
    for field in HEAD_FIELDS:
        nothing_said = document[field] in (None, [], "other", "normal")
        assert nothing_said or document["fields"][field]["rule"]


def test_fields_of_the_head_point_at_their_words(answer: tuple[str, dict[str, Any]]) -> None:
    """A span lies in the text; that of the signer is his name."""
    text, document = answer
    for field in document["fields"].values():
        if field["span"]:
            assert 0 <= field["span"][0] <= field["span"][1] <= len(text)
    if document["signer"]:
        start, end = document["fields"]["signer"]["span"]
        assert one_line(text[start:end]) == document["signer"]
