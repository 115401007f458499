"""How the channels stand, and a test message through one of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from sqlmodel import Session

from notifications.breaker import BreakerState
from notifications.channels import Channel, ChannelName
from notifications.channels.allowed import refusal
from notifications.channels.mail import is_address, message_id_for
from notifications.channels.zalo_oa import phone84
from notifications.messages import Letter
from notifications.outcome import Outcome
from tracker.app import App
from tracker.clock import shown, today
from tracker.domain.masking import masked
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InvalidSetting
from tracker.phrasebook import say
from tracker.services.channel_setup import NEEDS, ZALO_ACCOUNT, missing
from tracker.services.permits import allow
from tracker.settings import Settings
from tracker.store import address_exceptions, channel_log, channel_states
from tracker.store.channel_log import LastTry
from tracker.store.channel_tokens import SqlTokenStore
from tracker.store.events import Act, Change, record
from tracker.store.session import reading, transaction

CODE: Final = "THU-KENH"  # what a test message has in place of a task's code
_BY_ACCOUNT: Final = frozenset({ChannelName.ZNS, ChannelName.ZALO_OA})
_ENTITY: Final = ("channel", 0)  # a channel has a name and no number


@dataclass(frozen=True, slots=True)
class Standing:
    """A channel: what it still needs, how its last letter fared, what waits, and what keeps it shut."""

    channel: ChannelName
    set_up: bool
    missing: tuple[str, ...]  # variables
    waiting: int  # letters
    last: LastTry | None
    rest: BreakerState
    token_until: datetime | None  # of the Official Account, once there is one


@dataclass(frozen=True, slots=True)
class Tested:
    """What became of a test message; the address as it may be shown."""

    channel: ChannelName
    address: str
    message_id: str
    outcome: Outcome


def standings(app: App) -> list[Standing]:
    """Return each channel there is, set up or not."""
    token_until = SqlTokenStore(app.engine).load(ZALO_ACCOUNT).expires_at
    with reading(app.engine) as session:
        rests = channel_states.of_channels(session)
        return [
            Standing(
                channel=channel,
                set_up=channel in app.channels,
                missing=missing(app.settings, channel),
                waiting=channel_log.waiting(session, channel),
                last=channel_log.last_try(session, channel),
                rest=rests.get(channel, BreakerState()),
                token_until=token_until if channel in _BY_ACCOUNT else None,
            )
            for channel in NEEDS
        ]


def send_test(app: App, name: str, address: str, *, act: Act) -> Tested:
    """Send one message that says it is a test; it is no letter of the outbox and is not repeated.

    Raises InvalidSetting for no such channel or address, Conflict for a channel that is not set up or an
    address that letters may not go to, NotPermitted for who may not.
    """
    channel, sender = _usable(app, name)
    to = _address(channel, address.strip())
    told = {"channel": str(channel), "to": _told(channel, to)}
    with transaction(app.engine) as session:
        act = allow(session, act, Deed.LETTERS)
        _check_allowed(session, app, channel, to)
        record(session, act, "channel-test", _ENTITY, Change(after=told))
    message_id = message_id_for(f"test:{uuid4()}", app.settings.message_id_domain)
    try:
        outcome = sender.send(_letter(channel, app), to, message_id=message_id)
    finally:
        sender.close()
    with transaction(app.engine) as session:
        said = {**told, "outcome": str(outcome.kind), "code": outcome.code}
        record(session, act, "channel-tested", _ENTITY, Change(after=said))
    return Tested(channel, told["to"], message_id, outcome)


def _usable(app: App, name: str) -> tuple[ChannelName, Channel]:
    if name not in set(ChannelName):
        raise InvalidSetting("channels.unknown", channel=name, known=", ".join(ChannelName))
    channel = ChannelName(name)
    if channel not in app.channels:
        needed = ", ".join(missing(app.settings, channel))
        raise Conflict("channels.not-set-up", channel=say(f"channel.{channel}"), missing=needed)
    return channel, app.channels[channel]


def _address(channel: ChannelName, written: str) -> str:
    """Return an address as its channel takes it."""
    if channel is ChannelName.EMAIL and not is_address(written):
        raise InvalidSetting("channels.not-an-address", address=written)
    if channel is ChannelName.ZNS:
        if (number := phone84(written)) is None:
            raise InvalidSetting("channels.not-a-phone", address=written)
        return number
    if not written or any(sign.isspace() for sign in written):
        raise InvalidSetting("channels.not-an-address", address=written)
    return written


def _check_allowed(session: Session, app: App, channel: ChannelName, address: str) -> None:
    """Keep a mail to where letters may go; a test is no way round that."""
    domains = app.settings.official_domains
    if channel is ChannelName.EMAIL and refusal(address, domains, address_exceptions.in_force(session)):
        raise Conflict("channels.not-allowed", address=address, domains=", ".join(domains))


def _told(channel: ChannelName, address: str) -> str:
    """Return what history keeps of an address: a URL of Apprise may hold secrets, a number is a person's."""
    if channel is ChannelName.APPRISE:
        return address.partition("://")[0] + "://…"
    return address if channel is ChannelName.EMAIL else masked(address)


def _letter(channel: ChannelName, app: App) -> Letter:
    """Write the message; by template it is the four lines that the template takes."""
    settings, day = app.settings, today(app.clock)
    if channel is ChannelName.ZNS:
        return Letter("", _lines(settings, day))
    text = say("channels.test-text", settings.lang, day=shown(day), office=say("office.name", settings.lang))
    chat = channel in {ChannelName.ZALO, ChannelName.ZALO_OA}
    return Letter("" if chat else say("channels.test-subject", settings.lang), text)


def _lines(settings: Settings, day: date) -> str:
    params = {
        "code": CODE,
        "title": say("channels.test-subject", settings.lang),
        "due_on": shown(day),
        "link": settings.public_url,
    }
    return "\n".join(f"{name}: {value}" for name, value in params.items())
