"""What a stretch of a sentence is to the work before it: its end, its hand-over, more about it, or new work.

The right side of an example gives the tasks of its item, each as its action and its date in brackets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from directives.grammar import Wording
from directives.model import Deadline, DeadlineKind, Span
from directives.order import Kind
from directives.page import Page
from directives.timing import Stretch
from directives.verbs import finish_at, handover_at, skip_adverbs, starts_with_action

GOES_ON: Final = Wording(
    "goes-on",
    re.compile(
        r"(?:trong\s+đó|đặc\s+biệt|nhất\s+là|trường\s+hợp|nếu|khi|lưu\s+ý|bảo\s+đảm|đảm\s+bảo|không\s+để|"
        r"tránh|bao\s+gồm|gồm|qua\s+đó|từ\s+đó)(?!\w)"
    ),
    ("«Trong đó» lưu ý các chợ cũ.", "«Không để» xảy ra cháy."),
    ("Trong quý II, rà soát.",),
)
CASE: Final = Wording(
    "case-put-first",
    re.compile(r"(?:đối\s+với|riêng|với|trong(?!\s+đó)|tại|sau\s+khi)\s[^,;]{3,120},\s+"),
    ("«Đối với tàu chưa đạt, »lập danh sách.",),
    ("Đối với tàu chưa đạt.",),
)
NAMED_AGAIN: Final = Wording(
    "named-again",
    re.compile(
        r"\s+(?:các\s+)?(?:việc|công\s+tác|công\s+việc|nội\s+dung|nhiệm\s+vụ)\s+(?P<work>\w+(?:\s+\w+)?)"
    ),
    ("Hoàn thành« việc sơ tán» trước ngày 10/5/2020.",),
)
FROM: Final = Wording(
    "from-now",
    re.compile(r"[\s,:;]*(?:từ\s+(?:nay|(?:ngày|tháng|quý)?\s*[\d/.\s-]+(?:năm\s+\d{4}\s*)?))?[\s,]*$"),
    ("Hoàn thành« từ nay »", "Hoàn thành« từ ngày 01/5/2020 »"),
)
WORDINGS: Final = (GOES_ON, CASE, NAMED_AGAIN, FROM)
_LOOK_BACK = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in its clause, and the first words of its work."""

    clause: Span
    stretch: Stretch
    action: Span

    @property
    def deadline(self) -> Deadline | None:
        """Return the date of the stretch."""
        return self.stretch.deadline

    @property
    def end(self) -> int:
        """Return where the stretch ends."""
        return self.stretch.span.end


@dataclass(frozen=True, slots=True)
class KindRow:
    """One way to tell what a piece is to the work before it. `dated`: it is asked of pieces with a date."""

    name: str
    kind: Kind
    dated: bool
    holds: Callable[[Page, Piece], bool]
    examples: tuple[tuple[str, str], ...]


def kind_of(page: Page, piece: Piece) -> Kind:
    """Return what a piece is to the work before it."""
    dated = piece.deadline is not None
    return next((row.kind for row in KINDS if row.dated is dated and row.holds(page, piece)), Kind.WORK)


def _says_more(page: Page, piece: Piece) -> bool:
    return GOES_ON.match(page.small, piece.clause.start) is not None


def _without_work(page: Page, piece: Piece) -> bool:
    return not _acts(page, piece)


def _acts(page: Page, piece: Piece) -> bool:
    """Tell whether work begins here, or behind a case put first: «đối với tàu chưa đạt, lập danh sách …»."""
    if starts_with_action(page.small, piece.action.start, piece.end):
        return True
    case = CASE.match(page.small, piece.clause.start, piece.end)
    return case is not None and starts_with_action(page.small, case.end(), piece.end)


def _is_a_time(page: Page, piece: Piece) -> bool:
    date = piece.deadline
    if date is None or date.kind is DeadlineKind.RECURRING:
        return False
    before = page.flow[_verb(page, piece) : date.span.start]
    return not before.strip(" ,:(") and not page.flow[date.span.end : piece.end].strip(" .;/)")


def _ends_it(page: Page, piece: Piece) -> bool:
    ends, date = _finished(page, piece), piece.deadline
    if ends is None or date is None or ends > date.span.start:
        return False
    return FROM.match(page.small, ends, date.span.start) is not None


def _ends_the_same(page: Page, piece: Piece) -> bool:
    """Tell whether «hoàn thành việc sơ tán» names again the work of the clause before it."""
    ends, date = _finished(page, piece), piece.deadline
    named = NAMED_AGAIN.match(page.small, ends, date.span.start) if ends is not None and date else None
    if named is None:
        return False
    before = page.small[max(0, piece.clause.start - _LOOK_BACK) : piece.clause.start]
    return " ".join(named["work"].split()) in " ".join(before.split())


def _hands_over(page: Page, piece: Piece) -> bool:
    return handover_at(page.small, _verb(page, piece), piece.end) is not None


def _finished(page: Page, piece: Piece) -> int | None:
    return finish_at(page.small, _verb(page, piece), piece.end)


def _verb(page: Page, piece: Piece) -> int:
    return skip_adverbs(page.small, piece.action.start, piece.end)


KINDS: Final = (
    KindRow(
        "says-more",
        Kind.GOES_ON,
        dated=False,
        holds=_says_more,
        examples=(
            (
                "Sở Y tế kiểm tra chợ trước ngày 10/5/2020; bảo đảm không bỏ sót.",
                "kiểm tra chợ [trước ngày 10/5/2020]",
            ),
        ),
    ),
    KindRow(
        "without-work",
        Kind.GOES_ON,
        dated=False,
        holds=_without_work,
        examples=(
            (
                "Sở Y tế kiểm tra chợ trước ngày 10/5/2020; mỗi chợ hai lần.",
                "kiểm tra chợ [trước ngày 10/5/2020]",
            ),
        ),
    ),
    KindRow(
        "only-a-time",
        Kind.FINISH,
        dated=True,
        holds=_is_a_time,
        examples=(
            ("Sở Y tế lập danh sách chợ; chậm nhất 11/5/2020.", "lập danh sách chợ [chậm nhất 11/5/2020]"),
        ),
    ),
    KindRow(
        "finishes",
        Kind.FINISH,
        dated=True,
        holds=_ends_it,
        examples=(
            (
                "Sở Y tế lập danh sách chợ; hoàn thành trước ngày 10/5/2020.",
                "lập danh sách chợ [trước ngày 10/5/2020]",
            ),
        ),
    ),
    KindRow(
        "finishes-the-same",
        Kind.FINISH,
        dated=True,
        holds=_ends_the_same,
        examples=(
            (
                "Sở Y tế sơ tán dân; hoàn thành việc sơ tán trước ngày 10/5/2020.",
                "sơ tán dân [trước ngày 10/5/2020]",
            ),
        ),
    ),
    KindRow(
        "hands-over",
        Kind.HANDOVER,
        dated=True,
        holds=_hands_over,
        examples=(
            (
                "Sở Y tế kiểm tra chợ; báo cáo UBND tỉnh trước ngày 10/5/2020.",
                "kiểm tra chợ [trước ngày 10/5/2020]",
            ),
        ),
    ),
)
"""Tried in order; what none of them fits is work of its own."""
