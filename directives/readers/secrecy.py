"""Refuse state secrets at the door: documents that bear the stamp MẬT, TỐI MẬT or TUYỆT MẬT.

Law 29/2018/QH14 article 5 and Law 117/2025/QH15: such content may not be kept on a networked computer. So the
refusal holds nothing of the document, not even its name. What counts as a stamp in a text: `stamps`.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.stamps import bears_stamp, is_stamped

STEPS: Final = re.compile(r"[\\/]+")
WORDS: Final = re.compile(r"[^\W\d_]+")
LEVEL: Final = r"(?:(?:toi|tuyet)[ _.-]*)?mat"
PAPER: Final = r"cong[ _.-]?van|cv|van[ _.-]?ban|vb|tai[ _.-]?lieu|tl|ho[ _.-]?so|cong[ _.-]?dien"
ENDING: Final = r"(?:\.[a-z0-9]{1,5})?$"
# Without marks «mat» may be any of six words: so only in brackets, behind its «tối» or «tuyệt», behind the
# name of a paper and before a number or the end, or where it is the whole of the name or of a part set off.
MARKED: Final = re.compile(
    rf"[(\[]\s*{LEVEL}\s*[)\]]|(?:^|[^a-z])(?:toi|tuyet)[ _.-]*mat(?:$|[^a-z])"
    rf"|(?:^|[^a-z])(?:{PAPER})[ _.-]+mat(?=[^a-z]*{ENDING}|[ _.-]*\d)"
    rf"|^[\W\d_]*mat[\W\d_]*{ENDING}|^mat\s+-\s|\s-\s+mat{ENDING}"
)
# «15-BC-UBND(M).docx», «15_bc-ubnd-m.pdf», «12-TM-UBND.docx»
GENRE: Final = r"(?:bc|cv|kh|tb|q[dđ]|ttr|ct|nq|bb|kl|pa|[dđ]a|gm|c[dđ]|hd|ubnd|h[dđ]nd|tu|bch)"
NUMBERED: Final = re.compile(
    rf"\d+[ _.-]*{GENRE}(?:[ _.-]+[a-z0-9đ&]{{1,10}}){{0,4}}(?:[ _.-]*\((?:tu|t)?m\)|[_-]m(?={ENDING}))"
    rf"|\d+[ ]?[-_](?:tu|t)?m[-_]{GENRE}\b"
)
# «Mật» is a stamp unless its neighbours make another word of it.
NOT_BEFORE: Final = frozenset(
    {
        "bí",
        "bảo",
        "cơ",
        "thân",
        "nội",
        "chu",
        "túi",
        "sỏi",
        "ong",
        "đường",
        "trăng",
        "rỉ",
        "gan",
        "ống",
        "dịch",
    }
    | {"lấy", "ngọt", "cẩn", "nghiêm", "hoa", "mía", "tế", "kín"}
    | {"giải", "xã", "phường", "thôn", "phú", "thủy", "thuỷ"}  # «giải mật»; names of places
)
NOT_AFTER: Final = frozenset(
    {
        "độ",
        "khẩu",
        "mã",
        "ong",
        "thiết",
        "ước",
        "thám",
        "mía",
        "gấu",
        "tông",
        "hiệu",
        "danh",
        "hoa",
        "rỉ",
        "vụ",
    }
    | {"ngữ", "đàm", "đường", "dừa", "bò", "lợn", "nhân", "tập", "sơn"}
)


def refuse_secret_text(text: str, furniture: Iterable[str] = ()) -> None:
    """Raise UnreadableDocument (secret) where a stamp or the number of the text says that it is one.

    The furniture is what stands outside the text: running heads and feet, text boxes, a file's own title.
    """
    if bears_stamp(text) or any(is_stamped(line) for line in furniture):
        raise UnreadableDocument(Refusal.SECRET)


def refuse_secret_name(name: str) -> None:
    """Raise UnreadableDocument (secret) where the name of a file or the subject of a mail says so."""
    name = unicodedata.normalize("NFC", name).casefold()
    words = WORDS.findall(name)
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    marked = any(
        word == "mật" and before not in NOT_BEFORE and after not in NOT_AFTER
        for before, word, after in around
    )
    if marked or MARKED.search(name) or NUMBERED.search(name):
        raise UnreadableDocument(Refusal.SECRET)


def refuse_secret_path(path: str) -> None:
    """Raise UnreadableDocument (secret) where a step of a path says so: a folder's name counts as well."""
    for step in STEPS.split(path):
        refuse_secret_name(step)
