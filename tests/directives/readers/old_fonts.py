"""Writers of the encodings before Unicode, made apart from the tables that read them.

TCVN3 as keyboards wrote it: a capital with a tone becomes the small letter's code. VNI and Windows-1258 from
the decomposition of each letter.
"""

import unicodedata

# Every letter of TCVN 5712 VN3 at its code, from A1 on; a dot is an empty place.
TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
TO_TCVN3 = {letter: chr(0xA1 + place) for place, letter in enumerate(TCVN3) if letter != "."}
VNI_OWN = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ơ": "ô", "ư": "ö", "ỵ": "î", "đ": "ñ"}
TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
HATS = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
BOWS = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}


def in_tcvn3(text: str) -> str:
    """Return text as a .VnTime font is typed, seen as Latin-1."""
    return "".join(TO_TCVN3.get(char, TO_TCVN3.get(char.lower(), char)) for char in text)


def in_vni(text: str) -> str:
    """Return text as a VNI font is typed, seen as Latin-1."""
    return "".join(
        _vni(char) if char.islower() else _vni(char.lower()).upper() if char.isupper() else char
        for char in text
    )


def _vni(letter: str) -> str:
    if letter in VNI_OWN:
        return VNI_OWN[letter]
    base, marks = unicodedata.normalize("NFD", letter)[:1], unicodedata.normalize("NFD", letter)[1:]
    tone = next((mark for mark in marks if mark in TONES), "")
    if "\u0302" in marks:
        return base + HATS[tone]
    if "\u0306" in marks:
        return base + BOWS[tone]
    if "\u031b" in marks:
        base = VNI_OWN[unicodedata.normalize("NFC", base + "\u031b")]
    return base + (TONES[tone] if tone else "")


def in_windows_1258(text: str) -> bytes:
    """Write tones as separate characters, as Windows does; what it lacks becomes a question mark."""
    letters = []
    for char in unicodedata.normalize("NFC", text):
        if char.encode("cp1258", "ignore"):
            letters.append(char)
            continue
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in marks if mark in TONES)
        letters.append(
            unicodedata.normalize("NFC", "".join(each for each in marks if each not in TONES)) + tone
        )
    return "".join(letters).encode("cp1258", "replace")
