"""How fast documents are read, as ratios to two baselines measured in the same run on the same files.

The raw limit is what no reader can beat by much: open, read, decode, compose (NFC) and three anchored regex
passes. The general extractor is dateparser, which only finds dates. CPU time, best of several rounds taken in
turn, so that a busy machine slows all three alike.
"""

import random
import re
import time
import unicodedata
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from directives.parse import parse
from directives.readers import read

RAW_GOAL: Final = 0.10
EXTRACTOR_GOAL: Final = 10.0
ITEM: Final = re.compile(r"(?m)^[ \t]*(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)/-][ \t]")
CITATION: Final = re.compile(r"\d{1,5}/(?:\d{4}/)?[A-ZĐ]{2,}(?:-[A-ZĐ0-9]+)*")
DEADLINE: Final = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn chót|không quá|đến|trong|vào|đầu|giữa|cuối|hàng|mỗi|định kỳ|sau|kể từ)"
    r"\b[^.;\n]{0,40}?"
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|tháng|quý|năm|tuần|ngày)"
)
PASSES: Final = (ITEM, CITATION, DEADLINE)


@dataclass(frozen=True, slots=True)
class Speed:
    """How much was read in how much CPU time."""

    documents: int
    size: int  # bytes
    seconds: float

    @property
    def per_second(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds

    @property
    def megabytes_per_second(self) -> float:
        """Megabytes a second."""
        return self.size / 1e6 / self.seconds


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reading beside its two baselines."""

    raw: Speed
    reading: Speed
    extractor: Speed

    @property
    def to_raw(self) -> float:
        """The reading's speed as a share of the raw limit's."""
        return self.reading.megabytes_per_second / self.raw.megabytes_per_second

    @property
    def to_extractor(self) -> float:
        """How many times faster than the general extractor the reading is."""
        return self.reading.megabytes_per_second / self.extractor.megabytes_per_second

    @property
    def in_goal(self) -> bool:
        """Tell whether both goals are met."""
        return self.to_raw >= RAW_GOAL and self.to_extractor >= EXTRACTOR_GOAL


def read_limit(path: Path) -> int:
    """Do what any reader must: read, decode, compose, look three times."""
    text = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8"))
    return sum(1 for look in PASSES for _ in look.finditer(text))


def read_whole(path: Path) -> int:
    """Read a document as `dondoc parse` does."""
    return len(parse(read(path).text, file_name=path.name).tasks)


def search_dates(path: Path) -> int:
    """Find the dates of a document with a general extractor."""
    with warnings.catch_warnings():  # regex flags that Python 3.11 deprecates are no concern of a measurement
        warnings.simplefilter("ignore")
        from dateparser.search import search_dates as search  # noqa: PLC0415 - an extra, and slow to import

        return len(search(path.read_text("utf-8"), languages=["vi"]) or ())


def vary(texts: Sequence[str], copies: int, folder: Path) -> list[Path]:
    """Write `copies` of each text with other digits, so that no cache can answer for a text it has seen."""
    dice = random.Random(2020)  # noqa: S311 - the same files in each run
    paths = []
    for copy in range(copies):
        for number, text in enumerate(texts):
            path = folder / f"{copy:04}-{number:02}.txt"
            path.write_text(_shuffled(text, dice) if copy else text, "utf-8")
            paths.append(path)
    return paths


def _shuffled(text: str, dice: random.Random) -> str:
    """Change the last digit of every longer number; days and months stay what they are."""
    return re.sub(r"(?<=\d\d)\d(?!\d)", lambda _: str(dice.randrange(10)), text)


def compare(paths: Sequence[Path], *, rounds: int = 3, sample: int = 12) -> Comparison:
    """Measure the three in turn; the extractor, being slow, on the first `sample` files only."""
    few = paths[:sample]
    jobs: tuple[tuple[Callable[[Path], int], Sequence[Path]], ...] = (
        (read_limit, paths),
        (read_whole, paths),
        (search_dates, few),
    )
    for job, _ in jobs:  # tables are loaded and patterns compiled once, outside the measurement
        job(paths[0])
    best = [float("inf")] * len(jobs)
    for _ in range(rounds):
        for index, (job, files) in enumerate(jobs):
            best[index] = min(best[index], _cpu_seconds(job, files))
    raw, reading, extractor = (
        Speed(len(files), sum(path.stat().st_size for path in files), seconds)
        for (_, files), seconds in zip(jobs, best, strict=True)
    )
    return Comparison(raw, reading, extractor)


def _cpu_seconds(job: Callable[[Path], int], paths: Sequence[Path]) -> float:
    begun = time.process_time()
    for path in paths:
        job(path)
    return time.process_time() - begun
