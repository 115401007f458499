"""The JSON shape that other programs rely on (`dondoc parse --json`)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from directives.model import (
    AgencyMention,
    Citation,
    Deadline,
    Doubt,
    Letterhead,
    ParsedDirective,
    Span,
    TaskDraft,
)


def as_contract(parsed: ParsedDirective, source: Mapping[str, Any]) -> dict[str, Any]:
    """Return a reading as the contract prints it: plain values only, dates in ISO 8601, spans as pairs."""
    head = parsed.head
    return {
        "source": dict(source),
        "genre": str(head.genre),
        "number": head.number,
        "issued_on": _day(head.issued_on),
        "issuer": head.issuer,
        "subject": head.subject,
        "cites": [_citation(citation) for citation in parsed.cites],
        "tasks": [_task(task) for task in parsed.tasks],
        "doubts": [_doubt(doubt) for doubt in parsed.doubts],
        "signer": head.signer,
        "urgency": str(head.urgency),
        "recipients": _mentions(head.addressees),
        "fields": _fields(head),
    }


def _fields(head: Letterhead) -> dict[str, dict[str, Any]]:
    """Return for each field of the head that was read where its words stand and which row read them."""
    spans = {
        "genre": head.genre_span,
        "number": head.number_span,
        "issued_on": head.issued_on_span,
        "issuer": head.issuer_span,
        "subject": head.subject_span,
        "signer": head.signer_span,
        "recipients": head.addressees_span,
        "urgency": head.urgency_span,
    }
    return {
        name: {"span": _span(span) if span else None, "rule": head.rules[name]}
        for name, span in spans.items()
        if name in head.rules
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "issued_on": _day(citation.issued_on),
        "relation": str(citation.relation),
        "span": _span(citation.span),
        "rule": citation.rule,
    }


def _task(task: TaskDraft) -> dict[str, Any]:
    return {
        "item": task.item,
        "leads": _mentions(task.leads),
        "coordinators": _mentions(task.coordinators),
        "recipient": _mention(task.recipient) if task.recipient else None,
        "action": task.action,
        "text": task.text,
        "span": _span(task.span),
        "deadline": _deadline(task.deadline) if task.deadline else None,
        "confidence": task.confidence,
        "doubts": list(task.doubts),
        "rule": task.rule,
    }


def _mentions(mentions: Sequence[AgencyMention]) -> list[dict[str, Any]]:
    return [_mention(mention) for mention in mentions]


def _mention(mention: AgencyMention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "name": mention.name,
        "code": mention.code,
        "span": _span(mention.span),
        "rule": mention.rule,
        "named_by": mention.named_by,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "text": deadline.text,
        "span": _span(deadline.span),
        "kind": str(deadline.kind),
        "stated": _day(deadline.stated),
        "exclusive": deadline.exclusive,
        "due_on": _day(deadline.due_on),
        "time": deadline.time,
        "every": str(deadline.every) if deadline.every else None,
        "rule": deadline.rule,
        "explain": deadline.explain,
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {"code": doubt.code, "message": doubt.message, "span": _span(doubt.span) if doubt.span else None}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
