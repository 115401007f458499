"""Any text can be searched for agencies, and mentions keep their order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from directives.agencies import find_agencies
from directives.text import canonical

WORDS = [
    "các",
    "Sở",
    "UBND",
    "huyện",
    "Giám đốc",
    ":",
    ",",
    ";",
    "và",
    "\n",
    "Tài chính",
    "Thạch Hà",
    "tỉnh",
    "thành phố",
    "TỈNH",
    "SỞ Y TẾ",
    "Quý",
    "Ủy ban",
    "liên quan",
    "Ban",
    "Công ty",
    "TNHH",
    "7",
    "-",
    "(",
    ")",
    "trừ",
    "HĐND",
    "Văn phòng",
    "các sở, ngành",
    "này",
    " ",
    "    ",
    "Đồng",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_mentions_of_any_text_lie_in_it_in_order(words: list[str]) -> None:
    """Whatever the words, mentions do not overlap, lie in the text and have a name."""
    text = canonical(" ".join(words))
    mentions = find_agencies(text, references=True)

    assert all(
        mention.name and 0 <= mention.span.start < mention.span.end <= len(text) for mention in mentions
    )
    assert all(one.span.end <= other.span.start for one, other in pairwise(mentions))


@given(st.text(max_size=200))
def test_reading_is_total(raw: str) -> None:
    """No text makes the reading fail."""
    assert isinstance(find_agencies(canonical(raw), references=True), list)
