"""The command line acts as a named person: what each may do and see there, and what is said to the others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.main import get_command

from tests.tracker.factories import AGENCY, a_deadline, a_directive, a_draft, a_mention, an_agency
from tests.tracker.services.one_officer import DUE
from tracker.cli import app
from tracker.cli.who import DEEDS, SEEN_BY_THE_OFFICE
from tracker.store.engine import make_engine
from tracker.store.events import history
from tracker.store.migrate import upgrade
from tracker.store.session import reading, transaction

OTHER = "so-y-te"
FOR_ANYBODY = {  # what shows nothing of anybody's work, and what the system itself does
    "agencies check",
    "agencies list",
    "agencies successors",
    "backup verify",
    "bench deliver",
    "bench parse",
    "db upgrade",
    "deliver",
    "parse",
}


@pytest.fixture
def database(own_data: Path) -> Iterator[Engine]:
    """Give a database with a document of two tasks, one of each of two agencies, and a draft."""
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, OTHER, "Sở Y tế")
        theirs = a_draft(a_deadline(DUE), leads=(a_mention("Sở Y tế", OTHER),))
        a_directive(session, a_draft(a_deadline(DUE)), theirs, number="120/TB-UBND")
        a_directive(session, a_draft(a_deadline(DUE)), number="121/TB-UBND", approved=False)
    yield engine
    engine.dispose()


@pytest.fixture
def people(database: Engine, command: Any) -> Engine:
    """Add an administrator, a clerk, a leader, and an officer of each agency."""
    add = ("accounts", "add")
    assert command(*add, "admin", "--name", "Quản Trị", "--role", "administrator").status == 0
    for login, role, *more in (
        ("lan", "secretariat"),
        ("chanh", "leader"),
        ("hung", "agency-officer", "--agency", AGENCY),
        ("mai", "agency-head", "--agency", OTHER),
    ):
        answer = command(*add, login, "--name", login.title(), "--role", role, *more, "--as", "admin")
        assert answer.status == 0, answer
    return database


def commands(group: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Yield every command with the names of its parameters."""
    group = group or get_command(app)
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from commands(one, (*words, name))
        if getattr(one, "invoke_without_command", True):  # a group may be a command by itself
            yield " ".join((*words, name)), {parameter.name for parameter in one.params}


def test_every_command_asks_who_it_is() -> None:
    """A command that is added acts as somebody, or looks as somebody, or stands in the list above."""
    anonymous = {words for words, names in commands() if not names & {"actor", "viewer"}}

    assert anonymous - {"lineage", "run daily", "serve", "deploy", "demo"} == FOR_ANYBODY


def test_the_tables_name_commands_that_there_are() -> None:
    """No row of a command that was renamed is left behind."""
    known = {words for words, _ in commands()}
    groups = {words.split()[0] for words in known}

    assert known >= SEEN_BY_THE_OFFICE.keys()
    assert DEEDS.keys() - known - groups <= {"revisions", "duplicates"}


def test_without_accounts_whoever_uses_the_machine_acts(database: Engine, command: Any) -> None:
    """As before there were accounts, under the name given or the system's own."""
    assert len(json.loads(command("tasks", "--json").out)) == 3
    assert command("approve", "121/TB-UBND", "--actor", "Bình").status == 0
    with reading(database) as session:
        assert history(session, "directive", 2)[-1].actor == "Bình"


@pytest.mark.parametrize("arguments", [("tasks",), ("overdue",), ("documents",), ("approve", "121/TB-UBND")])
def test_once_there_are_accounts_nobody_acts_unnamed(
    people: Engine, command: Any, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal says how to name oneself; an unknown name does not help, a known one does, either way."""
    unnamed = command(*arguments)
    unknown = command(*arguments, "--as", "ai-do")
    named = command(*arguments, "--as", "lan")
    monkeypatch.setenv("DONDOC_USER", "lan")

    assert (unnamed.status, unnamed.out) == (1, "")
    assert "--as" in unnamed.err
    assert "DONDOC_USER" in unnamed.err
    assert (unknown.status, "«ai-do»" in unknown.err) == (1, True)
    assert named.status == command(*arguments).status == 0


def test_lists_show_each_person_what_they_may_see(people: Engine, command: Any) -> None:
    """The office all, drafts too; an agency its own; a substitute that of the other as well."""

    def seen(login: str, *arguments: str) -> list[str]:
        found = json.loads(command(*arguments, "--json", "--as", login).out)
        return sorted({str(one.get("agency") or one.get("number")) for one in found})

    for login in ("admin", "lan", "chanh"):
        assert len(json.loads(command("tasks", "--json", "--as", login).out)) == 3
        assert seen(login, "documents") == ["120/TB-UBND", "121/TB-UBND"]
    assert seen("hung", "tasks") == seen("hung", "overdue", "--on", "2020-05-04") == [AGENCY]
    assert seen("mai", "tasks") == [OTHER]
    assert seen("hung", "documents") == ["120/TB-UBND"]
    assert json.loads(command("figures", "--json", "--as", "hung").out)["figures"]["total"] == 1
    assert (
        command("accounts", "substitute", "mai", "--by", "hung", "--to", "31/12/2099", "--as", "mai").status
        == 0
    )
    assert seen("hung", "tasks") == sorted([AGENCY, OTHER])
    assert command("accounts", "end-substitution", "1", "--as", "mai").status == 0
    assert seen("hung", "tasks") == [AGENCY]


@pytest.mark.parametrize(
    ("login", "arguments", "rule"),
    [
        ("hung", ("approve", "121/TB-UBND"), "Văn phòng hoặc lãnh đạo"),
        ("admin", ("approve", "121/TB-UBND"), "Văn phòng hoặc lãnh đạo"),
        ("hung", ("letters",), "xem thư đã gửi. Thư đã gửi"),
        ("hung", ("contacts", "list"), "xem danh sách người nhận thông báo. Nội dung này do Văn phòng"),
        ("hung", ("agencies", "takeovers"), "xem phần việc của cơ quan đã sáp nhập"),
        ("hung", ("accounts", "list"), "xem danh sách tài khoản"),
        ("hung", ("hold", "show"), "xem thư đang tạm giữ"),
        ("chanh", ("agencies", "load", "x.csv"), "quản trị viên hoặc Văn phòng"),
        ("lan", ("accounts", "add", "x", "--name", "X", "--role", "leader"), "quản trị viên"),
        ("hung", ("audit", "verify"), "Văn phòng"),
        ("hung", ("intake", "x.docx"), "Văn phòng"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_a_person_may_not_do_is_refused_with_the_rule(
    people: Engine, command: Any, login: str, arguments: tuple[str, ...], rule: str
) -> None:
    """Before anything is read or written."""
    answer = command(*arguments, "--as", login)

    assert (answer.status, answer.out) == (1, "")
    assert f"Tài khoản {login} không được" in answer.err
    assert rule in answer.err


def test_an_agency_sees_the_deadlines_of_its_own_work(people: Engine, command: Any) -> None:
    """And of no other's."""
    own, theirs = (command("deadline", "history", number, "--json", "--as", "hung") for number in ("1", "2"))

    assert [one["due_on"] for one in json.loads(own.out)] == [DUE.isoformat()]
    assert (theirs.status, theirs.out) == (1, "")


def test_who_has_left_is_told_so(people: Engine, command: Any) -> None:
    """And sees nothing any more."""
    assert command("accounts", "leave", "hung", "--on", "2020-01-01", "--as", "admin").status == 0
    answer = command("tasks", "--as", "hung")

    assert (answer.status, answer.out) == (1, "")
    assert "đã nghỉ" in answer.err


def test_an_account_is_changed_field_by_field(people: Engine, command: Any) -> None:
    """What is not named stays; a hyphen empties a field."""
    change = ("accounts", "change", "hung", "--as", "admin")
    assert command(*change, "--name", "Lê Hùng", "--to", "31/12/2030").status == 0
    assert command(*change, "--to", "-").status == 0
    found = {
        one["login"]: one for one in json.loads(command("accounts", "list", "--json", "--as", "lan").out)
    }

    assert found["hung"]["name"] == "Lê Hùng"
    assert (found["hung"]["agency"], found["hung"]["valid_to"]) == (AGENCY, None)


def test_a_password_is_asked_for_and_never_an_argument(
    people: Engine, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is typed twice, unseen; the list tells who has one."""
    monkeypatch.setattr("typer.prompt", lambda *_args, **_options: "một câu thật dài")
    assert "password" not in {
        name for words, names in commands() if words == "accounts password" for name in names
    }
    answer = command("accounts", "password", "hung", "--as", "hung")
    found = json.loads(command("accounts", "list", "--json", "--as", "admin").out)

    assert answer == (0, "Đã đặt mật khẩu cho hung.\n", "")
    assert [one["login"] for one in found if one["has_password"]] == ["hung"]
    assert "argon2" not in json.dumps(found)


def test_accounts_are_loaded_from_a_table(people: Engine, command: Any, tmp_path: Path) -> None:
    """A dry run writes nothing; errors are told by row and column, with the status of refused input."""
    table = tmp_path / "tai-khoan.csv"
    table.write_text("login,name,role,agency\nthu,Võ Thu,leader,\nBà A,,chef,\n", encoding="utf-8")
    refused = command("accounts", "load", str(table), "--as", "admin")
    table.write_text("login,name,role,agency\nthu,Võ Thu,leader,\n", encoding="utf-8")
    tried = command("accounts", "load", str(table), "--dry-run", "--as", "admin")
    loaded = command("accounts", "load", str(table), "--as", "admin")

    assert refused.status == 3
    assert "role" in refused.err
    assert tried.status == loaded.status == 0
    assert command("tasks", "--as", "thu").status == 0


def test_history_is_verified_from_the_command_line(people: Engine, command: Any) -> None:
    """Whole: status 0 and a mark; tampered with: status 1, and the line is named with what it says now."""
    whole = command("audit", "verify", "--as", "lan")
    mark = whole.out.split()[-1]
    again = command("audit", "verify", "--expect", mark, "--as", "admin")
    with people.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_no_update")
        connection.exec_driver_sql("UPDATE events SET actor = 'Kẻ gian' WHERE id = 2")
    broken = command("audit", "verify", "--as", "lan")
    told = json.loads(command("audit", "verify", "--json", "--as", "lan").out)

    assert (whole.status, again.status, broken.status) == (0, 0, 1)
    assert "Mốc đã giữ vẫn nằm trong chuỗi" in again.out
    assert "Dòng 2: nội dung đã bị sửa" in broken.out
    assert "Kẻ gian" in broken.out
    assert "events_no_update" in broken.out
    assert (told["whole"], [one["line"]["id"] for one in told["findings"]]) == (False, [2])
    assert command("audit", "verify", "--expect", mark[:20], "--as", "lan").status == 2


def test_a_story_is_told_from_the_command_line(people: Engine, command: Any) -> None:
    """By task code or assignment number; an agency is told nothing of another's."""
    code = json.loads(command("tasks", "--json", "--as", "hung").out)[0]["code"]
    shown = command("audit", "show", code, "--as", "hung")
    told = json.loads(command("audit", "show", "1", "--json", "--as", "lan").out)
    hidden = command("audit", "show", code, "--as", "mai")

    assert "Giao việc" in shown.out
    assert "dòng lệnh" in shown.out
    assert told["code"] == code
    assert [entry["action"] for entry in told["entries"]].count("approve") == 2
    assert (hidden.status, hidden.out) == (1, "")
    assert "dondoc tasks" in hidden.err
