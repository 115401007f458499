"""A group that leads: a share for each member on the document's date, the group showing how many are done."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from directives.confidence import UNCLEAR_EXCEPTION
from directives.model import AgencyMention, Letterhead, ParsedDirective, Urgency
from tests.tracker.factories import a_deadline, a_draft, a_mention, an_agency
from tracker.domain.periods import Period
from tracker.domain.status import Status
from tracker.services.group_progress import by_assignment, group_progress
from tracker.services.proposals import NO_MEMBERS, NOT_IN_REGISTER, propose
from tracker.store import assignments, directives
from tracker.store.directives import NewDirective
from tracker.store.events import Act
from tracker.store.register import Dated
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

ACT = Act("Lan", "cli", datetime(2025, 7, 15, 2, 0, tzinfo=UTC))
GROUP = "UBND cấp huyện"
IN_2020, IN_2025, LATER = date(2020, 4, 3), date(2025, 1, 15), date(2025, 7, 15)
PLACES = ("Vũ Quang", "Kỳ Anh", "Lộc Hà")


@pytest.fixture
def districts(engine: Engine) -> Engine:
    """Give a group of three districts, of which one ends with 2024 and the rest in June 2025."""
    with transaction(engine) as session:
        an_agency(session, "huyen", GROUP, is_group=True, aliases=("Các đơn vị liên quan",))
        for number, name in enumerate(PLACES):
            last = date(2024, 12, 31) if name == "Lộc Hà" else date(2025, 6, 30)
            place = (Dated("huyen", Period(None, last)),)
            an_agency(session, f"h{number}", f"UBND huyện {name}", memberships=place)
    return engine


def proposed(
    engine: Engine, issued_on: date | None, *leads: AgencyMention, act: Act = ACT
) -> list[assignments.Tracked]:
    """Keep a document with one task and return the shares in it."""
    new: dict[str, Any] = dict.fromkeys(NewDirective.__dataclass_fields__) | {"urgency": Urgency.NORMAL}
    new |= {
        "sha256": "0" * 64,
        "issued_on": issued_on,
        "genre": "notice",
        "text": "…" * 99,
        "file_name": "a.txt",
    }
    new |= {"format": "txt", "stored_as": "0", "doubts": [], "taken_in_at": ACT.at, "taken_in_by": "Lan"}
    with transaction(engine) as session:
        number = directives.add(session, NewDirective(**new)) or 0
        draft = a_draft(a_deadline(None), leads=leads)
        parsed = ParsedDirective("", Letterhead(issued_on=issued_on), tasks=(draft,))
        propose(session, parsed, number, 2020, act=act)
    with reading(engine) as session:
        return assignments.tracked(session)


def names(works: Iterable[assignments.Tracked]) -> list[str]:
    """Return the places of the leads."""
    return [work.lead.removeprefix("UBND huyện ") for work in works]


@pytest.mark.parametrize(
    ("issued_on", "words", "expected"),
    [
        pytest.param(IN_2020, GROUP, ["Vũ Quang", "Kỳ Anh", "Lộc Hà"], id="in 2020"),
        pytest.param(IN_2025, GROUP, ["Vũ Quang", "Kỳ Anh"], id="after one was dissolved"),
        pytest.param(IN_2020, "UBND các huyện (trừ huyện Vũ Quang)", ["Kỳ Anh", "Lộc Hà"], id="less one"),
    ],
)
def test_each_member_gets_a_share(
    districts: Engine, issued_on: date, words: str, expected: list[str]
) -> None:
    """The members are those of the document's date, less those that it excepts."""
    works = proposed(districts, issued_on, a_mention(words, "huyen"))

    assert names(works) == expected


def test_a_document_without_a_date_counts_by_the_office_s_day(districts: Engine) -> None:
    """Taken in at one in the morning of 01/01/2025, while it is still 2024 in UTC: Lộc Hà is no member."""
    night = Act("Lan", "cli", datetime(2024, 12, 31, 18, 0, tzinfo=UTC))
    works = proposed(districts, None, a_mention(GROUP, "huyen"), act=night)

    assert names(works) == ["Vũ Quang", "Kỳ Anh"]
    assert {work.doubts for work in works} == {()}


@pytest.mark.parametrize(
    ("issued_on", "mention", "lead", "doubt"),
    [
        pytest.param(LATER, a_mention(GROUP, "huyen"), GROUP, NO_MEMBERS, id="a level that is no more"),
        pytest.param(None, a_mention(GROUP, "huyen"), GROUP, NO_MEMBERS, id="no date: the day it came"),
        pytest.param(
            IN_2020,
            a_mention("Các đơn vị liên quan", "huyen"),
            "Các đơn vị liên quan",
            NOT_IN_REGISTER,
            id="an open set, whatever the register says",
        ),
        pytest.param(
            IN_2020, a_mention("Các địa phương", None), "Các địa phương", NOT_IN_REGISTER, id="unknown"
        ),
    ],
)
def test_what_nobody_can_list_is_kept_as_written(
    districts: Engine, issued_on: date | None, mention: AgencyMention, lead: str, doubt: str
) -> None:
    """One share under the words of the document, with the doubt that asks a person."""
    (work,) = proposed(districts, issued_on, mention)

    assert (work.lead, work.doubts) == (lead, (doubt,))


def test_an_unclear_exception_is_a_doubt_of_every_share(districts: Engine) -> None:
    """Nobody is left out by a guess."""
    works = proposed(districts, IN_2020, a_mention("UBND các huyện (trừ huyện Hương Khê)", "huyen"))

    assert len(works) == len(PLACES)
    assert {work.doubts for work in works} == {(UNCLEAR_EXCEPTION,)}


def test_a_member_named_beside_its_group_has_one_share(districts: Engine) -> None:
    """«UBND huyện Kỳ Anh, UBND cấp huyện» gives Kỳ Anh the task once."""
    one = a_mention("UBND huyện Kỳ Anh", "h1")
    works = proposed(districts, IN_2020, one, a_mention(GROUP, "huyen"))

    assert names(works) == ["Kỳ Anh", "Vũ Quang", "Lộc Hà"]


def put(engine: Engine, number: int, status: Status, **values: Any) -> None:
    """Bring a share to a state."""
    with transaction(engine) as session:
        row = session.get_one(AssignmentRow, number)
        row.status, row.filed_on = status, IN_2020
        for name, value in values.items():
            setattr(row, name, value)


def shown(engine: Engine) -> list[tuple[str, int, int]]:
    """Return how far the groups have come."""
    with reading(engine) as session:
        return [(one.occasion, one.done, one.total) for one in group_progress(session)]


def test_the_group_shows_how_many_are_done(districts: Engine) -> None:
    """Each member has a state of its own; only what was confirmed is done."""
    works = proposed(districts, IN_2020, a_mention(GROUP, "huyen"))
    before = shown(districts)
    put(districts, works[0].id, Status.CONFIRMED)
    put(districts, works[1].id, Status.REPORTED)
    with reading(districts) as session:
        groups = by_assignment(group_progress(session))

    assert before == [("", 0, 3)]
    assert shown(districts) == [("", 1, 3)]
    assert {(groups[work.id].name, groups[work.id].done) for work in works} == {(GROUP, 1)}


def test_what_was_given_away_or_taken_back_is_not_waited_for(districts: Engine) -> None:
    """A withdrawn share is not counted; a transferred one counts where it went."""
    works = proposed(districts, IN_2020, a_mention(GROUP, "huyen"))
    put(districts, works[0].id, Status.WITHDRAWN)
    put(districts, works[1].id, Status.CONFIRMED)

    assert shown(districts) == [("", 1, 2)]


def test_instances_of_a_duty_are_counted_by_their_day(districts: Engine) -> None:
    """Once a recurring duty has dates, each date is k of n; the duty itself is never done."""
    works = proposed(districts, IN_2020, a_mention(GROUP, "huyen"))
    with transaction(districts) as session:
        for work in works:
            duty = session.get_one(AssignmentRow, work.id)
            for day in ("2020-04-30", "2020-05-31"):
                values = duty.model_dump(exclude={"id"}) | {"occasion": day, "origin_id": duty.id}
                session.add(AssignmentRow(**values))
    put(districts, works[-1].id + 1, Status.CONFIRMED)

    assert shown(districts) == [("2020-04-30", 1, 3), ("2020-05-31", 0, 3)]
