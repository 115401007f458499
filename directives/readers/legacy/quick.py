"""The quick test that decides whether a text is looked at closely."""

import re
from typing import Final

# Letters that hardly any Vietnamese in Unicode has, and that hardly ten words are without in an old font,
# or in UTF-8 taken for something else. One pass over the text.
TELL_TALES: Final = re.compile("[µ¸¹¨¬ªøûïäåëöüñæîÞßØÛÏÄÅËÖÜÑÆÎ╗║∫\uf020-\uf0ff]")


def is_suspect(text: str) -> bool:
    """Tell whether a text may be in an old font, or decoded wrongly."""
    return TELL_TALES.search(text) is not None
