"""The marks that open an item («II.», «1.1», «a)», «-», «Một là»): one row each, tried in order."""

import re
from dataclasses import dataclass

from directives.model import Span

ROMAN = r"(?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})"
_ROMAN = re.compile(ROMAN)
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of the Vietnamese alphabet as items use it


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """One family of marks: how it looks, whether it adds to an item's path, and examples that prove it."""

    family: str
    pattern: re.Pattern[str]  # group 1 is the label
    examples: tuple[tuple[str, str], ...]  # (line, label read from it)
    in_path: bool = True


def _row(family: str, pattern: str, *examples: tuple[str, str], in_path: bool = True) -> MarkerRow:
    return MarkerRow(family, re.compile(pattern), examples, in_path)


SMALL_ROMAN = "small-roman"
ROWS: tuple[MarkerRow, ...] = (
    _row(
        "part",
        r"((?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC) (?:thứ |THỨ )?(?:\w{1,5}))[.:](?=\s|$)",
        ("Phần I. Đánh giá", "Phần I"),
        ("CHƯƠNG II.", "CHƯƠNG II"),
    ),
    _row(
        "article",
        r"(Điều\s{1,3}\d{1,3})\s?[.:)](?!\d)",
        ("Điều 2. Tổ chức thực hiện", "Điều 2"),
        ("Điều 1: X", "Điều 1"),
    ),
    _row(
        "decimal",
        r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:\.|\)|:|\s?-)?(?=\s*[^\W\d])(?!\s?(?:tỷ|triệu|nghìn|ha|km|m[23]?|tấn|đồng)\b)",
        ("1.1. Chủ trì", "1.1"),
        ("2.3 Sở Y tế", "2.3"),
        ("1.2) Rà soát", "1.2"),
    ),
    _row(
        "roman",
        rf"({ROMAN})\s?(?:[.):](?=\s|$|[^\W\d])|/(?=\s|[A-ZĐÀ-Ỹ])|[-–](?=\s))",
        ("IV. TỔ CHỨC", "IV"),
        ("II/ Kết quả", "II"),
    ),
    _row("upper", r"([A-H])\s?[.)/](?=\s|$)", ("B. NHIỆM VỤ", "B"), ("A/ Chung", "A")),
    _row("number", r"(\d{1,2})\.(?=\s|$|[^\W\d])", ("3. Sở Y tế", "3"), ("3.Sở Y tế", "3")),
    _row("number-bracket", r"(\d{1,2})\)(?=\s|$|[^\W\d])", ("3) Sở Y tế", "3")),
    _row("number-brackets", r"\((\d{1,2})\)(?=\s|$|[^\W\d])", ("(2) Rà soát", "2")),
    _row(
        "number-dash",
        r"(\d{1,2})\s?[-–](?=\s{0,3}[^\W\d])",
        ("1- Thống nhất", "1"),
        ("2 - Giao", "2"),
        ("2-  Giao", "2"),
    ),
    _row("number-slash", r"(\d{1,2})/(?=\s|[^\W\d])", ("1/ Giao Sở", "1")),
    _row("number-colon", r"(\d{1,2}):(?=\s)", ("2: Giao Sở", "2")),
    _row(
        "count",
        rf"(?i:({'|'.join(_COUNTS)}) là)\s?[,:](?=\s)",
        ("Một là, tập trung", "Một"),
        ("Hai là: rà", "Hai"),
    ),
    _row(
        "ordinal",
        rf"(?i:(thứ (?:{'|'.join(_ORDINALS)})))\s?[,:](?=\s+(?!ngày\b)[^\W\d])",
        ("Thứ nhất, tập trung", "Thứ nhất"),
    ),
    _row("letter", rf"([{_LETTERS}]\d?)\s?[.)/](?=\s|$|[A-ZĐÀ-Ỹ])", ("a) Chủ trì", "a"), ("đ. Rà soát", "đ")),
    _row(SMALL_ROMAN, rf"\(({ROMAN.lower()})\)(?=\s|$|[^\W\d])", ("(ii) Rà soát", "ii"), ("(i) Lập", "i")),
    _row("letter-brackets", rf"\(([{_LETTERS}])\)(?=\s|$|[^\W\d])", ("(b) Rà soát", "b")),
    _row(
        "dash",
        r"([-–—]{1,2})(?=\s{0,3}[^\W\d]|\s*\d|\s*[\"“«(])",
        ("- Chủ trì", "-"),
        ("–Sở Y tế", "–"),
        in_path=False,
    ),
    _row("plus", r"(\+{1,2})(?=\s{0,3}\w)", ("+ Chủ trì", "+"), in_path=False),
    _row(
        "bullet",
        r"([•●▪■◦○‣⁃·§*➢➤✓✔❖►▶]|o(?=\s[A-ZĐÀ-Ỹ]))(?=\s{0,3}[^\W\d_]|\s*\d)",
        ("• Sở Y tế", "•"),
        ("* Sở Y tế", "*"),
        in_path=False,
    ),
)


# All rows as one pattern, each in a group of its own around that of its label: one look tells which fits.
_ANY_ROW = re.compile("|".join(f"({row.pattern.pattern})" for row in ROWS))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark found at the head of a paragraph; the item's own text begins at `end`."""

    row: MarkerRow
    label: str
    end: int

    @property
    def family(self) -> str:
        """Return the name of the family."""
        return self.row.family

    @property
    def rank(self) -> int:
        """Return the place of the label in its family, from one; zero for bullets."""
        return roman_rank(self.label) if self.row.family == SMALL_ROMAN else rank_of(self.label)


def read_mark(text: str, at: int, end: int) -> Mark | None:
    """Return the mark that stands at the offset, or None."""
    found = _ANY_ROW.match(text, at, end)
    if found is None or found.lastindex is None:
        return None
    return Mark(ROWS[found.lastindex // 2], found[found.lastindex + 1], found.end())


def past_mark(text: str, span: Span) -> Span:
    """Return a stretch less the mark that opens it."""
    mark = read_mark(text, span.start, span.end)
    start = span.start if mark is None else mark.end
    while mark is not None and start < span.end and text[start] == " ":
        start += 1
    return Span(start, span.end)


def rank_of(label: str) -> int:
    """Return the number a label stands for: «3» 3, «1.2» 2, «IV» 4, «đ» 5, «Thứ ba» 3; 0 for a bullet."""
    last = label.lower().rsplit(" ", 1)[-1]
    if label[:1].isdigit():
        return int(label.rsplit(".", 1)[-1])
    if label.startswith("Điều "):
        return int(last)
    if _ROMAN.fullmatch(label):
        return _roman(label)
    for names in (_COUNTS, _ORDINALS):
        if last in names:
            return names.index(last) + 1
    if len(label) == 1 and label.isupper():
        return ord(label) - ord("A") + 1
    return _LETTERS.find(label[:1]) + 1 if label else 0


def roman_rank(label: str) -> int:
    """Return the number of «i», «iv», which as letters of a list would be others."""
    return _roman(label.upper())


def _roman(label: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
