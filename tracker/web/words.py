"""How a timing looks on a page: a tone and a shape, never a colour alone; the words are in the phrasebook."""

from collections.abc import Sequence
from typing import Final

from directives.readers.places import Place
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


def place_words(places: Sequence[Place]) -> str:
    """Say where in the original some words stand: «Trong tệp gốc: trang 2, đoạn 14; trang 3, đoạn 14.»."""
    said = dict.fromkeys(_place(place) for place in places)
    return say("web.place", place="; ".join(words for words in said if words))


def _place(place: Place) -> str:
    page = say("web.place-page", page=place.page) if place.page else ""
    paragraph = say("web.place-paragraph", paragraph=place.paragraph) if place.paragraph else ""
    return ", ".join(part for part in (page, paragraph) if part)


def event_words(action: str) -> str:
    """Say what happened in a line of history; a move by its own name."""
    known = catalogue()
    code = next((code for code in (f"move.{action}", f"event.{action}") if code in known), None)
    return action if code is None else say(code)
