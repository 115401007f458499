"""The Prefect server's own process: `python -m flows.server_process PORT`."""

import runpy
import sys

from flows import lifeline
from flows.runtime import LOOPBACK


def main(port: str) -> None:
    """Run Prefect's server here until SIGTERM or until the parent is gone."""
    lifeline.hold()
    sys.argv = ["prefect", "server", "start", "--host", LOOPBACK, "--port", port, "--analytics-off"]
    runpy.run_module("prefect", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1])
