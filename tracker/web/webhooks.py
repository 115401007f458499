"""Where Zalo tells us what a person wrote to the office's account, or that they follow it no longer.

Zalo waits two seconds and then takes it that nobody heard. What takes longer, behind a slow writer, goes on
after the answer; Zalo may tell a thing twice, and a copy changes nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from notifications.channels.zalo_webhook import (
    BOT_HEADER,
    OA_HEADER,
    Event,
    bot_secret_is_right,
    oa_signature_is_right,
    parse_bot,
    parse_oa,
)
from tracker.app import App
from tracker.phrasebook import say
from tracker.services.linking import Told, take
from tracker.settings import Settings
from tracker.web.bodies import bytes_of
from tracker.web.requests import Parts

router = APIRouter(prefix="/webhooks")
log = logging.getLogger(__name__)

LARGEST: Final = 64 * 1024  # bytes of an event
PATIENCE: Final = 1.5  # seconds
_going_on: Final[set[asyncio.Task[Told]]] = set()  # the loop itself would let them be collected


@router.post("/zalo-bot")
async def zalo_bot(request: Request, parts: Parts) -> Response:
    """Hear what the Bot was told."""
    return await _heard(request, parts, _of_bot, parse_bot)


@router.post("/zalo-oa")
async def zalo_oa(request: Request, parts: Parts) -> Response:
    """Hear what the Official Account was told."""
    return await _heard(request, parts, _of_oa, parse_oa)


async def _heard(
    request: Request,
    parts: App,
    genuine: Callable[[Settings, Request, bytes], bool],
    parse: Callable[[bytes], Event | None],
) -> Response:
    """Answer a call: 403 for one that is not Zalo's; else that it was heard, whatever it said."""
    body = await bytes_of(request, LARGEST)
    if not genuine(parts.settings, request, body):
        return JSONResponse({"error": say("webhook.not-genuine")}, HTTPStatus.FORBIDDEN)
    event = parse(body)
    told = Told.NOTHING
    if event is not None:
        told = await _in_time(partial(run_in_threadpool, take, parts, event))
    return JSONResponse({"ok": True, "did": told})


async def _in_time(doing: Callable[[], Awaitable[Told]]) -> Told:
    """Wait for something as long as Zalo waits; what takes longer goes on, and its failure is logged."""

    async def done() -> Told:
        return await doing()

    task = asyncio.create_task(done())
    _going_on.add(task)
    task.add_done_callback(_ended)
    finished, _ = await asyncio.wait({task}, timeout=PATIENCE)
    return task.result() if finished else Told.NOTHING


def _ended(task: asyncio.Task[Told]) -> None:
    _going_on.discard(task)
    if not task.cancelled() and (failed := task.exception()) is not None:
        log.error("an event from Zalo was not taken", exc_info=failed)


def _of_bot(settings: Settings, request: Request, _body: bytes) -> bool:
    return bot_secret_is_right(
        request.headers.get(BOT_HEADER), settings.zalo_webhook_secret.get_secret_value()
    )


def _of_oa(settings: Settings, request: Request, body: bytes) -> bool:
    return oa_signature_is_right(
        request.headers.get(OA_HEADER),
        body,
        app_id=settings.zalo_oa_app_id,
        secret_key=settings.zalo_oa_webhook_key.get_secret_value(),
    )
