"""Good files cut short, with bits turned, with pieces moved, and under wrong names."""

import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.directives.readers.hostile.mails import a_mail
from tests.directives.readers.hostile.pictures import a_picture
from tests.directives.readers.word import zipped

CUTS = (0.001, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999)
TURNS = (1, 8, 64, 512)


def bases(examples: Path) -> Mapping[str, bytes]:
    """Return a good file of each kind."""
    word = (examples / "thong-bao-120-tb-ubnd.docx").read_bytes()
    return {
        "docx": word,
        "pdf": (examples / "thong-bao-120-tb-ubnd.pdf").read_bytes(),
        "html": (examples / "tin-lang-moc-vao-xuan.html").read_bytes(),
        "txt": (examples / "thong-bao-120-tb-ubnd.txt").read_bytes(),
        "zip": zipped({"van-ban.docx": word}),
        "eml": a_mail(word),
        "png": a_picture(),
    }


def files(examples: Path, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Give every change of every good file."""
    good = bases(examples)
    for kind, raw in good.items():
        for cut in CUTS:
            yield f"cut at {cut} of.{kind}", raw[: max(int(len(raw) * cut), 1)]
        for count in TURNS:
            yield f"{count} bits turned in.{kind}", _turned(raw, count, chance)
        yield f"halves changed places in.{kind}", raw[len(raw) // 2 :] + raw[: len(raw) // 2]
        yield f"a hole of zeros in.{kind}", _with_hole(raw, chance)
        yield f"the middle twice in.{kind}", raw[: len(raw) // 2] + raw[len(raw) // 3 :]
        yield f"noise behind the end of.{kind}", raw + chance.randbytes(5000)
    for kind, wrong in zip(good, [*list(good)[1:], "docx"], strict=False):
        yield f"{kind} by the name of.{wrong}", good[kind]
    yield from _changed_parts(good["docx"], chance)


def _changed_parts(raw: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Change the XML inside the zip, which stays whole."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in parts:
        yield (
            f"without {name.replace('/', '-')}.docx",
            zipped({other: content for other, content in parts.items() if other != name}),
        )
        yield (
            f"cut {name.replace('/', '-')}.docx",
            zipped({**parts, name: parts[name][: len(parts[name]) // 2]}),
        )
    for count in TURNS:
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            if name in parts:
                changed = {**parts, name: _letters_changed(parts[name], count, chance)}
                yield f"{count} letters changed in {name.replace('/', '-')}.docx", zipped(changed)


def _letters_changed(raw: bytes, count: int, chance: random.Random) -> bytes:
    """Change letters of values and names, so that the XML often stays whole."""
    changed = bytearray(raw)
    for _ in range(count):
        place = chance.randrange(len(changed))
        if changed[place : place + 1].isalnum():
            changed[place] = chance.choice(b"0123456789wpr")
    return bytes(changed)


def _turned(raw: bytes, count: int, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(count):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _with_hole(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw))
    return raw[:start] + bytes(min(2000, len(raw) - start)) + raw[start + 2000 :]
