"""Words of a file that stand outside its text and yet may bear a stamp of secrecy.

Word art (a watermark is one) and captions in drawings; the title, head and foot of a web page. Sources:
ECMA-376 part 1 (20.1 DrawingML) and part 4 (19.1.2.23 textpath).
"""

from collections.abc import Iterator
from typing import Final

from directives.readers.wordml import Element

WORD_ART: Final = "{urn:schemas-microsoft-com:vml}textpath"
DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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


def outside_word_text(parts: list[Element]) -> list[str]:
    """Return the lines of word art and drawings in these parts; the rest of the package: `package_marks`."""
    return _short([line for part in parts for line in _drawn(part)])


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
