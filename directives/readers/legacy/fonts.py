"""What a font's name says of the letters set in it: «.VnTime», «.VnTimeH», «VNI-Times»."""

import re
from functools import lru_cache
from typing import Final

from directives.readers.legacy.tables import Encoding

OLD: Final = re.compile(r"\.V[nN][A-Z]|VNI-", re.ASCII)  # what a file with old fonts in it is searched for
# In a PDF a tag stands before the name of a font of which only some letters are kept: «ABCDEF+.VnTime».
TAG: Final = re.compile(r"['\"\s]*(?:[A-Z]{6}\+)?(.*)", re.DOTALL)
TCVN3: Final = re.compile(r"\.vn", re.IGNORECASE)
VNI: Final = re.compile(r"vni[-_ ]?\w", re.IGNORECASE)
CUT: Final = re.compile(r"[ -]?(?:bold|italic|regular)", re.IGNORECASE)  # of a font; its name stands before


@lru_cache(maxsize=256)
def encoding_of(font: str | None) -> Encoding | None:
    """Return the encoding of a font by its name, None for one of Unicode; for a list, of the first."""
    found = TAG.match(font or "")
    name = found[1].partition(",")[0].strip("'\" ") if found is not None else ""
    if VNI.match(name):
        return Encoding.VNI
    if not TCVN3.match(name):
        return None
    return Encoding.TCVN3_CAPITALS if CUT.sub("", name).endswith("H") else Encoding.TCVN3
