"""The demo's stage: a folder of its own, stand-ins for mail and Zalo on this machine, a clock set to 2020."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from flows.runtime import LOOPBACK
from notifications.standins.smtp_sink import SmtpSink
from notifications.standins.zalo import ZaloStandIn
from tracker.app import App
from tracker.clock import VIETNAM, StoppedClock
from tracker.errors import Conflict
from tracker.settings import Settings
from tracker.store.migrate import upgrade
from tracker.wiring import build_app

# The notice of 03/4/2020 has deadlines on 08/4 and 09/5/2020. On Tuesday 05/5 the first is long past and the
# second, a Saturday, is three working days away: an overdue step and a reminder are due on one morning.
TAKEN_IN_ON: Final = date(2020, 4, 6)
BUSINESS_DATE: Final = date(2020, 5, 5)
MARKER: Final = ".dondoc-demo"  # only a folder that bears it is ever emptied
MORNING: Final = (
    8  # the hour of the business date at which Zalo's stand-in stands: it takes no templates at night
)
BOT_TOKEN: Final = "123456:demo"  # noqa: S105 (the stand-in's own)
TEMPLATE: Final = "demo"  # the id of the template, which the real Zalo gives out


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the demo plays with."""

    folder: Path
    app: App
    mail: SmtpSink
    zalo: ZaloStandIn

    def at(self, day: date, hour: int) -> App:
        """Return the parts with the clock stopped at an hour of a day."""
        return replace(self.app, clock=stopped(self.app.settings, day, hour))


@contextmanager
def set_up(folder: Path) -> Iterator[Stage]:
    """Empty the folder, start the stand-ins, make the database; the stand-ins stop with the block."""
    make_fresh(folder)
    with SmtpSink(folder / "mail") as mail, ZaloStandIn(BOT_TOKEN, now=_morning) as zalo:
        settings = Settings(
            data_dir=folder,
            send_hours="always",  # shown at whatever hour
            province="Hà Tĩnh",
            smtp_host=LOOPBACK,
            smtp_port=mail.port,
            smtp_from="don-doc@hatinh.example",
            message_id_domain="hatinh.example",
            zalo_bot_token=SecretStr(BOT_TOKEN),
            zalo_api_base=zalo.url,
            zalo_oa_app_id=zalo.account.app_id,
            zalo_oa_app_secret=SecretStr(zalo.account.app_secret),
            zalo_oa_refresh_token=SecretStr(zalo.account.refresh),
            zalo_oauth_base=zalo.url,
            zalo_oa_base=zalo.url,
            zns_base=zalo.url,
            zns_template_id=TEMPLATE,
        )
        app = build_app(settings)
        upgrade(app.engine)
        try:
            yield Stage(folder, app, mail, zalo)
        finally:
            app.engine.dispose()


def _morning() -> datetime:
    return datetime.combine(BUSINESS_DATE, time(MORNING), VIETNAM)


def make_fresh(folder: Path) -> None:
    """Empty the demo's folder; raises Conflict for a folder with anything else in it."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise Conflict("demo.not-its-folder", folder=folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()


def stopped(settings: Settings, day: date, hour: int) -> StoppedClock:
    """Stop a clock at an hour of a day in the office's zone."""
    return StoppedClock(datetime.combine(day, time(hour), settings.zone))
