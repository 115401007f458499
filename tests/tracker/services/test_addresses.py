"""By which channels a contact is reached: e-mail always, and one product of Zalo."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlmodel import select

from notifications.channels import ChannelName
from notifications.outbox import OutboxState
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency, an_app
from tracker.clock import StoppedClock
from tracker.domain.people import Role
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.letters import addresses
from tracker.store.contacts import Contact, entries
from tracker.store.session import reading, transaction
from tracker.store.tables import ContactRow, OutboxRow

DAY = date(2020, 4, 3)
ZALO, ZNS, OA, MAIL = ChannelName.ZALO, ChannelName.ZNS, ChannelName.ZALO_OA, ChannelName.EMAIL
PHONE: dict[str, Any] = {"phone": "84912345678", "consented_on": DAY}
ALL: dict[str, Any] = {"email": "a@b.vn", "zalo_chat_id": "chat", "zalo_user_id": "user", **PHONE}


def lan(**values: Any) -> Contact:
    """Return a contact with the addresses given."""
    return Contact(code="lan", name="Lan", role=Role.CHAIRMAN, **values)


def less(*names: str) -> Contact:
    """Return a contact with all addresses but some."""
    return lan(**{name: value for name, value in ALL.items() if name not in names})


@pytest.mark.parametrize(
    ("contact", "channels", "expected"),
    [
        pytest.param(less(), set(ChannelName), [(MAIL, "a@b.vn"), (ZALO, "chat")], id="the Bot first"),
        pytest.param(
            less("zalo_chat_id"), set(ChannelName), [(MAIL, "a@b.vn"), (ZNS, "84912345678")], id="then ZNS"
        ),
        pytest.param(
            less("zalo_chat_id", "consented_on"),
            set(ChannelName),
            [(MAIL, "a@b.vn"), (OA, "user")],
            id="no ZNS without consent",
        ),
        pytest.param(less(), {MAIL, OA, ZNS}, [(MAIL, "a@b.vn"), (ZNS, "84912345678")], id="no Bot set up"),
        pytest.param(less(), {MAIL, OA}, [(MAIL, "a@b.vn"), (OA, "user")], id="only the account set up"),
        pytest.param(less(), {MAIL}, [(MAIL, "a@b.vn")], id="no Zalo set up"),
        pytest.param(less("email"), set(ChannelName), [(ZALO, "chat")], id="no e-mail"),
        pytest.param(lan(phone="84912345678"), set(ChannelName), [], id="a number without consent is none"),
        pytest.param(lan(**PHONE), set(ChannelName), [(ZNS, "84912345678")], id="with consent it is one"),
    ],
)
def test_a_contact_is_reached_by_mail_and_one_product_of_zalo(
    contact: Contact, channels: set[str], expected: list[tuple[str, str]]
) -> None:
    """The order is Bot, template, Official Account; each only where it is set up and may be used."""
    assert addresses(contact, channels) == expected


def test_no_telephone_ever_rings_twice() -> None:
    """Whatever is known of somebody and whatever is set up, there is at most one product of Zalo."""
    names = sorted(ALL)
    for known in product((True, False), repeat=len(names)):
        contact = less(*(name for name, there in zip(names, known, strict=True) if not there))
        for bits in product((True, False), repeat=4):
            channels = {one for one, there in zip((MAIL, ZALO, ZNS, OA), bits, strict=True) if there}
            found = dict(addresses(contact, channels))
            assert len(found.keys() - {MAIL}) <= 1
            assert found.keys() <= channels
            assert (MAIL in found) == (contact.email is not None and MAIL in channels)
            assert ZNS not in found or contact.consented_on is not None


def test_addresses_and_consent_come_back_from_the_store(engine: Engine) -> None:
    """A day of consent is the same day, whatever zone the database answers in."""
    with transaction(engine) as session:
        a_contact(session, Role.CHAIRMAN, **ALL | {"code": "lan", "name": "Lan"})
    with reading(engine) as session:
        (kept,) = entries(session)

    assert kept == lan(**ALL, id=kept.id)


def test_a_run_writes_by_template_to_who_has_consented(engine: Engine, tmp_path: Path) -> None:
    """A mail and the four lines of the template; the letter to the telephone names no agency."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY, **PHONE)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    run_day(an_app(engine, tmp_path), date(2020, 4, 6))
    with reading(engine) as session:
        letters = {row.channel: row for row in session.exec(select(OutboxRow))}

    assert letters.keys() == {MAIL, ZNS}
    by_template = letters[ZNS]
    assert (by_template.address, by_template.subject, by_template.html) == ("84912345678", "", None)
    assert [line.partition(": ")[0] for line in by_template.text.splitlines()] == [
        "code", "title", "due_on", "link",
    ]  # fmt: skip
    assert "Sở" not in by_template.text


@pytest.mark.parametrize(
    ("values", "state"),
    [
        pytest.param({}, OutboxState.SENT, id="nothing changed"),
        pytest.param({"consented_at": None}, OutboxState.DROPPED, id="consent was withdrawn"),
        pytest.param({"phone": "84987654321"}, OutboxState.DROPPED, id="the number is another"),
    ],
)
def test_a_letter_by_template_is_looked_at_again(
    engine: Engine, tmp_path: Path, values: dict[str, Any], state: OutboxState
) -> None:
    """Between plan and sending somebody may take back that we write to their telephone."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY, email=None, **PHONE)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    clock = StoppedClock(datetime(2020, 4, 6, 1, 0, tzinfo=UTC))
    app = replace(an_app(engine, tmp_path), clock=clock)
    run_day(app, date(2020, 4, 6))
    if values:
        with transaction(engine) as session:
            session.execute(update(ContactRow).values(**values))
    deliver(app)
    with reading(engine) as session:
        (letter,) = session.exec(select(OutboxRow))

    assert (letter.channel, letter.state) == (ZNS, state)
