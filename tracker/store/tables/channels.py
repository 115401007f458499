"""What the channels of letters need remembered: tokens, codes that link, bounces, exceptions, breakers."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from tracker.domain.bounces import BounceKind
from tracker.store.columns import one_of, surrogate


class ChannelTokenRow(SQLModel, table=True):
    """The tokens of one credential, which change in use; refreshed under a lock of this row."""

    __tablename__: ClassVar[Any] = "channel_tokens"

    credential: str = Field(primary_key=True)
    access_token: str = ""
    refresh_token: str = ""
    expires_at: datetime | None = None
    revision: int = 0
    rotated_at: datetime | None = None


class LinkCodeRow(SQLModel, table=True):
    """A code that links a contact to an account of a channel, once; only its hash is kept."""

    __tablename__: ClassVar[Any] = "link_codes"

    id: int | None = surrogate()
    contact_id: int = Field(foreign_key="contacts.id", index=True)
    channel: str
    code_hash: str = Field(unique=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class BounceRow(SQLModel, table=True):
    """A message that came back, taken in once."""

    __tablename__: ClassVar[Any] = "bounces"

    id: int | None = surrogate()
    source_key: str = Field(unique=True)
    contact_id: int | None = Field(default=None, foreign_key="contacts.id", index=True)
    address: str
    kind: BounceKind = Field(sa_type=one_of(BounceKind, "kind"))
    message_id: str | None = Field(default=None, index=True)  # of our letter, where the message tells
    status: str = ""
    detail: str = ""
    received_at: datetime


class AddressExceptionRow(SQLModel, table=True):
    """An address outside the official domains that letters may go to, and why."""

    __tablename__: ClassVar[Any] = "address_exceptions"

    id: int | None = surrogate()
    address: str = Field(index=True)
    reason: str
    created_at: datetime
    created_by: str
    revoked_at: datetime | None = None


class ChannelStateRow(SQLModel, table=True):
    """The circuit breaker of a channel, shared by all deliverers."""

    __tablename__: ClassVar[Any] = "channel_states"

    channel: str = Field(primary_key=True)
    failures: int = 0  # in a row
    since: datetime
    open_until: datetime | None = None  # nothing is tried before
    reason: str = ""
