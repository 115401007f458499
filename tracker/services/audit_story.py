"""A task's whole story, from the document that was taken in to what came of it: `dondoc audit show`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.numbers import running_number
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.errors import NotFound
from tracker.phrasebook import catalogue, say
from tracker.services.naming import document_label
from tracker.store import accounts, assignments, deadline_versions, events, tasks, views
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import STANDING_IN, Event

_SHORT: Final = 12  # signs of a hash that are enough to tell files apart
_FIELD: Final = "story.field."
_TOLD_BY_VERSIONS: Final = "deadline-changed"  # each version of a deadline has an entry of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, in words, with the codes a program wants."""

    at: datetime
    actor: str
    who: str  # the actor's name, and for whom a substitute acted
    channel: str
    about: str  # the document, or the agency whose part it is
    action: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened to a task, or to one agency's part in it, oldest first."""

    code: str
    document: str
    action: str
    leads: tuple[str, ...]
    entries: tuple[Entry, ...]


def story(session: Session, ref: str, *, scope: Scope = EVERYTHING, lang: str | None = None) -> Story:
    """Tell the story of the task of a code, or of the assignment of a number, as far as it is seen.

    Raises NotFound for what is not there or not seen: which of the two is not told.
    """
    works = _works(session, ref.strip(), scope)
    if not works:
        raise NotFound("audit.no-such-task", ref=ref)
    first = works[0]
    document = document_label(first.genre, first.number, first.file_name)
    teller = _Teller(session, lang)
    entries = list(teller.of_document(first.directive_id, document))
    entries += teller.of_task(first.code, first.item or first.code)
    for work in works:
        entries += teller.of_assignment(work)
    entries += teller.of_letters([work.id for work in works])
    return Story(
        code=first.code,
        document=document,
        action=first.action,
        leads=tuple(work.lead for work in works),
        entries=tuple(sorted(entries, key=lambda entry: entry.at)),
    )


def _works(session: Session, ref: str, scope: Scope) -> list[Tracked]:
    number = running_number(ref)
    if number is not None:
        return assignments.tracked(session, Choice(ids=frozenset({number}), scope=scope))
    return assignments.tracked(session, Choice(task=ref, scope=scope))


class _Teller:
    """Turns lines of history into sentences; the table of them is the phrasebook, under `story.`."""

    def __init__(self, session: Session, lang: str | None) -> None:
        self.session = session
        self.lang = lang
        self.names = {account.login: account.name for account in accounts.everybody(session)}

    def of_document(self, directive_id: int, label: str) -> Iterator[Entry]:
        """Tell what happened to the document as a whole."""
        for line in events.history(self.session, "directive", directive_id):
            yield self._entry(line, label)

    def of_task(self, code: str, label: str) -> Iterator[Entry]:
        """Tell what was decided about the task as such."""
        for line in events.history(self.session, "task", tasks.number_of(self.session, code)):
            yield self._entry(line, label)

    def of_assignment(self, work: Tracked) -> Iterator[Entry]:
        """Tell what happened to one agency's part, and which deadlines it had."""
        for line in events.history(self.session, "assignment", work.id):
            if line.action != _TOLD_BY_VERSIONS:
                yield self._entry(line, work.lead)
        for version in deadline_versions.of(self.session, work.id):
            fields = {"due_on": version.due_on, "explain": version.explain, "document": version.document}
            action = f"deadline-{version.cause}"
            yield self._said(version.at, version.actor, work.lead, action, fields)

    def of_letters(self, assignment_ids: list[int]) -> Iterator[Entry]:
        """Tell which letters were written about the work, and what became of each."""
        for letter in views.letters_about(self.session, assignment_ids):
            fields = {"subject": letter.subject, "channel": letter.channel, "address": letter.address}
            yield self._said(letter.created_at, events.SYSTEM_NAME, letter.address, "letter-planned", fields)
            if letter.sent_at is not None:
                yield self._said(letter.sent_at, events.SYSTEM_NAME, letter.address, "letter-sent", fields)

    def _entry(self, line: Event, about: str) -> Entry:
        after = dict(line.after or {})
        standing_in = after.pop(STANDING_IN, None)
        who = self._name(line.actor)
        if standing_in is not None:
            who = say("story.standing-in", self.lang, who=who, other=self._name(str(standing_in)))
        return Entry(
            at=_utc(line.at),
            actor=line.actor,
            who=who,
            channel=line.via,
            about=about,
            action=line.action,
            sentence=self._sentence(line.entity, line.action, line.before or {}, after),
        )

    def _said(self, at: datetime, actor: str, about: str, action: str, fields: Mapping[str, Any]) -> Entry:
        """Tell of what has no line of its own, but a row that says when and by whom."""
        return Entry(
            at=_utc(at),
            actor=actor,
            who=self._name(actor),
            channel="",
            about=about,
            action=action,
            sentence=self._sentence("", action, {}, fields),
        )

    def _name(self, login: str) -> str:
        name = self.names.get(login)
        return login if name is None else f"{name} ({login})"

    def _sentence(self, entity: str, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """Say what was done, then each field that it changed; what no phrase knows is shown as it stands."""
        codes = (f"story.{entity}.{action}", f"story.{action}", f"move.{action}")
        code = next((code for code in codes if code in catalogue()), None)
        head = action if code is None else say(code, self.lang)
        fields = sorted(after.keys() | before.keys(), key=_place)
        told = [self._field(name, before.get(name), after.get(name)) for name in fields]
        details = "; ".join(one for one in told if one)
        head = head[:1].upper() + head[1:]
        return f"{head}: {details}" if details else head

    def _field(self, name: str, before: Any, after: Any) -> str:
        if after in (None, "", [], {}) and before in (None, "", [], {}):
            return ""
        code = f"{_FIELD}{name}"
        label = say(code, self.lang) if code in catalogue() else name
        if not label:
            return ""
        now = in_words(name, after, self.lang)
        return f"{label} {now}" if before is None else f"{label} {in_words(name, before, self.lang)} → {now}"


def in_words(name: str, value: Any, lang: str | None = None) -> str:
    """Say the value of a field as people do: states by their names, days as an office writes them."""
    if value is None:
        return say("story.nothing", lang)
    if isinstance(value, list):
        return ", ".join(str(one)[:_SHORT] for one in value)
    if isinstance(value, bool):
        return say("story.yes" if value else "story.no", lang)
    for code in (f"{name}.{value}", f"story.value.{name}.{value}"):
        if code in catalogue():
            return f"«{say(code, lang)}»"
    return _day(value) or str(value)


def _place(field: str) -> tuple[int, str]:
    """Order fields as the phrasebook does, those that it does not know last: PostgreSQL keeps no order."""
    code = f"{_FIELD}{field}"
    return (_places()[code] if code in _places() else len(_places()), field)


@cache
def _places() -> Mapping[str, int]:
    return {code: place for place, code in enumerate(one for one in catalogue() if one.startswith(_FIELD))}


def _day(value: Any) -> str:
    """Return a day as an office writes it, nothing for what is no day."""
    if isinstance(value, date):
        return shown(value)
    try:
        return shown(date.fromisoformat(str(value)))
    except ValueError:
        return ""


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
