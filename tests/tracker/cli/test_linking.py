"""Links in letters and Zalo accounts on the command line."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.factories import AGENCY
from tests.tracker.services.at_work import an_act
from tests.tracker.services.linked_office import NOW, Linked, linked_office
from tracker.clock import WallClock
from tracker.domain.people import AccountRole
from tracker.settings import Settings
from tracker.store import accounts, register
from tracker.store.accounts import AccountEntry
from tracker.store.engine import make_engine
from tracker.store.events import history
from tracker.store.migrate import upgrade
from tracker.store.session import reading, transaction

OFFICER = f"{AGENCY}-officer"


@pytest.fixture
def office(own_data: Path) -> Linked:
    """Fill the database that the commands work on."""
    settings = Settings.load()
    engine = make_engine(settings.database)
    upgrade(engine)
    built = linked_office(engine, own_data)
    return replace(built, app=replace(built.app, clock=WallClock(settings.zone)))


def contact_story(office: Linked) -> list[str]:
    """Return what was done about the officer."""
    with reading(office.app.engine) as session:
        return [event.action for event in history(session, "contact", office.officer)]


def test_links_are_listed_and_taken_back(office: Linked, command: Any) -> None:
    """A list says until when each holds; one that is taken back says so, and history who did it."""
    office.link()
    office.link(office.head)

    command("links", "revoke", "--contact", OFFICER, "--reason", "Gửi nhầm")
    listed = json.loads(command("links", "list", "--json").out)

    assert {one["contact"]: one["state"] for one in listed} == {OFFICER: "revoked", f"{AGENCY}-head": "live"}
    assert office.work.story()[-1].action == "link-revoked"
    assert "Trần Minh" in command("links", "list").out


def test_no_links_are_said_to_be_none(office: Linked, command: Any) -> None:
    """An empty list says what would fill it."""
    assert "Chưa có liên kết nào" in command("links", "list").out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "--all"),
        (("--contact", "nobody"), 1, "Không có liên kết"),
        (("99",), 1, "Không có liên kết"),
        (("--all",), 0, "Đã thu hồi 1 liên kết"),
    ],
)
def test_which_links_are_taken_back_must_be_said(
    office: Linked, command: Any, words: tuple[str, ...], status: int, said: str
) -> None:
    """Nothing is taken back by a slip."""
    office.link()

    answer = command("links", "revoke", *words)

    assert answer.status == status
    assert said in answer.out + answer.err


def test_a_code_is_shown_once_and_holds_for_a_channel(office: Linked, command: Any) -> None:
    """As people copy it; only its hash is kept, and history says that it was made."""
    answer = command("contacts", "link-code", OFFICER)

    assert re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", answer.out)
    assert contact_story(office)[-1] == "link-code"
    assert command("contacts", "link-code", OFFICER, "--channel", "email").status == 2
    assert command("contacts", "link-code", "nobody").status == 1


def test_account_holders_link_themselves_and_nobody_else(office: Linked, command: Any) -> None:
    """For others, whoever keeps the register makes the code."""
    people = (("lan", AccountRole.AGENCY_OFFICER, AGENCY), ("admin", AccountRole.ADMINISTRATOR, None))
    with transaction(office.app.engine) as session:
        known = register.ids(session)
        for login, role, agency in people:
            entry = AccountEntry(login=login, name=login, role=role, agency=agency)
            contact = office.officer if agency else None
            accounts.save(session, entry, known.get(agency or ""), contact, at=an_act(NOW.date()).at)

    assert OFFICER in command("accounts", "link-code", "--as", "lan").out
    assert command("contacts", "link-code", f"{AGENCY}-head", "--as", "lan").status == 1
    assert command("contacts", "link-code", f"{AGENCY}-head", "--as", "admin").status == 0
    assert "chưa gắn với người nhận" in command("accounts", "link-code", "--as", "admin").err


def test_consent_to_messages_by_telephone_is_written_down(office: Linked, command: Any) -> None:
    """With the number as Zalo takes it, the day, and its end."""
    assert command("contacts", "consent", OFFICER).status == 1  # no number yet

    given = command("contacts", "consent", OFFICER, "--phone", "0912 345 678", "--on", "09/4/2020")
    assert "84912345678 từ ngày 09/04/2020" in given.out
    assert command("contacts", "consent", OFFICER, "--phone", "12345").status == 2
    assert command("contacts", "consent", OFFICER, "--on", "2099-01-01").status == 1

    assert "không còn đồng ý" in command("contacts", "consent", OFFICER, "--withdraw").out
    assert contact_story(office)[-2:] == ["consent", "consent-withdrawn"]


def test_unlinking_what_is_not_linked_changes_nothing(office: Linked, command: Any) -> None:
    """It says so, and writes no line of history."""
    before = contact_story(office)

    assert "không có liên kết nào" in command("contacts", "unlink", OFFICER).out
    assert contact_story(office) == before
