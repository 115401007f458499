"""What a letter says beside the steps of its day, as a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from notifications.messages import Change, Chore
from tracker.domain.outages import Outage
from tracker.store.assignments import Tracked
from tracker.store.changes import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands, what happened since the last letter, what waits, and on which figures it is told."""

    standing: Sequence[Tracked] = ()
    changes: tuple[Change, ...] = ()
    chores: tuple[Chore, ...] = ()
    snapshot: str = ""
    cut_off: datetime | None = None
    outage: Outage | None = None
    finished: Sequence[Happening] = ()  # work whose day leaves the reader's calendar
    links: Mapping[int, str] = field(default_factory=dict)  # by assignment: where the reader may act


NOTHING: Final = Beside()
