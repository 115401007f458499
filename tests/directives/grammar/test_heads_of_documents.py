"""Each row that reads a field of the head reads its examples, by its own name."""

from typing import Any, Final

import pytest

from directives import head_fields
from directives.citations import RELATIONS, RelationRow, find_citations
from directives.layout import lay_out
from directives.letterhead import read_letterhead
from directives.model import Letterhead, Urgency
from directives.reported import REPORTS, ReportRule, find_reported
from directives.text import canonical
from directives.urgency import URGENCIES

TABLES: Final[dict[str, tuple[Any, ...]]] = {
    "genre": head_fields.GENRES,
    "number": head_fields.NUMBERS,
    "issued_on": head_fields.DAYS,
    "issuer": head_fields.ISSUERS,
    "subject": head_fields.SUBJECTS,
    "signer": head_fields.SIGNERS,
    "recipients": head_fields.ADDRESSEES,
    "urgency": URGENCIES,
}
CASES: Final = [
    pytest.param(field, row.name, text, value, id=f"{field}: {row.name}")
    for field, rows in TABLES.items()
    for row in rows
    for text, value in row.examples
]


def head_of(text: str) -> Letterhead:
    """Read what a document says of itself."""
    return read_letterhead(lay_out(canonical(text)))


def shown(head: Letterhead, field: str) -> str:
    """Return the value of a field as the tables write it."""
    if field == "recipients":
        return "; ".join(one.text for one in head.addressees)
    return str(getattr(head, field))


@pytest.mark.parametrize(("field", "rule", "text", "value"), CASES)
def test_a_field_is_read_by_its_row(field: str, rule: str, text: str, value: str) -> None:
    """The value is the example's, and the rule is the row's name."""
    head = head_of(text)

    assert (value, rule) == (shown(head, field), head.rules[field])


@pytest.mark.parametrize("field", TABLES)
def test_every_row_has_an_example(field: str) -> None:
    """A row without one is a guess; names are the rows' own."""
    names = [row.name for row in TABLES[field]]

    assert [row.name for row in TABLES[field] if not row.examples] == []
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("row", REPORTS, ids=lambda row: row.name)
def test_a_report_names_its_document(row: ReportRule) -> None:
    """Number and day of the document that a page reports, by the row that found them."""
    for text, gives in row.examples:
        found = find_reported(text, None)

        assert found is not None
        assert (gives, row.name) == (f"{found.number} {found.issued_on}", found.rule)
    for text in row.counter_examples:
        assert row.decide(text, None) is None


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row.name)
def test_a_citation_bears_the_name_of_its_row(row: RelationRow) -> None:
    """What is done to the document cited, and which row says so."""
    [found] = find_citations(row.example)

    assert (row.relation, row.name) == (found.relation, found.rule)


@pytest.mark.parametrize(
    "line",
    [
        "Công điện khẩn",
        "KHẨN TRƯƠNG",
        "V/v triển khai khẩn cấp",
        "Hỏa tốc triển khai các biện pháp",
        "Khẩn: 12",
    ],
)
def test_what_only_sounds_urgent_is_no_stamp(line: str) -> None:
    """A stamp says nothing else; below the head it is none either."""
    head = "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 12/UBND-VX\nHà Tĩnh, ngày 03 tháng 4 năm 2020\n"
    below = "Kính gửi: Sở Y tế.\nSở Y tế rà soát giá thuốc.\nKHẨN\nSở Y tế báo cáo.\n"

    assert head_of(head + line + "\n" + below).urgency is Urgency.NORMAL
