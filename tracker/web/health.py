"""Is it up: for whatever watches the service."""

from fastapi import APIRouter

from tracker.clock import today
from tracker.services.watching import last_result
from tracker.store.runs import is_finished
from tracker.web.requests import Parts, Reading

router = APIRouter()


@router.get("/health")
def health(parts: Parts, session: Reading) -> dict[str, str]:
    """Answer when the tables can be read; the office's date shows which day the service thinks it is.

    `watch` is what the last look at the reminders found (in-order, not-in-order, none), `watched_at` when.
    What is wrong is told to who may see it: `dondoc watch`.
    """
    is_finished(session, day := today(parts.clock))
    seen = last_result(parts.settings)
    told = "none" if seen is None else "in-order" if seen.get("in_order") is True else "not-in-order"
    return {
        "status": "ok",
        "today": day.isoformat(),
        "watch": told,
        "watched_at": "" if seen is None else str(seen.get("at", "")),
    }
