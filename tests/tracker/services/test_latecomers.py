"""Documents taken in before the register is loaded find their agencies when it comes."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from tests.tracker.factories import AGENCY, a_directive, a_draft, a_mention
from tracker.services.audit import verify
from tracker.services.registers import load_agencies
from tracker.store import assignments
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction

ACT = Act("test", "cli", datetime(2020, 4, 3, tzinfo=UTC))


def load(engine: Engine, folder: Path, *rows: str) -> None:
    """Load a register of the given rows."""
    path = folder / "agencies.csv"
    path.write_text("\n".join(("code,name,kind,is_group,valid_from,valid_to", *rows)), encoding="utf-8")
    with transaction(engine) as session:
        report = load_agencies(session, path, act=ACT)
    assert report.errors == ()


def agency_of(engine: Engine) -> str | None:
    """Return the agency that the only share is given to."""
    with reading(engine) as session:
        (work,) = assignments.tracked(session)
    return work.agency


def take_in(
    engine: Engine, name: str = "Sở Công Thương", *, issued_on: date | None = date(2020, 4, 3)
) -> None:
    """Keep a document whose lead the register does not know."""
    with transaction(engine) as session:
        a_directive(session, a_draft(leads=(a_mention(name),)), issued_on=issued_on)


def test_a_share_finds_its_agency_when_the_register_comes(engine: Engine, tmp_path: Path) -> None:
    """From then on its officers can be written to; history says when it was tied, and the name stays."""
    take_in(engine)
    assert agency_of(engine) is None

    load(engine, tmp_path, f"{AGENCY},sở Công thương,so,,,")
    assert agency_of(engine) == AGENCY
    with reading(engine) as session:
        (work,) = assignments.tracked(session)
        events = history(session, "assignment", work.id)
    assert work.lead == "Sở Công Thương"
    assert [event.after for event in events if event.action == "tied"] == [{"agency": AGENCY}]
    assert verify(engine).compared.findings == ()


def test_a_name_that_two_bear_is_left_to_a_person(engine: Engine, tmp_path: Path) -> None:
    """No guess is made between two agencies that bore a name one after the other, where no date decides."""
    take_in(engine, issued_on=None)
    load(engine, tmp_path, "a,Sở Công Thương,so,,,31/12/2019", "b,Sở Công Thương,so,,01/01/2020,")

    assert agency_of(engine) is None


def test_the_one_that_bore_the_name_then_is_taken(engine: Engine, tmp_path: Path) -> None:
    """A successor of the same name answers for documents from its own time on."""
    take_in(engine)
    load(
        engine,
        tmp_path,
        "old,Sở Công Thương,so,,01/01/2010,31/12/2024",
        "new,Sở Công Thương,so,,01/01/2025,",
    )

    assert agency_of(engine) == "old"


def test_a_group_is_left_to_a_person(engine: Engine, tmp_path: Path) -> None:
    """Whether a group was meant as a whole or member by member is not guessed afterwards."""
    take_in(engine, "UBND cấp huyện")
    load(engine, tmp_path, "cac-huyen,UBND cấp huyện,group,có,,")

    assert agency_of(engine) is None
