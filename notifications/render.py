"""Turn a message into a letter, from the templates of its kind."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import ClassVar, Final, Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from notifications.channels import ChannelName
from notifications.digest import sections, worst
from notifications.messages import Digest, Letter, Message
from notifications.styling import StylingLoader

OFFICE_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE_LIMIT: Final = 80
FEW_AGENCIES: Final = 3  # that are named without being counted
MOST_AGENCIES: Final = 20  # that are named at all
MOST_CHANGES: Final = 15  # that a digest names; the rest is counted
ZALO_LIMIT: Final = 2000  # Zalo Bot API, sendMessage, and the Official Account's: 1 to 2000 characters
_CHATS: Final = frozenset({ChannelName.ZALO, ChannelName.ZALO_OA})


def render(message: Message, channel: str) -> Letter:
    """Write the message for a channel: Zalo gets one short text or the lines of a template, others a letter.

    Raises jinja2.UndefinedError when a template names a field the message lacks: a missing word must
    never become an empty space in an official letter.
    """
    thread_key = _thread_key(message)
    if channel == ChannelName.ZNS:  # see notifications.channels.zns_params
        return Letter("", fill(message, "zns.txt"), thread_key=thread_key)
    if channel in _CHATS:
        return Letter("", _clip(fill(message, "zalo.txt"), ZALO_LIMIT), thread_key=thread_key)
    subject = " ".join(fill(message, "subject.txt").split())
    return Letter(subject, fill(message, "body.txt") + "\n", fill(message, "body.html") + "\n", thread_key)


def _thread_key(message: Message) -> str:
    """Return the task that a letter belongs to; one about several belongs to none."""
    if not isinstance(message, Digest):
        return message.code
    codes = {item.code for item in message.items}
    return codes.pop() if len(codes) == 1 else ""


class Kind(Protocol):
    """Anything that has a folder of templates of its own."""

    kind: ClassVar[str]


def fill(message: Kind, name: str) -> str:
    """Write one template of the message's kind; raises jinja2.UndefinedError for a missing word."""
    template = _environment().get_template(f"{message.kind}/{name}")
    return template.render(message=message).strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=StylingLoader(PackageLoader("notifications")),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "moment": _moment, "two": _two, "short": _short, "listed": _listed}
    environment.globals |= {"sections": sections, "worst": worst, "most_changes": MOST_CHANGES}
    return environment


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _moment(at: datetime) -> str:
    local = at.astimezone(OFFICE_ZONE)
    return f"{local:%H} giờ {local:%M} ngày {_day(local)}"


def _two(count: int) -> str:
    """Write a count as official letters do: «03 ngày»."""
    return f"{count:02d}"


def _short(title: str) -> str:
    return _clip(" ".join(title.split()), TITLE_LIMIT)


def _listed(agencies: Sequence[str]) -> str:
    """Name agencies in a row; many are counted first, and of very many the rest is only counted."""
    names = "; ".join(agencies[:MOST_AGENCIES])
    if (rest := len(agencies) - MOST_AGENCIES) > 0:
        names += f" và {rest} cơ quan khác"
    return names if len(agencies) <= FEW_AGENCIES else f"{len(agencies)} cơ quan: {names}"


def _clip(text: str, limit: int) -> str:
    """Cut at a word so that the text, its «…» included, fits the limit."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace():
        cut = max(head.rfind(" "), head.rfind("\n"))
        head = head[:cut] if cut > limit // 2 else head
    return head.rstrip(" ,;:.-–") + "…"
