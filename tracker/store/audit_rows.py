"""The rows that history speaks of, as raw as they lie there, for the one who checks them against it."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

_AT_ONCE: Final = 2000  # rows in memory


class KeptWork(NamedTuple):
    """An assignment: days as ISO text, states by their codes, whatever else somebody wrote there."""

    id: int
    code: str | None  # its task's
    status: str | None
    due_on: str | None
    filed_on: str | None
    agency: str | None  # the code of who answers
    deadline_version: str | None


class KeptDeadline(NamedTuple):
    """A version of a deadline."""

    assignment_id: int
    version: int
    due_on: str | None
    cause: str | None
    explain: str | None
    document: str | None


class KeptAccount(NamedTuple):
    """A person who may act; the agency by its code."""

    id: int
    login: str | None
    name: str | None
    role: str | None
    agency: str | None
    valid_from: str | None
    valid_to: str | None


class KeptSubstitution(NamedTuple):
    """Who stands in for whom: the account, the login of the substitute, the days."""

    id: int
    account_id: int
    substitute: str | None
    from_on: str | None
    to_on: str | None
    ended: str | None  # whether it was called off


def works(session: Session) -> Iterator[KeptWork]:
    """Yield every assignment."""
    words = _words(session, "t.code", "a.status", "a.due_on", "a.filed_on", "g.code", "a.deadline_version")
    asked = (
        f"SELECT a.id, {words} FROM assignments a LEFT JOIN tasks t ON t.id = a.task_id "  # noqa: S608 - our names
        "LEFT JOIN agencies g ON g.id = a.agency_id ORDER BY a.id"
    )
    return (KeptWork(*row) for row in _rows(session, asked))


def deadlines(session: Session) -> Iterator[KeptDeadline]:
    """Yield every version of every deadline."""
    words = _words(session, "due_on", "cause", "explain", "document")
    asked = f"SELECT assignment_id, version, {words} FROM deadline_versions ORDER BY assignment_id, version"  # noqa: S608 - our names
    return (KeptDeadline(*row) for row in _rows(session, asked))


def accounts(session: Session) -> Iterator[KeptAccount]:
    """Yield every account."""
    words = _words(session, "p.login", "p.name", "p.role", "g.code", "p.valid_from", "p.valid_to")
    asked = f"SELECT p.id, {words} FROM accounts p LEFT JOIN agencies g ON g.id = p.agency_id ORDER BY p.id"  # noqa: S608 - our names
    return (KeptAccount(*row) for row in _rows(session, asked))


def substitutions(session: Session) -> Iterator[KeptSubstitution]:
    """Yield every substitution."""
    ended = "CASE WHEN s.ended_at IS NULL THEN 'no' ELSE 'yes' END"
    words = _words(session, "p.login", "s.from_on", "s.to_on", ended)
    asked = (
        f"SELECT s.id, s.account_id, {words} FROM substitutions s "  # noqa: S608 - our names
        "LEFT JOIN accounts p ON p.id = s.substitute_id ORDER BY s.id"
    )
    return (KeptSubstitution(*row) for row in _rows(session, asked))


def _words(session: Session, *columns: str) -> str:
    """Ask for columns as text; on SQLite as bytes, for such a column holds whatever somebody put there."""
    kind = "BLOB" if session.get_bind().dialect.name == "sqlite" else "TEXT"
    return ", ".join(f"CAST({column} AS {kind})" for column in columns)


def _rows(session: Session, asked: str) -> Iterator[list[Any]]:
    rows = session.connection().execute(text(asked), execution_options={"yield_per": _AT_ONCE})
    for row in rows:
        yield [one.decode(errors="replace") if isinstance(one, bytes) else one for one in row]
