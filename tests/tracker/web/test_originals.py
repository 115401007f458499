"""From a task back to the paper: the page and paragraph in the file that came, and the file itself."""

import re
import struct
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tracker.app import App
from tracker.clock import StoppedClock
from tracker.services.intake import take_in
from tracker.settings import Settings
from tracker.web.app import create_app


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


def test_plain_text_has_no_picture(office: App, examples: Path) -> None:
    """Nothing is offered that cannot be shown."""
    taken = take_in(office, examples / "thong-bao-120-tb-ubnd.txt", approve=True, actor="a")

    assert "/paper/" not in TestClient(create_app(office)).get(f"/documents/1?task={taken.codes[0]}").text
