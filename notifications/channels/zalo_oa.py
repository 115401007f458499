"""One message of an Official Account to a user who wrote to it within seven days, or by template to a phone.

https://developers.zalo.me/docs/: both answer {"error": 0, "data": {…}} or {"error": -n, "message": …}, under
HTTP 200. Neither takes an idempotency key: `tracking_id` is only given back with the receipt.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from notifications.channels.zalo_errors import Api, no_answer_of_theirs, outcome_of, rule_for
from notifications.channels.zalo_http import TIMEOUTS, Answer, Request, Timeouts, post, whole_number
from notifications.outcome import Outcome

OA_API: Final = "https://openapi.zalo.me"
ZNS_API: Final = "https://business.openapi.zalo.me"
TEXT_LIMIT: Final = 2000
_PLAIN_ID: Final = re.compile(r"[\w-]{1,48}", re.ASCII)
_PHONE: Final = re.compile(r"(?:\+?84|0)?([35789]\d{8})")
_OK: Final = 200


def phone84(written: str) -> str | None:
    """Return a mobile number as Zalo wants it, «84912345678»; None for what is none."""
    found = _PHONE.fullmatch(re.sub(r"[\s.()-]", "", written))
    return f"84{found[1]}" if found else None


def tracking_id(message_id: str) -> str:
    """Return what a receipt names a letter by: the part of its Message-ID before «@», or a digest of it."""
    local = message_id.strip("<>").partition("@")[0]
    return local if _PLAIN_ID.fullmatch(local) else sha256(message_id.encode()).hexdigest()[:32]


def send_text(api: str, token: str, user_id: str, text: str, *, timeouts: Timeouts = TIMEOUTS) -> Outcome:
    """Send one text to a user of the OA; never raises on what the network or the API does."""
    if not 1 <= len(text) <= TEXT_LIMIT:
        return Outcome.refused("text-length", f"{len(text)} characters, the limit is {TEXT_LIMIT}")
    body = {"recipient": {"user_id": user_id}, "message": {"text": text}}
    return _post(Api.OA, f"{api.rstrip('/')}/v3.0/oa/message/cs", token, body, timeouts)


def send_template(api: str, token: str, body: Mapping[str, Any], *, timeouts: Timeouts = TIMEOUTS) -> Outcome:
    """Send one message by template: phone, template_id, template_data and tracking_id make its body."""
    return _post(Api.ZNS, f"{api.rstrip('/')}/message/template", token, body, timeouts)


def _post(api: Api, url: str, token: str, body: Mapping[str, Any], timeouts: Timeouts) -> Outcome:
    answer = post(Request(url, json=body, headers={"access_token": token}), timeouts)
    return answer if isinstance(answer, Outcome) else _read(api, answer)


def _read(api: Api, answer: Answer) -> Outcome:
    code = whole_number(answer.body.get("error"))
    if code is None:
        return no_answer_of_theirs(answer)
    if code != 0:
        return outcome_of(rule_for(api, code), code, str(answer.body.get("message") or ""), answer)
    if answer.status != _OK:
        return no_answer_of_theirs(answer)
    data = answer.body.get("data")
    given = data if isinstance(data, dict) else {}
    message_id = given.get("message_id") or given.get("msg_id")
    return Outcome.sent(str(message_id) if message_id else None, code="0")
