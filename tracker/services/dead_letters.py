"""What a person does about letters that ended dead or in doubt: send again, or say what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from notifications.channels import ChannelName
from notifications.channels.mail import message_id_for
from notifications.outbox import OutboxState
from tracker.app import App
from tracker.clock import instant
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, NotFound
from tracker.phrasebook import say
from tracker.services.permits import allow
from tracker.store import dead_letters
from tracker.store.events import Act, Change, record
from tracker.store.tables import OutboxRow

ENDED: Final = frozenset({OutboxState.DEAD, OutboxState.UNKNOWN})
ARRIVED, LOST = "settled-arrived", "settled-lost"


@dataclass(frozen=True, slots=True)
class Again:
    """A letter that is sent again: the row that is queued now, and whether it is a new occurrence."""

    letter: int
    queued: int
    channel: str
    address: str

    @property
    def anew(self) -> bool:
        """Tell whether it goes out under a key and a Message-ID of its own."""
        return self.letter != self.queued


def send_again(session: Session, app: App, numbers: Iterable[int], *, act: Act) -> list[Again]:
    """Queue letters once more; right before they leave it is asked as always whether they are still true.

    What may have arrived on a channel where a copy cannot be told apart goes as a new occurrence, under a key
    and a Message-ID of its own, and the doubtful one is closed. An e-mail keeps its Message-ID, by which its
    reader's server knows a copy; so does what certainly never arrived. Raises NotFound for no such letter,
    Conflict for one that is under way, sent or dropped, NotPermitted for who may not.
    """
    act = allow(session, act, Deed.LETTERS)
    return [_again(session, app, _ended(session, number, ENDED), act) for number in dict.fromkeys(numbers)]


def settle(session: Session, number: int, *, arrived: bool, act: Act) -> OutboxState:
    """Write down what became of a letter in doubt, as a person has found out; return where it stands now.

    Raises NotFound for no such letter, Conflict for one that is not in doubt, NotPermitted for who may not.
    """
    act = allow(session, act, Deed.LETTERS)
    row = _ended(session, number, frozenset({OutboxState.UNKNOWN}))
    row.state, row.last_code = (OutboxState.SENT, ARRIVED) if arrived else (OutboxState.DEAD, LOST)
    row.sent_at = dead_letters.last_begun(session, number) if arrived else None
    session.add(row)
    change = Change({"state": OutboxState.UNKNOWN}, {"state": row.state, "code": row.last_code})
    record(session, act, row.last_code, ("letter", number), change)
    return row.state


def _again(session: Session, app: App, row: OutboxRow, act: Act) -> Again:
    number, state, now = row.id or 0, row.state, instant(app.clock)
    if state is OutboxState.UNKNOWN and row.channel != ChannelName.EMAIL:
        key = f"{row.key}:again-{dead_letters.copies(session, row) + 1}"
        message_id = message_id_for(key, app.settings.message_id_domain)
        queued = dead_letters.queue_copy(session, row, key=key, message_id=message_id, now=now)
    else:
        queued = number
        dead_letters.put_back(session, row, now)
    change = Change({"state": state}, {"state": row.state, "queued": queued})
    record(session, act, dead_letters.SENT_AGAIN, ("letter", number), change)
    return Again(number, queued, row.channel, row.address)


def _ended(session: Session, number: int, states: frozenset[OutboxState]) -> OutboxRow:
    """Return a letter in one of some states, and keep others from changing it."""
    row = dead_letters.held(session, number)
    if row is None:
        raise NotFound("letters.unknown", number=number)
    if row.state not in states:
        code = "letters.not-ended" if OutboxState.DEAD in states else "letters.not-in-doubt"
        raise Conflict(code, number=number, state=say(f"letter-state.{row.state}"))
    return row
