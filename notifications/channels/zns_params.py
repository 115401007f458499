"""What a template message may say: a code, a short neutral title, a due date, a link, and nothing else.

A template message leaves the office's own network for a phone that may be in anybody's hand, so the words of
a document never go into it. The letter for this channel is these four lines, `name: value`, as the templates
`zns.txt` write them; a letter that is anything else is not sent.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Limits of the template as it is registered with Zalo.
PARAMS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "code": re.compile(r"[\w.-]{1,30}"),
        "title": re.compile(r"[^\n]{1,80}"),
        "due_on": re.compile(r"\d{2}/\d{2}/\d{4}"),
        "link": re.compile(r"https?://[\x21-\x7e]{1,192}"),
    }
)


class NotParams(Exception):
    """A letter that is not the four parameters; says which of them is at fault, never what it held."""


def read_params(text: str) -> dict[str, str]:
    """Read a letter's text into the parameters of the template; raises NotParams."""
    lines = [line.partition(": ") for line in text.strip().splitlines()]
    names = [name for name, _, _ in lines]
    if names != list(PARAMS):
        raise NotParams(f"a template message is the lines {', '.join(PARAMS)}")
    found = {name: value.strip() for name, _, value in lines}
    for name, form in PARAMS.items():
        if not form.fullmatch(found[name]):
            raise NotParams(f"the parameter {name} has not the form that the template takes")
    return found
