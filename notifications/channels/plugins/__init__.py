"""Our Apprise plugins. Importing anything here imports Apprise: only the channel does it, when it sends."""

from importlib import import_module
from typing import Any, ClassVar

from notifications.channels.handover import CURRENT, Handover
from notifications.outcome import Outcome, OutcomeKind

# Half of Apprise's base class is typed, and not as plugins use it: it is taken as it comes.
NotifyBase: Any = import_module("apprise.plugins.base").NotifyBase


class LetterPlugin(NotifyBase):  # type: ignore[misc] # see above
    """A plugin that sends the letter being handed over and leaves a typed outcome with it."""

    request_rate_per_sec = 0  # the outbox sets the pace
    notify_format = "text"
    template_args: ClassVar[Any] = dict(NotifyBase.template_args)
    template_tokens: ClassVar[Any] = dict(NotifyBase.template_tokens)

    def send(self, **_: Any) -> bool:
        """Send what is being handed over; Apprise's own title and body are its plain form, and not needed."""
        if (handover := CURRENT.get()) is None:
            self.logger.error("%s sends letters from the outbox only", self.service_name)
            return False
        if handover.outcome is None:  # once, even where Apprise would split a long body
            handover.outcome = self.hand_over(handover)
        return handover.outcome.kind is OutcomeKind.SENT

    def hand_over(self, handover: Handover) -> Outcome:
        """Send the letter; each plugin its own way."""
        raise NotImplementedError
