"""Agencies and contacts from CSV files: all of a file or nothing, and the same file twice changes nothing."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.tracker.factories import an_agency
from tracker.domain.people import Role
from tracker.errors import InputRefused
from tracker.services.province import province_register
from tracker.services.registers import LoadReport, load_agencies, load_contacts
from tracker.store import contacts, register
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction

ACT = Act("test", "cli", datetime(2020, 4, 3, tzinfo=UTC))
Loader = Callable[..., LoadReport]

AGENCIES = """\
# a note
code,name,kind,aliases,groups,is_group,valid_from
cac-huyen,UBND cấp huyện,group,,,có,
huyen-a,UBND huyện A,district,UBND A;H. A,cac-huyen,,01/01/2015
"""


def load(engine: Engine, loader: Loader, path: Path, *, dry_run: bool = False) -> LoadReport:
    """Load a file in a transaction of its own."""
    with transaction(engine) as session:
        return loader(session, path, act=ACT, dry_run=dry_run)


def a_file(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a CSV file."""
    path = folder / "bang.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_agencies_come_with_aliases_groups_and_dates(engine: Engine, tmp_path: Path) -> None:
    """What stands in the file can be asked for afterwards."""
    report = load(engine, load_agencies, a_file(tmp_path, AGENCIES))
    with reading(engine) as session:
        group, district = register.entries(session)

    assert (report.added, report.changed, report.unchanged) == (2, 0, 0)
    assert group.is_group
    assert (district.aliases, district.groups) == (("UBND A", "H. A"), ("cac-huyen",))
    assert district.valid_from == date(2015, 1, 1)


def test_the_same_file_twice_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    """A second load finds everything as it is, and writes no history."""
    path = a_file(tmp_path, AGENCIES)
    load(engine, load_agencies, path)
    again = load(engine, load_agencies, path)
    with reading(engine) as session:
        lines = history(session, "agency", register.ids(session)["huyen-a"])

    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert [line.action for line in lines] == ["added"]


def test_a_changed_line_changes_that_agency_alone(engine: Engine, tmp_path: Path) -> None:
    """A corrected name is taken over; agencies and columns that the file does not name stay."""
    load(engine, load_agencies, a_file(tmp_path, AGENCIES))
    report = load(engine, load_agencies, a_file(tmp_path, "code,name,kind\nhuyen-a,UBND huyện Á,district\n"))
    with reading(engine) as session:
        entries = {entry.code: entry for entry in register.entries(session)}

    assert (report.added, report.changed) == (0, 1)
    assert entries["huyen-a"].name == "UBND huyện Á"
    assert entries["huyen-a"].groups == ("cac-huyen",)
    assert entries["cac-huyen"].is_group


def test_a_rehearsal_writes_nothing(engine: Engine, tmp_path: Path) -> None:
    """With dry_run the counts are told and the register stays empty."""
    report = load(engine, load_agencies, a_file(tmp_path, AGENCIES), dry_run=True)
    with reading(engine) as session:
        entries = register.entries(session)

    assert (report.added, report.dry_run) == (2, True)
    assert entries == []


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        pytest.param(",Sở A,department,,,", "code", "empty", id="no code"),
        pytest.param("Sở A,Sở A,department,,,", "code", "not-a-code", id="a name for a code"),
        pytest.param("a,,department,,,", "name", "empty", id="no name"),
        pytest.param("a,Sở A,department,b,,", "parent", "unknown-agency", id="no such parent"),
        pytest.param("a,Sở A,department,,b,", "groups", "unknown-group", id="no such group"),
        pytest.param("a,Sở A,department,,ok,", "groups", "unknown-group", id="a group that is none"),
        pytest.param("a,Sở A,department,,,31/02/2020", "valid_to", "not-a-day", id="no such day"),
        pytest.param("ok,Sở A,department,,,", "code", "repeated", id="the code of another line"),
        pytest.param("a,sở ổn,department,,,", "name", "name-twice", id="the name of another line"),
        pytest.param("a,Sở A,department,a,,", "parent", "parent-cycle", id="its own parent"),
    ],
)
def test_errors_name_their_row_and_column(
    engine: Engine, tmp_path: Path, line: str, column: str, code: str
) -> None:
    """A mistake is told by its place, and nothing of the file is loaded."""
    path = a_file(tmp_path, f"code,name,kind,parent,groups,valid_to\nok,Sở Ổn,department,,,\n{line}\n")
    report = load(engine, load_agencies, path)
    with reading(engine) as session:
        entries = register.entries(session)

    assert (3, column, code) in [(error.row, error.column, error.code) for error in report.errors]
    assert "dòng 3" in report.errors[0].sentence("vi")
    assert entries == []


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        pytest.param("a,Ông A,officer,so-x,a@b.example,", "agency", "unknown-agency", id="no such agency"),
        pytest.param("a,Ông A,officer,,a@b.example,", "agency", "agency-needed", id="an officer of nothing"),
        pytest.param("a,Ông A,boss,,a@b.example,", "role", "unknown-role", id="no such role"),
        pytest.param("a,Ông A,chairman,,a.b.example,", "email", "not-an-address", id="no @"),
        pytest.param('a,Ông A,chairman,,"a@b.example, c@b.example",', "email", "not-an-address", id="two"),
        pytest.param("a,Ông A,chairman,,đốc@b.example,", "email", "not-an-address", id="letters no mail has"),
        pytest.param("a,Ông A,chairman,,a@may-chu,", "email", "not-an-address", id="a bare host"),
        pytest.param("a,Ông A,chairman,,,", "email", "no-address", id="nowhere to write"),
    ],
)
def test_contacts_are_checked(engine: Engine, tmp_path: Path, line: str, column: str, code: str) -> None:
    """A contact that could not be written to is refused when it is loaded, not when a letter is lost."""
    path = a_file(tmp_path, f"code,name,role,agency,email,zalo_chat_id\n{line}\n")
    report = load(engine, load_contacts, path)
    with reading(engine) as session:
        entries = contacts.entries(session)

    assert [(2, column, code)] == [(error.row, error.column, error.code) for error in report.errors]
    assert entries == []


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        pytest.param("0239385555,01/4/2020,", "phone", "not-a-phone", id="a fixed line has no Zalo"),
        pytest.param("091234567,01/4/2020,", "phone", "not-a-phone", id="a digit too few"),
        pytest.param("+1 202 555 0100,01/4/2020,", "phone", "not-a-phone", id="of another country"),
        pytest.param("0912345678,,", "consented_on", "phone-needs-consent", id="a number without consent"),
        pytest.param("0912345678,04/4/2020,", "consented_on", "consent-ahead", id="consent given tomorrow"),
        pytest.param("0912345678,31/02/2020,", "consented_on", "not-a-day", id="no such day"),
        pytest.param(",01/4/2020,u-1", "phone", "consent-without-phone", id="consent to nothing"),
        pytest.param(",,", "email", "no-address", id="nowhere to write"),
    ],
)
def test_telephones_and_consent_are_checked(
    engine: Engine, tmp_path: Path, line: str, column: str, code: str
) -> None:
    """A number that cannot or may not be written to is refused with a sentence, by its cell."""
    path = a_file(tmp_path, f"code,name,role,phone,consented_on,zalo_user_id\nlan,Lan,chairman,{line}\n")
    report = load(engine, load_contacts, path)

    assert (2, column, code) in [(error.row, error.column, error.code) for error in report.errors]
    assert all("dòng 2" in error.sentence("vi") for error in report.errors)
    with reading(engine) as session:
        assert contacts.entries(session) == []


@pytest.mark.parametrize("written", ["0912345678", "84912345678", "+84 912 345 678", "0912.345.678"])
def test_a_telephone_is_kept_as_zalo_takes_it(engine: Engine, tmp_path: Path, written: str) -> None:
    """However it is written, it is one number; the same file again changes nothing, and history has it."""
    text = f"code,name,role,phone,consented_on\nlan,Lan,chairman,{written},02/4/2020\n"
    first = load(engine, load_contacts, a_file(tmp_path, text))
    again = load(engine, load_contacts, a_file(tmp_path, text))
    with reading(engine) as session:
        (lan,) = contacts.entries(session)
        (line,) = history(session, "contact", lan.id or 0)

    assert (first.added, again.unchanged, again.errors) == (1, 1, ())
    assert (lan.phone, lan.consented_on) == ("84912345678", date(2020, 4, 2))
    assert line.after == {"role": "chairman", "phone": "84912345678", "consented_on": "2020-04-02"}


@pytest.mark.parametrize(
    ("phone", "consented", "expected"),
    [
        pytest.param("0912345678", "", ("84912345678", date(2020, 4, 1)), id="the same number keeps it"),
        pytest.param("0987654321", "", ("84987654321", None), id="another number has none"),
        pytest.param(
            "0987654321", "03/4/2020", ("84987654321", date(2020, 4, 3)), id="unless it was given anew"
        ),
        pytest.param("", "", ("84912345678", date(2020, 4, 1)), id="an empty cell says nothing"),
    ],
)
def test_consent_is_to_one_number(
    engine: Engine,
    tmp_path: Path,
    phone: str,
    consented: str,
    expected: tuple[str | None, date | None],
) -> None:
    """Who agreed to messages to one telephone has not agreed to messages to the next."""
    head = "code,name,role,email,phone,consented_on\nlan,Lan,chairman,lan@a.example"
    load(engine, load_contacts, a_file(tmp_path, f"{head},0912345678,01/4/2020\n"))
    report = load(engine, load_contacts, a_file(tmp_path, f"{head},{phone},{consented}\n"))
    with reading(engine) as session:
        (lan,) = contacts.entries(session)

    assert report.errors == ()
    assert (lan.phone, lan.consented_on) == expected
    lapsed = [warning.code for warning in report.warnings if warning.code == "consent-lapsed"]
    assert lapsed == (["consent-lapsed"] if expected[1] is None else [])


@pytest.mark.parametrize(
    ("text", "encoding", "code"),
    [
        pytest.param("name,kind\nSở A,x\n", "utf-8", "table.missing-column", id="a column is missing"),
        pytest.param("code,name,kind,colour\n", "utf-8", "table.unknown-column", id="a column nobody knows"),
        pytest.param("", "utf-8", "table.missing-column", id="an empty file"),
        pytest.param("code,name,kind\na,Sở A,x\n", "utf-16", "table.not-utf8", id="not in UTF-8"),
    ],
)
def test_a_table_that_is_none_is_refused(
    engine: Engine, tmp_path: Path, text: str, encoding: str, code: str
) -> None:
    """Before any row is looked at, the file has to be a table in UTF-8 with the right columns."""
    with pytest.raises(InputRefused) as refused:
        load(engine, load_agencies, a_file(tmp_path, text, encoding=encoding))

    assert refused.value.code == code
    assert "bang.csv" in refused.value.sentence()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "\ufeffcode;name;kind\nso-a;Sở A, B và C;department\n", id="as a Vietnamese Excel saves it"
        ),
        pytest.param("code\tname\tkind\nso-a\tSở A, B và C\tdepartment\n", id="with tabs"),
        pytest.param('code,name,kind\r\n"so-a","Sở A, B và C","department"\r\n', id="with quotes and CRLF"),
    ],
)
def test_tables_are_read_as_programs_write_them(engine: Engine, tmp_path: Path, text: str) -> None:
    """Byte-order mark, semicolons, tabs and quotes are no obstacle."""
    load(engine, load_agencies, a_file(tmp_path, text))
    with reading(engine) as session:
        (entry,) = register.entries(session)

    assert (entry.code, entry.name) == ("so-a", "Sở A, B và C")


def test_the_examples_of_ha_tinh_load_and_reach_everybody(engine: Engine, examples: Path) -> None:
    """The register shipped as an example is sound: its groups exist, and every lead has an officer."""
    agencies = load(engine, load_agencies, examples / "ha-tinh" / "agencies.csv")
    people = load(engine, load_contacts, examples / "ha-tinh" / "contacts.csv")
    with reading(engine) as session:
        entries = register.entries(session)
        book = contacts.address_book(session)
    leads = [entry for entry in entries if not entry.is_group and entry.code != "ubnd-tinh"]

    assert agencies.errors == people.errors == ()
    assert agencies.warnings == people.warnings == ()
    assert sum("ubnd-cap-huyen" in entry.groups for entry in entries) == 13
    assert [entry.code for entry in leads if not book.reached(Role.OFFICER, entry.code)] == []
    assert all(book.reached(role, None) for role in set(Role) - {Role.OFFICER, Role.HEAD})


def register_of(session: Session, name: str, on: date) -> str | None:
    """Resolve a name with the province's register on a day."""
    return province_register(session).resolve(name, on)


def test_the_province_s_own_agencies_come_before_the_national_ones(engine: Engine, tmp_path: Path) -> None:
    """A province may keep a department longer, or call it otherwise, than the national list says."""
    load(
        engine, load_agencies, a_file(tmp_path, "code,name,kind\nso-khdt,Sở Kế hoạch và Đầu tư,department\n")
    )
    with reading(engine) as session:
        assert register_of(session, "Sở KH&ĐT", date(2020, 4, 3)) == "so-khdt"
        assert register_of(session, "Văn phòng Chính phủ", date(2020, 4, 3)) == "vpcp"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            'code,name,kind\na,"Sở A,so\nb,Sở B,so\n', "table.broken", id="a quotation mark left open"
        ),
        pytest.param(
            'code,name,kind\na,Sở A,"so\nb,Sở B,so\n', "table.broken", id="left open in the last column"
        ),
        pytest.param(
            'code,name,kind\na,"' + "x" * 200_000 + '",so\n', "table.broken", id="a cell beyond all measure"
        ),
        pytest.param("code,name,kind,name\na,Sở A,so,Sở B\n", "table.repeated-column", id="a column twice"),
        pytest.param("", "table.missing-column", id="nothing at all"),
    ],
)
def test_a_file_that_cannot_be_parted_into_cells_is_refused(
    engine: Engine, tmp_path: Path, text: str, code: str
) -> None:
    """No row is swallowed by another in silence; the sentence says where to look."""
    with pytest.raises(InputRefused) as refused:
        load(engine, load_agencies, a_file(tmp_path, text))

    assert refused.value.code == code
    assert "bang.csv" in refused.value.sentence()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param("a,Sở Nông nghiệp, Lâm nghiệp,so", "too-many", id="a comma in a name without quotes"),
        pytest.param("a,Sở\x00 A,so", "control", id="a character that PostgreSQL cannot keep"),
    ],
)
def test_a_row_that_would_be_kept_wrong_is_refused(
    engine: Engine, tmp_path: Path, cells: str, code: str
) -> None:
    """A cell too many or an unseen character is an error of its line, never half a name."""
    report = load(engine, load_agencies, a_file(tmp_path, f"code,name,kind\n{cells}\n"))

    assert [(2, code)] == [(error.row, error.code) for error in report.errors]


def test_names_are_kept_as_documents_are_read(engine: Engine, tmp_path: Path) -> None:
    """Decomposed letters from a Mac and a line break in a cell become the name that documents use."""
    name = unicodedata.normalize("NFD", "Sở Xây")
    load(engine, load_agencies, a_file(tmp_path, f'code,name,kind\na,"{name}\n dựng",so\n'))
    with reading(engine) as session:
        (entry,) = register.entries(session)

    assert entry.name == "Sở Xây dựng"


def test_an_error_after_a_cell_of_two_lines_names_the_line_its_row_begins_on(
    engine: Engine, tmp_path: Path
) -> None:
    """A person finds the line in the editor by the number that is said."""
    text = 'code,name,kind\na,"Sở\nA",so\nb,"Sở\nB",\n'
    report = load(engine, load_agencies, a_file(tmp_path, text))

    assert [(error.row, error.column) for error in report.errors] == [(4, "kind")]


DATED = """\
code,name,kind,level,aliases,groups,is_group
cac-so,Các sở,group,,,,có
so-a,Sở A,department,province,"SA [..28/02/2025]; Sở Cũ [2020-01-01..2025-02-28]; Sở Á",cac-so [2021-01-01..],
"""


def test_names_and_groups_may_have_days_of_their_own(engine: Engine, tmp_path: Path) -> None:
    """«SA [..28/02/2025]» is the agency's name up to that day; the same file again changes nothing."""
    path = a_file(tmp_path, DATED)
    load(engine, load_agencies, path)
    again = load(engine, load_agencies, path)
    with reading(engine) as session:
        _, entry = register.entries(session)

    assert again.unchanged == 2
    assert entry.level == "province"
    assert entry.names_on(date(2019, 12, 31)) == ("Sở A", "SA", "Sở Á")
    assert entry.names_on(date(2025, 2, 28)) == ("Sở A", "SA", "Sở Cũ", "Sở Á")
    assert entry.names_on(date(2025, 3, 1)) == ("Sở A", "Sở Á")
    assert [entry.belonged("cac-so", date(year, 1, 1)) for year in (2020, 2021)] == [False, True]


def test_a_name_is_resolved_on_the_day_it_holds(engine: Engine, tmp_path: Path) -> None:
    """The reader knows another name only while it was the agency's."""
    load(engine, load_agencies, a_file(tmp_path, DATED))
    with reading(engine) as session:
        found = [
            register_of(session, "Sở Cũ", day)
            for day in (date(2019, 1, 1), date(2024, 1, 1), date(2026, 1, 1))
        ]

    assert found == [None, "so-a", None]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("SA [2025]", "not-a-period", id="no stretch of days"),
        pytest.param("SA [2020-01-01..", "not-a-period", id="a bracket left open"),
        pytest.param("SA [31/02/2020..]", "not-a-day", id="no such day"),
        pytest.param("SA [2025-01-01..2020-01-01]", "before-it-began", id="backwards"),
        pytest.param("SA [..2020-01-01]; SA [2021-01-01..]", "repeated-in-cell", id="one name twice"),
    ],
)
def test_days_of_a_name_are_checked(engine: Engine, tmp_path: Path, cell: str, code: str) -> None:
    """What is wrong in the brackets is told by line and column."""
    report = load(engine, load_agencies, a_file(tmp_path, f"code,name,kind,aliases\nso-a,Sở A,so,{cell}\n"))

    assert [(error.row, error.column, error.code) for error in report.errors] == [(2, "aliases", code)]


def test_a_slip_in_what_the_file_does_not_hold_is_told_by_name(engine: Engine, tmp_path: Path) -> None:
    """A child whose parent the file ends is named, though it has no line there; it stops nothing."""
    load(engine, load_agencies, a_file(tmp_path, "code,name,kind,parent\na,Sở A,so,\nb,Trung tâm B,tt,a\n"))
    report = load(engine, load_agencies, a_file(tmp_path, "code,name,kind,valid_to\na,Sở A,so,28/02/2025\n"))
    change, warning = report.warnings

    assert (change.row, change.code) == (2, "filled")
    assert (report.changed, report.errors) == (1, ())
    assert (warning.row, warning.code, warning.agency) == (0, "parent-gone", "Trung tâm B (b)")
    assert warning.sentence("vi").startswith("  ở cơ quan «Trung tâm B (b)», cột parent:")


def test_an_old_slip_elsewhere_does_not_stop_a_file(engine: Engine, tmp_path: Path) -> None:
    """A register that was loaded before the rules can be mended a file at a time."""
    with transaction(engine) as session:
        for code in ("a", "b"):
            an_agency(session, code, "Sở Trùng Tên")
    report = load(engine, load_agencies, a_file(tmp_path, "code,name,kind\nc,Sở C,so\n"))
    refused = load(engine, load_agencies, a_file(tmp_path, "code,name,kind\na,Sở Trùng tên,so\n"))

    assert (report.added, report.errors) == (1, ())
    assert [(error.code, error.agency) for error in refused.errors] == [("name-twice", "Sở Trùng Tên (b)")]


def test_history_says_what_a_load_changed(engine: Engine, tmp_path: Path) -> None:
    """The fields concerned stand in the line of history, before and after."""
    load(engine, load_agencies, a_file(tmp_path, "code,name,kind\na,Sở A,so\n"))
    load(engine, load_agencies, a_file(tmp_path, "code,name,kind,valid_to\na,Sở A,so,28/02/2025\n"))
    with reading(engine) as session:
        line = history(session, "agency", register.ids(session)["a"])[-1]

    assert (line.action, line.before, line.after) == (
        "changed",
        {"valid_to": None},
        {"valid_to": "2025-02-28"},
    )


def test_outside_bodies_and_groups_are_not_ranked(engine: Engine, tmp_path: Path) -> None:
    """A company has contacts, but neither accounts nor a place in rankings."""
    text = "code,name,kind,outside,is_group\na,Sở A,so,,\nb,Công ty B,cty,có,\nc,Các sở,nhom,,có\n"
    load(engine, load_agencies, a_file(tmp_path, text))
    with reading(engine) as session:
        assert [entry.ranked for entry in register.entries(session)] == [True, False, False]
