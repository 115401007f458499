"""Take in the mail that came back: note it once, and mark addresses that letters no longer reach.

Nothing is ever answered, and nothing here writes a letter: an answer to an automatic answer is how loops
begin. Anybody can send a mail that looks like a bounce, so only one about a letter of ours counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from sqlmodel import Session

from notifications.inbound.mailboxes import Mailbox, Maildir, MailUnreadable, imap_folder, look_through
from notifications.inbound.values import AutoReply, Bounce, Inbound
from tracker.app import App
from tracker.clock import instant
from tracker.domain.bounces import BounceKind
from tracker.domain.people import EmailState
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InvalidSetting, NotFound, Unavailable
from tracker.services.permits import allow
from tracker.settings import Settings
from tracker.store import bounces
from tracker.store.bounces import NewMail
from tracker.store.events import SYSTEM_NAME, Act, Change, record
from tracker.store.session import transaction

VIA: Final = "run"
ENOUGH: Final = 2  # hard bounces after which an address is not written to
LOOKED_BACK: Final = timedelta(days=7)  # for the letter of a bounce that does not name it
IMAP: Final = "imaps"
IMAP_PORT: Final = 993


@dataclass(slots=True)
class TakenIn:
    """What looking through a mailbox found; `known` was taken in before, `marked` are contacts."""

    mails: int = 0
    hard: int = 0
    soft: int = 0
    auto_replies: int = 0
    other: int = 0
    known: int = 0
    marked: int = 0

    def count(self, kind: BounceKind) -> None:
        """Count a mail that was new."""
        match kind:
            case BounceKind.HARD:
                self.hard += 1
            case BounceKind.SOFT:
                self.soft += 1
            case BounceKind.AUTO_REPLY:
                self.auto_replies += 1
            case BounceKind.OTHER:
                self.other += 1


def take_in(app: App, mailbox: str | None = None) -> TakenIn:
    """Take in what is new in a mailbox, the office's where none is named; each mail in its own transaction.

    Raises InvalidSetting for no mailbox at all, Unavailable for one that cannot be read now.
    """
    named = mailbox or app.settings.mailbox
    if not named:
        raise InvalidSetting("inbound.no-mailbox")
    done = TakenIn()
    try:
        with _opened(app.settings, named) as place:
            done.mails = look_through(place, lambda found: _take(app, found, done))
    except MailUnreadable as error:
        raise Unavailable("inbound.unreadable", why=error) from error
    return done


def clear(session: Session, code: str, reason: str, *, act: Act) -> None:
    """Write to a contact's address again although mail came back from it.

    Raises NotFound for no such contact, Conflict where nothing is held against its address, InvalidSetting
    for no reason, NotPermitted for who may not.
    """
    act = allow(session, act, Deed.LETTERS)
    reader = bounces.reader_named(session, code)
    if reader is None:
        raise NotFound("inbound.unknown-contact", contact=code)
    if reader.state is EmailState.OK:
        raise Conflict("inbound.nothing-to-clear", contact=code)
    why = " ".join(reason.split())
    if not why:
        raise InvalidSetting("inbound.no-reason", contact=code)
    bounces.put_state(session, reader.id, EmailState.OK, 0)
    change = Change({"email_state": reader.state}, {"email_state": EmailState.OK, "reason": why})
    record(session, act, "email-cleared", ("contact", reader.id), change)


def _take(app: App, found: Inbound, done: TakenIn) -> None:
    """Note one mail, and mark the contact that it is about."""
    now, mail = instant(app.clock), _mail(found)
    with transaction(app.engine) as session:
        contact_id, counts = _whose(session, mail, now)
        counts = counts and mail.kind is BounceKind.HARD
        if counts and contact_id is not None and mail.message_id is not None:
            counts = not bounces.told_of(session, contact_id, mail.message_id)
        is_new = bounces.keep(session, mail, contact_id, now)
        marked = is_new and counts and contact_id is not None and _mark(session, contact_id, mail, now)
    if is_new:
        done.count(mail.kind)
        done.marked += marked
    else:
        done.known += 1


def _mail(found: Inbound) -> NewMail:
    match found:
        case Bounce():
            return NewMail(
                source_key=found.source_key,
                kind=BounceKind(found.kind.value),
                address=found.address,
                message_id=_of_letter(found),
                status=found.status,
                detail=found.detail,
            )
        case AutoReply():
            return NewMail(
                source_key=found.source_key,
                kind=BounceKind.AUTO_REPLY,
                address=found.address,
                message_id=found.message_id,
                detail=found.detail,
            )
        case _:
            return NewMail(source_key=found.source_key, kind=BounceKind.OTHER, detail=found.detail)


def _of_letter(found: Bounce) -> str | None:
    """Return the Message-ID that a bounce gives back; the reader's own address in brackets is none."""
    given = found.message_id
    return None if given is None or given.strip("<>").lower() == found.address.lower() else given


def _whose(session: Session, mail: NewMail, now: datetime) -> tuple[int | None, bool]:
    """Return which contact a mail is about, and whether it may be held against its address.

    It may where it gives back a letter of ours to that address; where a server gives none back, if one was
    sent there in the last days.
    """
    if not mail.address:
        return None, False
    here = bounces.readers_at(session, mail.address)
    if mail.message_id is not None:
        letter = bounces.reader_of_letter(session, mail.message_id)
        if letter is None:
            return (here[0] if here else None), False
        contact_id, address = letter
        same = address.lower() == mail.address.lower()
        return contact_id, same and contact_id in here
    for contact_id in here:
        if bounces.written_since(session, contact_id, mail.address, now - LOOKED_BACK):
            return contact_id, True
    return (here[0] if here else None), False


def _mark(session: Session, contact_id: int, mail: NewMail, now: datetime) -> bool:
    """Count a hard bounce against an address, and say so in history where that changes how it stands."""
    reader = bounces.hold_reader(session, contact_id)
    if (reader.email or "").lower() != mail.address.lower():
        return False
    count = reader.hard_bounces + 1
    state = EmailState.BOUNCING if count >= ENOUGH else EmailState.DOUBTFUL
    bounces.put_state(session, contact_id, state, count)
    if state is reader.state:
        return False
    change = Change(
        {"email_state": reader.state},
        {"email_state": state, "status": mail.status, "detail": mail.detail},
    )
    record(session, Act(SYSTEM_NAME, VIA, now), f"email-{state}", ("contact", contact_id), change)
    return True


@contextmanager
def _opened(settings: Settings, named: str) -> Iterator[Mailbox]:
    """Open a maildir by its folder, or a folder of an IMAP server by its URL."""
    url = urlsplit(named)
    if url.scheme != IMAP:
        if "://" in named:
            raise InvalidSetting("inbound.no-such-kind", kind=url.scheme)
        yield Maildir(Path(named))
        return
    user, password = unquote(url.username or ""), settings.mailbox_password.get_secret_value()
    if url.password or not (url.hostname and user):
        raise InvalidSetting("inbound.imap-url")
    folder = unquote(url.path.strip("/")) or "INBOX"
    with imap_folder(url.hostname, url.port or IMAP_PORT, user, password, folder) as place:
        yield place
