"""How the items of a digest are laid out: worst first, a task once, under its agencies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from notifications.messages import DigestItem, Standing

TOP: Final = 20  # entries; the rest is counted and found behind the link

_ORDER: Final = {standing: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A task with every agency of the digest that it stands alike for."""

    first: DigestItem
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of the same agency, or of the same agencies together."""

    agencies: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands alike; `count` is of items, `left_over` of those not shown."""

    standing: Standing
    count: int
    left_over: int
    groups: tuple[Group, ...]


def sections(items: Iterable[DigestItem], top: int = TOP) -> tuple[Section, ...]:
    """Lay items out, at most `top` entries in all; a standing without items has no section.

    A section whose entries all fall beyond the top is still there with its count, and with no groups.
    """
    ranked = sorted(items, key=_rank)
    laid_out, room = [], top
    for standing, alike in groupby(ranked, key=lambda item: item.standing):
        entries = _entries(list(alike))
        shown = entries[:room]
        room -= len(shown)
        count, seen = (sum(len(entry.agencies) for entry in some) for some in (entries, shown))
        laid_out.append(Section(standing, count, count - seen, _groups(shown)))
    return tuple(laid_out)


def worst(items: Iterable[DigestItem], top: int) -> tuple[DigestItem, ...]:
    """Return one item for each of the worst tasks."""
    first = {item.code: item for item in sorted(items, key=_rank, reverse=True)}
    return tuple(sorted(first.values(), key=_rank)[:top])


def _rank(item: DigestItem) -> tuple[int, date, str]:
    """Rank by standing and deadline; the agencies of a task stay in the order they were given in."""
    return _ORDER[item.standing], item.due_on, item.code


def _entries(items: Sequence[DigestItem]) -> list[Entry]:
    """Collapse the shares of a task that have the same deadline; the order stays."""
    found: dict[tuple[str, date], list[DigestItem]] = {}
    for item in items:
        found.setdefault((item.code, item.due_on), []).append(item)
    return [Entry(shares[0], tuple(share.agency for share in shares)) for shares in found.values()]


def _groups(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Put entries under their agencies; the agencies with the worst entry come first."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.agencies, []).append(entry)
    return tuple(Group(agencies, tuple(some)) for agencies, some in found.items())
