"""Change the ladder: read it from a file, check it against the register, put it into force."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import Session

from tracker.app import App
from tracker.domain.ladder import DEFAULT_LADDER, Also, Fault, Ladder, Standing, Step, faults, steps_from
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InputRefused
from tracker.services.letters import addresses
from tracker.services.permits import allow
from tracker.store import contacts, ladders
from tracker.store.events import Act
from tracker.store.session import transaction

MAX_BYTES: Final = 256 * 1024
KEYS: Final = frozenset({"per_day", "standing", "step"})
STEP_KEYS: Final = frozenset({"name", "offset", "audience", "also"})


@dataclass(frozen=True, slots=True)
class Unreached:
    """A step whose role nobody holds, or nobody with an address: it would be planned and said to nobody."""

    step: str
    role: Role
    agencies: int  # of the agencies that have contacts at all, how many lack this role; 0: an office's role


def current(session: Session, app: App) -> Ladder:
    """Return the ladder in force."""
    return ladders.in_force(session, app.ladder)


def read_ladder(path: Path) -> Ladder:
    """Read a ladder from a TOML file, as `written` gives it; its version is settled when it is adopted.

    Raises InputRefused with what is wrong and where.
    """
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            raise InputRefused("ladder.too-large", name=path.name)
        data = tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise InputRefused("ladder.unreadable", name=path.name, why=error.strerror or "") from error
    except ValueError as error:  # of TOML and of UTF-8
        raise InputRefused("ladder.no-toml", name=path.name, why=error) from error
    return _ladder(data, path.name)


def _ladder(data: dict[str, Any], name: str) -> Ladder:
    steps = data.get("step", [])
    strange = sorted(data.keys() - KEYS) or sorted(
        {key for step in steps if isinstance(step, dict) for key in step} - STEP_KEYS
    )
    if strange:
        raise InputRefused(
            "ladder.strange-key", name=name, key=strange[0], known=", ".join(sorted(KEYS | STEP_KEYS))
        )
    try:
        standing = {Role(role): Standing(often) for role, often in data.get("standing", {}).items()}
        per_day = int(data.get("per_day", DEFAULT_LADDER.per_day))
    except (ValueError, TypeError, AttributeError) as error:
        known = {"roles": ", ".join(Role), "often": ", ".join(Standing)}
        raise InputRefused("ladder.no-value", name=name, **known) from error
    if not isinstance(steps, list):
        raise InputRefused("ladder.no-step", name=name, step="step", **_known())
    return _checked(tuple(_step(step, name) for step in steps), per_day, standing, name)


def _step(data: Any, name: str) -> Step:
    """Read one step, or say which one cannot be read and what may stand in it."""
    try:
        return steps_from([data])[0]
    except KeyError as error:
        raise InputRefused("ladder.no-key", name=name, key=error.args[0]) from error
    except (ValueError, TypeError, AttributeError) as error:
        step = data.get("name", "?") if isinstance(data, dict) else "?"
        raise InputRefused("ladder.no-step", name=name, step=step, **_known()) from error


def _known() -> dict[str, str]:
    return {"roles": ", ".join(Role), "also": ", ".join(Also)}


def _checked(steps: tuple[Step, ...], per_day: int, standing: dict[Role, Standing], name: str) -> Ladder:
    if found := list(faults(steps, per_day)):
        raise UnusableLadder(name, found)
    return Ladder(0, steps, per_day, MappingProxyType(standing))


class UnusableLadder(InputRefused):
    """A ladder with steps that could not be reached; every one of them is named."""

    def __init__(self, name: str, found: list[Fault]) -> None:
        super().__init__("ladder.unusable", name=name)
        self.found = found


def unreached(session: Session, app: App, ladder: Ladder) -> Iterator[Unreached]:
    """Name the steps that would be said to nobody, as the register stands."""
    found = [one for one in contacts.entries(session) if one.active]
    held = [one for one in found if addresses(one, app.channels)]
    agencies = {one.agency for one in found if one.agency is not None}
    for step in ladder.steps:
        for role in step.audience:
            if role in IN_AGENCY:
                lacking = agencies - {one.agency for one in held if one.role is role}
                if lacking or not agencies:
                    yield Unreached(step.name, role, len(lacking))
            elif not any(one.role is role for one in held):
                yield Unreached(step.name, role, 0)


def adopt(app: App, ladder: Ladder, act: Act) -> Ladder:
    """Put a ladder into force from the next run on; nobody is told again what they were told under the old.

    Raises Conflict where it says what the one in force says.
    """
    with transaction(app.engine) as session:
        allowed = allow(session, act, Deed.LADDER)
        before = current(session, app)
        made = replace(ladder, version=ladders.next_version(session, app.ladder))
        if replace(made, version=before.version) == before:
            raise Conflict("ladder.same", version=before.version)
        ladders.add(session, made, before, allowed)
    return made


def written(ladder: Ladder) -> str:
    """Write a ladder as the file that `read_ladder` reads."""
    lines = [f"per_day = {ladder.per_day}", "", "[standing]"]
    lines += [f'{role.value} = "{often.value}"' for role, often in ladder.standing.items()]
    for step in ladder.steps:
        lines += ["", "[[step]]", f"name = {_quoted([step.name])}", f"offset = {step.offset}"]
        lines.append(f"audience = [{_quoted(role.value for role in step.audience)}]")
        if step.also:
            lines.append(f"also = [{_quoted(thing.value for thing in step.also)}]")
    return "\n".join(lines) + "\n"


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(json.dumps(word, ensure_ascii=False) for word in words)
