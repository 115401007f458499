"""The file a document came as: opened again to show where on paper a task's words stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from directives.model import Span
from directives.readers import UnreadableDocument
from directives.readers.crop import crop
from directives.readers.guarded import read
from directives.readers.places import Place
from tracker.app import App
from tracker.errors import NotFound
from tracker.store import directives
from tracker.store.session import reading


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it is kept, and the name it came under."""

    path: Path
    file_name: str


def original_of(app: App, directive_id: int) -> Original:
    """Return the file of a document; raise NotFound where there is none any more."""
    with reading(app.engine) as session:
        kept = directives.file_of(session, directive_id)
    if kept is None:
        raise NotFound("web.no-such-document", number=directive_id)
    file_name, stored_as = kept
    path = app.settings.files_dir / stored_as
    if not path.is_file():
        raise NotFound("web.no-original", name=file_name)
    return Original(path, file_name)


def places_of(app: App, directive_id: int, text: str, span: Span) -> tuple[Place, ...]:
    """Return where the words of a span stand in the original; nothing where it no longer reads as `text`.

    The map is not stored: it is read again, so that a better reader shows a better place.
    """
    try:
        path = original_of(app, directive_id).path
        raw = read(path, ocr_cache=app.settings.ocr_cache_dir)
    except (NotFound, UnreadableDocument):
        return ()  # the page shows the text all the same
    return raw.places.of(span) if raw.text == text else ()


def on_paper(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return one place a page, around all that stands on it; places without a box have no picture."""
    pages: dict[int, Place] = {}
    for place in places:
        if place.page is None or place.box is None:
            continue
        known = pages.get(place.page)
        box = place.box if known is None or known.box is None else known.box.around(place.box)
        pages[place.page] = Place(page=place.page, box=box)
    return tuple(pages.values())


def picture_of(app: App, directive_id: int, place: Place) -> bytes:
    """Return a PNG of a place in the original; raise NotFound where there is no such page any more."""
    kept = original_of(app, directive_id)
    try:
        return crop(kept.path, place)
    except UnreadableDocument as error:
        raise NotFound("web.no-picture", name=kept.file_name) from error
