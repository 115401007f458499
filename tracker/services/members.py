"""Who a group of the register stands for on a day: «UBND cấp huyện», less those a document excepts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from directives.agencies import find_agencies
from directives.agencies.excepted import excepted
from directives.names import key
from tracker.store.register import AgencyEntry


@dataclass(frozen=True, slots=True)
class Membership:
    """The members of a group on a day, and the excepted names that could not be told for sure."""

    members: tuple[AgencyEntry, ...]
    unclear: tuple[str, ...] = ()


def members_on(entries: Sequence[AgencyEntry], group: str, on: date) -> tuple[AgencyEntry, ...]:
    """Return the agencies of a group on a day, each once, those of groups within it too."""
    found: dict[str, AgencyEntry] = {}
    seen = {group}
    waiting = [group]
    while waiting:
        code = waiting.pop(0)
        for entry in entries:
            if not entry.belonged(code, on):
                continue
            if not entry.is_group:
                found.setdefault(entry.code, entry)
            elif entry.code not in seen:
                seen.add(entry.code)
                waiting.append(entry.code)
    return tuple(found.values())


def meant_by(words: str, entries: Sequence[AgencyEntry], group: str, on: date) -> Membership:
    """Return the members that the words of a document mean: «UBND các huyện (trừ huyện Vũ Quang)».

    An excepted name that is no member's, or several members', excepts nobody: it is handed back as unclear.
    """
    members = members_on(entries, group, on)
    out: set[str] = set()
    unclear: list[str] = []
    for name in excepted(words):
        bearers = [entry.code for entry in members if _is_called(entry, name, on)]
        if len(bearers) == 1:
            out.update(bearers)
        else:
            unclear.append(name)
    return Membership(tuple(entry for entry in members if entry.code not in out), tuple(unclear))


def _is_called(entry: AgencyEntry, name: str, on: date) -> bool:
    """Tell whether a short name is an agency's: «huyện Vũ Quang» is that of «UBND huyện Vũ Quang»."""
    asked = key(name)
    words = (own.split() for own in entry.names_on(on))
    return any(key(" ".join(own[begin:])) == asked for own in words for begin in range(len(own)))


@lru_cache(maxsize=1024)
def names_open_set(name: str) -> bool:
    """Tell whether nobody can list who is meant: «các đơn vị liên quan»."""
    return any(mention.is_open_group for mention in find_agencies(name))
