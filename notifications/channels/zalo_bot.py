"""One call to the Zalo Bot API, and what its answers mean.

https://bot.zaloplatforms.com/docs/: POST {api}/bot{token}/sendMessage with chat_id and text; the answer is
{"ok": true, "result": {"message_id": …}} or {"ok": false, "error_code": …, "description": …}. There is no
idempotency key and no receipt, so a message whose fate is unknown must not be sent again.
"""

from dataclasses import replace
from typing import Final

from notifications.channels.zalo_errors import Api, no_answer_of_theirs, outcome_of, rule_for
from notifications.channels.zalo_http import TIMEOUTS, Answer, Request, Timeouts, post, whole_number
from notifications.outcome import Outcome

API: Final = "https://bot-api.zaloplatforms.com"
TEXT_LIMIT: Final = 2000
_OK, _BAD_REQUEST = 200, 400


def send_message(api: str, token: str, chat_id: str, text: str, *, timeouts: Timeouts = TIMEOUTS) -> Outcome:
    """Send one text. Never raises on what the network or the API does, and never repeats the token."""
    if not 1 <= len(text) <= TEXT_LIMIT:
        return Outcome.refused("text-length", f"{len(text)} characters, the limit is {TEXT_LIMIT}")
    url = f"{api.rstrip('/')}/bot{token}/sendMessage"
    answer = post(Request(url, json={"chat_id": chat_id, "text": text}), timeouts)
    return answer if isinstance(answer, Outcome) else _read(answer)


def _read(answer: Answer) -> Outcome:
    body = answer.body
    if answer.status == _OK and body.get("ok") is True:
        result = body.get("result")
        message_id = result.get("message_id") if isinstance(result, dict) else None
        return Outcome.sent(str(message_id) if message_id else None, code="200")
    if body.get("ok") is False:
        code = whole_number(body.get("error_code"))
        return _error(answer.status if code is None else code, str(body.get("description", "")), answer)
    if answer.status == _OK:
        return no_answer_of_theirs(answer)
    return _error(answer.status, answer.reason, answer)


def _error(code: int, said: str, answer: Answer) -> Outcome:
    """Apply the table; only the words of a 400 tell a chat that is gone from a text that is not taken."""
    outcome = outcome_of(rule_for(Api.BOT, code), code, said, answer)
    if code == _BAD_REQUEST and "chat" in said.casefold():
        return replace(outcome, bad_address=True, fall_back=True)
    return outcome
