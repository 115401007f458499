"""Processes of their own that write documents, make backups and restore them, for tests that kill them."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from tests.tracker.factories import a_deadline, a_directive, a_draft, an_app
from tracker.services import files
from tracker.services.backup import back_up
from tracker.services.restore import restore
from tracker.store.engine import make_engine
from tracker.store.session import transaction


def write_documents(database_url: str, folder: Path, wanted: Callable[[int], bool] = lambda _: True) -> None:
    """Take documents in, each with a file and two tasks, until killed or no more are wanted."""
    engine = make_engine(database_url)
    for number in takewhile(wanted, count(1)):
        content = f"văn bản {number}\n".encode() * 50
        digest = sha256(content).hexdigest()
        with transaction(engine) as session:
            place = files.place_of(digest, "txt")
            files.keep(content, folder / "files", place)
            values: dict[str, Any] = {"sha256": digest, "stored_as": place, "text": content.decode() * 20}
            drafts = (a_draft(a_deadline(date(2020, 4, 8))), a_draft(None))
            a_directive(session, *drafts, number=f"{number}/TB-UBND", **values)
    engine.dispose()


def make_backup(database_url: str, folder: Path, target: Path) -> None:
    """Make one backup."""
    engine = make_engine(database_url)
    back_up(an_app(engine, folder), target, actor="test")
    engine.dispose()


def bring_back(database_url: str, folder: Path, archive: Path) -> None:
    """Restore one backup."""
    engine = make_engine(database_url)
    restore(an_app(engine, folder), archive, actor="test")
    engine.dispose()
