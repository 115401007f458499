"""Delivery: hand queued letters to their channels."""

from prefect import flow, task

from flows.retries import RETRY_DELAYS, worth_another_try
from flows.runtime import parts
from notifications.outbox import DeliveryReport
from tracker.services.delivery import deliver


@task(
    name="drain-outbox",
    retries=len(RETRY_DELAYS),
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=worth_another_try,
)
def drain_outbox() -> DeliveryReport:
    """Send until nothing is due; expired leases of a dead deliverer are taken over by the outbox."""
    return deliver(parts())


@flow(name="deliver", timeout_seconds=1800)
def deliver_letters() -> DeliveryReport:
    """Deliver every letter that is due."""
    return drain_outbox()
