"""Old Office and OpenDocument files: LibreOffice turns them into .docx or .xlsx, which our own readers read.

The program is found on the PATH, or named by `DONDOC_OFFICE`. Each run has a folder (`office_folder`) and a
profile of its own, so that several run at once. Macros, links and the network are switched off.
Source: LibreOffice help, «Starting LibreOffice with parameters»; the configuration schemas of `officecfg`.
"""

import os
import select
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from directives.readers.bounds import next_step
from directives.readers.document import MAX_SECONDS, Content, Format, Refusal, UnreadableDocument
from directives.readers.docx import read_docx
from directives.readers.locks import is_locked
from directives.readers.office_folder import SHELL, Folder, folder_for, pipe, written_in
from directives.readers.sniff import format_of
from directives.readers.workbook import read_workbook

PROGRAM_SETTING: Final = "DONDOC_OFFICE"
PROGRAMS: Final = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
MAX_MEMORY: Final = 3 * 1024 * 1024  # of address space, in kB; a usual run uses a quarter
MAX_WORKING: Final = 18  # seconds of processor time; a usual run uses two
OUT_OF_TIME: Final = (137, 152)  # how the shell says that a run was killed for it
MAX_WRITTEN: Final = 400_000  # of one file, in blocks of 512 bytes
TO_DOCX: Final = ("docx", "docx:MS Word 2007 XML")
TO_XLSX: Final = ("xlsx", "xlsx:Calc MS Excel 2007 XML")
TARGETS: Final = MappingProxyType(
    {
        Format.DOC: TO_DOCX,
        Format.RTF: TO_DOCX,
        Format.ODT: TO_DOCX,
        Format.XLS: TO_XLSX,
        Format.ODS: TO_XLSX,
    }
)
LAST_BREATH: Final = 5.0  # seconds that a killed process may take to be gone
# Named where LibreOffice would otherwise take a broken file for plain text.
READ_AS: Final = MappingProxyType(
    {
        Format.RTF: "Rich Text Format",
        Format.ODT: "writer8",
        Format.ODS: "calc8",
    }
)
CALC: Final = "libsclo.so"  # Debian packs the spreadsheets apart from the documents
WRITER: Final = "libswlo.so"

# What a run needs: bounds, the command. Should our own process die, the pipe on standard input ends, and
# with it the run.
RUN: Final = """
exec 3<&0 </dev/null
ulimit -c 0; ulimit -f "$1" 2>/dev/null; ulimit -v "$2" 2>/dev/null; ulimit -t "$3"
shift 3
{ read -r _ <&3; kill -KILL 0; } &
exec 3<&-
"$@"
"""
PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
ITEM: Final = (
    '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
SETTINGS: Final = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Office.Common/Save/URL", "Internet", "false"),
    # a proxy that is not there: nothing a document links to is fetched
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def read_office(raw: bytes) -> Content:
    """Read an old Office file; raise UnreadableDocument where it, or LibreOffice, is not what it takes."""
    kind = format_of(raw)
    if is_locked(raw, kind):
        raise UnreadableDocument(Refusal.ENCRYPTED)
    converted = convert(raw, kind)
    return read_docx(converted) if TARGETS[kind] is TO_DOCX else read_workbook(converted)


def program() -> str:
    """Return the path of LibreOffice; raise UnreadableDocument, which says how to install it, without one."""
    named = os.environ.get(PROGRAM_SETTING, "").strip()
    for candidate in (named,) if named else PROGRAMS:
        if (found := shutil.which(candidate)) is not None:
            return found
    raise UnreadableDocument(Refusal.UNKNOWN_FORMAT, "old-office")


def convert(raw: bytes, kind: Format, seconds: float = MAX_SECONDS) -> bytes:
    """Let LibreOffice turn a file into the format our readers know; the bytes of what it wrote."""
    office = program()
    next_step()
    ending, target = TARGETS[kind]
    with folder_for(len(raw)) as folder:
        source, written = folder.path / f"in.{kind}", folder.path / "out" / f"in.{ending}"
        source.write_bytes(raw)
        profile = folder.path / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        command = [office, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
        command += [f"-env:UserInstallation={profile.as_uri()}", "--convert-to", target]
        command += [f"--infilter={READ_AS[kind]}"] if kind in READ_AS else []
        _run([*command, "--outdir", str(written.parent), str(source)], folder, seconds)
        converted = written_in(written)
    if converted is None:
        raise _nothing_written(office, ending)
    return converted


def _run(command: Sequence[str], folder: Folder, seconds: float) -> None:
    """Run a command in a process group of its own, and let none of the group outlive the call."""
    bounds = (str(MAX_WRITTEN), str(MAX_MEMORY), str(MAX_WORKING))
    with pipe() as (watched, held):
        with subprocess.Popen(  # noqa: S603 - the program's own path and a file we named
            [SHELL, "-c", RUN, SHELL, *bounds, *command],
            stdin=watched,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder.path,
            env=_environment(folder.path),
            pass_fds=(folder.alive.fileno(),),
            start_new_session=True,
        ) as running:
            folder.alive.close()
            try:
                ended = running.wait(seconds)
            except subprocess.TimeoutExpired as error:
                raise UnreadableDocument(Refusal.TOO_LARGE, "too-slow", limit=f"{seconds:.0f}") from error
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
                select.select([folder.all_gone], [], [], LAST_BREATH)  # ends with the last of the group
        held.close()
    if ended in OUT_OF_TIME:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-slow", limit=f"{MAX_WORKING}")


def _environment(folder: Path) -> Mapping[str, str]:
    """Give the program what it needs to start, and no place of ours to write in."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}


def _profile() -> str:
    return PROFILE.format(
        items="\n".join(ITEM.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    )


def _nothing_written(office: str, ending: str) -> UnreadableDocument:
    """Tell a broken file from a LibreOffice without its half for spreadsheets."""
    parts = Path(office).resolve().parent
    if ending == TO_XLSX[0] and (parts / WRITER).exists() and not (parts / CALC).exists():
        return UnreadableDocument(Refusal.UNKNOWN_FORMAT, "old-office")
    return UnreadableDocument(Refusal.DAMAGED)
