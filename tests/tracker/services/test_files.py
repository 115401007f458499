"""Keeping files: whole or not at all, and none that no document speaks of."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import an_app
from tracker.app import App
from tracker.errors import Unavailable
from tracker.services import files, intake
from tracker.services.intake import IntakeKind, take_in

ORDER = "1. Sở Công Thương báo cáo UBND tỉnh trước ngày 09/4/2020.\n"
CONTENT = ORDER.encode()
PLACE = files.place_of(hashlib.sha256(CONTENT).hexdigest(), "txt")


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> App:
    """Give an office."""
    return an_app(engine, tmp_path / "var")


@pytest.fixture
def order(tmp_path: Path) -> Path:
    """Give a document with one task."""
    (tmp_path / "a.txt").write_bytes(CONTENT)
    return tmp_path / "a.txt"


def kept_in(folder: Path) -> list[Path]:
    """Return every file below a folder, drafts too."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param(errno.ENOSPC, "đã đầy", id="the disk is full"),
        pytest.param(errno.EDQUOT, "đã đầy", id="the quota is used up"),
        pytest.param(errno.EIO, "quyền ghi", id="anything else"),
    ],
)
def test_what_cannot_be_written_leaves_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    """The sentence says what is wanting: room, or the right to write."""

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unavailable, match=said):
        files.keep(CONTENT, tmp_path, PLACE)

    assert kept_in(tmp_path) == []


def test_a_document_that_is_not_registered_leaves_no_file(
    app: App, order: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file was kept, and then the transaction failed."""

    def fail(*_: object, **__: object) -> None:
        raise Unavailable("database.disk-full", url="x")

    monkeypatch.setattr(intake, "record", fail)
    with pytest.raises(Unavailable, match="chưa có gì thay đổi"):
        take_in(app, order, approve=False, actor="Lan")
    assert kept_in(app.settings.files_dir) == []

    monkeypatch.undo()
    take_in(app, order, approve=False, actor="Lan")
    assert [path.read_bytes() for path in kept_in(app.settings.files_dir)] == [CONTENT]


def test_a_file_that_a_document_needs_is_not_taken_back(app: App, order: Path) -> None:
    """What failed was somebody else's attempt at the same file."""
    folder = app.settings.files_dir

    def outrun() -> None:
        with files.taken_back(app.engine, folder, PLACE):
            take_in(app, order, approve=False, actor="Lan")  # another was quicker
            raise InterruptedError

    with pytest.raises(InterruptedError):
        outrun()

    assert kept_in(folder) == [folder / PLACE]


@pytest.mark.parametrize("left", [None, CONTENT[:10]], ids=["gone", "cut short"])
def test_a_lost_file_is_put_back_when_it_comes_again(app: App, order: Path, left: bytes | None) -> None:
    """The document is known, its file is not there any more, or not whole."""
    take_in(app, order, approve=False, actor="Lan")
    kept = app.settings.files_dir / PLACE
    kept.unlink()
    if left is not None:
        kept.write_bytes(left)

    again = take_in(app, order, approve=False, actor="Lan")

    assert (again.kind, kept.read_bytes()) == (IntakeKind.SAME_FILE, CONTENT)
