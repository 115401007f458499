"""A due date in the reader's calendar: the right day everywhere, one event a task, moved and cancelled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.mail import Sender
from notifications.invitation import DueDay, Method, folded, invitation, uid_of
from notifications.render import TITLE_LIMIT

SENDER = Sender("dondoc@tinh.example.vn", "Văn phòng UBND tỉnh")
NOW = datetime(2020, 4, 6, 8, 30, tzinfo=timezone(timedelta(hours=7)))
DAY = DueDay(
    assignment="NV-2020-0311/1",
    reader="so-cong-thuong-officer",
    version=2,
    due_on=date(2020, 4, 8),
    code="NV-2020-0311",
    document="Thông báo 120/TB-UBND",
    title="Phương án cấp điện các khu tái định cư",
    agency="Sở Công Thương",
    link="https://dondoc.example.vn/tasks/NV-2020-0311",
)


def written(*days: DueDay, method: Method = Method.PUBLISH, now: datetime = NOW) -> bytes:
    """Write due days."""
    return invitation(days or (DAY,), sender=SENDER, domain="tinh.example.vn", now=now, method=method)


def read(data: bytes) -> tuple[Any, list[Any]]:
    """Read a calendar and its events as another program would."""
    calendar: Any = icalendar.Calendar.from_ical(data)
    return calendar, list(calendar.walk("VEVENT"))


def test_a_due_day_is_a_whole_day_without_a_time_zone() -> None:
    """The day is the same wherever the file is opened: there is no hour in it and no zone."""
    data = written()
    _, (event,) = read(data)

    assert b"DTSTART;VALUE=DATE:20200408\r\n" in data
    assert b"DTEND;VALUE=DATE:20200409\r\n" in data
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2020, 4, 8), date(2020, 4, 9))
    assert b"TZID" not in data
    assert b"VTIMEZONE" not in data


def test_an_event_says_what_a_letter_says_and_asks_for_no_answer() -> None:
    """It has the code, the short title, the document, the agency and the link; it takes nobody's time."""
    calendar, (event,) = read(written())

    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert event["SUMMARY"] == "Hạn NV-2020-0311: Phương án cấp điện các khu tái định cư"
    assert event["DESCRIPTION"] == (
        "Ngày cuối để hoàn thành đúng hạn nhiệm vụ NV-2020-0311 (Thông báo 120/TB-UBND).\n"
        "Cơ quan chủ trì: Sở Công Thương.\n"
        "https://dondoc.example.vn/tasks/NV-2020-0311"
    )
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == (
        "mailto:dondoc@tinh.example.vn",
        "Văn phòng UBND tỉnh",
    )
    assert (event["TRANSP"], event["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    assert "ATTENDEE" not in event
    assert event.decoded("dtstamp") == datetime(2020, 4, 6, 1, 30, tzinfo=UTC)


def test_a_moved_deadline_moves_the_event() -> None:
    """The event stays the same one, with the higher number of the later version."""
    _, (first,) = read(written())
    _, (second,) = read(written(replace(DAY, version=3, due_on=date(2020, 5, 8), title="Tên khác")))

    assert first["UID"] == second["UID"] == uid_of(DAY, "tinh.example.vn")
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (2, 3)


def test_what_is_settled_is_cancelled_under_a_higher_number() -> None:
    """A calendar takes the event out; the next version of the deadline, written later, puts it in again."""
    calendar, (cancelled,) = read(written(method=Method.CANCEL))
    _, (again,) = read(written(replace(DAY, version=3), now=NOW + timedelta(days=1)))

    assert calendar["METHOD"] == "CANCEL"
    assert (cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCELLED", 3)
    assert cancelled["UID"] == uid_of(DAY, "tinh.example.vn")
    assert (again["SEQUENCE"], again.decoded("dtstamp")) > (
        cancelled["SEQUENCE"],
        cancelled.decoded("dtstamp"),
    )


@pytest.mark.parametrize("other", [{"assignment": "NV-2020-0311/2"}, {"reader": "so-cong-thuong-head"}])
def test_each_assignment_and_each_reader_has_an_event_of_its_own(other: dict[str, str]) -> None:
    """Two readers who share a calendar, or two agencies of one task, overwrite nothing of each other's."""
    assert uid_of(replace(DAY, **other), "x.vn") != uid_of(DAY, "x.vn")  # type: ignore[arg-type] # only texts


def test_several_due_days_go_in_one_file() -> None:
    """A digest's days are one calendar."""
    _, events = read(written(DAY, replace(DAY, assignment="NV-2020-0312/1", due_on=date(2020, 12, 31))))

    assert [event.decoded("dtend") for event in events] == [date(2020, 4, 9), date(2021, 1, 1)]


def test_a_calendar_without_days_is_not_written() -> None:
    """Nobody gets an empty file."""
    with pytest.raises(ValueError, match="without a due day"):
        invitation((), sender=SENDER, domain="x.vn", now=NOW)


@given(title=st.text(max_size=200), agency=st.text(max_size=200), document=st.text(max_size=200))
def test_whatever_is_said_no_line_is_long_and_no_property_is_smuggled_in(
    title: str, agency: str, document: str
) -> None:
    """Lines stay within 75 octets, and the names of the properties are those of a plain event."""
    data = written(replace(DAY, title=title, agency=agency, document=document))
    calendar, (event,) = read(data)

    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert sorted(event) == sorted(read(written())[1][0])
    assert len(calendar.subcomponents) == 1
    assert len(str(event["SUMMARY"])) <= TITLE_LIMIT + len("Hạn NV-2020-0311: ")


@given(st.text(st.sampled_from("aạđ😀\\\\^,; "), min_size=1, max_size=400))
def test_a_long_line_is_broken_between_characters_and_read_back_whole(line: str) -> None:
    """Each piece is text of its own, within 75 octets."""
    pieces = folded(line).removesuffix(b"\r\n").split(b"\r\n ")

    assert "".join(piece.decode() for piece in pieces) == line
    assert max(map(len, pieces)) < 75
    assert all(len(piece) > 69 for piece in pieces[:-1])


@pytest.mark.parametrize("escape", ["\\,", "\\;", "\\n", "^n"])
def test_an_escape_is_not_torn_from_what_it_escapes(escape: str) -> None:
    """Some calendars read line by line."""
    line = "a" * 73 + escape + "b"

    assert folded(line) == b"a" * 73 + b"\r\n " + escape.encode() + b"b\r\n"
