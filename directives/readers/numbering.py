"""The numbers Word writes itself: from numId through abstractNum to «3.», «a)» or «- ».

Sources: ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles). Word counts per abstract list: two lists of one
abstract list go on counting, unless the second says where it starts (startOverride).
"""

from dataclasses import dataclass, field
from typing import Final

from directives.readers.wordml import Element, W, child, is_on, number, value

LEVELS: Final = 9
MAX_CHAIN: Final = 100  # styles based on each other; Word itself stops far earlier
MAX_LETTERS: Final = 780  # «a» to «z» thirty times over, where Word itself ends
MAX_MARK: Final = 255  # letters of a level's text
ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    restarts_after: int | None = (
        None  # the level (from 1) that sets it back; 0 = none; None = every higher one
    )
    legal: bool = False  # higher levels shown in Arabic digits


@dataclass(frozen=True, slots=True)
class NumberingList:
    """A list as a paragraph names it: whose count it goes on with, and how its levels look."""

    counted_with: str
    levels: dict[int, Level]
    starts: dict[int, int]  # level → where this list begins anew


@dataclass(slots=True)
class Numbering:
    """Gives each numbered paragraph its mark, in the order of the document."""

    lists: dict[str, NumberingList]
    styles: "Styles"
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, properties: Element | None) -> str:
        """Return the mark of the paragraph with these properties («3. », «a) », «- »), or nothing."""
        reference = self.styles.numbering_of(properties)
        if reference is None or reference[0] not in self.lists:
            return ""
        num_id, depth = reference
        numbered = self.lists[num_id]
        if depth is None:
            depth = self.styles.level_linked_to(properties, numbered)
        depth = min(max(depth, 0), LEVELS - 1)
        return self._next(num_id, numbered, depth)

    def _next(self, num_id: str, numbered: NumberingList, depth: int) -> str:
        """Count one up at this depth, set the deeper levels back, and write the mark.

        Levels above that no paragraph has begun are begun by it: the next at their depth is the second.
        """
        counts = self._counts.setdefault(numbered.counted_with, {})
        for above in range(depth):
            counts.setdefault(above, numbered.levels.get(above, Level()).start)
        level = numbered.levels.get(depth, Level())
        if depth in numbered.starts and (num_id, depth) not in self._begun:
            counts[depth] = numbered.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((num_id, depth))
        for deeper in [other for other in counts if other > depth]:
            after = numbered.levels.get(deeper, Level()).restarts_after
            if after is None or after > depth:
                del counts[deeper]
        return write_mark(numbered.levels, depth, counts)


def write_mark(levels: dict[int, Level], depth: int, counts: dict[int, int]) -> str:
    """Write the mark of a level: its text with %1 … %9 replaced by the counts, and the gap after it."""
    level = levels.get(depth, Level())
    if level.format == "bullet":
        sign = level.text.strip()
        return f"{sign if sign == '+' else '-'} " if sign else ""
    text = level.text
    for other in range(depth + 1):
        shown = levels.get(other, Level())
        style = "decimal" if level.legal and other < depth else shown.format
        text = text.replace(f"%{other + 1}", write_number(counts.get(other, shown.start), style))
    return text.strip() + level.suffix if text.strip() else ""


def write_number(count: int, style: str) -> str:
    """Write a count in a number format of Word; those that no office uses fall back to digits."""
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{count:02d}"
    if style.endswith("Letter") and 0 < count <= MAX_LETTERS:  # a … z, aa, bb …
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style.endswith("Roman") and 0 < count < 4000:  # noqa: PLR2004 - Roman digits go no further
        return _roman(count).upper() if style == "upperRoman" else _roman(count)
    return str(count)


def _roman(count: int) -> str:
    digits = ""
    for size, sign in ROMAN:
        digits += sign * (count // size)
        count %= size
    return digits


@dataclass(frozen=True, slots=True)
class Styles:
    """Paragraph styles, as far as numbering asks: list, level and what they are based on."""

    based_on: dict[str, str]
    numbered: dict[str, tuple[str | None, int | None]]  # style → (numId, ilvl)
    linked: dict[str, dict[str, int]]  # list counted with → style → level
    default: str | None = None

    def numbering_of(self, properties: Element | None) -> tuple[str, int | None] | None:
        """Return (numId, level) of a paragraph, its own before its style's; None where it has none."""
        own = child(properties, "numPr")
        num_id, depth = value(own, "numId"), number(own, "ilvl")
        for style in self._chain(properties):
            if num_id is not None and depth is not None:
                break
            styled_id, styled_depth = self.numbered.get(style, (None, None))
            if num_id is None:
                num_id = styled_id
            if depth is None and own is None:
                depth = styled_depth
        if num_id is None or num_id == "0":
            return None
        return num_id, 0 if depth is None and own is not None else depth

    def level_linked_to(self, properties: Element | None, numbered: NumberingList) -> int:
        """Return the level that the list links to the paragraph's style, 0 where none is."""
        links = self.linked.get(numbered.counted_with, {})
        return next((links[style] for style in self._chain(properties) if style in links), 0)

    def _chain(self, properties: Element | None) -> list[str]:
        """List the paragraph's style and those it is based on, nearest first; a circle is cut."""
        chain: list[str] = []
        style = value(properties, "pStyle") or self.default
        while style is not None and style not in chain and len(chain) < MAX_CHAIN:
            chain.append(style)
            style = self.based_on.get(style)
        return chain


def load_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """Read word/numbering.xml and word/styles.xml, either of which may be missing."""
    based_on: dict[str, str] = {}
    numbered: dict[str, tuple[str | None, int | None]] = {}
    default = None
    for style in styles.iter(W + "style") if styles is not None else ():
        name = style.get(W + "styleId")
        if name is None:
            continue
        if (parent := value(style, "basedOn")) is not None:
            based_on[name] = parent
        if (properties := child(style, "pPr", "numPr")) is not None:
            numbered[name] = value(properties, "numId"), number(properties, "ilvl")
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            default = name
    lists, linked = _lists(numbering, numbered)
    return Numbering(lists, Styles(based_on, numbered, linked, default))


def _lists(
    numbering: Element | None, numbered: dict[str, tuple[str | None, int | None]]
) -> tuple[dict[str, NumberingList], dict[str, dict[str, int]]]:
    """Read the lists, and which style each level is linked to."""
    if numbering is None:
        return {}, {}
    abstract = {each.get(W + "abstractNumId", ""): each for each in numbering.iter(W + "abstractNum")}
    owner = {
        each.get(W + "numId", ""): value(each, "abstractNumId") or "" for each in numbering.iter(W + "num")
    }
    for key, element in abstract.items():  # a list that only names a list style stands for that style's list
        style = value(element, "numStyleLink")
        real = owner.get(numbered.get(style or "", (None, None))[0] or "")
        if style is not None and real is not None:
            abstract[key] = abstract.get(real, element)
    levels = {key: _levels(element) for key, element in abstract.items()}
    lists: dict[str, NumberingList] = {}
    for each in numbering.iter(W + "num"):
        key = owner[each.get(W + "numId", "")]
        own, starts = dict(levels.get(key, {})), {}
        for override in each.iter(W + "lvlOverride"):
            depth = number(override, attribute="ilvl") or 0
            own.update(_levels(override))
            if (start := number(override, "startOverride")) is not None:
                starts[depth] = start
        lists[each.get(W + "numId", "")] = NumberingList(key, own, starts)
    return lists, {key: _links(element) for key, element in abstract.items()}


def _levels(holder: Element) -> dict[int, Level]:
    """Read the levels of an abstract list or of an override."""
    suffixes = {"nothing": ""}
    return {
        number(each, attribute="ilvl") or 0: Level(
            start=1 if (start := number(each, "start")) is None else start,
            format=value(each, "numFmt") or "decimal",
            text=(value(each, "lvlText") or "")[:MAX_MARK],
            suffix=suffixes.get(value(each, "suff") or "tab", " "),
            restarts_after=number(each, "lvlRestart"),
            legal=is_on(each, "isLgl"),
        )
        for each in holder.findall(W + "lvl")
    }


def _links(holder: Element) -> dict[str, int]:
    links = (
        (value(each, "pStyle"), number(each, attribute="ilvl") or 0) for each in holder.findall(W + "lvl")
    )
    return {style: depth for style, depth in links if style is not None}
