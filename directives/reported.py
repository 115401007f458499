"""Number and date of the document that a web page reports, rewrites or carries as an attachment."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from directives.grammar import Rule
from directives.model import Span

NUMBER = (
    r"\d{1,5}[a-zA-Z]?(?:\s?/\s?(?:19|20)\d\d)?\s?[/-]\s?[A-ZĐ][\w&Đ]*(?:\s?[/-]\s?[A-ZĐ][\w&]*)*"
    r"(?:\s?\([\w-]{1,12}\))?"
)
_KINDS = (
    r"(?:[Cc]ông văn|[Vv]ăn bản|[Tt]hông báo|[Cc]hỉ thị|[Qq]uyết định|[Kk]ế hoạch|[Cc]ông điện|[Nn]ghị quyết"
    r"|[Kk]ết luận|"
    r"[Tt]hông báo kết luận|[Cc]hương trình|[Hh]ướng dẫn|[Đđ]iện)"
)
_DAY = (
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*"
    r"(?P<year>(?:19|20)\d\d)"
)
_CITED = (
    rf"{_KINDS}(?:\s(?:khẩn|hỏa tốc|hoả tốc|kết luận))?\s*(?:số)?:?\s*(?P<number>{NUMBER})"
    rf"(?:[,;]?\s*\(?(?:(?:đề|ký|ban hành)\s)?{_DAY})?"
)
_ISSUED = re.compile(
    rf"(?P<who>(?:UBND|[UỦ][yỷ] ban [Nn]hân dân|(?:Phó )?Chủ tịch|[Tt]ỉnh|Thủ tướng|Bộ|Sở|(?:Tỉnh|Thành|Thị"
    rf"|Quận|Huyện|Đảng) [uủ][yỷ]|"
    rf"Ban Thường vụ|Văn phòng)[^.;:\n]{{0,90}}?)\s?"
    rf"(?:vừa|đã|mới|có|ký|cũng|tiếp tục|\s)*(?P<verb>ban hành|có|ký|phát đi|gửi|ra)\s(?:ban hành\s)?{_CITED}"
)
_ACCORDING = re.compile(
    rf"^[^\w\n]*(?:(?:Theo|Tại|Căn cứ|Nguồn:?|Trích)\s|(?<=\())"
    rf"(?P<cited>{_CITED})(?P<of>\s+của\s[^()\n]{{2,60}})?",
    re.MULTILINE,
)
_DATE_BEFORE = re.compile(
    rf"(?:^|[\n.(])(?:(?!họp|hội nghị|làm việc|phiên|kiểm tra)[^.\n]){{0,40}}?"
    rf"(?:[Nn]gày|[Ss]áng|[Cc]hiều)\s{_DAY},?[^.;\n]{{0,60}}$"
)
_DAY_BESIDE = re.compile(
    rf"(?<!\w)(?:[Nn]gày|[Ss]áng|[Cc]hiều)\s(?:ngày\s)?{_DAY}\s*,?\s*(?:tại [^.;,\n]{{1,40}},\s*)?$"
)
"""In mid-sentence the day stands right before the body or its verb: «…, ngày 12/5/2010 UBND tỉnh có …»."""
_TITLE = re.compile(rf"^[ ]*{_KINDS}\s(?:số\s)?(?P<number>{NUMBER})", re.MULTILINE)
_FILE = re.compile(
    r"(?P<year>(?:19|20)\d\d)[_.-](?P<month>\d\d)[_.-](?P<day>\d\d)[_-](?:[a-z]*?\d{4}-|[a-z_-]*)?"
    r"(?P<serial>\d{1,5})-(?P<symbol>tb|ct|kh|qd|cd|nq|kl|ctr|hd)(?=[-_.])"
)
_SYMBOLS = {
    "tb": "TB",
    "ct": "CT",
    "kh": "KH",
    "qd": "QĐ",
    "cd": "CĐ",
    "nq": "NQ",
    "kl": "KL",
    "ctr": "CTr",
    "hd": "HD",
}
_ADVISED = re.compile(r"(?i)(?:tham mưu|trình|đề xuất|đề nghị|kiến nghị|theo|của|tại)\s*$")
_REPORTED_WITHIN = 3000
_FIRST_LINES = 600
_PAGE_DATE = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>20\d\d)(?!\d)"
)


def day_of(day: str, month: str, year: str) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Reported:
    """A number and a date, with the words they were read from."""

    number: str
    span: Span
    issued_on: date | None
    issued_on_span: Span | None
    issuer_span: Span | None = None
    from_file_name: bool = False
    rule: str = ""


def find_reported(flow: str, file_name: str | None) -> Reported | None:
    """Return the document a page without letterhead stands for; the file's name is the last resort."""
    for row in REPORTS:
        if (found := row.decide(flow, file_name)) is not None:
            return replace(found, rule=row.name)
    return None


def published_on(flow: str) -> date | None:
    """Return the day a web page bears in its first lines; days without a year count from it."""
    found = _PAGE_DATE.search(flow[:_FIRST_LINES])
    return day_of(found["day"], found["month"], found["year"]) if found else None


def tidy_number(number: str) -> str:
    """Return the number without stray spaces."""
    return re.sub(r"\s+", "", number)


def _issued(flow: str, _: str | None) -> Reported | None:
    for found in _ISSUED.finditer(flow[:_REPORTED_WITHIN]):
        before = flow[max(0, found.start() - 20) : found.start()]
        if _ADVISED.search(before) or re.search(
            r"(?i)\b(?:tham mưu|đề nghị|kiến nghị|trình)\b", found["who"]
        ):
            continue
        day, span = _day(found)
        if day is None:
            day, span = _day_before(flow, found)
        return Reported(
            tidy_number(found["number"]), Span(*found.span("number")), day, span, Span(*found.span("who"))
        )
    return None


def _day_before(flow: str, found: re.Match[str]) -> tuple[date | None, Span | None]:
    """Read the day that stands before the body that issues, or between it and the verb."""
    base = max(0, found.start() - 120)
    for pattern, stop in (
        (_DATE_BEFORE, found.start("verb")),
        (_DAY_BESIDE, found.start()),
        (_DAY_BESIDE, found.start("verb")),
    ):
        if earlier := pattern.search(flow, base, stop):
            return _day(earlier)
    return None, None


def _according(flow: str, _: str | None) -> Reported | None:
    """Read «(Theo Công văn số 2871/UBND-KT, ngày 31/7/2023)» on a line of its own."""
    last = None
    for found in _ACCORDING.finditer(flow):
        if flow[found.end() : found.end() + 2].lstrip(") .")[:1] in ("", "\n"):
            last = found
    if last is None:
        return None
    day, span = _day(last)
    return Reported(tidy_number(last["number"]), Span(*last.span("number")), day, span)


def _titled(flow: str, _: str | None) -> Reported | None:
    found = _TITLE.search(flow[:400])
    if found is None:
        return None
    return Reported(tidy_number(found["number"]), Span(*found.span("number")), None, None)


def _from_file_name(flow: str, file_name: str | None) -> Reported | None:
    for text, inside in ((flow[:_REPORTED_WITHIN].lower(), True), ((file_name or "").lower(), False)):
        found = _FILE.search(text)
        if found is None:
            continue
        day = day_of(found["day"], found["month"], found["year"])
        span = Span(*found.span()) if inside else Span(0, 0)
        return Reported(
            f"{found['serial']}/{_SYMBOLS[found['symbol']]}", span, day, span, from_file_name=True
        )
    return None


def _day(found: re.Match[str], base: int = 0) -> tuple[date | None, Span | None]:
    if not found["day"]:
        return None, None
    span = Span(base + found.start("day"), base + found.end("year"))
    return day_of(found["day"], found["month"], found["year"]), span


ReportRule = Rule[Callable[[str, str | None], Reported | None]]
REPORTS: Final[tuple[ReportRule, ...]] = (
    Rule(
        "said-to-be-issued",
        _issued,
        (
            (
                "UBND tỉnh Hà Tĩnh vừa ban hành Công văn số 12/UBND-VX ngày 03/4/2020.",
                "12/UBND-VX 2020-04-03",
            ),
            ("Ngày 03/4/2020, UBND tỉnh Hà Tĩnh có Công văn số 12/UBND-VX.", "12/UBND-VX 2020-04-03"),
        ),
        ("Sở Y tế tham mưu UBND tỉnh ban hành Công văn số 12/UBND-VX.",),
    ),
    Rule(
        "according-to",
        _according,
        (("Rà soát giá.\n(Theo Công văn số 12/UBND-VX, ngày 03/4/2020)", "12/UBND-VX 2020-04-03"),),
    ),
    Rule("title-with-number", _titled, (("Công văn số 12/UBND-VX về rà soát giá\n", "12/UBND-VX None"),)),
    Rule(
        "attached-file",
        _from_file_name,
        (("File đính kèm:\n2020_04_03_ubnd2020-120-tb-ket-luan.pdf", "120/TB 2020-04-03"),),
    ),
)
"""Ways in which a page without letterhead names its document; the right side gives number and day."""
