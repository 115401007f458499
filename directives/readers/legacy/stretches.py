"""Words that their font says are in an old encoding: believed unless the words say otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from directives.model import Doubt
from directives.readers.legacy.capitals import with_capitals
from directives.readers.legacy.recognise import WORD, Voice, voice
from directives.readers.legacy.restore import UNICODE_ONLY, font_doubt
from directives.readers.legacy.tables import Encoding, respelled


@dataclass(slots=True)
class Stretch:
    """Words side by side in one font, in the shares that the file keeps them in."""

    encoding: Encoding
    begins: bool  # a paragraph begins with it
    shares: Sequence[str]
    is_unicode: bool = field(init=False)  # whatever the font
    is_sure: bool = field(init=False)  # its words say what the font says

    def __post_init__(self) -> None:
        said = [voice(word, self.encoding) for word in WORD.findall(self.words) if not word.isascii()]
        surplus = said.count(Voice.FOR) - said.count(Voice.AGAINST)
        self.is_unicode = surplus < 0 or UNICODE_ONLY.search(self.words) is not None
        self.is_sure = surplus > 0 and not self.is_unicode

    @property
    def words(self) -> str:
        """Return the words as they stand in the file."""
        return "".join(self.shares)

    def rewritten(self) -> list[str]:
        """Return the shares in Unicode."""
        letters = respelled(list(self.words), self.encoding)
        if self.encoding is Encoding.TCVN3:
            letters = list(with_capitals("".join(letters), begins=self.begins))
        shares, start = [], 0
        for share in self.shares:
            shares.append("".join(letters[start : start + len(share)]))
            start += len(share)
        return shares


def believed(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches to rewrite; where most are in Unicode, only those whose words ask for it."""
    stretches = list(stretches)
    lies = sum(each.is_unicode for each in stretches) > sum(each.is_sure for each in stretches)
    return [each for each in stretches if each.is_sure or not (lies or each.is_unicode)]


def doubts_about(changed: Iterable[tuple[Stretch, Sequence[str]]]) -> tuple[Doubt, ...]:
    """Return a doubt for each encoding met, with the first words that changed."""
    doubts: dict[Encoding, Doubt] = {}
    for stretch, shares in changed:
        after = "".join(shares)
        if after != stretch.words and stretch.encoding not in doubts:
            doubts[stretch.encoding] = font_doubt(stretch.encoding, stretch.words, after)
    return tuple(doubts.values())
