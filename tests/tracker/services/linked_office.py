"""An office whose letters carry links: two departments, an officer and a head, one piece of work."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from tests.tracker.factories import AGENCY, a_contact, an_app
from tests.tracker.services.at_work import DUE, OTHER, Work, some_work
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.people import Role
from tracker.services.action_links import PATH, link_for
from tracker.store.session import transaction

NOW = datetime(2020, 4, 10, 2, 0, tzinfo=UTC)  # a Friday morning


@dataclass(frozen=True)
class Linked:
    """The work, the application, and who gets letters."""

    work: Work
    app: App
    officer: int
    head: int
    stranger: int  # of another department
    chairman: int

    def at(self, later: timedelta) -> "Linked":
        """Return the same office some time later."""
        return replace(self, app=replace(self.app, clock=StoppedClock(NOW + later)))

    def link(self, contact: int | None = None) -> str:
        """Write a letter, and return the link in it."""
        with transaction(self.app.engine) as session:
            return link_for(session, self.app, contact or self.officer, self.work.id)

    def token(self, contact: int | None = None) -> str:
        """Write a letter, and return what its link ends in."""
        return self.link(contact).rpartition(PATH)[2]


def linked_office(engine: Engine, folder: Path) -> Linked:
    """Give Sở Công Thương work that is due on 20/4/2020."""
    work = some_work(engine, folder, DUE)
    with transaction(engine) as session:
        people = {
            "officer": a_contact(session, Role.OFFICER, AGENCY, name="Nguyễn Lan"),
            "head": a_contact(session, Role.HEAD, AGENCY, name="Trần Minh"),
            "stranger": a_contact(session, Role.OFFICER, OTHER),
            "chairman": a_contact(session, Role.CHAIRMAN),
        }
    app = replace(an_app(engine, folder), clock=StoppedClock(NOW))
    return Linked(work, app, **people)
