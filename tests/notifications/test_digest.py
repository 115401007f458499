"""A digest is laid out worst first, and says a task once however many agencies it was given to."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels import ChannelName
from notifications.digest import Section, sections, worst
from notifications.messages import Audience, Digest, DigestItem, Standing
from notifications.render import ZALO_LIMIT, render
from tests.notifications.letters import AS_OF, DISTRICTS, DUE, digest, item, mixed

ITEMS = st.builds(
    item,
    st.sampled_from([f"NV-2020-{number:04d}" for number in range(40)]),
    st.sampled_from(Standing),
    st.integers(0, 300),
    agency=st.sampled_from(["Sở Công Thương", "Sở Xây dựng", "UBND huyện Đức Thọ", "Sở " * 400]),
    due_on=st.dates(date(2019, 1, 1), date(2020, 12, 31)),
    title=st.text(max_size=200),
)


def shown(laid_out: tuple[Section, ...]) -> list[str]:
    """Return the codes in the order they are read."""
    return [entry.first.code for section in laid_out for group in section.groups for entry in group.entries]


def test_a_task_of_many_agencies_is_one_entry() -> None:
    """Ten districts with one task are one entry that counts as ten, in the order they were given."""
    (section,) = sections(one for one in mixed() if one.code == "NV-2020-0009")

    ((group,), count) = section.groups, section.count
    assert (len(group.entries), count, section.left_over) == (1, 10, 0)
    assert group.agencies == tuple(f"UBND huyện {name}" for name in DISTRICTS)


def test_an_agency_with_another_deadline_is_an_entry_of_its_own() -> None:
    """A share whose deadline was extended is not said to be as late as the others."""
    items = (item(agency="Sở A"), item(agency="Sở B", due_on=date(2020, 4, 20)), item(agency="Sở C"))
    (section,) = sections(items)

    assert [group.agencies for group in section.groups] == [("Sở A", "Sở C"), ("Sở B",)]


def test_the_worst_comes_first() -> None:
    """Overdue before today before soon, and of the overdue the oldest deadline."""
    laid_out = sections(mixed())

    assert [section.standing for section in laid_out] == list(Standing)
    assert shown(laid_out)[:3] == ["NV-2020-0009", "NV-2020-0311", "NV-2020-0312"]
    assert [one.code for one in worst(mixed(), 3)] == ["NV-2020-0009", "NV-2020-0311", "NV-2020-0312"]


@given(st.lists(ITEMS, min_size=1, max_size=60), st.integers(1, 30))
def test_every_item_is_shown_or_counted(items: list[DigestItem], top: int) -> None:
    """Each item is shown under its agency or counted among the rest, and entries never exceed the top."""
    laid_out = sections(items, top)
    agencies = [
        agency
        for section in laid_out
        for group in section.groups
        for entry in group.entries
        for agency in entry.agencies
    ]

    assert sum(section.count for section in laid_out) == len(items)
    assert len(agencies) + sum(section.left_over for section in laid_out) == len(items)
    assert len(shown(laid_out)) <= top


@given(st.lists(ITEMS, min_size=1, max_size=60), st.sampled_from(Audience))
def test_any_digest_fits_a_chat_and_a_subject_line(items: list[DigestItem], audience: Audience) -> None:
    """Whatever is in it, the subject stays one line and Zalo stays within its limit."""
    message = digest(*items, audience=audience)

    assert len(render(message, ChannelName.EMAIL).subject.splitlines()) == 1
    assert 1 <= len(render(message, ChannelName.ZALO).text) <= ZALO_LIMIT


def test_a_chat_names_three_tasks_and_no_document() -> None:
    """Zalo gets counts, the three worst codes and the link; nothing of what the tasks are about."""
    text = render(digest(*mixed()), ChannelName.ZALO).text

    assert "12 việc quá hạn, 1 việc đến hạn hôm nay, 2 việc sắp đến hạn" in text
    assert text.count("NV-2020-") == 3
    assert "https://dondoc.example.vn/overdue?on=2020-05-05" in text
    assert not any(one.title in text or one.document in text for one in mixed())


def test_a_chat_about_days_to_come_links_to_the_tasks() -> None:
    """The overdue list would not show what is not overdue: each task has its own link instead."""
    near = [item(f"NV-2020-000{number}", Standing.DUE_SOON, 3, due_on=date(2020, 5, 8)) for number in (1, 2)]
    text = render(digest(*near), ChannelName.ZALO).text

    assert [one.link in text for one in near] == [True, True]
    assert "/overdue" not in text


def test_an_empty_digest_is_not_written() -> None:
    """Nobody is written to in order to be told nothing."""
    with pytest.raises(ValueError, match="without items"):
        Digest(items=(), audience=Audience.CHAIRMAN, agency="", as_of=AS_OF, link="https://x.vn")


def test_only_a_digest_about_one_task_stands_in_its_thread() -> None:
    """Letters about several tasks belong to no one task's thread."""
    one_task = digest(item(agency="Sở A"), item(agency="Sở B"))

    assert render(one_task, ChannelName.EMAIL).thread_key == "NV-2020-0311"
    assert render(digest(*mixed()), ChannelName.EMAIL).thread_key == ""


def test_the_last_working_day_before_a_day_off_is_not_called_the_due_day() -> None:
    """On Friday a deadline on Saturday is near, and not today."""
    friday = dataclasses.replace(
        digest(item(standing=Standing.DUE_SOON, days=0, due_on=date(2020, 5, 9)), item(due_on=DUE)),
        as_of=date(2020, 5, 8),
    )
    text = render(friday, ChannelName.EMAIL).text

    assert "không còn ngày làm việc nào sau hôm nay, hạn 09/05/2020" in text
    assert "đến hạn hôm nay" not in text


def test_a_digest_loads_nothing_from_elsewhere_and_is_safe() -> None:
    """No picture, script or font, and markup in a title is shown, not obeyed."""
    html = render(digest(item(title="<b>A & B</b>"), item()), ChannelName.EMAIL).html or ""

    assert [
        word for word in ("src=", "<img", "<script", "<link", "url(", "@import", "<b>") if word in html
    ] == []
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html
