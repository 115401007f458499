"""Canonical text: every step does one thing, and doing it twice changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.text import STEPS, canonical, folded, one_line

CLEANED = [
    pytest.param("Uỷ ban", "Uỷ ban", id="letters and marks are put together"),
    pytest.param("Sở\u00a0Y\u202ftế\t", "Sở Y tế ", id="spaces of every kind become spaces"),
    pytest.param("a\r\nb\rc\u000cd", "a\nb\nc\nd", id="every line ends with a line feed"),
    pytest.param("\ufeffSở\u200b Y\u00ad tế", "Sở Y tế", id="what cannot be seen is dropped"),
    pytest.param("Ðà Nẵng, ð", "Đà Nẵng, đ", id="eth becomes Đ"),
    pytest.param("2021\u20112025 \u2212", "2021-2025 -", id="hyphens that only look like one"),
    pytest.param("a\u0001b", "a b", id="control characters become spaces"),
]
FOLDED = [
    ("Hoà Bình", "hòa bình"),
    ("UỶ BAN", "ủy ban"),
    ("Thuý khoẻ", "thúy khỏe"),
    ("quý, quỳ, hoàn, xoáy, ngoại", "quý, quỳ, hoàn, xoáy, ngoại"),
]


@pytest.mark.parametrize(("raw", "clean"), CLEANED)
def test_a_text_is_cleaned(raw: str, clean: str) -> None:
    """Each kind of dirt that real documents have is cleaned."""
    assert clean == canonical(raw)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_says_what_it_does(step: object) -> None:
    """The list of steps is the documentation of the cleaning."""
    assert step.__doc__


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """A canonical text stays as it is, so offsets into it never move."""
    assert canonical(text) == canonical(canonical(text))


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """Folded text is for matching: it has as many characters as the text."""
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(("text", "small"), FOLDED, ids=[text for text, _ in FOLDED])
def test_tones_have_one_place(text: str, small: str) -> None:
    """«hoà» and «hòa» fold alike; words whose tone has only one place are left alone."""
    assert small == folded(text)


def test_a_broken_line_is_one_line() -> None:
    """Words are shown on one line however they were broken."""
    assert one_line(" Sở \n   Tài nguyên\n\nvà Môi trường ") == "Sở Tài nguyên và Môi trường"
