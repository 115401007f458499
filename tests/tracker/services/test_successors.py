"""Who took over from which agency: loaded with errors by row and column, followed through any changes."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import an_agency
from tests.tracker.services.test_register_rules import an_entry
from tests.tracker.services.test_registers import a_file, load
from tracker.errors import NotFound
from tracker.services.successions_in import load_successions
from tracker.services.successors import Lineage, only_whole, successors
from tracker.store import register, successions
from tracker.store.events import history
from tracker.store.session import reading, transaction
from tracker.store.successions import Succession

END, ON = date(2025, 2, 28), date(2025, 3, 1)
HEADING = "old,new,on,scope,basis\n"


@pytest.fixture
def merged(engine: Engine) -> Engine:
    """Give a register in which one department ended, another goes on, and a third began."""
    with transaction(engine) as session:
        an_agency(session, "so-khdt", "Sở Kế hoạch và Đầu tư", valid_to=END)
        an_agency(session, "so-tc", "Sở Tài chính")
        an_agency(session, "so-nnmt", "Sở Nông nghiệp và Môi trường", valid_from=ON)
        an_agency(session, "cac-so", "Các sở", is_group=True)
    return engine


def test_successions_come_with_day_scope_and_basis(merged: Engine, tmp_path: Path) -> None:
    """What stands in the file can be asked for; again it changes nothing; history has the basis."""
    path = a_file(
        tmp_path, HEADING + "so-khdt,so-tc,01/3/2025,,NQ 01\nso-khdt,so-nnmt,2025-03-01,đất đai,NQ 01\n"
    )
    first = load(merged, load_successions, path)
    again = load(merged, load_successions, path)
    with reading(merged) as session:
        found = successions.entries(session)
        lines = history(session, "agency", register.ids(session)["so-khdt"])

    assert (first.added, first.errors, again.unchanged) == (2, (), 2)
    assert found == [
        Succession(old="so-khdt", new="so-tc", on=ON, basis="NQ 01"),
        Succession(old="so-khdt", new="so-nnmt", on=ON, scope="đất đai", basis="NQ 01"),
    ]
    assert [line.after and line.after["basis"] for line in lines] == ["NQ 01", "NQ 01"]
    assert [(one.row, one.column, one.code) for one in first.warnings] == [(2, "scope", "whole-and-more")]


def test_a_corrected_basis_is_taken_over(merged: Engine, tmp_path: Path) -> None:
    """The same agencies and day are one succession; a rehearsal changes nothing of it."""
    load(merged, load_successions, a_file(tmp_path, HEADING + "so-khdt,so-tc,2025-03-01,,NQ 01\n"))
    path = a_file(tmp_path, HEADING + "so-khdt,so-tc,2025-03-01,,NQ 02\n")
    rehearsed = load(merged, load_successions, path, dry_run=True)
    with reading(merged) as session:
        before = [one.basis for one in successions.entries(session)]
    load(merged, load_successions, path)
    with reading(merged) as session:
        after = [one.basis for one in successions.entries(session)]

    assert (rehearsed.changed, before, after) == (1, ["NQ 01"], ["NQ 02"])


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        pytest.param("so-x,so-tc,2025-03-01,,NQ", "old", "unknown-agency", id="no such old agency"),
        pytest.param("so-khdt,so-x,2025-03-01,,NQ", "new", "unknown-agency", id="no such new agency"),
        pytest.param("so-khdt,,2025-03-01,,NQ", "new", "empty", id="nobody"),
        pytest.param("so-khdt,so-tc,,,NQ", "on", "empty", id="no day"),
        pytest.param("so-khdt,so-tc,30/02/2025,,NQ", "on", "not-a-day", id="no such day"),
        pytest.param("so-khdt,so-tc,2025-03-01,,", "basis", "empty", id="no basis"),
        pytest.param("so-khdt,so-tc,2025-02-28,,NQ", "old", "not-ended", id="while the old one is there"),
        pytest.param("so-tc,so-nnmt,2025-03-01,,NQ", "old", "not-ended", id="from one that has no end"),
        pytest.param("so-khdt,so-khdt,2025-03-01,,NQ", "new", "succeeds-itself", id="from itself"),
        pytest.param("cac-so,so-tc,2025-03-01,,NQ", "old", "group-succeeds", id="from a group"),
    ],
)
def test_successions_are_checked(merged: Engine, tmp_path: Path, line: str, column: str, code: str) -> None:
    """A mistake is told by its place, and nothing is loaded."""
    report = load(merged, load_successions, a_file(tmp_path, f"{HEADING}{line}\n"))
    with reading(merged) as session:
        kept = successions.entries(session)

    assert [(error.row, error.column, error.code) for error in report.errors] == [(2, column, code)]
    assert kept == []


def test_a_successor_has_to_be_there_on_its_first_day(merged: Engine, tmp_path: Path) -> None:
    """Nobody takes over before beginning; days on which nobody answers are pointed at."""
    with transaction(merged) as session:
        an_agency(session, "so-gtvt", "Sở Giao thông vận tải", valid_to=date(2024, 12, 31))
    early = load(merged, load_successions, a_file(tmp_path, HEADING + "so-gtvt,so-nnmt,2025-01-01,,NQ\n"))
    late = load(merged, load_successions, a_file(tmp_path, HEADING + "so-gtvt,so-nnmt,2025-03-01,,NQ\n"))

    assert [(error.column, error.code) for error in early.errors] == [("new", "not-begun")]
    assert [(warning.column, warning.code) for warning in late.warnings] == [("on", "nobody-between")]


def test_one_succession_stands_once(merged: Engine, tmp_path: Path) -> None:
    """Two lines of the same agencies and day contradict each other."""
    twice = "so-khdt,so-tc,2025-03-01,a,NQ\nso-khdt,so-tc,2025-03-01,b,NQ\n"
    report = load(merged, load_successions, a_file(tmp_path, HEADING + twice))

    assert [(error.row, error.code) for error in report.errors] == [(3, "repeated")]


def followed(*steps: tuple[str, str, int, str], ends: dict[str, int]) -> Lineage:
    """Build agencies that ended in a year, and successions on the first day of one."""
    codes = {code for old, new, *_ in steps for code in (old, new)}
    entries = [
        an_entry(code, valid_to=date(ends[code] - 1, 12, 31) if code in ends else None)
        for code in sorted(codes)
    ]
    known = [
        Succession(old=old, new=new, on=date(year, 1, 1), scope=scope, basis=f"NQ {year}")
        for old, new, year, scope in steps
    ]
    return Lineage(entries, known)


@pytest.mark.parametrize(
    ("lineage", "expected"),
    [
        pytest.param(
            followed(("a", "b", 2021, ""), ends={"a": 2021}), [("b", True, "")], id="one for another"
        ),
        pytest.param(
            followed(("a", "b", 2021, "x"), ("a", "c", 2021, "y"), ends={"a": 2021}),
            [("b", False, "x"), ("c", False, "y")],
            id="a split",
        ),
        pytest.param(
            followed(("a", "b", 2021, ""), ("b", "c", 2023, ""), ends={"a": 2021, "b": 2023}),
            [("c", True, "")],
            id="a successor of a successor",
        ),
        pytest.param(
            followed(
                ("a", "b", 2021, ""),
                ("b", "c", 2023, "x"),
                ("b", "d", 2023, "y"),
                ends={"a": 2021, "b": 2023},
            ),
            [("c", False, "x"), ("d", False, "y")],
            id="whole, then split",
        ),
        pytest.param(
            followed(
                ("a", "b", 2021, "x"),
                ("a", "c", 2021, "y"),
                ("b", "d", 2023, ""),
                ("c", "d", 2023, ""),
                ends={"a": 2021, "b": 2023, "c": 2023},
            ),
            [("d", False, "x; y")],
            id="split, then together again",
        ),
        pytest.param(
            followed(("a", "b", 2021, "x"), ("a", "c", 2021, ""), ends={"a": 2021}),
            [("c", True, ""), ("b", False, "x")],
            id="all of it comes first",
        ),
        pytest.param(followed(("a", "b", 2030, ""), ends={"a": 2021}), [], id="not yet"),
        pytest.param(
            followed(("a", "b", 2021, ""), ("b", "a", 2022, ""), ends={"a": 2021, "b": 2022}),
            [],
            id="a circle that a bad table makes",
        ),
    ],
)
def test_successors_are_followed_to_who_is_there(
    lineage: Lineage, expected: list[tuple[str, bool, str]]
) -> None:
    """On a day, only who exists then can answer; parts stay parts on the way."""
    found = lineage.candidates("a", date(2025, 1, 1))

    assert [(one.code, one.whole, one.scope) for one in found] == expected
    assert (only_whole(found) is not None) == (len(expected) == 1 and expected[0][1])


def test_the_basis_of_each_step_is_kept() -> None:
    """Who takes over at the second hand does so by two decisions."""
    lineage = followed(("a", "b", 2021, ""), ("b", "c", 2023, ""), ends={"a": 2021, "b": 2023})
    (found,) = lineage.candidates("a", date(2025, 1, 1))

    assert (found.basis, found.on) == ("NQ 2021; NQ 2023", date(2023, 1, 1))


def test_nobody_asks_for_the_successors_of_nobody(engine: Engine) -> None:
    """An unknown code is said to be unknown."""
    with reading(engine) as session, pytest.raises(NotFound):
        successors(session, "so-x", ON)
