"""Hand the letters that are due to their channels, after a last look at whether they are still true."""

from collections.abc import Callable
from functools import partial

from notifications.deliver import Bounds, deliver_due
from notifications.outbox import DeliveryReport, Entry
from tracker.app import App
from tracker.clock import instant, today
from tracker.domain.sending import day_of_letter, reason_to_drop
from tracker.store.outbox import SqlOutbox, facts_about, when_planned
from tracker.store.session import reading


def never() -> bool:
    """Do not stop."""
    return False


def deliver(
    app: App, *, until_empty: bool = True, limit: int | None = None, stop: Callable[[], bool] = never
) -> DeliveryReport:
    """Send what is due: all of it, or `limit` letters, or one batch; `stop` is asked between letters.

    Any number of deliverers may run at once, in processes of their own: a channel keeps one connection open
    and is not meant for two threads.
    """
    return deliver_due(
        SqlOutbox(app.engine),
        app.channels,
        partial(instant, app.clock),
        partial(_no_longer_true, app),
        Bounds(limit, until_empty, stop),
    )


def _no_longer_true(app: App, entry: Entry) -> str | None:
    """Say why a letter should be dropped: its task is settled, its deadline or its reader has changed."""
    with reading(app.engine) as session:
        business_date, planned_at = when_planned(session, entry.id)
        planned_on = planned_at.astimezone(app.settings.zone).date()
        day = day_of_letter(business_date, planned_on, today(app.clock))
        return reason_to_drop(facts_about(session, entry.id), day)
