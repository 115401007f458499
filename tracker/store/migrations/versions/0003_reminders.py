"""Ladders as data, links that act, tokens and breakers of channels, bounces, snapshots, and notes of each step."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROLES = ("officer", "head", "secretariat", "chief-of-office", "vice-chair", "chairman")
OUTCOMES = ("fired", "merged", "held", "capped", "dropped", "unreachable", "silent", "deferred")
JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def whole(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def one_of(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column:
    return sa.Column(name, sa.String(24), nullable=nullable, server_default=default)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], op.f(f"fk_{table}_{column}"))


def among(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    rule = f"{column} IN ({', '.join(repr(value) for value in values)})"
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{column}"))


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    channels()
    proof()
    links()
    contacts()
    letters()
    documents()


def channels() -> None:
    op.create_table(
        "channel_tokens",
        text("credential"),
        text("access_token"),
        text("refresh_token"),
        moment("expires_at"),
        whole("revision"),
        moment("rotated_at"),
        primary("channel_tokens", "credential"),
    )
    op.create_table(
        "channel_states",
        text("channel"),
        whole("failures"),
        moment("since", nullable=False),
        moment("open_until"),
        text("reason"),
        primary("channel_states", "channel"),
    )
    op.create_table(
        "link_codes",
        whole("id"),
        whole("contact_id"),
        text("channel"),
        text("code_hash"),
        moment("created_at", nullable=False),
        moment("expires_at", nullable=False),
        moment("used_at"),
        primary("link_codes"),
        unique("link_codes", "code_hash"),
        points("link_codes", "contact_id", "contacts"),
    )
    index("link_codes", "contact_id")
    op.create_table(
        "bounces",
        whole("id"),
        text("source_key"),
        whole("contact_id", nullable=True),
        text("address"),
        one_of("kind"),
        text("message_id", nullable=True),
        text("status"),
        text("detail"),
        moment("received_at", nullable=False),
        primary("bounces"),
        unique("bounces", "source_key"),
        points("bounces", "contact_id", "contacts"),
        among("bounces", "kind", ("hard", "soft", "auto-reply", "other")),
    )
    index("bounces", "contact_id")
    index("bounces", "message_id")
    op.create_table(
        "address_exceptions",
        whole("id"),
        text("address"),
        text("reason"),
        moment("created_at", nullable=False),
        text("created_by"),
        moment("revoked_at"),
        primary("address_exceptions"),
    )
    index("address_exceptions", "address")


def proof() -> None:
    op.create_table(
        "ladders",
        whole("version"),
        sa.Column("steps", JSON_VALUE, nullable=False),
        whole("per_day"),
        sa.Column("standing", JSON_VALUE, nullable=False),
        moment("created_at", nullable=False),
        text("created_by"),
        primary("ladders", "version"),
    )
    op.create_table(
        "snapshots",
        text("id"),
        day("business_date", nullable=False),
        moment("cut_off_at", nullable=False),
        sa.Column("figures", JSON_VALUE, nullable=False),
        text("hash"),
        primary("snapshots"),
    )
    index("snapshots", "business_date")
    op.create_table(
        "step_notes",
        whole("id"),
        day("business_date", nullable=False),
        whole("assignment_id"),
        whole("deadline_version"),
        whole("ladder_version"),
        text("step"),
        one_of("role", nullable=True),
        whole("contact_id", nullable=True),
        text("channel", nullable=True),
        one_of("outcome"),
        text("reason"),
        whole("outbox_id", nullable=True),
        moment("at", nullable=False),
        primary("step_notes"),
        points("step_notes", "assignment_id", "assignments"),
        points("step_notes", "contact_id", "contacts"),
        points("step_notes", "outbox_id", "outbox"),
        among("step_notes", "role", ROLES),
        among("step_notes", "outcome", OUTCOMES),
    )
    index("step_notes", "business_date")
    index("step_notes", "assignment_id")
    index("step_notes", "outbox_id")
    index("step_notes", "contact_id", "business_date")


def links() -> None:
    op.create_table(
        "action_links",
        whole("id"),
        whole("contact_id"),
        whole("assignment_id"),
        moment("issued_at", nullable=False),
        moment("expires_at", nullable=False),
        moment("revoked_at"),
        whole("revision"),
        primary("action_links"),
        unique("action_links", "contact_id", "assignment_id"),
        points("action_links", "contact_id", "contacts"),
        points("action_links", "assignment_id", "assignments"),
    )
    index("action_links", "assignment_id")
    op.create_table(
        "link_uses",
        whole("id"),
        whole("link_id"),
        text("action"),
        text("nonce"),
        moment("at", nullable=False),
        primary("link_uses"),
        unique("link_uses", "nonce"),
        points("link_uses", "link_id", "action_links"),
    )
    index("link_uses", "link_id")


def contacts() -> None:
    with op.batch_alter_table("contacts") as table:
        table.add_column(text("phone", nullable=True))
        table.add_column(text("zalo_user_id", nullable=True))
        table.add_column(moment("zalo_linked_at"))
        table.add_column(text("zalo_source", nullable=True))
        table.add_column(moment("consented_at"))
        table.add_column(one_of("email_state", default="ok"))
        table.add_column(sa.Column("hard_bounces", sa.Integer(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("ck_contacts_an_address"), type_="check")
        table.create_check_constraint(
            op.f("ck_contacts_an_address"),
            "email IS NOT NULL OR zalo_chat_id IS NOT NULL OR phone IS NOT NULL OR zalo_user_id IS NOT NULL",
        )
        table.create_check_constraint(
            op.f("ck_contacts_email_state"), "email_state IN ('ok', 'doubtful', 'bouncing')"
        )
    with op.batch_alter_table("contacts") as table:
        table.alter_column("email_state", server_default=None)
        table.alter_column("hard_bounces", server_default=None)


def letters() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(whole("fallback_of", nullable=True))
        table.add_column(text("snapshot_id", nullable=True))
        table.add_column(text("calendar", nullable=True))
        table.create_foreign_key(op.f("fk_outbox_fallback_of"), "outbox", ["fallback_of"], ["id"])
        table.create_foreign_key(op.f("fk_outbox_snapshot_id"), "snapshots", ["snapshot_id"], ["id"])
        table.create_unique_constraint(op.f("uq_outbox_fallback_of"), ["fallback_of"])
    with op.batch_alter_table("outbox") as table:
        table.alter_column("urgent", server_default=None)


def documents() -> None:
    with op.batch_alter_table("directives") as table:
        table.add_column(one_of("urgency", default="normal"))
        table.create_check_constraint(
            op.f("ck_directives_urgency"), "urgency IN ('normal', 'urgent', 'very-urgent', 'flash')"
        )
    with op.batch_alter_table("directives") as table:
        table.alter_column("urgency", server_default=None)


def downgrade() -> None:
    raise NotImplementedError("what 0003 keeps of letters and links cannot be given up; restore a backup instead")
