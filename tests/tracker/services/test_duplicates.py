"""Tasks that look alike in two documents: suggested with the reasons, decided by a person, never merged."""

import random
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.model import Citation, Relation, Span, TaskDraft
from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_app
from tests.tracker.services.test_daily import rows_of
from tracker.app import App
from tracker.domain.duplicates import ALIKE, Candidate, Reason, Ties, suggestions
from tracker.domain.likeness import likeness
from tracker.domain.status import Status
from tracker.errors import Conflict, NotFound
from tracker.services.duplicates import decide, suggest
from tracker.services.intake import take_in
from tracker.store import directives
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, TaskLinkRow, TaskRow

MAY, JUNE = date(2020, 5, 9), date(2020, 6, 30)
FUNDS = "tham mưu UBND tỉnh hỗ trợ một phần kinh phí cho hai doanh nghiệp xây dựng mô hình"
FUNDS_AGAIN = "tham mưu UBND tỉnh hỗ trợ kinh phí cho hai doanh nghiệp xây dựng mô hình điển hình"
ROADS = "rà soát hiện trạng đường giao thông nông thôn, đề xuất danh mục ưu tiên sửa chữa"


def a_task(words: str, due: date | None, *leads: str, item: str = "1") -> TaskDraft:
    """Build a task of some leads."""
    named = tuple(a_mention(name, None) for name in leads or ("Sở Công Thương",))
    deadline = None if due is None else a_deadline(due)
    return a_draft(deadline, item=item, text=words, action=words, leads=named)


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> App:
    """Give a program without accounts."""
    return an_app(engine, tmp_path)


def found(app: App) -> list[tuple[str, str, tuple[Reason, ...]]]:
    """Return the suggestions as pairs of codes with what speaks for them."""
    with reading(app.engine) as session:
        return [(one.first.code, one.second.code, one.reasons) for one in suggest(session)]


def codes(app: App) -> list[str]:
    """Return the codes of all tasks in order."""
    with reading(app.engine) as session:
        return list(session.exec(select(TaskRow.code).order_by(col(TaskRow.id))))


def statuses(app: App) -> list[tuple[str, Status]]:
    """Return lead and status of all shares in order."""
    with reading(app.engine) as session:
        rows = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id)))
        return [(row.lead_name, row.status) for row in rows]


def two_documents(app: App) -> list[str]:
    """Keep two documents that say one thing twice and other things once; return the codes."""
    with transaction(app.engine) as session:
        a_directive(
            session, a_task(FUNDS, MAY, "Sở Công Thương", "Sở Tài chính"), a_task(ROADS, JUNE, item="2")
        )
        a_directive(session, a_task(FUNDS_AGAIN, MAY, "Sở Công Thương", "Sở Nội vụ"))
    return codes(app)


def test_tasks_of_one_lead_and_like_words_are_suggested(app: App) -> None:
    """The words, the lead and the deadline speak for it; nothing is written."""
    first, _, again = two_documents(app)
    before = rows_of(app.engine)

    assert found(app) == [(first, again, (Reason.DUE_NEAR,))]
    assert rows_of(app.engine) == before


@pytest.mark.parametrize(
    ("words", "lead", "expected"),
    [
        pytest.param(FUNDS, "Sở Y tế", 0, id="another-lead"),
        pytest.param(ROADS, "Sở Công Thương", 0, id="other-words"),
        pytest.param(FUNDS, "sở công  thương", 1, id="lead-spelt-otherwise"),
        pytest.param(FUNDS.upper(), "Sở Công Thương", 1, id="capitals"),
    ],
)
def test_only_like_words_of_a_common_lead_are_alike(app: App, words: str, lead: str, expected: int) -> None:
    """Case and spelling of names do not matter."""
    with transaction(app.engine) as session:
        a_directive(session, a_task(FUNDS, MAY))
        a_directive(session, a_task(words, MAY, lead))

    assert len(found(app)) == expected


def test_words_that_are_less_alike_need_two_more_reasons(app: App) -> None:
    """Deadlines that are near and documents that cite one another."""
    less = (
        "tham mưu UBND tỉnh hỗ trợ một phần kinh phí; làm rõ nguồn vốn, đối tượng, trình tự, thủ tục chi trả"
    )
    assert 0.4 <= likeness(FUNDS, less) < ALIKE
    with transaction(app.engine) as session:
        a_directive(session, a_task(FUNDS, MAY), number="120/TB-UBND")
        new = a_directive(session, a_task(less, MAY))
    assert found(app) == []

    with transaction(app.engine) as session:
        cite = Citation("120/TB-UBND", date(2020, 4, 3), Relation.CITES, Span(0, 3))
        directives.add_citations(session, new, (cite,))
    assert [reasons for _, _, reasons in found(app)] == [(Reason.DUE_NEAR, Reason.CITING)]


def test_the_same_task_keeps_one_and_withdraws_what_is_said_twice(app: App) -> None:
    """The person chooses which is tracked; a lead that only the other names goes on."""
    first, _, again = two_documents(app)

    done = decide(app, again, first, track=first, actor="chị Hoa", via="cli")

    assert (done.withdrawn, done.left) == (1, ("Sở Nội vụ",))
    assert statuses(app) == [
        ("Sở Công Thương", Status.ASSIGNED),
        ("Sở Tài chính", Status.ASSIGNED),
        ("Sở Công Thương", Status.ASSIGNED),
        ("Sở Công Thương", Status.WITHDRAWN),
        ("Sở Nội vụ", Status.ASSIGNED),
    ]
    assert found(app) == []
    with reading(app.engine) as session:
        (link,) = session.exec(select(TaskLinkRow)).all()
    assert (link.same, link.actor, link.task_id < link.other_id) == (True, "chị Hoa", True)


def test_different_tasks_are_not_suggested_again(app: App) -> None:
    """Both go on; the decision can be changed later."""
    first, _, again = two_documents(app)
    decide(app, first, again, track=None, actor="a", via="cli")

    assert found(app) == []
    assert {status for _, status in statuses(app)} == {Status.ASSIGNED}
    decide(app, first, again, track=again, actor="b", via="cli")
    assert statuses(app)[0] == ("Sở Công Thương", Status.WITHDRAWN)


def test_decisions_that_cannot_be_are_refused(app: App) -> None:
    """Each refusal leaves everything as it was."""
    first, other, again = two_documents(app)
    decide(app, first, again, track=first, actor="a", via="cli")
    before = rows_of(app.engine)
    with pytest.raises(NotFound, match="NV-1"):
        decide(app, first, "NV-1", track=None, actor="a", via="cli")
    with pytest.raises(Conflict, match="chính nó"):
        decide(app, first, first, track=None, actor="a", via="cli")
    with pytest.raises(Conflict, match="không phải"):
        decide(app, first, again, track=other, actor="a", via="cli")
    assert rows_of(app.engine) == before


def test_a_document_taken_in_under_half_its_number_is_pointed_out_task_by_task(
    app: App, examples: Path, shared: Path
) -> None:
    """120/TB and 120/TB-UBND of one day: one item and one lead are enough, whatever the words."""
    take_in(app, examples / "thong-bao-120-tb-ubnd.docx", approve=True, actor="a")
    second = take_in(app, shared / "seeds" / "ha-tinh-120-tb.txt", approve=True, actor="a")
    assert (second.similar is not None, second.approved) == (True, False)

    pairs = found(app)

    assert len(pairs) >= 8
    assert all(Reason.SAME_DOCUMENT in reasons for _, _, reasons in pairs)


words = st.lists(
    st.sampled_from(
        ["ban", "hành", "kế", "hoạch", "rà", "soát", "báo", "cáo", "tỉnh", "mô", "hình", "vốn", "đường"]
    ),
    max_size=14,
)


@given(st.lists(st.tuples(words, st.integers(1, 3), st.sampled_from("AB")), max_size=9))
def test_the_quick_way_finds_what_comparing_all_finds(drawn: list[tuple[list[str], int, str]]) -> None:
    """No pair that is alike enough is missed by looking at rare pairs of syllables only."""
    tasks = [
        Candidate(number, f"NV-{number}", directive, "", frozenset(lead), (lead,), " ".join(said), None)
        for number, (said, directive, lead) in enumerate(drawn, start=1)
    ]
    expected = {
        (one.id, other.id)
        for one in tasks
        for other in tasks
        if one.id < other.id and one.directive_id != other.directive_id and one.leads == other.leads
        if likeness(one.text, other.text) >= ALIKE
    }

    assert {(one.first.id, one.second.id) for one in suggestions(tasks, Ties())} == expected


def test_ten_thousand_tasks_take_seconds() -> None:
    """Forty agencies, two hundred documents' style of words, and repeated instructions among them."""
    dice = random.Random(1)  # noqa: S311 — the same words in each run
    syllables = [
        f"{first}{second}"
        for first in "bcdghklmnprstvx"
        for second in ("a", "ô", "inh", "ương", "iệt", "oàn")
    ]
    usual = [" ".join(dice.choices(syllables, k=40)) for _ in range(300)]
    tasks = []
    for number in range(10_000):
        said = dice.choice(usual) if dice.random() < 0.2 else " ".join(dice.choices(syllables, k=40))
        lead = f"sở {min(dice.randrange(60), 40)}"  # one has a third of all
        due = MAY + timedelta(dice.randrange(300))
        tasks.append(
            Candidate(number, f"NV-{number}", number // 8, "", frozenset({lead}), (lead,), said, due)
        )
    begun = time.process_time()

    suggested = suggestions(tasks, Ties())

    assert time.process_time() - begun < 20
    assert len(suggested) > 100
