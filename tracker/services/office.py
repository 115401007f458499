"""What acts on assignments need to know of the office: its day, its rules, its folder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directives.deadlines.policy import DeadlinePolicy
from tracker.app import App
from tracker.clock import today
from tracker.domain.extensions import ExtensionRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The day on which somebody acts, and what the office has decided."""

    today: date
    rules: ExtensionRules
    policy: DeadlinePolicy
    files_dir: Path


def office_of(app: App) -> Office:
    """Return the office as it is today."""
    settings = app.settings
    return Office(
        today=today(app.clock),
        rules=settings.extension_rules,
        policy=app.policy,
        files_dir=settings.files_dir,
    )
