"""Find the other documents a text names, with their dates and what is done to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from directives.dates import read_day, rx
from directives.folding import fold
from directives.model import Citation, Relation, Span

_PART: Final = r"[A-ZĐÐ][A-Za-zĐđÐ]{0,14}\d{0,3}(?:&[A-ZĐÐ]{1,6})*"
"""One group of a symbol: «QĐ», «TTr», «UBND», «KT1», «CCHC&PC», «UBTVQH15»."""

NUMBER: Final = re.compile(
    r"(?P<digits>\d(?<![\w/.,-].)\d{0,5}[a-zđ]?)"  # looking back behind the first figure: far faster
    r"(?:[ ]{0,2}/[ ]{0,2}(?P<year>(?:19|20)\d\d))?"
    rf"[ ]{{0,2}}(?P<sep>[/–-])[ ]{{0,2}}(?P<symbol>{_PART}(?:[ ]?[–-][ ]?{_PART})?(?:[–/.-]{_PART}){{0,4}})"
    r"(?![\w/])"
)
"""The number and symbol of a document, as Decree 30/2020/NĐ-CP, the Party and older papers write them."""

KINDS: Final = (
    "bộ luật|luật|pháp lệnh|hiến pháp|nghị quyết liên tịch|nghị quyết|nghị định|quyết định|chỉ thị"
    "|kết luận|quy chế"
    "|quy định|thông cáo|thông báo kết luận|thông báo|hướng dẫn|chương trình hành động|chương trình"
    "|kế hoạch"
    "|phương án|đề án|dự án|báo cáo|biên bản|tờ trình|hợp đồng|công điện|bản ghi nhớ|bản thỏa thuận"
    "|giấy ủy quyền"
    "|giấy mời|giấy giới thiệu|giấy phép|giấy chứng nhận|phiếu gửi|phiếu chuyển|phiếu báo|phiếu trình"
    "|công văn"
    "|công thư|thư công|văn bản hợp nhất|văn bản|thông tư liên tịch|thông tư|thông tri|điều lệ|quy hoạch"
    "|lệnh|sắc lệnh"
)
PRESS_LICENCE: Final = re.compile(
    r"G(?:P|XN)[-–](?:S?TTTT|BTTTT|TTĐT|BC|CBC|BVHTT|QLBC|PTTH|INTER|XB)(?!\w)|GP[-–]STTTT"
)
"""Licence of a newspaper or web page, in its foot: «Giấy phép số 04/GP-TTĐT»; not a document cited."""
REPORTING: Final = re.compile(r"(?:báo cáo|tờ trình|biên bản|giấy mời|phiếu)")
MANNER: Final = (
    "(?: (?:hỏa tốc|thượng khẩn|khẩn|liên ngành|liên tịch|kết luận|mật|điện tử|chỉ đạo|trả lời|đề nghị))?"
)

LEAD_IN: Final = rx(rf"(?<!\w)(?:{KINDS}){MANNER}~(?:số~:?~)?$")
TITLED: Final = rx(r"(?<!\w)(?:bộ luật|luật|pháp lệnh) [^.;:,()\n]{1,70}?~số~:?~$")
SIGNLESS: Final = rx(r"số~(?P<digits>\d{1,6})(?![\w/.-])(?=~,?~ngày~\d)")
OF_A_KIND: Final = rx(rf"(?<!\w)(?:{KINDS}){MANNER} $")
FORM_LABEL: Final = rx(
    r"(?<!\w)(?:mẫu|biểu|biểu mẫu|phụ lục|gói thầu|thửa|khoảnh|lô|nhà|đường|km|ngõ)~(?:số~)?$"
)
DATE_LEAD: Final = rx(r"~[,;]?~\(?~(?:(?:ký|ban hành|đề|ra) )?ngày~(?=\d)")
BY: Final = rx(r" của (?=\w)")
JOINED: Final = rx(r"~(?:,|;|và|hoặc|-)~(?:các )?(?:số~:?~)?$")


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Words that, standing before a citation, say what is done to the document cited."""

    name: str
    relation: Relation
    before: re.Pattern[str]
    example: str


_FEW_WORDS: Final = r"(?:,? [\w/-]{1,12}){0,9}~$"
RELATIONS: Final = (
    RelationRow(
        "extends",
        Relation.EXTENDS,
        rx(r"(?<!\w)(?:gia hạn (?:thời|hiệu lực|áp dụng|thực hiện)|lùi thời|kéo dài thời)" + _FEW_WORDS),
        "gia hạn thời gian thực hiện Quyết định số 1/QĐ-UBND",
    ),
    RelationRow(
        "moves-its-time",
        Relation.EXTENDS,
        rx(r"(?<!\w)điều chỉnh (?:thời (?:hạn|gian)|tiến độ)(?! và)" + _FEW_WORDS),
        "điều chỉnh thời hạn tại Thông báo số 1/TB-UBND",
    ),
    RelationRow(
        "was-replaced-by",
        Relation.CITES,
        rx(
            r"(?<!\w)(?:được|bị) (?:thay thế|sửa đổi|bổ sung|bãi bỏ|điều chỉnh)(?:, [\w ]{1,20})?"
            r" (?:bằng|bởi|tại|theo)~$"
        ),
        "được thay thế bằng Quyết định số 1/QĐ-UBND",
    ),
    RelationRow(
        "replaces",
        Relation.REPLACES,
        rx(r"(?<!\w)(?:thay thế|bãi bỏ|hủy bỏ|thay cho|thu hồi)" + _FEW_WORDS),
        "thay thế Quyết định số 1/QĐ-UBND",
    ),
    RelationRow(
        "is-amended-by",
        Relation.CITES,
        rx(r"(?<!\w)(?:sửa đổi|bổ sung|điều chỉnh|thay thế) (?:tại|bởi|theo)~$"),
        "được sửa đổi, bổ sung tại Quyết định số 1/QĐ-UBND",
    ),
    RelationRow(
        "amends",
        Relation.AMENDS,
        rx(
            r"(?<!\w)(?:sửa đổi|đính chính|điều chỉnh"
            r"|bổ sung~(?:thêm~)?(?:một số~)?(?:khoản|điểm|điều|mục|nội dung|phụ lục))" + _FEW_WORDS
        ),
        "sửa đổi, bổ sung một số điều của Quyết định số 1/QĐ-UBND",
    ),
    RelationRow(
        "implements",
        Relation.IMPLEMENTS,
        rx(
            r"(?<!\w)(?:thực hiện|triển khai|căn cứ|tiếp theo|theo|quán triệt|thi hành|chấp hành"
            r"|phúc đáp|trả lời)" + _FEW_WORDS
        ),
        "Thực hiện Văn bản số 1/UBND-KT",
    ),
)
NO_LONGER_HOLDS: Final = rx(
    r"[^.;\n]{0,60}?hết hiệu lực|[^.;,\n]{0,40}? (?:được|bị) (?:thay thế|bãi bỏ|hủy bỏ|thu hồi)(?!\w)"
)

LOOK_BACK: Final = 140
_NEAR: Final = 20  # a number so near to the one before it shares what is done to that


def find_citations(text: str, span: Span | None = None) -> list[Citation]:
    """Return every document cited inside `span`, in order, repeats included.

    The span of a citation runs from the kind of document («Quyết định số …») to its date and issuer, so that
    masking it hides the date from the reader of deadlines. A number without a symbol («Văn bản số 7328 ngày
    02/12/2024») counts only with a date. Spaces inside a number are dropped from `number`.
    """
    low, span = fold(text), span or Span(0, len(text))
    found: list[Citation] = []
    for number, inner in _numbers(text, low, span):
        start = _start_of(low, inner.start, span.start)
        issued_on, end = _date_and_issuer(text, low, inner.end, span.end)
        before = found[-1] if found else None
        if before and start == inner.start and JOINED.search(low[before.span.end : start][:40]):
            near = start - before.span.end <= _NEAR
            relation, rule = (before.relation, before.rule) if near else _relation(low, start, end)
        else:
            relation, rule = _relation(low, start, end)
            joined = before and relation is Relation.CITES and JOINED.match(low[before.span.end : start])
            if before and joined and not REPORTING.match(low, start, end):
                relation, rule = before.relation, before.rule
        found.append(Citation(number, issued_on, relation, Span(start, end), rule))
    return found


def _numbers(text: str, low: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the numbers in the span, tidied, in order."""
    places: list[tuple[Span, str]] = []
    for found in NUMBER.finditer(text, span.start, span.end):
        lead = low[max(0, found.start() - 90) : found.start()]
        if _is_number(found, lead):
            places.append((Span(*found.span()), _tidy(found[0])))
    places.extend(
        (Span(*found.span("digits")), found["digits"])
        for found in SIGNLESS.finditer(low, span.start, span.end)
        if OF_A_KIND.search(low[max(span.start, found.start() - LOOK_BACK) : found.start()])
    )
    for place, number in sorted(places):
        yield number, place


def _is_number(found: re.Match[str], lead: str) -> bool:
    """Tell a document's number from a fraction, a form's number or an address."""
    symbol = found["symbol"]
    if PRESS_LICENCE.match(symbol.replace(" ", "")):
        return False
    if FORM_LABEL.search(lead) or sum(char.isupper() for char in symbol) < 2:  # noqa: PLR2004
        return False
    if found["sep"] != "/":
        return "/" in symbol  # the Party writes 1195-QĐ/TU; «19-KT» is something else
    return any(mark in symbol for mark in "-–/") or found["year"] is not None or bool(LEAD_IN.search(lead))


def _tidy(number: str) -> str:
    """Return the number without spaces, with plain hyphens and a Vietnamese Đ."""
    return number.replace(" ", "").replace("–", "-").replace("Ð", "Đ")


def _start_of(low: str, number_start: int, floor: int) -> int:
    """Return where the mention begins: at the kind of document if it is named."""
    lead_start = max(floor, number_start - LOOK_BACK)
    lead = low[lead_start:number_start]
    found = LEAD_IN.search(lead) or TITLED.search(lead)
    return lead_start + found.start() if found else number_start


def _date_and_issuer(text: str, low: str, end: int, stop: int) -> tuple[date | None, int]:
    """Read «ngày …» and «của …» behind a number, in either order."""
    issued_on, end = _date_behind(low, end, stop)
    end = _issuer_behind(text, low, end, stop)
    if issued_on is None:
        issued_on, end = _date_behind(low, end, stop)
    return issued_on, end


def _date_behind(low: str, end: int, stop: int) -> tuple[date | None, int]:
    """Read a date directly behind a number."""
    if (lead := DATE_LEAD.match(low, end, stop)) and (day := read_day(low, lead.end(), stop)):
        closing = day[1] + 1 if "(" in lead[0] and low[day[1] : day[1] + 1] == ")" else day[1]
        return (day[0].on_or_after(None) if day[0].year else None), closing
    return None, end


WORD: Final = re.compile(r"[ ]{0,40}+(?P<word>[^\s.,;:()\"“”/|]+)")
AFTER_ISSUER: Final = rx(
    r"~(?:về|v/v|trong|tại|trước|sau|để|nhằm|quy định|phê duyệt|ban hành|hướng dẫn|thực hiện|triển khai"
    r"|theo|đã|được"
    r"|là|có|do|với|từ|đến|gửi|báo cáo|cho|kèm|nêu|yêu cầu|đề nghị|chậm|muộn|hoàn thành|xong|năm|ngày"
    r"|khi|vào|mà|nếu"
    r"|phải|thì|này|trên|giao(?! thông)|sửa đổi|bổ sung|thay thế|chỉ đạo|quyết định|kết luận|thông báo|còn"
    r"|nhưng)(?!\w)"
)
WITH_COMMAS: Final = rx(
    r"(?:bộ|sở|phòng) văn hóa, thể thao(?: và du lịch)?|văn phòng đoàn đbqh, hđnd và ubnd tỉnh"
)
ISSUER_WORDS: Final = 14
IN_NAMES: Final = rx(
    r"~và (?:phát triển|môi trường|đầu tư|đào tạo|công nghệ|truyền thông|xã hội|du lịch|tôn giáo|ubnd)"
)


def _issuer_behind(text: str, low: str, end: int, stop: int) -> int:
    """Return where «của <issuer>» ends, or `end` if none follows."""
    lead = BY.match(low, end, stop)
    if lead is None or not (text[lead.end()].isupper() or low.startswith("liên ", lead.end())):
        return end
    if listed := WITH_COMMAS.match(low, lead.end(), stop):
        return listed.end()
    place = lead.end()
    for _ in range(ISSUER_WORDS):
        word = WORD.match(low, place, stop)
        if word is None or (text[word.start("word")].islower() and AFTER_ISSUER.match(low, place, stop)):
            break
        if word["word"] == "và" and not IN_NAMES.match(low, place, stop):
            break
        place = word.end()
    return place


def _relation(low: str, start: int, end: int) -> tuple[Relation, str]:
    """Read from the words around a citation what is done to the document, and which row tells so."""
    lead = re.split(r"[.;\n](?= |\n|$)", low[max(0, start - LOOK_BACK) : start])[-1]
    for row in RELATIONS:
        if row.before.search(lead):
            if row.relation is Relation.IMPLEMENTS and REPORTING.match(low, start, end):
                return Relation.CITES, "reports"  # «theo Báo cáo số …»: nobody carries out a report
            return row.relation, row.name
    if NO_LONGER_HOLDS.match(low, end):
        return Relation.REPLACES, "no-longer-holds"
    return Relation.CITES, "names"
