# ruff: noqa: S608 - the statements are those of an attacker, and the names in them are ours
"""A row that somebody edits behind the program's back is found, and named with what history says of it."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Engine

from tests.tracker.services.at_work import DUE, OTHER, Work, an_act, some_work
from tracker.cli import main
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.people import AccountRole
from tracker.services import accounts, reports, transfers
from tracker.services.audit import verify
from tracker.services.audit_rows import Kind, RowFault
from tracker.services.reports import Result
from tracker.store import deadline_versions
from tracker.store.accounts import AccountEntry
from tracker.store.deadline_versions import NewDeadline
from tracker.store.session import transaction

FILED: Final = date(2020, 4, 24)
EXTENDED: Final = date(2020, 6, 30)


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give work whose deadline was moved once and whose result came late; an office of four people."""
    work = some_work(engine, tmp_path)
    with transaction(engine) as session:
        deadline_versions.change(
            session,
            work.id,
            NewDeadline(
                due_on=EXTENDED, cause=DeadlineCause.EXTENSION, explain="gia hạn " * 20, document="9/UBND"
            ),
            act=an_act(date(2020, 4, 6)),
        )
        reports.report(
            session,
            work.id,
            Result(words="Đã làm", document="12/BC", filed_on=FILED),
            office=work.office(FILED),
            act=an_act(FILED),
        )
        for login, role, agency in (
            ("quan-tri", AccountRole.ADMINISTRATOR, None),
            ("thu-ky", AccountRole.SECRETARIAT, None),
            ("lanh-dao", AccountRole.LEADER, None),
            ("can-bo", AccountRole.AGENCY_OFFICER, "so-cong-thuong"),
        ):
            entry = AccountEntry(login=login, name=login, role=role, agency=agency)
            accounts.put(session, entry, act=an_act(FILED, "quan-tri"), new=True)
    with transaction(engine) as session:
        accounts.substitute(
            session,
            "lanh-dao",
            "thu-ky",
            from_on=FILED,
            to_on=date(2020, 5, 1),
            act=an_act(FILED, "quan-tri"),
        )
    return work


def behind_its_back(engine: Engine, *deeds: str) -> None:
    """Write past every trigger and key, as who owns the database can, and leave the triggers as they were."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for deed in ("SET LOCAL session_replication_role = replica", *deeds):
                connection.exec_driver_sql(deed)
        return
    with closing(sqlite3.connect(engine.url.database or "", isolation_level=None)) as attacker:
        kept = attacker.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        without = [f"DROP TRIGGER {name}" for name, _ in kept]
        for deed in (*without, "PRAGMA ignore_check_constraints = ON", *deeds, *(sql for _, sql in kept)):
            attacker.execute(deed)


def named(engine: Engine) -> list[tuple[RowFault, Kind, str | None, object, object]]:
    """Return what was found: how, of what, in which field, what the table says, what history says."""
    found = verify(engine)
    assert found.walked.findings == ()
    assert found.guards_missing == ()
    assert found.whole == (not found.compared.findings)
    return [(one.fault, one.kind, one.field, one.now, one.said) for one in found.compared.findings]


def test_what_the_program_wrote_agrees_with_its_history(work: Work) -> None:
    """Work that was moved, reported on and handed to others is clean; nothing of it was there before."""
    assert named(work.engine) == []
    compared = verify(work.engine).compared
    assert (compared.works, compared.accounts, compared.before) == (1, 4, 0)


def test_what_was_handed_on_is_held_against_what_it_came_from(engine: Engine, tmp_path: Path) -> None:
    """The other agency's row carries every deadline of the old one, and an edit in it is found."""
    work = some_work(engine, tmp_path)
    with transaction(engine) as session:
        day = date(2020, 4, 6)
        moved = transfers.transfer(
            session, work.id, OTHER, "đúng chức năng", office=work.office(day), act=an_act(day)
        )
    assert named(engine) == []
    behind_its_back(
        engine,
        f"UPDATE deadline_versions SET due_on = '2021-01-01' WHERE assignment_id = {moved.assignment_id}",
        f"UPDATE assignments SET agency_id = NULL WHERE id = {moved.assignment_id}",
    )
    assert named(engine) == [
        (RowFault.EDITED, Kind.WORK, "agency", None, OTHER),
        (RowFault.EDITED, Kind.DEADLINE, "due_on", "2021-01-01", DUE.isoformat()),
    ]


EDITED, GONE, PUT_IN = RowFault


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        pytest.param(
            "UPDATE assignments SET due_on = '2020-12-31'",
            [(EDITED, Kind.WORK, "due_on", "2020-12-31", "2020-06-30")],
            id="due date",
        ),
        pytest.param(
            "UPDATE assignments SET due_on = NULL",
            [(EDITED, Kind.WORK, "due_on", None, "2020-06-30")],
            id="due date taken away",
        ),
        pytest.param(
            "UPDATE assignments SET status = 'confirmed'",
            [(EDITED, Kind.WORK, "status", "confirmed", "reported")],
            id="status",
        ),
        pytest.param(
            "UPDATE assignments SET filed_on = '2020-04-17'",
            [(EDITED, Kind.WORK, "filed_on", "2020-04-17", "2020-04-24")],
            id="day of filing",
        ),
        pytest.param(
            f"UPDATE assignments SET agency_id = (SELECT id FROM agencies WHERE code = '{OTHER}')",
            [(EDITED, Kind.WORK, "agency", OTHER, "so-cong-thuong")],
            id="given to another agency",
        ),
        pytest.param(
            "UPDATE assignments SET agency_id = NULL",
            [(EDITED, Kind.WORK, "agency", None, "so-cong-thuong")],
            id="taken from its agency",
        ),
        pytest.param(
            "UPDATE deadline_versions SET due_on = '2020-05-20' WHERE version = 1",
            [(EDITED, Kind.DEADLINE, "due_on", "2020-05-20", "2020-04-20")],
            id="the original deadline",
        ),
        pytest.param(
            "UPDATE deadline_versions SET explain = 'x' WHERE version = 2",
            [(EDITED, Kind.DEADLINE, "explain", "x", None)],
            id="a long explanation",
        ),
        pytest.param(
            "UPDATE deadline_versions SET cause = 'calendar', document = NULL WHERE version = 2",
            [
                (EDITED, Kind.DEADLINE, "cause", "calendar", "extension"),
                (EDITED, Kind.DEADLINE, "document", None, "9/UBND"),
            ],
            id="cause and document",
        ),
        pytest.param(
            "DELETE FROM deadline_versions WHERE version = 1",
            [(GONE, Kind.DEADLINE, None, None, None)],
            id="a version removed",
        ),
        pytest.param(
            "INSERT INTO deadline_versions (assignment_id, version, due_on, cause, explain, at, actor) "
            "SELECT assignment_id, 3, due_on, cause, explain, at, actor FROM deadline_versions "
            "WHERE version = 2",
            [(PUT_IN, Kind.DEADLINE, None, None, None)],
            id="a version put in",
        ),
        pytest.param(
            "DELETE FROM assignments", [(GONE, Kind.WORK, None, None, None)], id="an assignment removed"
        ),
        pytest.param(
            "UPDATE accounts SET role = 'administrator' WHERE login = 'thu-ky'",
            [(EDITED, Kind.ACCOUNT, "role", "administrator", "secretariat")],
            id="role",
        ),
        pytest.param(
            f"UPDATE accounts SET agency_id = (SELECT id FROM agencies WHERE code = '{OTHER}') "
            "WHERE login = 'can-bo'",
            [(EDITED, Kind.ACCOUNT, "agency", OTHER, "so-cong-thuong")],
            id="agency",
        ),
        pytest.param(
            "UPDATE accounts SET valid_to = '2020-04-01' WHERE login = 'lanh-dao'",
            [(EDITED, Kind.ACCOUNT, "valid_to", "2020-04-01", None)],
            id="somebody made to have left",
        ),
        pytest.param(
            "INSERT INTO accounts (login, name, role, created_at, version) "
            "SELECT 'ke-gian', name, role, created_at, 1 FROM accounts WHERE login = 'lanh-dao'",
            [(PUT_IN, Kind.ACCOUNT, None, None, None)],
            id="an account put in",
        ),
        pytest.param(
            "UPDATE substitutions SET to_on = '2030-01-01'",
            [(EDITED, Kind.SUBSTITUTION, "to_on", "2030-01-01", "2020-05-01")],
            id="a substitution made longer",
        ),
        pytest.param(
            "DELETE FROM substitutions",
            [(GONE, Kind.SUBSTITUTION, None, None, None)],
            id="a substitution removed",
        ),
    ],
)
def test_a_row_edited_behind_the_programs_back_is_named(
    work: Work, deed: str, expected: list[tuple[object, ...]]
) -> None:
    """Its field is named, with what the table says and what history says; and nothing else is."""
    behind_its_back(work.engine, deed)
    assert named(work.engine) == expected


def test_an_assignment_put_in_past_the_program_is_named(work: Work) -> None:
    """What history does not tell of was made by nobody."""
    columns = "lead_text, span_start, span_end, task_id, status, filed_on, doubts, version, occasion"
    behind_its_back(
        work.engine,
        f"INSERT INTO assignments ({columns}, deadline_version, lead_name) "
        f"SELECT {columns}, 1, 'Sở khác' FROM assignments WHERE id = {work.id}",
    )
    assert (PUT_IN, Kind.WORK, None, None, None) in named(work.engine)


def test_a_column_that_holds_no_day_is_named_and_stops_nothing(work: Work) -> None:
    """SQLite keeps any bytes in any column; they are shown as far as they can be read."""
    if work.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's types refuse this by themselves")
    behind_its_back(work.engine, "UPDATE assignments SET due_on = X'FF41', status = 'lạ'")
    assert named(work.engine) == [
        (EDITED, Kind.WORK, "status", "lạ", "reported"),
        (EDITED, Kind.WORK, "due_on", "\ufffdA", "2020-06-30"),
    ]


def test_the_command_says_both_days_and_fails(
    work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever runs the check reads which task it is, what the table says and what history says."""
    behind_its_back(
        work.engine,
        "UPDATE assignments SET due_on = '2020-12-31'",
        "UPDATE accounts SET role = 'administrator' WHERE login = 'thu-ky'",
    )
    monkeypatch.setenv("DONDOC_DATABASE_URL", work.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        main(["audit", "verify", "--as", "quan-tri"])
    told = capsys.readouterr().out

    assert end.value.code == 1
    assert f"(phần việc số {work.id}): hạn trong bảng 31/12/2020, trong lịch sử 30/06/2020" in told
    assert "Tài khoản thu-ky" in told
    assert "vai trò trong bảng «quản trị" in told
    assert "2 chỗ sai" in told
