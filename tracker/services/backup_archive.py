"""The backup's file: a zip with a manifest, every table as lines of JSON, and the files that were kept.

What is read back may come from anybody: only what the manifest names is read, no further than it says, under
names that can only lie inside the files folder.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, Self
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 — an exception's name

from pydantic import TypeAdapter, ValidationError

from tracker.errors import InputRefused
from tracker.store.chain import GENESIS, KeptLine, link

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
TABLE: Final = re.compile(r"[a-z][a-z_]{0,62}")
PLACE: Final = re.compile(r"[0-9a-f]{2}/(?P<sha256>[0-9a-f]{64})\.[a-z0-9]{1,12}")
MAX_MANIFEST: Final = 256 * 1024 * 1024
MAX_LINE: Final = 64 * 1024 * 1024  # no row is longer: a document is read up to less
MAX_RATIO: Final = 1100  # deflate cannot do better than 1032: more is a lie
CHUNK: Final = 1024 * 1024

Progress = Callable[[int, int], None]  # members done, of how many


@dataclass(frozen=True, slots=True)
class Member:
    """What a member of the archive holds."""

    size: int
    sha256: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class HistoryEnd:
    """The end of the chain of history when the backup was made, and whether the chain held then."""

    count: int
    last_hash: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the archive says of itself."""

    format: int
    program: str
    schema: str  # the revision of the tables
    database: str  # the kind it was made from
    made_at: str
    made_by: str
    history: HistoryEnd
    tables: dict[str, Member] = field(default_factory=dict)
    files: dict[str, Member] = field(default_factory=dict)
    missing: tuple[str, ...] = ()  # files that rows speak of and that were not there, or damaged

    @property
    def rows(self) -> int:
        """Return how many rows there are in all tables."""
        return sum(one.rows for one in self.tables.values())

    @property
    def size(self) -> int:
        """Return how many bytes there are once everything is unpacked."""
        return sum(one.size for one in (*self.tables.values(), *self.files.values()))

    def as_bytes(self) -> bytes:
        """Write the manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class Measure:
    """Counts and hashes what passes through it."""

    def __init__(self) -> None:
        self._hash = sha256()
        self.size = 0
        self.rows = 0

    def take(self, data: bytes) -> bytes:
        """Count some bytes and hand them on."""
        self._hash.update(data)
        self.size += len(data)
        return data

    def member(self) -> Member:
        """Return what passed."""
        return Member(self.size, self._hash.hexdigest(), self.rows)


_NO_FIELDS: Final[dict[str, Any]] = {"before": None, "after": None}


class ChainWalk:
    """Follows the chain of history line by line, without a database."""

    def __init__(self) -> None:
        self.last, self.count, self.whole = GENESIS, 0, True

    def take(self, line: bytes) -> None:
        """Reckon one line's hash and hold it against what the line says."""
        said = json.loads(line)
        try:
            reckoned = link(
                self.last, KeptLine(**{**_NO_FIELDS, **said, "at": datetime.fromisoformat(said["at"])})
            )
        except (KeyError, TypeError, ValueError):
            reckoned = ""
        self.whole = self.whole and (said.get("previous_hash"), said.get("hash")) == (self.last, reckoned)
        self.last, self.count = str(said.get("hash")), self.count + 1

    def end(self, kept: dict[str, Any] | None) -> HistoryEnd:
        """Return where the chain ends; `kept` is the row that the database keeps of it."""
        agrees = kept is not None and (kept.get("count"), kept.get("last_hash")) == (self.count, self.last)
        return HistoryEnd(self.count, self.last, self.whole and agrees)


class Archive:
    """An archive that is open for reading, with its manifest; every oddity is InputRefused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reading: IO[bytes] | None = None
        try:
            self._zip = ZipFile(path)
        except FileNotFoundError as error:
            raise InputRefused("backup.not-there", path=path) from error
        except IsADirectoryError as error:
            raise InputRefused("backup.is-a-folder", path=path) from error
        except PermissionError as error:
            raise InputRefused("backup.not-readable", path=path) from error
        except (OSError, BadZipFile, ValueError, NotImplementedError) as error:
            raise self.refused("not-a-backup") from error
        try:
            self.manifest = self._read_manifest()
            self._check_names()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._reading is not None:  # whoever read it gave up in the middle
            self._reading.close()
        self._zip.close()

    def refused(self, why: str, **fields: object) -> InputRefused:
        """Say what is wrong with the archive."""
        return InputRefused(f"backup.{why}", name=self.path.name, **fields)

    def chunks(self, name: str, expected: Member) -> Iterator[bytes]:
        """Yield a member's bytes, and end with an error where they are not those of the manifest."""
        measure = Measure()
        try:
            with self._zip.open(name) as member:
                self._reading = member
                while chunk := member.read(min(CHUNK, expected.size - measure.size + 1)):
                    yield measure.take(chunk)
                    if measure.size > expected.size:
                        break
        except (
            BadZipFile,
            ZlibError,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            KeyError,
        ) as error:
            raise self.refused("damaged", member=name) from error
        found = measure.member()
        if (found.size, found.sha256) != (expected.size, expected.sha256):
            raise self.refused("damaged", member=name)

    def lines(self, table: str) -> Iterator[bytes]:
        """Yield the lines of a table."""
        expected, rest, rows = self.manifest.tables[table], b"", 0
        name = f"tables/{table}.jsonl"
        for chunk in self.chunks(name, expected):
            *whole, rest = (rest + chunk).split(b"\n")
            rows += len(whole)
            yield from whole
            if len(rest) > MAX_LINE:
                raise self.refused("damaged", member=name)
        if rest or rows != expected.rows:
            raise self.refused("damaged", member=name)

    def _read_manifest(self) -> Manifest:
        try:
            info = self._zip.getinfo(MANIFEST)
            if info.file_size > MAX_MANIFEST:
                raise self.refused("not-a-backup")
            with self._zip.open(info) as member:
                written = member.read(MAX_MANIFEST)
            said = json.loads(written)
            number = said.get("format")
            if number != FORMAT:
                raise self.refused("other-format", number=number)
            return TypeAdapter(Manifest).validate_python(said)
        except (KeyError, ValidationError, AttributeError, ValueError, RecursionError, BadZipFile) as error:
            raise self.refused("not-a-backup") from error
        except (ZlibError, EOFError, OSError, RuntimeError) as error:
            raise self.refused("damaged", member=MANIFEST) from error

    def _check_names(self) -> None:
        """Refuse names that could lie elsewhere, members that nobody speaks of, and sizes that cannot be."""
        manifest = self.manifest
        bad = [name for name in manifest.tables if not TABLE.fullmatch(name)]
        bad += [place for place, one in manifest.files.items() if not _is_place_of(place, one)]
        if bad:
            raise self.refused("bad-name", member=bad[0][:80])
        named = [
            MANIFEST,
            *(f"tables/{one}.jsonl" for one in manifest.tables),
            *(f"files/{one}" for one in manifest.files),
        ]
        found = [info.filename for info in self._zip.infolist()]
        if sorted(named) != sorted(found):
            odd = sorted(set(found) ^ set(named)) or [MANIFEST]
            raise self.refused("bad-name", member=odd[0][:80])
        sizes = [one.size for one in (*manifest.tables.values(), *manifest.files.values())]
        if min(sizes, default=0) < 0 or manifest.size > MAX_RATIO * self.path.stat().st_size:
            raise self.refused("impossible-size")


def _is_place_of(place: str, member: Member) -> bool:
    """Tell whether a file's place is one that we give, and the one of its content."""
    found = PLACE.fullmatch(place)
    return found is not None and found["sha256"] == member.sha256 and place[:2] == member.sha256[:2]


def check(archive: Archive, progress: Progress) -> HistoryEnd:
    """Read the whole archive and hold every member against the manifest; return the end of its history."""
    manifest, walk, kept = archive.manifest, ChainWalk(), None
    total = len(manifest.tables) + len(manifest.files)
    done = 0
    for table in manifest.tables:
        for line in archive.lines(table):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise archive.refused("damaged", member=table) from error
            if not isinstance(row, dict) or not row:
                raise archive.refused("damaged", member=table)
            if table == "events":
                walk.take(line)
            kept = row if table == "chain" else kept
        progress(done := done + 1, total)
    for place, member in manifest.files.items():
        for _ in archive.chunks(f"files/{place}", member):
            pass
        progress(done := done + 1, total)
    end = walk.end(kept)
    if end != manifest.history:
        raise archive.refused("other-history")
    return end
