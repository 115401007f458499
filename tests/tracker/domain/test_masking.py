"""A person's number is shown just enough to tell it from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.masking import masked


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("84912345678", "84••••••678", id="a telephone"),
        pytest.param("2512523625412515", "25•••••••••••515", id="a user of Zalo"),
        pytest.param("chat-1", "••••••", id="too short to show any of it"),
        pytest.param("", "", id="nothing"),
        pytest.param(None, "", id="none"),
    ],
)
def test_the_middle_is_hidden(value: str | None, shown: str) -> None:
    """The ends stay, the length too."""
    assert masked(value) == shown


@given(st.text(min_size=1, max_size=40))
def test_no_more_than_five_signs_are_ever_shown(value: str) -> None:
    """Of a short value none, of a long one two and three; what is hidden cannot be told back."""
    hidden = masked(value)

    assert len(hidden) == len(value)
    assert sum(sign != "•" for sign in hidden) <= 5
    assert hidden.count("•") >= min(len(value), 3)
