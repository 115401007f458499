"""Inserts that let the database settle who was first; both databases speak the same dialect here."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert(session: Session, table: type[SQLModel]) -> "postgresql.Insert | sqlite.Insert":
    """Return the INSERT of the session's database, which knows ON CONFLICT."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_new(session: Session, table: type[SQLModel], values: Mapping[str, Any]) -> bool:
    """Add a row unless a unique key is taken; return whether it was added.

    On PostgreSQL this waits for a concurrent transaction that adds the same key.
    """
    keys = list(table.__table__.primary_key.columns)  # type: ignore[attr-defined]
    added = insert(session, table).values(**values).on_conflict_do_nothing().returning(*keys)
    return session.execute(added).first() is not None
