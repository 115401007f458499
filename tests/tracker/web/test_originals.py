"""From a task back to the paper: the page and paragraph in the file that came, and the file itself."""

import io
import re
import struct
import time
from datetime import datetime
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.directives.readers.hostile.paper import objects, stream
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.services.intake import take_in
from tracker.settings import Settings
from tracker.web.app import create_app

SHADED = b"/Resources << /Shading << /S 6 0 R >> >>"
FADING = b"<< /FunctionType 2 /N 1 /Domain [0 1] /C0 [0] /C1 [1] >>"
ENDLESS = objects(  # a small page, quickly read, that is painted twenty thousand times
    {
        4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R %s >>" % SHADED,
        5: stream(b"/S sh " * 20_000),
        6: b"<< /ShadingType 1 /ColorSpace /DeviceRGB /Matrix [595 0 0 842 0 0] /Function %s >>" % FADING,
    }
)


def on_every_page(path: Path, drawn: bytes) -> bytes:
    """Put the first page of a PDF over those of another, whose words stay as they are."""
    document, source, file = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument(drawn), io.BytesIO()
    over = source.page_as_xobject(0, document)
    for sheet in document:
        sheet.insert_obj(over.as_pageobject())
        sheet.gen_content()
    document.save(file)
    document.close()
    return file.getvalue()


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> App:
    """Build an office with no document in it."""
    settings = Settings(data_dir=tmp_path / "data")
    return App(settings, engine, StoppedClock(datetime(2020, 5, 5, 9, 0, tzinfo=settings.zone)))


def shown(client: TestClient, address: str) -> str:
    """Return the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(address).text)).split())


@pytest.mark.parametrize(
    ("ending", "where"),
    [("pdf", "trang 1, đoạn"), ("docx", "Trong tệp gốc: đoạn"), ("txt", "Trong tệp gốc: đoạn")],
)
def test_a_task_tells_where_in_the_file_it_stands(
    office: App, examples: Path, ending: str, where: str
) -> None:
    """A PDF tells the page; plain text and a Word file that was never laid out tell the paragraph."""
    taken = take_in(office, examples / f"thong-bao-120-tb-ubnd.{ending}", approve=True, actor="a")

    page = shown(TestClient(create_app(office)), f"/documents/1?task={taken.codes[0]}")

    assert where in page


def test_the_file_is_handed_out_as_it_came(office: App, examples: Path) -> None:
    """Byte for byte, under its own name, to be saved and not shown."""
    path = examples / "thong-bao-120-tb-ubnd.pdf"
    take_in(office, path, approve=False, actor="a")

    answer = TestClient(create_app(office)).get("/documents/1/original")

    assert answer.content == path.read_bytes()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{path.name}"'


def test_a_lost_file_leaves_the_text(office: App, examples: Path) -> None:
    """The page still shows what was read; asking for the file says how to get it back."""
    taken = take_in(office, examples / "thong-bao-120-tb-ubnd.txt", approve=True, actor="a")
    for kept in office.settings.files_dir.rglob("*.txt"):
        kept.unlink()
    client = TestClient(create_app(office))

    assert "Trong tệp gốc" not in shown(client, f"/documents/1?task={taken.codes[0]}")
    assert client.get("/documents/1/original").status_code == 404
    assert "khôi phục thư mục tệp từ bản sao lưu" in shown(client, "/documents/1/original")


def test_the_place_on_paper_is_shown(office: App, examples: Path) -> None:
    """The part of the page that a task stands on is a picture; a text file has none."""
    taken = take_in(office, examples / "thong-bao-120-tb-ubnd.pdf", approve=True, actor="a")
    client = TestClient(create_app(office))
    code = taken.codes[4]

    shown_at = re.findall(
        r'src="(/documents/1/paper/\d+)\?task=', client.get(f"/documents/1?task={code}").text
    )
    picture = client.get(f"{shown_at[0]}?task={code}")

    assert shown_at == ["/documents/1/paper/2"]
    assert picture.headers["content-type"] == "image/png"
    width, height = struct.unpack(">II", picture.content[16:24])
    assert width > height > 50
    assert client.get(f"/documents/1/paper/9?task={code}").status_code == 404


def test_a_picture_is_drawn_once(office: App, examples: Path) -> None:
    """A second look finds what was kept; deleting the folder only costs the time to draw again."""
    taken = take_in(office, examples / "thong-bao-120-tb-ubnd.pdf", approve=True, actor="a")
    client, address = TestClient(create_app(office)), f"/documents/1/paper/2?task={taken.codes[4]}"
    first = client.get(address).content
    (kept,) = (office.settings.data_dir / "pictures").iterdir()
    assert kept.read_bytes() == first

    kept.write_bytes(b"what was kept")
    assert client.get(address).content == b"what was kept"
    kept.unlink()
    assert client.get(address).content == first


def test_a_file_that_never_ends_drawing_harms_nobody(office: App, examples: Path, tmp_path: Path) -> None:
    """It is drawn apart and stopped; the page says what to do, the next look waits for nothing."""
    hostile = tmp_path / "endless.pdf"
    hostile.write_bytes(on_every_page(examples / "thong-bao-120-tb-ubnd.pdf", ENDLESS))
    taken = take_in(office, hostile, approve=True, actor="a")
    client, address = TestClient(create_app(office)), f"/documents/1/paper/1?task={taken.codes[0]}"
    assert "/paper/1" in client.get(f"/documents/1?task={taken.codes[0]}").text

    begun = time.process_time()
    answers = [client.get(address) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("tải tệp gốc về để xem" in unescape(answer.text) for answer in answers)
    assert time.process_time() - begun < 2, "it was drawn in the web process"
    assert [kept.stat().st_size for kept in (office.settings.data_dir / "pictures").iterdir()] == [0]
    assert client.get("/documents/1").status_code == 200


def test_plain_text_has_no_picture(office: App, examples: Path) -> None:
    """Nothing is offered that cannot be shown."""
    taken = take_in(office, examples / "thong-bao-120-tb-ubnd.txt", approve=True, actor="a")

    assert "/paper/" not in TestClient(create_app(office)).get(f"/documents/1?task={taken.codes[0]}").text
