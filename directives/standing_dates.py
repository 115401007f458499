"""Dates that stand apart from the work they date: «Hoàn thành trước ngày …», «Các nhiệm vụ nêu trên …»."""

import re
from collections.abc import Iterable
from typing import Final

from directives.bodies import read_list, skip_openers
from directives.grammar import Wording
from directives.model import Deadline, Span
from directives.order import Order
from directives.page import Page
from directives.verbs import finish_at

ABOUT_ALL: Final = Wording(
    "date-of-all",
    re.compile(
        r"(?:thời\s+(?:gian|hạn)[^:.;,]{0,30}:\s*)?(?:thời\s+(?:gian|hạn)\s+(?:thực\s+hiện|hoàn\s+thành)\s+|"
        r"yêu\s+cầu\s+)?(?:tất\s+cả\s+)?(?:các|những|toàn\s+bộ)\s+(?:nội\s+dung|nhiệm\s+vụ|công\s+việc|"
        r"phần\s+việc|yêu\s+cầu|việc)"
        r"(?:\s*,\s*(?:nhiệm\s+vụ|công\s+việc|nội\s+dung))?[^:;.]{0,60}?\s(?:trên|này|sau(?:\s+đây)?|"
        r"dưới\s+đây|còn\s+lại|(?:không|chưa)\s+(?:có|nêu|ghi|quy\s+định|xác\s+định)(?:\s+(?:rõ|"
        r"cụ\s+thể))?\s+thời)(?!\w)"
    ),
    (
        "«Các nhiệm vụ nêu trên» hoàn thành trước ngày 10/5/2020.",
        "«Các nội dung không quy định rõ thời» hạn thì xong trước ngày 10/5/2020.",
    ),
    ("Các nhiệm vụ của Sở Y tế hoàn thành.",),
)
ALL_SEND: Final = Wording(
    "all-send-by",
    re.compile(
        r"(?:báo\s+cáo|kết\s+quả|văn\s+bản|ý\s+kiến|kế\s+hoạch|danh\s+sách)\s+(?:thực\s+hiện\s+|góp\s+ý\s+|tham\s+gia\s+)?"
        r"(?:của\s+các\s+[^;:.]{2,60}?|nêu\s+trên|trên)\s+(?:đề\s+nghị\s+|yêu\s+cầu\s+|xin\s+|được\s+|phải\s+)?gửi\s"
    ),
    (
        "«Báo cáo của các đơn vị gửi »Sở Nội vụ trước ngày 10/5/2020.",
        "«Kết quả thực hiện nêu trên phải gửi »Sở Nội vụ.",
    ),
    ("Báo cáo gửi Sở Nội vụ.",),
)
LOOKS_BACK: Final = Wording(
    "looks-back",
    re.compile(r"(?:trên|vừa\s+nêu)(?!\w)(?!\s+(?:địa\s+bàn|cơ\s+sở|toàn))"),
    ("Các nhiệm vụ nêu «trên» hoàn thành.",),
    ("Các nhiệm vụ trên địa bàn tỉnh.",),
)
# «Việc kiểm tra tiến hành từ ngày …, kết thúc trước ngày …»
ITS_TIME: Final = Wording(
    "its-time",
    re.compile(
        r"(?:việc|công\s+tác|quá\s+trình|đợt|thời\s+gian)\s+(?:\w+\s+){1,5}?(?:này\s+|trên\s+|nêu\s+trên\s+)?(?:được\s+|phải\s+)?"
        r"(?:tiến\s+hành|thực\s+hiện|hoàn\s+thành|kết\s+thúc|triển\s+khai|hoàn\s+tất|xong)(?!\w)"
    ),
    (
        "«Việc kiểm tra chợ tiến hành» trước ngày 10/5/2020.",
        "«Thời gian thống kê hoàn thành» trước ngày 10/5/2020.",
    ),
    ("Việc chợ.",),
)
PASSES_ON: Final = Wording(
    "passes-on",
    re.compile(r"(?:trình|gửi|báo\s+cáo)\s+"),
    ("«Trình »UBND tỉnh trước ngày 10/5/2020.",),
)
TO_DECIDE: Final = Wording(
    "to-decide",
    re.compile(
        r"[\s,]*(?:(?:để|và|xem\s+xét|phê\s+duyệt|ban\s+hành|quyết\s+định|cho\s+ý\s+kiến|theo\s+dõi|"
        r"chỉ\s+đạo|thông\s+qua)[\s,]*)*$"
    ),
    ("UBND tỉnh« để xem xét, quyết định »",),
)
WORDINGS: Final = (ABOUT_ALL, ALL_SEND, LOOKS_BACK, ITS_TIME, PASSES_ON, TO_DECIDE)


def date_of_all(page: Page, sentence: Span) -> Deadline | None:
    """Return the date that «Các nhiệm vụ nêu trên hoàn thành trước ngày …» gives to a whole list."""
    about_all = ABOUT_ALL.match(page.small, sentence.start, sentence.end)
    if about_all is None and not ALL_SEND.match(page.small, sentence.start, sentence.end):
        return None
    dates = page.deadlines_in(sentence)
    return dates[-1] if dates else None


def date_in_front(page: Page, before: Span, orders: list[Order]) -> None:
    """Give a time put before the subject to the first order: «Trước ngày 25/3, Sở Tài chính trình …»."""
    if not orders or orders[0].deadline is not None:
        return
    for date in page.deadlines_in(before):
        if date.span.start == skip_openers(page, before.start, before.end) or not page.flow[
            date.span.end : before.end
        ].strip(" ,:"):
            orders[0].deadline, orders[0].time_first = date, True
            return


def looks_back(page: Page, sentence: Span) -> bool:
    """Tell whether the list that a date is for stands before it: «nêu trên»."""
    return LOOKS_BACK.search(page.small, sentence.start, sentence.end) is not None


def give_date(orders: Iterable[Order], date: Deadline) -> None:
    """Give a date to every order that has none of its own."""
    for order in orders:
        if order.deadline is None:
            order.deadline = date
            order.doubts.append("date-from-whole-list")


def dated_before(page: Page, found: list[Order], orders: list[Order]) -> bool:
    """Give the date of a sentence that only says when to the work before it, and tell whether it was one."""
    if len(orders) != 1 or not found or orders[0].deadline is None or orders[0].time_first:
        return False
    order = orders[0]
    if not _only_dates(page, order, orders[0].deadline):
        return False
    same = [one for one in found if one.deadline is None and one.leads == order.leads]
    if not same:
        order.action, order.spans = found[-1].action, [found[-1].spans[0], *order.spans]
        return False
    for one in same[1:]:
        same[0].take(one)
        found.remove(one)
    same[0].take(order)
    return True


def _only_dates(page: Page, order: Order, date: Deadline) -> bool:
    start, end = order.action.start, date.span.start
    if ITS_TIME.match(page.small, start, end):
        return True
    if start >= end and not page.flow[date.span.end : order.spans[-1].end].strip(" .;/"):
        return True  # «Hạn cuối gửi phương án: ngày 15/11.» is a date and nothing else
    finish = finish_at(page.small, start, end)
    if finish is not None and not page.flow[finish:end].strip(" ,:"):
        return True
    verb = PASSES_ON.match(page.small, start, end)
    if verb is None:
        return False
    bodies, after = read_list(page, verb.end(), end)
    return bool(bodies) and TO_DECIDE.match(page.small, after, end) is not None
