"""An office in which letters wait in the outbox: planned by hand, so that a test says what they are about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, update
from sqlmodel import col, select

from notifications.channels import ChannelName, WhenUnknown
from notifications.channels.mail import message_id_for
from notifications.channels.memory import MemoryChannel
from notifications.messages import DeadlineReminder, Letter
from notifications.outbox import DeliveryReport
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency, an_app
from tracker.app import App
from tracker.clock import VIETNAM
from tracker.domain.accounts import Account, StandIn
from tracker.domain.people import AccountRole, Role
from tracker.services.delivery import deliver
from tracker.store import accounts, step_notes
from tracker.store.accounts import AccountEntry
from tracker.store.letters import NewItem, NewLetter, enqueue
from tracker.store.session import reading, transaction
from tracker.store.step_notes import StepNote
from tracker.store.tables import AssignmentRow, ContactRow, LetterItemRow, OutboxRow

DUE = date(2020, 4, 8)
FRIDAY = date(2020, 4, 3)
MORNING = datetime(2020, 4, 3, 8, 0, tzinfo=VIETNAM)


@dataclass
class MovableClock:
    """A clock that a test, or a channel in the middle of its work, moves."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        """Return the moment in the office's zone."""
        return self.moment.astimezone(VIETNAM)


@dataclass
class Office:
    """One agency with an officer and a head, the secretariat, a task due on the 8th, and three channels."""

    app: App
    clock: MovableClock
    mail: MemoryChannel
    chat: MemoryChannel
    zns: MemoryChannel
    people: Mapping[str, int] = field(default_factory=dict)

    def queue(self, who: str, channel: str = ChannelName.EMAIL, **values: object) -> int:
        """Put a letter about the task into the outbox; return its row."""
        step = str(values.pop("step", "before-3"))
        items = bool(values.pop("items", True))
        with transaction(self.app.engine) as session:
            contact = session.get_one(ContactRow, self.people[who])
            work = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).first()
            assert work is not None
            where = {"email": contact.email, "zalo": contact.zalo_chat_id, "zns": contact.phone}
            key = f"digest:{who}:{channel}:2020-04-03:{step}"
            item = NewItem(
                assignment_id=work.id or 0,
                deadline_version=work.deadline_version,
                ladder_version=1,
                step=step,
                contact_id=contact.id or 0,
                role=contact.role,
                kind=DeadlineReminder.kind,
            )
            new = NewLetter(
                key=key,
                kind=DeadlineReminder.kind,
                letter=Letter("" if channel != "email" else "Nhắc việc", "Nhắc việc\nKính gửi …"),
                channel=channel,
                address=str(where[channel]),
                message_id=message_id_for(key, "x.vn"),
                now=MORNING.astimezone(UTC),
                business_date=FRIDAY,
                contact_id=contact.id,
                items=(item,) if items else (),
            )
            queued = enqueue(session, new)
            assert queued is not None
            if values:
                session.execute(update(OutboxRow).where(col(OutboxRow.id) == queued.id).values(**values))
            return queued.id

    def deliver(self, **options: bool) -> DeliveryReport:
        """Send what is due."""
        return deliver(self.app, **options)  # type: ignore[arg-type]  # options as given

    def change(self, who: str, **values: object) -> None:
        """Change what is known of a contact."""
        with transaction(self.app.engine) as session:
            session.execute(update(ContactRow).where(col(ContactRow.id) == self.people[who]).values(**values))

    def work(self, **values: object) -> None:
        """Change the task."""
        with transaction(self.app.engine) as session:
            session.execute(update(AssignmentRow).values(**values))

    def row(self, number: int) -> OutboxRow:
        """Return a letter."""
        with reading(self.app.engine) as session:
            return session.get_one(OutboxRow, number)

    def rows(self) -> list[OutboxRow]:
        """Return every letter."""
        with reading(self.app.engine) as session:
            return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    def left_out(self) -> list[str | None]:
        """Return why each item was left out."""
        with reading(self.app.engine) as session:
            return list(session.exec(select(LetterItemRow.left_out).order_by(col(LetterItemRow.id))))

    def notes(self, who: str) -> list[tuple[str, str]]:
        """Return what became of the steps for somebody, and why."""
        with reading(self.app.engine) as session:
            found: list[StepNote] = step_notes.of_reader(session, self.people[who], FRIDAY)
            return [(note.outcome, note.reason) for note in found]

    def stands_in(self, who: str, substitute: str, begin: date, until: date) -> None:
        """Let somebody stand in for somebody, both with accounts of their own."""
        role = AccountRole.AGENCY_OFFICER
        with transaction(self.app.engine) as session:
            agency = session.exec(select(ContactRow.agency_id).where(col(ContactRow.agency_id) > 0)).first()
            held = []
            for login in (who, substitute):
                entry = AccountEntry(login=login, name=login, role=role, agency=AGENCY)
                number = accounts.save(session, entry, agency, self.people[login], at=MORNING)
                held.append(Account(id=number, login=login, name=login, role=role, agency_id=agency))
            accounts.substitute(session, StandIn(account=held[0], from_on=begin, to_on=until), held[1].id, "")

    def later(self, **by: int) -> None:
        """Let time pass."""
        self.clock.moment += timedelta(**by)


def an_office_with_letters(engine: Engine, folder: Path) -> Office:
    """Put the office into a database."""
    with transaction(engine) as session:
        an_agency(session)
        people = {
            "officer": a_contact(session, Role.OFFICER, AGENCY, code="officer", zalo_chat_id="chat-officer"),
            "colleague": a_contact(session, Role.OFFICER, AGENCY, code="colleague", zalo_chat_id="chat-two"),
            "head": a_contact(session, Role.HEAD, AGENCY, code="head"),
            "secretariat": a_contact(session, Role.SECRETARIAT, code="secretariat"),
        }
        a_directive(session, a_draft(a_deadline(DUE)))
    mail = MemoryChannel(ChannelName.EMAIL)
    chat = MemoryChannel(ChannelName.ZALO, WhenUnknown.HOLD)
    zns = MemoryChannel(ChannelName.ZNS, WhenUnknown.HOLD)
    clock = MovableClock()
    app = replace(an_app(engine, folder), clock=clock, channels={one.name: one for one in (mail, chat, zns)})
    return Office(app, clock, mail, chat, zns, people)


Change = Callable[[Office], None]
