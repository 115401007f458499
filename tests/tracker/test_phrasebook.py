"""The catalogue of sentences is whole: both languages, the same fields, and every code the tracker uses."""

import re
from pathlib import Path
from string import Formatter

import pytest

from tests.conftest import ROOT
from tracker.domain.people import Role
from tracker.domain.status import Move, Status
from tracker.phrasebook import LANGUAGES, catalogue, language, say

CODE = re.compile(
    r"""(?:InvalidSetting|NotFound|InputRefused|Conflict|Unavailable|TrackerError|tell|say)\(\s*"([a-z_.-]+)\""""
)


def fields_of(sentence: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_say_the_same(code: str) -> None:
    """Every sentence is there in both languages, with the same fields."""
    entry = catalogue()[code]

    assert set(LANGUAGES) == entry.keys()
    assert fields_of(entry["vi"]) == fields_of(entry["en"])


@pytest.mark.parametrize("path", sorted((ROOT / "tracker").rglob("*.py")), ids=lambda path: path.name)
def test_every_code_that_is_used_has_its_sentence(path: Path) -> None:
    """No failure ends in a KeyError for want of words."""
    used = set(CODE.findall(path.read_text(encoding="utf-8")))

    assert used <= catalogue().keys()


@pytest.mark.parametrize("kind", [*Status, *Move, *Role])
def test_states_moves_and_roles_have_their_words(kind: Status | Move | Role) -> None:
    """Whatever a list can show is in the catalogue."""
    assert say(f"{type(kind).__name__.lower()}.{kind}", "vi")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("en", "en"), ("EN_gb", "en"), ("vi", "vi"), ("", "vi"), ("fr", "vi"), (" en ", "en")],
)
def test_vietnamese_is_spoken_unless_english_is_asked_for(
    asked: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language nobody has written falls back to Vietnamese."""
    monkeypatch.setenv("DONDOC_LANG", asked)

    assert expected == language()
