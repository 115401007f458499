"""Items hang together as their marks say, whatever mixture of marks a document uses."""

import pytest

from directives.layout import lay_out
from directives.model import Span
from directives.outline import build_outline
from directives.text import canonical

TREES = [
    pytest.param(
        "I. A\n1. b\na) c\n- d\n2. e\nII. F\n1. g",
        ["I", "I.1", "I.1.a", "I.1.a", "I.2", "II", "II.1"],
        id="roman",
    ),
    pytest.param(
        "1. A:\n1.1. B.\n1.2. C.\n2. D.", ["1", "1.1", "1.2", "2"], id="decimals repeat their number"
    ),
    pytest.param("II. A\n1. B:\n1.1. C.", ["II", "II.1", "II.1.1"], id="decimals under a roman number"),
    pytest.param(
        "Điều 2. A\n1. B\na) C.\nĐiều 3. D.", ["Điều 2", "Điều 2.1", "Điều 2.1.a", "Điều 3"], id="articles"
    ),
    pytest.param(
        "A. X\nI. Y\n1. z\nB. U\nI. V", ["A", "A.I", "A.I.1", "B", "B.I"], id="letters above romans"
    ),
    pytest.param("1- A.\n2- B:\n- c.\n3- D.", ["1", "2", "2", "3"], id="numbers with a dash"),
    pytest.param("1) A.\n2) B.", ["1", "2"], id="numbers with a bracket"),
    pytest.param("Một là, a.\nHai là, b.", ["Một", "Hai"], id="counted in words"),
    pytest.param(
        "1. A.\n2. B.\nBộ giao các đơn vị:\na) C.\nb) D.", ["1", "2", None, "a", "b"], id="numbered afresh"
    ),
    pytest.param("1. A.\nThêm một đoạn.\n2. B.", ["1", None, "2"], id="resumed after loose prose"),
    pytest.param(
        "IV. A\n2. Sở Y tế\nPhối hợp rà soát.\n3. B",
        ["IV", "IV.2", "IV.2", "IV.3"],
        id="prose under a heading",
    ),
]


def paths_of(text: str) -> list[str | None]:
    """Return the paths of all sections, in the order of the text."""
    clean = canonical(text)
    root = build_outline(lay_out(clean), Span(0, len(clean)))
    return [section.path for section in root.walk()][1:]


@pytest.mark.parametrize(("text", "paths"), TREES)
def test_every_item_has_its_path(text: str, paths: list[str | None]) -> None:
    """The path of an item is made of the marks above it; bullets add nothing."""
    assert paths == paths_of(text)
