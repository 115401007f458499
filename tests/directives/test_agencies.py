"""Which bodies a text names, and where their names end."""

from datetime import date

import pytest

from directives.agencies import Extent, find_agencies
from directives.model import Span

NAMES = {
    "a department": ("giao Sở Công Thương chủ trì", ["Sở Công Thương"]),
    "abbreviated": (
        "Sở NN&PTNT, Sở NN – PTNT và sở Công thương",
        ["Sở Nông nghiệp và Phát triển nông thôn"] * 2 + ["Sở Công Thương"],
    ),
    "commas inside a name": (
        "Bộ Văn hóa, Thể thao và Du lịch hướng dẫn",
        ["Bộ Văn hóa, Thể thao và Du lịch"],
    ),
    "«và» inside and between": (
        "Sở Tài nguyên và Môi trường và Sở Y tế",
        ["Sở Tài nguyên và Môi trường", "Sở Y tế"],
    ),
    "a shared head": (
        "giao các Sở: Tài chính, Xây dựng, Tài nguyên và Môi trường rà soát",
        ["Sở Tài chính", "Sở Xây dựng", "Sở Tài nguyên và Môi trường"],
    ),
    "a shared head without a colon": (
        "các Sở Tài chính, Xây dựng khẩn trương",
        ["Sở Tài chính", "Sở Xây dựng"],
    ),
    "a head said once": ("Sở Tài chính, Kế hoạch và Đầu tư trình", ["Sở Tài chính", "Sở Kế hoạch và Đầu tư"]),
    "a list under «các sở, ngành»": (
        "các sở, ngành: Khoa học và Công nghệ, Văn hóa - Thể thao và Du lịch và các cơ quan liên quan",
        ["Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "các cơ quan liên quan"],
    ),
    "ministries, and a bank behind them": (
        "các Bộ: Quốc phòng, Công an, Tài chính, Ngân hàng Nhà nước Việt Nam",
        ["Bộ Quốc phòng", "Bộ Công an", "Bộ Tài chính", "Ngân hàng Nhà nước Việt Nam"],
    ),
    "a body behind a list of fields": (
        "các Sở: Nội vụ, Y tế, Công an tỉnh",
        ["Sở Nội vụ", "Sở Y tế", "Công an tỉnh"],
    ),
    "districts of one kind": (
        "UBND các huyện: Thạch Hà, Đức Thọ và thành phố Hà Tĩnh",
        ["UBND huyện Thạch Hà", "UBND huyện Đức Thọ", "UBND thành phố Hà Tĩnh"],
    ),
    "provinces without a colon": (
        "Ủy ban nhân dân các tỉnh Đồng Tháp, Bến Tre",
        ["UBND tỉnh Đồng Tháp", "UBND tỉnh Bến Tre"],
    ),
    "a second district without «UBND»": (
        "UBND huyện A Lưới, huyện Nam Đông",
        ["UBND huyện A Lưới", "UBND huyện Nam Đông"],
    ),
    "a group, then members of another kind": (
        "UBND các huyện, thị xã Long Khánh, thành phố Biên Hòa bố trí",
        ["UBND các huyện, thị xã Long Khánh, thành phố Biên Hòa"],
    ),
    "a group less a member": (
        "UBND các huyện, thành phố (trừ huyện Vũ Quang) báo cáo",
        ["UBND các huyện, thành phố (trừ huyện Vũ Quang)"],
    ),
    "a sentence behind a colon is no list": (
        "UBND các huyện, thành phố: Bàn giao mặt bằng",
        ["UBND các huyện, thành phố"],
    ),
    "levels": ("UBND cấp huyện, UBND cấp xã", ["UBND cấp huyện", "UBND cấp xã"]),
    "council and committee": (
        "HĐND và UBND tỉnh; HĐND, UBND các xã",
        ["HĐND tỉnh", "UBND tỉnh", "HĐND các xã", "UBND các xã"],
    ),
    "short levels": ("UBND TP Vinh, UBND TX. Cửa Lò", ["UBND thành phố Vinh", "UBND thị xã Cửa Lò"]),
    "numbered wards": ("UBND quận 1, UBND phường 5", ["UBND quận 1", "UBND phường 5"]),
    "tone placement": ("Uỷ ban nhân dân huyện Hoà Vang", ["UBND huyện Hoà Vang"]),
    "all capitals": (
        "I. SỞ KẾ HOẠCH VÀ ĐẦU TƯ, UBND CÁC HUYỆN\nTập trung",
        ["Sở Kế hoạch và Đầu tư", "UBND các huyện"],
    ),
    "an all-capitals body with its place": (
        "KHO BẠC NHÀ NƯỚC KHÁNH HÒA",
        ["Kho bạc Nhà nước tỉnh Khánh Hòa"],
    ),
    "lost spaces": ("phối hợp vớiSở Y tế,Sở Công Thương", ["Sở Y tế", "Sở Công Thương"]),
    "names no register has": (
        "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp tỉnh phối hợp",
        ["Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp tỉnh"],
    ),
    "companies": (
        "Công ty TNHH Đồ gỗ mỹ nghệ Thái Yên khẩn trương; Công ty Cổ phần Cấp thoát nước Bến Tre xử lý",
        ["Công ty TNHH Đồ gỗ mỹ nghệ Thái Yên", "Công ty Cổ phần Cấp thoát nước Bến Tre"],
    ),
    "a purpose in small letters": (
        "Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh họp; Ban Chỉ đạo 389 tỉnh",
        ["Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh", "Ban Chỉ đạo 389 tỉnh"],
    ),
    "the committee a body belongs to": (
        "Ban cán sự đảng Ủy ban nhân dân tỉnh, Văn phòng HĐND và UBND huyện",
        ["Ban cán sự đảng UBND tỉnh", "Văn phòng HĐND và UBND huyện"],
    ),
    "levels without «các»": ("UBND huyện, thị xã, thành phố", ["UBND huyện, thị xã, thành phố"]),
    "a list that turns plural": (
        "UBND thành phố Vinh, các huyện Nghi Lộc, Nam Đàn và thị xã Cửa Lò",
        [
            "UBND thành phố Vinh",
            "UBND huyện Nghi Lộc",
            "UBND huyện Nam Đàn",
            "UBND thị xã Cửa Lò",
        ],
    ),
    "a number of communes": ("UBND 168 xã, phường rà soát", ["UBND 168 xã, phường"]),
    "a body in a numbered area": (
        "Công an Quận 3, Chi cục Thuế khu vực X",
        ["Công an quận 3", "Chi cục Thuế khu vực X"],
    ),
    "the other parts of the system": (
        "Mặt trận Tổ quốc, các đoàn thể và đơn vị liên quan",
        ["Mặt trận Tổ quốc", "các đoàn thể và đơn vị liên quan"],
    ),
    "a company named after another": (
        "Công ty Cổ phần Tập đoàn FLC và Sở Y tế",
        ["Công ty Cổ phần Tập đoàn FLC", "Sở Y tế"],
    ),
    "short forms in a name": (
        "Trung tâm Hỗ trợ PTDN và XTĐT tỉnh",
        ["Trung tâm Hỗ trợ Phát triển doanh nghiệp và Xúc tiến đầu tư tỉnh"],
    ),
    "the body of each district": ("Công an các huyện, thành phố", ["Công an các huyện, thành phố"]),
    "two columns": (
        "UBND TỈNH GIA LAI              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ["UBND tỉnh Gia Lai"],
    ),
    "a page number inside a name": (
        "2. Sở Nông nghiệp và Phát triển nông thôn phối hợp với Sở Tài nguyên và\n\n3\n\nMôi trường rà soát",
        ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"],
    ),
}

# A verb that no table knows still does not become part of the name before it.
SENTENCES_GO_ON = {
    "Trạm Y tế xã túc trực ngày đêm.": ["Trạm Y tế xã"],
    "Hội Nông dân xã chở lúa giúp dân.": ["Hội Nông dân xã"],
    "Ban Quản lý dự án huyện lo mặt bằng.": ["Ban Quản lý dự án huyện"],
    "Trung tâm Khuyến nông lo giống cho bà con.": ["Trung tâm Khuyến nông"],
    "Công ty Điện lực Hà Tĩnh canh gác trạm, báo cáo.": ["Công ty Điện lực Hà Tĩnh"],
    "Hạt giống mới được cấp.": [],
}


@pytest.mark.parametrize(("text", "said"), SENTENCES_GO_ON.items(), ids=SENTENCES_GO_ON)
def test_a_name_ends_where_the_sentence_goes_on(text: str, said: list[str]) -> None:
    """What a body does is no part of its name."""
    assert said == [mention.text for mention in find_agencies(text)]


NOBODY = [
    "các cơ sở công thương nhỏ",
    "cán bộ y tế cơ sở",
    "Hội nghị triển khai công tác",
    "Báo cáo kết quả thực hiện",
    "Ban hành kế hoạch",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "phòng, chống thiên tai",
    "toàn bộ diện tích",
]


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES)
def test_names(text: str, names: list[str]) -> None:
    """Each body is found once, under its standard name."""
    assert names == [mention.name for mention in find_agencies(text)]


@pytest.mark.parametrize("text", NOBODY)
def test_ordinary_words_are_nobody(text: str) -> None:
    """Words that look like heads of names are left alone."""
    assert [mention.text for mention in find_agencies(text)] == []


LOUD = {
    "UỶ BAN MTTQ VIỆT NAM TỈNH; TỈNH ĐOÀN; HỘI LIÊN HIỆP PHỤ NỮ TỈNH": [
        "Ủy ban MTTQ Việt Nam tỉnh",
        "Tỉnh đoàn",
        "Hội Liên hiệp Phụ nữ tỉnh",
    ],
    "II. SỞ XÂY DỰNG, SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG": ["Sở Xây dựng", "Sở Nông nghiệp và Môi trường"],
    "CÁC SỞ: TÀI CHÍNH, NỘI VỤ": ["Sở Tài chính", "Sở Nội vụ"],
    "CÁC SỞ, BAN, NGÀNH TỈNH": ["Các sở, ban, ngành tỉnh"],
    "CHỦ TỊCH UBND CÁC XÃ, PHƯỜNG, ĐẶC KHU PHÚ QUÝ": ["Chủ tịch UBND các xã, phường, đặc khu Phú Quý"],
    "KHO BẠC NHÀ NƯỚC KHÁNH HÒA": ["Kho bạc Nhà nước Khánh Hòa"],
    "THỦ TRƯỞNG CÁC SỞ, BAN, NGÀNH": ["Thủ trưởng các sở, ban, ngành"],
    "GIÁM ĐỐC SỞ Y TẾ VÀ CÔNG AN TỈNH": ["Giám đốc Sở Y tế", "Công an tỉnh"],
}


@pytest.mark.parametrize(("text", "said"), LOUD.items(), ids=LOUD)
def test_headings_in_capitals_are_said_in_ordinary_case(text: str, said: list[str]) -> None:
    """A heading in capitals lists bodies like any other sentence, and they are named in ordinary case."""
    assert said == [mention.text for mention in find_agencies(text)]


def test_which_members_of_a_group_are_meant_is_no_part_of_its_name() -> None:
    """«UBND các xã nơi để xảy ra cháy phải …» is a duty of «UBND các xã»; the clause is passed over."""
    text = "Chủ tịch UBND các xã, phường nơi để xảy ra đuối nước phải báo cáo UBND tỉnh"

    first, _ = find_agencies(text)

    assert (first.text, first.name) == ("Chủ tịch UBND các xã, phường", "UBND các xã, phường")
    assert text[first.span.end :].startswith(" phải báo cáo")


TITLES = [
    ("Giám đốc Sở Nội vụ", "Giám đốc", "Sở Nội vụ"),
    ("Chánh Văn phòng UBND tỉnh", "Chánh", "Văn phòng UBND tỉnh"),
    ("Chánh Thanh tra tỉnh", "Chánh", "Thanh tra tỉnh"),
    ("đồng chí Giám đốc Sở Y tế", "Giám đốc", "Sở Y tế"),
    ("Chủ tịch UBND các huyện, thị xã, thành phố", "Chủ tịch", "UBND các huyện, thị xã, thành phố"),
    ("Thủ trưởng các sở, ban, ngành", "Thủ trưởng", "các sở, ban, ngành"),
    ("Trưởng phòng Nội vụ", "Trưởng", "Phòng Nội vụ"),
    ("Cục trưởng Cục Thuế tỉnh", "Cục trưởng", "Cục Thuế tỉnh"),
]


@pytest.mark.parametrize(("text", "title", "name"), TITLES)
def test_officials_stand_for_their_body(text: str, title: str, name: str) -> None:
    """The title stays in the words; the name is the body's."""
    [mention] = find_agencies(f"Yêu cầu {text} chỉ đạo thực hiện")

    assert (text, title, name) == (mention.text, mention.title, mention.name)


def test_each_official_of_a_shared_list_keeps_the_title() -> None:
    """«Giám đốc các Sở: A, B» is «Giám đốc Sở A» and «Giám đốc Sở B»."""
    texts = [mention.text for mention in find_agencies("Giám đốc các Sở: Nội vụ, Giáo dục và Đào tạo")]

    assert texts == ["Giám đốc Sở Nội vụ", "Giám đốc Sở Giáo dục và Đào tạo"]


def test_a_person_behind_a_place_is_no_part_of_it() -> None:
    """«UBND huyện Đức Thọ Trần Hoài Đức» names the district, and «UBND tỉnh Lê Minh» the province."""
    text = "Chủ tịch UBND huyện Đức Thọ Trần Hoài Đức và Phó Chủ tịch UBND tỉnh Lê Minh Tuấn"

    assert [mention.name for mention in find_agencies(text)] == ["UBND huyện Đức Thọ", "UBND tỉnh"]


EXTENTS = [
    ("các sở, ban, ngành", Extent.GROUP),
    ("UBND cấp huyện", Extent.GROUP),
    ("các địa phương", Extent.GROUP),
    ("các huyện ủy, thành ủy", Extent.GROUP),
    ("các đơn vị liên quan", Extent.OPEN),
    ("các cơ quan, đơn vị có liên quan", Extent.OPEN),
    ("các tổ chức, cá nhân", Extent.OPEN),
    ("UBND các huyện liên quan", Extent.OPEN),
    ("Sở Y tế", Extent.ONE),
]


@pytest.mark.parametrize(("text", "extent"), EXTENTS)
def test_extent(text: str, extent: Extent) -> None:
    """A mention tells whether one body, a group that can be listed, or anybody concerned is meant."""
    [mention] = find_agencies(f"giao {text} thực hiện")

    assert (text, extent) == (mention.text, mention.extent)


@pytest.mark.parametrize("text", ["Quý Ủy ban", "Sở này", "đơn vị này", "Bộ", "Chủ đầu tư"])
def test_stand_ins_are_told_on_request_only(text: str) -> None:
    """«Sở này» names nobody; who is meant stands elsewhere."""
    clause = f"đề nghị {text} chỉ đạo"

    assert find_agencies(clause) == []
    assert [(text, Extent.REFERENCE, None)] == [
        (found.text, found.extent, found.code) for found in find_agencies(clause, references=True)
    ]


def test_spans_are_those_of_the_whole_text() -> None:
    """Inside a span, offsets still count from the start of the text."""
    text = "Sở Y tế chủ trì; Sở Tài chính phối hợp"
    [mention] = find_agencies(text, Span(16, len(text)))

    assert mention.span.of(text) == "Sở Tài chính"


def test_a_name_is_looked_up_on_its_day() -> None:
    """A department that was merged away has its code only while it stood."""
    text = "giao Sở Kế hoạch và Đầu tư"

    assert [found.code for found in find_agencies(text, on=date(2024, 5, 1))] == ["so-ke-hoach-va-dau-tu"]
    assert [found.code for found in find_agencies(text, on=date(2026, 5, 1))] == [None]
