"""As much of a page's styles as decides which words are seen: hidden, struck out, and the marks of lists.

Known are an element's own style and the page's own sheets, by name, class and id, also inside others; of the
blocks for a medium only those for screens. Source: CSS 2.2 (selectors, cascade), CSS Lists 3 (list-style).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from directives.readers.wordml import Element

MAX_SHEET: Final = 200_000  # characters of all style sheets that are read
MAX_RULES: Final = 5_000
MOST_LOOKED_AT: Final = 2_000_000  # rules and elements around, over all elements of a page
MOST_KINDS: Final = 20_000  # of elements, that are remembered
COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
NEXT_BRACE: Final = re.compile(r"[{}]")
DECLARATION: Final = re.compile(
    r"""([a-z-]+)\s*:\s*((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;"'])+)""", re.IGNORECASE | re.DOTALL
)
BEFORE: Final = re.compile(r"::?before\s*$", re.IGNORECASE)
COMPOUND: Final = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
NAME: Final = re.compile(r"[.#][\w-]+")
FOR_SCREENS: Final = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)(?:\s*,.*)?\s*", re.IGNORECASE)
ASKED: Final = frozenset(
    {"display", "visibility", "list-style", "list-style-type", "white-space"}
    | {"text-decoration", "text-decoration-line"}
    | {"counter-reset", "counter-increment", "counter-set", "content"}
)
# What a short form sets is kept under the long one, so that the later of the two counts.
WRITTEN_OUT: Final = MappingProxyType(
    {"list-style": "list-style-type", "text-decoration": "text-decoration-line"}
)
MARKS: Final = MappingProxyType(
    {
        "none": "none",
        "decimal": "decimal",
        "decimal-leading-zero": "decimalZero",
        "lower-alpha": "lowerLetter",
        "lower-latin": "lowerLetter",
        "upper-alpha": "upperLetter",
        "upper-latin": "upperLetter",
        "lower-roman": "lowerRoman",
        "upper-roman": "upperRoman",
        **dict.fromkeys(("disc", "circle", "square", "disclosure-open", "disclosure-closed"), "bullet"),
    }
)
LINES_KEPT: Final = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})
SET_APART: Final = frozenset({"block", "list-item", "flex", "grid", "table", "flow-root"})

Kind = tuple[str, frozenset[str]]  # of an element: its tag, its classes and id
Style = Mapping[str, str]  # property → value, in small letters
NO_STYLE: Final[Style] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Compound:
    """A name, classes and an id that one element must have: «ol.muc», «#noi-dung»."""

    tag: str
    names: frozenset[str]  # with their sign: «.muc», «#noi-dung»

    def fits(self, tag: str, names: frozenset[str]) -> bool:
        """Tell whether an element of this tag and these names has them all."""
        return self.tag in ("", "*", tag) and self.names <= names


@dataclass(frozen=True, slots=True)
class Rule:
    """What is declared for elements that the last compound fits, inside ones that those before it fit."""

    compounds: tuple[Compound, ...]
    declared: Style
    weight: tuple[int, int, int, int]  # ids, classes, tags, place in the sheet

    @property
    def asks_around(self) -> frozenset[str]:
        """Return the names and tags that elements around must have; not yet on which of them."""
        outer = self.compounds[:-1]
        return frozenset(name for each in outer for name in each.names) | {
            each.tag for each in outer if each.tag not in ("", "*")
        }

    def fits_around(self, ancestors: Sequence[Kind]) -> bool:
        """Tell whether elements, the nearest first, are ones that the compounds before the last fit."""
        further = iter(ancestors)
        return all(any(outer.fits(*each) for each in further) for outer in reversed(self.compounds[:-1]))


Likely = tuple[Rule, frozenset[str]]  # a rule whose last compound fits, and the names it asks for around


@dataclass(slots=True)
class Sheet:
    """The rules of a page, by what their last compound asks for."""

    _rules: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    _likely: dict[Kind, list[Likely]] = field(default_factory=dict)
    _left: int = MOST_LOOKED_AT
    _before: "Sheet | None" = None  # the rules for what is written before elements

    @property
    def is_overrun(self) -> bool:
        """Tell whether the rules were more than could be looked at, so that some were passed over."""
        return self._left < 0 or (self._before is not None and self._before.is_overrun)

    def add(self, rule: Rule) -> None:
        """Keep a rule under its rarest name."""
        last = rule.compounds[-1]
        self._rules[min(last.names, default=last.tag or "*")].append(rule)

    def add_before(self, rule: Rule) -> None:
        """Keep a rule for what is written before an element."""
        self._before = self._before or Sheet()
        self._before.add(rule)

    def before(self, element: Element) -> Style:
        """Return what is declared for what is written before an element."""
        style: dict[str, str] = {}
        for rule in self._before._fitting(element) if self._before is not None else ():  # noqa: SLF001 - its own kind
            style |= rule.declared
        return style

    def style_of(self, element: Element) -> Style:
        """Return what is declared for an element, the weightier and later over the others."""
        own = element.get("style")
        if not self._rules and own is None:
            return NO_STYLE
        style: dict[str, str] = {}
        for rule in self._fitting(element):
            style |= rule.declared
        return style | declarations(own) if own is not None else style

    def _fitting(self, element: Element) -> Iterator[Rule]:
        """Give the rules for an element, the weightiest last."""
        if not self._rules or self._left < 0:
            return
        likely = self._likely_for(element)
        if not likely:
            return
        self._left -= len(likely)
        ancestors: list[Kind] = []
        around = frozenset[str]()
        if any(len(rule.compounds) > 1 for rule, _ in likely):
            ancestors = [(str(each.tag), names_of(each)) for each in element.iterancestors()]
            self._left -= len(ancestors)
            around = frozenset(name for tag, names in ancestors for name in (tag, *names))
        for rule, asked in likely:
            if len(rule.compounds) == 1:
                yield rule
            elif asked <= around:
                self._left -= len(ancestors)
                if self._left < 0:
                    return
                if rule.fits_around(ancestors):
                    yield rule

    def _likely_for(self, element: Element) -> list[Likely]:
        """Return the rules whose last compound fits; elements of one name and classes have the same."""
        kind: Kind = str(element.tag), names_of(element)
        if kind not in self._likely:
            if len(self._likely) > MOST_KINDS:
                self._likely.clear()
            keys = (*kind[1], kind[0], "*")
            asked = [rule for key in keys for rule in self._rules.get(key, ())]
            self._left -= len(asked)
            rules = [rule for rule in asked if rule.compounds[-1].fits(*kind)]
            self._likely[kind] = [
                (rule, rule.asks_around) for rule in sorted(rules, key=lambda rule: rule.weight)
            ]
        return self._likely[kind]


def load_sheet(root: Element) -> Sheet:
    """Read the style sheets that a page holds itself."""
    sheet = Sheet()
    source = "\n".join(each.text or "" for each in root.iter("style"))[:MAX_SHEET]
    for count, (selectors, inside) in enumerate(_rules(COMMENT.sub(" ", source))):
        if count == MAX_RULES:
            break
        declared = declarations(inside)
        for selector in selectors.split(",") if declared else ():
            bare = BEFORE.sub("", selector)
            compounds = _compounds(bare)
            if compounds:
                names = [name for each in compounds for name in each.names]
                ids = sum(name.startswith("#") for name in names)
                tags = sum(each.tag not in ("", "*") for each in compounds)
                rule = Rule(compounds, declared, (ids, len(names) - ids, tags, count))
                (sheet.add if bare == selector else sheet.add_before)(rule)
    return sheet


def declarations(text: str) -> dict[str, str]:
    """Return what a style declares of the properties that are asked for."""
    return {
        WRITTEN_OUT.get(name, name): (value if name == "content" else value.lower())
        .replace("!important", "")
        .strip()
        for name, value in ((found[1].lower(), found[2]) for found in DECLARATION.finditer(text))
        if name in ASKED
    }


def names_of(element: Element) -> frozenset[str]:
    """Return an element's classes and id with their signs: «.muc», «#noi-dung»."""
    classes = element.get("class")
    names = [f".{name}" for name in classes.split()] if classes else []
    if (own := element.get("id")) is not None:
        names.append(f"#{own}")
    return frozenset(names)


def is_hidden(element: Element, style: Style) -> bool:
    """Tell whether an element is not shown."""
    return (
        element.get("hidden") is not None
        or style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
    )


def is_struck(element: Element, style: Style) -> bool:
    """Tell whether an element's words are struck out."""
    return element.tag in ("del", "s", "strike") or "line-through" in style.get("text-decoration-line", "")


def keeps_lines(element: Element, style: Style) -> bool | None:
    """Tell whether line ends in an element are seen; None where it is as around it."""
    said = style.get("white-space")
    if said is not None:
        return said in LINES_KEPT
    return True if element.tag in ("pre", "listing", "xmp") else None


def list_style(style: Style) -> str | None:
    """Return how items are marked: a number format of Word, «bullet» or «none»; None where it is not said."""
    return next((MARKS[word] for word in style.get("list-style-type", "").split() if word in MARKS), None)


def _rules(source: str) -> Iterator[tuple[str, str]]:
    """Give each rule's selectors and declarations; those in blocks for other media are passed over."""
    at, depth, passed = 0, 0, 0
    head = ""
    for brace in NEXT_BRACE.finditer(source):
        before = source[at : brace.start()]
        at = brace.end()
        if brace[0] == "{":
            depth += 1
            head = before.rpartition(";")[2].strip()
            if head.startswith("@") and not passed and not FOR_SCREENS.fullmatch(head):
                passed = depth
            continue
        if head and not head.startswith("@") and not passed:
            yield head, before
        head = ""
        if passed == depth:
            passed = 0
        depth = max(depth - 1, 0)


def _compounds(selector: str) -> tuple[Compound, ...]:
    """Take a selector apart; one that asks for more than names and places inside others is for nothing."""
    found = []
    for word in selector.replace(">", " ").split():
        compound = COMPOUND.fullmatch(word)
        if compound is None:
            return ()
        found.append(Compound((compound[1] or "").lower(), frozenset(NAME.findall(compound[2]))))
    return tuple(found)
