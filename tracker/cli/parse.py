"""`dondoc parse`: read documents and print what they assign; no database, and no file but the page cache.

The JSON is a contract that other programs rely on: one object per document, one per line, in the order given;
a zip or a mail gives one for each file in it, a folder those of all files below it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tracker.cli.answers import Answer, Form, Shape, answers_of, crashed
from tracker.cli.progress import progress_of

if TYPE_CHECKING:
    from directives.deadlines.policy import DeadlinePolicy
    from tracker.settings import Settings

SOME_REFUSED: Final = 3
PAGE_BREAK: Final = "\f"
WORTH_A_BAR: Final = 12  # files; fewer are mostly read before anybody looks


def parse(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="TỆP…",
            help="Văn bản (.docx, .pdf, .html, .txt, .doc, .xlsx…), tệp nén .zip, thư .eml, thư mục.",
            show_default=False,
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi văn bản một dòng JSON.")] = False,
    as_text: Annotated[bool, typer.Option("--text", help="In nguyên văn đã chuẩn hóa (NFC).")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Số tiến trình đọc song song; mặc định theo số nhân.", show_default=False),
    ] = None,
    keep_pages: Annotated[
        bool,
        typer.Option(
            "--cache/--no-cache",
            help="Lưu chữ đã nhận dạng từ bản chụp trong thư mục dữ liệu, để lần sau đọc nhanh.",
        ),
    ] = True,
) -> None:
    """Đọc văn bản, in ra từng nhiệm vụ, cơ quan và thời hạn; không ghi vào cơ sở dữ liệu."""
    from tracker.settings import Settings

    form = _form(as_json=as_json, as_text=as_text)
    found = _found(files)
    settings = Settings.load()
    cache = _page_cache(settings) if keep_pages else None
    answers = _answers(found, form, settings.policy, cache, jobs)
    if _write(answers, form, len(found)):
        raise typer.Exit(SOME_REFUSED)


def _form(*, as_json: bool, as_text: bool) -> Form:
    """Return the one form that was asked for."""
    from tracker.phrasebook import say

    if as_json and as_text:
        raise typer.BadParameter(say("parse.one-form"), param_hint="--json / --text")
    return Form.of(Shape.JSON if as_json else Shape.TEXT if as_text else Shape.TABLE)


def _found(files: Sequence[Path]) -> Sequence[Path]:
    """Return the files to read; end the command where there is none."""
    from directives.readers.members import seen
    from tracker.cli.found_files import found_files
    from tracker.phrasebook import say

    if not (found := found_files(files)):
        folders = ", ".join(seen(str(path)) for path in files)
        typer.echo(say("parse.empty-folder", folders=folders), err=True)
        raise typer.Exit(SOME_REFUSED)
    return found


def _page_cache(settings: "Settings") -> Path | None:
    """Return where the words of scans are kept: in the office's data folder, where there is one."""
    has_office = "data_dir" in settings.model_fields_set or settings.data_dir.is_dir()
    return settings.ocr_cache_dir.absolute() if has_office else None


def _answers(
    files: Sequence[Path], form: Form, policy: "DeadlinePolicy", cache: Path | None, jobs: int | None
) -> Iterator[tuple[Answer, ...]]:
    """Give what each file says, in their order; in several processes where asked to, or where it pays."""
    from tracker.cli.parallel import Lost, as_it_pays, cores, in_order

    work = partial(answers_of, form=form, policy=policy, ocr_cache=cache)
    if jobs is None:
        found = as_it_pays(work, files, cores())
    elif jobs == 1 or len(files) == 1:
        found = map(work, files)
    else:
        found = in_order(work, files, min(jobs, len(files)))
    for answers in found:
        yield crashed(answers.item, form) if isinstance(answers, Lost) else answers


def _write(answers: Iterable[tuple[Answer, ...]], form: Form, count: int) -> int:
    """Print the answers as they come; how many were refusals."""
    refused = written = 0
    with progress_of(count if count >= WORTH_A_BAR else 0) as progress:
        for of_file in answers:
            with progress.aside():
                for each in of_file:
                    refused += each.refused
                    _print(each, form, first=written == 0)
                    written += not each.complaint
            progress.step()
    return refused


def _print(answer: Answer, form: Form, *, first: bool) -> None:
    """Print one answer in UTF-8 whatever the terminal's locale; a form feed stands between two texts."""
    if answer.complaint:
        typer.echo(answer.text, err=True)
        return
    between = {Shape.TEXT: PAGE_BREAK, Shape.TABLE: "\n"}.get(form.shape, "")
    typer.echo((("" if first else between) + answer.text).encode("utf-8", errors="replace"))
