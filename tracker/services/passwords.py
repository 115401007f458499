"""Passwords: kept as argon2id hashes, never told, never written into history."""

from functools import cache
from secrets import token_hex
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from tracker.domain.permissions import Deed
from tracker.errors import InvalidSetting, NotFound
from tracker.services.permits import allow
from tracker.store import accounts
from tracker.store.events import Act, Change, record

SHORTEST: Final = 10  # characters; length is what makes a password hard to guess (NIST SP 800-63B, 3.1.1)
LONGEST: Final = 256


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory


@cache
def _nobodys() -> str:
    """Return the hash of a password that nobody has."""
    return _hasher().hash(token_hex())


def set_password(session: Session, login: str, password: str, *, act: Act) -> None:
    """Give a person a new password: their own, or anybody's where an administrator does it.

    Raises NotFound for an unknown login, InvalidSetting for a password too easily guessed.
    """
    account = accounts.with_login(session, login)
    if account is None:
        raise NotFound("account.unknown", login=login)
    if act.actor != login:
        act = allow(session, act, Deed.ACCOUNTS)
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidSetting("password.length", shortest=SHORTEST, longest=LONGEST)
    if login.casefold() in password.casefold() or len(set(password)) < SHORTEST // 2:
        raise InvalidSetting("password.too-easy")
    accounts.set_password_hash(session, account.id, _hasher().hash(password))
    record(session, act, "password-changed", ("account", account.id), Change())


def password_matches(session: Session, login: str, password: str) -> bool:
    """Tell whether a password is a person's; it takes as long where there is no such person."""
    account = accounts.with_login(session, login)
    kept = None if account is None else accounts.password_hash(session, account.id)
    try:
        return _hasher().verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
