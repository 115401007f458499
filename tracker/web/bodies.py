"""Bodies of requests, counted while they come: what a sender says of their size is not believed."""

from typing import Final

from fastapi import Request
from starlette.datastructures import FormData
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
    return await _counted(request, most).body()


async def form_in(request: Request, most: int, files: int) -> FormData:
    """Return a form of at most some bytes and files; raises TooMuch for a larger one."""
    counted = _counted(request, most)
    return await counted.form(max_files=files, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD)


def _counted(request: Request, most: int) -> Request:
    came = 0

    async def receive() -> Message:
        nonlocal came
        message = await request.receive()
        came += len(message.get("body", b""))
        if came > most:
            raise TooMuch("web.too-much", limit=max(1, most // MEGABYTE))
        return message

    return Request(request.scope, receive)
