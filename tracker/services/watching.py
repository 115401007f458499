"""What a look of the watchdog leads to: its result is kept for the pages, and all in order is a heartbeat."""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from tracker.app import App
from tracker.phrasebook import say
from tracker.services.watchdog import Finding, Watched, watch
from tracker.settings import Settings

SECONDS: Final = 5.0  # that the heartbeat's address has for its answer
_FAILED_FROM: Final = 400

log = logging.getLogger(__name__)
Fetch = Callable[[str], int]


def fetch(url: str) -> int:
    """Return the status of an address; raises requests.RequestException where it does not answer."""
    with requests.get(url, timeout=SECONDS, allow_redirects=True, stream=True) as answer:
        return answer.status_code


def look_after(app: App, fetched: Fetch = fetch) -> Watched:
    """Look at everything, beat the heart where all is in order, and keep the result.

    What goes wrong with the heartbeat or the file is a finding like any other, and never raised.
    """
    seen = watch(app)
    if seen.in_order:
        seen = replace(seen, findings=(*seen.findings, *_beat(app.settings, fetched)))
    try:
        _keep(app, seen)
    except OSError as error:
        fields = {"path": str(result_file(app.settings)), "why": error.strerror or ""}
        seen = replace(seen, findings=(*seen.findings, Finding("watch.not-kept", fields=fields)))
    for one in seen.findings:
        log.log(logging.WARNING if one.wrong else logging.INFO, "%s", sentence(one))
    return seen


def sentence(finding: Finding, lang: str | None = None) -> str:
    """Say what was found."""
    fields = dict(finding.fields)
    if "channel" in fields:
        fields["channel"] = say(f"channel.{fields['channel']}", lang)
    return say(finding.code, lang, **fields)


def result_file(settings: Settings) -> Path:
    """Return where the last result is kept."""
    return settings.data_dir / "watch.json"


def last_result(settings: Settings) -> dict[str, Any] | None:
    """Return what the last look found, as `as_json` gave it; None where there was none that can be read."""
    try:
        kept = json.loads(result_file(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def as_json(seen: Watched) -> dict[str, Any]:
    """Return a result in plain values, each finding with its sentence."""
    return {
        "at": seen.at.isoformat(),
        "on": seen.on.isoformat(),
        "in_order": seen.in_order,
        "assignments": seen.assignments,
        "with_next": seen.with_next,
        "quiet": seen.quiet,
        "findings": [
            {"code": one.code, "wrong": one.wrong, "sentence": sentence(one), **one.fields}
            for one in seen.findings
        ],
    }


def _keep(app: App, seen: Watched) -> None:
    """Write the result whole or not at all."""
    path = result_file(app.settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(as_json(seen), ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def _beat(settings: Settings, fetched: Fetch) -> list[Finding]:
    """Touch the file and fetch the address that tell others that all is well; the address may be a secret."""
    found: list[Finding] = []
    if settings.heartbeat_file is not None:
        try:
            settings.heartbeat_file.touch()
        except OSError as error:
            fields = {"path": str(settings.heartbeat_file), "why": error.strerror or ""}
            found.append(Finding("watch.no-heartbeat-file", fields=fields))
    if settings.heartbeat_url:
        try:
            status = fetched(settings.heartbeat_url)
        except requests.RequestException as error:
            why = type(error).__name__
        else:
            why = "" if status < _FAILED_FROM else f"HTTP {status}"
        if why:
            fields = {"host": urlsplit(settings.heartbeat_url).hostname or "", "why": why}
            found.append(Finding("watch.no-heartbeat-url", fields=fields))
    return found
