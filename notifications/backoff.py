"""When to try again."""

from datetime import timedelta
from typing import Final

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
MAX_TRIES: Final = 8
JITTER: Final = 0.2


def wait_after(tries: int, chance: float) -> timedelta | None:
    """Return the wait after so many tries, or None when it is time to give up.

    The wait doubles from 30 seconds to an hour. `chance` in [0, 1) moves it by up to a fifth either way,
    so that letters that failed together do not all come back together.
    """
    if tries >= MAX_TRIES:
        return None
    wait = min(FIRST_WAIT * (1 << max(tries - 1, 0)), LONGEST_WAIT)
    return wait * (1 + JITTER * (2 * chance - 1))
