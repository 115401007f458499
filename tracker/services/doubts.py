"""What a person should look at before approving a document's reading, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from directives.model import Span
from tracker.phrasebook import catalogue, say
from tracker.store import directives, views


@dataclass(frozen=True, slots=True)
class DocumentDoubt:
    """A doubt about a document, and the words it is about where there are any."""

    code: str
    message: str
    span: Span | None


def document_doubts(session: Session, directive_id: int) -> list[DocumentDoubt]:
    """Return the doubts that were noted when a document was read, in the order they were noted."""
    return [
        DocumentDoubt(kept["code"], kept["message"], _span(kept.get("span")))
        for kept in directives.doubts_of(session, directive_id)
    ]


def doubted_tasks(session: Session, directive_id: int) -> list[tuple[str, str]]:
    """Return the tasks of a document that somebody should look at twice: the code, and what to look at."""
    tasks = views.tasks_of(session, directive_id)
    return [(task.code, "; ".join(task_doubts(task.doubts))) for task in tasks if task.doubts]


def task_doubts(codes: Iterable[str], lang: str | None = None) -> list[str]:
    """Say what the doubts about a task ask for; a code without words of its own is shown as it is."""
    known = catalogue()
    return [
        say(f"doubt.{code}", lang) if f"doubt.{code}" in known else say("doubt.other", lang, name=code)
        for code in codes
    ]


def _span(kept: dict[str, int] | None) -> Span | None:
    return None if kept is None else Span(kept["start"], kept["end"])
