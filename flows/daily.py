"""The daily run: what each assignment calls for on one business day."""

from datetime import date

from prefect import flow, task

from flows.retries import RETRY_DELAYS, worth_another_try
from flows.runtime import parts
from tracker.clock import today
from tracker.services.daily import DayReport, run_day


@task(
    name="run-business-day",
    retries=len(RETRY_DELAYS),
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=worth_another_try,
)
def run_business_day(on: date) -> DayReport:
    """Hand the day over to the tracker; a second time it changes nothing."""
    return run_day(parts(), on)


@flow(name="daily-run", timeout_seconds=1800)
def daily_run(on: date | None = None) -> DayReport:
    """Plan and queue what is due on a business date, the office's today where none is given.

    Never the scheduled time: after days of downtime Prefect starts old runs, and each must mean today.
    """
    return run_business_day(on or today(parts().clock))
