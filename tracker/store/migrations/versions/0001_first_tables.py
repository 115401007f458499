"""The first tables: register, contacts, directives, tasks, assignments, outbox, history, runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "attempts",
    "letter_items",
    "outbox",
    "assignments",
    "tasks",
    "citations",
    "contacts",
    "agency_members",
    "agency_aliases",
    "serials",
    "runs",
    "events",
    "directives",
    "agencies",
)
ROLES = "'officer', 'head', 'secretariat', 'chief-of-office', 'vice-chair', 'chairman'"


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def json(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=nullable)


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def whole(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str, name: str | None = None) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(name or f"uq_{table}_{'_'.join(columns)}"))


def points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    register()
    documents()
    letters()
    history()


def register() -> None:
    op.create_table(
        "agencies",
        whole("id"),
        text("code"),
        text("name"),
        text("kind"),
        whole("parent_id", nullable=True),
        flag("outside"),
        flag("is_group"),
        day("valid_from"),
        day("valid_to"),
        primary("agencies"),
        unique("agencies", "code"),
        points("agencies", "parent_id", "agencies"),
        check("agencies", "dates", "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"),
    )
    index("agencies", "parent_id")
    op.create_table(
        "agency_aliases",
        whole("id"),
        whole("agency_id"),
        text("alias"),
        primary("agency_aliases"),
        unique("agency_aliases", "agency_id", "alias"),
        points("agency_aliases", "agency_id", "agencies", "CASCADE"),
    )
    index("agency_aliases", "alias")
    op.create_table(
        "agency_members",
        whole("group_id"),
        whole("agency_id"),
        primary("agency_members", "group_id", "agency_id"),
        points("agency_members", "group_id", "agencies", "CASCADE"),
        points("agency_members", "agency_id", "agencies", "CASCADE"),
    )
    index("agency_members", "agency_id")
    op.create_table(
        "contacts",
        whole("id"),
        text("code"),
        text("name"),
        whole("agency_id", nullable=True),
        sa.Column("role", sa.String(24), nullable=False),
        text("email", nullable=True),
        text("zalo_chat_id", nullable=True),
        flag("active"),
        primary("contacts"),
        unique("contacts", "code"),
        points("contacts", "agency_id", "agencies"),
        check("contacts", "role", f"role IN ({ROLES})"),
        check("contacts", "an_address", "email IS NOT NULL OR zalo_chat_id IS NOT NULL"),
        check("contacts", "an_agency", "role NOT IN ('officer', 'head') OR agency_id IS NOT NULL"),
    )
    index("contacts", "agency_id")


def documents() -> None:
    op.create_table(
        "directives",
        whole("id"),
        text("sha256"),
        text("identity", nullable=True),
        text("number", nullable=True),
        day("issued_on"),
        text("issuer", nullable=True),
        text("genre"),
        text("subject", nullable=True),
        text("signer", nullable=True),
        text("text"),
        text("file_name"),
        text("format"),
        whole("pages", nullable=True),
        text("stored_as"),
        json("doubts"),
        moment("taken_in_at", nullable=False),
        text("taken_in_by"),
        moment("approved_at"),
        text("approved_by", nullable=True),
        whole("version"),
        primary("directives"),
        unique("directives", "sha256"),
        unique("directives", "identity"),
    )
    index("directives", "number")
    op.create_table(
        "citations",
        whole("id"),
        whole("directive_id"),
        text("number"),
        day("issued_on"),
        text("relation"),
        whole("span_start"),
        whole("span_end"),
        primary("citations"),
        points("citations", "directive_id", "directives"),
    )
    index("citations", "directive_id")
    index("citations", "number")
    op.create_table(
        "tasks",
        whole("id"),
        text("code"),
        whole("directive_id"),
        whole("ordinal"),
        text("item", nullable=True),
        text("action"),
        text("text"),
        whole("span_start"),
        whole("span_end"),
        json("coordinators"),
        json("recipient", nullable=True),
        text("deadline_text", nullable=True),
        whole("deadline_start", nullable=True),
        whole("deadline_end", nullable=True),
        text("deadline_kind", nullable=True),
        day("stated"),
        flag("exclusive"),
        day("due_on"),
        text("due_time", nullable=True),
        text("every", nullable=True),
        text("explain"),
        text("rule"),
        sa.Column("confidence", sa.Float(), nullable=False),
        json("doubts"),
        primary("tasks"),
        unique("tasks", "code"),
        unique("tasks", "directive_id", "ordinal"),
        points("tasks", "directive_id", "directives"),
        check("tasks", "span", "span_start < span_end"),
    )
    op.create_table(
        "assignments",
        whole("id"),
        whole("task_id"),
        whole("agency_id", nullable=True),
        whole("group_id", nullable=True),
        text("lead_text"),
        text("lead_name"),
        whole("span_start"),
        whole("span_end"),
        sa.Column("status", sa.String(24), nullable=False),
        day("due_on"),
        whole("deadline_version"),
        day("assigned_on"),
        day("filed_on"),
        json("doubts"),
        whole("version"),
        primary("assignments"),
        unique("assignments", "task_id", "lead_name"),
        points("assignments", "task_id", "tasks"),
        points("assignments", "agency_id", "agencies"),
        points("assignments", "group_id", "agencies"),
        check(
            "assignments",
            "status",
            "status IN ('draft', 'assigned', 'acknowledged', 'under_way', 'reported', 'confirmed', "
            "'returned', 'not_ours', 'suspended', 'transferred', 'withdrawn')",
        ),
        check("assignments", "filed", "status NOT IN ('reported', 'confirmed') OR filed_on IS NOT NULL"),
    )
    index("assignments", "agency_id")
    index("assignments", "status", "due_on")


def letters() -> None:
    op.create_table(
        "outbox",
        whole("id"),
        text("key"),
        text("kind"),
        day("business_date"),
        whole("contact_id", nullable=True),
        text("channel"),
        text("address"),
        text("message_id"),
        text("subject"),
        text("text"),
        text("html", nullable=True),
        text("thread_key"),
        sa.Column("state", sa.String(24), nullable=False),
        whole("attempts"),
        moment("created_at", nullable=False),
        moment("next_try_at", nullable=False),
        moment("expires_at"),
        text("lease_owner", nullable=True),
        moment("lease_until"),
        moment("sent_at"),
        text("provider_id", nullable=True),
        text("last_code", nullable=True),
        text("last_detail", nullable=True),
        primary("outbox"),
        unique("outbox", "key"),
        unique("outbox", "message_id"),
        points("outbox", "contact_id", "contacts"),
        check(
            "outbox",
            "state",
            "state IN ('queued', 'leased', 'sending', 'sent', 'unknown', 'dead', 'dropped')",
        ),
    )
    index("outbox", "business_date")
    index("outbox", "state", "next_try_at")
    op.create_table(
        "letter_items",
        whole("id"),
        whole("outbox_id"),
        whole("assignment_id"),
        whole("deadline_version"),
        whole("ladder_version"),
        text("step"),
        whole("contact_id"),
        text("channel"),
        sa.Column("role", sa.String(24), nullable=False),
        text("kind"),
        text("left_out", nullable=True),
        primary("letter_items"),
        points("letter_items", "outbox_id", "outbox"),
        points("letter_items", "assignment_id", "assignments"),
        points("letter_items", "contact_id", "contacts"),
        check("letter_items", "role", f"role IN ({ROLES})"),
    )
    index("letter_items", "outbox_id")
    op.create_index(
        "uq_letter_items_step",
        "letter_items",
        ["assignment_id", "deadline_version", "ladder_version", "step", "contact_id", "channel"],
        unique=True,
        sqlite_where=sa.text("left_out IS NULL"),
        postgresql_where=sa.text("left_out IS NULL"),
    )
    op.create_table(
        "attempts",
        whole("id"),
        whole("outbox_id"),
        whole("ordinal"),
        text("worker"),
        moment("started_at", nullable=False),
        moment("finished_at"),
        text("outcome", nullable=True),
        text("code", nullable=True),
        text("detail", nullable=True),
        primary("attempts"),
        unique("attempts", "outbox_id", "ordinal"),
        points("attempts", "outbox_id", "outbox"),
    )


def history() -> None:
    op.create_table(
        "events",
        whole("id"),
        moment("at", nullable=False),
        text("actor"),
        text("channel"),
        text("action"),
        text("entity"),
        whole("entity_id"),
        json("before", nullable=True),
        json("after", nullable=True),
        text("previous_hash", nullable=True),
        text("hash", nullable=True),
        primary("events"),
    )
    index("events", "entity", "entity_id")
    op.create_table(
        "runs",
        day("business_date", nullable=False),
        moment("started_at", nullable=False),
        moment("finished_at"),
        json("report", nullable=True),
        primary("runs", "business_date"),
    )
    op.create_table("serials", text("series"), whole("last"), primary("serials", "series"))
    forbid_rewriting_history()


def forbid_rewriting_history() -> None:
    """History is only added to: the database itself refuses anything else."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER events_only_added ON events")
        op.execute("DROP FUNCTION refuse_rewriting()")
    for table in TABLES:
        op.drop_table(table)
