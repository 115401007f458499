"""The words of runs as Word shows them; what is hidden, struck out, or said in a note is only noted.

Source: ECMA-376 part 1, 17.3.2 (run properties), 17.7 (styles), 17.11 (notes), 22.1 (formulas).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from directives.readers.archive import Package
from directives.readers.left_out import HIDDEN, NOTE, STRUCK, LeftOut
from directives.readers.wordml import MC, Element, W, child, is_on, value

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GONE: Final = frozenset({W + "del", W + "moveFrom", MC + "Fallback"})
RUN_PROPERTIES: Final = frozenset({W + "rPr", W + "pPr", W + "sectPr", W + "tblPr", W + "trPr", W + "tcPr"})
CHARACTERS: Final = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "ptab": "\t",
}
WORDS: Final = frozenset({W + "t", M + "t"})
TEXT_BOX: Final = W + "txbxContent"
NOTES: Final = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
LEFT_OUT: Final = {"vanish": HIDDEN, "strike": STRUCK, "dstrike": STRUCK}  # property → what it makes of words
HERE: Final = "\x02"  # stands in a line where words were left out; no file can hold it
SYMBOLS: Final = range(0x20, 0xF000)  # a character of a usual font; those above are dingbats
MAX_CHAIN: Final = 100

Looks = Mapping[str, bool]  # property → on or off


@dataclass(slots=True)
class Runs:
    """Gives the words of paragraphs, and keeps what it left out until it is taken."""

    styles: Mapping[str, Looks] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (kind, number) → words
    left_out: list[LeftOut] = field(default_factory=list)

    def words(self, paragraph: Element, boxes: list[Element]) -> Iterator[str]:
        """Give the words of a paragraph's runs; put the text boxes met on the way aside.

        A mark stands where words were left out, one for each entry of `left_out`.
        """
        return self._words(paragraph, boxes, self._looks(child(paragraph, "pPr", "pStyle")))

    def _words(self, element: Element, boxes: list[Element], around: Looks) -> Iterator[str]:
        for each in element:
            tag = each.tag
            if tag in WORDS:
                yield each.text or ""
            elif tag in CHARACTERS:
                yield CHARACTERS[tag]
            elif tag == TEXT_BOX:
                boxes.append(each)
            elif tag == W + "sym":
                yield _symbol(each)
            elif tag in NOTES:
                yield from self._note(each)
            elif tag == W + "r" and (code := self._left_out(each, around)) is not None:
                yield from self._leave_out(code, each)
            elif isinstance(tag, str) and tag not in GONE and tag not in RUN_PROPERTIES:
                if tag == M + "den":
                    yield "/"
                yield from self._words(each, boxes, around)

    def is_hidden_mark(self, paragraph: Element) -> bool:
        """Tell whether a paragraph's end is not shown, or deleted: its words run on into the next."""
        properties = child(paragraph, "pPr", "rPr")
        return child(properties, "del") is not None or is_on(properties, "vanish")

    def _left_out(self, run: Element, around: Looks) -> str | None:
        """Return why a run is left out: by its own look, its style's or paragraph's; None where it is not."""
        properties = child(run, "rPr")
        if properties is None and not around:
            return None
        looks: dict[str, bool] = {**around, **self._looks(child(properties, "rStyle"))}
        for name in LEFT_OUT:
            if child(properties, name) is not None:
                looks[name] = is_on(properties, name)
        return next((code for name, code in LEFT_OUT.items() if looks.get(name)), None)

    def _looks(self, style: Element | None) -> Looks:
        return self.styles.get(style.get(W + "val") or "", {}) if style is not None else {}

    def _leave_out(self, code: str, run: Element) -> Iterator[str]:
        words = "".join(each.text or "" for each in run.iter(*WORDS)).strip()
        if words:
            yield self._noted(LeftOut(code, words, None))

    def _note(self, reference: Element) -> Iterator[str]:
        words = self.notes.get((NOTES[str(reference.tag)], reference.get(W + "id") or ""))
        if words:
            yield self._noted(LeftOut(NOTE, words, None))

    def _noted(self, each: LeftOut) -> str:
        self.left_out.append(each)
        return HERE


def load_runs(package: Package, beside: str, styles: Element | None) -> Runs:
    """Read which styles hide or strike words, and the words of notes."""
    notes = {
        (kind, note.get(W + "id") or ""): " ".join("".join(t.text or "" for t in note.iter(W + "t")).split())
        for kind in NOTES.values()
        if (part := package.part(f"{beside}{kind}.xml")) is not None
        for note in part
    }
    return Runs(_style_looks(styles), notes)


def _style_looks(styles: Element | None) -> dict[str, Looks]:
    """Return the looks of each style that hides or strikes words, what it is based on included."""
    own: dict[str, tuple[str | None, Looks]] = {}
    for style in styles.iter(W + "style") if styles is not None else ():
        properties = child(style, "rPr")
        looks = {name: is_on(properties, name) for name in LEFT_OUT if child(properties, name) is not None}
        own[style.get(W + "styleId") or ""] = value(style, "basedOn"), looks
    if not any(looks for _, looks in own.values()):
        return {}
    return {name: _with_bases(name, own) for name in own}


def _with_bases(name: str, own: Mapping[str, tuple[str | None, Looks]]) -> Looks:
    chain: list[Looks] = []
    at: str | None = name
    while at is not None and at in own and len(chain) < MAX_CHAIN:
        chain.append(own[at][1])
        at = own[at][0]
    return {name: on for looks in reversed(chain) for name, on in looks.items()}


def _symbol(element: Element) -> str:
    """Return a character that is named by its number, where its font is a usual one."""
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if code in SYMBOLS and not 0xD800 <= code <= 0xDFFF else ""  # noqa: PLR2004 - surrogates
