"""Whose work a sentence is: one row for each way to tell, tried in order.

The right side of an example gives the leads of the last task that its item gives, nothing for none.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from directives.acting import VERB_ASSIGNS, Subject
from directives.background import reports
from directives.bodies import skip_openers
from directives.coordination import begins_together
from directives.formulas import VALIDITY, falls_short
from directives.grammar import Rule, Wording
from directives.model import Span
from directives.orders_inside import orders_inside
from directives.page import Page
from directives.postponements import postponed
from directives.stand_ins import Standing, behind_report, given_instead, takes_back, to_addressees
from directives.subjects import subject_at
from directives.verbs import starts_with_action
from directives.voice import speaks_of_itself

APPROVES: Final = Wording(
    "approves",
    re.compile(
        r"(?:(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận|tán\s+thành)|phê\s+duyệt|"
        r"ghi\s+nhận|đánh\s+giá\s+cao|biểu\s+dương|(?:nghiêm\s+khắc\s+)?phê\s+bình|"
        r"hoan\s+nghênh|khen\s+ngợi)(?!\w)"
    ),
    ("«Đồng ý» với báo cáo của Sở Y tế.", "«Ghi nhận» kết quả của các xã."),
)
TELLS: Final = Wording(
    "tells",
    re.compile(
        r"(?:mục\s+(?:tiêu|đích)|thời\s+(?:gian|điểm|hạn)|địa\s+điểm|kinh\s+phí|nguồn|đến|từ|năm|"
        r"tổng\s+(?:số|mức|kinh)|số|tỷ\s+lệ|chỉ\s+tiêu|điều\s+kiện|hình\s+thức|lệ\s+phí|đối\s+tượng|"
        r"thành\s+phần|nội\s+dung|phạm\s+vi|quy\s+mô|dự\s+kiến|hiện|tình\s+hình|kết\s+quả|nguyên\s+nhân|"
        r"tuy\s+nhiên|qua|theo|tại|trong\s+đó|dự\s+án|công\s+trình|ubnd|ủy\s+ban|chủ\s+tịch)(?!\w)"
    ),
    ("«Kinh phí» do ngân sách tỉnh bảo đảm trước ngày 10/5/2020.", "«Tuy nhiên», còn nhiều khó khăn."),
    ("Tuyên truyền Luật Đất đai.",),
)
IN_PRINCIPLE: Final = Wording(
    "in-principle",
    re.compile(
        r"(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận)(?:\s+(?:về|với))?\s+chủ\s+trương(?!\w)"
    ),
    ("«Thống nhất chủ trương» xây chợ.", "«Cơ bản đồng ý về chủ trương» mở lớp."),
    ("Thống nhất với Sở Y tế.",),
)
OBLIGED: Final = Wording(
    "was-bound",
    re.compile(r"(?:theo|tại|thực\s+hiện|căn\s+cứ|mặc\s+dù|trước\s+đó|trước\s+đây)(?!\w)"),
    ("«Theo» Nghị quyết, các chủ đầu tư phải giải ngân nhưng đến nay chưa đạt.",),
)
WORDINGS: Final = (APPROVES, TELLS, IN_PRINCIPLE, OBLIGED)

_ASSIGNS = re.compile(r"(?:giao|phân\s+công)\s+(?=\w)")
_STRANGER = re.compile(r"[A-ZĐ][^\W\d_]*\s+(?:[^\W\d_]+\s+){0,2}[A-ZĐ]")  # «Ngành Y tế …»
_SEVERAL = re.compile(r"(?:cả\s+)?(?:hai|ba)\s")
NOBODY: Final = Subject((), 0, 0, ordered=False, rule="nobody")


def head_of(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    """Return who is to act at the head of a sentence and where his work begins; None where nobody is."""
    for row in HEADS:
        head = row.decide(page, sentence, standing)
        if head is not None:
            return None if head is NOBODY else head
    return None


def _own(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    return subject_at(page, sentence.start, sentence.end, trusting=standing.trusting)


def _only_reports(page: Page, sentence: Span, standing: Standing) -> bool:
    own = _own(page, sentence, standing)
    return own is not None and reports(page, sentence, own, asked=standing.asked)


def _given_instead(page: Page, sentence: Span, _: Standing) -> Subject | None:
    return (given_instead(page, sentence) or NOBODY) if takes_back(page, sentence) else None


def _postponed(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    of_an_item = standing.leads and not standing.introduced
    return None if of_an_item else postponed(page, sentence)


def _of_the_past(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    """Read no head in a sentence of validity or of what was left undone, only an order behind it."""
    obliged = OBLIGED.match(page.small, sentence.start) is not None
    if not VALIDITY.match(page.small, sentence.start, sentence.end) and not (
        obliged and falls_short(page.small_words(sentence))
    ):
        return None
    return behind_report(page, sentence, standing) or NOBODY


def _in_principle(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    start = skip_openers(page, sentence.start, sentence.end)
    if not IN_PRINCIPLE.match(page.small, start) or _own(page, sentence, standing) is not None:
        return None
    inside = next((one for one in orders_inside(page, sentence) if not one.reported), None)
    return inside or behind_report(page, sentence, standing) or NOBODY


def _of_item(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    """Return the owner of an item though others are named: they help, or it is to ask them.

    «Cùng với Sở A lập …», «Yêu cầu các chủ đầu tư …».
    """
    if not standing.leads or standing.introduced:
        return None
    own = _own(page, sentence, standing)
    for_owner = begins_together(page, sentence.start, sentence.end) or (
        own is not None and _asks_others(page, own)
    )
    return _inherited(sentence, standing) if for_owner else None


def _asks_others(page: Page, own: Subject) -> bool:
    if not own.leads[0].is_group and not own.leads[0].is_reference:
        return False  # «Đề nghị Công ty X cung cấp hồ sơ»: one named body is given the work itself
    if _SEVERAL.match(page.small, own.leads[0].span.start):
        return False  # «Yêu cầu hai đơn vị này báo cáo …»: the owner is one of them
    return own.rule == VERB_ASSIGNS and "giao" not in page.small[own.start : own.start + 10]


def _named(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    own = _own(page, sentence, standing)
    return None if own is None or reports(page, sentence, own, asked=standing.asked) else own


def _goes_on(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    if not standing.leads or standing.introduced or _only_reports(page, sentence, standing):
        return None
    return _inherited(sentence, standing)


def _inherited(sentence: Span, standing: Standing) -> Subject:
    rule = standing.rule or "inherited"
    return Subject(standing.leads, sentence.start, sentence.start, ordered=False, rule=rule)


def _introduced(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    if not standing.introduced or not standing.leads or _only_reports(page, sentence, standing):
        return None
    return _as_sure(page, sentence, _inherited(sentence, standing)) if _is_work(page, sentence) else None


def _as_sure(page: Page, sentence: Span, inherited: Subject) -> Subject:
    """Doubt the bodies of an introduction where a sentence begins with a name or an order nobody knows."""
    start = skip_openers(page, sentence.start, sentence.end)
    stranger = _ASSIGNS.match(page.small, start) or _STRANGER.match(page.flow, start)
    known = starts_with_action(page.small, start, sentence.end) and not _ASSIGNS.match(page.small, start)
    if known or not stranger or page.deadline_at(start) is not None:
        return inherited
    return replace(inherited, rule="introduction-unsure")


def _is_work(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence without subject begins with work, a time before it passed over."""
    start = skip_openers(page, sentence.start, sentence.end)
    while (time := page.deadline_at(start)) is not None:
        start = time.span.end
        while start < sentence.end and page.flow[start] in " ,:":
            start += 1
    if APPROVES.match(page.small, start) or TELLS.match(page.small, start):
        return False
    return starts_with_action(page.small, start, sentence.end) or bool(page.deadlines_in(sentence))


def _inside(page: Page, sentence: Span, _: Standing) -> Subject | None:
    own = speaks_of_itself(page, sentence)
    return next((one for one in orders_inside(page, sentence) if own or not one.reported), None)


def _addressed(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    return to_addressees(page, sentence) if standing.asked else None


HeadRule = Rule[Callable[[Page, Span, Standing], Subject | None]]
HEADS: Final[tuple[HeadRule, ...]] = (
    Rule(
        "given-instead",
        _given_instead,
        (
            ("Thu hồi nhiệm vụ đã giao Sở Y tế; giao Sở Nội vụ thực hiện trước 10/7/2020.", "Sở Nội vụ"),
            ("Không giao Sở Y tế làm chủ đầu tư.", ""),
        ),
    ),
    Rule(
        "postponement",
        _postponed,
        (
            ("Đồng ý cho Sở Y tế lùi thời hạn trình đề án đến ngày 30/6/2020.", "Sở Y tế"),
            ("Cho phép gia hạn thời gian lập quy hoạch của Sở Y tế đến ngày 30/6/2020.", "Sở Y tế"),
        ),
    ),
    Rule(
        "of-the-past",
        _of_the_past,
        (
            ("Giấy phép cấp cho Công ty Hoàng Anh hết hạn ngày 30/6/2020, giao Sở Y tế rà soát.", ""),
            ("Theo Nghị quyết, Sở Y tế phải xong trước ngày 30/6/2020 nhưng đến nay chưa đạt.", ""),
        ),
    ),
    Rule(
        "in-principle",
        _in_principle,
        (("Sở Y tế rà soát giá thuốc. Thống nhất chủ trương xây chợ trong năm 2020.", "Sở Y tế"),),
    ),
    Rule(
        "of-the-item",
        _of_item,
        (("Sở Y tế rà soát giá thuốc. Yêu cầu các bệnh viện báo cáo trước ngày 10/5/2020.", "Sở Y tế"),),
    ),
    Rule(
        "named",
        _named,
        (("Sở Y tế rà soát giá thuốc.", "Sở Y tế"), ("Giao Sở Y tế rà soát giá thuốc.", "Sở Y tế")),
        ("Sở Y tế đã rà soát giá thuốc.",),
    ),
    Rule(
        "inherited",
        _goes_on,
        (("Sở Y tế rà soát giá thuốc. Lập danh sách các chợ trước ngày 10/5/2020.", "Sở Y tế"),),
    ),
    Rule(
        "introduction",
        _introduced,
        (
            (
                "Kính gửi: Sở Y tế.\nUBND tỉnh đề nghị Sở Y tế thực hiện:\n1. Lập danh sách các chợ.",
                "Sở Y tế",
            ),
        ),
    ),
    Rule(
        "order-inside",
        _inside,
        (("Nhiều chợ còn xuống cấp, UBND tỉnh giao Sở Y tế rà soát.", "Sở Y tế"),),
        ("UBND tỉnh đã giao Sở Y tế rà soát.",),
    ),
    Rule(
        "addressees",
        _addressed,
        (("Kính gửi: Sở Y tế.\nYêu cầu khẩn trương báo cáo trước ngày 10/5/2020.", "Sở Y tế"),),
    ),
    Rule(
        "behind-report",
        behind_report,
        (("Không chấp thuận việc gia hạn; Sở Y tế phải trình đề án trước ngày 10/5/2020.", "Sở Y tế"),),
    ),
)
"""An inherited subject has the rule by which its bodies were found, or that of their introduction."""
