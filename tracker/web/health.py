"""Is it up: for whatever watches the service."""

from fastapi import APIRouter

from tracker.clock import today
from tracker.store.runs import is_finished
from tracker.web.requests import Parts, Reading

router = APIRouter()


@router.get("/health")
def health(parts: Parts, session: Reading) -> dict[str, str]:
    """Answer when the tables can be read; the office's date shows which day the service thinks it is."""
    is_finished(session, day := today(parts.clock))
    return {"status": "ok", "today": day.isoformat()}
