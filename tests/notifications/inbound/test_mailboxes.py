"""Mail is taken from a maildir or an IMAP folder once, kept before it is marked, and never answered."""

import mailbox
from pathlib import Path
from typing import Any

import pytest

from notifications.inbound.mailboxes import ImapFolder, Maildir, MailUnreadable, look_through
from notifications.inbound.values import AutoReply, Bounce, Inbound
from tests.notifications.inbound.mails import answer, report

MAILS = (report("5.1.1"), answer("Auto-Submitted: auto-replied"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a maildir with two new mails."""
    made = mailbox.Maildir(tmp_path / "mail", create=True)
    for data in MAILS:
        made.add(data)
    return tmp_path / "mail"


def kinds(found: list[Inbound]) -> set[type]:
    """Return what the mails were."""
    return {type(one) for one in found}


def test_each_mail_of_a_maildir_is_handed_over_once(folder: Path) -> None:
    """What was looked at is still there, for people, and not new any more."""
    first: list[Inbound] = []
    again: list[Inbound] = []

    assert look_through(Maildir(folder), first.append) == 2
    assert look_through(Maildir(folder), again.append) == 0
    assert (kinds(first), again) == ({Bounce, AutoReply}, [])
    assert len(list((folder / "cur").iterdir())) == 2
    assert list((folder / "new").iterdir()) == []


def test_what_could_not_be_kept_is_handed_over_again(folder: Path) -> None:
    """A failure while keeping leaves the mail new."""

    def fail(_: Inbound) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        look_through(Maildir(folder), fail)

    found: list[Inbound] = []
    assert look_through(Maildir(folder), found.append) == 2


def test_a_folder_that_is_no_maildir_is_said_to_be_none(tmp_path: Path) -> None:
    """Nothing is made in a folder that was named by mistake."""
    with pytest.raises(MailUnreadable, match="is no maildir"):
        Maildir(tmp_path)

    assert list(tmp_path.iterdir()) == []


class Imap:
    """What imaplib answers, about two mails."""

    def __init__(self) -> None:
        self.unseen = {b"7": MAILS[0], b"9": MAILS[1]}

    def select(self, folder: str) -> tuple[str, list[Any]]:
        """Open a folder, if it is the right one."""
        return ("OK", [b"2"]) if folder == '"INBOX"' else ("NO", [b"no such mailbox"])

    def uid(self, command: str, *words: str | None) -> tuple[str, list[Any]]:
        """Search, fetch or mark."""
        if command == "search":
            return "OK", [b" ".join(self.unseen)]
        name = str(words[0]).encode()
        if command == "fetch":
            assert words[1] == "(BODY.PEEK[])"
            return "OK", [(b"1 (UID ...", self.unseen[name]), b")"]
        assert words[1:] == ("+FLAGS", r"(\Seen)")
        del self.unseen[name]
        return "OK", [None]


def test_each_mail_of_an_imap_folder_is_handed_over_once() -> None:
    """Looking does not mark a mail; keeping it does."""
    server = Imap()
    found: list[Inbound] = []

    assert look_through(ImapFolder(server), found.append) == 2
    assert look_through(ImapFolder(server), found.append) == 0
    assert kinds(found) == {Bounce, AutoReply}


def test_a_folder_that_the_server_has_not_is_said_by_name() -> None:
    """The operator reads which folder is wrong."""
    with pytest.raises(MailUnreadable, match="folder Bounces: no such mailbox"):
        ImapFolder(Imap(), "Bounces")
