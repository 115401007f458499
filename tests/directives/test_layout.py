"""Paragraphs are put together again from broken lines, and taken apart where a copy ran them together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.compact import Compact
from directives.layout import lay_out
from directives.model import Span
from directives.text import canonical, one_line

WRAPPED = """\
1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở

                                 2

Tài nguyên và Môi trường, UBND huyện Châu Thành khảo sát lại toàn
tuyến, đề xuất giải pháp công trình, trình UBND tỉnh trước ngày
15/9/2020.
2. UBND huyện Châu Thành: Di dời khẩn cấp 11 hộ dân trong phạm vi
nguy hiểm. Bố trí chỗ ở tạm, hỗ trợ lương thực cho người dân ở đây.
Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện."""


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text, each on one line."""
    layout = lay_out(canonical(text))
    return [one_line(paragraph.span.of(layout.flow)) for paragraph in layout.paragraphs]


def test_lines_broken_by_width_are_joined() -> None:
    """A sentence reads on over line ends and over a page number; an item begins anew."""
    first, second, *_ = paragraphs_of(WRAPPED)

    assert "với Sở Tài nguyên và Môi trường, UBND" in first
    assert first.endswith("trước ngày 15/9/2020.")
    assert second.startswith("2. UBND huyện Châu Thành: Di dời khẩn cấp 11 hộ dân trong phạm vi nguy hiểm.")


APART = [
    pytest.param("4. Sở Tài chính\nPhối hợp với Sở Y tế rà soát.", 2, id="a heading and what it heads"),
    pytest.param("Kính gửi:\n- Sở Y tế;\n- Sở Nội vụ.", 3, id="addressees"),
    pytest.param("báo cáo trước ngày\n15/9/2020.", 1, id="a day on a line of its own"),
    pytest.param("theo Quyết định số\n3397/QĐ-UBND của UBND tỉnh.", 1, id="a number broken off"),
    pytest.param("1 | Rà soát | Sở Y tế | Quý II\n2 | Báo cáo | Sở Y tế | Quý III", 2, id="rows of a table"),
    pytest.param("kết luận: 1. Sở Y tế rà soát. 2. Sở Nội vụ báo cáo.", 3, id="items run together"),
    pytest.param("hai việc: (1) rà soát; (2) báo cáo.", 3, id="bracketed numbers run together"),
    pytest.param("trong năm 2020. 3 huyện đã báo cáo.", 1, id="a figure behind a full stop"),
    pytest.param("đợt 1. Sở Y tế rà soát.", 1, id="one number counts nothing"),
]


@pytest.mark.parametrize(("text", "count"), APART)
def test_paragraphs_are_told_apart(text: str, count: int) -> None:
    """What belongs together stays together, and nothing else does."""
    assert count == len(paragraphs_of(text))


@given(st.text(alphabet="aĐ1.;:|- \n()", max_size=200))
def test_the_flow_keeps_every_offset(text: str) -> None:
    """The flow is the text, character for character, but for white space; paragraphs stand in order."""
    clean = canonical(text)
    layout = lay_out(clean)

    assert len(clean) == len(layout.flow)
    assert all(one == other or other in " \n" for one, other in zip(clean, layout.flow, strict=True))
    assert all(one.span.end <= two.span.start for one, two in pairwise(layout.paragraphs))


@given(st.text(alphabet="aĐ \n", max_size=120))
def test_a_compact_text_leads_back(flow: str) -> None:
    """Every word of the narrowed text is found again at its place in the flow."""
    compact = Compact.of(flow)

    for at, letter in enumerate(compact.text):
        if not letter.isspace():
            assert compact.back(Span(at, at + 1)).of(flow) == letter
            assert compact.forth(compact.back(Span(at, at + 1))).start == at
