"""What agencies say of their work, the files they hand in, and what the secretariat answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.domain.requests import ReportKind, Verdict
from tracker.store.tables import EvidenceRow, ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report as it is handed in."""

    assignment_id: int
    kind: ReportKind
    filed_on: date
    at: datetime
    actor: str
    words: str
    document: str | None = None
    document_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file handed in with a report: its name as words, and where its bytes are kept."""

    sha256: str
    file_name: str
    size: int
    stored_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report with its files, and what came of it."""

    id: int
    assignment_id: int
    kind: ReportKind
    filed_on: date
    at: datetime
    actor: str
    words: str
    document: str | None
    document_on: date | None
    verdict: Verdict | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str
    files: tuple[KeptFile, ...] = ()


def add(session: Session, new: NewReport, files: Iterable[KeptFile] = ()) -> int:
    """Keep a report and what was handed in with it, the same file once; return its row number."""
    row = ReportRow(**{name: getattr(new, name) for name in new.__dataclass_fields__})
    session.add(row)
    session.flush()
    number = row.id or 0
    session.add_all(
        EvidenceRow(
            report_id=number,
            sha256=file.sha256,
            file_name=file.file_name,
            size=file.size,
            stored_as=file.stored_as,
        )
        for file in {file.sha256: file for file in files}.values()
    )
    session.flush()
    return number


def decide(  # noqa: PLR0913 — the columns of an answer
    session: Session, report_id: int, verdict: Verdict, *, at: datetime, by: str, reason: str = ""
) -> None:
    """Write down what the secretariat said of a result."""
    row = session.get_one(ReportRow, report_id)
    row.verdict, row.decided_at, row.decided_by, row.reason = verdict, at, by, reason


def waiting(session: Session, assignment_id: int) -> Report | None:
    """Return the result that awaits an answer."""
    return next(
        (one for one in of(session, assignment_id) if one.kind is ReportKind.RESULT and one.verdict is None),
        None,
    )


def last_returned(session: Session, assignment_id: int) -> Report | None:
    """Return the last result that was given back."""
    back = [one for one in of(session, assignment_id) if one.verdict is Verdict.RETURNED]
    return back[-1] if back else None


def of(session: Session, assignment_id: int) -> list[Report]:
    """Return every report on an assignment, oldest first."""
    rows = session.exec(
        select(ReportRow).where(col(ReportRow.assignment_id) == assignment_id).order_by(col(ReportRow.id))
    ).all()
    files: dict[int, list[KeptFile]] = {}
    numbers = [row.id for row in rows]
    for file in session.exec(
        select(EvidenceRow).where(col(EvidenceRow.report_id).in_(numbers)).order_by(col(EvidenceRow.id))
    ):
        kept = KeptFile(
            sha256=file.sha256, file_name=file.file_name, size=file.size, stored_as=file.stored_as
        )
        files.setdefault(file.report_id, []).append(kept)
    return [_report(row, tuple(files.get(row.id or 0, ()))) for row in rows]


def _report(row: ReportRow, files: tuple[KeptFile, ...]) -> Report:
    fields = {name: getattr(row, name) for name in Report.__dataclass_fields__ if name != "files"}
    return Report(**fields, files=files)
