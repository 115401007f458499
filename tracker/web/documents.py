"""The documents: the register, a document's whole text with the words its tasks came from, and its file."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from sqlmodel import Session

from directives.model import Span
from directives.readers.places import Place
from tracker.app import App
from tracker.errors import NotFound
from tracker.services.doubts import DocumentDoubt, document_doubts
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
    doubts = [_shown(parts, directive_id, text, one) for one in document_doubts(session, directive_id)]
    marked = [mark for one in tasks for mark in _marks(one, chosen)]
    marked += [
        Marked(one.doubt.span, "doubt", f"doubt-{ordinal}")
        for ordinal, one in enumerate(doubts, start=1)
        if one.doubt.span is not None
    ]
    return page(
        request,
        "document.html",
        document=found,
        tasks=tasks,
        chosen=chosen,
        doubts=doubts,
        places=places,
        pictures=on_paper(places),
        stretches=stretches(text, marked),
    )


@router.get("/documents/{directive_id}/paper/{number}")
def paper(parts: Parts, session: Reading, directive_id: RowNumber, number: RowNumber, task: str) -> Response:
    """Show the part of a page of the original that a task stands on."""
    tasks = views.tasks_of(session, directive_id)
    span = next((one.span for one in tasks if one.code == task), None)
    if span is None:
        raise NotFound("web.no-such-task", task=task)
    return _on_page(parts, session, directive_id, span, number)


@router.get("/documents/{directive_id}/doubts/{ordinal}/paper/{number}")
def doubted_paper(
    parts: Parts, session: Reading, directive_id: RowNumber, ordinal: RowNumber, number: RowNumber
) -> Response:
    """Show the part of a page of the original with the words that the how-manieth doubt is about."""
    doubts = document_doubts(session, directive_id)
    span = doubts[ordinal - 1].span if ordinal <= len(doubts) else None
    if span is None:
        raise NotFound("web.no-such-page")
    return _on_page(parts, session, directive_id, span, number)


@router.get("/documents/{directive_id}/original")
def original(parts: Parts, directive_id: RowNumber) -> FileResponse:
    """Hand out the file as it came, to be kept and never shown in the page: it may hold anything."""
    kept = original_of(parts, directive_id)
    return FileResponse(kept.path, media_type="application/octet-stream", filename=kept.file_name)


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """A doubt, the words it is about, and where they stand on paper."""

    doubt: DocumentDoubt
    words: str
    pictures: tuple[Place, ...]


def _shown(parts: App, directive_id: int, text: str, doubt: DocumentDoubt) -> ShownDoubt:
    """Find the words of a doubt in the document and in its file."""
    if doubt.span is None:
        return ShownDoubt(doubt, "", ())
    pictures = on_paper(places_of(parts, directive_id, text, doubt.span))
    return ShownDoubt(doubt, " ".join(doubt.span.of(text).split()), pictures)


def _on_page(parts: App, session: Session, directive_id: int, span: Span, number: int) -> Response:
    """Draw what stands on one page of the original of some words of a document."""
    text = directives.text_of(session, directive_id)
    places = on_paper(places_of(parts, directive_id, text, span)) if text is not None else ()
    place = next((one for one in places if one.page == number), None)
    if place is None:
        raise NotFound("web.no-such-page")
    return Response(picture_of(parts, directive_id, place), media_type="image/png")


def _marks(task: TaskView, chosen: TaskView | None) -> list[Marked]:
    """Mark a task's sentence, and its leads and deadline unless another task was asked for."""
    if chosen is not None and task.code != chosen.code:
        return [Marked(task.span, "faint", task.code)]
    marks = [Marked(task.span, "task", task.code)]
    marks += [Marked(one.span, "lead") for one in task.assignments]
    if task.deadline_span is not None:
        marks.append(Marked(task.deadline_span, "deadline"))
    return marks
