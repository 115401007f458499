"""Column types shared by the tables, and the names constraints get.

The naming convention must stand before the first table is declared, so tables.py imports this module first.
"""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

JSON_VALUE: Final = JSON().with_variant(JSONB(), "postgresql")


def one_of(states: type[StrEnum], name: str) -> Enum:
    """Store an enum by its values, as text with a CHECK, alike on both databases.

    SQLModel's own default stores the member's NAME and makes a native type on PostgreSQL.
    """
    return Enum(
        states,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda kinds: [kind.value for kind in kinds],
        name=name,
    )


def surrogate() -> Any:
    """Declare a surrogate key."""
    return Field(default=None, primary_key=True)


def json_list() -> Any:
    """Declare a column that holds a JSON list, empty by default."""
    return Field(default_factory=list, sa_type=JSON_VALUE, nullable=False)
