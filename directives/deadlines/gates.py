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
    gate: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gate", any_of(row.pattern for row in self.rows))


def any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """Return one pattern that matches just where one of `patterns` does; each keeps its own groups."""
    return re.compile("|".join(_apart(pattern.pattern, n) for n, pattern in enumerate(patterns)))


def _apart(pattern: str, number: int) -> str:
    return "(?:" + _NAME.sub(rf"\g<1>of{number}_", pattern) + ")"
