"""Read files as intake does, in a process apart from the test, and measure it: `python -m …measured`.

A path a line on standard input (JSON), an answer a line on standard output. A crash, a hang or a loss of
memory is then the answer, not the end of the test.
"""

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from directives.readers import UnreadableDocument, guarded
from tracker.phrasebook import say

PEAK = re.compile(r"VmHWM:\s+(\d+)")


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    answer: str  # "text", or what the refusal says it is; "raised …" where something else came out
    message: str
    seconds: float  # of the processor, so that a busy machine proves nothing
    megabytes: float  # the most that any process so far has had in memory

    @property
    def is_clear(self) -> bool:
        """Tell whether there was a text, or a refusal with its sentence."""
        return self.answer == "text" or (not self.answer.startswith("raised") and bool(self.message))


@dataclass(frozen=True)
class Reader:
    """The process that reads."""

    process: "subprocess.Popen[str]"

    def read(self, path: Path) -> Outcome:
        """Read one file there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(str(path)) + "\n")
        self.process.stdin.flush()
        return Outcome(*json.loads(self.process.stdout.readline()))


@contextmanager
def a_reader() -> Iterator[Reader]:
    """Run the process that reads."""
    command = [sys.executable, "-m", "tests.directives.readers.measured"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        yield Reader(running)
        assert running.stdin is not None
        running.stdin.close()


def _serve() -> None:
    for line in sys.stdin:
        begun = _seconds()
        answer, message = _answer(json.loads(line))
        outcome = answer, message, _seconds() - begun, _peak()
        sys.stdout.write(json.dumps(outcome) + "\n")
        sys.stdout.flush()


def _answer(path: str) -> tuple[str, str]:
    """Tell what came of a file and the files in it: a fault before any refusal, and that before a text."""
    try:
        parts = guarded.read_parts(path)
        refusals = [part.document for part in parts if isinstance(part.document, UnreadableDocument)]
        told = [_told(refusal) for refusal in refusals]
    except UnreadableDocument as refusal:
        return _told(refusal)
    except BaseException as error:  # noqa: BLE001 - what must not happen is told, too
        return f"raised {type(error).__name__}", str(error)[:500]
    faults = [each for each in told if each[0] == "reader-failed"]
    return (*faults, *told, ("text", ""))[0]


def _told(refusal: UnreadableDocument) -> tuple[str, str]:
    return refusal.detail or str(refusal.code), say(refusal.phrase, **refusal.fields)


def _seconds() -> float:
    """Return what this process, those it started and theirs have had of the processor."""
    ended = sum(os.times()[:4])
    ticks = os.sysconf("SC_CLK_TCK")
    return ended + sum(sum(map(int, stat.split()[11:15])) / ticks for stat in _of_children("stat"))


def _peak() -> float:
    """Return the most that any of them has had in memory so far, in MB.

    Of this process only what it had itself: its `ru_maxrss` begins with that of the test run that started it.
    """
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    statuses = [Path("/proc/self/status").read_text(), *_of_children("status")]
    return max(ended, *(int(peak[1]) for status in statuses if (peak := PEAK.search(status)))) / 1024


def _of_children(fact: str) -> Iterator[str]:
    """Give a file of /proc for each process started here that lives; of «stat» only the figures."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            behind_name = (folder / "stat").read_text().rpartition(")")[2]
            if int(behind_name.split()[1]) == os.getpid():
                yield behind_name if fact == "stat" else (folder / fact).read_text()


if __name__ == "__main__":
    _serve()
