"""`dondoc channels`: which are set up and how they do, and a test message that says it is one."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from notifications.channels import ChannelName
from notifications.messages import Letter
from notifications.standins.smtp_sink import SmtpSink
from notifications.standins.zalo import Fault, ZaloStandIn
from tests.tracker.factories import AGENCY, an_agency
from tracker.store.engine import make_engine
from tracker.store.letters import NewLetter, enqueue
from tracker.store.migrate import upgrade
from tracker.store.session import reading, transaction
from tracker.store.tables import ChannelStateRow, EventRow, OutboxRow

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # 12:00 in Viet Nam
USER = "2512523625412515"
WAYS = [
    pytest.param("zalo", "chat-000001", id="Bot"),
    pytest.param("zalo-oa", USER, id="Official Account"),
    pytest.param("zns", "0912 345 678", id="template"),
]


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[SmtpSink]:
    """Run a mail server."""
    with SmtpSink(tmp_path / "mail") as mail:
        yield mail


@pytest.fixture
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in of Zalo at noon."""
    with ZaloStandIn(now=lambda: NOON) as zalo:
        yield zalo


@pytest.fixture
def office(
    own_data: Path, mail: SmtpSink, zalo: ZaloStandIn, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Set every channel up, and give the database."""
    account = zalo.account
    for name, value in {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail.port),
        "ZALO_BOT_TOKEN": next(iter(zalo.state.tokens)),
        "ZALO_API_BASE": zalo.url,
        "ZALO_OA_APP_ID": account.app_id,
        "ZALO_OA_APP_SECRET": account.app_secret,
        "ZALO_OA_REFRESH_TOKEN": account.refresh,
        "ZNS_TEMPLATE_ID": "240001",
        "ZALO_OAUTH_BASE": zalo.url,
        "ZALO_OA_BASE": zalo.url,
        "ZNS_BASE": zalo.url,
    }.items():
        monkeypatch.setenv(f"DONDOC_{name}", value)
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def arrived(zalo: ZaloStandIn) -> list[dict[str, Any]]:
    """Return whatever Zalo took."""
    return [*zalo.accepted, *zalo.state.oa_accepted, *zalo.state.zns_accepted]


def story(engine: Engine) -> list[tuple[str, str, Any]]:
    """Return who did what about channels, oldest first."""
    with reading(engine) as session:
        rows = session.exec(select(EventRow).where(col(EventRow.entity) == "channel"))
        return [(row.action, row.actor, row.after) for row in rows]


def states(command: Any) -> dict[str, Any]:
    """Return the list by the channel's name."""
    return {one["channel"]: one for one in json.loads(command("channels", "list", "--json").out)}


def test_what_is_not_set_up_says_what_it_lacks(own_data: Path, command: Any) -> None:
    """Without any setting there is e-mail; of each other channel the missing variables are named."""
    said = " ".join(command("channels", "list").out.split())
    listed = states(command)

    assert {name for name, one in listed.items() if one["set_up"]} == {"email", "apprise"}
    assert listed["zns"]["missing"][-1] == "DONDOC_ZNS_TEMPLATE_ID"
    for words in ("DONDOC_ZALO_BOT_TOKEN", "chưa cài đặt", "chưa gửi lần nào", "Zalo ZNS"):
        assert words in said


def test_a_mail_arrives_and_says_that_it_is_a_test(office: Engine, mail: SmtpSink, command: Any) -> None:
    """It is labelled in subject and text, it is no letter of the outbox, and history has who sent it."""
    answer = command("channels", "test", "email", "--to", "lan@a.example", "--actor", "Bình")
    (kept,) = mail.kept()
    read = message_from_bytes((mail.folder / kept.file).read_bytes(), policy=policy.default)
    with reading(office) as session:
        letters = session.exec(select(OutboxRow)).all()

    assert (answer.status, answer.err) == (0, "")
    assert "Đã gửi tin thử" in answer.out
    assert kept.recipient == "lan@a.example"
    assert "Tin thử" in str(read["Subject"])
    assert letters == []
    assert [(action, actor) for action, actor, _ in story(office)] == [
        ("channel-test", "Bình"),
        ("channel-tested", "Bình"),
    ]
    assert story(office)[-1][2]["outcome"] == "sent"


@pytest.mark.parametrize(("channel", "address"), WAYS)
def test_a_message_arrives_by_each_product_of_zalo(
    office: Engine, zalo: ZaloStandIn, command: Any, channel: str, address: str
) -> None:
    """Each says that it is a test; history shows only the ends of a person's own number."""
    answer = command("channels", "test", channel, "--to", address)
    (taken,) = arrived(zalo)
    written = "84912345678" if channel == "zns" else address

    assert (answer.status, answer.err) == (0, "")
    assert "Đôn Đốc" in json.dumps(taken, ensure_ascii=False)
    assert written in {taken.get(name) for name in ("chat_id", "user_id", "phone")}
    for told in (json.dumps(story(office)), answer.out):
        assert written not in told
        assert written[-3:] in told


def test_a_password_in_an_address_is_not_repeated(office: Engine, command: Any) -> None:
    """The whole URL of a service is its address, and may hold a secret: answer and history show its kind."""
    answer = command("channels", "test", "apprise", "--to", "json://user:secret-word@127.0.0.1:9/x")

    assert "json://…" in answer.out
    assert "secret-word" not in answer.out + answer.err + json.dumps(story(office))


@pytest.mark.parametrize(("channel", "address"), WAYS)
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param("lost-ack", "Không rõ tin thử", id="maybe arrived"),
        pytest.param("quota", "Tin chưa được gửi", id="not now"),
    ],
)
def test_what_did_not_arrive_ends_with_a_failure(  # noqa: PLR0917 — fixtures and a row
    office: Engine, zalo: ZaloStandIn, command: Any, channel: str, address: str, fault: str, said: str
) -> None:
    """The status is 1, and the sentence says what to do; nothing is sent a second time."""
    api = {"zalo": "bot", "zalo-oa": "oa", "zns": "zns"}[channel]
    zalo.misbehave(Fault(fault, api=api, seconds=5))
    answer = command("channels", "test", channel, "--to", address)

    assert answer.status == 1
    assert said in answer.out
    assert zalo.state.calls[api] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        pytest.param(("sms", "--to", "x"), 2, "email, zalo, zalo-oa, zns, apprise", id="no such channel"),
        pytest.param(("email", "--to", "lan"), 2, "«lan» không phải địa chỉ", id="no mail address"),
        pytest.param(("zns", "--to", "0239385555"), 2, "di động", id="a fixed line"),
        pytest.param(("zalo", "--to", " "), 2, "không phải địa chỉ", id="nobody"),
    ],
)
def test_what_cannot_be_tested_is_refused(
    office: Engine, command: Any, arguments: tuple[str, ...], status: int, said: str
) -> None:
    """Before anything is sent or written down."""
    answer = command("channels", "test", *arguments)

    assert (answer.status, said in answer.err) == (status, True), answer
    assert story(office) == []


def test_a_channel_that_is_not_set_up_is_not_tested(own_data: Path, command: Any) -> None:
    """The sentence names the variable to set."""
    answer = command("channels", "test", "zalo", "--to", "chat-1")

    assert answer.status == 1
    assert "DONDOC_ZALO_BOT_TOKEN" in answer.err


def test_a_test_is_no_way_round_the_official_domains(
    office: Engine, mail: SmtpSink, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside them only an excepted address is written to, as with letters."""
    monkeypatch.setenv("DONDOC_MAIL_DOMAINS", "hatinh.gov.vn")
    refused = command("channels", "test", "email", "--to", "lan@gmail.com")
    assert command("contacts", "allow", "lan@gmail.com", "--reason", "hộp thư tạm").status == 0
    excepted = command("channels", "test", "email", "--to", "lan@gmail.com")
    official = command("channels", "test", "email", "--to", "lan@sct.hatinh.gov.vn")

    assert (refused.status, "hatinh.gov.vn" in refused.err) == (1, True)
    assert (excepted.status, official.status) == (0, 0)
    assert [kept.recipient for kept in mail.kept()] == ["lan@gmail.com", "lan@sct.hatinh.gov.vn"]


def test_only_who_may_send_letters_sends_a_test(office: Engine, command: Any) -> None:
    """An agency's officer may neither send nor look; the secretariat may both."""
    with transaction(office) as session:
        an_agency(session)
    add = ("accounts", "add")
    assert command(*add, "admin", "--name", "Quản Trị", "--role", "administrator").status == 0
    for login, role, *more in (("lan", "secretariat"), ("hung", "agency-officer", "--agency", AGENCY)):
        assert command(*add, login, "--name", login, "--role", role, *more, "--as", "admin").status == 0
    test = ("channels", "test", "zalo", "--to", "chat-1", "--as")

    assert command(*test, "hung").status == 1
    assert command("channels", "list", "--as", "hung").status == 1
    assert story(office) == []
    assert command(*test, "lan").status == 0
    assert command("channels", "list", "--as", "lan").status == 0


def test_the_list_tells_the_last_letter_the_waiting_ones_and_a_rest(
    office: Engine, zalo: ZaloStandIn, command: Any
) -> None:
    """What an operator has to know when letters do not arrive stands in one line a channel."""
    now = datetime.now(UTC)
    with transaction(office) as session:
        for number in (1, 2):
            letter = NewLetter(
                key=f"digest:{number}",
                kind="digest",
                letter=Letter("", "NV-2020-0311"),
                channel=ChannelName.ZALO,
                address=f"chat-{number}",
                message_id=f"<{number}@x.vn>",
                now=now,
            )
            assert enqueue(session, letter)
        session.add(
            ChannelStateRow(
                channel="zns", failures=5, since=now, open_until=now + timedelta(hours=1), reason="authorize"
            )
        )
    waiting = states(command)["zalo"]["waiting"]
    zalo.misbehave(Fault("error", error_code=401, api="bot"))
    command("deliver")
    listed, said = states(command), command("channels", "list").out

    assert (waiting, listed["zalo"]["waiting"]) == (2, 2)
    assert listed["zalo"]["last"]["code"] == "401"
    assert listed["email"]["last"] is None
    assert listed["zns"]["rest"]["failures"] == 5
    assert "tạm ngừng đến" in said
    assert "authorize" in said
