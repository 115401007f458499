"""The verbs by which work is given and done, from `data/verbs.toml`: questions about a place in a text.

Every function here takes *folded* text (`directives.text.folded`): small letters, one placing of tones.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from directives.agencies.trie import SPACE, compile_words
from directives.grammar import Wording
from directives.text import folded

# A word begins behind what is no letter; asked behind its first letter, so that a search can skip to such
# letters, which it cannot where it must look back first.
_EDGE: Final = "\x1e"
_GAPS: Final = {SPACE: r"\s+", _EDGE: r"(?<!\w.)"}
_MOST_ADVERBS = 6
TIME_LABEL: Final = Wording(
    "label-of-time",
    re.compile(
        r"(?:thời\s+(?:gian|hạn|điểm)|hạn|tiến\s+độ|lộ\s+trình)(?:\s+\w+){0,8}\s*:\s*|"
        r"(?:thời\s+)?hạn(?:\s+(?!là\s)\w+){0,4}\s+là\s+"  # «thời hạn cuối cùng là 11/5»
    ),
    ("«Thời hạn trình đề án: »10/5/2020", "«thời hạn cuối cùng là »11/5"),
    ("thời hạn còn dài",),
)
HANDOVER: Final = Wording(
    "hands-over",
    re.compile(
        r"(?:(?:tổng\s+hợp|tham\s+mưu|đề\s+xuất|hoàn\s+thiện|hoàn\s+chỉnh|có\s+văn\s+bản|có\s+báo\s+cáo|lập\s+(?:hồ\s+sơ|báo\s+cáo)|"
        r"kết\s+quả|gửi\s+kết\s+quả|tổng\s+hợp\s+kết\s+quả|kết\s+quả\s+thực\s+hiện|văn\s+bản|hồ\s+sơ)\s*+,?\s*+(?:và\s+)?){0,2}"
        r"(?:báo\s+cáo|có\s+báo\s+cáo|trình|gửi|nộp|chuyển|thông\s+báo\s+kết\s+quả|thông\s+tin\s+(?:về|kết\s+quả)|phản\s+hồi|trả\s+lời|"
        r"xin\s+ý\s+kiến|kết\s+quả\s+(?:thực\s+hiện\s+)?(?:gửi|báo|trình))(?!\w)|"
        r"(?:danh\s+sách|hồ\s+sơ|số\s+liệu|biên\s+bản|báo\s+cáo|văn\s+bản|kế\s+hoạch)(?:\s+\w+){0,8}?\s+(?:gửi|nộp|chuyển)\s+(?:về|cho|đến|tới)(?!\w)|"
        r"(?:đề\s+xuất|kết\s+quả|tổng\s+hợp\s+kết\s+quả|cung\s+cấp\s+kết\s+quả|có\s+ý\s+kiến\s+gửi)(?!\w)"
    ),
    ("«tổng hợp, báo cáo» UBND tỉnh", "«gửi» Sở Y tế", "«danh sách gửi về» Sở Y tế"),
    ("rà soát giá",),
)
WORDINGS: Final = (TIME_LABEL, HANDOVER)
_JOINT = re.compile(r"[\s,]*(?:và\s+)?")


@cache
def words(table: str) -> tuple[str, ...]:
    """Return the rows of one table of `verbs.toml`, folded."""
    tables = tomllib.loads(files("directives.data").joinpath("verbs.toml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(folded(word) for word in tables[table]))


@cache
def any_of(*tables: str) -> re.Pattern[str]:
    """Return a pattern for any word of the tables, the longest first, whole words only."""
    every = (word[0] + _EDGE + word[1:] for table in tables for word in words(table))
    return re.compile(rf"(?:{compile_words(every, _GAPS)})(?!\w)")


def skip_adverbs(small: str, at: int, end: int) -> int:
    """Return where the words that may stand before a verb end: «khẩn trương, chủ động | rà soát»."""
    for _ in range(_MOST_ADVERBS):
        found = any_of("adverbs").match(small, at, end)
        if found is None:
            return at
        at = _JOINT.match(small, found.end(), end).end()  # type: ignore[union-attr]  # matches the empty string
    return at


def starts_with_action(small: str, at: int, end: int) -> bool:
    """Tell whether work that can be ordered begins here, adverbs passed over."""
    return (
        any_of("actions").match(small, skip_adverbs(small, at, end), end) is not None
        or skip_adverbs(small, at, end) > at
    )


def finish_at(small: str, at: int, end: int) -> int | None:
    """Return where a verb that only ends earlier work ends, None where another word stands."""
    done = None
    label = TIME_LABEL.match(small, at, end)
    if label is not None:
        done = at = label.end()
    while found := any_of("finish").match(small, at, end):
        done = at = found.end()
        while at < end and small[at] in " ,:":
            at += 1
    return done


def handover_at(small: str, at: int, end: int) -> int | None:
    """Return where a verb that hands the result over ends, None where another word stands."""
    found = HANDOVER.match(small, skip_adverbs(small, at, end), end)
    return found.end() if found else None
