"""Join the phrases of one clause: a period and its day, an event and its date, a subject and its deadline."""

import re
from dataclasses import replace
from typing import Final

from directives.dates import rx
from directives.deadlines.moments import Shape
from directives.deadlines.phrases import Phrase
from directives.deadlines.recurring import every, interval_of
from directives.deadlines.senses import Sense
from directives.deadlines.window import Window


def merged(window: Window, phrases: list[Phrase]) -> list[Phrase]:
    """Join what belongs together: a period and its day, an event and its date, a subject and its deadline."""
    kept: list[Phrase] = []
    for phrase in phrases:
        clause_start = phrase.start - len(window.clause_before(phrase.start))
        first = len(kept)
        while first and kept[first - 1].end > clause_start:
            first -= 1
        earlier = kept[first:]
        if phrase.moment.shape is Shape.EVENT and any(old.stated for old in earlier):
            continue
        joined, dropped = _joined(window, earlier, phrase)
        kept[first:] = [*(old for old in earlier if old not in dropped), joined]
    near = (kept[max(0, at - 2) : at + 3] for at in range(len(kept)))
    return [_named_round(window, beside, phrase) for beside, phrase in zip(near, kept, strict=True)]


NAMED_REPORT: Final = rx(
    r"(?<!\w)(?:báo cáo|sơ kết|tổng kết|kết quả)(?: định kỳ)? "
    r"(?P<unit>tháng|quý|(?:0?6|sáu|9|09|chín) tháng|năm)~,?~$"
)
SENTENCE_ENDS: Final = re.compile(r"[.!?:](?=\s|$)|\n")


def _named_round(window: Window, beside: list[Phrase], phrase: Phrase) -> Phrase:
    """Read «báo cáo năm trước ngày 15/12» as yearly where a report beside it comes round.

    «báo cáo quý trước ngày 20 tháng cuối quý; báo cáo năm trước ngày 15/12» lists what is due when.
    """
    if phrase.row not in NO_YEAR or phrase.moment.shape is not Shape.DAY:
        return phrase
    named = NAMED_REPORT.search(window.clause_before(phrase.start))
    if named is None or not any(_comes_round_by(window, phrase, other) for other in beside):
        return phrase
    moment = every(interval_of(named["unit"]))
    return replace(phrase, moment=replace(moment, time=phrase.moment.time))


def _comes_round_by(window: Window, phrase: Phrase, other: Phrase) -> bool:
    """Tell whether another phrase of the same sentence comes round."""
    if other.moment.shape is not Shape.EVERY:
        return False
    start, end = sorted((phrase, other), key=lambda one: one.start)
    return not SENTENCE_ENDS.search(window.low, start.end, end.start)


ROUND_ROWS: Final = ("each-unit", "round")
NO_YEAR: Final = (
    "day-of-month",
    "date-of-next-year",
    "short-date",
    "long-date-without-year",
    "short-date-without-word",
    "dashed-short-date",
    "dashed-short-date-without-word",
)
NAMED_ROUND: Final = rx(r"(?<!\w)(?:tháng|quý|(?:0?6|sáu|9|09|chín) tháng|năm)~\(~$")
SUBJECT: Final = rx(
    r"(?<!\w)(?:kết quả|tình hình|số liệu|kinh phí|kế hoạch|vốn|chỉ tiêu|nhiệm vụ|công tác|hoạt động"
    r"|vụ việc|vi phạm)"
    r"(?: [^\s.;:,()]{1,15}){0,6}~$"
)


def _joined(window: Window, earlier: list[Phrase], phrase: Phrase) -> tuple[Phrase, list[Phrase]]:
    """Return the phrase as its clause makes it, and the earlier phrases that it takes the place of."""
    rounds = [old for old in earlier if old.row in ROUND_ROWS]
    if (
        phrase.row in NO_YEAR
        and (named := NAMED_ROUND.search(window.clause_before(phrase.start)))
        and any(old.row == "round-with-day" for old in earlier)
    ):  # «hằng quý (trước ngày 20 tháng cuối quý), năm (trước ngày 20/12)»
        return replace(phrase, moment=every(interval_of(named[0]))), []
    if rounds and phrase.row in NO_YEAR:
        moment = replace(rounds[-1].moment, time=phrase.moment.time)
        return replace(phrase, moment=moment), [rounds[-1]]
    days = [old for old in earlier if old.row == "day-of-month"]
    if days and phrase.row in ROUND_ROWS:  # «trước ngày 25 báo cáo định kỳ hàng tháng»
        return replace(days[-1], moment=replace(phrase.moment, time=days[-1].moment.time)), [days[-1]]
    if phrase.moment.shape is Shape.EVERY and phrase.row not in ROUND_ROWS:
        return phrase, [old for old in rounds if old.every is phrase.every]
    dropped = [old for old in earlier if old.moment.shape is Shape.EVENT] if phrase.stated else []
    if phrase.sense in (Sense.BEFORE, Sense.BY, Sense.UNTIL) and phrase.stated:
        dropped += [
            old
            for old in earlier
            if old.sense is Sense.WITHIN
            and old.moment.shape is Shape.PERIOD
            and SUBJECT.search(window.clause_before(old.start))
        ]
    return phrase, dropped
