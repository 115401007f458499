"""The look of HTML letters, written into their elements once, when a template is loaded.

Mail programs differ in what they do with a style sheet, and all of them obey a style attribute. A letter is
written thousands of times from few templates, so css_inline works on the templates and not on the letters.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

import css_inline
from jinja2 import BaseLoader, Environment

SHEET: Final = "letter.css"
_TAG: Final = re.compile(r'<(?P<tag>[a-z][a-z0-9]*)\b(?P<rest>[^<>]*?\bclass="(?P<classes>[^"<>]*)"[^<>]*)>')
_STYLE: Final = re.compile(r'\s*\bstyle="([^"]*)"')
_WRITTEN: Final = re.compile(r"\S*\{\{.*?\}\}\S*")  # a class that is only known when the letter is written
_INLINED: Final = re.compile(r'<i class="[^"]*"(?: style="([^"]*)")?>')


class StylingLoader(BaseLoader):
    """Loads templates from another loader and gives the elements of the HTML ones their style."""

    def __init__(self, templates: BaseLoader) -> None:
        self._templates = templates

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's source, styled if it is HTML."""
        source, path, fresh = self._templates.get_source(environment, template)
        if template.endswith(".html"):
            sheet, _, _ = self._templates.get_source(environment, SHEET)
            source = styled(source, sheet)
        return source, path, fresh

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self._templates.list_templates()


def styled(source: str, sheet: str) -> str:
    """Write what a sheet says of each class into the elements that carry it; the classes stay.

    A sheet's selectors name one class each: an element is looked at alone, without what stands around it.
    What an element's own style says comes last and prevails.
    """

    def with_style(found: re.Match[str]) -> str:
        classes = " ".join(_WRITTEN.sub("", found["classes"]).split())
        own = _STYLE.search(found["rest"])
        parts = [style_of(classes, sheet), own[1].strip() if own else ""]
        style = ";".join(part.rstrip("; ") for part in parts if part)
        rest = _STYLE.sub("", found["rest"])
        return f'<{found["tag"]}{rest} style="{style}">' if style else found[0]

    return _TAG.sub(with_style, source)


@cache
def style_of(classes: str, sheet: str) -> str:
    """Return the style that a sheet gives an element with these classes, «» for none."""
    page = f'<html><head><style>{sheet}</style></head><body><i class="{classes}"></i></body></html>'
    inlined = css_inline.CSSInliner(load_remote_stylesheets=False).inline(page)
    found = _INLINED.search(inlined)
    return (found[1] or "").replace(": ", ":").rstrip(";") if found else ""
