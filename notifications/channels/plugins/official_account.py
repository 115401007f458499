"""What the plugins of an Official Account share: a credential by name, tokens that change, two base URLs."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from notifications.channels.handover import Handover
from notifications.channels.plugins import LetterPlugin, NotifyBase
from notifications.channels.zalo_errors import Api, is_for_the_token
from notifications.channels.zalo_tokens import OAUTH, TokenKeeper, app_credentials, with_token
from notifications.outcome import Outcome


class OfficialAccountPlugin(LetterPlugin):
    """A plugin that sends with the access token of an OA."""

    title_maxlen = 0
    api_of_errors: ClassVar[Api]
    default_api: ClassVar[str]
    places: ClassVar[tuple[str, ...]]  # the parts of the URL's path, by their name
    template_args: ClassVar[Any] = {
        **LetterPlugin.template_args,
        "api": {"name": "Base URL of the API", "type": "string"},
        "oauth": {"name": "Base URL of the token service", "type": "string", "default": OAUTH},
    }

    def __init__(self, credential: str, at: Mapping[str, str], api: str, oauth: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.credential = credential
        self.at = at
        self.api = api
        self.oauth = oauth

    def send_with_token(self, handover: Handover, send: Callable[[str], Outcome]) -> Outcome:
        """Send with the newest access token; where Zalo does not take it, once more with another."""
        if handover.tokens is None:
            return Outcome.misconfigured("no-token-store", "this channel was given no place for tokens")
        app = app_credentials(handover.secrets, self.credential)
        keeper = TokenKeeper(handover.tokens, self.credential, app, self.oauth)
        return with_token(keeper, send, lambda outcome: is_for_the_token(outcome, self.api_of_errors))

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: FBT001, FBT002 — Apprise's signature
        """Return the URL; the reader is shortened in private form."""
        shown = [self.pprint(self.at[place], privacy and place in _READERS, safe="") for place in self.places]
        given = {
            "api": "" if self.api == self.default_api else self.api,
            "oauth": "" if self.oauth == OAUTH else self.oauth,
        }
        query = urlencode({name: value for name, value in given.items() if value}, quote_via=quote, safe="")
        path = "/".join((quote(self.credential, safe=""), *shown))
        return f"{self.secure_protocol}://{path}" + (f"?{query}" if query else "")

    @property
    def url_identifier(self) -> Any:
        """Return what tells two configurations apart."""
        return (self.secure_protocol, self.credential, *(self.at[place] for place in self.places))

    @classmethod
    def parse_url(cls, url: str) -> dict[str, Any] | None:
        """Read a URL into the arguments of the constructor; None for one that cannot be used."""
        found = NotifyBase.parse_url(url, verify_host=False)
        if not found or not found.get("host"):
            return None
        parts = NotifyBase.split_path(found["fullpath"])
        if len(parts) != len(cls.places):
            return None
        found["credential"] = NotifyBase.unquote(found["host"])
        found["at"] = dict(zip(cls.places, parts, strict=True))
        found["api"] = NotifyBase.unquote(found["qsd"].get("api", "")) or cls.default_api
        found["oauth"] = NotifyBase.unquote(found["qsd"].get("oauth", "")) or OAUTH
        return dict(found)


_READERS = frozenset({"user_id", "phone"})
