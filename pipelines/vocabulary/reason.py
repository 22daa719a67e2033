"""Why a field of an observation has the answer it has: what a curator reads before editing a row of the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """What decided one field.

    `rule` names the place or the way ("before", "clause", "article"), `words` are the article's own that decided, where
    some did. `runners_up` are the other answers in question, best first, each with its words.
    """

    field: str
    answer: str | None
    rule: str
    words: str | None = None
    runners_up: tuple[str, ...] = ()
