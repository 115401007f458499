"""The first page: what is overdue, for all agencies or for one."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tracker.clock import today
from tracker.services.overdue import overdue_list
from tracker.store import views
from tracker.store.calendar import calendar_of
from tracker.store.holds import open_holds
from tracker.web.requests import Day, Parts, Reading
from tracker.web.sorting import vietnamese
from tracker.web.templating import page

router = APIRouter()


@router.get("/")
@router.get("/overdue")
def overdue(request: Request, session: Reading, parts: Parts, day: Day, agency: str = "") -> HTMLResponse:
    """Show the overdue list as of a day, longest first."""
    chosen = agency.strip() or None
    return page(
        request,
        "overdue.html",
        items=overdue_list(session, day, calendar=calendar_of(session), agency=chosen),
        agencies=sorted(views.agencies_at_work(session), key=lambda entry: vietnamese(entry[1])),
        agency=chosen or "",
        day=day,
        is_today=day == today(parts.clock),
        holds=open_holds(session),
    )
