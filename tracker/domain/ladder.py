"""The ladder: when somebody is written to about work, who, how often at most, and what else a step brings.

It is data: an office keeps its own, version after version, and this one until it does.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from tracker.domain.people import Role

EARLIEST: Final = -60  # working days from the deadline: about a quarter
LATEST: Final = 250  # a year of working days
MOST_PER_DAY: Final = 20


class Also(StrEnum):
    """What a step brings beside its letters."""

    EXPLANATION = "explanation"  # the agency is asked why it is late
    URGING_LETTER = "urging-letter"  # a draft of the office's letter that urges, for a person to sign


class Standing(StrEnum):
    """How often a reader without news is sent what is still late."""

    DAILY = "daily"
    WEEKLY = "weekly"  # on the first working day of a week
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Step:
    """A rung: so many working days from the last day, negative before it, and who is written to."""

    name: str
    offset: int
    audience: tuple[Role, ...]
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps from the first reminder to the last escalation; another set of steps is another version."""

    version: int
    steps: tuple[Step, ...]
    per_day: int = 3  # letters of runs to one reader on one channel, at most; urgent ones come on top
    standing: Mapping[Role, Standing] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse a ladder whose steps could not all be reached."""
        if found := next(faults(self.steps, self.per_day), None):
            raise ValueError(f"ladder {self.version}: {found}")

    def named(self, name: str) -> Step | None:
        """Return the step of a name."""
        return next((step for step in self.steps if step.name == name), None)


class Wrong(StrEnum):
    """What makes a ladder unusable."""

    NO_STEPS = "no-steps"
    NO_NAME = "no-name"
    NAME_TWICE = "name-twice"
    NOT_CLIMBING = "not-climbing"  # on the day of an earlier step, or before it: it would never be the latest
    NOBODY = "nobody"
    TOO_FAR = "too-far"
    ASKED_TOO_EARLY = "too-early-to-ask"  # nobody is asked why work is late that is not
    PER_DAY = "per-day"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which step."""

    wrong: Wrong
    step: str = ""

    def __str__(self) -> str:
        """Return both in a word."""
        return f"{self.wrong} {self.step}".strip()


def faults(steps: Collection[Step], per_day: int) -> Iterator[Fault]:
    """Find every step that could not be reached or could be said to nobody, in their order."""
    if not steps:
        yield Fault(Wrong.NO_STEPS)
    if not 1 <= per_day <= MOST_PER_DAY:
        yield Fault(Wrong.PER_DAY)
    names: set[str] = set()
    highest: float = -math.inf
    for step in steps:
        checks = (
            (Wrong.NO_NAME, not step.name.strip()),
            (Wrong.NAME_TWICE, step.name in names),
            (Wrong.TOO_FAR, not EARLIEST <= step.offset <= LATEST),
            (Wrong.NOT_CLIMBING, step.offset <= highest),
            (Wrong.NOBODY, not step.audience),
            (Wrong.ASKED_TOO_EARLY, bool(step.also) and step.offset <= 0),
        )
        yield from (Fault(wrong, step.name) for wrong, holds in checks if holds)
        names.add(step.name)
        highest = max(highest, step.offset)


def carried(told: Collection[tuple[int, Role]], ladder: Ladder) -> frozenset[tuple[str, Role]]:
    """Return which steps count as taken where roles were told at some distance under another ladder.

    Who was told later than a step is not told of that step as well, so a new ladder begins where the old one
    stood and repeats nothing.
    """
    return frozenset(
        (step.name, role)
        for offset, role in told
        for step in ladder.steps
        if step.offset <= offset and role in step.audience
    )


def as_data(ladder: Ladder) -> list[dict[str, Any]]:
    """Return the steps in plain values."""
    return [
        {
            "name": step.name,
            "offset": step.offset,
            "audience": [role.value for role in step.audience],
            "also": [thing.value for thing in step.also],
        }
        for step in ladder.steps
    ]


def steps_from(data: Collection[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return the steps that plain values say; a ValueError or KeyError where they say none."""
    return tuple(
        Step(
            name=str(each["name"]),
            offset=int(each["offset"]),
            audience=tuple(dict.fromkeys(Role(role) for role in each["audience"])),
            also=tuple(dict.fromkeys(Also(thing) for thing in each.get("also", ()))),
        )
        for each in data
    )


DEFAULT_LADDER: Final = Ladder(
    version=1,
    steps=(
        Step("before-7", -7, (Role.OFFICER,)),
        Step("before-3", -3, (Role.OFFICER,)),
        Step("before-1", -1, (Role.OFFICER,)),
        Step("due", 0, (Role.OFFICER,)),
        Step("overdue-1", 1, (Role.OFFICER,)),
        Step("overdue-3", 3, (Role.HEAD,), (Also.URGING_LETTER,)),
        Step("overdue-5", 5, (Role.CHIEF_OF_OFFICE,), (Also.EXPLANATION,)),
        Step("overdue-10", 10, (Role.VICE_CHAIR,)),
        Step("overdue-20", 20, (Role.CHAIRMAN,)),
    ),
    standing=MappingProxyType(
        {
            Role.OFFICER: Standing.DAILY,
            Role.HEAD: Standing.WEEKLY,
            Role.SECRETARIAT: Standing.DAILY,
            Role.CHIEF_OF_OFFICE: Standing.WEEKLY,
            Role.VICE_CHAIR: Standing.WEEKLY,
            Role.CHAIRMAN: Standing.WEEKLY,
        }
    ),
)
