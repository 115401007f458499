"""Web pages set in old fonts: their words rewritten in Unicode before the page is read.

A font is named by <font face>, by a style, or by a rule for a class, as Word writes them; what is inside
inherits it.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from lxml import etree

from directives.model import Doubt
from directives.readers.legacy.fonts import OLD, encoding_of
from directives.readers.legacy.stretches import Stretch, believed, doubts_about
from directives.readers.legacy.tables import Encoding
from directives.readers.wordml import Element

FAMILY: Final = re.compile(r"font-family\s*:\s*([^;}]+)", re.IGNORECASE)
RULE: Final = re.compile(r"([^{}]{1,400})\{([^{}]{1,4000})\}")
MAX_SHEET: Final = 100_000  # characters of a style sheet
SELECTOR: Final = re.compile(r"\s*([a-z][a-z0-9]*)?(?:\.([\w-]+))?\s*", re.IGNORECASE)
NO_TEXT: Final = frozenset({"script", "style", "head", "title"})
BREAKS: Final = frozenset(
    {"p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "body"}
)

Slot = tuple[Element, str]  # an element, and «text» or «tail»
Rules = Mapping[tuple[str, str], Encoding | None]  # (element's name, class) → encoding


def set_page_in_unicode(root: Element, source: str) -> tuple[Doubt, ...]:
    """Rewrite what is set in old fonts, in place; return a doubt for each encoding found."""
    if OLD.search(source) is None:
        return ()
    found: list[tuple[Stretch, list[Slot]]] = []
    block = 0
    for (encoding, number), group in groupby(_slots(root, _rules(root)), key=lambda each: each[:2]):
        if encoding is not None:
            slots = [slot for _, _, slot in group]
            shares = [getattr(element, name) or "" for element, name in slots]
            found.append((Stretch(encoding, number != block, shares), slots))
        block = number
    slots_of = {id(stretch): slots for stretch, slots in found}
    changed = [(each, each.rewritten()) for each in believed(stretch for stretch, _ in found)]
    for stretch, shares in changed:
        for (element, name), share in zip(slots_of[id(stretch)], shares, strict=True):
            setattr(element, name, share)
    return doubts_about(changed)


def _slots(root: Element, rules: Rules) -> Iterator[tuple[Encoding | None, int, Slot]]:
    """Give the places of words in order, each with the encoding of its font and the number of its block."""
    inherited: list[Encoding | None] = [None]
    block = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        block += element.tag in BREAKS
        if event == "start":
            inherited.append(_encoding(element, rules, inherited[-1]))
            if element.tag not in NO_TEXT:
                yield inherited[-1], block, (element, "text")
        else:
            inherited.pop()
            yield inherited[-1], block, (element, "tail")


def _encoding(element: Element, rules: Rules, inherited: Encoding | None) -> Encoding | None:
    """Return the encoding of an element's font: its own, its class's, or the one around it."""
    if (style := FAMILY.search(element.get("style") or "")) is not None:
        return encoding_of(style[1])
    if face := element.get("face"):
        return encoding_of(face)
    tag = str(element.tag)
    for name in (*(element.get("class") or "").split(), ""):
        for key in ((tag, name), ("", name)):
            if key in rules:
                return rules[key]
    return inherited


def _rules(root: Element) -> Rules:
    """Read the rules of the page's style sheets that name a font for an element or a class."""
    rules: dict[tuple[str, str], Encoding | None] = {}
    for sheet in root.iter("style"):
        for selectors, inside in RULE.findall((sheet.text or "")[:MAX_SHEET]):
            if (family := FAMILY.search(inside)) is None:
                continue
            for each in selectors.rpartition("-->")[2].rpartition("*/")[2].split(","):
                if (selector := SELECTOR.fullmatch(each)) is not None:
                    rules[(selector[1] or "").lower(), selector[2] or ""] = encoding_of(family[1])
    rules.pop(("", ""), None)
    return rules
