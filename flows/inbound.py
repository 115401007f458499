"""What came back: look through the office's mailbox for letters that were not delivered."""

from prefect import flow, task

from flows.retries import RETRY_DELAYS, worth_another_try
from flows.runtime import parts
from tracker.services.inbound import TakenIn, take_in


@task(
    name="look-through-mailbox",
    retries=len(RETRY_DELAYS),
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=worth_another_try,
)
def look_through_mailbox() -> TakenIn | None:
    """Take in what is new, each mail once; nothing where the office has set no mailbox."""
    app = parts()
    return take_in(app) if app.settings.mailbox else None


@flow(name="inbound", timeout_seconds=900)
def take_in_mail() -> TakenIn | None:
    """Learn which addresses are no good from the mail that came back."""
    return look_through_mailbox()
