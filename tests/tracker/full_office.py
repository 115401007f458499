"""A database with a row in every table, and files, so that nothing is forgotten when all of it is moved."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Date, DateTime, Engine, Float, Integer, String, insert, select
from sqlalchemy.schema import Column, Table
from sqlmodel import SQLModel

from tests.tracker.factories import MOMENT, a_contact, a_deadline, a_directive, a_draft, an_agency
from tracker.domain.people import Role
from tracker.services import files
from tracker.store.session import transaction

CONTENT: Final = "Sở Công Thương: tham mưu …".encode()
CHOSEN: Final = {"verdict": "accepted", "standing": "official", "reason": "old-documents"}
STATES: Final = {
    ("accounts", "role"): "administrator",
    ("bounces", "kind"): "hard",
    ("calendar_days", "kind"): "holiday",
    ("contacts", "role"): "officer",
    ("extensions", "state"): "asked",
    ("letter_items", "role"): "officer",
    ("outbox", "state"): "queued",
    ("reports", "kind"): "result",
    ("substitutions", "account_id"): 1,
    ("substitutions", "substitute_id"): 2,
    ("task_links", "task_id"): 1,
    ("task_links", "other_id"): 2,
    ("revisions", "old_id"): 1,
    ("revisions", "new_id"): 2,
    ("successions", "old_id"): 1,
    ("successions", "new_id"): 2,
}


def fill(engine: Engine, folder: Path) -> None:
    """Put documents, people and work into a database, then a row into every table that is still empty."""
    place = files.place_of(sha256(CONTENT).hexdigest(), "txt")
    files.keep(CONTENT, folder / "files", place)
    with transaction(engine) as session:
        an_agency(session, "so-y-te", "Sở Y tế")
        an_agency(session)
        an_agency(session, "chi-cuc", "Chi cục Quản lý «thị trường»\u2028\\", parent="so-cong-thuong")
        a_contact(session, Role.OFFICER, "so-cong-thuong")
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))), a_draft(None), stored_as=place)
        a_directive(session, a_draft(a_deadline(date(2020, 2, 29)), confidence=1 / 3))
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                for number in range(1, 3 if table.name == "accounts" else 2):
                    connection.execute(insert(table).values(**_row(table, number)))


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Column[Any], number: int) -> Any:
    """Make up a value that the table's rules allow; what may be empty is filled too."""
    if (table.name, column.name) in STATES:
        return STATES[table.name, column.name]
    if column.foreign_keys:
        return 1
    if column.primary_key and isinstance(column.type, Integer):
        return number
    return CHOSEN.get(column.name) or _of_type(table, column, number)


def _of_type(table: Table, column: Column[Any], number: int) -> Any:
    made: tuple[tuple[type, Any], ...] = (
        (JSON, [{"name": "Sở «Y tế»", "score": 0.5, "none": None}]),
        (DateTime, MOMENT.replace(microsecond=123456)),
        (Date, date(2020, 2, 29)),
        (Boolean, True),
        (Float, 0.1),
        (Integer, 7),
        (String, f"{table.name}-{column.name}-{number}"),
    )
    kept = getattr(column.type, "impl_instance", column.type)
    return next(value for kind, value in made if isinstance(kept, kind))
