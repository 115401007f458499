"""A task's story is told whole, in order, in words; and only to who may see it."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.conftest import ROOT
from tests.tracker.factories import CLOCK, a_deadline, a_directive, a_draft, a_mention, an_agency, an_app
from tests.tracker.services.one_officer import DUE, an_officer_with_a_task
from tracker.clock import shown
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.people import AccountRole
from tracker.domain.permissions import Scope
from tracker.domain.status import Move
from tracker.errors import NotFound
from tracker.phrasebook import LANGUAGES, catalogue
from tracker.services.accounts import put
from tracker.services.approval import approve
from tracker.services.audit_story import Story, story
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.intake import take_in
from tracker.store import deadline_versions
from tracker.store.accounts import AccountEntry
from tracker.store.assignments import tracked
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, Change, record
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, TaskRow

EXAMPLE = ROOT / "examples" / "thong-bao-120-tb-ubnd.txt"
WRITTEN = re.compile(r'record\(\s*session, [\w.]+, "([a-z-]+)", \("(?:directive|task|assignment)"')
MOMENT = datetime(2020, 4, 9, 2, 0, tzinfo=UTC)


def told(engine: Engine, ref: str | None = None, scope: Scope | None = None) -> Story:
    """Tell the story of the first task, or of the one that is named."""
    with reading(engine) as session:
        code = ref or session.exec(select(TaskRow.code).order_by(TaskRow.code)).first() or ""
        return story(session, code) if scope is None else story(session, code, scope=scope)


def the_work(session: Session) -> int:
    """Return the number of the first assignment."""
    return session.exec(select(AssignmentRow.id).order_by(AssignmentRow.id)).first() or 0  # type: ignore[arg-type]


def test_a_story_begins_with_the_document(engine: Engine, tmp_path: Path) -> None:
    """Taken in, approved, given: by whom, through what, with the deadline as it was read and how."""
    with transaction(engine) as session:
        an_agency(session)
    result = take_in(an_app(engine, tmp_path), EXAMPLE, approve=False, actor="Lan")
    with transaction(engine) as session:
        approve(session, result.directive_id, actor="Lan", clock=CLOCK)
        work = next(one for one in tracked(session) if one.lead == "Sở Công Thương" and one.facts.due_on)

    entries = told(engine, work.code).entries
    assert entries[0].action == "taken-in"
    assert sorted(entry.action for entry in entries) == ["approve", "approve", "deadline-read", "taken-in"]
    sentences = [entry.sentence for entry in entries]
    assert "Tiếp nhận văn bản: số 120/TB-UBND; số nhiệm vụ 10" in sentences
    assert "Giao việc: tình trạng «Dự thảo, chờ duyệt» → «Đã giao»" in sentences
    assert any(
        one.startswith(f"Thời hạn ban đầu: hạn {shown(work.facts.due_on)}; cách tính:") for one in sentences
    )
    assert {entry.who for entry in entries} == {"Lan"}


def test_a_story_tells_every_move_deadline_and_letter_in_order(engine: Engine, tmp_path: Path) -> None:
    """What an agency and the office did, the deadlines old and new, and the letters that went out."""
    office = an_officer_with_a_task(engine, tmp_path)
    run_day(office.app(date(2020, 4, 3)), date(2020, 4, 3))
    deliver(office.app(date(2020, 4, 3)))
    with transaction(engine) as session:
        number = the_work(session)
        act = Act("hung", "web", MOMENT)
        change = Change({"status": "assigned"}, {"status": "under_way", "words": "đã khảo sát 3 xã"})
        record(session, act, Move.PROGRESS, ("assignment", number), change)
        later = Act("chanh", "cli", MOMENT + timedelta(hours=1), standing_in="hien")
        after = {"due_on": date(2020, 4, 20), "decision": "đồng ý"}
        record(session, later, Move.GRANT_EXTENSION, ("assignment", number), Change({"due_on": DUE}, after))
        new = NewDeadline(
            due_on=date(2020, 4, 20),
            cause=DeadlineCause.EXTENSION,
            explain="gia hạn 12 ngày",
            document="9/UBND",
        )
        deadline_versions.change(session, number, new, act=later)

    entries = told(engine, str(number)).entries
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    sentences = {entry.action: entry.sentence for entry in entries}
    assert sentences["progress"] == (
        "Báo cáo tiến độ: tình trạng «Đã giao» → «Đang thực hiện»; nội dung: đã khảo sát 3 xã"
    )
    assert sentences["grant-extension"] == "Gia hạn: hạn 08/04/2020 → 20/04/2020; quyết định: đồng ý"
    assert sentences["deadline-extension"] == (
        "Thời hạn mới do gia hạn: hạn 20/04/2020; cách tính: gia hạn 12 ngày; văn bản 9/UBND"
    )
    assert sentences["letter-sent"].startswith("Đã gửi thư: tiêu đề: ")
    assert [entry.action for entry in entries if entry.action.startswith("deadline")] == [
        "deadline-read",
        "deadline-extension",
    ]
    granted = next(entry for entry in entries if entry.action == "grant-extension")
    assert (granted.who, granted.channel) == ("chanh, thay hien", "cli")


def test_people_are_called_by_their_names(engine: Engine) -> None:
    """The login stays beside the name: names change, logins do not."""
    with transaction(engine) as session:
        a_directive(session, a_draft())
        admin = AccountEntry(login="lan", name="Nguyễn Thị Lan", role=AccountRole.ADMINISTRATOR)
        put(session, admin, act=Act("root", "cli", MOMENT), new=True)
        record(session, Act("lan", "cli", MOMENT), "tied", ("assignment", the_work(session)), Change())

    last = told(engine).entries[-1]
    assert (last.actor, last.who) == ("lan", "Nguyễn Thị Lan (lan)")


def test_what_no_phrase_knows_is_still_shown(engine: Engine) -> None:
    """An act of a later version of the program, with fields of its own."""
    with transaction(engine) as session:
        a_directive(session, a_draft())
        change = Change({"colour": "xanh"}, {"colour": "đỏ", "on": "2020-05-01"})
        record(session, Act("x", "fax", MOMENT), "painted", ("assignment", the_work(session)), change)

    last = told(engine).entries[-1]
    assert (last.sentence, last.channel) == ("Painted: colour xanh → đỏ; on 01/05/2020", "fax")


def test_each_agency_is_told_its_own_part(engine: Engine) -> None:
    """A task of two leads has two parts; who sees one is told that one, and of another's work nothing."""
    with transaction(engine) as session:
        ours, theirs = an_agency(session), an_agency(session, "so-y-te", "Sở Y tế")
        leads = (a_mention(), a_mention("Sở Y tế", "so-y-te"))
        a_directive(session, a_draft(a_deadline(DUE), leads=leads), a_draft(a_deadline(DUE)))
    code = told(engine).code

    assert told(engine).leads == ("Sở Công Thương", "Sở Y tế")
    assert told(engine, code, Scope(agencies=frozenset({ours}))).leads == ("Sở Công Thương",)
    part = told(engine, code, Scope(agencies=frozenset({theirs})))
    assert {entry.about for entry in part.entries if entry.action != "approve"} == {"Sở Y tế"}
    for ref in ("NV-1999-0001", "999", code):
        with pytest.raises(NotFound, match="dondoc tasks"):
            told(engine, ref, Scope())


@pytest.mark.parametrize(
    "what", [*(f"move.{one}" for one in Move), *(f"story.deadline-{one}" for one in DeadlineCause)]
)
def test_every_move_and_every_cause_has_its_words(what: str) -> None:
    """The table of sentences knows whatever the program itself writes."""
    assert set(catalogue()[what]) == set(LANGUAGES)


@pytest.mark.parametrize("path", sorted((ROOT / "tracker").rglob("*.py")), ids=lambda path: path.name)
def test_every_act_on_work_has_its_sentence(path: Path) -> None:
    """What the program writes into the history of a document, a task or an assignment is told in words."""
    written = WRITTEN.findall(path.read_text(encoding="utf-8"))

    assert {f"story.{action}" for action in written} <= catalogue().keys()


def test_what_was_decided_about_a_task_as_such_is_told_too(engine: Engine) -> None:
    """Also a list among the fields, shortened so that it can be read."""
    with transaction(engine) as session:
        a_directive(session, a_draft())
        number = session.exec(select(TaskRow.id)).one() or 0
        after = {"other": "NV-2020-0009", "same": False, "files": ["a" * 64, "b" * 64]}
        record(session, Act("x", "cli", MOMENT), "duplicate-decided", ("task", number), Change(after=after))

    last = told(engine).entries[-1]
    assert last.sentence == (
        "Quyết định về nhiệm vụ giống nhau: tài liệu (mã băm): aaaaaaaaaaaa, bbbbbbbbbbbb; "
        "với nhiệm vụ NV-2020-0009; trùng nhau: không"
    )
