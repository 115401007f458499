"""Let letters go to single addresses outside the office's domains, and end that again."""

from sqlmodel import Session

from notifications.channels.mail import is_address
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InvalidSetting, NotFound
from tracker.services.permits import allow
from tracker.store import address_exceptions
from tracker.store.address_exceptions import AddressException
from tracker.store.events import Act


def except_address(session: Session, address: str, reason: str, *, act: Act) -> AddressException:
    """Let letters go to an address, for a reason that history keeps.

    Raises InvalidSetting for what is no address or has no reason, Conflict for one that is excepted already,
    NotPermitted for who may not.
    """
    act = allow(session, act, Deed.LETTERS)
    wanted, why = _address(address), " ".join(reason.split())
    if not why:
        raise InvalidSetting("exception.no-reason", address=wanted)
    if wanted in address_exceptions.in_force(session):
        raise Conflict("exception.already", address=wanted)
    return address_exceptions.add(session, wanted, why, act=act)


def revoke_exception(session: Session, address: str, reason: str = "", *, act: Act) -> None:
    """End the exception of an address: letters that wait for it are not sent any more.

    Raises NotFound for an address that is not excepted, NotPermitted for who may not.
    """
    act = allow(session, act, Deed.LETTERS)
    wanted = _address(address)
    if not address_exceptions.revoke(session, wanted, " ".join(reason.split()), act=act):
        raise NotFound("exception.none", address=wanted)


def _address(written: str) -> str:
    """Return an address as it is kept; capitals do not matter in any office's mail."""
    wanted = written.strip().lower()
    if not is_address(wanted):
        raise InvalidSetting("exception.not-an-address", address=written)
    return wanted
