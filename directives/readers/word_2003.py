"""Word 2003 XML: rewritten as the .docx it is nearly, and read as one.

LibreOffice (7.4) reads this format too, but made bullets of the numbered lists it was tried on.
Source: the schemas of the Office 2003 XML reference (wordnet.xsd): w:lists, w:listPr, w:hdr.
"""

import io
import zipfile
from copy import deepcopy
from itertools import chain
from types import MappingProxyType
from typing import Final

from lxml import etree

from directives.readers.archive import CONTENT_TYPES, DEFAULT_MAIN, parse_xml, too_large
from directives.readers.document import MAX_PART_BYTES, Content, Refusal, UnreadableDocument
from directives.readers.docx import read_docx
from directives.readers.wordml import Element, W, child, value

OLD: Final = b"http://schemas.microsoft.com/office/word/2003/wordml"
NEW: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES: Final = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
NUMBERS: Final = MappingProxyType(
    {
        "0": "decimal",
        "1": "upperRoman",
        "2": "lowerRoman",
        "3": "upperLetter",
        "4": "lowerLetter",
        "22": "decimalZero",
        "23": "bullet",
        "255": "none",
    }
)


def read_word_2003(raw: bytes) -> Content:
    """Read a Word 2003 XML file; raise UnreadableDocument where it is broken or too large."""
    if len(raw) > MAX_PART_BYTES:
        raise too_large(MAX_PART_BYTES)
    root = parse_xml(raw.replace(OLD, NEW))
    if root.tag != W + "wordDocument" or child(root, "body") is None:
        raise UnreadableDocument(Refusal.DAMAGED)
    for properties in root.iter(W + "listPr"):
        _rename(properties, "numPr")
        for each in properties.findall(f"{W}ilfo"):
            _rename(each, "numId")
    parts = {CONTENT_TYPES: TYPES.encode(), "word/numbering.xml": etree.tostring(_numbering(root))}
    running = chain(root.iter(W + "hdr"), root.iter(W + "ftr"))
    for count, head in enumerate(list(running), start=1):
        parts[f"word/header{count}.xml"] = etree.tostring(head, with_tail=False)
    if (styles := child(root, "styles")) is not None:
        parts["word/styles.xml"] = etree.tostring(styles, with_tail=False)
    parts[DEFAULT_MAIN] = etree.tostring(root)
    return read_docx(_zipped(parts))


def _numbering(root: Element) -> Element:
    """Write the lists as a .docx has them."""
    numbering = etree.Element(W + "numbering", nsmap={"w": NEW.decode()})
    lists = child(root, "lists")
    for definition in lists.iterfind(W + "listDef") if lists is not None else ():
        abstract = etree.SubElement(numbering, W + "abstractNum")
        abstract.set(W + "abstractNumId", definition.get(W + "listDefId") or "")
        abstract.extend(_level(level) for level in definition.iterfind(W + "lvl"))
    for each in lists.iterfind(W + "list") if lists is not None else ():
        number = etree.SubElement(numbering, W + "num")
        number.set(W + "numId", each.get(W + "ilfo") or "")
        etree.SubElement(number, W + "abstractNumId").set(W + "val", value(each, "ilst") or "")
        for override in each.iterfind(W + "lvlOverride"):
            copied = deepcopy(override)
            for level in copied.findall(W + "lvl"):
                copied.replace(level, _level(level))
            number.append(copied)
    return numbering


def _level(level: Element) -> Element:
    """Copy a level of a list, with the kind of its numbers named and not counted."""
    copied = deepcopy(level)
    for kind in copied.findall(W + "nfc"):
        copied.remove(kind)
    etree.SubElement(copied, W + "numFmt").set(W + "val", NUMBERS.get(value(level, "nfc") or "0", "decimal"))
    return copied


def _rename(element: Element, name: str) -> None:
    element.tag = W + name


def _zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()
