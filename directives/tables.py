"""Tables in text, cells parted by «|»: each row under a header that names a lead column is one task."""

from directives.model import TaskDraft
from directives.page import Page


def tasks_in_tables(page: Page) -> list[TaskDraft]:
    """Return the tasks of all tables."""
    return []
