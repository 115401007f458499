"""A small office for the pages: two agencies, one document with three tasks, one without, a stopped clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from directives.model import AgencyMention, Deadline, DeadlineKind, Span, TaskDraft
from tracker.app import App
from tracker.clock import StoppedClock, instant
from tracker.services.approval import approve
from tracker.settings import Settings
from tracker.store import directives, register, tasks
from tracker.store.directives import NewDirective
from tracker.store.events import Act
from tracker.store.register import AgencyEntry
from tracker.store.session import transaction
from tracker.store.tasks import Lead
from tracker.web.app import create_app

NOTICE = """THÔNG BÁO
3. Sở Công Thương tham mưu hỗ trợ kinh phí <script>alert(1)</script> trước ngày 09/4/2020.
4. Sở Khoa học và Công nghệ báo cáo kết quả về UBND tỉnh trước ngày 10/5/2020.
7. UBND huyện Đức Thọ giới thiệu địa điểm cho doanh nghiệp.
"""
TODAY = date(2020, 5, 5)


@dataclass(frozen=True, slots=True)
class Work:
    """One task of the notice: who, until when."""

    item: str
    lead: str
    code: str
    words: str  # of the deadline
    due_on: date | None


WORKS = (
    Work("3", "Sở Công Thương", "so-cong-thuong", "trước ngày 09/4/2020", date(2020, 4, 8)),
    Work("4", "Sở Khoa học và Công nghệ", "so-khcn", "trước ngày 10/5/2020", date(2020, 5, 9)),
    Work("7", "UBND huyện Đức Thọ", "ubnd-huyen-duc-tho", "", None),
)


@pytest.fixture
def parts(engine: Engine, tmp_path: Path) -> App:
    """Build the application with the small office in it, on either database."""
    settings = Settings(data_dir=tmp_path, send_hours="always")
    app = App(settings, engine, StoppedClock(datetime(2020, 5, 5, 9, 0, tzinfo=settings.zone)))
    fill(app)
    return app


@pytest.fixture
def web(parts: App) -> FastAPI:
    """Build the pages around the small office."""
    return create_app(parts)


@pytest.fixture
def client(web: FastAPI) -> Iterator[TestClient]:
    """Ask the pages without a network."""
    with TestClient(web, raise_server_exceptions=False) as asking:
        yield asking


def fill(app: App) -> None:
    """Put the office into the database."""
    with transaction(app.engine) as session:
        for work in WORKS:
            register.save(session, AgencyEntry(code=work.code, name=work.lead, kind="department"))
        ids = register.ids(session)
        notice = directives.add(session, new_directive("120/TB-UBND", "notice", NOTICE))
        assert notice is not None
        for ordinal, work in enumerate(WORKS, start=1):
            draft = draft_of(work)
            task = tasks.add(session, notice, f"NV-2020-{ordinal:04d}", ordinal, draft)
            tasks.give(
                session,
                task,
                Lead(draft.leads[0], work.lead, ids[work.code]),
                draft,
                act=Act("thu-ky", "web", instant(app.clock)),
            )
        approve(session, notice, actor="thu-ky", clock=app.clock)
        directives.add(session, new_directive(None, "news", "Làng nghề vào xuân."))


def new_directive(number: str | None, genre: str, text: str) -> NewDirective:
    """Build a document as intake would."""
    return NewDirective(
        sha256=f"{genre}-{number}",
        identity=number,
        number=number,
        issued_on=date(2020, 4, 3) if number else None,
        issuer="UBND tỉnh Hà Tĩnh",
        genre=genre,
        subject="Kết luận của Phó Chủ tịch UBND tỉnh",
        signer=None,
        text=text,
        file_name=f"{genre}.txt",
        format="txt",
        pages=None,
        stored_as=f"{genre}.txt",
        doubts=[],
        taken_in_at=datetime(2020, 4, 6, 1, tzinfo=UTC),
        taken_in_by="thu-ky",
    )


def draft_of(work: Work) -> TaskDraft:
    """Find a task's words in the notice."""
    line = next(line for line in NOTICE.splitlines() if line.startswith(f"{work.item}. "))
    start = NOTICE.index(line)
    lead = NOTICE.index(work.lead)
    deadline = None
    if work.due_on is not None:
        at = NOTICE.index(work.words)
        deadline = Deadline(
            text=work.words,
            span=Span(at, at + len(work.words)),
            kind=DeadlineKind.FIXED,
            due_on=work.due_on,
            exclusive=True,
            explain=f"«{work.words}»: hạn cuối là hết ngày {work.due_on:%d/%m/%Y}",
        )
    return TaskDraft(
        item=work.item,
        leads=(AgencyMention(work.lead, work.lead, work.code, Span(lead, lead + len(work.lead))),),
        coordinators=(),
        recipient=None,
        action=line[3:60],
        text=line[3:],
        span=Span(start, start + len(line)),
        deadline=deadline,
        confidence=0.9,
    )
