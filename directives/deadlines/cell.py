"""Read the time column of a table, where a bare «Quý II/2024» or «15/11/2024» is a deadline."""

from collections.abc import Sequence
from datetime import date

from directives.calendar import WorkCalendar
from directives.deadlines.find import bare_deadlines, find_deadlines
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.model import Deadline, Span


def read_cell(
    text: str,
    span: Span | None = None,
    *,
    issued_on: date | None,
    masked: Sequence[Span] = (),
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
) -> Deadline | None:
    """Return the deadline that a cell states, with or without a preposition, or None («Thường xuyên»).

    Of several the last one named counts: «Quý II, III/2024» ends with quarter III.
    """
    whole = span or Span(0, len(text))
    for find in (find_deadlines, bare_deadlines):
        if found := find(text, whole, issued_on=issued_on, masked=masked, policy=policy, calendar=calendar):
            return found[0]
    return None
