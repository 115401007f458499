"""A register answers for its own province, on a day, under any spelling."""

from datetime import date

import pytest

from directives.agencies import Agency, Register, default_register, find_agencies

HA_TINH = Register(
    [
        Agency("so-cong-thuong", "Sở Công Thương", ("Sở CT",)),
        Agency("so-nnptnt", "Sở Nông nghiệp và Phát triển nông thôn", valid_to=date(2025, 2, 28)),
        Agency("ubnd-huyen-thach-ha", "UBND huyện Thạch Hà", valid_to=date(2025, 6, 30)),
        Agency("ubnd-xa-thach-ha", "UBND xã Thạch Hà", valid_from=date(2025, 7, 1)),
        Agency("tt-ptdn", "Trung tâm Hỗ trợ phát triển doanh nghiệp và Xúc tiến đầu tư tỉnh"),
        Agency("an-phat", "Công ty TNHH Sản xuất thương mại An Phát", ("Công ty An Phát",)),
    ],
    place="Hà Tĩnh",
)

NAMES = [
    ("Sở Công Thương", "so-cong-thuong"),
    ("SỞ CÔNG THƯƠNG", "so-cong-thuong"),
    ("Sở CT", "so-cong-thuong"),
    ("Sở Công Thương Hà Tĩnh", "so-cong-thuong"),
    ("Sở Công Thương tỉnh Hà Tĩnh", "so-cong-thuong"),
    ("Sở Công Thương tỉnh", "so-cong-thuong"),
    ("Sở Công Thương tỉnh Nghệ An", None),
    ("Ủy ban nhân dân huyện Thạch Hà", "ubnd-huyen-thach-ha"),
    ("Uỷ ban nhân dân xã Thạch Hà", "ubnd-xa-thach-ha"),
    ("UBND huyện Đức Thọ", None),
    ("Trung tâm Hỗ trợ PTDN và XTĐT tỉnh", "tt-ptdn"),
    ("Sở Y tế", None),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_any_spelling_resolves(name: str, code: str | None) -> None:
    """Case, tone placement, abbreviations and the province's name do not matter; another province does."""
    assert code == HA_TINH.resolve(name)


def test_the_day_decides() -> None:
    """A body answers to its name only while it stood."""
    assert HA_TINH.resolve("UBND huyện Thạch Hà", date(2025, 6, 30)) == "ubnd-huyen-thach-ha"
    assert HA_TINH.resolve("UBND huyện Thạch Hà", date(2025, 7, 1)) is None
    assert HA_TINH.resolve("UBND xã Thạch Hà", date(2025, 6, 30)) is None


def test_own_names_are_found_in_text() -> None:
    """A body that only the province's register knows is read whole, under its standard name."""
    text = "Công ty An Phát nghiên cứu; Trung tâm Hỗ trợ PTDN và XTĐT tỉnh hướng dẫn"

    assert [mention.code for mention in find_agencies(text, register=HA_TINH)] == ["an-phat", "tt-ptdn"]


def test_national_names_end_where_they_end_in_any_register() -> None:
    """A department the province's list has left out is still read whole, without a code."""
    mentions = find_agencies("Sở Văn hóa, Thể thao và Du lịch, Sở CT", register=HA_TINH)

    assert [(mention.name, mention.code) for mention in mentions] == [
        ("Sở Văn hóa, Thể thao và Du lịch", None),
        ("Sở Công Thương", "so-cong-thuong"),
    ]


def test_a_city_named_as_its_province_is_a_district() -> None:
    """«UBND thành phố Kon Tum» is not the province's committee; «UBND tỉnh Kon Tum» is."""
    assert default_register().resolve("UBND thành phố Kon Tum") is None
    assert default_register().resolve("UBND tỉnh Kon Tum") == "ubnd-tinh"


GROUPS = Register([Agency("ubnd-cap-huyen", "UBND cấp huyện", ("UBND các huyện, thành phố, thị xã",))])


@pytest.mark.parametrize(
    "text",
    [
        "UBND cấp huyện",
        "UBND các huyện, thành phố, thị xã",
        "UBND các huyện, thị xã và thành phố",
        "Ủy ban nhân dân các thị xã, thành phố, huyện",
        "UBND các huyện, thành phố, thị xã (trừ huyện Vũ Quang)",
    ],
)
def test_a_group_is_one_whatever_its_order(text: str) -> None:
    """The members may come in any order; who is excepted does not make another group."""
    assert [mention.code for mention in find_agencies(text, register=GROUPS)] == ["ubnd-cap-huyen"]


@pytest.mark.parametrize("group", ["UBND cấp huyện", "UBND các huyện, thị xã, thành phố"])
@pytest.mark.parametrize(
    "exception",
    [
        " (trừ huyện Vũ Quang)",
        " (ngoài huyện Vũ Quang)",
        " (Không bao gồm các huyện Vũ Quang, Lộc Hà)",
        ", không bao gồm huyện Vũ Quang",
        ", không gồm huyện Vũ Quang",
        ", ngoại trừ Vũ Quang",
        " trừ UBND huyện Vũ Quang",
        " tỉnh Hà Tĩnh (trừ huyện Vũ Quang)",
    ],
)
def test_an_exception_makes_no_other_group(group: str, exception: str) -> None:
    """Whoever is left out, and however it is said, the group is the one that the register knows."""
    register = Register(GROUPS.agencies, place="Hà Tĩnh")

    assert register.resolve(group + exception) == "ubnd-cap-huyen"


def test_a_name_may_hold_the_word_that_excepts() -> None:
    """«Phòng trừ» is what a body does: nobody is left out of it."""
    station = Register([Agency("tram", "Trạm phòng trừ sâu bệnh"), Agency("phong", "Trạm phòng")])

    assert station.resolve("Trạm phòng trừ sâu bệnh") == "tram"
    assert station.resolve("Trạm phòng trừ dịch hại") is None
