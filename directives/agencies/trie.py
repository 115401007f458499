"""Compile thousands of spellings into one regular expression that reads them letter by letter."""

import re
from collections.abc import Iterable

# Between two words of a name: a space, or none since spaces get lost in web pages. Where the name has «,»,
# «-», «&» or «và», any of them, two, or none.
SPACE, JOINER = " ", "\x1f"
_GAPS = {SPACE: " *", JOINER: r" *(?:[-,&/] *)?(?:và\b *)?"}
_END = ""

_Node = dict[str, "_Node"]


def compile_words(words: Iterable[str]) -> str:
    """Return a pattern (without boundaries) for `words`, the longest first; SPACE and JOINER are gaps.

    Linear in the text: each node tries one letter, and a shorter name is taken only where no longer one ends.
    """
    root: _Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _pattern(root)


def _pattern(node: _Node) -> str:
    run = ""
    while len(node) == 1 and _END not in node:  # a chain without forks, written straight
        letter, node = next(iter(node.items()))
        run += _letter(letter)
    branches = [_letter(letter) + _pattern(child) for letter, child in sorted(node.items()) if letter != _END]
    if not branches:
        return run
    return f"{run}(?:{'|'.join(branches)})" + ("?" if _END in node else "")


def _letter(letter: str) -> str:
    return _GAPS.get(letter) or re.escape(letter)
