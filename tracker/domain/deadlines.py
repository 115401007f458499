"""Why a deadline is what it is: each change is a version, and the first is kept for ever."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directives.calendar import WorkCalendar
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy


class DeadlineCause(StrEnum):
    """What made a deadline, or moved it."""

    READ = "read"  # as the document says
    ANCHOR = "anchor"  # the day from which its period runs became known
    SET = "set"  # a person set it: the document says none, or not clearly
    EXTENSION = "extension"
    CALENDAR = "calendar"  # a day off was decided or taken back
    INSTANCE = "instance"  # a date of a recurring duty
    CORRECTION = "correction"  # it had been read wrongly
    REVISION = "revision"  # a document that replaces or amends the first says another


COMPUTED: Final = frozenset({DeadlineCause.READ, DeadlineCause.ANCHOR, DeadlineCause.CALENDAR})
"""Deadlines that were counted out; one that a person set or granted stands, whatever the calendar does."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How this office counts: the calendar in force, and its policy."""

    calendar: WorkCalendar
    policy: DeadlinePolicy = DEFAULT_POLICY
