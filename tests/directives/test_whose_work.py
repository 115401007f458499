"""Who is given the work, where names are hard: numbers, persons, exceptions, bodies of the past."""

import pytest

from directives.agencies import find_agencies
from directives.agencies.lexicon import Head, lexicon
from directives.model import ParsedDirective
from directives.parse import parse


def read(body: str, day: str = "03 tháng 4 năm 2020") -> ParsedDirective:
    """Read a notice of a province, issued on a day, with one item."""
    return parse(
        f"""\
ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
Số: 120/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày {day}

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp

Chủ tịch UBND tỉnh kết luận như sau:
1. {body}"""
    )


LEADS = {
    "Giao Công ty TNHH Trường Sơn 36 và Công ty CP Hưng Thịnh báo cáo kết quả.": [
        "Công ty TNHH Trường Sơn 36",
        "Công ty CP Hưng Thịnh",
    ],
    "Giao Tổng công ty 319 chủ trì, phối hợp với Sở Y tế rà soát.": ["Tổng công ty 319"],
    "Giao Công ty CP LILAMA 69-1, Bệnh viện 199 rà soát.": ["Công ty CP LILAMA 69-1", "Bệnh viện 199"],
    "Giao Công ty CP Hưng Thịnh 02 ngày báo cáo một lần.": ["Công ty CP Hưng Thịnh"],
    "Giao Công ty CP Hưng Thịnh 15 ngày báo cáo một lần.": ["Công ty CP Hưng Thịnh"],
    "Giao đồng chí Giám đốc Sở Y tế rà soát.": ["đồng chí Giám đốc Sở Y tế"],
    "Giao đồng chí Nguyễn Văn An, Giám đốc Sở Y tế, mở khu cách ly.": [
        "đồng chí Nguyễn Văn An, Giám đốc Sở Y tế"
    ],
    "Phân công ông Trần B, Phó Chủ tịch UBND huyện Kỳ Anh, chỉ đạo kiểm tra.": [
        "ông Trần B, Phó Chủ tịch UBND huyện Kỳ Anh"
    ],
    "Giao ông Trần Văn B (Phó Chủ tịch UBND huyện Kỳ Anh) kiểm tra.": [
        "ông Trần Văn B (Phó Chủ tịch UBND huyện Kỳ Anh)"
    ],
    "Giao đồng chí Đoàn Văn Hà - Giám đốc Sở Y tế và đồng chí Lê Công An, Giám đốc Sở Nội vụ rà soát.": [
        "đồng chí Đoàn Văn Hà - Giám đốc Sở Y tế",
        "đồng chí Lê Công An, Giám đốc Sở Nội vụ",
    ],
    "Giao đồng chí Trần Văn An, Giám đốc Sở Y tế, Phó Trưởng Ban Chỉ đạo tỉnh, rà soát.": [
        "đồng chí Trần Văn An, Giám đốc Sở Y tế, Phó Trưởng Ban Chỉ đạo tỉnh"
    ],
    "UBND các huyện, thị xã, thành phố, trừ huyện đảo Cồn Cỏ, báo cáo kết quả.": [
        "UBND các huyện, thị xã, thành phố, trừ huyện đảo Cồn Cỏ"
    ],
    "Các sở, ban, ngành, ngoại trừ Sở Y tế, Sở Nội vụ, báo cáo kết quả.": [
        "Các sở, ban, ngành, ngoại trừ Sở Y tế, Sở Nội vụ"
    ],
    "Giao các sở, ban, ngành (trừ Sở Y tế) báo cáo kết quả.": ["các sở, ban, ngành (trừ Sở Y tế)"],
    "Giao UBND cấp huyện trừ huyện Vũ Quang rà soát quy hoạch.": ["UBND cấp huyện trừ huyện Vũ Quang"],
    "UBND các huyện, trừ các huyện Vũ Quang, Lộc Hà và thị xã Kỳ Anh: rà soát quy hoạch.": [
        "UBND các huyện, trừ các huyện Vũ Quang, Lộc Hà và thị xã Kỳ Anh"
    ],
    "UBND cấp huyện không bao gồm Ủy ban nhân dân huyện Vũ Quang, UBND cấp xã báo cáo kết quả.": [
        "UBND cấp huyện không bao gồm Ủy ban nhân dân huyện Vũ Quang",
        "UBND cấp xã",
    ],
}


@pytest.mark.parametrize(("body", "leads"), LEADS.items(), ids=LEADS)
def test_the_lead_is_who_is_named(body: str, leads: list[str]) -> None:
    """Numbers, persons and exceptions belong to the name; what the sentence goes on with does not."""
    (task,) = read(body).tasks

    assert leads == [lead.text for lead in task.leads]


@pytest.mark.parametrize(
    ("body", "doubted"),
    [
        ("Giao UBND cấp huyện trừ các huyện đã hoàn thành rà soát quy hoạch.", True),
        ("Giao các sở, ban, ngành trừ Sở Y tế rà soát quy hoạch.", True),
        ("Giao UBND cấp huyện, ngoại trừ nơi đã xong rà soát quy hoạch.", True),
        ("Giao UBND cấp huyện trừ huyện Vũ Quang rà soát quy hoạch.", False),
        ("Giao UBND cấp huyện (trừ huyện Vũ Quang) rà soát quy hoạch.", False),
        ("Giao UBND cấp huyện rà soát quy hoạch, trừ huyện đã có.", False),
    ],
)
def test_an_exception_without_a_sure_end_is_doubted(body: str, *, doubted: bool) -> None:
    """Where the names of the excepted cannot be told from the work, a person is asked."""
    (task,) = read(body).tasks

    assert ("unclear-exception" in task.doubts) is doubted


@pytest.mark.parametrize(
    "words", ["Yêu cầu hai đơn vị này báo cáo trước ngày 20/4/2020.", "Cả hai đơn vị trên tổ chức họp dân."]
)
def test_two_bodies_are_those_last_named(words: str) -> None:
    """«Hai đơn vị này» are the two bodies named last, one after the other though they be."""
    *_, last = read(f"Sở Nội vụ thẩm định; Sở Y tế rà soát; UBND huyện Kỳ Anh bố trí đất. {words}").tasks

    assert [lead.name for lead in last.leads] == ["Sở Y tế", "UBND huyện Kỳ Anh"]


@pytest.mark.parametrize(
    ("body", "day", "doubted"),
    [
        ("UBND cấp huyện rà soát.", "03 tháng 9 năm 2025", True),
        ("UBND huyện Kỳ Anh rà soát.", "03 tháng 9 năm 2025", True),
        ("UBND các huyện, thị xã, thành phố rà soát.", "03 tháng 9 năm 2025", True),
        ("UBND thành phố Vinh rà soát.", "03 tháng 9 năm 2025", True),
        ("Huyện ủy Kỳ Anh rà soát.", "03 tháng 9 năm 2025", True),
        ("Sở Kế hoạch và Đầu tư rà soát.", "03 tháng 9 năm 2025", True),
        ("Sở Kế hoạch và Đầu tư rà soát.", "28 tháng 02 năm 2025", False),
        ("UBND huyện Kỳ Anh rà soát.", "30 tháng 6 năm 2025", False),
        ("UBND thành phố Hải Phòng rà soát.", "03 tháng 9 năm 2025", False),
        ("UBND cấp xã, Sở Tài chính rà soát.", "03 tháng 9 năm 2025", False),
        ("Sở Thương mại rà soát.", "03 tháng 4 năm 2020", True),
    ],
)
def test_a_body_of_the_past_is_doubted(body: str, day: str, doubted: bool) -> None:
    """Work for a body that was no more when the document was issued asks a person to look, by its name."""
    parsed = read(body, day)
    (task,) = parsed.tasks
    said = [doubt.message for doubt in parsed.doubts if doubt.code == "body-no-longer-exists"]

    assert doubted == ("body-no-longer-exists" in task.doubts)
    assert doubted == any(task.leads[0].name in message for message in said)


RECIPIENTS = {
    "báo cáo theo yêu cầu của Bộ Công Thương": None,
    "trình đề án theo ý kiến của Bộ Y tế": None,
    "báo cáo tình hình hoạt động của Bệnh viện đa khoa tỉnh": None,
    "trình đề án 01 tháng sau khi Chính phủ ban hành nghị định": None,
    "báo cáo kết quả làm việc với Bộ Y tế": None,
    "báo cáo Ban Chỉ đạo tỉnh": "Ban Chỉ đạo tỉnh",
    "báo cáo tình hình của các trạm về Sở Y tế": "Sở Y tế",
    "báo cáo theo yêu cầu, gửi Bộ Công Thương": "Bộ Công Thương",
}


@pytest.mark.parametrize(("words", "name"), RECIPIENTS.items(), ids=RECIPIENTS)
def test_the_recipient_is_whom_the_result_reaches(words: str, name: str | None) -> None:
    """Whose a thing is, who wished it and who must act first do not get it."""
    (task,) = read(f"Giao Sở Tài chính {words} trước ngày 20/4/2020.").tasks

    assert name == (task.recipient.name if task.recipient else None)


def body_of(head: Head) -> str:
    """Return a name that begins with a head word."""
    if head.area:
        return f"{head.word} xã Đức Thọ"
    return head.word if head.alone else f"{head.word} Đức Thọ"


@pytest.mark.parametrize("head", lexicon().heads.values(), ids=lambda head: head.word)
def test_each_head_word_begins_a_body(head: Head) -> None:
    """«Giao <head word> … báo cáo» names one body, whole."""
    name = body_of(head)

    (mention,) = find_agencies(f"Giao {name} báo cáo kết quả.")

    assert mention.text == name


@pytest.mark.parametrize("unit", ["Chi cục ", "Ban Chỉ đạo ", "Công an ", "Chi nhánh Công ty - "])
def test_bodies_without_end_are_read(unit: str) -> None:
    """However many bodies belong to one another, reading comes to an end."""
    assert parse(unit * 500).tasks == ()
