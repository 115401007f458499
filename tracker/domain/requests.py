"""What an agency hands in or asks for, and how it is answered."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What a report is about."""

    PROGRESS = "progress"
    OBSTACLE = "obstacle"
    RESULT = "result"


class Verdict(StrEnum):
    """What the secretariat said of a result."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class ExtensionState(StrEnum):
    """Where a request for more time stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
