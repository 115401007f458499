"""Web pages: what a reader sees."""

from pathlib import Path

import pytest

from directives.readers import read, read_bytes


def lines_of(body: str) -> list[str]:
    """Read a page's body as lines."""
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode()).text.split("\n")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("<ol><li>A<li>B</ol>", ["1. A", "2. B"], id="numbers"),
        pytest.param(
            "<ol start=5><li>A<li value=9>B<li>C</ol>", ["5. A", "9. B", "10. C"], id="start and value"
        ),
        pytest.param("<ol type=a><li>A<li>B</ol>", ["a. A", "b. B"], id="letters"),
        pytest.param("<ol type=I><li>A<li>B</ol>", ["I. A", "II. B"], id="Roman"),
        pytest.param("<ol reversed><li>A<li>B</ol>", ["2. A", "1. B"], id="backwards"),
        pytest.param("<ul><li>A<li>B</ul>", ["- A", "- B"], id="bullets"),
        pytest.param("<ol><li><p>A</p><ul><li>x</ul><li>B</ol>", ["1. A", "- x", "2. B"], id="nested"),
        pytest.param("một<br>hai", ["một", "hai"], id="line break"),
        pytest.param("<p>một\n  hai</p>", ["một hai"], id="white space folded"),
        pytest.param("<p>Sở <b>Công</b> Thương</p>", ["Sở Công Thương"], id="inline marks"),
        pytest.param("<p>a</p><script>31/12/2020</script><style>b</style>", ["a"], id="script and style"),
        pytest.param("<nav>Menu</nav><p>a</p><footer>chân</footer>", ["a"], id="menu and foot"),
        pytest.param("<p>a</p><p hidden>b</p><p style='display: none'>c</p>", ["a"], id="hidden"),
        pytest.param(
            "<table border=1><tr><th>STT<th>Việc<tr><td>1<td>Báo cáo</table>",
            ["STT | Việc", "1 | Báo cáo"],
            id="table of data",
        ),
        pytest.param(
            "<table><tr><td>UBND TỈNH A<td>CỘNG HÒA XÃ HỘI</table>",
            ["UBND TỈNH A", "CỘNG HÒA XÃ HỘI"],
            id="layout table",
        ),
    ],
)
def test_a_page_is_read_as_it_is_seen(body: str, lines: list[str]) -> None:
    """Lists have their numbers, blocks their lines, and what is not shown is not read."""
    assert lines_of(body) == lines


def test_the_charset_a_page_names_is_tried_first() -> None:
    """An old page in Windows-1252 letters keeps them; one that lies is read as UTF-8."""
    honest = '<html><head><meta charset="windows-1252"></head><body>à</body></html>'
    lying = '<html><head><meta charset="ascii"></head><body>Sở</body></html>'

    assert [read_bytes(honest.encode("cp1252")).text, read_bytes(lying.encode()).text] == ["à", "Sở"]


def test_our_news_page_and_its_plain_text_say_the_same(examples: Path) -> None:
    """The page's menu, script and foot are gone."""
    page, text = (read(examples / f"tin-lang-moc-vao-xuan.{kind}").text for kind in ("html", "txt"))

    assert text.strip() == page


def test_a_page_nested_without_end_is_still_answered() -> None:
    """Depth costs no more than what is too deep to be shown."""
    assert lines_of("<p>a</p>" + "<div>" * 5000 + "b")[0] == "a"
