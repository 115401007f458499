"""A day that somebody names for what is to come: none so far off that a slip of the pen is likelier."""

from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from tracker.clock import shown
from tracker.errors import Conflict

FAR: Final = relativedelta(years=2)  # «2206» for «2026»: nobody would be reminded for as long as anyone minds


def is_far(day: date, today: date) -> bool:
    """Tell whether a day is so far off that it takes a person to say that it is meant."""
    return day > today + FAR


def check_not_far(day: date, today: date, *, far: bool) -> None:
    """Raise Conflict for a far day, unless somebody has said that it is meant."""
    if is_far(day, today) and not far:
        raise Conflict("day.far", day=shown(day))
