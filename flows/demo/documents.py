"""Which documents the demo takes in: ours in three formats, the same again, and the shared ones."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.app import App
from tracker.errors import NotFound
from tracker.services.intake import IntakeKind, IntakeResult, take_in

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLES: Final = ROOT / "examples"
REGISTER: Final = EXAMPLES / "ha-tinh"
SHARED: Final = ROOT.parent / "shared" / "seeds"  # beside the repository, on a developer's machine
ACTOR: Final = "chuyen-vien"

FIRST: Final = ("thong-bao-120-tb-ubnd.docx", "cong-van-8287-ubnd-kt1.pdf", "tin-lang-moc-vao-xuan.html")
AGAIN: Final = ("thong-bao-120-tb-ubnd.docx", "thong-bao-120-tb-ubnd.txt", "cong-van-8287-ubnd-kt1.txt")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    path: Path
    result: IntakeResult

    def in_words(self) -> str:
        """Say it in a line."""
        name, result = f"{self.path.parent.name}/{self.path.name}", self.result
        match result.kind:
            case IntakeKind.SAME_FILE:
                return f"{name}: tệp này đã tiếp nhận, không thay đổi gì"
            case IntakeKind.SAME_DOCUMENT:
                return f"{name}: văn bản {result.number} đã có, không thay đổi gì"
            case IntakeKind.NEW if not result.codes:
                return f"{name}: không giao việc cho cơ quan nào"
            case IntakeKind.NEW if result.similar is not None:
                return f"{name}: có thể là văn bản đã có, nên là dự thảo chờ người duyệt quyết định"
            case IntakeKind.NEW:
                stands = "đã duyệt" if result.approved else "dự thảo chờ duyệt"
                return f"{name}: {len(result.codes)} nhiệm vụ, {result.assignments} phần việc, {stands}"


def examples() -> list[Path]:
    """Return our own example documents; raises NotFound away from the source tree."""
    paths = [EXAMPLES / name for name in FIRST]
    if not all(path.exists() for path in paths):
        raise NotFound("demo.no-examples", folder=EXAMPLES)
    return paths


def repeated() -> list[Path]:
    """Return the same documents again: the same file, and other files with the same document."""
    return [EXAMPLES / name for name in AGAIN]


def shared() -> list[Path]:
    """Return the shared documents, none where there are none: ours again, and other provinces."""
    return sorted(SHARED.glob("*.txt"))


def take_in_all(app: App, paths: list[Path], *, approve: bool) -> list[Taken]:
    """Take documents in; accept their reading as it stands, or leave it to a person."""
    return [Taken(path, take_in(app, path, approve=approve, actor=ACTOR)) for path in paths]
