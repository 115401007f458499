"""One unit of work, one transaction, committed at the edge; its history is written as its last act."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tracker.store.engine import READING, explained
from tracker.store.events import seal


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a session that commits on success and rolls back on error; on SQLite it holds the write lock."""
    with _explaining(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
        seal(session)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session for questions only; it never waits for a writer."""
    bound = engine.execution_options(**{READING: True})
    with _explaining(engine), Session(bound, expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def _explaining(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into sentences where a person can do something about them."""
    try:
        yield
    except DBAPIError as error:
        if (meant := explained(error, engine.url)) is not None:
            raise meant from error
        raise
