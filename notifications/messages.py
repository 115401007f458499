"""What is said: one frozen value per kind of message, and the letter it becomes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class Audience(StrEnum):
    """Who an overdue notice is written to; the ladder climbs in this order."""

    OFFICER = "officer"
    HEAD = "head"
    CHIEF_OF_OFFICE = "chief-of-office"
    VICE_CHAIR = "vice-chair"
    CHAIRMAN = "chairman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every letter may say of the figures it stands on."""

    snapshot: str = ""  # the number of the frozen figures: «S-20201105-1»
    cut_off: datetime | None = None  # aware; what happened later is not in the letter
    outage: tuple[date, date] | None = None  # the working days on which nothing was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutTask(Frame):
    """What every message about one task may say, and no more.

    A message leaves the office's own network, so it carries the code, a neutral short title, the due
    date and a link: never the words of the document.
    """

    agency: str  # the lead agency: «Sở Công Thương»
    code: str  # «NV-2020-0311»
    document: str  # «Thông báo 120/TB-UBND»
    title: str  # cut to 80 characters when rendered
    due_on: date  # the last on-time day
    as_of: date  # the day the counts below were true
    link: str
    addressee: str = ""  # who is greeted; empty for the usual form of the audience
    office: str = ""  # who signs; empty for «Văn phòng UBND tỉnh»


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineReminder(AboutTask):
    """Remind the agency officer before or on the last day."""

    kind: ClassVar[str] = "deadline_reminder"

    days_left: int  # working days; 0 on the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueNotice(AboutTask):
    """Tell one rung of the ladder that a task is late."""

    kind: ClassVar[str] = "overdue_notice"

    days_over: int  # working days; 0 while only days off have passed
    audience: Audience = Audience.OFFICER
    answer_by: datetime | None = None  # aware; when an explanation is expected at the latest


class Standing(StrEnum):
    """How a task in a digest stands; the worst first."""

    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    DUE_SOON = "due-soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """One agency's share in one task, within a digest; it says as little as a letter about one task does."""

    agency: str
    code: str
    document: str
    title: str  # cut to 80 characters when rendered
    due_on: date
    standing: Standing
    days: int  # working days past or left; 0 on the last day and while only days off have passed
    link: str


class Happened(StrEnum):
    """What may have happened to work since a reader's last letter."""

    ASSIGNED = "assigned"
    MOVED = "moved"  # its last day is another
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened to work since the reader's last letter."""

    agency: str
    code: str
    happened: Happened
    due_on: date | None  # now
    link: str


class ChoreKind(StrEnum):
    """What the office itself owes the agencies."""

    TO_CONFIRM = "to-confirm"  # results that were reported
    TO_ANSWER = "to-answer"  # requests for time, work declined, explanations
    TO_APPROVE = "to-approve"  # documents that were read
    TO_DETERMINE = "to-determine"  # deadlines without a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """How much of a kind waits for the office, and how many working days the oldest has waited."""

    kind: ChoreKind
    count: int
    oldest: int
    late: int = 0  # of them, how many have waited longer than the office allows itself
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Frame):
    """Tell one reader of everything that a day has for them, in one letter."""

    kind: ClassVar[str] = "digest"

    items: tuple[DigestItem, ...]
    audience: Audience
    agency: str  # the reader's own, greeted where the audience is in an agency
    as_of: date  # the day the counts were true
    link: str  # to the overdue list
    changes: tuple[Change, ...] = ()  # since the reader's last letter
    chores: tuple[Chore, ...] = ()  # of the office's own
    urgent: bool = False  # it tells of work that an urgent document gives
    addressee: str = ""
    office: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty digest: a letter that says nothing teaches its reader to read none."""
        if not (self.items or self.changes or self.chores):
            raise ValueError("a digest without items is not written")


Message = DeadlineReminder | OverdueNotice | Digest


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in words, ready to be handed to a channel."""

    subject: str  # empty where the channel has none
    text: str
    html: str | None = None
    thread_key: str = ""  # letters with the same key and reader belong together
    calendar: str | None = None  # an iCalendar object that goes with it: see notifications.invitation
