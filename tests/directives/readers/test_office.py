"""Old Office files through the real LibreOffice; and our Word reader against LibreOffice's own text."""

import re
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import ClassVar

import pytest

from directives.parse import parse
from directives.readers import Format, UnreadableDocument, read_bytes
from directives.readers.office import convert as convert_quietly
from directives.readers.office_folder import IN_MEMORY
from tests.directives.readers.offices import convert, need_office, stand_in
from tests.directives.readers.sheets_of_cells import book, cell
from tests.directives.readers.word import abstract, level, num, p, style, table, word_file, zipped

NOTICE = "thong-bao-120-tb-ubnd"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
ORDER = "Sở Công Thương báo cáo trước ngày 09/4/2020."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "kind"),
    [
        pytest.param("doc", Format.DOC, id="Word 97"),
        pytest.param("rtf", Format.RTF, id="RTF"),
        pytest.param("odt", Format.ODT, id="OpenDocument"),
    ],
)
def test_an_old_file_gives_the_tasks_of_the_new_one(
    examples: Path, tmp_path: Path, target: str, kind: Format
) -> None:
    """The example notice, saved in each old format, gives the same leads and deadlines as its .docx."""
    need_office()
    raw = (examples / f"{NOTICE}.docx").read_bytes()
    old = read_bytes(convert(raw, "x.docx", target, tmp_path))

    assert kind == old.format
    assert facts(read_bytes(raw).text) == facts(old.text)


def facts(text: str) -> list[tuple[str | None, list[str], str | None]]:
    """Return each task's item, leads and deadline."""
    return [
        (task.item, [lead.name for lead in task.leads], task.deadline.text if task.deadline else None)
        for task in parse(text).tasks
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "target", [pytest.param("xls", id="Excel 97"), pytest.param("ods", id="OpenDocument")]
)
def test_an_old_workbook_gives_the_lines_of_the_new_one(tmp_path: Path, target: str) -> None:
    """Days, numbers and merged cells stand as in the .xlsx."""
    need_office()
    raw = book(
        [
            [cell("STT"), cell("Nhiệm vụ"), cell("Cơ quan chủ trì"), cell("Thời hạn")],
            [cell(1), cell("Báo cáo kết quả"), cell("Sở Y tế"), cell(43930, style=1)],
            [cell(2), cell("Lập kế hoạch"), cell("Sở Công Thương"), cell("Quý II/2020")],
        ]
    )
    old = read_bytes(convert(raw, "x.xlsx", target, tmp_path))

    assert (target, read_bytes(raw).text) == (old.format, old.text)
    assert "1 | Báo cáo kết quả | Sở Y tế | 09/04/2020" in old.text


LISTS = "".join(
    (
        abstract(
            0,
            level(0, "decimal", "%1."),
            level(1, "lowerLetter", "%2)"),
            level(2, "lowerRoman", "%3."),
        ),
        abstract(1, level(0, "upperRoman", "%1.", start=2), level(1, "decimal", "%1.%2.")),
        num(1, 0),
        num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        num(3, 1),
        num(4, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
    )
)
STYLES = style("Muc", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + style(
    "Con", '<w:basedOn w:val="Muc"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            p("Một", num=1, level=0)
            + p("Hai", num=1, level=0)
            + p("Con", num=1, level=1)
            + p("Ba", num=1, level=0),
            id="levels",
        ),
        pytest.param(
            p("Một", num=1, level=0)
            + p("Hai", num=1, level=0)
            + p("Lại một", num=2, level=0)
            + p("Hai", num=2, level=0),
            id="a second list starts anew",
        ),
        pytest.param(
            p("Một", num=1, level=0)
            + p("a", num=1, level=1)
            + p("Hai", num=1, level=0)
            + p("a lại", num=1, level=1)
            + p("i", num=1, level=2),
            id="deeper levels start anew below each item",
        ),
        pytest.param(
            p("Phần", num=3, level=0)
            + p("Mục", num=3, level=1)
            + p("Phần", num=3, level=0)
            + p("Mục", num=3, level=1),
            id="Roman, from II, with the upper level in the lower",
        ),
        pytest.param(
            p("Bảy", num=4, level=0) + p("Thường") + p("Tám", num=4, level=0), id="start overridden"
        ),
        pytest.param(
            p("Một", style="Muc") + p("Con", style="Con") + p("Hai", style="Muc"), id="numbers by style"
        ),
        pytest.param(
            p("Trước")
            + table(("Số: 12/UBND", "CỘNG HÒA XÃ HỘI"), ("Trái", "Phải"))
            + p("Một", num=1, level=0)
            + table((p("Trong ô", num=1, level=0), "Bên"))
            + p("Ba", num=1, level=0),
            id="tables between and numbers in cells",
        ),
    ],
)
def test_our_text_of_a_word_file_is_libre_office_s(tmp_path: Path, body: str) -> None:
    """LibreOffice exports the same file as plain text: words, numbers and order are the same."""
    raw = word_file(body, numbering=LISTS, styles=STYLES)
    oracle = convert(raw, "x.docx", "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig")

    assert flat(oracle) == flat(read_bytes(raw).text)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["thong-bao-120-tb-ubnd", "cong-van-8287-ubnd-kt1"])
def test_our_text_of_an_example_is_libre_office_s(examples: Path, tmp_path: Path, name: str) -> None:
    """The same for whole documents as offices write them."""
    raw = (examples / f"{name}.docx").read_bytes()
    oracle = convert(raw, "x.docx", "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig")

    assert flat(oracle) == flat(read_bytes(raw).text)


def flat(text: str) -> list[str]:
    """Return the words, whatever white space or table bars part them; a bullet is a dash with us."""
    return re.findall(r"[^\s|]+", unicodedata.normalize("NFC", text).replace("•", "-"))


@pytest.mark.slow
def test_several_runs_at_once_do_not_meet(examples: Path, tmp_path: Path) -> None:
    """Each run has its own profile, so none waits for another or fails."""
    need_office()
    old = convert((examples / f"{NOTICE}.docx").read_bytes(), "x.docx", "doc", tmp_path)
    with ThreadPoolExecutor(3) as pool:
        texts = list(pool.map(lambda raw: read_bytes(raw).text, [old] * 3))

    assert len(set(texts)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(OLD_WORD, id="a Word file in name only"),
        pytest.param(rb"{\rtf1\ansi{\fonttbl", id="RTF cut short"),
    ],
)
def test_a_broken_old_file_is_refused(raw: bytes) -> None:
    """LibreOffice writes nothing for it, or nothing but blanks."""
    need_office()
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.code in {"damaged", "empty"}


class Watching(BaseHTTPRequestHandler):
    """Notes what is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Note a request, and have nothing for it."""
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.mark.slow
def test_nothing_that_a_document_links_to_is_fetched() -> None:
    """A picture on another machine, which LibreOffice otherwise fetches, would tell who reads."""
    need_office()
    server = HTTPServer(("127.0.0.1", 0), Watching)
    Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in NAMES
    )
    text = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        '<office:body><office:text><text:p>Chào <draw:frame svg:width="2cm" svg:height="2cm" '
        f'text:anchor-type="as-char"><draw:image xlink:href="{here}/a.png" xlink:type="simple" '
        'xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    read = read_bytes(zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": text}))
    server.shutdown()
    server.server_close()

    assert (read.text.strip(), Watching.asked) == ("Chào", [])


NAMES = (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))


def test_without_libre_office_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """All else still works."""
    monkeypatch.setenv("DONDOC_OFFICE", "/nowhere/soffice")
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(rb"{\rtf1 x}")

    assert (refusal.value.code, refusal.value.detail) == ("unknown-format", "old-office")


def test_a_run_without_end_is_stopped_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program and whatever it started are gone when the call returns."""
    stand_in(tmp_path, monkeypatch, f"sleep 300 & echo $! $$ > {tmp_path}/pids; pwd > {tmp_path}/where; wait")
    with pytest.raises(UnreadableDocument) as refusal:
        convert_quietly(b"x", Format.RTF, seconds=1)

    assert refusal.value.detail == "too-slow"
    assert all(ends(pid) for pid in (tmp_path / "pids").read_text().split())
    assert not Path((tmp_path / "where").read_text().strip()).exists()


def is_running(pid: str) -> bool:
    """Tell whether a process is alive; one that is dead and not yet fetched is not."""
    try:
        return Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid: str) -> bool:
    """Wait for a killed process: it lets go of its files a moment before it is dead."""
    end = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < end:
        Event().wait(0.01)
    return not is_running(pid)


def test_a_program_that_leaves_a_pipe_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no file is not opened as one: nobody will ever write to it."""
    stand_in(tmp_path, monkeypatch, "mkdir out; mkfifo out/in.docx")
    with pytest.raises(UnreadableDocument) as refusal:
        convert_quietly(b"x", Format.RTF)

    assert refusal.value.code == "damaged"


def test_a_link_in_place_of_what_was_written_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file of the machine is never read in a document's place."""
    (tmp_path / "other.docx").write_bytes(word_file(p("x")))
    stand_in(tmp_path, monkeypatch, f"mkdir out; ln -s {tmp_path}/other.docx out/in.docx")
    with pytest.raises(UnreadableDocument) as refusal:
        convert_quietly(b"x", Format.RTF)

    assert refusal.value.code == "damaged"


KILLED = """
import time
from directives.readers.office_folder import folder_for
with folder_for(9) as folder:
    (folder.path / "in.doc").write_bytes(b"secret")
    print(folder.path, flush=True)
    time.sleep(300)
"""


def test_a_program_that_is_killed_after_a_run_leaves_no_folder() -> None:
    """No run is under way, and yet somebody takes the document away."""
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        folder = Path(killed.stdout.readline().strip())
        assert (folder / "in.doc").exists()
        killed.kill()

    end = time.monotonic() + 20
    while folder.exists() and time.monotonic() < end:
        Event().wait(0.01)
    assert not folder.exists()


def test_a_program_that_fails_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it says, what counts is what it wrote."""
    stand_in(tmp_path, monkeypatch, "exit 77")
    with pytest.raises(UnreadableDocument) as refusal:
        convert_quietly(b"x", Format.RTF)

    assert refusal.value.code == "damaged"


def test_a_document_s_own_name_and_our_settings_stay_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program sees a name of ours, a home of its own and no variable of the office's."""
    monkeypatch.setenv("DONDOC_SMTP_PASSWORD", "x")
    stand_in(tmp_path, monkeypatch, f'env > {tmp_path}/env; echo "$@" > {tmp_path}/arguments')
    with pytest.raises(UnreadableDocument):
        convert_quietly(b"x", Format.RTF)

    assert "DONDOC" not in (tmp_path / "env").read_text()
    assert (
        f"HOME={IN_MEMORY}" in (tmp_path / "env").read_text() or "HOME=/tmp" in (tmp_path / "env").read_text()
    )
    assert (tmp_path / "arguments").read_text().strip().endswith("/in.rtf")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(504)
            + b"\xec\xa5"
            + bytes(9)
            + b"\x01"
            + OLD_WORD[512:],
            Format.DOC,
            id="Word",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(504)
            + b"\x09\x08\x04\x00\x00\x06\x05\x00\x2f\x00\x00\x00"
            + "Workbook".encode("utf-16-le"),
            Format.XLS,
            id="Excel",
        ),
    ],
)
def test_a_password_is_told_from_damage(raw: bytes, kind: Format) -> None:
    """LibreOffice would only say that it could not load the file."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.code == "encrypted"
