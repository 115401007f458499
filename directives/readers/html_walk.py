"""The walk over a web page: each block of it begins a line, lists get their numbers, tables their rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from directives.readers.html_counters import Counters
from directives.readers.html_furniture import Furniture
from directives.readers.html_styles import (
    SET_APART,
    Sheet,
    is_hidden,
    is_struck,
    keeps_lines,
    list_style,
)
from directives.readers.html_tables import section_rows, stray_parts
from directives.readers.left_out import HIDDEN, STRUCK, LeftOut
from directives.readers.marks import BEGINS_WITH_MARK
from directives.readers.numbering import write_number
from directives.readers.tables import Cell, is_data_table, write_rows
from directives.readers.wordml import Element

UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "button", "select", "option", "svg", "iframe"}
    | {"object", "audio", "video", "canvas"}
)
BLOCKS: Final = frozenset(
    {"html", "body", "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "address", "figure", "figcaption"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "center", "fieldset", "details"}
    | {"form", "summary", "legend", "nav", "footer", "aside", "textarea", "listing", "xmp"}
)
LIST_TYPES: Final = MappingProxyType(
    {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
)
# What a field shows is part of a filled-in form; other kinds of field show no words of a document.
SHOWN_FIELDS: Final = frozenset({"", "text", "date", "month", "week", "number", "datetime-local"})
WHOLE: Final = re.compile(r"\s*-?\d{1,6}\s*")
SPACES: Final = re.compile(r"\s+")
KEPT_SPACE: Final = "\x01"  # stands for a space that is seen; no page can hold it
MAX_NESTED: Final = 20  # tables in each other; deeper ones are read as the blocks they are made of
TO_THE_END: Final = 65_534  # rows that a cell may reach down (HTML, 4.9.11)


@dataclass(slots=True)
class Frame:
    """An element being walked through, and how its words are shown."""

    element: Element
    children: Iterator[Element]
    block: bool
    kept: bool  # line ends and spaces are seen
    struck: bool
    marks: dict[Element, str]
    depth: int


@dataclass(slots=True)
class PageWalk:
    """Collects a page's lines, and what is left out of them."""

    sheet: Sheet
    furniture: Furniture
    nested: int = 0
    counters: Counters = field(default_factory=Counters)
    depth: int = 0  # of the elements around
    left_out: list[LeftOut] = field(default_factory=list)
    around: list[str] = field(default_factory=list)  # words of furniture and of what is not shown
    lines: list[str] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)
    _mark: str = ""
    _struck: list[str] = field(default_factory=list)

    def walk(self, root: Element, *, kept: bool = False, struck: bool = False) -> list[str]:
        """Collect what is seen of an element, and return the lines.

        `kept`: line ends around it are seen; `struck`: it stands in words struck out.
        """
        first = self._opened(root, self.depth, kept=kept, struck=struck)
        stack = [first] if first is not None else []
        while stack:
            frame = stack[-1]
            each = next(frame.children, None)
            if each is None:
                self._closed(stack.pop())
                if stack:
                    self._say(frame.element.tail, stack[-1])
                continue
            if each in frame.marks:
                self._end_line()
                self._mark = frame.marks[each]
            inner = self._opened(each, frame.depth + 1, kept=frame.kept, struck=frame.struck)
            if inner is None:
                self._say(each.tail, frame)
            else:
                stack.append(inner)
        self._end_line()
        return self.lines

    def _opened(self, element: Element, depth: int, *, kept: bool, struck: bool) -> Frame | None:
        """Begin an element; None where nothing in it is left to walk through."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN:
            return None
        style = self.sheet.style_of(element)
        if self.furniture.is_furniture(element):
            self.around += "\n".join(map(str, element.itertext())).split("\n")
            return None
        if is_hidden(element, style) or (tag == "dialog" and element.get("open") is None):
            self._hide(element)
            return None
        block = tag in BLOCKS or style.get("display") in SET_APART
        if block or tag == "br":
            self._end_line()
        self.counters.change(style, depth)
        if tag == "table" and self.nested < MAX_NESTED:
            self._table(element, depth, kept=kept, struck=struck)
            self.counters.end(depth)
            return None
        lines_kept = keeps_lines(element, style)
        frame = Frame(
            element,
            iter(element),
            block,
            kept=kept if lines_kept is None else lines_kept,
            struck=struck or is_struck(element, style),
            marks=self._list_marks(element),
            depth=depth,
        )
        self._say(self._before(element, depth + 1), frame)
        if tag == "input" and (element.get("type") or "").lower() in SHOWN_FIELDS:
            self._say(f" {element.get('value') or ''} ", frame)
        self._say(element.text, frame)
        return frame

    def _before(self, element: Element, depth: int) -> str:
        """Return the number that the page's styles count and write before an element."""
        style = self.sheet.before(element)
        self.counters.change(style, depth)
        content = style.get("content", "")
        if words := self.counters.decoration(content):
            self.around.append(words)
        return self.counters.written(content)

    def _closed(self, frame: Frame) -> None:
        self.counters.end(frame.depth)
        if frame.block:
            self._end_line()
        if frame.element.tag == "li":
            self._mark = ""  # of an item without words

    def _say(self, words: str | None, frame: Frame) -> None:
        """Add words to the line; where line ends are seen, they end it."""
        if not words:
            return
        if frame.struck:
            self._struck.append(words)
        elif frame.kept:
            first, *more = words.expandtabs(8).splitlines() or [""]
            self._line.append(first.replace(" ", KEPT_SPACE))
            for line in more:
                self._end_line()
                self._line.append(line.replace(" ", KEPT_SPACE))
            if words.endswith(("\n", "\r")):
                self._end_line()
        else:
            self._line.append(words)

    def _hide(self, element: Element) -> None:
        words = "\n".join(map(str, element.itertext()))
        self.around += words.split("\n")
        self.left_out.append(LeftOut(HIDDEN, one_line(words), None))

    def _end_line(self) -> None:
        """Close the line; a list item's mark waits for the first words of the item."""
        text = SPACES.sub(" ", "".join(self._line)).replace(KEPT_SPACE, " ").strip()
        self._line = []
        struck = one_line(" ".join(self._struck))
        self._struck = []
        if struck:
            self.around.append(struck)
            self.left_out.append(LeftOut(STRUCK, struck, len(self.lines) if text else None))
        if text:
            self.lines.append(text if self._mark and BEGINS_WITH_MARK.match(text) else self._mark + text)
            self._mark = ""

    def _table(self, table: Element, depth: int, *, kept: bool, struck: bool) -> None:
        """Collect a data table row by row, any other cell by cell."""
        for part in stray_parts(table):
            self._take(self._inner(part, depth + 1, kept=kept, struck=struck))
        rows: list[list[Cell]] = []
        walks: list[list[PageWalk]] = []
        for elements, below in self._shown_rows(table, depth):
            inner = [self._inner(cell, depth + 3, kept=kept, struck=struck) for cell in elements]
            walks.append(inner)
            rows.append([_cell(cell, walk.lines, below) for cell, walk in zip(elements, inner, strict=True)])
        bordered = table.get("border") not in (None, "", "0") or next(table.iter("th"), None) is not None
        if not is_data_table(rows, bordered=bordered):
            for walk in (walk for row in walks for walk in row):
                self._take(walk)
            return
        for index, line in write_rows(rows):
            for walk in walks[index]:
                self._take(walk, line=len(self.lines))
            self.lines.append(line)

    def _shown_rows(self, table: Element, depth: int) -> Iterator[tuple[list[Element], int]]:
        """Give the cells of each row that is shown, and how many rows of its section stand below it."""
        for section in section_rows(table):
            shown = [row for row in section if not self._hidden_part(row)]
            holder = shown[0].getparent() if shown else None
            if holder is not None and holder.tag != "table":
                self.counters.change(self.sheet.style_of(holder), depth + 1)
            for index, row in enumerate(shown):
                self.counters.change(self.sheet.style_of(row), depth + 2)
                cells = [cell for cell in row if cell.tag in ("td", "th") and not self._hidden_part(cell)]
                yield cells, len(shown) - index - 1

    def _hidden_part(self, element: Element) -> bool:
        holders = (element, element.getparent()) if element.tag == "tr" else (element,)
        hidden = any(
            is_hidden(each, self.sheet.style_of(each))
            for each in holders
            if each is not None and each.tag != "table"
        )
        if hidden:
            self._hide(element)
        return hidden

    def _inner(self, element: Element, depth: int, *, kept: bool, struck: bool) -> "PageWalk":
        """Walk through a part of a table on its own."""
        walk = PageWalk(self.sheet, self.furniture, self.nested + 1, self.counters, depth)
        walk.walk(element, kept=kept, struck=struck)
        return walk

    def _take(self, walk: "PageWalk", line: int | None = None) -> None:
        """Take over what a cell's walk found: its lines, or only its notes where it is part of a line."""
        self.around += walk.around
        for each in walk.left_out:
            place = line if line is not None or each.line is None else len(self.lines) + each.line
            self.left_out.append(LeftOut(each.code, each.words, place))
        if line is None:
            self.lines += walk.lines

    def _list_marks(self, holder: Element) -> dict[Element, str]:
        """Return the mark of each list item as a browser shows it (start, value, reversed, type, style)."""
        items = [each for each in holder if each.tag == "li"]
        if not items:
            return {}
        usual = list_style(self.sheet.style_of(holder))
        if usual is None:
            usual = LIST_TYPES.get(holder.get("type") or "", "decimal") if holder.tag == "ol" else "bullet"
        backwards = holder.get("reversed") is not None
        count = _whole(holder.get("start"), len(items) if backwards else 1)
        marks = {}
        for item in items:
            style = self.sheet.style_of(item)
            if is_hidden(item, style):
                continue
            count = _whole(item.get("value"), count)
            shown = list_style(style) or LIST_TYPES.get(item.get("type") or "", usual)
            is_item = style.get("display", "list-item").endswith("list-item")  # no other display has a mark
            marks[item] = _mark(count, shown) if is_item else ""
            count += -1 if backwards else 1
        return marks


def _mark(count: int, style: str) -> str:
    if style == "none":
        return ""
    return "- " if style == "bullet" else f"{write_number(count, style)}. "


def _cell(element: Element, lines: list[str], below: int) -> Cell:
    """Make a cell of its lines; one that reaches down no rows («0») reaches to the end of its section."""
    across, down = (_whole(element.get(name), 1) for name in ("colspan", "rowspan"))
    reach = below + 1 if down == 0 else min(max(down, 1), below + 1)
    return Cell(tuple(lines), span=max(across, 1), rows=reach)


def _whole(text: str | None, otherwise: int) -> int:
    """Return an attribute's whole number, or what stands in for it."""
    return int(text) if text is not None and WHOLE.fullmatch(text) else otherwise


def one_line(text: str) -> str:
    """Fold white space."""
    return SPACES.sub(" ", text).strip()
