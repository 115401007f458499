"""Ports on this machine: listening on one, finding a free one, asking whether somebody answers."""

import errno
import http.client
import socket
import urllib.error
import urllib.request
from typing import Final

from tracker.errors import TrackerError

# Never through a proxy: these questions stay on this machine.
_DIRECT: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))
OK: Final = 200


def listen(host: str, port: int, *, setting: str = "DONDOC_WEB_PORT") -> socket.socket:
    """Open a listening socket, so that a taken port is known before anything is started.

    Raises TrackerError: "port-taken" when another program listens there, "port-refused" for an address
    or a port that this machine does not give away; both name the setting to change.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as refused:
        listener.close()
        code = "port-taken" if refused.errno == errno.EADDRINUSE else "port-refused"
        raise TrackerError(code, host=host, port=port, setting=setting, detail=refused.strerror) from refused
    return listener


def is_free(host: str, port: int) -> bool:
    """Tell whether a program could listen there now."""
    try:
        listen(host, port).close()
    except TrackerError:
        return False
    return True


def free_port(host: str) -> int:
    """Return a port that is free now."""
    with listen(host, 0) as listener:
        number: int = listener.getsockname()[1]
    return number


def answers(url: str, seconds: float = 2.0) -> bool:
    """Tell whether the address answers 200; any refusal or silence is a no."""
    try:
        with _DIRECT.open(url, timeout=seconds) as response:
            return bool(response.status == OK)
    except (urllib.error.URLError, OSError, http.client.HTTPException):
        return False
