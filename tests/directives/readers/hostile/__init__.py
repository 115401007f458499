"""Files made to break a reader, each by its name: cut short, changed, lying, endless, nested, circular.

`every` gives the same files for the same seed, one after another, for some are large while they live.
"""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.directives.readers.hostile import (
    archives,
    attached,
    mails,
    markup,
    mutated,
    paper,
    pictures,
    plain,
    word,
)

Hostile = tuple[str, bytes]
SEED = 20261


def every(examples: Path, seed: int = SEED) -> Iterator[Hostile]:
    """Give all of them: name and bytes."""
    chance = random.Random(seed)  # noqa: S311 - the same files each time
    yield from mutated.files(examples, chance)
    for kind in (archives, word, markup, plain, paper, attached, pictures, mails):
        yield from kind.files()
