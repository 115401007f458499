"""A channel that remembers letters instead of sending them, for tests and rehearsals."""

from collections.abc import Callable
from dataclasses import dataclass, field

from notifications.channels import ChannelName, WhenUnknown
from notifications.messages import Letter
from notifications.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Remembered:
    """One letter as it was handed over."""

    address: str
    message_id: str
    letter: Letter


def accept(_letter: Remembered) -> Outcome:
    """Accept every letter."""
    return Outcome.sent()


@dataclass(slots=True)
class MemoryChannel:
    """Keeps what it accepts; `answer` decides about each letter."""

    name: str = ChannelName.EMAIL
    when_unknown: WhenUnknown = WhenUnknown.RESEND
    answer: Callable[[Remembered], Outcome] = accept
    tried: list[Remembered] = field(default_factory=list)

    def send(self, letter: Letter, address: str, *, message_id: str) -> Outcome:
        """Remember the letter and answer."""
        self.tried.append(Remembered(address, message_id, letter))
        return self.answer(self.tried[-1])

    def close(self) -> None:
        """Nothing is open."""
