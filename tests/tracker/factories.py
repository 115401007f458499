"""Documents, tasks and people for tests: each argument is what a test is about, the rest is usual."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session

from directives.model import AgencyMention, Deadline, DeadlineKind, Span, TaskDraft
from notifications.channels import ChannelName, WhenUnknown
from notifications.messages import Letter
from notifications.outcome import Outcome
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.ladder import DEFAULT_LADDER, Ladder
from tracker.domain.people import Role
from tracker.services.approval import approve
from tracker.settings import Settings
from tracker.store import contacts, directives, register, tasks
from tracker.store.contacts import Contact
from tracker.store.directives import NewDirective
from tracker.store.events import Act
from tracker.store.register import AgencyEntry, Dated
from tracker.store.session import transaction
from tracker.store.tasks import Lead

MOMENT: Final = datetime(2020, 4, 3, 7, 0, tzinfo=UTC)
CLOCK: Final = StoppedClock(MOMENT)
AGENCY: Final = "so-cong-thuong"
_numbers = count(1)


@dataclass
class KeptChannel:
    """A channel that keeps letters instead of sending them."""

    name: str = ChannelName.EMAIL
    when_unknown: WhenUnknown = WhenUnknown.RESEND
    sent: list[tuple[str, Letter]] = field(default_factory=list)

    def send(self, letter: Letter, address: str, *, message_id: str) -> Outcome:
        """Keep a letter."""
        self.sent.append((address, letter))
        return Outcome.sent(message_id)

    def close(self) -> None:
        """Have nothing to let go of."""


STEPS_ONLY: Final = replace(
    DEFAULT_LADDER,
    steps=tuple(replace(step, also=()) for step in DEFAULT_LADDER.steps),
    standing=MappingProxyType({}),
)
"""The usual steps and nothing else: no digest of what stands or has changed, no request for explanation."""


def an_app(
    engine: Engine,
    folder: Path,
    *,
    channels: Iterable[str] = tuple(ChannelName),
    ladder: Ladder = STEPS_ONLY,
) -> App:
    """Build the tracker's parts on a test's database, with every channel set up."""
    return App(
        settings=Settings(data_dir=folder, database_url=str(engine.url), send_hours="always"),
        engine=engine,
        clock=CLOCK,
        ladder=ladder,
        channels={str(name): KeptChannel(str(name)) for name in channels},
    )


def a_deadline(due_on: date | None, kind: DeadlineKind = DeadlineKind.FIXED) -> Deadline:
    """Build a deadline whose last on-time day is given."""
    return Deadline("trước ngày …", Span(20, 32), kind, stated=due_on, due_on=due_on, rule="before-day")


def a_draft(deadline: Deadline | None = None, **values: Any) -> TaskDraft:
    """Build a task as a reader would propose it."""
    usual: dict[str, Any] = {
        "item": "3",
        "leads": (a_mention(),),
        "coordinators": (),
        "recipient": None,
        "action": "tham mưu UBND tỉnh hỗ trợ một phần kinh phí",
        "text": "Sở Công Thương: tham mưu UBND tỉnh hỗ trợ một phần kinh phí trước ngày …",
        "span": Span(0, 40),
        "confidence": 0.97,
    }
    return TaskDraft(**{**usual, **values, "deadline": deadline})


def a_mention(name: str = "Sở Công Thương", code: str | None = AGENCY) -> AgencyMention:
    """Build the mention of an agency."""
    return AgencyMention(name, name, code, Span(0, len(name)))


def a_directive(session: Session, *drafts: TaskDraft, approved: bool = True, **values: Any) -> int:
    """Keep a document with its tasks, each given to the agencies it names; return its row number."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "sha256": f"{number:064x}",
        "identity": f"{number}",
        "number": f"{number}/TB-UBND",
        "issued_on": date(2020, 4, 3),
        "issuer": "UBND tỉnh Hà Tĩnh",
        "genre": "notice",
        "subject": "Kết luận tại buổi làm việc về mô hình công nghiệp nông thôn",
        "signer": None,
        "text": "Sở Công Thương: tham mưu UBND tỉnh hỗ trợ một phần kinh phí trước ngày …",
        "file_name": f"{number}.txt",
        "format": "txt",
        "pages": None,
        "stored_as": f"00/{number}.txt",
        "doubts": [],
        "taken_in_at": MOMENT,
        "taken_in_by": "test",
    }
    directive_id = directives.add(session, NewDirective(**{**usual, **values}))
    if directive_id is None:
        raise AssertionError("this document is already there")
    known = register.ids(session)
    for ordinal, draft in enumerate(drafts, start=1):
        task_id = tasks.add(session, directive_id, f"NV-2020-{number:04d}-{ordinal}", ordinal, draft)
        for mention in draft.leads:
            lead = Lead(mention, mention.name, known.get(mention.code or ""))
            tasks.give(session, task_id, lead, draft, act=Act("test", "cli", MOMENT))
    if approved:
        approve(session, directive_id, actor="test", clock=CLOCK)
    return directive_id


def an_agency(session: Session, code: str = AGENCY, name: str = "Sở Công Thương", **values: Any) -> int:
    """Put an agency into the register; aliases and groups without days are its own at all times."""
    for given, kept in (("aliases", "other_names"), ("groups", "memberships")):
        values[kept] = tuple(map(Dated, values.pop(given, ()))) or values.get(kept, ())
    entry = AgencyEntry(**{"code": code, "name": name, "kind": "department", **values})
    number = register.save(session, entry)
    register.tie(session, entry, register.ids(session))
    return number


def a_contact(session: Session, role: Role, agency: str | None = None, **values: Any) -> int:
    """Put somebody into the contacts."""
    code = values.pop("code", f"{agency or 'office'}-{role}")
    usual: dict[str, Any] = {"name": code, "email": f"{code}@hatinh.example"}
    known = register.ids(session)
    return contacts.save(
        session, Contact(code=code, role=role, agency=agency, **{**usual, **values}), known.get(agency or "")
    )


def an_office(engine: Engine) -> None:
    """Fill the register with one agency, its officer and head, and the roles of the office."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY)
        a_contact(session, Role.HEAD, AGENCY)
        for role in (Role.CHIEF_OF_OFFICE, Role.VICE_CHAIR, Role.CHAIRMAN):
            a_contact(session, role)
