"""`dondoc parse`: the contract other programs rely on, and what a person sees."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from directives.readers import processes, read
from directives.text import canonical
from tests.directives.readers.scanner import need_ocr, scanned, typed, written
from tracker.cli import app

NOTICE = "thong-bao-120-tb-ubnd"
HEAVY = ("sqlmodel", "sqlalchemy", "prefect", "apprise", "fastapi", "alembic", "jinja2")


def run(*arguments: str | Path, lang: str = "vi", **env: str) -> tuple[int, str, str]:
    """Run the command; return its exit status and what it wrote to stdout and to stderr."""
    result = CliRunner().invoke(app, ["parse", *map(str, arguments)], env={"DONDOC_LANG": lang, **env})
    return result.exit_code, result.stdout, result.stderr


def objects(printed: str) -> list[dict[str, Any]]:
    """Read one object from each line."""
    return [json.loads(line) for line in printed.splitlines()]


def test_each_file_gives_one_line_of_json_in_the_order_given(examples: Path) -> None:
    """Formats may be mixed; letters are written as they are."""
    files = [examples / f"{NOTICE}.{kind}" for kind in ("pdf", "txt", "docx")]

    status, printed, _ = run("--json", *files)

    assert status == 0
    assert [(each["source"]["format"], each["source"]["pages"]) for each in objects(printed)] == [
        ("pdf", 2),
        ("txt", 1),
        ("docx", None),
    ]
    assert [str(file) for file in files] == [each["source"]["path"] for each in objects(printed)]
    assert "Sở Khoa học và Công nghệ" in printed


def test_a_refused_file_is_an_object_and_the_others_still_answer(examples: Path, tmp_path: Path) -> None:
    """Exit status 3 says that some were refused; each says why and what to do."""
    empty, secret = tmp_path / "trống.txt", tmp_path / "mat.txt"
    empty.touch()
    secret.write_text("TỐI MẬT\nKế hoạch X", encoding="utf-8")

    status, printed, _ = run("--json", empty, tmp_path / "thiếu.pdf", secret, examples / f"{NOTICE}.txt")

    assert status == 3
    assert [each.get("error", {}).get("code") for each in objects(printed)] == [
        "empty",
        "not-found",
        "secret",
        None,
    ]
    assert "trống.txt" in objects(printed)[0]["error"]["message"]
    assert "Kế hoạch" not in printed.splitlines()[2]


def test_a_name_that_no_disk_holds_stops_nothing(examples: Path) -> None:
    """Longer than 255 bytes, it is a file that is not there; the others answer."""
    status, printed, _ = run("--json", f"{'dài ' * 90}.docx", examples / f"{NOTICE}.txt", f"{'x' * 9999}.pdf")

    assert status == 3
    assert [each.get("error", {}).get("code") for each in objects(printed)] == [
        "not-found",
        None,
        "not-found",
    ]


def test_what_a_file_is_called_does_not_reach_the_terminal_as_a_command(tmp_path: Path) -> None:
    """A name may hold an escape sequence or a line end; neither is printed."""
    (tmp_path / "\x1b[31mđỏ\n.txt").write_text(
        "Sở Công Thương báo cáo trước ngày 09/4/2020.", encoding="utf-8"
    )

    _, printed, _ = run(tmp_path / "\x1b[31mđỏ\n.txt")
    _, _, complained = run(tmp_path / "\x1b[31mthiếu\n.txt")

    assert "\x1b" not in printed + complained
    assert printed.startswith("[31mđỏ .txt\n")
    assert complained.count("\n") == 1


@pytest.mark.parametrize(
    ("raw", "code", "detail"),
    [
        pytest.param(b"", "empty", None, id="no word"),
        pytest.param(rb"{\rtf1 x}", "unknown-format", "old-office", id="LibreOffice is wanting"),
        pytest.param(
            b"begin 644 a.docx\n" + b"M" + b"A" * 60 + b"\n" + b"M" + b"A" * 60 + b"\n",
            "unknown-format",
            "file-inside",
            id="a file inside",
        ),
        pytest.param("TỐI MẬT".encode(), "secret", None, id="secret: nothing else is told"),
    ],
)
def test_a_program_can_tell_what_is_wanting(
    tmp_path: Path, raw: bytes, code: str, detail: str | None
) -> None:
    """The code says what kind of refusal it is, the detail which one, where there are several."""
    (tmp_path / "a").write_bytes(raw)
    processes.end()  # one that waits for files would know another LibreOffice
    _, printed, _ = run("--json", tmp_path / "a", DONDOC_OFFICE="/nowhere/soffice")

    error = objects(printed)[0]["error"]

    assert (error["code"], error["detail"]) == (code, detail)


def test_offsets_count_in_the_text_that_is_printed(examples: Path) -> None:
    """What --text prints is what the spans of --json point into."""
    file = examples / f"{NOTICE}.docx"
    _, printed, _ = run("--json", file)
    _, text, _ = run("--text", file)

    deadlines = [task["deadline"] for task in objects(printed)[0]["tasks"] if task["deadline"]]

    assert text.rstrip("\n") == canonical(read(file).text).rstrip("\n")
    assert len(deadlines) == 3
    assert [each["text"] for each in deadlines] == [text[slice(*each["span"])] for each in deadlines]


@pytest.mark.parametrize(("exclusive", "due"), [("true", "2020-04-08"), ("false", "2020-04-09")])
def test_the_last_day_follows_the_policy_in_force(examples: Path, exclusive: str, due: str) -> None:
    """An office that lets «trước ngày 09/4/2020» include the 9th gets the 9th, as in its own database."""
    _, printed, _ = run("--json", examples / f"{NOTICE}.txt", DONDOC_BEFORE_IS_EXCLUSIVE=exclusive)
    (deadline, *_) = (task["deadline"] for task in objects(printed)[0]["tasks"] if task["deadline"])

    assert ("2020-04-09", due) == (deadline["stated"], deadline["due_on"])


def test_texts_of_several_files_are_parted_by_a_form_feed(examples: Path) -> None:
    """Two texts printed in one go can be told apart."""
    _, text, _ = run("--text", examples / f"{NOTICE}.txt", examples / "tin-lang-moc-vao-xuan.txt")

    assert text.count("\f") == 1


def test_a_person_sees_a_table(examples: Path) -> None:
    """The document's facts, each task's lead and its last day, dates as they are written in Việt Nam."""
    status, printed, _ = run(examples / f"{NOTICE}.docx")

    assert status == 0
    for words in (
        "120/TB-UBND",
        "03/04/2020",
        "Cơ quan chủ trì",
        "Sở Công Thương",
        "08/04/2020",
        "Số nhiệm vụ: 10",
    ):
        assert words in printed


def test_a_document_without_tasks_says_so(examples: Path) -> None:
    """Silence would look like a failure."""
    assert "không giao nhiệm vụ" in run(examples / "tin-lang-moc-vao-xuan.html")[1]


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "Không tìm thấy tệp thiếu.txt"), ("en", "thiếu.txt was not found")]
)
def test_a_refusal_is_one_sentence_in_the_language_asked_for(tmp_path: Path, lang: str, words: str) -> None:
    """It goes to stderr and leaves stdout to the other files."""
    status, printed, complained = run(tmp_path / "thiếu.txt", lang=lang)

    assert (status, printed) == (3, "")
    assert complained.startswith(words)
    assert complained.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("--json", "--text", "x.txt"), ("--yaml", "x.txt")])
def test_wrong_usage_has_its_own_exit_status(arguments: tuple[str, ...]) -> None:
    """No file, two forms at once, or an unknown option."""
    assert run(*arguments)[0] == 2


def test_reading_needs_no_database_and_loads_nothing_heavy(examples: Path, tmp_path: Path) -> None:
    """Thirty small files are a matter of reading, not of imports; nothing is written where it runs."""
    script = (
        "import sys; from tracker.cli import main\n"
        "try: main(['parse', '--json', *sys.argv[1:]])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    files = [str(examples / f"{NOTICE}.{kind}") for kind in ("txt", "docx", "pdf")]

    subprocess.run([sys.executable, "-c", script, *files], cwd=tmp_path, check=True, capture_output=True)

    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Return a page from a scanner."""
    need_ocr()
    page = scanned(typed(["UBND TINH A", "Bao cao truoc ngay 12/5/2021."]), noise=0)
    (tmp_path / "scan.png").write_bytes(written(page, "PNG"))
    return tmp_path / "scan.png"


def test_no_scan_is_recognised_twice(scan: Path, tmp_path: Path) -> None:
    """What was read is kept in the data folder, found there again, and nothing else is written."""
    office = tmp_path / "office"
    _, first, _ = run("--text", scan, DONDOC_DATA_DIR=str(office))
    (kept,) = [path for path in office.rglob("*") if path.is_file()]
    pages = gzip.decompress(kept.read_bytes()).decode()
    kept.write_bytes(gzip.compress(pages.replace("12/5/2021.", "31/5/2021.").encode()))

    _, second, _ = run("--text", scan, DONDOC_DATA_DIR=str(office))

    assert kept.parent == office / "ocr-cache"
    assert "12/5/2021" in first
    assert second == first.replace("12/5/2021", "31/5/2021")


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [pytest.param(("--no-cache",), "office", id="asked not to"), pytest.param((), "", id="no data folder")],
)
def test_nothing_is_kept_where_it_should_not_be(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], folder: str
) -> None:
    """With the option, or outside an office, a scan is read all the same and leaves nothing."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    data = {"DONDOC_DATA_DIR": str(tmp_path / folder)} if folder else {"DONDOC_DATA_DIR": ""}

    status, text, complaints = run("--text", *arguments, scan, **data)

    assert (status, complaints) == (0, "")
    assert "12/5/2021" in text
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [scan]


def test_a_secret_scan_is_not_kept(tmp_path: Path) -> None:
    """The stamp stands on the second page; the first is not kept either."""
    need_ocr()
    pages = scanned(typed(["BAO CAO"]), noise=0) + scanned(typed(["TUYET MAT", "Ke hoach"]), noise=0)
    secret, office = tmp_path / "scan.pdf", tmp_path / "office"
    secret.write_bytes(written(pages, "PDF"))
    office.mkdir()

    status, _, said = run(secret, DONDOC_DATA_DIR=str(office))

    assert status == 3
    assert "dấu chỉ độ mật" in said
    assert list(office.iterdir()) == []
