"""The channels of the Official Account and of templates against the stand-in, fault by fault."""

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from notifications.channels import WhenUnknown
from notifications.channels.apprise_channel import AppriseChannel, _instantiate
from notifications.channels.known import zalo_oa_channel, zns_channel
from notifications.channels.zalo_oa import phone84, send_text, tracking_id
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.zalo import Fault, ZaloStandIn
from tests.notifications.token_stores import CREDENTIAL, MemoryTokens, living, secrets_of

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # 12:00 in Viet Nam
USER, PHONE = "2512523625412515", "84912345678"
MESSAGE_ID = "<0a1b2c3d4e5f60718293a4b5c6d7e8f9@dondoc.tinh.example.vn>"
NUDGE = Letter("", "NV-2020-0311 đến hạn 08/04/2020: https://dondoc.example.vn/nhiem-vu/NV-2020-0311")
PARAMS = {
    "code": "NV-2020-0311",
    "title": "Phương án cấp điện các khu tái định cư",
    "due_on": "08/04/2020",
    "link": "https://dondoc.example.vn/nhiem-vu/NV-2020-0311",
}
FILLED = Letter("", "\n".join(f"{name}: {value}" for name, value in PARAMS.items()))


@pytest.fixture
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in at noon."""
    with ZaloStandIn(now=lambda: NOON) as zalo:
        yield zalo


@pytest.fixture
def tokens(zalo: ZaloStandIn) -> MemoryTokens:
    """Keep the account's tokens, good for a day."""
    return MemoryTokens(living(zalo.account))


def channel_to(api: str, zalo: ZaloStandIn, tokens: MemoryTokens) -> AppriseChannel:
    """Return the channel of an API to the stand-in."""
    secrets = secrets_of(zalo.account)
    if api == "oa":
        return zalo_oa_channel(CREDENTIAL, secrets=secrets, tokens=tokens, api=zalo.url, oauth=zalo.url)
    return zns_channel(CREDENTIAL, "240001", secrets=secrets, tokens=tokens, api=zalo.url, oauth=zalo.url)


def send(api: str, zalo: ZaloStandIn, tokens: MemoryTokens) -> Outcome:
    """Send one letter to the usual reader."""
    letter, address = (NUDGE, USER) if api == "oa" else (FILLED, PHONE)
    return channel_to(api, zalo, tokens).send(letter, address, message_id=MESSAGE_ID)


def arrived(api: str, zalo: ZaloStandIn) -> int:
    """Count what the stand-in took."""
    return len(zalo.state.oa_accepted if api == "oa" else zalo.state.zns_accepted)


def test_a_text_arrives_with_its_user(zalo: ZaloStandIn, tokens: MemoryTokens) -> None:
    """The user has the very text, and we have Zalo's id of it."""
    assert send("oa", zalo, tokens) == Outcome.sent("oa000001", code="0")
    assert [(one["user_id"], one["text"]) for one in zalo.state.oa_accepted] == [(USER, NUDGE.text)]


def test_a_template_arrives_with_its_phone(zalo: ZaloStandIn, tokens: MemoryTokens) -> None:
    """Exactly the four parameters leave, under a tracking id that leads back to the letter."""
    assert send("zns", zalo, tokens) == Outcome.sent("zns000001", code="0")
    (sent,) = zalo.state.zns_accepted
    assert (sent["phone"], sent["template_id"], sent["template_data"]) == (PHONE, "240001", PARAMS)
    assert sent["tracking_id"] == "0a1b2c3d4e5f60718293a4b5c6d7e8f9" == tracking_id(MESSAGE_ID)


@pytest.mark.parametrize("api", ["oa", "zns"])
@pytest.mark.parametrize(
    ("fault", "kind", "code", "down", "taken"),
    [
        pytest.param(Fault("status", status=502), OutcomeKind.UNKNOWN, "502", False, 0, id="bad gateway"),
        pytest.param(Fault("status", status=302), OutcomeKind.RETRY, "302", True, 0, id="a portal redirects"),
        pytest.param(Fault("status", status=404), OutcomeKind.MISCONFIGURED, "404", True, 0, id="wrong URL"),
        pytest.param(
            Fault("status", status=407), OutcomeKind.MISCONFIGURED, "407", True, 0, id="proxy login"
        ),
        pytest.param(Fault("quota", seconds=7), OutcomeKind.RETRY, "429", True, 0, id="too many requests"),
        pytest.param(Fault("garbage"), OutcomeKind.UNKNOWN, "not-json", False, 0, id="200 that is no answer"),
        pytest.param(Fault("drop"), OutcomeKind.UNKNOWN, "no-answer", False, 0, id="broken off before"),
        pytest.param(Fault("lost-ack"), OutcomeKind.UNKNOWN, "no-answer", False, 1, id="broken off after"),
    ],
)
def test_each_fault_has_its_meaning_and_nothing_is_sent_twice(  # noqa: PLR0917 — a fixture and a row
    zalo: ZaloStandIn,
    tokens: MemoryTokens,
    api: str,
    fault: Fault,
    kind: OutcomeKind,
    code: str,
    down: bool,
    taken: int,
) -> None:
    """What may have been taken is unknown; everything else is known not to be."""
    zalo.misbehave(Fault(fault.kind, api=api, status=fault.status, seconds=fault.seconds))
    outcome = send(api, zalo, tokens)

    assert (outcome.kind, outcome.code, outcome.channel_down) == (kind, code, down)
    assert (zalo.state.calls[api], zalo.state.calls["oauth"], arrived(api, zalo)) == (1, 0, taken)
    assert outcome.fall_back is (kind is OutcomeKind.UNKNOWN)


@pytest.mark.parametrize("api", ["oa", "zns"])
@pytest.mark.parametrize("how", ["expired", "rotated"])
def test_a_dead_token_is_renewed_once_and_the_letter_arrives(
    zalo: ZaloStandIn, tokens: MemoryTokens, api: str, how: str
) -> None:
    """Expired early, or changed by another process that has kept the new ones: the letter does not suffer."""
    if how == "expired":
        zalo.account.expires_at = NOON
    else:
        zalo.account.access = "access-x"  # ended by Zalo; our refresh token is still good
    outcome = send(api, zalo, tokens)

    assert outcome.kind is OutcomeKind.SENT
    assert (zalo.state.calls[api], zalo.state.calls["oauth"], arrived(api, zalo)) == (2, 1, 1)
    assert tokens.tokens.access == zalo.account.access


@pytest.mark.parametrize("api", ["oa", "zns"])
def test_tokens_rotated_behind_our_back_stop_the_channel(
    zalo: ZaloStandIn, tokens: MemoryTokens, api: str
) -> None:
    """Another program with the same app took our refresh token: a person must authorize it anew."""
    zalo.account.rotate(NOON)
    outcome = send(api, zalo, tokens)

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "authorize-anew")
    assert (outcome.channel_down, outcome.fall_back, arrived(api, zalo)) == (True, True, 0)


@pytest.mark.parametrize("api", ["oa", "zns"])
def test_rotated_and_dropped_stops_the_channel_with_its_own_code(
    zalo: ZaloStandIn, tokens: MemoryTokens, api: str
) -> None:
    """The answer with the new tokens is lost: nothing is sent, and what may have happened is said."""
    zalo.account.expires_at = NOON
    zalo.misbehave(Fault("lost-ack", api="oauth"))
    outcome = send(api, zalo, tokens)

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "refresh-unanswered")
    assert (outcome.channel_down, outcome.fall_back, arrived(api, zalo)) == (True, True, 0)


def test_who_does_not_follow_gets_it_another_way(zalo: ZaloStandIn, tokens: MemoryTokens) -> None:
    """Not a follower: the contact is looked at, the letter falls back."""
    zalo.account.followers = {"somebody else"}
    outcome = send("oa", zalo, tokens)

    assert (outcome.kind, outcome.code) == (OutcomeKind.REFUSED, "-213")
    assert (outcome.bad_address, outcome.fall_back) == (True, True)


def test_who_was_silent_for_a_week_keeps_the_contact(zalo: ZaloStandIn, tokens: MemoryTokens) -> None:
    """The window is closed for this letter only; the person may write again."""
    zalo.account.last_words[USER] = NOON - timedelta(days=8)
    outcome = send("oa", zalo, tokens)

    assert (outcome.kind, outcome.code) == (OutcomeKind.REFUSED, "-230")
    assert (outcome.bad_address, outcome.fall_back) == (False, True)


@pytest.mark.parametrize(
    ("hour", "code"),
    [(0, "-133"), (5, "-133"), (6, "0"), (21, "0"), (22, "-133"), (23, "-133")],
)
def test_templates_keep_the_night(hour: int, code: str) -> None:
    """From 22:00 to 06:00 in Viet Nam the channel waits for the morning."""
    moment = datetime(2026, 11, 25, hour, 30, tzinfo=UTC) - timedelta(hours=7)
    with ZaloStandIn(now=lambda: moment) as zalo:
        outcome = send("zns", zalo, MemoryTokens(living(zalo.account)))

    assert outcome.code == code
    if code == "-133":
        assert (outcome.kind, outcome.channel_down, outcome.fall_back) == (OutcomeKind.RETRY, True, False)
        assert timedelta(0) < (outcome.retry_after or timedelta(0)) <= timedelta(hours=9)


def test_when_the_quota_is_used_up_the_rest_goes_another_way_today(
    zalo: ZaloStandIn, tokens: MemoryTokens
) -> None:
    """Two of three fit into the quota; the third waits for nobody."""
    zalo.account.left = 2
    outcomes = [send("zns", zalo, tokens) for _ in range(3)]

    assert [one.code for one in outcomes] == ["0", "0", "-144"]
    assert (outcomes[2].fall_back, outcomes[2].channel_down) == (True, True)


@pytest.mark.parametrize("phone", ["0212345678", "84123", "bd@sct.example.vn", "+1 912 345 678", "9x2345678"])
def test_what_is_no_phone_is_never_asked_about(zalo: ZaloStandIn, tokens: MemoryTokens, phone: str) -> None:
    """A bad number is the contact's trouble; no call and no money is spent on it."""
    outcome = channel_to("zns", zalo, tokens).send(FILLED, phone, message_id=MESSAGE_ID)

    assert (outcome.kind, outcome.code, outcome.bad_address) == (OutcomeKind.REFUSED, "bad-phone", True)
    assert zalo.state.calls.total() == 0


@pytest.mark.parametrize(
    "written", ["84912345678", "+84912345678", "0912345678", "912345678", "0912 345 678", "(+84) 912-345.678"]
)
def test_a_number_may_be_written_in_several_ways(written: str) -> None:
    """As people write it; Zalo wants 84…."""
    assert phone84(written) == PHONE


def test_a_phone_without_zalo_gets_it_another_way(zalo: ZaloStandIn, tokens: MemoryTokens) -> None:
    """No account under the number: the contact is looked at."""
    zalo.account.no_zalo = {PHONE}
    outcome = send("zns", zalo, tokens)

    assert (outcome.code, outcome.bad_address, outcome.fall_back) == ("-118", True, True)


def test_a_text_that_is_too_short_or_too_long_is_never_sent(zalo: ZaloStandIn, tokens: MemoryTokens) -> None:
    """The OA takes 1 to 2000 characters; of those it would not take, it is not asked."""
    long = channel_to("oa", zalo, tokens).send(Letter("", "x" * 2001), USER, message_id=MESSAGE_ID)
    empty = send_text(zalo.url, zalo.account.access, USER, "")

    assert [(one.kind, one.code) for one in (long, empty)] == [(OutcomeKind.REFUSED, "text-length")] * 2
    assert zalo.state.calls.total() == 0


@pytest.mark.parametrize("api", ["oa", "zns"])
def test_a_doubtful_message_is_held(zalo: ZaloStandIn, tokens: MemoryTokens, api: str) -> None:
    """Neither takes an idempotency key: a copy would be a second message."""
    assert channel_to(api, zalo, tokens).when_unknown is WhenUnknown.HOLD


@pytest.mark.parametrize("api", ["oa", "zns"])
def test_no_secret_shows_in_a_log_or_an_outcome(zalo: ZaloStandIn, tokens: MemoryTokens, api: str) -> None:
    """With every logger wide open, after success, faults and refreshes, nobody wrote a token or a secret."""
    seen = io.StringIO()
    handler = logging.StreamHandler(seen)
    root = logging.getLogger()
    _instantiate()
    names = ("apprise", "urllib3", "urllib3.connectionpool", "requests", "notifications")
    levels = {name: logging.getLogger(name).level for name in names}
    root.addHandler(handler)
    try:
        root.setLevel(logging.DEBUG)
        for name in names:
            logging.getLogger(name).setLevel(logging.DEBUG)
        zalo.misbehave(*(Fault(kind, api=api) for kind in ("garbage", "drop", "lost-ack", "status")))
        outcomes = [send(api, zalo, tokens) for _ in range(5)]
        zalo.account.access = "access-x"
        outcomes.append(send(api, zalo, tokens))
        zalo.account.rotate(NOON)
        outcomes.append(send(api, zalo, tokens))
    finally:
        root.removeHandler(handler)
        root.setLevel(logging.WARNING)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    assert [one.kind for one in outcomes[-2:]] == [OutcomeKind.SENT, OutcomeKind.MISCONFIGURED]
    assert "POST" in seen.getvalue()  # the requests were logged
    shown = seen.getvalue() + repr(outcomes)
    for secret in ("access-1", "access-2", "refresh-1", "refresh-2", zalo.account.app_secret):
        assert secret not in shown


def test_without_a_place_for_tokens_the_channel_is_not_set_up(zalo: ZaloStandIn) -> None:
    """A slip in the wiring stops the channel, not the run."""
    channel = AppriseChannel("zalo-oa", f"zalooa://{CREDENTIAL}/{{address}}", secrets=lambda _: "x")

    outcome = channel.send(NUDGE, USER, message_id=MESSAGE_ID)
    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "no-token-store")
