"""What loading a table would change or has changed, cell by cell, and where its slips are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from tracker.services.register_rules import Finding, Rule, Severity
from tracker.services.tables_in import CellError, Row, as_cell
from tracker.store.register import AgencyEntry

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Entry = TypeVar("Entry", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a file would change or has changed; with errors nothing was written.

    The warnings have every value that is replaced, with the one before, and what a person should look at.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[CellError, ...] = ()
    dry_run: bool = False
    warnings: tuple[CellError, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Slips that a file makes in what it does not hold itself."""

    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)


def report_of(
    rows: Sequence[Row], added: int, changed: int, elsewhere: Elsewhere, *, dry_run: bool
) -> LoadReport:
    """Put together what is told of a file."""
    return LoadReport(
        added=added,
        changed=changed,
        unchanged=len(rows) - added - changed,
        errors=(*(error for row in rows for error in row.errors), *elsewhere.errors),
        warnings=(*(warning for row in rows for warning in row.warnings), *elsewhere.warnings),
        dry_run=dry_run,
    )


def place(
    found: Iterable[tuple[Rule, Finding]], rows: Sequence[Row], known: Mapping[str, AgencyEntry]
) -> Elsewhere:
    """Note each slip in its row; one that the file makes in another agency's row is told by its name.

    Slips between agencies that the file does not name were there before and are not the file's.
    """
    by_code = {row.text("code"): row for row in reversed(rows)}
    elsewhere = Elsewhere()
    for rule, finding in ((rule, finding) for rule, finding in found if rule.at_load):
        row, other = by_code.get(finding.agency), called(known, finding.other)
        is_error = rule.severity is Severity.ERROR
        if row is not None:
            note = row.refuse if is_error else row.warn
            note(finding.column, finding.rule, finding.value, other)
        elif finding.other in by_code:
            slip = CellError(
                0, finding.column, finding.rule, finding.value, other, called(known, finding.agency)
            )
            (elsewhere.errors if is_error else elsewhere.warnings).append(slip)
    return elsewhere


def called(known: Mapping[str, AgencyEntry], code: str) -> str:
    """Name an agency with its code, so that two of one name can be told apart."""
    return f"{known[code].name} ({code})" if code in known else code


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field of an entry, and which of them tell people whom it is about."""

    fields: Mapping[str, str]
    names: Collection[str] = ()


def brought_in(row: Row, read: Entry, known: Entry | None, columns: Columns, *, clear: bool) -> Entry:
    """Return what is to stand after a row, and warn in it of each value that is replaced or not.

    A column that the file lacks leaves the value as it was, and so does an empty cell unless `clear`.
    """
    if known is None:
        return read
    kept = {}
    for column, name in columns.fields.items():
        old, new = getattr(known, name), getattr(read, name)
        if old == new:
            continue
        unsaid = not row.text(column) and not clear
        if unsaid or not row.has(column):
            kept[name] = old
        if row.has(column) and not row.errors:
            code = "empty-kept" if unsaid else "renamed" if column in columns.names else _change(old, new)
            row.warn(column, code, as_cell(old), as_cell(new))
    return replace(read, **kept)


def _change(old: object, new: object) -> str:
    if not as_cell(new):
        return "emptied"
    return "changes" if as_cell(old) else "filled"
