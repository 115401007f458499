"""Each rule of the register finds its slip and nothing else."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tracker.domain.periods import Period
from tracker.services.register_rules import RULES, Roll, Severity, findings
from tracker.store.register import AgencyEntry, Dated
from tracker.store.successions import Succession

END = date(2025, 2, 28)
NEXT = date(2025, 3, 1)


def an_entry(code: str, name: str = "", **values: Any) -> AgencyEntry:
    """Build an agency; without a name it has one of its own."""
    return AgencyEntry(**{"code": code, "name": name or f"Cơ quan {code}", "kind": "department", **values})


def a_group(code: str, name: str = "Nhóm thử", **values: Any) -> AgencyEntry:
    """Build a group."""
    return an_entry(code, name, is_group=True, **values)


def names(*texts: str) -> tuple[Dated, ...]:
    """Build names or groups that always hold."""
    return tuple(map(Dated, texts))


def until(text: str, last: date) -> tuple[Dated, ...]:
    """Build a name or group that holds up to a day."""
    return (Dated(text, Period(None, last)),)


def since(text: str, first: date) -> tuple[Dated, ...]:
    """Build a name or group that holds from a day on."""
    return (Dated(text, Period(first)),)


SLIPS: Sequence[Any] = [
    pytest.param(
        [an_entry("a", "Sở Xây dựng"), an_entry("b", "sở xây dựng")],
        [("name-twice", "b", "name")],
        id="two of one name",
    ),
    pytest.param(
        [an_entry("a", "Sở Xây dựng", valid_to=END), an_entry("b", "Sở Xây dựng", valid_from=END)],
        [("name-twice", "b", "name"), ("no-successor", "a", "valid_to")],
        id="two of one name for a day",
    ),
    pytest.param(
        [an_entry("a", "Sở Y tế"), an_entry("b", other_names=names("SYT", "Sở Y tế"))],
        [("alias-is-a-name", "b", "aliases")],
        id="an alias that is another's name",
    ),
    pytest.param(
        [an_entry("a", "Sở Kế hoạch và Đầu tư"), an_entry("b", other_names=names("Sở KH&ĐT"))],
        [("alias-is-a-name", "b", "aliases")],
        id="an alias that the reader takes for another's name",
    ),
    pytest.param(
        [an_entry("a", other_names=names("TTT")), an_entry("b", other_names=names("ttt"))],
        [("alias-twice", "b", "aliases")],
        id="an alias of two",
    ),
    pytest.param(
        [an_entry("a", other_names=names("TTT", "TTT"))],
        [("repeated-in-cell", "a", "aliases")],
        id="an alias twice in a cell",
    ),
    pytest.param(
        [an_entry("a", valid_from=NEXT, valid_to=END)],
        [("before-it-began", "a", "valid_to"), ("no-successor", "a", "valid_to")],
        id="backwards",
    ),
    pytest.param(
        [an_entry("a", other_names=(Dated("X", Period(NEXT, END)),))],
        [("before-it-began", "a", "aliases")],
        id="an alias backwards",
    ),
    pytest.param([an_entry("a", parent="b")], [("unknown-agency", "a", "parent")], id="no such parent"),
    pytest.param(
        [an_entry("a", memberships=names("b"))], [("unknown-group", "a", "groups")], id="no such group"
    ),
    pytest.param(
        [an_entry("a", memberships=names("b")), an_entry("b")],
        [("unknown-group", "a", "groups")],
        id="a group that is none",
    ),
    pytest.param(
        [an_entry("a", parent="b"), an_entry("b", parent="a"), an_entry("c", parent="a")],
        [("parent-cycle", "a", "parent"), ("parent-cycle", "b", "parent")],
        id="parents in a circle",
    ),
    pytest.param([an_entry("a", parent="a")], [("parent-cycle", "a", "parent")], id="its own parent"),
    pytest.param(
        [
            a_group("g", memberships=names("h")),
            a_group("h", "Nhóm khác", memberships=names("g")),
            an_entry("a", memberships=names("g")),
        ],
        [("group-in-itself", "g", "groups"), ("group-in-itself", "h", "groups")],
        id="groups in each other",
    ),
    pytest.param(
        [a_group("g", "Các đơn vị liên quan"), an_entry("a", memberships=names("g"))],
        [("open-set", "g", "name")],
        id="a group that nobody can list",
    ),
    pytest.param(
        [an_entry("a", parent="b"), an_entry("b", valid_to=END)],
        [("parent-gone", "a", "parent"), ("no-successor", "b", "valid_to")],
        id="a parent that is no more",
    ),
    pytest.param([a_group("g")], [("empty-group", "g", "is_group")], id="a group of nobody"),
    pytest.param(
        [an_entry("a", valid_from=NEXT, other_names=until("X", END))],
        [("never-holds", "a", "aliases")],
        id="an alias from before the agency",
    ),
    pytest.param(
        [an_entry("a", valid_from=NEXT, memberships=names("g")), a_group("g", valid_to=END)],
        [("never-holds", "a", "groups")],
        id="a member from after the group",
    ),
    pytest.param(
        [an_entry("a", valid_to=END)], [("no-successor", "a", "valid_to")], id="an end and nobody after"
    ),
]


@pytest.mark.parametrize(("entries", "expected"), SLIPS)
def test_a_slip_is_found_once_where_it_is_mended(
    entries: list[AgencyEntry], expected: list[tuple[str, str, str]]
) -> None:
    """A finding names the rule, the agency and the column."""
    found = [(finding.rule, finding.agency, finding.column) for _, finding in findings(Roll(entries))]

    assert found == expected


def test_every_rule_has_a_slip_that_it_finds() -> None:
    """No rule stands in the table untried."""
    tried = {rule for slip in SLIPS for rule, _, _ in slip.values[1]}

    assert tried == {rule.code for rule in RULES}


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            [an_entry("a", "Sở Xây dựng", valid_to=END), an_entry("b", "Sở Xây dựng", valid_from=NEXT)],
            id="a name that one bears after the other",
        ),
        pytest.param(
            [an_entry("a", other_names=until("SNN", END)), an_entry("b", other_names=since("SNN", NEXT))],
            id="an alias that one bears after the other",
        ),
        pytest.param(
            [an_entry("a", valid_to=END, other_names=names("SNN")), an_entry("b", "SNN", valid_from=NEXT)],
            id="an alias that ended with its agency",
        ),
        pytest.param(
            [an_entry("a", "Sở Y tế", other_names=names("SỞ Y TẾ", "Sở y tế"))], id="two spellings of its own"
        ),
        pytest.param(
            [an_entry("a", "UBND huyện Kỳ Anh"), an_entry("b", "UBND thị xã Kỳ Anh")],
            id="one place, two levels",
        ),
        pytest.param(
            [an_entry("a", parent="b"), an_entry("b", parent="c"), an_entry("c")], id="parents of parents"
        ),
        pytest.param(
            [
                a_group("g", memberships=names("h")),
                a_group("h", "Nhóm khác"),
                an_entry("a", memberships=names("g")),
            ],
            id="a group in a group",
        ),
    ],
)
def test_what_is_sound_is_let_pass(entries: list[AgencyEntry]) -> None:
    """Names that differ in time, place or level are nobody's slip."""
    follow = [Succession(old=one.code, new="x", on=NEXT, basis="QĐ") for one in entries if one.valid_to]

    assert findings(Roll(entries, follow)) == []


def test_on_a_day_only_what_holds_then_is_looked_at() -> None:
    """A slip of 2025 is none in 2020; a group that has lost its members is empty from then on."""
    group = a_group("g")
    entries = [
        group,
        an_entry("a", memberships=until("g", END), other_names=since("TTT", NEXT)),
        an_entry("b", other_names=names("TTT")),
    ]
    before, after = (
        [finding.rule for _, finding in findings(Roll(entries, on=day))] for day in (date(2020, 4, 3), NEXT)
    )

    assert before == []
    assert after == ["alias-twice", "empty-group"]


def test_only_what_would_be_read_wrong_is_an_error() -> None:
    """What a person may still be about to complete stops nothing."""
    warnings = {rule.code for rule in RULES if rule.severity is Severity.WARNING}

    assert warnings == {"parent-gone", "empty-group", "never-holds", "no-successor"}
