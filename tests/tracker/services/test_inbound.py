"""Mail that came back marks the address it is about, once, and is never answered."""

import mailbox
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func
from sqlmodel import col, select

from tests.notifications.inbound.mails import ID, QMAIL, answer, report
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency, an_app
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.bounces import BounceKind
from tracker.domain.people import EmailState, Role
from tracker.errors import Conflict, InvalidSetting, NotFound, Unavailable
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.inbound import clear, take_in
from tracker.services.registers import load_contacts
from tracker.store import bounces
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AttemptRow, BounceRow, ContactRow, OutboxRow

FRIDAY, TUESDAY = date(2020, 4, 3), date(2020, 4, 7)
ACT = Act("lan", "cli", datetime(2020, 4, 8, 2, 0, tzinfo=UTC))
EMAIL = "bd@sct.example.vn"


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> App:
    """Give an office whose officer was sent two letters, and an empty mailbox."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY, code="bd", email="BD@sct.example.vn")
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    app = an_app(engine, tmp_path)
    for day in (FRIDAY, TUESDAY):
        app = replace(app, clock=StoppedClock(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)))
        run_day(app, day)
        deliver(app)
    mailbox.Maildir(tmp_path / "mail", create=True)
    return replace(app, settings=app.settings.model_copy(update={"mailbox": str(tmp_path / "mail")}))


def ids(app: App) -> list[str]:
    """Return the Message-IDs of the letters that were sent."""
    with reading(app.engine) as session:
        return list(session.exec(select(OutboxRow.message_id).order_by(col(OutboxRow.id))))


def put(app: App, *mails: bytes) -> None:
    """Let mails arrive."""
    folder = mailbox.Maildir(app.settings.mailbox, create=False)
    for one in mails:
        folder.add(one)


def about(message_id: str, mail: bytes) -> bytes:
    """Return a mail about one of our letters."""
    return mail.replace(ID.encode(), message_id.encode())


def standing(app: App) -> tuple[EmailState, int]:
    """Return what is known of the officer's address."""
    with reading(app.engine) as session:
        row = session.exec(select(ContactRow).where(col(ContactRow.code) == "bd")).one()
        return EmailState(row.email_state), row.hard_bounces


def test_two_hard_bounces_end_an_address(app: App) -> None:
    """One makes it doubtful, the second of another letter ends it; each once, with history."""
    first, second = ids(app)
    put(app, about(first, report("5.1.1")))
    once = take_in(app)
    after_one = standing(app)
    put(app, about(first, report("5.1.1", said="550 again")), about(second, report("5.1.1")))
    twice = take_in(app)
    with reading(app.engine) as session:
        lines = [one.action for one in history(session, "contact", 1) if one.action.startswith("email-")]

    assert (once.hard, once.marked, after_one) == (1, 1, (EmailState.DOUBTFUL, 1))
    assert (twice.hard, twice.marked) == (2, 1)
    assert standing(app) == (EmailState.BOUNCING, 2)
    assert lines == ["email-doubtful", "email-bouncing"]


def test_the_same_mail_is_taken_in_once(app: App, tmp_path: Path) -> None:
    """Whatever brings it here again: a copy in another mailbox, a mark that was lost."""
    mail = about(ids(app)[0], report("5.1.1"))
    put(app, mail)
    take_in(app)
    mailbox.Maildir(tmp_path / "other", create=True).add(mail)

    again = take_in(app, str(tmp_path / "other"))

    assert (again.mails, again.known, again.hard, again.marked) == (1, 1, 0, 0)
    assert standing(app) == (EmailState.DOUBTFUL, 1)


@pytest.mark.parametrize(
    ("mail", "kind", "counts"),
    [
        pytest.param(report("5.1.1"), BounceKind.HARD, True, id="no such reader"),
        pytest.param(report("4.2.2"), BounceKind.SOFT, False, id="mailbox full"),
        pytest.param(answer("Auto-Submitted: auto-replied"), BounceKind.AUTO_REPLY, False, id="away"),
        pytest.param(answer(subject="Trả lời: đã nhận"), BounceKind.OTHER, False, id="a person"),
    ],
)
def test_only_a_hard_bounce_counts(app: App, mail: bytes, kind: BounceKind, counts: bool) -> None:
    """The rest is noted, with the contact it is about."""
    put(app, about(ids(app)[0], mail))
    take_in(app)
    with reading(app.engine) as session:
        (kept,) = bounces.entries(session, 10)

    assert kept.kind is kind
    assert (kept.contact == "bd") is (kind is not BounceKind.OTHER)
    assert standing(app) == ((EmailState.DOUBTFUL, 1) if counts else (EmailState.OK, 0))


@pytest.mark.parametrize(
    ("mail", "counted"),
    [
        pytest.param(report("5.1.1"), 0, id="about a letter that is none of ours"),
        pytest.param(QMAIL.replace(f"Message-ID: {ID}".encode(), b""), 1, id="names no letter, one was sent"),
        pytest.param(QMAIL.replace(b"bd@sct", b"ai@sct"), 0, id="about nobody here"),
    ],
)
def test_a_bounce_counts_only_about_a_letter_of_ours(app: App, mail: bytes, counted: int) -> None:
    """Anybody can send a mail that looks like a bounce."""
    put(app, mail)
    take_in(app)

    assert standing(app)[1] == counted


def test_a_new_address_or_a_person_clears_it(app: App, tmp_path: Path) -> None:
    """Loading another address forgets the old one's bounces; so does a person, with a reason."""
    put(app, *(about(one, report("5.1.1")) for one in ids(app)))
    take_in(app)
    same, new = tmp_path / "same.csv", tmp_path / "new.csv"
    same.write_text(f"code,name,role,agency,email\nbd,Bình,officer,{AGENCY},{EMAIL}\n", encoding="utf-8")
    new.write_text(
        f"code,name,role,agency,email\nbd,Bình,officer,{AGENCY},b@sct.example.vn\n", encoding="utf-8"
    )

    with transaction(app.engine) as session:
        load_contacts(session, same, act=ACT)
    kept = standing(app)
    with transaction(app.engine) as session:
        clear(session, "bd", "đã gọi điện, hộp thư mở lại", act=ACT)
    cleared = standing(app)
    with transaction(app.engine) as session:
        with pytest.raises(Conflict, match="bình thường"):
            clear(session, "bd", "vì", act=ACT)
        with pytest.raises(NotFound):
            clear(session, "ai", "vì", act=ACT)
        bounces.put_state(session, 1, EmailState.BOUNCING, 2)
        with pytest.raises(InvalidSetting, match="--reason"):
            clear(session, "bd", " ", act=ACT)
        load_contacts(session, new, act=ACT)

    assert kept == (EmailState.BOUNCING, 2)
    assert cleared == standing(app) == (EmailState.OK, 0)


def test_no_mail_ever_leads_to_a_letter(app: App, tmp_path: Path) -> None:
    """Our own letters and automatic replies in the mailbox, over and over: nothing goes out."""
    with reading(app.engine) as session:
        letters = session.exec(select(OutboxRow)).all()
    own = [
        f"From: dondoc@tinh.example.vn\r\nTo: {one.address}\r\nSubject: =?utf-8?q?Nh=E1=BA=AFc?=\r\n"
        f"Message-ID: {one.message_id}\r\nAuto-Submitted: auto-generated\r\n\r\n{one.text}".encode()
        for one in letters
    ]
    replies = [
        about(one, answer(head))
        for one in ids(app)
        for head in ("Auto-Submitted: auto-replied", "X-Autoreply: yes")
    ]

    def counted() -> tuple[int, int]:
        with reading(app.engine) as session:
            return (
                session.exec(select(func.count()).select_from(OutboxRow)).one(),
                session.exec(select(func.count()).select_from(AttemptRow)).one(),
            )

    before = counted()
    for number in range(5):
        put(app, *own, *(mail + f"{number}".encode() for mail in replies))
        take_in(app)
        report_ = deliver(app)
        assert report_.handled == 0

    assert counted() == before
    assert standing(app) == (EmailState.OK, 0)
    with reading(app.engine) as session:
        assert session.exec(select(func.count()).select_from(BounceRow)).one() == len(own) + 5 * len(replies)


@pytest.mark.parametrize(
    ("named", "refusal", "words"),
    [
        pytest.param("", InvalidSetting, "DONDOC_MAILBOX", id="none"),
        pytest.param("pop3://mail.example", InvalidSetting, "pop3", id="of another kind"),
        pytest.param(
            "imaps://user:secret@mail.example/INBOX", InvalidSetting, "PASSWORD", id="with a password"
        ),
        pytest.param("imaps://user@127.0.0.1:1/INBOX", Unavailable, "127.0.0.1", id="that does not answer"),
        pytest.param("{folder}", Unavailable, "maildir", id="that is none"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_a_sentence(
    app: App, tmp_path: Path, named: str, refusal: type[Exception], words: str
) -> None:
    """It says what to set, and never a password."""
    app = replace(app, settings=app.settings.model_copy(update={"mailbox": ""}))
    with pytest.raises(refusal, match=words) as refused:
        take_in(app, named.format(folder=tmp_path))

    assert "secret" not in str(refused.value)
