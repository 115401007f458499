"""What a person may see and do: one definition, asked by the command line, the pages and the services.

A person acts under their own role, and under that of each person they stand in for on that day; standing in
is not passed on. Who has left, or has not begun, sees and does nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tracker.domain.accounts import OF_AN_AGENCY, Account, StandIn, may_stand_in
from tracker.domain.people import AccountRole
from tracker.domain.status import Move, Status


class Deed(StrEnum):
    """What a person can do that is not about one assignment."""

    TAKE_IN = "take-in"
    REGISTER = "register"  # agencies, groups, successions, contacts
    CALENDAR = "calendar"
    ACCOUNTS = "accounts"
    OVERSEE = "oversee"  # the soundness of history
    SEE_LETTERS = "see-letters"
    SEE_LADDER = "see-ladder"
    SEE_HOLD = "see-hold"
    SEE_CONTACTS = "see-contacts"
    SEE_TAKEOVERS = "see-takeovers"
    SEE_ACCOUNTS = "see-accounts"
    BACKUP = "backup"
    RELEASE = "release"  # let letters go again after a restore
    OFFICE = "office"  # whatever else is the office's work
    DATE_PAPER = "date-paper"  # say that a result came on paper before today
    LINEAGE = "lineage"  # what one document changes in another, what is said twice
    LADDER = "ladder"  # when somebody is written to, and who
    LETTERS = "letters"  # send again, let go what the brake holds, addresses outside the official domains


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles of the office may do something, and whether the agency that was given the work may."""

    code: str  # of the sentence that says the rule
    office: frozenset[AccountRole]
    own_agency: bool = False


_SECRETARIAT, _LEADER, _ADMINISTRATOR = (
    AccountRole.SECRETARIAT,
    AccountRole.LEADER,
    AccountRole.ADMINISTRATOR,
)
# What agencies send on paper the secretariat writes down for them.
_AGENCY_WORK: Final = Rule("permit.agency-work", frozenset({_SECRETARIAT}), own_agency=True)
# On that day the grade depends, so it is not the agency's own word: the office stamps what comes in.
_PAPER: Final = Rule("permit.paper", frozenset({_SECRETARIAT}))
_OFFICE_WORK: Final = Rule("permit.office-work", frozenset({_SECRETARIAT, _LEADER}))
_DECISION: Final = Rule("permit.decision", frozenset({_LEADER}))
_SETTING: Final = Rule("permit.setting", frozenset({_ADMINISTRATOR, _SECRETARIAT}))
_ACCOUNTS: Final = Rule("permit.accounts", frozenset({_ADMINISTRATOR}))
_OVERSIGHT: Final = Rule("permit.oversight", frozenset({_ADMINISTRATOR, _SECRETARIAT, _LEADER}))
_SEEN_BY_OFFICE: Final = Rule("permit.seen-by-office", _OVERSIGHT.office)

RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(
        (
            Move.ACKNOWLEDGE,
            Move.START,
            Move.PROGRESS,
            Move.OBSTACLE,
            Move.REPORT,
            Move.REFUSE,
            Move.ASK_EXTENSION,
            Move.WITHDRAW_EXTENSION,
            Move.ANSWER_EXPLANATION,
        ),
        _AGENCY_WORK,
    ),
    **dict.fromkeys(
        (
            Move.APPROVE,
            Move.CONFIRM,
            Move.RETURN,
            Move.KEEP,
            Move.TRANSFER,
            Move.SUSPEND,
            Move.RESUME,
            Move.WITHDRAW,
            Move.RECORD_EXTENSION,
            Move.ASK_EXPLANATION,
            Deed.TAKE_IN,
            Deed.OFFICE,
            Deed.LINEAGE,
        ),
        _OFFICE_WORK,
    ),
    **dict.fromkeys(
        (
            Move.GRANT_EXTENSION,
            Move.GRANT_EXTENSION_AGAIN,
            Move.REFUSE_EXTENSION,
            Move.JUDGE_EXPLANATION,
        ),
        _DECISION,
    ),
    **dict.fromkeys(
        (Deed.REGISTER, Deed.CALENDAR, Deed.BACKUP, Deed.RELEASE, Deed.LADDER, Deed.LETTERS), _SETTING
    ),
    Deed.DATE_PAPER: _PAPER,
    Deed.ACCOUNTS: _ACCOUNTS,
    **dict.fromkeys((Deed.OVERSEE, Deed.SEE_LETTERS), _OVERSIGHT),
    **dict.fromkeys(
        (Deed.SEE_LADDER, Deed.SEE_HOLD, Deed.SEE_CONTACTS, Deed.SEE_TAKEOVERS, Deed.SEE_ACCOUNTS),
        _SEEN_BY_OFFICE,
    ),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which assignments a person sees: all, or those of some agencies once they are given."""

    everything: bool = False
    agencies: frozenset[int] = frozenset()

    def sees(self, agency_id: int | None, status: Status) -> bool:
        """Tell whether an assignment is seen; a reading that nobody approved is the office's own affair."""
        return self.everything or (agency_id in self.agencies and status is not Status.DRAFT)


EVERYTHING: Final = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Allowed:
    """That something is permitted, and whose right it is: another's where the person stands in."""

    right_of: Account


@dataclass(frozen=True, slots=True)
class Refused:
    """That something is not permitted: the code of the sentence that says the rule."""

    rule: str


def scope_of(account: Account, stand_ins: Iterable[StandIn], day: date) -> Scope:
    """Return which assignments a person sees on a day."""
    held = list(_rights(account, stand_ins, day))
    if any(one.role not in OF_AN_AGENCY for one in held):
        return EVERYTHING
    return Scope(agencies=frozenset(one.agency_id for one in held if one.agency_id is not None))


def may(
    account: Account, stand_ins: Iterable[StandIn], move: str, day: date, *, agency_id: int | None = None
) -> Allowed | Refused:
    """Tell whether a person may do something on a day, or which rule forbids it.

    `move` is the value of a Move or a Deed; what no rule knows is the office's work. `agency_id` is that of
    the assignment it is about.
    """
    if not account.active(day):
        return Refused("permit.not-active")
    rule = RULES.get(move, _OFFICE_WORK)
    right, others = None, False
    for one in _rights(account, stand_ins, day):
        of_agency = rule.own_agency and one.role in OF_AN_AGENCY
        if one.role in rule.office or (of_agency and agency_id is not None and one.agency_id == agency_id):
            right = right or one
        others = others or of_agency
    if right is not None:
        return Allowed(right)
    return Refused("permit.other-agency" if others else rule.code)


def _rights(account: Account, stand_ins: Iterable[StandIn], day: date) -> Iterator[Account]:
    """Yield the person, then those they stand in for, as far as all of them may act on the day.

    A substitution counts only while both have roles that allow it: a role may have changed since.
    """
    if not account.active(day):
        return
    yield account
    yield from (one.account for one in stand_ins if one.active(day) and may_stand_in(account, one.account))
