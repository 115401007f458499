"""What the list of tasks shows, and that other commands take what it shows."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import a_directive, a_draft, an_agency
from tracker.cli import main
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give a document with three tasks."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "var"))
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(None), a_draft(None), a_draft(None), number="120/TB-UBND")
    engine.dispose()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run a command and return what it printed, once it ended well."""
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    out, err = capsys.readouterr()
    assert (end.value.code, err) == (0, "")
    return out


def test_the_number_that_the_list_shows_is_the_one_that_deadlines_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first column is the number of the assignment, which is not the code of its task."""
    lines = [line for line in run(capsys, "tasks").splitlines() if line.strip()]
    number = [line.split()[0] for line in lines if line.split()[0].isdigit()][-1]
    run(capsys, "deadline", "set", number, "30/4/2020", "--reason", "đọc sai")

    assert any(line.split()[0] == "Số" for line in lines)
    assert "30/04/2020" in run(capsys, "deadline", "history", number)


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        pytest.param([], 3, id="few enough to be shown whole"),
        pytest.param(["--limit", "2"], 2, id="the first two"),
        pytest.param(["--limit", "2", "--offset", "2"], 1, id="what comes after them"),
        pytest.param(["--limit", "1", "--all"], 3, id="everything"),
        pytest.param(["--document", "120/TB-UBND"], 3, id="of a document"),
        pytest.param(["--agency", "Sở Công Thương"], 3, id="of an agency"),
        pytest.param(["--status", "assigned", "--status", "draft"], 3, id="in one of two states"),
        pytest.param(["--status", "confirmed"], 0, id="in a state that nothing is in"),
        pytest.param(["--timing", "open_in_time"], 3, id="of one of the five figures"),
        pytest.param(["--timing", "open_overdue"], 0, id="of another"),
        pytest.param(["--due-before", "01/01/2030"], 0, id="without a day nothing is due before another"),
    ],
)
def test_a_part_of_the_list_is_asked_for(
    capsys: pytest.CaptureFixture[str], asked: list[str], lines: int
) -> None:
    """The table and the JSON show the same lines."""
    table = [line.split()[0] for line in run(capsys, "tasks", *asked).splitlines() if line.strip()]
    found = json.loads(run(capsys, "tasks", "--json", *asked))

    assert [int(first) for first in table if first.isdigit()] == [item["assignment_id"] for item in found]
    assert len(found) == lines


def test_a_duty_is_shown_by_how_many_of_its_dates_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    """The list says of the duty what its dates come to; the JSON gives both numbers."""
    engine = make_engine(f"sqlite:///{Path(os.environ['DONDOC_DATA_DIR']) / 'dondoc.db'}")
    words = Deadline("ngày 25 hằng tháng", Span(20, 38), DeadlineKind.RECURRING, every=Interval.MONTH)
    with transaction(engine) as session:
        a_directive(session, a_draft(words), number="121/TB-UBND")
    engine.dispose()
    run(capsys, "recurring", "make")
    duty, *dates = json.loads(run(capsys, "tasks", "--document", "121/TB-UBND", "--json"))

    assert f" 0/{len(dates)} kỳ " in run(capsys, "tasks", "--document", "121/TB-UBND")
    assert (duty["dates"], {one["dates"] for one in dates}) == ([0, len(dates)], {None})


def test_what_is_not_shown_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line says how many more there are, and how to go on."""
    assert "Còn 2 dòng (đã in 1 trong 3)" in run(capsys, "tasks", "--limit", "1")
    assert "--offset 2 " not in run(capsys, "tasks", "--limit", "2", "--offset", "1")
    assert "Còn" not in run(capsys, "tasks")


def test_the_overdue_list_shows_the_longest_first_and_counts_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The count is of everything that is late, however little of it is shown."""
    for number, day in enumerate(("10/4/2020", "08/4/2020", "09/4/2020"), start=1):
        run(capsys, "deadline", "set", str(number), day, "--reason", "đọc sai")
    out = run(capsys, "overdue", "--on", "2020-05-04", "--limit", "2")

    assert "08/04/2020" in out
    assert "10/04/2020" not in out
    assert "3 phần việc quá hạn tính đến ngày 04/05/2020." in out
    assert "Còn 1 dòng (đã in 2 trong 3). Xem tiếp: thêm --offset 2" in out
    days = [item["due_on"] for item in json.loads(run(capsys, "overdue", "--on", "2020-05-04", "--json"))]
    assert days == ["2020-04-08", "2020-04-09", "2020-04-10"]
