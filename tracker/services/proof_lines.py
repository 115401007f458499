"""What a proof says, as values: a line for each thing that was or was not said, and the steps to come."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.people import Role
from tracker.store.proof import Person, Try


class Became(StrEnum):
    """What became of a step or a letter."""

    SENT = "sent"
    WAITING = "waiting"
    DEAD = "dead"
    UNKNOWN = "unknown"
    DROPPED = "dropped"
    MERGED = "merged"
    HELD = "held"
    CAPPED = "capped"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    DEFERRED = "deferred"
    FIRED = "fired"  # in another's letter: whoever stands in, or an e-mail in place of another channel
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was or was not said, and a sentence that says why."""

    on: date | None
    became: Became
    reason: str  # a code; empty where what became of it says all
    sentence: str
    assignment: int | None = None
    task: str | None = None
    step: str | None = None
    role: Role | None = None
    reader: str | None = None  # the contact's code
    channel: str | None = None
    letter: int | None = None
    at: datetime | None = None
    tries: tuple[Try, ...] = ()
    worked_out: bool = False  # from what is known now, as nothing was written down


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProof:
    """All that a person was or was not told on a day."""

    person: Person
    on: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A step to come: its first day, whom it is for, and the contacts who are reached now."""

    step: str
    words: str
    on: date
    audience: tuple[Role, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkProof:
    """The steps of an assignment: those behind it, those to come, or why none is."""

    assignment: int
    task: str
    due_on: date | None
    past: tuple[Line, ...]
    ahead: tuple[Ahead, ...]
    quiet: str | None
    sentence: str  # what comes next
