"""The example register of Hà Tĩnh: one register, three times, resolved at the document's date."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import an_app
from tests.tracker.services.test_registers import load
from tracker.services.group_progress import group_progress
from tracker.services.intake import take_in
from tracker.services.members import members_on
from tracker.services.province import province_register
from tracker.services.register_check import check_register
from tracker.services.register_rules import Severity
from tracker.services.registers import load_agencies
from tracker.services.successions_in import load_successions
from tracker.services.successors import only_whole, successors
from tracker.store import assignments, register
from tracker.store.session import reading

IN_2020, IN_JANUARY, IN_JULY = date(2020, 4, 3), date(2025, 1, 15), date(2025, 7, 15)
TIMES = (IN_2020, IN_JANUARY, IN_JULY)


@pytest.fixture
def ha_tinh(engine: Engine, examples: Path) -> Engine:
    """Give a database with the example register."""
    folder = examples / "ha-tinh"
    assert load(engine, load_agencies, folder / "agencies.csv").errors == ()
    report = load(engine, load_successions, folder / "successions.csv")
    assert (report.errors, report.warnings) == ((), ())
    return engine


def test_the_register_is_sound_at_every_time(ha_tinh: Engine) -> None:
    """The validator finds no error at all, and on none of the three days anything to look at."""
    with reading(ha_tinh) as session:
        every = check_register(session)
        found = [check_register(session, on=day).found for day in TIMES]

    assert [rule.code for rule, _ in every.found if rule.severity is Severity.ERROR] == []
    assert found == [[], [], []]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "UBND huyện Thạch Hà", ["ubnd-huyen-thach-ha", "ubnd-huyen-thach-ha", None], id="a district"
        ),
        pytest.param("UBND xã Thạch Hà", [None, None, "ubnd-xa-thach-ha"], id="a commune of its name"),
        pytest.param("Ủy ban nhân dân xã Thạch Hà", [None, None, "ubnd-xa-thach-ha"], id="written out"),
        pytest.param("UBND huyện Lộc Hà", ["ubnd-huyen-loc-ha", None, None], id="a district dissolved first"),
        pytest.param("UBND thị xã Kỳ Anh", ["ubnd-tx-ky-anh", "ubnd-tx-ky-anh", None], id="a town"),
        pytest.param(
            "UBND huyện Kỳ Anh", ["ubnd-huyen-ky-anh", "ubnd-huyen-ky-anh", None], id="its district"
        ),
        pytest.param("UBND xã Kỳ Anh", [None, None, "ubnd-xa-ky-anh"], id="its commune"),
        pytest.param("Sở KH&ĐT", ["so-ke-hoach-va-dau-tu", "so-ke-hoach-va-dau-tu", None], id="a department"),
        pytest.param("Sở Tài chính", ["so-tai-chinh"] * 3, id="one that goes on"),
        pytest.param("Sở NN&MT", [None, None, "so-nong-nghiep-va-moi-truong"], id="one that began"),
        pytest.param("SNN", ["so-nong-nghiep-va-ptnt", "so-nong-nghiep-va-ptnt", None], id="a short name"),
        pytest.param(
            "Văn phòng UBND tỉnh", ["vp-doan-dbqh-hdnd-ubnd", "vp-ubnd-tinh", "vp-ubnd-tinh"], id="the office"
        ),
        pytest.param("UBND cấp huyện", ["ubnd-cap-huyen", "ubnd-cap-huyen", None], id="the districts"),
        pytest.param("UBND các xã, phường", [None, None, "ubnd-cap-xa"], id="the communes"),
    ],
)
def test_names_are_resolved_at_the_documents_date(
    ha_tinh: Engine, name: str, expected: list[str | None]
) -> None:
    """The same words name other bodies at other times, or nobody."""
    with reading(ha_tinh) as session:
        found = province_register(session, place="Hà Tĩnh")

    assert [found.resolve(name, day) for day in TIMES] == expected


@pytest.mark.parametrize(
    ("group", "expected"),
    [("ubnd-cap-huyen", [13, 12, 0]), ("ubnd-cap-xa", [0, 0, 69]), ("cac-so", [16, 16, 11])],
)
def test_groups_have_the_members_of_their_time(ha_tinh: Engine, group: str, expected: list[int]) -> None:
    """13 districts, 12 without Lộc Hà, then none; 69 communes and wards; 16 departments, then 11."""
    with reading(ha_tinh) as session:
        entries = register.entries(session)
    found = [members_on(entries, group, day) for day in TIMES]

    assert [len(members) for members in found] == expected
    if group == "ubnd-cap-xa":
        assert sum(entry.name.startswith("UBND phường") for entry in found[-1]) == 9


@pytest.mark.parametrize(
    ("old", "expected", "whole"),
    [
        pytest.param("so-ke-hoach-va-dau-tu", {"so-tai-chinh"}, True, id="merged into one that goes on"),
        pytest.param(
            "so-tai-nguyen-va-moi-truong", {"so-nong-nghiep-va-moi-truong"}, True, id="into a new one"
        ),
        pytest.param(
            "so-thong-tin-va-truyen-thong",
            {"so-khoa-hoc-va-cong-nghe", "so-van-hoa-the-thao-va-du-lich"},
            False,
            id="split in two",
        ),
        pytest.param(
            "ubnd-tx-hong-linh",
            {"ubnd-phuong-bac-hong-linh", "ubnd-phuong-nam-hong-linh"},
            False,
            id="a town into its wards",
        ),
    ],
)
def test_who_answers_after_the_changes(ha_tinh: Engine, old: str, expected: set[str], *, whole: bool) -> None:
    """A merger has one successor for all of it; a split has several, each with its part."""
    with reading(ha_tinh) as session:
        _, found = successors(session, old, IN_JULY)

    assert {one.code for one in found} == expected
    assert (only_whole(found) is not None) is whole
    assert all(one.basis for one in found)


def test_a_district_dissolved_twice_over_is_followed_to_its_communes(ha_tinh: Engine) -> None:
    """Lộc Hà went to Thạch Hà and the city in January 2025; in July only their communes are there."""
    with reading(ha_tinh) as session:
        _, january = successors(session, "ubnd-huyen-loc-ha", IN_JANUARY)
        _, july = successors(session, "ubnd-huyen-loc-ha", IN_JULY)

    assert {one.code for one in january} == {"ubnd-huyen-thach-ha", "ubnd-tp-ha-tinh"}
    assert {"ubnd-xa-loc-ha", "ubnd-xa-mai-phu", "ubnd-xa-hong-loc", "ubnd-phuong-tran-phu"} <= {
        one.code for one in july
    }


def test_every_district_and_department_that_ended_has_successors(ha_tinh: Engine) -> None:
    """No open work of theirs is left without anybody to pass on to."""
    with reading(ha_tinh) as session:
        gone = [one for one in register.entries(session) if one.valid_to and not one.is_group]
        without = [one.code for one in gone if not successors(session, one.code, IN_JULY)[1]]

    assert len(gone) == 22
    assert without == []


def test_every_file_says_that_it_is_to_be_proof_read(examples: Path) -> None:
    """Nobody takes example data for the province's own."""
    for name in ("agencies.csv", "successions.csv", "README.md"):
        words = (examples / "ha-tinh" / name).read_text(encoding="utf-8").casefold()
        assert "cần tỉnh soát xét" in words
        assert "proof-read" in words


LETTER = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ TĨNH                          Độc lập - Tự do - Hạnh phúc
Số: 311/UBND-KT1                   Hà Tĩnh, ngày {day}
V/v rà soát cụm công nghiệp

Kính gửi: Các sở, ban, ngành cấp tỉnh.

UBND tỉnh yêu cầu:
1. UBND các huyện, thành phố, thị xã (trừ huyện Vũ Quang) rà soát, báo cáo trước ngày 30 tháng 9 năm {year}.
2. UBND cấp huyện báo cáo kết quả trước ngày 30 tháng 9 năm {year}.
3. UBND các xã, phường tuyên truyền, hoàn thành trước ngày 20 tháng 9 năm {year}.
4. Các đơn vị liên quan phối hợp thực hiện, báo cáo trước ngày 20 tháng 9 năm {year}.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("03 tháng 4 năm 2020", [12, 13, 1, 1], id="13 districts"),
        pytest.param("15 tháng 01 năm 2025", [11, 12, 1, 1], id="12 districts"),
        pytest.param("15 tháng 7 năm 2025", [1, 1, 69, 1], id="69 communes and wards"),
    ],
)
def test_a_letter_is_given_to_whom_it_meant(
    ha_tinh: Engine, tmp_path: Path, day: str, expected: list[int]
) -> None:
    """The same words give other shares at other times; a level that is no more and an open set give one."""
    path = tmp_path / "cong-van.txt"
    path.write_text(LETTER.format(day=day, year=day[-4:]), encoding="utf-8")
    result = take_in(an_app(ha_tinh, tmp_path), path, approve=False, actor="Lan")
    with reading(ha_tinh) as session:
        works = assignments.tracked(session)
        groups = group_progress(session)
    shares = Counter(work.code for work in works)

    assert [shares[code] for code in result.codes] == expected
    assert [one.total for one in groups] == [count for count in expected if count > 1]
