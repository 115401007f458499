"""The proof, the watchdog, the mailbox and the exceptions on the command line."""

import json
import mailbox
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.notifications.inbound.mails import answer, report
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency, an_app
from tracker.domain.people import Role
from tracker.services.daily import run_day
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction

FRIDAY = date(2020, 4, 3)


@pytest.fixture
def office(own_data: Path) -> Path:
    """Give an office whose officer was to be reminded on a Friday of 2020, and has heard nothing since."""
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    run_day(an_app(engine, own_data), FRIDAY)
    engine.dispose()
    return own_data


def test_why_tells_of_a_person_and_of_an_assignment(command: Any, office: Path) -> None:
    """In sentences and as JSON; one of the two has to be named."""
    person = command("why", f"{AGENCY}-officer", "--on", "03/4/2020")
    work = command("why", "--assignment", "1")
    plain = json.loads(command("why", f"{AGENCY}-officer", "--on", "2020-04-03", "--json").out)
    steps = json.loads(command("why", "--assignment", "1", "--json").out)
    neither, both = command("why"), command("why", "x", "--assignment", "1")

    assert (person.status, work.status, neither.status, both.status) == (0, 0, 2, 2)
    assert "Bước «trước hạn 3 ngày làm việc» của NV-2020-" in person.out
    assert "quá hạn" in work.out
    assert [one["became"] for one in plain["lines"]] == ["waiting", "merged"]
    assert steps["due_on"] == "2020-04-08"
    assert "dondoc why" in neither.err


def test_watch_ends_with_one_where_something_is_wrong(command: Any, office: Path) -> None:
    """No run for years: it says so in a sentence, and as JSON."""
    said, plain = command("watch"), command("watch", "--json")

    assert (said.status, plain.status) == (1, 1)
    assert "! Lượt nhắc việc không chạy từ ngày" in said.out
    assert json.loads(plain.out)["in_order"] is False
    assert json.loads((office / "watch.json").read_text(encoding="utf-8"))["in_order"] is False


def test_watch_is_content_with_an_empty_office(command: Any, own_data: Path) -> None:
    """Nothing to do, nothing wrong."""
    answered = command("watch")

    assert answered.status == 0
    assert "bình thường" in answered.out


def test_mail_that_came_back_is_taken_in_and_listed(command: Any, office: Path, tmp_path: Path) -> None:
    """A mailbox named by its folder; without one the command says what to set."""
    folder = mailbox.Maildir(tmp_path / "mail", create=True)
    for mail in (report("5.1.1"), answer("Auto-Submitted: auto-replied")):
        folder.add(mail)

    done = command("inbound", "run", "--mailbox", str(tmp_path / "mail"))
    listed, plain = command("inbound", "list"), json.loads(command("inbound", "list", "--json").out)

    assert command("inbound", "run").status == 2
    assert "Đã xem 2 thư: 1 địa chỉ không nhận" in done.out
    assert "trả lời tự động" in listed.out
    assert {one["kind"] for one in plain["mails"]} == {"hard", "auto-reply"}
    assert command("inbound", "clear", f"{AGENCY}-officer", "--reason", "vì").status == 1


def test_an_address_outside_the_domains_is_allowed_listed_and_revoked(command: Any, office: Path) -> None:
    """With its reason; a second time and an unknown one are refused."""
    empty = command("contacts", "allowed")
    made = command("contacts", "allow", "A@gmail.example", "--reason", "chưa có hộp thư công vụ")
    twice = command("contacts", "allow", "a@gmail.example", "--reason", "vì")
    listed = command("contacts", "allowed")
    revoked = command("contacts", "revoke", "a@gmail.example")
    gone = command("contacts", "revoke", "a@gmail.example")
    kept = json.loads(command("contacts", "allowed", "--all", "--json").out)

    assert (made.status, twice.status, revoked.status, gone.status) == (0, 1, 0, 1)
    assert "Không có địa chỉ nào" in empty.out
    assert "chưa có hộp thư công vụ" in listed.out
    assert [one["address"] for one in kept] == ["a@gmail.example"]
