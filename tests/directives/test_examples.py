"""Our example documents, read from end to end: every format gives the same tasks."""

from datetime import date
from pathlib import Path

import pytest

from directives.model import Genre, ParsedDirective
from directives.parse import parse
from directives.readers import read
from directives.text import one_line

NOTICE, LETTER, NEWS = "thong-bao-120-tb-ubnd", "cong-van-8287-ubnd-kt1", "tin-lang-moc-vao-xuan"
FORMATS = ("txt", "docx", "pdf", "html")

Row = tuple[str | None, tuple[str, ...], str | None, date | None]

# item, leads, the words of the deadline, the last on-time day
NOTICE_TASKS: list[Row] = [
    ("1", ("Công ty TNHH Sản xuất thương mại An Phát",), None, None),
    ("2", ("Công ty TNHH Đồ gỗ mỹ nghệ Thái Yên",), None, None),
    ("3", ("Sở Công Thương",), None, None),
    ("3", ("Sở Công Thương",), "trước ngày 09/4/2020", date(2020, 4, 8)),
    ("4", ("Sở Khoa học và Công nghệ",), "trước ngày 10/5/2020", date(2020, 5, 9)),
    ("5", ("Sở Nông nghiệp và Phát triển nông thôn",), "trước ngày 10/5/2020", date(2020, 5, 9)),
    ("6", ("Sở Kế hoạch và Đầu tư",), None, None),
    ("7", ("UBND huyện Thạch Hà", "UBND huyện Đức Thọ"), None, None),
    ("8", ("Văn phòng Điều phối Chương trình MTQG Nông thôn mới tỉnh",), None, None),
    ("9", ("Trung tâm Hỗ trợ PTDN và XTĐT tỉnh", "Trung tâm Khuyến công và Xúc tiến thương mại"), None, None),
]
LETTER_TASKS: list[Row] = [
    ("1", ("Sở Công Thương",), None, None),
    ("1", ("Sở Công Thương",), "trong Quý II/2020", date(2020, 6, 30)),
    ("1", ("Sở Công Thương",), "trong Quý IV năm 2020", date(2020, 12, 31)),
    ("1", ("Sở Công Thương",), "trước ngày 10/01/2020", date(2020, 1, 9)),
    ("1", ("Sở Công Thương",), "trong tháng 01/2020", date(2020, 1, 31)),
    ("2", ("UBND cấp huyện",), None, None),
    ("2", ("UBND cấp huyện",), "trước ngày 31/12/2019", date(2019, 12, 30)),
    ("3", ("Sở Tài chính", "Sở Kế hoạch và Đầu tư"), None, None),
    ("4", ("Sở Công Thương",), None, None),
    ("5", ("Sở Thông tin và Truyền thông",), None, None),
]


def reading_of(file: Path) -> ParsedDirective:
    """Read and parse a file; its name tells nothing."""
    return parse(read(file).text)


def rows(parsed: ParsedDirective) -> list[Row]:
    """Put a reading's tasks as the tables above do."""
    return [
        (
            task.item,
            tuple(one_line(lead.text) for lead in task.leads),
            one_line(task.deadline.text) if task.deadline else None,
            task.deadline.due_on if task.deadline else None,
        )
        for task in parsed.tasks
    ]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("stem", "tasks"),
    [pytest.param(NOTICE, NOTICE_TASKS, id="notice"), pytest.param(LETTER, LETTER_TASKS, id="letter")],
)
def test_every_format_gives_the_same_tasks(examples: Path, stem: str, tasks: list[Row], kind: str) -> None:
    """Plain text, Word with automatic numbers and PDF: the same items, leads and deadlines."""
    assert tasks == rows(reading_of(examples / f"{stem}.{kind}"))


HEADS = {
    NOTICE: ("120/TB-UBND", date(2020, 4, 3), "UBND tỉnh Hà Tĩnh", Genre.NOTICE, {"606/UBND-KT1"}),
    LETTER: ("8287/UBND-KT1", date(2019, 12, 13), "UBND tỉnh Hà Tĩnh", Genre.LETTER, {"1095/QĐ-UBND"}),
}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("stem", HEADS)
def test_every_format_gives_the_same_head(examples: Path, stem: str, kind: str) -> None:
    """Number, date, issuer, genre and cited documents are read wherever the format puts them."""
    parsed = reading_of(examples / f"{stem}.{kind}")
    head, cited = parsed.head, {citation.number for citation in parsed.cites}

    assert HEADS[stem] == (head.number, head.issued_on, head.issuer, head.genre, cited)


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_news_assigns_nothing(examples: Path, kind: str) -> None:
    """A news item with agencies and dates in it gives no task."""
    assert rows(reading_of(examples / f"{NEWS}.{kind}")) == []
