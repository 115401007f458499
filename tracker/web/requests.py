"""What a request brings with it: the application's parts, a session for questions, the day it is about."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlmodel import Session

from tracker.app import App
from tracker.clock import read_day, today
from tracker.errors import InvalidSetting
from tracker.store.session import reading


def parts_of(request: Request) -> App:
    """Return the parts that the web application was built around."""
    return cast("App", request.app.state.parts)


Parts = Annotated[App, Depends(parts_of)]


def reading_session(parts: Parts) -> Iterator[Session]:
    """Open a session for the length of a request; a page only reads."""
    with reading(parts.engine) as session:
        yield session


Reading = Annotated[Session, Depends(reading_session)]


def asked_day(parts: Parts, on: str = "") -> date:
    """Return the day the page is about: the office's today where the address names none."""
    if not on.strip():
        return today(parts.clock)
    try:
        return read_day(on)
    except ValueError as error:
        raise InvalidSetting("web.bad-date", value=on[:40]) from error


Day = Annotated[date, Depends(asked_day)]
