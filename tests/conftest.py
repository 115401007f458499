"""What tests everywhere share: where the shared documents are, and how a missing tool is treated."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = frozenset(filter(None, os.environ.get("DONDOC_TESTS_REQUIRE", "").split(",")))


def need(tool: str, *, present: bool, reason: str) -> None:
    """Skip with a reason where a tool is missing; fail where the environment promised it."""
    if present:
        return
    if tool in REQUIRED:
        pytest.fail(f"{tool} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared documents that lies beside the repository, or skip."""
    folder = ROOT.parent / "shared"
    need("shared", present=folder.is_dir(), reason=f"the shared documents are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """Return the folder of our own example documents."""
    return ROOT / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --regen, which writes the golden files anew before comparing."""
    parser.addoption("--regen", action="store_true", help="write golden files anew from what comes out now")


@pytest.fixture
def regen(request: pytest.FixtureRequest) -> bool:
    """Tell whether golden files should be written anew."""
    return bool(request.config.getoption("--regen"))
