"""What the reading was unsure of reaches the person who approves it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from directives import confidence
from directives.dated_elsewhere import DEADLINE_ELSEWHERE
from directives.deadlines.cell import SEVERAL_TIMES
from directives.deadlines.moments import Doubt
from directives.readers.left_out import HIDDEN, NOTE, STRUCK
from directives.readers.ocr.doubts import DATE, NUMBER, QUARTER
from directives.readers.pdf_noticed import MESSAGES
from directives.table_times import COLUMN_ASSUMED, NOT_READ
from directives.unread_dates import DATE_NOT_READ
from tests.tracker.factories import an_app
from tracker.phrasebook import LANGUAGES, catalogue
from tracker.services.doubts import document_doubts, doubted_tasks, task_doubts
from tracker.services.found_extensions import EXTENDS_UNKNOWN
from tracker.services.intake import take_in
from tracker.services.proposals import NO_LEAD, NOT_IN_REGISTER
from tracker.store.session import reading
from tracker.web.app import create_app

OF_READING = {DATE, NUMBER, QUARTER, STRUCK, HIDDEN, NOTE, DATE_NOT_READ, DEADLINE_ELSEWHERE}
OF_TABLES = {SEVERAL_TIMES, COLUMN_ASSUMED, NOT_READ}
CODES = {
    *confidence.RISKS,
    *Doubt,
    *OF_READING,
    *OF_TABLES,
    *MESSAGES,
    NO_LEAD,
    NOT_IN_REGISTER,
    EXTENDS_UNKNOWN,
} - confidence.SILENT
UNSURE = """UBND TỈNH HÀ TĨNH

THÔNG BÁO
Kết luận cuộc họp về thu ngân sách

1. Giao Sở Tài chính chủ trì, báo cáo UBND tỉnh trước ngày 31/4/2020.
"""


@pytest.mark.parametrize("code", sorted(str(code) for code in CODES))
def test_every_doubt_about_a_task_has_words(code: str) -> None:
    """No code of the reading is shown to a person bare."""
    assert f"doubt.{code}" in catalogue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_without_words_is_shown_all_the_same(lang: str) -> None:
    """A doubt is never dropped for want of a sentence."""
    assert "some-new-code" in task_doubts(["some-new-code"], lang)[0]


def test_the_page_of_a_document_says_what_to_check(engine: Engine, tmp_path: Path) -> None:
    """Doubts about the document stand first, with a way to the words; those of a task beside it."""
    app = an_app(engine, tmp_path)
    path = tmp_path / "ket-luan.txt"
    path.write_text(UNSURE, encoding="utf-8")
    taken = take_in(app, path, approve=False, actor="a")
    with reading(engine) as session:
        noted = document_doubts(session, taken.directive_id)

    page = TestClient(create_app(app)).get(f"/documents/{taken.directive_id}").text

    assert {doubt.code for doubt in noted} >= {"no-number", "no-issue-date"}
    assert all(doubt.message in page for doubt in noted)
    assert f"{len(noted)} điểm cần kiểm tra" in page
    assert "Cần kiểm tra: ngày ghi trong văn bản không có trong lịch" in page


def test_each_unsure_task_says_what_to_look_at(engine: Engine, tmp_path: Path) -> None:
    """The code leads to the task; the words say what is unsure."""
    app = an_app(engine, tmp_path)
    path = tmp_path / "ket-luan.txt"
    path.write_text(UNSURE, encoding="utf-8")
    taken = take_in(app, path, approve=False, actor="a")
    with reading(engine) as session:
        unsure = doubted_tasks(session, taken.directive_id)

    assert [code for code, _ in unsure] == list(taken.codes)
    assert "không có trong lịch" in unsure[0][1]


def test_what_is_doubted_of_a_task_and_its_deadline_is_said_once(engine: Engine, tmp_path: Path) -> None:
    """The first day of a period that nobody knows is a doubt about both."""
    path = tmp_path / "a.txt"
    path.write_text(
        UNSURE.replace("trước ngày 31/4/2020", "trong thời hạn 15 ngày kể từ ngày nhận được văn bản này"),
        encoding="utf-8",
    )
    taken = take_in(an_app(engine, tmp_path), path, approve=False, actor="Lan")
    with reading(engine) as session:
        ((_, words),) = doubted_tasks(session, taken.directive_id)

    assert words.count("; ".join(task_doubts(["anchor-unknown"]))) == 1
