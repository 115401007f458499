"""The rows. They stay inside the store: what leaves it is a frozen value.

SQLModel does not validate rows, so they are only given values that are already right;
constraints are the last guard.
"""

from tracker.store.tables.accounts import AccountRow, SubstitutionRow
from tracker.store.tables.calendar import CalendarDayRow, CalendarYearRow
from tracker.store.tables.channels import (
    AddressExceptionRow,
    BounceRow,
    ChannelStateRow,
    ChannelTokenRow,
    LinkCodeRow,
)
from tracker.store.tables.documents import CitationRow, DirectiveRow, RevisionRow, TaskLinkRow, TaskRow
from tracker.store.tables.history import ChainRow, EventRow, HoldRow, RunRow, SerialRow
from tracker.store.tables.letters import AttemptRow, LetterItemRow, OutboxRow
from tracker.store.tables.links import ActionLinkRow, LinkUseRow
from tracker.store.tables.proof import LadderRow, SnapshotRow, StepNoteRow
from tracker.store.tables.register import (
    AgencyAliasRow,
    AgencyMemberRow,
    AgencyRow,
    ContactRow,
    SuccessionRow,
)
from tracker.store.tables.work import (
    AssignmentRow,
    DeadlineVersionRow,
    EvidenceRow,
    ExplanationRow,
    ExtensionRow,
    ReportRow,
)

__all__ = [
    "AccountRow",
    "ActionLinkRow",
    "AddressExceptionRow",
    "AgencyAliasRow",
    "AgencyMemberRow",
    "AgencyRow",
    "AssignmentRow",
    "AttemptRow",
    "BounceRow",
    "CalendarDayRow",
    "CalendarYearRow",
    "ChainRow",
    "ChannelStateRow",
    "ChannelTokenRow",
    "CitationRow",
    "ContactRow",
    "DeadlineVersionRow",
    "DirectiveRow",
    "EventRow",
    "EvidenceRow",
    "ExplanationRow",
    "ExtensionRow",
    "HoldRow",
    "LadderRow",
    "LetterItemRow",
    "LinkCodeRow",
    "LinkUseRow",
    "OutboxRow",
    "ReportRow",
    "RevisionRow",
    "RunRow",
    "SerialRow",
    "SnapshotRow",
    "StepNoteRow",
    "SubstitutionRow",
    "SuccessionRow",
    "TaskLinkRow",
    "TaskRow",
]
