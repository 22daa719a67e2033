"""What each quantity measures: a metric of the catalogue, or none, and the words that name it.

What lives here: the choice among the names that stand about a number, by unit, grammar and distance. What does not: the
names themselves (`catalogue.metrics`), where each name stands (`naming`), which numbers go together (`neighbours`). Every
candidate gets a score; a metric is given only where the best clears a floor, because a wrong metric is worse than none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import STRONG, WEAK, Metric
from pipelines.stages.observations.companies import Companies
from pipelines.stages.observations.fits import PERCENT, fits, is_of_its_size
from pipelines.stages.observations.naming import MOST_WORDS, Mention, Naming, Reading
from pipelines.stages.observations.neighbours import Neighbours
from pipelines.stages.observations.surroundings import Surroundings
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

#: Below this score no metric is given.
FLOOR = 0.8
#: Above this score of a name in the sentence itself, nothing outside the sentence is asked.
SURE = 5.2
#: What each word costs by which a clause shows a subject of its own, when its metric is sought elsewhere.
OWN_WORD = 0.3
_GROWN = frozenset(("growth", "change", "rank"))
_RELATIVE = frozenset(("growth", "rank", "change"))
_RESTRICTING = frozenset(("size", "condition"))
_FARTHER = frozenset(("paragraph before", "item before"))
_JOINED = (" and", "进")
_COMMON = frozenset(("count", "money", "ratio"))  # dimensions of so many metrics that a unit tells little
_OF_A_WHOLE = ("of ", "占")
_RELATIVE_UNITS = PERCENT | {"x"}


@dataclass(frozen=True, slots=True)
class Linked:
    """The metric of one quantity; `label` are the article's words for it, `why` says what decided."""

    metric: str | None
    label: str
    confidence: float
    why: tuple[str, ...] = ()
    runners_up: tuple[str, ...] = ()


class _Candidate(NamedTuple):
    metric: Metric
    score: float
    naming: Naming | None
    why: str
    is_whole: bool = False


def link(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> list[Linked]:
    """One Linked for each quantity, in their order."""
    if not quantities:
        return []
    return _Linker(article, sentences, quantities, catalogue).link()


class _Linker:
    """The choice for all quantities of one article."""

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
    ) -> None:
        self.quantities = quantities
        self.reading = Reading(article, sentences, quantities, catalogue)
        self.surroundings = Surroundings(self.reading)
        self.neighbours = Neighbours(self.reading, self.surroundings)
        self.companies = Companies(article, sentences, quantities, catalogue)
        self.shares = catalogue.metrics.shares
        self.fits = fits(catalogue)
        self._places = catalogue.places
        self.chosen: list[_Candidate | None] = [None] * len(quantities)
        self.names: list[Naming | None] = [None] * len(quantities)
        self._outer: dict[tuple[int, str, str | None], list[tuple[Mention, list[tuple[Metric, float]]]]] = {}
        self._tells_results: bool | None = None
        self._costs: dict[int, float] = {}
        self._topics: dict[str, Counter[Metric]] = {}  # dimension -> the metrics of the levels read so far

    def link(self) -> list[Linked]:
        linked: list[Linked | None] = [None] * len(self.quantities)
        # Levels first: growth, ranks and parts lean on the level beside them; sizes and conditions on what they limit.
        for index in sorted(range(len(self.quantities)), key=lambda i: (_turn(self.quantities[i]), i)):
            candidates = self._candidates(index)
            best = candidates[0] if candidates and candidates[0].score >= FLOOR else None
            self.chosen[index] = best
            self.names[index] = best.naming if best is not None else None
            unit = self.quantities[index].unit
            if best is not None and unit is not None and self.quantities[index].kind == "level":
                self._topics.setdefault(self.fits.dimension(unit), Counter())[best.metric] += 1
            linked[index] = self._outcome(index, best, candidates)
        return [one for one in linked if one is not None]

    def _outcome(self, index: int, best: _Candidate | None, candidates: list[_Candidate]) -> Linked:
        reading = self.reading
        runners = [c for c in candidates[:4] if best is None or c.metric is not best.metric]
        names = tuple(c.metric.id for c in runners[:3])
        if best is None:
            return Linked(None, reading.noun_phrase(index), 0.0, ("nothing near names it",), names)
        naming = best.naming
        label = reading.noun_phrase(index) if naming is None else reading.text[naming.start : naming.end]
        margin = best.score - max(runners[0].score if runners else 0.0, 0.0)
        confidence = min(0.98, 0.45 + 0.06 * best.score + 0.08 * min(margin, 2.5))
        return Linked(best.metric.id, label, round(confidence, 3), (best.why,), names)

    def _candidates(self, index: int) -> list[_Candidate]:
        """What the quantity could measure, best first, each metric once."""
        quantity = self.quantities[index]
        tied, is_taken = self._tied(index)
        if is_taken:
            return tied
        is_multiple = quantity.unit == "x" and quantity.kind == "ratio"
        goes_on = quantity.kind in _GROWN or quantity.kind == "share" or is_multiple
        anchor = self.neighbours.anchor(index, self.names) if goes_on else None
        if anchor is not None and quantity.kind in _GROWN:
            found = self._grown(index, anchor)
        elif anchor is not None and self.chosen[anchor] is None and self.neighbours.is_aside_of(index, anchor):
            found = self._in_sentence(index, at_least=5.2)  # a share of something unknown
        else:
            found = [*tied, *self._named(index)]
            if not found or quantity.kind in _RESTRICTING or max(c.score for c in found) < SURE:
                found += self._leaning(index)
            if is_multiple and anchor is not None and (before := self.chosen[anchor]) is not None:
                found.append(_Candidate(before.metric, 3.0, before.naming, f"as beside: {before.metric.id}"))
        if quantity.kind == "share":
            found += self._as_shares(index, found, anchor)
        best: dict[str, _Candidate] = {}
        for candidate in found:
            held = best.get(candidate.metric.id)
            if held is None or held.score < candidate.score:
                best[candidate.metric.id] = candidate
        return sorted(best.values(), key=lambda c: -round(c.score, 2))

    def _grown(self, index: int, anchor: int) -> list[_Candidate]:
        """Growth right behind a level is that level's; where the level measures nothing known, neither does its growth."""
        found = self._in_sentence(index, at_least=5.2)
        level = self.chosen[anchor]
        if level is not None and self.fits.of(level.metric, self.quantities[index]) is not None:
            fit = min(self.fits.of(level.metric, self.quantities[index]) or 0.0, 0.0)
            found.append(_Candidate(level.metric, 5.4 + fit, level.naming, f"as beside: {level.metric.id}"))
            if self.neighbours.follows_slash(anchor):  # in "136 GW/351 GWh" the first is what growth speaks of
                found += self._leaning(index)
        return found

    def _named(self, index: int) -> list[_Candidate]:
        found = self._in_sentence(index)
        best = max((c.score for c in found), default=0.0)
        if best <= SURE:
            quantity = self.quantities[index]
            if quantity.kind == "level" and best < 4.6:
                found += [
                    _Candidate(metric, score, mention.naming, f"{mention.where}: {mention.naming.text}")
                    for mention in self.surroundings.composed(index)
                    for metric, score in self._metrics(mention, quantity)
                    if metric.share_of is None
                ]
            found += self._elsewhere(index)
        return found

    def _in_sentence(self, index: int, at_least: float = -9.0) -> list[_Candidate]:
        reading, quantity = self.reading, self.quantities[index]
        found: list[_Candidate] = []
        mentions = [
            mention
            for mention in reading.in_sentence(index, lambda naming: bool(self.fits.named(naming, quantity)))
            if mention.score >= at_least
        ]
        if not mentions:
            return found
        per_head = self._per_head(quantity)
        has_subject = quantity.kind == "share" and any(
            m.where == "before" and not m.naming.is_whole and not m.naming.text.startswith(_OF_A_WHOLE) for m in mentions
        )
        for mention in mentions:
            is_owned = mention.where == "before" and reading.has_owner(mention.naming)
            is_whole = mention.is_whole or (mention.naming.is_whole and quantity.kind == "share")
            for metric, score in self._metrics(mention, quantity):
                if (
                    per_head >= 0
                    and not metric.is_per_head
                    and not _holds(mention.naming, per_head)
                    and not reading.numbers(per_head, mention.naming.start)
                ):
                    continue
                if mention.where == "next clause" and metric.dimension in _COMMON:
                    continue
                if metric.share_of and not is_whole and not self._is_part_named(mention.naming, quantity, metric):
                    continue
                if quantity.unit == "x" and quantity.kind == "ratio" and mention.where == "of it":
                    continue  # "1.3 times EBITDA" is no EBITDA
                if is_whole:
                    score -= 2.2 if has_subject else 1.5
                    if metric.share_of and not self._is_about(quantity.sentence, metric.share_of):
                        score -= 2.0
                if is_owned:
                    score -= 1.0  # "their revenue" is the revenue of what went before
                found.append(
                    _Candidate(metric, score, mention.naming, f"{mention.where}: {mention.naming.text}", is_whole)
                )
            if mention.where == "before" and _is_short(mention.naming):
                found += self._in_full(mention, quantity)
        return found

    def _in_full(self, short: Mention, quantity: Quantity) -> list[_Candidate]:
        """The longer name that a bare one takes up again: "exports" after a sentence on software exports."""
        found: list[_Candidate] = []
        longer = self.surroundings.longer(quantity.sentence, short.naming)
        if not longer or not self.reading.is_bare(short.naming):
            return found
        for mention in longer:
            full = mention.naming.text
            if full.removesuffix(short.naming.text).rstrip().endswith(_JOINED):
                continue  # "imports and exports" is not the longer name of exports
            found += [
                _Candidate(metric, score, mention.naming, f"in full: {full}")
                for metric, score in self._metrics(mention._replace(score=short.score + 0.3), quantity)
            ]
        return found

    def _scored(self, quantity: Quantity) -> list[tuple[Mention, list[tuple[Metric, float]]]]:
        """The names outside of a sentence with their metrics, once for all its numbers of one kind and unit."""
        key = (quantity.sentence, quantity.kind, quantity.unit)
        if key not in self._outer:
            scored = []
            for mention in self.surroundings.elsewhere(quantity.sentence):
                naming = mention.naming
                if not self.fits.named(naming, quantity) or naming.is_whole or naming.text.startswith(_OF_A_WHOLE):
                    continue  # a whole is one of its own sentence
                metrics = self._metrics(mention, quantity, is_sized=False)
                if metrics:
                    scored.append((mention, metrics))
            self._outer[key] = scored
        return self._outer[key]

    def _per_head(self, quantity: Quantity) -> int:
        """Where "per capita" or 人均 stands before a number in its statement; -1 where it does not."""
        here = self.reading.sentences[quantity.sentence]
        return self.reading.clauses.per_head(self.reading.clauses.start_of(quantity.start, here.start), quantity.start)

    def _elsewhere(self, index: int) -> list[_Candidate]:
        reading, quantity = self.reading, self.quantities[index]
        found: list[_Candidate] = []
        if reading.sentences[quantity.sentence].block != "row" and self.neighbours.unknown(index, self.chosen):
            return found
        has_stated_whole = quantity.kind == "share" and self.neighbours.has_stated_whole(index)
        per_head = self._per_head(quantity)
        if not self._scored(quantity):
            return found
        here = reading.sentences[quantity.sentence]
        penalty = self._of_row(quantity) if here.block == "row" else self._own(index)
        if quantity.kind == "ratio" and quantity.unit == "x":
            penalty += 0.8  # what is compared stands in the sentence as a rule
        has_whole = self.neighbours.has_pronoun_whole(index)
        is_owned = any(reading.has_owner(n) for n in reading.within(here.start, quantity.start))
        for mention, scored in self._scored(quantity):
            for metric, score in scored:
                if not is_of_its_size(metric, quantity):
                    continue
                if has_stated_whole or (metric.is_ratio and quantity.kind == "growth" and metric.kind != "growth"):
                    continue
                if per_head >= 0 and not metric.is_per_head:
                    continue
                if quantity.unit is None and quantity.kind == "level":
                    if metric.dimension == "count" and (
                        mention.where == "title" or (mention.where == "paragraph before" and not has_whole)
                    ):
                        continue
                    score -= 0.3
                if metric.share_of and not metric.is_of_population:
                    score -= 2.0  # a part is a share of a whole that this sentence does not name
                if is_owned and mention.where == "sentence before":
                    score += 2.5
                score -= penalty * (1.3 if mention.where in _FARTHER else 1.0)
                found.append(_Candidate(metric, score, mention.naming, f"{mention.where}: {mention.naming.text}"))
        return found

    def _own(self, index: int) -> float:
        """What a statement's own words cost a metric from elsewhere; a rank says less of its subject."""
        if index not in self._costs:
            each = OWN_WORD / 2 if self.quantities[index].kind == "rank" else OWN_WORD
            self._costs[index] = each * min(self.reading.own_words(index), MOST_WORDS)
        return self._costs[index]

    def _of_row(self, quantity: Quantity) -> float:
        """What the head of a row costs a metric from outside the table, where it names neither a place nor a company."""
        row = self.reading.cells(quantity.sentence)
        head = row.head(self.reading.text, row.at(quantity.start))
        if head is None:
            return 0.0
        if self.reading.within(*head):
            return OWN_WORD * 6  # it names another metric
        if not self._counts_things(quantity):
            return 0.0
        words = self.reading.text[slice(*head)]
        if self.companies.within(*head) or self._places.find(words):
            return 0.0
        language = self.reading.sentences[quantity.sentence].language
        return OWN_WORD * 3 if self.reading.clauses.own_words(*head, language) else 0.0

    def _counts_things(self, quantity: Quantity) -> bool:
        return quantity.unit is None or self.fits.dimension(quantity.unit) == "count"

    def _metrics(
        self, mention: Mention, quantity: Quantity, is_sized: bool = True
    ) -> list[tuple[Metric, float]]:
        """The metrics that a name may stand for at a quantity, with unit, strength and length weighed in."""
        naming = mention.naming
        found: list[tuple[Metric, float]] = []
        for metric, strength, fit in self.fits.named(naming, quantity):
            if is_sized and not is_of_its_size(metric, quantity):
                continue
            score = mention.score + fit + min(len(naming.text), 30) * (0.02 if naming.text.isascii() else 0.08)
            if strength != STRONG:
                cue = self.reading.cues.of(metric, quantity.sentence)
                if cue is None:
                    continue
                score -= cue + (0.5 if strength == WEAK else 1.8)
                if metric.is_company and not metric.is_national and not self._is_of_company(quantity.sentence):
                    continue
            if quantity.unit is None and metric.dimension == "money" and not self._is_money(quantity):
                continue
            if not metric.excludes or not self.reading.cues.is_excluded(metric, naming.start, naming.end):
                found.append((metric, score))
        return found

    def _is_of_company(self, sentence: int) -> bool:
        """May a sentence tell figures of a company: is one named near, or do names of results stand all about?"""
        if self._tells_results is None:
            told = {m.id for n in self.reading.names for m, s in n.metrics if s == STRONG and m.is_company and not m.is_national}
            self._tells_results = len(told) >= 2
        return self._tells_results or self.companies.is_about_one(sentence)

    def _is_money(self, quantity: Quantity) -> bool:
        """May a number without a unit be an amount: in a table, or beside a number with a currency?"""
        if quantity.kind in _RELATIVE or quantity.unit is not None:
            return True
        if self.reading.sentences[quantity.sentence].block == "row":
            return True
        others = (self.quantities[i].unit for i in self.reading.by_sentence[quantity.sentence])
        return any(unit is not None and self.fits.dimension(unit) == "money" for unit in others)

    def _is_part_named(self, naming: Naming, quantity: Quantity, share: Metric) -> bool:
        """Is the part named of which a share tells ("of the total", 占比)? A name that says it all needs less of that."""
        if share.share_of is None:
            return True
        says_all = any(metric is share and strength == STRONG for metric, strength in naming.metrics)
        if says_all and not naming.text.startswith(_OF_A_WHOLE):
            return True
        reading, here = self.reading, self.reading.sentences[quantity.sentence]
        names = reading.within(reading.clauses.start_of(quantity.start, here.start), quantity.start)
        parts = [n for n in names if n is not naming and not n.is_whole]
        if parts and not says_all:
            return any(metric.id == share.share_of for metric, _ in parts[-1].metrics)
        is_part = any(metric.id == share.share_of for part in parts for metric, _ in part.metrics)
        return is_part or self._is_about(quantity.sentence, share.share_of)

    def _is_about(self, sentence: int, metric_id: str) -> bool:
        """Is a metric named in a sentence, the one before, its heading, or the title?"""
        here = self.reading.sentences[sentence]
        near = [*self.reading.within(here.start, here.end)]
        near += [m.naming for m in self.surroundings.elsewhere(sentence)]
        return any(metric.id == metric_id for naming in near for metric, _ in naming.metrics)

    def _tied(self, index: int) -> tuple[list[_Candidate], bool]:
        """The name that a list ties to this number: "X, Y and Z grew 1, 2 and 3 percent respectively"."""
        group, place = self.neighbours.listed(index)
        if len(group) < 2:
            return [], False
        reading, quantity = self.reading, self.quantities[index]
        fitting = []
        here = reading.sentences[quantity.sentence]
        for naming in reading.within(here.start, self.quantities[group[0]].start):
            metric = next((m for m in self._allowed(index, naming) if self.fits.of(m, quantity) is not None), None)
            if metric is not None:
                fitting.append((naming, metric))
        names = reading.side_by_side([naming for naming, _ in fitting])
        if len(names) != len(group):
            if quantity.kind == "growth":
                return self._item(index, [(n, m) for n, m in fitting], len(group), place)
            return [], False
        naming = names[place]
        metric = next(m for n, m in fitting if n is naming)
        return [_Candidate(metric, 8.0, naming, f"one to one: {naming.text}")], False

    def _item(
        self, index: int, names: list[tuple[Naming, Metric]], wanted: int, place: int
    ) -> tuple[list[_Candidate], bool]:
        """The name within the one of several listed things that a number is told of, and whether that settles it."""
        items = self.reading.items(self.quantities[index - place], wanted)
        held = [[(n, m) for n, m in names if start <= n.start and n.end <= end] for start, end in items]
        if not any(held[:-1]):
            return [], False  # one thing, broken down: "the eastern and western regions saw revenue grow by ..."
        return [_Candidate(m, 8.0, n, f"one to one: {n.text}") for n, m in held[place][-1:]], True

    def _allowed(self, index: int, naming: Naming) -> list[Metric]:
        sentence, cues = self.quantities[index].sentence, self.reading.cues
        allowed = [m for m, strength in naming.metrics if strength == STRONG or cues.of(m, sentence) is not None]
        return [m for m in allowed if not cues.is_excluded(m, naming.start, naming.end)]

    def _as_shares(self, index: int, found: Sequence[_Candidate], anchor: int | None) -> list[_Candidate]:
        """A part that is the subject of a share ("of which X makes up 32 %") is measured by the share metric of X."""
        quantity = self.quantities[index]
        here = self.reading.sentences[quantity.sentence]
        is_of_population = self.neighbours.is_of_population(index)
        more: list[_Candidate] = []
        if anchor is not None and self.neighbours.is_aside_of(index, anchor):
            level = self.chosen[anchor]
            for share in self.shares.get(level.metric.id, ()) if level is not None else ():
                more.append(_Candidate(share, 5.4, level.naming if level else None, f"a share of it: {share.id}"))
        if not (is_of_population or self.neighbours.speaks_of_share(index)):
            return more
        subject = next(
            (
                self.chosen[i] for i in reversed(self.reading.by_sentence[quantity.sentence])
                if i < index and self.quantities[i].kind == "level" and self.chosen[i] is not None
            ),
            None,
        )  # fmt: skip
        if subject is not None:
            for share in self.shares.get(subject.metric.id, ()):
                if share.is_of_population == is_of_population:
                    more.append(_Candidate(share, 3.6, subject.naming, f"a share of it: {share.id}"))
        for candidate in found:
            naming = candidate.naming
            if naming is None or candidate.is_whole or not here.start <= naming.start or naming.end > quantity.start:
                continue
            for share in self.shares.get(candidate.metric.id, ()):
                if share.is_of_population == is_of_population:
                    more.append(_Candidate(share, candidate.score + 1.4, naming, candidate.why))
        return more

    def _leaning(self, index: int) -> list[_Candidate]:
        """Candidates taken over from the quantities beside: the level that a growth belongs to, the count a size limits."""
        quantity, neighbours = self.quantities[index], self.neighbours
        found: list[_Candidate] = []
        own: float | None = None
        is_unknown = quantity.kind not in _RESTRICTING and neighbours.unknown(index, self.chosen)
        for other, distance, is_elsewhere in neighbours.around(index):
            if is_unknown and is_elsewhere and self.reading.sentences[quantity.sentence].block != "row":
                break
            given, beside = self.chosen[other], self.quantities[other]
            if given is None:
                continue
            fit = self.fits.of(given.metric, quantity)
            if fit is None or (quantity.unit is None and given.metric.dimension == "money" and not self._is_money(quantity)):
                continue
            has_whole = (
                quantity.kind == "share" or (quantity.kind == "level" and not is_elsewhere)
            ) and neighbours.has_pronoun_whole(index)
            if quantity.kind in _RESTRICTING:
                base = 8.0 if beside.start <= quantity.start and quantity.end <= beside.end else 5.0
            elif neighbours.is_compared(other, index):
                base = 6.0
            elif quantity.kind == "share" and given.metric.share_of and has_whole:
                continue
            elif quantity.kind in ("share", "level") and beside.kind != "share" and has_whole:
                base, fit = (4.2 if quantity.kind == "share" else 2.4), 0.0
            elif quantity.kind == beside.kind and quantity.unit == beside.unit:
                base, fit = 2.9 if is_elsewhere else 3.5 - 0.5 * neighbours.words_between(other, index), 0.0
            elif quantity.kind in ("level", "ratio"):
                if quantity.kind != beside.kind or quantity.unit is None:
                    continue
                base = 2.0
            else:
                base = 2.4 if quantity.kind == "share" else 3.9
            if quantity.kind == "growth" and given.metric.is_ratio and given.metric.kind != "growth" and is_elsewhere:
                continue
            if is_elsewhere and quantity.kind not in _RESTRICTING:
                if quantity.kind == "share" and neighbours.has_stated_whole(index):
                    continue
                if own is None:
                    own = self._own(index)
                if given.metric.is_of_population and own > OWN_WORD:
                    continue  # what users do is told of the users, not of the population
                base -= own + (1.0 if given.metric.share_of and not given.metric.is_of_population else 0.0)
            if neighbours.follows_slash(other):
                base -= 0.5
            score = base + min(fit, 0.0) - distance
            found.append(_Candidate(given.metric, score, given.naming, f"as beside: {given.metric.id}"))
        if self.reading.sentences[quantity.sentence].block == "row" and quantity.unit is not None:
            topic = self._topics.get(self.fits.dimension(quantity.unit))
            metric = topic.most_common(1)[0][0] if topic else None
            if metric is not None and self.fits.of(metric, quantity) is not None:
                found.append(_Candidate(metric, 2.7, None, f"the topic: {metric.id}"))
        return found


def _turn(quantity: Quantity) -> int:
    if quantity.kind in _RESTRICTING:
        return 2
    return 1 if quantity.kind in _RELATIVE or quantity.kind == "share" or quantity.unit in _RELATIVE_UNITS else 0


def _is_short(naming: Naming) -> bool:
    return " " not in naming.text if naming.text < "\x7f" else len(naming.text) <= 4


def _holds(naming: Naming, offset: int) -> bool:
    return naming.start <= offset < naming.end
