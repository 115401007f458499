"""A new document that gives more time for the work of an older one."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directives.model import Span
from tests.tracker.factories import CLOCK, a_deadline, a_directive, a_draft, a_mention, an_agency
from tests.tracker.services.at_work import OTHER, Work, an_act
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.status import Status
from tracker.errors import Conflict
from tracker.services.approval import approve
from tracker.services.found_extensions import (
    EXTENDS_UNKNOWN,
    FAR_DAY,
    WHICH_DAY,
    WHOSE,
    Proposal,
    apply,
    proposals,
)
from tracker.store import assignments, deadline_versions
from tracker.store import extensions as kept
from tracker.store.assignments import Choice
from tracker.store.deadline_versions import NewDeadline
from tracker.store.session import reading, transaction

APRIL, MAY = date(2020, 4, 8), date(2020, 5, 9)
NOTICE = "Thông báo số 120/TB-UBND ngày 03/4/2020"
TODAY = date(2020, 4, 20)


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give three departments the tasks of notice 120/TB-UBND: 1 is due in April, 2 and 3 in May, 4 never."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, OTHER, "Sở Tài chính")
        an_agency(session, "so-y-te", "Sở Y tế", aliases=("SYT",))
        a_directive(
            session,
            a_draft(a_deadline(APRIL), item="1"),
            a_draft(a_deadline(MAY), item="2", leads=(a_mention("Sở Tài chính", OTHER),)),
            a_draft(a_deadline(MAY), item="3", leads=(a_mention("Sở Y tế", "so-y-te"),)),
            a_draft(item="4", leads=(a_mention("Sở Y tế", "so-y-te"),)),
            number="120/TB-UBND",
        )
    return Work(engine, tmp_path)


def a_letter(work: Work, text: str, **values: object) -> int:
    """Take in a letter of 20/4/2020 that has not been approved."""
    usual = {"text": text, "number": "2501/UBND-KT1", "issued_on": TODAY, "genre": "letter"}
    with transaction(work.engine) as session:
        return a_directive(session, approved=False, **{**usual, **values})


def found(work: Work, letter: int) -> list[Proposal]:
    """Return what a letter seems to give more time for."""
    with reading(work.engine) as session:
        return proposals(session, letter, work.office(TODAY))


def due(work: Work) -> list[date | None]:
    """Return the deadlines in force of the notice."""
    with reading(work.engine) as session:
        return [one.facts.due_on for one in assignments.tracked(session, Choice(directive_id=1))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 31/5/2020.",
            [("Sở Y tế", date(2020, 5, 31), None)],
        ),
        (
            f"Gia hạn nội dung tại điểm 2 {NOTICE} đến ngày 31/5/2020.",
            [("Sở Tài chính", date(2020, 5, 31), None)],
        ),
        (
            f"Điều chỉnh thời hạn tại {NOTICE} từ ngày 10/5/2020 sang ngày 15/6/2020.",
            [("Sở Tài chính", date(2020, 6, 15), None), ("Sở Y tế", date(2020, 6, 15), None)],
        ),
        (
            f"Gia hạn thời gian thực hiện {NOTICE} đến ngày 31/5/2020.",
            [
                ("Sở Công Thương", date(2020, 5, 31), WHOSE),
                ("Sở Tài chính", date(2020, 5, 31), WHOSE),
                ("Sở Y tế", date(2020, 5, 31), WHOSE),
            ],
        ),
        (
            f"Gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} thêm 30 ngày.",
            [("Sở Y tế", None, WHICH_DAY)],
        ),
        (f"Gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến ngày 30/4/2020.", []),
        ("Gia hạn nhiệm vụ giao Sở Y tế tại Thông báo số 121/TB-UBND đến ngày 31/5/2020.", []),
        ("Gia hạn nhiệm vụ tại Thông báo số 120/TB-UBND ngày 03/4/2019 đến ngày 31/5/2020.", []),
    ],
)
def test_what_a_letter_gives_is_proposed_to_whom_it_names(
    work: Work, text: str, expected: list[tuple[str, date | None, str | None]]
) -> None:
    """By agency, by item, by the old day; what may be meant for several, or gives no day, is in doubt."""
    letter = a_letter(work, text)

    assert [(one.lead, one.until, one.doubt) for one in found(work, letter)] == expected


def test_a_duty_that_is_only_given_more_time_is_not_assigned_twice(work: Work) -> None:
    """What the letter says of older work is that work; what it asks besides is work of its own."""
    sentence = f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 31/5/2020."
    health = (a_mention("Sở Y tế", "so-y-te"),)
    until = date(2020, 5, 31)
    with transaction(work.engine) as session:
        letter = a_directive(
            session,
            a_draft(a_deadline(until), leads=health, span=Span(0, len(sentence))),
            a_draft(a_deadline(date(2020, 4, 25)), leads=health, span=Span(0, len(sentence))),
            a_draft(a_deadline(until), leads=health, span=Span(len(sentence) + 1, len(sentence) + 20)),
            approved=False,
            text=f"{sentence} Sở Y tế báo cáo tiến độ hằng tuần.",
            number="2501/UBND-KT1",
            issued_on=TODAY,
            genre="letter",
        )
        result = approve(session, letter, actor="Lan", clock=CLOCK, office=work.office(TODAY))
        own = assignments.tracked(session, Choice(directive_id=letter))

    assert [one.facts.status for one in own] == [Status.WITHDRAWN, Status.ASSIGNED, Status.ASSIGNED]
    assert (result.assigned, result.extended) == (2, 1)


def test_what_a_person_applied_leaves_no_draft_behind(work: Work) -> None:
    """Of two duties of one department a person says which; its own draft is not given beside it."""
    sentence = f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 31/5/2020."
    health, until = (a_mention("Sở Y tế", "so-y-te"),), date(2020, 5, 31)
    office = work.office(TODAY)
    with transaction(work.engine) as session:
        deadline_versions.change(
            session,
            4,
            NewDeadline(due_on=MAY, cause=DeadlineCause.SET, explain=""),
            act=an_act(TODAY),
        )
        draft = a_draft(a_deadline(until), leads=health, span=Span(0, len(sentence)))
        letter = a_directive(session, draft, approved=False, text=sentence, number="5/UBND", issued_on=TODAY)
        waits = approve(session, letter, actor="Lan", clock=CLOCK, office=office)
        apply(session, letter, office=office, act=an_act(TODAY), only=[4])
        settled = approve(session, letter, actor="Lan", clock=CLOCK, office=office)
        (own,) = assignments.tracked(session, Choice(directive_id=letter))
        again = approve(session, letter, actor="Lan", clock=CLOCK, office=office)

    assert (waits.left, waits.extended, settled.left, settled.assigned) == (1, 0, 0, 0)
    assert (settled.already, again.already) == (False, True)
    assert own.facts.status is Status.WITHDRAWN


def test_more_time_for_work_that_is_not_there_is_no_task_of_its_own(work: Work) -> None:
    """It stays a draft with a doubt until the older document is there, or a person says it is new work."""
    notice = "Thông báo số 121/TB-UBND ngày 03/4/2020"
    sentence = f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {notice} đến hết ngày 31/5/2020."
    health, until = (a_mention("Sở Y tế", "so-y-te"),), date(2020, 5, 31)
    office, span = work.office(TODAY), Span(0, len(sentence))
    letters = []
    for number in ("2501/UBND-KT1", "2502/UBND-KT1"):
        with transaction(work.engine) as session:
            draft = a_draft(a_deadline(until), leads=health, span=span)
            own = a_draft(a_deadline(date(2020, 4, 25)), leads=health, span=span)
            letters.append(
                a_directive(
                    session, draft, own, approved=False, text=sentence, number=number, issued_on=TODAY
                )
            )
    taken_in, new = letters

    def approved(letter: int, *, everything: bool = False) -> tuple[int, int, int]:
        with transaction(work.engine) as session:
            done = approve(session, letter, actor="Lan", clock=CLOCK, office=office, everything=everything)
        return done.assigned, done.extended, done.left

    def drafts(letter: int) -> list[tuple[Status, bool]]:
        with reading(work.engine) as session:
            shares = assignments.tracked(session, Choice(directive_id=letter))
        return [(one.facts.status, EXTENDS_UNKNOWN in one.doubts) for one in shares]

    assert [approved(taken_in), approved(taken_in), approved(new)] == [(1, 0, 1), (0, 0, 1), (1, 0, 1)]
    assert drafts(taken_in) == [(Status.DRAFT, True), (Status.ASSIGNED, False)]
    assert approved(new, everything=True) == (1, 0, 0)
    assert drafts(new) == [(Status.ASSIGNED, False), (Status.ASSIGNED, False)]

    with transaction(work.engine) as session:
        a_directive(session, a_draft(a_deadline(MAY), leads=health), number="121/TB-UBND")
    assert approved(taken_in) == (0, 1, 0)
    assert drafts(taken_in)[0][0] is Status.WITHDRAWN
    assert approved(taken_in) == (0, 0, 0)


def test_approving_the_letter_moves_the_deadline(work: Work) -> None:
    """The original stays the first; the new version names the letter; approving again changes nothing."""
    letter = a_letter(work, f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 31/5/2020.")
    before = due(work)
    with transaction(work.engine) as session:
        result = approve(session, letter, actor="Lan", clock=CLOCK, office=work.office(TODAY))
    with transaction(work.engine) as session:
        again = apply(session, letter, office=work.office(TODAY), act=an_act(TODAY))
    with reading(work.engine) as session:
        versions = deadline_versions.of(session, 3)
        (request,) = kept.listing(session)

    assert (result.extended, again) == (1, [])
    assert before == [APRIL, MAY, MAY, None]
    assert due(work) == [APRIL, MAY, date(2020, 5, 31), None]
    assert [(one.due_on, one.cause, one.document) for one in versions] == [
        (MAY, DeadlineCause.READ, None),
        (date(2020, 5, 31), DeadlineCause.EXTENSION, "2501/UBND-KT1"),
    ]
    assert (request.directive_id, request.document) == (letter, "2501/UBND-KT1")
    assert found(work, letter) == []


@pytest.mark.parametrize(
    ("issued_on", "asked_on", "in_time"),
    [
        (date(2020, 5, 6), date(2020, 5, 6), True),
        (date(2020, 5, 9), date(2020, 5, 9), False),
        (None, date(2020, 6, 1), False),  # nothing is known but the day it came in
        (date(2020, 6, 2), date(2020, 6, 1), False),  # a date that lies ahead is misread
    ],
)
def test_time_that_a_document_gives_was_asked_for_by_its_date(
    work: Work, issued_on: date | None, asked_on: date, *, in_time: bool
) -> None:
    """A letter of before the deadline is not late because it was taken in on 01/6."""
    text = f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 30/6/2020."
    letter, taken_in = a_letter(work, text, issued_on=issued_on), date(2020, 6, 1)
    with transaction(work.engine) as session:
        apply(session, letter, office=work.office(taken_in), act=an_act(taken_in))
        (request,) = kept.listing(session)

    assert (request.asked_on, request.in_time) == (asked_on, in_time)


def test_what_is_in_doubt_waits_for_a_person(work: Work) -> None:
    """Approval leaves it; naming the assignment applies it."""
    letter = a_letter(work, f"Gia hạn thời gian thực hiện {NOTICE} đến ngày 31/5/2020.")
    with transaction(work.engine) as session:
        result = approve(session, letter, actor="Lan", clock=CLOCK, office=work.office(TODAY))
    untouched = due(work)
    with transaction(work.engine) as session:
        apply(session, letter, office=work.office(TODAY), act=an_act(TODAY), only=[2])

    assert result.extended == 0
    assert untouched == [APRIL, MAY, MAY, None]
    assert due(work) == [APRIL, date(2020, 5, 31), MAY, None]
    assert [one.assignment_id for one in found(work, letter)] == [1, 3]


def test_a_day_far_off_waits_for_a_person(work: Work) -> None:
    """A year misread gives nobody forty years; naming the assignment says that it is meant."""
    letter = a_letter(work, f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 31/5/2062.")
    (proposal,) = found(work, letter)
    with transaction(work.engine) as session:
        none = apply(session, letter, office=work.office(TODAY), act=an_act(TODAY))
        meant = apply(session, letter, office=work.office(TODAY), act=an_act(TODAY), only=[3])

    assert (proposal.until, proposal.doubt) == (date(2062, 5, 31), FAR_DAY)
    assert (none, [one.assignment_id for one in meant]) == ([], [3])


def test_naming_work_without_a_plain_day_is_refused(work: Work) -> None:
    """And naming work that the letter does not speak of; what it has given already is simply there."""
    letter = a_letter(work, f"Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại {NOTICE} đến hết ngày 31/5/2020.")
    with transaction(work.engine) as session:
        apply(session, letter, office=work.office(TODAY), act=an_act(TODAY), only=[3])
        again = apply(session, letter, office=work.office(TODAY), act=an_act(TODAY), only=[3])
        with pytest.raises(Conflict) as refused:
            apply(session, letter, office=work.office(TODAY), act=an_act(TODAY), only=[1])

    assert (again, refused.value.code) == ([], "extension.not-given")
