"""Stamps of state secrecy in a text: MẬT, TỐI MẬT, TUYỆT MẬT where offices put them, and secret numbers.

What only speaks of secrets («bảo mật», «BẢO VỆ BÍ MẬT NHÀ NƯỚC», «mật độ», a table of levels) is none. Where
both could be meant, it counts as a stamp: a refusal can be undone, a secret on a disk cannot.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import Final

HEAD_LINES: Final = 40  # a stamp stands in the head, beside or above the title
HEAD_LINE_LENGTH: Final = 160  # a longer line is the body's
BEFORE_BODY: Final = 6  # lines that may be long and yet be followed by a head: an address, an e-mail's header
ANNEX_BEFORE, ANNEX_AFTER = 3, 8  # lines around an annex's title that are its head
STAMP_LENGTH: Final = 80
NEAR: Final = 300  # characters that are looked at on either side of a line

# Letters as they are, as a scanner reads them, and as systems without marks write them.
HIGHER: Final = r"(?:TUY[ỆÊẾEẸ]T|T[ỐÔÓOỒỔ]I)"
GAP: Final = r"[ ./\-]{0,3}"
MAT: Final = r"M[ .]?Ậ[ .]?T"
LIKE_MAT: Final = r"M[ .]?[ẬÂẠA][ .]?T"
LEVEL: Final = rf"(?:{HIGHER}{GAP}{LIKE_MAT}|{MAT})"

# A stamp is a piece of a line that says nothing but the level: «TỐI MẬT», «(Mật)», «Độ mật: Mật», «ĐIỆN MẬT».
LABEL: Final = (
    r"(?:DẤU |MỨC |CẤP )?ĐỘ (?:BẢO )?MẬT|MỨC (?:BẢO )?MẬT|MỨC ĐỘ|(?:ĐÓNG )?DẤU|TÀI LIỆU|VĂN BẢN|HỒ SƠ"
    r"|(?:(?:TÀI LIỆU|VĂN BẢN) )?(?:THUỘC )?BÍ MẬT NHÀ NƯỚC,? (?:THUỘC )?ĐỘ|(?:CÔNG )?ĐIỆN"
    r"|CÔNG VĂN|BÁO CÁO|KẾ HOẠCH|THÔNG BÁO|QUYẾT ĐỊNH|TỜ TRÌNH|CHỈ THỊ|PHƯƠNG ÁN|ĐỀ ÁN|BIÊN BẢN|PHỤ LỤC"
    r"|NGHỊ QUYẾT|PHIẾU TRÌNH|KẾT LUẬN|BẢN SAO"
)
URGENCY: Final = r"(?:HỎA|HOẢ) TỐC(?: HẸN GIỜ)?|(?:THƯỢNG )?KHẨN|HOA TOC|LƯU HÀNH NỘI BỘ"
COPY: Final = r"(?:BẢN SỐ|SỐ BẢN|TRANG|PAGE)[ ]?:?[ ]*\d+(?:[ ]*/[ ]*\d+)?"
PAGE: Final = r"\d{1,3}(?:[ ]*/[ ]*\d+)?"
HANDLING: Final = r"KHÔNG (?:PHỔ BIẾN|SAO CHỤP|ĐƯỢC SAO CHỤP|LƯU HÀNH)"
STAMP: Final = re.compile(
    rf"[\W_]*(?:(?:{LABEL}|{URGENCY}|{COPY})[\W_]*)?{LEVEL}(?:[\W_]*{LEVEL}){{0,9}}"
    rf"(?:[\W_]*(?:{URGENCY}|{COPY}|{PAGE}|{HANDLING})){{0,2}}[\W_]*",
    re.IGNORECASE,
)
# Only in capitals: «mat» may be any of six words.
PLAIN_STAMP: Final = re.compile(
    rf"[\W_]*(?:(?:CONG VAN|VAN BAN|TAI LIEU|(?:CONG )?DIEN|BAO CAO|KE HOACH|DO MAT)[\W_]*)?{LIKE_MAT}[\W_]*"
)
# A level behind or before a title: «BÁO CÁO (Mật)», «[Tối mật] Kế hoạch», «TUYỆT MẬT - Kế hoạch».
TITLED: Final = r"(?:(?:TUYỆT|Tuyệt|TỐI|Tối)[ ](?:MẬT|Mật|mật)|MẬT|Mật)"
BESIDE: Final = re.compile(rf"(?:^|:)\W*[(\[][ ]*{TITLED}[ ]*[)\]]|[(\[][ ]*{TITLED}[ ]*[)\]]\W*$")
IN_FRONT: Final = re.compile(rf"(?:^|:[ ]*){TITLED}[ ]*[-–—:][ ]")
# A head whose columns ran together: «Số: 12/BC-UBND TỐI MẬT», «TỈNH A MẬT», «MẬT CỘNG HÒA XÃ HỘI …»
SQUEEZED: Final = re.compile(
    r"\W*((?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|SỞ|TỈNH|HUYỆN|THÀNH PHỐ|CÔNG AN|S[ốỐ][ ]?:)[^.;|]{0,80}?)"
    r"[ ]+(?:TUYỆT[ ]|TỐI[ ])?MẬT\W*|()(?:TUYỆT[ ]|TỐI[ ])?MẬT[ ]+CỘNG H[^.;|]{0,40}"
)
SMALL: Final = re.compile(r"[^\w]*mật\W*")  # the end of a wrapped «… bảo / mật», the «mật» of bees
# An item of a list («- Mật», «+ Tối mật;») speaks of levels; «- MẬT -» is a stamp.
ITEM: Final = re.compile(r"[-+•*–][ ]+[^-+•*–]*|.*[a-zậ][;,.]")

# In capitals and alone on its line a level can be nothing else, on any page: an annex has its own.
ALONE: Final = re.compile(
    rf"^[^\w\n]*(?:{HIGHER}{GAP}{LIKE_MAT}|M[ .]{{0,3}}Ậ[ .]{{0,3}}T)[^\w\n]*$", re.MULTILINE
)
# «… BẢO VỆ BÍ / MẬT …», «… NHÀ NƯỚC ĐỘ / TỐI MẬT»: a title broken over two lines
SPLIT_BEFORE: Final = re.compile(
    r"(?:\b(?:BÍ|BẢO|CƠ|NỘI|THÂN|BI|BAO|GAN|GIẢI|GIẢI PHÓNG|GIAI PHONG|DANH MỤC|BỀ|CÓ|VẮNG)|\w[ ]+ĐỘ)\W*$",
    re.IGNORECASE,
)
SPLIT_AFTER: Final = re.compile(
    r"\W*(?:ĐỘ(?![ ]+(?:KHẨN|MẬT))|KHẨU|MÃ|ONG|ƯỚC|THÁM|MÍA|THIẾT|BẰNG|TRẬN|DO|BANG|TRAN|KHAU|ONG)\b",
    re.IGNORECASE,
)

# A number that says so: «Số: 15/BC-BCH-M», «Số: 15-M/KH-UBND», «Số: 15/KH-UBND (Mật)», «15/BC-UBND(M)».
MARK: Final = rf"(?:TU|T)?M|{LEVEL}|{LIKE_MAT}"
GENRE: Final = r"BC|KH|TB|QĐ|TTR|CT|NQ|BB|KL|PA|ĐA|CĐ|HD"
SECRET_NUMBER: Final = (
    rf"(?:\d+[ ]?/[^\s(;,]*(?<=[-/.])M\b(?![-&])|\d+[ ]?/M-|\d*[ ]?-[ ]?(?:TU|T)?M[ ]?/"
    rf"|\d*[ ]?/[^.;,\n(]{{1,40}}\([ ]?(?:{MARK})[ ]?\)|/[A-ZĐ&-]+-M\b(?![-&])"
    rf"|\d+[ ]?/[A-ZĐ&-]{{1,20}}[ ]?-[ ]?(?:M\b(?![-&\w])|{LEVEL}\b)|\d*[ ]?-[ ]?{LEVEL}[ ]?/"
    rf"|\d+[ ]?/(?:{GENRE})-[A-ZĐ]+-TM\b(?![-&]))"  # «12/UBND-TM» is a unit's: a letter has no genre
)
NUMBER: Final = re.compile(
    rf"(?:^|\s)S[ỐO][ ]?:[ ]*{SECRET_NUMBER}|^\W*(?:S[ỐO][ ]+)?{SECRET_NUMBER}", re.IGNORECASE
)
NUMBER_SUFFIX: Final = re.compile(rf"\bS[ỐO][ ]?:[^.;,\n]{{1,40}}\([ ]?(?:{LEVEL})[ ]?\)", re.IGNORECASE)
ENCLOSED: Final = re.compile(
    rf"^[^\w\n]*(?:BAN HÀNH |GỬI )?KÈM THEO [^\n]{{0,60}}?SỐ[ ]?:?[ ]*{SECRET_NUMBER}",
    re.IGNORECASE | re.MULTILINE,
)
ANNEX: Final = re.compile(r"^[^\w\n]*(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|PHU LUC)\b[^|\n]{0,80}$", re.MULTILINE)

# Letters set apart, as stamps often are: «T Ố I  M Ậ T», «M-Ậ-T»; two spaces then part the words.
SET_APART: Final = re.compile(
    r"(?<![^\W_])[A-ZÀ-ỸĐ](?:[ ./\-]{1,3}[A-ZÀ-ỸĐ]){2,20}[ ./\-]T(?![^\W_])"
    r"|(?<![^\W_])M[./\-]Ậ[./\-]T(?![^\W_])"
)
APART: Final = re.compile(r"[ ./\-]{2,}|[ ./\-]")
# One look for all of them: a text without these has no stamp.
SUSPECT: Final = re.compile(  # by its letter M first, and without folding: three times as fast
    r"[Mm](?:[ ./-]{0,3}[ẬÂẠAậâạa][ ./-]{0,3}[Tt]"
    r"|\b(?:(?<=[-(/.].)|(?<=[-(/.][ ].)|(?<=[-(/.][Tt].)|(?<=[(][ ][Tt].)|(?<=[-(/.][Tt][Uu].)))"
)
COLUMNS: Final = re.compile(r"\s{2,}|\t")  # what parts the columns of a head set in plain text
LETTERHEAD: Final = re.compile(
    r"CỘNG H|ĐỘC LẬP|ỦY BAN|UỶ BAN|UBND|\bSỞ\b|\bSỐ[ ]?:|\bBỘ\b|TỈNH|ĐẢNG|^\W*$", re.IGNORECASE
)


def bears_stamp(text: str) -> bool:
    """Tell whether a document's text bears a level of secrecy."""
    if SUSPECT.search(text) is None:
        return False
    text = _drawn_together(text)
    return _stands_alone(text) or ENCLOSED.search(text) is not None or _in_heads(text)


def is_stamped(line: str) -> bool:
    """Tell whether one line of a head, a running head or foot, or a box bears a level."""
    return _is_stamped(_drawn_together(unicodedata.normalize("NFC", line)), "", "")


def _drawn_together(text: str) -> str:
    """Write words whose letters are set apart as words."""
    return SET_APART.sub(
        lambda found: APART.sub(lambda gap: " " if len(gap.group()) > 1 else "", found.group()), text
    )


def _stands_alone(text: str) -> bool:
    return any(
        not ITEM.fullmatch(found.group().strip()) and not _is_split(*_around(text, *found.span()))
        for found in ALONE.finditer(text)
    )


def _in_heads(text: str) -> bool:
    """Look at the lines of the document's own head, and of each annex's, that could bear a stamp."""
    head = _end_of_head(text)
    annexes = [title.start() for title in ANNEX.finditer(text)]
    seen = -1
    for suspect in SUSPECT.finditer(text):
        if suspect.start() < seen:
            continue
        start, seen = text.rfind("\n", 0, suspect.start()) + 1, text.find("\n", suspect.start())
        seen = len(text) if seen < 0 else seen
        if (start < head or _near(text, start, annexes)) and _is_stamped(
            text[start:seen], *_around(text, start, seen)
        ):
            return True
    return False


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the end of the line before a stretch, and the beginning of the one behind it."""
    before = text[max(start - NEAR, 0) : start].rstrip().rpartition("\n")[2]
    return before, text[end : end + NEAR].lstrip().partition("\n")[0]


def _is_split(before: str, after: str) -> bool:
    """Tell whether the lines around a word go on with it: it is part of a title, not a stamp."""
    return SPLIT_BEFORE.search(before) is not None or SPLIT_AFTER.match(after) is not None


def _end_of_head(text: str) -> int:
    """Return where the head ends: at the first line of the body, after forty lines at most."""
    start = count = 0
    while count < HEAD_LINES and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip()
        if len(line) > HEAD_LINE_LENGTH and count >= BEFORE_BODY:
            return start
        count += bool(line)
        start = end + 1
    return start


def _near(text: str, place: int, annexes: list[int]) -> bool:
    """Tell whether a line belongs to the head of an annex."""
    index = bisect_right(annexes, place)
    behind = index > 0 and _lines_between(text, annexes[index - 1], place) <= ANNEX_AFTER
    return behind or (index < len(annexes) and _lines_between(text, place, annexes[index]) <= ANNEX_BEFORE)


def _lines_between(text: str, start: int, end: int) -> int:
    """Count the lines that are not blank; a stretch too long for a head has as many as a body."""
    if end - start > ANNEX_AFTER * HEAD_LINE_LENGTH:
        return HEAD_LINES
    return sum(1 for line in text[start:end].split("\n") if line.strip())


def _is_stamped(line: str, before: str, after: str) -> bool:
    if len(line.strip()) > HEAD_LINE_LENGTH or (cells := _cells(line)) is None:
        return False
    if any(NUMBER.search(cell) or NUMBER_SUFFIX.search(cell) for cell in cells):
        return True
    whole = [] if _is_split(before, after) else cells
    return any(
        _is_level(piece) for cell in cells for piece in (*whole, *COLUMNS.split(cell)[0 if whole else 1 :])
    )


def _cells(line: str) -> list[str] | None:
    """Cut a letterhead set in two cells; a row of a table of data is None: its cells are no stamps."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) == 1:
        return cells
    others = [cell for cell in cells if not STAMP.fullmatch(cell)]
    is_letterhead = len(cells) == 2 and all(LETTERHEAD.search(cell) for cell in others)  # noqa: PLR2004
    return cells if is_letterhead else None


def _is_level(piece: str) -> bool:
    """Tell whether a piece of a line is a level, or a title with a level beside it."""
    piece = piece.strip()
    if not piece or SMALL.fullmatch(piece) or ITEM.fullmatch(piece):
        return False
    if len(piece) <= STAMP_LENGTH and (STAMP.fullmatch(piece) or PLAIN_STAMP.fullmatch(piece)):
        return True
    squeezed = SQUEEZED.fullmatch(piece)
    if squeezed is not None and not SPLIT_BEFORE.search(squeezed.group(1) or ""):
        return True
    return BESIDE.search(piece) is not None or IN_FRONT.search(piece) is not None
