"""Digests and holds: what is silent stays unsaid, and what a release dropped is written anew."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directives.model import Urgency
from tests.tracker.factories import MOMENT, a_deadline, a_directive, a_draft, an_app, an_office
from tests.tracker.services.test_standing_digests import DUE, at, letters, run
from tracker.app import App
from tracker.domain.holds import HoldReason
from tracker.domain.ladder import DEFAULT_LADDER
from tracker.domain.people import Role
from tracker.services.daily import is_finished, run_day
from tracker.services.delivery import deliver
from tracker.services.holds import release
from tracker.services.simulation import simulate
from tracker.services.told_at_once import tell_at_once
from tracker.store import holds
from tracker.store.events import Act
from tracker.store.session import transaction

ACT = Act("chị Hoa", "cli", MOMENT)
THURSDAY, FRIDAY, MONDAY = date(2020, 4, 9), date(2020, 4, 10), date(2020, 4, 13)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> App:
    """Give an office with all its digests and one task due on Wednesday."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
    return an_app(engine, tmp_path, ladder=DEFAULT_LADDER)


def stop(app: App, directive_id: int | None = None) -> None:
    """Put a hold on the office, or on one document."""
    reason = HoldReason.RESTORED if directive_id is None else HoldReason.OLD_DOCUMENTS
    with transaction(app.engine) as session:
        holds.put(session, reason, act=ACT, directive_id=directive_id)


def go_on(app: App, day: date) -> None:
    """Release everything on a day."""
    release(at(app, day), actor="chị Hoa", via="cli", skip_past=False)


def test_no_digest_tells_of_a_document_that_is_silent_yet(office: App) -> None:
    """Neither the run nor the words that are put together at the sending name its work."""
    with transaction(office.engine) as session:
        old = a_directive(session, a_draft(a_deadline(date(2020, 3, 2))))
    stop(office, old)
    run(office, THURSDAY)
    deliver(at(office, THURSDAY))
    (told,) = letters(office.engine, THURSDAY, Role.OFFICER)

    assert told.state == "sent"
    assert "08/04/2020" in told.text
    assert "02/03/2020" not in told.text


@pytest.mark.parametrize(
    ("before", "day", "role"),
    [
        pytest.param(THURSDAY, FRIDAY, Role.OFFICER, id="each day"),
        pytest.param(date(2020, 4, 14), date(2020, 4, 20), Role.HEAD, id="once a week"),
    ],
)
def test_a_digest_that_a_release_dropped_is_written_anew(
    office: App, before: date, day: date, role: Role
) -> None:
    """It was to repeat what is late: its reader never had it, and has it from the next run of that day."""
    run(office, before)
    deliver(at(office, before))
    run(office, day)
    stop(office)
    go_on(office, day)
    run(office, day)
    deliver(at(office, day))
    run(office, day)

    assert [letter.state for letter in letters(office.engine, day, role)] == ["dropped", "sent"]


def test_letters_that_a_release_dropped_are_none_of_the_day_s(office: App) -> None:
    """With one letter a day allowed, its steps are said that day all the same."""
    app = replace(office, ladder=replace(DEFAULT_LADDER, per_day=1))
    run(app, THURSDAY)
    stop(app)
    go_on(app, THURSDAY)
    again = run(app, THURSDAY)
    deliver(at(app, THURSDAY))

    assert again.capped == 0
    assert [letter.state for letter in letters(app.engine, THURSDAY, Role.OFFICER)] == ["dropped", "sent"]


def test_a_run_that_braked_is_made_up_for_though_nothing_is_left_to_say(office: App) -> None:
    """What was past is skipped at the release: the day counts as run, and no outage is told the next day."""
    app = replace(office, settings=office.settings.model_copy(update={"brake_letters": 0}))
    stopped = run(app, THURSDAY)
    release(at(app, FRIDAY), actor="chị Hoa", via="cli", skip_past=True)
    run(app, THURSDAY)

    assert stopped.held == (HoldReason.BRAKE,)
    assert is_finished(app, THURSDAY)


def test_a_brake_is_let_go_for_a_day_that_lies_ahead(office: App) -> None:
    """Released today, the run about a day of next week writes its letters."""
    app = replace(office, settings=office.settings.model_copy(update={"brake_letters": 1}))
    ahead = date(2020, 4, 20)
    stopped = run_day(at(app, THURSDAY), ahead)
    go_on(app, THURSDAY)
    done = run_day(at(app, THURSDAY), ahead)

    assert stopped.held == (HoldReason.BRAKE,)
    assert (done.held, done.queued > 1) == ((), True)


@pytest.mark.parametrize("reason", [HoldReason.BRAKE, HoldReason.RESTORED])
@pytest.mark.parametrize("given_on_hold", [False, True])
def test_urgent_work_is_told_after_a_release(office: App, *, reason: HoldReason, given_on_hold: bool) -> None:
    """No run writes it anew: it waits; only what a backup brought may have been sent long since."""
    app = at(office, THURSDAY)
    with transaction(app.engine) as session:
        urgent = a_directive(session, a_draft(None), urgency=Urgency.FLASH)
    act = Act("chị Hoa", "cli", app.clock.now().astimezone(UTC))
    later = Act("chị Hoa", "cli", act.at + timedelta(minutes=1))

    def give() -> None:
        with transaction(app.engine) as session:
            tell_at_once(session, app, urgent)

    if not given_on_hold:
        give()
    with transaction(app.engine) as session:
        holds.put(session, reason, act=act if given_on_hold else later)
    if given_on_hold:
        give()
    silent = deliver(app)
    go_on(app, THURSDAY)
    told = deliver(app)

    brought = reason is HoldReason.RESTORED and not given_on_hold
    assert (silent.sent, told.sent) == (0, 0 if brought else 2)


def test_a_rehearsal_foretells_nothing_of_a_document_that_is_silent_yet(office: App) -> None:
    """What is foretold is what the runs write."""
    with transaction(office.engine) as session:
        old = a_directive(session, a_draft(a_deadline(date(2020, 3, 2))))
    before = simulate(office, THURSDAY, FRIDAY)
    stop(office, old)
    foretold = simulate(office, THURSDAY, FRIDAY)
    written = sum(run(office, day).queued for day in (THURSDAY, FRIDAY))

    assert foretold.letters == written
    assert foretold.letters < before.letters
