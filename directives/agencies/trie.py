"""Compile thousands of spellings into one regular expression that reads them letter by letter."""

import re
from collections.abc import Iterable, Mapping

# Between two words of a name: a space, or none since spaces get lost in web pages. Where the name has «,»,
# «-», «&» or «và», any of them, two, or none.
SPACE, JOINER = " ", "\x1f"
_GAPS = {SPACE: " *", JOINER: r" *(?:[-,&/] *)?(?:và\b *)?"}
_END = ""

_Node = dict[str, "_Node"]


def compile_words(words: Iterable[str], gaps: Mapping[str, str] = _GAPS) -> str:
    """Return a pattern (without boundaries) for `words`, the longest first; `gaps` says how gaps are read.

    Linear in the text: each node tries one letter, and a shorter name is taken only where no longer one ends.
    """
    root: _Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _pattern(root, gaps)


def _pattern(node: _Node, gaps: Mapping[str, str]) -> str:
    run = ""
    while len(node) == 1 and _END not in node:  # a chain without forks, written straight
        letter, node = next(iter(node.items()))
        run += _letter(letter, gaps)
    branches = [
        _letter(letter, gaps) + _pattern(child, gaps)
        for letter, child in sorted(node.items())
        if letter != _END
    ]
    if not branches:
        return run
    return f"{run}(?:{'|'.join(branches)})" + ("?" if _END in node else "")


def _letter(letter: str, gaps: Mapping[str, str]) -> str:
    return gaps.get(letter) or re.escape(letter)
