"""Web pages: the text a reader sees, with the numbers of ordered lists, without menus, scripts and feet."""

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from directives.model import Doubt
from directives.readers.archive import refuse_many_tags
from directives.readers.document import MAX_PART_BYTES, Content, Refusal, UnreadableDocument, too_large
from directives.readers.html_frames import open_frames, page_parser
from directives.readers.html_furniture import Furniture
from directives.readers.html_styles import Sheet, load_sheet
from directives.readers.html_walk import PageWalk
from directives.readers.left_out import doubts_of
from directives.readers.legacy.page import set_page_in_unicode
from directives.readers.outside import outside_page_text
from directives.readers.plain import Decoded, decode, mended_lines
from directives.text import canonical

CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
TWO_BYTES: Final = re.compile(r"(?i)utf-?(?:16|32|7)|ucs|unicode")  # what such pages claim in plain letters
LONGEST_STAMP: Final = 200
DEPTH: Final = "Excessive depth"
TOO_DEEP: Final = Doubt(
    "page-too-deep",
    "Trang web lồng quá nhiều lớp, phần lồng sâu nhất không đọc được. "
    "Hãy đối chiếu với bản gốc, hoặc lưu lại thành Word hay PDF rồi nạp lại.",
)
TOO_STYLED: Final = Doubt(
    "page-too-styled",
    "Trang web có quá nhiều kiểu trình bày nên không xét hết; chữ bị ẩn hoặc số thứ tự có thể đọc sai. "
    "Hãy đối chiếu với bản gốc.",
)


def read_html(raw: bytes) -> Content:
    """Read a web page; raise UnreadableDocument where nothing can be made of it."""
    if len(raw) > MAX_PART_BYTES:
        raise too_large(MAX_PART_BYTES)
    refuse_many_tags(raw)
    parser = page_parser()
    try:
        decoded = _decode(raw)
        root = etree.fromstring(decoded.text.encode("utf-8", errors="replace"), parser)
        frames_left = open_frames(root) if root is not None else ()
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if root is None:
        raise UnreadableDocument(Refusal.EMPTY)
    old = set_page_in_unicode(root, decoded.text)
    sheet = load_sheet(root)
    page = PageWalk(sheet, Furniture())
    texts, restored = mended_lines(page.walk(root), is_guessed=decoded.is_guessed)
    lines = [canonical(line) for line in texts]
    doubts = (
        *old,
        *restored,
        *doubts_of(page.left_out, lines),
        *_bounds_met(parser, sheet, frames_left=bool(frames_left)),
    )
    around = (*outside_page_text(root), *_short((*page.around, *frames_left)))
    return Content("\n".join(lines), pages=1, furniture=around, doubts=doubts)


def _short(lines: Sequence[str]) -> tuple[str, ...]:
    """Keep the lines that could be a stamp."""
    short = (line.strip() for line in lines if len(line) <= 2 * LONGEST_STAMP)
    return tuple(line for line in short if 0 < len(line) <= LONGEST_STAMP)


def _bounds_met(parser: etree.HTMLParser, sheet: Sheet, *, frames_left: bool) -> tuple[Doubt, ...]:
    """Return the doubts about a page of which not everything could be looked at."""
    is_deep = frames_left or any(DEPTH in entry.message for entry in parser.error_log)
    deep = (TOO_DEEP,) if is_deep else ()
    return (*deep, TOO_STYLED) if sheet.is_overrun else deep


def _decode(raw: bytes) -> Decoded:
    """Decode by the charset the page names, else as plain text is decoded."""
    named = CHARSET.search(raw[:4096])
    if named is not None and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = named.group(1).decode("ascii", errors="replace")
        try:
            if TWO_BYTES.match(name):  # the claim itself was found in single bytes
                return decode(raw)
            return Decoded(raw.decode(name))
        except (LookupError, ValueError):
            pass  # a wrong or unknown name is common; the bytes know better
    return decode(raw)
