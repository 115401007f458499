"""Taking documents in: whole or not at all, once, with the leads the register knows."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from tests.directives.readers.word import zipped
from tests.tracker.factories import a_directive, an_app
from tests.tracker.racing import race
from tests.tracker.services.test_daily import rows_of
from tracker.app import App
from tracker.domain.people import AccountRole
from tracker.domain.status import Status
from tracker.errors import InputRefused, NotPermitted, Unavailable
from tracker.services.intake import IntakeKind, IntakeResult, take_in, take_in_parts
from tracker.services.registers import load_agencies
from tracker.store import accounts
from tracker.store.accounts import AccountEntry
from tracker.store.engine import make_engine
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, DirectiveRow, TaskRow

NOTICE = "thong-bao-120-tb-ubnd"
LETTER = "cong-van-8287-ubnd-kt1"


@pytest.fixture
def app(engine: Engine, examples: Path, tmp_path: Path) -> App:
    """Give an office with the agencies of Hà Tĩnh."""
    with transaction(engine) as session:
        act = Act("test", "cli", datetime(2020, 4, 3, tzinfo=UTC))
        load_agencies(session, examples / "ha-tinh" / "agencies.csv", act=act)
    return an_app(engine, tmp_path / "var")


def take(app: App, path: Path, *, approve: bool = False) -> IntakeResult:
    """Take one file in."""
    return take_in(app, path, approve=approve, actor="Lan")


def test_a_notice_becomes_drafts(app: App, examples: Path) -> None:
    """Each task gets a code of its year, each lead a share that waits for approval, and the file is kept."""
    result = take(app, examples / f"{NOTICE}.txt")
    with reading(app.engine) as session:
        directive = session.get_one(DirectiveRow, result.directive_id)
        statuses = set(session.exec(select(AssignmentRow.status)))
        codes = list(session.exec(select(TaskRow.code).order_by(col(TaskRow.ordinal))))
        lines = history(session, "directive", result.directive_id)
    kept = app.settings.files_dir / directive.stored_as

    assert (result.kind, result.number, result.issued_on) == (
        IntakeKind.NEW,
        "120/TB-UBND",
        date(2020, 4, 3),
    )
    assert codes == [f"NV-2020-{number:04d}" for number in range(1, len(codes) + 1)] == list(result.codes)
    assert statuses == {Status.DRAFT}
    assert kept.read_bytes() == (examples / f"{NOTICE}.txt").read_bytes()
    assert [(line.action, line.actor) for line in lines] == [("taken-in", "Lan")]


def test_spans_point_at_their_words(app: App, examples: Path) -> None:
    """What is stored of a task, its lead and its deadline can be cut out of the stored text."""
    take(app, examples / f"{NOTICE}.txt")
    with reading(app.engine) as session:
        text = session.exec(select(DirectiveRow.text)).one()
        tasks = session.exec(select(TaskRow)).all()
        shares = session.exec(select(AssignmentRow)).all()

    for task in tasks:  # a clause that is a task of its own is left out of the one around it
        assert text[task.span_start : task.span_end].startswith(task.text[:40])
    assert [share.lead_text for share in shares] == [text[one.span_start : one.span_end] for one in shares]
    for task in tasks:
        if task.deadline_text is not None:
            assert task.deadline_text == text[task.deadline_start : task.deadline_end]


def test_the_office_s_own_policy_and_province_count(app: App, tmp_path: Path) -> None:
    """What an operator sets about «trước ngày» and about the province is what documents are read by."""
    settings = app.settings.model_copy(update={"before_is_exclusive": False, "province": "Hà Tĩnh"})
    letter = tmp_path / "cong-van.txt"
    letter.write_text(
        "1. Sở Công Thương: báo cáo kết quả trước ngày 09/4/2020.\n"
        "2. Sở Y tế tỉnh Nghệ An: báo cáo kết quả trước ngày 09/4/2020.\n",
        encoding="utf-8",
    )

    take(replace(app, settings=settings), letter)
    with reading(app.engine) as session:
        shares = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()

    assert [(date(2020, 4, 9), True), (date(2020, 4, 9), False)] == [
        (share.due_on, share.agency_id is not None) for share in shares
    ]


def test_the_same_file_again_changes_nothing(app: App, examples: Path, tmp_path: Path) -> None:
    """Under another name too, the same bytes are the same file."""
    first = take(app, examples / f"{NOTICE}.txt")
    copy = tmp_path / "copy.txt"
    copy.write_bytes((examples / f"{NOTICE}.txt").read_bytes())
    before = rows_of(app.engine)
    again = take(app, copy, approve=True)

    assert (again.kind, again.directive_id) == (IntakeKind.SAME_FILE, first.directive_id)
    assert before == rows_of(app.engine)


def test_the_same_document_in_another_format_changes_nothing(app: App, examples: Path) -> None:
    """Issuer, number and date make the document; the Word file of a notice already there adds nothing."""
    first = take(app, examples / f"{NOTICE}.txt")
    before = rows_of(app.engine)
    again = take(app, examples / f"{NOTICE}.docx")

    assert (again.kind, again.directive_id) == (IntakeKind.SAME_DOCUMENT, first.directive_id)
    assert before == rows_of(app.engine)


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        pytest.param("120/TB", "UBND tỉnh Hà Tĩnh", id="a number that leaves out the issuer"),
        pytest.param("120/TB-UBND", "UBND huyện Đức Thọ", id="another issuer, or one misread"),
    ],
)
def test_what_may_be_a_repetition_waits_for_a_person(
    app: App, examples: Path, number: str, issuer: str
) -> None:
    """A document that may be there already stays a draft, whatever was asked, and points at the other."""
    with transaction(app.engine) as session:
        other = a_directive(session, number=number, issuer=issuer, issued_on=date(2020, 4, 3))
    result = take(app, examples / f"{NOTICE}.txt", approve=True)

    assert (result.kind, result.similar, result.approved) == (IntakeKind.NEW, other, False)
    assert "similar-document" in result.doubts


def test_another_day_s_document_is_no_repetition(app: App, examples: Path) -> None:
    """Numbers begin anew each year: the same one on another date is another document."""
    with transaction(app.engine) as session:
        a_directive(session, number="120/TB-UBND", issued_on=date(2019, 4, 3))
    result = take(app, examples / f"{NOTICE}.txt", approve=True)

    assert (result.similar, result.approved) == (None, True)


def test_a_group_that_leads_is_given_to_each_member(app: App, examples: Path) -> None:
    """«UBND cấp huyện» is thirteen assignments, each named as the register has it, with the group kept."""
    take(app, examples / f"{LETTER}.txt")
    with reading(app.engine) as session:
        shares = session.exec(select(AssignmentRow).where(col(AssignmentRow.group_id).is_not(None))).all()

    assert len({share.lead_name for share in shares}) == 13
    assert {share.lead_text for share in shares} == {"UBND cấp huyện"}
    assert [share.due_on for share in shares if share.due_on] == [date(2019, 12, 30)] * 13


def test_a_lead_that_nobody_knows_stays_as_written(engine: Engine, examples: Path, tmp_path: Path) -> None:
    """Without a register the leads are kept as text, each with a doubt for a person to settle."""
    result = take(an_app(engine, tmp_path / "var"), examples / f"{NOTICE}.txt")
    with reading(engine) as session:
        shares = session.exec(select(AssignmentRow)).all()

    assert "lead-not-in-register" in result.doubts
    assert "Sở Công Thương" in {share.lead_name for share in shares}
    assert {(share.agency_id, tuple(share.doubts)) for share in shares} == {(None, ("lead-not-in-register",))}


def test_approval_at_once(app: App, examples: Path) -> None:
    """With approve, all shares are assigned in the same transaction."""
    result = take(app, examples / f"{NOTICE}.txt", approve=True)
    with reading(app.engine) as session:
        shares = session.exec(select(AssignmentRow)).all()

    assert result.approved
    assert {share.status for share in shares} == {Status.ASSIGNED}
    assert len(shares) == result.assignments


def test_a_news_item_has_no_tasks(app: App, examples: Path) -> None:
    """A document that assigns nothing is kept, with nothing proposed."""
    result = take(app, examples / "tin-lang-moc-vao-xuan.txt")

    assert (result.kind, result.codes, result.assignments) == (IntakeKind.NEW, (), 0)


def test_codes_go_on_from_document_to_document(app: App, examples: Path) -> None:
    """Numbers run on within a year; another year begins anew."""
    first = take(app, examples / f"{NOTICE}.txt")
    second = take(app, examples / f"{LETTER}.txt")

    assert first.codes[0] == "NV-2020-0001"
    assert second.codes[0] == "NV-2019-0001"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("mat.txt", "MẬT\nỦY BAN NHÂN DÂN TỈNH\nSố: 12/UBND-NC\n" * 2, "secret", id="secret"),
        pytest.param("rong.txt", "", "empty", id="empty"),
        pytest.param("la.xyz", "\x00\x01\x02" * 50, "unknown-format", id="unknown"),
    ],
)
def test_what_is_refused_leaves_no_trace(
    app: App, tmp_path: Path, name: str, content: str, code: str
) -> None:
    """A secret or unreadable file is refused before anything is written, to the database or the disk."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    before = rows_of(app.engine)
    with pytest.raises(InputRefused) as refused:
        take(app, path, approve=True)

    assert f"unreadable.{code}" == refused.value.code
    assert before == rows_of(app.engine)
    assert not app.settings.files_dir.exists()


def test_a_file_that_cannot_be_kept_is_not_taken_in(app: App, examples: Path) -> None:
    """Where the files folder cannot be written, the database keeps nothing either."""
    app.settings.data_dir.mkdir(parents=True)
    app.settings.files_dir.write_text("in the way")
    before = rows_of(app.engine)
    with pytest.raises(Unavailable, match="files"):
        take(app, examples / f"{NOTICE}.txt")

    assert before == rows_of(app.engine)


def test_each_document_in_a_zip_is_one_of_its_own(app: App, examples: Path, tmp_path: Path) -> None:
    """Each has its own hash, its own file and its own name; one that cannot be read stops no other."""
    (tmp_path / "x.zip").write_bytes(
        zipped(
            {
                f"{NOTICE}.docx": (examples / f"{NOTICE}.docx").read_bytes(),
                "rong.txt": "",
                "../../lay/b.txt": (examples / f"{LETTER}.txt").read_bytes(),
            }
        )
    )
    first, second, third = take_in_parts(app, tmp_path / "x.zip", approve=False, actor="Lan")
    with reading(app.engine) as session:
        kept = session.exec(select(DirectiveRow).order_by(col(DirectiveRow.id))).all()

    assert isinstance(second.outcome, InputRefused)
    assert [first.name, second.name, third.name] == [
        f"x.zip/{NOTICE}.docx",
        "x.zip/rong.txt",
        "x.zip/lay/b.txt",
    ]
    assert [(each.file_name, each.format) for each in kept] == [(f"{NOTICE}.docx", "docx"), ("b.txt", "txt")]
    assert [(app.settings.files_dir / each.stored_as).read_bytes() for each in kept] == [
        (examples / f"{NOTICE}.docx").read_bytes(),
        (examples / f"{LETTER}.txt").read_bytes(),
    ]


def test_a_secret_part_keeps_the_whole_out(app: App, examples: Path, tmp_path: Path) -> None:
    """Nothing of a container is taken in where anything in it may not be."""
    (tmp_path / "x.zip").write_bytes(
        zipped({"a.txt": (examples / f"{NOTICE}.txt").read_bytes(), "b.txt": "TỐI MẬT\nKế hoạch"})
    )
    before = rows_of(app.engine)
    with pytest.raises(InputRefused) as refused:
        list(take_in_parts(app, tmp_path / "x.zip", approve=True, actor="Lan"))

    assert (refused.value.code, refused.value.fields) == ("unreadable.secret", {})
    assert before == rows_of(app.engine)
    assert not app.settings.files_dir.exists()


def test_a_zip_of_several_is_not_taken_in_as_one(app: App, tmp_path: Path) -> None:
    """Who asks for one document is told that there are several."""
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": "Một", "b.txt": "Hai"}))
    with pytest.raises(InputRefused) as refused:
        take(app, tmp_path / "x.zip")

    assert refused.value.code == "unreadable.several-parts"


def take_at(url: str, folder: Path, path: Path) -> str:
    """Take a file in from a process of its own."""
    engine = make_engine(url)
    kind = take(an_app(engine, folder), path).kind
    engine.dispose()
    return kind


@pytest.mark.slow
def test_two_clerks_with_one_file_make_one_document(
    database_url: str, examples: Path, tmp_path: Path
) -> None:
    """Of processes that take the same file in at once, one makes it and the others say it is there."""
    kinds = race(take_at, database_url, tmp_path / "var", examples / f"{NOTICE}.txt", processes=3)

    assert sorted(kinds) == [IntakeKind.NEW, IntakeKind.SAME_FILE, IntakeKind.SAME_FILE]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(AccountRole.SECRETARIAT, True), (AccountRole.LEADER, True), (AccountRole.ADMINISTRATOR, False)],
)
def test_only_the_office_takes_documents_in(
    app: App, examples: Path, role: AccountRole, *, allowed: bool
) -> None:
    """The service asks, whoever calls it, and before it looks at the file."""
    with transaction(app.engine) as session:
        entry = AccountEntry(login="Lan", name="Lan", role=role)
        accounts.save(session, entry, None, None, at=datetime(2020, 1, 2, tzinfo=UTC))
    if allowed:
        assert take(app, examples / f"{NOTICE}.docx").kind is IntakeKind.NEW
        return
    before = rows_of(app.engine)
    for taking in (take, lambda app, path: list(take_in_parts(app, path, approve=False, actor="Lan"))):
        with pytest.raises(NotPermitted):
            taking(app, examples / "not-there.docx")
    assert before == rows_of(app.engine)
