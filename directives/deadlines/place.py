"""A phrase in its sentence, and the guards that may keep it from being a deadline."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from directives.dates import few_words, rx
from directives.deadlines.moments import Shape
from directives.deadlines.phrases import Phrase
from directives.deadlines.senses import Sense

ANY: Final = tuple(Sense)
SHAPES: Final = tuple(Shape)


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase in its clause: the words before it, the words after it, and the day of issue."""

    phrase: Phrase
    words: str
    lead: str
    trail: str
    issued_on: date | None
    opening: bool = False  # nothing of the sentence stands before it
    after_deadline: str | None = None  # the words since the last deadline of the clause, if it has one

    @property
    def past(self) -> bool:
        """Tell whether the time was over when the document was issued."""
        stated = self.phrase.stated
        if stated is None or self.issued_on is None:
            return False
        return stated <= self.issued_on if self.phrase.sense is Sense.UNTIL else stated < self.issued_on


@dataclass(frozen=True, slots=True)
class Guard:
    """One reason why a phrase is no deadline; every condition given must hold.

    In the examples «» stand around the phrase that must not be read.
    """

    name: str
    senses: tuple[Sense, ...] = ANY
    shapes: tuple[Shape, ...] = SHAPES
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    opening: bool = False
    also: Callable[[Place], bool] | None = None
    examples: tuple[str, ...] = ()

    def holds(self, place: Place) -> bool:
        """Tell whether this guard keeps a phrase of its senses and shapes from being a deadline."""
        return (
            (self.before is None or self.before.search(place.lead) is not None)
            and (self.after is None or self.after.match(place.trail) is not None)
            and (self.unless_before is None or self.unless_before.search(place.lead) is None)
            and (self.unless_after is None or self.unless_after.match(place.trail) is None)
            and (place.opening or not self.opening)
            and (self.also is None or self.also(place))
        )


FINISHING: Final = rx(
    rf"(?<!\w)(?:hoàn thành|hoàn tất|xong|dứt điểm|trình|báo cáo|gửi|nộp|bàn giao){few_words(14)}~$"
)
RIGHT_BEHIND_WORK: Final = rx(r"(?<!\w)(?:hoàn thành|hoàn tất|xong|trình|nộp|ban hành)~$")
FINISH_FOLLOWS: Final = rx(
    r"~,?~(?:phải |sẽ )?(?:hoàn thành|hoàn tất|xong|trình|báo cáo|gửi|tổng kết|sơ kết|nghiệm thu)(?!\w)"
)


def finishes(place: Place) -> bool:
    """Tell whether «cuối tháng 7/2020» without a preposition dates work: «hoàn thành cuối tháng 7/2020»."""
    if RIGHT_BEHIND_WORK.search(place.lead):
        return True
    free = place.opening or not place.lead.strip() or place.lead.rstrip().endswith(",")
    return free and FINISH_FOLLOWS.match(place.trail) is not None


def missed(place: Place) -> bool:
    """Tell whether a past time is an order all the same, its year a slip: «hoàn thành trong quý II/2019»."""
    return (
        FINISHING.search(place.lead) is not None
        and not re.search(r"(?<!\w)(?:đã|được|từ)(?!\w)", place.lead)
        and place.phrase.sense is not Sense.UNTIL
    )
