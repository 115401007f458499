"""Check that nobody rewrote history, or a row behind its back: `dondoc audit verify`."""

from dataclasses import dataclass

from sqlalchemy import Engine

from tracker.errors import InvalidSetting
from tracker.services.audit_rows import Compared, compare
from tracker.services.audit_said import Said
from tracker.services.audit_walk import Expected, Walked, walk
from tracker.store import audit, guards

_HASH_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found; `guards_missing` names triggers that no longer forbid rewriting."""

    walked: Walked
    guards_missing: tuple[str, ...]
    compared: Compared

    @property
    def whole(self) -> bool:
        """Tell whether history is as it was written, still guarded, and what the rows say as well."""
        return self.faults == 0

    @property
    def faults(self) -> int:
        """Return how many faults there are, listed or only counted."""
        listed = (self.walked.findings, self.guards_missing, self.compared.findings)
        return sum(map(len, listed)) + self.walked.more + self.compared.more

    @property
    def mark(self) -> str:
        """Return the end of the chain as one word, to be kept outside and compared later."""
        return f"{self.walked.last_hash}@{self.walked.count}"


def verify(engine: Engine, *, expected: Expected | None = None) -> Verification:
    """Walk the whole of history in one consistent view, and hold the rows against it; writers go on.

    What the lines say is gathered in passing: it grows with the assignments, not with the lines.
    """
    said = Said()
    with audit.snapshot(engine) as session:
        walked = walk(
            said.heard(audit.lines(session)),
            audit.end(session),
            number_with_hash=lambda sought: audit.number_with_hash(session, sought),
            expected=expected,
        )
        return Verification(walked, tuple(guards.missing(session)), compare(session, said))


def expected_of(written: str) -> Expected:
    """Read an end of the chain as it was written down: HASH or HASH@COUNT; raises InvalidSetting."""
    sought, _, count = written.strip().lower().partition("@")
    known = len(sought) == _HASH_LENGTH and set(sought) <= set("0123456789abcdef")
    if not known or (count and not count.isdecimal()) or written.strip().endswith("@"):
        raise InvalidSetting("audit.not-a-mark", value=written)
    return Expected(sought, int(count) if count else None)
