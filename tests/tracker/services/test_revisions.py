"""A document that replaces or amends another: proposed, then accepted by a person, all at once."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.model import Citation, Relation, Span, TaskDraft
from tests.tracker.factories import MOMENT, a_deadline, a_directive, a_draft, a_mention, an_app
from tests.tracker.services.test_daily import rows_of
from tracker.app import App
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.revisions import Difference
from tracker.domain.status import Status
from tracker.errors import Conflict, NotFound
from tracker.services import moves
from tracker.services.approval import approve
from tracker.services.intake import take_in
from tracker.services.revisions import accept, overlaps, pending, refuse_twice, revision_of
from tracker.store import deadline_versions, directives
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, TaskRow

ACT = Act("chị Hoa", "cli", MOMENT)
MAY, JUNE = date(2020, 5, 9), date(2020, 6, 30)
FUNDS = "tham mưu UBND tỉnh hỗ trợ một phần kinh phí cho hai doanh nghiệp xây dựng mô hình"
ROADS = "rà soát hiện trạng đường giao thông nông thôn, đề xuất danh mục ưu tiên sửa chữa"
MARKET = "hướng dẫn doanh nghiệp đăng ký sản phẩm tham gia chương trình mỗi xã một sản phẩm"
REPORT = "tổng hợp tình hình giải ngân vốn đầu tư công, báo cáo Thường trực Tỉnh ủy"


def a_task(words: str, due: date | None, *leads: str, item: str = "1") -> TaskDraft:
    """Build a task of some leads."""
    names = leads or ("Sở Công Thương",)
    return a_draft(
        None if due is None else a_deadline(due),
        item=item,
        text=f"{', '.join(names)}: {words}.",
        action=words,
        leads=tuple(a_mention(name, None) for name in names),
    )


def old_and_new(
    engine: Engine, relation: Relation = Relation.REPLACES, *, old_approved: bool = True
) -> tuple[int, int]:
    """Keep an old document and one that revises it: kept, moved, one lead exchanged, gone, new."""
    with transaction(engine) as session:
        old = a_directive(
            session,
            a_task(FUNDS, MAY, item="1"),
            a_task(ROADS, MAY, "Sở Giao thông vận tải", "UBND huyện Đức Thọ", item="2"),
            a_task(MARKET, MAY, item="3"),
            number="120/TB-UBND",
            approved=old_approved,
        )
        new = a_directive(
            session,
            a_task(FUNDS + " điển hình", MAY, item="1"),
            a_task(ROADS, JUNE, "Sở Giao thông vận tải", "UBND huyện Can Lộc", item="2"),
            a_task(REPORT, JUNE, "Sở Tài chính", item="3"),
            number="135/TB-UBND",
            issued_on=date(2020, 4, 20),
            approved=False,
        )
        cite = Citation("120/TB-UBND", date(2020, 4, 3), relation, Span(0, 3))
        directives.add_citations(session, new, (cite,))
    return old, new


def proposed(engine: Engine, **options: object) -> list[tuple[str, str]]:
    """Return the proposal as what becomes of whose share."""
    with reading(engine) as session:
        (revision,) = revision_of(session, "135/TB-UBND", **options)  # type: ignore[arg-type]
    return [(row.difference, row.lead) for row in revision.rows]


def standing(engine: Engine, directive_id: int) -> list[tuple[str, Status, date | None, int]]:
    """Return lead, status, deadline and its version of every share of a document."""
    with reading(engine) as session:
        rows = session.exec(
            select(AssignmentRow)
            .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
            .where(col(TaskRow.directive_id) == directive_id)
            .order_by(col(AssignmentRow.id))
        )
        return [(row.lead_name, row.status, row.due_on, row.deadline_version) for row in rows]


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> App:
    """Give a program without accounts."""
    return an_app(engine, tmp_path)


def test_the_proposal_tells_what_is_new_kept_moved_and_gone(engine: Engine) -> None:
    """Lead by lead, and nothing is written."""
    old_and_new(engine)
    before = rows_of(engine)

    assert proposed(engine) == [
        (Difference.KEPT, "Sở Công Thương"),
        (Difference.NEW_DEADLINE, "Sở Giao thông vận tải"),
        (Difference.NEW, "UBND huyện Can Lộc"),
        (Difference.GONE, "UBND huyện Đức Thọ"),
        (Difference.NEW, "Sở Tài chính"),
        (Difference.GONE, "Sở Công Thương"),
    ]
    assert rows_of(engine) == before


def test_accepting_keeps_moves_withdraws_and_gives_at_once(app: App) -> None:
    """What goes on keeps its assignment; nothing is given twice, and nothing of the old is removed."""
    old, new = old_and_new(app.engine)
    accept(app, "135/TB-UBND", None, actor="chị Hoa", via="cli")

    assert standing(app.engine, old) == [
        ("Sở Công Thương", Status.ASSIGNED, MAY, 1),
        ("Sở Giao thông vận tải", Status.ASSIGNED, JUNE, 2),
        ("UBND huyện Đức Thọ", Status.WITHDRAWN, MAY, 1),
        ("Sở Công Thương", Status.WITHDRAWN, MAY, 1),
    ]
    assert standing(app.engine, new) == [
        ("Sở Công Thương", Status.WITHDRAWN, MAY, 1),
        ("Sở Giao thông vận tải", Status.WITHDRAWN, JUNE, 1),
        ("UBND huyện Can Lộc", Status.ASSIGNED, JUNE, 1),
        ("Sở Tài chính", Status.ASSIGNED, JUNE, 1),
    ]
    with reading(app.engine) as session:
        tasks = session.exec(select(TaskRow).order_by(col(TaskRow.id))).all()
        moved = session.exec(
            select(AssignmentRow.id).where(col(AssignmentRow.lead_name) == "Sở Giao thông vận tải")
        ).first()
        last = deadline_versions.of(session, moved or 0)[-1]
        gone = session.exec(
            select(AssignmentRow.id).where(col(AssignmentRow.lead_name) == "UBND huyện Đức Thọ")
        ).one()
        told = history(session, "assignment", gone or 0)[-1]
        assert pending(session, new) == []
    assert [task.continues_id for task in tasks[3:]] == [tasks[0].id, tasks[1].id, None]
    assert (last.cause, last.document, last.due_on) == (DeadlineCause.REVISION, "135/TB-UBND", JUNE)
    assert told.after is not None
    assert (told.action, told.after["document"]) == ("withdraw", "135/TB-UBND")
    assert "135/TB-UBND" in told.after["reason"]


def test_a_failure_in_the_middle_changes_nothing(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is one transaction."""
    old_and_new(app.engine)
    before = rows_of(app.engine)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("tracker.services.revisions.approve", fails)
    with pytest.raises(RuntimeError):
        accept(app, "135/TB-UBND", None, actor="a", via="cli")

    assert rows_of(app.engine) == before


def test_an_amendment_leaves_alone_what_it_does_not_speak_of(app: App) -> None:
    """Only a replacement withdraws what is no longer said; a lead exchanged in a task is spoken of."""
    old, _ = old_and_new(app.engine, Relation.AMENDS)

    assert (Difference.UNTOUCHED, "Sở Công Thương") in proposed(app.engine)
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    assert [status for _, status, _, _ in standing(app.engine, old)] == [
        Status.ASSIGNED,
        Status.ASSIGNED,
        Status.WITHDRAWN,
        Status.ASSIGNED,
    ]


def test_a_person_can_call_a_task_new_though_it_looks_like_an_old_one(app: App) -> None:
    """Then the old one is gone, and the new one is given."""
    _, new = old_and_new(app.engine)
    with reading(app.engine) as session:
        code = session.exec(
            select(TaskRow.code).where(col(TaskRow.directive_id) == new).order_by(col(TaskRow.ordinal))
        ).first()

    rows = proposed(app.engine, as_new=(code,))

    assert rows[0] == (Difference.NEW, "Sở Công Thương")
    assert rows.count((Difference.GONE, "Sở Công Thương")) == 2


def test_done_work_stays_done_and_withdrawn_work_is_given_afresh(app: App) -> None:
    """What was confirmed is not asked for again; what was withdrawn before is no share to go on with."""
    old, new = old_and_new(app.engine)
    with transaction(app.engine) as session:
        shares = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
        shares[0].status, shares[0].filed_on = Status.CONFIRMED, date(2020, 4, 10)
        moves.withdraw(session, shares[1].id or 0, "giao nhầm", act=ACT)

    assert proposed(app.engine)[:3] == [
        (Difference.SETTLED, "Sở Công Thương"),
        (Difference.NEW, "Sở Giao thông vận tải"),
        (Difference.NEW, "UBND huyện Can Lộc"),
    ]
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    assert standing(app.engine, old)[0][1] is Status.CONFIRMED
    assert [status for _, status, _, _ in standing(app.engine, new)] == [
        Status.WITHDRAWN,
        Status.ASSIGNED,
        Status.ASSIGNED,
        Status.ASSIGNED,
    ]


def a_third(engine: Engine, *tasks: TaskDraft) -> int:
    """Keep a document that replaces the one that replaced the first."""
    with transaction(engine) as session:
        third = a_directive(
            session, *tasks, number="140/TB-UBND", issued_on=date(2020, 4, 25), approved=False
        )
        cite = Citation("135/TB-UBND", date(2020, 4, 20), Relation.REPLACES, Span(0, 3))
        directives.add_citations(session, third, (cite,))
    return third


@pytest.mark.parametrize(
    ("words", "due", "first"),
    [
        pytest.param(FUNDS, MAY, (Status.ASSIGNED, MAY), id="kept"),
        pytest.param(FUNDS, JUNE, (Status.ASSIGNED, JUNE), id="with another deadline"),
        pytest.param(REPORT, JUNE, (Status.WITHDRAWN, MAY), id="gone"),
    ],
)
def test_a_replacement_of_a_replacement_acts_on_the_work_that_is_live(
    app: App, words: str, due: date, first: tuple[Status, date]
) -> None:
    """It is tracked under the oldest document, through any number of newer ones; never a second piece."""
    old, second = old_and_new(app.engine)
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    third = a_third(app.engine, a_task(words, due))
    with transaction(app.engine) as session, pytest.raises(Conflict):
        refuse_twice(session, third)
    accept(app, "140/TB-UBND", None, actor="a", via="cli")

    held = [
        row
        for number in (old, second, third)
        for row in standing(app.engine, number)
        if row[0] == "Sở Công Thương" and row[1] is not Status.WITHDRAWN
    ]
    assert standing(app.engine, old)[0][1:3] == first
    assert len(held) == 1
    assert standing(app.engine, old)[1][1] is Status.WITHDRAWN  # the roads, which are gone


def test_done_work_stays_done_through_two_replacements(app: App) -> None:
    """What was confirmed under the first document is not asked for again by the third."""
    old_and_new(app.engine)
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    with transaction(app.engine) as session:
        first = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()[0]
        first.status, first.filed_on = Status.CONFIRMED, date(2020, 4, 22)
    third = a_third(app.engine, a_task(FUNDS, MAY))
    accept(app, "140/TB-UBND", None, actor="a", via="cli")

    assert [status for _, status, _, _ in standing(app.engine, third)] == [Status.WITHDRAWN]


@pytest.mark.parametrize(
    ("relation", "changes"),
    [
        (Relation.REPLACES, "giữ nguyên: 1; đổi thời hạn: 1; mới: 2; không còn: sẽ rút: 2"),
        (Relation.AMENDS, "giữ nguyên: 1; đổi thời hạn: 1; mới: 2; không còn: sẽ rút: 1; không nhắc đến"),
    ],
)
def test_work_is_not_given_twice_by_a_plain_approval(app: App, relation: Relation, changes: str) -> None:
    """Refused while the old work is open and nobody has accepted what changes, which is told."""
    _, new = old_and_new(app.engine, relation)
    with transaction(app.engine) as session, pytest.raises(Conflict, match=re.escape(changes)):
        refuse_twice(session, new)
    with transaction(app.engine) as session, pytest.raises(Conflict, match=f"revisions show {new}"):
        refuse_twice(session, new)
    with transaction(app.engine) as session:
        for row in session.exec(select(AssignmentRow).where(col(AssignmentRow.status) != Status.DRAFT)):
            moves.withdraw(session, row.id or 0, "xong", act=ACT)
        refuse_twice(session, new)


def test_an_accepted_amendment_is_not_refused(app: App) -> None:
    """Who has accepted what it changes has looked; approving once more does nothing."""
    _, new = old_and_new(app.engine, Relation.AMENDS)
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    with transaction(app.engine) as session:
        refuse_twice(session, new)
        assert overlaps(session, new) == []


def test_a_draft_that_is_replaced_has_given_no_work(app: App) -> None:
    """Nothing is open under it, so nothing is given twice."""
    _, new = old_and_new(app.engine, old_approved=False)
    with transaction(app.engine) as session:
        refuse_twice(session, new)


def test_reported_work_that_is_gone_waits_for_a_person(app: App) -> None:
    """Somebody did it, and nobody has looked yet: the proposal says so, and accepting leaves it alone."""
    old, _ = old_and_new(app.engine)
    with transaction(app.engine) as session:
        shares = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
        shares[3].status, shares[3].filed_on = Status.REPORTED, date(2020, 4, 18)

    assert proposed(app.engine)[-1] == (Difference.REPORTED, "Sở Công Thương")
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    assert [status for _, status, _, _ in standing(app.engine, old)[2:]] == [
        Status.WITHDRAWN,
        Status.REPORTED,
    ]


def test_more_time_that_was_granted_is_kept_where_the_words_are_the_same(app: App) -> None:
    """The new document repeats the old date: the extension stands."""
    old, _ = old_and_new(app.engine)
    with transaction(app.engine) as session:
        first = session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id))).first() or 0
        new = NewDeadline(due_on=JUNE, cause=DeadlineCause.EXTENSION, explain="gia hạn")
        deadline_versions.change(session, first, new, act=ACT)

    accept(app, "135/TB-UBND", None, actor="a", via="cli")

    assert standing(app.engine, old)[0] == ("Sở Công Thương", Status.ASSIGNED, JUNE, 2)


def test_what_was_approved_before_anybody_looked_is_put_right(app: App) -> None:
    """A new document approved by itself gave the work twice; accepting takes the second one back."""
    _, new = old_and_new(app.engine)
    with transaction(app.engine) as session:
        approve(session, new, actor="a", clock=app.clock)
    accept(app, "135/TB-UBND", "120/TB-UBND", actor="a", via="cli")

    assert standing(app.engine, new)[0][1] is Status.WITHDRAWN


def test_refusals_say_why(app: App) -> None:
    """A second time, another document, a draft."""
    old_and_new(app.engine)
    accept(app, "135/TB-UBND", None, actor="a", via="cli")
    with pytest.raises(Conflict, match="đã được chấp nhận"):
        accept(app, "135/TB-UBND", None, actor="a", via="cli")
    with pytest.raises(NotFound, match="không thay thế"):
        accept(app, "120/TB-UBND", None, actor="a", via="cli")


def test_a_draft_is_not_revised(app: App) -> None:
    """First the old document is approved: otherwise nobody would ever be given what goes on."""
    old_and_new(app.engine, old_approved=False)
    before = rows_of(app.engine)
    with pytest.raises(Conflict, match="chưa được duyệt"):
        accept(app, "135/TB-UBND", None, actor="a", via="cli")
    assert rows_of(app.engine) == before


def test_a_document_that_revises_another_waits_for_a_person(app: App, tmp_path: Path) -> None:
    """Taken in with approval asked for, it stays a draft: its tasks would be given twice."""
    with transaction(app.engine) as session:
        old = a_directive(session, a_task(FUNDS, MAY), number="120/TB-UBND")
    (tmp_path / "135.txt").write_text(
        "UBND TỈNH HÀ TĨNH\nSố: 135/TB-UBND\nHà Tĩnh, ngày 20 tháng 4 năm 2020\nTHÔNG BÁO\n"
        "Thông báo này thay thế Thông báo số 120/TB-UBND ngày 03/4/2020.\n"
        f"1. Sở Công Thương {FUNDS} trước ngày 10/5/2020.\n"
    )

    taken = take_in(app, tmp_path / "135.txt", approve=True, actor="a")

    assert (taken.revises, taken.approved) == ((old,), False)
