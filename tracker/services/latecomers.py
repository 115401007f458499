"""Tie shares to agencies that came into the register after the document that names them.

A clerk may take documents in before the register is loaded. Without this such a share would belong to nobody
for good: no officer could be written to, however complete the contacts are.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sqlmodel import Session

from directives.names import key
from tracker.services.proposals import NOT_IN_REGISTER
from tracker.store import assignments
from tracker.store.assignments import Tracked
from tracker.store.events import Act, Change, record
from tracker.store.register import AgencyEntry

TIED: Final = "tied"


def tie_latecomers(
    session: Session, entries: Iterable[AgencyEntry], known: dict[str, int], *, act: Act
) -> int:
    """Give each share without an agency to the one of its name, and return how many were given.

    A name that two agencies bore on the document's date stays for a person to settle, and so does a group's:
    whether it was meant as a whole or as each of its members is not ours to guess.
    """
    bearers = defaultdict[str, list[AgencyEntry]](list)
    for entry in entries:
        for name in {key(entry.name), *map(key, entry.aliases)}:
            bearers[name].append(entry)
    tied = 0
    for work in assignments.without_agency(session):
        found = [entry for entry in bearers[key(work.lead)] if _is_meant(entry, work)]
        if len(found) == 1:
            assignments.set_agency(session, work.id, known[found[0].code], settled=NOT_IN_REGISTER)
            record(session, act, TIED, ("assignment", work.id), Change(after={"agency": found[0].code}))
            tied += 1
    return tied


def _is_meant(entry: AgencyEntry, work: Tracked) -> bool:
    """Tell whether an agency bore the lead's name when the document was issued."""
    if entry.is_group or work.issued_on is None:
        return not entry.is_group
    return key(work.lead) in map(key, entry.names_on(work.issued_on))
