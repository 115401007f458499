"""The values that reading produces: everything points back to its words by a span."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the canonical text: character offsets, end excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Genre(StrEnum):
    """Kinds of document, as the contract names them."""

    NOTICE = "notice"
    LETTER = "letter"
    DIRECTIVE = "directive"
    PLAN = "plan"
    DECISION = "decision"
    TELEGRAM = "telegram"
    REPLY = "reply"
    NEWS = "news"
    OTHER = "other"


class Urgency(StrEnum):
    """How pressing a document is, as its head is stamped (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    NORMAL = "normal"
    URGENT = "urgent"  # khẩn
    VERY_URGENT = "very-urgent"  # thượng khẩn
    FLASH = "flash"  # hỏa tốc, hỏa tốc hẹn giờ

    @property
    def is_urgent(self) -> bool:
        """Tell whether what the document gives is to be told at once."""
        return self is not Urgency.NORMAL


class Relation(StrEnum):
    """What a document does to one it cites."""

    IMPLEMENTS = "implements"
    CITES = "cites"
    AMENDS = "amends"
    REPLACES = "replaces"
    EXTENDS = "extends"


class DeadlineKind(StrEnum):
    """How a deadline is given."""

    FIXED = "fixed"
    PERIOD_END = "period_end"
    RELATIVE = "relative"
    RECURRING = "recurring"


class Interval(StrEnum):
    """How often a recurring duty comes round."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in the text; its date is never a deadline."""

    number: str
    issued_on: date | None
    relation: Relation
    span: Span  # the whole mention, date and issuer included, so that it can be masked
    rule: str = ""  # the row that read the relation


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body named in the text."""

    text: str  # as written
    name: str  # with a shared head repeated and abbreviations written out
    code: str | None  # the register's code, None for a body that is not in it
    span: Span
    rule: str = field(default="", compare=False)  # how it came by its part in a task
    named_by: str = field(default="", compare=False)  # how its name was read


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words of a deadline and the last day on which its task is on time."""

    text: str
    span: Span
    kind: DeadlineKind
    stated: date | None = None  # as written; the last day of a period; None while unknown
    exclusive: bool = False  # «trước ngày X»: X itself is late
    due_on: date | None = None  # last on-time day under the policy in force
    time: str | None = None  # "17:00"
    every: Interval | None = None
    rule: str = ""
    explain: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One instruction to one set of lead agencies with one deadline or none."""

    item: str | None
    leads: tuple[AgencyMention, ...]
    coordinators: tuple[AgencyMention, ...]
    recipient: AgencyMention | None
    action: str
    text: str
    span: Span
    deadline: Deadline | None
    confidence: float
    doubts: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at, and where."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head and foot of a document say of itself."""

    genre: Genre = Genre.OTHER
    genre_span: Span | None = None
    number: str | None = None
    number_span: Span | None = None
    issued_on: date | None = None
    issued_on_span: Span | None = None
    issuer: str | None = None
    issuer_span: Span | None = None
    subject: str | None = None
    subject_span: Span | None = None
    signer: str | None = None
    signer_span: Span | None = None
    urgency: Urgency = Urgency.NORMAL
    urgency_span: Span | None = None
    addressees: tuple[AgencyMention, ...] = ()  # «Kính gửi»
    addressees_span: Span | None = None
    body: Span | None = None  # between the head and «Nơi nhận»
    rules: Mapping[str, str] = field(default_factory=dict)  # the row that read each field, by its name
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDirective:
    """A document as read. `text` is the canonical text that every span points into."""

    text: str
    head: Letterhead
    cites: tuple[Citation, ...] = ()
    tasks: tuple[TaskDraft, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())
