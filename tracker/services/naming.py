"""How documents and tasks are called in lists and letters."""

from tracker.phrasebook import say
from tracker.store.assignments import Tracked


def document_label(genre: str, number: str | None, file_name: str, lang: str | None = None) -> str:
    """Name a document as an office does: «Thông báo 120/TB-UBND»."""
    kind = say(f"genre.{genre}", lang)
    if number is None:
        return say("document.unnumbered", lang, genre=kind, file_name=file_name)
    return say("document.numbered", lang, genre=kind, number=number)


def lead_label(work: Tracked, lang: str | None = None) -> str:
    """Name the lead as the document did, and who answers for it now: «Sở KH&ĐT (nay là Sở Tài chính)»."""
    if work.successor is None or work.successor == work.lead:
        return work.lead
    return say("lead.now", lang, lead=work.lead, now=work.successor)


def answering(work: Tracked) -> str:
    """Name the agency that answers for an assignment now; letters are written to it."""
    return work.successor or work.lead


def neutral_title(work: Tracked, lang: str | None = None) -> str:
    """Title a task without the words of the instruction, which never leave the office in a message."""
    document = document_label(work.genre, work.number, work.file_name, lang)
    if not work.subject:
        return say("title.no-subject", lang, document=document)
    if work.item is None:
        return work.subject
    return say("title.item", lang, item=work.item, subject=work.subject)
