"""Opening databases, and what is said when one cannot be opened."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tests.tracker.racing import race
from tracker.errors import InvalidSetting, Unavailable
from tracker.store import serials
from tracker.store.engine import make_engine
from tracker.store.migrate import prepare, upgrade
from tracker.store.session import reading, transaction
from tracker.store.tables import AgencyAliasRow, RunRow


def add_a_run(session: Session, times: int = 1) -> None:
    """Write one row, at once; a second time it is refused."""
    for _ in range(times):
        session.execute(insert(RunRow).values(business_date=date(2020, 4, 8), started_at=datetime.now(UTC)))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("not a url", "database.bad-url", id="no URL at all"),
        pytest.param("mysql://localhost/x", "database.unknown-kind", id="a database we do not speak"),
        pytest.param("nonsense://localhost/x", "database.unknown-kind", id="a database nobody speaks"),
        pytest.param("postgresql://localhost:abc/x", "database.bad-url", id="a port that is no number"),
        pytest.param("postgresql+asyncpg://localhost/x", "database.unknown-kind", id="a driver not ours"),
        pytest.param("sqlite+aiosqlite:///x.db", "database.unknown-kind", id="an asynchronous driver"),
        pytest.param("sqlite:///x.db?timeout=abc", "database.bad-url", id="a wait that is no number"),
    ],
)
def test_a_wrong_url_is_refused_before_anything_is_opened(url: str, code: str) -> None:
    """The sentence shows what a right one looks like."""
    with pytest.raises(InvalidSetting) as refused:
        make_engine(url)

    assert refused.value.code == code
    assert "postgresql://" in refused.value.sentence()


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    """A PostgreSQL that is not there is one sentence, and the password stays out of it."""
    engine = make_engine("postgresql://anna:geheim@127.0.0.1:1/dondoc")
    with pytest.raises(Unavailable) as refused:
        prepare(engine)

    assert refused.value.code == "database.no-answer"
    assert "geheim" not in refused.value.sentence()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Where a file stands in the way of the data folder, the sentence names the folder."""
    (tmp_path / "var").write_text("")
    with pytest.raises(Unavailable, match=str(tmp_path / "var")):
        make_engine(f"sqlite:///{tmp_path}/var/dondoc.db")


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    """Another program's file is not written over."""
    path = tmp_path / "letter.db"
    path.write_text("Kính gửi: Sở Công Thương\n" * 100)
    with pytest.raises(Unavailable) as refused:
        upgrade(make_engine(f"sqlite:///{path}"))

    assert refused.value.code == "database.not-a-database"
    assert path.read_text().startswith("Kính gửi")


def test_sqlite_is_opened_for_many_processes(tmp_path: Path) -> None:
    """Write-ahead log, foreign keys and full durability are on for every connection."""
    engine = make_engine(f"sqlite:///{tmp_path / 'new' / 'dondoc.db'}")
    with engine.connect() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    engine.dispose()

    assert found == ["wal", 1, 2]


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    """While a transaction is open, questions are answered with what was committed before."""
    with transaction(engine) as session:
        add_a_run(session)
        with reading(engine) as other:
            assert other.exec(select(RunRow)).all() == []


def test_a_lock_that_is_kept_too_long_is_one_sentence(tmp_path: Path) -> None:
    """A second writer gives up after its patience, says so, and has changed nothing."""
    url = f"sqlite:///{tmp_path / 'dondoc.db'}?timeout=0.2"
    holder, waiter = make_engine(url), make_engine(url)
    upgrade(holder)
    with transaction(holder) as holding:
        add_a_run(holding)
        with pytest.raises(Unavailable) as refused, transaction(waiter) as waiting:
            add_a_run(waiting)
    holder.dispose()
    waiter.dispose()

    assert refused.value.code == "database.locked"


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    """Everything in a transaction is taken back when it fails."""
    with pytest.raises(IntegrityError), transaction(engine) as session:
        add_a_run(session, times=2)
    with reading(engine) as session:
        assert session.exec(select(RunRow)).all() == []


def test_a_row_cannot_point_at_nothing(engine: Engine) -> None:
    """Foreign keys hold on both databases."""
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(AgencyAliasRow(agency_id=77, alias="Sở X"))


def test_moments_come_back_aware_and_equal(engine: Engine) -> None:
    """A moment written in the office's zone is the same moment when it is read, in UTC."""
    hanoi = datetime(2020, 4, 8, 6, 30, tzinfo=timezone(timedelta(hours=7)))
    with transaction(engine) as session:
        session.add(RunRow(business_date=date(2020, 4, 8), started_at=hanoi))
    with reading(engine) as session:
        found = session.exec(select(RunRow)).one().started_at

    assert found == hanoi
    assert found.utcoffset() == timedelta(0)


def take_numbers(url: str, times: int) -> list[int]:
    """Take numbers one by one, each in a transaction of its own."""
    engine = make_engine(url)
    taken: list[int] = []
    for _ in range(times):
        with transaction(engine) as session:
            taken += serials.take(session, "NV-2020", 1)
    engine.dispose()
    return taken


@pytest.mark.slow
def test_no_number_is_given_out_twice(database_url: str) -> None:
    """Four processes that take numbers at once get all different ones, without gaps."""
    taken = race(take_numbers, database_url, 25, processes=4)

    assert sorted(number for numbers in taken for number in numbers) == list(range(1, 101))


def upgrade_at(url: str) -> str:
    """Upgrade a database."""
    engine = make_engine(url)
    revision = upgrade(engine)
    engine.dispose()
    return revision


@pytest.mark.slow
def test_two_upgrades_at_once_wait_for_each_other(empty_database_url: str) -> None:
    """Processes that start together on a new database all find it ready."""
    assert len(set(race(upgrade_at, empty_database_url, processes=3))) == 1
