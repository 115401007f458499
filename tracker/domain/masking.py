"""Show of a person's number just enough to tell it from another."""

from typing import Final

_SHOWN: Final = 3  # signs at the end
_LEAST: Final = 8  # signs; a shorter value would be given away by those that are shown


def masked(value: str | None) -> str:
    """Write a telephone number or an account with dots in place of all but its ends; empty for none."""
    if not value:
        return ""
    if len(value) < _LEAST:
        return "•" * len(value)
    return f"{value[:2]}{'•' * (len(value) - 2 - _SHOWN)}{value[-_SHOWN:]}"
