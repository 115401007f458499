"""What mail that comes back says of an address."""

from enum import StrEnum


class BounceKind(StrEnum):
    """What a message that came back says."""

    HARD = "hard"  # no such reader
    SOFT = "soft"  # not now
    AUTO_REPLY = "auto-reply"
    OTHER = "other"
