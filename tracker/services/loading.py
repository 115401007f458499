"""What loading a table would change or has changed, and where its slips are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.services.register_rules import Finding, Rule, Severity
from tracker.services.tables_in import CellError, Row
from tracker.store.register import AgencyEntry


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a file would change or has changed; with errors nothing was written."""

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
