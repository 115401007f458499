"""What became of each step that a day called for: the words of the proof page."""

from enum import StrEnum


class NoteOutcome(StrEnum):
    """What became of a step that a day called for."""

    FIRED = "fired"  # said in a letter
    MERGED = "merged"  # overtaken by a later step, which says it too
    HELD = "held"  # a hold, a brake or quiet hours keep it
    CAPPED = "capped"  # the reader had as many letters as a day allows
    DROPPED = "dropped"  # no longer true when its turn came
    UNREACHABLE = "unreachable"  # nobody in the role has an address
    SILENT = "silent"  # brought in from elsewhere and not released yet
    DEFERRED = "deferred"  # to another day
