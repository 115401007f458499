"""`dondoc run daily`: through the Prefect server that is running, or directly; the same service."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows import instance, server
from flows.ports import answers
from flows.runtime import hold, point_prefect_at, prefect_home
from tracker.cli.shared import day_of, open_app, write_json
from tracker.clock import shown, today
from tracker.errors import InvalidSetting
from tracker.phrasebook import say

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.daily import DayReport


def run_daily(
    on: str | None, *, as_json: bool = False, with_prefect: bool = False, ahead: bool = False
) -> None:
    """Run a business date, the office's today where none is given, and print what was done.

    Raises InvalidSetting for a day that has not come, unless `ahead` says that it is meant: a year mistyped
    would tell the chairman of delays that never were, and those steps would then keep back the true ones.
    """
    app = open_app()
    day, now = day_of(on, app), today(app.clock)
    if day > now and not ahead:
        raise InvalidSetting("run.not-yet", on=shown(day), today=shown(now))
    report = _run(app, day, with_prefect=with_prefect)
    if as_json:
        write_json(report)
    else:
        sys.stdout.write(_as_words(report))


def prefect_that_runs(data_dir: Path) -> str | None:
    """Return the Prefect API of a running `dondoc serve`, None where it has none (yet)."""
    running = instance.running(data_dir)
    if running is None or not running.prefect_port:
        return None
    api_url = server.api_url(running.prefect_port)
    return api_url if answers(f"{api_url}/health") else None


def _run(app: "App", on: date, *, with_prefect: bool) -> "DayReport":
    """Choose the way, and say which in one line."""
    data_dir = app.settings.data_dir
    if (api_url := prefect_that_runs(data_dir)) is not None:
        _tell("run.through-prefect", url=api_url.removesuffix("/api"))
        return _through_prefect(app, on, api_url)
    if with_prefect:
        _tell("run.starting-prefect")
        with server.running(data_dir) as started:
            return _through_prefect(app, on, started.api_url)
    _tell("run.directly")
    from tracker.services.daily import run_day

    return run_day(app, on)


def _through_prefect(app: "App", on: date, api_url: str) -> "DayReport":
    """Run the flow in this process; the server records the run and its state."""
    point_prefect_at(api_url, prefect_home(app.settings.data_dir))
    hold(app)
    from flows.daily import daily_run

    return daily_run(on)


def _as_words(report: "DayReport") -> str:
    """Say what was done, and who could not be reached."""
    if report.held:
        why = "; ".join(say(f"hold.{reason}") for reason in report.held)
        return say("run.held", None, on=f"{report.on:%d/%m/%Y}", why=why) + "\n"
    code = "run.done" if report.changed else "run.nothing-new"
    lines = [
        say(
            code,
            None,
            on=f"{report.on:%d/%m/%Y}",
            assignments=report.assignments,
            planned=report.planned,
            queued=report.queued,
            items=report.items,
        )
    ]
    lines += [
        say("run.unreachable", None, task=gap.code, lead=gap.lead, role=say(f"role.{gap.role}"))
        for gap in report.unreachable
    ]
    counts = {"silent": report.silent, "capped": report.capped, "asked": report.asked}
    lines += [say(f"run.{name}", None, count=count) for name, count in counts.items() if count]
    lines += [say("run.snapshot", None, number=report.snapshot)] if report.snapshot else []
    return "\n".join(lines) + "\n"


def _tell(code: str, **fields: object) -> None:
    """Say a line beside the result, which alone goes to standard output."""
    sys.stderr.write(say(code, None, **fields) + "\n")
    sys.stderr.flush()
