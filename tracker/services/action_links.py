"""Links in letters: one reader, one assignment, some days; made, looked at, taken back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant, office_day
from tracker.domain.links import LinkAction, LinkFacts, LinkState, expiry, offered, state_of
from tracker.domain.permissions import Deed
from tracker.domain.status import Move
from tracker.errors import NotFound
from tracker.services.link_keys import read_signed, sign
from tracker.services.permits import allow
from tracker.settings import Settings
from tracker.store import action_links, assignments, extensions
from tracker.store.action_links import CONTACT, LinkUse, SeenLink
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import Act, Change, history, record

PATH: Final = "/l/"  # short: the whole address stands in letters
REVOKED: Final = "link-revoked"
_LINK, _FORM = "link", "link-form"  # what is signed
_NO_LINK: Final = frozenset({LinkState.LEFT, LinkState.MOVED, LinkState.FINISHED, LinkState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Form:
    """What a form carries beside what its reader fills in: a copy and a stale one are told by it."""

    nonce: str
    version: int  # of the assignment, as it was shown
    lines: int  # of its history, as long as it was then


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a link shows; there is no work unless the link lets its reader act."""

    link: SeenLink
    state: LinkState
    work: Tracked | None = None
    actions: tuple[LinkAction, ...] = ()
    proposed_on: date | None = None  # the day in a request for time that waits
    form: str = ""  # signed, to be sent back
    done: LinkUse | None = None  # what the form that brought the reader here did


def link_for(session: Session, app: App, contact_id: int, assignment_id: int) -> str:
    """Return the address at which a reader can act on an assignment, for a letter that is being written.

    It holds `link_days` from now; the links of earlier letters hold as long. Empty for a reader who could not
    act: of another agency, out of use, of the office; or where the work is done with.
    """
    now = instant(app.clock)
    facts = action_links.may_be_issued(session, contact_id, assignment_id)
    if facts is None or state_of(facts, revision=facts.revision, now=now) in _NO_LINK:
        return ""
    until = expiry(now, app.settings.link_days)
    number, revision = action_links.issue(session, contact_id, assignment_id, now=now, until=until)
    return address_of(app.settings, number, revision)


def address_of(settings: Settings, number: int, revision: int) -> str:
    """Return the address of a link, by its row number and revision."""
    return settings.public_url.rstrip("/") + PATH + sign(settings, _LINK, [number, revision])


def claims(settings: Settings, token: str) -> tuple[int, int] | None:
    """Return the row number and the revision that a link names, None for one that we did not sign."""
    match read_signed(settings, _LINK, token):
        case [int(number), int(revision)]:
            return number, revision
        case _:
            return None


def find(session: Session, settings: Settings, token: str, now: datetime) -> tuple[SeenLink, LinkState]:
    """Return a link and whether it lets its reader act. Raises NotFound for none of ours."""
    claimed = claims(settings, token)
    link = None if claimed is None else action_links.with_id(session, claimed[0])
    if claimed is None or link is None:
        raise NotFound("link.unknown")
    state = state_of(link.facts, revision=claimed[1], now=now)
    return link, LinkState.LEFT if _has_left(session, link, now) else state


def look(session: Session, app: App, token: str, sent: str = "") -> Look:
    """Return what a link shows now; `sent` is the nonce of the form that was just taken, if any.

    Nothing is written. Raises NotFound for a link that is none of ours.
    """
    link, state = find(session, app.settings, token, instant(app.clock))
    if state is not LinkState.LIVE:
        return Look(link=link, state=state)
    (work,) = assignments.tracked(session, Choice(ids=frozenset({link.assignment_id})))
    waiting = extensions.open_request(session, link.assignment_id)
    facts, lines = work.facts, history(session, "assignment", link.assignment_id)
    form: list[int | str] = [
        link.id,
        secrets.token_urlsafe(12),
        work.version,
        len(lines),
    ]
    return Look(
        link=link,
        state=state,
        work=work,
        actions=offered(
            facts.status,
            has_deadline=facts.due_on is not None,
            request_waits=waiting is not None,
            kept=any(line.action == Move.KEEP for line in lines),
        ),
        proposed_on=None if waiting is None else waiting.proposed_on,
        form=sign(app.settings, _FORM, form),
        done=action_links.used(session, link.id, sent) if sent else None,
    )


def form_of(settings: Settings, link: SeenLink, text: str) -> Form:
    """Read what a form carries. Raises NotFound for one that was not made for this link."""
    match read_signed(settings, _FORM, text):
        case [link.id, str(nonce), int(version), int(lines)]:
            return Form(nonce, version, lines)
        case _:
            raise NotFound("link.not-our-form")


def actor_of(session: Session, link: SeenLink, day: date) -> str:
    """Return under which name a link's reader acts: their account's, else the contact's."""
    held = action_links.accounts_of(session, link.contact_id)
    return next((one.login for one in held if one.active(day)), CONTACT + link.contact)


def revoke(session: Session, links: Sequence[SeenLink], reason: str, *, act: Act) -> int:
    """Take links back, and return how many were not before. Raises NotPermitted for who may not."""
    act = allow(session, act, Deed.OFFICE)
    live = [link for link in links if not link.facts.revoked]
    for link in live:
        action_links.revoke(session, link.id, act.at)
        said: dict[str, Any] = {"link": link.id, "contact": link.contact, "reason": " ".join(reason.split())}
        record(session, act, REVOKED, ("assignment", link.assignment_id), Change(None, said))
    return len(live)


def standing(facts: LinkFacts, now: datetime) -> LinkState:
    """Return how the newest letter's link stands."""
    return state_of(facts, revision=facts.revision, now=now)


def _has_left(session: Session, link: SeenLink, now: datetime) -> bool:
    """Tell whether the person behind a contact has left: there were accounts, and none may act any more."""
    held = action_links.accounts_of(session, link.contact_id)
    return bool(held) and not any(one.active(office_day(now)) for one in held)
