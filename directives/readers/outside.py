"""Words of a file that stand outside its text and yet may bear a stamp of secrecy.

Word art (a watermark is one) and captions in drawings, notes, a file's own title and keywords; the title,
head and foot of a web page. Sources: ECMA-376 part 1 (17.11 notes, 20.1 DrawingML), part 2 (11 core
properties) and part 4 (19.1.2.23 textpath).
"""

from collections.abc import Iterator
from typing import Final

from directives.readers.archive import Package
from directives.readers.wordml import Element, W

WORD_ART: Final = "{urn:schemas-microsoft-com:vml}textpath"
DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CORE: Final = "docProps/core.xml"
NOTES: Final = ("footnotes", "endnotes")
MAX_LINES: Final = 5000  # a stamp is not looked for behind them
MAX_LINE: Final = 200
PAGE_PARTS: Final = (
    "title",
    "header",
    "footer",
    "nav",
    "aside",
    "form",
    "pre",
)  # pre: its lines run together
PAGE_FACTS: Final = frozenset({"title", "subject", "keywords", "description", "classification"})
SILENT: Final = frozenset({"script", "style", "template", "noscript"})


def outside_word_text(package: Package, beside: str, parts: list[Element]) -> list[str]:
    """Return the lines of word art and drawings in these parts, of notes, and of a Word file's own facts."""
    lines = [line for part in parts for line in _drawn(part)]
    for name in NOTES:
        if (notes := package.part(f"{beside}{name}.xml")) is not None:
            lines += ["".join(text.text or "" for text in note.iter(W + "t")) for note in notes.iter(W + "p")]
    if (facts := package.part(CORE)) is not None:
        lines += [fact.text or "" for fact in facts]
    return _short(lines)


def outside_page_text(root: Element) -> tuple[str, ...]:
    """Return the lines of a web page's title, facts, head and foot, which are no part of its text."""
    lines = [
        meta.get("content") or ""
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").rpartition(":")[2].casefold() in PAGE_FACTS
    ]
    for part in root.iter(*PAGE_PARTS):
        lines += _seen(part)
    return tuple(_short(lines))


def _drawn(part: Element) -> Iterator[str]:
    for art in part.iter(WORD_ART):
        yield art.get("string") or ""
    for paragraph in part.iter(DRAWN + "p"):
        yield "".join(text.text or "" for text in paragraph.iter(DRAWN + "t"))


def _seen(part: Element) -> Iterator[str]:
    for each in part.iter():
        if each.tag not in SILENT:
            yield from (each.text or "").splitlines()
        yield from (each.tail or "").splitlines()


def _short(lines: list[str]) -> list[str]:
    """Keep the lines that could be a stamp."""
    return [line.strip() for line in lines[:MAX_LINES] if 0 < len(line.strip()) <= MAX_LINE]
