"""What acts on assignments need to know of the office: its day, its zone, its rules, its folder."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.app import App
from tracker.clock import today
from tracker.domain.extensions import ExtensionRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The day on which somebody acts, and what the office has decided."""

    today: date
    zone: ZoneInfo
    rules: ExtensionRules
    files_dir: Path

    def day_of(self, moment: datetime) -> date:
        """Return the office's day of a moment; SQLite gives moments back without their zone, which is UTC."""
        known = moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo("UTC"))
        return known.astimezone(self.zone).date()


def office_of(app: App) -> Office:
    """Return the office as it is today."""
    settings = app.settings
    return Office(
        today=today(app.clock),
        zone=settings.zone,
        rules=settings.extension_rules,
        files_dir=settings.files_dir,
    )
