"""Figures of the reader against annotated documents: `python -m tests.scoring [--predict FILE …]`."""

import json
import sys
from pathlib import Path

from directives.encode import as_contract
from directives.parse import parse
from directives.readers import read


def predict(paths: list[str]) -> None:
    """Print the reading of each file on one line, as the contract has it."""
    for path in paths:
        raw = read(Path(path))
        source = {"path": path, "sha256": raw.sha256, "format": str(raw.format), "pages": raw.pages}
        print(json.dumps(as_contract(parse(raw.text, file_name=Path(path).name), source), ensure_ascii=False))


if __name__ == "__main__":
    predict(sys.argv[2:])
