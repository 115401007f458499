"""Take a document in: read it, keep it, propose its tasks; twice the same changes nothing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, NoReturn

from sqlmodel import Session

from directives.model import AgencyMention, Letterhead, TaskDraft
from directives.names import key
from directives.readers import RawDocument
from tracker.app import App
from tracker.clock import instant, today
from tracker.errors import Conflict
from tracker.services import files
from tracker.services.approval import approve as approve_directive
from tracker.services.reading import Reading, read_file, understand
from tracker.store import directives, register, serials, tasks
from tracker.store.directives import DirectiveEntry, NewDirective
from tracker.store.events import Act, Change, record
from tracker.store.register import AgencyEntry
from tracker.store.session import reading, transaction
from tracker.store.tasks import Lead

NOT_IN_REGISTER: Final = "lead-not-in-register"
NO_LEAD: Final = "no-lead"


class IntakeKind(StrEnum):
    """What became of a file."""

    NEW = "new"
    SAME_FILE = "same_file"
    SAME_DOCUMENT = "same_document"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeResult:
    """What taking a file in did; `codes` are those of its tasks."""

    kind: IntakeKind
    directive_id: int
    number: str | None
    issued_on: date | None
    codes: tuple[str, ...] = ()
    assignments: int = 0
    approved: bool = False
    doubts: tuple[str, ...] = ()


def take_in(app: App, path: Path, *, approve: bool, actor: str, via: str = "cli") -> IntakeResult:
    """Register a document as a draft, or approved at once; all of it in one transaction.

    The same file, or the same number and date from the same issuer, changes nothing. Raises InputRefused
    for a file that cannot or may not be read, before anything is written.
    """
    raw = read_file(path)
    if (known := _same_file(app, raw)) is not None:
        return known
    read = understand(app, raw, file_name=path.name)
    act = Act(actor, via, instant(app.clock))
    new = _new_directive(read, path, act)
    with transaction(app.engine) as session:
        if (there := _already_there(session, new)) is not None:
            return there
        files.keep(path, app.settings.files_dir, new.stored_as)
        number = directives.add(session, new)
        if number is None:  # another process was quicker by a moment
            return _already_there(session, new) or _raced(new)
        result = _propose(session, read, number, (new.issued_on or today(app.clock)).year)
        change = Change(after={"number": new.number, "sha256": new.sha256, "tasks": len(result.codes)})
        record(session, act, "taken-in", ("directive", number), change)
        if not approve:
            return result
        approve_directive(session, number, actor=actor, clock=app.clock, via=via)
        return replace(result, approved=True)


def _same_file(app: App, raw: RawDocument) -> IntakeResult | None:
    """Find the file by its content before any time is spent on reading its sentences."""
    with reading(app.engine) as session:
        entry = directives.with_sha256(session, raw.sha256)
    return None if entry is None else _known(IntakeKind.SAME_FILE, entry)


def _same_document(session: Session, new: NewDirective) -> DirectiveEntry | None:
    """Find the document that bears the same number and date; an issuer that is unknown may be the same."""
    if new.number is None or new.issued_on is None:
        return None
    alike = [entry for entry in directives.numbered(session, new.number) if entry.issued_on == new.issued_on]
    for entry in alike:
        if entry.issuer is None or new.issuer is None or key(entry.issuer) == key(new.issuer):
            return entry
    return None


def _already_there(session: Session, new: NewDirective) -> IntakeResult | None:
    """Say which document was there first, None for a new one."""
    if (entry := directives.with_sha256(session, new.sha256)) is not None:
        return _known(IntakeKind.SAME_FILE, entry)
    if (entry := _same_document(session, new)) is not None:
        return _known(IntakeKind.SAME_DOCUMENT, entry)
    return None


def _raced(new: NewDirective) -> NoReturn:
    """Give up where a document was refused as known and yet cannot be found."""
    raise Conflict("intake.raced", name=new.file_name)


def _known(kind: IntakeKind, entry: DirectiveEntry) -> IntakeResult:
    return IntakeResult(
        kind=kind,
        directive_id=entry.id,
        number=entry.number,
        issued_on=entry.issued_on,
        approved=entry.approved_at is not None,
    )


def _new_directive(read: Reading, path: Path, act: Act) -> NewDirective:
    head, raw = read.parsed.head, read.raw
    return NewDirective(
        sha256=raw.sha256,
        identity=identity_of(head),
        number=head.number,
        issued_on=head.issued_on,
        issuer=head.issuer,
        genre=head.genre,
        subject=head.subject,
        signer=head.signer,
        text=read.parsed.text,
        file_name=path.name,
        format=raw.format,
        pages=raw.pages,
        stored_as=files.place_of(raw.sha256, raw.format),
        doubts=[asdict(doubt) for doubt in read.parsed.doubts],
        taken_in_at=act.at,
        taken_in_by=act.actor,
    )


def identity_of(head: Letterhead) -> str | None:
    """Return what makes a document the same in another file: number, date and issuer, folded."""
    if head.number is None or head.issued_on is None:
        return None
    return "|".join((key(head.number), head.issued_on.isoformat(), key(head.issuer or "")))


def _propose(session: Session, read: Reading, directive_id: int, year: int) -> IntakeResult:
    """Keep the tasks that were read, each with one share for each lead."""
    parsed = read.parsed
    directives.add_citations(session, directive_id, parsed.cites)
    known, entries = register.ids(session), register.entries(session)
    shares, codes, doubts = 0, [], {doubt.code for doubt in parsed.doubts}
    numbers = serials.take(session, f"NV-{year}", len(parsed.tasks))
    for ordinal, (number, draft) in enumerate(zip(numbers, parsed.tasks, strict=True), start=1):
        code = f"NV-{year}-{number:04d}"
        leads = list(_leads(draft, entries, known, parsed.head.issued_on))
        task_id = tasks.add(session, directive_id, code, ordinal, _doubting(draft, leads))
        for lead in leads:
            tasks.give(session, task_id, lead, draft)
            doubts.update(lead.doubts)
        shares += len(leads)
        codes.append(code)
    return IntakeResult(
        kind=IntakeKind.NEW,
        directive_id=directive_id,
        number=parsed.head.number,
        issued_on=parsed.head.issued_on,
        codes=tuple(codes),
        assignments=shares,
        doubts=tuple(sorted(doubts)),
    )


def _doubting(draft: TaskDraft, leads: list[Lead]) -> TaskDraft:
    """Mark a task that nobody is to answer for."""
    if leads or NO_LEAD in draft.doubts:
        return draft
    return replace(draft, doubts=(*draft.doubts, NO_LEAD))


def _leads(
    draft: TaskDraft, entries: list[AgencyEntry], known: dict[str, int], on: date | None
) -> Iterable[Lead]:
    """Yield the leads, a group by its members as of the document's date, each agency once."""
    seen: set[str] = set()
    for mention in draft.leads:
        for lead in _resolved(mention, entries, known, on):
            if lead.name not in seen:
                seen.add(lead.name)
                yield lead


def _resolved(
    mention: AgencyMention, entries: list[AgencyEntry], known: dict[str, int], on: date | None
) -> Iterable[Lead]:
    agency_id = known.get(mention.code or "")
    if agency_id is None:  # kept as it is written, for a person to settle
        yield Lead(mention, mention.name, doubts=(NOT_IN_REGISTER,))
        return
    members = [
        entry for entry in entries if mention.code in entry.groups and (on is None or entry.existed(on))
    ]
    if not members:
        name = next(entry.name for entry in entries if entry.code == mention.code)
        yield Lead(mention, name, agency_id)
    for member in members:
        yield Lead(mention, member.name, known[member.code], group_id=agency_id)
