"""Acts on the command line: one transaction a move, a sentence for each refusal, named days and files."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.cli import main
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction


class Answer(NamedTuple):
    """What a command wrote, and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give a function that runs a command in an office with two tasks: one agency's, and two agencies'."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "var"))
    (tmp_path / "var").mkdir()
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, "so-tai-chinh", "Sở Tài chính")
        both = (a_mention(), a_mention("Sở Tài chính", "so-tai-chinh"))
        a_directive(
            session,
            a_draft(a_deadline(date(2020, 4, 8))),
            a_draft(item="4", leads=both),
            number="120/TB-UBND",
        )
    engine.dispose()

    def command(*arguments: str) -> Answer:
        try:
            main(list(arguments))
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        else:
            status = 0
        return Answer(status, *capsys.readouterr())

    return command


def code_of(run: Any, number: int) -> str:
    """Return the code of the task of an assignment."""
    tasks = json.loads(run("tasks", "--json").out)
    return str(next(task["code"] for task in tasks if task["assignment_id"] == number))


def test_an_assignment_goes_its_way_by_commands(run: Any, tmp_path: Path) -> None:
    """Acknowledged, reported with a file on paper's day, returned, redone, confirmed."""
    evidence = tmp_path / "kết quả.txt"
    evidence.write_text("Đã hỗ trợ 02 doanh nghiệp", encoding="utf-8")
    steps = (
        ("acknowledge", "1"),
        ("progress", "1", "-m", "đạt 50%"),
        ("report", "1", "--document", "12/SCT", "--file", str(evidence), "--filed-on", "07/4/2020"),
        ("return", "1", "--reason", "thiếu số liệu"),
        ("report", "1", "-m", "đã bổ sung", "--document-on", "2020-05-05"),
        ("confirm", "1"),
    )
    answers = [run("act", *step, "--json") for step in steps]
    reports = json.loads(run("act", "reports", "1", "--json").out)

    listed = run("act", "reports", "1").out

    assert [answer.status for answer in answers] == [0] * 6, answers
    assert "thiếu số liệu" in listed
    assert "kết quả.txt" in listed
    assert [json.loads(answer.out)["status"] for answer in answers] == [
        "acknowledged",
        "under_way",
        "reported",
        "returned",
        "reported",
        "confirmed",
    ]
    assert [(one["kind"], one["verdict"]) for one in reports] == [
        ("progress", None),
        ("result", "returned"),
        ("result", "accepted"),
    ]
    assert reports[1]["filed_on"] == "2020-04-07"
    assert [file["file_name"] for file in reports[1]["files"]] == ["kết quả.txt"]


def test_several_results_are_confirmed_at_once_and_one_refusal_stops_no_other(run: Any) -> None:
    """Each has a transaction of its own; the refused one is a sentence on stderr, and the status says so."""
    run("act", "report", "1", "-m", "xong")
    run("act", "report", "3", "-m", "xong")
    answer = run("act", "confirm", "1", "2", "3")

    assert answer.status == 1
    assert answer.out.count("Hoàn thành") == 2
    assert answer.err.startswith("Phần việc 2: ")
    assert "«Đã giao»" in answer.err
    assert "dondoc" not in answer.out


def test_a_task_code_is_enough_where_one_agency_has_it(run: Any) -> None:
    """Of several shares the numbers are named."""
    only, shared = code_of(run, 1), code_of(run, 2)
    one, several = run("act", "acknowledge", only.lower()), run("act", "acknowledge", shared)

    assert (one.status, several.status) == (0, 1)
    assert "2 – Sở Công Thương; 3 – Sở Tài chính" in several.err


def test_work_is_declined_transferred_suspended_and_withdrawn(run: Any) -> None:
    """The answer to a transfer is the new assignment."""
    steps = (
        ("not-ours", "1", "--reason", "không đúng chức năng"),
        ("transfer", "1", "--to", "so-tai-chinh", "--reason", "đúng chức năng"),
        ("suspend", "4", "--until", "01/01/2100", "--far", "--reason", "chờ Trung ương"),
        ("resume", "4"),
        ("withdraw", "4", "--reason", "không còn cần", "--document", "9/UBND"),
    )
    answers = [run("act", *step, "--json") for step in steps]

    assert [json.loads(answer.out)["status"] for answer in answers] == [
        "not_ours",
        "assigned",
        "suspended",
        "under_way",
        "withdrawn",
    ]
    assert json.loads(answers[1].out)["assignment_id"] == 4


def test_what_is_suspended_is_listed_with_its_day(run: Any) -> None:
    """So that nothing rests for ever."""
    run("act", "suspend", "1", "--until", "2100-01-01", "--far", "--reason", "chờ")

    assert "01/01/2100" in run("act", "suspended").out


def test_a_stale_form_is_refused(run: Any) -> None:
    """The version that was shown is no longer the one there is."""
    version = json.loads(run("act", "acknowledge", "1", "--json").out)["version"]
    answers = [run("act", "start", "1", "--seen", str(seen)) for seen in (version - 1, version)]

    assert [answer.status for answer in answers] == [1, 0]


def test_more_time_is_asked_for_listed_and_granted(run: Any) -> None:
    """A request after the last day is marked; a grant needs its document."""
    run("extensions", "ask", "1", "--to", "2100-01-01", "--far", "--reason", "thiếu vốn")
    listed = run("extensions", "list")
    without = run("extensions", "grant", "1")
    granted = run("extensions", "grant", "1", "--document", "77/UBND-KT", "--far")
    left = json.loads(run("extensions", "list", "--json").out)
    everything = json.loads(run("extensions", "list", "--all", "--json").out)

    assert "đề nghị sau hạn" in listed.out
    assert (without.status, granted.status) == (1, 0)
    assert "--document" in without.err
    assert left == []
    assert [(one["state"], one["granted_on"]) for one in everything] == [("granted", "2100-01-01")]
    assert {task["due_on"] for task in json.loads(run("tasks", "--json").out)} == {"2100-01-01", None}


def test_a_request_is_refused_or_taken_back(run: Any) -> None:
    """Both leave the deadline."""
    for answer in (("refuse", "1", "--reason", "đủ thời gian"), ("withdraw", "1")):
        run("extensions", "ask", "1", "--to", "2100-01-01", "--far", "--reason", "thiếu vốn")
        assert run("extensions", *answer).status == 0

    assert {task["due_on"] for task in json.loads(run("tasks", "--json").out)} == {"2020-04-08", None}


def test_what_a_document_gives_is_listed_and_applied(run: Any, tmp_path: Path) -> None:
    """Taken in but not approved it is a proposal; `apply` puts it into force, once."""
    letter = tmp_path / "2501-ubnd-kt1.txt"
    letter.write_text(
        "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH\nSố: 2501/UBND-KT1\nHà Tĩnh, ngày 20 tháng 4 năm 2020\n"
        "V/v gia hạn thời gian thực hiện nhiệm vụ\nKính gửi: Sở Công Thương\n"
        "UBND tỉnh đồng ý gia hạn nhiệm vụ giao Sở Công Thương tại Thông báo số 120/TB-UBND ngày 03/4/2020 "
        "đến hết ngày 31/5/2020./.\n",
        encoding="utf-8",
    )
    run("intake", str(letter))
    (proposed,) = json.loads(run("extensions", "list", "--document", "2501/UBND-KT1", "--json").out)
    listed = run("extensions", "list", "--document", "2501/UBND-KT1").out
    applied = [run("extensions", "apply", "2501/UBND-KT1", "--json") for _ in range(2)]

    assert "31/05/2020" in listed
    assert (proposed["assignment_id"], proposed["until"], proposed["doubt"]) == (1, "2020-05-31", None)
    assert [len(json.loads(answer.out)) for answer in applied] == [1, 0]
    assert "2020-05-31" in run("tasks", "--json").out


def test_a_delay_is_explained(run: Any) -> None:
    """Asked, answered, judged, listed."""
    steps = (
        ("ask", "1", "-m", "Vì sao chậm?", "--by", "2100-01-01"),
        ("answer", "1", "-m", "bão"),
        ("confirm", "1", "--objective"),
    )

    assert [run("explain", *step).status for step in steps] == [0, 0, 0]
    assert run("explain", "list", "--json").out.strip() == "[]"
    assert "nguyên nhân khách quan" in run("explain", "list", "--all").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("extensions", "ask", "1", "--to", "2099-01-01", "--reason", "x"), "--far"),
        (("extensions", "ask", "1", "--to", "30/4/2020", "--reason", "x"), "đã qua"),
        (("extensions", "grant", "1", "--to", "2099-01-01", "--document", "7/UBND"), "--far"),
        (("extensions", "grant", "1", "--to", "30/4/2020", "--decision", "đồng ý"), "--document"),
        (("act", "suspend", "1", "--until", "2099-01-01", "--reason", "x"), "--far"),
        (("act", "report", "1", "-m", "xong", "--document-on", "2099-01-01"), "--document-on"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else None,
)
def test_a_day_that_has_passed_or_is_far_off_is_refused(run: Any, words: tuple[str, ...], said: str) -> None:
    """The sentence says what to write instead, and the assignment stays as it was."""
    before = run("tasks", "--json").out
    answer = run(*words)

    assert (answer.status, answer.out) == (1, "")
    assert said in answer.err
    assert run("tasks", "--json").out == before


@pytest.mark.parametrize("flags", [("--objective", "--not-objective"), ()])
def test_a_conclusion_is_one_of_two(run: Any, flags: tuple[str, ...]) -> None:
    """Both at once, or neither, is refused, and nothing is concluded."""
    run("explain", "ask", "1", "-m", "Vì sao chậm?", "--by", "2100-01-01")
    run("explain", "answer", "1", "-m", "bão")
    answer = run("explain", "confirm", "1", *flags)

    assert answer.status == 2
    assert "--not-objective" in answer.err
    assert "chưa kết luận" in run("explain", "list").out


def test_what_was_done_is_said_with_its_day_agency_or_conclusion(run: Any) -> None:
    """Whoever reads the line need not look the assignment up."""
    said = {
        words: run(*words).out
        for words in (
            ("explain", "ask", "1", "-m", "Vì sao chậm?", "--by", "2100-01-01"),
            ("explain", "answer", "1", "-m", "bão"),
            ("explain", "confirm", "1", "--not-objective"),
            ("extensions", "ask", "1", "--to", "2099-11-30", "--far", "--reason", "thiếu vốn"),
            ("extensions", "refuse", "1", "--reason", "đủ thời gian"),
            ("extensions", "grant", "1", "--to", "2099-12-01", "--far", "--document", "77/UBND"),
            ("act", "transfer", "1", "--to", "so-tai-chinh", "--reason", "đúng chức năng"),
            ("act", "suspend", "4", "--until", "2099-06-01", "--far", "--reason", "chờ Trung ương"),
        )
    }
    told = list(said.values())

    for line, words in zip(
        told,
        (
            ("phần việc số 1", "Sở Công Thương", "01/01/2100"),
            ("phần việc số 1", "chờ lãnh đạo kết luận"),
            ("phần việc số 1", "không phải nguyên nhân khách quan"),
            ("đến 30/11/2099", "vẫn là 08/04/2020"),
            ("từ chối", "vẫn là 08/04/2020"),
            ("hạn mới 01/12/2099",),
            ("cho Sở Tài chính", "phần việc mới số 4", "01/12/2099"),
            ("đến 01/06/2099", "01/12/2099"),
        ),
        strict=True,
    ):
        assert all(word in line for word in words), line


@pytest.mark.parametrize("number", ["999", "2"])
def test_applying_what_a_document_does_not_give_is_refused(run: Any, number: str) -> None:
    """An unknown assignment, and one that the document does not speak of."""
    answer = run("extensions", "apply", "120/TB-UBND", number)

    assert answer.status == 1
    assert number in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("act", "report", "1", "-m", "xong", "--filed-on", "#"), "--filed-on"),
        (("anchor", "1", "--received", "#"), "--received"),
        (("anchor", "1", "--event", "#"), "--event"),
        (("deadline", "set", "1", "#", "--reason", "x"), "NGÀY"),
        (("extensions", "ask", "1", "--to", "#", "--reason", "x"), "--to"),
        (("explain", "ask", "1", "-m", "x", "--by", "#"), "--by"),
        (("figures", "--on", "#"), "--on"),
        (("calendar", "set", "#", "--kind", "worked", "--decision", "x"), "NGÀY"),
        (
            ("calendar", "set", "02/5/2020", "--kind", "worked", "--decision", "x", "--swapped-with", "#"),
            "--swapped-with",
        ),
        (("accounts", "add", "lan", "--name", "Lan", "--role", "leader", "--from", "#"), "--from"),
        (("accounts", "add", "lan", "--name", "Lan", "--role", "leader", "--to", "#"), "--to"),
        (("accounts", "substitute", "lan", "--by", "ha", "--to", "#"), "--to"),
        (("accounts", "substitute", "lan", "--by", "ha", "--to", "02/5/2020", "--from", "#"), "--from"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_day_that_is_none_is_a_usage_error(run: Any, words: tuple[str, ...], option: str) -> None:
    """The option that was wrong is named."""
    answer = run(*("31/2/2020" if word == "#" else word for word in words))

    assert answer.status == 2
    assert option in answer.err
    assert option == "--on" or "--on" not in answer.err


@pytest.mark.parametrize("number", ["3000000000", "99999999999999999999", "٤٩", "１", "0"])
@pytest.mark.parametrize(
    "words",
    [
        ("act", "acknowledge", "#"),
        ("deadline", "set", "#", "31/12/2020", "--reason", "đọc sai"),
        ("anchor", "#", "--received", "31/12/2020"),
        ("agencies", "take-over", "#", "--by", "so-tai-chinh"),
        ("extensions", "apply", "120/TB-UBND", "#"),
        ("audit", "show", "#"),
        ("revisions", "show", "#"),
        ("tasks", "--document", "#"),
    ],
    ids=" ".join,
)
def test_a_number_of_nothing_is_said_to_be_none(run: Any, number: str, words: tuple[str, ...]) -> None:
    """Beyond every number that a database holds, or in digits that we do not write."""
    answer = run(*(number if word == "#" else word for word in words))

    assert answer.status == 1, answer
    assert number in answer.err
    assert "Đề nghị" in answer.err
