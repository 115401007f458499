"""What a mail that came back is."""

from dataclasses import dataclass
from enum import StrEnum


class BounceKind(StrEnum):
    """Whether the address is no good, or only could not be reached this time."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A mail server's word that a letter of ours was not delivered to one address."""

    kind: BounceKind
    address: str  # in lower case; of whom the letter was for
    message_id: str | None  # of our letter, angle brackets and all, where the bounce gives it back
    status: str  # RFC 3463: «5.1.1»; or the reply code of RFC 5321; «» where there is neither
    detail: str  # the server's words, one line
    source_key: str  # the same for the same mail, however often it is read


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoReply:
    """A program's answer: the reader is away, or a desk has taken the letter in."""

    address: str  # whose program answered
    message_id: str | None  # of our letter
    detail: str  # the subject
    source_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Anything else: a person's answer, a delay that ends by itself, a mail that cannot be read."""

    detail: str
    source_key: str


Inbound = Bounce | AutoReply | Other
