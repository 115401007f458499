"""People who act under a name of their own, and who stands in for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.people import AccountRole

OF_AN_AGENCY: Final = frozenset({AccountRole.AGENCY_HEAD, AccountRole.AGENCY_OFFICER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person as decisions see one."""

    id: int
    login: str
    name: str
    role: AccountRole
    agency_id: int | None = None  # None for those of the office
    valid_from: date | None = None
    valid_to: date | None = None  # the last day before the person left

    def active(self, day: date) -> bool:
        """Tell whether the person may act on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """That somebody stands in for a person, for some days."""

    account: Account  # who is stood in for
    from_on: date
    to_on: date
    ended_on: date | None = None  # called off on this day

    def active(self, day: date) -> bool:
        """Tell whether it holds on a day: not where the person stood in for has left."""
        called_off = self.ended_on is not None and day >= self.ended_on
        return self.from_on <= day <= self.to_on and not called_off and self.account.active(day)


def may_stand_in(substitute: Account, account: Account) -> bool:
    """Tell whether one may stand in for another: agencies for agencies, the office for the office.

    Else somebody who reports a result could come to confirm it. Administrators are apart from all: else the
    one who says who stands in for whom could come to decide, or one who decides to say who may.
    """
    if substitute.id == account.id or AccountRole.ADMINISTRATOR in {substitute.role, account.role}:
        return False
    return (substitute.role in OF_AN_AGENCY) == (account.role in OF_AN_AGENCY)
