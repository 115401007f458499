"""The web pages: HTML made on the server, which works without scripts."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from tracker.app import App
from tracker.web import acting, documents, errors, health, overdue, tasks, webhooks
from tracker.web.headers import HeadAsGet, SecurityHeaders

STATIC = Path(__file__).parent / "static"


def create_app(parts: App) -> FastAPI:
    """Build the web application around the given parts.

    The interactive API pages stay off: they load their scripts from elsewhere.
    """
    web = FastAPI(title="Đôn Đốc", docs_url=None, redoc_url=None, openapi_url=None)
    web.state.parts = parts
    for routes in (overdue, tasks, documents, health, acting, webhooks):
        web.include_router(routes.router)
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.answer_errors(web)
    web.add_exception_handler(acting.WrongToken, acting.wrong)
    web.add_middleware(SecurityHeaders)
    web.add_middleware(HeadAsGet)
    return web
