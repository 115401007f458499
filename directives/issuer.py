"""The issuing body, from the capitals of a letterhead to ordinary case: «UBND tỉnh Hà Tĩnh»."""

import re
from collections.abc import Sequence
from functools import cache

from directives.agencies import find_agencies
from directives.agencies.lexicon import lexicon
from directives.model import Span
from directives.text import folded, one_line

_NOT_ISSUER = re.compile(
    r"(?i)cộng h(?:òa|oà)|^h(?:òa|oà) xã hội|xã hội chủ nghĩa|độc lập|đảng cộng sản|^số\b|^v/v|^về việc|ngày .* tháng|"
    r"hỏa tốc|hoả tốc|^khẩn|thượng khẩn|^mật$|^dự thảo|^kính gửi|^cộng$|tải về|trang chủ"
)
_ISSUER = re.compile(
    r"(?i)^(?:chủ tịch |phó chủ tịch )?(?:ủy ban|uỷ ban|ubnd|ub |hội đồng|hđnd|bộ |sở |văn phòng|ban |chính phủ|thủ tướng|tỉnh|thành|huyện|"
    r"quận|thị|xã|phường|đảng|cục|chi cục|tổng cục|thanh tra|công an|phòng|trung tâm|mặt trận|tòa|viện|đặc khu|liên đoàn|hội |"
    r"đoàn|bảo hiểm|kho bạc|ngân hàng|trường|đại học|học viện|thuế|hải quan|và |\*)"
)
_MOST_LINES = 4
_PEOPLES_COMMITTEE = re.compile(r"(?:ủy ban nhân dân|ủy ban nd|ub nhân dân|ubnd)\s*")
_LEVELS = (
    "thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường", "tp", "tx",
)  # fmt: skip
_LEVEL = re.compile(rf"\b({'|'.join(_LEVELS)})\b\.?\s*")
_PARTY = re.compile(r"^(tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy)\s*(.*)$")
_UNIT = re.compile(
    r"(?i)^(?:trung tâm|chi cục|phòng|trường|bệnh viện|ban quản lý|thanh tra|văn phòng|cục|viện)\b"
)


def issuer_from(cells: Sequence[str]) -> str | None:
    """Return the body that the capitals of the left column name, None where they name none."""
    lines = [
        cell
        for cell in (one_line(cell).strip(" -–_*=") for cell in cells)
        if cell and not _NOT_ISSUER.search(cell) and cell == cell.upper()
    ]
    first = next((index for index, line in enumerate(lines) if _ISSUER.match(line)), len(lines))
    lines = lines[first : first + _MOST_LINES]
    if not lines:
        return None
    return _joined([line.strip(" *") for line in lines if line.strip(" *")])


def _joined(lines: list[str]) -> str | None:
    if not lines:
        return None
    whole = folded(" ".join(lines))
    whole = re.sub(r"^(?:phó )?chủ tịch ", "", whole)
    committee = _PEOPLES_COMMITTEE.search(whole)
    if committee is None and len(lines) > 1 and _UNIT.match(lines[-1]):
        above = _LEVEL.search(folded(" ".join(lines[:-1])))
        place = f" {_place_name(folded(' '.join(lines[:-1]))[above.start() :])}" if above else ""
        return ordinary_case(lines[-1]) + place
    if committee is None or committee.start() > 0:
        return ordinary_case(" ".join(lines))
    place, unit = _place_and_unit(whole[committee.end() :], lines)
    if unit is None:
        return f"UBND {place}".strip()
    if folded(unit).startswith("văn phòng"):
        return f"{ordinary_case(unit)} UBND {place}"
    return f"{ordinary_case(unit)} {place}".strip()


def _place_and_unit(place: str, lines: list[str]) -> tuple[str, str | None]:
    """Part «tỉnh lâm đồng văn phòng» by the lines: what follows the line with the place is a unit under it."""
    for index, line in enumerate(lines):
        small = folded(line)
        if _LEVEL.search(small) and (index > 0 or _LEVEL.search(_PEOPLES_COMMITTEE.sub("", small))):
            rest = lines[index + 1 :]
            if rest and _PEOPLES_COMMITTEE.match(folded(rest[0])):  # «UBND huyện …» above «UBND xã …»
                return _place_and_unit(place, rest)
            name = _place_name(_PEOPLES_COMMITTEE.sub("", re.sub(r"^(?:phó )?chủ tịch ", "", small)))
            return name, " ".join(rest) if rest else None
    return _place_name(place), None


def _place_name(words: str) -> str:
    """Write «tỉnh hà tĩnh» as «tỉnh Hà Tĩnh»."""
    level = _LEVEL.match(words)
    if level is None:
        return _title_case(words)
    return f"{level[1]} {_title_case(words[level.end() :])}".strip()


def _title_case(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def ordinary_case(words: str) -> str:
    """Return a name in capitals as it is printed in running text; the register's spelling where it knows the name."""
    small = folded(words)
    party = _PARTY.match(small)
    if party:
        return f"{party[1].capitalize()} {_place_name(party[2])}".strip()
    for mention in find_agencies(words):
        if mention.span.start == 0 and mention.code is not None:
            rest = small[mention.span.end :].strip()
            return f"{mention.name} {_place_name(rest)}".strip() if rest else mention.name
    level = _LEVEL.search(small)
    if level is None or level.start() == 0:
        return _committee(small[:1].upper() + small[1:])
    head = small[: level.start()].strip()
    return _committee(f"{head[:1].upper()}{head[1:]} {_place_name(small[level.start() :])}")


def _committee(name: str) -> str:
    return re.sub(r"(?i)\b(?:ủy ban nhân dân|ubnd)\b", "UBND", name)


def issuer_in_words(words: str) -> str | None:
    """Return the body that running text says has issued something: «Chủ tịch UBND tỉnh Kon Tum» -> «UBND tỉnh Kon Tum»."""
    name, _ = committee_named(words, official=True)
    if name is not None:
        return name
    below = _BELOW_PROVINCE.search(one_line(words))
    return _committee(below[0]) if below else None


def committee_named(text: str, *, official: bool) -> tuple[str | None, Span | None]:
    """Return the province's committee that a text names first; unless `official`, only where it says UBND."""
    for found in _province().finditer(text):
        if official or found["committee"]:
            small = folded(found["place"])
            place = next(name for name in lexicon().provinces if folded(name) == small)
            level = "thành phố" if small.removeprefix("thành phố ") in _CITIES else "tỉnh"
            return f"UBND {level} {place.removeprefix('Thành phố ')}", Span(*found.span())
    return None, None


_CITIES = frozenset({"hà nội", "hải phòng", "đà nẵng", "cần thơ", "hồ chí minh", "huế"})
_BELOW_PROVINCE = re.compile(
    r"(?:[UỦ][yỷ] ban [Nn]hân dân|UBND) (?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?: [A-ZĐÀ-Ỹ][^\W\d_]*){1,4}|(?:Sở|Bộ) [A-ZĐ][^,;.]{2,60}"
)


@cache
def _province() -> re.Pattern[str]:
    """Find «UBND tỉnh Hà Tĩnh», «tỉnh Hà Tĩnh», «TỈNH HÀ TĨNH» with one of the known names."""
    names = "|".join(
        re.escape(name).replace("\\ ", r"\s+") for name in sorted(lexicon().provinces, key=len, reverse=True)
    )
    return re.compile(
        rf"(?i)(?P<committee>(?:ubnd|[uủ][yỷ] ban nhân dân)\s+)?(?:(?:tỉnh|thành phố|tp\.?)\s+(?P<place>{names})(?!\w))"
    )
