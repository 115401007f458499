"""What a document says of itself: number, date, issuer, subject, addressees, signer, kind, and its body."""

from collections.abc import Iterator
from datetime import date

from directives.head import BLANK_PART, Head
from directives.head_fields import (
    ADDRESSEES,
    DAYS,
    GENRES,
    ISSUERS,
    NUMBERS,
    SIGNERS,
    SUBJECTS,
    Read,
    Told,
    elsewhere,
    first,
)
from directives.layout import Layout
from directives.model import Doubt, Genre, Letterhead, Span, Urgency
from directives.reported import Reported
from directives.urgency import URGENCIES


def read_letterhead(layout: Layout, file_name: str | None = None) -> Letterhead:
    """Read what the document says of itself; what it does not say stays None, or is doubted."""
    head = Head.of(layout, file_name)
    number = first(NUMBERS, Told(head, None, None))
    day = written = first(DAYS, Told(head, number.value, None))
    if (reported := elsewhere(head, number, day)) is not None:
        number = Read(reported.number, reported.span, reported.rule)
        day = Read(reported.issued_on, reported.issued_on_span, reported.rule)
    told = Told(head, number.value, reported)
    genre, issuer, subject = first(GENRES, told), first(ISSUERS, told), first(SUBJECTS, told)
    signer, addressees, urgency = first(SIGNERS, told), first(ADDRESSEES, told), first(URGENCIES, told)
    rules = {
        "genre": genre.rule,
        "number": number.rule,
        "issued_on": day.rule if day.span else "",
        "issuer": issuer.rule,
        "subject": subject.rule,
        "signer": signer.rule,
        "recipients": addressees.rule,
        "urgency": urgency.rule,
    }
    return Letterhead(
        genre=genre.value or Genre.OTHER,
        genre_span=genre.span,
        number=number.value,
        number_span=number.span,
        issued_on=day.value,
        issued_on_span=day.span,
        issuer=issuer.value,
        issuer_span=issuer.span,
        subject=subject.value,
        subject_span=subject.span,
        signer=signer.value,
        signer_span=signer.span,
        urgency=urgency.value or Urgency.NORMAL,
        urgency_span=urgency.span,
        addressees=addressees.value or (),
        addressees_span=addressees.span,
        body=Span(min(head.body_start, head.body_end), head.body_end),
        rules={name: rule for name, rule in rules.items() if rule},
        doubts=(*_no_such_day(head, written), *_reported(reported), *_missing(head, number, day)),
    )


def _no_such_day(head: Head, day: Read[date | None]) -> Iterator[Doubt]:
    if day.span is not None and day.value is None:
        words = day.span.of(head.flow)
        yield Doubt("no-such-day", f"Ngày ban hành «{words}» không có trong lịch.", day.span)


def _reported(reported: Reported | None) -> Iterator[Doubt]:
    if reported is None:
        return
    number = reported.number
    if reported.from_file_name:
        said = f"Số {number} chỉ có trong tên tệp đính kèm; cần đối chiếu với văn bản gốc."
        yield Doubt("own-number-only-in-file-name", said, reported.span)
    else:
        said = f"Văn bản số {number} được thuật lại trên trang tin; cần đối chiếu với văn bản gốc."
        yield Doubt("reported-document", said, reported.span)


def _missing(head: Head, number: Read[str], day: Read[date | None]) -> Iterator[Doubt]:
    if number.value is None and head.end:
        blank = next((cell.span for cell in head.cells if BLANK_PART.match(cell.words)), None)
        yield Doubt("no-number", "Chưa đọc được số, ký hiệu của văn bản.", blank)
    if day.value is None and head.end:
        yield Doubt("no-issue-date", "Chưa đọc được ngày ban hành văn bản.", None)
