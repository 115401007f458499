"""Web pages whose numbers are counted by styles, and pages set into pages."""

from html import escape

import pytest

from directives.readers import UnreadableDocument, read_bytes
from directives.readers.html_counters import Counters
from directives.readers.numbering import MAX_MARK
from tests.directives.readers.test_html_seen import TASK, lines_of

LEGAL = (
    "ol {counter-reset: muc; list-style: none} li {counter-increment: muc} "
    "li::before {content: counters(muc, '.') '. '}"
)
GOOGLE = (
    ".lst-kix_a-0 > li {counter-increment: lst-ctn-kix_a-0} "
    "ol.lst-kix_a-0.start {counter-reset: lst-ctn-kix_a-0 0} ol {list-style-type: none} "
    '.lst-kix_a-0 > li:before {content: "" counter(lst-ctn-kix_a-0, lower-latin) ") "}'
)


@pytest.mark.parametrize(
    ("style", "body", "lines"),
    [
        pytest.param(
            LEGAL,
            "<ol><li>A<li>B<ol><li>C<li>D</ol><li>E</ol><ol><li>F</ol>",
            ["1. A", "2. B", "2.1. C", "2.2. D", "3. E", "1. F"],
            id="numbers of all levels",
        ),
        pytest.param(
            GOOGLE,
            "<ol class='lst-kix_a-0 start'><li>A<li>B</ol><p>chen</p><ol class=lst-kix_a-0><li>C</ol>",
            ["a) A", "b) B", "chen", "c) C"],
            id="a list that goes on, as Google Docs writes it",
        ),
        pytest.param(
            "ol {counter-reset: item} li {display: block} "
            "li:before {counter-increment: item; content: counter(item) '. '}",
            "<ol><li>A<li>B</ol>",
            ["1. A", "2. B"],
            id="counted by what is written; a block has no mark of its own",
        ),
        pytest.param(
            "body {counter-reset: dieu} h3 {counter-reset: khoan} "
            'h3::before {counter-increment: dieu; content: "\\110i\\1EC1u " counter(dieu) ". "} '
            "p.k::before {counter-increment: khoan; content: counter(khoan) '. '}",
            "<h3>Phạm vi</h3><p class=k>A<p class=k>B<h3>Hiệu lực</h3><p class=k>C",
            ["Điều 1. Phạm vi", "1. A", "2. B", "Điều 2. Hiệu lực", "1. C"],
            id="articles and paragraphs",
        ),
        pytest.param(
            "p {counter-increment: phan 2} p::before {content: counter(phan, upper-roman) '; '}",
            "<p>A<p>B",
            ["II; A", "IV; B"],
            id="a counter that nobody began, in steps",
        ),
        pytest.param(
            "ol {counter-reset: c 4} li {counter-increment: c; list-style: none} .an {display: none} "
            "li::before {content: counter(c) '. '}",
            "<ol><li>A<li class=an>x<li>B</ol>",
            ["5. A", "6. B"],
            id="begun elsewhere; what is hidden does not count",
        ),
        pytest.param(
            "tbody {counter-reset: r} tr {counter-increment: r} td.tt::before {content: counter(r)}",
            "<table border=1><tr><th>TT<th>Nhiệm vụ<th>Chủ trì<tbody><tr><td class=tt><td>A<td>Sở Y tế"
            "<tr><td class=tt><td>B<td>Sở Nội vụ</table>",
            ["TT | Nhiệm vụ | Chủ trì", "1 | A | Sở Y tế", "2 | B | Sở Nội vụ"],
            id="the rows of a table",
        ),
        pytest.param(
            "a::before {content: '\\f0c1 '} li::before {content: '» '}",
            "<p><a>A</a><ul><li>B</ul>",
            ["A", "- B"],
            id="decoration",
        ),
        pytest.param("li {display: inline-block}", "<ol><li>3. A</ol>", ["3. A"], id="no item, no mark"),
    ],
)
def test_numbers_counted_by_styles_are_in_the_text(style: str, body: str, lines: list[str]) -> None:
    """Each element begins with the number that a browser writes before it."""
    assert lines_of(body, f"<style>{style}</style>") == lines


def test_counters_of_a_hostile_page_stay_small() -> None:
    """Neither their number nor their size grows without end."""
    page = "<div style='counter-reset: a; counter-increment: a 999999'>" * 300 + "x"
    style = "<style>div::before {content: counters(a, '..........')}</style>"

    assert len("".join(lines_of(page, style))) < 300 * 20 * 17

    counters = Counters()
    for _ in range(3):
        counters.change({"counter-increment": "a 999999"}, 1)
    assert counters.written("counter(a)") == "1000000"
    assert counters.written(f"counter(a) '{'x' * 1900}'") == "1000000" + "x" * (MAX_MARK - 7)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            f'<p>Đầu</p><iframe srcdoc="<p>{TASK}</p>"></iframe>cuối', ["Đầu", TASK, "cuối"], id="one"
        ),
        pytest.param(
            '<iframe srcdoc="&lt;ol&gt;&lt;li&gt;A&lt;li&gt;B&lt;/ol&gt;">thay thế</iframe>',
            ["1. A", "2. B"],
            id="written with entities; other words only where there are no frames",
        ),
        pytest.param(
            "<iframe srcdoc='<head><style>.an {display: none}</style></head><p class=an>x<p>A'></iframe>",
            ["A"],
            id="with its styles",
        ),
        pytest.param(
            '<p>A</p><iframe srcdoc="&lt;iframe srcdoc=&quot;B&quot;&gt;&lt;/iframe&gt;"></iframe>',
            ["A", "B"],
            id="in a frame",
        ),
        pytest.param("<p>A</p><iframe hidden srcdoc='<p>x'></iframe>", ["A"], id="hidden"),
        pytest.param("<p>A</p><iframe src='x.html' srcdoc=' '></iframe>", ["A"], id="without a page"),
    ],
)
def test_a_page_set_into_a_page_is_read_at_its_place(body: str, lines: list[str]) -> None:
    """What a frame shows of the page's own code is content."""
    assert lines_of(body) == lines


def set_in(depth: int, page: str) -> str:
    """Set a page into a page, and that into another, and so on."""
    for _ in range(depth):
        page = f'<p>A</p><iframe srcdoc="{escape(page)}"></iframe>'
    return page


@pytest.mark.parametrize(
    "body",
    [
        '<p>A</p><iframe srcdoc="<p>TỐI MẬT</p>"></iframe>',
        '<p>A</p><iframe hidden srcdoc="<p>TỐI MẬT</p>"></iframe>',
        '<p>A</p><iframe srcdoc="<title>TỐI MẬT</title>B"></iframe>',
        "<style>p::before {content: 'TỐI MẬT'}</style><p>A</p>",
        "<p>A</p>" + '<iframe srcdoc="B"></iframe>' * 200 + '<iframe srcdoc="<p>TỐI MẬT</p>"></iframe>',
        set_in(6, "<p class=x>TỐI MẬT</p><p>B</p>"),
        set_in(40, '<h1 title="x">T&#7888;I M&#7852;T</h1>'),
    ],
)
def test_a_stamp_in_a_frame_or_a_style_is_seen(body: str) -> None:
    """Wherever a page shows it, also in frames that are not read, the page is refused."""
    with pytest.raises(UnreadableDocument) as refusal:
        lines_of(body)

    assert refusal.value.code == "secret"


def test_too_many_frames_are_a_doubt() -> None:
    """Those behind the bound are not read, and somebody hears of it."""
    page = "<html><p>A</p>" + '<iframe srcdoc="B"></iframe>' * 201

    document = read_bytes(page.encode())

    assert [doubt.code for doubt in document.doubts] == ["page-too-deep"]
    assert document.text.count("B") == 200
