"""Failures as pages: what happened and what to do next, never a stack."""

import logging
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from tracker.errors import TrackerError
from tracker.phrasebook import say
from tracker.web.headers import HEADERS
from tracker.web.templating import page

log = logging.getLogger(__name__)

NOT_FOUND: Final = 404
UNREADABLE: Final = 422
BROKEN: Final = 500


def answer_errors(web: FastAPI) -> None:
    """Turn every kind of failure into a page, once for all routes."""
    web.add_exception_handler(TrackerError, _refused)
    web.add_exception_handler(HTTPException, _no_such_page)
    web.add_exception_handler(RequestValidationError, _not_like_this)
    web.add_exception_handler(Exception, _broken)


def _refused(request: Request, error: Exception) -> Response:
    """Say a failure in the tracker's own words."""
    status = error.http_status if isinstance(error, TrackerError) else BROKEN
    return page(request, "error.html", status=status, sentence=str(error))


def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else BROKEN
    code = "web.no-such-page" if status == NOT_FOUND else "web.not-like-this"
    answer = page(request, "error.html", status=status, sentence=say(code))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)  # 405 has to say what is allowed
    return answer


def _not_like_this(request: Request, _error: Exception) -> Response:
    return page(request, "error.html", status=UNREADABLE, sentence=say("web.not-like-this"))


def _broken(request: Request, error: Exception) -> Response:
    """Own up to a fault of ours; the details go to the log, not to the reader."""
    log.error("a page failed: %s", request.url.path, exc_info=error)
    answer = page(request, "error.html", status=BROKEN, sentence=say("web.broken"))
    answer.headers.update({**HEADERS, "Cache-Control": "no-store"})  # it passes by the middleware
    return answer
