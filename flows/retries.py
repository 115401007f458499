"""When a task is worth another try: a busy database is, a wrong setting is not."""

from typing import TYPE_CHECKING, Any, Final

from tracker.errors import TrackerError

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State, TaskRun
    from prefect.tasks import Task

RETRY_DELAYS: Final[list[float]] = [5, 30]
PASSES_BY_ITSELF: Final = frozenset({"database.locked", "database.no-answer"})


def worth_another_try(_task: "Task[..., Any]", _run: "TaskRun", state: "State[Any]") -> bool:
    """Refuse a retry where the tracker said what a person has to mend."""
    failure = state.data
    return not isinstance(failure, TrackerError) or failure.code in PASSES_BY_ITSELF
