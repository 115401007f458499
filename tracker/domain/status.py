"""Where an assignment stands, and which moves lead where: the table is the rule book."""

from enum import StrEnum
from typing import Final

from tracker.errors import Conflict
from tracker.phrasebook import say


class Status(StrEnum):
    """The state of the work, set by people; time status is computed, never stored."""

    DRAFT = "draft"
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    UNDER_WAY = "under_way"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    NOT_OURS = "not_ours"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What a person can do with an assignment."""

    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    PROGRESS = "progress"
    OBSTACLE = "obstacle"
    REPORT = "report"
    CONFIRM = "confirm"
    RETURN = "return"
    REFUSE = "refuse"  # «không thuộc trách nhiệm»: back to the secretariat
    KEEP = "keep"  # the secretariat holds the agency to it all the same
    TRANSFER = "transfer"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    ASK_EXTENSION = "ask-extension"
    WITHDRAW_EXTENSION = "withdraw-extension"
    REFUSE_EXTENSION = "refuse-extension"
    GRANT_EXTENSION = "grant-extension"
    GRANT_EXTENSION_AGAIN = "grant-extension-again"  # beyond the number that is usual
    RECORD_EXTENSION = "record-extension"  # granted elsewhere: by a document, by a leader's word
    ASK_EXPLANATION = "ask-explanation"
    ANSWER_EXPLANATION = "answer-explanation"
    JUDGE_EXPLANATION = "judge-explanation"  # whether the cause was beyond the agency's power


AT_WORK: Final = frozenset({Status.ASSIGNED, Status.ACKNOWLEDGED, Status.UNDER_WAY, Status.RETURNED})
CLOSED: Final = frozenset({Status.CONFIRMED, Status.TRANSFERRED, Status.WITHDRAWN})
COUNTED: Final = AT_WORK | {Status.NOT_OURS, Status.REPORTED, Status.CONFIRMED}
"""The rest run no clock and enter no figure. Who declines late work does not take it out of them."""
GIVEN_AWAY: Final = frozenset({Status.TRANSFERRED, Status.WITHDRAWN})  # counted where it went, or not at all

_OPEN: Final = frozenset(Status) - CLOSED
_GIVEN: Final = _OPEN - {Status.DRAFT}
_EXTENDABLE: Final = AT_WORK | {Status.REPORTED, Status.SUSPENDED}
_ANSWERABLE: Final = frozenset(Status) - {Status.DRAFT, Status.WITHDRAWN}

_FROM: Final[dict[Move, tuple[frozenset[Status], Status | None]]] = {  # None: stays where it is
    Move.APPROVE: (frozenset({Status.DRAFT}), Status.ASSIGNED),
    Move.ACKNOWLEDGE: (frozenset({Status.ASSIGNED}), Status.ACKNOWLEDGED),
    Move.START: (frozenset({Status.ASSIGNED, Status.ACKNOWLEDGED, Status.RETURNED}), Status.UNDER_WAY),
    Move.PROGRESS: (AT_WORK, Status.UNDER_WAY),
    Move.OBSTACLE: (AT_WORK, Status.UNDER_WAY),
    Move.REPORT: (AT_WORK, Status.REPORTED),
    Move.CONFIRM: (frozenset({Status.REPORTED}), Status.CONFIRMED),
    Move.RETURN: (frozenset({Status.REPORTED}), Status.RETURNED),
    Move.REFUSE: (AT_WORK, Status.NOT_OURS),
    Move.KEEP: (frozenset({Status.NOT_OURS}), Status.ASSIGNED),
    Move.TRANSFER: (AT_WORK | {Status.NOT_OURS}, Status.TRANSFERRED),
    Move.SUSPEND: (AT_WORK, Status.SUSPENDED),
    Move.RESUME: (frozenset({Status.SUSPENDED}), Status.UNDER_WAY),
    Move.WITHDRAW: (_OPEN, Status.WITHDRAWN),
    Move.ASK_EXTENSION: (AT_WORK, None),
    Move.WITHDRAW_EXTENSION: (_GIVEN, None),
    Move.REFUSE_EXTENSION: (_GIVEN, None),
    Move.GRANT_EXTENSION: (_EXTENDABLE, None),
    Move.GRANT_EXTENSION_AGAIN: (_EXTENDABLE, None),
    Move.RECORD_EXTENSION: (_EXTENDABLE, None),
    Move.ASK_EXPLANATION: (COUNTED, None),
    Move.ANSWER_EXPLANATION: (_ANSWERABLE, None),
    Move.JUDGE_EXPLANATION: (_ANSWERABLE, None),
}

TRANSITIONS: Final[dict[tuple[Status, Move], Status]] = {
    (start, move): end or start for move, (starts, end) in _FROM.items() for start in starts
}


class MoveRefused(Conflict):
    """A move that does not start from where the assignment stands."""

    def __init__(self, status: Status, move: Move) -> None:
        super().__init__("move.refused", status=status, move=move)
        self.status = status
        self.move = move

    def sentence(self, lang: str | None = None) -> str:
        """Say the rule that forbids it and what can be done instead, all in the reader's language."""
        starts = (f"«{say(f'status.{status}', lang)}»" for status in Status if status in _FROM[self.move][0])
        return say(
            self.code,
            lang,
            status=say(f"status.{self.status}", lang),
            move=say(f"move.{self.move}", lang),
            starts=", ".join(starts),
            next=say(f"next.{self.status}", lang),
        )


def after(status: Status, move: Move) -> Status:
    """Return where a move leads; MoveRefused when the table has no such pair."""
    try:
        return TRANSITIONS[status, move]
    except KeyError:
        raise MoveRefused(status, move) from None
