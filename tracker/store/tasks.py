"""Tasks and the shares of each lead agency in them, as they are first kept."""

from dataclasses import asdict, dataclass

from sqlmodel import Session, col, select

from directives.model import AgencyMention, TaskDraft
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.status import Status
from tracker.store import deadline_versions
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act
from tracker.store.tables import AssignmentRow, TaskRow


@dataclass(frozen=True, slots=True)
class Lead:
    """Who is to answer for a task: a mention in the text, resolved as far as the register goes."""

    mention: AgencyMention
    name: str
    agency_id: int | None = None
    group_id: int | None = None  # the group through which the agency was meant
    doubts: tuple[str, ...] = ()


def add(session: Session, directive_id: int, code: str, ordinal: int, draft: TaskDraft) -> int:
    """Keep a task as it was read and return its row number."""
    deadline = draft.deadline
    row = TaskRow(
        code=code,
        directive_id=directive_id,
        ordinal=ordinal,
        item=draft.item,
        action=draft.action,
        text=draft.text,
        span_start=draft.span.start,
        span_end=draft.span.end,
        coordinators=[asdict(mention) for mention in draft.coordinators],
        recipient=None if draft.recipient is None else asdict(draft.recipient),
        confidence=draft.confidence,
        doubts=list(draft.doubts),
    )
    if deadline is not None:
        row.deadline_text, row.deadline_kind = deadline.text, deadline.kind
        row.deadline_start, row.deadline_end = deadline.span.start, deadline.span.end
        row.stated, row.exclusive, row.due_on = deadline.stated, deadline.exclusive, deadline.due_on
        row.due_time, row.every = deadline.time, deadline.every
        row.explain, row.rule = deadline.explain, deadline.rule
        row.doubts = list(dict.fromkeys((*draft.doubts, *deadline.doubts)))  # the same may be said of both
    session.add(row)
    session.flush()
    return row.id or 0


def number_of(session: Session, code: str) -> int:
    """Return the row number of a task, 0 for none."""
    return session.exec(select(TaskRow.id).where(col(TaskRow.code) == code)).first() or 0


def give(session: Session, task_id: int, lead: Lead, draft: TaskDraft, *, act: Act) -> int:
    """Keep a lead's share in a task, as a draft, with its first deadline; return its row number."""
    deadline = draft.deadline
    row = AssignmentRow(
        task_id=task_id,
        agency_id=lead.agency_id,
        group_id=lead.group_id,
        lead_text=lead.mention.text,
        lead_name=lead.name,
        span_start=lead.mention.span.start,
        span_end=lead.mention.span.end,
        status=Status.DRAFT,
        due_on=None if deadline is None else deadline.due_on,
        doubts=list(lead.doubts),
    )
    session.add(row)
    session.flush()
    number = row.id or 0
    first = NewDeadline(
        due_on=row.due_on,
        cause=DeadlineCause.READ,
        explain="" if deadline is None else deadline.explain,
    )
    deadline_versions.add(session, number, row.deadline_version, first, act=act)
    return number
