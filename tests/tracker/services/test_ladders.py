"""An office's own ladder: read, checked, rehearsed, adopted without repeating anything."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from tests.tracker.factories import MOMENT, a_deadline, a_directive, a_draft, an_app, an_office
from tracker.domain.ladder import DEFAULT_LADDER, Ladder, Step
from tracker.domain.people import Role
from tracker.errors import Conflict, InputRefused, InvalidSetting
from tracker.services.audit import verify
from tracker.services.daily import run_day
from tracker.services.ladders import adopt, current, read_ladder, unreached, written
from tracker.services.simulation import simulate
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.tables import EventRow, LetterItemRow, OutboxRow

DUE = date(2020, 4, 8)
ACT = Act("van-thu", "cli", MOMENT)
DENSER = Ladder(
    0,
    (
        Step("early", -5, (Role.OFFICER,)),
        Step("late", 1, (Role.OFFICER, Role.HEAD)),
        Step("later", 4, (Role.CHAIRMAN,)),
    ),
)


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Give a database with an office and a task due on Wednesday, another a month later."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
        a_directive(session, a_draft(a_deadline(date(2020, 5, 11))))
    return engine


def said(engine: Engine) -> list[tuple[int, str, str]]:
    """Return each step that was said: the ladder's version, its name, the role."""
    with reading(engine) as session:
        rows = session.exec(select(LetterItemRow).order_by(col(LetterItemRow.id)))
        return [(row.ladder_version, row.step, row.role) for row in rows]


def test_the_file_that_is_printed_is_read_back(tmp_path: Path) -> None:
    """What «ladder show --toml» prints is the ladder itself."""
    path = tmp_path / "ladder.toml"
    path.write_text(written(DEFAULT_LADDER), "utf-8")

    assert replace(DEFAULT_LADDER, version=0) == read_ladder(path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"[[step", "ladder.no-toml", id="no TOML"),
        pytest.param(b"\xff\xfe\x00", "ladder.no-toml", id="no text"),
        pytest.param(b"steps = 3", "ladder.strange-key", id="a key that means nothing"),
        pytest.param(b'[[step]]\nname = "a"\nday = 3\n', "ladder.strange-key", id="within a step"),
        pytest.param(b'[[step]]\nname = "a"\noffset = 3\n', "ladder.no-key", id="nobody is named"),
        pytest.param(
            b'[[step]]\nname = "a"\noffset = "x"\naudience = ["head"]\n', "ladder.no-step", id="no number"
        ),
        pytest.param(
            b'[[step]]\nname = "a"\noffset = 3\naudience = ["mayor"]\n', "ladder.no-step", id="no role"
        ),
        pytest.param(b'step = "a"\n', "ladder.no-step", id="no list"),
        pytest.param(b'standing = "daily"\n', "ladder.no-value", id="no table"),
        pytest.param(b"", "ladder.unusable", id="no steps"),
        pytest.param(b"#" * 300_000, "ladder.too-large", id="too large"),
    ],
)
def test_a_file_that_is_no_ladder_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """Each slip has a sentence of its own, with what to do."""
    path = tmp_path / "ladder.toml"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refusal:
        read_ladder(path)

    assert code == refusal.value.code
    assert refusal.value.sentence("vi")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A path that leads nowhere is said."""
    with pytest.raises(InputRefused, match=r"none\.toml"):
        read_ladder(tmp_path / "none.toml")


def test_a_new_ladder_says_nothing_again(office: Engine, tmp_path: Path) -> None:
    """Who was reminded three days before is not reminded by the new ladder's step for five days before."""
    app = an_app(office, tmp_path)
    run_day(app, date(2020, 4, 3))
    assert said(office) == [(1, "before-3", "officer")]
    made = adopt(app, DENSER, ACT)
    repeated = run_day(app, date(2020, 4, 7))
    run_day(app, date(2020, 4, 9))

    assert made.version == 2
    assert repeated.queued == 0
    assert said(office)[1:] == [(2, "late", "officer"), (2, "late", "head")]


def test_going_back_to_an_old_ladder_says_nothing_again(office: Engine, tmp_path: Path) -> None:
    """Two changes in a row lose nothing of what was said under the first."""
    app = an_app(office, tmp_path)
    run_day(app, date(2020, 4, 9))
    adopt(app, DENSER, ACT)
    run_day(app, date(2020, 4, 10))
    adopt(app, replace(DEFAULT_LADDER, version=0), ACT)
    before = said(office)
    run_day(app, date(2020, 4, 10))

    assert before == said(office)


def test_a_change_is_in_the_history(office: Engine, tmp_path: Path) -> None:
    """Both ladders stand in the chained history, which verifies; the same ladder again is no change."""
    app = an_app(office, tmp_path)
    adopt(app, DENSER, ACT)
    with pytest.raises(Conflict, match="bản 2"):
        adopt(app, DENSER, ACT)
    with reading(office) as session:
        row = session.exec(select(EventRow).where(col(EventRow.action) == "set-ladder")).one()
        assert current(session, app).steps == DENSER.steps

    assert row.before is not None
    assert row.after is not None
    assert [step["name"] for step in row.after["steps"]] == ["early", "late", "later"]
    assert row.before["version"] == 1
    assert verify(office).whole


def test_steps_that_reach_nobody_are_named(office: Engine, tmp_path: Path) -> None:
    """Without any channel no step reaches anybody; with them only those without a holder are named."""
    ladder = replace(DENSER, steps=(*DENSER.steps, Step("last", 30, (Role.SECRETARIAT,))))
    with reading(office) as session:
        mute = list(unreached(session, an_app(office, tmp_path, channels=()), ladder))
        usual = list(unreached(session, an_app(office, tmp_path), ladder))

    assert {gap.step for gap in mute} == {"early", "late", "later", "last"}
    assert {gap.step for gap in usual} <= {"last"}


@pytest.mark.parametrize("ladder", [None, DENSER], ids=["in force", "proposed"])
def test_a_rehearsal_foretells_what_the_runs_send(
    office: Engine, tmp_path: Path, ladder: Ladder | None
) -> None:
    """Day by day the rehearsal has as many letters and items as the runs then write."""
    app = an_app(office, tmp_path)
    first, last = date(2020, 4, 1), date(2020, 6, 30)
    foretold = simulate(app, first, last, ladder)
    if ladder is not None:
        adopt(app, ladder, ACT)
    for ahead in range((last - first).days + 1):
        run_day(app, first + timedelta(days=ahead))
    with reading(office) as session:
        letters = session.exec(select(OutboxRow)).all()
        items = session.exec(select(LetterItemRow)).all()
    by_day: dict[str, int] = {}
    for letter in letters:
        assert letter.business_date is not None
        by_day[letter.business_date.isoformat()] = by_day.get(letter.business_date.isoformat(), 0) + 1

    assert by_day
    assert by_day == foretold.by_day
    assert len(letters) == foretold.letters
    assert len(items) == sum(reader.items for reader in foretold.readers)


def test_a_rehearsal_writes_nothing(office: Engine, tmp_path: Path) -> None:
    """After it there is no letter, and the days must be in order."""
    app = an_app(office, tmp_path)
    assert simulate(app, date(2020, 4, 1), date(2020, 4, 30)).letters > 0
    with reading(office) as session:
        assert session.exec(select(OutboxRow)).all() == []
    with pytest.raises(InvalidSetting):
        simulate(app, date(2020, 4, 2), date(2020, 4, 1))
    with pytest.raises(InvalidSetting):
        simulate(app, date(2020, 4, 2), date(2022, 4, 1))
