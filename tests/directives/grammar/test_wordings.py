"""Each row of words finds what its examples mark, and nothing in its counter-examples."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from directives import (
    acting,
    asides,
    background,
    bodies,
    coordination,
    dated_elsewhere,
    dating,
    doers,
    formulas,
    heads,
    kinds,
    labels,
    orders,
    orders_inside,
    parts,
    postponements,
    predicates,
    recipients,
    schedules,
    stand_ins,
    standing_dates,
    subjects,
    table_rows,
    timing,
    verbs,
    voice,
)
from directives.grammar import Wording, Wordings
from directives.model import Span
from directives.text import folded
from tests.directives.grammar.laid_open import marked, page_of

MODULES: Final[tuple[Any, ...]] = (
    acting, asides, background, bodies, dated_elsewhere, dating, doers, heads, kinds, orders, parts,
    postponements, schedules, stand_ins, standing_dates, subjects, table_rows, timing, verbs, voice,
)  # fmt: skip
SETS: Final = {
    "cues of help": coordination.CUES,
    "what is to be done": predicates.TO_DO,
    "what is only told": predicates.NOT_TO_DO,
    "recipients": recipients.RECIPIENTS,
}
TABLES: Final[dict[str, tuple[Wording, ...]]] = {
    **{name: table.rows for name, table in SETS.items()},
    "other words of help": (coordination.TOGETHER, coordination.HELP_IN_LIST, coordination.HELPS),
    "before the work": coordination.HEADS,
    "formulas": formulas.FORMULAS,
    "formulas that close": formulas.CLOSING,
    "no work": (*formulas.SINGLE, formulas.DIFFICULTIES),
    "onward": (recipients.ONWARD,),
    "which of them": (predicates.WHERE,),
    "before an order": (*orders_inside.LINKS, orders_inside.REPORTED),
    **{module.__name__.removeprefix("directives."): module.WORDINGS for module in MODULES},
}
ROWS: Final = [pytest.param(row, id=f"{table}: {row.name}") for table in TABLES for row in TABLES[table]]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_finds_what_its_examples_mark(row: Wording) -> None:
    """Searched for, the row finds the marked stretch, whole."""
    for example in row.examples:
        words, (stretch,) = marked(example)
        start = example.index("«")
        found = row.search(folded(words)) if start else row.match(folded(words))
        found = found if found is not None and found.start() == start else row.match(folded(words), start)

        assert found is not None, example
        assert folded(stretch) == found[0]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_leaves_its_counter_examples(row: Wording) -> None:
    """What only looks like its words is not found."""
    assert [words for words in row.counter_examples if row.search(folded(words))] == []


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_names_of_their_own_and_examples(table: str) -> None:
    """A rule can be found by its name, and a row without an example is a guess."""
    names = [row.name for row in TABLES[table]]

    assert sorted(set(names)) == sorted(names)
    assert [row.name for row in TABLES[table] if not row.examples] == []


@pytest.mark.parametrize("row", ROWS)
def test_what_a_row_needs_stands_in_what_it_finds(row: Wording) -> None:
    """The words asked for first are part of every match; without them nothing is missed."""
    for example in row.examples if row.needs else ():
        found = row.pattern.search(folded(marked(example)[0]))

        assert found is not None
        assert any(word in found[0] for word in row.needs)


@pytest.mark.parametrize("table", SETS.values(), ids=SETS)
def test_rows_tried_together_are_told_apart(table: Wordings) -> None:
    """Of rows that are one pattern, the one that finds an example names itself."""
    for row in table.rows:
        for example in row.examples:
            found = table.search(folded(marked(example)[0]))

            assert found is not None
            assert table.name_of(found) == row.name


def formula(words: str, *, closing: bool, to_all: bool) -> Wording | None:
    """Ask as the reading does."""
    return formulas.formula_in(folded(words), closing=closing, to_all=to_all)


@pytest.mark.parametrize("row", formulas.FORMULAS + formulas.CLOSING, ids=lambda row: row.name)
def test_a_formula_is_known_by_its_row(row: Wording) -> None:
    """The first formula that fits is the example's own; those that close are known only outside items."""
    for example in row.examples:
        words, _ = marked(example)

        assert formula(words, closing=True, to_all=False) is row
        assert (formula(words, closing=False, to_all=False) is row) == (row in formulas.FORMULAS)


ASKED: Final[dict[str, tuple[Wording, Callable[[str], bool]]]] = {
    "liability": (formulas.LIABILITY, formulas.is_liability),
    "shortfall": (formulas.SHORTFALL, formulas.falls_short),
    "bestowal": (formulas.BESTOWAL, formulas.is_bestowal),
    "quiet heading": (formulas.QUIET_HEADING, formulas.is_background_heading),
}


@pytest.mark.parametrize(("row", "asked"), ASKED.values(), ids=ASKED)
def test_a_question_is_answered_by_its_row(row: Wording, asked: Callable[[str], bool]) -> None:
    """Yes for the examples of the row, no for its counter-examples."""
    assert all(asked(folded(marked(words)[0])) for words in row.examples)
    assert not any(asked(folded(words)) for words in row.counter_examples)


@pytest.mark.parametrize("row", labels.LABELS, ids=lambda row: row.name)
def test_a_label_says_what_its_value_is(row: labels.LabelRow) -> None:
    """Behind its label a value is the field of the row."""
    words = f"{row.example}: Sở Y tế."

    assert [field for field, _ in labels.fields_in(page_of(words), Span(0, len(words)))] == [row.field]
