"""Run the two flows through the demo's Prefect server, and ask the server how they ended."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.demo.stage import BUSINESS_DATE
from notifications.outbox import DeliveryReport
from tracker.services.daily import DayReport

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun


@dataclass(frozen=True, slots=True)
class Day:
    """One pass of the day's work: what the run planned, what delivery sent."""

    run: DayReport
    delivery: DeliveryReport


@dataclass(frozen=True, slots=True)
class FlowRunSeen:
    """A flow run as the server recorded it."""

    flow: str
    name: str
    state: str
    seconds: float


def play_day() -> Day:
    """Run the daily flow for the business date, then the delivery flow; Prefect is imported here."""
    from flows.daily import daily_run
    from flows.deliver import deliver_letters

    return Day(daily_run(BUSINESS_DATE), deliver_letters())


def seen_by_the_server() -> list[FlowRunSeen]:
    """Ask the server for every flow run, oldest first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        return [_seen(client, run) for run in client.read_flow_runs(sort=FlowRunSort.START_TIME_ASC)]


def _seen(client: "SyncPrefectClient", run: "FlowRun") -> FlowRunSeen:
    flow = client.read_flow(run.flow_id)
    return FlowRunSeen(flow.name, run.name, run.state_name or "?", run.total_run_time.total_seconds())
