"""Sentences that move a deadline of another document."""

from datetime import date

import pytest

from directives.citations import find_citations
from directives.prolonging import EXAMPLES, Prolonged, prolonged

ISSUED = date(2020, 4, 20)
NOTICE = "Thông báo số 120/TB-UBND ngày 03/4/2020"


def read(text: str) -> list[Prolonged]:
    """Read a document of 20/4/2020."""
    return prolonged(text, find_citations(text), issued_on=ISSUED)


@pytest.mark.parametrize(
    ("text", "until", "old"),
    [
        (f"Đồng ý gia hạn nhiệm vụ tại {NOTICE} đến hết ngày 31/5/2020.", [date(2020, 5, 31)], None),
        (f"Lùi thời hạn hoàn thành nêu tại {NOTICE} sang trước ngày 30/4/2020.", [date(2020, 4, 29)], None),
        (
            f"Điều chỉnh thời hạn tại {NOTICE} từ ngày 10/5/2020 sang ngày 15/6/2020.",
            [date(2020, 6, 15)],
            date(2020, 5, 10),
        ),
        (
            f"Đồng ý với đề nghị gia hạn của Sở Y tế, thực hiện {NOTICE} đến ngày 31/5/2020.",
            [date(2020, 5, 31)],
            None,
        ),
        (f"Gia hạn đến hết tháng 6/2020 thời gian thực hiện {NOTICE}.", [date(2020, 6, 30)], None),
        (f"Gia hạn thời gian thực hiện {NOTICE} thêm 30 ngày.", [], None),
    ],
)
def test_a_new_last_day_is_read_beside_the_document_it_is_for(
    text: str, until: list[date], old: date | None
) -> None:
    """The date of the cited document is no deadline; a length of time alone is left to a person."""
    (found,) = read(text)

    assert (found.number, found.issued_on) == ("120/TB-UBND", date(2020, 4, 3))
    assert list(found.until) == until
    assert found.instead_of == old


@pytest.mark.parametrize(
    ("where", "item"), [("điểm 3", "3"), ("mục 2.1", "2.1"), ("nhiệm vụ số 4", "4"), ("nhiệm vụ", None)]
)
def test_the_item_of_the_cited_document_is_told(where: str, item: str | None) -> None:
    """So that of several tasks of one agency the right one is moved."""
    (found,) = read(f"Gia hạn nội dung tại {where} {NOTICE} đến ngày 31/5/2020.")

    assert found.item == item


@pytest.mark.parametrize(
    "text",
    [
        f"Không đồng ý gia hạn nhiệm vụ tại {NOTICE} đến ngày 31/5/2020.",
        f"Sở Y tế xin gia hạn nhiệm vụ tại {NOTICE} đến ngày 31/5/2020.",
        f"Thực hiện {NOTICE}, báo cáo trước ngày 31/5/2020.",
        f"Thực hiện {NOTICE}. Gia hạn giấy phép khai thác đến ngày 31/5/2020.",
        "Gia hạn thời gian nhận hồ sơ đến ngày 31/5/2020.",
        "",
    ],
)
def test_what_moves_no_deadline_of_another_document_is_left_alone(text: str) -> None:
    """Refused, only asked for, other work, or no document named."""
    assert read(text) == []


def test_each_sentence_stands_for_itself() -> None:
    """Two documents in two sentences have each their own day, and the span points at the sentence."""
    text = (
        f"Gia hạn nhiệm vụ tại {NOTICE} đến ngày 31/5/2020. "
        "Gia hạn nhiệm vụ tại Văn bản số 606/UBND-KT1 ngày 07/02/2020 đến ngày 30/6/2020."
    )
    first, second = read(text)

    assert (first.number, first.until) == ("120/TB-UBND", (date(2020, 5, 31),))
    assert (second.number, second.until) == ("606/UBND-KT1", (date(2020, 6, 30),))
    assert second.span.of(text).startswith("Gia hạn nhiệm vụ tại Văn bản")


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_are_read(example: str) -> None:
    """What the module says of itself holds."""
    assert len(read(example)) == 1
