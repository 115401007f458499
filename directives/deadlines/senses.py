"""The small words that turn a time into a deadline: «trước», «chậm nhất», «đến hết», «trong», «vào»."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directives.dates import rx


class Sense(StrEnum):
    """Where a deadline lies against the time named."""

    BEFORE = "before"  # trước
    BY = "by"  # chậm nhất, không quá, hạn chót
    UNTIL = "until"  # đến, đến hết
    WITHIN = "within"  # trong
    ON = "on"  # vào
    STATED = "stated"  # behind a label: «Thời hạn: 30/6/2024»; the label is no part of the deadline


@dataclass(frozen=True, slots=True)
class Preposition:
    """Words that may stand before a time, and their sense. The first row that matches counts."""

    sense: Sense
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


_BY: Final = (
    r"(?:chậm nhất|muộn nhất|chậm lắm"
    r"|không (?:để )?(?:quá|muộn hơn|chậm hơn|trễ hơn|chậm quá|muộn quá|vượt quá))"
)
_LATEST: Final = r"hạn (?:chót|cuối cùng|cuối)"
_AFTER_BY: Final = r"(?:~:|~(?:là|đến|vào|trong|hết|ngay)(?!\w)){0,3}~"
_DUTY: Final = (
    r"(?:hoàn thành|hoàn tất|thực hiện|triển khai|báo cáo|gửi|trình|nộp|ban hành|giải quyết|xử lý|phải"
    r"|xong|kết thúc"
    r"|đề xuất|kết quả|bàn giao|tham mưu|công bố|cung cấp|tổng hợp|văn bản|công việc|nhiệm vụ|hồ sơ"
    r"|cuối(?: cùng)?"
    r"|tổ chức|dự kiến)"
)
_OF_WORK: Final = r"(?: (?!(?:là|trước|đến|vào)(?!\w))[^\s.;:,()\d]{1,15}){1,8}"
_LINK: Final = r"(?:~:~| là~:?~)"
LABEL: Final = (
    rf"(?:(?:thời hạn|thời gian|thời điểm|tiến độ|hạn|mốc thời gian)(?:,? {_DUTY}){{0,4}}(?:~:| là )"
    r"|(?:thời hạn|tiến độ|hạn)(?: [^\s.;:,()\d]{1,15}){1,12}~:)(?!~\d{1,2}~(?:giờ|h|:))~"
)
"""Behind «Thời gian:» an hour is that of a meeting."""

PREPOSITIONS: Final = (
    Preposition(
        Sense.BEFORE,
        rx(rf"(?:{_BY}~(?:là~)?|{_LATEST}~(?::~|là~)?|(?:cho )?đến~)?trước(?: thời điểm)?(?!\w)~"),
        ("trước", "chậm nhất là trước", "đến trước"),
    ),
    Preposition(
        Sense.BEFORE,
        rx(rf"{_LATEST}{_OF_WORK}{_LINK}trước(?!\w)~"),
        ("hạn chót nộp hồ sơ: trước", "hạn cuối báo cáo kết quả là trước"),
    ),
    Preposition(
        Sense.BY,
        rx(rf"{_LATEST}{_OF_WORK}{_LINK}(?:(?:vào|đến|trong|hết)(?!\w)~){{0,2}}"),
        ("hạn cuối gửi phương án: ", "hạn chót để nộp hồ sơ là ", "hạn cuối cùng đăng ký: vào "),
    ),
    Preposition(
        Sense.BY,
        rx(rf"(?:{_BY}|{_LATEST})(?!\w){_AFTER_BY}"),
        ("chậm nhất", "chậm nhất là", "muộn nhất", "không quá", "hạn chót", "chậm nhất trong", "hạn cuối là"),
    ),
    Preposition(
        Sense.UNTIL, rx(r"(?:cho )?(?:đến|tới)(?: hết)?(?!\w)~"), ("đến", "đến hết", "tới", "cho đến hết")
    ),
    Preposition(
        Sense.UNTIL,
        rx(r"(?:sang|thành|hết|bằng(?= (?:ngày|hết ngày)(?!\w)))(?!\w)~(?:hết(?!\w)~)?"),
        ("sang", "thành", "hết", "bằng"),
    ),
    Preposition(
        Sense.WITHIN, rx(r"(?:nội )?trong(?: khoảng(?: thời gian)?)?(?!\w)~"), ("trong", "nội trong")
    ),
    Preposition(Sense.ON, rx(r"vào(?:~(?:lúc|hồi|khoảng|đúng))?(?!\w)~"), ("vào", "vào lúc")),
    Preposition(
        Sense.STATED,
        rx(LABEL),
        ("thời hạn: ", "thời gian hoàn thành: ", "tiến độ: ", "thời hạn gửi kết quả rà soát về Sở: "),
    ),
    Preposition(
        Sense.STATED,
        rx(
            r"(?:hoàn thành|hoàn tất|xong)~:?~(?=(?:ngày|tháng|quý|cuối|giữa|đầu|sáng|chiều|đêm|nửa)(?!\w)"
            r"|\d{1,2}/)"
        ),
        ("hoàn thành ",),
    ),
)

CLOCK: Final = rx(
    r"(?:lúc |khoảng )?(?P<h>\d{1,2})~(?:(?:giờ|h|g)(?!\w*[a-zà-ỹđ])(?:~(?P<min>\d{2})(?!\d|~/|~tháng))?"
    r"(?:~(?:phút|p)(?!\w)|~')?|:(?P<min2>\d{2})(?!\d))"
    r"(?: (?P<part>sáng|trưa|chiều|tối|đêm)(?! (?:nay|mai)(?!\w)| ngày (?:mai|hôm)))?~,?~(?:của )?"
)
EDGE: Final = rx(r"(?P<edge>đầu|giữa|cuối)~(?=(?:tuần|tháng|quý|năm|q\d|hạ tuần)(?!\w*[a-zà-ỹ]))")


NOON: Final = 12


def clock_time(found: re.Match[str]) -> str | None:
    """Return «17:00» from a match of CLOCK, or None if there is no such hour; «5 giờ chiều» is 17:00.

    «12 giờ đêm» of a day is the midnight that ends it; «2 giờ đêm» is of the night before the morning.
    """
    hour, minute = int(found["h"]), int(found["min"] or found["min2"] or 0)
    evening = 5 if found["part"] == "đêm" else 0
    if found["part"] in ("chiều", "tối", "đêm") and evening < hour < NOON:
        hour += 12
    elif found["part"] in ("tối", "đêm") and hour == NOON and not minute:
        hour = 24
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None  # noqa: PLR2004
