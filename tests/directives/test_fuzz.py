"""Reading is total: whatever stands in a text, an answer comes, and everything in it points into the text."""

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.model import ParsedDirective, Span
from directives.parse import parse
from directives.text import one_line
from tests.directives.soup import WORDS

MANY = 20_000
SOUP = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def spans_of(value: object) -> Iterator[Span]:
    """Yield every span inside a value."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from spans_of(inner)


def check(parsed: ParsedDirective) -> None:
    """Hold a reading to what every reading promises."""
    size = len(parsed.text)
    assert all(0 <= span.start <= span.end <= size for span in spans_of(parsed))
    assert all(task.leads and task.action for task in parsed.tasks), "a task has somebody to do it, and what"
    assert all(0.0 <= task.confidence <= 1.0 for task in parsed.tasks)
    for task in parsed.tasks:
        assert one_line(task.span.of(parsed.text)), "a task has words"
        if task.deadline and task.deadline.stated and task.deadline.due_on:
            assert task.deadline.due_on <= task.deadline.stated or "(Điều 148)" in task.deadline.explain


@given(SOUP)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_soup_of_the_genre_is_read(text: str) -> None:
    """Headings, bodies, verbs, dates and brackets in any order give an answer whose spans lie in the text."""
    check(parse(text))


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_is_read(text: str) -> None:
    """Any characters at all give an answer."""
    check(parse(text))


@given(SOUP, st.text(max_size=30))
@settings(max_examples=100)
def test_reading_twice_is_reading_once(text: str, name: str) -> None:
    """The answer depends on the text and the file's name alone."""
    assert parse(text, file_name=name) == parse(text, file_name=name)


@given(SOUP)
@settings(max_examples=100)
def test_the_canonical_text_reads_the_same(text: str) -> None:
    """Reading what a reading gives out as its text changes nothing."""
    first = parse(text)

    assert parse(first.text) == first


@pytest.mark.slow
def test_many_soups_are_read() -> None:
    """A long run of random documents raises nothing and keeps every promise."""
    dice = random.Random(20200509)  # noqa: S311 - the same documents in each run
    for _ in range(MANY):
        check(parse(" ".join(dice.choices(WORDS, k=dice.randrange(1, 80)))))
