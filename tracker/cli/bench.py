"""`dondoc bench`: how fast, each figure a ratio to a baseline measured in the same run."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.shared import Json, tell, write_json, write_table
from tracker.errors import InvalidSetting

if TYPE_CHECKING:
    from tracker.services.benchmark import Comparison, Speed

EXAMPLES = Path("examples")

commands = typer.Typer(
    help="Đo tốc độ; mỗi con số là tỷ số so với một mốc đo trong cùng lượt.", no_args_is_help=True
)


@commands.command("parse")
def bench_parse(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[TỆP hoặc THƯ MỤC]…",
            help="Văn bản .txt để đo; mặc định: thư mục examples.",
            show_default=False,
        ),
    ] = None,
    copies: Annotated[int, typer.Option(min=1, help="Số bản của mỗi văn bản, khác nhau ở các con số.")] = 40,
    rounds: Annotated[int, typer.Option(min=1, help="Số vòng đo; lấy vòng nhanh nhất.")] = 3,
    as_json: Json = False,
) -> None:
    """Đo việc đọc văn bản so với giới hạn thô và với dateparser, trong cùng một lượt."""
    from tracker.phrasebook import say
    from tracker.services.benchmark import EXTRACTOR_GOAL, RAW_GOAL, compare, vary

    if find_spec("dateparser") is None:
        raise InvalidSetting("bench.no-extractor")
    texts = [path.read_text("utf-8") for path in _text_files(files or [EXAMPLES])]
    with TemporaryDirectory() as folder:
        result = compare(vary(texts, copies, Path(folder)), rounds=rounds)
    if as_json:
        write_json({**_figures(result), "goals": {"to_raw": RAW_GOAL, "to_extractor": EXTRACTOR_GOAL}})
        return
    speeds = (("raw", result.raw), ("reading", result.reading), ("extractor", result.extractor))
    write_table(
        ("measured", "documents", "per-second", "megabytes-per-second"),
        (
            (
                say(f"bench.{name}"),
                speed.documents,
                round(speed.per_second),
                f"{speed.megabytes_per_second:.2f}",
            )
            for name, speed in speeds
        ),
    )
    tell(
        "bench.ratios",
        to_raw=f"{result.to_raw:.3f}",
        raw_goal=f"{RAW_GOAL:.2f}",
        to_extractor=f"{result.to_extractor:.1f}",
        extractor_goal=f"{EXTRACTOR_GOAL:.0f}",
    )


@commands.command("deliver")
def bench_deliver(
    letters: Annotated[int, typer.Option(min=1, max=5000, help="Số thư của mỗi vòng đo.")] = 200,
    rounds: Annotated[int, typer.Option(min=1, help="Số vòng đo; lấy vòng nhanh nhất.")] = 3,
    as_json: Json = False,
) -> None:
    """Đo việc gửi thư trọn vẹn so với một vòng lặp trơn qua một kết nối SMTP, trong cùng một lượt."""
    from tracker.phrasebook import say
    from tracker.services.bench_deliver import GOAL, compare_delivery

    if find_spec("aiosmtpd") is None:
        raise InvalidSetting("bench.no-mail-server")
    result = compare_delivery(letters, rounds=rounds)
    paces = (("loop", result.loop), ("delivery", result.delivery))
    if as_json:
        figures = {
            name: {"letters": pace.messages, "per_second": round(pace.per_second, 1)} for name, pace in paces
        }
        write_json({**figures, "ratio": round(result.ratio, 3), "goal": GOAL, "in_goal": result.in_goal})
        return
    write_table(
        ("measured", "letters", "letters-per-second"),
        ((say(f"bench.{name}"), pace.messages, f"{pace.per_second:.1f}") for name, pace in paces),
    )
    tell("bench.delivery-ratio", ratio=f"{result.ratio:.2f}", goal=f"{GOAL:.2f}")


def _text_files(named: list[Path]) -> list[Path]:
    """Return the .txt files named, and those in the folders named."""
    found = [path for given in named for path in (sorted(given.glob("*.txt")) if given.is_dir() else [given])]
    found = [path for path in found if path.is_file()]
    if not found:
        raise InvalidSetting("bench.no-files", path=", ".join(map(str, named)))
    return found


def _figures(result: "Comparison") -> dict[str, Any]:
    """Return the figures by name, for JSON."""
    return {
        "raw": _speed(result.raw),
        "reading": _speed(result.reading),
        "extractor": _speed(result.extractor),
        "to_raw": round(result.to_raw, 4),
        "to_extractor": round(result.to_extractor, 2),
        "in_goal": result.in_goal,
    }


def _speed(speed: "Speed") -> dict[str, float]:
    return {
        "documents": speed.documents,
        "megabytes": round(speed.size / 1e6, 3),
        "documents_per_second": round(speed.per_second, 1),
        "megabytes_per_second": round(speed.megabytes_per_second, 3),
    }
