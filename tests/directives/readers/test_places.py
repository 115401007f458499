"""Every word of a document can be shown where it stands: page, paragraph, box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.model import Span
from directives.readers import read_bytes
from directives.readers.places import Box, Place, PlacedText, Places
from directives.text import canonical
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.word import p, word_file

FIRST, SECOND = Place(1, 1, Box(10, 20, 30, 40)), Place(2, 1)


def placed(*parts: tuple[str, Place]) -> Places:
    """Write parts one behind the other."""
    written = PlacedText()
    for text, place in parts:
        written.write(text, place)
    return Places(written.text, written.stretches)


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (Span(0, 3), (FIRST,)),
        (Span(2, 6), (FIRST, SECOND)),
        (Span(4, 6), (SECOND,)),
        (Span(4, 4), (SECOND,)),
        (Span(0, 7), (FIRST, SECOND)),
    ],
)
def test_a_span_knows_each_place_its_words_stand_in(span: Span, found: tuple[Place, ...]) -> None:
    """A paragraph that runs over the end of a page stands on both."""
    assert placed(("một ", FIRST), ("hai", SECOND)).of(span) == found


def test_without_a_map_a_line_is_a_paragraph() -> None:
    """Plain text has neither pages nor boxes."""
    assert Places("một\nhai\nba").of(Span(5, 9)) == (Place(paragraph=2), Place(paragraph=3))


@given(st.lists(st.text(max_size=12), max_size=8))
def test_what_is_written_is_canonical_and_whole(parts: list[str]) -> None:
    """Stretches follow each other without a gap, and no later step moves them."""
    written = placed(*((part, FIRST) for part in parts))

    assert "".join(stretch.span.of(written.text) for stretch in written.stretches) == written.text
    assert canonical(written.text).count("\n") == written.text.count("\n")


def test_a_pdf_tells_page_and_box() -> None:
    """The words drawn at a place of the second page are found there."""
    document = read_bytes(pdf_file([words(85, 700, "First page."), words(85, 600, "Second page here.")]))
    start = document.text.index("Second")

    (place,) = document.places.of(Span(start, start + 6))

    assert (place.page, place.paragraph) == (2, 2)
    assert place.box is not None
    assert place.box.left == pytest.approx(85, abs=1)
    assert place.box.top < 842 - 600 < place.box.bottom


def test_a_word_file_tells_the_paragraph() -> None:
    """Word counts paragraphs; pages are known only where Word has laid them out."""
    document = read_bytes(word_file(p("Một.") + p("Hai.")))
    start = document.text.index("Hai")

    assert document.places.of(Span(start, start + 3)) == (Place(paragraph=2),)
