"""Stretches of days, open at either end where nobody says when they began or will end."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; None: without a beginning, without an end."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def covers(self, other: "Period") -> bool:
        """Tell whether every day of another lies in it."""
        return self.shared(other) == other

    def shared(self, other: "Period") -> "Period | None":
        """Return the days that both have, None where they have none in common."""
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first and last and first > last else Period(first, last)

    @property
    def is_backwards(self) -> bool:
        """Tell whether it ends before it begins, which is a slip of whoever wrote it."""
        return self.first is not None and self.last is not None and self.first > self.last


ALWAYS: Final = Period()
