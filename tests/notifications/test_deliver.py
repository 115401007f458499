"""Delivery runs: each letter gets its turn, and one letter's trouble is its own."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from notifications.backoff import MAX_TRIES
from notifications.channels import Channel, WhenUnknown
from notifications.channels.memory import MemoryChannel, Remembered, accept
from notifications.deliver import Bounds, deliver_due
from notifications.outbox import DeliveryReport, Entry, OutboxState
from notifications.outcome import Outcome
from notifications.stopping import StopRequest
from tests.notifications.letters import letter
from tests.notifications.memory_outbox import START, MemoryOutbox, entry

MANY = 25  # more than one batch


def run(outbox: MemoryOutbox, *channels: MemoryChannel, **options: object) -> DeliveryReport:
    """Deliver what is due."""
    named: dict[str, Channel] = {channel.name: channel for channel in channels}
    return deliver_due(outbox, named, outbox.now, **options)  # type: ignore[arg-type] # options as given


def refusing(number: int, outcome: Outcome) -> Callable[[Remembered], Outcome]:
    """Accept all letters but one."""
    return lambda letter: outcome if letter.message_id == f"{number}@x" else accept(letter)


def test_every_due_letter_is_sent_once() -> None:
    """A run goes on until nothing is due, batch after batch."""
    outbox, channel = MemoryOutbox(entry(number) for number in range(MANY)), MemoryChannel()

    report = run(outbox, channel)

    assert report == DeliveryReport(sent=MANY)
    assert [letter.message_id for letter in channel.tried] == [f"{number}@x" for number in range(MANY)]
    assert run(outbox, channel) == DeliveryReport()


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(Outcome.refused("550"), OutboxState.DEAD, id="refused"),
        pytest.param(Outcome.retry("451"), OutboxState.QUEUED, id="later"),
        pytest.param(Outcome.unknown("x"), OutboxState.QUEUED, id="in doubt"),
    ],
)
def test_one_letter_s_trouble_stops_no_other(outcome: Outcome, state: OutboxState) -> None:
    """Everybody else's letter is sent, before and after the one in trouble."""
    outbox = MemoryOutbox(entry(number) for number in range(MANY))

    report = run(outbox, MemoryChannel(answer=refusing(3, outcome)))

    assert report.sent == MANY - 1
    assert outbox.states().pop(3) is state


def test_a_channel_s_own_mistake_stops_no_other_letter() -> None:
    """An exception while sending leaves that letter in doubt; it is tried again, the others are sent."""

    def stumble(letter: Remembered) -> Outcome:
        if letter.message_id == "3@x":
            raise ZeroDivisionError
        return accept(letter)

    outbox = MemoryOutbox(entry(number) for number in range(MANY))
    report = run(outbox, MemoryChannel(answer=stumble))

    assert (report.sent, report.again) == (MANY - 1, 1)
    assert outbox.rows[3].verdicts[0].code == "channel-failed"


def test_a_channel_that_is_down_is_left_alone_and_costs_no_try() -> None:
    """After the first refusal it rests until the next run; other channels go on; no try is used up."""
    letters = [entry(number, channel="email" if number % 2 else "zalo") for number in range(MANY)]
    outbox = MemoryOutbox(letters)

    def nobody_there(_: Remembered) -> Outcome:
        assert len(mail.tried) == 1, "the channel is tried again in the same run"
        return Outcome.unreachable("connection-refused")

    mail = MemoryChannel(answer=nobody_there)
    zalo = MemoryChannel("zalo", WhenUnknown.HOLD)

    report = run(outbox, mail, zalo)

    assert (len(mail.tried), len(zalo.tried)) == (1, MANY // 2 + 1)
    assert dict(report.down) == {"email": "connection-refused"}
    assert {row.entry.attempts for row in outbox.rows.values() if row.entry.channel == "email"} == {0}
    assert not any(row.leased for row in outbox.rows.values())
    mail.answer = accept
    assert run(outbox, mail, zalo) == DeliveryReport(sent=MANY // 2)


def test_letters_for_a_channel_nobody_set_up_wait() -> None:
    """A letter is never dropped because its channel is missing."""
    outbox = MemoryOutbox([entry(1, channel="zalo"), entry(2)])

    assert run(outbox, MemoryChannel()) == DeliveryReport(sent=1)
    assert outbox.states()[1] is OutboxState.QUEUED


def test_a_letter_comes_back_after_its_wait_and_not_before() -> None:
    """Half a minute after the first refusal the letter is due again."""
    outbox, channel = MemoryOutbox([entry(1)]), MemoryChannel(answer=lambda _: Outcome.retry("451"))

    run(outbox, channel)
    channel.answer = accept
    assert run(outbox, channel) == DeliveryReport()
    outbox.wait(timedelta(seconds=36))
    assert run(outbox, channel) == DeliveryReport(sent=1)


def test_a_letter_that_is_always_put_off_ends_dead() -> None:
    """Eight tries, then a person has to look."""
    outbox, channel = MemoryOutbox([entry(1)]), MemoryChannel(answer=lambda _: Outcome.retry("451"))

    for _ in range(MAX_TRIES + 3):
        run(outbox, channel)
        outbox.wait(timedelta(hours=2))

    assert len(channel.tried) == MAX_TRIES
    assert outbox.states() == {1: OutboxState.DEAD}


@pytest.mark.parametrize(
    ("rule", "tried", "state"),
    [
        pytest.param(
            WhenUnknown.RESEND, 1, OutboxState.SENT, id="e-mail is sent again, under its Message-ID"
        ),
        pytest.param(WhenUnknown.HOLD, 0, OutboxState.UNKNOWN, id="Zalo is held for a person"),
    ],
)
def test_a_letter_left_in_sending_is_in_doubt(rule: WhenUnknown, tried: int, state: OutboxState) -> None:
    """A deliverer died between hand-over and record: each channel has its rule."""
    outbox, channel = MemoryOutbox([entry(1, state=OutboxState.SENDING)]), MemoryChannel(when_unknown=rule)

    run(outbox, channel)

    assert [letter.message_id for letter in channel.tried] == ["1@x"] * tried
    assert outbox.states() == {1: state}


def test_a_letter_that_kills_its_deliverers_is_given_up() -> None:
    """A letter found in `sending` time after time is not sent for ever."""
    outbox = MemoryOutbox([replace(entry(1, state=OutboxState.SENDING), attempts=MAX_TRIES)])
    channel = MemoryChannel()

    run(outbox, channel)

    assert (channel.tried, outbox.states()) == ([], {1: OutboxState.UNKNOWN})


def test_what_was_settled_meanwhile_is_dropped_with_the_reason() -> None:
    """The last look before sending stops a reminder of something already done."""
    outbox, channel = MemoryOutbox([entry(1), entry(2)]), MemoryChannel()

    report = run(outbox, channel, last_look=lambda entry: "closed" if entry.id == 1 else entry)

    assert (report.sent, report.dropped) == (1, 1)
    assert [letter.message_id for letter in channel.tried] == ["2@x"]
    assert outbox.rows[1].verdicts[0].code == "closed"


def test_what_may_have_arrived_is_not_called_unsent() -> None:
    """A letter whose deliverer died, and that is no longer true, stays in doubt and is not sent again."""
    outbox, channel = MemoryOutbox([entry(1, state=OutboxState.SENDING)]), MemoryChannel()

    report = run(outbox, channel, last_look=lambda _: "closed")

    assert (report.unknown, report.dropped, channel.tried) == (1, 0, [])
    assert (outbox.rows[1].verdicts[0].code, outbox.rows[1].verdicts[0].detail) == ("interrupted", "closed")


def test_a_letter_is_sent_in_the_words_of_the_last_look() -> None:
    """What is true on the day of sending is said, under the Message-ID it was planned with."""
    outbox, channel = MemoryOutbox([entry(1, state=OutboxState.SENDING)]), MemoryChannel()

    run(outbox, channel, last_look=lambda entry: replace(entry, letter=letter(subject="Nay")))

    assert [(sent.message_id, sent.letter.subject) for sent in channel.tried] == [("1@x", "Nay")]


def test_a_letter_that_cannot_be_checked_waits_and_stops_no_other() -> None:
    """A check that fails is not a yes and not a no."""

    def check(entry: Entry) -> Entry | str:
        if entry.id == 1:
            raise LookupError
        return entry

    outbox, channel = MemoryOutbox([entry(1), entry(2)]), MemoryChannel()
    report = run(outbox, channel, last_look=check)

    assert (report.sent, report.again) == (1, 1)
    assert [letter.message_id for letter in channel.tried] == ["2@x"]


def test_an_expired_letter_is_dropped() -> None:
    """A reminder for a day that has passed is not sent after an outage."""
    outbox, channel = MemoryOutbox([replace(entry(1), expires_at=START)]), MemoryChannel()

    assert run(outbox, channel) == DeliveryReport(dropped=1)
    assert (channel.tried, outbox.rows[1].verdicts[0].code) == ([], "expired")


def test_a_lease_that_has_passed_on_is_respected() -> None:
    """Fencing: a deliverer that was asleep too long sends nothing it no longer holds."""
    outbox, channel = MemoryOutbox([entry(1), entry(2)]), MemoryChannel()
    outbox.stolen = {1}

    report = run(outbox, channel)

    assert (report.sent, report.lost) == (1, 1)
    assert [letter.message_id for letter in channel.tried] == ["2@x"]


@pytest.mark.parametrize("limit", [0, 1, 7, 10, 13])
def test_a_limit_is_kept(limit: int) -> None:
    """No more letters than asked for get their turn, and the rest is given back."""
    outbox = MemoryOutbox(entry(number) for number in range(MANY))

    report = run(outbox, MemoryChannel(), bounds=Bounds(limit=limit))

    assert report.handled == limit
    assert not any(row.leased for row in outbox.rows.values())


@pytest.mark.parametrize("signal_number", StopRequest.SIGNALS)
def test_a_stop_signal_finishes_the_letter_at_hand_and_no_other(signal_number: signal.Signals) -> None:
    """SIGTERM in the middle of a letter: that one is recorded, the rest is given back untouched."""

    def interrupted(letter: Remembered) -> Outcome:
        if letter.message_id == "3@x":
            os.kill(os.getpid(), signal_number)
        return accept(letter)

    before = signal.getsignal(signal_number)
    outbox = MemoryOutbox(entry(number) for number in range(MANY))
    with StopRequest() as stop:
        report = run(outbox, MemoryChannel(answer=interrupted), bounds=Bounds(stop=stop))

    assert report == DeliveryReport(sent=4)
    assert not any(row.leased for row in outbox.rows.values())
    assert signal.getsignal(signal_number) is before
