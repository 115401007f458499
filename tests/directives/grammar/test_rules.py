"""Each rule of the grammar reads its examples, leaves its counter-examples, and is needed."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

import pytest

from directives import acting, dating, heads, joining, kinds, subjects
from directives.acting import SubjectRule
from directives.model import ParsedDirective
from directives.subjects import subject_at
from tests.directives.grammar.laid_open import dated, item, leads_of, marked, page_of, whole

SUBJECTS: Final = (*acting.SHOWN, *acting.ACTING)
NOT_A_RULE_OF_ITS_OWN: Final = "with-more-words"


def named(words: str) -> tuple[str, str]:
    """Return the leads that a sentence of an item begins with, and the rule that told."""
    subject = subject_at(page_of(words), 0, len(words), trusting=True)
    return ("; ".join(lead.text for lead in subject.leads), subject.rule) if subject else ("", "")


@pytest.mark.parametrize("row", SUBJECTS, ids=lambda row: row.name)
def test_a_subject_is_read_by_its_row(row: SubjectRule) -> None:
    """The row names its bodies, and itself as the rule."""
    for words, leads in row.examples:
        read, rule = named(words)

        assert (read, row.name in (rule, NOT_A_RULE_OF_ITS_OWN)) == (leads, True), words


@pytest.mark.parametrize("row", SUBJECTS, ids=lambda row: row.name)
def test_a_subject_is_left_to_other_rows(row: SubjectRule) -> None:
    """A counter-example is read by another row, or by none."""
    assert [words for words in row.counter_examples if named(words)[1] == row.name] == []


@pytest.mark.parametrize("row", subjects.LEAD_INS, ids=lambda row: row.name)
def test_what_is_put_first_is_passed_over(row: subjects.LeadIn) -> None:
    """Behind a topic or an adverbial the row finds the subject; in its counter-examples none."""
    for words, leads in row.examples:
        found = row.decide(page_of(words), 0, len(words))

        assert found is not None, words
        assert leads == "; ".join(lead.text for lead in found.leads)
    for words in row.counter_examples:
        assert row.decide(page_of(words), 0, len(words)) is None, words


Read = Callable[[ParsedDirective], str]
TABLES: Final[dict[str, tuple[ModuleType, str, Read]]] = {
    "heads": (heads, "HEADS", leads_of),
    "kinds": (kinds, "KINDS", dated),
    "joins": (joining, "JOINS", dated),
}
ROWS: Final = [
    pytest.param(name, row, words, gives, id=f"{name}: {row.name}: {words[:40]}")
    for name, (module, table, _) in TABLES.items()
    for row in getattr(module, table)
    for words, gives in row.examples
]


@pytest.mark.parametrize(("table", "row", "words", "gives"), ROWS)
def test_an_item_gives_what_its_row_says(table: str, row: Any, words: str, gives: str) -> None:
    """Read as the one item of a notice, an example gives just that."""
    read = TABLES[table][2]

    assert gives == read(item(words))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        pytest.param(name, row, id=f"{name}: {row.name}")
        for name, (module, table, _) in TABLES.items()
        for row in getattr(module, table)
    ],
)
def test_a_row_is_needed(table: str, row: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its row an example is read otherwise: no row rests on another, and each has an example."""
    module, name, _ = TABLES[table]
    with_it = [whole(item(words)) for words, _ in row.examples]
    monkeypatch.setattr(module, name, tuple(one for one in getattr(module, name) if one is not row))

    assert with_it != [whole(item(words)) for words, _ in row.examples]


def dates_read(sentence: str) -> list[str]:
    """Return the words of the dates of the tasks of an item."""
    return [task.deadline.text for task in item(sentence).tasks if task.deadline]


@pytest.mark.parametrize("row", dating.NO_DATES, ids=lambda row: row.name)
def test_a_marked_phrase_dates_no_work(row: dating.NoDate, monkeypatch: pytest.MonkeyPatch) -> None:
    """The phrase is no task's date, and without the row it would be."""
    for example in row.examples:
        words, (phrase,) = marked(example)

        assert phrase not in dates_read(words)

        monkeypatch.setattr(dating, "NO_DATES", tuple(one for one in dating.NO_DATES if one is not row))
        assert phrase in dates_read(words)


@pytest.mark.parametrize("row", dating.JOINED_DATES, ids=lambda row: row.name)
def test_marked_phrases_are_one_date(row: dating.JoinedDates, monkeypatch: pytest.MonkeyPatch) -> None:
    """The marked words are the one date of the task, and without the row they would not be."""
    for example in row.examples:
        words, phrases = marked(example)

        assert phrases == dates_read(words)

        monkeypatch.setattr(dating, "JOINED_DATES", tuple(x for x in dating.JOINED_DATES if x is not row))
        assert phrases != dates_read(words)
