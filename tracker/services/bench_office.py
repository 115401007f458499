"""An office made up for measuring: agencies, an officer in each, tasks due soon, and the letters of a day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session

from directives.calendar import default_calendar
from directives.model import AgencyMention, Deadline, DeadlineKind, Span, TaskDraft
from notifications.channels import Channel, ChannelName
from notifications.channels.memory import MemoryChannel
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.people import Role
from tracker.services.approval import approve
from tracker.services.daily import run_day
from tracker.settings import Settings
from tracker.store import contacts, directives, register, tasks
from tracker.store.contacts import Contact
from tracker.store.directives import NewDirective
from tracker.store.engine import make_engine
from tracker.store.events import Act
from tracker.store.migrate import prepare
from tracker.store.register import AgencyEntry
from tracker.store.session import transaction
from tracker.store.tasks import Lead

TODAY: Final = date(2020, 4, 3)
MOMENT: Final = datetime(2020, 4, 3, 2, 0, tzinfo=UTC)  # nine in the morning, when letters may leave
WORK_AHEAD: Final = 3  # working days: the first step of the ladder that everybody knows
DOCUMENTS: Final = 3  # each with one task for every agency, so that a letter tells of as many
ACTOR: Final = "bench"
SUBJECT: Final = "Kết luận tại buổi làm việc về mô hình công nghiệp nông thôn và hạ tầng khu tái định cư"


def an_office(folder: Path, letters: int) -> Path:
    """Fill a new SQLite database with so many letters that are due; return its file."""
    path = folder / "office.db"
    app = office_at(path, {})
    prepare(app.engine)
    with transaction(app.engine) as session:
        codes = [_agency(session, number) for number in range(1, letters + 1)]
        for number in range(1, DOCUMENTS + 1):
            _document(session, number, codes)
    planner = office_at(path, {ChannelName.EMAIL: MemoryChannel()})
    run_day(planner, TODAY)
    planner.engine.dispose()
    app.engine.dispose()
    return path


def office_at(path: Path, channels: Mapping[str, Channel]) -> App:
    """Return the parts that work on a database, on the day of the letters."""
    settings = Settings(data_dir=path.parent, database_url=f"sqlite:///{path}", send_hours="always")
    return App(
        settings=settings,
        engine=make_engine(settings.database),
        clock=StoppedClock(MOMENT.astimezone(settings.zone)),
        channels=channels,
    )


def _agency(session: Session, number: int) -> str:
    """Put an agency and its officer into the register."""
    code = f"don-vi-{number:04d}"
    row = register.save(session, AgencyEntry(code=code, name=_name(number), kind="department"))
    officer = Contact(
        code=f"{code}-officer",
        role=Role.OFFICER,
        agency=code,
        name=f"Chuyên viên {number}",
        email=f"{code}@hatinh.example.vn",
    )
    contacts.save(session, officer, row)
    return code


def _document(session: Session, number: int, codes: list[str]) -> None:
    """Take in a document that gives every agency one task, and approve it."""
    directive_id = directives.add(session, _directive(number))
    if directive_id is None:
        raise RuntimeError(f"document {number} is already in a database that should be new")
    known = register.ids(session)
    act = Act(ACTOR, "cli", MOMENT)
    for ordinal, code in enumerate(codes, start=1):
        draft = _draft(_name(ordinal), code)
        task_id = tasks.add(session, directive_id, f"NV-2020-{number:04d}-{ordinal}", ordinal, draft)
        mention = draft.leads[0]
        tasks.give(session, task_id, Lead(mention, mention.name, known[code]), draft, act=act)
    approve(session, directive_id, actor=ACTOR, clock=StoppedClock(MOMENT))


def _directive(number: int) -> NewDirective:
    return NewDirective(
        sha256=f"{number:064x}",
        identity=f"bench-{number}",
        number=f"{number}/TB-UBND",
        issued_on=TODAY,
        issuer="UBND tỉnh",
        genre="notice",
        subject=SUBJECT,
        signer=None,
        text=SUBJECT,
        file_name=f"{number}.txt",
        format="txt",
        pages=None,
        stored_as=f"00/{number}.txt",
        doubts=[],
        taken_in_at=MOMENT,
        taken_in_by=ACTOR,
    )


def _draft(name: str, code: str) -> TaskDraft:
    due_on = _due()
    stated = f"trước ngày {due_on + timedelta(days=1):%d/%m/%Y}"
    return TaskDraft(
        item="3",
        leads=(AgencyMention(name, name, code, Span(0, len(name))),),
        coordinators=(),
        recipient=None,
        action="tham mưu UBND tỉnh hỗ trợ một phần kinh phí",
        text=f"{name} tham mưu UBND tỉnh hỗ trợ một phần kinh phí {stated}",
        span=Span(0, 40),
        confidence=0.97,
        deadline=Deadline(
            stated, Span(20, 32), DeadlineKind.FIXED, stated=due_on, due_on=due_on, rule="before-day"
        ),
    )


def _due() -> date:
    """Return the day that is as many working days ahead as the first step of the ladder."""
    return default_calendar().add(TODAY, WORK_AHEAD)


def _name(number: int) -> str:
    return f"Đơn vị thứ {number}"
