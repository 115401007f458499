"""What a forger of history can do: reckon the hash of a line as the program does."""

from sqlalchemy import Connection
from sqlmodel import Session

from tracker.store.audit import lines
from tracker.store.chain import link


def forged_hash(connection: Connection, number: int) -> str:
    """Return the hash that fits what a line says now."""
    with Session(connection) as session:
        (line,) = [one for one in lines(session) if one.id == number]
    return link(line.previous_hash or "", line)
