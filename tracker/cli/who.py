"""Who runs a command: a named, active account, as soon as there is any; and which right a command takes.

The service that makes a move asks for permission itself. What is not about one assignment is asked here,
before the command begins; a command that the table does not know is the office's work.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tracker.cli.shared import actor_of, open_app

if TYPE_CHECKING:
    from tracker.app import App

ASKS_ITSELF: Final = None
DEEDS: Final[Mapping[str, str | None]] = {  # by the command's words, or its first
    "intake": "take-in",
    "approve": "approve",
    "agencies": "register",
    "agencies take-over": "office",
    "contacts": "register",
    "contacts allow": "letters",
    "contacts revoke": "letters",
    "inbound": "letters",
    "calendar": "calendar",
    "channels": "letters",
    "letters": "letters",
    "hold": "release",
    "ladder": "ladder",
    "backup": "backup",
    "restore": "backup",
    "lineage": "lineage",
    "revisions": "lineage",
    "duplicates": "lineage",
    "act": ASKS_ITSELF,
    "extensions": ASKS_ITSELF,
    "explain": ASKS_ITSELF,
    "accounts": ASKS_ITSELF,
}
SEEN_BY_THE_OFFICE: Final[Mapping[str, str]] = {  # what an agency does not look at, and the right to
    "letters": "see-letters",
    "inbound list": "see-letters",
    "watch": "see-letters",
    "why": "see-letters",
    "channels list": "see-letters",
    "hold show": "see-hold",
    "ladder simulate": "see-ladder",
    "contacts list": "see-contacts",
    "contacts allowed": "see-contacts",
    "agencies takeovers": "see-takeovers",
    "audit verify": "oversee",
    "accounts list": "see-accounts",
    "accounts substitutions": "see-accounts",
}


def acting(command: str, given: str | None) -> str:
    """Return the login of who acts; raise NotPermitted for nobody known, and for who may not."""
    from tracker.domain.permissions import Deed

    known = (command, command.partition(" ")[0])
    deed = next((DEEDS[words] for words in known if words in DEEDS), str(Deed.OFFICE))
    return _identified(given, deed)


def viewing(command: str, given: str | None) -> str:
    """Return the login of who looks; raise NotPermitted for nobody known, and for who may not."""
    return _identified(given, SEEN_BY_THE_OFFICE.get(command))


def _identified(given: str | None, deed: str | None) -> str:
    app = open_app()
    try:
        return _checked(app, actor_of(given), deed)
    finally:
        app.engine.dispose()


def _checked(app: "App", login: str, deed: str | None) -> str:
    from tracker.clock import instant
    from tracker.services.permits import allow, known_login
    from tracker.store.events import Act
    from tracker.store.session import reading

    now = instant(app.clock)
    with reading(app.engine) as session:
        known_login(session, login, now)
        if deed is not None:
            allow(session, Act(login, "cli", now), deed)
    return login
