"""Web pages: the text a reader sees, with the numbers of ordered lists, without menus, scripts and feet."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from directives.readers.archive import refuse_many_tags
from directives.readers.document import MAX_PART_BYTES, Content, Refusal, UnreadableDocument
from directives.readers.legacy.page import set_page_in_unicode
from directives.readers.numbering import write_number
from directives.readers.outside import outside_page_text
from directives.readers.plain import Decoded, decode, mended
from directives.readers.tables import Cell, is_data_table, write_rows
from directives.readers.wordml import Element

UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select"}
    | {"option", "svg", "iframe", "object", "audio", "video", "canvas"}
)
BLOCKS: Final = frozenset(
    {"html", "body", "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "address", "figure", "figcaption"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "center", "fieldset", "details"}
)
LIST_STYLES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
WHOLE: Final = re.compile(r"\s*-?\d{1,6}\s*")
SPACES: Final = re.compile(r"\s+")
MAX_DEPTH: Final = 200


def read_html(raw: bytes) -> Content:
    """Read a web page; raise UnreadableDocument where nothing can be made of it."""
    if len(raw) > MAX_PART_BYTES:
        raise UnreadableDocument(Refusal.TOO_LARGE, limit=f"{MAX_PART_BYTES // (1024 * 1024)} MB")
    refuse_many_tags(raw)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        decoded = _decode(raw)
        root = etree.fromstring(decoded.text.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if root is None:
        raise UnreadableDocument(Refusal.EMPTY)
    old = set_page_in_unicode(root, decoded.text)
    page = PageWalk()
    page.enter(root, 0)
    text, doubts = mended(Decoded("\n".join(page.finish()), decoded.is_guessed))
    return Content(text, pages=1, furniture=outside_page_text(root), doubts=(*old, *doubts))


def _decode(raw: bytes) -> Decoded:
    """Decode by the charset the page names, else as plain text is decoded."""
    named = CHARSET.search(raw[:4096])
    if named is not None and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = named.group(1).decode("ascii", errors="replace")
        try:
            return Decoded(raw.decode(name))
        except (LookupError, ValueError):
            pass  # a wrong or unknown name is common; the bytes know better
    return decode(raw)


@dataclass(slots=True)
class PageWalk:
    """Collects a page's lines: each block element begins a new one."""

    _lines: list[str] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)
    _mark: str = ""

    def finish(self) -> list[str]:
        """Return the lines collected."""
        self._end_line()
        return self._lines

    def enter(self, element: Element, depth: int) -> None:
        """Collect what is seen of an element and those in it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN or _is_hidden(element) or depth > MAX_DEPTH:
            return
        block = tag in BLOCKS
        if block or tag == "br":
            self._end_line()
        if tag == "table":
            self._table(element, depth)
            return
        self._line.append(element.text or "")
        marks = _list_marks(element)
        for each in element:
            if each in marks:
                self._end_line()
                self._mark = marks[each]
            self.enter(each, depth + 1)
            self._line.append(each.tail or "")
        if block:
            self._end_line()

    def _end_line(self) -> None:
        """Close the line; a list item's mark waits for the first words of the item."""
        text = SPACES.sub(" ", "".join(self._line)).strip()
        self._line = []
        if text:
            self._lines.append(self._mark + text)
            self._mark = ""

    def _table(self, table: Element, depth: int) -> None:
        """Collect a data table row by row, any other cell by cell."""
        rows = [
            [_cell(cell, depth) for cell in row if cell.tag in ("td", "th")]
            for row in table.iter("tr")
            if next(row.iterancestors("table"), None) is table
        ]
        bordered = table.get("border") not in (None, "", "0") or next(table.iter("th"), None) is not None
        if is_data_table(rows, bordered=bordered):
            self._lines += [line for _, line in write_rows(rows)]
        else:
            self._lines += [line for row in rows for cell in row for line in cell.lines]


def _cell(cell: Element, depth: int) -> Cell:
    walk = PageWalk()
    walk.enter(cell, depth + 2)
    across, down = (max(_whole(cell.get(name), 1), 1) for name in ("colspan", "rowspan"))
    return Cell(tuple(walk.finish()), span=across, rows=down)


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or HIDDEN.search(element.get("style") or "") is not None


def _list_marks(holder: Element) -> dict[Element, str]:
    """Return the mark of each list item as a browser shows it (start, value, reversed, type), or a dash."""
    items = [each for each in holder if each.tag == "li"]
    if holder.tag != "ol":
        return dict.fromkeys(items, "- ")
    backwards = holder.get("reversed") is not None
    count = _whole(holder.get("start"), len(items) if backwards else 1)
    style = LIST_STYLES.get(holder.get("type") or "", "decimal")
    marks = {}
    for item in items:
        count = _whole(item.get("value"), count)
        marks[item] = f"{write_number(count, style)}. "
        count += -1 if backwards else 1
    return marks


def _whole(text: str | None, otherwise: int) -> int:
    """Return an attribute's whole number, or what stands in for it."""
    return int(text) if text is not None and WHOLE.fullmatch(text) else otherwise
