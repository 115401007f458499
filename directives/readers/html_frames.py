"""Pages set into a page as its own code (`<iframe srcdoc>`): what they show is read as the page's words.

Source: HTML, 4.8.5. A frame's styles are then the whole page's; what they hide is doubted as elsewhere.
"""

import re
from html import unescape
from typing import Final

from lxml import etree

from directives.readers.archive import refuse_many_tags
from directives.readers.wordml import Element

MAX_FRAMES: Final = 200
MAX_DEPTH: Final = 5  # frames in each other
ESCAPED: Final = re.compile(r"&(?:amp;)+")  # once more for every frame around
TAG: Final = re.compile(r"<[^<>]*>|[<>]")


def page_parser() -> etree.HTMLParser:
    """Return a parser for pages of any depth.

    Without `huge_tree` what lies deeper than 256 elements would be dropped without a word; unclosed <font>
    and <span> come to more.
    """
    return etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )


def open_frames(root: Element) -> tuple[str, ...]:
    """Put the pages of frames in the frames' places; return the lines of those that had to be left out.

    Nobody reads these, but they may bear a stamp.
    """
    left = MAX_FRAMES
    for _ in range(MAX_DEPTH):
        frames = _frames(root)
        if not frames:
            return ()
        refuse_many_tags("".join(str(frame.get("srcdoc")) for frame in frames[:left]).encode())
        for frame in frames[:left]:
            _open(frame)
        if len(frames) > left:
            break
        left -= len(frames)
    return tuple(line for frame in _frames(root) for line in _words(str(frame.get("srcdoc"))))


def _words(code: str) -> list[str]:
    """Return the words in a page's code and in the frames in it, tags taken for line ends."""
    return TAG.sub("\n", unescape(ESCAPED.sub("&", code))).splitlines() or [""]


def _frames(root: Element) -> list[Element]:
    return [frame for frame in root.iter("iframe") if (frame.get("srcdoc") or "").strip()]


def _open(frame: Element) -> None:
    """Make a block of a frame, with what its page holds; its class, id and style say whether it is seen."""
    words = str(frame.attrib.pop("srcdoc"))
    page = etree.fromstring(words.encode("utf-8", errors="replace"), page_parser())
    frame.tag, frame.text = "div", None
    for child in list(frame):
        frame.remove(child)
    for part in list(page) if page is not None else ():
        frame.extend(_parts(part))


def _parts(part: Element) -> list[Element]:
    """Return what a frame's head or body adds: of the head the styles and what may bear a stamp."""
    if part.tag == "head":
        return [each for each in part if each.tag in ("style", "title", "meta")]
    part.tag = "div"
    return [part]
