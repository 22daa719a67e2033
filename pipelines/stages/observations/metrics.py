"""What each quantity measures: a metric of the catalogue, or none, and the words that name it.

What lives here: the choice among the names that stand about a number, by unit, grammar and distance. What does not: the
names themselves (`catalogue.metrics`), and where each name stands (`naming`). Every candidate gets a score; a metric is
given only where the best clears a floor, because a wrong metric is worse than none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import STRONG, WEAK, Metric
from pipelines.stages.observations.naming import Naming, Reading, read
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

#: Below this score no metric is given.
FLOOR = 0.8
#: Above this score of a name in the sentence itself, nothing outside the sentence is asked.
SURE = 5.2
_RELATIVE = frozenset(("growth", "rank", "change"))
_RESTRICTING = frozenset(("size", "condition"))
_PERCENT = frozenset(("%", "‰", "pp", "bp"))


@dataclass(frozen=True, slots=True)
class Linked:
    """The metric of one quantity; `label` are the article's words for it, `why` says what decided."""

    metric: str | None
    label: str
    confidence: float
    why: tuple[str, ...] = ()
    runners_up: tuple[str, ...] = ()


@dataclass(slots=True)
class _Candidate:
    metric: Metric
    score: float
    naming: Naming | None
    why: str


def link(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> list[Linked]:
    """One Linked for each quantity, in their order."""
    if not quantities:
        return []
    reading = read(article, sentences, quantities, catalogue)
    linked: list[Linked | None] = [None] * len(quantities)
    chosen: list[_Candidate | None] = [None] * len(quantities)
    # Levels first: growth, ranks and parts lean on the level beside them; sizes and conditions on what they limit.
    order = sorted(range(len(quantities)), key=lambda i: (_turn(quantities[i]), i))
    for index in order:
        candidates = _candidates(reading, index, chosen)
        best = candidates[0] if candidates and candidates[0].score >= FLOOR else None
        chosen[index] = best
        linked[index] = _outcome(reading, index, best, candidates)
    return [one for one in linked if one is not None]


def _turn(quantity: Quantity) -> int:
    if quantity.kind in _RESTRICTING:
        return 2
    return 1 if quantity.kind in _RELATIVE or quantity.kind == "share" or quantity.unit in _PERCENT else 0


def _outcome(reading: Reading, index: int, best: _Candidate | None, candidates: list[_Candidate]) -> Linked:
    label = _label(reading, index, best)
    runners = tuple(dict.fromkeys(c.metric.id for c in candidates if best is None or c.metric is not best.metric))[:3]
    if best is None:
        return Linked(None, label, 0.0, ("nothing near names it",), runners)
    rival = next((c.score for c in candidates if c.metric is not best.metric), 0.0)
    margin = best.score - max(rival, 0.0)
    confidence = min(0.98, 0.45 + 0.06 * best.score + 0.08 * min(margin, 2.5))
    return Linked(best.metric.id, label, round(confidence, 3), (best.why,), runners)


def _candidates(reading: Reading, index: int, chosen: Sequence[_Candidate | None]) -> list[_Candidate]:
    """What the quantity could measure, best first, each metric once."""
    quantity = reading.quantities[index]
    found = [*_tied(reading, index), *_named(reading, index), *_leaning(reading, index, chosen)]
    if quantity.kind == "share":
        found += _as_shares(reading, index, found)
    best: dict[str, _Candidate] = {}
    for candidate in found:
        held = best.get(candidate.metric.id)
        if held is None or held.score < candidate.score:
            best[candidate.metric.id] = candidate
    return sorted(best.values(), key=lambda c: -round(c.score, 2))


def _named(reading: Reading, index: int) -> list[_Candidate]:
    quantity = reading.quantities[index]
    found: list[_Candidate] = []
    best = 0.0
    for mention in reading.mentions(index):
        if mention.is_elsewhere and best > SURE:
            break
        naming = mention.naming
        length = min(len(naming.text), 30) * (0.02 if naming.text.isascii() else 0.08)
        for metric, strength in naming.metrics:
            fit = _fit(metric, quantity, reading)
            if fit is None:
                continue
            penalty = 0.0
            if strength != STRONG:
                cue = reading.cues.of(metric, quantity.sentence)
                if cue is None:
                    continue
                penalty = cue + (0.5 if strength == WEAK else 1.8)
            if quantity.unit is None and mention.is_elsewhere and quantity.kind == "level":
                if (
                    metric.dimension == "count"
                    and mention.where in ("paragraph before", "title")
                    and not reading.has_pronoun_whole(index)
                ):
                    continue
                penalty += 0.3
            if naming.is_whole and quantity.kind == "share":
                penalty += 1.5
            if metric.share_of and mention.is_elsewhere:
                penalty += 2.0  # a part is a share of a whole that this sentence does not name
            if reading.cues.is_excluded(metric, naming.start, naming.end):
                continue
            score = mention.score + fit + length - penalty
            best = max(best, score)
            found.append(_Candidate(metric, score, naming, f"{mention.where}: {naming.text}"))
    return found


def _tied(reading: Reading, index: int) -> list[_Candidate]:
    """The name that a list ties to this number: "X, Y and Z grew 1, 2 and 3 percent respectively"."""
    group, place = reading.listed(index)
    if len(group) < 2:
        return []
    fitting = []
    for naming in reading.names_before(group[0]):
        metric = next(
            (m for m in _allowed(reading, index, naming) if _fit(m, reading.quantities[index], reading) is not None),
            None,
        )
        if metric is not None:
            fitting.append((naming, metric))
    names = reading.side_by_side([naming for naming, _ in fitting])
    if len(names) != len(group):
        return []
    naming = names[place]
    metric = next(m for n, m in fitting if n is naming)
    return [_Candidate(metric, 8.0, naming, f"one to one: {naming.text}")]


def _allowed(reading: Reading, index: int, naming: Naming) -> list[Metric]:
    sentence = reading.quantities[index].sentence
    allowed = [m for m, strength in naming.metrics if strength == STRONG or reading.cues.of(m, sentence) is not None]
    return [m for m in allowed if not reading.cues.is_excluded(m, naming.start, naming.end)]


def _as_shares(reading: Reading, index: int, found: Sequence[_Candidate]) -> list[_Candidate]:
    """A part that is the subject of a share ("of which X makes up 32 %") is measured by the share metric of X."""
    if not reading.speaks_of_share(index):
        return []
    more: list[_Candidate] = []
    for candidate in found:
        naming = candidate.naming
        if naming is None or naming.is_whole or not reading.is_subject(naming, index):
            continue
        shares = reading.shares.get(candidate.metric.id, ())
        more += [_Candidate(share, candidate.score + 1.4, naming, candidate.why) for share in shares]
    return more


def _leaning(reading: Reading, index: int, chosen: Sequence[_Candidate | None]) -> list[_Candidate]:
    """Candidates taken over from the quantities beside: the level that a growth belongs to, the count a size limits."""
    quantity = reading.quantities[index]
    found = []
    for other, distance in reading.neighbours(index):
        given, beside = chosen[other], reading.quantities[other]
        if given is None:
            continue
        fit = _fit(given.metric, quantity, reading)
        if fit is None:
            continue
        if quantity.kind in _RESTRICTING:
            base = 8.0 if beside.start <= quantity.start and quantity.end <= beside.end else 5.0
        elif reading.is_compared(other, index):
            base = 5.0
        elif quantity.kind == "share" and given.metric.share_of and reading.has_pronoun_whole(index):
            continue
        elif quantity.kind == "share" and beside.kind != "share" and reading.has_pronoun_whole(index):
            base, fit = 4.2, 0.0
        elif quantity.kind == beside.kind and quantity.unit == beside.unit:
            base, fit = 2.9, 0.0
        elif quantity.kind in ("level", "ratio"):
            continue
        else:
            base = 2.4 if quantity.kind == "share" else 3.9
        if reading.follows_slash(other):
            base -= 0.5  # in "136 GW/351 GWh" the first is what growth speaks of
        score = base + min(fit, 0.0) - distance
        found.append(_Candidate(given.metric, score, given.naming, f"as beside: {given.metric.id}"))
    return found


def _fit(metric: Metric, quantity: Quantity, reading: Reading) -> float | None:
    """How well the unit suits the metric: None where it cannot be, else an addition to the score."""
    unit, kind = quantity.unit, quantity.kind
    if kind in _RESTRICTING:
        return 0.0
    if kind == "rank":
        return -0.6 if metric.is_ratio else 0.0
    if kind == "growth":
        if metric.is_ratio:
            return 0.2 if metric.kind == "growth" else -1.5
        return 0.0
    if unit in ("pp", "bp"):
        return 0.4 if metric.is_ratio else -0.8
    if unit in ("%", "‰"):
        if metric.is_ratio and metric.unit in _PERCENT:
            return 0.6
        return -0.7 if kind == "share" and not metric.is_ratio else None
    if unit in metric.units:
        return 0.8
    if unit == "x":
        return -0.4
    if unit is None:
        return {"count": 0.0, "money": -0.6}.get(metric.dimension, -0.3 if metric.unit == "1" else None)
    if metric.dimension == "count":
        return None
    return 0.6 if reading.dimension(unit) == reading.dimension(metric.unit) else None


def _label(reading: Reading, index: int, best: _Candidate | None) -> str:
    """The article's own words for what is measured."""
    if best is not None and best.naming is not None:
        return reading.article.text[best.naming.start : best.naming.end]
    return reading.noun_phrase(index)
