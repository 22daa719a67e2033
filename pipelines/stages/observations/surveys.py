"""Shares of those who do something: "Of the companies polled, 42 % had begun trials of large models".

What such a share is one of are the companies, and what they do or want is no amount of which they are a part: of the
metrics that are no shares themselves only one can be meant that counts those very companies, all of them. What does not
live here: shares of the population (see `neighbours`).
"""

import re
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.table import alternatives
from pipelines.stages.observations.linking import Candidate, Linking
from pipelines.stages.observations.naming import Naming

_BEHIND = 40  # characters behind a share in which stand those it is one of: "nine in ten organizations"
_FAR = 160  # characters before a share in which they stand
#: What narrows those who are meant, right behind them: "companies with 250 staff", "firms that sell abroad".
_NARROWED = re.compile(
    r"\s(?:with|that|who|which|whose|where|using|having|aged|[a-z]+ed)\b|\s(?:we|they|it) [a-z]+ed\b"
)


@lru_cache(maxsize=4)
def _actors(catalogue: Catalogue) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Those who do things, anywhere; and right behind a share."""
    words = alternatives(catalogue.grammar.classes["actor"])
    between = r"(?!(?:are|is|were|was|be|been|in|by|for|to|at|from|on|with|said|and|or)\b)[a-z-]+ "
    return re.compile(rf"\b(?:{words})\b"), re.compile(rf"\s(?:{between}){{0,2}}?(?:{words})\b")


def not_of_actors(linking: Linking, index: int, found: list[Candidate]) -> list[Candidate]:
    """The candidates of an English share, without what it is no part of where it is one of people who act."""
    if not found or not _is_of_actors(linking, index):
        return found
    actors, _ = _actors(linking.catalogue)
    return [c for c in found if c.metric.is_ratio or (c.naming is not None and _counts_all(linking, c.naming, actors))]


def _is_of_actors(linking: Linking, index: int) -> bool:
    """Does a statement name those who act, and nothing else that its share is a part of?"""
    quantity, reading, neighbours = linking.quantities[index], linking.reading, linking.neighbours
    here = reading.sentences[quantity.sentence]
    if here.language != "en" or linking.is_row(quantity):
        return False
    if neighbours.speaks_of_share(index) or neighbours.has_stated_whole(index) or neighbours.has_pronoun_whole(index):
        return False
    anywhere, behind = _actors(linking.catalogue)
    if behind.match(reading.folded, quantity.end, min(here.end, quantity.end + _BEHIND)):
        return True
    start = max(here.start, quantity.left - _FAR, reading.clauses.start_of(quantity.left, here.start))
    return anywhere.search(reading.folded, start, quantity.left) is not None


def _counts_all(linking: Linking, naming: Naming, actors: re.Pattern[str]) -> bool:
    """Is a name one of those who act, and of all of them?"""
    folded = linking.reading.folded
    return actors.search(naming.text) is not None and _NARROWED.match(folded, naming.end) is None
