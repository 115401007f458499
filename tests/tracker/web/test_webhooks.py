"""What Zalo tells us: a code links, «huỷ» and leaving unlink, and what is not Zalo's changes nothing."""

import json
import time
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine
from starlette.testclient import TestClient

from notifications.channels import ChannelName
from notifications.channels.zalo_webhook import BOT_HEADER, OA_HEADER, oa_signature
from tests.tracker.factories import AGENCY
from tests.tracker.services.at_work import an_act
from tests.tracker.services.linked_office import NOW, Linked, linked_office
from tests.tracker.web.test_acting import everything
from tracker.clock import StoppedClock
from tracker.services.linking import give_code
from tracker.store import link_codes
from tracker.store.engine import make_engine
from tracker.store.events import Event, history
from tracker.store.link_codes import Linkable
from tracker.store.session import reading, transaction
from tracker.store.tables import ContactRow
from tracker.web import webhooks
from tracker.web.app import create_app

OFFICER, HEAD = f"{AGENCY}-officer", f"{AGENCY}-head"
SECRET, APP, KEY = "s3cret-of-the-bot", "1234567890", "key-of-the-oa"
CHAT = "chat-77"


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for each answer: on a busy machine it may come after Zalo would have stopped listening."""
    monkeypatch.setattr(webhooks, "PATIENCE", 60.0)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Linked:
    """Build an office with a Bot and an Official Account, on either database."""
    built = linked_office(engine, tmp_path)
    settings = built.app.settings.model_copy(
        update={
            "zalo_webhook_secret": SecretStr(SECRET),
            "zalo_oa_app_id": APP,
            "zalo_oa_webhook_key": SecretStr(KEY),
        }
    )
    return replace(built, app=replace(built.app, settings=settings))


def millis(at: datetime) -> int:
    """Write a moment as Zalo does."""
    return int(at.timestamp() * 1000)


def to_bot(office: Linked, text: str, chat: str = CHAT, at: datetime = NOW, secret: str = SECRET) -> Any:
    """Tell the office that somebody wrote to its Bot."""
    body = {
        "event_name": "message.text.received",
        "message": {
            "message_id": sha256(f"{text}{at}".encode()).hexdigest()[:12],
            "date": millis(at),
            "text": text,
            "chat": {"id": chat, "chat_type": "PRIVATE"},
            "from": {"id": chat, "is_bot": False},
        },
    }
    client = TestClient(create_app(office.app))
    return client.post("/webhooks/zalo-bot", json=body, headers={BOT_HEADER: secret})


def to_oa(office: Linked, event: dict[str, Any], at: datetime = NOW, key: str = KEY) -> Any:
    """Tell the office that something happened at its Official Account."""
    body = json.dumps({**event, "timestamp": str(millis(at))}).encode()
    client = TestClient(create_app(office.app))
    signature = oa_signature(body, app_id=APP, secret_key=key)
    return client.post("/webhooks/zalo-oa", content=body, headers={OA_HEADER: signature})


def written(text: str, user: str) -> dict[str, Any]:
    """Build the event of a user's message to the OA."""
    return {
        "event_name": "user_send_text",
        "sender": {"id": user},
        "message": {"text": text, "msg_id": f"m-{text}"},
    }


def a_code(office: Linked, contact: str = OFFICER, channel: ChannelName = ChannelName.ZALO) -> str:
    """Make a code for a contact."""
    with transaction(office.app.engine) as session:
        return give_code(session, office.app, contact, channel, act=an_act(NOW.date())).code


def known(office: Linked, contact: str = OFFICER) -> Linkable:
    """Return what is known of a contact."""
    with reading(office.app.engine) as session:
        found = link_codes.contact(session, contact)
    assert found is not None
    return found


def story(office: Linked, contact_id: int) -> list[Event]:
    """Return the history of a contact."""
    with reading(office.app.engine) as session:
        return history(session, "contact", contact_id)


@pytest.mark.parametrize(
    "typed",
    ["{}", "mã của tôi: {} nhé", " {}\n", "DONDOC {}."],
    ids=["alone", "in a sentence", "with white space", "after a word of ten letters"],
)
def test_a_code_that_is_sent_to_the_bot_links_the_chat(office: Linked, typed: str) -> None:
    """However it is typed, once; history says which message did it."""
    code = a_code(office)

    answer = to_bot(office, typed.format(code.lower() if "nhé" in typed else code))

    assert answer.json() == {"ok": True, "did": "linked"}
    assert known(office).zalo_chat_id == CHAT
    line = story(office, office.officer)[-1]
    assert (line.action, line.actor, line.via) == ("zalo-linked", f"contact:{OFFICER}", "zalo")
    assert line.after is not None
    assert line.after["zalo_chat_id"] == CHAT


def test_a_code_links_a_follower_of_the_official_account(office: Linked) -> None:
    """The same with the OA, whose users have other numbers; a code is of one channel."""
    code = a_code(office, channel=ChannelName.ZALO_OA)

    assert to_bot(office, code).json()["did"] == "nothing"
    assert to_oa(office, written(code.replace("-", ""), "u-5")).json()["did"] == "linked"
    assert (known(office).zalo_user_id, known(office).zalo_chat_id) == ("u-5", None)


@pytest.mark.parametrize("copies", [2, 5])
def test_copies_of_an_event_change_nothing(office: Linked, copies: int) -> None:
    """Zalo tells a thing twice: after the first time the database stays as it is, byte for byte."""
    code = a_code(office)
    to_bot(office, code)
    before = everything(office.app.engine)

    assert [to_bot(office, code).json()["did"] for _ in range(copies)] == ["nothing"] * copies
    assert everything(office.app.engine) == before


def test_a_wrong_signature_is_refused_at_once_and_writes_nothing(office: Linked) -> None:
    """A wrong secret or none, a wrong key, a changed body: refused even while a writer holds the lock."""
    code = a_code(office)
    before = everything(office.app.engine)
    client = TestClient(create_app(office.app))
    body = json.dumps({**written(code, "u-5"), "timestamp": "1586484000000"}).encode()
    good = oa_signature(body, app_id=APP, secret_key=KEY)

    with transaction(office.app.engine):
        started = time.monotonic()
        answers = [
            to_bot(office, code, secret="wrong"),
            to_bot(office, code, secret=""),
            client.post("/webhooks/zalo-bot", json={}),
            to_oa(office, written(code, "u-5"), key="wrong"),
            client.post("/webhooks/zalo-oa", content=body + b" ", headers={OA_HEADER: good}),
            client.post("/webhooks/zalo-oa", content=b"[" * 60_000, headers={OA_HEADER: "mac=0"}),
        ]
        took = time.monotonic() - started

    assert [answer.status_code for answer in answers] == [403] * 6
    assert took < 2 * len(answers)
    assert everything(office.app.engine) == before


def test_an_office_without_a_secret_hears_nobody(office: Linked) -> None:
    """An empty secret opens nothing."""
    settings = office.app.settings.model_copy(
        update={"zalo_webhook_secret": SecretStr(""), "zalo_oa_webhook_key": SecretStr("")}
    )
    office = replace(office, app=replace(office.app, settings=settings))

    assert to_bot(office, "x", secret="").status_code == 403
    assert to_oa(office, written("x", "u-5"), key="").status_code == 403


def test_a_body_without_end_is_cut_off(office: Linked) -> None:
    """More than an event ever has is not read."""
    client = TestClient(create_app(office.app))

    answer = client.post("/webhooks/zalo-bot", content=b" " * 100_000, headers={BOT_HEADER: SECRET})

    assert answer.status_code == 413


def test_an_answer_does_not_wait_for_a_slow_writer(office: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zalo hears while the writer is still at it; what was told is done once the writer is done."""
    monkeypatch.setattr(webhooks, "PATIENCE", 0.2)
    code = a_code(office)
    body = {
        "event_name": "message.text.received",
        "message": {
            "message_id": "m1",
            "date": millis(NOW),
            "text": code,
            "chat": {"id": CHAT, "chat_type": "PRIVATE"},
        },
    }
    other = make_engine(office.app.engine.url.render_as_string(hide_password=False))
    with TestClient(create_app(office.app)) as client:
        with transaction(other) as session:
            link_codes.held(session)
            answer = client.post("/webhooks/zalo-bot", json=body, headers={BOT_HEADER: SECRET})
            assert known(office).zalo_chat_id is None
        until = time.monotonic() + 60
        while known(office).zalo_chat_id is None and time.monotonic() < until:
            time.sleep(0.02)  # until the condition holds
    other.dispose()

    assert answer.status_code == 200
    assert known(office).zalo_chat_id == CHAT


@pytest.mark.parametrize(
    ("later", "did"),
    [(timedelta(minutes=14, seconds=59), "linked"), (timedelta(minutes=15), "nothing")],
)
def test_a_code_holds_for_a_quarter_of_an_hour(office: Linked, later: timedelta, did: str) -> None:
    """Then it is worth nothing."""
    code = a_code(office)

    assert to_bot(office.at(later), code).json()["did"] == did


def test_a_newer_code_puts_the_older_one_out_of_use(office: Linked) -> None:
    """A contact has one code for a channel; only its hash is kept."""
    old, new = a_code(office), a_code(office)

    assert to_bot(office, old).json()["did"] == "nothing"
    assert to_bot(office, new).json()["did"] == "linked"


def test_linking_an_account_anew_moves_it(office: Linked) -> None:
    """One chat is one person's: the head takes it over, and history tells it of both."""
    to_bot(office, a_code(office))

    to_bot(office, a_code(office, HEAD))

    assert (known(office).zalo_chat_id, known(office, HEAD).zalo_chat_id) == (None, CHAT)
    line = story(office, office.officer)[-1]
    assert (line.action, line.after) == (
        "zalo-unlinked",
        {"zalo_chat_id": None, "active": True, "reason": "moved", "to": HEAD},
    )
    assert story(office, office.head)[-1].action == "zalo-linked"


@pytest.mark.parametrize("typed", ["huỷ", "HỦY", " Huy. ", "hu\u0309y", "stop"])
def test_huy_unlinks(office: Linked, typed: str) -> None:
    """Whoever asks for nothing more gets nothing more there."""
    to_bot(office, a_code(office))

    assert to_bot(office, typed, at=NOW + timedelta(minutes=1)).json()["did"] == "unlinked"
    assert known(office).zalo_chat_id is None
    assert story(office, office.officer)[-1].action == "zalo-unlinked"


def test_leaving_the_official_account_unlinks(office: Linked) -> None:
    """An unfollow that was told late, after the user linked again, says nothing about that."""
    left = {"event_name": "unfollow", "follower": {"id": "u-5"}}
    to_oa(office, written(a_code(office, channel=ChannelName.ZALO_OA), "u-5"))

    assert to_oa(office, left, at=NOW - timedelta(hours=1)).json()["did"] == "nothing"
    assert known(office).zalo_user_id == "u-5"
    assert to_oa(office, left, at=NOW + timedelta(hours=1)).json()["did"] == "unlinked"
    assert known(office).zalo_user_id is None


def test_who_has_no_other_address_goes_out_of_use(office: Linked) -> None:
    """Nobody could be written to there; a code is made for no one out of use."""
    to_bot(office, a_code(office))
    with transaction(office.app.engine) as session:
        session.get_one(ContactRow, office.officer).email = None

    to_bot(office, "huỷ", at=NOW + timedelta(minutes=1))

    assert not known(office).active


@pytest.mark.parametrize("text", ["xin chào", "NGHIEMTUCQ ABCDE", "", "💬" * 50])
def test_any_other_message_is_heard_and_changes_nothing(office: Linked, text: str) -> None:
    """People write all sorts of things to an office."""
    before = everything(office.app.engine)

    assert to_bot(office, text).json() == {"ok": True, "did": "nothing"}
    assert everything(office.app.engine) == before


def test_the_clock_of_the_office_decides(office: Linked) -> None:
    """A code made long ago by the office's clock has ended, whatever Zalo says of the message's time."""
    code = a_code(office)
    tomorrow = replace(office, app=replace(office.app, clock=StoppedClock(NOW + timedelta(days=1))))

    assert to_bot(tomorrow, code, at=NOW).json()["did"] == "nothing"
