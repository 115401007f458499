"""Plain text of every usual encoding."""

import unicodedata

import pytest

from directives.readers.plain import read_text

SENTENCE = "Sở Công Thương chủ trì, báo cáo UBND tỉnh trước ngày 09/4/2020; Ủy ban, nghiệm thu, đường, hoà."


def in_windows_1258(text: str) -> bytes:
    """Write tones as separate characters, as Windows does."""
    letters = []
    for char in unicodedata.normalize("NFC", text):
        try:
            char.encode("cp1258")
            letters.append(char)
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", char)[:-1], unicodedata.normalize("NFD", char)[-1]
            if tone in "\u0302\u0306\u031b":  # the mark that makes another letter came last
                base, tone = (
                    unicodedata.normalize("NFD", char)[0] + tone,
                    unicodedata.normalize("NFD", char)[1],
                )
            letters.append(unicodedata.normalize("NFC", base) + tone)
    return "".join(letters).encode("cp1258")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(SENTENCE.encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + SENTENCE.encode(), id="UTF-8 with a mark"),
        pytest.param(unicodedata.normalize("NFD", SENTENCE).encode(), id="UTF-8, marks apart"),
        pytest.param(SENTENCE.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), id="UTF-16, high byte first"),
        pytest.param(SENTENCE.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(SENTENCE.encode("utf-16-be"), id="UTF-16 without a mark, high byte first"),
        pytest.param(SENTENCE.encode("utf-32"), id="UTF-32 with a mark"),
        pytest.param(in_windows_1258(SENTENCE), id="Windows-1258"),
    ],
)
def test_every_encoding_gives_the_same_text(raw: bytes) -> None:
    """Whatever the bytes, the words are the same, in NFC."""
    assert read_text(raw).text == SENTENCE


def test_a_file_cut_in_the_middle_of_a_letter_keeps_its_words() -> None:
    """A few broken bytes do not make a UTF-8 file a Windows one."""
    raw = (SENTENCE * 3).encode() + "ệ".encode()[:2]

    assert read_text(raw).text.rstrip("\ufffd") == (SENTENCE * 3)
