"""The documents: the register, a document's whole text with the words its tasks came from, and its file."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from tracker.errors import NotFound
from tracker.services.originals import on_paper, original_of, picture_of, places_of
from tracker.store import directives, views
from tracker.store.views import TaskView
from tracker.web.highlight import Marked, stretches
from tracker.web.requests import Parts, Reading
from tracker.web.templating import page

router = APIRouter()

RowNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/documents")
def register(request: Request, session: Reading) -> HTMLResponse:
    """List the documents that were taken in."""
    return page(request, "documents.html", documents=directives.listing(session))


@router.get("/documents/{directive_id}")
def document(
    request: Request, parts: Parts, session: Reading, directive_id: RowNumber, task: str = ""
) -> HTMLResponse:
    """Show a document's text; the task asked for is marked and found in the file; else all are marked."""
    found, text = directives.with_id(session, directive_id), directives.text_of(session, directive_id)
    if found is None or text is None:
        raise NotFound("web.no-such-document", number=directive_id)
    tasks = views.tasks_of(session, directive_id)
    chosen = next((one for one in tasks if one.code == task), None)
    places = places_of(parts, directive_id, text, chosen.span) if chosen else ()
    marked = [mark for one in tasks for mark in _marks(one, chosen)]
    return page(
        request,
        "document.html",
        document=found,
        tasks=tasks,
        chosen=chosen,
        places=places,
        pictures=on_paper(places),
        stretches=stretches(text, marked),
    )


@router.get("/documents/{directive_id}/paper/{number}")
def paper(parts: Parts, session: Reading, directive_id: RowNumber, number: RowNumber, task: str) -> Response:
    """Show the part of a page of the original that a task stands on."""
    text, tasks = directives.text_of(session, directive_id), views.tasks_of(session, directive_id)
    chosen = next((one for one in tasks if one.code == task), None)
    if text is None or chosen is None:
        raise NotFound("web.no-such-task", task=task)
    places = on_paper(places_of(parts, directive_id, text, chosen.span))
    place = next((one for one in places if one.page == number), None)
    if place is None:
        raise NotFound("web.no-such-page")
    return Response(picture_of(parts, directive_id, place), media_type="image/png")


@router.get("/documents/{directive_id}/original")
def original(parts: Parts, directive_id: RowNumber) -> FileResponse:
    """Hand out the file as it came, to be kept and never shown in the page: it may hold anything."""
    kept = original_of(parts, directive_id)
    return FileResponse(kept.path, media_type="application/octet-stream", filename=kept.file_name)


def _marks(task: TaskView, chosen: TaskView | None) -> list[Marked]:
    """Mark a task's sentence, and its leads and deadline unless another task was asked for."""
    if chosen is not None and task.code != chosen.code:
        return [Marked(task.span, "faint", task.code)]
    marks = [Marked(task.span, "task", task.code)]
    marks += [Marked(one.span, "lead") for one in task.assignments]
    if task.deadline_span is not None:
        marks.append(Marked(task.deadline_span, "deadline"))
    return marks
