"""Say in Vietnamese how the last on-time day was reached («cách tính»)."""

from collections.abc import Callable
from typing import Final

from directives.dates import shown
from directives.deadlines.moments import Doubt
from directives.deadlines.policy import DeadlinePolicy
from directives.model import Deadline, DeadlineKind, Interval

EVERY: Final = {
    Interval.DAY: "hằng ngày",
    Interval.WEEK: "hằng tuần",
    Interval.MONTH: "hằng tháng",
    Interval.QUARTER: "hằng quý",
    Interval.HALF: "06 tháng một lần",
    Interval.YEAR: "hằng năm",
}

DOUBTS: Final = {
    Doubt.NO_SUCH_DAY: "ngày ghi trong văn bản không có trong lịch; đề nghị xác định lại thời hạn",
    Doubt.BEFORE_ISSUE: "ngày này trước ngày ban hành văn bản; đề nghị kiểm tra lại",
    Doubt.YEAR_ASSUMED: "văn bản không ghi năm, lấy ngày gần nhất sau ngày ban hành; đề nghị kiểm tra lại",
    Doubt.YEAR_UNKNOWN: "văn bản không ghi năm và chưa biết ngày ban hành; đề nghị bổ sung",
    Doubt.DAY_UNKNOWN: "văn bản không ghi rõ ngày; đề nghị xác định",
    Doubt.ANCHOR_UNKNOWN: "chưa biết ngày bắt đầu tính; đề nghị nhập ngày này",
    Doubt.EVENT_UNDATED: "thời hạn theo một sự kiện chưa rõ ngày; đề nghị nhập ngày của sự kiện",
    Doubt.LUNAR: "ngày âm lịch; đề nghị nhập ngày dương lịch",
    Doubt.WEEKDAY: "thứ và ngày ghi trong văn bản không khớp nhau; đề nghị kiểm tra lại",
    Doubt.VAGUE: "cách nói không chỉ rõ ngày; đề nghị xác nhận",
}
"""What each doubt asks of the person who checks the reading."""


def explain(deadline: Deadline, *, counted: str, policy: DeadlinePolicy) -> str:
    """Return one sentence: the words quoted, the last on-time day, the rule of counting, and any doubt."""
    parts = [f"«{deadline.text}»: {SAID[deadline.kind](deadline, counted, policy)}"]
    parts += [DOUBTS[Doubt(code)] for code in deadline.doubts]
    return "; ".join(parts)


def _fixed(deadline: Deadline, _: str, policy: DeadlinePolicy) -> str:
    if deadline.due_on is None or deadline.stated is None:
        return "chưa xác định được hạn cuối"
    if deadline.time:
        return f"hạn cuối là {deadline.time.replace(':', ' giờ ')} ngày {shown(deadline.due_on)}"
    if deadline.exclusive and policy.before_is_exclusive:
        return f"hạn cuối là hết ngày {shown(deadline.due_on)}"
    kept = ", tính cả ngày này theo thiết lập của cơ quan" if deadline.exclusive else ""
    return f"hạn cuối là hết ngày {shown(deadline.due_on)}{kept}"


def _period_end(deadline: Deadline, _: str, __: DeadlinePolicy) -> str:
    if deadline.due_on is None:
        return "chưa xác định được hạn cuối"
    return f"hạn cuối là hết ngày {shown(deadline.due_on)}, ngày cuối của kỳ"


def _relative(deadline: Deadline, counted: str, _: DeadlinePolicy) -> str:
    if deadline.stated is None or deadline.due_on is None:
        return "cần xác định hạn"
    said = f"hạn cuối là hết ngày {shown(deadline.due_on)}"
    if counted:
        said += f", {counted} (Điều 147 Bộ luật Dân sự 2015)"
    if deadline.due_on > deadline.stated:
        said += f"; ngày {shown(deadline.stated)} là ngày nghỉ nên lấy ngày làm việc tiếp theo (Điều 148)"
    return said


def _recurring(deadline: Deadline, _: str, __: DeadlinePolicy) -> str:
    return (
        f"nhiệm vụ định kỳ {EVERY[deadline.every]}" if deadline.every else "nhiệm vụ định kỳ, chưa rõ kỳ hạn"
    )


SAID: Final[dict[DeadlineKind, Callable[[Deadline, str, DeadlinePolicy], str]]] = {
    DeadlineKind.FIXED: _fixed,
    DeadlineKind.PERIOD_END: _period_end,
    DeadlineKind.RELATIVE: _relative,
    DeadlineKind.RECURRING: _recurring,
}
