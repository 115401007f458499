"""The national register proves itself: every row by its own examples, no spelling twice at one time."""

from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest

from directives.agencies import Agency, default_register, find_agencies
from directives.agencies.lexicon import lexicon, load
from directives.names import key

REGISTER = default_register()


@pytest.mark.parametrize("agency", REGISTER.agencies, ids=lambda agency: agency.code)
def test_every_example_finds_its_agency(agency: Agency) -> None:
    """A row proves itself by its own examples."""
    assert agency.examples
    for clause in agency.examples:
        assert agency.code in [mention.code for mention in find_agencies(clause)], clause


@pytest.mark.parametrize("agency", REGISTER.agencies, ids=lambda agency: agency.code)
def test_every_spelling_reads_as_its_agency(agency: Agency) -> None:
    """Each alias, and each short form derived from it, is found and stands for its row."""
    for spelling in agency.spellings:
        mention = find_agencies(f"đề nghị {spelling}, báo cáo")[0]
        assert agency.code == mention.code, spelling


def test_no_spelling_belongs_to_two_agencies_at_one_time() -> None:
    """Two rows answer to the same words only if one had ceased before the other began."""
    rows = defaultdict(list)
    for agency in REGISTER.agencies:
        for spelling in {key(spelling) for spelling in agency.spellings}:
            rows[spelling].append(agency)

    clashes = [
        (spelling, one.code, other.code)
        for spelling, agencies in rows.items()
        for one, other in combinations(agencies, 2)
        if overlap(one, other)
    ]

    assert clashes == []


def overlap(one: Agency, other: Agency) -> bool:
    """Tell whether two rows stood on one day."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_to or date.max, other.valid_to or date.max)


def test_codes_are_unique() -> None:
    """A code names one row."""
    codes = [agency.code for agency in REGISTER.agencies]

    assert sorted(set(codes)) == sorted(codes)


def test_successors_are_in_the_register_and_stand_after_their_forerunner() -> None:
    """`became` names rows that stood on the day after the row's last."""
    by_code = {agency.code: agency for agency in REGISTER.agencies}
    for agency in REGISTER.agencies:
        for code in agency.became:
            assert agency.valid_to, agency.code
            assert (by_code[code].valid_to or date.max) > agency.valid_to


def test_short_forms_stand_for_one_thing() -> None:
    """No short form is listed under two wordings."""
    shorts = [short for forms in lexicon().short.values() for short in forms]

    assert sorted(set(shorts)) == sorted(shorts)


def test_head_words_are_listed_once() -> None:
    """A head word has one row, whatever its case."""
    words = [key(row["word"]) for row in load("bodies.toml")["head"]]

    assert sorted(set(words)) == sorted(words)
