"""What the three APIs of Zalo and its token service answer, given what the stand-in knows.

Documented at https://bot.zaloplatforms.com/docs/, https://developers.zalo.me/docs/ and https://zalo.cloud/zns.
What a used refresh token is answered with is not documented: -14014 is a guess within its range of codes.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from zoneinfo import ZoneInfo

from notifications.standins.zalo_state import Account, State

TEXT_LIMIT: Final = 2000
WINDOW: Final = timedelta(days=7)  # after a user's last word
DEAD_REFRESH_TOKEN: Final = -14014
_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_BOT_ERRORS: Final = {"getUpdates": 408, "getWebhookInfo": 404}  # nothing to fetch; no webhook set
_PHONE: Final = re.compile(r"84\d{9}")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    body: dict[str, Any]
    status: int = HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked: where, with which headers and parameters."""

    path: str
    given: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sending:
    """A call that does something: faults apply to it, and `do` does it."""

    api: str
    reader: str
    do: Callable[[], Reply]


def answer(state: State, call: Call) -> Reply | Sending:
    """Return the answer to a call, or the sending that it asks for."""
    if call.path.startswith("/bot"):
        return _bot(state, call)
    if (sends := _SENT.get(call.path)) is not None:
        api, reader, do = sends
        return Sending(api, reader(call.given), lambda: do(state, call))
    if (ask := _ASKED.get(call.path)) is not None:
        return _refused_token(state, call, zns=True) or ask(state, call.given)
    return Reply(bot_error(404, "Not found"), HTTPStatus.NOT_FOUND)


def bot_error(code: int, description: str) -> dict[str, Any]:
    """Return how the Bot API says no."""
    return {"ok": False, "error_code": code, "description": description}


def oa_error(code: int, message: str) -> dict[str, Any]:
    """Return how the OA and ZNS say no; the token service does alike."""
    return {"error": code, "message": message, "error_name": message}


def _bot(state: State, call: Call) -> Reply | Sending:
    """Answer /bot{token}/{method}."""
    token, _, method = call.path.removeprefix("/bot").partition("/")
    if not method:
        return Reply(bot_error(404, "Not found"), HTTPStatus.NOT_FOUND)
    if token not in state.tokens:
        return Reply(bot_error(401, "Unauthorized"), HTTPStatus.UNAUTHORIZED)
    if method == "sendMessage":
        chat_id, text = (str(call.given.get(name, "")) for name in ("chat_id", "text"))
        return Sending("bot", chat_id, lambda: _to_chat(state, chat_id, text))
    if method == "getMe":
        bot = {"id": token.partition(":")[0], "account_name": "bot.don-doc", "account_type": "BASIC"}
        return Reply({"ok": True, "result": bot})
    code = _BOT_ERRORS.get(method, 404)
    return Reply(bot_error(code, HTTPStatus(code).phrase), code)


def _to_chat(state: State, chat_id: str, text: str) -> Reply:
    if not chat_id or (state.chats is not None and chat_id not in state.chats):
        return Reply(bot_error(400, "Bad request: chat_id"))
    if not 1 <= len(text) <= TEXT_LIMIT:
        return Reply(bot_error(400, "Bad request: text"))
    with state.lock:
        result = {"message_id": f"m{len(state.accepted) + 1:06d}", "date": _milliseconds(state.now())}
        state.accepted.append({"chat_id": chat_id, "text": text, **result})
    if state.ack_delay:
        time.sleep(state.ack_delay)
    return Reply({"ok": True, "result": result})


def _refresh(state: State, call: Call) -> Reply:
    """Rotate the tokens; with an old refresh token there are none."""
    account, given = state.account, call.given
    with state.lock:
        if (given.get("app_id"), call.headers.get("secret_key")) != (account.app_id, account.app_secret):
            return Reply(oa_error(-14002, "Invalid app or secret key"))
        if given.get("grant_type") != "refresh_token" or given.get("refresh_token") != account.refresh:
            account.refused_refreshes += 1
            return Reply(oa_error(DEAD_REFRESH_TOKEN, "Invalid refresh token"))
        return Reply(account.rotate(state.now()))


def _refused_token(state: State, call: Call, *, zns: bool) -> Reply | None:
    account = state.account
    if call.headers.get("access_token") != account.access:
        return Reply(oa_error(-124 if zns else -216, "Access token is invalid"))
    if account.expires_at <= state.now():
        return Reply(oa_error(-124 if zns else -220, "Access token has expired"))
    return None


def _user(given: Mapping[str, Any]) -> str:
    recipient = given.get("recipient")
    return str(recipient.get("user_id", "")) if isinstance(recipient, dict) else ""


def _to_user(state: State, call: Call) -> Reply:
    user, message = _user(call.given), call.given.get("message")
    text = str(message.get("text", "")) if isinstance(message, dict) else ""
    with state.lock:
        if (refused := _refused_token(state, call, zns=False)) is not None:
            return refused
        if (code := _why_not_to_user(state, user, text)) is not None:
            return Reply(oa_error(*code))
        data = {"message_id": f"oa{len(state.oa_accepted) + 1:06d}", "user_id": user}
        state.oa_accepted.append({"user_id": user, "text": text, **data})
    return Reply({"error": 0, "message": "Success", "data": data})


def _why_not_to_user(state: State, user: str, text: str) -> tuple[int, str] | None:
    account = state.account
    if not user or not text:
        return -201, "Params is invalid"
    if len(text) > TEXT_LIMIT:
        return -210, "Parameter exceeds the allowed limit"
    if account.followers is not None and user not in account.followers:
        return -213, "User has not followed OA"
    if state.now() - account.last_words.get(user, state.now()) > WINDOW:
        return -230, "User has not interacted with the OA in the past 7 days"
    return None


def _to_phone(state: State, call: Call) -> Reply:
    return _by_template(state, call, "phone")


def _to_user_by_template(state: State, call: Call) -> Reply:
    return _by_template(state, call, "user_id")


def _by_template(state: State, call: Call, reader: str) -> Reply:
    given, account = call.given, state.account
    with state.lock:
        if (refused := _refused_token(state, call, zns=True)) is not None:
            return refused
        if (code := _why_not_by_template(state, given, reader)) is not None:
            return Reply(oa_error(*code))
        account.left -= 1
        message_id = f"zns{len(state.zns_accepted) + 1:06d}"
        state.zns_accepted.append({**given, "msg_id": message_id, "date": _milliseconds(state.now())})
        data = {"msg_id": message_id, "sent_time": str(_milliseconds(state.now())), "quota": _left(account)}
    return Reply({"error": 0, "message": "Success", "data": data})


def _why_not_by_template(state: State, given: Mapping[str, Any], reader: str) -> tuple[int, str] | None:
    account, to, data = state.account, str(given.get(reader, "")), given.get("template_data")
    filled = isinstance(data, dict) and bool(data) and all(isinstance(value, str) for value in data.values())
    reasons: tuple[tuple[bool, int, str], ...] = (
        (reader == "phone" and not _PHONE.fullmatch(to), -108, "Phone number is invalid"),
        (
            account.templates is not None and given.get("template_id") not in account.templates,
            -109,
            "Template",
        ),
        (not filled, -112, "Template data is invalid"),
        (_is_night(state.now()), -133, "Not allowed from 22:00 to 06:00"),
        (to in account.no_zalo, -118, "Zalo account does not exist"),
        (account.left <= 0, -144, "Daily quota exceeded"),
    )
    return next(((code, message) for holds, code, message in reasons if holds), None)


def _is_night(now: datetime) -> bool:
    return not 6 <= now.astimezone(_ZONE).hour < 22  # noqa: PLR2004 — the documented hours


def _status(state: State, given: Mapping[str, Any]) -> Reply:
    """Answer GET /message/status: what is accepted here is delivered."""
    with state.lock:
        found = next((one for one in state.zns_accepted if one["msg_id"] == given.get("message_id")), None)
    if found is None:
        return Reply({"error": 0, "message": "Success", "data": {"status": -1, "message": "Not found"}})
    return Reply(
        {"error": 0, "message": "Success", "data": {"status": 1, "delivery_time": str(found["date"])}}
    )


def _quota(state: State, _: Mapping[str, Any]) -> Reply:
    return Reply({"error": 0, "message": "Success", "data": _left(state.account)})


def _left(account: Account) -> dict[str, str]:
    return {"dailyQuota": str(account.daily), "remainingQuota": str(account.left)}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


_SENT: Final[Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str], Callable[[State, Call], Reply]]]] = {
    "/v4/oa/access_token": ("oauth", lambda _: "", _refresh),
    "/v3.0/oa/message/cs": ("oa", _user, _to_user),
    "/v3.0/oa/message/transaction": ("oa", _user, _to_user),
    "/v3.0/oa/message/template": ("oa", lambda given: str(given.get("user_id", "")), _to_user_by_template),
    "/message/template": ("zns", lambda given: str(given.get("phone", "")), _to_phone),
}
_ASKED: Final[Mapping[str, Callable[[State, Mapping[str, Any]], Reply]]] = {
    "/message/status": _status,
    "/message/quota": _quota,
}
