"""Same article, same key, two values: one page contradicts itself.

What lives here: pairs within one article only. What does not: conflicts between sources, which are the business of
agreement, and gaps of a power of ten, which `power_of_ten` explains better.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import ROUNDING, is_same_basis, power_of_ten
from pipelines.vocabulary.verdict import Flag

NAME = "same_article"
KINDS = ("level", "ratio")  # two shares of one whole are two parts of it, read or not
_OWNER_LENGTH = 40
_OWNER = re.compile(r"(\w{1,30})(?:['\u2019]s?|的)\s*$")
FAR = 1.0  # decades: what is further apart is another thing, not another value


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on every value of a key that the same article states differently."""
    keys: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in scene.by_subject.get(subject, ()):
        if fact.kind in KINDS and fact.period_end and fact.magnitude is not None:
            # The same words too: a metric may cover what one page tells apart ("racks", "racks in the hubs").
            label = fact.label.casefold()
            keys[(fact.article_id, label, *fact.breakdown, fact.period_start, fact.period_end)].append(fact)
    for facts in keys.values():
        for fact in facts:
            others = [other for other in facts if _contradicts(fact, other)]
            if others:
                yield Flag(
                    observation_id=fact.observation_id,
                    check=NAME,
                    reason=f'the article prints "{fact.quote}" and "{others[0].quote}" for the same thing and period',
                    evidence=tuple(other.observation_id for other in others),
                    confidence=0.4,
                )


def _contradicts(one: Fact, other: Fact) -> bool:
    if one.trend or other.trend:  # "fell from three to two" names two moments, though both may read as one period
        return False
    if other.canonical_unit != one.canonical_unit or not is_same_basis(one, other):
        return False
    if _are_told_apart(one, other):
        return False
    gap = abs((one.magnitude or 0.0) - (other.magnitude or 0.0))
    return ROUNDING < gap < FAR and not power_of_ten(gap)


def _are_told_apart(one: Fact, other: Fact) -> bool:
    """Whether the words mean two things: both stand in one sentence, or have two owners ("the hubs' capacity")."""
    if one.sentence and one.sentence == other.sentence:
        return True
    owners = {_owner(one), _owner(other)}
    return len(owners) == 2 and None not in owners


def _owner(fact: Fact) -> str | None:
    """The possessor that stands before the words of the label."""
    at = fact.sentence.casefold().find(fact.label.casefold()) if fact.label else -1
    before = fact.sentence[max(0, at - _OWNER_LENGTH) : at] if at > 0 else ""
    found = _OWNER.search(before)
    return found.group(1).casefold() if found else None
