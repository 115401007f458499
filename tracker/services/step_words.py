"""A step of the ladder in words."""

from tracker.domain.ladder import Step
from tracker.phrasebook import say


def step_words(step: Step | None, name: str = "", lang: str | None = None) -> str:
    """Say when a step is taken; one that no ladder knows any more by its name alone."""
    if step is None:
        return f"«{name}»"
    if step.offset == 0:
        return say("ladder.on-the-day", lang)
    return say("ladder.before" if step.offset < 0 else "ladder.after", lang, days=abs(step.offset))
