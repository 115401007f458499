"""Letters that are gone for good: «Tr�c», «S? Công Th??ng». Few of them are a doubt, many a refusal."""

import re
from typing import Final

from directives.model import Doubt, Span
from directives.readers.document import Refusal, UnreadableDocument

LOST: Final = "letters-lost"
MESSAGE: Final = "{count} chữ trong tệp đã bị hỏng từ trước (ví dụ «{sample}»); hãy đối chiếu với bản gốc."
BROKEN: Final = "\ufffd"
ASKED: Final = re.compile(r"(?<=[^\W\d_])\?+(?=[^\W\d_])(?![\w.-]*=)")  # «S?n», but no «x?id=3» of an address
FEW: Final = 3
LETTERS_PER_LOSS: Final = 25  # more losses than one in so many letters: nobody can read that
PADDING: Final = 12


def lost_letters(text: str) -> tuple[Doubt, ...]:
    """Return a doubt about letters that are lost; raise UnreadableDocument where there are too many."""
    count = text.count(BROKEN)
    first = text.find(BROKEN)
    length = 1
    if not count and text.count("?") >= FEW:
        asked = list(ASKED.finditer(text))
        if len(asked) >= FEW:
            count, first, length = len(asked), asked[0].start(), len(asked[0][0])
    if not count:
        return ()
    if count * LETTERS_PER_LOSS > sum(char.isalpha() for char in text):
        raise UnreadableDocument(Refusal.DAMAGED, "garbled-text")
    start = max(text.rfind(" ", 0, first), text.rfind("\n", 0, first)) + 1
    sample = text[max(start, first - PADDING) : first + PADDING].partition("\n")[0]
    return (Doubt(LOST, MESSAGE.format(count=count, sample=sample), Span(first, first + length)),)
