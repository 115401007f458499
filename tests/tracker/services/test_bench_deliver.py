"""The delivery and the loop send the same letters to the same server, and none is lost for speed."""

import json
import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from notifications.standins.smtp_sink import SmtpSink
from tracker.cli import app
from tracker.services.bench_deliver import (
    DeliveryComparison,
    Pace,
    _message,
    _timed_delivery,
    _timed_loop,
    _words_of,
    compare_delivery,
)
from tracker.services.bench_office import DOCUMENTS, an_office


def test_a_ratio_is_of_messages_a_second() -> None:
    """Half as many in the same time is a half, and just in the goal."""
    result = DeliveryComparison(delivery=Pace(50, 2.0), loop=Pace(100, 2.0))

    assert result.ratio == pytest.approx(0.5)
    assert result.in_goal
    assert not DeliveryComparison(delivery=Pace(49, 2.0), loop=Pace(100, 2.0)).in_goal


def test_both_ways_bring_every_reader_the_same_letter(tmp_path: Path) -> None:
    """One letter a reader, each about all the reader's tasks; same words, same Message-ID."""
    office = an_office(tmp_path, 3)
    words = _words_of(office)
    with SmtpSink(tmp_path / "loop") as loop, SmtpSink(tmp_path / "delivery") as delivery:
        _timed_loop(words, loop.port)
        _timed_delivery(office, tmp_path / "copy.db", delivery.port, 3)

        assert len(words) == 3
        assert [one.subject.count(f"{DOCUMENTS} việc") for one in words] == [1, 1, 1]
        assert letters(loop) == letters(delivery)


LINK = re.compile(r"https?://[^\s\"<]+")
FIGURES = re.compile(r"Số liệu tính đến [^.]*\.")


def letters(sink: SmtpSink) -> set[tuple[str, str, str, str]]:
    """Return what a server was given: to whom, under which Message-ID, and the words.

    But for the links and the number of the figures: these are put in when a letter leaves.
    """
    found = set()
    for kept in sink.kept():
        mail = message_from_bytes((sink.folder / kept.file).read_bytes(), policy=policy.default)
        body = mail.get_body(("html",))
        assert body is not None
        words = FIGURES.sub("…", LINK.sub("…", body.get_content().replace("\r\n", "\n")))
        found.add((kept.recipient, kept.message_id, mail["Subject"], words))
    return found


def test_a_letter_that_did_not_arrive_is_no_speed(tmp_path: Path) -> None:
    """Fewer letters than there should be end the measuring."""
    office = an_office(tmp_path, 2)
    with SmtpSink(tmp_path / "mail") as sink, pytest.raises(RuntimeError, match="of 3 letters 2 were sent"):
        _timed_delivery(office, tmp_path / "copy.db", sink.port, 3)


def test_the_loop_builds_a_whole_message(tmp_path: Path) -> None:
    """The baseline is no straw man: text and HTML, and the headers that tell who and what."""
    (words,) = _words_of(an_office(tmp_path, 1))
    mail = _message(words)

    assert (mail["Subject"], mail["To"]) == (words.subject, words.to)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.slow
def test_the_command_prints_both_figures_and_the_ratio() -> None:
    """`dondoc bench deliver --json` measures against a server in a process of its own."""
    answer = CliRunner().invoke(app, ["bench", "deliver", "--letters", "5", "--rounds", "1", "--json"])
    figures = json.loads(answer.stdout)

    assert answer.exit_code == 0
    assert figures["delivery"]["letters"] == figures["loop"]["letters"] == 5
    assert figures["in_goal"] == (figures["ratio"] >= figures["goal"])


@pytest.mark.slow
def test_every_round_sends_everything() -> None:
    """Two rounds, and the best of each way counts."""
    result = compare_delivery(3, rounds=2)

    assert (result.delivery.messages, result.loop.messages) == (3, 3)
    assert min(result.delivery.seconds, result.loop.seconds) > 0
