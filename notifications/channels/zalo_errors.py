"""What each error code of Zalo makes of a letter, as data.

Sources: https://bot.zaloplatforms.com/docs/ for the Bot, the error tables of the OA and ZNS APIs at
https://developers.zalo.me/docs/ and https://zalo.cloud/zns/guidelines/handle-error-code. Other tables on the
web give other meanings to -201 … -210; they are not followed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from notifications.channels.zalo_http import DETAIL_LIMIT, Answer
from notifications.outcome import Outcome, OutcomeKind


class Api(StrEnum):
    """Where a code comes from; the same number means other things in other places."""

    BOT = "bot"
    OA = "oa"
    ZNS = "zns"
    HTTP = "http"  # a status in front of OA or ZNS, without a code of theirs


class Action(StrEnum):
    """What is done about an error."""

    RETRY = "R"  # again after a while
    TOKEN = "T"  # noqa: S105 — a letter of the table: get a new token, then once more
    FALL_BACK = "F"  # say it another way now; the contact stays
    BAD_CONTACT = "X"  # the address is no good: say it another way, and have the contact looked at
    CHANNEL = "C"  # nothing goes out here until a person mends it
    DEFER = "D"  # nothing goes out here until a moment
    CONTENT = "B"  # our own mistake in what is said: a dead letter
    UNKNOWN = "U"  # maybe delivered


class Until(StrEnum):
    """When a deferred channel is tried again."""

    ASKED = "asked"  # what the answer asks for, or a minute; an hour at most
    MORNING = "morning"  # the next time it is 06:05 in Viet Nam
    TOMORROW = "tomorrow"  # 06:05 on the next day there


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done about one code."""

    action: Action
    means: str
    then_fall_back: bool = False  # beside the action, or once its tries are used up
    until: Until = Until.ASKED


R, T, F, X, C, D, B, U = Action
FEW_TRIES: Final = 3  # where a code says nothing but «failed»
ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
AFTER_NIGHT: Final = time(
    6, 5
)  # templates are refused from 22:00 to 06:00; five minutes for clocks that differ
ASKED_DEFAULT: Final = timedelta(seconds=60)
LONGEST_ASKED: Final = timedelta(hours=1)

_ROWS: Final[Mapping[Api, tuple[tuple[tuple[int, ...], Rule], ...]]] = {
    Api.BOT: (
        ((400,), Rule(B, "bad request")),
        ((401,), Rule(C, "token invalid")),
        ((403,), Rule(R, "labelled «Internal server error», passes by itself", then_fall_back=True)),
        ((404,), Rule(C, "no such method: the base URL is wrong")),
        ((407,), Rule(C, "the office's own proxy wants a login")),
        ((408,), Rule(U, "no answer in time")),
        ((429,), Rule(D, "quota")),
    ),
    Api.OA: (
        ((-32,), Rule(D, "too many requests a minute")),
        ((-200,), Rule(R, "sending failed", then_fall_back=True)),
        ((-201, -210, -233), Rule(B, "a parameter is wrong, too long or of another type")),
        ((-204, -205, -209, -212, -219, -221, -223, -224), Rule(C, "OA or app: state, permission, package")),
        ((-235, -242, -248, -320, -321), Rule(C, "OA or app: money, policy, approval")),
        ((-211,), Rule(C, "quota of the feature used up", then_fall_back=True)),
        ((-213, -217, -227, -244), Rule(X, "no follower, blocked, long inactive, or refuses this kind")),
        ((-216, -220), Rule(T, "access token invalid or expired")),
        ((-218,), Rule(F, "limit for this user reached")),
        ((-230, -231, -232), Rule(F, "too long since the user last wrote")),
        ((-234,), Rule(D, "not between 22:00 and 06:00", until=Until.MORNING)),
    ),
    Api.ZNS: (
        ((-100,), Rule(R, "unknown error", then_fall_back=True)),
        ((-101, -102, -103, -104, -105, -106, -117, -120, -131), Rule(C, "app, OA or template: permission")),
        ((-135, -1351, -136, -138, -140, -145, -146), Rule(C, "OA or template: not approved, disabled")),
        ((-108,), Rule(X, "phone number invalid")),
        ((-109, -111, -112, -1121, -1122, -1124, -113, -116), Rule(B, "template or its data")),
        ((-121, -122, -130, -132, -153), Rule(B, "a parameter of the template")),
        ((-118, -119, -139, -141), Rule(X, "no Zalo account, cannot receive, or refuses")),
        ((-110, -114), Rule(F, "an old app, or cannot receive; sources differ")),
        ((-115, -137), Rule(C, "no money left", then_fall_back=True)),
        ((-124,), Rule(T, "access token invalid")),
        ((-1241, -126, -127), Rule(C, "proof invalid, or in development mode")),
        ((-133,), Rule(D, "not between 22:00 and 06:00", until=Until.MORNING)),
        (
            (-144, -1441, -147, -1471, -160),
            Rule(D, "quota of the day or month", then_fall_back=True, until=Until.TOMORROW),
        ),
    ),
    Api.HTTP: (
        ((401, 403, 404, 407), Rule(C, "the base URL or the office's own proxy")),
        ((408,), Rule(U, "no answer in time")),
        ((429,), Rule(D, "too many requests")),
    ),
}
RULES: Final[Mapping[Api, Mapping[int, Rule]]] = MappingProxyType(
    {
        api: MappingProxyType({code: rule for codes, rule in rows for code in codes})
        for api, rows in _ROWS.items()
    }
)
# A code nobody has written down: Zalo said no, so nothing was sent; a few tries, then another way.
UNLISTED: Final = Rule(R, "an unlisted code", then_fall_back=True)
_KINDS: Final[Mapping[Action, OutcomeKind]] = {
    Action.RETRY: OutcomeKind.RETRY,
    Action.DEFER: OutcomeKind.RETRY,
    Action.FALL_BACK: OutcomeKind.REFUSED,
    Action.BAD_CONTACT: OutcomeKind.REFUSED,
    Action.CONTENT: OutcomeKind.REFUSED,
    Action.UNKNOWN: OutcomeKind.UNKNOWN,
    Action.CHANNEL: OutcomeKind.MISCONFIGURED,
    Action.TOKEN: OutcomeKind.MISCONFIGURED,  # refused again with a new token: a person must look
}
_CHANNEL_DOWN: Final = frozenset({Action.DEFER, Action.CHANNEL, Action.TOKEN})
_FALL_BACK: Final = frozenset({Action.FALL_BACK, Action.BAD_CONTACT, Action.UNKNOWN, Action.TOKEN})
_REFUSED: Final = Rule(B, "refused")
_PORTAL: Final = Rule(D, "a portal between us and the API; it was never reached")
_THEIRS: Final = Rule(U, "an error of theirs")


def rule_for(api: Api, code: int) -> Rule:
    """Return what is done about a code; every code has an answer."""
    if (listed := RULES[api].get(code)) is not None:
        return listed
    if api in {Api.OA, Api.ZNS}:
        return UNLISTED
    if 300 <= code < 400:  # noqa: PLR2004 — the classes of HTTP
        return _PORTAL
    return _REFUSED if 400 <= code < 500 else _THEIRS  # noqa: PLR2004 — the same


def outcome_of(rule: Rule, code: int, said: str, answer: Answer) -> Outcome:
    """Turn a rule into the outcome of this attempt; `said` is Zalo's own wording."""
    action = rule.action
    return Outcome(
        kind=_KINDS[action],
        code=str(code),
        detail=(said or rule.means)[:DETAIL_LIMIT],
        retry_after=_wait(rule.until, answer) if action is Action.DEFER else None,
        channel_down=action in _CHANNEL_DOWN,
        most_tries=FEW_TRIES if action is Action.RETRY else None,
        fall_back=rule.then_fall_back or action in _FALL_BACK,
        bad_address=action is Action.BAD_CONTACT,
    )


def no_answer_of_theirs(answer: Answer) -> Outcome:
    """Say what an answer without a code of OA or ZNS means, by its HTTP status."""
    if answer.status == 200:  # noqa: PLR2004 — a login page or a proxy's excuse: who knows who answered
        return Outcome.unknown(
            "not-json", f"{answer.size} bytes that are no answer of the API", fall_back=True
        )
    return outcome_of(rule_for(Api.HTTP, answer.status), answer.status, answer.reason, answer)


def is_for_the_token(outcome: Outcome, api: Api) -> bool:
    """Tell whether an outcome is of those that a new token may mend."""
    tokens = {str(code) for code, rule in RULES[api].items() if rule.action is Action.TOKEN}
    return outcome.kind is OutcomeKind.MISCONFIGURED and outcome.code in tokens


def _wait(until: Until, answer: Answer) -> timedelta:
    if until is Until.ASKED:
        return min(answer.wait or ASKED_DEFAULT, LONGEST_ASKED)
    return _morning(answer.at, tomorrow=until is Until.TOMORROW) - answer.at


def _morning(now: datetime, *, tomorrow: bool) -> datetime:
    """Return the next time night ends, or the end of the coming night by the calendar's next day."""
    local = now.astimezone(ZONE)
    opening = datetime.combine(local.date(), AFTER_NIGHT, ZONE)
    return opening + timedelta(days=1) if tomorrow or opening <= local else opening
