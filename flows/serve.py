"""What `dondoc serve` is made of: which children, on which ports, and what is said about them."""

import os
import socket
import sys
from dataclasses import dataclass
from typing import Final

from flows import children, instance, server
from flows.children import Child
from flows.ports import answers, listen
from flows.runtime import LOOPBACK, child_environment, prefect_home
from flows.supervisor import Part, Supervisor
from tracker.phrasebook import say
from tracker.settings import Settings

LOOPBACK_HOSTS: Final = frozenset({LOOPBACK, "localhost", "::1"})
EVERYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 (recognised, not bound to)


@dataclass(frozen=True, slots=True)
class Plan:
    """The addresses of one `dondoc serve`."""

    settings: Settings
    listener: socket.socket
    prefect_port: int  # 0: pages only

    @property
    def web_url(self) -> str:
        """Return the address to open in a browser on this machine."""
        host, port = self.listener.getsockname()[:2]
        shown = LOOPBACK if host in EVERYWHERE else host
        return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"

    @property
    def prefect_url(self) -> str:
        """Return the address of Prefect's own pages."""
        return f"http://{LOOPBACK}:{self.prefect_port}"


def serve(settings: Settings, *, port: int | None = None, pages_only: bool = False) -> None:
    """Serve the pages, and unless told otherwise the schedules, until SIGTERM or Ctrl-C.

    Raises Conflict("serve-already-running"), TrackerError("port-taken") and what a database can refuse.
    """
    with instance.claim(settings.data_dir):
        _prepare_database(settings)
        with listen(settings.web_host, settings.web_port if port is None else port) as listener:
            plan = Plan(settings, listener, 0 if pages_only else _prefect_port(settings))
            instance.announce(
                settings.data_dir, instance.Instance(os.getpid(), plan.web_url, plan.prefect_port)
            )
            _tell("serve.starting", url=plan.web_url)
            if settings.web_host not in LOOPBACK_HOSTS:
                _tell("serve.no-login-yet", host=settings.web_host)
            Supervisor(parts(plan), lambda event, part: _report(plan, event, part)).run()
    _tell("serve.stopped")


def parts(plan: Plan) -> tuple[Part, ...]:
    """Say what has to run: the pages at once; the flows when Prefect's server answers."""
    web = Part("web", lambda: _start_web(plan), lambda: answers(f"{plan.web_url}/health"))
    if not plan.prefect_port:
        return (web,)
    health = f"{server.api_url(plan.prefect_port)}/health"
    prefect = Part("prefect", lambda: _start_prefect(plan), lambda: answers(health))
    ready = prefect_home(plan.settings.data_dir) / "served"
    flows = Part("flows", lambda: _start_flows(plan), ready.exists, after=(prefect,))
    return (web, prefect, flows)


def _start_web(plan: Plan) -> Child:
    fd = plan.listener.fileno()
    data_dir = plan.settings.data_dir
    env = child_environment(data_dir, server.api_url(plan.prefect_port))
    log = data_dir / "log" / "web.log"
    return children.start("web", "flows.web_process", str(fd), env=env, log=log, pass_fds=(fd,))


def _start_prefect(plan: Plan) -> Child:
    return server.start(plan.settings.data_dir, port=plan.prefect_port, insist=True).child


def _start_flows(plan: Plan) -> Child:
    data_dir = plan.settings.data_dir
    ready = prefect_home(data_dir) / "served"
    ready.unlink(missing_ok=True)
    env = child_environment(data_dir, server.api_url(plan.prefect_port))
    return children.start(
        "flows", "flows.deployments", str(ready), env=env, log=data_dir / "log" / "flows.log"
    )


def _prefect_port(settings: Settings) -> int:
    """Choose Prefect's port; one that the operator set is insisted on."""
    chosen = "prefect_port" in settings.model_fields_set and settings.prefect_port != 0
    return server.choose_port(settings.data_dir, settings.prefect_port, insist=chosen)


def _prepare_database(settings: Settings) -> None:
    """Bring the tables up to date before anything reads them."""
    from tracker.store.engine import make_engine
    from tracker.store.migrate import upgrade

    engine = make_engine(settings.database)
    upgrade(engine)
    engine.dispose()


def _report(plan: Plan, event: str, part: Part) -> None:
    """Say what became of a part; where it died, its last words too."""
    log = part.child.log if part.child else ""
    _tell(
        f"serve.{part.name}-{event}" if event == "ready" else f"serve.{event}",
        name=part.name,
        url=plan.web_url,
        prefect=plan.prefect_url,
        log=log,
    )
    if event == "died" and part.child is not None:
        sys.stderr.write(part.child.last_words() + "\n")


def _tell(code: str, **fields: object) -> None:
    """Say a line to the person in front of the terminal, at once even through a pipe."""
    sys.stderr.write(say(code, None, **fields) + "\n")
    sys.stderr.flush()
