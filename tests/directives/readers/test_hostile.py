"""Hundreds of files made to break the readers: each gives a text or a clear refusal, soon, in bounds."""

import os
import re
from pathlib import Path

import pytest

from directives.readers import UnreadableDocument, guarded
from tests.directives.readers.hostile import every
from tests.directives.readers.measured import Outcome, a_reader
from tests.directives.readers.word import p, word_file
from tracker.phrasebook import say

MAX_SECONDS = 20.0
MAX_MEGABYTES = 1000.0
AT_LEAST = 450
NAMES = (
    "a\nb.docx",
    "a\r\n\tb.docx",
    "\u202excod.exe.docx",
    "\u200f\u2066x.docx",
    "..docx",
    "-rf .docx",
    "{name}.docx",
    "%s%n.docx",
    "[red]x[bold].docx",
    "x" * 240 + ".docx",
    os.fsdecode(b"\xff\xfe\x80.docx"),
)


@pytest.mark.slow
def test_no_file_breaks_the_reading(tmp_path: Path, examples: Path) -> None:
    """No crash, no hang over 20 s, memory under 1 GB, and what comes out is a text or a sentence."""
    outcomes: dict[str, Outcome] = {}
    with a_reader() as reader:
        for name, raw in every(examples):
            path = tmp_path / f"file.{name.rpartition('.')[2]}"
            path.write_bytes(raw)
            outcomes[name] = reader.read(path)

    unclear = {name: each for name, each in outcomes.items() if not each.is_clear}
    slow = {name: each.seconds for name, each in outcomes.items() if each.seconds > MAX_SECONDS}
    assert len(outcomes) >= AT_LEAST
    assert unclear == {}
    assert {name: each.answer for name, each in outcomes.items() if each.answer == "reader-failed"} == {}
    assert slow == {}
    assert max(each.megabytes for each in outcomes.values()) < MAX_MEGABYTES


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_breaks_the_reading(tmp_path: Path, name: str) -> None:
    """A name may hold line ends, marks of direction, anything: the file is read, a refusal can be said."""
    good, broken = tmp_path / name, tmp_path / f"x{name}"[:200]
    good.write_bytes(word_file(p("Sở Công Thương báo cáo.")))
    broken.write_bytes(b"PK\x03\x04")

    with pytest.raises(UnreadableDocument) as refusal:
        guarded.read(broken)

    assert guarded.read(good).text == "Sở Công Thương báo cáo."
    assert re.search("hỏng", say(refusal.value.phrase, "vi", **refusal.value.fields))


@pytest.mark.parametrize("path", ["../../../etc/passwd\0.docx", "\ud800.docx", "x" * 5000, "", "/dev/zero"])
def test_no_path_breaks_the_reading(path: str) -> None:
    """What is no name of a file is refused as such."""
    with pytest.raises(UnreadableDocument) as refusal:
        guarded.read(path)

    assert say(refusal.value.phrase, "vi", **refusal.value.fields)
