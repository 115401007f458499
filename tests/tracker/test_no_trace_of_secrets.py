"""Secret documents leave nothing behind: every file of the office is searched, byte by byte, afterwards.

The command itself in its own process, on SQLite in a file, with the machine's temporary and home folders set
apart; also killed in the middle of the work.
"""

import contextlib
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from directives.readers.office_folder import IN_MEMORY
from tests.directives.readers.hostile.mails import a_mail
from tests.directives.readers.offices import need_office
from tests.directives.readers.scanner import need_ocr, scanned, typed, written
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.sheets_of_cells import book, cell
from tests.directives.readers.word import W, p, table, word_file, zipped

pytestmark = pytest.mark.slow

DONDOC = (str(Path(sys.executable).with_name("dondoc")),)
NUMBER = "7391/KH-ZQBCH"
TITLE = "diễn tập Zachlongqx"
CONTENT = "Quyếtthắngqx rời vị trí Hoaphongqx"
PLACE = "Zaladiem"  # stands in every name
KILLS = 8
BODY = "1. Sở Công Thương chủ trì, báo cáo UBND tỉnh trước ngày 10/5/2020."
SECRET = f"""ỦY BAN NHÂN DÂN TỈNH A     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: {NUMBER}     TUYỆT MẬT
KẾ HOẠCH {TITLE}
{CONTENT}
{BODY}
"""
IN_WORD = "".join(p(line) for line in SECRET.replace("TUYỆT MẬT", "").splitlines())
FACTS = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
IN_PDF = [words(85, 700, "Ke hoach Zachlongqx"), words(85, 650, f"So: {NUMBER} Hoaphongqx")]


def _holding(raw: bytes, name: str, inside: bytes) -> bytes:
    """Put a file into a Word file, as an object pasted into it is."""
    held = io.BytesIO(raw)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(f"word/embeddings/{name}", inside)
    return held.getvalue()


def _mail(subject: str, text: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "a@example.vn", "b@example.vn"
    mail.set_content(text)
    return mail.as_bytes()


STAMPED_PDF = pdf_file([b"".join(IN_PDF) + words(300, 760, "TUYET MAT"), words(85, 700, "Hoaphongqx")])
FILES: Mapping[str, bytes] = {
    "a.txt": SECRET.encode(),
    "utf16.txt": SECRET.encode("utf-16"),
    "apart.txt": unicodedata.normalize("NFD", SECRET).encode(),
    "number.txt": SECRET.replace("TUYỆT MẬT", "").replace(NUMBER, f"{NUMBER}(M)").encode(),
    "annex.txt": (SECRET.replace("TUYỆT MẬT", "") + f"{BODY}\n" * 90 + "PHỤ LỤC\nMẬT\n").encode(),
    "cell.docx": word_file(table(("UBND TỈNH A", "TỐI MẬT")) + IN_WORD),
    "head.docx": word_file(IN_WORD, word__header1=f"<w:hdr {W}>{p('MẬT')}</w:hdr>"),
    "b.pdf": STAMPED_PDF,
    "comment.docx": word_file(
        IN_WORD, word__comments=f'<w:comments {W}><w:comment w:id="1">{p("TỐI MẬT")}</w:comment></w:comments>'
    ),
    "fact.docx": word_file(
        IN_WORD,
        docProps__custom=f'<Properties {FACTS}><property name="Độ mật"><vt:lpwstr>Tối mật</vt:lpwstr>'
        "</property></Properties>",
    ),
    "sheet.xlsx": book([[cell(CONTENT)]], **{"TỐI MẬT": "<sheetData/>"}),
    "object.docx": _holding(word_file(p(BODY)), "a.docx", word_file(p("TỐI MẬT") + IN_WORD)),
    "fragment.html": f"<div><p>{SECRET.replace(chr(10), '</p><p>')}</p></div>".encode(),
    "c.html": f"<html><title>{TITLE}</title><body><p>{SECRET.replace(chr(10), '</p><p>')}</p>".encode(),
    "part.html": f"<div><p>{SECRET.replace(chr(10), '</p><p>')}</p></div>".encode(),
    "cell.html": f"<table><tr><td>{SECRET.replace(chr(10), '</td></tr><tr><td>')}</td></tr></table>".encode(),
    "long.html": f"<!--{'x ' * 4500}--><article>{SECRET.replace(chr(10), '<br>')}</article>".encode(),
    "hidden.html": f"<p hidden>TỐI MẬT</p><p>{BODY}</p><p>{NUMBER}</p>".encode(),
    "pre.html": f"<html><title>{TITLE}</title><body><pre>{SECRET}</pre></body></html>".encode(),
    "(Mật) d.txt": SECRET.replace("TUYỆT MẬT", "").encode(),
    "TOI MAT e.docx": word_file(IN_WORD),
    "7391-KH-ZQBCH(M).pdf": pdf_file(IN_PDF),
    "text.zip": zipped({"f.txt": SECRET, "g.txt": BODY}),
    "object.zip": zipped(
        {"k.docx": _holding(word_file(p(BODY)), "b.docx", word_file(p("TUYỆT MẬT") + IN_WORD)), "l.txt": BODY}
    ),
    "inner name.zip": zipped({f"{PLACE} {'dài ' * 60}(Tối mật) {'dài ' * 60}.txt": BODY}),
    "name.zip": zipped({f"Tối mật {PLACE}.txt": BODY}),
    "subject.eml": _mail(f"[MẬT] {TITLE}", BODY),
    "g.eml": _mail("Gửi anh", SECRET),
    "zip in a mail.eml": a_mail(zipped({"h.docx": word_file(p("TỐI MẬT") + IN_WORD)}), b"h.zip"),
}


@dataclass(frozen=True)
class Office:
    """Where everything lies that the program could write to."""

    folder: Path
    given: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """Return an environment in which home, temporary and data folders are the office's own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DONDOC_", "XDG_"))}
        places = {"HOME": "home", "TMPDIR": "tmp", "DONDOC_DATA_DIR": "var", "PREFECT_HOME": "home/.prefect"}
        return {**kept, **{name: str(self.folder / place) for name, place in places.items()}}

    def command(self, *arguments: object) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end."""
        return subprocess.run(
            [*DONDOC, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=300,
        )

    def traces(self) -> list[str]:
        """List what is found of the secret files, anywhere the program could have written."""
        found = []
        for path in _everything(self.folder):
            content = str(path).removeprefix(str(self.folder)).encode() + b"\n" + _bytes_of(path)
            found += [f"{path.name}: {mark!r}" for mark in MARKS if mark in content]
        return found


def _everything(folder: Path) -> Iterator[Path]:
    """Give every file below a folder, and what a run may have left in memory."""
    yield from (path for path in folder.rglob("*") if path.is_file())
    yield from (path for path in IN_MEMORY.glob("dondoc-office-*/**/*") if path.is_file())


def _bytes_of(path: Path) -> bytes:
    """Read a file, unless another program's run took its own away meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _marks() -> set[bytes]:
    """Return what would betray a secret: its words in each writing, its bytes, and its hash."""
    said = (NUMBER, "ZQBCH", "Zachlongqx", "Hoaphongqx", "Quyếtthắngqx", PLACE, "7391")
    forms = {unicodedata.normalize(form, word) for word in said for form in ("NFC", "NFD")}
    marks = {
        form.encode(code) for form in forms for code in ("utf-8", "utf-16-le", "ascii") if _can(form, code)
    }
    marks |= {hashlib.sha256(raw).hexdigest().encode() for raw in FILES.values()}
    return marks | {raw[len(raw) // 2 :][:48] for raw in FILES.values()}


def _can(word: str, code: str) -> bool:
    with contextlib.suppress(UnicodeEncodeError):
        return bool(word.encode(code))
    return False


MARKS = _marks()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Lay secret files of every kind in a folder outside the office's own."""
    folder, given = tmp_path / "office", tmp_path / "given"
    for each in (folder / "home", folder / "tmp", given):
        each.mkdir(parents=True)
    for name, raw in FILES.items():
        (given / f"{PLACE} {name}").write_bytes(raw)
    return Office(folder, given)


def test_the_search_finds_what_it_looks_for(office: Office) -> None:
    """Were a secret file kept, or a word of it written, the search would say so."""
    for path in office.given.iterdir():
        kept = office.folder / "var" / f"{hashlib.sha256(path.name.encode()).hexdigest()[:9]}.bin"
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(path.read_bytes())
        assert office.traces(), path.name
        kept.unlink()

    assert office.traces() == []


def test_intake_of_secret_files_leaves_no_trace(office: Office, examples: Path) -> None:
    """Not the file, not its name, title or number, in the database, the write-ahead log, or anywhere else."""
    good = examples / "thong-bao-120-tb-ubnd.txt"

    answer = office.command("intake", *sorted(office.given.iterdir()), good)
    as_json = office.command("intake", "--json", "--approve", *sorted(office.given.iterdir()))
    kept = [path for path in (office.folder / "var" / "files").rglob("*") if path.is_file()]

    assert (answer.returncode, as_json.returncode) == (3, 3)
    assert answer.stderr.decode().count("dấu chỉ độ mật") == len(FILES)
    assert as_json.stdout.decode().count('"secret"') == len(FILES)
    assert office.traces() == []
    assert [
        mark for mark in MARKS if mark in answer.stdout + answer.stderr + as_json.stdout + as_json.stderr
    ] == []
    assert [path.read_bytes() for path in kept] == [good.read_bytes()]


def test_secret_scans_and_old_files_leave_no_trace(office: Office) -> None:
    """Neither the page cache of what was recognised nor the folder of a conversion holds anything."""
    need_ocr()
    need_office()
    typed_lines = ["UBND TINH A", "TUYET MAT", f"So: {NUMBER}", "Ke hoach Zachlongqx", "Hoaphongqx"]
    page = scanned(typed(["BAO CAO Hoaphongqx"]), noise=0)
    made = {
        "scan.png": written(scanned(typed(typed_lines), noise=0), "PNG"),
        "scan.pdf": written([*page, *scanned(typed(typed_lines), noise=0)], "PDF"),
        "old.rtf": ("{\\rtf1 " + "\\par ".join(typed_lines) + "}").encode(),
    }
    files = [office.given / f"{PLACE} {name}" for name in made]
    for file, raw in zip(files, made.values(), strict=True):
        file.write_bytes(raw)

    answer = office.command("intake", *files)

    assert answer.stderr.decode().count("dấu chỉ độ mật") == len(made)
    assert office.traces() == []
    assert not list((office.folder / "tmp").iterdir())
    assert not (office.folder / "var" / "ocr-cache").exists()


def test_parsing_secret_files_leaves_no_trace(office: Office) -> None:
    """`parse` writes nothing at all, and prints nothing but the path it was given."""
    files = sorted(office.given.iterdir())

    answers = [office.command("parse", *form, *files) for form in ([], ["--text"], ["--json"])]
    printed = b"".join(answer.stdout + answer.stderr for answer in answers[:2])
    as_json = answers[2].stdout.replace(str(office.given).encode(), b"")
    for path in files:
        as_json = as_json.replace(path.name.encode(), b"")

    assert [answer.returncode for answer in answers] == [3, 3, 3]
    assert as_json.decode().count('"secret"') == len(files)
    assert [mark for mark in MARKS if mark in printed + as_json + answers[2].stderr] == []
    assert office.traces() == []


def test_killed_in_the_middle_nothing_is_left_either(office: Office) -> None:
    """SIGKILL at any moment: what was being read is in no file of the office."""
    files = [str(path) for path in office.given.iterdir()] * 200
    office.command("documents")  # the database is there; only the intake is killed
    chance = random.Random(7)  # noqa: S311 - moments, not keys
    for _ in range(KILLS):
        with subprocess.Popen(
            [*DONDOC, "intake", *files],
            cwd=office.folder,
            env=office.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as running:
            assert running.stderr is not None
            running.stderr.readline()  # the first of them was refused: it is at work
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(chance.uniform(0, 0.5))
            running.send_signal(signal.SIGKILL)

        assert office.traces() == []
    assert office.command("documents").returncode == 0
