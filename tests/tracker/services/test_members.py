"""A group stands for its members on the document's date, less those that are excepted."""

from datetime import date

import pytest

from directives.agencies.excepted import excepted
from tests.tracker.services.test_register_rules import a_group, an_entry, names, until
from tracker.services.members import meant_by, members_on, names_open_set

ON = date(2020, 4, 3)
LATER = date(2025, 1, 15)
DISTRICTS = [
    an_entry("vu-quang", "UBND huyện Vũ Quang", memberships=names("huyen")),
    an_entry("ky-anh", "UBND huyện Kỳ Anh", memberships=names("huyen")),
    an_entry("tx-ky-anh", "UBND thị xã Kỳ Anh", memberships=names("huyen")),
    an_entry("loc-ha", "UBND huyện Lộc Hà", memberships=until("huyen", date(2024, 12, 31))),
]
COMMUNE = an_entry("xa-a", "UBND xã A", memberships=names("xa"))
ENTRIES = [
    a_group("huyen", "UBND cấp huyện", memberships=names("dia-phuong")),
    a_group("xa", "UBND cấp xã", memberships=names("dia-phuong")),
    a_group("dia-phuong", "UBND cấp huyện, xã", memberships=names("huyen")),
    *DISTRICTS,
    COMMUNE,
]
ALL = {"vu-quang", "ky-anh", "tx-ky-anh", "loc-ha"}


@pytest.mark.parametrize(
    ("group", "on", "expected"),
    [
        pytest.param("huyen", ON, ALL | {"xa-a"}, id="a group within it that holds it too"),
        pytest.param("xa", ON, {"xa-a"}, id="a group of one"),
        pytest.param(
            "dia-phuong", LATER, {"vu-quang", "ky-anh", "tx-ky-anh", "xa-a"}, id="groups of groups, later"
        ),
        pytest.param("khong-co", ON, set(), id="no such group"),
    ],
)
def test_members_are_those_of_the_day(group: str, on: date, expected: set[str]) -> None:
    """Groups within groups are opened, and a circle of them ends."""
    found = [entry.code for entry in members_on(ENTRIES, group, on)]

    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("words", "out", "unclear"),
    [
        pytest.param("UBND các huyện, thành phố, thị xã", set(), 0, id="all of them"),
        pytest.param("UBND các huyện (trừ huyện Vũ Quang)", {"vu-quang"}, 0, id="in brackets"),
        pytest.param("UBND các huyện, trừ huyện Kỳ Anh", {"ky-anh"}, 0, id="behind a comma"),
        pytest.param("UBND các huyện (ngoại trừ thị xã Kì Anh)", {"tx-ky-anh"}, 0, id="in another spelling"),
        pytest.param("UBND các huyện (trừ UBND huyện Vũ Quang)", {"vu-quang"}, 0, id="by its whole name"),
        pytest.param(
            "UBND các huyện (trừ các huyện Vũ Quang, Lộc Hà)", {"vu-quang", "loc-ha"}, 0, id="several"
        ),
        pytest.param("UBND cấp huyện (trừ huyện Vũ Quang)", {"vu-quang"}, 0, id="of a level"),
        pytest.param(
            "UBND các huyện, không bao gồm huyện Vũ Quang và Lộc Hà",
            {"vu-quang", "loc-ha"},
            0,
            id="not including",
        ),
        pytest.param("UBND cấp huyện trừ huyện Vũ Quang", {"vu-quang"}, 0, id="without a mark"),
        pytest.param("UBND các huyện (trừ Kỳ Anh)", set(), 1, id="two of that name"),
        pytest.param("UBND các huyện (trừ huyện Hương Khê)", set(), 1, id="not a member"),
    ],
)
def test_the_excepted_get_no_share(words: str, out: set[str], unclear: int) -> None:
    """Who is excepted is left out; where it is not clear who is meant, nobody is, and it is said."""
    entries = [a_group("huyen", "UBND cấp huyện"), *DISTRICTS]
    meant = meant_by(words, entries, "huyen", ON)

    assert ALL - {entry.code for entry in meant.members} == out
    assert len(meant.unclear) == unclear
    assert len(excepted(words)) == len(out) + unclear


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Các đơn vị liên quan", True),
        ("các sở, ngành liên quan", True),
        ("các cơ quan, đơn vị, địa phương liên quan", True),
        ("UBND cấp huyện", False),
        ("Các sở, ban, ngành cấp tỉnh", False),
        ("Sở Y tế", False),
    ],
)
def test_open_sets_are_known(name: str, *, expected: bool) -> None:
    """«…liên quan» names nobody for sure."""
    assert names_open_set(name) is expected
