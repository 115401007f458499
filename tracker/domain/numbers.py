"""Running numbers of documents and assignments, as people write them."""

import re
from typing import Final

LARGEST: Final = 2**31 - 1  # an INTEGER of PostgreSQL; SQLite fails only beyond 2**63 - 1
_DIGITS: Final = re.compile(r"[0-9]{1,10}")  # those that we write ourselves, not every script's


def running_number(written: str) -> int | None:
    """Return the number that is written, None for what cannot be the number of anything we keep."""
    asked = written.strip()
    return int(asked) if _DIGITS.fullmatch(asked) and 1 <= int(asked) <= LARGEST else None
