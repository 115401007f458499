"""One piece of work as read so far: who, what, until when, and what it is to the work before it."""

from dataclasses import dataclass, field
from enum import StrEnum

from directives.agencies import Mention
from directives.model import Deadline, Span


class Kind(StrEnum):
    """What a stretch of a sentence is to the work before it."""

    WORK = "work"
    FINISH = "finish"  # only says when the work before it ends
    HANDOVER = "handover"  # hands over the result of the work before it
    GOES_ON = "goes-on"  # says more about the work before it


@dataclass(slots=True)
class Order:
    """One piece of work as read so far."""

    leads: tuple[Mention, ...]
    coordinators: tuple[Mention, ...]
    spans: list[Span]
    action: Span
    deadline: Deadline | None
    kind: Kind = Kind.WORK
    time_first: bool = False
    conditional: bool = False
    rule: str = ""
    doubts: list[str] = field(default_factory=list)

    def take(self, other: "Order") -> None:
        """Join another order to this one: its words, its helpers, and its date where this has none."""
        self.spans += other.spans
        self.coordinators = together(self.coordinators, other.coordinators)
        self.deadline = self.deadline or other.deadline
        self.doubts += [doubt for doubt in other.doubts if doubt not in self.doubts]


@dataclass(slots=True)
class ItemOrders:
    """The orders of one item, with its path."""

    path: str | None
    orders: list[Order] = field(default_factory=list)


def together(some: tuple[Mention, ...], more: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return both lists as one, each body once."""
    return tuple(dict.fromkeys((*some, *more))) if more else some
