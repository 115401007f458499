"""The number in a file's name, and when it is taken for the document's own."""

from datetime import date

import pytest

from directives.file_names import named_in
from directives.model import Genre
from directives.parse import parse

NAMES = {
    "122-TB-UBND.signed.pdf": ("122/TB-UBND", None),
    "CV 8287-UBND-KT1.pdf": ("8287/UBND-KT1", None),
    "45 TB-UBND (3.4.2020).pdf": ("45/TB-UBND", date(2020, 4, 3)),
    "120_TB-UBND_03042020.pdf": ("120/TB-UBND", date(2020, 4, 3)),
    "Thong bao so 120 TB-UBND.pdf": ("120/TB-UBND", None),
    "1095-QD-UBND.docx": ("1095/QĐ-UBND", None),
    "122-tb-ubnd.pdf": ("122/TB-UBND", None),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=NAMES)
def test_usual_shapes_are_read(name: str, expected: tuple[str, date | None]) -> None:
    """A serial number, a kind or an organ, and perhaps a day."""
    named = named_in(name)

    assert named is not None
    assert expected == (named.number, named.issued_on)


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "dv-01.txt",
        "Scan 2020-04-03.pdf",
        "bao-cao-2020.pdf",
        "3-ubnd-tinh.pdf",
        "phu luc 2.xlsx",
        "IMG_2020.jpg",
    ],
)
def test_other_names_give_no_number(name: str | None) -> None:
    """A number without a symbol is nobody's."""
    assert named_in(name) is None


BODY = "1. Giao Sở Y tế rà soát trước ngày 20/4/2020.\n2. Sở Tài chính báo cáo trước ngày 20/4/2020."


def test_a_page_without_a_head_has_its_files_number() -> None:
    """The number is taken with a doubt, and the page is no news."""
    head = parse(BODY, file_name="45 TB-UBND (3.4.2020).pdf").head

    assert (head.number, head.issued_on, head.genre) == ("45/TB-UBND", date(2020, 4, 3), Genre.NOTICE)
    assert "own-number-only-in-file-name" in {doubt.code for doubt in head.doubts}


def test_a_blank_number_is_filled_from_the_files_name() -> None:
    """A head whose number was left blank keeps its own date."""
    blank = "UBND TỈNH HÀ TĨNH\nSố:      /UBND-KT1\nHà Tĩnh, ngày 05 tháng 4 năm 2020\n"
    text = f"{blank}Kính gửi: Sở Y tế.\n{BODY}"
    head = parse(text, file_name="8287-UBND-KT1 (3.4.2020).pdf").head

    assert (head.number, head.issued_on) == ("8287/UBND-KT1", date(2020, 4, 5))
    assert "own-number-only-in-file-name" in {doubt.code for doubt in head.doubts}


@pytest.mark.parametrize(
    "text",
    [
        f"UBND TỈNH HÀ TĨNH\nSố: 7/TB-UBND\nHà Tĩnh, ngày 05 tháng 4 năm 2020\n{BODY}",
        f"UBND tỉnh Hà Tĩnh vừa ban hành Thông báo số 7/TB-UBND ngày 05/4/2020.\n{BODY}",
    ],
    ids=["a head", "a report"],
)
def test_a_number_in_the_text_goes_before(text: str) -> None:
    """The file's name never overrides what the text says."""
    head = parse(text, file_name="122-TB-UBND.pdf").head

    assert head.number == "7/TB-UBND"
    assert "own-number-only-in-file-name" not in {doubt.code for doubt in head.doubts}
