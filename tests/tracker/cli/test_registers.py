"""The register on the command line: checked, its successors listed, open work passed on."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.store import register, successions
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction
from tracker.store.successions import Succession
from tracker.store.tables import AssignmentRow

ON = ("--on", "2025-03-03")


@pytest.fixture
def merged(own_data: Path) -> None:
    """Give a database in which one department took over from another that has two open tasks."""
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session, "so-khdt", "Sở KHĐT", valid_to=date(2025, 2, 28))
        an_agency(session, "so-tc", "Sở Tài chính")
        group = an_agency(session, "cac-so", "Các sở", is_group=True)
        one = Succession(old="so-khdt", new="so-tc", on=date(2025, 3, 1), basis="NQ 01")
        successions.save(session, one, register.ids(session))
        mention = a_mention("Sở KHĐT", "so-khdt")
        drafts = [a_draft(a_deadline(date(2025, 4, 1)), leads=(mention,)) for _ in range(2)]
        a_directive(session, *drafts, number="01/TB-UBND")
        session.get_one(AssignmentRow, 1).group_id = group
    engine.dispose()


def test_open_work_is_listed_and_passed_on(command: Any, merged: None) -> None:
    """One by hand, the other with all that is plain; then nothing waits, and lists have both names."""
    listed = command("agencies", "takeovers", *ON)
    one = command("agencies", "take-over", "1", "--by", "so-tc", *ON, "--actor", "Lan")
    rehearsed = command("agencies", "take-over", "--all-whole", "--dry-run", *ON)
    rest = command("agencies", "take-over", "--all-whole", "--yes", *ON)
    left = command("agencies", "takeovers", *ON)
    items = json.loads(command("tasks", *ON, "--json").out)

    assert "2 phần việc chờ cơ quan kế thừa, trong đó 2 việc" in listed.out
    assert "Sở Tài chính (so-tc): toàn bộ" in " ".join(listed.out.split())
    assert one.out.endswith("Sở KHĐT → Sở Tài chính, căn cứ: NQ 01.\n")
    assert "1 phần việc sẽ chuyển" in rehearsed.out
    assert (rest.status, rest.out.count("Sở KHĐT → Sở Tài chính")) == (0, 1)
    assert "Không có phần việc nào" in left.out
    assert {item["lead"] for item in items} == {"Sở KHĐT (nay là Sở Tài chính)"}
    assert {item["agency"] for item in items} == {"so-tc"}


def test_nothing_passes_on_without_a_yes(command: Any, merged: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would pass on is shown first; a no leaves it where it is."""
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    asked = command("agencies", "take-over", "--all-whole", *ON)
    waiting = json.loads(command("agencies", "takeovers", *ON, "--json").out)

    assert (asked.status, "Sở KHĐT" in asked.out) == (1, True)
    assert [one["whole"] for one in waiting] == ["so-tc", "so-tc"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(["take-over", "1"], 2, "--all-whole", id="to nobody"),
        pytest.param(["take-over", "1", "--by", "so-tc", "--all-whole"], 2, "--all-whole", id="both"),
        pytest.param(["take-over", "9", "--by", "so-tc"], 1, "9", id="no such assignment"),
        pytest.param(["take-over", "1", "--by", "so-x"], 1, "so-tc", id="no successor"),
        pytest.param(
            ["take-over", "1", "--by", "so-tc", "--on", "2025-02-28"], 1, "vẫn hoạt động", id="too early"
        ),
        pytest.param(["successors", "so-x"], 1, "so-x", id="nobody's successors"),
    ],
)
def test_refusals_are_sentences(command: Any, merged: None, words: list[str], status: int, said: str) -> None:
    """Each says what is wrong and what to do."""
    answer = command("agencies", *words, *(() if "--on" in words else ON))

    assert (answer.status, said in answer.err) == (status, True)


def test_successors_are_told(command: Any, merged: None) -> None:
    """With their day, part and basis; of an agency that is there, that it is."""
    table = command("agencies", "successors", "so-khdt", *ON)
    (one,) = json.loads(command("agencies", "successors", "so-khdt", *ON, "--json").out)
    there = command("agencies", "successors", "so-tc", *ON)

    assert ("01/03/2025" in table.out, "NQ 01" in table.out) == (True, True)
    assert (one["code"], one["whole"], one["on"]) == ("so-tc", True, "2025-03-01")
    assert there.out == "Sở Tài chính vẫn hoạt động vào ngày 03/03/2025.\n"


def test_the_register_is_checked(command: Any, merged: None, tmp_path: Path) -> None:
    """A warning is told and passes; an error ends with status 1; a list of a day has who was there."""
    sound = command("agencies", "check")
    path = tmp_path / "them.csv"
    path.write_text("code,name,kind\nso-a,Sở tài chính,so\n", encoding="utf-8")
    refused = command("agencies", "load", str(path))
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'dondoc.db'}")
    with transaction(engine) as session:
        an_agency(session, "so-a", "Sở tài chính")
    engine.dispose()
    unsound = command("agencies", "check", "--json")
    codes = {one["code"] for one in json.loads(command("agencies", "list", *ON, "--json").out)}

    assert sound.status == 0
    assert "nhóm «Các sở» chưa có thành viên nào" in " ".join(sound.out.split())
    assert (refused.status, "dòng 2, cột name" in refused.err, "(so-tc)" in refused.err) == (3, True, True)
    assert unsound.status == 1
    assert [(one["rule"], one["agency"]) for one in json.loads(unsound.out)["findings"]] == [
        ("name-twice", "so-a"),
        ("empty-group", "cac-so"),
    ]
    assert codes == {"so-tc", "cac-so", "so-a"}


def test_tasks_show_how_far_a_group_has_come(command: Any, merged: None) -> None:
    """The parent shows k of n below the list, and beside each share for other programs."""
    table = command("tasks", *ON)
    items = json.loads(command("tasks", *ON, "--json").out)

    assert " · Các sở: 0/1 đơn vị hoàn thành\n" in table.out
    assert [item["group"] for item in items] == [
        {"code": "cac-so", "name": "Các sở", "done": 0, "total": 1},
        None,
    ]


def test_successions_are_loaded(command: Any, examples: Path) -> None:
    """The example loads after its agencies, and again changes nothing."""
    folder = examples / "ha-tinh"
    command("agencies", "load", str(folder / "agencies.csv"))
    first = command("agencies", "load-successions", str(folder / "successions.csv"))
    again = json.loads(command("agencies", "load-successions", str(folder / "successions.csv"), "--json").out)

    assert first.out == "Đã nạp successions.csv: thêm 91, sửa 0, giữ nguyên 0.\n"
    assert (again["unchanged"], again["errors"], again["warnings"]) == (91, [], [])


def test_a_short_table_tells_each_value_and_clears_only_when_asked(command: Any, own_data: Path) -> None:
    """Old and new stand by row and column, also in a rehearsal; `--clear` is what empties a cell."""
    path = own_data.parent / "so.csv"
    path.write_text("code,name,kind,level\nso-a,Sở A,so,province\n", encoding="utf-8")
    command("agencies", "load", str(path))
    path.write_text("code,name,kind,level\nso-a,Sở B,so,\n", encoding="utf-8")
    rehearsed = command("agencies", "load", str(path), "--dry-run")
    kept = command("agencies", "load", str(path))
    cleared = json.loads(command("agencies", "load", str(path), "--clear", "--json").out)
    (entry,) = json.loads(command("agencies", "list", "--json").out)

    assert rehearsed.err == kept.err
    assert "dòng 2, cột name: mã này đang là «Sở A», tệp đổi thành «Sở B»" in kept.err
    assert "dòng 2, cột level: ô để trống nên giữ nguyên «province»" in kept.err
    assert [(one["column"], one["code"]) for one in cleared["warnings"]] == [("level", "emptied")]
    assert (entry["name"], entry["level"]) == ("Sở B", "")
