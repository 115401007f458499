"""Count addresses that are no link of ours, by who asks: after some, the answer is to wait.

A link cannot be guessed; this keeps whoever tries from filling the log, and costs no one else anything: a
right link is shown whatever else came from the same place, which may be a whole office behind one address.
Kept in memory alone, because looking at a link writes nothing.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

MOST: Final = 20  # wrong ones
WITHIN: Final = timedelta(minutes=10)
PLACES: Final = 10_000  # places that are remembered; the oldest is forgotten first


@dataclass(slots=True)
class WrongTokens:
    """The wrong tokens of the last minutes."""

    seen: "OrderedDict[str, deque[datetime]]" = field(default_factory=OrderedDict)

    def wait(self, place: str, now: datetime) -> int:
        """Note a wrong token, and return how many seconds its sender is to wait; 0: not at all."""
        times = self.seen.setdefault(place, deque(maxlen=MOST))
        self.seen.move_to_end(place)
        if len(self.seen) > PLACES:
            self.seen.popitem(last=False)
        while times and now - times[0] >= WITHIN:
            times.popleft()
        if len(times) < MOST:
            times.append(now)
            return 0
        return max(1, int((times[0] + WITHIN - now).total_seconds()))
