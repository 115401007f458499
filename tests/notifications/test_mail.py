"""A letter as an e-mail message: what every header is for."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.mail import Sender, is_address, message_bytes, message_id_for
from notifications.messages import Letter
from tests.notifications.letters import letter

SENDER = Sender("dondoc@tinh.example.vn", "Văn phòng UBND tỉnh", "vanphong@tinh.example.vn")
NOW = datetime(2020, 4, 6, 1, 30, tzinfo=UTC)
READER = "bd@sct.example.vn"


def written(content: Letter, to: str = READER, *, message_id: str = "<abc@tinh.example.vn>") -> bytes:
    """Write a letter as mail."""
    return message_bytes(content, to, sender=SENDER, message_id=message_id, now=NOW)


def read(data: bytes) -> EmailMessage:
    """Read it again as a mail program would."""
    return message_from_bytes(data, policy=policy.default)


def test_the_headers_say_who_to_whom_when_and_that_a_machine_wrote_it() -> None:
    """Each header a mail program or an automatic answerer looks at is there, once."""
    mail = read(written(letter()))

    assert {name: mail.get_all(name) for name in mail.keys() if name != "Content-Type"} == {  # noqa: SIM118
        "From": ["Văn phòng UBND tỉnh <dondoc@tinh.example.vn>"],
        "To": ["bd@sct.example.vn"],
        "Reply-To": ["vanphong@tinh.example.vn"],
        "Subject": ["[NV-2020-0311] Nhắc việc"],
        "Date": ["Mon, 06 Apr 2020 01:30:00 +0000"],
        "Message-ID": ["<abc@tinh.example.vn>"],
        "In-Reply-To": mail.get_all("References"),
        "References": mail.get_all("In-Reply-To"),
        "Auto-Submitted": ["auto-generated"],
        "X-Auto-Response-Suppress": ["All"],
        "List-Id": ["<don-doc.tinh.example.vn>"],
        "MIME-Version": ["1.0"],
    }


def test_text_comes_before_html() -> None:
    """A reader without HTML sees the whole letter; one with HTML sees it laid out."""
    parts = list(read(written(letter())).iter_parts())

    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert parts[0].get_content().replace("\r\n", "\n") == letter().text


@given(subject=st.text(max_size=400), text=st.text(max_size=2000))
def test_whatever_is_said_the_message_is_seven_bit_and_short_lined(subject: str, text: str) -> None:
    """No line goes over 998 octets, no octet over 127: any relay takes it. No subject adds a header."""
    data = written(Letter(subject, text))

    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 998
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert sorted(read(data).keys()) == sorted(read(written(Letter("x", "y"))).keys())


@given(
    st.lists(
        st.sampled_from(["Quá", "hạn:", "khu", "Phương", "án", "NV-2020-0311", "Ệ", "2020,"]), min_size=1
    )
)
def test_every_word_and_space_of_a_subject_arrives(words: list[str]) -> None:
    """However a subject is folded, it unfolds to itself; the sender's name does too."""
    subject = " ".join(["Quá", *words] * 7)
    data = message_bytes(
        Letter(subject, "x"), READER, sender=Sender("a@b.vn", subject), message_id="<abc@b.vn>", now=NOW
    )

    raw = message_from_bytes(data)  # Python's newer parser spoils a long name, so the older one reads it
    assert str(make_header(decode_header(raw["Subject"]))) == subject
    assert str(make_header(decode_header(raw["From"]))) == f"{subject} <a@b.vn>"


def test_a_long_vietnamese_subject_is_folded_and_comes_back_whole() -> None:
    """Header lines stay within 78 characters and unfold to the subject that was written."""
    subject = "Quá hạn: " + "Phương án cấp điện các khu tái định cư, " * 8
    data = written(Letter(subject, "Kính gửi\n"))
    head = data.partition(b"\r\n\r\n")[0]

    assert max(len(line) for line in head.split(b"\r\n")) <= 78
    assert read(data)["Subject"] == subject.strip()


CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nX-WR-CALNAME:Hạn của Sở\r\nEND:VCALENDAR\r\n"


def test_a_calendar_goes_as_a_file_of_its_own_kind_with_its_method() -> None:
    """A mail program sees a calendar and what to do with it; the letter itself stays as it was."""
    mail = read(written(replace(letter(), calendar=CALENDAR)))
    body, attached = mail.iter_parts()

    assert (mail.get_content_type(), body.get_content_type()) == ("multipart/mixed", "multipart/alternative")
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params == {"charset": "utf-8", "method": "CANCEL"}
    assert attached.get_filename() == "han-NV-2020-0311.ics"
    assert attached.get_content().replace("\r\n", "\n") == CALENDAR.replace("\r\n", "\n")


def test_a_calendar_of_several_tasks_has_a_plain_name() -> None:
    """A letter without a thread names no task in its file."""
    mail = read(written(Letter("x", "y", calendar=CALENDAR)))

    assert [part.get_filename() for part in mail.iter_attachments()] == ["han.ics"]


def test_an_office_may_add_headers_of_its_own() -> None:
    """A further header is there once, on one line, and in Vietnamese if need be."""
    mail = read(further({"X-Unit": "Văn phòng\r\nBcc: x@y.vn", "Importance": "high"}))

    assert (mail["X-Unit"], mail["Importance"], mail["Bcc"]) == ("Văn phòng Bcc: x@y.vn", "high", None)


def further(headers: dict[str, str]) -> bytes:
    """Write a letter with further headers."""
    return message_bytes(letter(), READER, sender=SENDER, message_id="<abc@b.vn>", now=NOW, headers=headers)


@pytest.mark.parametrize("name", ["To", "message-ID", "Content-Type", "X Unit", "X:", "", "Ấn", "X\r\nY"])
def test_what_is_no_further_header_is_refused(name: str) -> None:
    """None takes the place of one that the message has, and none breaks the head."""
    with pytest.raises(ValueError, match="is no header that may be added"):
        further({name: "x"})


def test_letters_about_one_task_to_one_reader_share_a_root() -> None:
    """The thread root depends on the task and the reader, not on the letter."""
    first, second = (
        read(written(letter("một"))),
        read(written(letter("hai"), message_id="<def@tinh.example.vn>")),
    )
    elsewhere = read(written(letter(), "other@sct.example.vn"))

    assert first["References"] == second["References"]
    assert first["References"] != elsewhere["References"]
    assert first["References"] != first["Message-ID"]


def test_a_letter_without_a_thread_stands_alone() -> None:
    """No thread key, no reference."""
    assert read(written(Letter("x", "y")))["References"] is None


def test_a_message_id_depends_on_the_key_alone() -> None:
    """The same key always gives the same id, another key another one."""
    assert message_id_for("a:1", "x.vn") == message_id_for("a:1", "x.vn") != message_id_for("a:2", "x.vn")
    assert message_id_for("a:1", "x.vn").endswith("@x.vn>")


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        pytest.param("bd@sct.example.vn", True, id="plain"),
        pytest.param("van.phong+bc@tinh.example.vn", True, id="dots and plus"),
        pytest.param("root@localhost", True, id="local"),
        pytest.param("", False, id="empty"),
        pytest.param("sct.example.vn", False, id="no at"),
        pytest.param("a@b@c.vn", False, id="two ats"),
        pytest.param("a@b.vn, c@d.vn", False, id="a list"),
        pytest.param("Sở <a@b.vn>", False, id="a name"),
        pytest.param("a@b.vn\r\nBcc: x@y.vn", False, id="a header smuggled in"),
        pytest.param("a@b.vn\n", False, id="a line break at the end"),
        pytest.param("ấ@b.vn", False, id="not ASCII"),
        pytest.param("a" * 250 + "@b.vn", False, id="too long"),
    ],
)
def test_only_one_plain_address_is_an_address(address: str, usable: bool) -> None:
    """Anything but one plain address is refused before a server sees it."""
    assert is_address(address) is usable
