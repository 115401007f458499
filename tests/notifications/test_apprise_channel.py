"""Apprise is the channel layer: our plugins are Apprise plugins, and any other service is a plain channel."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from threading import Thread
from typing import Any

import pytest

from notifications.channels.apprise_channel import AppriseChannel, _instantiate
from notifications.channels.known import plain_channel
from notifications.outcome import OutcomeKind
from tests.notifications.letters import letter


@contextmanager
def web_hook(status: int) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Run a web hook that answers with a status; give its address and what it was sent."""
    received: list[tuple[str, bytes]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Keep the body."""
            received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    "url",
    [
        "dondocmail://mail.example.vn:587/bd%40sct.example.vn?from=a%40b.vn&name=V%C4%83n%20ph%C3%B2ng&tls=starttls",
        "dondocmail://mail.example.vn:25/bd%40sct.example.vn?from=a%40b.vn&user=u%40b.vn&secret=smtp&rto=3",
        "zalobot://t%E1%BB%89nh@bot/e4ea2cd5189df1c3a88c",
        "zalobot://tinh@bot/e4ea?api=http%3A%2F%2F127.0.0.1%3A8080",
        "zalooa://tinh/2512523625412515",
        "zalooa://tinh/2512523625412515?api=http%3A%2F%2F127.0.0.1%3A1&oauth=http%3A%2F%2F127.0.0.1%3A2",
        "zns://tinh/240001/84912345678?oauth=http%3A%2F%2F127.0.0.1%3A2",
    ],
)
def test_our_urls_come_back_from_apprise_unchanged(url: str) -> None:
    """A plugin made of a URL writes a URL that makes the same plugin."""
    plugin = _instantiate()(url)
    again = _instantiate()(plugin.url())

    assert again.url() == plugin.url()
    for part in url.partition("?")[2].split("&"):
        assert part in plugin.url()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("dondocmail://mail.example.vn:25/?from=a%40b.vn", id="mail to nobody"),
        pytest.param(
            "dondocmail://mail.example.vn:25/a%40b.vn?from=a%40b.vn&tls=maybe", id="unknown protection"
        ),
        pytest.param("dondocmail://mail.example.vn:25/a%40b.vn?from=a%40b.vn&rto=soon", id="no number"),
        pytest.param("zalobot://bot/e4ea", id="no credential"),
        pytest.param("zalobot://tinh@bot/", id="no chat"),
        pytest.param("zalooa:///123", id="no credential of an OA"),
        pytest.param("zalooa://tinh/", id="no user"),
        pytest.param("zns://tinh/240001", id="no phone"),
        pytest.param("zns:///240001/84912345678", id="no credential for a template"),
    ],
)
def test_an_unusable_url_makes_no_plugin(url: str) -> None:
    """What cannot be used is refused at once."""
    assert _instantiate()(url) is None


def test_the_private_form_of_a_url_names_no_reader() -> None:
    """Addresses and chats are personal data: Apprise's private form shortens them."""
    mail = _instantiate()("dondocmail://h:25/bd%40sct.example.vn?from=a%40b.vn")
    chat = _instantiate()("zalobot://tinh@bot/e4ea2cd5189df1c3a88c")
    user = _instantiate()("zalooa://tinh/2512523625412515")
    phone = _instantiate()("zns://tinh/240001/84912345678")

    assert "sct.example" not in mail.url(privacy=True)
    assert "e4ea2cd5189df1c3a88c" not in chat.url(privacy=True)
    assert "2512523625412515" not in user.url(privacy=True)
    assert "84912345678" not in phone.url(privacy=True)
    assert "240001" in phone.url(privacy=True)


def test_our_plugins_send_letters_only() -> None:
    """Called without a letter at hand, they refuse: a message without a stable id must not leave."""
    plugin = _instantiate()("dondocmail://127.0.0.1:1/a%40b.vn?from=a%40b.vn")

    assert plugin.notify(title="x", body="y") is False


def test_our_plugins_keep_no_pace_of_their_own() -> None:
    """The outbox sets the pace; Apprise's 5.5 seconds between messages would stretch a run to hours."""
    for url in ("dondocmail://h:25/a%40b.vn?from=a%40b.vn", "zalobot://tinh@bot/e4ea"):
        assert _instantiate()(url).request_rate_per_sec == 0


def test_any_apprise_url_is_a_plain_channel() -> None:
    """A letter goes to a web hook by Apprise's own json:// plugin."""
    with web_hook(200) as (host, received):
        outcome = plain_channel().send(letter(), f"json://{host}/", message_id="abc@x.vn")

    assert outcome.kind is OutcomeKind.SENT
    assert json.loads(received[0][1])["title"] == letter().subject


def test_a_plain_channel_that_fails_is_tried_again() -> None:
    """Apprise says no more than «failed», and most failures pass."""
    with web_hook(500) as (host, _):
        outcome = plain_channel().send(letter(), f"json://{host}/", message_id="abc@x.vn")

    assert (outcome.kind, outcome.code) == (OutcomeKind.RETRY, "apprise-failed")


def test_a_secret_is_filled_in_when_the_letter_is_sent() -> None:
    """The URL an operator writes names the secret; the secret itself is only in what is sent."""
    with web_hook(200) as (host, received):
        channel = AppriseChannel(
            "hook", f"json://{host}/{{secret:hook}}/{{address}}", secrets={"hook": "k/1"}.__getitem__
        )
        outcome = channel.send(letter(), "sở-ct", message_id="abc@x.vn")

    assert outcome.kind is OutcomeKind.SENT
    assert received[0][0].startswith("/k")
    assert "k/1" not in channel._url


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        pytest.param("{address}", OutcomeKind.REFUSED, id="the address is at fault"),
        pytest.param("no-such-service://{address}", OutcomeKind.RETRY, id="the channel's URL is"),
    ],
)
def test_what_apprise_cannot_use_is_said(url: str, kind: OutcomeKind) -> None:
    """A bad address kills its own letter; a bad channel URL kills none."""
    assert plain_channel(url).send(letter(), "no-such-service://x", message_id="abc@x.vn").kind is kind


def test_apprise_is_not_loaded_before_the_first_letter() -> None:
    """Importing channels and outbox stays quick: Apprise comes with the first sending."""
    code = "import sys, notifications.channels.known, notifications.deliver; print('apprise' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"


def test_our_schemas_are_known_to_apprise() -> None:
    """All our plugins are registered beside Apprise's own."""
    _instantiate()
    schemas = import_module("apprise").Apprise().details()["schemas"]

    ours = {entry["service_name"] for entry in schemas if "Đôn Đốc" in str(entry["service_name"])}
    assert ours == {"Đôn Đốc Mail", "Zalo Bot (Đôn Đốc)", "Zalo OA (Đôn Đốc)", "Zalo ZNS (Đôn Đốc)"}
