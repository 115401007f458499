# ruff: noqa: PLR0913, PLR0917 — an argument for each option of a command
"""What agencies hand in, on the command line: progress, obstacles, the result with its evidence."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.moving import Assignment, Seen, day_in, make_move
from tracker.cli.shared import Actor, Json, open_app

Words = Annotated[str, typer.Option("--words", "-m", help="Nội dung báo cáo.", show_default=False)]
Files = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="TỆP", help="Tài liệu kèm theo; lặp lại được.", show_default=False),
]
Document = Annotated[
    str | None, typer.Option("--document", metavar="SỐ", help="Số, ký hiệu văn bản.", show_default=False)
]


def progress(
    ref: Assignment,
    words: Words,
    files: Files = None,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Báo cáo tiến độ."""
    _interim("progress", ref, words, files, actor, as_json, seen)


def obstacle(
    ref: Assignment,
    words: Words,
    files: Files = None,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Báo cáo khó khăn, vướng mắc; thời hạn vẫn tính."""
    _interim("obstacle", ref, words, files, actor, as_json, seen)


def _interim(
    kind: str,
    ref: str,
    words: str,
    files: list[Path] | None,
    actor: str | None,
    as_json: bool,
    seen: int | None,
) -> None:
    """Hand in a report before the result."""
    from tracker.domain.requests import ReportKind
    from tracker.services import reports
    from tracker.services.evidence import look_into

    kept, of = look_into(open_app(), files or []), ReportKind(kind)
    make_move(
        [ref],
        lambda at: reports.interim(
            at.session, at.number, of, words, office=at.office, act=at.act, files=kept, seen=seen
        ),
        actor,
        as_json,
    )


def report(
    ref: Assignment,
    words: Annotated[str, typer.Option("--words", "-m", help="Nội dung kết quả.")] = "",
    document: Document = None,
    document_on: Annotated[
        str | None, typer.Option("--document-on", metavar="NGÀY", help="Ngày của văn bản kết quả.")
    ] = None,
    files: Files = None,
    filed_on: Annotated[
        str | None, typer.Option("--filed-on", metavar="NGÀY", help="Ngày nộp, nếu nộp giấy trước hôm nay.")
    ] = None,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Báo cáo kết quả: nội dung, văn bản kết quả, tài liệu kèm theo."""
    from tracker.services import reports
    from tracker.services.evidence import look_into
    from tracker.services.reports import Result

    result = Result(
        words=words,
        document=document,
        document_on=day_in(document_on, "--document-on"),
        filed_on=day_in(filed_on, "--filed-on"),
        files=look_into(open_app(), files or []),
    )
    make_move(
        [ref],
        lambda at: reports.report(at.session, at.number, result, office=at.office, act=at.act, seen=seen),
        actor,
        as_json,
    )
