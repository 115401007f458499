"""The pages, asked as a browser without scripts would."""

import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from tracker.app import App
from tracker.services.watching import result_file
from tracker.store.session import transaction
from tracker.web.app import create_app
from tracker.web.headers import HEADERS

PAGES = (
    "/",
    "/overdue",
    "/overdue?agency=so-cong-thuong&on=2020-05-05",
    "/overdue?agency=so-khcn",
    "/tasks/NV-2020-0001",
    "/tasks/NV-2020-0003",
    "/documents",
    "/documents/1",
    "/documents/1?task=NV-2020-0001",
    "/documents/2",
)


def words(html: str) -> str:
    """Return what a reader sees: no tags, one space between words."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("address", [*PAGES, "/no/such/page", "/tasks/NV-1", "/static/app.css", "/health"])
def test_every_answer_keeps_the_page_to_itself(client: TestClient, address: str) -> None:
    """Pages, errors and files alike carry the headers that forbid anything from elsewhere."""
    headers = client.get(address).headers

    assert HEADERS.items() <= {name: headers.get(name) for name in HEADERS}.items()
    assert headers["cache-control"] == ("no-cache" if address.startswith("/static/") else "no-store")


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_nothing_of_other_hosts_and_need_no_scripts(client: TestClient, address: str) -> None:
    """No page names another host, holds a script or an inline style."""
    answer = client.get(address)

    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", answer.text)
    assert not re.findall(r"<script|\son\w+=|\sstyle=", answer.text)


@pytest.mark.parametrize(
    ("due_soon_days", "standing"),
    [
        pytest.param(3, "Sắp đến hạn (còn 3 ngày làm việc)", id="three working days are soon"),
        pytest.param(2, "Chưa đến hạn (còn 4 ngày)", id="two are, three are not"),
    ],
)
def test_the_office_says_what_due_soon_means(parts: App, due_soon_days: int, standing: str) -> None:
    """From Tuesday 05/5 to Saturday 09/5 there are three working days; a setting says if that is soon."""
    settings = parts.settings.model_copy(update={"due_soon_days": due_soon_days})
    client = TestClient(create_app(replace(parts, settings=settings)))

    assert standing in words(client.get("/tasks/NV-2020-0002").text)


def test_the_list_shows_what_is_overdue_and_nothing_else(client: TestClient) -> None:
    """A task past its last day is listed with its days; one due later and one without a deadline are not."""
    seen = words(client.get("/").text)

    assert "NV-2020-0001" in seen
    assert "Quá hạn 27 ngày" in seen
    assert "08/04/2020" in seen
    assert "Tính đến hết ngày 05/05/2020 (hôm nay)" in seen
    assert "NV-2020-0002" not in seen
    assert "NV-2020-0003" not in seen


def test_the_list_can_be_asked_as_of_another_day(client: TestClient) -> None:
    """On 11/5/2020 the second task is late too; the longest overdue comes first."""
    html = client.get("/overdue?on=2020-05-11").text

    assert re.findall(r">(NV-2020-\d{4})</a>", html) == ["NV-2020-0001", "NV-2020-0002"]


@pytest.mark.parametrize(
    ("agency", "listed"),
    [("so-cong-thuong", ["NV-2020-0001"]), ("so-khcn", []), ("", ["NV-2020-0001"])],
    ids=["the late agency", "an agency in time", "all agencies"],
)
def test_the_list_can_be_asked_for_one_agency(client: TestClient, agency: str, listed: list[str]) -> None:
    """The filter keeps one agency's tasks, and the form shows which."""
    html = client.get("/overdue", params={"agency": agency, "on": ""}).text

    assert re.findall(r">(NV-2020-\d{4})</a>", html) == listed
    assert f'<option value="{agency}" selected>' in html or not agency
    assert ("không có phần việc nào quá hạn" in words(html)) == (not listed)


def test_agencies_are_offered_in_vietnamese_order(client: TestClient) -> None:
    """The filter offers each agency that leads work, in the order of the alphabet."""
    html = client.get("/").text

    assert re.findall(r'<option value="([^"]+)"', html) == ["so-cong-thuong", "so-khcn", "ubnd-huyen-duc-tho"]


def test_a_task_shows_its_words_deadline_and_standing(client: TestClient) -> None:
    """State and timing are two separate facts; the deadline says how it was reached."""
    seen = words(client.get("/tasks/NV-2020-0001").text)

    assert "Thông báo 120/TB-UBND ngày 03/04/2020, mục 3" in seen
    assert "hạn cuối là hết ngày 08/04/2020" in seen
    assert "Quá hạn 27 ngày" in seen
    assert "Sở Công Thương đã giao" in seen.replace("Đã giao", "đã giao")
    assert "Chưa có thư nào về nhiệm vụ này." in seen
    assert "duyệt" in seen


def test_a_document_marks_the_words_of_the_task_asked_for(client: TestClient) -> None:
    """The link from a task lands before its marked sentence, in which lead and deadline stand out."""
    html = client.get("/documents/1?task=NV-2020-0001").text
    at = html.index('<span class="spot" id="NV-2020-0001"></span>')
    marked = html[at : html.index("\n", html.index("09/4/2020", at))]

    assert "3. Sở Công Thương tham mưu" in words(marked)
    assert '<mark class="task deadline">trước ngày 09/4/2020</mark>' in marked
    assert '<mark class="task lead">Sở Công Thương</mark>' in marked
    assert '<mark class="faint">4. Sở Khoa học' in html


def test_the_words_of_a_document_are_never_markup(client: TestClient) -> None:
    """A tag in a document is shown as it is written, on every page that quotes it."""
    for address in ("/", "/tasks/NV-2020-0001", "/documents/1"):
        html = client.get(address).text
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_documents_that_assign_nothing_say_so(client: TestClient) -> None:
    """News is in the register and gives nobody work."""
    assert "không giao việc" in words(client.get("/documents").text)
    assert "không giao việc cho cơ quan nào" in words(client.get("/documents/2").text)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/tasks/NV-1999-0001", 404, "Không có nhiệm vụ mã NV-1999-0001"),
        ("/documents/99", 404, "Không có văn bản số thứ tự 99"),
        ("/nowhere", 404, "Không có trang này"),
        ("/documents/abc", 422, "Đường dẫn này không dùng được"),
        ("/documents/99999999999999999999999", 422, "Đường dẫn này không dùng được"),
        ("/overdue?on=31/13/2020", 400, "không phải là ngày"),
        ("/overdue?agency=so-khong-co", 404, "so-khong-co"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_page(
    client: TestClient, address: str, status: int, says: str
) -> None:
    """A wrong address gets one sentence with what to do next, and a way back."""
    answer = client.get(address)

    assert answer.status_code == status
    assert says in words(answer.text)
    assert 'href="/overdue"' in answer.text


def test_a_fault_of_ours_shows_no_stack(
    web: FastAPI, parts: App, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure inside is owned up to in a sentence; its details go to the log alone."""

    @web.get("/fails")
    def fails() -> None:
        raise RuntimeError("secret detail")

    answer = client.get("/fails")

    assert answer.status_code == 500
    assert "Trang này gặp lỗi" in words(answer.text)
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_health_answers_with_the_office_day(client: TestClient) -> None:
    """Whatever watches the service reads that it is up, and which day it thinks it is."""
    told = {"status": "ok", "today": "2020-05-05", "watch": "none", "watched_at": ""}
    assert client.get("/health").json() == told


def test_health_tells_what_the_watch_found_last(parts: App, client: TestClient) -> None:
    """In order or not, and when; not what it was: that is for whoever may see it."""
    result_file(parts.settings).parent.mkdir(parents=True, exist_ok=True)
    result_file(parts.settings).write_text('{"in_order": false, "at": "2020-05-05T01:00:00+00:00"}', "utf-8")
    told = client.get("/health").json()

    assert (told["watch"], told["watched_at"]) == ("not-in-order", "2020-05-05T01:00:00+00:00")


def test_health_fails_when_the_database_is_gone(parts: App, client: TestClient) -> None:
    """A service that cannot read its tables is not healthy."""
    with transaction(parts.engine) as session:
        _drop_everything(session)

    assert client.get("/health").status_code == 503


def _drop_everything(session: Session) -> None:
    session.connection().exec_driver_sql("DROP TABLE runs")


@pytest.mark.parametrize("address", ["/", "/documents/1", "/health", "/static/app.css", "/no/such/page"])
def test_a_monitor_may_ask_for_the_head_alone(client: TestClient, address: str) -> None:
    """HEAD has the status and headers of GET, and no body."""
    whole, head = client.get(address), client.head(address)

    assert (whole.status_code, b"") == (head.status_code, head.content)
    assert whole.headers["content-type"] == head.headers["content-type"]


def test_a_page_that_only_shows_says_what_may_be_asked_of_it(client: TestClient) -> None:
    """POST to a page is 405 with the methods that are allowed (RFC 9110, 15.5.6)."""
    answer = client.post("/")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
