"""What Zalo tells us by web hook: is it really Zalo, and what happened. Pure; nothing is kept here.

Zalo may tell a thing twice and in any order: `key` is the same for every copy, `at` says when it happened.

Bot, https://bot.zaloplatforms.com/docs/webhook/: the header X-Bot-Api-Secret-Token holds the secret that was
given to setWebhook. OA, https://developers.zalo.me/docs/official-account/webhook/: the header
X-ZEvent-Signature holds mac = sha256(app id + body + timestamp of the body + the OA's secret key), a plain
digest; the key is the one of the web hook's page, not that of the app.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from types import MappingProxyType
from typing import Any, Final

from notifications.channels import ChannelName

BOT_HEADER: Final = "X-Bot-Api-Secret-Token"
OA_HEADER: Final = "X-ZEvent-Signature"
_MAC: Final = "mac="


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A person wrote to the Bot or the OA; `reader` is the address that an answer goes to."""

    channel: ChannelName
    key: str
    at: datetime
    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class Follow:
    """A person follows the OA from now on."""

    key: str
    at: datetime
    reader: str


@dataclass(frozen=True, slots=True)
class Unfollow:
    """A person follows the OA no longer: nothing more may be sent to them."""

    key: str
    at: datetime
    reader: str


@dataclass(frozen=True, slots=True)
class Received:
    """A message of ours reached a phone; `tracking_id` names a message by template, else it is empty."""

    key: str
    at: datetime
    reader: str
    message_id: str
    tracking_id: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person has opened messages of ours."""

    key: str
    at: datetime
    reader: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """An event that means nothing to us: a sticker, a group, the echo of our own message."""

    key: str
    at: datetime
    name: str


Event = TextMessage | Follow | Unfollow | Received | Seen | Other


def bot_secret_is_right(header: str | None, secret: str) -> bool:
    """Tell whether a call comes from who was given the secret; nobody knows an empty one."""
    return bool(secret) and compare_digest(_bytes(header or ""), _bytes(secret))


def oa_signature(body: bytes, *, app_id: str, secret_key: str) -> str:
    """Return the header that Zalo sends with a body."""
    stamp = str(_json(body).get("timestamp", ""))
    signed = b"".join((_bytes(app_id), body, _bytes(stamp), _bytes(secret_key)))
    return _MAC + sha256(signed).hexdigest()


def oa_signature_is_right(header: str | None, body: bytes, *, app_id: str, secret_key: str) -> bool:
    """Tell whether a body was signed with the OA's secret key; nobody knows an empty one."""
    if not (app_id and secret_key):
        return False
    expected = oa_signature(body, app_id=app_id, secret_key=secret_key)
    return compare_digest(_bytes((header or "").strip().lower()), _bytes(expected))


def parse_bot(body: bytes) -> Event | None:
    """Read what the Bot was told; None for what is no event. A group is nobody's own address."""
    told = _json(body)
    result = _part(told, "result") or told
    message = _part(result, "message")
    name, number = _word(result, "event_name"), _word(message, "message_id")
    at = _moment(message.get("date"))
    if not (name and number) or at is None:
        return None
    key, chat = f"{ChannelName.ZALO}:{number}", _part(message, "chat")
    private = _word(chat, "chat_type") == "PRIVATE" and not _part(message, "from").get("is_bot")
    reader, text = _word(chat, "id"), _word(message, "text")
    if name == "message.text.received" and private and reader and text:
        return TextMessage(ChannelName.ZALO, key, at, reader, text)
    return Other(key, at, name)


def parse_oa(body: bytes) -> Event | None:
    """Read what the OA was told; None for what is no event."""
    told = _json(body)
    name, at = _word(told, "event_name"), _moment(told.get("timestamp"))
    if not name or at is None:
        return None
    event = _KINDS[name](told, at) if name in _KINDS else None
    return event or Other(_key(told, sha256(body).hexdigest()[:16]), at, name)


def _text(told: Mapping[str, Any], at: datetime) -> Event | None:
    reader, message = _word(_part(told, "sender"), "id"), _part(told, "message")
    text, number = _word(message, "text"), _word(message, "msg_id")
    if not (reader and text and number):
        return None
    return TextMessage(ChannelName.ZALO_OA, _key(told, number), at, reader, text)


def _follow(told: Mapping[str, Any], at: datetime) -> Event | None:
    reader = _word(_part(told, "follower"), "id")  # not user_id_by_app: that one cannot be written to
    made = Follow if told["event_name"] == "follow" else Unfollow
    return made(_key(told, f"{reader}:{_word(told, 'timestamp')}"), at, reader) if reader else None


def _received(told: Mapping[str, Any], at: datetime) -> Event | None:
    """Read a receipt; that of a message by template tells when it arrived, which may be long ago."""
    reader, message = _word(_part(told, "recipient"), "id"), _part(told, "message")
    number = _word(message, "msg_id")
    if not number:
        return None
    arrived = _moment(message.get("delivery_time")) or at
    return Received(_key(told, number), arrived, reader, number, _word(message, "tracking_id"))


def _seen(told: Mapping[str, Any], at: datetime) -> Event | None:
    message = _part(told, "message")
    listed = message.get("msg_ids")
    numbers = tuple(_word({"": one}, "") for one in listed) if isinstance(listed, list) else ()
    if not any(numbers):
        return None
    return Seen(_key(told, ",".join(numbers)), at, _word(_part(told, "recipient"), "id"), numbers)


_KINDS: Final[Mapping[str, Callable[[Mapping[str, Any], datetime], Event | None]]] = MappingProxyType(
    {
        "user_send_text": _text,
        "follow": _follow,
        "unfollow": _follow,
        "user_received_message": _received,
        "user_seen_message": _seen,
    }
)


def _key(told: Mapping[str, Any], number: str) -> str:
    return f"{ChannelName.ZALO_OA}:{_word(told, 'event_name')}:{number}"


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):  # RecursionError: brackets without end
        return {}
    return told if isinstance(told, dict) else {}


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _word(told: Mapping[str, Any], name: str) -> str:
    """Return a word or number as text that any database can keep; nothing for anything else."""
    word = told.get(name)
    if isinstance(word, bool) or not isinstance(word, str | int):
        return ""
    return str(word).replace("\0", "").encode(errors="replace").decode()


def _bytes(word: str) -> bytes:
    """Encode whatever a header or a body may hold: halves of characters too."""
    return word.encode(errors="surrogatepass")


def _moment(milliseconds: object) -> datetime | None:
    """Read a moment that Zalo writes in milliseconds, as a number or as text."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | str):
        return None
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
