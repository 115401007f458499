"""Sentences, and the clauses that semicolons part, as spans of the flow."""

import re
from collections.abc import Iterator
from functools import cache

from directives.model import Span

# The sign first, so that the search skips from sign to sign: «./.» or any run of signs.
_END = re.compile(r"[.!?…](?:(?<=\.)/\.|[.!?…]*)[\"”»)]?(?=\s+[A-ZĐÀ-Ỹ\"“«(\[\d+*•–-]|\s*$)")
_NOT_AN_END = re.compile(
    r"(?:^|[\s(,])(?:(?<!độ\s)(?<!loại\s)(?<!nhóm\s)(?<!hạng\s)[A-ZĐ]|TP|Tp|TX|Tx|TT|Th\.?S|TS|PGS|GS|BS|KS|CN|Tr|St|No|Ô|Bà|STT|v\.v|vv|đ/c|ĐC|Q|P|QL|ĐT|TL|NQ)$"
)
_BRACKET = {"(": ")", "[": "]"}
_LOOK_BACK = 8


def sentences(flow: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of a paragraph, their end marks included."""
    start = span.start
    for found in _END.finditer(flow, span.start, span.end):
        if found[0] == "." and _NOT_AN_END.search(
            flow[max(start, found.start() - _LOOK_BACK) : found.start()]
        ):
            continue
        if (
            found[0] == "."
            and flow[found.start() - 1 : found.start()].isdigit()
            and _ordinal_before(flow, start, found.start())
        ):
            continue
        if sentence := _trimmed(flow, start, found.end()):
            yield sentence
        start = found.end()
    if sentence := _trimmed(flow, start, span.end):
        yield sentence


def clauses(flow: str, span: Span, separators: str = ";") -> Iterator[Span]:
    """Yield the stretches between separators that stand outside brackets."""
    signs = [(found.start(), found[0]) for found in _signs(separators).finditer(flow, span.start, span.end)]
    closing = _closing(signs)
    start = span.start
    depth_end = -1  # inside brackets until this offset
    for at, sign in signs:
        if at <= depth_end:
            continue
        if sign in _BRACKET:
            depth_end = closing.get(at, -1)
        elif sign in separators:
            if clause := _trimmed(flow, start, at):
                yield clause
            start = at + 1
    if clause := _trimmed(flow, start, span.end):
        yield clause


@cache
def _signs(separators: str) -> re.Pattern[str]:
    return re.compile(rf"[()\[\]{re.escape(separators)}]")


def _closing(signs: list[tuple[int, str]]) -> dict[int, int]:
    """Return where each bracket that is closed closes; linear, and brackets left open count for nothing."""
    waiting: list[int] = []
    closed: dict[int, int] = {}
    for at, sign in signs:
        if sign in _BRACKET:
            waiting.append(at)
        elif waiting and sign in ")]":
            closed[waiting.pop()] = at
    return closed


def _ordinal_before(flow: str, start: int, dot: int) -> bool:
    """Tell whether the digits before the dot are an item's number at the start of the sentence."""
    return not flow[start:dot].strip().strip("0123456789") and dot - start <= _LOOK_BACK


def _trimmed(flow: str, start: int, end: int) -> Span | None:
    words = flow[start:end].lstrip()
    start = end - len(words)
    words = words.rstrip()
    return Span(start, start + len(words)) if words else None
