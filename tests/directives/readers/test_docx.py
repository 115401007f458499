"""Word files: what is in the text, what is left out, and in which order."""

import pytest

from directives.readers import read_bytes
from tests.directives.readers.word import W, p, table, word_file

RUN = "<w:r><w:t>{}</w:t></w:r>"


def lines_of(body: str, **parts: str) -> list[str]:
    """Read a body's XML as lines."""
    return read_bytes(word_file(body, **parts)).text.split("\n")


def test_a_letterhead_table_is_read_cell_by_cell() -> None:
    """What only stands side by side becomes paragraphs, the left cell first."""
    head = table(
        (p("ỦY BAN NHÂN DÂN") + p("TỈNH A"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập")),
        ("Số: 1/TB-UBND", "A, ngày 01 tháng 01 năm 2020"),
        bordered=True,
    )

    assert lines_of(head + p("THÔNG BÁO")) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập",
        "Số: 1/TB-UBND",
        "A, ngày 01 tháng 01 năm 2020",
        "THÔNG BÁO",
    ]


@pytest.mark.parametrize("bordered", [True, False])
def test_a_table_of_tasks_is_read_row_by_row(*, bordered: bool) -> None:
    """A row that says something stays together on one line, its head row too."""
    rows = (
        ("STT", "Nhiệm vụ", "Chủ trì"),
        ("1", p("Rà soát") + p("quy hoạch"), "Sở A"),
        ("2", "Báo cáo", ""),
    )

    assert lines_of(table(*rows, bordered=bordered)) == [
        "STT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát quy hoạch | Sở A",
        "2 | Báo cáo | ",
    ]


def test_a_cell_merged_downwards_counts_for_each_row() -> None:
    """The lead named once for several rows is repeated, so that a row can be read alone."""
    merged = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("Sở A") + "</w:tc>"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr/>{p(first)}</w:tc><w:tc><w:tcPr/>{p(second)}</w:tc>{third}</w:tr>"
        for first, second, third in (("1", "Việc một", merged), ("2", "Việc hai", goes_on))
    )

    assert lines_of(f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>{rows}</w:tbl>') == [
        "1 | Việc một | Sở A",
        "2 | Việc hai | Sở A",
    ]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param(
            "<w:del>" + RUN.format("bỏ") + "</w:del>" + RUN.format("giữ"), "giữ", id="tracked deletion"
        ),
        pytest.param("<w:ins>" + RUN.format("thêm") + "</w:ins>", "thêm", id="tracked insertion"),
        pytest.param(
            "<w:moveFrom>" + RUN.format("cũ") + "</w:moveFrom>" + RUN.format("mới"), "mới", id="moved away"
        ),
        pytest.param(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>" + RUN.format("hiện"), "hiện", id="hidden"
        ),
        pytest.param(
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>không ẩn</w:t></w:r>',
            "không ẩn",
            id="hiding switched off",
        ),
        pytest.param("<w:hyperlink>" + RUN.format("nối") + "</w:hyperlink>", "nối", id="link"),
        pytest.param(
            "<w:r><w:instrText> PAGE </w:instrText></w:r>" + RUN.format("3"), "3", id="field code left out"
        ),
        pytest.param(
            "<w:r><w:t>606/UBND</w:t><w:noBreakHyphen/><w:t>KT1</w:t></w:r>", "606/UBND-KT1", id="hyphen"
        ),
        pytest.param("<w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t></w:r>", "một    hai", id="tab"),
        pytest.param("<w:r><w:t>1.</w:t><w:tab/><w:t>Sở A</w:t></w:r>", "1. Sở A", id="tab behind a number"),
        pytest.param(
            f"<w:r><w:t>{'dài ' * 50}</w:t><w:tab/><w:t>hết</w:t></w:r>",
            "dài " * 50 + "hết",
            id="tab in a long line",
        ),
        pytest.param("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r>", "một\nhai", id="line break"),
        pytest.param(
            "<w:sdt><w:sdtContent>" + RUN.format("ô") + "</w:sdtContent></w:sdt>", "ô", id="content control"
        ),
    ],
)
def test_a_paragraph_reads_as_it_is_shown(xml: str, expected: str) -> None:
    """Changes are read as accepted, and nothing invisible is read."""
    assert read_bytes(word_file(f"<w:p>{xml}</w:p>")).text == expected


def test_a_drawing_is_read_once() -> None:
    """The fallback copy of a text box is left out; the box follows its paragraph."""
    box = "<w:txbxContent>" + p("trong khung") + "</w:txbxContent>"
    shown = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{shown}{fallback}</mc:AlternateContent></w:r>"
    body = f"<w:p>{RUN.format('trước')}{both}</w:p>"

    assert lines_of(body) == ["trước", "trong khung"]


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    """Two paragraphs made one by a tracked change are read as one."""
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + RUN.format("đầu, ") + "</w:p>" + p("cuối")

    assert lines_of(joined) == ["đầu, cuối"]


def test_running_heads_and_notes_stay_out_of_the_text() -> None:
    """Heads, feet and footnotes are no part of what is assigned."""
    parts = {
        "word__header1": f"<w:hdr {W}>{p('Trang 2')}</w:hdr>",
        "word__footer1": f"<w:ftr {W}>{p('Chân trang')}</w:ftr>",
        "word__footnotes": f"<w:footnotes {W}><w:footnote>{p('Ghi chú')}</w:footnote></w:footnotes>",
    }

    assert lines_of(p("Nội dung"), **parts) == ["Nội dung"]


def test_the_strict_variant_of_the_format_is_read_alike() -> None:
    """ISO 29500 Strict uses the same words under another name."""
    strict = f"<w:document {W}><w:body>{p('Nội dung')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert lines_of("", word__document=strict) == ["Nội dung"]


def test_pages_are_counted_only_where_word_left_its_marks() -> None:
    """A file that Word never laid out does not know its pages."""
    laid_out = p("một") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r></w:p>"

    assert [read_bytes(word_file(body)).pages for body in (laid_out, p("một"))] == [2, None]
