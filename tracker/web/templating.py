"""From values to HTML: one Jinja environment; a missing value is an error, everything is escaped."""

from datetime import datetime
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from tracker.clock import shown
from tracker.phrasebook import say
from tracker.services.doubts import task_doubts
from tracker.web.requests import parts_of
from tracker.web.words import ICONS, TONES, event_words, place_words

OK: Final = 200


@cache
def environment() -> Environment:
    """Build the environment once."""
    made = Environment(
        loader=PackageLoader("tracker.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = shown
    made.filters["segment"] = lambda code: quote(str(code), safe="")
    made.globals.update(
        say=_say,
        tones=TONES,
        icons=ICONS,
        event_words=event_words,
        place_words=place_words,
        task_doubts=task_doubts,
    )
    return made


def page(request: Request, template: str, *, status: int = OK, **values: Any) -> HTMLResponse:
    """Answer with a page; every page knows where it is, when its data were read, and in which zone."""
    parts = parts_of(request)
    zone = parts.settings.zone

    def moment(at: datetime) -> str:
        return f"{at.astimezone(zone):%H:%M %d/%m/%Y}"

    html = (
        environment()
        .get_template(template)
        .render(path=request.url.path, read_at=moment(parts.clock.now()), moment=moment, **values)
    )
    return HTMLResponse(html, status)


def _say(code: str, **fields: object) -> str:
    """Say a phrase in the language of the office."""
    return say(code, None, **fields)
