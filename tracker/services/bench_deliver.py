"""How many messages a second the whole delivery sends, as a ratio to a plain loop over one connection.

The delivery claims from a database on disk, looks whether each letter is still true, writes it anew, commits
twice a letter and lets no power cut take that back. The loop has the finished words in memory, builds a
message of each with the standard library and sends it over one SMTP connection. Both hand over to the same
server in a process of its own, in turns; the best round of each counts.
"""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from notifications.channels import ChannelName
from notifications.channels.known import email_channel
from notifications.channels.mail import Sender
from notifications.channels.smtp import SmtpServer
from tracker.services.bench_office import MOMENT, an_office, office_at
from tracker.services.delivery import deliver
from tracker.store.session import reading
from tracker.store.tables import OutboxRow

GOAL: Final = 0.5
SENDER: Final = Sender("dondoc@tinh.example.vn", "Văn phòng UBND tỉnh")


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages were sent in how much time."""

    messages: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds


@dataclass(frozen=True, slots=True)
class DeliveryComparison:
    """The whole delivery beside the plain loop."""

    delivery: Pace
    loop: Pace

    @property
    def ratio(self) -> float:
        """The delivery's pace as a share of the loop's."""
        return self.delivery.per_second / self.loop.per_second

    @property
    def in_goal(self) -> bool:
        """Tell whether the goal is met."""
        return self.ratio >= GOAL


@dataclass(frozen=True, slots=True)
class Words:
    """A finished letter, as the loop has it."""

    to: str
    message_id: str
    subject: str
    text: str
    html: str


def compare_delivery(letters: int, *, rounds: int = 3) -> DeliveryComparison:
    """Measure so many letters, each way, `rounds` times in turns; each way's best round counts.

    Raises RuntimeError when not every letter arrived: a fast loss is no speed.
    """
    with TemporaryDirectory() as place, mail_server(Path(place) / "mail") as port:
        office = an_office(Path(place), letters)
        words = _words_of(office)
        loops, deliveries = [], []
        for number in range(rounds):
            loops.append(_timed_loop(words, port))
            deliveries.append(_timed_delivery(office, Path(place) / f"round-{number}.db", port, len(words)))
    return DeliveryComparison(Pace(len(words), min(deliveries)), Pace(len(words), min(loops)))


@contextmanager
def mail_server(folder: Path) -> Iterator[int]:
    """Run a mail server that keeps what it is given as a process of its own; give its port."""
    command = [sys.executable, "-m", "notifications.standins.smtp_sink", "--folder", str(folder)]
    with subprocess.Popen(  # noqa: S603 — this very interpreter and a module of ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("the mail server has no pipes")
        yield int(process.stdout.readline())
        process.stdin.close()


def _timed_delivery(office: Path, copy: Path, port: int, letters: int) -> float:
    """Deliver a copy of the office's letters; the first one pays for the connection in both ways."""
    copyfile(office, copy)
    channel = email_channel(SmtpServer("127.0.0.1", port), SENDER)
    app = office_at(copy, {ChannelName.EMAIL: channel})
    began = time.perf_counter()
    report = deliver(app)
    seconds = time.perf_counter() - began
    app.engine.dispose()
    if report.sent != letters:
        raise RuntimeError(f"of {letters} letters {report.sent} were sent: {report}")
    return seconds


def _timed_loop(words: Sequence[Words], port: int) -> float:
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, "[127.0.0.1]") as smtp:
        for one in words:
            smtp.send_message(_message(one))
    return time.perf_counter() - began


def _message(words: Words) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{SENDER.name} <{SENDER.address}>"
    mail["To"] = words.to
    mail["Subject"] = words.subject
    mail["Date"] = format_datetime(MOMENT)
    mail["Message-ID"] = words.message_id
    mail.set_content(words.text)
    mail.add_alternative(words.html, subtype="html")
    return mail


def _words_of(office: Path) -> list[Words]:
    """Return the letters as they were planned."""
    app = office_at(office, {})
    with reading(app.engine) as session:
        rows = session.scalars(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        words = [Words(row.address, row.message_id, row.subject, row.text, row.html or "") for row in rows]
    app.engine.dispose()
    return words
