"""The channels an office sets up, with their rules for a letter whose fate is unknown."""

from urllib.parse import quote, urlencode

from notifications.channels import ChannelName, WhenUnknown
from notifications.channels.apprise_channel import WHOLE_URL, AppriseChannel, no_secrets
from notifications.channels.handover import Secrets
from notifications.channels.mail import Sender
from notifications.channels.smtp import SmtpServer
from notifications.channels.token_store import TokenStore


def email_channel(server: SmtpServer, sender: Sender, *, secrets: Secrets = no_secrets) -> AppriseChannel:
    """Build the e-mail channel; a copy has the same Message-ID, so a doubtful letter is sent again."""
    arguments = {
        "from": sender.address,
        "name": sender.name,
        "reply": sender.reply_to,
        "tls": server.security,
        "user": server.user,
        "secret": server.password_name,
        "ca": server.ca_file,
        "rto": f"{server.timeout:g}",
    }
    query = urlencode({name: value for name, value in arguments.items() if value}, quote_via=quote)
    url = f"dondocmail://{server.host}:{server.port}/{{address}}?{query}"
    return AppriseChannel(ChannelName.EMAIL, url, when_unknown=WhenUnknown.RESEND, secrets=secrets)


def zalo_channel(credential: str, *, secrets: Secrets, api: str = "") -> AppriseChannel:
    """Build the Zalo Bot channel; Zalo cannot tell a copy, so a doubtful message is held for a person."""
    query = _bases(api=api)
    url = f"zalobot://{quote(credential, safe='')}@bot/{{address}}{query}"
    return AppriseChannel(ChannelName.ZALO, url, when_unknown=WhenUnknown.HOLD, secrets=secrets)


def zalo_oa_channel(
    credential: str, *, secrets: Secrets, tokens: TokenStore, api: str = "", oauth: str = ""
) -> AppriseChannel:
    """Build the channel of a Zalo Official Account; a doubtful message is held for a person, as the Bot's.

    The secrets it asks for are `app_secret_names(credential)`.
    """
    url = f"zalooa://{quote(credential, safe='')}/{{address}}{_bases(api=api, oauth=oauth)}"
    return AppriseChannel(
        ChannelName.ZALO_OA, url, when_unknown=WhenUnknown.HOLD, secrets=secrets, tokens=tokens
    )


def zns_channel(  # noqa: PLR0913 — a credential, a template, and where three services are
    credential: str,
    template_id: str,
    *,
    secrets: Secrets,
    tokens: TokenStore,
    api: str = "",
    oauth: str = "",
) -> AppriseChannel:
    """Build the channel of template messages to phones; it shares its credential with the OA.

    A doubtful message is held: whether it arrived is told by a receipt with its tracking id, or never.
    """
    place = f"{quote(credential, safe='')}/{quote(template_id, safe='')}"
    url = f"zns://{place}/{{address}}{_bases(api=api, oauth=oauth)}"
    return AppriseChannel(ChannelName.ZNS, url, when_unknown=WhenUnknown.HOLD, secrets=secrets, tokens=tokens)


def plain_channel(url: str = WHOLE_URL, *, secrets: Secrets = no_secrets) -> AppriseChannel:
    """Build a channel for any other service of Apprise; by default the address is the whole URL."""
    return AppriseChannel(ChannelName.APPRISE, url, secrets=secrets)


def _bases(**given: str) -> str:
    """Return the query that names base URLs other than the real ones."""
    query = urlencode({name: base for name, base in given.items() if base}, quote_via=quote, safe="")
    return f"?{query}" if query else ""
