"""Calls a web hook as Zalo does: signed, and when told to, wrongly signed, twice, or out of order."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any, Final

import requests

from notifications.standins.zalo_state import Account

_FIRST: Final = 1_790_000_000_000  # milliseconds
_LIMIT: Final = 2.0  # seconds that Zalo waits for an answer


@dataclass(slots=True)
class ZaloCaller:
    """What happens at Zalo, told to `url`; every event is a second later than the one before."""

    url: str
    account: Account = field(default_factory=Account)
    bot_secret: str = "made-up-bot-secret"  # noqa: S105 — made up
    _seconds: Iterator[int] = field(default_factory=count)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def bot_text(self, chat_id: str, text: str, *, chat_type: str = "PRIVATE") -> dict[str, Any]:
        """Return the event of a text to the Bot."""
        message = {
            "from": {"id": chat_id, "display_name": "Chị Lan", "is_bot": False},
            "chat": {"id": chat_id, "chat_type": chat_type},
            "text": text,
            "message_id": self._number(),
            "date": self._stamp(),
        }
        return {"ok": True, "result": {"event_name": "message.text.received", "message": message}}

    def text(self, user_id: str, text: str) -> dict[str, Any]:
        """Return the event of a text to the OA."""
        return self._between(user_id, "user_send_text", {"text": text, "msg_id": self._number()})

    def follow(self, user_id: str, *, still: bool = True) -> dict[str, Any]:
        """Return the event of a follower who comes or goes."""
        return {
            "app_id": self.account.app_id,
            "oa_id": self.account.oa_id,
            "follower": {"id": user_id},
            "user_id_by_app": f"by-app-{user_id}",
            "event_name": "follow" if still else "unfollow",
            "timestamp": str(self._stamp()),
        }

    def received(self, user_id: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return the receipt of a message: by template it names tracking id and delivery time."""
        message = {"msg_id": sent.get("msg_id") or sent["message_id"]}
        if "tracking_id" in sent:
            message |= {"tracking_id": sent["tracking_id"], "delivery_time": str(self._stamp())}
        return self._between(user_id, "user_received_message", message)

    def seen(self, user_id: str, *message_ids: str) -> dict[str, Any]:
        """Return the event of messages that were opened."""
        return self._between(user_id, "user_seen_message", {"msg_ids": list(message_ids)})

    def call(self, event: Mapping[str, Any], *, right: bool = True) -> int:
        """Tell one event; return the status that the web hook answered with."""
        body = json.dumps(event, ensure_ascii=False).encode()
        headers = self._bot_header() if "result" in event else self._signature(event, body)
        if not right:
            headers = {
                name: value[:-1] + ("0" if value[-1] != "0" else "1") for name, value in headers.items()
            }
        with requests.Session() as session:
            session.trust_env = False  # no proxy is a way to this machine itself
            answer = session.post(self.url, data=body, headers=headers, timeout=_LIMIT)
        return answer.status_code

    def call_all(self, events: Iterable[Mapping[str, Any]]) -> list[int]:
        """Tell several events in the order given."""
        return [self.call(event) for event in events]

    def _between(self, user_id: str, name: str, message: dict[str, Any]) -> dict[str, Any]:
        """Return an event between a user and the OA: the one who acts is the sender."""
        user, account = {"id": user_id}, {"id": self.account.oa_id}
        by_user = name == "user_send_text"
        return {
            "app_id": self.account.app_id,
            "sender": user if by_user else account,
            "recipient": account if by_user else user,
            "event_name": name,
            "message": message,
            "timestamp": str(self._stamp()),
        }

    def _bot_header(self) -> dict[str, str]:
        return {"X-Bot-Api-Secret-Token": self.bot_secret}

    def _signature(self, event: Mapping[str, Any], body: bytes) -> dict[str, str]:
        account, stamp = self.account, str(event["timestamp"])
        signed = account.app_id.encode() + body + stamp.encode() + account.secret_key.encode()
        return {"X-ZEvent-Signature": f"mac={sha256(signed).hexdigest()}"}

    def _stamp(self) -> int:
        return _FIRST + 1000 * next(self._seconds)

    def _number(self) -> str:
        return f"{next(self._numbers):08x}"
