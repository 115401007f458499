"""One plan with an annex of work, written as Word file, web page and text: the same table in each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

HEAD = ("UBND TỈNH HÀ TĨNH", "Số: 12/KH-UBND", "Hà Tĩnh, ngày 10 tháng 01 năm 2024", "KẾ HOẠCH")
BODY = (
    "Các sở, ngành thực hiện nhiệm vụ tại Phụ lục kèm theo.",
    "TM. ỦY BAN NHÂN DÂN",
    "Nơi nhận:",
    "- Như trên;",
)
ANNEX = "PHỤ LỤC I"


@dataclass(frozen=True)
class Cell:
    """A cell: its lines, and how many columns and rows it takes."""

    lines: tuple[str, ...]
    across: int = 1
    down: int = 1


def cell(*lines: str, across: int = 1, down: int = 1) -> Cell:
    """Write a cell."""
    return Cell(lines, across, down)


Rows = Sequence[Sequence[Cell]]

TABLE: Rows = (
    (
        cell("TT", down=2),
        cell("Nội dung công việc", down=2),
        cell("Đơn vị thực hiện", across=2),
        cell("Thời hạn hoàn thành", down=2),
        cell("Sản phẩm", down=2),
    ),
    (cell("Chủ trì"), cell("Phối hợp")),
    (cell("I. Lĩnh vực kinh tế", across=6),),
    (
        cell("1"),
        cell("Rà soát quy hoạch các khu công nghiệp, cụm công nghiệp trên địa bàn tỉnh"),
        cell("Sở Xây dựng"),
        cell("Sở Tài chính, Sở Công Thương"),
        cell("Quý II/2024"),
        cell("Báo cáo"),
    ),
    (
        cell("2"),
        cell("Xây dựng phương án:", "a) Bố trí nguồn vốn;", "b) Giải phóng mặt bằng"),
        cell("- Sở Tài chính", "- Sở Nông nghiệp và Môi trường"),
        cell("UBND các huyện, thị xã, thành phố"),
        cell("Trước ngày", "15/3/2024"),
        cell(""),
    ),
    (
        cell("3"),
        cell("Kiểm tra các dự án chậm tiến độ"),
        cell("Thanh tra tỉnh", down=2),
        cell(""),
        cell("30/4/2024", down=2),
        cell("Kết luận"),
    ),
    (cell("4"), cell("Công khai kết quả kiểm tra"), cell(""), cell("")),
    (cell("II. Lĩnh vực văn hóa - xã hội", across=6),),
    (
        cell("5"),
        cell("Tổ chức Ngày sách Việt Nam"),
        cell("Sở Văn hóa, Thể thao và Du lịch"),
        cell("nt"),
        cell("Tháng 4/2024"),
        cell(""),
    ),
    (
        cell("6"),
        cell("Tổng hợp, báo cáo UBND tỉnh"),
        cell("Sở Nội vụ"),
        cell("Các sở, ban, ngành"),
        cell("Hằng quý"),
        cell("Báo cáo"),
    ),
)


EVERY_SIDE = ("top", "left", "bottom", "right", "insideH", "insideV")


def long_table(count: int = 24) -> Rows:
    """Return a table of many rows of four lines, so that pages end in the middle of some."""
    head = tuple(cell(text) for text in ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"))
    rows = tuple(
        (
            cell(f"{number}"),
            cell(
                f"Hoàn thành công việc thứ {number}; " + "rà soát, tổng hợp và báo cáo kết quả thực hiện " * 6
            ),
            cell(
                "Sở Tài chính"
                if number % 2
                else "Sở Nông nghiệp và Môi trường, Ủy ban nhân dân các huyện, thị xã"
            ),
            cell(f"Ngày {number}/6/2024"),
        )
        for number in range(1, count + 1)
    )
    return head, *rows


def as_word(rows: Rows = TABLE, *, sides: Sequence[str] = EVERY_SIDE, repeated_rows: int = 2) -> bytes:
    """Write the plan as a Word file, the annex on a landscape page, the head rows marked to be repeated."""
    file = docx.Document()
    for line in (*HEAD, *BODY):
        file.add_paragraph(line)
    section = file.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    file.add_paragraph(ANNEX)
    table = file.add_table(len(rows), max(sum(each.across for each in row) for row in rows))
    _draw(table, sides)
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for each in row:
            while (at, column) in taken:
                column += 1
            held = table.cell(at, column).merge(table.cell(at + each.down - 1, column + each.across - 1))
            held.text = "\n".join(each.lines)
            taken |= {(at + r, column + c) for r in range(each.down) for c in range(each.across)}
    for head in table.rows[:repeated_rows]:
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _draw(table: Any, sides: Sequence[str]) -> None:
    """Draw the lines of a table on the given sides."""
    borders = OxmlElement("w:tblBorders")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    table.autofit = False
    widths = (1.2, 7, 4, 4, 3.5, 3) if len(table.columns) == 6 else (1.2, 11, 5, 4)
    for column, width in zip(table.columns, widths, strict=True):
        for each in column.cells:
            each.width = Cm(width)


def as_page(rows: Rows = TABLE) -> bytes:
    """Write the plan as a web page."""
    cells = [
        "".join(
            f"<td rowspan={each.down} colspan={each.across}>{'<br>'.join(each.lines)}</td>" for each in row
        )
        for row in rows
    ]
    lines = "".join(f"<p>{line}</p>" for line in (*HEAD, *BODY, ANNEX))
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<!DOCTYPE html><html><body>{lines}<table>{table}</table></body></html>".encode()


def as_grid(rows: Rows = TABLE) -> list[list[Cell]]:
    """Spread the cells over their columns: what is merged downwards again in each row, the rest empty."""
    grid: list[list[Cell]] = [[] for _ in rows]
    waiting: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(rows):
        column, cells = 0, list(row)
        while cells or (at, column) in waiting:
            if (at, column) in waiting:
                grid[at].append(waiting.pop((at, column)))
                column += 1
                continue
            each = cells.pop(0)
            for across in range(each.across):
                held = each if across == 0 else Cell(())
                grid[at].append(held)
                for down in range(1, each.down):
                    waiting[at + down, column + across] = held
            column += each.across
    return grid


def as_bars(rows: Rows = TABLE) -> bytes:
    """Write the plan as text, cells parted by bars."""
    table = [" | ".join(" ".join(each.lines) for each in row) for row in as_grid(rows)]
    return "\n".join((*HEAD, *BODY, "", ANNEX, *table)).encode()


def as_tabs(rows: Rows = TABLE) -> bytes:
    """Write the plan as text, cells parted by tabs."""
    table = ["\t".join(" ".join(each.lines) for each in row) for row in as_grid(rows)]
    return "\n".join((*HEAD, *BODY, "", ANNEX, *table)).encode()


def as_spaces(rows: Rows = TABLE, *, width: int = 26) -> bytes:
    """Write the plan as text, cells wrapped in columns of spaces, a blank line between rows."""
    lines: list[str] = []
    for row in as_grid(rows):
        alone = not any(each.lines for each in row[1:])  # the heading of a group runs over the columns
        widths = [200 if alone else 5, *[width] * (len(row) - 1)]
        wrapped = [_wrapped(each.lines, limit) for each, limit in zip(row, widths, strict=True)]
        for line in range(max(map(len, wrapped))):
            parts = [
                (part[line] if line < len(part) else "").ljust((5 if index == 0 else width) + 2)
                for index, part in enumerate(wrapped)
            ]
            lines.append("".join(parts).rstrip())
        lines.append("")
    return "\n".join((*HEAD, *BODY, "", ANNEX, *lines)).encode()


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    """Break lines at a width."""
    found: list[str] = []
    for line in lines:
        words = line.split(" ")
        held = words[0]
        for word in words[1:]:
            if len(held) + 1 + len(word) > width:
                found.append(held)
                held = word
            else:
                held += f" {word}"
        found.append(held)
    return found
