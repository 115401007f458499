"""Tell which bodies were no more when a document names them: dissolved departments, the district level."""

import re
from datetime import date
from functools import cache

from directives.agencies.body import Body
from directives.agencies.lexicon import any_of, lexicon, load
from directives.agencies.model import BodyKind, Extent
from directives.agencies.register import Register, default_register
from directives.names import fold


def ended_on(body: Body, code: str | None, register: Register, on: date | None) -> date | None:
    """Return the last day of a body that was no more on the day `on`, None for all others.

    `code` is what the register knew it by on that day; no register brings the district level back.
    """
    if on is None or body.extent is Extent.REFERENCE:
        return None
    last: date = lexicon().data["dissolved"]["last_day"]
    if on > last and _was_dissolved(body):
        return last
    return _last_day(body.name, register, on) if code is None else None


def _was_dissolved(body: Body) -> bool:
    name = fold(body.name)
    if _heads().match(name):
        return True
    if body.kind not in map(BodyKind, lexicon().data["dissolved"]["kinds"]):
        return False
    level = _levels().search(name)
    if level and (body.kind is not BodyKind.GROUP or name[: level.start()] in ("", "các ")):
        return True
    return body.kind is not BodyKind.GROUP and _town().search(name) is not None


def _last_day(name: str, register: Register, on: date) -> date | None:
    """Return the last day of a body that had ended by every row, the register's own and the national."""
    days = []
    for rows in (register, default_register()):
        if rows.find(name, on):
            return None
        if row := rows.find(name):
            days.append(row.valid_to)
    return max((day for day in days if day and day < on), default=None)


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["dissolved"]["heads"]))


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(lexicon().data['dissolved']['levels'])}")


@cache
def _town() -> re.Pattern[str]:
    """Read «thành phố Vinh»; «thành phố Hải Phòng» is a province by rank, «thành phố» alone may be."""
    return re.compile(rf"(?<!\w)thành phố (?!{any_of(load('places.toml')['cities'])})\w")
