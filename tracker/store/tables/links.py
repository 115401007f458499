"""Links in letters that let their reader act on one assignment, and each use of one."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.store.columns import surrogate


class ActionLinkRow(SQLModel, table=True):
    """One reader's link to one assignment; the signed words of the link name this row and its revision."""

    __tablename__: ClassVar[Any] = "action_links"
    __table_args__ = (UniqueConstraint("contact_id", "assignment_id"),)

    id: int | None = surrogate()
    contact_id: int = Field(foreign_key="contacts.id")
    assignment_id: int = Field(foreign_key="assignments.id", index=True)
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    revision: int = 1


class LinkUseRow(SQLModel, table=True):
    """A form sent from a link; each form is taken once."""

    __tablename__: ClassVar[Any] = "link_uses"

    id: int | None = surrogate()
    link_id: int = Field(foreign_key="action_links.id", index=True)
    action: str
    nonce: str = Field(unique=True)
    at: datetime
