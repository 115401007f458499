"""Read what may follow a name: «tỉnh», «huyện Đức Thọ», a province's name."""

import re
from dataclasses import dataclass
from functools import cache

from directives.agencies.excepted import WITHOUT
from directives.agencies.lexicon import any_of, head_before, lexicon
from directives.agencies.source import Source, starts_name
from directives.names import fold

_EXCEPT = re.compile(rf" *\((?:{WITHOUT}|ngoài) [^()]{{1,160}}\)")
_EXCEPT_BETWEEN = re.compile(rf" *, *{WITHOUT} [^,;.:()\n]{{1,120}}(?=,)")
_EXCEPT_MORE = re.compile(r", *(?:và +)?(?P<more>\w)[^,;.:()\n]{1,80}(?=,)")
_EXCEPT_AREAS = re.compile(rf" *,? *{WITHOUT} +")
_NEXT_AREA = re.compile(r" *(?:,|và\b) *(?:và +)?")
_EACH_COMMITTEE = re.compile(rf"(?:các +)?(?:(?:ubnd|{fold('ủy ban nhân dân')}) +)?(?:các +)?")
MOST = 40  # kinds of member in one group; a limit keeps a scan of endless lists linear


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of what was read, and its words in standard form."""

    end: int
    words: str = ""
    many: bool = False  # «các huyện, thành phố»: the body of each


@cache
def levels() -> re.Pattern[str]:
    """Read a level: «tỉnh», «thị xã», «TP.»."""
    return re.compile(any_of(lexicon().data["levels"]["names"]) + r"(?:(?<=\bt[px])\.)?")


@cache
def provinces() -> re.Pattern[str]:
    """Read the name of a province."""
    return re.compile(any_of(lexicon().provinces))


@cache
def _every_area() -> re.Pattern[str]:
    """Read «các huyện, thị xã, thành phố», «các xã»."""
    level = any_of([*lexicon().data["levels"]["names"], *lexicon().data["levels"]["grouped"]])
    return re.compile(
        rf"(?:các|những) +{level}(?:(?: *[,/] *| +và +){level}){{0,{MOST}}}{group_tails().pattern}"
    )


@cache
def group_tails() -> re.Pattern[str]:
    """Read what narrows a group: «liên quan», «trên địa bàn tỉnh»; an empty match when nothing does."""
    return re.compile(rf"((?: +{any_of(lexicon().data['groups']['tails'])}){{0,4}})")


def except_behind(source: Source, end: int) -> int:
    """Return where those excepted from a group end: «… (trừ huyện A)», «…, trừ huyện A, huyện B | , …».

    Without a mark behind them only areas are read, whose ends are sure: «… trừ huyện A | rà soát».
    """
    begin = end
    if without := _EXCEPT.match(source.folded, end):
        return without.end()
    without = _EXCEPT_BETWEEN.match(source.folded, end)
    for _ in range(MOST if without else 0):
        end = without.end() if without else end
        without = _EXCEPT_MORE.match(source.folded, end)
        if not without or not (
            levels().match(source.folded, without.start("more")) or starts_name(source, without.start("more"))
        ):
            break
    return max(end, _areas_excepted(source, begin))


def _areas_excepted(source: Source, end: int) -> int:
    """Return where «… trừ huyện A, B và thị xã C» ends, `end` when no areas are excepted there."""
    joint = _EXCEPT_AREAS.match(source.folded, end)
    for count in range(MOST):
        after = _area_end(source, joint.end(), again=count > 0) if joint else 0
        if not after:
            break
        end = after
        joint = _NEXT_AREA.match(source.folded, end)
    return end


def _area_end(source: Source, at: int, *, again: bool) -> int:
    """Return the end of an area named with its level, `again` without one too; 0 where none is named."""
    begin = _EACH_COMMITTEE.match(source.folded, at)
    at = begin.end() if begin else at
    if level := levels().match(source.folded, at):
        place = place_behind(source, level_name(source, at, level.end()), level.end())
        return place.end if place.words else 0
    bare = again and source.is_capital(at) and not head_before(source.folded, at)
    return source.place(at) if bare and not starts_name(source, at) else 0


@cache
def open_tails() -> re.Pattern[str]:
    """Find the words that leave open who belongs to a group."""
    return re.compile(any_of(lexicon().data["groups"]["open_tails"]))


def level_name(source: Source, start: int, end: int) -> str:
    """Return a level as standard words: «TP.» is «thành phố»."""
    word = source.words(start, end).lower()
    standard: dict[str, str] = lexicon().data["levels"]["standard"]
    return standard.get(fold(word).rstrip("."), word)


def place_behind(source: Source, level: str, end: int) -> Tail:
    """Read the place behind a level; a province must be a known one, since names of people follow too."""
    begin = source.after_space(end)
    if begin == end and not level.endswith("."):
        return Tail(end)
    province = provinces().match(source.folded, begin)
    if province and source.is_capital(begin):
        return Tail(province.end(), source.ordinary(begin, province.end()))
    if level == "tỉnh" or starts_name(source, begin) or _falls_silent(source, end, begin):
        return Tail(end)
    after = source.place(begin)
    return Tail(after, source.ordinary(begin, after)) if after > begin else Tail(end)


def area_behind(source: Source, end: int) -> Tail:
    """Read a level with or without its place, or a province's bare name, behind a name."""
    begin = source.after_space(end)
    if begin == end:
        return Tail(end)
    if every := _every_area().match(source.folded, begin):
        return Tail(every.end(), source.words(begin, every.end()).lower(), many=True)
    province = provinces().match(source.folded, begin)
    if province and source.is_capital(begin):
        return Tail(province.end(), source.ordinary(begin, province.end()))
    level = levels().match(source.folded, begin)
    if not level or (source.is_capital(begin) and starts_name(source, begin)):
        return Tail(end)  # «Ban Tuyên giáo | Huyện ủy»
    name = level_name(source, begin, level.end())
    place = place_behind(source, name, level.end())
    return Tail(place.end, f"{name} {place.words}".strip())


def _falls_silent(source: Source, end: int, begin: int) -> bool:
    """Tell whether a level ends an all-capitals heading and the next line's sentence begins behind it."""
    level = source.text[source.text.rfind(" ", max(0, end - 12), end) + 1 : end]
    return (
        level.isupper()
        and level.rstrip(".") not in {"TP", "TX"}
        and not source.text[begin : begin + 2].isupper()
    )


def names_area(source: Source, at: int) -> bool:
    """Tell whether a level with its place stands at `at`: «Quận 3», «Thành phố Vinh»."""
    level = levels().match(source.folded, at)
    return bool(level and place_behind(source, level_name(source, at, level.end()), level.end()).words)
