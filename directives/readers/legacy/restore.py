"""Put right what old fonts and wrong decodings left of a text, line by line, and say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directives.model import Doubt, Span
from directives.readers.legacy.capitals import with_capitals
from directives.readers.legacy.mojibake import undone
from directives.readers.legacy.quick import is_suspect
from directives.readers.legacy.recognise import WORD, is_odd, recognised
from directives.readers.legacy.tables import Encoding, to_unicode
from directives.text import canonical

OLD_FONT: Final = "old-font"
TWICE: Final = "encoded-twice"
UNKNOWN: Final = "encoding-unknown"
MESSAGES: Final = {
    OLD_FONT: "Chữ của phông cũ {kind} đã được chuyển sang Unicode: «{before}» → «{after}». "
    "Hãy đối chiếu với bản gốc.",
    TWICE: "Chữ bị mã hóa hai lần đã được sửa lại: «{before}» → «{after}». Hãy đối chiếu với bản gốc.",
    UNKNOWN: "Nhiều chữ có dấu không thành tiếng Việt, có thể do bảng mã cũ chưa nhận ra (VISCII, VPS…). "
    "Đề nghị chuyển tệp sang Unicode rồi đọc lại.",
}
UNICODE_ONLY: Final = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")
SAMPLE: Final = 48
NEAR: Final = 2  # lines; a blank one does not part a block
MOST: Final = 20  # doubts of one kind
SENTENCE_ENDS: Final = (".", "!", "?", ":", ";", "/")
INVISIBLE: Final = str.maketrans({"\u00ad": "-", "\n": " "})


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one line."""

    line: int
    code: str
    kind: str
    before: str
    after: str


def restore(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return a text in Unicode throughout, and doubts where that changed it."""
    if not is_suspect(text):
        return text, ()
    lines, doubts = restore_lines(text.replace("\r\n", "\n").split("\n"))
    changed = any(doubt.code != UNKNOWN for doubt in doubts)
    return ("\n".join(map(canonical, lines)) if changed else text), doubts


def restore_lines(lines: Sequence[str]) -> tuple[Sequence[str], tuple[Doubt, ...]]:
    """Return lines in Unicode throughout; doubts point into them, written canonically line by line."""
    joined = "\n".join(lines)
    if not is_suspect(joined):
        return lines, ()
    changes: list[Change] = []
    once = undone(joined).split("\n")
    for index, (line, right) in enumerate(zip(lines, once, strict=True)):
        if line != right:
            changes.append(Change(index, TWICE, "", *_around(line, right)))
    done = _converted(once, changes)
    if changes:
        return done, _doubts(done, changes)
    return lines, (Doubt(UNKNOWN, MESSAGES[UNKNOWN]),) if is_odd(joined) else ()


def font_doubt(encoding: Encoding, before: str, after: str, span: Span | None = None) -> Doubt:
    """Return the doubt about words that their font says are in an old encoding."""
    return Doubt(OLD_FONT, _message(OLD_FONT, encoding, before, after), span)


def _converted(lines: Sequence[str], changes: list[Change]) -> list[str]:
    """Convert the stretches in an old encoding, and note each."""
    done: list[str] = []
    for index, (line, stretches) in enumerate(zip(lines, recognised(lines), strict=True)):
        parts, kept = [], 0
        for start, end, encoding in stretches:
            begins = WORD.search(line, 0, start) is None and (not done or _ends(done[-1]))
            before = line[start:end]
            after = to_unicode(before, encoding)
            if encoding is not Encoding.VNI:
                after = with_capitals(after, begins=begins)
            parts += [line[kept:start], after]
            kept = end
            if after != before:
                changes.append(Change(index, OLD_FONT, encoding, before, after))
        done.append("".join([*parts, line[kept:]]))
    return done


def _ends(line: str) -> bool:
    """Tell whether a sentence or a heading ends with a line."""
    line = line.strip()
    return not line or line.endswith(SENTENCE_ENDS) or line.isupper()


def _around(before: str, after: str) -> tuple[str, str]:
    """Return the words of two lines from where they begin to differ."""
    same = next((n for n, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), 0)
    start = before.rfind(" ", 0, same) + 1
    return before[start:], after[start:]


def _doubts(lines: Sequence[str], changes: Sequence[Change]) -> tuple[Doubt, ...]:
    """Write a doubt for each block of changed lines, or one without a place where all of the text was."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(canonical(line)) + 1)
    changed = {change.line for change in changes}
    mixed = any(UNICODE_ONLY.search(line) for index, line in enumerate(lines) if index not in changed)
    doubts: list[Doubt] = []
    for block in _blocks(changes):
        first, last = block[0], block[-1]
        if len(doubts) == MOST:
            break
        span = Span(starts[first.line], starts[last.line + 1] - 1) if mixed else None
        message = _message(first.code, first.kind, first.before, first.after)
        if mixed or all(doubt.code != first.code for doubt in doubts):
            doubts.append(Doubt(first.code, message, span))
    return tuple(doubts)


def _blocks(changes: Sequence[Change]) -> list[list[Change]]:
    """Group changes of one kind that stand on lines one after another."""
    blocks: list[list[Change]] = []
    for change in changes:
        before = blocks[-1][-1] if blocks else None
        if (
            before is not None
            and (before.code, before.kind) == (change.code, change.kind)
            and change.line - before.line <= NEAR
        ):
            blocks[-1].append(change)
        else:
            blocks.append([change])
    return blocks


def _message(code: str, kind: str, before: str, after: str) -> str:
    return MESSAGES[code].format(kind=kind, before=_sample(before), after=_sample(after))


def _sample(words: str) -> str:
    """Shorten words to what fits in a message."""
    words = words.translate(INVISIBLE).strip()
    return words if len(words) <= SAMPLE else words[:SAMPLE].rpartition(" ")[0] + " …"
