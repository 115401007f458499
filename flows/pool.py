"""`dondoc deploy`: the same schedules on a shared Prefect server, for workers on any number of machines."""

import asyncio
import os
import sys
from typing import Final

from flows.ports import answers
from flows.runtime import point_prefect_at, prefect_home
from tracker.errors import Unavailable
from tracker.phrasebook import say
from tracker.settings import Settings

DEFAULT_API: Final = "http://127.0.0.1:4200/api"  # where `prefect server start` listens


def register(settings: Settings, *, pool: str, api_url: str | None = None) -> None:
    """Register every schedule on a work pool, which is made where it is missing; again changes nothing.

    Raises Unavailable("deploy.no-server") where no server answers.
    """
    url = (api_url or os.environ.get("PREFECT_API_URL") or DEFAULT_API).rstrip("/")
    if not answers(f"{url}/health", seconds=10):
        raise Unavailable("deploy.no-server", url=url)
    point_prefect_at(url, prefect_home(settings.data_dir))
    count = asyncio.run(_register(pool))
    sys.stdout.write(say("deploy.done", None, count=count, pool=pool, url=url) + "\n")


async def _register(pool: str) -> int:
    """Make the pool and put the table of schedules on it."""
    from prefect import get_client
    from prefect.client.schemas.actions import WorkPoolCreate

    from flows.deployments import SCHEDULE, deployment

    async with get_client() as client:
        await client.create_work_pool(WorkPoolCreate(name=pool, type="process"), overwrite=True)
    for row in SCHEDULE:
        await (await deployment(row, pool=pool)).aapply()
    return len(SCHEDULE)
