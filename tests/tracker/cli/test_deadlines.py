"""The commands of the calendar, of deadlines and of recurring duties, from first sight to what is written."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from sqlmodel import select

from directives.deadlines import find_deadlines
from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import a_directive, a_draft, an_agency
from tracker.cli import main
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction
from tracker.store.tables import AssignmentRow

RECEIPT: Final = "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """Give a document of 03/4/2020 with three tasks; return the numbers of their assignments."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "var"))
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'dondoc.db'}")
    upgrade(engine)
    (counted,) = find_deadlines(
        "Sở Y tế báo cáo trong 10 ngày kể từ ngày ký Thông báo này.", issued_on=date(2020, 4, 3)
    )
    waits = Deadline(RECEIPT, Span(20, 80), DeadlineKind.RELATIVE)
    round_ = Deadline("hằng quý", Span(20, 28), DeadlineKind.RECURRING, every=Interval.QUARTER)
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, *(a_draft(one) for one in (counted, waits, round_)), number="120/TB-UBND")
        numbers = [row.id or 0 for row in session.exec(select(AssignmentRow).order_by("id")).all()]
    engine.dispose()
    return numbers


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run a command and return what it printed, as JSON where it was asked for."""
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    out, err = capsys.readouterr()
    assert (end.value.code, err) == (0, "")
    return json.loads(out) if "--json" in arguments else out


def test_a_calendar_change_is_shown_and_only_then_made(
    office: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --confirm the due date stands; with it, it has moved and the day is in the calendar."""
    change = ("calendar", "set", "13/4/2020", "--kind", "nghỉ lễ", "--decision", "Công điện 01", "--json")
    seen = run(capsys, *change)
    before = run(capsys, "deadline", "history", str(office[0]), "--json")
    made = run(capsys, *change, "--confirm")
    after = run(capsys, "deadline", "history", str(office[0]), "--json")
    shown = run(capsys, "calendar", "show", "--year", "2020", "--json")

    assert (seen["written"], made["written"]) == (False, True)
    assert seen["moved"] == made["moved"]
    assert [(one["before"], one["after"]) for one in made["moved"]] == [("2020-04-13", "2020-04-14")]
    assert ([one["due_on"] for one in before], [one["due_on"] for one in after]) == (
        ["2020-04-13"],
        ["2020-04-13", "2020-04-14"],
    )
    assert "2020-04-13" in {one["day"] for one in shown["days"]}
    assert "không có gì thay đổi" in run(capsys, *change[:-1])


def test_a_day_is_told_and_the_queue_grows_shorter(
    office: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """The queue says which command settles each; that command does."""
    before = run(capsys, "undetermined", "--json")
    shown = run(capsys, "undetermined")
    told = run(capsys, "anchor", "--document", "120/TB-UBND", "--received", "06/4/2020")
    after = run(capsys, "undetermined", "--json")

    assert [(one["assignment_id"], one["why"]) for one in before] == [
        (office[1], "receipt-unknown"),
        (office[2], "day-of-period-unknown"),
    ]
    assert "2 phần việc cần xác định hạn" in shown
    assert "hạn cuối 13/04/2020" in told
    assert [one["assignment_id"] for one in after] == [office[2]]


def test_a_duty_takes_the_decree_s_period_and_gets_its_dates(
    office: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Offered, taken, and made once."""
    offered = run(capsys, "recurring", "offer", str(office[2]), "--on", "03/4/2020")
    taken = run(capsys, "recurring", "offer", str(office[2]), "--accept", "--json")
    made = run(capsys, "recurring", "make", "--on", "2020-06-01", "--json")
    listed = run(capsys, "recurring", "list", "--json")

    assert "14/06/2020" in offered
    assert taken["words"] == "chậm nhất ngày 25 của tháng cuối quý"
    assert made == []
    assert [one["duty"]["recurrence"] for one in listed] == [taken["words"]]


def test_a_swap_needs_both_its_days(office: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    """The first is written with a warning that has the command for the second; then nothing is missing."""
    decided = ("--decision", "QĐ 01", "--confirm")
    off = ("calendar", "set", "29/4/2027", "--kind", "swapped_off", "--swapped-with", "8/5/2027", *decided)
    worked = ("calendar", "set", "08/05/2027", "--kind", "worked", "--swapped-with", "29/04/2027", *decided)
    first, checked = run(capsys, *off), run(capsys, "calendar", "check", "--on", "2027-01-04")
    second = run(capsys, *worked, "--json")

    for said in (first, checked):
        assert "dondoc calendar set 08/05/2027 --kind worked --swapped-with 29/04/2027" in said
    assert (second["written"], second["one_sided"]) == (True, [])


def test_work_is_named_by_its_task_too(office: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    """As for every act: one way of naming, by number or by the code of a task that one agency has."""
    codes = [task["code"] for task in run(capsys, "tasks", "--json")]
    run(capsys, "anchor", codes[1], "--received", "06/4/2020")
    run(capsys, "deadline", "set", codes[0], "10/4/2020", "--reason", "đọc sai")
    taken = run(capsys, "recurring", "set", codes[2], "ngày 20 hằng tháng", "--json")
    days = [run(capsys, "deadline", "history", code, "--json")[-1]["due_on"] for code in (codes[0], codes[1])]

    assert days == ["2020-04-10", "2020-04-13"]
    assert taken["assignment_id"] == office[2]


def test_another_rhythm_lists_the_dates_it_withdraws(
    office: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """The dates of before are shown with their numbers, and how many they are."""
    number = str(office[2])
    run(capsys, "recurring", "set", number, "ngày làm việc cuối cùng của mỗi tháng")
    said = run(capsys, "recurring", "set", number, "thứ Sáu hằng tuần")
    again = run(capsys, "recurring", "set", number, "thứ Sáu hằng tuần", "--json")

    assert "chưa đến, chưa nộp, theo cách cũ" in said
    assert "theo cách cũ; kỳ đã qua hoặc đã nộp giữ nguyên" in said
    assert (again["withdrawn"], again["made"]) == ([], [])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["anchor", "1"], "--received"),
        (["anchor", "--received", "06/4/2020"], "--document"),
        (["calendar", "set", "13/4/2020", "--kind", "x", "--decision", "y"], "holiday"),
        (["calendar", "set", "13/4/2020", "--kind", "worked", "--decision", "y"], "trong tuần"),
        (["calendar", "prefill", "2025"], "2025"),
        (["calendar", "prefill", "20261"], "1945 đến 2100"),
        (["calendar", "show", "--year", "0"], "1945 đến 2100"),
        (["deadline", "set", "99", "13/4/2020", "--reason", "x"], "99"),
        (["recurring", "set", "1", "hằng quý"], "recurring list"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    office: list[int], capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """With its own exit status and the next step."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    answer = capsys.readouterr()

    assert end.value.code != 0
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_instances_are_not_made_as_of_a_day_that_has_not_come(
    office: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """A year mistyped makes no work; the sentence says what to do."""
    with pytest.raises(SystemExit) as end:
        main(["recurring", "make", "--on", "31/12/2099"])

    said = capsys.readouterr().err
    assert end.value.code == 2
    assert "31/12/2099 chưa đến" in said
    assert "bỏ --on" in said


@pytest.mark.parametrize("command", [("figures",), ("recurring", "make"), ("recurring", "offer", "3")])
@pytest.mark.parametrize("day", ["31/12/9999", "9999-12-31", "01/01/0001"])
def test_a_day_in_no_year_that_an_office_means_is_refused(
    office: list[int], capsys: pytest.CaptureFixture[str], command: tuple[str, ...], day: str
) -> None:
    """At the ends of the calendar nothing can be counted."""
    with pytest.raises(SystemExit) as end:
        main([*command, "--on", day])

    assert end.value.code == 2
    assert "2100" in capsys.readouterr().err
