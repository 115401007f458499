"""When a task is worth another try: a busy database is, a wrong setting is not."""

from typing import TYPE_CHECKING, Any, Final

from tracker.errors import TrackerError

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State, TaskRun
    from prefect.tasks import Task

RETRY_DELAYS: Final[list[float]] = [5, 30]


def worth_another_try(_task: "Task[..., Any]", _run: "TaskRun", state: "State[Any]") -> bool:
    """Refuse a retry where the tracker itself said what is wrong."""
    return not isinstance(state.data, TrackerError)
