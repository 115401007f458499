"""To whom the office's letters may go: to its official domains, and to single addresses excepted by name."""

from collections.abc import Collection
from typing import Final

from notifications.channels.mail import is_address
from notifications.outcome import Outcome

NOT_ALLOWED: Final = "not-allowed"


def allowed(address: str, domains: Collection[str], exceptions: Collection[str] = ()) -> bool:
    """Tell whether a letter may go to a mail address.

    A domain stands for itself and all below it: «gov.vn» for `sct.hatinh.gov.vn`, and not for `mygov.vn`.
    No domains at all mean any. Exceptions are whole addresses. Capitals do not matter in either.
    """
    if not is_address(address):
        return False
    if not domains:
        return True
    wanted = address.lower()
    below = "." + wanted.rpartition("@")[2]
    if any(below.endswith("." + name) for domain in domains if (name := domain.lower().strip().lstrip("@."))):
        return True
    return wanted in {one.lower().strip() for one in exceptions}


def refusal(address: str, domains: Collection[str], exceptions: Collection[str] = ()) -> Outcome | None:
    """Return why a letter must not go to an address, None where it may."""
    if allowed(address, domains, exceptions):
        return None
    named = address.rpartition("@")[2] or address
    return Outcome.refused(NOT_ALLOWED, f"{named} is none of the office's domains ({', '.join(domains)})")
