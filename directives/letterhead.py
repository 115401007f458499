"""Head and foot of a document: number, date, issuer, subject, addressees, signer, and where the body lies."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from directives.agencies import find_agencies
from directives.columns import Cell, Lined, cells_of
from directives.file_names import named_in
from directives.genres import genre_of_number, genre_of_title, is_reply, speaks_itself
from directives.issuer import committee_named, issuer_from, issuer_in_words
from directives.layout import Layout
from directives.markers import read_mark
from directives.model import AgencyMention, Doubt, Genre, Letterhead, Span
from directives.reported import NUMBER, Reported, day_of, find_reported, tidy_number
from directives.subject_line import ABOUT, headline_of, subject_of, title_of
from directives.text import one_line

_HEAD_PARAGRAPHS = 40
_HEAD_CHARACTERS = 4000
_OWN_NUMBER = re.compile(rf"^\W{{0,3}}[Ss][Ốố]\s*[:.]?\s*(?P<number>{NUMBER})")
_BLANK_NUMBER = re.compile(r"^\W{0,3}[Ss][Ốố]\s*[:.]?\s*[.…_ ]*\s?/\s?[A-ZĐ]")
_BLANK_PART = re.compile(
    r"^\W{0,3}[Ss][Ốố]\s*[:.]?[.…_ ]*(?:/|$)|^\s?/\s?[A-ZĐ]"
)  # a wide gap parts the cell
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_DATE = re.compile(
    rf"(?P<place>(?<!\w)[{_CAPITAL}][^\W\d_]*\.?(?:[ \t'’-]{{1,3}}[{_CAPITAL}][^\W\d_]*\.?){{0,5}}\s*,\s*"
    rf"(?:(?:hồi|lúc)\s+\d{{1,2}}\s*(?:giờ|h|:)\s*(?:\d{{2}}\s*)?(?:phút\s*)?,?\s*)?)?"
    r"ngày?\s{0,40}(?P<day>\d{1,2})\s{0,40}"
    r"(?:tháng|[/.-])\s{0,40}(?P<month>\d{1,2})\s{0,40}(?:năm|[/.-])\s{0,40}(?P<year>(?:19|20)\d\d)"
)
_BARE_DATE = re.compile(  # «Hà Nội, 05/6/2023»: a place and a day alone
    rf"(?P<place>^[{_CAPITAL}][^\W\d_]*\.?(?:[ '’-]{{1,3}}[{_CAPITAL}][^\W\d_]*\.?){{0,5}}),\s*"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\W*$"
)
_RUNS_UP_TO = re.compile(r"[^\W_]{2},? $")
_MOTTO = re.compile(
    r"(?i)cộng h[òo][aà]\s+x\S\s*hội|độc\s*lập\s*[-–]?\s*tự\s*do|đảng\s+cộng\s+sản\s+việt\s+nam"
)
_TAIL = re.compile(
    r"^\W*(?:Nơi nhận|NƠI NHẬN|Nơi gửi|(?:TM|KT|TL|TUQ|T/M|T/L|K/T|Q)\s?[./]\s?\s?[A-ZĐÀ-Ỹ]{2}|"
    r"(?:PHÓ |TỔNG |PHÓ TỔNG )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|BÍ THƯ|THỦ TƯỚNG"
    r"|(?:CHI )?CỤC TRƯỞNG|THỐNG ĐỐC|VIỆN TRƯỞNG|TRƯỞNG BAN)\s*$)"
)
_ADDRESSED = re.compile(
    r"^\W*(?i:kính gửi)\s*:?|[^a-z\n]{0,160}(?i:điện|gửi)\s*:\s*$|^\W*(?i:điện|gửi)\s*:\s*$"
)
_TITLE_PARAGRAPHS = 3
_LONGEST_HEAD_LINE = 160
_LONGEST_DATE_LINE = 120
_SURROUNDINGS = 40  # characters behind a stretch that tell whether its last line runs on
_NAME = re.compile(r"^[A-ZĐÀ-Ỹ][\w'’]*(?:[ -]{1,2}[A-ZĐÀ-Ỹ][\w'’]*){1,5}$")
_APPENDIX = re.compile(r"(?i)^\W*(?:phụ lục|phụ biểu|biểu số|danh mục)\b")


def read_letterhead(layout: Layout, file_name: str | None = None) -> Letterhead:
    """Read what the document says of itself; what it does not say stays None, or is doubted."""
    return _Reading(layout, file_name).letterhead()


class _Reading:
    """One reading of one head and foot."""

    def __init__(self, layout: Layout, file_name: str | None) -> None:
        self.flow = layout.flow
        self.file_name = file_name
        self.paragraphs = layout.paragraphs
        self.head_end = self._find_head_end()
        self.cells = list(cells_of(self.flow, self.paragraphs[: self.head_end]))
        self.doubts: list[Doubt] = []

    def letterhead(self) -> Letterhead:
        number, number_span = self._number()
        issued_on, date_span = self._date(number is not None)
        if (reported := self._elsewhere(number, issued_on, date_span)) is not None:
            number, number_span = reported.number, reported.span
            issued_on, date_span = reported.issued_on, reported.issued_on_span
            self._doubt_reported(reported)
        issuer, issuer_span = self._issuer(reported)
        subject, subject_span = self._subject()
        body_end, tail = self._body_end()
        signer_span = self._signer(tail)
        start = (
            self.paragraphs[self.head_end].span.start
            if self.head_end < len(self.paragraphs)
            else len(self.flow)
        )
        return Letterhead(
            genre=self._genre(number, reported),
            number=number,
            number_span=number_span,
            issued_on=issued_on,
            issued_on_span=date_span,
            issuer=issuer,
            issuer_span=issuer_span,
            subject=subject,
            subject_span=subject_span,
            signer=one_line(signer_span.of(self.flow)) if signer_span else None,
            signer_span=signer_span,
            addressees=self._addressees(),
            body=Span(min(start, body_end), body_end),
            doubts=tuple(self._missing(number, issued_on)),
        )

    def _elsewhere(self, number: str | None, day: date | None, span: Span | None) -> Reported | None:
        """Return what a page without letterhead reports, and where no text has a number the file's name."""
        found = None if number or day else find_reported(self.flow, self.file_name)
        if number or found or (named := named_in(self.file_name)) is None:
            return found
        return Reported(named.number, Span(0, 0), day or named.issued_on, span, from_file_name=True)

    # Where the head ends ----------------------------------------------------------------------------------

    def _find_head_end(self) -> int:
        """Return how many paragraphs stand before the body."""
        last = -1
        addressed = False
        for index, paragraph in enumerate(self.paragraphs[:_HEAD_PARAGRAPHS]):
            words = paragraph.span.of(self.flow)
            if paragraph.span.start > _HEAD_CHARACTERS or (last < 0 and index > _HEAD_PARAGRAPHS // 2):
                break
            if _ADDRESSED.match(words):
                addressed, last = True, index
            elif addressed and words[:1] in "-–+•|":
                last = index
            elif last >= 0 and (addressed or _TAIL.match(words)) and not _is_head_line(words):
                break  # the body has begun, or ended
            elif _is_head_line(words) or title_of(self.flow, paragraph):
                addressed, last = False, index
                if genre_of_title(words):
                    last = index + self._title_lines(index + 1)
            elif len(words) > 200 and last >= 0 and not words.startswith("|"):  # noqa: PLR2004 - prose
                break
        return last + 1

    def _title_lines(self, start: int) -> int:
        """Return how many paragraphs after the title are its subject."""
        count = 0
        for paragraph in self.paragraphs[start : start + _TITLE_PARAGRAPHS]:
            words = paragraph.span.of(self.flow)
            if words.endswith((".", ":", ";", ",")) or read_mark(
                self.flow, paragraph.span.start, paragraph.span.end
            ):
                break
            count += 1
        return count

    # Fields -----------------------------------------------------------------------------------------------

    def _number(self) -> tuple[str | None, Span | None]:
        for cell in self.cells:
            if found := _OWN_NUMBER.match(cell.words):
                start, end = found.span("number")
                return tidy_number(found["number"]), Span(cell.span.start + start, cell.span.start + end)
        return None, None

    def _date(self, has_number: bool) -> tuple[date | None, Span | None]:  # noqa: FBT001 - the one question
        if not self.head_end:
            return None, None
        head = self.flow[: self.paragraphs[self.head_end - 1].span.end]
        best = None
        for found in _DATE.finditer(head):
            if found["place"]:
                best = found
                break
            if best is None and has_number and self._stands_at_line_start(found.start()):
                best = found
        if best is None:
            return self._bare_date()
        span = Span(best.start("day"), best.end("year"))
        day = day_of(best["day"], best["month"], best["year"])
        if day is None:
            self.doubts.append(
                Doubt("no-such-day", f"Ngày ban hành «{span.of(self.flow)}» không có trong lịch.", span)
            )
        return day, span

    def _bare_date(self) -> tuple[date | None, Span | None]:
        for cell in self.cells:
            if found := _BARE_DATE.match(cell.words):
                span = Span(cell.span.start + found.start("day"), cell.span.start + found.end("year"))
                return day_of(found["day"], found["month"], found["year"]), span
        return None, None

    def _stands_at_line_start(self, offset: int) -> bool:
        return self.flow[max(0, offset - 3) : offset].strip(" |") in ("", "\n")

    def _issuer(self, reported: Reported | None) -> tuple[str | None, Span | None]:
        left: list[Cell] = []
        for cell in self.cells:
            numbered = _OWN_NUMBER.match(cell.words) or _BLANK_PART.match(cell.words)
            if numbered or ABOUT.match(cell.words) or genre_of_title(cell.words):
                break
            left.append(cell)
        name = issuer_from([cell.words for cell in left])
        if name is not None:
            capitals = [
                cell for cell in left if cell.words == cell.words.upper() and not _MOTTO.search(cell.words)
            ]
            return name, Span(capitals[0].span.start, capitals[0].span.end) if capitals else None
        return self._issuer_in_prose(reported)

    def _issuer_in_prose(self, reported: Reported | None) -> tuple[str | None, Span | None]:
        """Take the body a web page says has issued the document, else the province it names first."""
        if (
            reported is not None
            and reported.issuer_span is not None
            and (name := issuer_in_words(reported.issuer_span.of(self.flow), self.flow[:_HEAD_CHARACTERS]))
        ):
            return name, reported.issuer_span
        return committee_named(self.flow[:_HEAD_CHARACTERS], official=reported is not None)

    def _subject(self) -> tuple[str | None, Span | None]:
        head = self.paragraphs[: self.head_end]
        titles = {
            index: self._title_lines(index + 1) for index, one in enumerate(head) if title_of(self.flow, one)
        }
        if found := subject_of(self.flow, head, self.cells, titles):
            return found
        if not self.head_end and (headline := headline_of(self.flow, self.paragraphs)):
            return one_line(headline.of(self.flow)), headline
        return None, None

    def _addressees(self) -> tuple[AgencyMention, ...]:
        for index, paragraph in enumerate(self.paragraphs[: self.head_end]):
            if found := _ADDRESSED.match(paragraph.span.of(self.flow)):
                begin = paragraph.span.start + found.end()
                last = index
                while last + 1 < self.head_end and self.flow[self.paragraphs[last + 1].span.start] in "-–+•|":
                    last += 1
                end = self.paragraphs[last].span.end
                return tuple(find_agencies(self.flow[: end + _SURROUNDINGS], Span(begin, end)))
        return ()

    def _body_end(self) -> tuple[int, Sequence[Lined]]:
        """Return where the body ends, and the paragraphs of the foot up to an appendix."""
        for index, paragraph in enumerate(self.paragraphs):
            if index >= self.head_end and _TAIL.match(paragraph.span.of(self.flow)):
                tail = self.paragraphs[index:]
                stop = next(
                    (n for n, one in enumerate(tail) if _APPENDIX.match(one.span.of(self.flow))), len(tail)
                )
                return paragraph.span.start, tail[:stop]
        return len(self.flow), ()

    def _signer(self, tail: Sequence[Lined]) -> Span | None:
        last = None
        for cell in cells_of(self.flow, tail):
            if _NAME.match(cell.words) and cell.words != cell.words.upper():
                last = cell.span
        return last

    def _genre(self, number: str | None, reported: Reported | None) -> Genre:
        head = self.paragraphs[: max(self.head_end, 3)]
        for paragraph in head:
            if genre := genre_of_title(paragraph.span.of(self.flow)):
                return genre
        if is_reply(self.flow[:_HEAD_CHARACTERS]):
            return Genre.REPLY
        numbered = genre_of_number(number) if number else None
        if (
            reported is not None
            and not reported.from_file_name
            and not speaks_itself(self.flow)
            and "File đính kèm" not in self.flow[:_HEAD_CHARACTERS]
        ):
            return Genre.NEWS
        if numbered is not None:
            return numbered
        return Genre.OTHER if self.head_end else Genre.NEWS

    # Doubts -----------------------------------------------------------------------------------------------

    def _doubt_reported(self, reported: Reported) -> None:
        if reported.from_file_name:
            message = f"Số {reported.number} chỉ có trong tên tệp đính kèm; cần đối chiếu với văn bản gốc."
            self.doubts.append(Doubt("own-number-only-in-file-name", message, reported.span))
        else:
            message = (
                f"Văn bản số {reported.number} được thuật lại trên trang tin; cần đối chiếu với văn bản gốc."
            )
            self.doubts.append(Doubt("reported-document", message, reported.span))

    def _missing(self, number: str | None, issued_on: date | None) -> Iterator[Doubt]:
        yield from self.doubts
        if number is None and self.head_end:
            blank = next((cell.span for cell in self.cells if _BLANK_PART.match(cell.words)), None)
            yield Doubt("no-number", "Chưa đọc được số, ký hiệu của văn bản.", blank)
        if issued_on is None and self.head_end:
            yield Doubt("no-issue-date", "Chưa đọc được ngày ban hành văn bản.", None)


def _is_head_line(words: str) -> bool:
    line = words.strip()
    labelled = _OWN_NUMBER.match(line) or _BLANK_NUMBER.match(line) or ABOUT.match(line)
    return bool(
        _MOTTO.search(line)
        or (len(line) < _LONGEST_HEAD_LINE and (labelled or _dates_the_document(line)))
        or genre_of_title(line)
    )


def _dates_the_document(line: str) -> bool:
    """Tell whether «Đắk Lắk, ngày 12 tháng 5 năm 2010» stands by itself in the line."""
    if _BARE_DATE.match(line):
        return True
    if "ngà" not in line or not line[0].isupper() or len(line) >= _LONGEST_DATE_LINE:
        return False
    found = _DATE.search(line)
    if found is None or not found["place"]:
        return False
    behind = line[found.end() :].lstrip()
    return not behind.startswith((",", ";")) and not _RUNS_UP_TO.search(line[: found.start()])
