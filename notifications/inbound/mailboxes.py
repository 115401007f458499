"""Where mail that came back is found: a maildir on this machine, or a folder of an IMAP server."""

import imaplib
import mailbox
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from notifications.inbound.recognise import recognise
from notifications.inbound.values import Inbound

SEEN: Final = "S"  # the flag of a maildir's message that was read
TIMEOUT: Final = 30.0  # seconds for each answer of an IMAP server


class Mailbox(Protocol):
    """A place with mail that nobody has looked at yet."""

    def fresh(self) -> Iterator[tuple[str, bytes]]:
        """Return what is new, each mail under the name by which `seen` knows it."""
        ...

    def seen(self, name: str) -> None:
        """Note that a mail was looked at; it stays where it is, for people."""
        ...


class MailUnreadable(Exception):
    """The mailbox cannot be read now; the words say why and never hold a password."""


class Maildir:
    """A maildir; what was looked at moves from `new` to `cur`, as with any mail program."""

    def __init__(self, folder: Path) -> None:
        if not all((folder / name).is_dir() for name in ("cur", "new", "tmp")):
            raise MailUnreadable(f"{folder} is no maildir: it lacks cur, new or tmp")
        self._mails = mailbox.Maildir(folder, create=False)

    def fresh(self) -> Iterator[tuple[str, bytes]]:
        """Return what has no mark of having been read, in the order of the names."""
        for name in sorted(self._mails.keys()):
            try:
                mail = self._mails[name]
                if SEEN not in mail.get_flags():
                    yield name, self._mails.get_bytes(name)
            except (KeyError, FileNotFoundError):  # somebody else moved it in this moment
                continue

    def seen(self, name: str) -> None:
        """Move a mail among those that were read."""
        try:
            mail = self._mails[name]
        except (KeyError, FileNotFoundError):
            return
        mail.set_subdir("cur")
        mail.add_flag(SEEN)
        self._mails[name] = mail


class ImapFolder:
    """A folder of an IMAP server, over a connection that is logged in."""

    def __init__(self, connection: Any, folder: str = "INBOX") -> None:
        self._imap = connection
        kind, answer = connection.select(f'"{folder}"')
        if kind != "OK":
            raise MailUnreadable(f"folder {folder}: {_words(answer)}")

    def fresh(self) -> Iterator[tuple[str, bytes]]:
        """Return what is unseen; looking at it here does not make it seen."""
        kind, found = self._imap.uid("search", None, "UNSEEN")
        if kind != "OK":
            raise MailUnreadable(f"search: {_words(found)}")
        for uid in (found[0] or b"").split():
            name = uid.decode("ascii")
            _, answer = self._imap.uid("fetch", name, "(BODY.PEEK[])")
            if (data := next((part[1] for part in answer if isinstance(part, tuple)), None)) is not None:
                yield name, data

    def seen(self, name: str) -> None:
        """Mark a mail as seen."""
        self._imap.uid("store", name, "+FLAGS", r"(\Seen)")


@contextmanager
def imap_folder(  # noqa: PLR0913 — where, who, and whom to trust
    host: str, port: int, user: str, password: str, folder: str = "INBOX", *, ca_file: str = ""
) -> Iterator[ImapFolder]:
    """Log in to an IMAP server over TLS; raises MailUnreadable where that does not work."""
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
        connection = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT)
    except OSError as error:
        raise MailUnreadable(f"{host}:{port}: {error}") from error
    with connection:
        try:
            connection.login(user, password)
        except imaplib.IMAP4.error as error:
            raise MailUnreadable(f"{host}: login refused for {user}") from error
        yield ImapFolder(connection, folder)


def look_through(place: Mailbox, keep: Callable[[Inbound], object]) -> int:
    """Hand what is new to `keep`, each mail marked as seen only after it was kept; return how many.

    A crash in between hands the same mail over again, under the same source key. Nothing is answered.
    """
    count = 0
    for name, data in list(place.fresh()):
        keep(recognise(data))
        place.seen(name)
        count += 1
    return count


def _words(answer: Any) -> str:
    parts = answer if isinstance(answer, list) else [answer]
    return " ".join(
        part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in parts
    )
