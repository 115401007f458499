"""Stamps of secrecy put on askew: the page's lines are straight, the stamp is not."""

from typing import Any

import pytest

from directives.readers import Refusal, UnreadableDocument, read_bytes
from directives.readers.ocr.stamps import is_crooked_stamp
from tests.directives.readers.scanner import need_ocr, scanned, typed, written

LETTER = ["", "", "", "UBND TINH A", "So: 12/KH-UBND", "Cac so, nganh to chuc thuc hien ke hoach nay."]


def stamped(words: str, degrees: float, *, framed: bool) -> Any:
    """Return a scanned letter with a stamp pressed on its head, turned counter-clockwise."""
    from PIL import Image, ImageChops, ImageDraw, ImageOps  # noqa: PLC0415 - an extra

    (page,), (printed,) = scanned(typed(LETTER), noise=4), scanned(typed([words], size=17), turn=0, noise=0)
    ink = ImageOps.invert(printed)
    ink = ImageOps.expand(ink.crop(ink.getbbox()), 16, 0)
    if framed:
        ImageDraw.Draw(ink).rectangle((2, 2, ink.width - 3, ink.height - 3), outline=220, width=4)
    ink = ink.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True)
    over = Image.new("L", page.size, 0)
    over.paste(ink, (700, 60))
    return ImageChops.subtract(page, over)


@pytest.mark.parametrize("words", ["MAT", "TOI MAT", "TUYET MAT"])
@pytest.mark.parametrize(("degrees", "framed"), [(-20, True), (-9, False), (12, True), (25, True)])
def test_a_crooked_stamp_refuses_the_page(words: str, degrees: float, *, framed: bool) -> None:
    """With or without its frame, to either side."""
    need_ocr()
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(written([stamped(words, degrees, framed=framed)], "PNG"))

    assert refusal.value.code is Refusal.SECRET


@pytest.mark.parametrize("words", ["HOA TOC", "KHAN", "BAN SAO", "MAU SO 2", "DU THAO"])
def test_other_crooked_stamps_do_not(words: str) -> None:
    """Urgent, a copy, a draft: the letter is read."""
    need_ocr()

    assert "12/KH-UBND" in read_bytes(written([stamped(words, 12, framed=True)], "PNG")).text


@pytest.mark.parametrize(
    ("read", "secret"),
    [
        ("MẬT", True), ("| MÂT ]", True), ("TỔỐI MẬT Ì", True), ("[UYỆT MẬT", True), ("_ TUYET MAI |", True),
        ("HỎA TỐC", False), ("mật", True), ("MẪU", False), ("TỐI ĐA", False), ("", False),
        ("SAO Y BẢN CHÍNH TỐI NAY MAI TÔI MẤT CÔNG", False),
    ],
)  # fmt: skip
def test_what_is_read_from_one_thing(read: str, *, secret: bool) -> None:
    """A letter may be wrong in a long level; sides of a frame are read as letters too."""
    assert is_crooked_stamp(read) == secret
