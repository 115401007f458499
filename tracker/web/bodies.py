"""Bodies of requests, counted while they come: what a sender says of their size is not believed."""

from typing import Final

from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.types import Message

from tracker.errors import InputRefused

MEGABYTE: Final = 1024 * 1024
MAX_FIELDS: Final = 20
MAX_FIELD: Final = 64 * 1024  # bytes of one that is no file


class TooMuch(InputRefused):
    """A body that is larger than the page takes."""

    http_status = 413


async def bytes_of(request: Request, most: int) -> bytes:
    """Return a body of at most some bytes; raises TooMuch for a larger one."""
    try:
        return await _counted(request, most).body()
    except _CutOff as cut:
        raise _too_much(most) from cut


async def form_in(request: Request, most: int) -> FormData:
    """Return a form of at most some bytes; raises TooMuch for a larger one. Whoever asked closes it."""
    try:
        return await _counted(request, most).form(
            max_files=MAX_FIELDS, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD
        )
    except HTTPException as refused:
        if isinstance(refused.__context__, _CutOff):
            raise _too_much(most) from refused
        raise


class _CutOff(MultiPartException):
    """A body that was not read to its end: the parser then closes the files it has begun."""


def _too_much(most: int) -> TooMuch:
    return TooMuch("web.too-much", limit=max(1, most // MEGABYTE))


def _counted(request: Request, most: int) -> Request:
    came = 0

    async def receive() -> Message:
        nonlocal came
        message = await request.receive()
        came += len(message.get("body", b""))
        if came > most:
            raise _CutOff("")
        return message

    return Request(request.scope, receive)
