"""Take a document in: read it, keep it, propose its tasks; twice the same changes nothing."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final, NoReturn

from sqlmodel import Session

from directives.readers import Part, RawDocument, UnreadableDocument
from directives.readers.members import safe_name
from directives.readers.parts import only_part
from tracker.app import App
from tracker.clock import instant, today
from tracker.domain.holds import HoldReason
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InputRefused
from tracker.services import files
from tracker.services.approval import approve as approve_directive
from tracker.services.found_extensions import EXTENDS_UNKNOWN
from tracker.services.office import office_of
from tracker.services.permits import allow
from tracker.services.proposals import propose
from tracker.services.reading import Reading, read_file, refused, understand
from tracker.services.revisions import pending
from tracker.services.sameness import identity_of, same_document, similar_document
from tracker.store import directives, holds
from tracker.store.directives import DirectiveEntry, NewDirective
from tracker.store.events import Act, Change, record
from tracker.store.session import reading, transaction

SIMILAR: Final = "similar-document"


class IntakeKind(StrEnum):
    """What became of a file."""

    NEW = "new"
    SAME_FILE = "same_file"
    SAME_DOCUMENT = "same_document"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeResult:
    """What taking a file in did; `codes` are those of its tasks.

    `similar` is the row number of a document that this one may repeat, `revises` are those that it replaces
    or amends: it then stays a draft, even where approval was asked for, so that nobody is reminded twice of
    one duty.
    """

    kind: IntakeKind
    directive_id: int
    number: str | None
    issued_on: date | None
    codes: tuple[str, ...] = ()
    assignments: int = 0
    approved: bool = False
    doubts: tuple[str, ...] = ()
    similar: int | None = None
    revises: tuple[int, ...] = ()
    left: int = 0  # drafts that approval left: they give more time for work that was not found


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file, or one in a zip or a mail: «x.zip/part.docx»."""

    name: str
    outcome: IntakeResult | InputRefused


@dataclass(frozen=True, slots=True)
class Manner:
    """How documents are taken in."""

    approve: bool  # the reading is accepted as it stands
    silent: bool = False  # nothing is said about it until a person releases the hold


def take_in(app: App, path: Path, *, approve: bool, actor: str, via: str = "cli") -> IntakeResult:
    """Register a document as a draft, or approved at once; all of it in one transaction.

    The same file, or the same number and date from the same issuer, changes nothing. Raises InputRefused
    for a file that cannot or may not be read, or that holds several documents, before anything is written;
    NotPermitted for who may not take documents in.
    """
    act = _allowed(app, actor, via)
    try:
        part = only_part(read_file(path, app.settings.ocr_cache_dir))
    except UnreadableDocument as error:
        raise refused(error, path.name) from error
    return _take(app, part, Manner(approve), act=replace(act, at=instant(app.clock)))


def take_in_parts(  # noqa: PLR0913 — how a document is taken in, and who takes it in
    app: App, path: Path, *, approve: bool, actor: str, via: str = "cli", silent: bool = False
) -> Iterator[Taken]:
    """Register each document in a file as one of its own, each in a transaction of its own.

    A part that cannot be read stops no other. Raises InputRefused where the file as a whole cannot or may not
    be read, before anything is written; NotPermitted for who may not take documents in.
    """
    act = _allowed(app, actor, via)
    for part in read_file(path, app.settings.ocr_cache_dir):
        try:
            now = replace(act, at=instant(app.clock))
            yield Taken(part.name, _take(app, part, Manner(approve, silent), act=now))
        except InputRefused as error:
            yield Taken(part.name, error)


def _allowed(app: App, actor: str, via: str) -> Act:
    """Return the act of who takes documents in; it is asked before the file is so much as opened."""
    with reading(app.engine) as session:
        return allow(session, Act(actor, via, instant(app.clock)), Deed.TAKE_IN)


def _take(app: App, part: Part, manner: Manner, *, act: Act) -> IntakeResult:
    name = safe_name(PurePosixPath(part.name).name)
    raw = part.document
    if isinstance(raw, UnreadableDocument):
        raise refused(raw, name)
    if (known := _same_file(app, raw)) is not None:
        _put_back(app, known.directive_id, part.content)
        return known
    read = understand(app, raw, file_name=name)
    new = _new_directive(read, name, act)
    kept_or_not = files.taken_back(app.engine, app.settings.files_dir, new.stored_as)
    with kept_or_not, transaction(app.engine) as session:
        if (there := _already_there(session, new)) is not None:
            return there
        files.keep(part.content, app.settings.files_dir, new.stored_as)
        number = directives.add(session, new)
        if number is None:  # another process was quicker by a moment
            return _already_there(session, new) or _raced(new)
        directives.add_citations(session, number, read.parsed.cites)
        result = _result(session, app, read, number, act=act)
        change = Change(after={"number": new.number, "sha256": new.sha256, "tasks": len(result.codes)})
        record(session, act, "taken-in", ("directive", number), change)
        if manner.silent:
            holds.put(session, HoldReason.OLD_DOCUMENTS, act=act, directive_id=number)
        if not manner.approve or result.similar is not None or result.revises:
            return result
        approval = approve_directive(
            session, number, actor=act.actor, clock=app.clock, via=act.via, office=office_of(app)
        )
        doubts = (*result.doubts, *([EXTENDS_UNKNOWN] if approval.left else ()))
        return replace(result, approved=True, doubts=doubts, left=approval.left)


def _result(session: Session, app: App, read: Reading, directive_id: int, *, act: Act) -> IntakeResult:
    """Propose the tasks of a new document, and look for one that it may repeat."""
    head = read.parsed.head
    year = (head.issued_on or today(app.clock)).year
    proposal = propose(session, read.parsed, directive_id, year, act=act)
    similar = similar_document(session, directive_id)
    return IntakeResult(
        kind=IntakeKind.NEW,
        directive_id=directive_id,
        number=head.number,
        issued_on=head.issued_on,
        codes=proposal.codes,
        assignments=proposal.assignments,
        doubts=tuple(sorted(proposal.doubts | ({SIMILAR} if similar else set()))),
        similar=None if similar is None else similar.id,
        revises=tuple(pending(session, directive_id)),
    )


def _same_file(app: App, raw: RawDocument) -> IntakeResult | None:
    """Find the file by its content before any time is spent on reading its sentences."""
    with reading(app.engine) as session:
        entry = directives.with_sha256(session, raw.sha256)
    return None if entry is None else _known(IntakeKind.SAME_FILE, entry)


def _put_back(app: App, directive_id: int, content: bytes) -> None:
    """Keep the file of a known document again, should it have been lost since."""
    with reading(app.engine) as session:
        kept = directives.file_of(session, directive_id)
    if kept is not None:
        files.keep(content, app.settings.files_dir, kept[1])


def _already_there(session: Session, new: NewDirective) -> IntakeResult | None:
    """Say which document was there first, None for a new one."""
    if (entry := directives.with_sha256(session, new.sha256)) is not None:
        return _known(IntakeKind.SAME_FILE, entry)
    if (entry := same_document(session, new.number, new.issued_on, new.issuer)) is not None:
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


def _new_directive(read: Reading, name: str, act: Act) -> NewDirective:
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
        urgency=head.urgency,
        text=read.parsed.text,
        file_name=name,
        format=raw.format,
        pages=raw.pages,
        stored_as=files.place_of(raw.sha256, raw.format),
        doubts=[asdict(doubt) for doubt in read.parsed.doubts],
        taken_in_at=act.at,
        taken_in_by=act.actor,
    )
