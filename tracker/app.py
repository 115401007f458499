"""The running system's parts as one value; `tracker.wiring` builds it, services are handed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine

from directives.deadlines.policy import DeadlinePolicy
from notifications.channels import Channel
from tracker.clock import Clock
from tracker.domain.ladder import DEFAULT_LADDER, Ladder
from tracker.settings import Settings


@dataclass(frozen=True, slots=True)
class App:
    """What flows, the command line and the web work with; a test builds one in a line."""

    settings: Settings
    engine: Engine
    clock: Clock
    ladder: Ladder = DEFAULT_LADDER
    channels: Mapping[str, Channel] = field(default_factory=dict)

    @property
    def policy(self) -> DeadlinePolicy:
        """Return how stated dates become last on-time days in this office."""
        return self.settings.policy
