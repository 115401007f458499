"""An office of one officer with a task: what is planned, sent and left out, day by day."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, true, update
from sqlmodel import col, select

from notifications.channels import ChannelName
from notifications.channels.memory import MemoryChannel
from notifications.outbox import OutboxState
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency, an_app
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.people import Role
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, ContactRow, LetterItemRow, OutboxRow

FRIDAY, MONDAY = date(2020, 4, 3), date(2020, 4, 6)
DUE = date(2020, 4, 8)
OLD, NEW = f"{AGENCY}-officer@hatinh.example", "new@sct.example.vn"


@dataclass(frozen=True)
class Office:
    """An officer and a task due on Wednesday; `app` is the program on a day."""

    engine: Engine
    folder: Path
    mail: MemoryChannel = field(default_factory=lambda: MemoryChannel(ChannelName.EMAIL), repr=False)
    chat: MemoryChannel = field(default_factory=lambda: MemoryChannel(ChannelName.ZALO), repr=False)

    def app(self, day: date) -> App:
        """Return the program on the morning of a day."""
        clock = StoppedClock(datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC))
        channels = {self.mail.name: self.mail, self.chat.name: self.chat}
        return replace(an_app(self.engine, self.folder), clock=clock, channels=channels)

    def contact(self, code: str = f"{AGENCY}-officer", **values: object) -> None:
        """Change what is known of a contact."""
        with transaction(self.engine) as session:
            session.execute(update(ContactRow).where(col(ContactRow.code) == code).values(**values))

    def work(self, *ids: int, **values: object) -> None:
        """Change the assignments given, or all."""
        chosen = col(AssignmentRow.id).in_(ids) if ids else true()
        with transaction(self.engine) as session:
            session.execute(update(AssignmentRow).where(chosen).values(**values))

    def another_task(self) -> int:
        """Give the agency one more task; return the row of its first."""
        with transaction(self.engine) as session:
            a_directive(session, a_draft(a_deadline(DUE)))
            return session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id))).first() or 0

    def items(self) -> list[tuple[str, str, OutboxState, str | None]]:
        """Return step, address, state and reason of each item in the order they were planned."""
        with reading(self.engine) as session:
            rows = session.exec(
                select(LetterItemRow, OutboxRow)
                .join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id))
                .order_by(col(LetterItemRow.id))
            )
            return [(item.step, letter.address, letter.state, item.left_out) for item, letter in rows]


def an_officer_with_a_task(engine: Engine, folder: Path) -> Office:
    """Put an officer and a task into a database."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY)
        a_directive(session, a_draft(a_deadline(DUE)))
    return Office(engine, folder)
