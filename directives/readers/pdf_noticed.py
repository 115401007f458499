"""What a person should look at on a page of a PDF: words with a line through them, or that nobody sees.

The words stay in the text, for a drawing is easily misread; a doubt says where they stand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final

from directives.model import Doubt, Span
from directives.readers.left_out import SAMPLE
from directives.readers.ocr.words import Turn
from directives.readers.places import Box, Stretch
from directives.text import canonical

STRUCK: Final = "line-through-words"
UNSEEN: Final = "unseen-text"
RAISED: Final = "raised-figure"
FIELD: Final = "form-field"
NOTE: Final = "note-on-page"
MESSAGES: Final = {
    STRUCK: "Có nét gạch ngang qua chữ, chữ vẫn được đọc: «{words}». Hãy đối chiếu với bản gốc.",
    UNSEEN: "Chữ không nhìn thấy được trên trang (cùng màu giấy, quá nhỏ, bị che hoặc nằm ngoài trang) "
    "vẫn được đọc: «{words}». Hãy đối chiếu với bản gốc.",
    RAISED: "Chữ số nhỏ viết cao (số chú thích?) dính liền số khác: «{words}». Hãy đối chiếu với bản gốc.",
    FIELD: "Nội dung điền vào ô của biểu mẫu PDF: «{words}». Hãy đối chiếu với bản gốc.",
    NOTE: "Ghi chú viết thêm lên trang PDF: «{words}». Hãy đối chiếu với bản gốc.",
}
MOST: Final = 50  # doubts of one kind
TOUCHING: Final = 1.0  # point


@dataclass(frozen=True, slots=True)
class Noticed:
    """Words on a page, by the code of their doubt; the box is that of the page as it is read."""

    code: str
    words: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    words: str
    span: Span | None


def doubts_of_noticed(
    noticed: Iterable[Noticed], text: str, stretches: Sequence[Stretch], turns: Mapping[int, Turn]
) -> tuple[Doubt, ...]:
    """Return a doubt for each passage, with its span where its words are in the text.

    `turns` says how a page was turned to be read: boxes of stretches are those of the page as shown.
    """
    found = [_found(each, text, stretches, turns) for each in noticed]
    doubts: list[Doubt] = []
    for code, same in groupby(sorted(found, key=attrgetter("code")), key=attrgetter("code")):
        passages = list(_joined(list(same), text))
        doubts += [
            Doubt(code, MESSAGES[code].format(words=_sample(each.words)), each.span)
            for each in passages[:MOST]
        ]
    return tuple(doubts)


def _found(noticed: Noticed, text: str, stretches: Sequence[Stretch], turns: Mapping[int, Turn]) -> _Found:
    """Find the words among those that stand at their place; a line of them where they were mended since."""
    turn = turns.get(noticed.page)
    box = noticed.box if turn is None else turn.back(noticed.box)
    here = [
        each.span
        for each in stretches
        if each.place.page == noticed.page and each.place.box is not None and _touch(each.place.box, box)
    ]
    words = canonical(noticed.words)
    pattern = re.compile(r"\s*".join(map(re.escape, "".join(words.split()))))  # spaces may be put in or lost
    for span in here:
        if (at := pattern.search(text, span.start, span.end)) is not None:
            return _Found(noticed.code, at[0], Span(at.start(), at.end()))
    whole = Span(min(each.start for each in here), max(each.end for each in here)) if here else None
    return _Found(noticed.code, words, whole)


def _touch(one: Box, two: Box) -> bool:
    return (
        min(one.right, two.right) - max(one.left, two.left) > TOUCHING
        and min(one.bottom, two.bottom) - max(one.top, two.top) > TOUCHING
    )


def _joined(found: Sequence[_Found], text: str) -> Iterator[_Found]:
    """Join words that follow each other in the text, as the lines of a paragraph do."""
    placed = sorted(((each.span, each) for each in found if each.span is not None), key=itemgetter(0))
    last: tuple[Span, _Found] | None = None
    for span, each in placed:
        if last is not None and not text[last[0].end : span.start].strip():
            both = Span(last[0].start, max(last[0].end, span.end))
            last = both, _Found(each.code, both.of(text).replace("\n", " "), both)
            continue
        if last is not None:
            yield last[1]
        last = span, each
    if last is not None:
        yield last[1]
    yield from (each for each in found if each.span is None)


def _sample(words: str) -> str:
    return words if len(words) <= SAMPLE else words[:SAMPLE].rpartition(" ")[0] + " …"
