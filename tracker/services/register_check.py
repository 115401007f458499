"""Check the register as it stands: agencies, groups and successions together."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.services.register_rules import Finding, Roll, Rule, findings
from tracker.store import register, successions


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What was looked at, and every slip."""

    agencies: int
    successions: int
    found: list[tuple[Rule, Finding]]


def check_register(session: Session, *, on: date | None = None) -> RegisterReport:
    """Look for slips in the register at all times, or only in what holds on a day."""
    roll = Roll(register.entries(session), successions.entries(session), on=on)
    return RegisterReport(len(roll.entries), len(roll.successions), findings(roll))
