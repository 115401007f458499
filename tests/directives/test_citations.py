"""The documents a text names: number, date, what is done to them, and the stretch that is masked."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.citations import NUMBER, RELATIONS, RelationRow, find_citations
from directives.model import Relation, Span
from directives.text import canonical

SYMBOL_TEXT: Final = """
120/TB-UBND 606/UBND-KT1 8287/UBND-KT1 1095/QĐ-UBND 470/QĐ-UBND 18/2016/QĐ-UBND 437/2014/QĐ-UBND
1298/QĐ-UBND-HC 790/QĐ-UBND-HC 5425/UBND-KGVX 1232/UBND-VP 6907/UBND-KSTT 135/KH-TCT 192/TB-UBND
1195-QĐ/TU 05-NQ/TU 12-NQ/TU 80-NQ/TW 113-CTr/TU 1665/NQ-UBTVQH15 91/2025/QH15 2964/VPCP-TH
12729/VPCP-KGVX 255/TTr-VPUB 18/BCTĐ-STP 2231/SNV-CCHC&PC 23/2018/QĐ-TTg 39/2022/NĐ-CP 01/HNVB-VPCP
55/2007/CT-UBND 14/2001/QĐ-UB 72/2004/QĐ-UB 55/2005/TTLT-BNV-VPCP 97-BC/BCSĐ 30c/NQ-CP
1187/LĐTBXH-TE 1402/UBATGTQG-VP 01/2022/TT-BTTTT 42/2014/QĐ-TTg 218-TB/TU 03-QĐ/ĐU 142/2009/QĐ-TTg
2041/BNN-BVTV 88/TTr-BQL 117/2025/QH15 16-CTr/TU
"""
SYMBOLS: Final = SYMBOL_TEXT.split()
SOUP_TEXT: Final = "Văn bản số 12/ QĐ -UBND ngày 1/2/2020 của UBND tỉnh , ; . / - – 1195-QĐ/TU ( ) theo \n"
PIECES: Final = SOUP_TEXT.split(" ")


@pytest.mark.parametrize("number", SYMBOLS)
def test_number_of_every_form(number: str) -> None:
    """Every form of number met in the genre is found whole, with its date and issuer in the span."""
    mention = f"Văn bản số {number} ngày 09/5/2016 của UBND tỉnh"
    [found] = find_citations(f"Theo {mention} về việc rà soát.")

    assert (number, date(2016, 5, 9)) == (found.number, found.issued_on)
    assert mention == found.span.of(f"Theo {mention} về việc rà soát.")
    assert NUMBER.fullmatch(number)


@pytest.mark.parametrize(
    ("text", "number", "issued_on", "mention"),
    [
        ("Ðề nghị thực hiện Quyết định số 12/QÐ-UBND.", "12/QĐ-UBND", None, "Quyết định số 12/QÐ-UBND"),
        ("Quyết định số 120 / QĐ - UBND, ngày 5/6/2020;", "120/QĐ-UBND", date(2020, 6, 5), None),
        ("tại Quyết định số\n3397/QĐ-UBND ngày 17/11/2008,", "3397/QĐ-UBND", date(2008, 11, 17), None),
        ("QUYẾT ĐỊNH SỐ 15/QĐ-UBND NGÀY 15 THÁNG 6 NĂM 2020", "15/QĐ-UBND", date(2020, 6, 15), None),
        ("Văn bản số 7328 ngày 02/12/2024 của Sở Y tế", "7328", date(2024, 12, 2), None),
        ("Luật Đầu tư công số 39/2019/QH14", "39/2019/QH14", None, "Luật Đầu tư công số 39/2019/QH14"),
        ("Công văn hỏa tốc số 12/UBND-VX (ngày 01/4/2020)", "12/UBND-VX", date(2020, 4, 1), None),
        ("Quyết định số 12/QĐ-UBND của UBND tỉnh ngày 05/6/2020", "12/QĐ-UBND", date(2020, 6, 5), None),
        ("Nghị định 30/2020/NĐ-CP", "30/2020/NĐ-CP", None, "Nghị định 30/2020/NĐ-CP"),
        ("Công văn số 5/BNN-TT ngày 31-12-2009 của Bộ", "5/BNN-TT", date(2009, 12, 31), None),
        ("Công văn số 5/BVHTTDL-VP ký ngày 01/6/2020", "5/BVHTTDL-VP", date(2020, 6, 1), None),
    ],
)  # fmt: skip
def test_ways_of_citing(text: str, number: str, issued_on: date | None, mention: str | None) -> None:
    """Spaces, capitals, old letters, missing symbols and either order of date and issuer are read."""
    [found] = find_citations(text)

    assert (number, issued_on) == (found.number, found.issued_on)
    assert mention is None or mention == found.span.of(text)


def test_issuer_ends_where_the_sentence_goes_on() -> None:
    """The issuer is masked, the words behind it are not."""
    decision = "Quyết định số 1095/QĐ-UBND ngày 09/5/2016 của UBND tỉnh"
    text = f"theo {decision} trong Quý II/2020 và Kế hoạch số 1/KH-UBND"
    first, second = find_citations(text)

    assert first.span.of(text) == decision
    assert second.span.of(text) == "Kế hoạch số 1/KH-UBND"


@pytest.mark.parametrize(
    "issuer",
    [
        "Bộ Nông nghiệp và Phát triển nông thôn",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Bộ Lao động - Thương binh và Xã hội",
        "Ban Thường vụ Tỉnh ủy",
        "Thủ tướng Chính phủ",
        "Ủy ban An toàn giao thông Quốc gia",
    ],
)
def test_issuer_is_masked_whole(issuer: str) -> None:
    """A name with «và», commas or a hyphen belongs to the mention to its last word."""
    text = f"theo Văn bản số 1/CV-VP ngày 01/6/2020 của {issuer} về việc rà soát"
    [found] = find_citations(text)

    assert found.span.of(text).endswith(issuer)


def test_list_of_numbers() -> None:
    """Numbers in a list are cited one by one, each with its date, and share the relation."""
    text = (
        "Thay thế các Quyết định số 12/QĐ-UBND ngày 01/02/2018, số 13/QĐ-UBND ngày 02/02/2018 và 14/QĐ-UBND."
    )

    assert [
        ("12/QĐ-UBND", date(2018, 2, 1), Relation.REPLACES),
        ("13/QĐ-UBND", date(2018, 2, 2), Relation.REPLACES),
        ("14/QĐ-UBND", None, Relation.REPLACES),
    ] == [(found.number, found.issued_on, found.relation) for found in find_citations(text)]


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row.example)
def test_relation_by_its_example(row: RelationRow) -> None:
    """Each row of the table reads its own example."""
    [found] = find_citations(row.example)

    assert row.relation is found.relation


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("theo Giấy phép số 12/GP-UBND ngày 05/6/2019 của UBND tỉnh", Relation.IMPLEMENTS),
        ("Căn cứ Nghị định số 115/2020/NĐ-CP của Chính phủ;", Relation.IMPLEMENTS),
        ("Tiếp theo Công văn số 4018/UBND-KGVX ngày 04/8/2021,", Relation.IMPLEMENTS),
        ("nhiệm vụ được giao tại Văn bản số 606/UBND-KT1", Relation.CITES),
        ("Trên cơ sở Báo cáo số 2305/BC-SKHĐT ngày 05/8/2022,", Relation.CITES),
        ("theo đề nghị tại Tờ trình số 212/TTr-SNN", Relation.CITES),
        ("(thay thế Quyết định số 208/QĐ-UBND ngày 25/02/2013)", Relation.REPLACES),
        ("bãi bỏ khoản 2 Điều 3 Quyết định số 208/QĐ-UBND", Relation.REPLACES),
        ("Quyết định số 208/QĐ-UBND hết hiệu lực kể từ ngày ký", Relation.REPLACES),
        ("Sửa đổi, bổ sung một số điều của Quyết định số 208/QĐ-UBND", Relation.AMENDS),
        ("cấp, gia hạn giấy phép theo Thông tư số 50/2014/TT-BGTVT", Relation.IMPLEMENTS),
        ("Gia hạn thời gian thực hiện Kế hoạch số 12/KH-UBND", Relation.EXTENDS),
        ("Lùi thời hạn hoàn thành nêu tại Thông báo số 12/TB-UBND", Relation.EXTENDS),
        ("Điều chỉnh thời hạn tại Thông báo số 7/TB-UBND từ ngày 1/4 sang ngày 1/5", Relation.EXTENDS),
        ("Bổ sung khoản 4 vào Điều 2 Quyết định số 4/QĐ-UBND", Relation.AMENDS),
        ("Bổ sung thêm một số nội dung của Kế hoạch số 4/KH-UBND", Relation.AMENDS),
        ("bổ sung kinh phí theo Quyết định số 4/QĐ-UBND", Relation.IMPLEMENTS),
        ("Quyết định số 9/QĐ-UBND đã bị bãi bỏ", Relation.REPLACES),
    ],
)
def test_relation(text: str, relation: Relation) -> None:
    """The words nearest before a citation say what is done to the document."""
    [found] = find_citations(text)

    assert relation is found.relation


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Quyết định số 9/QĐ-UBND được thay thế bằng Quyết định số 10/QĐ-UBND",
            [Relation.REPLACES, Relation.CITES],
        ),
        (
            "Thực hiện Công văn số 44/UBND-KT ngày 02/3/2020 của UBND tỉnh và Quyết định số 12/QĐ-UBND",
            [Relation.IMPLEMENTS, Relation.IMPLEMENTS],
        ),
        (
            "Thực hiện Công văn số 44/UBND-KT ngày 02/3/2020 và Báo cáo số 12/BC-SYT",
            [Relation.IMPLEMENTS, Relation.CITES],
        ),
    ],
)
def test_relations_of_several(text: str, relations: list[Relation]) -> None:
    """Documents joined by «và» share what is done to them; what replaces another is only cited."""
    assert relations == [found.relation for found in find_citations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Là 02/10 mô hình; lựa chọn 05-10 cơ sở; còn 09/27 chủ đầu tư.",
        "đường 23/3, điện thoại 0239.385.555, biển số 38A-123.45, đường dây 22kV, Quốc lộ 1A/QL1.",
        "theo mẫu số 02/BC-KT, biểu số 01/TH-UBND; gói thầu số 05/XL-ĐB.",
        "© Cổng thông tin điện tử. Giấy phép số 04/GP-TTĐT ngày 12/3/2018; số 12/GP-STTTT, 1818/GP-BTTTT.",
        "Luật Bảo vệ môi trường; Biên bản kiểm tra ngày 05/6/2019; dịch Covid-19; Kế hoạch số 2.",
    ],
)
def test_not_a_citation(text: str) -> None:
    """Fractions, streets, forms, lots and papers without a number are not cited by number."""
    assert find_citations(text) == []


def test_inside_a_span_only() -> None:
    """Only the stretch asked for is read."""
    text = "Văn bản số 1/UBND-KT. Văn bản số 2/UBND-KT."
    half = text.index(". ") + 2

    assert [found.number for found in find_citations(text, Span(half, len(text)))] == ["2/UBND-KT"]


@given(
    st.lists(
        st.sampled_from(PIECES) | st.text(max_size=3),
        max_size=40,
    ).map(" ".join)
)
def test_any_text_is_read(text: str) -> None:
    """Nothing raises; mentions come in order, hold their number and lie in the text."""
    found = find_citations(text)

    for citation in found:
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert citation.number.split("/")[0].split("-")[0] in citation.span.of(text)
    assert [one.span.start for one in found] == sorted(one.span.start for one in found)


@pytest.mark.parametrize("name", [f"dv-{number:02d}" for number in range(1, 31) if number % 3])
def test_numbers_of_the_development_corpus(name: str, shared: Path) -> None:
    """The numbers cited in a document are those of the gold, in order, its own left aside."""
    gold: dict[str, Any] = json.loads((shared / "dev-corpus" / f"{name}.json").read_text(encoding="utf-8"))
    text = canonical((shared / "dev-corpus" / f"{name}.txt").read_text(encoding="utf-8"))
    numbers = dict.fromkeys(found.number for found in find_citations(text))

    assert gold["cites"] == [number for number in numbers if number != gold["number"]]
