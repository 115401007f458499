"""The text being read, in its own letters and in folded ones, and the small steps names are read by."""

import re
from dataclasses import dataclass
from functools import cache

from directives.agencies.lexicon import UPPER, any_of, lexicon
from directives.names import fold

_CAPITALISED = re.compile(rf"[{UPPER}][^\W_]*(?:[&.-](?=[{UPPER}])[^\W_]+)*")
_NUMBER = re.compile(r"(?:số +)?\d{1,2}\b(?![/.,-]\d)")
_HYPHEN = re.compile(r" +- +(?=\w)")
_PLACE_WORDS = 4  # «Bà Rịa - Vũng Tàu»; no name of a place has more


@dataclass(frozen=True, slots=True)
class Source:
    """A text and its folded letters; the same offsets hold in both."""

    text: str
    folded: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Source":
        """Fold a stretch of canonical text, its surroundings telling which lines run on."""
        return cls(text[start:end], fold(text)[start:end])

    def words(self, start: int, end: int) -> str:
        """Return the words of a stretch with single spaces, without a page number that folding blanked."""
        words = self.text[start:end]
        if "\n" in words:
            folded = self.folded[start:end]
            words = "".join(" " if plain == " " else own for own, plain in zip(words, folded, strict=True))
        elif "  " not in words:
            return words.strip()
        return " ".join(words.split())

    def ordinary(self, start: int, end: int) -> str:
        """Return the words of a stretch, those of an all-capitals line with their first letters large."""
        words = self.words(start, end)
        return words.title() if self.shouts(start, end) else words

    def after_space(self, at: int) -> int:
        """Return where the word behind the space at `at` begins, or `at` if there is none."""
        folded = self.folded
        while folded.startswith(" ", at):
            at += 1
        return at

    def capitalised(self, at: int) -> int:
        """Return the end of a word written with a capital, or `at`."""
        match = _CAPITALISED.match(self.text, at)
        return match.end() if match else at

    def is_capital(self, at: int) -> bool:
        """Tell whether a capital stands here."""
        return self.text[at : at + 1].isupper()

    def shouts(self, start: int, end: int) -> bool:
        """Tell whether a stretch is all in capitals, as headings are; abbreviations are not."""
        words = self.text[start:end]
        return words.isupper() and any(len(word) > 1 and not is_short(word) for word in words.split())

    def place(self, at: int) -> int:
        """Return the end of the name of a place that begins at `at`, or `at`."""
        end = self.capitalised(at)
        if end == at:
            number = _NUMBER.match(self.folded, at)
            return number.end() if number else at
        shouting = self.text[at:end].isupper() and end - at > 1
        for count in range(1, _PLACE_WORDS):
            hyphen = _HYPHEN.match(self.folded, end)
            begin = hyphen.end() if hyphen else self.after_space(end)
            after = self.capitalised(begin)
            if begin in {end, after} or self._ends_place(begin, after, shouting=shouting):
                break
            if count > 1 and _surnames().match(self.folded, begin):
                break
            end = after
        return end

    def _ends_place(self, begin: int, end: int, *, shouting: bool) -> bool:
        """Tell whether the capital at `begin` is no more the place's: a new name, a person, a heading."""
        word = self.text[begin:end]
        if starts_name(self, begin) or (shouting and not word.isupper()):
            return True
        if shouting:
            return little_word(self, begin)
        person = _surnames().match(self.folded, begin)
        return bool(person and self.capitalised(self.after_space(end)) > self.after_space(end))


@cache
def _short_words() -> frozenset[str]:
    shorts = (short for forms in lexicon().short.values() for short in forms)
    return frozenset(
        fold(word) for short in shorts for word in re.findall(r"[^\W_]+", short) if word.isupper()
    )


def is_short(word: str) -> bool:
    """Tell whether a word is an abbreviation of the lexicon, always written large."""
    return fold(word) in _short_words()


@cache
def _strong() -> re.Pattern[str]:
    """Read the words that always begin a new name: long heads and titles, and a few short ones."""
    heads = [
        head.word for head in lexicon().heads.values() if (" " in head.word or head.area) and not head.inner
    ]
    titles = [title for title in lexicon().data["titles"]["words"] if " " in title]
    return re.compile(any_of([*heads, *titles, *lexicon().data["names"]["begin"]]))


@cache
def _region_before() -> re.Pattern[str]:
    return re.compile(r"(?:bắc|trung|nam) +$")  # «Bắc Trung Bộ» is no ministry


@cache
def _surnames() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["names"]["surnames"]))


@cache
def _little_words() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["names"]["little_words"]))


def little_word(source: Source, at: int) -> bool:
    """Tell whether a word that is never part of a name stands at `at`."""
    return _little_words().match(source.folded, at) is not None


def starts_name(source: Source, at: int) -> bool:
    """Tell whether a new name, rather than more of this one, begins at `at`."""
    found = _strong().match(source.folded, at)
    return found is not None and not (
        found[0] == "bộ" and _region_before().search(source.folded, max(0, at - 7), at)
    )
