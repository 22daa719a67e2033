"""Which figures say another one again in a second currency or unit: "1.5 trillion yuan (about 222.5 billion dollars)".

Only the words between two neighbours decide: an opening bracket, "or", "equivalent to", 约合, and nothing else.
"""

import re
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

_BRIDGE = re.compile(
    r"\s{0,3}(?:,\s{0,2}(?:or|which is|that is|equivalent to|equal to)\b|\(|（|\bor\b"
    r"|,?\s{0,2}(?:约合|合|折合|約合|相当于|折))"
    r"\s{0,3}(?:about|around|approximately|some|roughly|or|equivalent to|nearly|over"
    r"|约合|合|折合|約合|约|約|or about)?\s{0,3}"
    r"(?:about|around|approximately)?\s{0,3}",
    re.IGNORECASE,
)


def restated(
    text: str, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> list[int | None]:
    """For each quantity the index of the one that it restates, or None."""
    del sentences
    units = catalogue.units
    found: list[int | None] = [None] * len(quantities)
    for k in range(1, len(quantities)):
        one, two = quantities[k - 1], quantities[k]
        if one.sentence != two.sentence or one.unit is None or two.unit is None or one.unit == two.unit:
            continue
        if (one.kind != two.kind and two.kind != "level") or one.kind in ("growth", "rank", "share", "size"):
            continue
        gap = text[one.end : max(one.end, two.bound_start)]
        between = text[one.end : two.start]
        if len(between) > 40 or not (_BRIDGE.fullmatch(gap) or _BRIDGE.fullmatch(between)):
            continue
        first, second = units.get(one.unit), units.get(two.unit)
        is_money = first.dimension.startswith("money") and second.dimension.startswith("money")
        if first.dimension == second.dimension or is_money:
            found[k] = k - 1 if found[k - 1] is None else found[k - 1]
    return found
