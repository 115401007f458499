"""Flow runs that the server thinks go on although nobody works on them: a power cut leaves them so."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import State, StateType
from prefect.states import Crashed

UNFINISHED: Final = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


async def close_leftovers(client: PrefectClient, deployments: Sequence[UUID]) -> int:
    """Mark unfinished runs of these deployments as crashed, and return how many there were.

    Only for whoever alone serves them, before it starts: a run that is left open holds its deployment's only
    place, and every later one would be cancelled. The work itself is taken up by the next run.
    """
    left = await client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED))),
    )
    for run in left:
        cut_off: State[Any] = Crashed(message="Cut off: the process that ran it is gone.")
        await client.set_flow_run_state(run.id, cut_off, force=True)
    return len(left)
