"""Open work of an agency that is no more passes to a successor that a person chooses; the words stay."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import a_contact, a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.domain.people import Role
from tracker.domain.status import Status
from tracker.errors import Conflict, NotFound
from tracker.services.audit import verify
from tracker.services.letters import message_for
from tracker.services.listing import task_list
from tracker.services.overdue import overdue_list
from tracker.services.takeovers import TakenOver, orphans, take_over, take_over_whole
from tracker.settings import Settings
from tracker.store import assignments, contacts, register, successions, views
from tracker.store.calendar import calendar_of
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.successions import Succession
from tracker.store.tables import AssignmentRow

ACT = Act("Lan", "cli", datetime(2025, 3, 3, 2, 0, tzinfo=UTC))
ON = date(2025, 3, 3)
KHDT, TC, TTTT, KHCN = "Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Sở Thông tin và Truyền thông", "Sở KH&CN"


@pytest.fixture
def merged(engine: Engine) -> Engine:
    """Give four tasks of departments, two of which ended on 28/02/2025: one wholly, one in two parts."""
    end, first = date(2025, 2, 28), date(2025, 3, 1)
    with transaction(engine) as session:
        an_agency(session, "so-khdt", KHDT, valid_to=end)
        an_agency(session, "so-tttt", TTTT, valid_to=end)
        for code, name in (("so-tc", TC), ("so-khcn", KHCN), ("so-vhttdl", "Sở Văn hóa")):
            an_agency(session, code, name)
        known = register.ids(session)
        for old, new, scope in (
            ("so-khdt", "so-tc", ""),
            ("so-tttt", "so-khcn", "công nghệ thông tin"),
            ("so-tttt", "so-vhttdl", "báo chí"),
        ):
            successions.save(
                session, Succession(old=old, new=new, on=first, scope=scope, basis=f"NQ {old}"), known
            )
        drafts = [
            a_draft(a_deadline(date(2025, 1, 31)), leads=(a_mention(name, code),))
            for name, code in ((KHDT, "so-khdt"), (TTTT, "so-tttt"), (TC, "so-tc"), (KHDT, "so-khdt"))
        ]
        a_directive(session, *drafts)
    return engine


def passed(engine: Engine, number: int, by: str, **values: Any) -> TakenOver:
    """Pass an assignment on in a transaction of its own."""
    with transaction(engine) as session:
        return take_over(session, number, by, **{"on": ON, "act": ACT, **values})


def work_of(engine: Engine, number: int) -> assignments.Tracked:
    """Return an assignment as it stands."""
    with reading(engine) as session:
        return assignments.tracked(session, assignments.Choice(ids=frozenset({number})))[0]


def test_what_waits_for_a_successor_is_listed_with_the_candidates(merged: Engine) -> None:
    """Only open work of agencies that are no more; before they ended there is none."""
    with reading(merged) as session:
        found = orphans(session, ON)
        before = orphans(session, date(2025, 2, 28))

    assert [(one.assignment_id, one.lead, [each.code for each in one.candidates]) for one in found] == [
        (1, KHDT, ["so-tc"]),
        (2, TTTT, ["so-khcn", "so-vhttdl"]),
        (4, KHDT, ["so-tc"]),
    ]
    assert [one.whole.code if one.whole else None for one in found] == ["so-tc", None, "so-tc"]
    assert before == []


def test_a_successor_answers_and_the_historic_name_stays(merged: Engine) -> None:
    """Lists show whom the document named and who that is now; history has the basis; the deadline is kept."""
    before = work_of(merged, 1)
    done = passed(merged, 1, "so-tc")
    work = work_of(merged, 1)
    with reading(merged) as session:
        calendar = calendar_of(session)
        listed = task_list(session, ON, calendar=calendar)[0].lead
        late = {item.lead for item in overdue_list(session, ON, calendar=calendar, agency="so-tc")}
        line = history(session, "assignment", 1)[-1]
        row = session.get_one(AssignmentRow, 1)

    assert (done.lead, done.successor, done.basis) == (KHDT, TC, "NQ so-khdt")
    assert (work.lead, work.agency, work.successor) == (KHDT, "so-tc", TC)
    assert row.given_to_id is not None
    assert listed == f"{KHDT} (nay là {TC})"
    assert late == {TC, f"{KHDT} (nay là {TC})"}
    assert work.facts == before.facts
    assert (line.action, line.actor) == ("take-over", "Lan")
    said = {"agency": TC, "agency_code": "so-tc", "basis": "NQ so-khdt"}
    assert (line.before, line.after) == ({"agency": KHDT}, said)
    assert verify(merged).compared.findings == ()


def test_letters_go_to_the_successor(merged: Engine) -> None:
    """Its own officer is reached, and is written to under its own name about the old one's work."""
    with transaction(merged) as session:
        a_contact(session, Role.OFFICER, "so-khdt", code="cu")
        a_contact(session, Role.OFFICER, "so-tc", code="moi")
    passed(merged, 1, "so-tc")
    works = [work_of(merged, 1), work_of(merged, 3)]
    with reading(merged) as session:
        book = contacts.address_book(session)
        digest: Any = message_for(works, Role.OFFICER, ON, calendar_of(session), Settings())

    assert [one.code for one in book.reached(Role.OFFICER, works[0].agency)] == ["moi"]
    assert digest.agency == TC
    assert [item.agency for item in digest.items] == [f"{KHDT} (nay là {TC})", TC]


@pytest.mark.parametrize(
    ("number", "by", "code"),
    [
        pytest.param(3, "so-khcn", "takeover.still-there", id="an agency that is there"),
        pytest.param(1, "so-khcn", "takeover.not-a-candidate", id="no successor"),
        pytest.param(2, "so-x", "takeover.not-a-candidate", id="no such agency"),
    ],
)
def test_only_a_successor_takes_over(merged: Engine, number: int, by: str, code: str) -> None:
    """The refusal says what can be done instead, and nothing is written."""
    before = work_of(merged, number)
    with pytest.raises(Conflict) as refused:
        passed(merged, number, by)

    assert refused.value.code == code
    assert refused.value.sentence("vi")
    assert work_of(merged, number) == before


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CONFIRMED, Status.WITHDRAWN])
def test_what_is_not_open_stays_where_it_was(merged: Engine, status: Status) -> None:
    """Done work counts for who did it."""
    with transaction(merged) as session:
        row = session.get_one(AssignmentRow, 1)
        row.status, row.filed_on = status, date(2025, 1, 20)
    with reading(merged) as session:
        listed = [one.assignment_id for one in orphans(session, ON)]
    with pytest.raises(Conflict) as refused:
        passed(merged, 1, "so-tc")

    assert refused.value.code == "takeover.not-open"
    assert listed == [2, 4]


def test_an_agency_without_successors_says_so(merged: Engine) -> None:
    """The next step is to load the table of successions."""
    with transaction(merged) as session:
        an_agency(session, "so-y", "Sở Y", valid_to=date(2025, 2, 28))
        a_directive(session, a_draft(leads=(a_mention("Sở Y", "so-y"),)))
    with pytest.raises(Conflict) as refused:
        passed(merged, 5, "so-tc")

    assert refused.value.code == "takeover.no-candidate"


def test_a_stale_form_passes_nothing_on(merged: Engine) -> None:
    """Whoever saw the list before somebody else acted has to look again."""
    seen = work_of(merged, 1).version
    passed(merged, 1, "so-tc", seen=seen)
    with pytest.raises(Conflict) as refused:
        passed(merged, 1, "so-tc", seen=seen)

    assert refused.value.code == "assignment.stale"
    with pytest.raises(NotFound):
        passed(merged, 99, "so-tc")


def test_the_plain_cases_pass_on_together(merged: Engine) -> None:
    """Where one successor takes over all of it nobody needs to choose; the rest stays for a person."""
    with transaction(merged) as session:
        rehearsed = take_over_whole(session, orphans(session, ON), on=ON, act=ACT, dry_run=True)
    with reading(merged) as session:
        between = [one.assignment_id for one in orphans(session, ON)]
    with transaction(merged) as session:
        done = take_over_whole(session, orphans(session, ON), on=ON, act=ACT)
    with reading(merged) as session:
        left = [one.assignment_id for one in orphans(session, ON)]

    assert [one.assignments for one in rehearsed] == [one.assignments for one in done] == [(1,), (4,)]
    assert (between, left) == ([1, 2, 4], [2])


def test_the_open_instances_of_a_duty_pass_on_with_it(merged: Engine) -> None:
    """What is done stays the old agency's; every other date is the successor's."""
    with transaction(merged) as session:
        duty = session.get_one(AssignmentRow, 1)
        for day, status in (
            ("2025-01-31", Status.CONFIRMED),
            ("2025-02-28", Status.REPORTED),
            ("2025-03-31", Status.ASSIGNED),
        ):
            session.add(
                AssignmentRow(
                    task_id=duty.task_id,
                    agency_id=duty.agency_id,
                    lead_text=duty.lead_text,
                    lead_name=duty.lead_name,
                    span_start=0,
                    span_end=1,
                    occasion=day,
                    origin_id=1,
                    status=status,
                    filed_on=date(2025, 2, 1),
                )
            )
    done = passed(merged, 1, "so-tc")

    assert done.assignments == (1, 6, 7)
    assert [work_of(merged, number).agency for number in (1, 5, 6, 7)] == [
        "so-tc",
        "so-khdt",
        "so-tc",
        "so-tc",
    ]


def test_who_takes_over_twice_is_still_named_by_the_first(merged: Engine) -> None:
    """After a second change the list says who answers now; whom the document meant is kept."""
    passed(merged, 1, "so-tc")
    with transaction(merged) as session:
        first = session.get_one(AssignmentRow, 1).given_to_id
        an_agency(session, "so-tc", TC, valid_to=date(2026, 12, 31))
        an_agency(session, "so-kt", "Sở Kinh tế")
        one = Succession(old="so-tc", new="so-kt", on=date(2027, 1, 1), basis="NQ 27")
        successions.save(session, one, register.ids(session))
    passed(merged, 1, "so-kt", on=date(2027, 1, 4))
    work = work_of(merged, 1)
    with reading(merged) as session:
        meant = session.get_one(AssignmentRow, 1).given_to_id

    assert (work.lead, work.successor, meant) == (KHDT, "Sở Kinh tế", first)


def test_the_page_of_a_task_says_who_answers_now(merged: Engine) -> None:
    """The name in the document stays; the successor stands beside it."""
    passed(merged, 1, "so-tc")
    with reading(merged) as session:
        works = assignments.tracked(session)
        first = views.task(session, works[0].code)
        third = views.task(session, works[2].code)

    assert first is not None
    assert [(one.lead_name, one.successor) for one in first.assignments] == [(KHDT, TC)]
    assert third is not None
    assert [(one.lead_name, one.successor) for one in third.assignments] == [(TC, None)]
