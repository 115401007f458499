"""The Zalo Bot channel against the stand-in: what each answer means, and that the token shows nowhere."""

import io
import logging
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from notifications.channels import WhenUnknown
from notifications.channels.apprise_channel import AppriseChannel, _instantiate
from notifications.channels.known import zalo_channel
from notifications.channels.zalo_bot import send_message
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.zalo import MADE_UP, Fault, ZaloStandIn

CHAT = "e4ea2cd5189df1c3a88c"
TEXT = Letter("", "Kính gửi: Sở Công Thương.\nNhiệm vụ NV-2020-0311 …")


@pytest.fixture
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in that knows one chat."""
    with ZaloStandIn(chats={CHAT}) as zalo:
        yield zalo


def channel_to(zalo: ZaloStandIn, token: str = MADE_UP) -> AppriseChannel:
    """Return the channel to the stand-in."""
    return zalo_channel("tỉnh", secrets=lambda name: token if name == "tỉnh" else "", api=zalo.url)


def send(channel: AppriseChannel, letter: Letter = TEXT, chat: str = CHAT) -> Outcome:
    """Send a text to a chat."""
    return channel.send(letter, chat, message_id="abc@tinh.example.vn")


def test_a_text_arrives_as_it_was_written(zalo: ZaloStandIn) -> None:
    """The chat has the very text, and we have Zalo's id of it."""
    outcome = send(channel_to(zalo))

    assert outcome == Outcome.sent("m000001", code="200")
    assert [(one["chat_id"], one["text"]) for one in zalo.accepted] == [(CHAT, TEXT.text)]


@pytest.mark.parametrize(
    ("fault", "kind", "code", "down", "arrived"),
    [
        pytest.param(Fault("status", status=502), OutcomeKind.UNKNOWN, "502", False, 0, id="bad gateway"),
        pytest.param(
            Fault("status", status=408), OutcomeKind.UNKNOWN, "408", False, 0, id="time-out upstream"
        ),
        pytest.param(Fault("status", status=302), OutcomeKind.RETRY, "302", True, 0, id="a portal redirects"),
        pytest.param(
            Fault("status", status=407), OutcomeKind.MISCONFIGURED, "407", True, 0, id="proxy wants a login"
        ),
        pytest.param(
            Fault("status", status=404), OutcomeKind.MISCONFIGURED, "404", True, 0, id="wrong base URL"
        ),
        pytest.param(
            Fault("error", error_code=403), OutcomeKind.RETRY, "403", False, 0, id="mislabelled 403"
        ),
        pytest.param(Fault("error", error_code=400), OutcomeKind.REFUSED, "400", False, 0, id="bad request"),
        pytest.param(
            Fault("error", error_code=422), OutcomeKind.REFUSED, "422", False, 0, id="an unlisted refusal"
        ),
        pytest.param(
            Fault("error", error_code=500), OutcomeKind.UNKNOWN, "500", False, 0, id="an error of theirs"
        ),
        pytest.param(Fault("quota", seconds=7), OutcomeKind.RETRY, "429", True, 0, id="quota"),
        pytest.param(Fault("garbage"), OutcomeKind.UNKNOWN, "not-json", False, 0, id="200 that is no answer"),
        pytest.param(Fault("drop"), OutcomeKind.UNKNOWN, "no-answer", False, 0, id="broken off before"),
        pytest.param(
            Fault("lost-ack"), OutcomeKind.UNKNOWN, "no-answer", False, 1, id="broken off after accepting"
        ),
    ],
)
def test_each_answer_has_its_meaning(  # noqa: PLR0917 — a fixture and a row
    zalo: ZaloStandIn, fault: Fault, kind: OutcomeKind, code: str, down: bool, arrived: int
) -> None:
    """Each answer is told apart, and nothing is sent a second time by itself."""
    zalo.misbehave(fault)

    outcome = send(channel_to(zalo))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (kind, code, down)
    assert (zalo.state.requests, len(zalo.accepted)) == (1, arrived)


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [
        pytest.param(7, timedelta(seconds=7), id="as asked"),
        pytest.param(0, timedelta(seconds=60), id="a minute when nothing is asked"),
        pytest.param(90_000, timedelta(hours=1), id="an hour at most"),
    ],
)
def test_a_quota_says_how_long_to_wait(zalo: ZaloStandIn, seconds: int, wait: timedelta) -> None:
    """Retry-After is obeyed within reason."""
    zalo.misbehave(Fault("quota", seconds=seconds))

    assert send(channel_to(zalo)).retry_after == wait


def test_no_answer_in_time_is_not_a_failure_to_send(zalo: ZaloStandIn) -> None:
    """A slow API may have accepted the message: the outcome is unknown."""
    zalo.misbehave(Fault("delay", seconds=0.5))

    outcome = send_message(zalo.url, MADE_UP, CHAT, "chậm", timeouts=(1, 0.1))

    assert (outcome.kind, outcome.code) == (OutcomeKind.UNKNOWN, "no-answer")


def test_nobody_listening_is_certainly_not_sent() -> None:
    """A refused connection is the channel's trouble, and safe to repeat."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        outcome = send_message(f"http://127.0.0.1:{free.getsockname()[1]}", MADE_UP, CHAT, "x")

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.RETRY, "not-connected", True)


def test_a_failed_handshake_is_certainly_not_sent() -> None:
    """A server that speaks no TLS never saw the message."""
    with ZaloStandIn() as zalo:
        outcome = send_message(zalo.url.replace("http:", "https:"), MADE_UP, CHAT, "x")

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.RETRY, "not-connected", True)


@pytest.mark.parametrize(
    ("chat", "text", "code"),
    [
        pytest.param("nobody", "x", "400", id="a chat that does not exist"),
        pytest.param(CHAT, "", "text-length", id="an empty text"),
        pytest.param(CHAT, "x" * 2001, "text-length", id="a text too long"),
    ],
)
def test_what_zalo_will_never_take_is_refused(zalo: ZaloStandIn, chat: str, text: str, code: str) -> None:
    """Another try would be refused too."""
    outcome = send_message(zalo.url, MADE_UP, chat, text)

    assert (outcome.kind, outcome.code) == (OutcomeKind.REFUSED, code)


@pytest.mark.parametrize(
    ("token", "code"),
    [pytest.param("999:sai", "401", id="wrong"), pytest.param("", "no-credential", id="missing")],
)
def test_a_wrong_token_stops_the_channel(zalo: ZaloStandIn, token: str, code: str) -> None:
    """Only a person can mend it, so no other message is tried."""
    outcome = send(channel_to(zalo, token))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.MISCONFIGURED, code, True)


def test_a_base_url_that_is_none_stops_the_channel() -> None:
    """A slip in the settings is the operator's to mend."""
    outcome = send_message("ftp://zalo.example", MADE_UP, CHAT, "x")

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "bad-api-url")


def test_the_token_shows_in_no_log_and_no_outcome(zalo: ZaloStandIn) -> None:
    """With every logger wide open, after success, refusal and broken connections, nobody wrote the token."""
    secret = "777777:rat-bi-mat"
    zalo.state.tokens.add(secret)
    seen = io.StringIO()
    handler = logging.StreamHandler(seen)
    root = logging.getLogger()
    _instantiate()
    names = ("apprise", "urllib3", "urllib3.connectionpool", "requests", "notifications")
    levels = {name: logging.getLogger(name).level for name in names}
    root.addHandler(handler)
    try:
        root.setLevel(logging.DEBUG)
        for name in names:  # as somebody hunting a fault would do
            logging.getLogger(name).setLevel(logging.DEBUG)
        zalo.misbehave(Fault("garbage"), Fault("drop"), Fault("lost-ack"), Fault("status"))
        outcomes = [send(channel_to(zalo, secret)) for _ in range(6)]
        outcomes.append(send(channel_to(zalo, secret), chat="nobody"))
        gone = zalo_channel("tỉnh", secrets=lambda _: secret, api="http://127.0.0.1:1")
        outcomes.append(send(gone))
    finally:
        root.removeHandler(handler)
        root.setLevel(logging.WARNING)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    assert "sendMessage" in seen.getvalue()  # the request was logged, its token was not
    assert "rat-bi-mat" not in seen.getvalue() + repr(outcomes)


def test_a_doubtful_message_is_held(zalo: ZaloStandIn) -> None:
    """Zalo cannot tell a copy from a second message."""
    assert channel_to(zalo).when_unknown is WhenUnknown.HOLD


@pytest.mark.parametrize(
    ("method", "status"),
    [("getMe", 200), ("getUpdates", 408), ("getWebhookInfo", 404), ("sendmessage", 404), ("noSuch", 404)],
)
def test_the_stand_in_answers_as_documented(zalo: ZaloStandIn, method: str, status: int) -> None:
    """Names are case-sensitive; an empty long poll ends with 408; no webhook is 404."""
    requests = pytest.importorskip("requests")
    answer = requests.post(f"{zalo.url}/bot{MADE_UP}/{method}", json={}, timeout=5)

    assert answer.status_code == status
    assert answer.json()["ok"] is (status == 200)


def test_the_stand_in_is_steered_from_another_process(zalo: ZaloStandIn) -> None:
    """/_ctl sets tokens, chats and faults; /_state tells what arrived."""
    requests = pytest.importorskip("requests")
    orders = {"reset": True, "tokens": ["1:x"], "chats": None, "faults": [{"kind": "garbage"}]}
    requests.post(f"{zalo.url}/_ctl", json=orders, timeout=5)
    first, second = (send_message(zalo.url, "1:x", "anyone", "x") for _ in range(2))
    state = requests.get(f"{zalo.url}/_state", timeout=5).json()

    assert [first.kind, second.kind] == [OutcomeKind.UNKNOWN, OutcomeKind.SENT]
    assert [one["chat_id"] for one in state["accepted"]] == ["anyone"]
