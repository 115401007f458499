"""One server per data folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows import instance
from flows.instance import Instance
from tracker.errors import Conflict, Unavailable

WEB = "http://127.0.0.1:8710"

HOLDER = """
import os, sys, pathlib
from flows import instance
folder = pathlib.Path(sys.argv[1])
with instance.claim(folder):
    instance.announce(folder, instance.Instance(os.getpid(), "http://127.0.0.1:8710", 4210))
    print("held", flush=True)
    sys.stdin.read()
"""


def test_nobody_runs_in_a_fresh_folder(tmp_path: Path) -> None:
    """A folder without a lock has no server, and asking leaves no trace."""
    assert instance.running(tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_a_second_server_is_refused_and_told_who_has_the_folder(tmp_path: Path) -> None:
    """The sentence names the process and the address to open instead."""
    with instance.claim(tmp_path):
        instance.announce(tmp_path, Instance(os.getpid(), WEB, 4210))

        assert Instance(os.getpid(), WEB, 4210) == instance.running(tmp_path)
        with pytest.raises(Conflict) as refused, instance.claim(tmp_path):
            pytest.fail("claimed twice")
        assert WEB in refused.value.sentence("vi")
        assert str(os.getpid()) in refused.value.sentence("en")
    assert instance.running(tmp_path) is None


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A data folder under a file, on a full or a read-only disk, is something an operator can mend."""
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    for folder in (in_the_way, in_the_way / "var"):
        with pytest.raises(Unavailable) as refused, instance.claim(folder):
            pytest.fail("claimed a file")

        assert refused.value.code == "folder.not-writable"
        assert str(folder) in refused.value.sentence("vi")


def test_a_killed_server_leaves_the_folder_free(tmp_path: Path) -> None:
    """The lock dies with its process; its stale note misleads nobody."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    assert instance.running(tmp_path) == Instance(holder.pid, WEB, 4210)

    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()

    assert (tmp_path / instance.NOTE_FILE).exists()
    assert instance.running(tmp_path) is None
    with instance.claim(tmp_path):
        assert not (tmp_path / instance.NOTE_FILE).exists()
