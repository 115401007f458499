"""Accounts: who may come in, who leaves, who stands in for whom; and what that lets them do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.tracker.factories import AGENCY, a_contact, a_directive, a_draft, an_agency
from tracker.domain.people import AccountRole, Role
from tracker.domain.permissions import EVERYTHING, Deed, Scope
from tracker.domain.status import Move
from tracker.errors import Conflict, InvalidSetting, NotFound, NotPermitted
from tracker.services import accounts as service
from tracker.services.passwords import password_matches, set_password
from tracker.services.permits import allow, known_login, permit, scope_for
from tracker.store import accounts
from tracker.store.accounts import AccountEntry
from tracker.store.events import Act, Change, history, record
from tracker.store.session import reading, transaction
from tracker.store.tables import AccountRow, AssignmentRow

MOMENT = datetime(2020, 4, 9, 2, 0, tzinfo=UTC)
TODAY = date(2020, 4, 9)
ROOT, ADMIN = Act("root", "cli", MOMENT), Act("admin", "cli", MOMENT)
OTHER = "so-y-te"


def an_entry(login: str, role: AccountRole, agency: str | None = None, **values: Any) -> AccountEntry:
    """Build an account as it is listed."""
    return AccountEntry(login=login, name=f"Người {login}", role=role, agency=agency, **values)


FIRST = an_entry("admin", AccountRole.ADMINISTRATOR)
PEOPLE = (
    an_entry("lan", AccountRole.SECRETARIAT),
    an_entry("chanh", AccountRole.LEADER),
    an_entry("hung", AccountRole.AGENCY_OFFICER, AGENCY),
    an_entry("mai", AccountRole.AGENCY_HEAD, OTHER),
)


@contextmanager
def acting(engine: Engine) -> Iterator[Session]:
    """Open a transaction; it is committed at the end."""
    with transaction(engine) as session:
        yield session


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Give a database with two agencies, a company, people of every role, and a task of the first agency."""
    with acting(engine) as session:
        an_agency(session)
        an_agency(session, OTHER, "Sở Y tế")
        an_agency(session, "cty", "Công ty An Phát", outside=True)
        a_contact(session, Role.OFFICER, AGENCY, code="hung-mail")
        a_directive(session, a_draft())
    with acting(engine) as session:
        service.put(session, FIRST, act=ROOT, new=True)
    with acting(engine) as session:
        for entry in PEOPLE:
            service.put(session, entry, act=ADMIN, new=True)
    return engine


def by(login: str, at: datetime = MOMENT) -> Act:
    """Return an act by somebody."""
    return Act(login, "cli", at)


def the_task(session: Session) -> int:
    """Return the number of the one assignment."""
    return session.exec(select(AssignmentRow.id)).one() or 0


def test_while_there_are_no_accounts_whoever_sits_there_acts(engine: Engine) -> None:
    """The first run needs no account, and sees everything."""
    with acting(engine) as session:
        an_agency(session)
        a_directive(session, a_draft())
        act = by("whoever")

        assert permit(session, act, Move.REPORT, the_task(session)) == act
        assert allow(session, act, Deed.ACCOUNTS) == act
        assert scope_for(session, "whoever", MOMENT) == EVERYTHING


def test_the_first_account_is_an_administrator(engine: Engine) -> None:
    """Else nobody could add the next."""
    with pytest.raises(Conflict, match="--role administrator"), acting(engine) as session:
        service.put(session, PEOPLE[0], act=ROOT, new=True)
    with reading(engine) as session:
        assert accounts.none_yet(session)


@pytest.mark.parametrize("login", ["root", "", "hung ", "Hung"])
def test_after_that_only_a_known_account_acts(office: Engine, login: str) -> None:
    """Whoever is not known is told how to name an account."""
    with acting(office) as session:
        for refused in (
            lambda: permit(session, by(login), Move.REPORT, the_task(session)),
            lambda: allow(session, by(login), Deed.TAKE_IN),
            lambda: known_login(session, login, MOMENT),
            lambda: scope_for(session, login, MOMENT),
        ):
            with pytest.raises(NotPermitted, match="--as"):
                refused()


@pytest.mark.parametrize("channel", ["run", "deliver", "serve"])
def test_the_system_itself_acts_without_an_account(office: Engine, channel: str) -> None:
    """The daily run and the sending are nobody's."""
    with acting(office) as session:
        act = Act("hệ thống", channel, MOMENT)

        assert permit(session, act, Move.WITHDRAW, the_task(session)) == act


def test_a_move_is_asked_with_the_agency_that_answers_for_the_work(office: Engine) -> None:
    """An officer acts on the agency's own work; the refusal of others names the move and the rule."""
    with acting(office) as session:
        task = the_task(session)

        assert permit(session, by("hung"), Move.REPORT, task) == by("hung")
        with pytest.raises(
            NotPermitted, match=r"mai không được báo cáo.*chỉ làm việc trên nhiệm vụ giao cho"
        ):
            permit(session, by("mai"), Move.REPORT, task)
        with pytest.raises(NotPermitted, match=r"hung không được xác nhận.*Văn phòng hoặc lãnh đạo"):
            permit(session, by("hung"), Move.CONFIRM, task)
        with pytest.raises(NotPermitted, match="admin không được"):
            permit(session, ADMIN, Move.CONFIRM, task)
        with pytest.raises(NotFound):
            permit(session, by("hung"), Move.REPORT, task + 999)


def test_a_refusal_has_an_english_twin(office: Engine) -> None:
    """Both sentences name the person and the rule."""
    with acting(office) as session, pytest.raises(NotPermitted) as refusal:
        permit(session, by("lan"), Move.GRANT_EXTENSION, the_task(session))

    assert refusal.value.sentence("en") == (
        "Account lan may not grant more time. Extensions and whether a cause is accepted are decided by a "
        "leader. Put it to a leader."
    )


def test_a_substitute_acts_for_the_other_and_history_says_so(office: Engine) -> None:
    """The line names who acted and for whom; before and after the days of standing in there is no right."""
    with acting(office) as session:
        service.substitute(
            session,
            "hung",
            "mai",
            from_on=TODAY,
            to_on=TODAY + timedelta(days=3),
            reason="nghỉ phép",
            act=ADMIN,
        )
    with acting(office) as session:
        task = the_task(session)
        act = permit(session, by("mai"), Move.REPORT, task)
        record(session, act, Move.REPORT, ("assignment", task), Change(after={"words": "xong"}))
    with acting(office) as session:
        last = history(session, "assignment", task)[-1]

        assert (last.actor, last.after) == ("mai", {"words": "xong", "standing_in_for": "hung"})
        assert len(scope_for(session, "mai", MOMENT).agencies) == 2
        for days in (-1, 4):
            with pytest.raises(NotPermitted):
                permit(session, by("mai", MOMENT + timedelta(days=days)), Move.REPORT, task)


def test_a_day_begins_at_midnight_in_vietnam(office: Engine) -> None:
    """At six in the evening in Greenwich it is tomorrow already."""
    with acting(office) as session:
        service.put(session, replace(PEOPLE[2], valid_to=TODAY), act=ADMIN, new=False)
    with acting(office) as session:
        task = the_task(session)
        late = datetime(2020, 4, 9, 16, 59, tzinfo=UTC)

        assert permit(session, by("hung", late), Move.REPORT, task)
        with pytest.raises(NotPermitted, match="đã nghỉ"):
            permit(session, by("hung", late + timedelta(minutes=1)), Move.REPORT, task)


def test_who_leaves_takes_every_substitution_along(office: Engine) -> None:
    """Those by them and those for them; the account stays, since history names it."""
    soon, later = TODAY + timedelta(days=1), TODAY + timedelta(days=9)
    with acting(office) as session:
        service.put(session, an_entry("tu", AccountRole.AGENCY_OFFICER, OTHER), act=ADMIN, new=True)
        service.substitute(session, "hung", "mai", from_on=TODAY, to_on=later, act=ADMIN)
        service.substitute(session, "mai", "tu", from_on=later, to_on=later, act=ADMIN)
        service.substitute(session, "hung", "tu", from_on=TODAY, to_on=later, act=ADMIN)
        service.leave(session, "mai", soon, act=ADMIN)
    with reading(office) as session:
        rules = [
            (one.login, one.substitute, one.to_on, one.ended_on) for one in accounts.substitutions(session)
        ]
        mai = service.known(session, "mai")
        scope = scope_for(session, "tu", MOMENT)

    assert rules == [
        ("hung", "mai", soon, None),
        ("mai", "tu", later, TODAY),
        ("hung", "tu", later, None),
    ]
    assert mai.valid_to == soon
    assert len(scope.agencies) == 2


def test_the_last_administrator_cannot_leave(office: Engine) -> None:
    """Nor be given a last day, nor begin later."""
    for entry in (
        replace(FIRST, valid_to=TODAY + timedelta(days=300)),
        replace(FIRST, valid_from=TODAY + timedelta(days=1)),
    ):
        with pytest.raises(Conflict, match="quản trị viên"), acting(office) as session:
            service.put(session, entry, act=ADMIN, new=False)
    with acting(office) as session:
        service.put(session, an_entry("admin2", AccountRole.ADMINISTRATOR), act=ADMIN, new=True)
        service.leave(session, "admin", TODAY, act=ADMIN)


def test_nobody_changes_their_own_role(office: Engine, tmp_path: Path) -> None:
    """Not one by one and not by a table; another administrator does it."""
    as_leader = replace(FIRST, role=AccountRole.LEADER)
    with acting(office) as session:
        service.put(session, an_entry("admin2", AccountRole.ADMINISTRATOR), act=ADMIN, new=True)
    with pytest.raises(InvalidSetting, match=r"role.*quản trị viên khác"), acting(office) as session:
        service.put(session, as_leader, act=ADMIN, new=False)
    report = load(office, tmp_path, TABLE.replace("administrator", "leader"))
    assert [(error.column, error.code) for error in report.errors] == [("role", "own-role")]
    with acting(office) as session:
        service.put(session, as_leader, act=by("admin2"), new=False)
        assert service.known(session, "admin").role is AccountRole.LEADER


@pytest.mark.parametrize("login", [entry.login for entry in PEOPLE])
def test_only_administrators_manage_accounts(office: Engine, login: str) -> None:
    """Nobody else adds, changes, lets go, or names substitutes for others."""
    stranger = an_entry("moi", AccountRole.ADMINISTRATOR)
    other = "mai" if login != "mai" else "hung"
    with acting(office) as session:
        for refused in (
            lambda: service.put(session, stranger, act=by(login), new=True),
            lambda: service.leave(session, other, TODAY, act=by(login)),
            lambda: service.substitute(session, other, login, from_on=TODAY, to_on=TODAY, act=by(login)),
            lambda: set_password(session, other, "một câu thật dài", act=by(login)),
        ):
            with pytest.raises(NotPermitted, match="quản trị viên"):
                refused()


def test_one_may_choose_ones_own_substitute_and_call_it_off(office: Engine) -> None:
    """Whoever goes on leave sees to it; the substitute cannot make it longer or end it."""
    with acting(office) as session:
        number = service.substitute(session, "hung", "mai", from_on=TODAY, to_on=TODAY, act=by("hung"))
        with pytest.raises(NotPermitted):
            service.end_substitution(session, number, act=by("mai"))
        service.end_substitution(session, number, act=by("hung"))
        with pytest.raises(NotFound):
            service.end_substitution(session, number, act=by("hung"))

        assert len(scope_for(session, "mai", MOMENT).agencies) == 1


@pytest.mark.parametrize(
    ("login", "substitute", "length", "match"),
    [
        ("hung", "lan", 1, "tự xác nhận"),
        ("chanh", "hung", 1, "tự xác nhận"),
        ("hung", "hung", 1, "tự thay mình"),
        ("chanh", "admin", 1, "thay ai và không ai thay.*accounts add"),
        ("hung", "admin", 1, "thay ai và không ai thay"),
        ("admin", "lan", 1, "thay ai và không ai thay"),
        ("hung", "mai", -1, "sau ngày kết thúc"),
        ("hung", "ai", 1, "Không có tài khoản"),
        ("ai", "hung", 1, "Không có tài khoản"),
    ],
)
def test_a_substitution_that_makes_no_sense_is_refused(
    office: Engine, login: str, substitute: str, length: int, match: str
) -> None:
    """With what to do instead."""
    until = TODAY + timedelta(days=length)
    with acting(office) as session, pytest.raises((Conflict, InvalidSetting, NotFound), match=match):
        service.substitute(session, login, substitute, from_on=TODAY, to_on=until, act=ADMIN)


@pytest.mark.parametrize(
    ("entry", "match"),
    [
        (an_entry("Hùng", AccountRole.LEADER), "chữ thường không dấu"),
        (an_entry("a b", AccountRole.LEADER), "chữ thường không dấu"),
        (an_entry("x", AccountRole.AGENCY_HEAD), "agency"),
        (an_entry("x", AccountRole.LEADER, AGENCY), "để trống"),
        (an_entry("x", AccountRole.AGENCY_OFFICER, "so-khong-co"), "so-khong-co"),
        (an_entry("x", AccountRole.AGENCY_OFFICER, "cty"), "không có tài khoản"),
        (an_entry("x", AccountRole.LEADER, contact="khong-co"), "khong-co"),
        (an_entry("x", AccountRole.LEADER, valid_from=TODAY, valid_to=date(2020, 1, 1)), "valid_to"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(office: Engine, entry: AccountEntry, match: str) -> None:
    """The sentence names the field."""
    with acting(office) as session, pytest.raises(InvalidSetting, match=match):
        service.put(session, entry, act=ADMIN, new=True)


def test_a_login_is_taken_once(office: Engine) -> None:
    """Adding never overwrites, and changing never adds."""
    with acting(office) as session:
        with pytest.raises(Conflict, match="dondoc accounts change hung"):
            service.put(session, PEOPLE[2], act=ADMIN, new=True)
        with pytest.raises(NotFound):
            service.put(session, an_entry("moi", AccountRole.LEADER), act=ADMIN, new=False)


def test_what_changes_in_an_account_is_in_its_history(office: Engine) -> None:
    """Only the fields concerned, before and after, and by whom."""
    with acting(office) as session:
        service.put(session, replace(PEOPLE[2], name="Lê Hùng"), act=ADMIN, new=False)
    with reading(office) as session:
        account = accounts.with_login(session, "hung")
        assert account is not None
        last = history(session, "account", account.id)[-1]

    assert (last.actor, last.action) == ("admin", "changed")
    assert (last.before, last.after) == ({"name": "Người hung"}, {"login": "hung", "name": "Lê Hùng"})


TABLE = """\
# tài khoản của tỉnh
login,name,role,agency,contact,valid_from,valid_to
admin,Trần Quản Trị,administrator,,,,
hung,Lê Hùng,agency-officer,so-cong-thuong,hung-mail,01/01/2020,
thu,Võ Thu,agency-head,so-y-te,,,
"""


def load(engine: Engine, folder: Path, table: str, *, act: Act = ADMIN, dry_run: bool = False) -> Any:
    """Load a table in a transaction of its own."""
    path = folder / "tai-khoan.csv"
    path.write_text(table, encoding="utf-8")
    with acting(engine) as session:
        return service.load(session, path, act=act, dry_run=dry_run)


def test_a_table_of_accounts_is_loaded_whole(office: Engine, tmp_path: Path) -> None:
    """New ones are added, known ones changed but for their password; the same table again changes nothing."""
    with acting(office) as session:
        set_password(session, "hung", "một câu thật dài", act=by("hung"))
    tried = load(office, tmp_path, TABLE, dry_run=True)
    with reading(office) as session:
        assert accounts.with_login(session, "thu") is None
    done, again = load(office, tmp_path, TABLE), load(office, tmp_path, TABLE)

    assert (
        (tried.added, tried.changed, tried.unchanged)
        == (done.added, done.changed, done.unchanged)
        == (1, 2, 0)
    )
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    with reading(office) as session:
        hung = service.known(session, "hung")
        assert (hung.name, hung.contact, hung.valid_from) == ("Lê Hùng", "hung-mail", date(2020, 1, 1))
        assert password_matches(session, "hung", "một câu thật dài")


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        ("x,X,chef,,,,", [("role", "unknown-account-role")]),
        ("x,,leader,,,,", [("name", "empty")]),
        ("X Y,X,leader,,,,", [("login", "not-a-login")]),
        ("x,X,agency-head,,,,", [("agency", "agency-needed")]),
        ("x,X,agency-head,khong-co,,,", [("agency", "unknown-agency")]),
        ("x,X,agency-head,cty,,,", [("agency", "no-accounts-there")]),
        ("x,X,leader,so-y-te,,,", [("agency", "office-has-no-agency")]),
        ("x,X,leader,,ai,,", [("contact", "unknown-contact")]),
        ("x,X,leader,,,31/02/2020,", [("valid_from", "not-a-day")]),
        ("x,X,leader,,,02/01/2020,01/01/2020", [("valid_to", "before-it-began")]),
        ("x,X,leader,,,,\nx,X,leader,,,,", [("login", "repeated")]),
    ],
)
def test_errors_in_a_table_are_told_by_row_and_column(
    office: Engine, tmp_path: Path, row: str, errors: list[tuple[str, str]]
) -> None:
    """And nothing of the table is written."""
    report = load(office, tmp_path, TABLE + row + "\n")

    assert [(error.column, error.code) for error in report.errors] == errors
    assert all(error.row >= 6 for error in report.errors)
    with reading(office) as session:
        assert accounts.with_login(session, "thu") is None


def test_a_table_does_not_lock_everybody_out(office: Engine, tmp_path: Path) -> None:
    """Nor is it loaded by somebody who may not."""
    with pytest.raises(Conflict, match="quản trị viên"):
        load(office, tmp_path, TABLE.replace("administrator,,,,", "administrator,,,,31/12/2020"))
    with pytest.raises(NotPermitted):
        load(office, tmp_path, TABLE, act=by("lan"))


def test_a_password_is_kept_as_argon2_and_nowhere_else(office: Engine) -> None:
    """Not even its hash is in history; a wrong one, an unknown person and one without any are all refused."""
    with acting(office) as session:
        set_password(session, "hung", "một câu thật dài", act=by("hung"))
        set_password(session, "mai", "câu khác cũng dài", act=ADMIN)
    with reading(office) as session:
        row = session.exec(select(AccountRow).where(AccountRow.login == "hung")).one()
        lines = history(session, "account", row.id or 0)

        assert (row.password_hash or "").startswith("$argon2id$")
        assert (lines[-1].action, lines[-1].before, lines[-1].after) == ("password-changed", None, None)
        assert password_matches(session, "hung", "một câu thật dài")
        assert password_matches(session, "mai", "câu khác cũng dài")
        for login, password in (("hung", "một câu thật dàI"), ("ai", "x"), ("lan", ""), ("lan", "None")):
            assert not password_matches(session, login, password)


@pytest.mark.parametrize("password", ["ngắn", "x" * 300, "aaaaaaaaaaaa", "12hung345678"])
def test_a_password_that_is_easily_guessed_is_refused(office: Engine, password: str) -> None:
    """Too short, too long, one letter again and again, or the login in it."""
    with acting(office) as session, pytest.raises(InvalidSetting, match="ật khẩu"):
        set_password(session, "hung", password, act=by("hung"))


def test_who_has_left_sees_nothing_and_is_told_so(office: Engine) -> None:
    """Also where a substitution for them or by them was still open."""
    with acting(office) as session:
        service.leave(session, "hung", TODAY - timedelta(days=1), act=ADMIN)
    with reading(office) as session, pytest.raises(NotPermitted, match="đã nghỉ"):
        scope_for(session, "hung", MOMENT)
    with reading(office) as session:
        assert scope_for(session, "hung", MOMENT - timedelta(days=1)) != Scope()


@pytest.mark.parametrize(
    ("login", "match"),
    [
        pytest.param("a" * 300, "dài quá 60", id="300 letters"),
        pytest.param("lan anh", "chữ thường không dấu", id="a space"),
        pytest.param("lan\x1b[2J", r"lan\\x1b", id="what a terminal obeys"),
        pytest.param("lan\n", r"lan\\n", id="a line's end"),
        pytest.param("", "tên tài khoản", id="nothing"),
    ],
)
def test_an_odd_login_is_refused_and_repeated_harmlessly(office: Engine, login: str, match: str) -> None:
    """What the refusal repeats is short and cannot act on a terminal."""
    entry = an_entry(login, AccountRole.SECRETARIAT)
    with acting(office) as session, pytest.raises(InvalidSetting, match=match) as refused:
        service.put(session, entry, act=ADMIN, new=True)

    assert refused.value.sentence().isprintable()
    assert len(refused.value.sentence()) < 300


def test_the_same_substitution_is_not_made_twice(office: Engine) -> None:
    """Some days in common are enough, and the one that is there is named; others may be added."""

    def stand_in(session: Session, first: int, last: int) -> int:
        days = [TODAY + timedelta(days=number) for number in (first, last)]
        return service.substitute(session, "chanh", "lan", from_on=days[0], to_on=days[1], act=ADMIN)

    with acting(office) as session:
        number = stand_in(session, 0, 5)
        with pytest.raises(Conflict, match=f"số {number}"):
            stand_in(session, 5, 9)
        stand_in(session, 6, 9)
        service.end_substitution(session, number, act=ADMIN)
        stand_in(session, 0, 5)

    with reading(office) as session:
        assert len(accounts.substitutions(session)) == 3


def test_nobody_comes_back_by_leaving(office: Engine) -> None:
    """Who has left stays as they left, whatever day is told; history gets no line."""
    with acting(office) as session:
        service.leave(session, "hung", TODAY - timedelta(days=3), act=ADMIN)
    with reading(office) as session:
        before = accounts.entries(session)

    for day in (TODAY - timedelta(days=5), TODAY, TODAY + timedelta(days=30)):
        with pytest.raises(Conflict, match="đã nghỉ"), acting(office) as session:
            service.leave(session, "hung", day, act=ADMIN)

    with reading(office) as session:
        assert accounts.entries(session) == before
