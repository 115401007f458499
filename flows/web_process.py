"""The web pages' own process: `python -m flows.web_process FD`, on a socket its parent listens on.

The parent keeps the socket: a request that comes while this process is being restarted waits.
"""

import socket
import sys

from flows import lifeline


def main(fd: int) -> None:
    """Serve the pages on an inherited listening socket until SIGTERM or until the parent is gone."""
    lifeline.hold()
    import uvicorn

    from tracker.settings import Settings
    from tracker.web.app import create_app
    from tracker.wiring import build_app

    listener = socket.socket(fileno=fd)
    config = uvicorn.Config(
        create_app(build_app(Settings.load())),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(int(sys.argv[1]))
