"""Reading in a process of its own: the same answers, and nothing a file does gets out of it."""

import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from directives import readers
from directives.readers import UnreadableDocument, apart, bounds, guarded, processes
from directives.readers.crop import crop
from directives.readers.places import Box, Place
from tests.directives.readers.hostile.paper import objects, stream
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.word import p, word_file, zipped
from tracker.phrasebook import say

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*-*.*"))
RESOURCES = b"/Resources << /XObject << /I 6 0 R >> /Font << /F1 3 0 R >> >>"
ITSELF = objects(
    {
        4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R %s >>" % RESOURCES,
        5: stream(b"/I Do"),
        6: stream(b"/I Do " * 50 + words(85, 700, "x"), b"/Subtype /Form /BBox [0 0 99 99] " + RESOURCES),
    }
)


@pytest.fixture(autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    processes.end()


def refusal_of(path: Path) -> UnreadableDocument:
    """Return what a file is refused with."""
    with pytest.raises(UnreadableDocument) as refusal:
        guarded.read(path)
    return refusal.value


def put(folder: Path, name: str, raw: bytes) -> Path:
    """Write a file."""
    (folder / name).write_bytes(raw)
    return folder / name


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_a_document_is_read_there_as_it_is_here(example: Path) -> None:
    """Text, places and doubts come through whole."""
    assert guarded.read(example) == readers.read(example)
    assert guarded.read_parts(example) == readers.read_parts(example)


def test_a_place_is_drawn_there_as_it_is_here() -> None:
    """The picture is the same; a page that is not there is a refusal there too."""
    example = next(path for path in EXAMPLES if path.suffix == ".pdf")
    place = Place(page=1, box=Box(80, 300, 500, 340))

    assert guarded.crop(example, place) == crop(example, place)
    with pytest.raises(UnreadableDocument) as refusal:
        guarded.crop(example, Place(page=99))
    assert refusal.value.code == "damaged"


def test_few_files_are_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask, no more processes may fill their memory than the machine has processors."""
    paths = [put(tmp_path, f"{n}.docx", word_file(p("x"))) for n in range(9)]
    at_work, most = set[int](), list[int]()
    ask = processes._Process.ask

    def counted(process: processes._Process, name: str, path: Path, asked: processes.Asked) -> object:
        at_work.add(id(process))
        most.append(len(at_work))
        found = ask(process, name, path, asked)
        at_work.discard(id(process))
        return found

    monkeypatch.setattr(processes._Process, "ask", counted)
    threads = [threading.Thread(target=guarded.read, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(most) == 9
    assert max(most) <= processes.AT_ONCE


def test_parts_and_their_refusals_come_through(tmp_path: Path) -> None:
    """A container gives its documents, their bytes, and why a part was not read."""
    held = put(tmp_path, "x.zip", zipped({"a.docx": word_file(p("Sở Công Thương báo cáo.")), "b.txt": b""}))

    first, second = guarded.read_parts(held)

    assert isinstance(first.document, readers.RawDocument)
    assert isinstance(second.document, UnreadableDocument)
    assert (first.name, first.document.text) == ("x.zip/a.docx", "Sở Công Thương báo cáo.")
    assert (second.document.code, second.document.fields) == ("empty", {"name": "b.txt"})
    assert first.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "raw", "code", "fields"),
    [
        pytest.param("cut.docx", word_file(p("x"))[:99], "damaged", {"name": "cut.docx"}, id="damaged"),
        pytest.param("s.docx", word_file(p("TUYỆT MẬT")), "secret", {}, id="secret: nothing of it"),
        pytest.param("(Mật) s.docx", word_file(p("x")), "secret", {}, id="secret by its name"),
        pytest.param("none.docx", None, "not-found", {"name": "none.docx"}, id="no such file"),
    ],
)
def test_a_refusal_is_the_same(
    tmp_path: Path, name: str, raw: bytes | None, code: str, fields: dict[str, str]
) -> None:
    """Code and fields are those of reading in place."""
    path = tmp_path / name if raw is None else put(tmp_path, name, raw)

    refusal = refusal_of(path)

    assert (code, fields) == (refusal.code, refusal.fields)


def test_plain_text_starts_no_process(tmp_path: Path) -> None:
    """It is read in place, as quickly as ever."""
    guarded.read(put(tmp_path, "a.txt", "Sở Công Thương báo cáo.".encode()))

    assert processes._idle == []


def test_one_process_reads_one_file_after_another(tmp_path: Path) -> None:
    """It is kept for the next, also after a refusal."""
    path = put(tmp_path, "a.docx", word_file(p("x")))
    guarded.read(path)
    first = processes._idle[0]
    refusal_of(put(tmp_path, "b.docx", b"PK\x03\x04"))
    guarded.read(path)

    assert processes._idle == [first]


def test_a_large_program_may_ask_too(tmp_path: Path) -> None:
    """What the program itself has in memory does not count against the process that it starts."""
    ballast = bytearray(b"x") * (500 * 1024 * 1024)

    guarded.read(put(tmp_path, "a.docx", word_file(p("x"))))

    assert len(processes._idle) == 1
    assert len(ballast) > apart.GROWN


@pytest.mark.slow
def test_a_process_that_stays_large_is_not_used_again(tmp_path: Path) -> None:
    """It takes its leave; the next file is read by another."""
    many_tags = word_file("<w:p/>" * 1_400_000)
    for number in range(3):
        refusal_of(put(tmp_path, f"{number}.docx", many_tags))

    assert guarded.read(put(tmp_path, "a.docx", word_file(p("x")))).text == "x"


@pytest.mark.slow
def test_what_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    """A drawing of itself takes as much memory as there is; the next file is read as if nothing was."""
    refusal = refusal_of(put(tmp_path, "itself.pdf", ITSELF))

    assert (refusal.code, refusal.detail) == ("too-large", "too-heavy")
    assert "itself.pdf" in say(refusal.phrase, "vi", **refusal.fields)
    assert guarded.read(put(tmp_path, "a.pdf", pdf_file([words(9, 9, "bao cao")]))).text == "bao cao"


def kill_when(process: processes._Process, number: signal.Signals, *, at_work: bool) -> threading.Thread:
    """Send a signal to a process that reads: at once, or as soon as it has begun with a file."""
    process._is_at_work = False

    def kill() -> None:
        while at_work and not process._is_at_work:
            time.sleep(0.001)
        os.kill(process._process.pid, number)

    killer = threading.Thread(target=kill)
    killer.start()
    return killer


@pytest.mark.parametrize(
    ("number", "detail"),
    [
        pytest.param(signal.SIGSEGV, "too-heavy", id="a crash"),
        pytest.param(signal.SIGKILL, "too-heavy", id="no memory left on the machine"),
        pytest.param(signal.SIGXCPU, "reading-too-slow", id="its time is up"),
    ],
)
def test_a_process_that_dies_is_a_refusal(tmp_path: Path, number: signal.Signals, detail: str) -> None:
    """Whatever kills it while it reads, the next file is read by another."""
    small = put(tmp_path, "a.docx", word_file(p("x")))
    guarded.read(small)
    killer = kill_when(processes._idle[0], number, at_work=True)

    refusal = refusal_of(put(tmp_path, "long.pdf", pdf_file([words(9, 9, "bao cao")] * 500)))
    killer.join()

    assert (refusal.code, refusal.detail) == ("too-large", detail)
    assert guarded.read(small).text == "x"


def test_a_process_that_died_while_it_waited_harms_no_file(tmp_path: Path) -> None:
    """The file is read by another; it had no part in it."""
    small = put(tmp_path, "a.docx", word_file(p("x")))
    guarded.read(small)
    kill_when(processes._idle[0], signal.SIGKILL, at_work=False).join()

    assert guarded.read(small).text == "x"


def test_a_fault_of_a_reader_is_told_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong and where is known; what the document says is not."""

    def broken(path: Path, *, ocr_cache: Path | None) -> None:
        raise KeyError("words of the document")

    monkeypatch.setattr(readers, "read", broken)

    refusal = pickle.loads(apart._answer("read", "a.docx", {"ocr_cache": None}))  # noqa: S301 - our own bytes

    assert (refusal.code, refusal.detail) == ("damaged", "reader-failed")
    assert "KeyError, test_guarded.py" in refusal.fields["where"]
    assert "words" not in refusal.fields["where"]


def test_an_answer_can_call_nothing() -> None:
    """Only values of the package are taken out of an answer."""

    class Call:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    with pytest.raises(pickle.UnpicklingError):
        processes._Values(__import__("io").BytesIO(pickle.dumps(Call()))).load()


def test_a_step_without_a_bound_process_does_nothing() -> None:
    """Readers may be used in place: no limit is set on the program itself."""
    bounds.next_step()


def test_threads_read_each_in_a_process_of_their_own(tmp_path: Path) -> None:
    """No two files share a process at the same time, and no answer goes astray."""
    paths = [put(tmp_path, f"{n}.docx", word_file(p(f"Mục {n}"))) for n in range(12)]
    found: dict[int, str] = {}

    def read(number: int) -> None:
        found[number] = guarded.read(paths[number]).text

    threads = [threading.Thread(target=read, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {n: f"Mục {n}" for n in range(12)}


def test_processes_end_with_the_program(tmp_path: Path) -> None:
    """None outlives the one that asked."""
    guarded.read(put(tmp_path, "a.docx", word_file(p("x"))))
    pid = processes._idle[0]._process.pid
    processes.end()

    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{pid}").exists()
