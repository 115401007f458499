"""Web pages: what is seen by style, by structure and by place, and nothing lost from deep or odd ones."""

import pytest

from directives.parse import parse
from directives.readers import Format, read_bytes
from directives.readers.html_styles import declarations

TASK = "Giao Sở Y tế báo cáo UBND tỉnh trước ngày 10/5/2020."


def lines_of(body: str, head: str = "") -> list[str]:
    """Read a page's body as lines."""
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode()).text.split("\n")


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{TASK}</div>",
        f"<p>{TASK}</p>",
        f"<article><p>{TASK}</article>",
        f"<table><tr><td>{TASK}</table>",
        f"<meta charset=utf-8><p>{TASK}</p>",
        f"<style>p {{margin: 0}}</style><p>{TASK}</p>",
        f"<!-- {'x ' * 4500} --><div>{TASK}</div>",
        f"<ol start=1><li>{TASK}</ol>",
        f"\ufeff  <font face=Arial>{TASK}</font>",
    ],
)
def test_a_part_of_a_page_is_a_page(page: str) -> None:
    """What begins with a tag that pages have is read as one, without its tags."""
    document = read_bytes(page.encode())

    assert document.format is Format.HTML
    assert "<" not in document.text
    assert TASK in document.text


def test_text_with_a_sign_of_less_than_stays_text() -> None:
    """«<5%» begins no page."""
    assert read_bytes(b"<5% so v\xe1\xbb\x9bi <p> n\xc4\x83m tr\xc6\xb0\xe1\xbb\x9bc").format is Format.TXT


@pytest.mark.parametrize(
    ("head", "body", "lines"),
    [
        pytest.param(
            "", "<ol style='list-style: none'><li>3. A<li>4. B</ol>", ["3. A", "4. B"], id="no marks"
        ),
        pytest.param("", "<ul><li>3. A<li>a) B</ul>", ["3. A", "a) B"], id="typed numbers in bullets"),
        pytest.param("", "<ul><li>1.000 tấn</ul>", ["- 1.000 tấn"], id="a figure is no mark"),
        pytest.param(
            "", "<ol style='list-style-type:lower-alpha'><li>A<li>B</ol>", ["a. A", "b. B"], id="letters"
        ),
        pytest.param(
            "<style>.muc > ol {list-style: upper-roman outside} ol {list-style-type: decimal}</style>",
            "<div class='x muc'><ol><li>A<li>B</ol></div><ol><li>C</ol>",
            ["I. A", "II. B", "1. C"],
            id="style sheet",
        ),
        pytest.param("", "<ol><li>A<li style='display:none'>B<li>C</ol>", ["1. A", "2. C"], id="hidden item"),
        pytest.param("", "<ol><li>A<li></ol><p>sau</p>", ["1. A", "sau"], id="empty item"),
        pytest.param(
            "<style>.an {display: none} @media print {.in {display: none}}</style>",
            "<p class=an>b</p><p class=in>a</p>",
            ["a"],
            id="hidden by the sheet for screens alone",
        ),
        pytest.param(
            "<style>p.an {display:none} .an {display:block}</style>",
            "<p class=an>b</p><p>a</p>",
            ["a"],
            id="weight",
        ),
        pytest.param("", "<pre>một\nhai\n\n   ba</pre>", ["một", "hai", "ba"], id="lines of pre"),
        pytest.param(
            "", "<div style='white-space:pre-line'>một\nhai</div>", ["một", "hai"], id="lines kept by style"
        ),
        pytest.param("", "a<span style='display:block'>b</span>c", ["a", "b", "c"], id="set apart by style"),
        pytest.param(
            "", "<form><p>a</p><button>Gửi</button><p>b</p></form>", ["a", "b"], id="form around the page"
        ),
        pytest.param(
            "", "<p>trước ngày <input value='10/5/2020'>.</p>", ["trước ngày 10/5/2020 ."], id="filled field"
        ),
        pytest.param(
            "", "<input type=hidden value=x><input type=submit value=y><p>a</p>", ["a"], id="other fields"
        ),
        pytest.param(
            "",
            "<ul class='main-menu'><li><a href=#>Trang chủ</a></ul><p>a</p>"
            "<div id=sidebarPhai><h3>Tin</h3><a href=#>Giao Sở Y tế báo cáo trước ngày 10/5/2020</a></div>"
            "<div class=page-footer>Bản quyền</div>",
            ["a"],
            id="furniture by name",
        ),
        pytest.param(
            "",
            f"<div class=sidebar><p>{TASK}</p></div><div class=footer>Nơi nhận: Như trên</div>"
            f"<footer>{TASK}</footer>",
            [TASK, "Nơi nhận: Như trên", TASK],
            id="words of documents are no furniture, whatever they are called",
        ),
        pytest.param("", "<div role=navigation>x</div><p>a</p>", ["a"], id="furniture by role"),
    ],
)
def test_a_page_is_read_as_its_styles_show_it(head: str, body: str, lines: list[str]) -> None:
    """Marks, hidden words, kept line ends and furniture follow the page's own styles and names."""
    assert lines_of(body, head) == lines


HEADER = "<tr><th>STT<th>Nhiệm vụ<th>Chủ trì<th>Thời hạn"


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        pytest.param(
            f"<tr style='display:none'><td>1<td>Ẩn<td>Sở Y tế<td>1/1/2020{HEADER}"
            "<tr><td>2<td style='display:none'>x<td>B<td>Sở Y tế<td>2/2/2020",
            ["2 | B | Sở Y tế | 2/2/2020"],
            id="hidden row and cell",
        ),
        pytest.param(
            f"<caption>{TASK}</caption>{HEADER}<tr><td>1<td>A<td>Sở Y tế<td>1/1/2020",
            ["1 | A | Sở Y tế | 1/1/2020"],
            id="caption",
        ),
        pytest.param(
            "<tfoot><tr><td>2<td>B<td>Sở Y tế<td>2/2/2020</tfoot>"
            f"<thead>{HEADER}</thead><tbody><tr><td>1<td>A<td>Sở Y tế<td>1/1/2020</tbody>",
            ["1 | A | Sở Y tế | 1/1/2020", "2 | B | Sở Y tế | 2/2/2020"],
            id="foot written first",
        ),
        pytest.param(
            f"{HEADER}<tr><td>1<td>A<td rowspan=0>Sở Y tế<td>1/1/2020<tr><td>2<td>B<td>2/2/2020",
            ["1 | A | Sở Y tế | 1/1/2020", "2 | B | Sở Y tế | 2/2/2020"],
            id="rowspan to the end",
        ),
    ],
)
def test_a_table_is_read_as_it_is_shown(table: str, lines: list[str]) -> None:
    """Rows stand in the order shown, and nothing that is shown is lost."""
    read = lines_of(f"<table border=1>{table}</table>")

    assert read[-len(lines) :] == lines
    assert (TASK in read) == (TASK in table)


@pytest.mark.parametrize("opened", ["<font>", "<div>", "<span class=x>", "<table><tr><td>"])
def test_words_in_deep_elements_are_read(opened: str) -> None:
    """A page whose elements nobody closed is read to its end."""
    deep = "".join(f"{opened}{number}. {TASK}<br>" for number in range(1, 301))

    assert len([line for line in lines_of(deep) if line.endswith(TASK)]) == 300


def test_a_page_too_deep_to_read_is_a_doubt() -> None:
    """What the parser drops, it drops with a word."""
    document = read_bytes(f"<html><body><p>a</p>{'<div>' * 5000}{TASK}</body></html>".encode())

    assert [doubt.code for doubt in document.doubts] == ["page-too-deep"]


def test_words_struck_out_are_left_out_with_a_doubt() -> None:
    """A deadline that was struck out counts no more, and the task says so."""
    body = (
        "<p>THÔNG BÁO</p><p>1. Giao Sở Y tế báo cáo UBND tỉnh trước ngày <del>10/5/2020</del> 25/5/2020.</p>"
        f"<p style='text-decoration: line-through'>2. {TASK}</p>"
    )
    document = read_bytes(f"<html>{body}</html>".encode())
    parsed = parse(document.text, doubts=document.doubts)

    assert "10/5" not in document.text
    assert [doubt.code for doubt in document.doubts] == ["struck-out", "struck-out"]
    assert [task.doubts for task in parsed.tasks] == [("struck-out",)]


def test_a_date_that_is_hidden_is_a_doubt() -> None:
    """Hidden words are not read; where they say when, somebody is told."""
    document = read_bytes(f"<html><p>a</p><p hidden>{TASK}</p><p hidden>Menu</p></html>".encode())

    assert (document.text, [doubt.code for doubt in document.doubts]) == ("a", ["hidden-text"])


def test_a_page_of_plain_letters_that_claims_two_bytes_a_letter_is_read() -> None:
    """The claim was read in single bytes, so it is wrong (HTML, 13.2.3.2)."""
    page = f'<html><head><meta charset="utf-16"></head><body>{TASK}</body></html>'

    assert read_bytes(page.encode()).text == TASK


def test_only_what_decides_about_words_is_taken_from_a_style() -> None:
    """Colours and margins are passed over."""
    assert declarations("COLOR: red; display : NONE !important;") == {"display": "none"}


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        pytest.param("x p {display:none}" * 2000, "<x>" * 1500 + "<p>a</p>" * 500, id="deep"),
        pytest.param(
            "p {display:block}" * 3000, "".join(f"<p class=a{n}>a</p>" for n in range(9000)), id="kinds"
        ),
        pytest.param("b c p {display:none}" * 4000, "<b><c>" + "<p>a</p>" * 9000, id="rules"),
    ],
)
def test_more_styles_than_can_be_looked_at_are_a_doubt(sheet: str, body: str) -> None:
    """Not every rule is looked at, and somebody is told; the page is read in seconds."""
    document = read_bytes(f"<html><style>{sheet}</style><p class=first>đầu</p>{body}".encode())

    assert [doubt.code for doubt in document.doubts][-1] == "page-too-styled"
