"""Read the time column of a table, where a bare «Quý II/2024» or «15/11/2024» is a deadline."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from directives.calendar import WorkCalendar, default_calendar
from directives.dates import rx
from directives.deadlines.find import accepted, deadline_of
from directives.deadlines.phrases import Phrase, bare_at
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.deadlines.shorthand import written_out
from directives.deadlines.window import Window, open_window
from directives.model import Deadline, Span
from directives.text import folded, one_line

SEVERAL_TIMES: Final = "several-times"
LONGEST_NOTE: Final = 80  # letters; a longer cell is a sentence
WORD: Final = re.compile(r"(?<![\w/.,-])\w")
RANGE_LINK: Final = rx(r"~(?:-|,|và|đến)~")


def read_cell(  # noqa: PLR0913 - the same names as find_deadlines
    text: str,
    span: Span | None = None,
    *,
    words: str | None = None,
    issued_on: date | None,
    masked: Sequence[Span] = (),
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
) -> Deadline | None:
    """Return the deadline that a cell states, with or without a preposition, or None («Thường xuyên»).

    Of several the first counts, with a doubt; a range or list without a preposition is one and ends with its
    last item: «Quý II/2024 - Quý IV/2024». What is noted in shorthand («12/2020») is written out first.
    `words`: what the cell says in full, where it leaves some out («2» under «Quý»: «quý 2»).
    """
    span = span or Span(0, len(text))
    small = folded(span.of(text))
    full = words or (written_out(small) if span.end - span.start <= LONGEST_NOTE else small)
    if full != small:
        read = read_cell(full, issued_on=issued_on, policy=policy, calendar=calendar)
        return None if read is None else _in_the_words_of(one_line(span.of(text)), span, read)
    window = open_window(text, span, issued_on, masked, calendar or default_calendar())
    led, bare = accepted(window, judged=False), bare_times(window)
    if not (phrases := led or bare):
        return None
    deadline = deadline_of(text, window, phrases[0], policy)
    more = (one for one in (*led, *bare) if one.start >= phrases[0].end and one.stated)
    if any(one.stated != deadline.stated for one in more):
        return replace(deadline, doubts=(*deadline.doubts, SEVERAL_TIMES))
    return deadline


def _in_the_words_of(words: str, span: Span, read: Deadline) -> Deadline:
    """Say what was read from a shorthand written out in the document's own words."""
    explained = read.explain.replace(f"«{read.text}»", f"«{words}»", 1)
    return replace(read, text=words, span=span, explain=explained)


def bare_times(window: Window) -> list[Phrase]:
    """Return the times that stand without a preposition, each range or list as one."""
    found: list[Phrase] = []
    place = window.start
    while word := WORD.search(window.low, place, window.stop):
        readings = bare_at(window.low, word.start(), window.stop, window.context)
        phrase = max(readings, key=lambda reading: reading.end, default=None)
        place = max(word.end(), phrase.end if phrase else 0)
        if phrase and found and RANGE_LINK.fullmatch(window.low, found[-1].end, phrase.start):
            found[-1] = replace(phrase, start=found[-1].start)
        elif phrase:
            found.append(phrase)
    return found
