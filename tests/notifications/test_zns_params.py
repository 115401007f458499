"""A template message says a code, a short title, a due date and a link: no word of a document beside them."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import render
from notifications.channels.known import zns_channel
from notifications.channels.zns_params import PARAMS, NotParams, read_params
from notifications.messages import Audience, Digest, DigestItem, Letter, Message, Standing
from notifications.outcome import OutcomeKind
from notifications.standins.zalo import ZaloStandIn
from tests.notifications.letters import LINK, letter, notice, reminder
from tests.notifications.token_stores import CREDENTIAL, MemoryTokens, living, secrets_of

PRIVATE = "MẬT"  # stands in every field that must not leave
LONG = "Phương án cấp điện các khu tái định cư dọc tuyến đường ven biển, " * 4
GOOD = {"code": "NV-1", "title": "Cấp điện", "due_on": "08/04/2020", "link": LINK}


def written(message: Message) -> str:
    """Return what the templates write for this channel."""
    return render.fill(message, "zns.txt")


def guarded(message: Message) -> Message:
    """Return the message with a private word in every field that a template message has no place for."""
    words: dict[str, Any] = {
        name: f"{PRIVATE} {name}"
        for name in ("agency", "document", "addressee", "office")
        if hasattr(message, name)
    }
    return dataclasses.replace(message, **words)


def an_item(code: str, standing: Standing, title: str = LONG) -> DigestItem:
    """Return an item of a digest with private words beside its title."""
    return DigestItem(
        agency=f"{PRIVATE} agency",
        code=code,
        document=f"{PRIVATE} document",
        title=title,
        due_on=date(2020, 5, 4),
        standing=standing,
        days=1,
        link=f"https://dondoc.example.vn/nhiem-vu/{code}",
    )


def a_digest(*items: DigestItem) -> Digest:
    """Return a digest of these items."""
    return Digest(
        items=items,
        audience=Audience.OFFICER,
        agency=f"{PRIVATE} agency",
        as_of=date(2020, 5, 5),
        link="https://dondoc.example.vn/qua-han",
    )


ONE = a_digest(an_item("NV-1", Standing.OVERDUE))
MANY = a_digest(
    an_item("NV-2", Standing.DUE_SOON), an_item("NV-1", Standing.OVERDUE), an_item("NV-3", Standing.DUE_SOON)
)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(guarded(reminder(title=LONG)), id="reminder"),
        pytest.param(guarded(dataclasses.replace(notice(), title=LONG)), id="overdue"),
        pytest.param(ONE, id="digest of one"),
        pytest.param(MANY, id="digest of many"),
    ],
)
def test_no_word_of_a_document_passes(message: Message) -> None:
    """The body's name, the document's number, who is greeted and who signs stay at home; titles are cut."""
    params = read_params(written(message))

    assert list(params) == list(PARAMS)
    assert PRIVATE not in str(params)
    assert len(params["title"]) <= 80


def test_a_message_about_one_task_names_it() -> None:
    """Code, short title, due date and link of the task."""
    assert read_params(written(reminder())) == {
        "code": "NV-2020-0311",
        "title": "Phương án cấp điện các khu tái định cư",
        "due_on": "08/04/2020",
        "link": LINK,
    }


def test_a_digest_names_the_worst_task_and_counts_the_others() -> None:
    """The first of many, and the list behind the link; alone, it is named as in a letter of its own."""
    many, one = read_params(written(MANY)), read_params(written(ONE))

    assert (many["code"], many["title"]) == ("NV-1", "Cùng 2 nhiệm vụ khác")
    assert many["link"] == "https://dondoc.example.vn/qua-han"
    assert (one["code"], one["link"]) == ("NV-1", "https://dondoc.example.vn/nhiem-vu/NV-1")
    assert LONG.startswith(one["title"].removesuffix("…"))


def filled(**changed: str) -> str:
    """Return the four lines, some of them changed."""
    return "\n".join(f"{name}: {value}" for name, value in (GOOD | changed).items())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(letter().text, id="a whole letter"),
        pytest.param(filled() + "\ntext: Giao Sở Công Thương chủ trì", id="a fifth line"),
        pytest.param(filled(title="một\nhai"), id="a title of two lines"),
        pytest.param(filled(title="x" * 81), id="a long title"),
        pytest.param(filled(title=""), id="no title"),
        pytest.param(filled(code="Thông báo 120/TB-UBND"), id="a document's number for a code"),
        pytest.param(filled(code="N" * 31), id="a long code"),
        pytest.param(filled(due_on="ngày mai"), id="no date"),
        pytest.param(filled(link="javascript:x"), id="no link"),
        pytest.param(filled(link=LINK + " và nội dung"), id="words behind the link"),
        pytest.param("\n".join(reversed(filled().splitlines())), id="another order"),
    ],
)
def test_anything_else_is_not_sent(text: str) -> None:
    """It is refused before Zalo is asked, it is said another way, and its words are not repeated."""
    with ZaloStandIn() as zalo:
        channel = zns_channel(
            CREDENTIAL,
            "240001",
            secrets=secrets_of(zalo.account),
            tokens=MemoryTokens(living(zalo.account)),
            api=zalo.url,
            oauth=zalo.url,
        )
        with pytest.raises(NotParams):
            read_params(text)
        outcome = channel.send(Letter("", text or " "), "84912345678", message_id="abc@x.vn")

        assert (outcome.kind, outcome.code, outcome.fall_back) == (OutcomeKind.REFUSED, "bad-params", True)
        assert zalo.state.calls.total() == 0
        assert not any(word in outcome.detail for word in ("Công Thương", "nội dung", "120/TB"))


LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)


@given(title=st.lists(LINES, min_size=1, max_size=60).map(" ".join))
def test_a_title_of_any_length_fits(title: str) -> None:
    """Whatever a document is called, its title fits the template."""
    params = read_params(written(reminder(title=title)))

    assert 1 <= len(params["title"]) <= 80
