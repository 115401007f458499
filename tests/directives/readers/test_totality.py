"""Whatever the bytes: a text or a refusal, and soon."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.readers import UnreadableDocument, read_bytes
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.word import word_file

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*-*.*"))
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers(raw: bytes) -> bool:
    """Read, and let nothing out but a text or a refusal."""
    try:
        return bool(read_bytes(raw).text)
    except UnreadableDocument as refusal:
        return bool(refusal.phrase)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
@SLOW
@given(data=st.data())
def test_a_changed_example_is_read_or_refused(example: Path, data: st.DataObject) -> None:
    """Bytes changed, cut out or doubled anywhere raise nothing but UnreadableDocument."""
    raw = bytearray(example.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        length = data.draw(st.integers(0, 40))
        raw[place : place + length] = data.draw(st.binary(max_size=40))
        if not raw:
            break

    assert answers(bytes(raw))


@SLOW
@given(
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"{\\rtf"]
    ),
    st.binary(max_size=4000),
)
def test_any_bytes_are_read_or_refused(head: bytes, rest: bytes) -> None:
    """Noise behind the signature of any format raises nothing but UnreadableDocument."""
    assert answers(head + rest)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"<!---->" * 5000 + b"<x>", id="comments before no page"),
        pytest.param(b"<html>" + b"<table><tr><td>" * 3000, id="tables in tables"),
        pytest.param(b"<html>" + b"<ol><li>x" * 20000, id="lists in lists"),
        pytest.param(b"-" * 1_000_000, id="one long line of dashes"),
        pytest.param("MẬT ".encode() * 200_000, id="a stamp without end"),
        pytest.param(word_file("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 50_000), id="many paragraphs"),
        pytest.param(pdf_file([words(10, 10, "x" * 150_000)]), id="one long line of type"),
        pytest.param(
            pdf_file([b"".join(words(9 + n % 60 * 8, 14 * (n // 60), "1") for n in range(3000))]),
            id="a page of numbers",
        ),
        pytest.param(
            pdf_file([b"".join(b"%d 0 0 800 re S " % x for x in range(9000)) + words(9, 9, "x")]),
            id="a drawing",
        ),
    ],
)
def test_what_is_made_to_be_slow_is_answered(raw: bytes) -> None:
    """No size or nesting that fits in the bounds makes the reading hang."""
    assert answers(raw)


@SLOW
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any characters, in any encoding that holds them, raise nothing but UnreadableDocument."""
    assert answers(text.encode("utf-8", errors="surrogatepass"))
    assert answers(text.encode("utf-16", errors="surrogatepass"))
