"""Capitals that TCVN3 has no codes for: read from the capitals beside them.

«CéNG HßA» is «CỘNG HÒA»; «Së» alone is «Sở»; «ñy ban» at the head of a sentence is «Ủy ban».
"""

import re
from typing import Final

from directives.readers.legacy.syllables import is_syllable

# Small letters that may stand for capitals: those with a tone.
TONED: Final = frozenset("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
WORD: Final = re.compile(r"[^\W\d_]+")
PARTED: Final = re.compile(r"[.:;!?()|/\d]")
ENOUGH: Final = 2  # capitals that show a word to be set in capitals
COMMITTEE: Final = re.compile(r"(?<!\w)[uủ](?=[ỷy] ban (?!hành))")
HEADLESS: Final = re.compile(r"(^[\W\d_]*|[.!?]\s+)([^\W\d_])(?!\))")


def with_capitals(text: str, *, begins: bool = True) -> str:
    """Return text from TCVN3 with the capitals that its letters had no codes for.

    `begins` tells whether a sentence begins with it.
    """
    parts: list[str] = []
    done = 0
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        if run and PARTED.search(text, run[-1].end(), word.start()):
            done = _raised(text, run, done, parts)
            run = []
        if any(char.islower() and char not in TONED for char in word[0]):
            done = _raised(text, run, done, parts)
            run = []
        else:
            run.append(word)
    done = _raised(text, run, done, parts)
    raised = "".join([*parts, text[done:]])
    raised = HEADLESS.sub(lambda found: _headed(found, begins=begins), raised)
    return COMMITTEE.sub(lambda found: found[0].upper(), raised)


def _headed(found: re.Match[str], *, begins: bool) -> str:
    """Give a sentence its capital; a letter that has a code for it would have had it already."""
    if found[2] not in TONED or (found.start() == 0 and not begins):
        return found[0]
    return found[1] + found[2].upper()


def _raised(text: str, run: list[re.Match[str]], done: int, parts: list[str]) -> int:
    """Write a run of words without a certain small letter, in capitals if one of them surely is."""
    sure = any(
        sum(char.isupper() for char in word[0]) >= ENOUGH and is_syllable(word[0].upper()) for word in run
    )
    for word in run:
        if sure or sum(char.isupper() for char in word[0]) >= ENOUGH:
            parts += [text[done : word.start()], word[0].upper()]
            done = word.end()
    return done
