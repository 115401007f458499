"""When things run: the only package that knows Prefect.

Prefect reads its settings once, when it is imported. This package is imported before the modules in it, so
the defaults that keep Prefect quiet and at home stand here; an operator's own values win.
"""

import os
from typing import Final

QUIET: Final = {
    "DO_NOT_TRACK": "1",  # no usage events from the client
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # none from the server either
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # a missing server is an error, not a hidden second one
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # the least allowed; a dead run is noticed in 90 s
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # otherwise old runs are kept for ever
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)
