"""The command line: answers in Vietnamese or JSON, failures in a sentence with their own exit status."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.directives.readers.word import zipped
from tests.tracker.factories import a_deadline, a_directive, a_draft, an_agency
from tracker.cli import main
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction


class Answer(NamedTuple):
    """What a command wrote, and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep each test's data apart, whatever the machine's own settings say."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Give a function that runs a command in this process."""

    def command(*arguments: str) -> Answer:
        try:
            main(list(arguments))
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        else:
            status = 0
        return Answer(status, *capsys.readouterr())

    return command


@pytest.fixture
def office(data_dir: Path) -> int:
    """Give a database with one agency and one document; return its number in the list."""
    engine = make_engine(f"sqlite:///{data_dir / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        number = a_directive(
            session,
            a_draft(a_deadline(date(2020, 4, 8))),
            number="120/TB-UBND",
            approved=False,
        )
    engine.dispose()
    return number


def test_a_new_machine_needs_no_command_before_the_first(run: Any, data_dir: Path) -> None:
    """A list on a machine without a database is empty, and the database is there afterwards."""
    answer = run("documents", "--json")

    assert answer == Answer(0, "[]\n", "")
    assert (data_dir / "dondoc.db").exists()


def test_a_folder_with_a_zip_is_taken_in_part_by_part(run: Any, tmp_path: Path) -> None:
    """Each document is told by where it lies, and the status says that one was refused."""
    folder = tmp_path / "den"
    folder.mkdir()
    (folder / "a.zip").write_bytes(zipped({"b.txt": "Sở Y tế báo cáo trước ngày 09/4/2020.", "c.txt": ""}))
    (folder / "d.txt").write_text("Sở Công Thương báo cáo trước ngày 09/4/2020.", encoding="utf-8")

    answer = run("intake", str(folder), "--json")
    said = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.status == 3
    assert [each["path"].removeprefix(f"{folder}/") for each in said] == [
        "a.zip/b.txt",
        "a.zip/c.txt",
        "d.txt",
    ]
    assert [each.get("kind") or each["error"]["code"] for each in said] == ["new", "empty", "new"]


def test_approval_by_number_and_the_overdue_list(run: Any, office: int) -> None:
    """A document is named by its own number; from its approval on its work can be overdue."""
    before = run("overdue", "--on", "2020-04-10")
    approved = run("approve", "120/TB-UBND", "--actor", "Lan")
    again = run("approve", str(office))
    (item,) = json.loads(run("overdue", "--on", "10/4/2020", "--json").out)

    assert "Không có nhiệm vụ quá hạn" in before.out
    assert approved.out == "Đã duyệt 120/TB-UBND: giao 1 phần việc.\n"
    assert "không có gì thay đổi" in again.out
    assert (item["lead"], item["due_on"], item["days"], item["working_days"]) == (
        "Sở Công Thương",
        "2020-04-08",
        2,
        2,
    )
    assert item["document"] == "Thông báo 120/TB-UBND"
    assert item["span"] == [0, 40]


def test_tables_show_whole_words(run: Any, office: int) -> None:
    """The tables for people have Vietnamese headings and dates as an office writes them."""
    run("approve", "120/TB-UBND")
    tasks = run("tasks", "--on", "2020-04-03").out
    documents = run("documents").out

    assert "Cơ quan chủ trì" in tasks
    assert "08/04/2020" in tasks
    assert "Sắp đến hạn (còn 3" in tasks
    assert "120/TB-UBND" in documents


def test_english_is_spoken_on_request(run: Any, office: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """DONDOC_LANG=en turns sentences and headings, not the words of the document."""
    monkeypatch.setenv("DONDOC_LANG", "en")

    assert run("approve", "120/TB-UBND").out == "120/TB-UBND is approved: 1 assignments were given.\n"
    assert "Lead agency" in run("tasks").out


def test_registers_are_loaded_from_csv(run: Any, examples: Path, tmp_path: Path) -> None:
    """Agencies and contacts load, a second time nothing changes, and mistakes are told by line and column."""
    folder = examples / "ha-tinh"
    first = run("agencies", "load", str(folder / "agencies.csv"))
    again = json.loads(run("agencies", "load", str(folder / "agencies.csv"), "--json").out)
    people = run("contacts", "load", str(folder / "contacts.csv"))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code,name,kind\nSở X,Sở X,department\n")
    refused = run("agencies", "load", str(wrong))
    listed = json.loads(run("agencies", "list", "--json").out)

    assert first.out.startswith("Đã nạp agencies.csv: thêm ")
    assert (again["added"], again["changed"], again["errors"]) == (0, 0, [])
    assert people.status == 0
    assert (refused.status, "dòng 2, cột code" in refused.err) == (3, True)
    assert again["unchanged"] == len(listed)
    assert "Sở Công Thương" in run("agencies", "list").out
    assert "Chánh Văn phòng" in run("contacts", "list").out


def test_the_database_is_upgraded_by_name(run: Any) -> None:
    """`db upgrade` says at which revision the tables are, twice the same."""
    assert run("db", "upgrade") == run("db", "upgrade")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param(["approve", "999/TB-UBND"], 1, "dondoc documents", id="a document that is not there"),
        pytest.param(["overdue", "--agency", "Sở X"], 1, "Sở X", id="an agency that is not there"),
        pytest.param(["overdue", "--on", "hôm qua"], 2, "--on", id="a day that is none"),
        pytest.param(["overdue", "--on", "31/02/2020"], 2, "31/02/2020", id="a day that does not exist"),
        pytest.param(["agencies", "load", "không-có.csv"], 3, "không-có.csv", id="a table that is not there"),
        pytest.param(["approve"], 2, "VĂN_BẢN", id="nothing to approve"),
        pytest.param(["xyz"], 2, "xyz", id="a command that is not there"),
    ],
)
def test_failures_end_in_a_sentence(run: Any, arguments: list[str], status: int, words: str) -> None:
    """Wrong input gives its own exit status and words on stderr, and nothing on stdout."""
    answer = run(*arguments)

    assert (status, "") == (answer.status, answer.out)
    assert words in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        pytest.param("nonsense", 2, "sqlite:////", id="no URL"),
        pytest.param("mysql://localhost/x", 2, "mysql", id="a database we do not speak"),
        pytest.param("postgresql://u:geheim@127.0.0.1:1/x", 1, "PostgreSQL", id="nobody answers"),
        pytest.param("sqlite:////proc/none/dondoc.db", 1, "/proc/none", id="a folder that cannot be written"),
    ],
)
def test_a_wrong_database_is_one_sentence(
    run: Any, url: str, status: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with the database, the answer is one line, without the password."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    answer = run("documents")

    assert (answer.status, answer.out) == (status, "")
    assert words in answer.err
    assert "geheim" not in answer.err
    assert answer.err.count("\n") == 1


def python(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run code in a new interpreter, with UTF-8 mode off as on an old system."""
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **environment}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=env, check=False, timeout=120
    )


def test_vietnamese_is_written_under_any_locale(data_dir: Path) -> None:
    """Under LC_ALL=C, as in cron, the output is UTF-8 all the same."""
    code = "from tracker.cli import main; main(['overdue', '--on', '2020-04-10'])"
    done = python(code, LC_ALL="C", DONDOC_DATA_DIR=str(data_dir))

    assert "Không có nhiệm vụ quá hạn tính đến ngày 10/04/2020" in done.stdout.decode("utf-8")


def test_help_needs_nothing_heavy() -> None:
    """Importing the commands loads no database, web, scheduler or channel: `--help` answers at once."""
    code = "import sys, tracker.cli; print(*sys.modules)"
    loaded = set(python(code).stdout.decode().split())

    assert "tracker.cli.documents" in loaded
    assert not loaded & {
        "sqlmodel",
        "sqlalchemy",
        "fastapi",
        "prefect",
        "apprise",
        "pydantic",
        "alembic",
        "lxml",
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["table", "JSON"])
def test_a_full_disk_under_the_answer_is_one_sentence(data_dir: Path, form: list[str]) -> None:
    """`dondoc tasks > report.txt` on a full disk says so and ends with 1, without a stack."""
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-c", "from tracker.cli import main; main()", "documents", *form],
            env={**os.environ, "DONDOC_DATA_DIR": str(data_dir)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert ran.returncode == 1
    assert ran.stderr.startswith("Không ghi được kết quả")
    assert len(ran.stderr.splitlines()) == 1
