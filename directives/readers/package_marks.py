"""Words anywhere in an Office package that may bear a stamp, beside those that are read as its text.

Comments, custom facts («Độ mật»: «Tối mật»), diagrams, drawings, heads under any name, descriptions
of pictures, words that are deleted or hidden, names of sheets, and the files that are packed inside.
Source: ECMA-376 part 1 (17.13 comments and revisions, 20.4.2.5 docPr, 18.2.19 sheet).
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from directives.readers.archive import Package
from directives.readers.packed import Packed, refuse_secret_files
from directives.readers.picture_marks import refuse_secret_pictures
from directives.readers.wordml import Element, W

MAX_LINES: Final = 5000
MAX_LINE: Final = 200
MAX_PART: Final = 4 * 1024 * 1024  # a part with more words than that is no place for a stamp
CUSTOM: Final = "docProps/custom.xml"
CORE: Final = "docProps/core.xml"
BOOK: Final = "xl/workbook.xml"
# What is read as text, or is only looks; a row of a sheet is data, «Mật» in it no stamp.
TEXTS: Final = ("word/document", "xl/worksheets/", "xl/sharedStrings", "xl/styles")
LOOKS: Final = ("theme", "styles", "fontTable", "settings", "numbering", "_rels", "webSettings")
PACKED: Final = ("word/", "xl/")
PACKED_ENDINGS: Final = (
    ".docx", ".docm", ".xlsx", ".xlsm", ".pdf", ".html", ".htm", ".mht", ".txt", ".rtf", ".doc", ".xls",
)  # fmt: skip


def marks_of(package: Package) -> list[str]:
    """Return the short lines of a package that stand outside its text."""
    lines: list[str] = []
    for name in package.names(""):
        if len(lines) > MAX_LINES or package.size(name) > MAX_PART or any(word in name for word in LOOKS):
            continue
        if (part := package.part(name)) is not None:
            lines += _lines(name, part)
    return [line.strip() for line in lines[:MAX_LINES] if 0 < len(line.strip()) <= MAX_LINE]


def refuse_secrets_inside(package: Package) -> None:
    """Raise UnreadableDocument (secret) where a file or a picture inside bears a stamp or such a name."""
    refuse_secret_pictures(package)
    refuse_secret_files(
        Packed(name, package.size(name), partial(package.content, name))
        for name in package.every_name()
        if _is_packed(name)
    )


def _is_packed(name: str) -> bool:
    return name.startswith(PACKED) and name.lower().endswith(PACKED_ENDINGS)


def _lines(name: str, part: Element) -> Iterator[str]:
    if name == CUSTOM:
        for fact in part:
            yield from _fact(fact)
    elif name == CORE:
        yield from (fact.text or "" for fact in part)
    elif name == BOOK:
        yield from (sheet.get("name") or "" for sheet in part.iter("{*}sheet"))
    else:
        yield from _drawn(part)
        yield from _out_of_sight(part) if name.startswith(TEXTS) else _said(part)


def _fact(fact: Element) -> Iterator[str]:
    """Give a custom fact with its name, and alone."""
    said = "".join(str(words) for words in fact.itertext()).strip()
    yield f"{fact.get('name') or ''}: {said}"
    yield said


def _drawn(part: Element) -> Iterator[str]:
    """Give what a picture is said to show."""
    for properties in part.iter("{*}docPr", "{*}cNvPr"):
        yield properties.get("descr") or ""
        yield properties.get("title") or ""


def _said(part: Element) -> Iterator[str]:
    """Give each paragraph of a part, or its bare words where it has none."""
    paragraphs = list(part.iter("{*}p"))
    for paragraph in paragraphs:
        yield _words(paragraph)
    if not paragraphs:
        yield from (element.text or "" for element in part.iter("{*}t"))


def _out_of_sight(part: Element) -> Iterator[str]:
    """Give the paragraphs of a text with words that were deleted or hidden, or look like capitals."""
    for paragraph in part.iter(W + "p"):
        if paragraph.find(f".//{W}delText") is not None or paragraph.find(f".//{W}vanish") is not None:
            yield _words(paragraph)
        elif paragraph.find(f".//{W}caps") is not None:
            yield _words(paragraph).upper()


def _words(paragraph: Element) -> str:
    return "".join(element.text or "" for element in paragraph.iter("{*}t", "{*}delText"))
