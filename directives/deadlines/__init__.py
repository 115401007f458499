"""Deadlines in directives: found, resolved to a last on-time day, and explained."""

from directives.deadlines.cell import read_cell
from directives.deadlines.find import find_deadlines
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy

__all__ = ["DEFAULT_POLICY", "DeadlinePolicy", "find_deadlines", "read_cell"]
