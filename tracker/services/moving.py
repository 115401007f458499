"""How every move is made: hold the assignment, ask whether it is permitted and in the table, write, record.

The caller's transaction holds it all: the new standing, what belongs to it, and the line of history.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.status import Move, Status, after
from tracker.errors import Conflict
from tracker.phrasebook import say
from tracker.services.permits import permit
from tracker.store import assignments, moves
from tracker.store.assignments import Tracked
from tracker.store.events import Act, Change, record
from tracker.store.moves import Standing


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: where the assignment stands now, and the version that the next form is to show."""

    assignment_id: int
    status: Status
    version: int


@dataclass(frozen=True, slots=True)
class Held:
    """An assignment held for a move that is permitted and in the table."""

    work: Tracked
    move: Move
    act: Act
    status: Status  # where the move leads


class NeedsReason(Conflict):
    """A move that is only made with a reason."""

    def __init__(self, move: Move) -> None:
        super().__init__("act.no-reason", move=move)
        self.move = move

    def sentence(self, lang: str | None = None) -> str:
        """Say which move it is in the reader's language."""
        return say(self.code, lang, move=say(f"move.{self.move}", lang))


def hold(session: Session, assignment_id: int, move: Move, *, act: Act, seen: int | None) -> Held:
    """Hold an assignment for a move.

    Raises NotFound for none, Conflict for a stale form, NotPermitted for who may not, MoveRefused where the
    table has no such move from where the assignment stands.
    """
    return permitted(session, assignments.claim(session, assignment_id, seen=seen), move, act=act)


def permitted(session: Session, work: Tracked, move: Move, *, act: Act) -> Held:
    """Let a move be made of an assignment that is held already: which one it is may depend on what it was."""
    allowed = permit(session, act, move, work.id)
    return Held(work, move, allowed, after(work.facts.status, move))


def move_on(session: Session, held: Held, standing: Standing | None = None, **said: Any) -> Moved:
    """Write where a held assignment now stands, and its line of history with what was said.

    Without a standing it is the table's, with no day of filing; days and states in the line are those that
    changed.
    """
    work, now = held.work, standing or Standing(status=held.status)
    version = moves.put(session, work.id, now)
    before: dict[str, Any] = {"status": work.facts.status}
    after_: dict[str, Any] = {"status": now.status}
    if work.facts.filed_on != now.filed_on:
        before["filed_on"], after_["filed_on"] = work.facts.filed_on, now.filed_on
    after_ |= {name: value for name, value in said.items() if value not in (None, "", ())}
    record(session, held.act, held.move, ("assignment", work.id), Change(before, after_))
    return Moved(work.id, now.status, version)


def stay(session: Session, held: Held, before: dict[str, Any] | None = None, **said: Any) -> Moved:
    """Record a move that leaves the assignment where it stands."""
    work = held.work
    version = moves.touch(session, work.id)
    after_ = {name: value for name, value in said.items() if value not in (None, "", ())}
    record(session, held.act, held.move, ("assignment", work.id), Change(before, after_))
    return Moved(work.id, work.facts.status, version)


def reason_for(move: Move, words: str) -> str:
    """Return the reason that a move is made with; raise NeedsReason for none."""
    reason = " ".join(words.split())
    if not reason:
        raise NeedsReason(move)
    return reason
