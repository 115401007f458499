"""A message becomes a letter in formal Vietnamese that gives nothing of the document away."""

import dataclasses
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from notifications.channels import ChannelName
from notifications.channels.zns_params import NotParams, read_params
from notifications.messages import (
    Audience,
    Chore,
    ChoreKind,
    DeadlineReminder,
    Digest,
    Happened,
    Message,
    OverdueNotice,
    Standing,
)
from notifications.render import TITLE_LIMIT, ZALO_LIMIT, _clip, _environment, render
from tests.notifications.letters import AS_OF, LINK, changed, digest, item, mixed, notice, reminder

GOLDEN = Path(__file__).parent / "golden"
MESSAGES: dict[str, Message] = {
    "reminder-two-days-left": reminder(),
    "reminder-due-today": reminder(days_left=0),
    "reminder-to-a-person": reminder(addressee="đồng chí Trần Thị Bình, Sở Công Thương"),
    "reminder-without-link": reminder(link=""),
    **{f"overdue-{audience}": notice(audience) for audience in Audience},
    "overdue-only-days-off-passed": notice(days_over=0),
    **{f"digest-{audience}": digest(*mixed(), audience=audience) for audience in Audience},
    "digest-nothing-overdue": digest(
        item("NV-2020-0318", Standing.DUE_TODAY, 0, due_on=AS_OF),
        item("NV-2020-0320", Standing.DUE_SOON, 3, due_on=date(2020, 5, 8)),
    ),
    "digest-all-parts": digest(
        *mixed(),
        changes=tuple(changed(each, number) for number, each in enumerate(Happened)),
        outage=(date(2020, 4, 28), date(2020, 5, 4)),
        snapshot="S-20200505-1",
        cut_off=datetime(2020, 5, 5, 0, 5, tzinfo=UTC),
    ),
    "digest-of-the-office-itself": digest(
        changes=(),
        chores=(
            Chore(
                kind=ChoreKind.TO_CONFIRM, count=7, oldest=4, late=2, link="https://dondoc.example.vn/today"
            ),
            Chore(kind=ChoreKind.TO_APPROVE, count=1, oldest=0),
        ),
        audience=Audience.CHIEF_OF_OFFICE,
    ),
    "digest-only-changes": digest(changes=(changed(Happened.MOVED, 1), changed(Happened.RETURNED, 2))),
    "digest-urgent": digest(changes=(changed(Happened.ASSIGNED, 1),), urgent=True),
    "digest-many-changes": digest(changes=tuple(changed(Happened.CONFIRMED, n) for n in range(1, 30))),
    "overdue-after-an-outage": dataclasses.replace(
        notice(),
        outage=(date(2020, 4, 10), date(2020, 4, 10)),
        snapshot="S-20200413-2",
        cut_off=datetime(2020, 4, 13, 0, 5, tzinfo=UTC),
    ),
    "digest-more-than-is-shown": digest(*(item(f"NV-2020-{number:04d}") for number in range(1, 26))),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_each_message_reads_as_its_golden_letter(name: str, regen: bool) -> None:
    """A message is written as its golden files say; `pytest --regen` writes them anew."""
    mail = render(MESSAGES[name], ChannelName.EMAIL)
    chat = render(MESSAGES[name], ChannelName.ZALO)
    template = render(MESSAGES[name], ChannelName.ZNS)
    written = {
        f"{name}.txt": f"{mail.subject}\n\n{mail.text}",
        f"{name}.html": mail.html or "",
        f"{name}.zalo.txt": chat.text + "\n",
        f"{name}.zns.txt": template.text + "\n",
    }
    if regen:
        for file, content in written.items():
            (GOLDEN / file).write_text(content, encoding="utf-8")

    assert written == {file: (GOLDEN / file).read_text(encoding="utf-8") for file in written}


@pytest.mark.parametrize("channel", [ChannelName.ZALO, ChannelName.ZALO_OA, ChannelName.ZNS])
@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_telephone_is_told_no_agency_and_no_document(name: str, channel: ChannelName) -> None:
    """What leaves for a telephone says code, short title, due date and link; not whom it is about."""
    letter = render(MESSAGES[name], channel)

    assert (letter.subject, letter.html) == ("", None)
    assert re.findall(r"Sở |UBND|Chủ tịch|Chánh Văn phòng|120/TB|8287/|Kính", letter.text) == []


@pytest.mark.parametrize("channel", [ChannelName.ZALO, ChannelName.ZNS])
@pytest.mark.parametrize(
    "message",
    [
        dataclasses.replace(message, title="Nhiệm vụ được giao tại Thông báo 120/TB-UBND")
        for message in (reminder(), notice())
    ],
)
def test_a_title_that_names_its_document_stays_at_home(message: Message, channel: ChannelName) -> None:
    """A task without a subject is titled by its document; a telephone is not told even that."""
    text = render(message, channel).text

    assert "Nhiệm vụ được giao" in text
    assert "120/TB-UBND" not in text
    assert "120/TB-UBND" in render(message, ChannelName.EMAIL).text


def test_an_official_account_says_what_the_bot_says() -> None:
    """Both are chats, with the same limit."""
    for message in MESSAGES.values():
        assert render(message, ChannelName.ZALO_OA) == render(message, ChannelName.ZALO)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_the_lines_of_a_template_are_those_that_its_channel_takes(name: str) -> None:
    """Each message fills the four parameters; one without a link cannot be sent by template, and is not."""
    text = render(MESSAGES[name], ChannelName.ZNS).text
    if name == "reminder-without-link":
        with pytest.raises(NotParams):
            read_params(text)
        return

    assert list(read_params(text)) == ["code", "title", "due_on", "link"]


def test_a_letter_is_html_safe() -> None:
    """Words that look like markup are shown, not obeyed."""
    html = render(reminder(title='<b onclick="x">A & B</b>'), ChannelName.EMAIL).html or ""

    assert "<b onclick" not in html
    assert "&lt;b onclick=&#34;x&#34;&gt;A &amp; B&lt;/b&gt;" in html


def test_html_loads_nothing_from_elsewhere() -> None:
    """Opening a letter tells nobody that it was opened: no picture, script, font or style sheet."""
    html = render(reminder(), ChannelName.EMAIL).html or ""

    assert [word for word in ("src=", "<img", "<script", "<link", "url(", "@import") if word in html] == []
    assert html.count("http") == 2 == html.count(LINK)


@given(st.text(max_size=300))
def test_any_title_gives_a_one_line_subject_and_a_short_chat(title: str) -> None:
    """Whatever the title, the subject stays one line and Zalo stays within its limit."""
    message = reminder(title=title)

    assert len(render(message, ChannelName.EMAIL).subject.splitlines()) == 1
    assert 1 <= len(render(message, ChannelName.ZALO).text) <= ZALO_LIMIT


def test_a_huge_field_cannot_push_a_chat_over_the_limit() -> None:
    """Even an absurd agency name leaves a text that Zalo accepts."""
    message = dataclasses.replace(reminder(), agency="Sở " * 2000)

    assert len(render(message, ChannelName.ZALO).text) <= ZALO_LIMIT


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("Báo cáo tiến độ", "Báo cáo tiến độ", id="short enough"),
        pytest.param("a" * 80, "a" * 80, id="exactly the limit"),
        pytest.param("a" * 81, "a" * 79 + "…", id="one long word is cut inside"),
        pytest.param("Rà soát " + "tiến độ " * 12, "Rà soát" + " tiến độ" * 9 + "…", id="cut at a word"),
        pytest.param("Dòng một\n  dòng hai", "Dòng một dòng hai", id="one line"),
    ],
)
def test_a_title_is_cut_to_eighty_characters(title: str, shown: str) -> None:
    """A title stays neutral and short, at most 80 characters with its ellipsis."""
    text = render(reminder(title=title), ChannelName.ZALO).text

    assert len(shown) <= TITLE_LIMIT
    assert f"«{shown}»" in text


@given(st.text(max_size=60), st.integers(min_value=2, max_value=40))
def test_clipping_never_exceeds_and_never_invents(text: str, limit: int) -> None:
    """A clipped text fits, and is the beginning of what it was."""
    clipped = _clip(text, limit)

    assert len(clipped) <= limit
    assert clipped == text or text.startswith(clipped.removesuffix("…"))


def test_a_missing_word_is_a_failure_not_a_blank() -> None:
    """A template that names an unknown field refuses to be written."""
    with pytest.raises(UndefinedError):
        _environment().from_string("Kính gửi {{ message.nobody }}").render(message=reminder())


@pytest.mark.parametrize("message_type", [DeadlineReminder, OverdueNotice, Digest])
def test_every_kind_has_its_folder_of_templates(message_type: type[Message]) -> None:
    """One folder per kind holds subject, body, HTML body and chat."""
    expected = {
        f"{message_type.kind}/{name}"
        for name in ("subject.txt", "body.txt", "body.html", "zalo.txt", "zns.txt")
    }

    assert expected <= set(_environment().list_templates())


def test_the_last_working_day_before_a_day_off_is_not_called_the_due_day() -> None:
    """A deadline on Saturday is not said to be today's on Friday, though no working day is left after it."""
    friday = dataclasses.replace(reminder(days_left=0), due_on=date(2020, 5, 9), as_of=date(2020, 5, 8))
    mail = render(friday, ChannelName.EMAIL)

    assert mail.subject == "[NV-2020-0311] Nhắc việc: không còn ngày làm việc nào sau hôm nay, hạn 09/05/2020"
    assert "đến hạn hôm nay" not in mail.text
    assert "sắp đến hạn" in mail.text


def test_dates_are_written_in_full() -> None:
    """Days are shown as dd/mm/yyyy and hours in the office's zone."""
    text = render(dataclasses.replace(notice(), due_on=date(2020, 5, 1)), ChannelName.EMAIL).text

    assert "Hạn hoàn thành: 01/05/2020" in text
    assert "trước 16 giờ 00 ngày 14/04/2020" in text
