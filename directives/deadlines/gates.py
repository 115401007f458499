"""Rows behind a gate: one look tells that none of many patterns matches, which is nearly always so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from directives.deadlines.moments import Row

_NAME: Final = re.compile(r"(\(\?P<|\(\?P=|\(\?\()(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to be tried in order, and the pattern without which none of them matches."""

    rows: tuple[Row, ...]
    _gate: re.Pattern[str] = field(init=False)
    _from: dict[str, tuple[Row, ...]] = field(init=False)  # by the group of the first row that matches

    def __post_init__(self) -> None:
        """Put all rows into one pattern, each in a group that tells which of them matches first."""
        each = (f"(?P<row{n}>{_apart(row.pattern.pattern, n)})" for n, row in enumerate(self.rows))
        object.__setattr__(self, "_gate", re.compile("|".join(each)))
        object.__setattr__(self, "_from", {f"row{n}": self.rows[n:] for n in range(len(self.rows))})

    def fitting(self, low: str, start: int, stop: int) -> tuple[Row, ...]:
        """Return the rows that may match at a place: the first that does, and those behind it."""
        found = self._gate.match(low, start, stop)
        return () if found is None else self._from[str(found.lastgroup)]


def any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """Return one pattern that matches just where one of `patterns` does; each keeps its own groups."""
    return re.compile("|".join(_apart(pattern.pattern, n) for n, pattern in enumerate(patterns)))


def _apart(pattern: str, number: int) -> str:
    return "(?:" + _NAME.sub(rf"\g<1>of{number}_", pattern) + ")"
