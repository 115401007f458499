"""LibreOffice for tests: the real one, and programs that behave badly in its place."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need


def need_office() -> str:
    """Return the path of LibreOffice, or skip where it is not installed."""
    found = shutil.which("soffice")
    whole = found is not None and all(
        (Path(found).resolve().parent / library).exists() for library in ("libswlo.so", "libsclo.so")
    )
    need(
        "office", present=whole, reason="libreoffice-writer-nogui or libreoffice-calc-nogui is not installed"
    )
    assert found is not None
    return found


def convert(raw: bytes, name: str, target: str, folder: Path) -> bytes:
    """Convert a file with LibreOffice as a person would, to another of its formats."""
    office, ending = need_office(), target.partition(":")[0]
    (folder / name).write_bytes(raw)
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", target, "--outdir", str(folder / "out"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / Path(name).with_suffix(f".{ending}").name).read_bytes()


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a shell script in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("DONDOC_OFFICE", str(program))
