"""When two files are one document: number, date and issuer; and when they only may be."""

from datetime import date

from sqlmodel import Session

from directives.model import Letterhead
from directives.names import key
from tracker.store import directives
from tracker.store.directives import DirectiveEntry


def identity_of(head: Letterhead) -> str | None:
    """Return what makes a document the same in another file: number, date and issuer, folded."""
    if head.number is None or head.issued_on is None:
        return None
    return "|".join((key(head.number), head.issued_on.isoformat(), key(head.issuer or "")))


def same_document(
    session: Session, number: str | None, issued_on: date | None, issuer: str | None
) -> DirectiveEntry | None:
    """Find the document that bears the same number and date; an issuer that is unknown may be the same."""
    if number is None or issued_on is None:
        return None
    for entry in directives.issued_on(session, issued_on):
        if entry.number is None or key(entry.number) != key(number):
            continue
        if entry.issuer is None or issuer is None or key(entry.issuer) == key(issuer):
            return entry
    return None


def similar_document(session: Session, new_id: int) -> DirectiveEntry | None:
    """Find another document of the same date whose number may be the same one.

    «120/TB», read from a file's name, may be «120/TB-UBND»; an issuer may have been misread. Only a person
    can tell, so such documents are pointed out and never merged.
    """
    new = directives.with_id(session, new_id)
    if new is None or new.number is None or new.issued_on is None:
        return None
    for entry in directives.issued_on(session, new.issued_on):
        if entry.id != new_id and entry.number is not None and may_be_one(entry.number, new.number):
            return entry
    return None


def may_be_one(one: str, other: str) -> bool:
    """Tell whether two numbers are the same, or one leaves out who issued it."""
    shorter, longer = sorted((one.upper(), other.upper()), key=len)
    return key(shorter) == key(longer) or longer.startswith(shorter + "-")
