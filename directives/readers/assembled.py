"""From the pages of a file, by place, to its text: what PDF files and scans go through alike."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeVar

from directives.readers.arrange import arrange_all
from directives.readers.document import MAX_WORKING_SECONDS, Content, Refusal, UnreadableDocument
from directives.readers.ocr.doubts import doubts_of_scan
from directives.readers.ocr.words import Turn
from directives.readers.paragraphs import Paragraph, paragraphs
from directives.readers.pieces import Page
from directives.readers.places import PlacedText, Stretch
from directives.readers.running import without_running_lines

T = TypeVar("T")

AS_SHOWN: Final[Mapping[int, Turn]] = MappingProxyType({})


def assembled(
    pages: Sequence[Page], turns: Mapping[int, Turn] = AS_SHOWN, scans: Collection[int] = ()
) -> Content:
    """Put pages into one text; `turns` says how a page was turned to be read, by its number.

    `scans` are the numbers of the pages whose words were read from a picture.
    """
    kept, furniture = without_running_lines(pages)
    written = written_out(paragraphs(arrange_all(within_time(kept))))
    stretches = tuple(_as_shown(stretch, turns) for stretch in written.stretches)
    doubts = doubts_of_scan(written.text, stretches, scans) if scans else ()
    return Content(written.text, len(pages), tuple(furniture), stretches, doubts)


def written_out(found: Iterable[Paragraph]) -> PlacedText:
    """Write paragraphs one a line, each piece of them with its place."""
    written = PlacedText()
    for number, paragraph in enumerate(found):
        if number:
            written.end_line()
        for words, place in paragraph.lines:
            written.write(words, place)
    return written


def within_time(items: Iterable[T], seconds: float = MAX_WORKING_SECONDS) -> Iterator[T]:
    """Give the items until their time of the processor is up; then raise UnreadableDocument."""
    begun = time.process_time()
    for item in items:
        if time.process_time() - begun > seconds:
            raise UnreadableDocument(Refusal.TOO_LARGE, "reading-too-slow", limit=f"{seconds:.0f}")
        yield item


def _as_shown(stretch: Stretch, turns: Mapping[int, Turn]) -> Stretch:
    """Put the box of words read from a turned page where they stand on the page as shown."""
    place = stretch.place
    turn = turns.get(place.page or 0)
    if turn is None or place.box is None:
        return stretch
    return replace(stretch, place=replace(place, box=turn.back(place.box)))
