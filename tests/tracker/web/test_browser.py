"""The pages in a real browser: Debian's Chromium, desktop and phone."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import need

pytestmark = pytest.mark.browser

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--disable-component-update",
)
DESKTOP = (1280, 800)
PHONE = (390, 844)
ADDRESSES = (
    "/overdue?on=2020-05-11",
    "/overdue?on=2019-01-01",
    "/tasks/NV-2020-0001",
    "/documents",
    "/documents/1",
    "/documents/1?task=NV-2020-0001",
    "/no/such/page",
)
TARGETS = "header a, main .button, main select, main input, main summary, main .back, table.rows a"
LEAST = 44  # px, of what a finger has to hit


@dataclass
class Visit:
    """A page of the site, and everything the browser asked for or complained about."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.base + address)


@pytest.fixture(scope="module")  # no longer: its event loop would be in the way of other tests' own
def browser() -> Iterator[Browser]:
    """Start Chromium once for these tests."""
    path = shutil.which("chromium")
    need("chromium", present=path is not None, reason="chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def site(web: FastAPI) -> Iterator[str]:
    """Serve the pages on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(web, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "the site does not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


def visit(browser: Browser, site: str, size: tuple[int, int]) -> Visit:
    """Open a window of a size on the site, with its ears open."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="vi-VN", has_touch=size == PHONE
    )
    here = Visit(context.new_page(), site)
    here.page.on("request", lambda request: here.asked.append(request.url))
    here.page.on("console", lambda line: here.complaints.append(line.text))
    here.page.on("pageerror", lambda error: here.complaints.append(str(error)))
    return here


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Visit]:
    """Visit the site at a desk."""
    here = visit(browser, site, DESKTOP)
    yield here
    here.page.context.close()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Visit]:
    """Visit the site on a phone."""
    here = visit(browser, site, PHONE)
    yield here
    here.page.context.close()


def test_nothing_is_asked_of_other_hosts(desktop: Visit) -> None:
    """Every request of every page stays on the site, and the browser has nothing to complain about."""
    for address in ADDRESSES:
        desktop.open(address)

    assert [url for url in desktop.asked if not url.startswith(f"{desktop.base}/")] == []
    assert [line for line in desktop.complaints if "404" not in line] == []
    assert len(desktop.complaints) == 1  # the page that is not there


def test_the_filter_keeps_one_agency(desktop: Visit) -> None:
    """Choose an agency, press the button: only its tasks, and the address can be kept as a bookmark."""
    desktop.open("/overdue?on=2020-05-11")
    expect(desktop.page.get_by_role("row")).to_have_count(3)

    desktop.page.get_by_label("Cơ quan chủ trì").select_option(label="Sở Khoa học và Công nghệ")
    desktop.page.get_by_role("button", name="Lọc").click()

    expect(desktop.page.get_by_role("row")).to_have_count(2)
    expect(desktop.page.get_by_role("link", name="NV-2020-0002")).to_be_visible()
    assert "agency=so-khcn" in desktop.page.url
    assert "on=2020-05-11" in desktop.page.url
    expect(desktop.page.get_by_label("Cơ quan chủ trì")).to_have_value("so-khcn")


def test_the_way_from_the_list_to_the_words_in_the_document(phone: Visit) -> None:
    """From the list to the task, from the task to its sentence: marked, and in sight without scrolling."""
    phone.open("/overdue?on=2020-05-11")
    phone.page.get_by_role("link", name="NV-2020-0001").click()
    phone.page.get_by_role("link", name="Xem trong văn bản").click()

    assert phone.page.url.endswith("/documents/1?task=NV-2020-0001#NV-2020-0001")
    marked = phone.page.locator("mark.task.deadline")
    expect(marked).to_have_text("trước ngày 09/4/2020")
    expect(marked).to_be_in_viewport()
    expect(phone.page.locator("mark.task.lead")).to_have_text("Sở Công Thương")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_phone_never_scrolls_sideways(phone: Visit, address: str) -> None:
    """At 390 px each page fits, and whatever a finger has to hit is 44 px high."""
    phone.open(address)

    width = phone.page.evaluate("() => document.documentElement.scrollWidth")
    boxes = [(target.inner_text(), target.bounding_box()) for target in phone.page.locator(TARGETS).all()]

    assert width == PHONE[0]
    assert boxes
    assert [words for words, box in boxes if box is None or box["height"] < LEAST] == []


def test_the_keyboard_reaches_the_list(desktop: Visit) -> None:
    """The first stop leads past the head of the page, and each stop is seen."""
    desktop.open("/overdue?on=2020-05-11")

    desktop.page.keyboard.press("Tab")
    skip = desktop.page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
