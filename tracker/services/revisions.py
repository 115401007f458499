"""A document that replaces or amends another: a person sees what it changes, then accepts it, all at once."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from directives.model import Relation
from tracker.app import App
from tracker.clock import instant
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.lineage import Citations
from tracker.domain.permissions import Deed
from tracker.domain.revisions import REVISING, Difference, Row, differences
from tracker.domain.status import CLOSED, Status
from tracker.errors import Conflict, NotFound
from tracker.phrasebook import say
from tracker.services.approval import approve
from tracker.services.listing import find_directive
from tracker.services.moves import withdraw
from tracker.services.office import office_of
from tracker.services.permits import allow
from tracker.services.told_at_once import tell_at_once
from tracker.store import deadline_versions, directives, lineage, revisions
from tracker.store.deadline_versions import NewDeadline
from tracker.store.directives import DirectiveEntry
from tracker.store.events import Act, Change, record
from tracker.store.session import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a new document changes in an old one."""

    new_id: int
    new_number: str
    old_id: int
    old_number: str
    old_issued_on: date | None
    relation: Relation
    accepted: bool
    rows: tuple[Row, ...]


def revision_of(session: Session, ref: str, *, as_new: Collection[str] = ()) -> list[Revision]:
    """Propose what a document changes in each of those that it replaces or amends, as far as they are there.

    Raises NotFound where it revises none of the register.
    """
    new = find_directive(session, ref)
    found = _revised(session, new)
    if not found:
        raise NotFound("revision.none", ref=ref)
    done = revisions.accepted(session, new.id)
    after = revisions.tasks_of(session, new.id)
    if unknown := set(as_new) - {task.code for task in after}:
        raise NotFound("revision.no-task", task=min(unknown), ref=ref)
    return [
        Revision(
            new_id=new.id,
            new_number=new.number or new.file_name,
            old_id=old.id,
            old_number=old.number or old.file_name,
            old_issued_on=old.issued_on,
            relation=relation,
            accepted=old.id in done,
            rows=tuple(
                differences(revisions.tracked_tasks_of(session, old.id), after, relation, as_new=as_new)
            ),
        )
        for old, relation in found
    ]


def pending(session: Session, directive_id: int) -> list[int]:
    """Return the documents that one replaces or amends, and that nobody has accepted it for yet."""
    entry = directives.with_id(session, directive_id)
    if entry is None:
        return []
    done = revisions.accepted(session, directive_id)
    return [old.id for old, _ in _revised(session, entry) if old.id not in done]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a draft would change where work is open, and how much of that is; nobody has accepted it yet."""

    revision: Revision
    open: int


def overlaps(session: Session, directive_id: int) -> list[Overlap]:
    """Return what a draft would change in documents with open work, as far as nobody has accepted it."""
    entry = directives.with_id(session, directive_id)
    if entry is None or entry.approved_at is not None or not pending(session, directive_id):
        return []
    found = (one for one in revision_of(session, str(directive_id)) if not one.accepted)
    counted = (Overlap(one, sum(_is_open(row) for row in one.rows)) for one in found)
    return [one for one in counted if one.open]


def refuse_twice(session: Session, directive_id: int) -> None:
    """Raise Conflict where approving a draft as it stands would give work twice.

    So it is where it replaces or amends a document whose work was given and is open, and nobody has accepted
    what it changes: a person looks at that first, or says that all of it is new. The sentence says how much
    is new, kept, moved and gone.
    """
    for one in overlaps(session, directive_id):
        revision = one.revision
        counts = _counts(revision.rows).items()
        raise Conflict(
            "revision.not-twice",
            new=revision.new_number,
            relation=say(f"relation.{revision.relation}"),
            old=revision.old_number,
            count=one.open,
            changes="; ".join(f"{say(f'difference.{kind}')}: {count}" for kind, count in counts),
            id=revision.new_id,
            old_id=revision.old_id,
        )


def accept(  # noqa: PLR0913 — a decision, who makes it, and about what
    app: App, ref: str, old_ref: str | None, *, actor: str, via: str, as_new: Collection[str] = ()
) -> Revision:
    """Put a proposal into force, in one transaction, and approve the new document.

    What is gone is withdrawn with the document's number, what goes on keeps its assignment, its history and
    its letters; a new deadline is a new version. Nothing of the old document is removed. Raises Conflict
    where it was accepted before, where the old document was never approved, or where it revises several and
    none is named.
    """
    with transaction(app.engine) as session:
        act = allow(session, Act(actor, via, instant(app.clock)), Deed.LINEAGE)
        revision = _chosen(session, revision_of(session, ref, as_new=as_new), old_ref)
        if revision.accepted:
            raise Conflict("revision.accepted", new=revision.new_number, old=revision.old_number)
        old = directives.with_id(session, revision.old_id)
        if old is None or old.approved_at is None:
            raise Conflict("revision.old-is-draft", old=revision.old_number)
        for row in revision.rows:
            _apply(session, row, revision, act)
        revisions.accept(session, revision.old_id, revision.new_id, revision.relation, act=act)
        after = {"replaces": revision.old_id, "relation": revision.relation, **_counts(revision.rows)}
        record(session, act, "revision-accepted", ("directive", revision.new_id), Change(after=after))
        approve(session, revision.new_id, actor=actor, clock=app.clock, via=via, office=office_of(app))
        tell_at_once(session, app, revision.new_id)
    return replace(revision, accepted=True)


def _revised(session: Session, new: DirectiveEntry) -> list[tuple[DirectiveEntry, Relation]]:
    """Return the documents of the register that one replaces or amends; replacing weighs more."""
    cited = Citations.of(lineage.documents(session), lineage.citations(session)).cited.get(new.id, ())
    found: dict[int, Relation] = {}
    for said, _, old in cited:
        if old is None or said.relation not in REVISING:
            continue
        if found.get(old) is not Relation.REPLACES:
            found[old] = Relation(said.relation)
    entries = ((directives.with_id(session, old), relation) for old, relation in found.items())
    return [(entry, relation) for entry, relation in entries if entry is not None]


def _chosen(session: Session, found: list[Revision], old_ref: str | None) -> Revision:
    if old_ref is not None:
        old = find_directive(session, old_ref)
        found = [one for one in found if one.old_id == old.id]
        if not found:
            raise NotFound("revision.none", ref=old_ref)
    if len(found) > 1:
        raise Conflict("revision.several", count=len(found), first=found[0].old_number)
    return found[0]


def _apply(session: Session, row: Row, revision: Revision, act: Act) -> None:
    """Put one line of the proposal into force."""
    if row.difference is Difference.GONE and row.old is not None:
        reason = say("revision.gone-because", number=revision.new_number)
        withdraw(session, row.old.id, reason, act=act, document=revision.new_number)
    if row.old is None or row.new is None:
        return
    if row.difference is Difference.NEW_DEADLINE:
        explain = say("revision.deadline-because", number=revision.new_number)
        new = NewDeadline(
            due_on=row.new.due_on,
            cause=DeadlineCause.REVISION,
            explain=explain,
            document=revision.new_number,
        )
        deadline_versions.change(session, row.old.id, new, act=act)
    if row.new_task is not None and row.old_task is not None:
        revisions.continue_task(session, row.new_task, row.old_task)
    if row.new.status not in CLOSED:  # it is tracked under the old document, and not twice
        reason = say("revision.continues", task=row.old.under or row.old_code)
        withdraw(session, row.new.id, reason, act=act, document=revision.new_number)


def _is_open(row: Row) -> bool:
    return row.old is not None and row.old.status not in CLOSED | {Status.DRAFT}


def _counts(rows: Collection[Row]) -> dict[str, int]:
    return {str(kind): count for kind in Difference if (count := sum(row.difference is kind for row in rows))}
