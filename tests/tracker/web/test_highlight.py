"""Marking words in a document's text."""

from hypothesis import given
from hypothesis import strategies as st

from directives.model import Span
from tracker.web.highlight import Marked, stretches

TEXT = "Sở Công Thương báo cáo trước ngày 10/5/2020."


def test_overlapping_marks_are_told_apart() -> None:
    """A deadline inside a marked sentence is both; the words around it are the sentence alone."""
    sentence = Marked(Span(0, len(TEXT)), "task", "NV-1")
    deadline = Marked(Span(23, 43), "deadline")

    cut = stretches(TEXT, [sentence, deadline])

    assert [(piece.text, piece.kinds, piece.anchors) for piece in cut] == [
        ("Sở Công Thương báo cáo ", ("task",), ("NV-1",)),
        ("trước ngày 10/5/2020", ("task", "deadline"), ()),
        (".", ("task",), ()),
    ]


def test_a_text_without_marks_is_one_unmarked_stretch() -> None:
    """Nothing to mark leaves the text as it is."""
    assert [(piece.text, piece.kinds, piece.anchors) for piece in stretches(TEXT, [])] == [(TEXT, (), ())]


SPANS = st.tuples(st.integers(-5, 60), st.integers(-5, 60)).map(lambda ends: Span(*ends))


@given(st.text(max_size=40), st.lists(SPANS, max_size=6))
def test_stretches_put_together_are_the_text(text: str, spans: list[Span]) -> None:
    """Whatever is marked, no character is lost or moved, and each is marked where a span covers it."""
    pieces = stretches(text, [Marked(span, str(number)) for number, span in enumerate(spans)])

    assert text == "".join(piece.text for piece in pieces)
    at = 0
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            covering = [str(n) for n, span in enumerate(spans) if span.start <= place < span.end]
            assert covering == list(piece.kinds)
        at += len(piece.text)
