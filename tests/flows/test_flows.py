"""The flows: thin hand-overs, run by a real Prefect server."""

import mailbox
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from prefect.states import Failed

from flows import runtime, server
from flows.daily import daily_run, run_business_day
from flows.deliver import drain_outbox
from flows.inbound import look_through_mailbox
from flows.pool import register
from flows.ports import answers
from flows.reconcile import reconcile, todays_run_is_missing
from flows.retries import worth_another_try
from flows.runtime import hold, prefect_environment
from flows.server import PrefectServer, choose_port
from flows.watch import look_after_reminders
from tests.flows.conftest import ask, wait_for
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.errors import TrackerError, Unavailable
from tracker.services.inbound import TakenIn
from tracker.services.watching import last_result
from tracker.settings import Settings
from tracker.store.migrate import upgrade
from tracker.wiring import build_app

TUESDAY = date(2020, 5, 5)
MAY_DAY = date(2020, 5, 1)  # a holiday


@pytest.fixture
def office(tmp_path: Path) -> Iterator[App]:
    """Let flows work on an empty office whose clock stands at half past midnight of a Tuesday in Viet Nam."""
    settings = Settings(data_dir=tmp_path, send_hours="always")
    app = replace(build_app(settings), clock=stopped(settings, TUESDAY))
    upgrade(app.engine)
    hold(app)
    yield app
    runtime._held.clear()
    app.engine.dispose()


def stopped(settings: Settings, day: date) -> StoppedClock:
    """Stop the clock at 00:30 in the office, when UTC still says yesterday."""
    return StoppedClock(datetime(day.year, day.month, day.day, 0, 30, tzinfo=settings.zone))


def test_the_daily_task_hands_its_date_to_the_service(office: App) -> None:
    """The task is the service's call and nothing else."""
    report = run_business_day.fn(date(2020, 4, 9))

    assert (report.on, report.working_day, report.changed) == (date(2020, 4, 9), True, True)


def test_the_delivery_task_drains_the_outbox(office: App) -> None:
    """An empty outbox is drained at once."""
    assert drain_outbox.fn().handled == 0


def test_the_mailbox_is_looked_through_where_there_is_one(office: App) -> None:
    """An office without a mailbox is left alone; one with an empty mailbox finds nothing in it."""
    assert look_through_mailbox.fn() is None

    mailbox.Maildir(office.settings.data_dir / "mail", create=True)
    settings = office.settings.model_copy(update={"mailbox": str(office.settings.data_dir / "mail")})
    hold(replace(office, settings=settings))

    assert look_through_mailbox.fn() == TakenIn()


def test_the_watchdog_keeps_what_it_saw(office: App) -> None:
    """The task is the service's call; its result lies in the data folder for the pages."""
    seen = look_after_reminders.fn()

    assert seen.in_order
    kept = last_result(office.settings)
    assert kept is not None
    assert kept["on"] == TUESDAY.isoformat()


def test_reconcile_sees_a_missing_run_on_working_days_only(office: App) -> None:
    """A working day without a finished run is missing; a finished day and a holiday are not."""
    assert todays_run_is_missing.fn()
    run_business_day.fn(TUESDAY)
    assert not todays_run_is_missing.fn()

    hold(replace(office, clock=stopped(office.settings, MAY_DAY)))
    assert not todays_run_is_missing.fn()


@pytest.mark.parametrize(
    ("failure", "again"),
    [
        pytest.param(Unavailable("folder.not-writable"), False, id="what a person has to mend"),
        pytest.param(Unavailable("database.locked"), True, id="a busy database"),
        pytest.param(Unavailable("database.no-answer"), True, id="a database that is starting again"),
        pytest.param(OSError("disk"), True, id="what nobody explained"),
    ],
)
def test_only_what_may_mend_itself_is_tried_again(failure: Exception, again: bool) -> None:
    """A retry cannot mend what a person has to mend; a busy database passes by itself."""
    assert worth_another_try(run_business_day, None, Failed(data=failure)) is again  # type: ignore[arg-type]


@pytest.mark.prefect
@pytest.mark.slow
def test_the_daily_flow_completes_on_a_real_server(office: App, prefect_server: PrefectServer) -> None:
    """Without a date the flow runs the office's today, and the server records it as Completed."""
    first, second = daily_run(), daily_run(TUESDAY)

    assert (first.on, first.changed, second.changed) == (TUESDAY, True, False)
    runs = ask(f"{prefect_server.api_url}/flow_runs/filter", {"flows": {"name": {"any_": ["daily-run"]}}})
    assert [run["state_name"] for run in runs] == ["Completed", "Completed"]
    ours = {"flow_runs": {"id": {"any_": [run["id"] for run in runs]}}}
    wait_for(lambda: ask(f"{prefect_server.api_url}/task_runs/count", ours) == len(runs), "one task a run")


@pytest.mark.prefect
@pytest.mark.slow
def test_reconcile_runs_a_missing_day_once(office: App, prefect_server: PrefectServer) -> None:
    """The first time it runs today's business day, the second time it leaves it alone."""
    first, second = reconcile(), reconcile()

    assert first is not None
    assert (first.on, second) == (TUESDAY, None)


@pytest.mark.prefect
@pytest.mark.slow
def test_registering_on_a_pool_twice_gives_the_same_deployments(
    prefect_server: PrefectServer,
    office: App,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each schedule stands once on the work pool, however often it is registered."""
    monkeypatch.setenv("PREFECT_API_URL", prefect_server.api_url)
    for _ in range(2):
        register(office.settings, pool="dondoc", api_url=prefect_server.api_url)

    deployed = ask(f"{prefect_server.api_url}/deployments/filter", {})
    assert sorted(one["entrypoint"] for one in deployed) == [
        "flows.daily.daily_run",
        "flows.deliver.deliver_letters",
        "flows.inbound.take_in_mail",
        "flows.reconcile.reconcile",
        "flows.watch.watch_reminders",
    ]
    assert {one["work_pool_name"] for one in deployed} == {"dondoc"}
    assert "prefect worker start --pool dondoc" in capsys.readouterr().out


@pytest.mark.prefect
@pytest.mark.slow
def test_a_server_stops_with_all_it_started(tmp_path: Path) -> None:
    """After stop nobody answers, and the port can be taken again."""
    with server.running(tmp_path) as started:
        health = f"{started.api_url}/health"
        assert answers(health)
    assert not answers(health)
    assert choose_port(tmp_path, 0) == started.port


def test_a_server_that_cannot_start_says_where_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that ends while starting is a sentence with its log and last words, not a hang."""
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "nonsense://")
    started = server.start(tmp_path)
    try:
        with pytest.raises(TrackerError) as died:
            started.wait_until_healthy(seconds=60)
    finally:
        started.stop()

    assert died.value.code == "prefect-died"
    assert str(started.child.log) in died.value.sentence()


def test_prefect_stays_quiet_and_at_home() -> None:
    """No usage events, no hidden server, its own home; the loopback is never reached through a proxy."""
    environment = os.environ | prefect_environment(Path("/srv/dondoc/prefect"), "http://127.0.0.1:4210/api")

    assert environment["DO_NOT_TRACK"] == "1"
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["PREFECT_SERVER_EPHEMERAL_ENABLED"] == "false"
    assert environment["PREFECT_HOME"] == "/srv/dondoc/prefect"
    assert {"127.0.0.1", "localhost"} <= set(environment["NO_PROXY"].split(","))
