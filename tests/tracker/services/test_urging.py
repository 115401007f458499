"""Urging in writing: who has work past the step, the draft to them, what history says once it is issued."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.calendar import default_calendar
from tests.tracker.factories import (
    AGENCY,
    MOMENT,
    STEPS_ONLY,
    a_deadline,
    a_directive,
    a_draft,
    a_mention,
    an_agency,
    an_app,
)
from tracker.app import App
from tracker.domain.ladder import DEFAULT_LADDER, Ladder
from tracker.domain.people import AccountRole
from tracker.domain.status import Status
from tracker.errors import Conflict, InputRefused, NotFound, NotPermitted
from tracker.services.audit import verify
from tracker.services.overdue import overdue_list
from tracker.services.urging import Draft, ToUrge, draft, to_urge
from tracker.services.urging_document import LONGEST_WORDS, UrgingLetter, shortened, written
from tracker.store import accounts, register
from tracker.store.accounts import AccountEntry
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

ACT = Act("van-thu", "cli", MOMENT)
FRIDAY = date(2020, 4, 10)
OTHER = "so-y-te"
UNLISTED = "Ban Quản lý Đề án"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> App:
    """Give an agency with work 3 and 5 working days late, one with 1, and a body that nobody registered."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, OTHER, "Sở Y tế")
        a_directive(
            session,
            a_draft(a_deadline(date(2020, 4, 7)), item="1"),
            a_draft(a_deadline(date(2020, 4, 3)), item="2", action="báo cáo kết quả"),
            a_draft(a_deadline(date(2020, 4, 9)), item="3"),
            a_draft(a_deadline(date(2020, 4, 9)), item="4", leads=(a_mention("Sở Y tế", OTHER),)),
            a_draft(a_deadline(date(2020, 4, 6)), item="5", leads=(a_mention(UNLISTED, None),)),
            number="120/TB-UBND",
        )
    return an_app(engine, tmp_path, ladder=DEFAULT_LADDER)


def found(app: App, on: date = FRIDAY, agency: str | None = None) -> list[ToUrge]:
    """Ask whom to urge."""
    with reading(app.engine) as session:
        return to_urge(session, app, on, agency=agency)


def drafted(app: App, agency: str | None = None, on: date = FRIDAY, number: str | None = None) -> list[Draft]:
    """Write drafts into a folder of the test."""
    folder = app.settings.data_dir / "drafts"
    return draft(app, ACT, on, agency=agency, folder=folder, number=number)


def rows_of(path: Path) -> list[list[str]]:
    """Return the table of a draft without its headings."""
    (_, table, _) = Document(str(path)).tables
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def lines_of(content: bytes) -> list[str]:
    """Return every line of a letter in the order in which it stands there, tables cell by cell."""
    read: Any = Document(BytesIO(content))
    lines = [read.sections[0].first_page_header.paragraphs[0].text]
    for block in read.iter_inner_content():
        cells: Sequence[Any] = (
            [cell for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block]
        )
        for cell in cells:
            lines += [one.text for one in getattr(cell, "paragraphs", [cell])]
    return [line for line in lines if line]


def test_who_has_work_past_the_step_is_listed_longest_delay_first(office: App) -> None:
    """One working day late is not yet urged; a body outside the register goes by the name it was given."""
    assert [(one.agency, one.name, one.count, one.longest) for one in found(office)] == [
        (AGENCY, "Sở Công Thương", 2, 5),
        (None, UNLISTED, 1, 4),
    ]


def test_on_the_day_before_the_step_nobody_is(office: App) -> None:
    """The step is three working days after the deadline, and the second day is not the third."""
    assert [one.longest for one in found(office, date(2020, 4, 8))] == [3]
    assert found(office, date(2020, 4, 7)) == []


@pytest.mark.parametrize("status", [Status.REPORTED, Status.SUSPENDED, Status.CONFIRMED])
def test_what_waits_for_the_office_or_for_nobody_is_not_urged(office: App, status: Status) -> None:
    """A result handed in late is for the office to confirm."""
    with transaction(office.engine) as session:
        row = session.exec(select(AssignmentRow).where(col(AssignmentRow.due_on) == date(2020, 4, 3))).one()
        row.status, row.filed_on = status, FRIDAY

    assert [work.item for one in found(office, agency=AGENCY) for work in one.works] == ["1"]


def test_a_ladder_without_such_a_step_says_how_to_add_it(office: App) -> None:
    """It is no empty list: nobody would know why."""
    with pytest.raises(Conflict, match="urging-letter"):
        found(replace(office, ladder=STEPS_ONLY))


def test_another_ladder_moves_the_day(office: App) -> None:
    """The step is wherever the office put it."""
    steps = tuple(
        replace(step, also=DEFAULT_LADDER.steps[5].also if step.name == "overdue-1" else ())
        for step in DEFAULT_LADDER.steps
    )
    earlier = Ladder(1, steps)

    assert [one.count for one in found(replace(office, ladder=earlier))] == [3, 1, 1]


def test_the_table_says_what_the_overdue_list_says(office: App) -> None:
    """Each piece past the step, in the same order, with the same days."""
    (made,) = drafted(office, AGENCY)
    with reading(office.engine) as session:
        late = overdue_list(session, FRIDAY, calendar=default_calendar(), agency=AGENCY)

    assert [row[1:] for row in rows_of(made.path)] == [
        [work.code, work.document, work.action, f"{work.due_on:%d/%m/%Y}", str(work.working_days)]
        for work in late
        if work.working_days >= 3
    ]
    assert (made.works, made.recorded) == (2, 0)


def test_each_agency_gets_a_file_and_who_has_nothing_late_gets_none(office: App) -> None:
    """The names are plain letters, whatever the body is called."""
    names = [one.path.name for one in drafted(office)]

    assert names == ["don-doc-so-cong-thuong-2020-04-10.docx", "don-doc-ban-quan-ly-de-an-2020-04-10.docx"]
    assert drafted(office, OTHER) == []
    assert sorted(path.name for path in (office.settings.data_dir / "drafts").iterdir()) == sorted(names)


def test_a_body_outside_the_register_is_asked_for_by_its_name(office: App) -> None:
    """As it stands in the list; a name that stands nowhere is a slip."""
    assert [one.name for one in drafted(office, "ban quản lý đề án")] == [UNLISTED]
    with pytest.raises(NotFound, match="Sở Kho bạc"):
        drafted(office, "Sở Kho bạc")


def test_a_draft_that_a_person_may_have_changed_is_not_written_over(office: App) -> None:
    """It is refused before any file is written; once the letter is issued the file stays as it is."""
    (made,) = drafted(office, AGENCY)
    made.path.write_text("đã sửa", "utf-8")
    with pytest.raises(InputRefused, match="có thể đã được sửa"):
        drafted(office)
    (issued,) = drafted(office, AGENCY, number="1289/VP-TH")

    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert (issued.made, made.path.read_text("utf-8")) == (False, "đã sửa")


def test_history_tells_of_a_letter_that_was_issued_once_for_each_number(office: App) -> None:
    """Each piece that it names has the line, the list says which letter was the last; history is whole."""
    told = [drafted(office, AGENCY, number=number)[0].recorded for number in ("7/VP", " 7/VP ", "9/VP")]
    (work, *_), last = found(office)[0].works, found(office)[0].last
    with reading(office.engine) as session:
        lines = [
            line for line in history(session, "assignment", work.assignment_id) if line.action == "urged"
        ]

    assert told == [2, 0, 2]
    assert [(line.actor, line.after) for line in lines] == [
        ("van-thu", {"number": number, "late_on": "2020-04-10", "days_late": 5})
        for number in ("7/VP", "9/VP")
    ]
    assert last is not None
    assert (last.number, last.late_on) == ("9/VP", FRIDAY)
    assert found(office)[1].last is None
    assert verify(office.engine).whole


@pytest.mark.parametrize(
    ("agency", "number"),
    [
        pytest.param(None, "7/VP", id="one number for several letters"),
        pytest.param(AGENCY, "  ", id="no number"),
        pytest.param(AGENCY, "7" * 61, id="too long"),
    ],
)
def test_a_number_that_is_none_is_refused(office: App, agency: str | None, number: str) -> None:
    """Before a file is written."""
    with pytest.raises(InputRefused):
        drafted(office, agency, number=number)
    assert not (office.settings.data_dir / "drafts").exists()


def test_an_officer_of_an_agency_writes_no_letter(office: App) -> None:
    """It is the office's work."""
    entry = AccountEntry(login="van-thu", name="Hùng", role=AccountRole.AGENCY_OFFICER, agency=AGENCY)
    with transaction(office.engine) as session:
        accounts.save(session, entry, register.ids(session)[AGENCY], None, at=MOMENT)
    with pytest.raises(NotPermitted):
        drafted(office)


def test_a_folder_that_cannot_be_made_is_a_sentence(office: App) -> None:
    """A file in its place, for one."""
    (office.settings.data_dir / "drafts").write_text("", "utf-8")
    with pytest.raises(InputRefused, match="--out"):
        drafted(office)


def test_the_letter_reads_as_an_office_writes_it(office: App) -> None:
    """Every line of it; what a person decides is blank."""
    (first, *_) = found(office)

    assert lines_of(written(UrgingLetter(first.name, first.works[:1], FRIDAY, "Hà Tĩnh"))) == [
        "DỰ THẢO",
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÀ TĨNH",
        "VĂN PHÒNG",
        "Số:         /VP-……",
        "V/v đôn đốc thực hiện nhiệm vụ quá hạn",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Tĩnh, ngày       tháng       năm 2020",
        "Kính gửi: Sở Công Thương",
        (
            "Qua theo dõi việc thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh "
            "giao, tính đến ngày 10/04/2020, Sở Công Thương còn 1 nhiệm vụ quá hạn chưa có báo cáo kết quả, "
            "trong đó nhiệm vụ quá hạn lâu nhất là 5 ngày làm việc, cụ thể:"
        ),
        *("TT", "Mã nhiệm vụ", "Văn bản giao", "Nội dung nhiệm vụ", "Hạn hoàn thành"),
        "Quá hạn (ngày làm việc)",
        *("1", first.works[0].code, "Thông báo 120/TB-UBND", "báo cáo kết quả", "03/04/2020", "5"),
        "Văn phòng Ủy ban nhân dân tỉnh đề nghị Sở Công Thương:",
        (
            "1. Khẩn trương chỉ đạo, thực hiện hoàn thành các nhiệm vụ nêu trên, báo cáo kết quả trước ngày "
            "…/…/2020."
        ),
        (
            "2. Đối với nhiệm vụ chưa thể hoàn thành, báo cáo rõ nguyên nhân, khó khăn, vướng mắc, "
            "trách nhiệm của tập thể, cá nhân liên quan; đề xuất giải pháp và thời hạn hoàn thành, "
            "gửi về Văn phòng để tổng hợp, báo cáo Chủ tịch Ủy ban nhân dân tỉnh xem xét, chỉ đạo."
        ),
        "Đề nghị Sở Công Thương quan tâm, phối hợp thực hiện./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Chủ tịch, các Phó Chủ tịch UBND tỉnh (để báo cáo);",
        "- Chánh, các Phó Chánh Văn phòng;",
        "- Lưu: VT, ……",
        "[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]",
        "[Họ và tên]",
    ]


def test_a_number_that_is_known_is_written(office: App) -> None:
    """Whoever records it need not write it twice; the province that no setting names stays blank."""
    (made,) = drafted(office, AGENCY, number="1289/VP-TH")
    lines = lines_of(made.path.read_bytes())

    assert "Số: 1289/VP-TH" in lines
    assert "TỈNH ………" in lines


@pytest.mark.parametrize("words", ["báo cáo", "báo cáo " * 27 + "xong", "báo cáo, " * 60, "b" * 500])
def test_a_long_instruction_is_cut_after_a_word(words: str) -> None:
    """What fits stays whole; what does not ends in an ellipsis and begins as it did."""
    said, whole = shortened(words), " ".join(words.split())

    assert len(said) <= LONGEST_WORDS + 1
    assert said == whole or (said.endswith("…") and whole.startswith(said[:-1]))
    assert (said == whole) is (len(whole) <= LONGEST_WORDS)
