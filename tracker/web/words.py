"""How a timing looks on a page: a tone and a shape, never a colour alone; the words are in the phrasebook."""

from typing import Final

from tracker.domain.timing import TimingKind
from tracker.phrasebook import catalogue, say

TONES: Final[dict[TimingKind, str]] = {
    TimingKind.OVERDUE: "late",
    TimingKind.DONE_LATE: "late",
    TimingKind.DUE_TODAY: "soon",
    TimingKind.DUE_SOON: "soon",
    TimingKind.TO_BE_DETERMINED: "soon",
    TimingKind.NOT_YET_DUE: "good",
    TimingKind.DONE_EARLY: "good",
    TimingKind.DONE_ON_TIME: "good",
    TimingKind.NO_DEADLINE: "calm",
    TimingKind.RECURRING: "calm",
    TimingKind.NOT_TRACKED: "calm",
}

# Paths of a 16 × 16 picture, drawn in the colour of the words beside it.
ICONS: Final[dict[str, str]] = {
    "late": "M8 1.2 15.4 14.4H.6zM8 6v4M8 12.1v.3",
    "soon": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.6 1.8",
    "good": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5 8.2l2.1 2.1L11 6.2",
    "calm": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5 8h6",
}


def event_words(action: str) -> str:
    """Say what happened in a line of history; a move by its own name."""
    known = catalogue()
    code = next((code for code in (f"move.{action}", f"event.{action}") if code in known), None)
    return action if code is None else say(code)
