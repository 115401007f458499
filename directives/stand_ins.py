"""Whose work a sentence is where its first words do not say: behind a report, or the addressees'."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from directives.acting import Subject
from directives.agencies import Mention
from directives.background import is_background
from directives.bodies import skip_openers
from directives.grammar import Wording
from directives.model import Span
from directives.orders_inside import orders_inside
from directives.page import Page
from directives.sentences import clauses
from directives.subjects import subject_at
from directives.verbs import any_of, starts_with_action

TAKES_BACK: Final = Wording(
    "takes-back",
    re.compile(
        r"(?:(?:đồng\s+ý|thống\s+nhất|nhất\s+trí|quyết\s+định)\s+)?"
        r"(?:không|chưa|thôi|dừng|tạm\s+dừng|ngừng|bãi\s+bỏ|hủy\s+bỏ|thu\s+hồi|rút)\s+(?:việc\s+|nhiệm\s+vụ\s+)*(?:đã\s+)?"
        r"(?:giao|phân\s+công|ủy\s+quyền)(?!\w)"
    ),
    ("«Không giao» Sở Y tế làm chủ đầu tư.", "«Thu hồi nhiệm vụ đã giao» Sở Y tế."),
    ("Giao Sở Y tế thu hồi giấy phép.",),
)
MUST: Final = Wording(
    "must",
    re.compile(r"\s*(?:phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+trì|khẩn\s+trương)(?!\w)"),
    ("Sở Y tế« phải» trình đề án.", "Sở Y tế« khẩn trương» trình đề án."),
    ("Sở Y tế trình đề án.",),
)
WORDINGS: Final = (TAKES_BACK, MUST)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is meant where a sentence names nobody, and how far its first words are to be trusted."""

    leads: tuple[Mention, ...]
    rule: str
    asked: bool  # the document has begun to give work
    trusting: bool = False

    @property
    def introduced(self) -> bool:
        """Tell whether the leads come from an introduction, not from the item itself."""
        return self.rule == "introduction"


def takes_back(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence takes work away or gives none: «Không giao Sở X …», «Thu hồi nhiệm vụ …»."""
    return TAKES_BACK.match(page.small, skip_openers(page, sentence.start, sentence.end)) is not None


def given_instead(page: Page, sentence: Span) -> Subject | None:
    """Return who gets the work that a sentence takes from another: «Không giao Sở X …; giao Sở Y …»."""
    for clause in islice(clauses(page.flow, sentence), 1, None):
        own = subject_at(page, clause.start, clause.end, trusting=False)
        if own is not None and own.ordered:
            return own
    return None


def behind_report(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    """Return the subject of an order behind a semicolon: «Không chấp thuận …; UBND huyện X phải gửi …»."""
    if not standing.asked or (standing.leads and not standing.introduced):
        return None
    if any(one.reported for one in orders_inside(page, sentence)):
        return None  # «… đã giao X …; giao Y …» reports both
    for clause in islice(clauses(page.flow, sentence), 1, None):
        own = subject_at(page, clause.start, clause.end, trusting=False)
        if own is None or is_background(page, own, asked=True) or own.rule == "heading":
            continue
        if own.ordered or standing.trusting or MUST.match(page.small, own.end, clause.end):
            return own
    return None


def to_addressees(page: Page, sentence: Span) -> Subject | None:
    """Return the addressees of a letter where a sentence asks and names nobody: «Yêu cầu khẩn trương …»."""
    start = skip_openers(page, sentence.start, sentence.end)
    verb = any_of("assign").match(page.small, start, sentence.end) if page.addressees else None
    if verb is None or not starts_with_action(page.small, verb.end() + 1, sentence.end):
        return None
    return Subject(page.addressees, sentence.start, verb.end(), ordered=True, rule="introduction")
