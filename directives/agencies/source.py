"""The text being read, in its own letters and in folded ones, and the small steps names are read by."""

import re
from dataclasses import dataclass
from functools import cache

from directives.agencies.lexicon import UPPER, any_of, lexicon
from directives.names import fold

CAPITAL = rf"[{UPPER}]"
_WORD = re.compile(rf"{CAPITAL}[^\W_]*(?:[&.-](?={CAPITAL})[^\W_]+)*|Đ/c")
_GAP = re.compile(r"\s*")
_HYPHEN = re.compile(rf" +[-–] +(?={CAPITAL})")
_SOFT_WRAP = 40  # a line at least this long may be broken inside a name; a short one ends on purpose


@dataclass(frozen=True, slots=True)
class Source:
    """A text and its folded letters; the same offsets hold in both."""

    text: str
    folded: str

    @classmethod
    def of(cls, text: str) -> "Source":
        """Fold a canonical text."""
        return cls(text, fold(text))

    def words(self, start: int, end: int) -> str:
        """Return the words of a stretch with single spaces, page numbers between lines left out."""
        if "\n" not in self.text[start:end]:
            return " ".join(self.text[start:end].split())
        kept = (
            " " if plain == " " else letter
            for letter, plain in zip(self.text[start:end], self.folded[start:end], strict=True)
        )
        return " ".join("".join(kept).split())

    def gap(self, at: int) -> int:
        """Return where the next word on this line, or on the next one of wrapped prose, begins; else `at`."""
        folded = self.folded
        end = at
        while end < len(folded) and folded[end] == " ":
            end += 1
        if end > at and "\n" in self.text[at:end]:
            line = self.text.rfind("\n", 0, at) + 1
            if at - line < _SOFT_WRAP or (
                self.text.count("\n", at, end) > 1 and not self.text[at:end].strip()
            ):
                return at
        return end

    def capital(self, at: int) -> int:
        """Return the end of a word written with a capital, or `at`."""
        match = _WORD.match(self.text, at)
        return match.end() if match else at

    def is_capital(self, at: int) -> bool:
        """Tell whether a capital stands here."""
        return at < len(self.text) and self.text[at].isupper()

    def shouts(self, start: int, end: int) -> bool:
        """Tell whether a stretch is all in capitals, as headings are."""
        return self.text[start:end].isupper()

    def place(self, at: int, *, most: int = 4) -> int:
        """Return the end of a place name that begins at `at`, or `at`."""
        end = self.capital(at)
        if end == at:
            number = re.compile(r"(?:số )?\d{1,2}\b(?![/.,]\d)").match(self.folded, at)
            return number.end() if number else at
        count = 1
        while count < most:
            hyphen = _HYPHEN.match(self.text, end)
            begin = hyphen.end() if hyphen else self.gap(end)
            after = self.capital(begin)
            if begin in (end, after) or starts_body(self, begin):
                break
            end, count = after, count + 1
        return end


@cache
def _strong() -> re.Pattern[str]:
    """Read the words that always begin a new name or a title: those of more than one syllable, and a few short ones."""
    words = [head.word for head in lexicon().heads.values() if " " in head.word or head.area]
    titles = [title for title in lexicon().data["titles"]["words"] if " " in title]
    return re.compile(any_of([*words, *titles, "Sở", "Bộ", "Cục", "các"]))


def starts_body(source: Source, at: int) -> bool:
    """Tell whether a new name, rather than more of this one, begins at `at`."""
    return _strong().match(source.folded, at) is not None
