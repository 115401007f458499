"""The migrations and the models say the same, on both databases."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, Executable, delete, inspect, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col

from tracker.errors import Unavailable
from tracker.store.engine import make_engine
from tracker.store.migrate import head, prepare, upgrade
from tracker.store.session import transaction
from tracker.store.tables import EventRow


def test_upgraded_tables_are_the_models(empty_database_url: str) -> None:
    """Migrating an empty database leaves nothing for autogenerate to add, type by type."""
    engine = make_engine(empty_database_url)
    upgrade(engine)
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            ),
            SQLModel.metadata,
        )
    engine.dispose()

    assert differences == []


def test_constraints_are_those_of_the_models(empty_database_url: str) -> None:
    """Names of CHECK, UNIQUE and FOREIGN KEY constraints agree too, some unseen by autogenerate."""
    engine = make_engine(empty_database_url)
    upgrade(engine)
    tables = SQLModel.metadata.sorted_tables
    found = {name for table in tables for name in _constraint_names(engine, table.name)}
    expected = {str(constraint.name) for table in tables for constraint in table.constraints}
    engine.dispose()

    assert expected == found


def _constraint_names(engine: Engine, table: str) -> list[str]:
    inspector = inspect(engine)
    lists = (
        inspector.get_check_constraints(table),
        inspector.get_unique_constraints(table),
        inspector.get_foreign_keys(table),
        [inspector.get_pk_constraint(table)],
    )
    return [str(constraint["name"]) for constraints in lists for constraint in constraints]


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    """A second upgrade finds the tables as they should be."""
    assert head() == upgrade(engine)


def test_an_empty_database_is_prepared_unasked(empty_database_url: str) -> None:
    """The first command on a new machine needs no other command before it."""
    engine = make_engine(empty_database_url)
    prepare(engine)

    assert "assignments" in inspect(engine).get_table_names()
    engine.dispose()


def test_tables_of_an_older_program_are_not_touched_unasked(engine: Engine) -> None:
    """Existing data is only migrated when somebody asks for it."""
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))

    with pytest.raises(Unavailable, match="db upgrade"):
        prepare(engine)


def test_a_database_of_a_newer_program_is_refused(engine: Engine) -> None:
    """An old program leaves a newer database alone, even when asked to upgrade it."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Unavailable, match="9999"):
        upgrade(engine)


@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(update(EventRow).values(actor="nobody"), id="changed"),
        pytest.param(delete(EventRow).where(col(EventRow.id) == 1), id="removed"),
    ],
)
def test_history_cannot_be_rewritten(engine: Engine, rewrite: Executable) -> None:
    """The database refuses to change or remove a line of history."""
    with transaction(engine) as session:
        session.add(
            EventRow(
                at=datetime(2020, 4, 6, tzinfo=UTC),
                actor="a",
                channel="cli",
                action="approved",
                entity="directive",
                entity_id=1,
            )
        )

    with pytest.raises(DBAPIError, match="only ever added"), transaction(engine) as session:
        session.execute(rewrite)
