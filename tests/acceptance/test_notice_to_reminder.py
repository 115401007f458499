"""From a notice to a delivered reminder, as its user would do it: a shell, real servers, real mail."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from notifications.standins.smtp_sink import Keeper, SmtpSink
from notifications.standins.zalo import MADE_UP, ZaloStandIn

pytestmark = pytest.mark.slow

DONDOC = Path(sys.executable).with_name("dondoc")
ON = "2020-05-05"  # three working days before 09/5/2020, and long after 08/4/2020


@dataclass
class Office:
    """A folder of its own, an SMTP server and a Zalo Bot API, and the command line."""

    root: Path
    mail: SmtpSink
    env: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, expect: int = 0) -> str:
        """Run a command and return what it printed."""
        done = subprocess.run(
            [DONDOC, *words], env=self.env, capture_output=True, text=True, check=False, cwd=self.root
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ask(self, *words: str) -> Any:
        """Run a command with --json and return its one answer."""
        return json.loads(self.run(*words, "--json"))


@pytest.fixture
def office(tmp_path: Path, examples: Path) -> Iterator[Office]:
    """Set up an office with Hà Tĩnh's agencies and contacts."""
    folder = tmp_path / "mail"
    folder.mkdir()
    slow = Keeper(folder, ack_delay=0.1)  # so that a kill can come in the middle
    with SmtpSink(folder, handler=slow) as mail, ZaloStandIn() as zalo:
        env = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
        env |= {
            "DONDOC_DATA_DIR": str(tmp_path / "var"),
            "DONDOC_SEND_HOURS": "always",  # tests run at night too
            "DONDOC_SMTP_HOST": "127.0.0.1",
            "DONDOC_SMTP_PORT": str(mail.port),
            "DONDOC_ZALO_API_BASE": zalo.url,
            "DONDOC_ZALO_BOT_TOKEN": MADE_UP,
        }
        office = Office(tmp_path, mail, env)
        office.run("agencies", "load", str(examples / "ha-tinh" / "agencies.csv"))
        office.run("contacts", "load", str(examples / "ha-tinh" / "contacts.csv"))
        yield office


def test_a_notice_becomes_delivered_reminders_once(office: Office, examples: Path) -> None:
    """Take in, approve, run the day, deliver: each reader hears each thing once, whatever is repeated."""
    notice, letter = (
        examples / f"{name}.docx" for name in ("thong-bao-120-tb-ubnd", "cong-van-8287-ubnd-kt1")
    )

    office.run("intake", str(notice), str(letter), "--approve")
    again = office.run("intake", str(notice), str(notice.with_suffix(".pdf")))
    office.run("run", "daily", "--on", ON)
    office.run("deliver")
    first = [(kept.recipient, kept.message_id) for kept in office.mail.kept()]
    office.run("run", "daily", "--on", ON)
    office.run("deliver")
    second = [(kept.recipient, kept.message_id) for kept in office.mail.kept()]
    overdue = office.ask("overdue", "--on", ON)

    assert len(office.ask("documents")) == 2, again
    assert {"Sở Công Thương", "UBND huyện Đức Thọ"} <= {item["lead"] for item in overdue}
    assert any("khoa-hoc" in recipient for recipient, _ in first)
    assert len(set(first)) == len(first) > 0
    assert len({recipient for recipient, _ in first}) == len(first), "more than one letter to a reader"
    assert second == first


def test_a_killed_deliverer_loses_nothing(office: Office, examples: Path) -> None:
    """Killed in mid-run, it is followed at once by one that sends the rest; no letter has two Message-IDs."""
    office.run("intake", str(examples / "cong-van-8287-ubnd-kt1.docx"), "--approve")
    office.run("run", "daily", "--on", ON)
    killed = subprocess.Popen([DONDOC, "deliver"], env=office.env, cwd=office.root, stdout=subprocess.DEVNULL)
    while len(office.mail.kept()) < 3 and killed.poll() is None:
        select.select([], [], [], 0.01)
    killed.kill()
    killed.wait()
    before = len(office.mail.kept())
    office.run("deliver")
    letters = [letter for letter in office.ask("letters") if letter["channel"] == "email"]
    kept = office.mail.kept()

    assert 3 <= before < len(letters)
    assert {letter["state"] for letter in letters} == {"sent"}
    assert {mail.message_id for mail in kept} == {letter["message_id"] for letter in letters}
    assert len(kept) <= len(letters) + 1


def test_an_unread_draft_reminds_nobody(office: Office, examples: Path) -> None:
    """Without approval nothing is planned and nothing is sent."""
    office.run("intake", str(examples / "thong-bao-120-tb-ubnd.docx"))
    office.run("run", "daily", "--on", ON)
    office.run("deliver")

    assert office.mail.kept() == []


def test_a_refused_connection_loses_nothing(office: Office, examples: Path) -> None:
    """With the mail server down the command says so; the letters go out when it is back."""
    office.run("intake", str(examples / "thong-bao-120-tb-ubnd.docx"), "--approve")
    office.run("run", "daily", "--on", ON)
    port = office.env["DONDOC_SMTP_PORT"]
    office.env["DONDOC_SMTP_PORT"] = "9"  # discard: nobody listens there on loopback
    said = office.run("deliver", expect=1)
    office.env["DONDOC_SMTP_PORT"] = port
    office.run("deliver")

    assert "SMTP" in said
    assert len(office.mail.kept()) > 0


def test_the_first_documents_read_as_they_should(office: Office, shared: Path) -> None:
    """Ten tasks with three dates, then five dated tasks; no date of a cited document is a deadline."""
    seeds = [shared / "seeds" / f"{name}.txt" for name in ("ha-tinh-120-tb", "ha-tinh-8287-ubnd-kt1")]
    lines = office.run("parse", "--json", *map(str, seeds)).splitlines()
    notice, letter = (json.loads(line) for line in lines if line.startswith("{"))

    def dated(document: Any) -> set[tuple[str, str]]:
        return {
            (lead["name"], task["deadline"]["stated"])
            for task in document["tasks"]
            for lead in task["leads"]
            if task["deadline"]
        }

    assert len(notice["tasks"]) == 10
    assert dated(notice) == {
        ("Sở Công Thương", "2020-04-09"),
        ("Sở Khoa học và Công nghệ", "2020-05-10"),
        ("Sở Nông nghiệp và Phát triển nông thôn", "2020-05-10"),
    }
    assert dated(letter) == {
        ("Sở Công Thương", "2020-06-30"),
        ("Sở Công Thương", "2020-12-31"),
        ("Sở Công Thương", "2020-01-10"),
        ("Sở Công Thương", "2020-01-31"),
        ("UBND cấp huyện", "2019-12-31"),
    }
