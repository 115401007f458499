"""`dondoc parse` on folders, zips and mails: many files, in several processes; one that dies dies alone."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.directives.readers.mails import attached, mail, words
from tests.directives.readers.test_office import is_running
from tests.directives.readers.word import p, word_file, zipped
from tests.tracker.cli.test_parse import objects, run
from tracker.cli import parallel
from tracker.cli.parallel import Lost, as_it_pays, in_order, is_worth_processes

ORDER = "Sở Công Thương báo cáo trước ngày 09/4/2020."
WORD = word_file(p(ORDER))


def filled(folder: Path, count: int = 6) -> Path:
    """Fill a folder with small documents, one of them broken."""
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"Mục {number}. {ORDER}", encoding="utf-8")
    (folder / "2.txt").write_bytes(b"")
    return folder


def test_each_part_of_a_container_is_an_object(tmp_path: Path) -> None:
    """Its path says where it lies; one that was refused does not stop the rest, and the status says so."""
    (tmp_path / "x.zip").write_bytes(zipped({"a.docx": WORD, "b.txt": "", "c.zip": zipped({"d.txt": ORDER})}))
    (tmp_path / "y.eml").write_bytes(mail(words("Gửi kèm"), attached(WORD, "e.docx")))

    status, printed, _ = run("--json", tmp_path / "x.zip", tmp_path / "y.eml")

    assert status == 3
    assert [(each["source"]["path"], each.get("error", {}).get("code")) for each in objects(printed)] == [
        (f"{tmp_path}/x.zip/a.docx", None),
        (f"{tmp_path}/x.zip/b.txt", "empty"),
        (f"{tmp_path}/x.zip/c.zip/d.txt", None),
        (f"{tmp_path}/y.eml/e.docx", None),
    ]


def test_a_folder_gives_every_file_below_it_in_order(tmp_path: Path) -> None:
    """Sorted, whatever the disk says; what systems leave behind is no document."""
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".git/x.txt", "~$b.docx", "a/Thumbs.db"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ORDER, encoding="utf-8")
    (tmp_path / "a" / "round").symlink_to(tmp_path)

    status, printed, _ = run("--json", tmp_path)

    assert status == 0
    assert [each["source"]["path"] for each in objects(printed)] == [
        f"{tmp_path}/{name}" for name in ("a/b/c.txt", "a/z.txt", "b.txt")
    ]


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    """Silence would look like success."""
    status, printed, complained = run(tmp_path)

    assert (status, printed) == (3, "")
    assert "Không có tệp nào" in complained


@pytest.mark.slow
@pytest.mark.parametrize("form", [("--json",), ("--text",), ()])
def test_several_processes_print_what_one_does(tmp_path: Path, form: tuple[str, ...]) -> None:
    """The order, the refusals and the status are the same."""
    filled(tmp_path)

    assert run(*form, "--jobs", "1", tmp_path) == run(*form, "--jobs", "3", tmp_path)


@pytest.mark.slow
def test_a_process_that_dies_is_told_of_its_file_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in LibreOffice's place kills the process that reads, as a system without memory does."""
    documents = tmp_path / "documents"
    documents.mkdir()
    filled(documents)
    (documents / "3.txt").write_bytes(rb"{\rtf1 x}")
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nkill -9 $(cut -d' ' -f4 /proc/$PPID/stat)\n")
    program.chmod(0o755)

    status, printed, _ = run("--json", "--jobs", "2", documents, DONDOC_OFFICE=str(program))

    assert status == 3
    assert [each.get("error", {}).get("code") for each in objects(printed)] == [
        None,
        None,
        "empty",
        "too-large",
        None,
        None,
    ]


def die_at_three(number: int) -> int:
    """Kill the process on one number."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@pytest.mark.slow
def test_only_the_item_that_kills_is_lost() -> None:
    """Those under way beside it are done again."""
    assert list(in_order(die_at_three, range(12), 2)) == [
        Lost(number) if number == 3 else number * number for number in range(12)
    ]


@pytest.mark.parametrize(
    ("done", "taken", "left", "jobs", "worth"),
    [
        pytest.param(0, 0.0, 1000, 2, False, id="nothing is known yet"),
        pytest.param(20, 0.8, 1000, 2, False, id="too little was seen"),
        pytest.param(25, 1.0, 15, 2, False, id="forty Word files: read before a process has started"),
        pytest.param(5, 1.0, 19, 2, False, id="25 PDFs likewise"),
        pytest.param(25, 1.0, 975, 2, True, id="a thousand Word files"),
        pytest.param(1, 2.0, 10, 2, True, id="a dozen scans"),
        pytest.param(1, 2.0, 10, 1, False, id="one processor"),
        pytest.param(1, 60.0, 1, 2, False, id="one file is not shared out"),
    ],
)
def test_processes_are_started_where_they_save_time(
    done: int, taken: float, left: int, jobs: int, worth: bool
) -> None:
    """What the files read so far took says what the rest will take."""
    assert worth is is_worth_processes(done, taken, left, jobs)


class Clock:
    """A clock that only work moves."""

    now = 0.0

    def work(self, seconds: float) -> float:
        """Take so long."""
        self.now += seconds
        return seconds


@pytest.mark.parametrize(
    ("items", "here"),
    [
        pytest.param([0.04] * 40, 40, id="all here"),
        pytest.param([9.0] + [0.04] * 40, 41, id="the first waits for libraries, and does not count"),
        pytest.param([1.0] + [2.0] * 11, 2, id="the rest in processes"),
        pytest.param([0.04] * 30 + [5.0] * 20, 32, id="slow ones come late: two tell"),
        pytest.param([], 0, id="nothing to do"),
    ],
)
def test_the_rest_goes_to_processes_once_they_pay(
    monkeypatch: pytest.MonkeyPatch, items: list[float], here: int
) -> None:
    """Every item is done once, in order, wherever."""
    clock, handed = Clock(), list[float]()

    def there(_: Any, rest: Any, jobs: int) -> Any:
        assert jobs == 2
        handed.extend(rest)
        return iter(handed)

    monkeypatch.setattr(parallel, "in_order", there)
    done = list(as_it_pays(clock.work, items, 2, lambda: clock.now))

    assert (done, len(items) - len(handed)) == (items, here)


class Hanging:
    """The command at work on files whose conversion never ends."""

    def __init__(self, folder: Path) -> None:
        """Start it, and wait until a conversion is under way."""
        documents = folder / "documents"
        documents.mkdir()
        for number in range(3):
            (documents / f"{number}.rtf").write_bytes(rb"{\rtf1 x}")
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\necho $$ $(pwd) >> {folder}/at-work\nsleep 300\n")
        program.chmod(0o755)
        self._marks = folder / "at-work"
        self.command = subprocess.Popen(
            [sys.executable, "-c", "from tracker.cli import main; main()", "parse", "--jobs", "2", documents],
            env={**os.environ, "DONDOC_OFFICE": str(program)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._until(lambda: self._marks.exists() and len(self.at_work()) == 2)

    def at_work(self) -> list[list[str]]:
        """Return the process and the folder of each conversion."""
        return [line.split() for line in self._marks.read_text().splitlines()]

    def is_gone(self) -> None:
        """Wait until no conversion runs and no folder is left."""
        self._until(
            lambda: (
                not any(is_running(process) or Path(folder).exists() for process, folder in self.at_work())
            )
        )

    @staticmethod
    def _until(happened: Any) -> None:
        end = time.monotonic() + 30
        while not happened():
            assert time.monotonic() < end
            threading.Event().wait(0.02)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_a_command_that_is_stopped_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    """It ends at once, and with it the processes that read, their conversions and their folders."""
    hanging = Hanging(tmp_path)
    begun = time.monotonic()
    os.killpg(hanging.command.pid, how) if how is signal.SIGINT else hanging.command.kill()
    _, complained = hanging.command.communicate(timeout=20)

    assert time.monotonic() - begun < 10
    assert b"Traceback" not in complained
    hanging.is_gone()


@pytest.mark.slow
def test_whoever_watches_sees_how_far_it_is(tmp_path: Path) -> None:
    """On a terminal stderr counts the files; what is printed stays as it is."""
    filled(tmp_path, 12)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from tracker.cli import main; main()", "parse", "--json", str(tmp_path)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, check=False, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)

    assert b"12/12" in os.read(ours, 65536)
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 12
