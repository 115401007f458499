"""What kind of document it is: from its title, from the letters of its number, or from how it is told."""

import re
from dataclasses import dataclass

from directives.model import Genre


@dataclass(frozen=True, slots=True)
class GenreRow:
    """One kind of document: the title it bears and the letters in its number."""

    genre: Genre
    titles: tuple[str, ...]  # in capitals, as printed above the subject
    symbols: tuple[str, ...]  # between the serial number and the issuer: 120/TB-UBND
    examples: tuple[str, ...]  # a title or a number of each way to bear it


ROWS: tuple[GenreRow, ...] = (
    GenreRow(Genre.TELEGRAM, ("CÔNG ĐIỆN", "ĐIỆN KHẨN"), ("CĐ", "Đ"), ("CÔNG ĐIỆN", "05/CĐ-UBND")),
    GenreRow(Genre.DIRECTIVE, ("CHỈ THỊ",), ("CT",), ("CHỈ THỊ:", "12/CT-TTg")),
    GenreRow(
        Genre.DECISION,
        ("QUYẾT ĐỊNH", "NGHỊ QUYẾT", "LỆNH"),
        ("QĐ", "NQ", "QĐi"),
        ("Quyết định", "1095/QĐ-UBND", "19-NQ/TU", "33/2019/QĐ-UBND"),
    ),
    GenreRow(
        Genre.PLAN,
        ("KẾ HOẠCH", "CHƯƠNG TRÌNH", "PHƯƠNG ÁN", "ĐỀ ÁN", "HƯỚNG DẪN", "QUY CHẾ"),
        ("KH", "CTr", "CTR", "PA", "ĐA", "HD", "CTHĐ"),
        ("KẾ HOẠCH", "12/KH-UBND", "05-CTr/TU", "7/HD-SNV"),
    ),
    GenreRow(
        Genre.NOTICE,
        ("THÔNG BÁO", "KẾT LUẬN", "THÔNG BÁO KẾT LUẬN", "BIÊN BẢN", "THÔNG CÁO"),
        ("TB", "KL", "TBKL", "BB"),
        ("THÔNG BÁO KẾT LUẬN", "120/TB-UBND", "15-KL/TU"),
    ),
    GenreRow(
        Genre.OTHER,
        ("BÁO CÁO", "TỜ TRÌNH", "GIẤY MỜI"),
        ("BC", "TTr", "TTR", "GM"),
        ("TỜ TRÌNH", "8/GM-UBND"),
    ),
)
_BY_TITLE = {title: row.genre for row in ROWS for title in row.titles}
_BY_SYMBOL = {symbol: row.genre for row in ROWS for symbol in row.symbols}
SYMBOLS: tuple[str, ...] = tuple(_BY_SYMBOL)
_SPLIT = re.compile(r"[/\-]")
_ITSELF = re.compile(
    r"(?:Nhận được|Trên đây là nội dung|Yêu cầu[^.\n]{0,80} thực hiện(?: nghiêm)?) "
    r"(?:Công văn|Thông báo|Chỉ thị|Kế hoạch|Công điện|Quyết định|Văn bản|văn bản|Kết luận) này(?!\w)"
)
_REPORT_TITLE = "BÁO CÁO"
_REPORT_SYMBOL = "BC"
_INVITATION_TITLE = "GIẤY MỜI"
_INVITATION_SYMBOL = "GM"
_REPLY = re.compile(
    r"(?i)\b(?:thông tin phản hồi|trả lời (?:ý kiến|kiến nghị|câu hỏi|cử tri|chất vấn|phản ánh|đơn)|"
    r"ý kiến,? kiến nghị của cử tri|giải quyết (?:đơn|kiến nghị)|trả lời:)"
)


def genre_of_title(line: str) -> Genre | None:
    """Return the kind that a title line names, None where the line is no title."""
    return _BY_TITLE.get(line.strip(" .:*_-").upper()) if len(line) <= 40 else None  # noqa: PLR2004 - a title is short


def genre_of_number(number: str) -> Genre | None:
    """Return the kind that the letters of a number name; «3318/UBND-CN» is a letter's."""
    parts = [part for part in _SPLIT.split(number)[1:] if part and not part.isdigit()]
    if not parts:
        return None
    return _BY_SYMBOL.get(parts[0], Genre.LETTER)


def is_report(flow: str, number: str | None, head_end: int) -> bool:
    """Tell whether a document reports to somebody above: «BÁO CÁO», 186/BC-UBND. It gives no work."""
    if number is not None:
        return _REPORT_SYMBOL in _SPLIT.split(number)[1:]
    return any(line.strip(" .:*_-") == _REPORT_TITLE for line in flow[:head_end].split("\n"))


def is_invitation(flow: str, number: str | None, head_end: int) -> bool:
    """Tell whether a document invites to a meeting: what it says of those invited is its programme."""
    if number is not None and _INVITATION_SYMBOL in _SPLIT.split(number)[1:]:
        return True
    return any(line.strip(" .:*_-") == _INVITATION_TITLE for line in flow[:head_end].split("\n"))


def speaks_itself(flow: str) -> bool:
    """Tell whether a page carries the document's own words and not a report: «Nhận được Công văn này, …»."""
    return _ITSELF.search(flow) is not None


def is_reply(words: str) -> bool:
    """Tell whether the head of the text says that it answers somebody."""
    return _REPLY.search(words) is not None
