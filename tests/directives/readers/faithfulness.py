"""How faithful a reading of a file is: the share of letters that differ from the words that are in it."""

import difflib
import re

from directives.text import folded, one_line

MARK = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s", re.MULTILINE)


def error_rate(read: str, true: str) -> float:
    """Return how many letters in a hundred were lost, changed or put in, white space folded.

    An upper bound: what was moved counts as lost and put in.
    """
    one, two = one_line(read), one_line(true)
    blocks = difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return 100 * max(len(one) - same, len(two) - same) / max(len(two), 1)


def marks_of(text: str) -> list[str]:
    """Return the numbers and letters of the items, in the order of the text."""
    return [found[1] for found in MARK.finditer(folded(text))]
