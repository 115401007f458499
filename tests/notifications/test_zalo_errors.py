"""Every documented error code of Zalo has its action, and the action is what comes out of the channel."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from notifications.channels.apprise_channel import AppriseChannel
from notifications.channels.known import zalo_channel, zalo_oa_channel, zns_channel
from notifications.channels.zalo_errors import FEW_TRIES, RULES, Action, Api, rule_for
from notifications.channels.zalo_http import whole_number
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.zalo import MADE_UP, Fault, ZaloStandIn
from tests.notifications.token_stores import CREDENTIAL, MemoryTokens, living, secrets_of

# The documented codes, with the class of what is done: R again, T new token, F another way, X the contact is
# no good, C the channel stops, D later, B our mistake, U unknown; «+F»: another way as well, or at last.
DOCUMENTED = """
bot B: 400
bot C: 401 404
bot R+F: 403
bot U: 408 500 502 503
bot D: 429
oa D: -32
oa R+F: -200
oa B: -201 -210 -233
oa C: -204 -205 -209 -212 -219 -221 -223 -224 -235 -242 -248 -320 -321
oa C+F: -211
oa X: -213 -217 -227 -244
oa T: -216 -220
oa F: -218 -230 -231 -232
oa D: -234
zns R+F: -100
zns C: -101 -102 -103 -104 -105 -106 -117 -120 -131 -135 -1351 -136 -138 -140 -145 -146
zns X: -108 -118 -119 -139 -141
zns B: -109 -111 -112 -1121 -1122 -1124 -113 -116 -121 -122 -130 -132 -153
zns F: -110 -114
zns C+F: -115 -137
zns T: -124
zns C: -1241 -126 -127
zns D: -133
zns D+F: -144 -147 -1441 -1471 -160
"""
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # 12:00 in Viet Nam
PHONE, CHAT, USER = "84912345678", "e4ea2cd5189df1c3a88c", "2512523625412515"
PARAMS = Letter(
    "", "code: NV-1\ntitle: Phương án cấp điện\ndue_on: 25/11/2026\nlink: https://x.example.vn/1\n"
)


@dataclass(frozen=True, slots=True)
class Documented:
    """One code as documented."""

    api: Api
    code: int
    action: Action
    fall_back: bool


def documented() -> list[Documented]:
    """Read the table above."""
    found: list[Documented] = []
    for line in DOCUMENTED.split("\n"):
        if row := re.fullmatch(r"(\w+) (\w)(\+F)?: ([-\d ]+)", line):
            api, action, also, codes = row.groups()
            found.extend(
                Documented(Api(api), int(code), Action(action), also is not None) for code in codes.split()
            )
    return found


@pytest.fixture(scope="module")
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in at noon."""
    with ZaloStandIn(now=lambda: NOON) as zalo:
        yield zalo


def channel_of(api: Api, zalo: ZaloStandIn, tokens: MemoryTokens) -> tuple[AppriseChannel, str]:
    """Return the channel of an API, and an address on it."""
    secrets = secrets_of(zalo.account)
    if api is Api.BOT:
        return zalo_channel("bot", secrets=lambda _: MADE_UP, api=zalo.url), CHAT
    if api is Api.OA:
        made = zalo_oa_channel(CREDENTIAL, secrets=secrets, tokens=tokens, api=zalo.url, oauth=zalo.url)
        return made, USER
    made = zns_channel(CREDENTIAL, "240001", secrets=secrets, tokens=tokens, api=zalo.url, oauth=zalo.url)
    return made, PHONE


def answered(api: Api, code: int, zalo: ZaloStandIn, *, times: int = 1) -> Outcome:
    """Send a letter that is answered with a code."""
    zalo.state.reset()
    zalo.misbehave(Fault("error", times=times, error_code=code, api=api))
    channel, address = channel_of(api, zalo, MemoryTokens(living(zalo.account)))
    return channel.send(PARAMS, address, message_id="<abc@tinh.example.vn>")


EXPECTED = {
    Action.RETRY: (OutcomeKind.RETRY, False),
    Action.TOKEN: (OutcomeKind.MISCONFIGURED, True),
    Action.FALL_BACK: (OutcomeKind.REFUSED, False),
    Action.BAD_CONTACT: (OutcomeKind.REFUSED, False),
    Action.CHANNEL: (OutcomeKind.MISCONFIGURED, True),
    Action.DEFER: (OutcomeKind.RETRY, True),
    Action.CONTENT: (OutcomeKind.REFUSED, False),
    Action.UNKNOWN: (OutcomeKind.UNKNOWN, False),
}
ALSO = {Action.TOKEN, Action.FALL_BACK, Action.BAD_CONTACT, Action.UNKNOWN}


@pytest.mark.parametrize("row", documented(), ids=lambda row: f"{row.api} {row.code}")
def test_each_code_has_its_action_and_its_outcome(row: Documented, zalo: ZaloStandIn) -> None:
    """The code's row says what is documented, and a letter answered with it comes to just that."""
    rule = rule_for(row.api, row.code)
    outcome = answered(row.api, row.code, zalo, times=2)

    assert (rule.action, rule.then_fall_back) == (row.action, row.fall_back)
    assert (outcome.kind, outcome.channel_down) == EXPECTED[row.action]
    assert outcome.code == str(row.code)
    assert outcome.fall_back is (row.fall_back or row.action in ALSO)
    assert outcome.bad_address is (row.action is Action.BAD_CONTACT)
    assert (outcome.retry_after is not None) is (row.action is Action.DEFER)
    assert (outcome.most_tries == FEW_TRIES) is (row.action is Action.RETRY)
    assert zalo.state.calls[row.api] == (2 if row.action is Action.TOKEN else 1)  # once more with a new token


def test_no_row_is_without_its_source() -> None:
    """What the code holds for an API of Zalo and what is documented are the same codes."""
    ours = {(api, code) for api in (Api.OA, Api.ZNS) for code in RULES[api]}

    assert ours == {(row.api, row.code) for row in documented() if row.api in {Api.OA, Api.ZNS}}


def test_no_code_stands_twice() -> None:
    """A code has one action within its API."""
    seen = [(row.api, row.code) for row in documented()]

    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (-118, -118),
        ("-118", -118),
        (0, 0),
        ("0", 0),
        (True, None),
        (None, None),
        ("", None),
        ("-", None),
        ("1e3", None),
    ],
)
def test_a_code_may_come_as_text(given: object, code: int | None) -> None:
    """Zalo writes some numbers as text; what is no number is no code."""
    assert whole_number(given) == code


@pytest.mark.parametrize("api", [Api.OA, Api.ZNS])
def test_a_code_that_nobody_has_listed_is_tried_a_little_and_then_said_another_way(
    api: Api, zalo: ZaloStandIn
) -> None:
    """Zalo said no, so nothing was sent: trying is safe, trying for ever is no use."""
    outcome = answered(api, -9999, zalo)

    assert (outcome.kind, outcome.most_tries, outcome.fall_back) == (OutcomeKind.RETRY, 3, True)


@pytest.mark.parametrize(
    ("said", "bad"),
    [
        pytest.param("nobody", True, id="the chat is gone"),
        pytest.param(CHAT, False, id="the text is at fault"),
    ],
)
def test_only_a_chat_that_is_gone_is_a_bad_address(said: str, bad: bool) -> None:
    """The same 400 stands for both; its words tell them apart."""
    with ZaloStandIn(chats={CHAT}) as zalo:
        zalo.misbehave(Fault("error", error_code=400, chat_id=CHAT))
        channel = zalo_channel("bot", secrets=lambda _: MADE_UP, api=zalo.url)
        outcome = channel.send(Letter("", "x"), said, message_id="abc@x.vn")

    assert (outcome.code, outcome.bad_address, outcome.fall_back) == ("400", bad, bad)


@pytest.mark.parametrize(
    ("now", "code", "until"),
    [
        pytest.param("2026-11-25T22:00:00+07:00", -133, "2026-11-26T06:05:00+07:00", id="night has begun"),
        pytest.param("2026-11-26T03:00:00+07:00", -133, "2026-11-26T06:05:00+07:00", id="in the small hours"),
        pytest.param(
            "2026-11-26T06:05:00+07:00", -133, "2026-11-27T06:05:00+07:00", id="refused when it ended"
        ),
        pytest.param("2026-12-31T23:59:00+07:00", -133, "2027-01-01T06:05:00+07:00", id="over New Year"),
        pytest.param("2026-11-25T09:00:00+07:00", -144, "2026-11-26T06:05:00+07:00", id="the day's quota"),
        pytest.param("2026-11-26T03:00:00+07:00", -144, "2026-11-27T06:05:00+07:00", id="quota, early"),
    ],
)
def test_a_deferred_channel_waits_until_the_morning_in_viet_nam(now: str, code: int, until: str) -> None:
    """The hours that count are those of the server that answered, not of the machine we run on."""
    moment = datetime.fromisoformat(now)
    with ZaloStandIn(now=lambda: moment) as zalo:
        outcome = answered(Api.ZNS, code, zalo)

    assert outcome.retry_after is not None
    assert moment + outcome.retry_after == datetime.fromisoformat(until)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [(0, timedelta(seconds=60)), (7, timedelta(seconds=7)), (90_000, timedelta(hours=1))],
)
def test_a_busy_server_says_how_long_to_wait(zalo: ZaloStandIn, asked: int, wait: timedelta) -> None:
    """429 in front of an API: what it asks for, a minute where it asks for nothing, an hour at most."""
    zalo.state.reset()
    zalo.misbehave(Fault("quota", seconds=asked, api="zns"))
    channel, address = channel_of(Api.ZNS, zalo, MemoryTokens(living(zalo.account)))

    assert channel.send(PARAMS, address, message_id="<abc@x.vn>").retry_after == wait
