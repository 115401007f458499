"""Successors, calendar, deadline versions, reports, requests, lineage, accounts, and the chain of history."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "holds",
    "chain",
    "revisions",
    "task_links",
    "explanations",
    "evidence",
    "reports",
    "extensions",
    "deadline_versions",
    "substitutions",
    "accounts",
    "calendar_years",
    "calendar_days",
    "successions",
)
ONLY_ADDED = "deadline_versions"
GENESIS = "0" * 64


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def whole(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def flag(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def one_of(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(24), nullable=nullable)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], op.f(f"fk_{table}_{column}"))


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def among(table: str, column: str, *values: str) -> sa.CheckConstraint:
    return check(table, column, f"{column} IN ({', '.join(repr(value) for value in values)})")


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    register()
    calendar()
    accounts()
    documents()
    assignments()
    requests()
    history()


def register() -> None:
    with op.batch_alter_table("agencies") as table:
        table.add_column(sa.Column("level", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("agencies") as table:
        table.alter_column("level", server_default=None)
    for name in ("agency_aliases", "agency_members"):
        op.add_column(name, day("valid_from"))
        op.add_column(name, day("valid_to"))
    op.create_table(
        "successions",
        whole("id"),
        whole("old_id"),
        whole("new_id"),
        day("on_day", nullable=False),
        text("scope"),
        text("basis"),
        primary("successions"),
        unique("successions", "old_id", "new_id", "on_day"),
        points("successions", "old_id", "agencies"),
        points("successions", "new_id", "agencies"),
        check("successions", "another", "old_id <> new_id"),
    )
    index("successions", "old_id")
    index("successions", "new_id")


def calendar() -> None:
    op.create_table(
        "calendar_days",
        day("day", nullable=False),
        one_of("kind"),
        text("name"),
        text("decision"),
        one_of("standing"),
        day("swapped_with"),
        moment("at", nullable=False),
        text("actor"),
        primary("calendar_days", "day"),
        among("calendar_days", "kind", "holiday", "in_lieu", "swapped_off", "worked", "ordinary"),
        among("calendar_days", "standing", "official", "provisional"),
    )
    op.create_table(
        "calendar_years",
        whole("year"),
        moment("at", nullable=False),
        text("actor"),
        primary("calendar_years", "year"),
    )


def accounts() -> None:
    roles = ("administrator", "secretariat", "leader", "agency-head", "agency-officer")
    op.create_table(
        "accounts",
        whole("id"),
        text("login"),
        text("name"),
        one_of("role"),
        whole("agency_id", nullable=True),
        whole("contact_id", nullable=True),
        text("password_hash", nullable=True),
        day("valid_from"),
        day("valid_to"),
        moment("created_at", nullable=False),
        whole("version"),
        primary("accounts"),
        unique("accounts", "login"),
        points("accounts", "agency_id", "agencies"),
        points("accounts", "contact_id", "contacts"),
        among("accounts", "role", *roles),
        check("accounts", "an_agency", "role NOT IN ('agency-head', 'agency-officer') OR agency_id IS NOT NULL"),
        check("accounts", "dates", "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"),
    )
    index("accounts", "agency_id")
    index("accounts", "contact_id")
    op.create_table(
        "substitutions",
        whole("id"),
        whole("account_id"),
        whole("substitute_id"),
        day("from_on", nullable=False),
        day("to_on", nullable=False),
        text("reason"),
        moment("ended_at"),
        primary("substitutions"),
        points("substitutions", "account_id", "accounts"),
        points("substitutions", "substitute_id", "accounts"),
        check("substitutions", "another", "account_id <> substitute_id"),
        check("substitutions", "dates", "from_on <= to_on"),
    )
    index("substitutions", "account_id")
    index("substitutions", "substitute_id")


def documents() -> None:
    op.add_column("directives", day("received_on"))
    with op.batch_alter_table("tasks") as table:
        table.add_column(whole("continues_id", nullable=True))
        table.create_foreign_key(op.f("fk_tasks_continues_id"), "tasks", ["continues_id"], ["id"])
    index("tasks", "continues_id")
    op.create_table(
        "task_links",
        whole("id"),
        whole("task_id"),
        whole("other_id"),
        flag("same"),
        moment("at", nullable=False),
        text("actor"),
        primary("task_links"),
        unique("task_links", "task_id", "other_id"),
        points("task_links", "task_id", "tasks"),
        points("task_links", "other_id", "tasks"),
        check("task_links", "order", "task_id < other_id"),
    )
    index("task_links", "task_id")
    index("task_links", "other_id")
    op.create_table(
        "revisions",
        whole("id"),
        whole("old_id"),
        whole("new_id"),
        text("relation"),
        moment("accepted_at", nullable=False),
        text("accepted_by"),
        primary("revisions"),
        unique("revisions", "old_id", "new_id"),
        points("revisions", "old_id", "directives"),
        points("revisions", "new_id", "directives"),
        check("revisions", "another", "old_id <> new_id"),
    )
    index("revisions", "old_id")
    index("revisions", "new_id")


def assignments() -> None:
    with op.batch_alter_table("assignments") as table:
        table.add_column(whole("given_to_id", nullable=True))
        table.add_column(sa.Column("occasion", sa.String(), nullable=False, server_default=""))
        table.add_column(whole("origin_id", nullable=True))
        table.add_column(day("received_on"))
        table.add_column(day("event_on"))
        table.add_column(sa.Column("recurrence", sa.String(), nullable=True))
        table.add_column(day("suspended_until"))
        table.create_foreign_key(op.f("fk_assignments_given_to_id"), "agencies", ["given_to_id"], ["id"])
        table.create_foreign_key(op.f("fk_assignments_origin_id"), "assignments", ["origin_id"], ["id"])
        table.drop_constraint(op.f("uq_assignments_task_id_lead_name"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_assignments_task_id_lead_name_occasion"), ["task_id", "lead_name", "occasion"]
        )
    with op.batch_alter_table("assignments") as table:
        table.alter_column("occasion", server_default=None)
    index("assignments", "origin_id")
    causes = ("read", "anchor", "set", "extension", "calendar", "instance", "correction", "revision")
    op.create_table(
        ONLY_ADDED,
        whole("id"),
        whole("assignment_id"),
        whole("version"),
        day("due_on"),
        one_of("cause"),
        text("explain"),
        text("document", nullable=True),
        moment("at", nullable=False),
        text("actor"),
        primary(ONLY_ADDED),
        unique(ONLY_ADDED, "assignment_id", "version"),
        points(ONLY_ADDED, "assignment_id", "assignments"),
        among(ONLY_ADDED, "cause", *causes),
    )
    op.execute(
        "INSERT INTO deadline_versions (assignment_id, version, due_on, cause, explain, document, at, actor) "
        "SELECT a.id, a.deadline_version, a.due_on, 'read', t.explain, d.number, d.taken_in_at, d.taken_in_by "
        "FROM assignments a JOIN tasks t ON t.id = a.task_id JOIN directives d ON d.id = t.directive_id "
        "ORDER BY a.id"
    )
    forbid_rewriting_deadlines()


def forbid_rewriting_deadlines() -> None:
    """A deadline that was in force stays known: the database itself refuses to change it."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {ONLY_ADDED}_no_{change.lower()} BEFORE {change} ON {ONLY_ADDED} "
                "BEGIN SELECT RAISE(ABORT, 'deadline versions are only ever added'); END"
            )
        forbid_replacing(
            ONLY_ADDED,
            "id = NEW.id OR (assignment_id = NEW.assignment_id AND version = NEW.version)",
            "deadline versions are only ever added",
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_rewriting_deadlines() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'deadline versions are only ever added'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {ONLY_ADDED}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {ONLY_ADDED} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_deadlines()"
    )


def forbid_replacing(table: str, same: str, why: str) -> None:
    """Close SQLite's back door: REPLACE INTO removes the row in its way without asking the DELETE trigger."""
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def requests() -> None:
    op.create_table(
        "extensions",
        whole("id"),
        whole("assignment_id"),
        day("asked_on", nullable=False),
        text("asked_by"),
        text("reason"),
        day("proposed_on", nullable=False),
        flag("in_time"),
        one_of("state"),
        day("granted_on"),
        moment("decided_at"),
        text("decided_by", nullable=True),
        text("answer"),
        text("document", nullable=True),
        whole("directive_id", nullable=True),
        primary("extensions"),
        points("extensions", "assignment_id", "assignments"),
        points("extensions", "directive_id", "directives"),
        among("extensions", "state", "asked", "granted", "refused", "withdrawn"),
        check("extensions", "granted", "state <> 'granted' OR granted_on IS NOT NULL"),
    )
    index("extensions", "assignment_id")
    op.create_index(
        "uq_extensions_open",
        "extensions",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "reports",
        whole("id"),
        whole("assignment_id"),
        one_of("kind"),
        day("filed_on", nullable=False),
        moment("at", nullable=False),
        text("actor"),
        text("words"),
        text("document", nullable=True),
        day("document_on"),
        one_of("verdict", nullable=True),
        moment("decided_at"),
        text("decided_by", nullable=True),
        text("reason"),
        primary("reports"),
        points("reports", "assignment_id", "assignments"),
        among("reports", "kind", "progress", "obstacle", "result"),
        among("reports", "verdict", "accepted", "returned"),
    )
    index("reports", "assignment_id")
    op.create_table(
        "evidence",
        whole("id"),
        whole("report_id"),
        text("sha256"),
        text("file_name"),
        whole("size"),
        text("stored_as"),
        primary("evidence"),
        unique("evidence", "report_id", "sha256"),
        points("evidence", "report_id", "reports"),
    )
    index("evidence", "sha256")
    op.create_table(
        "explanations",
        whole("id"),
        whole("assignment_id"),
        moment("asked_at", nullable=False),
        text("asked_by"),
        day("answer_by", nullable=False),
        text("words"),
        moment("answered_at"),
        text("answered_by", nullable=True),
        text("answer"),
        flag("objective", nullable=True),
        moment("confirmed_at"),
        text("confirmed_by", nullable=True),
        primary("explanations"),
        points("explanations", "assignment_id", "assignments"),
    )
    index("explanations", "assignment_id")


def history() -> None:
    op.create_table(
        "holds",
        whole("id"),
        text("reason"),
        whole("directive_id", nullable=True),
        moment("since", nullable=False),
        moment("released_at"),
        text("released_by", nullable=True),
        primary("holds"),
        points("holds", "directive_id", "directives"),
    )
    index("holds", "directive_id")
    op.create_table(
        "chain",
        whole("id"),
        whole("count"),
        text("last_hash"),
        primary("chain"),
        check("chain", "single", "id = 1"),
    )
    chain_what_is_there()
    if op.get_bind().dialect.name == "sqlite":
        forbid_replacing("events", "id = NEW.id", "events are only ever added")


def chain_what_is_there() -> None:
    """Link the lines that were written before there was a chain; only here may the triggers stand aside."""
    bind = op.get_bind()
    events = sa.table(
        "events",
        *(sa.column(name) for name in ("id", "actor", "channel", "action", "entity", "entity_id")),
        sa.column("at", sa.DateTime(timezone=True)),
        *(
            sa.column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"))
            for name in ("before", "after")
        ),
        *(sa.column(name, sa.String()) for name in ("previous_hash", "hash")),
    )
    trigger = triggers_aside()
    last, count = GENESIS, 0
    for row in bind.execute(sa.select(events).order_by(events.c.id)).all():
        new = link(last, row)
        bind.execute(
            sa.update(events).where(events.c.id == row.id).values(previous_hash=last, hash=new)
        )
        last, count = new, count + 1
    bind.execute(sa.text("INSERT INTO chain (id, count, last_hash) VALUES (1, :count, :last)"), {"count": count, "last": last})
    for statement in trigger:
        op.execute(statement)


def link(previous: str, line: Any) -> str:
    """Return the hash of a line after another, as it was reckoned when this revision was written.

    A copy: a database of 0001 is brought here the same way whatever becomes of the live code.
    """
    at: datetime = line.at
    moment = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    said = {"previous": previous, "id": line.id, "at": moment.isoformat()}
    for name in ("actor", "channel", "action", "entity", "entity_id", "before", "after"):
        said[name] = getattr(line, name)
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def triggers_aside() -> list[str]:
    """Lift the trigger that forbids changes, and return what puts it back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE events DISABLE TRIGGER events_only_added")
        return ["ALTER TABLE events ENABLE TRIGGER events_only_added"]
    made = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'events_no_update'")
    statement = op.get_bind().execute(made).scalar_one()
    op.execute("DROP TRIGGER events_no_update")
    return [statement]


def downgrade() -> None:
    raise NotImplementedError("the history that 0002 keeps cannot be given up; restore a backup instead")
