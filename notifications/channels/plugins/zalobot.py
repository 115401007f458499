"""`zalobot://{credential}@bot/{chat_id}` for Apprise: a Zalo Bot that says what became of each message.

The URL holds the NAME of the credential. Apprise logs a URL it cannot load in clear, and a token in a URL
would end up in that log.
"""

from typing import Any, ClassVar
from urllib.parse import quote

from notifications.channels.handover import Handover
from notifications.channels.plugins import LetterPlugin, NotifyBase
from notifications.channels.zalo_bot import API, send_message
from notifications.outcome import Outcome


class NotifyZaloBot(LetterPlugin):
    """One short text to one chat."""

    service_name = "Zalo Bot (Đôn Đốc)"
    service_url = "https://bot.zaloplatforms.com/docs/"
    secure_protocol = "zalobot"
    body_maxlen = 2000
    title_maxlen = 0

    templates: ClassVar[Any] = ("{schema}://{credential}@bot/{chat_id}",)
    template_tokens: ClassVar[Any] = {
        **LetterPlugin.template_tokens,
        "credential": {"name": "Name of the credential", "type": "string", "required": True},
        "chat_id": {"name": "Chat", "type": "string", "required": True, "private": True},
    }
    template_args: ClassVar[Any] = {
        **LetterPlugin.template_args,
        "api": {"name": "Base URL of the API", "type": "string", "default": API},
    }

    def __init__(self, credential: str, chat_id: str, api: str = API, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.credential = credential
        self.chat_id = chat_id
        self.api = api

    def hand_over(self, handover: Handover) -> Outcome:
        """Look the token up by its name and send the text."""
        token = handover.secrets(self.credential)
        if not token:
            return Outcome.misconfigured("no-credential", f"no secret named {self.credential!r}")
        return send_message(self.api, token, self.chat_id, handover.letter.text)

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: FBT001, FBT002 — Apprise's signature
        """Return the URL; the chat is shortened in private form."""
        chat = self.pprint(self.chat_id, privacy, safe="")
        query = "" if self.api == API else f"?api={quote(self.api, safe='')}"
        return f"{self.secure_protocol}://{quote(self.credential, safe='')}@bot/{chat}{query}"

    @property
    def url_identifier(self) -> Any:
        """Return what tells two configurations apart."""
        return (self.secure_protocol, self.credential, self.chat_id)

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """Read a URL into the arguments of the constructor; None for one that cannot be used."""
        found = NotifyBase.parse_url(url, verify_host=False)
        if not found or not found.get("user"):
            return None
        chats = NotifyBase.split_path(found["fullpath"])
        if len(chats) != 1:
            return None
        found["credential"] = NotifyBase.unquote(found["user"])
        found["chat_id"] = chats[0]
        found["api"] = NotifyBase.unquote(found["qsd"].get("api", "")) or API
        return dict(found)
