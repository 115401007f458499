"""Compile thousands of spellings into one regular expression that reads them letter by letter."""

import re
from collections.abc import Iterable

# Between two words of a name anything that may part them; nothing at all, since spaces get lost in web pages.
GAP = r" *(?:[-,&/] *)?(?:và\b *)?"
_END = ""

_Node = dict[str, "_Node"]


def compile_spellings(spellings: Iterable[list[str]]) -> str:
    """Return a pattern (without boundaries) for word lists such as ["sở", "công", "thương"], longest first.

    Linear in the text: each node tries one letter, and a shorter name is taken only where no longer one ends.
    """
    return _pattern(_trie(" ".join(words) for words in spellings), GAP)


def compile_letters(words: Iterable[str]) -> str:
    """Return a pattern for single words, letter for letter."""
    return _pattern(_trie(words), " ")


def _trie(words: Iterable[str]) -> _Node:
    root: _Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return root


def _pattern(node: _Node, gap: str) -> str:
    run = ""
    while len(node) == 1 and _END not in node:  # a chain without forks, written straight
        letter, node = next(iter(node.items()))
        run += gap if letter == " " else re.escape(letter)
    branches = [
        (gap if letter == " " else re.escape(letter)) + _pattern(child, gap)
        for letter, child in sorted(node.items())
        if letter != _END
    ]
    if not branches:
        return run
    return f"{run}(?:{'|'.join(branches)})" + ("?" if _END in node else "")
