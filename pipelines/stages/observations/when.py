"""The period of a quantity, as every other question about the quantity sees it.

What lives here: the answer. What does not: how it is found (see `periods`).
"""

from dataclasses import dataclass

from pipelines.vocabulary.values import light


@light
@dataclass(frozen=True, slots=True)
class When:
    """The period of one quantity: ISO dates, the words it was read from, what decided (`why`, nearest cue first)."""

    start: str | None
    end: str | None
    text: str | None
    is_fiscal: bool = False
    versus: str | None = None
    why: tuple[str, ...] = ()
    written: str | None = None  # the article's day, stated or inferred
    whole: str | None = None  # where the year, half or quarter begins of which a day is only the last
