"""Paragraphs and their marks as a tree of items, each with its path («II.2.a»)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from directives.labels import is_label_line
from directives.layout import Layout
from directives.markers import Mark, read_mark
from directives.model import Span
from directives.text import folded

_DONE = (".", ";", "!", "…")
_CELLS = 2  # bars that make a line a row of a table, which is read elsewhere
_MOST_SKIPPED = 3  # a numbering may jump this far and still be the same one


@dataclass(eq=False, slots=True)
class Section:
    """A paragraph, its mark and what hangs under it."""

    mark: Mark | None
    span: Span  # the paragraph without its mark
    path: str | None
    children: list["Section"] = field(default_factory=list)

    def walk(self) -> Iterator["Section"]:
        """Yield the section and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.children))


def build_outline(layout: Layout, within: Span) -> Section:
    """Return the root of the tree of all paragraphs inside the span; works for any text."""
    root = Section(None, Span(within.start, within.start), None)
    growing = _Growing(layout.flow, root)
    for paragraph in layout.paragraphs:
        inside = within.start <= paragraph.span.start and paragraph.span.end <= within.end
        if inside and layout.flow.count("|", paragraph.span.start, paragraph.span.end) < _CELLS:
            growing.add(paragraph.span)
    return root


class _Growing:
    """The tree while it grows: the open items from the outermost to the innermost."""

    def __init__(self, flow: str, root: Section) -> None:
        self.flow = flow
        self.small = folded(flow)
        self.root = root
        self.open: list[Section] = []
        self.intro: Section | None = None  # an unmarked paragraph after items that ends with a colon

    def add(self, span: Span) -> None:
        mark = read_mark(self.flow, span.start, span.end)
        if mark is None:
            self._add_plain(span)
            return
        start = mark.end
        while start < span.end and self.flow[start] == " ":
            start += 1
        self._add_marked(mark, Span(start, span.end))

    def _add_plain(self, span: Span) -> None:
        last = self.open[-1] if self.open else None
        section = Section(None, span, last.path if last else None)
        ends_open = self._expects_more(last) if last else False
        if last is not None and is_label_line(self.small, span):
            last.children.append(section)
            return
        if last is not None and (ends_open or (last.children and self._expects_more(last))):
            last.children.append(section)
            return
        section.path = None
        self.root.children.append(section)
        self.intro = section if self.flow[span.end - 1] == ":" else None

    def _expects_more(self, section: Section) -> bool:
        """Tell whether the item is only a heading, so that what follows belongs to it."""
        words = section.span.of(self.flow)
        return not words.rstrip().endswith(_DONE)

    def _add_marked(self, mark: Mark, span: Span) -> None:
        parent = self._parent_for(mark)
        section = Section(mark, span, _path(parent, mark))
        (parent.children if parent else self.root.children).append(section)
        self.open.append(section)
        self.intro = None

    def _parent_for(self, mark: Mark) -> Section | None:
        """Close the items that end here and return the one that the new item hangs under."""
        if self.intro is not None and mark.rank <= 1:
            self.open = [self.intro]
            return self.intro
        depth = self._depth_of(mark)
        if depth is None:
            return self.open[-1] if self.open else None
        del self.open[depth:]
        return self.open[-1] if self.open else None

    def _depth_of(self, mark: Mark) -> int | None:
        """Return where an item of the same numbering is open; None opens a new level."""
        same = [depth for depth, one in enumerate(self.open) if one.mark and one.mark.family == mark.family]
        if mark.family == "decimal":
            same = [d for d in same if _level(self.open[d]) == mark.label.count(".")]
            if not same:
                shallower = [
                    d
                    for d, one in enumerate(self.open)
                    if one.mark and one.mark.label == mark.label.rsplit(".", 1)[0]
                ]
                if shallower:
                    del self.open[shallower[-1] + 1 :]
        if not same:
            return None
        for depth in reversed(same):
            before = self.open[depth].mark
            if before and 0 < mark.rank - before.rank <= _MOST_SKIPPED:
                return depth
        return same[-1]


def _level(section: Section) -> int:
    return section.mark.label.count(".") if section.mark else 0


def _path(parent: Section | None, mark: Mark) -> str | None:
    above = parent.path if parent else None
    if not mark.row.in_path:
        return above
    if mark.family == "decimal" and above:
        kept = above.split(".")
        while kept and mark.label.startswith(".".join(_tail(kept, mark.label))) is False:
            kept.pop()
        overlap = _tail(kept, mark.label)
        kept = kept[: len(kept) - len(overlap)]
        return ".".join([*kept, mark.label])
    return f"{above}.{mark.label}" if above else mark.label


def _tail(kept: list[str], label: str) -> list[str]:
    """Return the end of a path that the decimal label repeats: II, 1 and «1.2» -> 1."""
    steps = label.split(".")
    for size in range(min(len(steps) - 1, len(kept)), 0, -1):
        if kept[-size:] == steps[:size]:
            return steps[:size]
    return []
