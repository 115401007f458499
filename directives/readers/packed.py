"""Files inside a file that is read itself: looked into for secrecy; those of a PDF may be parts (`parts`)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.secrecy import refuse_secret_name

MAX_INSIDE: Final = 20  # files packed inside that are opened
MAX_INSIDE_BYTES: Final = 20 * 1024 * 1024
MAX_DEPTH: Final = 2  # a file in a file in the file itself
_DEPTH: ContextVar[int] = ContextVar("depth", default=0)
_TAKER: ContextVar["Taker | None"] = ContextVar("taker", default=None)


@dataclass(frozen=True, slots=True)
class Packed:
    """A file inside: its name, how many bytes it says it has, and what gives them."""

    name: str
    size: int
    content: Callable[[], bytes]


Taker = Callable[[Sequence[Packed]], None]


@contextmanager
def handing_over(to: Taker) -> Iterator[None]:
    """Let a PDF that is read meanwhile hand its files over, while it is open, to be read as parts."""
    taker = _TAKER.set(to)
    try:
        yield
    finally:
        _TAKER.reset(taker)


def handed_over(inside: Sequence[Packed]) -> bool:
    """Hand files over to who reads each of them as a part, and tell whether there is anybody."""
    taker = _TAKER.get()
    if taker is not None:
        taker(inside)
    return taker is not None


def refuse_secret_files(inside: Iterable[Packed]) -> None:
    """Raise UnreadableDocument (secret) where a file that is packed inside bears a stamp or such a name.

    No more of them are opened than the bounds say, nor what lies deeper; every name is looked at.
    """
    files = list(inside)
    for each in files:
        refuse_secret_name(each.name.rpartition("/")[2])
    if _DEPTH.get() == MAX_DEPTH:
        return
    above, taker = _DEPTH.set(_DEPTH.get() + 1), _TAKER.set(None)  # what lies deeper is no part
    try:
        _read_each(files[:MAX_INSIDE])
    finally:
        _DEPTH.reset(above)
        _TAKER.reset(taker)


def _read_each(files: Iterable[Packed]) -> None:
    from directives.readers import read_bytes  # noqa: PLC0415 - a file inside may be of any kind

    left = MAX_INSIDE_BYTES
    for each in files:
        left -= each.size
        if left < 0:
            return
        try:
            read_bytes(each.content())
        except UnreadableDocument as refusal:
            if refusal.code is Refusal.SECRET:  # any other: what cannot be read in there is no document
                raise
