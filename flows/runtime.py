"""What a process needs before it may run a flow: Prefect's environment, and the application's parts."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tracker.app import App

LOOPBACK: Final = "127.0.0.1"
# Left over from a user's own Prefect; they would send our client to another server.
FOREIGN: Final = ("PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH")

_held: "list[App]" = []


def prefect_home(data_dir: Path) -> Path:
    """Return the folder for Prefect's own database and settings, apart from ours."""
    return data_dir.resolve() / "prefect"


def prefect_environment(home: Path, api_url: str) -> dict[str, str]:
    """Say where Prefect lives and which server it talks to; the rest is in `flows.QUIET`."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api_url,
        "NO_PROXY": _without_proxy(os.environ.get("NO_PROXY", os.environ.get("no_proxy", ""))),
    }


def child_environment(data_dir: Path, api_url: str) -> dict[str, str]:
    """Return the whole environment for a child process, wherever it is started from."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return (
        kept
        | prefect_environment(prefect_home(data_dir), api_url)
        | {"DONDOC_DATA_DIR": str(data_dir.resolve()), "PYTHONUNBUFFERED": "1"}
    )


def point_prefect_at(api_url: str, home: Path) -> None:
    """Make this process's Prefect talk to a server; has to come before Prefect is imported."""
    if "prefect" in sys.modules and os.environ.get("PREFECT_API_URL") != api_url:
        raise RuntimeError("Prefect is already imported and has read its settings")
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(prefect_environment(home, api_url))


def parts() -> "App":
    """Return the application's parts, built once per process."""
    if not _held:
        from tracker.settings import Settings
        from tracker.wiring import build_app

        _held.append(build_app(Settings.load()))
    return _held[0]


def hold(app: "App") -> None:
    """Let flows in this process use the given parts instead of building their own."""
    _held[:] = [app]


def _without_proxy(listed: str) -> str:
    """Add the loopback to the hosts that are reached directly."""
    hosts = [host.strip() for host in listed.split(",") if host.strip()]
    return ",".join(dict.fromkeys([*hosts, LOOPBACK, "localhost"]))
