"""A table with few columns or empty cells removes nothing in silence: changes are told cell by cell."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import a_directive, a_draft, a_mention, an_agency
from tests.tracker.services.test_registers import Loader, a_file, load
from tracker.domain.people import AccountRole
from tracker.errors import NotPermitted
from tracker.services.loading import LoadReport
from tracker.services.registers import load_agencies, load_contacts
from tracker.services.successions_in import load_successions
from tracker.store import accounts, contacts, register, successions
from tracker.store.accounts import AccountEntry
from tracker.store.contacts import Contact
from tracker.store.events import Act
from tracker.store.register import AgencyEntry
from tracker.store.session import reading, transaction

FULL = """\
code,name,kind,level,aliases,groups,parent,outside,is_group,valid_from,valid_to
cac-so,Các sở,nhom,,,,,,có,,
ubnd,UBND tỉnh,uy-ban,province,,,,,,,
so-a,Sở A,so,province,Sở Á [..28/02/2025]; SA,cac-so,ubnd,có,,01/01/2015,
"""
PERSON = "code,name,role,agency,email,zalo_chat_id,active\nlan,Lan,officer,so-a,lan@a.example,123,không\n"


@pytest.fixture
def full(engine: Engine, tmp_path: Path) -> Engine:
    """Give a register in which one department has something in almost every column, and one person."""
    assert load(engine, load_agencies, a_file(tmp_path, FULL)).errors == ()
    assert load(engine, load_contacts, a_file(tmp_path, PERSON)).errors == ()
    return engine


def the_department(engine: Engine) -> AgencyEntry:
    """Return what is kept of the department."""
    with reading(engine) as session:
        return next(entry for entry in register.entries(session) if entry.code == "so-a")


def the_person(engine: Engine) -> Contact:
    """Return what is kept of the person."""
    with reading(engine) as session:
        (entry,) = contacts.entries(session)
    return entry


def told(report: LoadReport) -> list[tuple[int, str, str, str, str]]:
    """Return what a report points at, with its place and both values."""
    return [(one.row, one.column, one.code, one.value, one.other) for one in report.warnings]


def test_columns_that_a_file_lacks_stay_as_they_were(full: Engine, tmp_path: Path) -> None:
    """A file of three columns changes none of the others, and says nothing of them."""
    before = the_department(full)
    report = load(full, load_agencies, a_file(tmp_path, "code,name,kind\nso-a,Sở A,so\n"))

    assert (report.unchanged, told(report)) == (1, [])
    assert the_department(full) == before


@pytest.mark.parametrize(
    "end", [pytest.param(",,,,,,,", id="empty cells"), pytest.param("", id="a short row")]
)
def test_empty_cells_keep_what_was_there_and_are_told(full: Engine, tmp_path: Path, end: str) -> None:
    """Each value that stays in spite of its empty cell is named, with the option that would remove it."""
    before = the_department(full)
    heading = FULL.splitlines()[0]
    report = load(full, load_agencies, a_file(tmp_path, f"{heading}\nso-a,Sở A,so{end}\n"))

    assert the_department(full) == before
    assert [(column, code, value) for _, column, code, value, _ in told(report)] == [
        ("level", "empty-kept", "province"),
        ("aliases", "empty-kept", "Sở Á [..28/02/2025]; SA"),
        ("groups", "empty-kept", "cac-so"),
        ("parent", "empty-kept", "ubnd"),
        ("outside", "empty-kept", "có"),
        ("valid_from", "empty-kept", "01/01/2015"),
    ]
    assert "--clear" in report.warnings[0].sentence("vi")


@pytest.mark.parametrize(
    "end", [pytest.param(",,,,,,,", id="empty cells"), pytest.param("", id="a short row")]
)
def test_empty_cells_remove_what_was_there_only_when_asked(full: Engine, tmp_path: Path, end: str) -> None:
    """With `clear` they do, and what is lost is named, in a rehearsal as in earnest."""
    path = a_file(tmp_path, f"{FULL.splitlines()[0]}\nso-a,Sở A,so{end}\n")
    before = the_department(full)
    with transaction(full) as session:
        act = Act("test", "cli", datetime(2020, 4, 3, tzinfo=UTC))
        rehearsed = load_agencies(session, path, act=act, dry_run=True, clear=True)
    assert the_department(full) == before
    with transaction(full) as session:
        report = load_agencies(session, path, act=act, clear=True)

    assert the_department(full) == AgencyEntry(code="so-a", name="Sở A", kind="so")
    assert told(rehearsed) == told(report)
    assert [(column, code) for _, column, code, _, _ in told(report)] == [
        ("level", "emptied"),
        ("aliases", "emptied"),
        ("groups", "emptied"),
        ("parent", "emptied"),
        ("outside", "changes"),
        ("valid_from", "emptied"),
    ]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("level", "district", ("level", "changes", "province", "district")),
        ("aliases", "SA", ("aliases", "changes", "Sở Á [..28/02/2025]; SA", "SA")),
        ("valid_to", "2025-02-28", ("valid_to", "filled", "", "28/02/2025")),
        ("outside", "không", ("outside", "changes", "có", "không")),
    ],
)
def test_each_changed_cell_is_told_with_its_old_value(
    full: Engine, tmp_path: Path, heading: str, cells: str, expected: tuple[str, str, str, str]
) -> None:
    """By row and column, old and new, before anything is written as after."""
    path = a_file(tmp_path, f"code,name,kind,{heading}\n# a note\nso-a,Sở A,so,{cells}\n")
    rehearsed = load(full, load_agencies, path, dry_run=True)
    report = load(full, load_agencies, path)

    assert told(rehearsed) == told(report) == [(3, *expected)]
    assert (report.changed, report.errors) == (1, ())


def test_a_new_name_under_an_old_code_is_pointed_at(full: Engine, tmp_path: Path) -> None:
    """All the work of that code would follow the name; the sentence says what to do for another agency."""
    report = load(full, load_agencies, a_file(tmp_path, "code,name,kind\nso-a,Sở B,so\n"), dry_run=True)

    assert told(report) == [(2, "name", "renamed", "Sở A", "Sở B")]
    assert "bảng kế thừa" in report.warnings[0].sentence("vi")


@pytest.mark.parametrize("last", ["28/02/2025", "31/12/2090"])
def test_an_end_is_pointed_at_while_there_is_open_work(full: Engine, tmp_path: Path, last: str) -> None:
    """The agency is named with how much waits, and where to see it; who has no work just ends."""
    with transaction(full) as session:
        mention = a_mention("Sở A", "so-a")
        a_directive(session, a_draft(leads=(mention,)), a_draft(leads=(mention,)))
        a_directive(session, a_draft(leads=(mention,)), approved=False, number="2/TB-UBND")
    text = f"code,name,kind,valid_to\nso-a,Sở A,so,{last}\nubnd,UBND tỉnh,uy-ban,31/12/2095\n"
    report = load(full, load_agencies, a_file(tmp_path, text))
    again = load(full, load_agencies, a_file(tmp_path, text))

    (found,) = [one for one in told(report) if one[2] == "ends-open-work"]
    assert found == (2, "valid_to", "ends-open-work", "2", "Sở A (so-a)")
    assert "ends-open-work" not in {one[2] for one in told(again)}


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        pytest.param("code,name,role\nlan,Lan,officer\n", [], id="only what is needed"),
        pytest.param(
            "code,name,role,email,active\nlan,Lan,officer,,\n",
            [("email", "empty-kept", "lan@a.example"), ("active", "empty-kept", "không")],
            id="with empty cells",
        ),
    ],
)
def test_a_short_table_of_contacts_keeps_addresses(
    full: Engine, tmp_path: Path, text: str, warnings: list[tuple[str, str, str]]
) -> None:
    """Nobody loses an address, an agency or having left through a file that does not speak of it."""
    before = the_person(full)
    report = load(full, load_contacts, a_file(tmp_path, text))

    assert (report.unchanged, report.errors) == (1, ())
    assert [(column, code, value) for _, column, code, value, _ in told(report)] == warnings
    assert the_person(full) == before


def test_a_changed_contact_is_told_and_one_without_an_address_is_refused(
    full: Engine, tmp_path: Path
) -> None:
    """Old and new address are named; where `clear` would leave none, nothing is written."""
    text = "code,name,role,email,zalo_chat_id\nlan,Lan Anh,officer,anh@a.example,\n"
    report = load(full, load_contacts, a_file(tmp_path, text))
    with transaction(full) as session:
        path = a_file(tmp_path, "code,name,role,email,zalo_chat_id\nlan,Lan Anh,officer,,\n")
        act = Act("test", "cli", datetime(2020, 4, 3, tzinfo=UTC))
        refused = load_contacts(session, path, act=act, clear=True)

    assert told(report) == [
        (2, "name", "changes", "Lan", "Lan Anh"),
        (2, "email", "changes", "lan@a.example", "anh@a.example"),
        (2, "zalo_chat_id", "empty-kept", "123", ""),
    ]
    assert [error.code for error in refused.errors] == ["no-address"]
    assert the_person(full).email == "anh@a.example"


def test_a_succession_keeps_its_scope_and_tells_its_new_basis(full: Engine, tmp_path: Path) -> None:
    """A table without the scope does not make the part that passed over the whole."""
    with transaction(full) as session:
        an_agency(session, "so-c", "Sở C", valid_to=date(2025, 2, 28))
    heading = "old,new,on,scope,basis\n"
    load(full, load_successions, a_file(tmp_path, f"{heading}so-c,so-a,2025-03-01,đất đai,NQ 01\n"))
    short = load(full, load_successions, a_file(tmp_path, "old,new,on,basis\nso-c,so-a,2025-03-01,NQ 02\n"))
    empty = load(full, load_successions, a_file(tmp_path, f"{heading}so-c,so-a,2025-03-01,,NQ 02\n"))
    with reading(full) as session:
        (kept,) = successions.entries(session)

    assert told(short) == [(2, "basis", "changes", "NQ 01", "NQ 02")]
    assert told(empty) == [(2, "scope", "empty-kept", "đất đai", "")]
    assert (kept.scope, kept.basis) == ("đất đai", "NQ 02")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        pytest.param("so-c,so-c,2025-03-01,,NQ", "Sở C (so-c)", id="to itself"),
        pytest.param("cac-so,so-a,2025-03-01,,NQ", "Các sở (cac-so)", id="of a group"),
        pytest.param("so-c,so-a,2025-03-01,,NQ", "UBND tỉnh (ubnd)", id="to several, one of them for all"),
    ],
)
def test_what_is_wrong_with_a_succession_names_the_agency(
    full: Engine, tmp_path: Path, line: str, named: str
) -> None:
    """People know agencies by their names; the code is beside it."""
    with transaction(full) as session:
        an_agency(session, "so-c", "Sở C", valid_to=date(2025, 2, 28))
    text = f"old,new,on,scope,basis\n{line}\nso-c,ubnd,2025-03-01,đất đai,NQ\n"
    report = load(full, load_successions, a_file(tmp_path, text), dry_run=True)

    first = (*report.errors, *report.warnings)[0]
    assert (first.row, named in first.sentence("vi")) == (2, True)


@pytest.mark.parametrize("loader", [load_agencies, load_contacts, load_successions])
@pytest.mark.parametrize("role", [AccountRole.LEADER, AccountRole.AGENCY_OFFICER])
def test_only_who_keeps_the_register_loads_tables(
    full: Engine, tmp_path: Path, loader: Loader, role: AccountRole
) -> None:
    """The service asks, whoever calls it: others are refused before the file is looked at."""
    agency = "so-a" if role is AccountRole.AGENCY_OFFICER else None
    with transaction(full) as session:
        entry = AccountEntry(login="test", name="Test", role=role, agency=agency)
        number = register.ids(session).get(agency or "")
        accounts.save(session, entry, number, None, at=datetime(2020, 1, 2, tzinfo=UTC))

    with pytest.raises(NotPermitted):
        load(full, loader, tmp_path / "not-there.csv", dry_run=True)
