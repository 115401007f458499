"""Link a contact to the Zalo account that they write from, by a code; and let go of it again.

Zalo may tell a thing twice and late: a code is used once, and what was written before the newest link says
nothing about it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from sqlmodel import Session

from notifications.channels import ChannelName
from notifications.channels.zalo_oa import phone84
from notifications.channels.zalo_webhook import Event, TextMessage, Unfollow
from tracker.app import App
from tracker.clock import VIETNAM, instant, office_day, shown
from tracker.domain.link_codes import HOLDS_FOR, asks_to_stop, codes_in, hash_of, new_code, shown_code
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InvalidSetting, NotFound
from tracker.services.permits import allow
from tracker.store import accounts, link_codes
from tracker.store.action_links import CONTACT
from tracker.store.events import Act, Change, record
from tracker.store.link_codes import COLUMNS, Linkable
from tracker.store.session import reading, transaction

VIA: Final = "zalo"  # through what a person acts who writes to the office's account


class Told(StrEnum):
    """What became of an event that Zalo told us."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as it is shown, once, and until when it holds."""

    contact: str
    channel: ChannelName
    code: str
    expires_at: datetime


def give_code(session: Session, app: App, code: str, channel: ChannelName, *, act: Act) -> NewCode:
    """Make a code by which a contact links an account of theirs; earlier ones hold no longer.

    People make one for themselves; for others whoever keeps the register does. Raises NotFound for no such
    contact, Conflict for one out of use, InvalidSetting for a channel that is linked in another way,
    NotPermitted for who may not.
    """
    if channel not in COLUMNS:
        raise InvalidSetting("linking.not-by-code", channel=channel)
    found = _known(session, code)
    if not found.active:
        raise Conflict("linking.out-of-use", contact=code)
    if own_contact(session, act.actor) != code:
        act = allow(session, act, Deed.REGISTER)
    made = new_code(secrets.choice)
    now = instant(app.clock)
    link_codes.add_code(session, found.id, channel, hash_of(made), now=now, until=now + HOLDS_FOR)
    record(session, act, "link-code", ("contact", found.id), Change(after={"channel": channel}))
    return NewCode(code, channel, shown_code(made), now + HOLDS_FOR)


def own_contact(session: Session, login: str) -> str | None:
    """Return the code of the contact that an account belongs to, None for none."""
    return next((one.contact for one in accounts.entries(session) if one.login == login), None)


def take(app: App, event: Event) -> Told:
    """Do what a person told the office's account: a code links; «huỷ» and leaving unlink.

    The event must be known to come from Zalo. Nothing is written unless something changes.
    """
    match event:
        case TextMessage(channel=channel, reader=reader, text=text) if channel in COLUMNS:
            if asks_to_stop(text):
                return _let_go(app, channel, reader, event.at, event.key)
            return _linked(app, event)
        case Unfollow(reader=reader):
            return _let_go(app, ChannelName.ZALO_OA, reader, event.at, event.key)
        case _:
            return Told.NOTHING


def unlink(session: Session, code: str, channel: ChannelName, *, act: Act) -> bool:
    """Take a contact's address on a channel away; return whether there was one.

    Raises NotFound for no such contact, NotPermitted for who may not.
    """
    act = allow(session, act, Deed.REGISTER)
    link_codes.held(session)
    found = _known(session, code)
    if found.on(channel) is None or not found.active:
        return False
    _drop(session, found, channel, act, reason="by-command")
    return True


def consent(session: Session, code: str, phone: str | None, day: date | None, *, act: Act) -> Linkable:
    """Write down that somebody lets us write to their telephone number, since a day; None: no longer.

    Without a number the one that is kept stays. Raises InvalidSetting for what is no number of Viet Nam,
    Conflict where there is none, or for a day to come.
    """
    act = allow(session, act, Deed.REGISTER)
    found = _known(session, code)
    number = found.phone if phone is None else _phone(phone)
    if number is None:
        raise Conflict("linking.no-phone", contact=code)
    if day is not None and day > office_day(act.at):
        raise Conflict("act.future", day=shown(day))
    at = None if day is None else datetime.combine(day, time(0), tzinfo=VIETNAM)
    link_codes.put_consent(session, found.id, number, at)
    before = {"phone": found.phone, "consented_on": found.consented_on}
    change = Change(before, {"phone": number, "consented_on": day})
    record(session, act, "consent" if day else "consent-withdrawn", ("contact", found.id), change)
    return _known(session, code)


def _linked(app: App, event: TextMessage) -> Told:
    """Link the account that wrote to the contact whose code it wrote, if any."""
    hashes = [hash_of(code) for code in codes_in(event.text)]
    if not hashes:
        return Told.NOTHING
    with transaction(app.engine) as session:
        link_codes.held(session)
        now = instant(app.clock)
        tried = (link_codes.use_code(session, event.channel, one, now) for one in hashes)
        found = next((one for one in tried if one is not None), None)
        if found is None:
            return Told.NOTHING
        act = Act(CONTACT + found.code, VIA, now)
        for other in link_codes.with_address(session, event.channel, event.reader):
            if other.id != found.id:
                _drop(session, other, event.channel, act, reason="moved", to=found.code)
        link_codes.put_address(session, found.id, event.channel, event.reader, at=event.at, source=event.key)
        column = COLUMNS[event.channel]
        change = Change({column: found.on(event.channel)}, {column: event.reader, "source": event.key})
        record(session, act, "zalo-linked", ("contact", found.id), change)
        return Told.LINKED


def _let_go(app: App, channel: ChannelName, reader: str, at: datetime, source: str) -> Told:
    """Write no more to an account whose owner asked for that, unless it was linked again since."""
    with reading(app.engine) as session:
        if not link_codes.with_address(session, channel, reader):
            return Told.NOTHING
    with transaction(app.engine) as session:
        link_codes.held(session)
        linked = link_codes.with_address(session, channel, reader)
        late = [one for one in linked if one.linked_at is None or one.linked_at <= at]
        for one in late:
            act = Act(CONTACT + one.code, VIA, instant(app.clock))
            _drop(session, one, channel, act, reason="asked", source=source)
        return Told.UNLINKED if late else Told.NOTHING


def _drop(session: Session, found: Linkable, channel: ChannelName, act: Act, **said: str) -> None:
    """Take an address away, with its line of history."""
    column = COLUMNS[channel]
    stays = link_codes.drop_address(session, found.id, channel)
    before: Mapping[str, object] = {column: found.on(channel), "active": True}
    after = {column: None, "active": stays, **said} if stays else {"active": False, **said}
    record(session, act, "zalo-unlinked", ("contact", found.id), Change(dict(before), after))


def _known(session: Session, code: str) -> Linkable:
    found = link_codes.contact(session, code)
    if found is None:
        raise NotFound("linking.unknown-contact", contact=code)
    return found


def _phone(written: str) -> str:
    """Return a mobile number as Zalo takes it: 84 and nine digits."""
    found = phone84(written)
    if found is None:
        raise InvalidSetting("linking.not-a-phone", value=written[:40])
    return found
