"""Sentences end where they end, and clauses part at semicolons outside brackets."""

import pytest

from directives.model import Span
from directives.sentences import clauses, sentences

SENTENCES = [
    ("Rà soát TP. Hà Tĩnh. Bố trí vốn.", ["Rà soát TP. Hà Tĩnh.", "Bố trí vốn."]),
    ("Giải ngân 1.846 tỷ đồng. Hết./.", ["Giải ngân 1.846 tỷ đồng.", "Hết./."]),
    ("đổi mới công nghệ... phù hợp. Xong.", ["đổi mới công nghệ... phù hợp.", "Xong."]),
    ("Không có dấu chấm", ["Không có dấu chấm"]),
    ("Đ/c Nguyễn V. A báo cáo.", ["Đ/c Nguyễn V. A báo cáo."]),
    ("", []),
]
CLAUSES = [
    ("rà soát (a; b); báo cáo", ["rà soát (a; b)", "báo cáo"]),
    ("một (hai; ba; bốn", ["một (hai", "ba", "bốn"]),
    (";;", []),
]


@pytest.mark.parametrize(("text", "parts"), SENTENCES, ids=[text[:20] or "nothing" for text, _ in SENTENCES])
def test_a_paragraph_is_parted_into_sentences(text: str, parts: list[str]) -> None:
    """Short forms, figures and dots in mid-sentence end nothing."""
    assert parts == [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(("text", "parts"), CLAUSES, ids=[text for text, _ in CLAUSES])
def test_a_sentence_is_parted_into_clauses(text: str, parts: list[str]) -> None:
    """Brackets hold together; a bracket left open counts for nothing."""
    assert parts == [span.of(text) for span in clauses(text, Span(0, len(text)))]
