"""Every HTML letter carries its style in its elements, and is readable in the dark and on a telephone."""

import re

import css_inline
import pytest

from notifications.channels import ChannelName
from notifications.render import _environment, render
from notifications.styling import SHEET, style_of, styled
from tests.notifications.letters import digest, mixed, notice, reminder

CSS = ".a { color: #111111; margin: 0 } .b { padding: 4px 2px } .a-b { color: red }"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('<p class="a">x</p>', '<p class="a" style="color:#111111;margin:0">x</p>', id="one"),
        pytest.param(
            '<td width="1" class="a b" align="left">',
            '<td width="1" class="a b" align="left" style="color:#111111;margin:0;padding:4px 2px">',
            id="two, in a cell that stands alone",
        ),
        pytest.param(
            '<p class="a" style="color:{{ x }}">',
            '<p class="a" style="color:#111111;margin:0;color:{{ x }}">',
            id="the element's own comes last",
        ),
        pytest.param(
            '<p class="b kind-{{ x.y }}">',
            '<p class="b kind-{{ x.y }}" style="padding:4px 2px">',
            id="a class that is known later",
        ),
        pytest.param('<p class="c">', '<p class="c">', id="a class without a style"),
        pytest.param("<p>class</p>", "<p>class</p>", id="no class"),
        pytest.param(
            '{% if a < b %}<p class="b">', '{% if a < b %}<p class="b" style="padding:4px 2px">', id="logic"
        ),
    ],
)
def test_an_element_gets_the_style_of_its_classes(source: str, expected: str) -> None:
    """The rest of the template stays as it is."""
    assert styled(source, CSS) == expected


def templates() -> list[tuple[str, str]]:
    """Return the HTML templates with their sources, before they are styled."""
    environment = _environment()
    loader = environment.loader
    assert loader is not None
    names = [name for name in environment.list_templates() if name.endswith(".html")]
    return [(name, loader.get_source(environment, name)[0]) for name in names]


def sheet(name: str = SHEET) -> str:
    """Return a style sheet."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


@pytest.mark.parametrize(("name", "source"), templates())
def test_every_class_of_a_template_means_something(name: str, source: str) -> None:
    """A class is in the sheet, or it is one that a dark screen looks for."""
    used = {one for found in re.findall(r'class="([^"{]*)', source) for one in found.split()}
    unknown = {one for one in used if not style_of(one, sheet()) and f".{one} " not in sheet("screens.css")}

    assert unknown == set()
    assert ("letter.html" in source) or used


@pytest.mark.parametrize(
    "message", [reminder(), notice(), digest(*mixed())], ids=["reminder", "notice", "digest"]
)
def test_a_letter_needs_no_style_sheet(message: object) -> None:
    """Inlining the whole sheet again changes nothing: what each element is to look like, it says itself."""
    html = render(message, ChannelName.EMAIL).html or ""  # type: ignore[arg-type] # three kinds of message
    whole = html.replace("<style>", f"<style>{sheet()}</style><style>", 1)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)

    def looks(page: str) -> list[dict[str, str]]:
        """Return what each element says of itself; of a property said twice the last counts."""
        styles = re.findall(r'style="([^"]*)"', re.sub(r":\s+", ":", inliner.inline(page)))
        return [dict(part.split(":", 1) for part in style.split(";") if part.strip()) for style in styles]

    def same(one: dict[str, str]) -> dict[str, str]:
        return {name.strip(): value.strip() for name, value in one.items()}

    assert [same(one) for one in looks(html)] == [same(one) for one in looks(whole)]


def test_dark_colours_prevail_over_those_of_the_elements() -> None:
    """A style attribute is stronger than a sheet, unless the sheet insists."""
    dark = sheet("screens.css").partition("dark) {")[2].partition("\n}")[0]
    rules = [line for line in dark.splitlines() if line.strip()]

    assert rules
    assert [line for line in rules if "!important; }" not in line] == []


@pytest.mark.parametrize("message", [reminder(), digest(*mixed())], ids=["reminder", "digest"])
def test_a_letter_says_that_it_can_be_dark(message: object) -> None:
    """Otherwise a mail program turns its colours over by itself."""
    html = render(message, ChannelName.EMAIL).html or ""  # type: ignore[arg-type] # two kinds of message

    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert '<!--[if mso]><table role="presentation" width="600"' in html
