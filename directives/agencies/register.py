"""Which bodies there are: rows with names, spellings, codes and the time they existed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import islice

from directives.agencies.excepted import less_excepted
from directives.agencies.lexicon import any_of, lexicon, load, standard_name, start_words
from directives.names import fold, key

_BETWEEN = re.compile(r" *[,/] *| và ")
_GROUP_HEADS = {"", "UBND", "HĐND"}
_SPELLINGS_PER_NAME = 200  # short forms multiply; no name needs more


@dataclass(frozen=True, slots=True)
class Agency:
    """A body of the register. `valid_to` is the last day on which it bore this name."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    became: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def existed(self, on: date) -> bool:
        """Tell whether the body bore this name on a day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return every spelling: names, aliases, and each with the short forms of its words."""
        every = (form for name in (self.name, *self.aliases) for form in _short_forms(name))
        return tuple(dict.fromkeys(every))


class Register:
    """Find bodies by any of their spellings.

    `place` is the register's own province: «Sở Y tế tỉnh Nghệ An» is nobody in Hà Tĩnh's register. Names of
    the national register are read too, so that a name ends where it ends, but only own rows have codes.
    """

    def __init__(self, rows: Iterable[Agency], *, place: str | None = None) -> None:
        self.agencies = tuple(rows)
        self.place = place
        self._index = _index(self.agencies)
        self._find = lru_cache(maxsize=4096)(self._look_up)

    @property
    def pattern(self) -> re.Pattern[str]:
        """Read the longest spelling at a place of folded text."""
        return self._index.pattern

    @property
    def starts(self) -> re.Pattern[str]:
        """Find, in the text itself, the words a mention may begin with."""
        return self._index.starts

    def standard(self, spelling: str) -> str:
        """Return the standard name for a spelling that `pattern` read."""
        return self._index.by_key[_key(spelling)][0].name

    def find(self, name: str, on: date | None = None) -> Agency | None:
        """Return the agency that bears `name` on a day, or ever when no day is given."""
        return self._find(name, on)

    def _look_up(self, name: str, on: date | None) -> Agency | None:
        for form in self._forms(name):
            for row in self._index.by_key.get(_key(form), ()):
                if row in self._index.own and (on is None or row.existed(on)):
                    return row
        return None

    def resolve(self, name: str, on: date | None = None) -> str | None:
        """Return the code of the agency that bears `name` on a day, None when the register has none."""
        agency = self.find(name, on)
        return agency.code if agency else None

    def _forms(self, name: str) -> Iterable[str]:
        """Yield the name, then less whom it excepts and its own province, with and without «tỉnh»."""
        yield standard_name(name)
        own = standard_name(less_excepted(name))
        yield own
        if place := _province_at_end().search(fold(own)):
            if self.place and key(place["name"]) != key(self.place):
                return
            own = own[: place.start()]
            yield own
        bare = _level_at_end().sub("", own)
        yield bare
        if bare == own or fold(own).endswith(" tỉnh"):
            yield bare + " tỉnh"


@dataclass(frozen=True, slots=True)
class _Index:
    """The spellings of a register, its own rows before the national ones."""

    own: frozenset[Agency]
    by_key: dict[str, list[Agency]]
    pattern: re.Pattern[str]
    starts: re.Pattern[str]


@lru_cache(maxsize=8)
def _index(agencies: tuple[Agency, ...]) -> _Index:
    """Compile the spellings of a register; the same rows, read anew from a database, are compiled once."""
    rows = tuple(dict.fromkeys((*agencies, *_national())))
    by_key: dict[str, list[Agency]] = {}
    for agency in rows:
        for wanted in dict.fromkeys(map(_key, agency.spellings)):
            by_key.setdefault(wanted, []).append(agency)
    spellings = [spelling for agency in rows for spelling in agency.spellings]
    return _Index(
        frozenset(agencies), by_key, re.compile(any_of(spellings)), re.compile(start_words(spellings))
    )


def _key(name: str) -> str:
    """Return the key of a name; that of a group whatever the order of its members."""
    before, many, members = name.partition("các ")
    if not many or before.strip() not in _GROUP_HEADS:
        return key(name)
    return key(before + many) + "".join(sorted(map(key, _BETWEEN.split(members))))


@cache
def default_register() -> Register:
    """Return the national register: the bodies every province has, without any province of its own."""
    return Register(_national())


@cache
def _national() -> tuple[Agency, ...]:
    return tuple(_agency(row) for row in load("agencies.toml")["agency"])


def _agency(row: dict[str, object]) -> Agency:
    lists = {field: tuple(value) for field, value in row.items() if isinstance(value, list)}
    return Agency(**{**row, **lists})  # type: ignore[arg-type]  # the row test reads every field of the data


@cache
def _province_at_end() -> re.Pattern[str]:
    """Read « tỉnh Hà Tĩnh» or « Hà Tĩnh»; and cities that are provinces; «thành phố Kon Tum» is none."""
    cities = any_of(load("places.toml")["cities"])
    provinces = any_of(lexicon().provinces)
    return re.compile(
        rf"(?: tỉnh| thành phố(?= {cities}$)|(?<!thành phố)(?<!thị xã)(?<!huyện)) (?P<name>{provinces})$"
    )


@cache
def _level_at_end() -> re.Pattern[str]:
    """Read « tỉnh», « huyện»: a level without a place, that of the register's own area."""
    return re.compile(rf" (?:{'|'.join(lexicon().data['levels']['names'])})$")


def _short_forms(name: str) -> Iterable[str]:
    return islice(_all_short_forms(name, tuple(lexicon().short.items())), _SPELLINGS_PER_NAME)


def _all_short_forms(name: str, table: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterable[str]:
    """Yield the name with each choice of short forms for the words of it that have some."""
    present = [(full, shorts) for full, shorts in table if full.casefold() in name.casefold()]
    forms = [name]
    for full, shorts in present:
        for form in tuple(forms):
            at = form.casefold().find(full.casefold())
            if at >= 0:
                forms += [form[:at] + short + form[at + len(full) :] for short in shorts]
    return forms
