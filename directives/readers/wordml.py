"""Names and small readings of WordprocessingML (ECMA-376 part 1, 17)."""

import re
from typing import Final

from lxml import etree

Element = etree._Element  # noqa: SLF001 - the public name of the class is only in the stubs

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

OFF: Final = frozenset({"0", "false", "off", "none"})
WHOLE: Final = re.compile(r"-?\d{1,6}")


def child(element: Element | None, *path: str) -> Element | None:
    """Follow a path of w: names down from the element; None where it breaks off."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *path: str, attribute: str = "val") -> str | None:
    """Return the attribute of the element at the path."""
    found = child(element, *path)
    return None if found is None else found.get(W + attribute)


def number(element: Element | None, *path: str, attribute: str = "val") -> int | None:
    """Return the attribute as a whole number; None where it is missing or no number."""
    text = value(element, *path, attribute=attribute)
    return int(text) if text is not None and WHOLE.fullmatch(text) else None


def is_on(element: Element | None, *path: str) -> bool:
    """Tell whether an on-off property is there and not switched off."""
    found = child(element, *path)
    return found is not None and (found.get(W + "val") or "on") not in OFF
