"""Links in letters: a page about one assignment for one reader, who acts on it without logging in.

Looking changes nothing, whoever looks: mail filters and Zalo's previews fetch every address. Only a form that
is sent does.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from directives.readers.members import safe_name
from tracker.app import App
from tracker.clock import instant, read_day, today
from tracker.domain.links import LinkAction, LinkState
from tracker.domain.timing import timing_of
from tracker.errors import Conflict, InputRefused, NotFound, TrackerError
from tracker.services.action_links import PATH, Look, find, look
from tracker.services.evidence import CheckedFile, look_into
from tracker.services.link_acts import STALE, Closed, Sent, overtaken, take
from tracker.services.naming import answering, neutral_title
from tracker.store.calendar import office_calendar
from tracker.store.session import reading
from tracker.web.bodies import MEGABYTE, form_in
from tracker.web.requests import Parts, parts_of
from tracker.web.templating import page
from tracker.web.wrong_tokens import WrongTokens

router = APIRouter()

FILES: Final = 5  # with one report
NAME_BYTES: Final = 200  # of a file's name, while it is looked into
_TOLD: Final = frozenset({LinkState.FINISHED, LinkState.WITHDRAWN})  # an answer; other closed links are gone


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came: its words, and the files that came with it."""

    fields: dict[str, str]
    files: Sequence[UploadFile] = ()

    def day(self, name: str) -> date | None:
        """Read a day, None for none. Raises Conflict for what is no day."""
        written = self.fields.get(name, "").strip()
        try:
            return read_day(written) if written else None
        except ValueError as error:
            raise Conflict("web.bad-date", value=written[:40]) from error


def known(request: Request, parts: Parts, token: str) -> str:
    """Return a token of ours; what is none is refused before anything else of the request is read."""
    with reading(parts.engine) as session:
        try:
            find(session, parts.settings, token, instant(parts.clock))
        except NotFound:
            raise WrongToken(_wait(request)) from None
    return token


Token = Annotated[str, Depends(known)]


async def filled(request: Request, token: Token) -> AsyncIterator[Filled]:
    """Read the form that was sent from a link's page."""
    del token  # asked for first
    most = parts_of(request).settings.evidence_max_mb * FILES * MEGABYTE + MEGABYTE
    form = await form_in(request, most)
    try:
        yield _filled(form)
    finally:
        await form.close()


@router.get(PATH + "{token}")
def show(request: Request, parts: Parts, token: Token, sent: str = "") -> HTMLResponse:
    """Show the assignment and what its reader can do; or why the link does nothing more."""
    with reading(parts.engine) as session:
        seen = look(session, parts, token, sent[:80])
    return _shown(request, parts, seen)


@router.options(PATH + "{token}")
def allowed() -> Response:
    """Say which methods there are, about any link alike."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": "GET, HEAD, OPTIONS, POST"})


@router.post(PATH + "{token}")
def act(request: Request, parts: Parts, token: Token, form: Annotated[Filled, Depends(filled)]) -> Response:
    """Do what the form says, then show the page anew, so that loading it again sends nothing again."""
    try:
        action = LinkAction(form.fields.get("action", ""))
    except ValueError:
        raise NotFound("link.not-our-form") from None
    try:
        with _looked_into(parts, form.files) as files:
            taken = take(parts, token, _sent(action, form, files))
    except Closed:
        return show(request, parts, token)
    except TrackerError as refused:
        if refused.code == STALE:
            return _overtaken(request, parts, token, _sent(action, form))
        return _again(request, parts, token, Refusal(action, form.fields, refused))
    return RedirectResponse(f"{PATH}{token}?sent={taken.nonce}", HTTPStatus.SEE_OTHER)


def wrong(request: Request, error: Exception) -> Response:
    """Answer an address that is no link of ours; who asks for many of them is told to wait."""
    wait = error.wait if isinstance(error, WrongToken) else 0
    status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.NOT_FOUND
    answer = page(request, "acting/wrong.html", status=status, wait=wait, office=_office(request))
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


class WrongToken(NotFound):
    """An address that is no link of ours, and how many seconds its sender is to wait."""

    def __init__(self, wait: int) -> None:
        super().__init__("link.unknown")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Refusal:
    """A form that was not taken: its reader mends it and sends it again."""

    action: LinkAction
    fields: dict[str, str]
    error: TrackerError


def _again(request: Request, parts: App, token: str, refusal: Refusal) -> HTMLResponse:
    with reading(parts.engine) as session:
        seen = look(session, parts, token)
    return _shown(request, parts, seen, refusal)


def _shown(request: Request, parts: App, seen: Look, refusal: Refusal | None = None) -> HTMLResponse:
    """Answer with the page of a link as it stands."""
    if seen.work is None:
        status = HTTPStatus.OK if seen.state in _TOLD else HTTPStatus.GONE
        return page(request, "acting/closed.html", status=status, seen=seen, office=_office(request))
    day, facts = today(parts.clock), seen.work.facts
    timing = timing_of(facts, day, office_calendar(parts.engine), due_soon=parts.settings.due_soon_days)
    return page(
        request,
        "acting/live.html",
        status=HTTPStatus.OK if refusal is None else refusal.error.http_status,
        seen=seen,
        work=seen.work,
        title=neutral_title(seen.work, parts.settings.lang),
        agency=answering(seen.work),
        timing=timing,
        day=day,
        earliest=(max(facts.due_on or day, day) + timedelta(days=1)).isoformat(),
        refusal=refusal,
        most_mb=parts.settings.evidence_max_mb,
        files=FILES,
        office=_office(request),
    )


def _overtaken(request: Request, parts: App, token: str, sent: Sent) -> HTMLResponse:
    """Say who changed what since the form was shown; nothing of the form was taken."""
    return page(
        request,
        "acting/stale.html",
        status=HTTPStatus.CONFLICT,
        here=PATH + token,
        changes=overtaken(parts, token, sent),
        words=sent.words,
        office=_office(request),
    )


def _office(request: Request) -> str:
    """Return the address that readers may write to, empty where the office has not said one."""
    return parts_of(request).settings.reply_to


def _wait(request: Request) -> int:
    """Note a wrong token; return how many seconds its sender is to wait."""
    state = request.app.state
    if not hasattr(state, "wrong_tokens"):
        state.wrong_tokens = WrongTokens()
    counted: WrongTokens = state.wrong_tokens
    place = "" if request.client is None else request.client.host
    return counted.wait(place, instant(parts_of(request).clock))


def _filled(form: FormData) -> Filled:
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    sent = (value for value in form.getlist("files") if isinstance(value, UploadFile))
    return Filled(fields, [file for file in sent if file.filename])


def _sent(action: LinkAction, form: Filled, files: Sequence[CheckedFile] = ()) -> Sent:
    """Return a form as the services take it."""
    return Sent(
        action=action,
        form=form.fields.get("form", ""),
        words=form.fields.get("words", ""),
        document=form.fields.get("document", "").strip() or None,
        document_on=form.day("document_on"),
        proposed_on=form.day("proposed_on"),
        files=files,
    )


@contextmanager
def _looked_into(parts: App, uploads: Sequence[UploadFile]) -> Iterator[list[CheckedFile]]:
    """Look into the files that came, each in a folder of its own that is gone afterwards."""
    if len(uploads) > FILES:
        raise InputRefused("evidence.too-many", limit=FILES)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        paths = []
        for number, upload in enumerate(uploads):
            name = Path(safe_name(upload.filename or "")).name
            path = Path(folder) / str(number) / _short(name)
            path.parent.mkdir()
            with path.open("wb") as file:
                shutil.copyfileobj(upload.file, file)
            paths.append(path)
        yield look_into(parts, paths)


def _short(name: str) -> str:
    """Return the end of a name that is too long for a disk: what it is stands there."""
    return name.encode()[-NAME_BYTES:].decode(errors="ignore")
