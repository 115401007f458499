"""The issuing body, from the capitals of a letterhead to ordinary case: «UBND tỉnh Hà Tĩnh»."""

import re
from collections.abc import Sequence
from functools import cache

from directives.agencies import find_agencies
from directives.agencies.lexicon import lexicon
from directives.model import Span
from directives.text import folded, one_line

_NOT_ISSUER = re.compile(
    r"(?i)cộng h(?:òa|oà)|^h(?:òa|oà) xã hội|xã hội chủ nghĩa|độc lập|đảng cộng sản|^số\b|^v/v|^về việc"
    r"|ngày .* tháng|"
    r"hỏa tốc|hoả tốc|^khẩn|thượng khẩn|^mật$|^dự thảo|^kính gửi|^cộng$|tải về|trang chủ"
)
_ISSUER = re.compile(
    r"(?i)^(?:chủ tịch |phó chủ tịch )?(?:ủy ban|uỷ ban|ubnd|ub |hội đồng|hđnd|bộ |sở |văn phòng|ban "
    r"|chính phủ|thủ tướng|tỉnh|thành|huyện|"
    r"quận|thị|xã|phường|đảng|cục|chi cục|tổng cục|thanh tra|công an|phòng|trung tâm|mặt trận|tòa|viện"
    r"|đặc khu|liên đoàn|hội |"
    r"đoàn|bảo hiểm|kho bạc|ngân hàng|trường|đại học|học viện|thuế|hải quan|và |\*)"
)
_MOST_LINES = 4
_LETTER = re.compile(r"[^\W\d_]")
_RULES = " -–—_*=~.:─━═―│┃║|"
_PEOPLES_COMMITTEE = re.compile(r"(?:ủy ban nhân dân|ủy ban nd|ub nhân dân|ubnd)\s*")
_LEVELS = (
    "thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường", "tp", "tx",
)  # fmt: skip
_LEVEL = re.compile(rf"\b({'|'.join(_LEVELS)})\b\.?\s*")
_PARTY = re.compile(r"^(tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy)\s*(.*)$")
_PARTY_ABOVE = re.compile(r"^(?:đảng bộ|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy)(?!\w)")
_PARTY_UNIT = re.compile(
    r"^(?:ban (?:thường vụ|chấp hành|tổ chức|tuyên giáo|dân vận|nội chính|cán sự|kinh tế|bảo vệ|chỉ đạo)"
    r"|văn phòng"
    r"|ủy ban kiểm tra|trung tâm|thường trực|đảng đoàn|trường)(?!\w)"
)
_SUPERIOR = re.compile(r"^(?:bộ|sở|tổng cục)(?! (?:chỉ huy|tư lệnh))(?!\w)")
_UNIT_OF_SUPERIOR = re.compile(
    r"^(?:cục|chi cục|tổng cục|vụ|thanh tra|viện|trung tâm|trường|bệnh viện|văn phòng|ban quản lý"
    r"|phòng(?! chống)"
    r"|bộ (?:chỉ huy|tư lệnh)|công an)(?!\w)"
)


_OWN_NAME = re.compile(
    r"(?<=^Cục )\w|(?<=^Chi cục )\w|(?<=^Vụ )\w|(?<=^Viện )\w|(?<=^Trung tâm )\w|(?<=^Trường )\w"
)


def issuer_from(cells: Sequence[str]) -> str | None:
    """Return the body that the capitals of the left column name, None where they name none."""
    lines = [
        cell
        for cell in (one_line(cell).strip(_RULES) for cell in cells)
        if _LETTER.search(cell) and not _NOT_ISSUER.search(cell) and cell == cell.upper()
    ]
    first = next((index for index, line in enumerate(lines) if _ISSUER.match(line)), len(lines))
    lines = lines[first : first + _MOST_LINES]
    if not lines:
        return None
    return _joined(_with_places([line.strip(" *") for line in lines if line.strip(" *")]))


def _with_places(lines: list[str]) -> list[str]:
    """Put a place behind its level where the line broke between them: «ỦY BAN NHÂN DÂN TỈNH / QUẢNG NGÃI»."""
    whole: list[str] = []
    for line in lines:
        if whole and folded(whole[-1]).endswith(_LEVELS) and not _ISSUER.match(line):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def _joined(lines: list[str]) -> str | None:
    if not lines:
        return None
    whole = folded(" ".join(lines))
    whole = re.sub(r"^(?:phó )?chủ tịch ", "", whole)
    if name := _of_the_party(lines) or _below_another(lines):
        return name
    committee = _PEOPLES_COMMITTEE.search(whole)
    if committee is None or committee.start() > 0:
        return ordinary_case(" ".join(lines))
    place, unit = _place_and_unit(whole[committee.end() :], lines)
    if unit is None:
        return f"UBND {place}".strip()
    if folded(unit).startswith("văn phòng"):
        return f"{ordinary_case(unit)} UBND {place}"
    return f"{ordinary_case(unit)} {place}".strip()


def _of_the_party(lines: list[str]) -> str | None:
    """Name the lower of two Party bodies: «ĐẢNG BỘ TỈNH … / HUYỆN ỦY NGA SƠN»; a unit bears its name too."""
    small = [folded(line) for line in lines]
    if not _PARTY_ABOVE.match(small[0]):
        return None
    last = max(index for index, line in enumerate(small) if _PARTY_ABOVE.match(line))
    body = _party_name(" ".join(small[last : last + 1]))
    rest = small[last + 1 :]
    if rest and _PARTY_UNIT.match(rest[0]):
        return f"{_party_unit(' '.join(rest))} {body}".strip()
    return _party_name(" ".join(small[last:]))


def _party_name(small: str) -> str:
    """Write «huyện ủy nga sơn» as «Huyện ủy Nga Sơn», «đảng ủy xã nga thái» as «Đảng ủy xã Nga Thái»."""
    party = _PARTY.match(small)
    if party is None:
        level = _LEVEL.search(small)
        head, place = (small[: level.start()], small[level.start() :]) if level else (small, "")
        return f"{head[:1].upper()}{head[1:]}{_place_name(place)}".strip()
    if party[1] == "đảng ủy" and not _LEVEL.match(party[2]):
        return f"Đảng ủy {party[2]}".strip()
    place = _place_name(party[2]) if _LEVEL.match(party[2]) else _title_case(party[2])
    return f"{party[1].capitalize()} {place}".strip()


def _party_unit(small: str) -> str:
    """Write «ban tuyên giáo» as «Ban Tuyên giáo», «ủy ban kiểm tra» as «Ủy ban Kiểm tra»."""
    head = next((one for one in ("ủy ban ", "ban ") if small.startswith(one)), "")
    rest = small[len(head) :]
    return f"{head[:1].upper()}{head[1:]}{rest[:1].upper()}{rest[1:]}"


def _below_another(lines: list[str]) -> str | None:
    """Name the lower of «BỘ CÔNG THƯƠNG / CỤC XUẤT NHẬP KHẨU»: it issues, not the body above it."""
    small = [folded(line) for line in lines]
    start = next((n for n, line in enumerate(small) if n and _UNIT_OF_SUPERIOR.match(line)), None)
    if start is None or not _SUPERIOR.match(small[0]):
        return None
    over = " ".join(small[:start])
    level = _LEVEL.search(over)
    own = _OWN_NAME.sub(lambda head: head[0].upper(), ordinary_case(" ".join(lines[start:])))
    return (
        f"{own} {_place_name(over[level.start() :])}"
        if level and not _LEVEL.search(" ".join(small[start:]))
        else own
    )


def _place_and_unit(place: str, lines: list[str]) -> tuple[str, str | None]:
    """Part «tỉnh lâm đồng văn phòng» by the lines: what follows the place is a unit under it."""
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
    """Return a name in capitals as running text prints it; the register's spelling where it has one."""
    small = folded(words)
    if _PARTY.match(small):
        return _party_name(small)
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


def issuer_in_words(words: str, context: str = "") -> str | None:
    """Return the body that running text says has issued something, «UBND tỉnh Kon Tum» for its chairman.

    A person's name behind the office is no place («Phó Chủ tịch UBND tỉnh Dương Tất Thắng»). Where the words
    give no place, the first province or city that `context` names is meant: «Văn phòng UBND thành phố».
    """
    words = one_line(words)
    office = "Văn phòng " if _OFFICE.match(words) else ""
    name, _ = committee_named(words, official=True)
    if name is not None:
        return f"{office}{name}"
    below = _BELOW_PROVINCE.search(words)
    if below and not _is_person(words, below):
        return f"{office}{_committee(below[0])}"
    party = _PARTY_IN_WORDS.search(words)
    if party:
        return party[0].replace("Uỷ", "Ủy").replace("uỷ", "ủy")
    level = _BARE_LEVEL.search(words)
    place = _first_place(context, folded(level["level"])) if level else None
    return f"{office}UBND {place}" if place else None


_OFFICE = re.compile(r"(?:Chánh )?[Vv]ăn phòng (?=UBND|[UỦ][yỷ] ban)")
_PARTY_IN_WORDS = re.compile(r"(?:Tỉnh|Thành|Thị|Quận|Huyện) [uủ][yỷ](?: [A-ZĐÀ-Ỹ][^\W\d_]*){1,4}")
_BARE_LEVEL = re.compile(
    r"(?:UBND|[UỦ][yỷ] ban [Nn]hân dân) (?P<level>tỉnh|thành phố|TP)(?! trực thuộc)(?!\w)", re.IGNORECASE
)
_OF_OFFICE = re.compile(r"(?i)chủ tịch\s+$")
_SURNAMES = re.compile(
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|lương|lâm|trịnh|mai"
    r"|đào|hà|tô|trương|tạ|cao|phùng|quách|thái|vương|lưu|châu|tống|hứa|kiều|bạch|thạch)"
)
_WORDS_OF_A_PERSON = 3
_FIRST_LINES = 600  # whose page it is stands near its top; a place further down may be any


def _is_person(words: str, found: re.Match[str]) -> bool:
    """Tell whether the capitals behind «Chủ tịch UBND huyện» are the chairman's own name."""
    if not _OF_OFFICE.search(words[: found.start()]):
        return False
    name = [word for word in found[0].split()[1:] if word[0].isupper()]
    return len(name) >= _WORDS_OF_A_PERSON and _SURNAMES.fullmatch(folded(name[0])) is not None


def _first_place(context: str, level: str) -> str | None:
    """Return the province or, for «thành phố», the city that a text names first."""
    wanted = "tỉnh" if level == "tỉnh" else "thành phố"
    small = folded(one_line(context[:_FIRST_LINES]))
    found = []
    for province in lexicon().provinces:
        bare = folded(province).removeprefix("thành phố ")
        at = re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", small) if bare in small else None
        if at and (bare in _CITIES) == (wanted == "thành phố"):
            found.append((at.start(), province.removeprefix("Thành phố ")))
    return f"{wanted} {min(found)[1]}" if found else None


def committee_named(text: str, *, official: bool) -> tuple[str | None, Span | None]:
    """Return the province's committee that a text names first; unless `official`, only where it says UBND."""
    for found in _province().finditer(text):
        if official or found["committee"]:
            small = folded(one_line(found["place"]))  # a wide gap or a page may part its words
            place = next(name for name in lexicon().provinces if folded(name) == small)
            level = "thành phố" if small.removeprefix("thành phố ") in _CITIES else "tỉnh"
            return f"UBND {level} {place.removeprefix('Thành phố ')}", Span(*found.span())
    return None, None


_CITIES = frozenset({"hà nội", "hải phòng", "đà nẵng", "cần thơ", "hồ chí minh", "huế"})
_BELOW_PROVINCE = re.compile(
    r"(?:[UỦ][yỷ] ban [Nn]hân dân|UBND) (?:huyện|quận|thị xã|xã|phường|thị trấn"
    r"|đặc khu)(?: [A-ZĐÀ-Ỹ][^\W\d_]*){1,4}|(?:Sở|Bộ) [A-ZĐ][^,;.]{2,60}"
)


@cache
def _province() -> re.Pattern[str]:
    """Find «UBND tỉnh Hà Tĩnh», «tỉnh Hà Tĩnh», «TỈNH HÀ TĨNH» with one of the known names."""
    names = "|".join(
        re.escape(name).replace("\\ ", r"\s+") for name in sorted(lexicon().provinces, key=len, reverse=True)
    )
    return re.compile(
        rf"(?i)(?P<committee>(?:ubnd|[uủ][yỷ] ban nhân dân)\s+)?(?:(?:tỉnh|thành phố"
        rf"|tp\.?)\s+(?P<place>{names})(?!\w))"
    )
