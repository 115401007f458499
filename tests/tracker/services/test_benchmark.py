"""The benchmark compares like with like: the same files, texts no cache has seen, ratios from one run."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tracker.cli import app
from tracker.services.benchmark import Comparison, Speed, compare, read_limit, search_dates, vary

TEXT = "Số: 120/TB-UBND\n1. Sở Y tế báo cáo UBND tỉnh trước ngày 10/5/2020, gửi 1234 bản.\n"


def test_copies_differ_in_long_numbers_only(tmp_path: Path) -> None:
    """Each copy is another text of the same size, and its days and months are those of the original."""
    paths = vary([TEXT], 6, tmp_path)
    texts = [path.read_text("utf-8") for path in paths]

    assert texts[0] == TEXT
    assert len(set(texts)) > 3
    assert {len(text) for text in texts} == {len(TEXT)}
    assert all("trước ngày 10/5/" in text for text in texts)


def test_the_same_copies_are_written_each_time(tmp_path: Path) -> None:
    """Two runs measure the same texts."""
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()

    assert [path.read_text("utf-8") for path in vary([TEXT], 4, first)] == [
        path.read_text("utf-8") for path in vary([TEXT], 4, second)
    ]


def test_the_raw_limit_looks_for_items_numbers_and_deadlines(tmp_path: Path) -> None:
    """Its three passes each find what is there."""
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")

    assert read_limit(path) == 3  # «1.», «120/TB-UBND», «trước ngày 10/5/2020»


def test_the_extractor_finds_dates(tmp_path: Path) -> None:
    """The other baseline does its work too: it is no straw man that skips the text."""
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")

    assert search_dates(path) >= 1


def test_ratios_are_of_megabytes_a_second() -> None:
    """A baseline measured on fewer files is still compared by how much it reads in a second."""
    result = Comparison(Speed(10, 1_000_000, 0.1), Speed(10, 1_000_000, 1.0), Speed(2, 200_000, 4.0))

    assert result.to_raw == pytest.approx(0.1)
    assert result.to_extractor == pytest.approx(20.0)
    assert result.in_goal


def test_all_three_are_measured_in_one_run(tmp_path: Path) -> None:
    """Each speed is of the files given, and none is free."""
    result = compare(vary([TEXT], 3, tmp_path), rounds=1, sample=2)

    assert (result.raw.documents, result.reading.documents, result.extractor.documents) == (3, 3, 2)
    assert min(result.raw.seconds, result.reading.seconds, result.extractor.seconds) > 0
    assert result.raw.size == 3 * len(TEXT.encode())


def test_the_command_prints_ratios_and_goals(tmp_path: Path) -> None:
    """`dondoc bench parse --json` gives every figure by name."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    answer = CliRunner().invoke(
        app, ["bench", "parse", str(tmp_path), "--copies", "2", "--rounds", "1", "--json"]
    )

    figures = json.loads(answer.stdout)

    assert answer.exit_code == 0
    assert figures["goals"] == {"to_raw": 0.1, "to_extractor": 10.0}
    assert 0 < figures["to_raw"] < 1 < figures["reading"]["documents_per_second"]
    assert figures["in_goal"] == (figures["to_raw"] >= 0.1 and figures["to_extractor"] >= 10)
