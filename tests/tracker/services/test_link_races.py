"""The same form, or the same Zalo account, from several processes at one moment: it happens once."""

from dataclasses import replace
from os import getpid
from pathlib import Path

import pytest
from sqlalchemy import Engine

from notifications.channels import ChannelName
from notifications.channels.zalo_webhook import TextMessage
from tests.tracker.factories import AGENCY, an_app
from tests.tracker.racing import race
from tests.tracker.services.at_work import an_act
from tests.tracker.services.linked_office import NOW, linked_office
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.links import LinkAction
from tracker.domain.status import Status
from tracker.services.action_links import look
from tracker.services.link_acts import Sent, take
from tracker.services.linking import give_code
from tracker.services.linking import take as take_event
from tracker.store import link_codes
from tracker.store.engine import make_engine
from tracker.store.session import reading, transaction

pytestmark = pytest.mark.slow
AT_ONCE = 4


def send_form(url: str, folder: Path, token: str, form: str) -> bool:
    """Send one form, in a process of its own; return whether it was taken before."""
    app = _app(url, folder)
    return take(app, token, Sent(action=LinkAction.ACKNOWLEDGE, form=form)).again


def test_copies_of_a_form_sent_at_once_are_taken_once(engine: Engine, tmp_path: Path) -> None:
    """One is taken, the others are told that it was; history has one line."""
    office = linked_office(engine, tmp_path)
    token = office.token()
    with reading(engine) as session:
        form = look(session, office.app, token).form
    url = engine.url.render_as_string(hide_password=False)

    again = race(send_form, url, tmp_path, token, form, processes=AT_ONCE)

    assert sorted(again) == [False, *[True] * (AT_ONCE - 1)]
    assert office.work.status == Status.ACKNOWLEDGED
    assert [line.action for line in office.work.story()].count("acknowledge") == 1


def make_link(url: str, folder: Path, contact: str) -> str:
    """Make a code for a contact and send it from one and the same chat."""
    app = _app(url, folder)
    with transaction(app.engine) as session:
        code = give_code(session, app, contact, ChannelName.ZALO, act=an_act(NOW.date())).code
    return take_event(app, TextMessage(ChannelName.ZALO, f"m-{contact}", NOW, "chat-1", code))


def one_of_two(url: str, folder: Path, contacts: tuple[str, str]) -> str:
    """Link the contact that this process comes to first; they differ by their process's number."""
    return make_link(url, folder, contacts[getpid() % 2])


def test_a_chat_stays_one_persons_however_many_link_it_at_once(engine: Engine, tmp_path: Path) -> None:
    """Two people's codes come from the same chat at one moment: the last one has it, alone."""
    linked_office(engine, tmp_path)
    url = engine.url.render_as_string(hide_password=False)

    race(one_of_two, url, tmp_path, (f"{AGENCY}-officer", f"{AGENCY}-head"), processes=AT_ONCE)

    with reading(engine) as session:
        assert len(link_codes.with_address(session, ChannelName.ZALO, "chat-1")) == 1


def _app(url: str, folder: Path) -> App:
    return replace(an_app(make_engine(url), folder), clock=StoppedClock(NOW))
