"""Hand work on to another agency: the old assignment ends, a new one takes over its deadlines."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.status import CLOSED, Move, Status
from tracker.errors import Conflict, NotFound
from tracker.services.extensions import lapse
from tracker.services.instances import open_instances
from tracker.services.moving import Held, Moved, hold, move_on, reason_for
from tracker.services.office import Office
from tracker.store import moves, register
from tracker.store.events import AGENCY_CODE, Act, Change, record
from tracker.store.register import AgencyEntry
from tracker.store.transfers import FROM, hand_on

GIVEN = "given-by-transfer"


def transfer(  # noqa: PLR0913 — what is said of a transfer
    session: Session,
    assignment_id: int,
    to: str,
    reason: str,
    *,
    office: Office,
    act: Act,
    document: str | None = None,
    seen: int | None = None,
) -> Moved:
    """Hand an assignment on to the agency of a code, and return how its new assignment stands.

    The open instances of a recurring duty go with it. Raises NotFound for an unknown code, Conflict for a
    group, an agency that is no more, the same one, or one that has the task already.
    """
    held = hold(session, assignment_id, Move.TRANSFER, act=act, seen=seen)
    why = reason_for(held.move, reason)
    entry, agency_id = _receiver(session, to, office)
    _check_free(session, held, agency_id, entry)
    passing = _Passing(agency_id, entry.code, entry.name, office, why, document)
    new_id = _hand_on(session, held, passing, (assignment_id, f"{FROM}{assignment_id}"))
    for one in open_instances(session, assignment_id):
        dated = hold(session, one.id, Move.TRANSFER, act=held.act, seen=None)
        _hand_on(session, dated, passing, (new_id, one.occasion))
    return Moved(new_id, Status.ASSIGNED, 1)


@dataclass(frozen=True, slots=True)
class _Passing:
    """To whom work passes, and why."""

    agency_id: int
    code: str
    name: str
    office: Office
    reason: str
    document: str | None


def _hand_on(session: Session, held: Held, passing: _Passing, origin: tuple[int, str]) -> int:
    """End one assignment and make the other agency's, which comes from the row and occasion given."""
    lapse(session, held)
    to = (passing.agency_id, passing.name)
    new_id = hand_on(session, held.work.id, to, assigned_on=passing.office.today, origin=origin)
    move_on(
        session,
        held,
        to=passing.name,
        assignment=new_id,
        reason=passing.reason,
        document=passing.document,
    )
    said = {"lead": passing.name, AGENCY_CODE: passing.code, "due_on": held.work.facts.due_on}
    given = Change(after={"from": held.work.id, **said})
    record(session, held.act, GIVEN, ("assignment", new_id), given)
    return new_id


def _receiver(session: Session, code: str, office: Office) -> tuple[AgencyEntry, int]:
    entry = next((one for one in register.entries(session) if one.code == code), None)
    if entry is None:
        raise NotFound("agency.unknown", name=code)
    if entry.is_group:
        raise Conflict("transfer.group", name=entry.name)
    if not entry.existed(office.today):
        raise Conflict("transfer.gone", name=entry.name, day=shown(office.today))
    return entry, register.ids(session)[code]


def _check_free(session: Session, held: Held, agency_id: int, entry: AgencyEntry) -> None:
    """Refuse an agency that has the work, or has a share in the same task that is still open."""
    for one in moves.shares_of(session, moves.share(session, held.work.id).task_id):
        if one.agency_id != agency_id or one.status in CLOSED:
            continue
        if one.id == held.work.id:
            raise Conflict("transfer.same", name=entry.name)
        if one.origin_id is None or one.occasion.startswith(FROM):
            raise Conflict("transfer.has-it", name=entry.name, ref=one.id)
