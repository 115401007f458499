"""The watchdog: whether reminders go as they should, looked at each hour."""

from prefect import flow, task

from flows.runtime import parts
from tracker.services.watchdog import Watched
from tracker.services.watching import look_after


@task(name="look-after-reminders")
def look_after_reminders() -> Watched:
    """Look at everything once; what is found is logged and kept, and the next hour looks again."""
    return look_after(parts())


@flow(name="watch", timeout_seconds=900)
def watch_reminders() -> Watched:
    """Notice what did not happen: a step without a letter, a day without a run, a letter that is stuck."""
    return look_after_reminders()
