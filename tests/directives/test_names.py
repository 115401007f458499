"""Folding: two spellings of one name become the same letters, and no offset moves."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.names import fold, key
from directives.text import canonical

SAME = [
    ("Ủy ban nhân dân", "Uỷ ban nhân dân"),
    ("Ủy Ban Nhân Dân", "ỦY BAN NHÂN DÂN"),
    ("Sở Kế hoạch và Đầu tư", "Sở Kế hoạch & Đầu tư"),
    ("Sở KH&ĐT", "sở KH-ĐT"),
    ("Sở KHĐT", "Sở KH và ĐT"),
    ("Lao động - Thương binh và Xã hội", "Lao động – Thương binh và Xã hội"),
    ("Văn hóa, Thể thao và Du lịch", "Văn hoá - Thể thao và Du lịch"),
    ("huyện Mỹ Đức", "huyện Mĩ Đức"),
    ("Quý Ủy ban", "Quí Uỷ ban"),
    ("thị xã Kỳ Anh", "thị xã Kì Anh"),
]
DIFFERENT = [
    ("Sở Tài chính", "Sở Tư pháp"),
    ("huyện Kỳ Anh", "thị xã Kỳ Anh"),
    ("Bộ Công Thương", "Sở Công Thương"),
    ("xã Sơn Kim 1", "xã Sơn Kim 2"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    """Tone placement, i and y, «&» and «và», dashes and case do not make another name."""
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_decomposed_letters_share_the_key_of_composed_ones(one: str, other: str) -> None:
    """A name typed on another system has the same key."""
    assert key(unicodedata.normalize("NFD", one)) == key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    """Folding does not run two names together."""
    assert key(one) != key(other)


@given(st.text())
def test_folding_keeps_every_offset(raw: str) -> None:
    """The folded text has as many characters as the text, whatever the text."""
    text = canonical(raw)

    assert len(fold(text)) == len(text)


@given(st.text(alphabet="sở SỞ Công Thương\n ,-–&1", max_size=80))
def test_folding_the_folded_changes_nothing(raw: str) -> None:
    """A name that was folded once is folded for good."""
    once = fold(canonical(raw)).replace("\n", " ")

    assert fold(once).replace("\n", " ") == once


def test_columns_are_parted() -> None:
    """The gap between two columns of a letterhead ends a name, as a line does."""
    assert "\n" in fold("UBND TỈNH GIA LAI              CỘNG HÒA")
