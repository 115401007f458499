"""What of a PDF stands outside its pages and may be secret: the file's title, and files attached to it.

Sources: ISO 32000-1, 7.11.4 (embedded files) and 14.3.3 (information dictionary).
"""

from collections.abc import Iterator, Sequence
from typing import Final

import pypdfium2

from directives.model import Doubt
from directives.readers.document import MAX_PARTS
from directives.readers.members import safe_name
from directives.readers.packed import Packed
from directives.readers.pdf_notes import packed_file

FACTS: Final = ("Title", "Subject", "Keywords")
MAX_CHARACTERS: Final = 400
MAX_FILES: Final = MAX_PARTS + 1  # one more than may be parts, so that more are refused
MOST: Final = 20  # files named
ATTACHED: Final = "attached-file"
MESSAGE: Final = (
    "Tệp đính kèm trong PDF chưa được đọc: «{name}». Nếu đó là văn bản, đề nghị lưu ra rồi đọc riêng."
)


def outside_pdf_text(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the title and keywords of the file."""
    facts = document.get_metadata_dict(skip_empty=True)
    return [facts[name][:MAX_CHARACTERS] for name in FACTS if name in facts]


def attached_files(document: pypdfium2.PdfDocument) -> Iterator[Packed]:
    """Give the files attached to the whole document; those pinned to a page are among its notes."""
    for index in range(min(document.count_attachments(), MAX_FILES)):
        yield packed_file(document.get_attachment(index))


def doubts_of_attached(files: Sequence[Packed]) -> tuple[Doubt, ...]:
    """Return a doubt for each file that nobody has read."""
    names = dict.fromkeys(safe_name(each.name) for each in files)
    return tuple(Doubt(ATTACHED, MESSAGE.format(name=name)) for name in list(names)[:MOST])
