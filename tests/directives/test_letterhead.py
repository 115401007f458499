"""What a document says of itself: number, date, issuer, subject, kind, and where its body begins."""

from datetime import date

import pytest

from directives.issuer import issuer_from, issuer_in_words
from directives.layout import lay_out
from directives.letterhead import read_letterhead
from directives.model import Letterhead
from directives.parse import parse
from directives.text import canonical


def head_of(text: str) -> Letterhead:
    """Return the letterhead read from a text."""
    return read_letterhead(lay_out(canonical(text)))


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["ĐẢNG BỘ TỈNH THANH HÓA", "HUYỆN ỦY NGA SƠN", "*"], "Huyện ủy Nga Sơn"),
        (["ĐẢNG BỘ HUYỆN NGA SƠN", "ĐẢNG ỦY XÃ NGA THÁI"], "Đảng ủy xã Nga Thái"),
        (["TỈNH ỦY HÀ TĨNH", "BAN TUYÊN GIÁO"], "Ban Tuyên giáo Tỉnh ủy Hà Tĩnh"),
        (["HUYỆN UỶ NGA SƠN", "VĂN PHÒNG"], "Văn phòng Huyện ủy Nga Sơn"),
        (["TỈNH ỦY TUYÊN QUANG", "*"], "Tỉnh ủy Tuyên Quang"),
        (["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "─────────"], "UBND tỉnh Lạng Sơn"),
        (["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "━━━━━", "═════"], "UBND tỉnh Lạng Sơn"),
        (["UBND TỈNH HƯNG YÊN", "SỞ GIAO THÔNG VẬN TẢI"], "Sở Giao thông vận tải tỉnh Hưng Yên"),
        (["BỘ CÔNG THƯƠNG", "CỤC XUẤT NHẬP KHẨU"], "Cục Xuất nhập khẩu"),
        (["BỘ QUỐC PHÒNG", "BỘ CHỈ HUY QUÂN SỰ TỈNH HÀ TĨNH"], "Bộ Chỉ huy Quân sự tỉnh Hà Tĩnh"),
        (["BỘ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"], "Bộ Nông nghiệp và Phát triển nông thôn"),
        (["SỞ Y TẾ TỈNH HÀ TĨNH", "TRUNG TÂM Y TẾ DỰ PHÒNG"], "Trung tâm Y tế dự phòng tỉnh Hà Tĩnh"),
    ],
)
def test_issuer_of_a_letterhead(lines: list[str], issuer: str) -> None:
    """The lower body issues; its name is in ordinary case, and rule lines belong to no name."""
    assert issuer == issuer_from(lines)


@pytest.mark.parametrize(
    ("words", "context", "issuer"),
    [
        ("Văn phòng UBND thành phố", "(Cổng TTĐT Hải Phòng) - ", "Văn phòng UBND thành phố Hải Phòng"),
        ("Văn phòng UBND tỉnh", "Báo Kon Tum", "Văn phòng UBND tỉnh Kon Tum"),
        ("Phó Chủ tịch UBND tỉnh Dương Tất Thắng", "", None),
        ("Phó Chủ tịch UBND tỉnh Dương Tất Thắng", "(hatinh.gov.vn) Hà Tĩnh", "UBND tỉnh Hà Tĩnh"),
        ("Chủ tịch UBND huyện Nguyễn Văn An", "", None),
        ("Chủ tịch UBND huyện Thạch Hà", "", "UBND huyện Thạch Hà"),
        ("Tỉnh, UBND tỉnh cao bằng", "", "UBND tỉnh Cao Bằng"),
        ("Ban Thường vụ Huyện uỷ Nga Sơn", "", "Huyện ủy Nga Sơn"),
    ],
)
def test_issuer_in_running_text(words: str, context: str, issuer: str | None) -> None:
    """A person's name is no place; a place left out is that of the page."""
    assert issuer == issuer_in_words(words, context)


@pytest.mark.parametrize(
    "sentence",
    [
        "Để hạn chế tai nạn, ngày 12/5/2010 Uỷ ban nhân dân tỉnh Đắk Lắk có Công văn số 905/UBND-VX.",
        "Ngày 12/5/2010, UBND tỉnh Đắk Lắk đã ban hành Công văn số 905/UBND-VX về phòng, chống đuối nước.",
        "UBND tỉnh Đắk Lắk, ngày 12/5/2010, có Công văn số 905/UBND-VX về phòng, chống đuối nước.",
        "UBND tỉnh Đắk Lắk vừa ban hành Công văn số 905/UBND-VX ngày 12/5/2010 về phòng, chống đuối nước.",
        "UBND tỉnh Đắk Lắk vừa có Công văn số 905/UBND-VX ký ngày 12/5/2010 về phòng, chống đuối nước.",
    ],
)
def test_date_of_a_reported_document(sentence: str) -> None:
    """News give the date before the body, behind it, or behind the number."""
    head = head_of(f"Phòng, chống đuối nước trẻ em\n\n{sentence}\n")

    assert ("905/UBND-VX", date(2010, 5, 12), "UBND tỉnh Đắk Lắk") == (
        head.number,
        head.issued_on,
        head.issuer,
    )


def test_date_of_a_meeting_is_not_that_of_the_document() -> None:
    """A date further off in the sentence dates something else."""
    head = head_of(
        "Tin\n\nSau cuộc họp ngày 02/5/2010 về hè, UBND tỉnh Đắk Lắk có Công văn số 905/UBND-VX yêu cầu.\n"
    )

    assert head.issued_on is None


def test_page_with_the_words_of_the_letter_is_a_letter() -> None:
    """«Nhận được Công văn này» is said by the letter, not by a reporter."""
    lead = "Ngày 12/5/2010, UBND tỉnh Đắk Lắk có Công văn số 905/UBND-VX yêu cầu:\n\nSở Y tế: trực.\n"

    assert head_of(lead).genre == "news"
    assert head_of(lead + "\nNhận được Công văn này, yêu cầu các Sở thực hiện./.\n").genre == "letter"


SUBJECT_OF_TWO_COLUMNS = """\
ỦY BAN NHÂN DÂN                      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH KIÊN GIANG                            Độc lập - Tự do - Hạnh phúc
Số: 1158/UBND-KT                       Kiên Giang, ngày 08 tháng 10 năm 2024
V/v điều chỉnh thời gian thực hiện
một số nhiệm vụ lĩnh vực đất đai

Kính gửi: Sở Tài chính.

UBND tỉnh yêu cầu Sở Tài chính báo cáo.
"""


def test_subject_wrapped_in_the_left_column_is_read_whole() -> None:
    """The lines under «V/v …» in its column belong to it, up to «Kính gửi»."""
    wanted = "điều chỉnh thời gian thực hiện một số nhiệm vụ lĩnh vực đất đai"

    assert wanted == head_of(SUBJECT_OF_TWO_COLUMNS).subject


def test_subject_beside_the_place_and_date() -> None:
    """What stands in the other column, beside the subject, is none of it."""
    text = SUBJECT_OF_TWO_COLUMNS.replace(
        "V/v điều chỉnh thời gian thực hiện\n",
        "V/v điều chỉnh thời gian thực hiện         Kiên Giang, ngày 08 tháng 10 năm 2024\n",
    ).replace(
        "Số: 1158/UBND-KT                       Kiên Giang, ngày 08 tháng 10 năm 2024", "Số: 1158/UBND-KT"
    )
    head = head_of(text)

    assert head.subject == "điều chỉnh thời gian thực hiện một số nhiệm vụ lĩnh vực đất đai"
    assert date(2024, 10, 8) == head.issued_on


def test_subject_of_a_short_letter_ends_with_its_line() -> None:
    """A line of its own behind a blank line is no part of the subject."""
    text = "UBND TỈNH A\nSố: 1/UBND-KT\nV/v rà soát xe ô tô\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"

    assert head_of(text).subject == "rà soát xe ô tô"


def test_subject_behind_the_number_in_one_cell() -> None:
    """A table that became text puts number and subject into one cell."""
    text = (
        "UBND TỈNH A | CỘNG HÒA\n--- | ---\nSố: 27/UBND-NC V/v đón Tết | Tam Kỳ, ngày 21 tháng 12 năm 2009\n"
    )

    assert head_of(text).subject == "đón Tết"


def test_deciding_official_is_no_part_of_the_subject() -> None:
    """«BỘ TRƯỞNG BỘ TƯ PHÁP» under the subject of a decision says who decides."""
    text = (
        "BỘ TƯ PHÁP\nSố: 486/QĐ-BTP\nHà Nội, ngày 10 tháng 03 năm 2014\n\nQUYẾT ĐỊNH\nBAN HÀNH KẾ HOẠCH\n\n"
        "BỘ TRƯỞNG BỘ TƯ PHÁP\n\nCăn cứ Nghị định số 22/2013/NĐ-CP;\n"
    )

    assert head_of(text).subject == "BAN HÀNH KẾ HOẠCH"


@pytest.mark.parametrize("gap", ["   ", "\n"], ids=["spaces", "line end"])
def test_name_of_a_province_may_be_parted(gap: str) -> None:
    """A wide gap or a line end inside the name of a province neither hides it nor stops the reading."""
    assert parse(f"Chủ tịch UBND tỉnh Hà{gap}Tĩnh họp bàn việc.").head.issuer == "UBND tỉnh Hà Tĩnh"


def test_headline_is_not_the_furniture_of_the_page() -> None:
    """The path, the paper's name and the time of a web page are no headline."""
    text = "Trang chủ » Tin tức\nThứ Ba, 09/7/2024 10:20 GMT+7\nChống ngập nội đô\n\nSáng nay trời mưa to.\n"

    assert head_of(text).subject == "Chống ngập nội đô"


@pytest.mark.parametrize("addressees", ["- Sở Công Thương.", "- Sở Công Thương;\n- Các Bộ: Y tế, Tài chính."])
def test_first_item_behind_bulleted_addressees_is_kept(addressees: str) -> None:
    """However short the letter, its body begins behind the addressees and with its first item."""
    parsed = parse(
        "UBND TỈNH A\nSố: 1/UBND-KT\nHà Tĩnh, ngày 13 tháng 12 năm 2019\n"
        f"Kính gửi:\n{addressees}\n\nUBND tỉnh yêu cầu:\n"
        "1. Sở Công Thương chủ trì quản lý hoạt động khuyến công.\n"
        "- Tham mưu tổng kết trong Quý II/2020.\n2. Sở Y tế báo cáo.\n"
    )

    assert [task.item for task in parsed.tasks] == ["1", "1", "2"]


HEAD = (
    "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\n{number}\n{day}\n\nKính gửi: Sở Y tế.\n\nYêu cầu Sở Y tế rà soát.\n"
)


@pytest.mark.parametrize("number", ["Số:      /UBND-XD", "Số: ....../UBND-XD", "Số:        "])
def test_a_blank_number_is_no_issuer(number: str) -> None:
    """What stands behind a number left blank is no part of the issuer's name."""
    head = head_of(HEAD.format(number=number, day="Hà Nội, ngày 05 tháng 6 năm 2023"))

    assert (head.issuer, head.number) == ("UBND thành phố Hà Nội", None)
    assert "no-number" in {doubt.code for doubt in head.doubts}


@pytest.mark.parametrize("day", ["Hà Nội, 05/6/2023", "Hà Nội, 5-6-2023.", "TP. Hồ Chí Minh, 05.6.2023"])
def test_the_word_day_may_lack(day: str) -> None:
    """A place and a day alone in their cell date the document."""
    assert head_of(HEAD.format(number="Số: 12/UBND-XD", day=day)).issued_on == date(2023, 6, 5)


SIGNED = {
    "THỦ TƯỚNG\n\n\nPhạm Văn Minh": "Phạm Văn Minh",
    "PHÓ THỦ TƯỚNG\n\nTrần Văn Hà": "Trần Văn Hà",
    "BỘ TRƯỞNG\n\n(Đã ký)\n\nNguyễn Văn Diên": "Nguyễn Văn Diên",
    "TỔNG CỤC TRƯỞNG\n\nLê Văn An": "Lê Văn An",
    "TM. BAN THƯỜNG VỤ\nBÍ THƯ\n\n\nTrần Văn An": "Trần Văn An",
    "Nơi nhận:                THỦ TƯỚNG\n- Lưu: VT.\n\n                Phạm Văn Minh": "Phạm Văn Minh",
}


@pytest.mark.parametrize(("foot", "signer"), SIGNED.items(), ids=SIGNED)
def test_the_signer_is_read_under_any_office(foot: str, signer: str) -> None:
    """The name under an office of any rank is the signer's."""
    text = HEAD.format(number="Số: 12/UBND-XD", day="Hà Nội, ngày 05 tháng 6 năm 2023")

    assert head_of(f"{text}\n{foot}\n").signer == signer
