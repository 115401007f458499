"""Walk on over small words of a name that no list holds: «Vụ Hợp tác | quốc tế», «Cục Quản lý | giá».

A name goes on only up to where it must end: a mark, a verb, a level. Words that begin an order are not taken.
"""

import re
from functools import cache

from directives.agencies.lexicon import any_of, lexicon, load
from directives.agencies.source import Source, little_word, starts_name
from directives.agencies.suffixes import area_behind

_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r" *(?:[,;.:()\n]|$)")
_AND = re.compile(r" +và +")
_NUMBER = re.compile(r" +(?:(?P<number>số) +)?\d{1,4}\b(?! *[/.-] *\w)")
_SERIAL = re.compile(r" - \d{2,4}\b(?![/.-])")
_ENDING = re.compile(r" +(?P<number>\d{1,4}(?:[.-]\d{1,2})?)(?![\w/%]|[.,-]\d)")
_PARTED = re.compile(r" *(?:[,;.:()|\n]|$| - | và +)")
_COMMA = re.compile(r" *, *")
_MOST_WORDS = 6
_MOST_UNKNOWN = 2
_MOST_UNMARKED = 4  # words before a mark that tells less than a verb does
_LOOK_BACK = 24


@cache
def starters() -> re.Pattern[str]:
    """Read the words that go on with a sentence: verbs of work and what stands before them."""
    verbs = load("verbs.toml")
    return re.compile(
        any_of(
            word
            for words in (
                *map(verbs.get, ("adverbs", "actions", "finish", "handover")),
                lexicon().data["names"]["predicates"],
            )
            for word in words or ()
        )
    )


@cache
def _phrases() -> re.Pattern[str]:
    within = lexicon().data["within"]
    return re.compile(any_of([*within["nouns"], *within["verbs"], *within["transitive"]]))


def in_names(source: Source, at: int) -> bool:
    """Tell whether words that names go on with stand at `at`."""
    return _phrases().match(source.folded, at) is not None


@cache
def _lacking() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon().data['within']['transitive'])}$")


@cache
def _school() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon().data['within']['schools'])}$")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon().data['within']['numbered'])}$")


def run_on(source: Source, start: int, end: int) -> int:
    """Return where the name that was read from `start` to `end` really ends."""
    lacks = _lacks(source, start, end)
    if lacks:
        end = _past_comma(source, end)
    if end > start and not _ends_small(source, end):
        return _number_behind(source, start, end)
    begin = source.after_space(end)
    if area_behind(source, end).words and not in_names(source, begin):
        return end
    if begin == end or not _goes_on(source, begin, lacks=lacks):
        return _number_behind(source, start, end)
    at, known = end, lacks
    for count in range(_MOST_WORDS):
        begin = source.after_space(at)
        word = _WORD.match(source.text, begin)
        if not word or begin == at:
            break
        if word[0][0].isupper():
            return source.place(begin) if count and not starts_name(source, begin) else end
        phrase = _phrases().match(source.folded, begin)
        at = max(word.end(), phrase.end() if phrase else 0)
        chained = lacks and _chain(source, start, at)
        known = known or (not count and phrase is not None)
        if not chained and _must_end(source, at, count, known=known):
            return _number_behind(source, start, at)
        if joint := _AND.match(source.folded, at):
            at = joint.end() - 1
    return _number_behind(source, start, end)


def _lacks(source: Source, start: int, end: int) -> bool:
    return _lacking().search(source.folded, max(start, end - _LOOK_BACK), end) is not None


def _past_comma(source: Source, end: int) -> int:
    """Return where «Phổ biến | , giáo dục» ends: a second thing done to the same object."""
    comma = _COMMA.match(source.folded, end)
    other = second().match(source.folded, comma.end()) if comma else None
    return other.end() if other and not source.is_capital(other.start()) else end


@cache
def second() -> re.Pattern[str]:
    """Read the second of two things done to one object."""
    return re.compile(any_of(lexicon().data["within"]["second"]))


def _ends_small(source: Source, end: int) -> bool:
    """Tell whether the last word is written small, as the last of a name of a place is not."""
    start = max(0, end - _LOOK_BACK)
    begin = max(source.text.rfind(" ", start, end), source.text.rfind("\n", start, end)) + 1
    return source.text[begin : begin + 1].islower() or end - begin == 1


def _goes_on(source: Source, begin: int, *, lacks: bool) -> bool:
    if (
        not source.text[begin : begin + 1].islower()
        or little_word(source, begin)
        or starts_name(source, begin)
    ):
        return False
    if lacks and _doing().match(source.folded, begin):
        return True
    return not starters().match(source.folded, begin)


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["within"]["verbs"]))


def _chain(source: Source, start: int, at: int) -> bool:
    """Tell whether two things done follow each other: «Quản lý đầu tư | xây dựng»."""
    begin = source.after_space(at)
    return (
        _doing().match(source.folded, begin) is not None
        and _doing_before().search(source.folded, max(start, at - _LOOK_BACK), at) is not None
    )


@cache
def _doing_before() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon().data['within']['verbs'])}$")


def level_at_end(source: Source, end: int) -> int:
    """Return the end of a level that closes a group: «các sở, ban, ngành | tỉnh», not «tổ chức | xã hội»."""
    tail = area_behind(source, end)
    if not tail.words or tail.many:
        return end
    begin = source.after_space(tail.end)
    ends = _STOP.match(source.folded, tail.end) or _AND.match(source.folded, tail.end)
    goes_on = starters().match(source.folded, begin) and not in_names(source, source.after_space(end))
    return tail.end if ends or goes_on else end


def _must_end(source: Source, at: int, count: int, *, known: bool) -> bool:
    """Tell whether no name goes on behind `at`; for words names are not `known` to have, fewer marks tell."""
    begin = source.after_space(at)
    joint = _AND.match(source.folded, at)
    if joint and not _ends_list(source, joint.end()):
        return False
    verb = starters().match(source.folded, begin) if begin > at else None
    little = begin > at and little_word(source, begin) and not (verb and " " in verb[0])
    goes_on = known if little else verb is not None
    if goes_on or (area_behind(source, at).words and not in_names(source, begin)):
        return True
    if _STOP.match(source.folded, at):
        return count < (_MOST_UNMARKED if known else _MOST_UNKNOWN)
    return joint is not None


def _ends_list(source: Source, at: int) -> bool:
    """Tell whether «và» goes on with something that is no more of the name."""
    return source.is_capital(at) or starts_name(source, at) or starters().match(source.folded, at) is not None


def serial_behind(source: Source, end: int) -> int:
    """Return where the number that ends a name ends: «Công ty Trường Sơn | 36», not «| 02 ngày một lần».

    A mark, «và» or a verb must follow; a verb may be a noun too («| 02 báo cáo»), so no counting 0 before it.
    """
    number = _ENDING.match(source.folded, end)
    if not number:
        return end
    if _PARTED.match(source.folded, number.end()):
        return number.end()
    begin = source.after_space(number.end())
    if number["number"].startswith("0") or _times().match(source.folded, begin):
        return end
    return number.end() if starters().match(source.folded, begin) else end


@cache
def _times() -> re.Pattern[str]:
    return re.compile(any_of(["ngày", "tháng", "năm", "quý", "tuần", "hàng", "trong"]))


def _number_behind(source: Source, start: int, end: int) -> int:
    """Return where the number behind a name ends: «Ban Quản lý dự án | 85», «Đội QLTT | số 4»."""
    number = _NUMBER.match(source.folded, end)
    if number and _school().search(source.folded, max(start, end - _LOOK_BACK), end):
        return (
            source.place(source.after_space(number.end()))
            if source.capitalised(number.end() + 1)
            else number.end()
        )
    if number and (number["number"] or _numbered().search(source.folded, max(start, end - _LOOK_BACK), end)):
        return number.end()
    serial = _SERIAL.match(source.folded, end)
    return serial.end() if serial else end
