"""An archive from anybody is refused with a sentence, and leaves nothing behind."""

import json
import os
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from tests.tracker.factories import an_app
from tests.tracker.full_office import fill
from tracker.app import App
from tracker.errors import InputRefused
from tracker.services.backup import back_up, verify
from tracker.services.backup_archive import MANIFEST
from tracker.services.restore import restore
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive that nothing is wrong with."""
    folder = tmp_path_factory.mktemp("good")
    engine = make_engine(f"sqlite:///{folder / 'dondoc.db'}")
    upgrade(engine)
    fill(engine, folder)
    back_up(an_app(engine, folder), folder / "good.zip", actor="a")
    engine.dispose()
    return folder / "good.zip"


@pytest.fixture
def place(tmp_path: Path) -> App:
    """Give an empty place."""
    return an_app(make_engine(f"sqlite:///{tmp_path / 'new' / 'dondoc.db'}"), tmp_path / "new")


def members(path: Path) -> Members:
    """Return what an archive holds."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, content: Members, method: int = ZIP_DEFLATED) -> Path:
    """Write an archive."""
    with ZipFile(path, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def manifest_of(content: Members) -> dict[str, Any]:
    """Return the manifest, to be changed."""
    found: dict[str, Any] = json.loads(content[MANIFEST])
    return found


def with_manifest(content: Members, manifest: dict[str, Any]) -> Members:
    """Put a changed manifest into place."""
    return {**content, MANIFEST: json.dumps(manifest).encode()}


def with_table(content: Members, table: str, data: bytes) -> Members:
    """Put other rows into a table, under a manifest that agrees with them."""
    manifest = manifest_of(content)
    manifest["tables"][table] = {
        "size": len(data),
        "sha256": sha256(data).hexdigest(),
        "rows": data.count(b"\n"),
    }
    return with_manifest({**content, f"tables/{table}.jsonl": data}, manifest)


def with_file(content: Members, name: str, data: bytes = b"x") -> Members:
    """Put a file in under a name, under a manifest that agrees with it."""
    manifest = manifest_of(content)
    manifest["files"][name] = {"size": len(data), "sha256": sha256(data).hexdigest(), "rows": 0}
    return with_manifest({**content, f"files/{name}": data}, manifest)


def changed(content: Members, *path: str, value: Any) -> Members:
    """Change one value of the manifest."""
    manifest = manifest_of(content)
    place = manifest
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return with_manifest(content, manifest)


def row_changed(content: Members, table: str, **values: Any) -> Members:
    """Change the first row of a table, hashes and all."""
    first, rest = content[f"tables/{table}.jsonl"].split(b"\n", 1)
    row = json.dumps(
        {**json.loads(first), **values}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return with_table(content, table, row.encode() + b"\n" + rest)


HOSTILE: dict[str, tuple[str, Callable[[Members], Members]]] = {
    "climbs-out": ("bad-name", lambda c: with_file(c, "../../evil.txt")),
    "absolute": ("bad-name", lambda c: with_file(c, "/tmp/evil.txt")),  # noqa: S108 — a hostile name
    "windows": ("bad-name", lambda c: with_file(c, "..\\evil.txt")),
    "under-another-hash": ("bad-name", lambda c: with_file(c, f"aa/{'a' * 64}.txt")),
    "table-climbs-out": (
        "bad-name",
        lambda c: changed(c, "tables", "../x", value={"size": 0, "sha256": "", "rows": 0}),
    ),
    "one-too-many": ("bad-name", lambda c: {**c, "files/extra.txt": b"x"}),
    "one-missing": ("bad-name", lambda c: {n: d for n, d in c.items() if n != "tables/tasks.jsonl"}),
    "no-manifest": ("not-a-backup", lambda c: {n: d for n, d in c.items() if n != MANIFEST}),
    "manifest-is-no-json": ("not-a-backup", lambda c: {**c, MANIFEST: b"{"}),
    "manifest-is-a-list": ("not-a-backup", lambda c: {**c, MANIFEST: b"[1]"}),
    "manifest-is-deep": ("not-a-backup", lambda c: {**c, MANIFEST: b"[" * 100_000}),
    "other-format": ("other-format", lambda c: changed(c, "format", value=99)),
    "newer-schema": ("newer", lambda c: changed(c, "schema", value="9999")),
    "schema-is-a-path": ("newer", lambda c: changed(c, "schema", value="../../0002")),
    "row-edited": (
        "damaged",
        lambda c: {**c, "tables/tasks.jsonl": c["tables/tasks.jsonl"].replace(b"NV", b"XX")},
    ),
    "wrong-hash": ("damaged", lambda c: changed(c, "tables", "tasks", "sha256", value="0" * 64)),
    "longer-than-said": ("damaged", lambda c: {**c, "tables/tasks.jsonl": b" " * 50_000_000}),
    "more-rows-than-said": ("damaged", lambda c: changed(c, "tables", "tasks", "rows", value=9)),
    "negative-size": ("impossible-size", lambda c: changed(c, "tables", "tasks", "size", value=-1)),
    "terabytes": ("impossible-size", lambda c: changed(c, "tables", "tasks", "size", value=10**13)),
    "line-without-end": ("damaged", lambda c: with_table(c, "serials", b"0" * 70_000_000)),
    "line-of-lists": ("damaged", lambda c: with_table(c, "serials", b"[" * 10_000 + b"\n")),
    "line-is-no-row": ("damaged", lambda c: with_table(c, "serials", b"5\n")),
    "unknown-column": ("bad-row", lambda c: row_changed(c, "serials", evil=1)),
    "missing-column": ("bad-row", lambda c: with_table(c, "serials", b'{"series":"x"}\n')),
    "object-for-text": ("bad-row", lambda c: row_changed(c, "serials", series={"a": 1})),
    "text-for-number": ("bad-row", lambda c: row_changed(c, "serials", last="many")),
    "no-date": ("bad-row", lambda c: row_changed(c, "successions", on_day="soon")),
    "points-nowhere": ("bad-row", lambda c: row_changed(c, "tasks", directive_id=99)),
    "no-such-state": ("bad-row", lambda c: row_changed(c, "assignments", status="lost")),
    "same-key-twice": ("bad-row", lambda c: with_table(c, "serials", c["tables/serials.jsonl"] * 2)),
    "table-of-no-schema": ("other-tables", lambda c: with_table(c, "evil", b"")),
    "history-rewritten": ("other-history", lambda c: row_changed(c, "events", actor="nobody")),
    "history-cut": (
        "other-history",
        lambda c: with_table(c, "events", _without_last(c["tables/events.jsonl"])),
    ),
}


def _without_last(lines: bytes) -> bytes:
    return b"".join(lines.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_archive_is_refused_and_nothing_is_left(
    name: str, good: Path, place: App, tmp_path: Path
) -> None:
    """Each trick has its sentence; no database, no file and no draft is there afterwards."""
    code, trick = HOSTILE[name]
    archive = write(tmp_path / "bad.zip", trick(members(good)))

    with pytest.raises(InputRefused) as refusal:
        restore(place, archive, actor="a")

    assert refusal.value.code == f"backup.{code}"
    assert "bad.zip" in refusal.value.sentence("vi")
    assert left(tmp_path) == ["bad.zip"]


def left(folder: Path) -> list[str]:
    """Return every file that is there."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("share", [0, 1, 50, 90, 99])
def test_an_archive_that_was_cut_off_is_refused(share: int, good: Path, place: App, tmp_path: Path) -> None:
    """Wherever a copy broke off."""
    whole = good.read_bytes()
    (tmp_path / "bad.zip").write_bytes(whole[: len(whole) * share // 100])

    with pytest.raises(InputRefused):
        restore(place, tmp_path / "bad.zip", actor="a")
    assert left(tmp_path) == ["bad.zip"]


def test_any_flipped_byte_is_noticed(good: Path, tmp_path: Path) -> None:
    """Every byte of content is under a hash; only the zip's own small print can change unseen."""
    whole = bytearray(good.read_bytes())
    before, unseen = members(good), 0
    for position in range(0, len(whole), 97):
        damaged = whole.copy()
        damaged[position] ^= 1
        (tmp_path / "bad.zip").write_bytes(damaged)
        try:
            verify(tmp_path / "bad.zip")
        except InputRefused:
            continue
        assert members(tmp_path / "bad.zip") == before
        unseen += 1
    assert unseen < len(whole) / 97 / 2


def test_other_files_are_no_backups(place: App, tmp_path: Path) -> None:
    """A text, an archive of another kind, a folder, a file that is not there."""
    (tmp_path / "a.txt").write_text("xin chào")
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "a.txt")
    write(tmp_path / "a.zip", {"a.txt": b"x"}, ZIP_STORED)
    (tmp_path / "folder").mkdir()
    told = {"folder": "backup.is-a-folder", "nowhere": "backup.not-there"}
    for name in ("a.txt", "a.tar.gz", "a.zip", "folder", "nowhere"):
        with pytest.raises(InputRefused) as refusal:
            restore(place, tmp_path / name, actor="a")
        assert refusal.value.code == told.get(name, "backup.not-a-backup")


def test_an_archive_that_does_not_fit_is_refused_before_anything_is_written(
    good: Path, place: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room on the disk is looked at first."""
    full = os.statvfs_result((4096, 4096, 10, 0, 0, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)

    with pytest.raises(InputRefused, match="Không đủ chỗ"):
        restore(place, good, actor="a")
    assert left(tmp_path) == []
