"""How well documents are read, against annotated ones: figures per genre and in all.

`python -m tests.scoring [--misses] [TEXTS[:GOLD] …]` prints a table; without folders it takes the documents
of the repository and, where they lie beside it, the shared ones. `python -m tests.scoring --predict FILE …`
prints readings, one JSON object a line, as `dondoc parse --json` does.

A deadline counts by its value (the day, with «trước» or not; the interval; the words where no day is known),
an assignment is a lead with a deadline, a task is its leads, its deadline and the words of its action.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from directives.agencies import find_agencies
from directives.encode import as_contract
from directives.names import key
from directives.parse import parse
from directives.readers import read
from tests.conftest import ROOT

Json = dict[str, Any]
MEASURES = ("deadlines", "assignments", "tasks", "coordinators")
ENOUGH_WORDS = 0.7  # of the gold action's words found in the task read
SHORTEST_NAME = 5  # letters below which one name inside another proves nothing
OWN = ("tests/directives/corpus", "tests/directives/blind", "tests/directives/golden")
SHARED = ("../shared/seeds:../shared/gold",)


@dataclass
class Tally:
    """What was right, what should have been there, what was there."""

    hits: int = 0
    gold: int = 0
    read: int = 0

    def add(self, hits: int, gold: int, read: int) -> None:
        """Count one document."""
        self.hits, self.gold, self.read = self.hits + hits, self.gold + gold, self.read + read

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 1 where there was nothing to find."""
        return 2 * self.hits / (self.gold + self.read) if self.gold + self.read else 1.0


@dataclass
class Figures:
    """The figures of a set of documents."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    heads: Tally = field(default_factory=Tally)
    silent: Tally = field(default_factory=Tally)
    documents: int = 0
    misses: list[str] = field(default_factory=list)
    sureness: list[tuple[float, bool]] = field(default_factory=list)  # of each task, and was it right

    def add(self, gold: Json, answer: Json) -> None:
        """Count one document: its expected reading and its reading."""
        self.documents += 1
        wanted, found = gold["tasks"], answer["tasks"]
        optional = [task for task in wanted if task.get("optional")]
        dated, dates = _dated(wanted), _dated(found)
        self.tallies["deadlines"].add(_matched(dated, dates, _same_date), len(dated), len(dates))
        given, taken = list(_assignments(wanted)), list(_assignments(found))
        hits = _matched(given, taken, _same_assignment)
        spare = sum(len(task["leads"]) for task in optional)
        self.tallies["assignments"].add(hits, max(len(given) - spare, hits), len(taken))
        matches = _matching(wanted, found, _same_task)
        self.tallies["tasks"].add(len(matches), max(len(wanted) - len(optional), len(matches)), len(found))
        for one, other in matches:
            named, helpers = wanted[one]["coordinators"], found[other]["coordinators"]
            self.tallies["coordinators"].add(_matched(named, helpers, _same_body), len(named), len(helpers))
        right = {other for _, other in matches}
        self.sureness += [(task["confidence"], at in right) for at, task in enumerate(found)]
        self._count_head(gold, answer)
        self._note_misses(gold, answer, matches)

    def _count_head(self, gold: Json, answer: Json) -> None:
        if gold["number"] or gold["issued_on"]:
            number = key(answer["number"] or "")
            right = number.startswith(key(gold["number"] or "")) and answer["issued_on"] == gold["issued_on"]
            self.heads.add(right, 1, 1)
        if not gold["tasks"]:
            self.silent.add(not answer["tasks"], 1, 1)

    def _note_misses(self, gold: Json, answer: Json, matches: Sequence[tuple[int, int]]) -> None:
        for sign, tasks, seen in (
            ("-", gold["tasks"], {one for one, _ in matches}),
            ("+", answer["tasks"], {other for _, other in matches}),
        ):
            for at, task in enumerate(tasks):
                if at not in seen and not task.get("optional"):
                    leads = ", ".join(_text(lead) for lead in task["leads"])
                    date = task["deadline"]["text"] if task["deadline"] else "no date"
                    self.misses.append(f"{sign} {gold['id']}: {leads} | {date} | {task['action'][:60]}")


def _matched(wanted: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool]) -> int:
    return len(_matching(wanted, found, same))


def _matching(
    wanted: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool]
) -> list[tuple[int, int]]:
    """Return a largest pairing of what is the same, as places in both lists."""
    owner: dict[int, int] = {}
    likes = [[other for other, two in enumerate(found) if same(one, two)] for one in wanted]

    def place(one: int, tried: set[int]) -> bool:
        for other in likes[one]:
            if other not in tried:
                tried.add(other)
                if other not in owner or place(owner[other], tried):
                    owner[other] = one
                    return True
        return False

    for one in range(len(wanted)):
        place(one, set())
    return [(one, other) for other, one in owner.items()]


def _dated(tasks: Iterable[Json]) -> list[Json]:
    return [task for task in tasks if task["deadline"]]


def _same_assignment(wanted: tuple[Any, Json], found: tuple[Any, Json]) -> bool:
    return _same_body(wanted[0], found[0]) and _same_date(wanted[1], found[1])


def _assignments(tasks: Iterable[Json]) -> Iterator[tuple[Any, Json]]:
    return ((lead, task) for task in tasks for lead in task["leads"])


def _same_date(wanted: Json, found: Json) -> bool:
    one, other = _value(wanted["deadline"]), _value(found["deadline"])
    if one[0] == other[0] == "open":
        return one[1] in other[1] or other[1] in one[1]
    return one == other


def _value(deadline: Json | None) -> tuple[str, str]:
    if deadline is None:
        return ("none", "")
    if deadline["kind"] == "recurring":
        return ("recurring", deadline["every"] or "day")
    if deadline["stated"]:
        before = deadline["kind"] == "fixed" and deadline["exclusive"]
        return ("before" if before else "by", deadline["stated"])
    return ("open", key(deadline["text"]))


def _same_task(wanted: Json, found: Json) -> bool:
    leads = wanted["leads"], found["leads"]
    if not len(leads[0]) == len(leads[1]) == _matched(leads[0], leads[1], _same_body) or not _same_date(
        wanted, found
    ):
        return False
    words, text = wanted["action"].split(), key(f"{found['action']} {found['text']}")
    return sum(key(word) in text for word in words) >= ENOUGH_WORDS * len(words)


def _same_body(wanted: str, found: Json) -> bool:
    forms = [form for form in (found["text"], found["name"]) if form]
    return any(
        one == other or (len(min(one, other, key=len)) >= SHORTEST_NAME and (one in other or other in one))
        for one in _names(wanted)
        for form in forms
        for other in _names(form)
    )


@cache
def _names(words: str) -> frozenset[str]:
    """Return the keys of a body as written and as the register writes it out."""
    return frozenset({key(words), *(key(mention.name) for mention in find_agencies(words)[:1])})


def _text(lead: Any) -> str:
    return lead if isinstance(lead, str) else str(lead["text"])


def documents_in(folder: str) -> Iterator[tuple[Path, Json]]:
    """Yield the annotated documents of `TEXTS` or `TEXTS:GOLD`, taken from the repository's root."""
    texts, _, golds = folder.partition(":")
    for path in sorted((ROOT / texts).glob("*.txt")):
        annotation = ROOT / (golds or texts) / f"{path.stem}.json"
        if annotation.exists():
            yield path, json.loads(annotation.read_text(encoding="utf-8"))


def reading_of(path: Path) -> Json:
    """Read a file and return what the contract prints of it."""
    raw = read(path)
    source = {"path": str(path), "sha256": raw.sha256, "format": str(raw.format), "pages": raw.pages}
    return as_contract(parse(raw.text, file_name=path.name), source)


def score(folders: Iterable[str]) -> dict[str, Figures]:
    """Return the figures of all documents of the folders, and of each genre."""
    figures: dict[str, Figures] = defaultdict(Figures)
    for folder in folders:
        for path, gold in documents_in(folder):
            answer = reading_of(path)
            figures["all"].add(gold, answer)
            figures[gold["genre"]].add(gold, answer)
    return dict(figures)


def table(figures: dict[str, Figures]) -> str:
    """Return the figures as lines of text: one a genre, all documents last."""
    lines = [f"{'genre':10}{'docs':>5}" + "".join(f"{name:>14}" for name in (*MEASURES, "header", "silent"))]
    for genre, one in sorted(figures.items(), key=lambda row: (row[0] == "all", row[0])):
        tallies = (*one.tallies.values(), one.heads, one.silent)
        lines.append(f"{genre:10}{one.documents:5}" + "".join(f"{tally.f1:14.3f}" for tally in tallies))
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print readings or figures."""
    if arguments[:1] == ["--predict"]:
        for path in arguments[1:]:
            print(json.dumps(reading_of(Path(path)), ensure_ascii=False))  # noqa: T201 - a command of its own
        return
    figures = score([folder for folder in arguments if not folder.startswith("--")] or [*OWN, *SHARED])
    if "--misses" in arguments and "all" in figures:
        print("\n".join(figures["all"].misses))  # noqa: T201
    print(table(figures))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
