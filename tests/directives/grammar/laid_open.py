"""One item of a notice, laid open or read: what the tests of the tables run their rows on."""

from typing import Final

from directives.agencies import find_agencies
from directives.deadlines import find_deadlines
from directives.model import ParsedDirective
from directives.page import Page
from directives.parse import parse
from directives.text import one_line

LETTERHEAD: Final = """\
ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
Số: 120/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày 03 tháng 4 năm 2020

"""
CONCLUSION: Final = """\
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp

Chủ tịch UBND tỉnh kết luận như sau:
1. """


def item(words: str) -> ParsedDirective:
    """Read a notice of a province whose one item has these words, or the letter they are."""
    return parse(LETTERHEAD + ("" if words.startswith("Kính gửi") else CONCLUSION) + words)


def page_of(words: str) -> Page:
    """Lay words open with the bodies and the dates in them, as the issuer's own."""
    mentions = tuple(find_agencies(words, references=True))
    return Page(
        words, mentions, tuple(find_deadlines(words, issued_on=None)), (), None, issuer="UBND tỉnh Hà Tĩnh"
    )


def leads_of(parsed: ParsedDirective) -> str:
    """Return the leads of the last task, nothing where there is none."""
    return "; ".join(one_line(lead.text) for lead in parsed.tasks[-1].leads) if parsed.tasks else ""


def whole(parsed: ParsedDirective) -> str:
    """Return all that the tables of the grammar decide: leads, rules, actions and dates."""
    who = (f"{'; '.join(lead.text for lead in task.leads)} ({task.rule})" for task in parsed.tasks)
    return f"{' | '.join(who)}: {dated(parsed)}"


def dated(parsed: ParsedDirective) -> str:
    """Return each task as its action and its date in brackets."""
    return " | ".join(
        f"{task.action} [{task.deadline.text if task.deadline else ''}]" for task in parsed.tasks
    )


def marked(sentence: str) -> tuple[str, list[str]]:
    """Return a sentence without its «» and the stretches between them."""
    stretches = [part.split("»")[0] for part in sentence.split("«")[1:]]
    return sentence.replace("«", "").replace("»", ""), stretches
