"""Results: handed in, confirmed or returned; the day of filing decides whether they were late."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.directives.readers.word import p, word_file, zipped
from tests.tracker.factories import an_app
from tests.tracker.services.at_work import DUE, GIVEN, Work, an_act, some_work
from tracker.domain.requests import ReportKind, Verdict
from tracker.domain.status import Status
from tracker.domain.timing import TimingKind
from tracker.errors import Conflict, InputRefused
from tracker.services import reports as acts
from tracker.services.evidence import MAX_FILES, look_into
from tracker.services.reports import Result
from tracker.store import reports
from tracker.store.session import reading, transaction

FIRST, BACK, AGAIN = date(2020, 4, 17), date(2020, 4, 22), date(2020, 4, 24)


@pytest.fixture
def work(engine: Engine, tmp_path: Path) -> Work:
    """Give one task to one department."""
    return some_work(engine, tmp_path)


def hand_in(work: Work, day: date, **said: object) -> None:
    """Hand a result in on a day."""
    result = Result(**{"words": "đã tham mưu", "document": "12/SCT-CN", **said})  # type: ignore[arg-type]
    with transaction(work.engine) as session:
        acts.report(session, work.id, result, office=work.office(day), act=an_act(day, "Minh"))


def confirm(work: Work, day: date) -> None:
    """Accept the result that waits."""
    with transaction(work.engine) as session:
        acts.confirm(session, work.id, act=an_act(day))


def give_back(work: Work, day: date) -> None:
    """Return the result that waits."""
    with transaction(work.engine) as session:
        acts.give_back(session, work.id, "thiếu số liệu", act=an_act(day))


def test_a_slow_confirmation_makes_nobody_late(work: Work) -> None:
    """The work was done on the day of filing, however long the answer took."""
    hand_in(work, FIRST)
    confirm(work, date(2020, 6, 1))
    with reading(work.engine) as session:
        (kept,) = reports.of(session, work.id)

    assert work.timing(date(2020, 6, 2)).kind is TimingKind.DONE_EARLY
    assert work.now().facts.filed_on == FIRST
    assert (kept.verdict, kept.decided_by, kept.actor) == (Verdict.ACCEPTED, "Lan", "Minh")
    assert (kept.document, kept.words) == ("12/SCT-CN", "đã tham mưu")


def test_a_returned_result_counts_as_not_done(work: Work) -> None:
    """Filed in time but returned after the last day it is overdue; what counts is the re-filing."""
    hand_in(work, FIRST)
    waiting = work.timing(BACK).kind
    give_back(work, BACK)
    returned, filed_on = work.timing(BACK).kind, work.now().facts.filed_on
    hand_in(work, AGAIN)
    confirm(work, AGAIN)
    with reading(work.engine) as session:
        verdicts = [(one.verdict, one.reason) for one in reports.of(session, work.id)]

    assert (waiting, returned, filed_on) == (TimingKind.NOT_YET_DUE, TimingKind.OVERDUE, None)
    assert work.timing(AGAIN).kind is TimingKind.DONE_LATE
    assert work.now().facts.filed_on == AGAIN
    assert verdicts == [(Verdict.RETURNED, "thiếu số liệu"), (Verdict.ACCEPTED, "")]


def test_paper_may_have_come_before_it_was_entered(work: Work) -> None:
    """The clerk enters on 24/4 what came on the last day: it was in time."""
    hand_in(work, AGAIN, filed_on=DUE)
    confirm(work, AGAIN)

    assert work.timing(AGAIN).kind is TimingKind.DONE_ON_TIME


@pytest.mark.parametrize(
    ("filed_on", "code"),
    [(date(2020, 4, 25), "act.future"), (date(2020, 4, 2), "report.too-early")],
)
def test_a_result_is_filed_between_the_document_and_today(work: Work, filed_on: date, code: str) -> None:
    """Neither a day to come nor one before there was work to do."""
    with pytest.raises(Conflict) as refused:
        hand_in(work, AGAIN, filed_on=filed_on)

    assert refused.value.code == code
    assert work.status is Status.ASSIGNED


def test_a_redone_result_is_not_filed_before_the_return(work: Work) -> None:
    """Otherwise a return would cost nothing."""
    hand_in(work, FIRST)
    give_back(work, BACK)

    with pytest.raises(Conflict) as refused:
        hand_in(work, AGAIN, filed_on=FIRST)
    assert refused.value.code == "report.too-early"


def test_nothing_is_no_result(work: Work) -> None:
    """Words, a document or a file: one of them is needed."""
    with pytest.raises(Conflict) as refused:
        hand_in(work, FIRST, words=" ", document=None)

    assert refused.value.code == "report.nothing"


def test_progress_and_obstacles_are_kept_and_stop_no_clock(work: Work) -> None:
    """They are words on the way: the work is under way, and late when it is late."""
    with transaction(work.engine) as session:
        office, act = work.office(FIRST), an_act(FIRST)
        acts.interim(session, work.id, ReportKind.PROGRESS, "đạt 50%", office=office, act=act)
        acts.interim(session, work.id, ReportKind.OBSTACLE, "chưa có vốn", office=office, act=act)
    with reading(work.engine) as session:
        kept = [(one.kind, one.words, one.filed_on) for one in reports.of(session, work.id)]

    assert kept == [(ReportKind.PROGRESS, "đạt 50%", FIRST), (ReportKind.OBSTACLE, "chưa có vốn", FIRST)]
    assert work.status is Status.UNDER_WAY
    assert work.timing(BACK).kind is TimingKind.OVERDUE


def test_evidence_is_kept_by_its_content(work: Work, tmp_path: Path) -> None:
    """The same bytes under two names are one file; names are words, and bytes lie under their hash."""
    one, same, other = tmp_path / "kết quả.docx", tmp_path / "bản sao.docx", tmp_path / "số liệu.txt"
    one.write_bytes(word_file(p("Sở đã hỗ trợ 02 doanh nghiệp.")))
    same.write_bytes(one.read_bytes())
    other.write_text("Số liệu hỗ trợ", encoding="utf-8")
    hand_in(work, FIRST, files=look_into(an_app(work.engine, tmp_path), [one, same, other]))
    with reading(work.engine) as session:
        (kept,) = reports.of(session, work.id)

    places = [work.folder / "files" / file.stored_as for file in kept.files]
    assert [(file.file_name, file.size) for file in kept.files] == [
        ("bản sao.docx", same.stat().st_size),
        ("số liệu.txt", other.stat().st_size),
    ]
    assert [place.read_bytes() for place in places] == [one.read_bytes(), other.read_bytes()]
    assert all(file.sha256 in file.stored_as for file in kept.files)


SECRET = "Số: 15/BC-SCT\nTỐI MẬT\nBáo cáo kết quả\n"


@pytest.mark.parametrize(
    ("name", "content", "phrase"),
    [
        ("a.txt", SECRET.encode(), "unreadable.secret"),
        ("a.zip", zipped({"b.txt": SECRET, "c.txt": "Kết quả"}), "unreadable.secret"),
        ("(Mật) a.txt", b"result", "unreadable.secret"),
        ("a.bin", b"<?xml version='1.0'?><x/>", "unreadable.unknown-format"),
        ("a.txt", b"", "unreadable.empty"),
        ("a.txt", b"x" * (26 * 1024 * 1024), "unreadable.too-large"),
    ],
)
def test_evidence_is_refused_as_a_document_would_be(
    work: Work, tmp_path: Path, name: str, content: bytes, phrase: str
) -> None:
    """Nothing is kept; of a secret file not even the name is said."""
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(InputRefused) as refused:
        look_into(an_app(work.engine, tmp_path), [path])
    assert refused.value.code == phrase
    assert (name in refused.value.sentence()) is (phrase != "unreadable.secret")
    assert not (work.folder / "files").exists()


def test_a_report_takes_no_end_of_files(work: Work, tmp_path: Path) -> None:
    """The limit is said."""
    with pytest.raises(InputRefused) as refused:
        look_into(an_app(work.engine, tmp_path), [tmp_path / "a"] * (MAX_FILES + 1))

    assert str(MAX_FILES) in refused.value.sentence()


def test_results_wait_for_one_answer_at_a_time(work: Work) -> None:
    """There is nothing to confirm before a result, and only one result at a time."""
    hand_in(work, FIRST)

    with pytest.raises(Conflict):
        hand_in(work, FIRST)
    assert GIVEN < FIRST
