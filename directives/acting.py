"""What the bodies named at a place are to their sentence: given work, acting, a heading, or only told of.

In the examples of the tables the right side gives the leads, of a row that only tells of its bodies too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from directives.agencies import Mention
from directives.bodies import read_list, skip_spaces
from directives.doers import COURTESY, persons_at
from directives.grammar import Rule, Wording
from directives.model import Span
from directives.page import Page
from directives.predicates import WHERE, is_to_act, only_tells, qualified
from directives.verbs import any_of, starts_with_action
from directives.voice import is_own_voice, may_order

VERB_ASSIGNS: Final = "verb-assigns"
PASSIVE: Final = "passive"
PERSON_ASSIGNED: Final = "person-assigned"  # by name alone: whose office he holds is for a person to tell
HEADING: Final = "heading"
COLON_HEAD: Final = "colon-head"
BACKGROUND: Final = "background"
SUBJECT_VERB: Final = "subject-verb"
UNKNOWN_VERB: Final = "subject-unknown-verb"

_ASIDE = re.compile(
    r"(?:\s+(?:cấp\s+|của\s+)?(?:tỉnh|thành\s+phố|huyện|xã)(?=\s*[:;,(.]|\s*$))?(?:\s*\([^()]{1,200}\))?"
)
TO_WHOM: Final = Wording(
    "to-whom",
    re.compile(
        r"[\s:]*(?:(?:nhiệm\s+vụ\s+)?cho\s+|tới\s+|đến\s+)?(?:các\s+đồng\s+chí\s+|đồng\s+chí\s+|đ/c\s+|"
        r"ông\s+|bà\s+|lãnh\s+đạo\s+|tập\s+thể\s+lãnh\s+đạo\s+)?"
    ),
    (
        "Giao« nhiệm vụ cho »Sở Y tế",
        "Đề nghị« đồng chí »Giám đốc Sở Y tế",
    ),
)
OF: Final = Wording(
    "belongs-to",
    re.compile(r"\s*(?:trực\s+)?thuộc\s+"),
    (
        "Phòng Đầu tư« thuộc »Văn phòng UBND tỉnh",
        "Trung tâm« trực thuộc »Sở Y tế",
    ),
    ("Sở Y tế rà soát",),
)
WORDINGS: Final = (
    TO_WHOM,
    OF,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The bodies that are to act and where what they are to do begins."""

    leads: tuple[Mention, ...]
    start: int  # where the naming begins, the verb that assigns included
    end: int
    ordered: bool  # a verb gives the work: «giao», «được giao»
    reported: bool = False  # «đã giao»: it was given earlier
    helpers: tuple[Mention, ...] = ()  # named among them, with «(phối hợp)» behind
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Bodies named in a stretch of text, and what stands behind them.

    `trusting`: in an item of a document that gives work, any verb but a background one will do; elsewhere
    the verb must be one of those that name work to be done.
    """

    leads: tuple[Mention, ...]
    start: int
    behind: int  # the next word behind the names
    rest: int  # the next word behind what only says where they belong or which of them are meant
    end: int
    trusting: bool
    told_apart: bool = False  # «các xã nơi xảy ra vụ việc»: words say which of them are meant


SubjectRule = Rule[Callable[[Page, Named], Subject | None]]


def ordered_at(page: Page, at: int, end: int, *, by_issuer: bool = False) -> Subject | None:
    """Return the subject of «giao X», «yêu cầu X, Y» that begins here."""
    verb = (
        any_of("assign", "assign_by_issuer").match(page.small, at, end)
        if by_issuer
        else any_of("assign").match(page.small, at, end)
    )
    if verb is None:
        return None
    to_whom = TO_WHOM.match(page.small, verb.end(), end)
    whom = to_whom.end() if to_whom else verb.end()
    leads, after = read_list(page, whom, end)
    if not leads:
        return _person_ordered(page, at, whom, end)
    rest = skip_spaces(page.flow, after, end)
    if (
        leads[-1].is_group
        and not is_to_act(page, rest, end)
        and (whole := qualified(page, leads[-1], rest, end))
    ):
        leads, after = (*leads[:-1], whole), whole.span.end
    return Subject(leads, at, _past_aside(page, after, end), ordered=True, rule=VERB_ASSIGNS)


def _person_ordered(page: Page, at: int, whom: int, end: int) -> Subject | None:
    """Return the subject of «giao đồng chí Trần Văn An kiểm tra …», whose office the text does not say."""
    if not COURTESY.search(page.small, at, whom):
        return None
    persons, after = persons_at(page, whom, end)
    rest = skip_spaces(page.flow, after, end)
    if not persons or not is_to_act(page, rest, end):
        return None
    return Subject(persons, at, after, ordered=True, rule=PERSON_ASSIGNED)


def subject_of(  # noqa: PLR0913 - the list of bodies and the stretch it stands in
    page: Page, at: int, leads: tuple[Mention, ...], after: int, end: int, *, trusting: bool
) -> Subject | None:
    """Return what the bodies named at the offset are to their sentence, None where they are no subject."""
    leads, after = _belonging(page, leads, after)
    rest = skip_spaces(page.flow, _past_aside(page, after, end), end)
    named = Named(leads, at, skip_spaces(page.flow, after, end), rest, end, trusting)
    return _first(SHOWN, page, named) or _first(ACTING, page, _told_apart(page, named))


def _first(rows: tuple[SubjectRule, ...], page: Page, named: Named) -> Subject | None:
    return next((own for row in rows if (own := row.decide(page, named)) is not None), None)


def _belonging(page: Page, leads: tuple[Mention, ...], after: int) -> tuple[tuple[Mention, ...], int]:
    """Return the bodies with whose the last is: «Phòng Đầu tư | thuộc Văn phòng UBND tỉnh»."""
    whose = OF.match(page.small, after)
    owner = page.mention_at(whose.end()) if whose else None
    if owner is None or owner.is_group or leads[-1].is_group:
        return leads, after
    span = Span(leads[-1].span.start, owner.span.end)
    name = page.words(span)
    return (*leads[:-1], replace(leads[-1], text=name, name=name, code=None, span=span)), owner.span.end


def _told_apart(page: Page, named: Named) -> Named:
    """Pass over the words that say which of them: «Chủ tịch UBND các xã nơi xảy ra vụ việc | phải …»."""
    where = WHERE.match(page.small, named.rest, named.end)
    if where is not None and (named.leads[-1].is_group or "nơi" in where[0][:6]):
        return replace(named, rest=where.end(), told_apart=True)
    return named


def _assigned(page: Page, named: Named) -> Subject | None:
    """Read «UBND tỉnh yêu cầu Y …», whose bodies are Y.

    Of «(Đối với) các xã, UBND tỉnh yêu cầu rà soát …» it is the bodies before the one that speaks.
    """
    leads, end = named.leads, named.end
    if (
        len(leads) > 1
        and is_own_voice(page, leads[-1:])
        and (verb := any_of("assign", "assign_by_issuer").match(page.small, named.behind, end))
        and not read_list(page, skip_spaces(page.flow, verb.end(), end), end)[0]
        and starts_with_action(page.small, skip_spaces(page.flow, verb.end(), end), end)
    ):
        return Subject(leads[:-1], named.start, verb.end(), ordered=True, rule=VERB_ASSIGNS)
    return ordered_at(page, named.behind, end, by_issuer=True) if may_order(page, leads) else None


def _passive(page: Page, named: Named) -> Subject | None:
    passive = any_of("assigned").match(page.small, named.behind, named.end)
    if passive is None:
        return None
    to_whom = TO_WHOM.match(page.small, passive.end(), named.end)
    return Subject(
        named.leads, named.start, to_whom.end() if to_whom else passive.end(), ordered=True, rule=PASSIVE
    )


def _before_colon(page: Page, named: Named) -> Subject | None:
    colon = page.flow.startswith(":", named.rest)
    if not colon or not page.flow[named.rest + 1 : named.end].strip():
        return None
    if _is_fact(page, named):
        return None
    return Subject(named.leads, named.start, named.rest + 1, ordered=False, rule=COLON_HEAD)


def _is_fact(page: Page, named: Named) -> bool:
    """Tell whether all that stands behind the colon is a name: «Đơn vị sử dụng kinh phí: Hội Khoa học»."""
    start = skip_spaces(page.small, named.rest + 1, named.end)
    body = page.mention_at(start)
    return body is not None and not page.flow[body.span.end : named.end].strip(" .;")


def _alone(page: Page, named: Named) -> Subject | None:
    rest, end = named.rest, named.end
    colon = page.flow.startswith(":", rest)  # with nothing behind it, else it is read above
    if colon or rest >= end or (page.flow[rest] in ".;" and rest + 1 >= end):
        return Subject(named.leads, named.start, end, ordered=False, rule=HEADING)
    return None


def _told_of(page: Page, named: Named) -> Subject | None:
    if named.told_apart or not only_tells(page, named.rest, named.end):
        return None
    return Subject(named.leads, named.start, named.rest, ordered=False, rule=BACKGROUND)


def _acts(page: Page, named: Named) -> Subject | None:
    if not is_to_act(page, named.rest, named.end):
        return None
    return Subject(named.leads, named.start, named.rest, ordered=False, rule=SUBJECT_VERB)


def _with_more_words(page: Page, named: Named) -> Subject | None:
    """Read again with the words that belong to the last name; what that reads has a rule of its own."""
    last = named.leads[-1]
    if not named.trusting and not last.is_group:
        return None
    whole = qualified(page, last, named.rest, named.end)
    if whole is None:
        return None
    longer = (*named.leads[:-1], whole)
    return subject_of(page, named.start, longer, whole.span.end, named.end, trusting=named.trusting)


def _trusted(_: Page, named: Named) -> Subject | None:
    return (
        Subject(named.leads, named.start, named.rest, ordered=False, rule=UNKNOWN_VERB)
        if named.trusting
        else None
    )


def _past_aside(page: Page, at: int, end: int) -> int:
    aside = _ASIDE.match(page.flow, at, end)
    return aside.end() if aside else at


SHOWN: Final[tuple[SubjectRule, ...]] = (
    Rule(
        VERB_ASSIGNS,
        _assigned,
        (
            ("UBND tỉnh yêu cầu Sở Y tế rà soát giá thuốc.", "Sở Y tế"),
            ("Các xã, UBND tỉnh yêu cầu rà soát giá thuốc.", "Các xã"),
        ),
        ("Sở Y tế yêu cầu Bệnh viện đa khoa tỉnh báo cáo.",),
    ),
    Rule(
        PASSIVE,
        _passive,
        (
            ("Sở Y tế được giao rà soát giá thuốc.", "Sở Y tế"),
            ("Sở Y tế, Sở Tài chính được yêu cầu báo cáo.", "Sở Y tế; Sở Tài chính"),
        ),
        ("Sở Y tế được biểu dương.",),
    ),
    Rule(
        COLON_HEAD,
        _before_colon,
        (
            ("Sở Y tế: Rà soát giá thuốc.", "Sở Y tế"),
            ("Các sở, ngành cấp tỉnh: Rà soát biên chế.", "Các sở, ngành cấp tỉnh"),
        ),
    ),
    Rule(HEADING, _alone, (("Sở Y tế", "Sở Y tế"), ("Sở Y tế, Sở Tài chính:", "Sở Y tế; Sở Tài chính"))),
)
"""Rows for bodies whose part a verb of assigning or a sign shows."""

ACTING: Final[tuple[SubjectRule, ...]] = (
    Rule(
        BACKGROUND,
        _told_of,
        (("Sở Y tế đã rà soát giá thuốc.", "Sở Y tế"), ("Sở Y tế cho biết giá thuốc tăng.", "Sở Y tế")),
        ("Chủ tịch UBND các xã còn hộ nghèo phải báo cáo.",),
    ),
    Rule(
        SUBJECT_VERB,
        _acts,
        (
            ("Sở Y tế rà soát giá thuốc.", "Sở Y tế"),
            ("Chủ tịch UBND các xã nơi xảy ra cháy phải báo cáo.", "Chủ tịch UBND các xã"),
        ),
        ("Sở Y tế vẫn chậm.",),
    ),
    Rule(
        "with-more-words",
        _with_more_words,
        (("Các chủ đầu tư chợ hạng hai rà soát giá thuê.", "Các chủ đầu tư chợ hạng hai"),),
    ),
    Rule(
        UNKNOWN_VERB,
        _trusted,
        (("Sở Y tế kết nghĩa với Bản Mòn.", "Sở Y tế"),),
        ("Sở Y tế rà soát giá thuốc.",),
    ),
)
"""Rows for bodies that a verb follows; `with-more-words` reads the longer name by the other rows."""
