"""Walk over the words of a name that no register holds, to where the sentence goes on."""

import re
from functools import cache

from directives.agencies.lexicon import any_of, lexicon
from directives.agencies.running_on import in_names, second, starters
from directives.agencies.source import Source, little_word, starts_name
from directives.agencies.suffixes import area_behind, names_area, provinces
from directives.names import fold

_JOINT = re.compile(r" *(?:([-,&]|và\b) *)?")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r" +\d{1,4}\b(?![/.-]\d)")
_PURPOSE = re.compile(r" +([^\W_]+(?:-\d+)?)")
_COMMA = re.compile(r", +")
_FIELD_JOINT = re.compile(r" *(,|và\b) +")
_FIELDS = 4
_WHOLE = frozenset({"sở", "bộ", "cục", "ngành"})  # whose they are: no first syllable of a word
_PURPOSE_WORDS = 14
_TOKENS = 18  # no name has more words and phrases


@cache
def _within() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon().data["within"]
    behind = "|".join(map(fold, data["behind"]))
    return (
        re.compile(any_of(data["nouns"])),
        re.compile(any_of(data["verbs"])),
        re.compile(rf"(?:{behind})$"),
        re.compile(any_of(data["never"])),
    )


def walk_loud(source: Source, start: int) -> int:
    """Walk over the phrases of a name in an all-capitals line, where capitals tell nothing."""
    nouns, verbs, _, _ = _within()
    end = start
    for _ in range(_TOKENS):
        joint = _JOINT.match(source.folded, end)
        begin = joint.end() if joint else end
        phrase = nouns.match(source.folded, begin) or verbs.match(source.folded, begin)
        if not phrase or begin == end or (joint and joint[1] == ","):
            break
        end = phrase.end()
    return end


def walk(source: Source, start: int, *, numbered: bool = False) -> int:
    """Walk over the words of a name written with capitals and return its end, `start` when none stands there.

    A `numbered` body may bear a number for a name: «Ban Chỉ đạo 389».
    """
    if numbered and (number := _NUMBER.match(source.folded, start)):
        return number.end()
    nouns, verbs, behind, _ = _within()
    end = pending = start
    lone = False  # whether the last word was a capitalised one that stood by itself, as names of places do
    for _ in range(_TOKENS):
        joint = _JOINT.match(source.folded, pending)
        begin = joint.end() if joint else pending
        joiner = joint[1] if joint else None
        if begin == pending or joiner == "," or (end == start and joiner):
            break
        capital = source.is_capital(begin)
        ends = end > start and _ends_name(source, begin, lone=lone, joiner=joiner)
        if capital and (ends or names_area(source, begin)):
            break
        phrase = nouns.match(source.folded, begin) or (verbs.match(source.folded, begin) if capital else None)
        word = source.capitalised(begin)
        if phrase and phrase.end() >= word:
            end, lone = phrase.end(), False
        elif capital and (province := provinces().match(source.folded, begin)) and province.end() > word:
            end, lone = province.end(), True  # «Báo Cao Bằng»: «bằng» is no little word here
        elif capital:
            end = _second_syllable(source, begin, word, first=end == start) if not lone or joiner else word
            lone = end == word and not source.text[begin:end].isupper()
        elif (
            not joiner
            and (verb := verbs.match(source.folded, begin))
            and behind.search(source.folded, start, pending)
        ):
            pending = verb.end()
            end = pending if area_behind(source, pending).words else end
            continue
        else:
            break
        pending = end
    return end


def _ends_name(source: Source, begin: int, *, lone: bool, joiner: str | None) -> bool:
    """Tell whether the capital at `begin` is no more the name's.

    Behind a proper name «và» goes on with the list, and a little word written large begins a sentence.
    """
    if lone and (joiner == "và" or little_word(source, begin)):
        return True
    inside = not joiner and _within()[2].search(source.folded, max(0, begin - 16), begin - 1)
    return starts_name(source, begin) and not inside  # «Công ty Cổ phần Tập đoàn …»


def walk_fields(source: Source, start: int) -> int:
    """Walk over further fields of one body: «Chi cục Chăn nuôi | , Thú y và Thủy sản»; or return `start`."""
    nouns, _, _, _ = _within()
    end = start
    for _ in range(_FIELDS):
        joint = _FIELD_JOINT.match(source.folded, end)
        field = nouns.match(source.folded, joint.end()) if joint else None
        if not joint or not field or not source.is_capital(joint.end()):
            break
        end = field.end()
        if joint[1] == "và":
            return end
    return start


def walk_purpose(source: Source, start: int) -> int:
    """Walk over a purpose up to the level behind it («phòng, chống dịch tỉnh»), or return `start`."""
    end = start
    for count in range(_PURPOSE_WORDS):
        begin = source.after_space(end)
        named = in_names(source, begin)
        if count and not named and area_behind(source, end).words:
            return end
        word = _PURPOSE.match(source.folded, end)
        if not word or (little_word(source, begin) and not named) or starts_name(source, begin):
            return start
        end = word.end()
        comma = _COMMA.match(source.folded, end)
        if comma and second().match(source.folded, comma.end()):
            end = comma.end() - 1
    return start


def _second_syllable(source: Source, begin: int, end: int, *, first: bool) -> int:
    """Return the end of a word of two syllables whose first is the capitalised one: «Giám sát».

    Only what cannot be the sentence's verb is taken; right behind the head everything but little words is.
    """
    syllable = source.text[begin:end]
    if (syllable.isupper() and fold(syllable) not in {"i", "á", "ý"}) or not syllable.isalpha():
        return end  # an abbreviation
    if fold(syllable) in _WHOLE:
        return end  # «Thanh tra Sở | đưa …»
    after = source.after_space(end)
    second = _SYLLABLE.match(source.text, after)
    if after == end or not second or not second[0].islower():
        return end
    phrase = _within()[0].match(source.folded, after)
    if (phrase and phrase.end() > second.end()) or (not first and _within()[3].match(source.folded, after)):
        return end
    if starts_name(source, after) or little_word(source, after) or _sentence_goes_on(source, after):
        return end
    return second.end()


def _sentence_goes_on(source: Source, at: int) -> bool:
    """Tell whether a verb of two syllables, which no name begins small, stands at `at`."""
    found = starters().match(source.folded, at)
    return found is not None and " " in found[0]
