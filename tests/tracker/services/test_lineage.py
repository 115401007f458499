"""The chain of documents: both directions, stubs, circles, repeated numbers, and by what each was found."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from directives.model import Citation, Relation, Span
from tests.tracker.factories import a_directive, an_app
from tracker.domain.lineage import Citations, Cited, Known, Match, Node, Numbers, downwards, upwards
from tracker.errors import Conflict
from tracker.services.intake import take_in
from tracker.services.lineage import lineage_of, lines
from tracker.store import directives
from tracker.store.session import reading, transaction

FIRST, SECOND, THIRD = date(2019, 12, 13), date(2020, 2, 7), date(2020, 4, 3)
Tree = list[tuple[int, str, bool, Match]]


def tree(nodes: tuple[Node, ...]) -> Tree:
    """Return a branch as depth, number, whether it is in the register, and by what it was found."""
    return [
        (line.depth, line.node.number, line.node.directive_id is not None, line.node.match)
        for line in lines(nodes)
    ]


def test_the_chain_of_the_first_documents(engine: Engine, examples: Path, tmp_path: Path) -> None:
    """8287/UBND-KT1 → 606/UBND-KT1 → 120/TB: first with a stub, then whole when 606 is taken in."""
    app = an_app(engine, tmp_path)
    for name in ("cong-van-8287-ubnd-kt1", "thong-bao-120-tb-ubnd"):
        take_in(app, examples / f"{name}.docx", approve=False, actor="a")
    with reading(engine) as session:
        alone = lineage_of(session, "120/TB-UBND")
    assert (1, "606/UBND-KT1", False, Match.NOT_THERE) in tree(alone.built_on)

    (tmp_path / "606.txt").write_text(
        "UBND TỈNH HÀ TĨNH\nSố: 606/UBND-KT1\nHà Tĩnh, ngày 07 tháng 02 năm 2020\nKính gửi: Sở Công Thương\n"
        "Tiếp theo Văn bản số 8287/UBND-KT1 ngày 13/12/2019, yêu cầu Sở Công Thương chọn mô hình.\n"
    )
    take_in(app, tmp_path / "606.txt", approve=False, actor="a")
    with reading(engine) as session:
        last, first = lineage_of(session, "120/TB-UBND"), lineage_of(session, "8287/UBND-KT1")

    assert tree(last.built_on)[:2] == [
        (1, "606/UBND-KT1", True, Match.NUMBER_AND_DATE),
        (2, "8287/UBND-KT1", True, Match.NUMBER_AND_DATE),
    ]
    assert tree(first.followed_by) == [
        (1, "606/UBND-KT1", True, Match.NUMBER_AND_DATE),
        (2, "120/TB-UBND", True, Match.NUMBER_AND_DATE),
    ]


KNOWN = (
    Known(1, "606/UBND-KT1", SECOND),
    Known(2, "606/UBND-KT1", date(2021, 3, 1)),
    Known(3, "120/TB-UBND", THIRD),
    Known(4, "77/KH", None),
)


@pytest.mark.parametrize(
    ("number", "issued_on", "expected"),
    [
        pytest.param("606/UBND-KT1", SECOND, (Match.NUMBER_AND_DATE, 1), id="of-its-year"),
        pytest.param("606/ubnd-kt1", date(2021, 3, 1), (Match.NUMBER_AND_DATE, 2), id="of-another-year"),
        pytest.param("606/UBND-KT1", date(2018, 2, 7), (Match.NOT_THERE, None), id="of-a-year-not-there"),
        pytest.param("606/UBND-KT1", None, (Match.SEVERAL, None), id="number-alone-is-not-enough"),
        pytest.param("120/TB-UBND", None, (Match.NUMBER_ALONE, 3), id="number-alone-is-unique"),
        pytest.param("77/KH", THIRD, (Match.NUMBER_ALONE, 4), id="the-register-has-no-date"),
        pytest.param("120/TB", THIRD, (Match.SIMILAR_NUMBER, 3), id="issuer-left-out"),
        pytest.param("120/TB", SECOND, (Match.NOT_THERE, None), id="similar-of-another-day"),
        pytest.param("12/TB-UBND", THIRD, (Match.NOT_THERE, None), id="another-number"),
    ],
)
def test_a_citation_means_the_document_of_its_date(
    number: str, issued_on: date | None, expected: tuple[Match, int | None]
) -> None:
    """Numbers start anew each year: number and date decide, the number alone only where it is unique."""
    assert Numbers.of(KNOWN).resolve(number, issued_on) == expected


def test_documents_that_cite_each_other_end(engine: Engine) -> None:
    """A circle is shown once around and marked where it closes."""
    with transaction(engine) as session:
        for number, other in (("1/A", "2/B"), ("2/B", "3/C"), ("3/C", "1/A")):
            new = a_directive(session, number=number, approved=False)
            cite = Citation(other, THIRD, Relation.CITES, Span(0, 3))
            directives.add_citations(session, new, (cite, cite))
    with reading(engine) as session:
        found = lineage_of(session, "1/A")

    assert [(line.depth, line.node.number, line.node.again) for line in lines(found.built_on)] == [
        (1, "2/B", False),
        (2, "3/C", False),
        (3, "1/A", True),
    ]
    assert [line.node.number for line in lines(found.followed_by)] == ["3/C", "2/B", "1/A"]


def test_a_number_of_two_years_must_be_told_apart(engine: Engine) -> None:
    """The question names the running number instead."""
    with transaction(engine) as session:
        first = a_directive(session, number="5/TB", issued_on=FIRST, approved=False)
        a_directive(session, number="5/TB", issued_on=THIRD, approved=False)
    with reading(engine) as session:
        with pytest.raises(Conflict):
            lineage_of(session, "5/TB")
        assert lineage_of(session, str(first)).issued_on == FIRST


links = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 12)), max_size=40)


@given(links)
def test_any_web_of_citations_is_walked_to_its_end(web: list[tuple[int, int]]) -> None:
    """Each document stands in full at most once, and the two directions are each other's mirror."""
    known = [Known(number, f"{number}/TB", THIRD) for number in range(1, 10)]
    citations = Citations.of(known, [Cited(by, f"{to}/TB", THIRD, "cites") for by, to in web])
    for start in range(1, 10):
        for branch in (upwards(citations, start), downwards(citations, start)):
            full = [line.node.directive_id for line in lines(branch) if not line.node.again]
            inside = [one for one in full if one is not None]
            assert len(inside) == len(set(inside))
            assert start not in inside
        for line in lines(upwards(citations, start)):
            if (other := line.node.directive_id) is not None and other != start:
                assert start in {below.node.directive_id for below in lines(downwards(citations, other))}


def test_a_chain_of_ten_thousand_documents_is_no_burden() -> None:
    """No recursion, and no step that looks at all the others."""
    known = [Known(number, f"{number}/TB", THIRD) for number in range(10_000)]
    said = [Cited(number, f"{number - 1}/TB", THIRD, "implements") for number in range(1, 10_000)]

    found = list(lines(upwards(Citations.of(known, said), 9_999)))

    assert (len(found), found[-1].depth) == (9_999, 9_999)
