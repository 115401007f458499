"""Bounces of servers that send no report of RFC 3464: known by their words, one row a server."""

import re
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = r"<?(?P<address>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190})>?"
LOOKED_AT: Final = 20_000  # characters: a server says why at once, and then gives the letter back
_CODE: Final = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")


@dataclass(frozen=True, slots=True)
class PlainBounce:
    """What a plain bounce says."""

    server: str
    address: str
    code: str  # of RFC 5321: «550»; «» where there is none
    detail: str


# (server, words that only it writes, where the address and its reason stand)
ROWS: Final = tuple(
    (server, re.compile(known), re.compile(told, re.DOTALL))
    for server, known, told in (
        (
            "Exim",
            r"This message was created automatically by mail delivery software",
            rf"following address\(es\) failed:\s+{_ADDRESS}\s+(?P<detail>.{{0,600}}?)(?:\n\s*\n|\n--|\Z)",
        ),
        (
            "Postfix",
            r"This is the mail system at host",
            rf"\n{_ADDRESS}[^\n:]{{0,200}}:\s+(?P<detail>.{{0,600}}?)(?:\n\s*\n|\n--|\Z)",
        ),
        (
            "Exchange",
            r"Delivery has failed to these recipients|did not reach the following recipient",
            rf"{_ADDRESS}(?P<detail>.{{0,1200}}?)(?:Original message headers|\Z)",
        ),
        (
            "qmail",
            r"This is the qmail-send program",
            rf"\n{_ADDRESS}:\n(?P<detail>.{{0,600}}?)(?:\n\s*\n|\n--|\Z)",
        ),
    )
)


def read_plain(words: str) -> PlainBounce | None:
    """Read a bounce that is words alone; None for one of no server known."""
    words = words[:LOOKED_AT]
    for server, known, told in ROWS:
        if known.search(words) and (found := told.search(words)):
            detail = " ".join(found["detail"].split())
            code = _CODE.search(detail)
            return PlainBounce(server, found["address"].rstrip("."), code[1] if code else "", detail)
    return None
