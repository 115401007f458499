"""What a font's name says of the letters set in it: «.VnTime», «.VnTimeH», «VNI-Times»."""

import re
from typing import Final

from directives.readers.legacy.tables import Encoding

# In a PDF a tag stands before the name of a font of which only some letters are kept: «ABCDEF+.VnTime».
TAG: Final = re.compile(r"(?:[A-Z]{6}\+)?['\"\s]*")
TCVN3: Final = re.compile(r"\.?vn[a-z0-9 ]{3,}", re.IGNORECASE)
CAPITALS: Final = re.compile(r"h(?:[ ,-]?(?:bold|italic|regular))*", re.IGNORECASE)
VNI: Final = re.compile(r"vni[-_ ]?\w", re.IGNORECASE)


def encoding_of(font: str | None) -> Encoding | None:
    """Return the encoding of a font by its name, None for one of Unicode; for a list, of the first."""
    if not font:
        return None
    name = font[TAG.match(font).end() :].partition(",")[0].strip("'\" ")  # type: ignore[union-attr]
    if VNI.match(name):
        return Encoding.VNI
    if not name.startswith((".Vn", ".VN", ".vn")):
        return None
    plain = re.sub(r"[ ,-]?(?:bold|italic|regular|mt|ps)+", "", name, flags=re.IGNORECASE).rstrip()
    return Encoding.TCVN3_CAPITALS if plain.endswith("H") else Encoding.TCVN3
