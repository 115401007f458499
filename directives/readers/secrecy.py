"""Refuse state secrets at the door: documents that bear the stamp MẬT, TỐI MẬT or TUYỆT MẬT.

Law 29/2018/QH14 article 5 and Law 117/2025/QH15: such content may not be kept on a networked computer. So the
refusal holds nothing of the document, not even its name. «Bảo mật», «bí mật kinh doanh» are no stamps.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument

HEAD_LINES: Final = 40  # a stamp stands in the head, beside or above the title
HEAD_LINE_LENGTH: Final = 160  # a longer line is the body's
STAMP_LENGTH: Final = 60

LEVEL: Final = r"(?:(?:TUYỆT|TỐI)[ ]*)?M[ ]?Ậ[ ]?T"
# A stamp is a piece of a line that says nothing but the level: «TỐI MẬT», «(Mật)», «Độ mật: Mật», «ĐIỆN MẬT».
BEFORE_LEVEL: Final = r"ĐỘ MẬT|DẤU|TÀI LIỆU|VĂN BẢN|HỒ SƠ|(?:CÔNG )?ĐIỆN"
STAMP: Final = re.compile(
    rf"[\W_]*(?:{BEFORE_LEVEL})?[\W_]*{LEVEL}[\W_]*",
    re.IGNORECASE,
)
# In capitals and alone on its line a higher level can be nothing else, on any page: an annex has its own.
HIGHER_LEVEL: Final = re.compile(r"^[^\w\n]*(?:TUYỆT|TỐI)[ ]+MẬT[^\w\n]*$", re.MULTILINE)
BARE_LOWER: Final = re.compile(r"\W*mật\W*")  # the end of a wrapped «… bảo / mật», not a stamp
# A number that says so: «Số: 15/BC-BCH-M», «Số: 15-M/KH-UBND», «Số: 15/KH-UBND (Mật)».
NUMBER: Final = re.compile(
    r"\bSỐ[ ]?:?[ ]*(?:\d*[ ]?/[^\s(]*(?<=[-/])M\b|\d+-M/)"
    rf"|\bSỐ[ ]?:[^.;,\n]{{1,40}}\([ ]?{LEVEL}[ ]?\)",
    re.IGNORECASE,
)
# «… BẢO VỆ BÍ / MẬT …» broken over two lines
SPLIT_TITLE: Final = re.compile(r"\b(?:BÍ|BẢO|CƠ)\W*$", re.IGNORECASE)

COLUMNS: Final = re.compile(r"\s{3,}|\t|\|")  # what parts the columns of a head set in plain text

NAME_WORDS: Final = re.compile(r"[^\W\d_]+")
MARKED_NAME: Final = re.compile(
    r"[(\[]\s*(?:(?:toi|tuyet)[ _-]*)?mat\s*[)\]]|(?:^|[^a-z])(?:toi|tuyet)[ _.-]+mat(?:$|[^a-z])"
)
NOT_BEFORE: Final = frozenset({"bí", "bảo", "cơ", "thân", "nội", "chu"})
NOT_AFTER: Final = frozenset({"độ", "khẩu", "mã", "ong", "thiết", "ước", "thám"})


def refuse_secret_text(text: str, furniture: Iterable[str] = ()) -> None:
    """Raise UnreadableDocument (secret) where the head of the text, a running head or a box bears a stamp.

    A higher level counts on any page.
    """
    if HIGHER_LEVEL.search(text) or any(
        STAMP.fullmatch(piece) for line in furniture for piece in _pieces(line)
    ):
        raise UnreadableDocument(Refusal.SECRET)
    before = ""
    for line in _head_lines(text):
        if NUMBER.search(line) or any(_is_stamp(piece, before) for piece in _pieces(line)):
            raise UnreadableDocument(Refusal.SECRET)
        before = line


def refuse_secret_name(name: str) -> None:
    """Raise UnreadableDocument (secret) where a file's name says it is one."""
    name = unicodedata.normalize("NFC", name).casefold()
    words = NAME_WORDS.findall(name)
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    marked = any(
        word == "mật" and before not in NOT_BEFORE and after not in NOT_AFTER
        for before, word, after in around
    )
    if marked or MARKED_NAME.search(_without_marks(name)):
        raise UnreadableDocument(Refusal.SECRET)


def _head_lines(text: str) -> Iterator[str]:
    """Give the lines of the head: the first forty that are not blank, up to the first long one."""
    lines = (line for line in text[: HEAD_LINES * 400].split("\n") if line.strip())
    for count, line in enumerate(lines):
        if count == HEAD_LINES or len(line.strip()) > HEAD_LINE_LENGTH:
            return
        yield line


def _pieces(line: str) -> list[str]:
    pieces = (piece.strip() for piece in COLUMNS.split(unicodedata.normalize("NFC", line)))
    return [piece for piece in pieces if 0 < len(piece) <= STAMP_LENGTH]


def _is_stamp(piece: str, before: str) -> bool:
    if not STAMP.fullmatch(piece) or BARE_LOWER.fullmatch(piece):
        return False
    return not SPLIT_TITLE.search(before)


def _without_marks(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
