"""The demo: the whole line from documents to delivered reminders, twice."""

import email
import re
import subprocess
from email import policy
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from flows.ports import answers
from flows.server import api_url
from tests.flows.conftest import dondoc
from tracker.settings import Settings
from tracker.web.app import create_app
from tracker.wiring import build_app

TIMES = re.compile(r"\(\d+\.\d s\)|\b\d+\.\d\b")
NAMES = re.compile(r"\b[a-z]+-[a-z]+\b(?=\s+Completed)")  # Prefect makes a name up for each run


def said(played: subprocess.CompletedProcess[str]) -> str:
    """Return what a demo said, without what differs from one time to the next."""
    return re.sub(r" +|─+", " ", NAMES.sub("", TIMES.sub("", played.stdout)))


def letters(folder: Path) -> dict[str, tuple[str, str]]:
    """Return each kept message by its Message-ID: to whom, about what."""
    read = (email.message_from_bytes(path.read_bytes()) for path in sorted(folder.glob("mail/*.eml")))
    return {str(mail["Message-ID"]): (str(mail["To"]), str(mail["Subject"])) for mail in read}


def the_officer_s_page(folder: Path) -> Response:
    """Open the first link that acts, as a reader of the demo's letters does."""
    for path in sorted(folder.glob("mail/*.eml")):
        body = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        if body is not None and (found := re.search(r"/l/\S+", body.get_content())):
            with TestClient(create_app(build_app(Settings(data_dir=folder)))) as asking:
                return asking.get(found[0])
    pytest.fail("no letter has a link that acts")


@pytest.mark.slow
@pytest.mark.prefect
def test_the_demo_keeps_its_promises_twice(tmp_path: Path) -> None:
    """Both times exit 0, the same tasks, the same letters by the same Message-IDs, nothing left running."""
    folder = tmp_path / "demo"

    first = dondoc(tmp_path, "demo", "--folder", str(folder))
    kept = letters(folder)
    second = dondoc(tmp_path, "demo", "--folder", str(folder))

    assert first.returncode == 0, first.stdout + first.stderr
    assert second.returncode == 0, second.stdout + second.stderr
    assert said(first) == said(second)
    assert kept
    assert kept == letters(folder)
    for fact in ("Sở Công Thương", "08/04/2020", "NV-2020-0001", "daily-run", "serve --pages-only"):
        assert fact in second.stdout
    assert {str(path) for path in folder.glob("mail/*.eml")} <= set(second.stdout.split())
    for zalo in ("Bot → zalo-so-khcn: NV-", "ZNS → 84••••••001, mẫu «demo»"):  # one officer by each
        assert zalo in second.stdout
    assert the_officer_s_page(folder).status_code == 200
    port = int((folder / "prefect" / "port").read_text())
    assert not answers(f"{api_url(port)}/health")


def test_the_demo_empties_no_folder_but_its_own(tmp_path: Path) -> None:
    """A folder with something else in it is refused in a sentence and left as it is."""
    (tmp_path / "thesis.txt").write_text("years of work")

    refused = dondoc(tmp_path, "demo", "--folder", str(tmp_path))

    assert refused.returncode == 1
    assert "không phải của bản trình diễn" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
