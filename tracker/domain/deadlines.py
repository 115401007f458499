"""Why a deadline is what it is: each change is a version, and the first is kept for ever."""

from enum import StrEnum


class DeadlineCause(StrEnum):
    """What made a deadline, or moved it."""

    READ = "read"  # as the document says
    ANCHOR = "anchor"  # the day from which its period runs became known
    SET = "set"  # a person set it: the document says none, or not clearly
    EXTENSION = "extension"
    CALENDAR = "calendar"  # a day off was decided or taken back
    INSTANCE = "instance"  # a date of a recurring duty
    CORRECTION = "correction"  # it had been read wrongly
