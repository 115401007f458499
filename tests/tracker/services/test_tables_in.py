"""A workbook is read as a CSV file is: the same rows, the same errors at the same places."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.directives.readers.sheets_of_cells import HIDDEN, book, cell
from tests.tracker.services.test_registers import load
from tracker.errors import InputRefused
from tracker.services.registers import AGENCY_COLUMNS, load_agencies
from tracker.services.tables_in import Row, rows_of
from tracker.store import register
from tracker.store.session import reading

HEADING = [cell(name) for name in ("code", "name", "kind", "valid_to")]
DAY = 45716  # 28/02/2025, as a workbook counts


def a_book(folder: Path, rows: list[list[str]], **sheets: str) -> Path:
    """Write a workbook whose first sheet has the given rows."""
    path = folder / "danh-muc.xlsx"
    path.write_bytes(book(rows, **sheets))
    return path


def rows_in(path: Path) -> list[Row]:
    """Read a register's rows."""
    return list(rows_of(path, AGENCY_COLUMNS, AGENCY_COLUMNS[:3]))


def test_a_register_is_loaded_from_a_workbook(engine: Engine, tmp_path: Path) -> None:
    """Days that Excel keeps as numbers are days; notes and empty rows are passed over."""
    path = a_book(
        tmp_path,
        [
            [cell("# ghi chú")],
            HEADING,
            [],
            [cell("so-a"), cell("Sở A, B và C"), cell("department"), cell(DAY, style=1)],
            [cell("so-b"), cell("Sở  D"), cell("department"), ""],
        ],
    )
    report = load(engine, load_agencies, path)
    with reading(engine) as session:
        first, second = register.entries(session)

    assert (report.added, report.errors) == (2, ())
    assert (first.name, f"{first.valid_to}") == ("Sở A, B và C", "2025-02-28")
    assert (second.name, second.valid_to) == ("Sở D", None)


def test_errors_name_the_row_of_the_sheet(engine: Engine, tmp_path: Path) -> None:
    """The number is the one that Excel shows beside the row."""
    path = a_book(tmp_path, [[cell("# ghi chú")], HEADING, [], [cell("so-a"), "", cell("department")]])
    report = load(engine, load_agencies, path)

    assert [(error.row, error.column, error.code) for error in report.errors] == [(4, "name", "empty")]


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        pytest.param("1", "b", True, id="a ticked cell"),
        pytest.param("0", "b", False, id="one that is not"),
    ],
)
def test_a_yes_of_excel_is_a_yes(tmp_path: Path, written: str, kind: str, *, expected: bool) -> None:
    """TRUE and FALSE are never taken for empty cells."""
    heading = [cell(name) for name in ("code", "name", "kind", "outside")]
    ticked = f'<c t="{kind}" %s><v>{written}</v></c>'
    path = a_book(tmp_path, [heading, [cell("a"), cell("Công ty A"), cell("company"), ticked]])
    (row,) = rows_in(path)

    assert row.flag("outside") is expected
    assert row.errors == []


def test_a_formula_that_fails_is_an_error_of_its_cell(tmp_path: Path) -> None:
    """#N/A is neither a name nor a note, wherever in the row it stands."""
    fault = '<c t="e" %s><v>#N/A</v></c>'
    path = a_book(tmp_path, [HEADING, [fault, cell("Sở A"), cell("so")], [cell("b"), fault, cell("so")]])
    found = [(error.row, error.column, error.code) for row in rows_in(path) for error in row.errors]
    written = tmp_path / "danh-muc.csv"
    written.write_text("code,name,kind\n#N/A,Sở A,so\nb,#N/A,so\n", encoding="utf-8")

    assert found == [(2, "code", "formula-fault"), (3, "name", "formula-fault")]
    assert [(e.row, e.column, e.code) for row in rows_in(written) for e in row.errors] == found


def hiding(content: bytes, number: int) -> bytes:
    """Hide a sheet of a workbook."""
    hidden = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(hidden, "w") as new:
        for name in old.namelist():
            shown, unseen = f'sheetId="{number}"', f'sheetId="{number}" {HIDDEN}'
            new.writestr(name, old.read(name).replace(shown.encode(), unseen.encode()))
    return hidden.getvalue()


@pytest.mark.parametrize(("hidden", "expected"), [(1, "second"), (2, "first")])
def test_hidden_sheets_are_passed_over(tmp_path: Path, hidden: int, expected: str) -> None:
    """The first sheet that a person sees is the table; others are not read."""
    other = book([HEADING, [cell("second"), cell("Sở A"), cell("so")]])
    with zipfile.ZipFile(io.BytesIO(other)) as package:
        sheet = package.read("xl/worksheets/s1.xml").decode().partition(">")[2].removesuffix("</worksheet>")
    path = a_book(tmp_path, [HEADING, [cell("first"), cell("Sở A"), cell("so")]], Khác=sheet)
    path.write_bytes(hiding(path.read_bytes(), hidden))

    assert [row.text("code") for row in rows_in(path)] == [expected]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"PK\x03\x04 and nothing more", id="a broken zip"),
        pytest.param(book([])[:400], id="cut off"),
    ],
)
def test_a_broken_workbook_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    """The sentence names the file."""
    path = tmp_path / "danh-muc.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        rows_in(path)

    assert "danh-muc.xlsx" in refused.value.sentence()
