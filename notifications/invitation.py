"""A due date for the reader's own calendar: one all-day event for each task, as an .ics file.

The day is a date without a time zone (RFC 5545, 3.3.4): a deadline of the office is the same day in Hà Tĩnh
and on a telephone abroad. It is published, so that no calendar asks its owner to answer (RFC 5546, 3.2.1);
what is settled is cancelled (3.2.5).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Any, ClassVar, Final

from notifications.channels.mail import Sender
from notifications.render import fill

PRODUCT: Final = "-//Don Doc//Due dates//VI"
_ROOM: Final = 74  # octets of a line: with the space that a continued one begins with, 75


class Method(StrEnum):
    """What a calendar is to do with the events."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """The last on-time day of one assignment, said to one reader; as little as a letter says."""

    kind: ClassVar[str] = "due_day"

    assignment: str  # what names the assignment for good, whatever its deadline
    reader: str  # what names the reader for good: the same contact, the same event
    version: int  # of the deadline; a calendar takes a later one and leaves an earlier one aside
    due_on: date
    code: str
    document: str
    title: str  # cut to 80 characters
    agency: str
    link: str = ""


def invitation(
    days: Sequence[DueDay], *, sender: Sender, domain: str, now: datetime, method: Method = Method.PUBLISH
) -> bytes:
    """Write the due days as one iCalendar object in UTF-8, all published or all cancelled.

    The UID of an event depends on the assignment and the reader alone, so a deadline that moved moves the
    event. SEQUENCE is the version of the deadline; a cancellation goes one beyond. The version after it has
    the same number and a later DTSTAMP, which is what decides then (RFC 5546, 2.1.5).

    Raises ValueError for no days: an empty calendar tells nobody anything.
    """
    if not days:
        raise ValueError("a calendar without a due day is not written")
    icalendar = import_module("icalendar")  # a tenth of a second, for those who write letters only
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    for day in days:
        calendar.add_component(_event(icalendar, day, sender, domain, now, method))
    return b"".join(folded(str(line)) for line in calendar.content_lines() if line)


def folded(line: str) -> bytes:
    r"""Write a content line in UTF-8, broken into lines of at most 75 octets (RFC 5545, 3.1).

    No character is torn, and no escape such as \, from what it escapes: some calendars read line by line. The
    library breaks lines in the same places, sign by sign: that took a third of all that a letter takes.
    """
    data, pieces, start = line.encode(), [], 0
    while len(data) - start > _ROOM:
        end = start + _ROOM
        while data[end] & 0xC0 == 0x80:  # within a character  # noqa: PLR2004 — how UTF-8 marks it
            end -= 1
        if end - start > 1 and data[end - 1] in b"\\^":
            end -= 1
        pieces.append(data[start:end])
        start = end
    return b"\r\n ".join([*pieces, data[start:]]) + b"\r\n"


def uid_of(day: DueDay, domain: str) -> str:
    """Return what makes the event one and the same in the reader's calendar."""
    named = hashlib.sha256(f"{day.assignment}\n{day.reader}".encode()).hexdigest()[:32]
    return f"task-{named}@{domain}"


def _event(  # noqa: PLR0913, PLR0917 — the library, and what `invitation` was given
    icalendar: Any, day: DueDay, sender: Sender, domain: str, now: datetime, method: Method
) -> Any:
    event = icalendar.Event()
    cancelled = method is Method.CANCEL
    event.add("uid", uid_of(day, domain))
    event.add("sequence", day.version + cancelled)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day.due_on)  # a date, and so VALUE=DATE
    event.add("dtend", day.due_on + timedelta(days=1))  # the first day that is no part of it
    event.add("summary", fill(day, "summary.txt"))
    event.add("description", fill(day, "description.txt"))
    event.add("organizer", _organizer(icalendar, sender))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    event.add("x-microsoft-cdo-busystatus", "FREE")  # Outlook reads this one
    event.add("x-microsoft-cdo-alldayevent", "TRUE")
    if day.link:
        event.add("url", day.link)
    return event


def _organizer(icalendar: Any, sender: Sender) -> Any:
    organizer = icalendar.vCalAddress(f"mailto:{sender.address}")
    if sender.name:
        organizer.params["CN"] = icalendar.vText(sender.name)
    return organizer
