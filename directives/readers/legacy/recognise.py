"""Tell which stretches of a text are in TCVN3 or VNI, by their words alone.

A word speaks for an encoding if it is no Vietnamese syllable as it stands, and is one once converted («ngµy»,
«Coâng»). It speaks against where it is the other way round («là»). Clean Vietnamese has letters that neither
encoding can show («ệ», «ư»), and other languages have words that no conversion turns into syllables.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final

from directives.readers.legacy.syllables import is_syllable
from directives.readers.legacy.tables import Encoding, to_unicode

WORD: Final = re.compile("[A-Za-z\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff\uf020-\uf0ff]+")
# A word of plain small letters that stands by itself, not in an address.
PLAIN: Final = re.compile(r"(?<!\S)[a-z]{2,}(?=[,;:.!?)]*(?:\s|$))")
SIGNS: Final = "«»·°§©®¡¿´¨¸¹²³º÷×"
LONE: Final = frozenset("©°")  # signs that stand for themselves where no letter touches them
ABBREVIATION: Final = re.compile("[A-ZĐƯ]{1,8}")
LONGEST: Final = 40  # letters; a longer word says nothing
ENOUGH: Final = 3  # different words that speak for an encoding
ENOUGH_ALONE: Final = 2  # where nothing in the text speaks against it
BALANCE: Final = 2  # words for it to one against
PLAIN_WORDS: Final = 4  # of another language, so many that they tell
PLAIN_SHARE: Final = 0.5
ODD_SHARE: Final = 0.2
HYPOTHESES: Final = (Encoding.TCVN3, Encoding.VNI)


class Voice(Enum):
    """What a word says of an encoding."""

    FOR = "for"
    AGAINST = "against"
    FOREIGN = "foreign"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line without a letter that only Unicode has, and how it is judged."""

    start: int
    end: int
    encoding: Encoding | None = None
    is_clean: bool = False
    words_for: frozenset[str] = frozenset()
    others: int = 0  # words against, and foreign ones


@dataclass(slots=True)
class _Tally:
    words_for: list[str] = field(default_factory=list)
    against: int = 0
    foreign: int = 0

    @property
    def others(self) -> int:
        """Return how many words do not speak for the encoding."""
        return self.against + self.foreign

    @property
    def balance(self) -> int:
        """Return by how much the words for it outweigh the others."""
        return len(self.words_for) - BALANCE * self.others


def recognised(lines: Sequence[str]) -> list[list[tuple[int, int, Encoding]]]:
    """Return for each line the stretches that are in an old encoding, in order."""
    judged = [_judged(line, HYPOTHESES) for line in lines]
    if _support(judged, Encoding.VNI) > _support(judged, Encoding.TCVN3):  # some words are good in both
        judged = [_judged(line, HYPOTHESES[::-1]) for line in lines]
    proven = _proven([segment for segments in judged for segment in segments])
    if not proven:
        return [[] for _ in lines]
    return _followed(judged, proven)


def is_odd(text: str) -> bool:
    """Tell whether plain words are Vietnamese, and many with marks are not: an encoding nobody knows here."""
    plain = PLAIN.findall(text)
    words = [word.strip(SIGNS) for word in WORD.findall(text)]
    odd = sum(not word.isascii() and not is_syllable(word) for word in words)
    vietnamese = len(plain) >= PLAIN_WORDS and sum(map(is_syllable, plain)) > PLAIN_SHARE * len(plain)
    return vietnamese and odd > max(PLAIN_WORDS, ODD_SHARE * len(words))


@lru_cache(maxsize=8192)
def voice(word: str, encoding: Encoding) -> Voice:
    """Tell what one word with letters of Latin-1 says of an encoding."""
    bare = word.strip(SIGNS)
    if not any(char.isalpha() for char in bare):
        return Voice.SILENT
    clean = is_syllable(bare)
    converted = to_unicode(word if encoding is Encoding.TCVN3 else bare, encoding)
    if converted == bare:
        return Voice.SILENT if clean or _is_syllable_in_capitals(bare) else Voice.FOREIGN
    if is_syllable(converted) or _is_syllable_in_capitals(converted):
        return Voice.SILENT if clean or (word.isalpha() and len(word) == 1) else Voice.FOR
    if ABBREVIATION.fullmatch(converted):
        return Voice.SILENT
    return Voice.AGAINST if clean else Voice.FOREIGN


def _is_syllable_in_capitals(word: str) -> bool:
    """Tell a word in capitals whose toned letters had no codes for theirs («CộNG»)."""
    return sum(char.isupper() for char in word) > 1 and is_syllable(word.upper())


def _support(judged: Iterable[Iterable[Segment]], encoding: Encoding) -> int:
    return sum(len(each.words_for) for segments in judged for each in segments if each.encoding is encoding)


def _judged(line: str, hypotheses: Sequence[Encoding]) -> list[Segment]:
    """Cut a line at its words of Unicode and judge what is between; of equal encodings take the first."""
    if line.isascii():
        return []
    segments: list[Segment] = []
    words: list[re.Match[str]] = []
    is_clean = False
    for word in WORD.finditer(line):
        if word[0] in LONE:
            continue
        if all(ord(char) < 0x100 or "\uf020" <= char <= "\uf0ff" for char in word[0]):  # noqa: PLR2004 - Latin-1
            words.append(word)
            continue
        is_clean = True
        if words:
            segments.append(_judge(line, words, hypotheses))
        words = []
    if words:
        segments.append(_judge(line, words, hypotheses))
    if is_clean:  # beside words of Unicode one word more is asked for
        segments = [
            each if len(each.words_for) >= ENOUGH_ALONE else Segment(each.start, each.end, is_clean=True)
            for each in segments
        ] or [Segment(0, 0, is_clean=True)]
    return segments


def _judge(line: str, words: list[re.Match[str]], hypotheses: Sequence[Encoding]) -> Segment:
    start, end = words[0].start(), words[-1].end()
    tallies = {encoding: _tally(words, encoding) for encoding in hypotheses}
    best = max(hypotheses, key=lambda encoding: tallies[encoding].balance)
    tally = tallies[best]
    if _strange_words(line[start:end]) > len(tally.words_for):
        return Segment(start, end, is_clean=True)
    if tally.words_for and tally.balance >= 0:
        return Segment(start, end, best, words_for=frozenset(tally.words_for), others=tally.others)
    return Segment(start, end, is_clean=tally.against > 0, others=tally.others)


def _tally(words: Iterable[re.Match[str]], encoding: Encoding) -> _Tally:
    tally = _Tally()
    for word in words:
        if word[0].isascii() or len(word[0]) > LONGEST:
            continue
        said = voice(word[0], encoding)
        if said is Voice.FOR:
            tally.words_for.append(word[0].lower())
        elif said is Voice.AGAINST:
            tally.against += 1
        elif said is Voice.FOREIGN:
            tally.foreign += 1
    return tally


def _strange_words(words: str) -> int:
    """Count the plain words that are no Vietnamese syllables, where most are none: French or English."""
    plain = PLAIN.findall(words)
    strange = len(plain) - sum(map(is_syllable, plain))
    return strange if len(plain) >= PLAIN_WORDS and strange > PLAIN_SHARE * len(plain) else 0


def _proven(segments: Sequence[Segment]) -> set[Encoding]:
    """Return the encodings that the whole text has enough words for."""
    alone = not any(segment.is_clean or segment.others for segment in segments)
    enough = ENOUGH_ALONE if alone else ENOUGH
    return {
        encoding
        for encoding in HYPOTHESES
        if len(frozenset().union(*(each.words_for for each in segments if each.encoding is encoding)))
        >= enough
    }


def _followed(
    judged: Sequence[Sequence[Segment]], proven: set[Encoding]
) -> list[list[tuple[int, int, Encoding]]]:
    """Let what does not speak for itself follow what was decided before it, or at the start after it."""
    decided = [
        segment.encoding
        for segments in judged
        for segment in segments
        if segment.is_clean or segment.encoding in proven
    ]
    last = decided[0] if decided else None
    found: list[list[tuple[int, int, Encoding]]] = []
    for segments in judged:
        found.append([])
        for segment in segments:
            if segment.is_clean:
                last = None
            elif segment.encoding in proven:
                last = segment.encoding
            if last is not None:
                found[-1].append((segment.start, segment.end, last))
    return found
