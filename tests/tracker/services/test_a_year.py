"""A year of an office, day by day: two letters and a standing duty, from intake to the last of December."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.calendar import WorkCalendar
from notifications.channels import ChannelName
from notifications.channels.memory import MemoryChannel
from notifications.outbox import OutboxState
from tests.tracker.factories import a_contact, an_app
from tracker.app import App
from tracker.clock import StoppedClock, instant
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.extensions import Request
from tracker.domain.people import Role
from tracker.domain.status import CLOSED, Move
from tracker.domain.timing import Bucket, TimingKind, timing_of
from tracker.services import explanations, extensions, moves, reports
from tracker.services.audit import verify
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.intake import IntakeResult, take_in
from tracker.services.office import Office, office_of
from tracker.services.recurring import make_instances
from tracker.services.registers import load_agencies, load_contacts
from tracker.services.reports import Result
from tracker.services.successions_in import load_successions
from tracker.services.takeovers import orphans, take_over_whole
from tracker.store import assignments, deadline_versions
from tracker.store import explanations as kept_explanations
from tracker.store.assignments import Choice, Tracked
from tracker.store.calendar import calendar_of
from tracker.store.events import Act, history
from tracker.store.figures import figures
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, LetterItemRow, OutboxRow

pytestmark = pytest.mark.slow

FIRST, LAST = date(2020, 1, 2), date(2020, 12, 31)
INDUSTRY, SCIENCE, FARMING, MEDIA = (
    "so-cong-thuong",
    "so-khoa-hoc-va-cong-nghe",
    "so-nong-nghiep-va-ptnt",
    "so-thong-tin-va-truyen-thong",
)
MERGED = "so-khoa-hoc-cong-nghe-va-truyen-thong"
STANDING_DUTY = """ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 15/CT-UBND        Hà Tĩnh, ngày 10 tháng 01 năm 2020

CHỈ THỊ
Về tăng cường công tác khuyến công năm 2020

Chủ tịch UBND tỉnh yêu cầu:
1. Sở Công Thương: Định kỳ hằng quý, trước ngày 20 của tháng cuối quý, báo cáo UBND tỉnh kết quả khuyến công.

Nơi nhận:          CHỦ TỊCH
"""
MERGER = {
    "agencies.csv": f"""code,name,kind,level,aliases,groups,parent,valid_from,valid_to
{SCIENCE},Sở Khoa học và Công nghệ,department,province,Sở KH&CN,cac-so,ubnd-tinh,,2020-07-31
{MEDIA},Sở Thông tin và Truyền thông,department,province,Sở TT&TT,cac-so,ubnd-tinh,,2020-07-31
{MERGED},"Sở Khoa học, Công nghệ và Truyền thông",department,province,,cac-so,ubnd-tinh,2020-08-01,
""",
    "successions.csv": f"""old,new,on,scope,basis,note
{SCIENCE},{MERGED},2020-08-01,,Nghị quyết 01/NQ-HĐND,
{MEDIA},{MERGED},2020-08-01,,Nghị quyết 01/NQ-HĐND,
""",
}


@dataclass
class Year:
    """The office, its people, and the day that it is."""

    engine: Engine
    folder: Path
    examples: Path
    day: date = FIRST
    mail: MemoryChannel = field(default_factory=lambda: MemoryChannel(ChannelName.EMAIL))
    chat: MemoryChannel = field(default_factory=lambda: MemoryChannel(ChannelName.ZALO))
    queued: int = 0
    items: int = 0
    moves: Counter[str] = field(default_factory=Counter)

    @cached_property
    def parts(self) -> App:
        """Return what of the program is the same every day."""
        channels = {self.mail.name: self.mail, self.chat.name: self.chat}
        return replace(an_app(self.engine, self.folder), channels=channels)

    @property
    def app(self) -> App:
        """Return the program on the morning of the day."""
        clock = StoppedClock(datetime(self.day.year, self.day.month, self.day.day, 1, 0, tzinfo=UTC))
        return replace(self.parts, clock=clock)

    @property
    def office(self) -> Office:
        """Return the office on the day."""
        return office_of(self.app)

    def act(self, actor: str = "thu-ky") -> Act:
        """Act on the day."""
        return Act(actor, "cli", instant(self.app.clock))

    def take_in(self, name: str, content: str | None = None) -> IntakeResult:
        """Take a document in and approve it."""
        path = self.examples / name
        if content is not None:
            path = self.folder / name
            path.write_text(content, encoding="utf-8")
        return take_in(self.app, path, approve=True, actor="thu-ky")

    def work(self, agency: str, due_on: date | None = None) -> Tracked:
        """Return the one open assignment of an agency with a deadline, as it stands."""
        with reading(self.engine) as session:
            found = [
                work
                for work in assignments.tracked(session, Choice(agencies=frozenset({agency})))
                if work.facts.due_on is not None
                and due_on in (None, work.facts.due_on)
                and work.facts.status not in CLOSED
            ]
        (only,) = found
        return only

    def move(self, move: Move, what: Callable[[Session, int], object], work: Tracked) -> None:
        """Make a move and remember that it was made."""
        with transaction(self.engine) as session:
            what(session, work.id)
        self.moves[move] += 1

    def report(self, agency: str, due_on: date | None = None, filed_on: date | None = None) -> None:
        """Hand the result of the one piece of work of an agency in."""
        result = Result(words="Đã thực hiện", document="12/BC", filed_on=filed_on)
        self.move(
            Move.REPORT,
            lambda session, one: reports.report(
                session, one, result, office=self.office, act=self.act(agency)
            ),
            self.work(agency, due_on),
        )

    def confirm(self, agency: str, due_on: date | None = None) -> None:
        """Accept it."""
        self.move(
            Move.CONFIRM,
            lambda session, one: reports.confirm(session, one, act=self.act()),
            self.work(agency, due_on),
        )

    def plan(self) -> int:
        """Make the day's dates of duties and plan the letters; return how many are to be sent."""
        app = self.app
        with transaction(self.engine) as session:
            make_instances(session, self.day, calendar_of(session), self.act("hệ thống"), policy=app.policy)
        report = run_day(app, self.day)
        self.queued += report.queued
        self.items += report.items
        return report.queued


def districts_report(year: Year) -> None:
    """Ten districts had sent their plans on paper in December; the secretariat enters and confirms them."""
    with reading(year.engine) as session:
        plans = [
            work
            for work in assignments.tracked(session)
            if work.facts.due_on == date(2019, 12, 30) and "huyện" in work.lead
        ]
    for work in plans[:8]:
        agency = str(work.agency)
        year.report(agency, filed_on=date(2019, 12, 27))
        year.confirm(agency)


def explain_the_plan(year: Year) -> None:
    """The plan of January came late: asked why, the department names the holidays."""
    with reading(year.engine) as session:
        done = assignments.tracked(session, Choice(agencies=frozenset({INDUSTRY})))
        (work,) = (one for one in done if one.facts.due_on == date(2020, 1, 31))
    steps: tuple[tuple[Move, Callable[[Session, int], object]], ...] = (
        (
            Move.ASK_EXPLANATION,
            lambda session, one: explanations.ask(
                session, one, "Vì sao?", answer_by=year.day, office=year.office, act=year.act()
            ),
        ),
        (
            Move.ANSWER_EXPLANATION,
            lambda session, one: explanations.answer(session, one, "Nghỉ Tết", act=year.act(INDUSTRY)),
        ),
        (
            Move.JUDGE_EXPLANATION,
            lambda session, one: explanations.judge(session, one, objective=True, act=year.act("chu-tich")),
        ),
    )
    for move, step in steps:
        year.move(move, step, work)


def return_the_proposal(year: Year) -> None:
    """The proposal lacked its figures."""
    year.move(
        Move.RETURN,
        lambda session, one: reports.give_back(session, one, "thiếu số liệu", act=year.act()),
        year.work(INDUSTRY, date(2020, 4, 8)),
    )


def ask_for_time(year: Year) -> None:
    """The experts cannot travel: time until the end of August."""
    request = Request(reason="chuyên gia chưa đi lại được", proposed_on=date(2020, 8, 31), asked_on=year.day)
    year.move(
        Move.ASK_EXTENSION,
        lambda session, one: extensions.ask(session, one, request, office=year.office, act=year.act(SCIENCE)),
        year.work(SCIENCE),
    )


def grant_time(year: Year) -> None:
    """The vice-chair agrees by letter."""
    year.move(
        Move.GRANT_EXTENSION,
        lambda session, one: extensions.grant(
            session, one, document="2900/UBND-KT1", office=year.office, act=year.act("pho-chu-tich")
        ),
        year.work(SCIENCE),
    )


def suspend_media(year: Year) -> None:
    """Work without a deadline rests for a month."""
    _move_media(
        year,
        Move.SUSPEND,
        lambda session, one: moves.suspend(
            session, one, "chờ kế hoạch", until=date(2020, 7, 1), office=year.office, act=year.act()
        ),
    )


def resume_media(year: Year) -> None:
    """And is taken up again."""
    _move_media(year, Move.RESUME, lambda session, one: moves.resume(session, one, act=year.act()))


def _move_media(year: Year, move: Move, what: Callable[[Session, int], object]) -> None:
    with reading(year.engine) as session:
        (work,) = assignments.tracked(session, Choice(agencies=frozenset({MEDIA})))
    year.move(move, what, work)


def merge(year: Year) -> None:
    """Two departments become one; their open work passes over, with what is to be heard of it."""
    for name, content in MERGER.items():
        (year.folder / name).write_text(content, encoding="utf-8")
    with transaction(year.engine) as session:
        load_agencies(session, year.folder / "agencies.csv", act=year.act())
        load_successions(session, year.folder / "successions.csv", act=year.act())
        a_contact(session, Role.OFFICER, MERGED)
        a_contact(session, Role.HEAD, MERGED)
    with transaction(year.engine) as session:
        taken = take_over_whole(session, orphans(session, year.day), on=year.day, act=year.act())
    assert {one.lead for one in taken} == {"Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông"}


def quarter(month: int, filed_day: int) -> Callable[[Year], None]:
    """Report on a quarter, and have it confirmed at once."""

    def both(year: Year) -> None:
        assert year.day == date(2020, month, filed_day)
        year.report(INDUSTRY, date(2020, month, 19))
        year.confirm(INDUSTRY, date(2020, month, 19))

    return both


def of_industry(due_on: date) -> tuple[Callable[[Year], None], Callable[[Year], None]]:
    """Report on a piece of work of the department of industry, and confirm it."""
    return lambda year: year.report(INDUSTRY, due_on), lambda year: year.confirm(INDUSTRY, due_on)


LIST, PLAN, REVIEW, PROPOSAL = map(
    of_industry, (date(2020, 1, 9), date(2020, 1, 31), date(2020, 6, 30), date(2020, 4, 8))
)
DIARY: dict[date, Callable[[Year], None]] = {
    date(2020, 1, 2): lambda year: _is_new(year.take_in("cong-van-8287-ubnd-kt1.txt")),
    date(2020, 1, 3): districts_report,
    date(2020, 1, 9): LIST[0],
    date(2020, 1, 13): LIST[1],
    date(2020, 1, 14): lambda year: _is_new(year.take_in("15-ct-ubnd.txt", STANDING_DUTY)),
    date(2020, 2, 5): PLAN[0],
    date(2020, 2, 6): PLAN[1],
    date(2020, 2, 7): explain_the_plan,
    date(2020, 3, 18): quarter(3, 18),
    date(2020, 4, 3): lambda year: _is_new(year.take_in("thong-bao-120-tb-ubnd.txt")),
    date(2020, 4, 7): PROPOSAL[0],
    date(2020, 4, 10): return_the_proposal,
    date(2020, 4, 14): PROPOSAL[0],
    date(2020, 4, 16): PROPOSAL[1],
    date(2020, 5, 4): lambda year: year.report(FARMING),
    date(2020, 5, 5): ask_for_time,
    date(2020, 5, 7): grant_time,
    date(2020, 5, 25): lambda year: year.confirm(FARMING),
    date(2020, 6, 1): suspend_media,
    date(2020, 6, 22): quarter(6, 22),
    date(2020, 6, 29): REVIEW[0],
    date(2020, 6, 30): REVIEW[1],
    date(2020, 7, 1): resume_media,
    date(2020, 8, 3): merge,
    date(2020, 8, 28): lambda year: year.report(MERGED),
    date(2020, 9, 4): lambda year: year.confirm(MERGED),
    date(2020, 9, 18): quarter(9, 18),
}


def _is_new(result: IntakeResult) -> None:
    assert result.kind == "new"
    assert result.approved


def test_a_year_of_the_office(engine: Engine, tmp_path: Path, examples: Path) -> None:
    """Every day the five figures add up; at the end history is whole and every letter is accounted for."""
    year = Year(engine, tmp_path, examples)
    with transaction(engine) as session:
        load_agencies(session, examples / "ha-tinh" / "agencies.csv", act=year.act())
        load_contacts(session, examples / "ha-tinh" / "contacts.csv", act=year.act())
    while year.day <= LAST:
        queued = year.plan()
        if year.day in DIARY:
            DIARY[year.day](year)
        if queued:
            deliver(year.app)  # in the afternoon: what was done meanwhile is left out
        _check_figures(year)
        year.day += timedelta(days=1)
    year.day = LAST

    _check_outcome(year)
    _check_history(year)
    _check_letters(year)


def _check_figures(year: Year) -> None:
    """Hold the database's figures against `timing_of`, and their sum against the total."""
    with reading(year.engine) as session:
        calendar = calendar_of(session)
        counted = figures(session, year.day, calendar)
        every = assignments.tracked(session)
    buckets = _buckets(every, year.day, calendar)
    parts = (counted.done_on_time, counted.done_late, counted.open_in_time, counted.open_overdue)

    assert counted.total == sum(parts), year.day
    assert parts == tuple(buckets[bucket] for bucket in Bucket), year.day


def _buckets(every: list[Tracked], day: date, calendar: WorkCalendar) -> Counter[Bucket]:
    kinds = (timing_of(work.facts, day, calendar).bucket for work in every)
    return Counter(bucket for bucket in kinds if bucket is not None)


def _check_outcome(year: Year) -> None:
    """Name how the work that this year is about stands on the last day."""
    with reading(year.engine) as session:
        calendar = calendar_of(session)
        every = assignments.tracked(session)
        works = {
            (work.agency, work.facts.due_on): timing_of(work.facts, LAST, calendar).kind
            for work in every
            if work.facts.due_on is not None
        }
        (science,) = (work for work in every if work.facts.due_on == date(2020, 8, 31))
        deadlines = [(one.due_on, one.cause) for one in deadline_versions.of(session, science.id)]
        excused = kept_explanations.excused(session)
        (plan,) = (work.id for work in every if work.facts.due_on == date(2020, 1, 31))

    expected = {
        (INDUSTRY, date(2020, 1, 9)): TimingKind.DONE_ON_TIME,
        (INDUSTRY, date(2020, 1, 31)): TimingKind.DONE_LATE,
        (INDUSTRY, date(2020, 3, 19)): TimingKind.DONE_EARLY,
        (INDUSTRY, date(2020, 4, 8)): TimingKind.DONE_LATE,  # filed in time, returned, filed again
        (FARMING, date(2020, 5, 9)): TimingKind.DONE_EARLY,
        (INDUSTRY, date(2020, 6, 19)): TimingKind.DONE_LATE,
        (INDUSTRY, date(2020, 6, 30)): TimingKind.DONE_EARLY,
        (MERGED, date(2020, 8, 31)): TimingKind.DONE_EARLY,  # by the extension, through the successor
        (INDUSTRY, date(2020, 9, 19)): TimingKind.DONE_EARLY,
        (INDUSTRY, date(2020, 12, 19)): TimingKind.OVERDUE,
        (INDUSTRY, date(2020, 12, 31)): TimingKind.DUE_TODAY,
    }
    assert {place: works.get(place) for place in expected} == expected
    plans = Counter(kind for (_, due_on), kind in works.items() if due_on == date(2019, 12, 30))
    assert plans == {TimingKind.DONE_EARLY: 8, TimingKind.OVERDUE: 5}
    assert science.lead == "Sở Khoa học và Công nghệ"
    assert deadlines == [
        (date(2020, 5, 9), DeadlineCause.READ),
        (date(2020, 8, 31), DeadlineCause.EXTENSION),
    ]
    assert excused == {plan}


def _check_history(year: Year) -> None:
    """Every move that was made is one line, and the chain holds."""
    found = verify(year.engine)
    with reading(year.engine) as session:
        numbers = session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id))).all()
        told = Counter(
            line.action for number in numbers for line in history(session, "assignment", number or 0)
        )

    assert found.whole, found
    assert (found.compared.works, found.compared.before) == (len(numbers), 0)
    assert {move: told[move] for move in year.moves} == year.moves
    assert told["take-over"] == 2


def _check_letters(year: Year) -> None:
    """What was planned was sent once, or dropped for a reason that is kept; nothing was sent beside it."""
    with reading(year.engine) as session:
        letters = session.exec(select(OutboxRow)).all()
        items = session.exec(select(LetterItemRow)).all()
    handed_over = Counter(one.message_id for one in (*year.mail.tried, *year.chat.tried))
    sent = {row.message_id for row in letters if row.state is OutboxState.SENT}
    said = {item.outbox_id for item in items if item.left_out is None}

    assert len(letters) == year.queued > 0
    assert len(items) == year.items
    assert {row.state for row in letters} == {OutboxState.SENT, OutboxState.DROPPED}
    assert handed_over == Counter(sent)
    assert {row.id for row in letters if row.state is OutboxState.SENT} == said
