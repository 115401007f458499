"""What history says of the rows it speaks of, gathered line by line while the chain is walked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from tracker.domain.status import Status
from tracker.services.latecomers import TIED
from tracker.services.transfers import GIVEN
from tracker.store.chain import KeptLine
from tracker.store.deadline_versions import ENTITY
from tracker.store.events import AGENCY_CODE

OF_ACCOUNTS: Final = ("login", "name", "role", "agency", "valid_from", "valid_to")
OF_DEADLINES: Final = ("due_on", "cause", "explain", "document")
_LONGEST_KEPT: Final = 40  # signs; of what is longer only its hash is remembered

Fields = dict[str, Any]


class Unsaid(Enum):
    """What no line says: not the same as a line that says there is none."""

    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID


@dataclass(slots=True)
class SaidWork:
    """What the lines about an assignment come to; `None` as the status: no line said one."""

    status: Any = None
    filed_on: Any = None
    agency: Any = UNSAID
    deadlines: dict[int, Fields] = field(default_factory=dict)  # by version: the fields that were said
    whole: bool = False  # whether it is said from its beginning


@dataclass(slots=True)
class Said:
    """What history says, by the number of each row."""

    works: dict[int, SaidWork] = field(default_factory=dict)
    accounts: dict[int, Fields] = field(default_factory=dict)
    substitutions: dict[int, Fields] = field(default_factory=dict)

    def heard(self, lines: Iterable[KeptLine]) -> Iterator[KeptLine]:
        """Pass lines on, and remember what they say."""
        for line in lines:
            self.hear(line)
            yield line

    def hear(self, line: KeptLine) -> None:
        """Remember what a line says, in place of what earlier ones said."""
        if line.entity in {"assignment", ENTITY}:
            self._of_work(line, line.after or {})
        elif line.entity == "account":
            self._of_account(line, line.after or {})

    def _of_work(self, line: KeptLine, after: Fields) -> None:
        agency = after.get("agency" if line.action == TIED else AGENCY_CODE, UNSAID)
        if line.action != GIVEN and agency is UNSAID and not after.keys() & {"status", "deadline_version"}:
            return
        work = self.works.setdefault(line.entity_id, SaidWork())
        if line.action == GIVEN:
            self._handed_on(work, after)
        if line.entity == ENTITY:
            work.whole = True
        if agency is not UNSAID:
            work.agency = agency
        if "status" in after:
            work.status = after["status"]
            work.filed_on = after.get("filed_on", work.filed_on)
        version = after.get("deadline_version")
        if isinstance(version, int):
            work.deadlines[version] = {
                name: remembered(after[name]) for name in OF_DEADLINES if name in after
            }

    def _handed_on(self, work: SaidWork, after: Fields) -> None:
        """Start what came by a transfer as given, with every deadline of that which it comes from."""
        origin = after.get("from")
        known = self.works.get(origin) if isinstance(origin, int) else None
        work.status = Status.ASSIGNED.value
        if known is not None:
            work.deadlines, work.whole = dict(known.deadlines), known.whole

    def _of_account(self, line: KeptLine, after: Fields) -> None:
        if line.action in {"added", "changed"}:
            known = self.accounts.setdefault(line.entity_id, {})
            known.update((name, after[name]) for name in OF_ACCOUNTS if name in after)
            return
        number = after.get("substitution")
        if not isinstance(number, int):
            return
        said = self.substitutions.setdefault(number, {"account_id": line.entity_id, "ended": "no"})
        said.update((name, after[name]) for name in ("substitute", "from_on", "to_on") if name in after)
        if "ended_on" in after:
            said["ended"] = "yes"


def remembered(value: Any) -> Any:
    """Return a value to compare by: long explanations are many, and their hash tells them apart as well."""
    return hash(value) if isinstance(value, str) and len(value) > _LONGEST_KEPT else value
