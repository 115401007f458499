"""What the reader of a letter does from its link: four acts, each by the service that makes it for others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant, office_day
from tracker.domain.extensions import Request
from tracker.domain.links import LinkAction, LinkState
from tracker.errors import Conflict
from tracker.services import extensions, moves, reports
from tracker.services.action_links import Form, actor_of, find, form_of
from tracker.services.evidence import CheckedFile
from tracker.services.moving import Moved
from tracker.services.office import Office, office_of
from tracker.services.permits import LINK
from tracker.services.reports import Result
from tracker.store import action_links
from tracker.store.action_links import SeenLink
from tracker.store.events import Act, Event, history
from tracker.store.session import reading, transaction

STALE: Final = "assignment.stale"  # what `assignments.claim` calls a form that was overtaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form as its reader filled it in."""

    action: LinkAction
    form: str  # what the page put into it
    words: str = ""
    document: str | None = None
    document_on: date | None = None
    proposed_on: date | None = None
    files: Sequence[CheckedFile] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """That a form was taken, now or before: copies of it change nothing."""

    nonce: str
    again: bool


class Closed(Conflict):
    """A link that was closed between the page and the form."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(f"link.closed-{state}")
        self.state = state


def take(app: App, token: str, sent: Sent) -> Taken:
    """Do what a form says, once.

    Raises NotFound for a link or a form that is none of ours, Closed for a link that lets nobody act,
    Conflict («assignment.stale») where somebody changed the work meanwhile, and what the service refuses.
    """
    with transaction(app.engine) as session:
        now = instant(app.clock)
        link, _ = find(session, app.settings, token, now)
        form = form_of(app.settings, link, sent.form)
        if not action_links.use(session, link.id, sent.action, form.nonce, now):
            return _taken_before(session, link, form, sent)
        session.expire_all()  # whoever took the link back, and was waited for, is heard
        link, state = find(session, app.settings, token, now)
        if state is not LinkState.LIVE:
            raise Closed(state)
        act = Act(actor_of(session, link, office_day(now)), LINK, now)
        _ACTS[sent.action](_At(session, link.assignment_id, office_of(app), act, form.version), sent)
        return Taken(form.nonce, again=False)


def overtaken(app: App, token: str, sent: Sent) -> list[tuple[str, Event]]:
    """Return what was done since a form was shown, oldest first, each with the name of who did it."""
    with reading(app.engine) as session:
        link, _ = find(session, app.settings, token, instant(app.clock))
        form = form_of(app.settings, link, sent.form)
        events = history(session, "assignment", link.assignment_id)[form.lines :]
        return [(action_links.name_of(session, event.actor), event) for event in events]


@dataclass(frozen=True, slots=True)
class _At:
    """Where an act is made, by whom, and which version its reader saw."""

    session: Session
    number: int
    office: Office
    act: Act
    seen: int


def _acknowledge(at: _At, _sent: Sent) -> Moved:
    return moves.acknowledge(at.session, at.number, act=at.act, seen=at.seen)


def _report(at: _At, sent: Sent) -> Moved:
    result = Result(words=sent.words, document=sent.document, document_on=sent.document_on, files=sent.files)
    return reports.report(at.session, at.number, result, office=at.office, act=at.act, seen=at.seen)


def _ask_time(at: _At, sent: Sent) -> Moved:
    if sent.proposed_on is None:
        raise Conflict("link.no-day")
    request = Request(reason=sent.words, proposed_on=sent.proposed_on, asked_on=at.office.today)
    return extensions.ask(at.session, at.number, request, office=at.office, act=at.act, seen=at.seen)


def _not_ours(at: _At, sent: Sent) -> Moved:
    return moves.not_ours(at.session, at.number, sent.words, act=at.act, seen=at.seen)


_ACTS: Final[Mapping[LinkAction, Callable[[_At, Sent], Moved]]] = {
    LinkAction.ACKNOWLEDGE: _acknowledge,
    LinkAction.REPORT: _report,
    LinkAction.ASK_TIME: _ask_time,
    LinkAction.NOT_OURS: _not_ours,
}


def _taken_before(session: Session, link: SeenLink, form: Form, sent: Sent) -> Taken:
    """Answer a form that was taken: a copy is done already; another act from the same page is stale."""
    before = action_links.used(session, link.id, form.nonce)
    if before is None or before.action is not sent.action:
        raise Conflict(STALE, ref=link.assignment_id)
    return Taken(form.nonce, again=True)
