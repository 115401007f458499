"""Every format gives the words of the document and the numbers of its items."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from directives.readers import read
from directives.text import one_line
from tests.directives.readers.faithfulness import error_rate, marks_of

NOTICE, LETTER = "thong-bao-120-tb-ubnd", "cong-van-8287-ubnd-kt1"
MOST_WRONG = {"docx": 0.3, "pdf": 0.3, "html": 0.3}  # letters in a hundred


def true_body(examples: Path, stem: str) -> str:
    """Return what stands between the head and the foot of an example, from what it was made of."""
    source: dict[str, Any] = tomllib.loads((examples / "documents.toml").read_text(encoding="utf-8"))
    made = next(one for one in source["official"] if one["stem"] == stem)
    lines = list(made["introduction"])
    for number, item in enumerate(made["items"], start=1):
        lines += [f"{number}. {item['text']}", *(f"- {bullet}" for bullet in item.get("bullets", ()))]
    return "\n".join([*lines, made["closing"]])


def body_of(text: str, true: str) -> str:
    """Cut a reading from the first words of the body to the last, whatever stands around them."""
    flat, first, last = one_line(text), one_line(true)[:40], one_line(true)[-20:]
    return flat[max(flat.find(first), 0) : flat.rfind(last) + len(last)]


@pytest.mark.parametrize("stem", [NOTICE, LETTER])
@pytest.mark.parametrize("ending", MOST_WRONG)
def test_hardly_a_letter_differs(examples: Path, stem: str, ending: str) -> None:
    """The body is the words it was made of."""
    true = true_body(examples, stem)
    body = body_of(read(examples / f"{stem}.{ending}").text, true)

    assert error_rate(body, true) <= MOST_WRONG[ending]


@pytest.mark.parametrize("stem", [NOTICE, LETTER])
@pytest.mark.parametrize("ending", MOST_WRONG)
def test_no_number_of_an_item_is_lost(examples: Path, stem: str, ending: str) -> None:
    """Popular readers lose the numbers that Word and browsers write; they decide whose task is whose."""
    assert marks_of(read(examples / f"{stem}.{ending}").text) == marks_of(true_body(examples, stem))
