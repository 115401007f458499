"""What stands around the words of a web page: menus, paths, lists of other news, feet.

Told by the element, by its role, or by its class or id. A name alone is not enough, because any part of a
page may have any name: most of its words must be links, or it must be as short as a foot.
Source: HTML (sections, 4.3), WAI-ARIA 1.2 (landmark roles).
"""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from directives.readers.wordml import Element

TAGS: Final = frozenset({"nav", "footer", "aside"})
ROLES: Final = frozenset({"navigation", "search", "contentinfo", "menu", "menubar"})
NEVER: Final = frozenset({"html", "body", "main", "article", "table", "tbody", "tr"})
MOST_LINKS: Final = 0.6
# What a class or an id must say, and the least share of links among the words; the first that fits counts.
NAMES: Final[tuple[tuple[re.Pattern[str], float], ...]] = (
    (
        re.compile(
            r"(?:^|[-_ ])(?:main|top|left|right|sub|mega)?-?_?(?:menu|nav|navbar|navigation|breadcrumbs?|"
            r"duong-?dan|pagination|pager|phan-?trang)(?:$|[-_ ])"
        ),
        MOST_LINKS,
    ),
    (
        re.compile(
            r"(?:^|[-_ ])(?:sidebar|side-bar|widget|related|relate|tin-?lien-?quan|tin-?khac|tin-?moi|"
            r"tin-?cu|lien-?ket|(?:other|latest|recent|hot)-?(?:news|posts?|articles?)|tags?|share|"
            r"social|banner|advert(?:isement)?|quang-?cao|left-?col(?:umn)?|right-?col(?:umn)?|cot-?phai|cot-?trai)"
            r"(?:$|[-_ ])"
        ),
        MOST_LINKS,
    ),
    (
        re.compile(r"(?:^|[-_ ])(?:page-?|site-?)?(?:footer|foot|chan-?trang|copyright|cookie)(?:$|[-_ ])"),
        0.0,
    ),
)
MOST_COUNTED: Final = 1_000_000  # elements looked at for one page
FOOT_LENGTH: Final = 800  # letters; a longer part is no foot, whatever its name
OF_DOCUMENTS: Final = re.compile(
    r"Nơi nhận|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Số:\s*\d|[Hh]oàn thành|"
    r"(?:trước|chậm nhất|đến hết) (?:là )?ngày \d"
)
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True)
class Furniture:
    """Tells furniture from content on one page."""

    _left: int = MOST_COUNTED

    def is_furniture(self, element: Element) -> bool:
        """Tell whether an element stands around the page's words."""
        if element.tag == "nav" or (element.get("role") or "").lower() in ROLES:
            return True
        if element.tag in TAGS:
            return not self._is_document(element)
        if element.tag in NEVER or (least := _least_share(element)) is None:
            return False
        letters, linked = self._count(element)
        if linked < least * letters or (least == 0 and letters > FOOT_LENGTH):
            return False
        return not self._is_document(element)

    def _is_document(self, element: Element) -> bool:
        """Tell whether what looks like furniture holds words that only documents have, and not as links."""
        letters, linked = self._count(element)
        return (
            linked < MOST_LINKS * letters
            and OF_DOCUMENTS.search("".join(map(str, element.itertext()))) is not None
        )

    def _count(self, element: Element) -> tuple[int, int]:
        """Count the letters in an element and those of them in links; behind the bound none."""
        letters = linked = inside = 0
        for event, each in etree.iterwalk(element, events=("start", "end")):
            self._left -= 1
            if self._left < 0:
                return 0, -1
            opens = event == "start"
            words = len(((each.text if opens else each.tail if each is not element else "") or "").strip())
            inside += (each.tag == "a") * (1 if opens else -1)
            letters += words
            linked += words if inside else 0
        return letters, linked


def _least_share(element: Element) -> float | None:
    """Return how large a share of links makes furniture of an element with this name; None for others."""
    said = CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}").lower().strip()
    if not said:
        return None
    return next((share for name, share in NAMES if name.search(said)), None)
