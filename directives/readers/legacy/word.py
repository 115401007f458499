"""Word files whose runs are set in old fonts: their words rewritten in Unicode before the document is read.

A run's font stands in the run, its character style, its paragraph's style or the defaults, by name or by way
of the theme (ECMA-376 part 1, 17.3.2.26 and 17.7.2). A font may lie: words pasted into it stay in Unicode.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from directives.model import Doubt
from directives.readers.legacy.fonts import encoding_of
from directives.readers.legacy.restore import UNICODE_ONLY
from directives.readers.legacy.stretches import Stretch, believed, doubts_about
from directives.readers.legacy.tables import Encoding, respelled
from directives.readers.wordml import Element, W, child, value

A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FONT_ATTRIBUTES: Final = ("hAnsi", "ascii")  # Latin-1 goes by the first, where a font names both
TEXTS: Final = (W + "t", W + "softHyphen")
NORMAL: Final = re.compile(r"1|true|on")
PLAIN: Final = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Fonts:
    """Which font a run is set in, as far as it is an old one."""

    styles: dict[str, Element]
    theme: dict[str, str]  # «minorHAnsi» → the font's name
    defaults: Element | None
    normal: str | None

    def of(self, run: Element, properties: Element | None) -> Encoding | None:
        """Return the encoding of a run in a paragraph with these properties."""
        own = child(run, "rPr")
        named = [own, *self._chain(value(own, "rStyle"))]
        named += [*self._chain(value(properties, "pStyle") or self.normal), self.defaults]
        return self.first(named)

    def first(self, properties: Iterable[Element | None]) -> Encoding | None:
        """Return the encoding of the first font named, nearest first."""
        for each in properties:
            fonts = child(each, "rFonts")
            if fonts is None:
                continue
            for attribute in FONT_ATTRIBUTES:
                name = self.theme.get(fonts.get(f"{W}{attribute}Theme", "")) or fonts.get(W + attribute)
                if name:
                    return encoding_of(name)
        return None

    def _chain(self, style: str | None) -> Iterator[Element | None]:
        """Give the run properties of a style and those it is based on; a circle is cut."""
        seen: set[str] = set()
        while style is not None and style in self.styles and style not in seen:
            seen.add(style)
            yield child(self.styles[style], "rPr")
            style = value(self.styles[style], "basedOn")


def set_in_unicode(
    parts: Iterable[Element], styles: Element | None, theme: Element | None, numbering: Element | None
) -> tuple[Doubt, ...]:
    """Rewrite what is set in old fonts, in place; return a doubt for each encoding found."""
    parts = list(parts)
    fonts = _fonts([*parts, numbering], styles, theme)
    if fonts is None:
        return ()
    found = [each for part in parts for each in _stretches(part, fonts)]
    texts = {id(stretch): texts for stretch, texts in found}
    changed = [(each, each.rewritten()) for each in believed(stretch for stretch, _ in found)]
    for stretch, shares in changed:
        for text, share in zip(texts[id(stretch)], shares, strict=True):
            text.tag, text.text = W + "t", share
    if numbering is not None:
        _rewrite_marks(numbering, fonts, changed[0][0].encoding if changed else None)
    return doubts_about(changed)


def _words(text: Element) -> str:
    """Return a text's words; Word keeps ư of TCVN3, a soft hyphen to it, as an element of its own."""
    return (text.text or "") if text.tag == W + "t" else "\u00ad"


def _fonts(parts: Iterable[Element | None], styles: Element | None, theme: Element | None) -> Fonts | None:
    """Learn the fonts of a document, None where no old one is named in it."""
    names = _theme_names(theme)
    named = [
        each.get(W + attribute, "")
        for part in (*parts, styles)
        if part is not None
        for each in part.iter(W + "rFonts")
        for attribute in FONT_ATTRIBUTES
    ]
    if not any(map(encoding_of, {*named, *names.values()})):
        return None
    found = list(styles.iter(W + "style")) if styles is not None else []
    normal = [
        each.get(W + "styleId")
        for each in found
        if each.get(W + "type") == "paragraph" and NORMAL.fullmatch(each.get(W + "default", ""))
    ]
    return Fonts(
        {each.get(W + "styleId", ""): each for each in found},
        names,
        child(styles, "docDefaults", "rPrDefault", "rPr"),
        normal[0] if normal else None,
    )


def _theme_names(theme: Element | None) -> dict[str, str]:
    """Return the names of the theme's fonts for Latin letters, by what runs call them."""
    names: dict[str, str] = {}
    for kind in ("major", "minor") if theme is not None else ():
        latin = next(theme.iter(f"{A}{kind}Font"), None)  # type: ignore[union-attr]
        latin = latin.find(f"{A}latin") if latin is not None else None
        if latin is not None:
            names |= dict.fromkeys((f"{kind}HAnsi", f"{kind}Ascii"), latin.get("typeface", ""))
    return names


def _stretches(part: Element, fonts: Fonts) -> Iterator[tuple[Stretch, list[Element]]]:
    """Cut the texts of a part into stretches of one paragraph and one old font."""
    texts = [each for each in part.iter(*TEXTS) if each.getparent() is not None]
    paragraphs = [next(each.iterancestors(W + "p"), None) for each in texts]
    before: Element | None = None
    for (paragraph, encoding), group in groupby(
        zip(texts, paragraphs, strict=True),
        key=lambda each: (each[1], _encoding(each[0], each[1], fonts)),
    ):
        if encoding is not None:
            held = [text for text, _ in group]
            yield Stretch(encoding, paragraph is not before, [_words(text) for text in held]), held
        before = paragraph


def _encoding(text: Element, paragraph: Element | None, fonts: Fonts) -> Encoding | None:
    run = text.getparent()
    return fonts.of(run, child(paragraph, "pPr")) if run is not None else None


def _rewrite_marks(numbering: Element, fonts: Fonts, usual: Encoding | None) -> None:
    """Rewrite the words in the marks of lists («§iÒu %1»)."""
    for level in numbering.iter(W + "lvl"):
        mark = child(level, "lvlText")
        words = mark.get(W + "val", "") if mark is not None else ""
        if mark is None or words.isascii() or UNICODE_ONLY.search(words):
            continue
        encoding = fonts.first([child(level, "rPr"), fonts.defaults]) or usual
        if encoding is not None and PLAIN.search(words):  # else a bullet of a symbol font
            mark.set(W + "val", "".join(respelled(list(words), encoding)))
