"""The table of schedules, and the process that serves them: `python -m flows.deployments READY_FILE`."""

import asyncio
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from prefect import Flow, get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows import lifeline
from flows.daily import daily_run
from flows.deliver import deliver_letters
from flows.inbound import take_in_mail
from flows.leftovers import close_leftovers
from flows.reconcile import reconcile
from flows.watch import watch_reminders

ZONE: Final = "Asia/Ho_Chi_Minh"
NAME: Final = "scheduled"
AT_ONCE: Final = 2  # flow runs at a time in one served process
ONE_AT_A_TIME: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One row of the table."""

    flow: Flow[Any, Any]
    cron: str
    says: str  # what the schedule means, for the person who reads it in Prefect's pages
    at_start: bool = False  # also once when serving begins


SCHEDULE: Final = (
    Scheduled(daily_run, "0 7 * * *", "07:00 mỗi ngày: tính thời hạn và lập thư nhắc"),
    Scheduled(deliver_letters, "*/5 * * * *", "5 phút một lần: gửi thư đang chờ"),
    Scheduled(reconcile, "20 * * * *", "mỗi giờ: chạy bù lượt của hôm nay nếu còn thiếu", at_start=True),
    Scheduled(watch_reminders, "40 * * * *", "mỗi giờ: kiểm tra không việc, lượt chạy, thư nào bị bỏ sót"),
    Scheduled(take_in_mail, "*/15 * * * *", "15 phút một lần: xem hộp thư có thư bị trả lại"),
)


class GentleRunner(Runner):
    """A runner that can be stopped: Prefect 3.8's own SIGTERM handler never awaits its `astop`.

    Then runs in progress would not be told to end, and the server would think they go on.
    """

    def handle_sigterm(self, *_args: object, **_more: object) -> None:
        """Stop polling, cancel what runs, and let `start` return."""
        loop = asyncio.get_running_loop()
        loop.call_soon_threadsafe(lambda: self._ending.append(loop.create_task(self.astop())))

    @cached_property
    def _ending(self) -> list[asyncio.Task[None]]:
        """Hold the task: a loop keeps only weak references to its own."""
        return []


async def deployment(row: Scheduled, *, pool: str | None = None) -> RunnerDeployment:
    """Build a row's deployment: one run at a time, in the office's zone, found by module and not by file."""
    return await row.flow.ato_deployment(
        NAME,
        schedule=Cron(row.cron, timezone=ZONE, slug=row.flow.name),
        concurrency_limit=ONE_AT_A_TIME,
        description=row.says,
        tags=["dondoc"],
        work_pool_name=pool,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


async def serve(ready: Path | None = None) -> None:
    """Serve every row until SIGTERM; schedules stay on meanwhile, so that a missed run shows as late."""
    runner = GentleRunner(name="dondoc", limit=AT_ONCE, pause_on_shutdown=False)
    deployed = {row: await runner.aadd_deployment(await deployment(row)) for row in SCHEDULE}
    async with get_client() as client:
        await close_leftovers(client, list(deployed.values()))
        for row, number in deployed.items():
            if row.at_start:
                await client.create_flow_run_from_deployment(number)
    if ready is not None:
        await asyncio.to_thread(ready.touch)
    await runner.start()


if __name__ == "__main__":
    lifeline.hold()
    asyncio.run(serve(Path(sys.argv[1]) if sys.argv[1:] else None))
