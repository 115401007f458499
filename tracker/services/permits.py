"""Who may do what, asked where it is done: every act on an assignment passes here first."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from tracker.clock import office_day
from tracker.domain.accounts import Account
from tracker.domain.permissions import EVERYTHING, Refused, Scope, may, scope_of
from tracker.errors import NotFound, NotPermitted
from tracker.phrasebook import catalogue, say
from tracker.store import accounts
from tracker.store.action_links import reader_as_account
from tracker.store.events import Act
from tracker.store.visibility import agency_of

SYSTEM: Final = frozenset({"run", "deliver", "serve"})  # channels through which no person acts
LINK: Final = "link"  # a link in a letter, whose reader may have no account


class Forbidden(NotPermitted):
    """Something that a rule keeps for others; the sentence says the rule."""

    def sentence(self, lang: str | None = None) -> str:
        """Say what was refused, and the rule, in the reader's language."""
        return say(
            "permit.refused",
            lang,
            login=self.fields["login"],
            what=_named(str(self.fields["what"]), lang),
            rule=say(self.code, lang),
        )


def permit(session: Session, act: Act, move: str, assignment_id: int) -> Act:
    """Return the act as it is to be recorded, where the one who acts may do this with the assignment.

    `move` is the value of a Move, or of another deed; one without a rule of its own is the office's work. Use
    what is returned for the history: it says for whom a substitute acts. While there are no accounts at all,
    whoever sits at the machine may.

    Raises NotFound for no such assignment, NotPermitted with the rule in words.
    """
    there, agency_id = agency_of(session, assignment_id)
    if not there:
        raise NotFound("assignment.unknown", ref=assignment_id)
    return _checked(session, act, move, agency_id)


def allow(session: Session, act: Act, deed: str) -> Act:
    """Return the act as it is to be recorded, where the one who acts may do what is not about one assignment.

    `deed` is the value of a Deed or a Move. Raises NotPermitted with the rule in words.
    """
    return _checked(session, act, deed, None)


def known_login(session: Session, login: str, at: datetime) -> str:
    """Return a login under which somebody may act now; any while there are no accounts at all.

    Raises NotPermitted for an unknown one and for somebody who has left or not begun.
    """
    if accounts.none_yet(session):
        return login
    account = accounts.with_login(session, login)
    if account is None:
        raise NotPermitted("permit.unknown", login=login)
    if not account.active(office_day(at)):
        raise NotPermitted("permit.not-active-login", login=login)
    return login


def scope_for(session: Session, login: str, at: datetime) -> Scope:
    """Return what somebody sees: everything while there are no accounts at all.

    Raises NotPermitted for an unknown login.
    """
    if accounts.none_yet(session):
        return EVERYTHING
    account = accounts.with_login(session, known_login(session, login, at))
    if account is None:
        raise NotPermitted("permit.unknown", login=login)
    return scope_of(account, accounts.stand_ins(session, account.id), office_day(at))


def _checked(session: Session, act: Act, move: str, agency_id: int | None) -> Act:
    if act.via in SYSTEM or accounts.none_yet(session):
        return act
    account = _who(session, act)
    if account is None:
        raise NotPermitted("permit.unknown", login=act.actor)
    stand_ins = accounts.stand_ins(session, account.id)
    verdict = may(account, stand_ins, move, office_day(act.at), agency_id=agency_id)
    if isinstance(verdict, Refused):
        raise Forbidden(verdict.rule, login=account.login, what=move)
    other = verdict.right_of.login
    return act if other == account.login else replace(act, standing_in=other)


def _who(session: Session, act: Act) -> Account | None:
    """Return who acts; by a link in a letter also a reader without an account, as one of the agency."""
    account = accounts.with_login(session, act.actor)
    return reader_as_account(session, act.actor) if account is None and act.via == LINK else account


def _named(what: str, lang: str | None) -> str:
    """Return what somebody wanted to do, in words where there are any."""
    codes = (f"move.{what}", f"deed.{what}")
    return next((say(code, lang) for code in codes if code in catalogue()), what)
