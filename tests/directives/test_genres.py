"""Each kind of document is known by its examples."""

import pytest

from directives.genres import ROWS, GenreRow, genre_of_number, genre_of_title
from directives.model import Genre


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.genre)
def test_each_row_reads_its_examples(row: GenreRow) -> None:
    """A title or a number of each row names the row's kind."""
    read = {one: genre_of_title(one) or genre_of_number(one) for one in row.examples}

    assert read == dict.fromkeys(row.examples, row.genre)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.genre)
def test_every_title_and_symbol_is_its_rows(row: GenreRow) -> None:
    """No title and no symbol stands in two rows."""
    titles = {title: genre_of_title(title) for title in row.titles}
    symbols = {symbol: genre_of_number(f"12/{symbol}-UBND") for symbol in row.symbols}

    assert titles == dict.fromkeys(row.titles, row.genre)
    assert symbols == dict.fromkeys(row.symbols, row.genre)


def test_a_number_without_a_kind_is_a_letters() -> None:
    """«3318/UBND-CN» names who wrote it and no kind."""
    assert genre_of_number("3318/UBND-CN") is Genre.LETTER
