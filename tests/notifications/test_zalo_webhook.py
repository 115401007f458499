"""Web hooks of Zalo: only the real one is believed, and each event becomes one value however it comes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels import ChannelName
from notifications.channels.zalo_webhook import (
    BOT_HEADER,
    OA_HEADER,
    Event,
    Follow,
    Other,
    Received,
    Seen,
    TextMessage,
    Unfollow,
    bot_secret_is_right,
    oa_signature,
    oa_signature_is_right,
    parse_bot,
    parse_oa,
)
from notifications.standins.zalo import Account
from notifications.standins.zalo_caller import ZaloCaller

ACCOUNT = Account()
BOT_SECRET = "made-up-bot-secret"
CHAT, USER = "e4ea2cd5189df1c3a88c", "2512523625412515"
KEYS = {"app_id": ACCOUNT.app_id, "secret_key": ACCOUNT.secret_key}


@dataclass(slots=True)
class Office:
    """An endpoint as an office would have it: it believes what is signed, and takes each event once."""

    told: dict[str, Event] = field(default_factory=dict)
    copies: int = 0
    refused: int = 0

    def take(self, headers: Any, body: bytes) -> int:
        """Check and keep one call; return the status to answer with."""
        if OA_HEADER in headers:
            event = parse_oa(body) if oa_signature_is_right(headers[OA_HEADER], body, **KEYS) else None
        else:
            event = parse_bot(body) if bot_secret_is_right(headers[BOT_HEADER], BOT_SECRET) else None
        if event is None:
            self.refused += 1
            return 403
        self.copies += event.key in self.told
        self.told[event.key] = event
        return 200

    def follows(self, user: str) -> bool:
        """Tell whether a user follows, by what happened last, not by what was told last."""
        moves = [
            one for one in self.told.values() if isinstance(one, Follow | Unfollow) and one.reader == user
        ]
        return isinstance(max(moves, key=lambda one: one.at), Follow)


@contextmanager
def listening() -> Iterator[tuple[Office, str]]:
    """Run the endpoint; give what it keeps, and its URL."""
    office = Office()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take one call."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(office.take(self.headers, body))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield office, f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_what_zalo_tells_becomes_values() -> None:
    """A code sent to the Bot, one to the OA, a follower, a receipt, and messages that were opened."""
    with listening() as (office, url):
        zalo = ZaloCaller(url, ACCOUNT, BOT_SECRET)
        sent = {"msg_id": "zns000001", "tracking_id": "0a1b2c"}
        events = [
            zalo.bot_text(CHAT, "K7MZ-4P2Q"),
            zalo.text(USER, "Đã nhận"),
            zalo.follow(USER),
            zalo.received(USER, sent),
            zalo.received(USER, {"message_id": "oa000001"}),
            zalo.seen(USER, "oa000001", "zns000001"),
        ]
        assert zalo.call_all(events) == [200] * 6

    bot, text, follow, receipt, other_receipt, seen = office.told.values()
    assert isinstance(bot, TextMessage)
    assert (bot.channel, bot.reader, bot.text) == (ChannelName.ZALO, CHAT, "K7MZ-4P2Q")
    assert isinstance(text, TextMessage)
    assert (text.channel, text.reader, text.text) == (ChannelName.ZALO_OA, USER, "Đã nhận")
    assert isinstance(follow, Follow)
    assert follow.reader == USER  # not the id by app, which cannot be written to
    assert isinstance(receipt, Received)
    assert (receipt.message_id, receipt.tracking_id) == ("zns000001", "0a1b2c")
    assert isinstance(other_receipt, Received)
    assert (other_receipt.message_id, other_receipt.tracking_id) == ("oa000001", "")
    assert isinstance(seen, Seen)
    assert seen.message_ids == ("oa000001", "zns000001")
    assert [one.at for one in office.told.values()] == sorted(one.at for one in office.told.values())


def test_what_is_not_signed_right_is_not_believed() -> None:
    """A wrong mac, a wrong secret: nothing is kept."""
    with listening() as (office, url):
        zalo = ZaloCaller(url, ACCOUNT, BOT_SECRET)
        answers = [
            zalo.call(zalo.text(USER, "x"), right=False),
            zalo.call(zalo.bot_text(CHAT, "x"), right=False),
            ZaloCaller(url, Account(secret_key="another")).call(zalo.text(USER, "x")),
            ZaloCaller(url, Account(app_id="another")).call(zalo.text(USER, "x")),
            ZaloCaller(url, bot_secret="another").call(zalo.bot_text(CHAT, "x")),
        ]

    assert answers == [403] * 5
    assert (office.told, office.refused) == ({}, 5)


def test_a_copy_is_known_by_its_key() -> None:
    """Zalo tells again what it thinks was not heard; two texts alike are two all the same."""
    with listening() as (office, url):
        zalo = ZaloCaller(url, ACCOUNT, BOT_SECRET)
        events = [
            zalo.text(USER, "x"),
            zalo.text(USER, "x"),
            zalo.bot_text(CHAT, "x"),
            zalo.follow(USER),
            zalo.received(USER, {"msg_id": "zns000001", "tracking_id": "t"}),
            zalo.seen(USER, "a", "b"),
        ]
        zalo.call_all(events * 3)

    assert (len(office.told), office.copies) == (6, 12)


def test_what_happened_last_counts_not_what_was_told_last() -> None:
    """A person left, and the news of their coming arrives after it."""
    with listening() as (office, url):
        zalo = ZaloCaller(url, ACCOUNT, BOT_SECRET)
        came, left = zalo.follow(USER), zalo.follow(USER, still=False)
        zalo.call_all([left, came])
        assert not office.follows(USER)
        zalo.call(zalo.follow(USER))
        assert office.follows(USER)


def test_the_signature_is_the_documented_digest() -> None:
    """A plain SHA-256 of app id, body as it came, timestamp and key, one behind the other."""
    body = '{"event_name": "follow",  "timestamp": "154390853474", "x": "Sở"}'.encode()
    digest = sha256(b"1234567890" + body + b"154390853474" + b"made-up-webhook-key").hexdigest()

    assert oa_signature(body, **KEYS) == f"mac={digest}"
    assert oa_signature_is_right(f"mac={digest}", body, **KEYS)
    assert not oa_signature_is_right(f"mac={digest}", body.replace(b"  ", b" "), **KEYS)
    assert not oa_signature_is_right(digest, body, **KEYS)


@pytest.mark.parametrize("header", [None, "", "mac=", "ü", "mac=ü"])
def test_a_call_without_proof_is_nobodys(header: str | None) -> None:
    """Also where no secret is set up: an empty one is known to everybody."""
    body = b'{"timestamp": "1"}'

    assert not bot_secret_is_right(header, BOT_SECRET)
    assert not bot_secret_is_right(header, "")
    assert not oa_signature_is_right(header, body, **KEYS)
    assert not oa_signature_is_right(
        oa_signature(body, app_id="", secret_key=""), body, app_id="", secret_key=""
    )
    assert not oa_signature_is_right(
        oa_signature(body, app_id="1", secret_key=""), body, app_id="1", secret_key=""
    )


@pytest.mark.parametrize(
    ("event", "name"),
    [
        pytest.param(
            ZaloCaller("").bot_text(CHAT, "x", chat_type="GROUP"), "message.text.received", id="group"
        ),
        pytest.param(
            {
                "ok": True,
                "result": {
                    "event_name": "message.sticker.received",
                    "message": {"message_id": "1", "date": 1_790_000_000_000, "chat": {"id": CHAT}},
                },
            },
            "message.sticker.received",
            id="sticker",
        ),
    ],
)
def test_what_comes_from_a_group_or_says_nothing_links_nobody(event: dict[str, Any], name: str) -> None:
    """A code read out in a group must not make the group somebody's own address."""
    got = parse_bot(json.dumps(event).encode())

    assert isinstance(got, Other)
    assert got.name == name


def test_an_echo_of_our_own_message_means_nothing() -> None:
    """The OA is told what it sent itself."""
    body = b'{"event_name": "oa_send_text", "timestamp": "1790000000000", "message": {"msg_id": "1"}}'
    got = parse_oa(body)

    assert isinstance(got, Other)
    assert got.name == "oa_send_text"


def test_a_receipt_tells_when_the_message_arrived() -> None:
    """By template, the delivery may be older than the news of it."""
    message = {"msg_id": "1", "tracking_id": "t", "delivery_time": "1790000000000"}
    told = {"event_name": "user_received_message", "timestamp": "1790000900000", "message": message}
    got = parse_oa(json.dumps(told).encode())

    assert isinstance(got, Received)
    assert got.at == datetime.fromtimestamp(1_790_000_000, UTC)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("event_name", "timestamp", "sender", "recipient", "follower", "message", "result", "id", "msg_ids")
WORDS = st.sampled_from(("user_send_text", "follow", "user_seen_message", "user_received_message", "1", ""))
LIKELY = st.recursive(
    JSON | WORDS, lambda inner: st.dictionaries(st.sampled_from(NAMES), inner, max_size=6), max_leaves=12
)


@given(body=st.binary(max_size=60) | LIKELY.map(lambda told: json.dumps(told).encode()))
def test_no_body_breaks_the_reading(body: bytes) -> None:
    """Whatever comes is an event or none; checking its signature answers yes or no."""
    for parse in (parse_bot, parse_oa):
        event = parse(body)
        assert event is None or (event.key and event.at.tzinfo is UTC)
    assert oa_signature_is_right("mac=0", body, **KEYS) is False


def test_half_a_character_and_a_nul_are_no_trouble() -> None:
    """What no database keeps is not handed on, and cannot break the check of a signature."""
    body = (
        b'{"event_name": "user_send_text", "timestamp": "1790000000000", "sender": {"id": "u\\u0000"},'
        b' "message": {"msg_id": "1", "text": "a\\ud83d\\u0000b"}}'
    )
    got = parse_oa(body)

    assert isinstance(got, TextMessage)
    assert (got.reader, got.text) == ("u", "a?b")
    assert not oa_signature_is_right("mac=\ud83d", b'{"timestamp": "\\ud83d"}', **KEYS)
    assert not bot_secret_is_right("\ud83d", BOT_SECRET)


def test_brackets_without_end_are_no_event() -> None:
    """Nesting deeper than the reader goes is nothing, not a crash."""
    assert parse_oa(b"[" * 100_000) is None
    assert parse_bot(b'{"a":' * 100_000) is None
