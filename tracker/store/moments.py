"""Moments as the store gives them back."""

from datetime import UTC, datetime


def as_utc(moment: datetime) -> datetime:
    """Read a moment as UTC: SQLite gives it back without a zone, PostgreSQL in that of the session."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
