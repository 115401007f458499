"""A database with a row in every table, and files, so that nothing is forgotten when all of it is moved."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Date, DateTime, Engine, Float, Integer, String, insert, select
from sqlalchemy.schema import Column, Table
from sqlmodel import SQLModel

from directives.model import Urgency
from tests.tracker.factories import MOMENT, a_contact, a_deadline, a_directive, a_draft, an_agency
from tracker.domain.people import EmailState, Role
from tracker.services import files
from tracker.store.session import transaction
from tracker.store.tables import ContactRow, DirectiveRow

CONTENT: Final = "Sở Công Thương: tham mưu …".encode()
CHOSEN: Final = {"verdict": "accepted", "standing": "official", "reason": "old-documents"}
LOGINS: Final = ("a", "b")  # who may back up and restore
STATES: Final = {
    ("accounts", "role"): "administrator",
    ("accounts", "valid_to"): date(2100, 12, 31),
    ("bounces", "kind"): "hard",
    ("calendar_days", "kind"): "holiday",
    ("contacts", "role"): "officer",
    ("extensions", "state"): "asked",
    ("letter_items", "role"): "officer",
    ("outbox", "state"): "queued",
    ("reports", "kind"): "result",
    ("step_notes", "outcome"): "held",
    ("step_notes", "role"): "officer",
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
        reader = session.get_one(ContactRow, a_contact(session, Role.OFFICER, "so-cong-thuong"))
        reader.phone, reader.zalo_user_id, reader.zalo_source = "84900000000", "0123456789", "event-1"
        reader.zalo_linked_at = reader.consented_at = MOMENT
        reader.email_state, reader.hard_bounces = EmailState.DOUBTFUL, 1
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))), a_draft(None), stored_as=place)
        urgent = a_directive(session, a_draft(a_deadline(date(2020, 2, 29)), confidence=1 / 3))
        session.get_one(DirectiveRow, urgent).urgency = Urgency.FLASH
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                for number in range(1, 3 if table.name == "accounts" else 2):
                    connection.execute(insert(table).values(**_row(table, number)))


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Column[Any], number: int) -> Any:
    """Make up a value that the table's rules allow; what may be empty is filled too."""
    if (table.name, column.name) == ("accounts", "login"):
        return LOGINS[number - 1]
    if (table.name, column.name) in STATES:
        return STATES[table.name, column.name]
    for key in column.foreign_keys:
        return 1 if isinstance(column.type, Integer) else f"{key.column.table.name}-{key.column.name}-1"
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
