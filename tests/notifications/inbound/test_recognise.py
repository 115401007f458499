"""What comes back is known for what it is, and whatever comes raises nothing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.inbound.recognise import recognise
from notifications.inbound.values import AutoReply, Bounce, BounceKind, Other
from tests.notifications.inbound.mails import EXCHANGE, EXIM, GIVEN_BACK, ID, POSTFIX, QMAIL, answer, report

HEAD_ONLY = GIVEN_BACK.replace("message/rfc822", "text/rfc822-headers").replace("\nKinh gui\n", "")
SUPPORTED = [
    pytest.param(report("5.1.1"), BounceKind.HARD, "5.1.1", id="no such reader"),
    pytest.param(report("5.1.1", original=HEAD_ONLY), BounceKind.HARD, "5.1.1", id="only the head came back"),
    pytest.param(report("4.4.7", said="451 4.4.7 expired"), BounceKind.SOFT, "4.4.7", id="given up on"),
    pytest.param(report("5.2.2", said="552 5.2.2 over quota"), BounceKind.SOFT, "5.2.2", id="a full mailbox"),
    pytest.param(POSTFIX, BounceKind.HARD, "5.1.1", id="Postfix in words"),
    pytest.param(EXIM, BounceKind.SOFT, "", id="Exim in words, a full mailbox"),
    pytest.param(EXCHANGE, BounceKind.HARD, "5.1.10", id="Exchange in words"),
    pytest.param(QMAIL, BounceKind.HARD, "5.1.1", id="qmail in words"),
]


@pytest.mark.parametrize(("data", "kind", "status"), SUPPORTED)
def test_a_bounce_names_the_reader_the_letter_and_whether_it_is_for_good(
    data: bytes, kind: BounceKind, status: str
) -> None:
    """Report or words, the same comes out of it; the letter is known by the Message-ID that came back."""
    found = recognise(data)

    assert isinstance(found, Bounce)
    assert (found.kind, found.address, found.message_id) == (kind, "bd@sct.example.vn", ID)
    assert found.status == status
    assert found.detail
    assert found.source_key == recognise(data).source_key


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_no_failure_is_no_bounce(action: str) -> None:
    """A delay ends by itself, and a letter that arrived is no trouble."""
    assert isinstance(recognise(report("4.4.1", action)), Other)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(answer("Auto-Submitted: auto-replied"), id="RFC 3834"),
        pytest.param(answer("Auto-Submitted: auto-generated (vacation); x=y"), id="with a comment"),
        pytest.param(answer("Precedence: auto_reply"), id="an old way"),
        pytest.param(answer("X-Autoreply: yes"), id="another old way"),
        pytest.param(answer(subject="Out of Office: Re: Nhac viec"), id="only by its subject"),
        pytest.param(
            answer(subject="=?utf-8?b?VHLhuqMgbOG7nWkgdOG7sSDEkeG7mW5n?="), id="by one in Vietnamese"
        ),
    ],
)
def test_a_program_s_answer_is_an_automatic_reply(data: bytes) -> None:
    """It says whose program it was and which letter it answered."""
    found = recognise(data)

    assert isinstance(found, AutoReply)
    assert (found.address, found.message_id) == ("bd@sct.example.vn", ID)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(answer(), id="a person answers"),
        pytest.param(answer("Auto-Submitted: no"), id="a person, says the head"),
        pytest.param(answer("Precedence: bulk"), id="a mailing list"),
        pytest.param(
            answer(body="Delivery has failed to these recipients: bd@sct.example.vn"),
            id="a person quotes a bounce",
        ),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe\x00" * 1000, id="no mail at all"),
    ],
)
def test_anything_else_is_left_to_people(data: bytes) -> None:
    """An address is never held against its owner for what a person wrote."""
    assert isinstance(recognise(data), Other)


SEEDS = (*(param.values[0] for param in SUPPORTED), answer("Auto-Submitted: auto-replied"))


def test_no_spoilt_mail_raises() -> None:
    """Four hundred mails with bytes changed, cut out, doubled and cut off are each something."""
    dice = random.Random(2020)  # noqa: S311 — spoils mails
    kinds = set()
    for number in range(400):
        data = bytearray(SEEDS[number % len(SEEDS)])  # type: ignore[call-overload] # bytes, each of them
        for _ in range(dice.randint(1, 12)):
            at, size = dice.randrange(len(data) + 1), dice.randint(0, 60)
            match dice.randrange(4):
                case 0:
                    data[at : at + size] = dice.randbytes(size)
                case 1:
                    del data[at : at + size]
                case 2:
                    data[at:at] = data[max(0, at - size) : at] * dice.randint(1, 9)
                case _:
                    del data[at + 200 :]
        found = recognise(bytes(data))
        assert isinstance(found, Bounce | AutoReply | Other)
        assert "cannot be read" not in getattr(found, "detail", "") or isinstance(found, Other)
        kinds.add(type(found))

    assert kinds == {Bounce, AutoReply, Other}


@given(st.binary(max_size=3000))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    """Whatever it is, it has a key, and an address that is one."""
    assert len(recognise(data).source_key) == 64


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            b"Content-Type: multipart/report; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 60_000, id="parts"
        ),
        pytest.param(
            b"Return-Path: <>\r\n\r\nThis is the mail system at host x\r\n" + b"a" * 5_000_000, id="a word"
        ),
        pytest.param(b"Return-Path: <>\r\n\r\n" + b"<a@" * 500_000, id="addresses"),
        pytest.param(b"Subject: " + b"=?utf-8?b?" * 100_000 + b"\r\n\r\nx", id="a subject"),
    ],
)
def test_a_huge_mail_is_looked_at_in_little_time(data: bytes) -> None:
    """A mail that is made to be slow is no more than another."""
    assert isinstance(recognise(data), Bounce | AutoReply | Other)
