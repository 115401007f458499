"""Catching up: Prefect never replays days on which nothing was running, so today's run is looked for here."""

from prefect import flow, task

from flows.daily import run_business_day
from flows.runtime import parts
from tracker.clock import today
from tracker.services.daily import DayReport, is_finished
from tracker.store.calendar import office_calendar


@task(name="look-for-todays-run")
def todays_run_is_missing() -> bool:
    """Tell whether today is a working day whose run has not finished."""
    app = parts()
    day = today(app.clock)
    return office_calendar(app.engine).is_working(day) and not is_finished(app, day)


@flow(name="reconcile", timeout_seconds=1800)
def reconcile() -> DayReport | None:
    """Run today's business day if no run of it has finished; a finished day is left alone."""
    if not todays_run_is_missing():
        return None
    return run_business_day(today(parts().clock))
