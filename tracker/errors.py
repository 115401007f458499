"""What can go wrong in the tracker: a code and its fields; the sentence stands in the phrasebook."""

from typing import ClassVar

from tracker.phrasebook import say


class TrackerError(Exception):
    """A failure that a person can do something about.

    The code names an entry of `data/phrases.toml`, which says what happened and what to do next.
    """

    exit_status: ClassVar[int] = 1
    http_status: ClassVar[int] = 400

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def sentence(self, lang: str | None = None) -> str:
        """Say what happened and what to do next."""
        return say(self.code, lang, **self.fields)

    def __str__(self) -> str:
        return self.sentence()


class InvalidSetting(TrackerError):
    """A setting or an argument that cannot be used."""

    exit_status = 2


class NotFound(TrackerError):
    """What was asked for is not in the database."""

    http_status = 404


class InputRefused(TrackerError):
    """A file that was not taken in."""

    exit_status = 3
    http_status = 422


class Conflict(TrackerError):
    """The thing has changed, or does not allow this now."""

    http_status = 409


class NotPermitted(TrackerError):
    """Something that this person may not do."""

    http_status = 403


class Unavailable(TrackerError):
    """The database or the disk does not answer."""

    http_status = 503
