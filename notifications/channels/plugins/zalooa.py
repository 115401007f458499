"""`zalooa://{credential}/{user_id}` for Apprise: a text of an Official Account to one of its users.

The URL holds the NAME of the credential, as `zalobot://` does. Zalo takes such a text only within seven days
of the user's last word, so this is for those who just wrote to the account.
"""

from functools import partial
from typing import Any, ClassVar

from notifications.channels.handover import Handover
from notifications.channels.plugins import LetterPlugin
from notifications.channels.plugins.official_account import OfficialAccountPlugin
from notifications.channels.zalo_errors import Api
from notifications.channels.zalo_oa import OA_API, TEXT_LIMIT, send_text
from notifications.outcome import Outcome


class NotifyZaloOa(OfficialAccountPlugin):
    """One short text to one user."""

    service_name = "Zalo OA (Đôn Đốc)"
    service_url = "https://developers.zalo.me/docs/official-account/"
    secure_protocol = "zalooa"
    body_maxlen = TEXT_LIMIT
    api_of_errors = Api.OA
    default_api = OA_API
    places = ("user_id",)

    templates: ClassVar[Any] = ("{schema}://{credential}/{user_id}",)
    template_tokens: ClassVar[Any] = {
        **LetterPlugin.template_tokens,
        "credential": {"name": "Name of the credential", "type": "string", "required": True},
        "user_id": {"name": "User of the OA", "type": "string", "required": True, "private": True},
    }

    def hand_over(self, handover: Handover) -> Outcome:
        """Send the text."""
        text = handover.letter.text
        if not 1 <= len(text) <= TEXT_LIMIT:  # before a token is asked for
            return Outcome.refused("text-length", f"{len(text)} characters, the limit is {TEXT_LIMIT}")
        send = partial(send_text, self.api, user_id=self.at["user_id"], text=text)
        return self.send_with_token(handover, lambda token: send(token=token))
