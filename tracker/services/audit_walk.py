"""Walk the chain of history, one line after the other, and name what does not hold.

What can be told from a line alone is told of it; a break between two lines is told once, by its likeliest
cause.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from tracker.store.audit import End
from tracker.store.chain import GENESIS, KeptLine, link

SHOWN: Final = 100  # findings that are kept with their words; the rest are counted


class Fault(StrEnum):
    """What was done to history."""

    EDITED = "edited"  # what the line says is not what was sealed
    HASH_EDITED = "hash-edited"  # only its own hash
    LINK_EDITED = "link-edited"  # only the hash of the line before it
    MOVED = "moved"  # the line is whole but had another number
    MISSING = "missing"  # between two lines
    INSERTED = "inserted"
    REWRITTEN = "rewritten"  # with a hash that fits it, but not the lines beside it
    CUT_OFF = "cut-off"  # lines after the last one
    END_MISSING = "end-missing"  # the row that keeps the end
    END_EDITED = "end-edited"
    NOT_EXPECTED = "not-expected"  # the end that somebody kept outside is not in this chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: the line that is named, or the two between which something is missing."""

    fault: Fault
    line: KeptLine | None = None  # as it stands now
    after: int | None = None  # the last line that still holds; 0: the beginning
    before: int | None = None
    was: int | None = None  # the number a moved line had
    count: int | None = None
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """An end of the chain that was written down earlier, outside; without a count anywhere in it."""

    hash: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """How far the chain goes and what is wrong in it; `more` findings are not listed."""

    count: int
    last_hash: str
    findings: tuple[Finding, ...] = ()
    more: int = 0
    met_at: int | None = None  # the place of the end that was expected


@dataclass(slots=True)
class _Walk:
    """What is known while walking: constant in size but for the findings that are kept."""

    number_with_hash: Callable[[str], int | None]
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    count: int = 0
    previous: KeptLine | None = None
    before_previous: str = GENESIS  # the hash of the line before the previous one
    suspect: Finding | None = None  # of the previous line, until the next one tells more
    explained: bool = False  # the break after the previous line is already accounted for

    @property
    def last_hash(self) -> str:
        return GENESIS if self.previous is None else self.previous.hash or ""

    @property
    def last_number(self) -> int:
        return 0 if self.previous is None else self.previous.id

    def note(self, finding: Finding) -> None:
        """Keep a finding, or count it where there are too many."""
        if len(self.findings) < SHOWN:
            self.findings.append(finding)
        else:
            self.more += 1

    def step(self, line: KeptLine) -> None:
        """Look at the next line."""
        self.settle(line.previous_hash)
        self.count += 1
        holds, fits = _holds(line), line.previous_hash == self.last_hash
        if not holds and self._is_foreign(line):
            self.note(Finding(fault=Fault.INSERTED, line=line))
            return  # no part of the chain: the next line follows the previous one
        explained, self.explained = self.explained, False
        if holds and not fits and not explained:
            self._break(line)
        elif not holds:
            self._doubt(line, gap_known=fits or explained)
        self.before_previous, self.previous = self.last_hash, line

    def settle(self, next_says: str | None) -> None:
        """Decide about the previous line, now that what follows says which hash it had."""
        if self.suspect is None or self.previous is None:
            return
        if next_says == link(self.previous.previous_hash or "", self.previous) and not self.previous.unread:
            self.suspect = replace(self.suspect, fault=Fault.HASH_EDITED)
            self.explained = True
        elif next_says == self.before_previous != self.last_hash:
            self.suspect = replace(self.suspect, fault=Fault.INSERTED)
            self.explained = True
        self.note(self.suspect)
        self.suspect = None

    def _break(self, line: KeptLine) -> None:
        """Say why a line that is whole does not follow the one before it."""
        if line.previous_hash == self.before_previous and self.previous is not None:
            self.note(Finding(fault=Fault.INSERTED, line=self.previous))
        elif line.id - self.last_number > 1:
            self.note(
                Finding(
                    fault=Fault.MISSING,
                    after=self.last_number,
                    before=line.id,
                    count=line.id - self.last_number - 1,
                )
            )
        else:
            self.note(Finding(fault=Fault.REWRITTEN, line=self.previous or line, before=line.id))

    def _doubt(self, line: KeptLine, *, gap_known: bool) -> None:
        """Say what was done to a line whose hash does not fit what it says."""
        if line.hash == link(self.last_hash, line) and not line.unread:
            self.note(Finding(fault=Fault.LINK_EDITED, line=line))
            return
        if (was := self._number_before(line)) is not None:
            self.note(Finding(fault=Fault.MOVED, line=line, was=was))
            self.explained = True
            return
        if not gap_known and line.id - self.last_number > 1:
            self._break(line)
        self.suspect = Finding(fault=Fault.EDITED, line=line)

    def _is_foreign(self, line: KeptLine) -> bool:
        """Tell whether a line was put in past the program: without hashes, or as a copy of another."""
        if line.hash is None or line.previous_hash is None:
            return line.hash is line.previous_hash
        return len(self.findings) < SHOWN and self.number_with_hash(line.hash) not in {None, line.id}

    def _number_before(self, line: KeptLine) -> int | None:
        """Return the number under which a line's hash fits it, None where that is not what was changed."""
        if line.unread or line.previous_hash is None or len(self.findings) >= SHOWN:
            return None
        follows = 0 if line.previous_hash == GENESIS else self.number_with_hash(line.previous_hash)
        for number in () if follows is None else (follows + 1, line.id - 1, line.id + 1):
            if line.hash == link(line.previous_hash, replace(line, id=number)):
                return number
        return None


def walk(
    lines: Iterable[KeptLine],
    end: End | None,
    *,
    number_with_hash: Callable[[str], int | None],
    expected: Expected | None = None,
) -> Walked:
    """Reckon every hash anew, in the order of the lines, and compare the end with the one that is kept.

    `number_with_hash` finds a line by its hash; it is asked only about lines that do not hold.
    """
    state = _Walk(number_with_hash)
    end_met_at: int | None = 0 if end is not None and end.last_hash == GENESIS else None
    met_at = 0 if expected is not None and expected.hash == GENESIS else None
    for line in lines:
        state.step(line)
        if end is not None and line.hash == end.last_hash:
            end_met_at = state.count
        if expected is not None and line.hash == expected.hash:
            met_at = state.count
    _close(state, end, end_met_at)
    if expected is not None and (met_at is None or expected.count not in {None, met_at}):
        state.note(Finding(fault=Fault.NOT_EXPECTED, count=expected.count, hash=expected.hash))
    return Walked(
        count=state.count,
        last_hash=state.last_hash,
        findings=tuple(state.findings),
        more=state.more,
        met_at=met_at,
    )


def _close(state: _Walk, end: End | None, end_met_at: int | None) -> None:
    """Compare where the lines end with the end that is kept beside them."""
    state.settle(None if end is None else end.last_hash)
    if end is None:
        state.note(Finding(fault=Fault.END_MISSING))
        return
    if end.last_hash == state.last_hash:
        if end.count != state.count and not state.findings:
            state.note(Finding(fault=Fault.END_EDITED, count=end.count, hash=end.last_hash))
        return
    if state.explained:
        return
    if end_met_at is not None:
        state.note(Finding(fault=Fault.INSERTED, line=state.previous, after=end_met_at))
    elif end.count > state.count:
        state.note(Finding(fault=Fault.CUT_OFF, after=state.last_number, count=end.count - state.count))
    else:
        state.note(Finding(fault=Fault.END_EDITED, line=state.previous, count=end.count, hash=end.last_hash))


def _holds(line: KeptLine) -> bool:
    """Tell whether a line's hash is that of what it says."""
    return not line.unread and line.hash == link(line.previous_hash or "", line)
