"""Loaded by every Python process of a test that watches the network: notes addresses of other machines."""

import ipaddress
import os
import sys
from typing import Any

NOTES = os.environ["DONDOC_TEST_WATCH"]
ASKS = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.connect": 1, "socket.sendto": 1}


def watch(event: str, args: tuple[Any, ...]) -> None:
    """Note an address that a socket is to reach or a name that is looked up, unless it is this machine."""
    if event not in ASKS:
        return
    address = args[ASKS[event]]
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if event in ("socket.connect", "socket.sendto") and not isinstance(address, tuple):
        return  # a socket of the file system
    if not is_here(host):
        with open(NOTES, "a", encoding="utf-8") as notes:  # noqa: PTH123 (before pathlib is loaded)
            notes.write(f"{event} {address!r} by {sys.argv}\n")


def is_here(host: str | None) -> bool:
    """Tell whether a host is this machine."""
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


sys.addaudithook(watch)
