"""The file a document came as: opened again to show where on paper a task's words stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from directives.model import Span
from directives.readers import RawDocument, Refusal, UnreadableDocument
from directives.readers.guarded import read
from directives.readers.pictures import picture
from directives.readers.places import Place
from tracker.app import App
from tracker.errors import NotFound
from tracker.store import directives
from tracker.store.session import reading

PICTURES: Final = "pictures"  # the folder, under the data folder, of what was drawn; it may be deleted
LATELY: Final = 4  # files whose reading is remembered: a person looks at the tasks of one after the other


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
        raw = _read_again(original_of(app, directive_id).path, app.settings.ocr_cache_dir)
    except (NotFound, UnreadableDocument):
        return ()  # the page shows the text all the same
    return raw.places.of(span) if raw is not None and raw.text == text else ()


@lru_cache(maxsize=LATELY)
def _read_again(path: Path, ocr_cache: Path) -> RawDocument | None:
    """Read a kept file, which never changes; None, also for who asks next, where its bounds are used up."""
    try:
        return read(path, ocr_cache=ocr_cache)
    except UnreadableDocument as refusal:
        if refusal.code is Refusal.TOO_LARGE:
            return None
        raise


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
    """Return a PNG of a place in the original; raise NotFound where none can be made.

    The file came from outside: a process of its own draws it, once, and the picture is kept.
    """
    kept = original_of(app, directive_id)
    folder = app.settings.data_dir / PICTURES
    try:
        return picture(kept.path, place, sha256=kept.path.stem, folder=folder)
    except UnreadableDocument as error:
        raise NotFound("web.no-picture", name=kept.file_name) from error
