"""The triggers that forbid rewriting what is only ever added, and whether all of them still stand."""

from typing import Final

from sqlalchemy import text
from sqlmodel import Session

_SQLITE: Final = {
    f"{table}_no_{change}": f"CREATE TRIGGER {table}_no_{change} BEFORE {event} ON {table} {when}"
    f"BEGIN SELECT RAISE(ABORT, '{says} are only ever added'); END"
    for table, says, same in (
        ("events", "events", "id = NEW.id"),
        (
            "deadline_versions",
            "deadline versions",
            "id = NEW.id OR (assignment_id = NEW.assignment_id AND version = NEW.version)",
        ),
    )
    for change, event, when in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "),  # noqa: S608 - our names
    )
}
_POSTGRESQL: Final = {
    f"{table}_only_added": (
        (
            f"CREATE TRIGGER {table}_only_added BEFORE DELETE OR UPDATE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        ),
        f"BEGIN RAISE EXCEPTION '{says} are only ever added'; END",
    )
    for table, says, function in (
        ("events", "events", "refuse_rewriting"),
        ("deadline_versions", "deadline versions", "refuse_rewriting_deadlines"),
    )
}


def missing(session: Session) -> list[str]:
    """Return the names of the triggers that were dropped, switched off or made to do something else."""
    if session.get_bind().dialect.name == "sqlite":
        return _missing_on_sqlite(session)
    return _missing_on_postgresql(session)


def _missing_on_sqlite(session: Session) -> list[str]:
    rows = session.connection().execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = {row.name: row.sql for row in rows}
    return [name for name, made in _SQLITE.items() if found.get(name) != made]


def _missing_on_postgresql(session: Session) -> list[str]:
    rows = session.connection().execute(
        text(
            "SELECT t.tgname, replace(pg_get_triggerdef(t.oid), current_schema() || '.', ''), trim(p.prosrc) "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
            "AND c.relnamespace = current_schema()::regnamespace"
        )
    )
    found = {name: (made, does) for name, made, does in rows}
    return [name for name, made in _POSTGRESQL.items() if found.get(name) != made]
