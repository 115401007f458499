"""`zns://{credential}/{template_id}/{phone}` for Apprise: a message by template to a phone number.

The URL holds the NAME of the credential, as `zalobot://` does. The parameters of the template and the
tracking id come with the letter, never in the URL.
"""

from typing import Any, ClassVar

from notifications.channels.handover import Handover
from notifications.channels.plugins import LetterPlugin
from notifications.channels.plugins.official_account import OfficialAccountPlugin
from notifications.channels.zalo_errors import Api
from notifications.channels.zalo_oa import ZNS_API, phone84, send_template, tracking_id
from notifications.channels.zns_params import NotParams, read_params
from notifications.outcome import Outcome


class NotifyZns(OfficialAccountPlugin):
    """One message by template to one phone."""

    service_name = "Zalo ZNS (Đôn Đốc)"
    service_url = "https://zalo.cloud/zns"
    secure_protocol = "zns"
    body_maxlen = 2000
    api_of_errors = Api.ZNS
    default_api = ZNS_API
    places = ("template_id", "phone")

    templates: ClassVar[Any] = ("{schema}://{credential}/{template_id}/{phone}",)
    template_tokens: ClassVar[Any] = {
        **LetterPlugin.template_tokens,
        "credential": {"name": "Name of the credential", "type": "string", "required": True},
        "template_id": {"name": "Template", "type": "string", "required": True},
        "phone": {"name": "Phone number", "type": "string", "required": True, "private": True},
    }

    def hand_over(self, handover: Handover) -> Outcome:
        """Fill the template; what is more or other than its four parameters does not leave."""
        phone = phone84(self.at["phone"])
        if phone is None:
            return Outcome.refused(
                "bad-phone", "not a mobile number of Viet Nam", fall_back=True, bad_address=True
            )
        try:
            params = read_params(handover.letter.text)
        except NotParams as error:
            return Outcome.refused("bad-params", str(error), fall_back=True)
        body = {
            "phone": phone,
            "template_id": self.at["template_id"],
            "template_data": params,
            "tracking_id": tracking_id(handover.message_id),
        }
        return self.send_with_token(handover, lambda token: send_template(self.api, token, body))
