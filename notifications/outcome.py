"""What became of one attempt to hand a letter over."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Self


class OutcomeKind(StrEnum):
    """The five answers; not sent and maybe sent are kept apart because only the first is safe to repeat."""

    SENT = "sent"
    REFUSED = "refused"  # for good: another try would be refused too
    RETRY = "retry"  # not sent; try later
    UNKNOWN = "unknown"  # written to the other side, and no answer that can be trusted
    MISCONFIGURED = "misconfigured"  # nothing can be sent on this channel until a person mends it


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer. `code` is for programs, `detail` for the operator; neither ever holds a secret."""

    kind: OutcomeKind
    code: str = ""
    detail: str = ""
    provider_id: str | None = None
    retry_after: timedelta | None = None
    channel_down: bool = False  # says nothing about this letter: the whole channel is unusable now
    most_tries: int | None = None  # where fewer are worth making than usual
    fall_back: bool = False  # its reader should be told another way: see `outbox.falls_back`
    bad_address: bool = False  # nothing will ever arrive at this address; a person should look at the contact

    @classmethod
    def sent(cls, provider_id: str | None = None, code: str = "", detail: str = "") -> Self:
        """Say that the other side has taken the letter into its care."""
        return cls(OutcomeKind.SENT, code, detail, provider_id)

    @classmethod
    def refused(
        cls, code: str, detail: str = "", *, fall_back: bool = False, bad_address: bool = False
    ) -> Self:
        """Say that this letter or this address will never be accepted."""
        return cls(OutcomeKind.REFUSED, code, detail, fall_back=fall_back, bad_address=bad_address)

    @classmethod
    def retry(
        cls, code: str, detail: str = "", *, most_tries: int | None = None, fall_back: bool = False
    ) -> Self:
        """Say that this letter was not taken now."""
        return cls(OutcomeKind.RETRY, code, detail, most_tries=most_tries, fall_back=fall_back)

    @classmethod
    def unreachable(
        cls, code: str, detail: str = "", retry_after: timedelta | None = None, *, fall_back: bool = False
    ) -> Self:
        """Say that the service takes nothing at all now, through no fault of this letter."""
        return cls(
            OutcomeKind.RETRY,
            code,
            detail,
            retry_after=retry_after,
            channel_down=True,
            fall_back=fall_back,
        )

    @classmethod
    def unknown(cls, code: str, detail: str = "", *, fall_back: bool = False) -> Self:
        """Say that the letter may have been delivered."""
        return cls(OutcomeKind.UNKNOWN, code, detail, fall_back=fall_back)

    @classmethod
    def misconfigured(cls, code: str, detail: str = "", *, fall_back: bool = False) -> Self:
        """Say that a password, token, certificate or address of the service is wrong."""
        return cls(OutcomeKind.MISCONFIGURED, code, detail, channel_down=True, fall_back=fall_back)
