"""One task: its words, who it was given to, how it stands, and what was sent about it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tracker.domain.timing import timing_of
from tracker.errors import NotFound
from tracker.store import directives, views
from tracker.store.calendar import calendar_of
from tracker.store.events import history
from tracker.web.requests import Day, Parts, Reading
from tracker.web.templating import page

router = APIRouter()


@router.get("/tasks/{code}")
def task(request: Request, session: Reading, parts: Parts, day: Day, code: str) -> HTMLResponse:
    """Show a task as it stands on a day."""
    found = views.task(session, code)
    if found is None:
        raise NotFound("web.no-such-task", task=code[:40])
    calendar, due_soon = calendar_of(session), parts.settings.due_soon_days
    leads = [(one, timing_of(one.facts, day, calendar, due_soon=due_soon)) for one in found.assignments]
    events = [event for one in found.assignments for event in history(session, "assignment", one.id)]
    return page(
        request,
        "task.html",
        task=found,
        document=directives.with_id(session, found.directive_id),
        leads=leads,
        letters=views.letters_about(session, [one.id for one in found.assignments]),
        events=sorted(events, key=lambda event: event.at),
        day=day,
    )
