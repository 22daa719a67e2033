"""Where the names of metrics stand in an article, seen from each quantity.

What lives here: one scan of the text for every name of the catalogue, the relation of each name to a number (in its
noun, subject before, object after, heading, earlier sentence) as a score. What does not: which metric wins (see
`metrics`) and the cue words that a weak name needs (see `cues`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.catalogue.script import fold
from pipelines.stages.observations.cues import Cues
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

#: Marks and words that part clauses; the strong ones part statements.
_WEAK_BREAK = re.compile(r"[,，、(（]|\s(?:while|whereas|and|but|with|compared|against)\s|其中|同比|而")
_STRONG_BREAK = re.compile(r"[;；。!?:：]|\.\s")
_OF = re.compile(
    r"^\s*(?:\([^)]{0,40}\)\s*)?(?:of|in|from|for|worth of|的|个|户|人)?\s*"
    r"(?:the |all |its |their |total |a |china s |global |such )*$"
)
_COMPARES = re.compile(
    r"\b(?:from|against|versus|vs|than|compared with|compared to)\b|从|由|高于|低于|增至|升至|降至|提高到"
)
_MAKES_UP = re.compile(r"占(?:全国|全球|全部|所有|总)?$")
_TO = re.compile(r"^\s*(?:to|至|到|增至|增加到)\s*(?:about |some |nearly |over |约|近)?$")
_PRONOUN_WHOLE = re.compile(r"\s*of (?:that|this|it|them|these|those|the total|the whole)\b")
_SHARE_WORDS = re.compile(
    r"\b(?:share|proportion|percentage|account(?:s|ed|ing)? for|make(?:s)? up|made up|making up|represent(?:s|ed|ing)?"
    r"|contribut)"
    r"|of the (?:total|whole|lot|industry|sector)|占|比重|比例|份额"
)
_LINKS = re.compile(r"^(?:[\s,，、/;；|]|and|as well as|plus|or|the|its|on|和|与|及|以及|\(|\))*$")
_OF_WHICH = re.compile(
    r"(?:of which|of whom|of these|of them|of those|among them|其中|当中)[\s,，:：]*[^,，;；]{0,25}$"
)
_AMONG = re.compile(r"(?:such as|including|among them|like|namely|e\.g\.|包括|例如|比如)[^.;；。]{0,80}$")
_CLOSES = re.compile(r"[,，)）]")
_SILENT = frozenset(("meta", "boilerplate"))
_LISTED = frozenset(("row", "item"))


@dataclass(frozen=True, slots=True)
class Naming:
    """A name at `start:end` of the article, the metrics it may stand for, and how strongly."""

    start: int
    end: int
    text: str
    metrics: tuple[tuple[Metric, int], ...]
    is_whole: bool = False  # called the whole of a share ("of mobile base stations", 占 before it)


@dataclass(frozen=True, slots=True)
class Mention:
    """A naming as one quantity sees it: how well its place suits, and which place that is."""

    naming: Naming
    score: float
    where: str
    is_elsewhere: bool = False  # in another sentence or heading


class Reading:
    """An article with its names found, ready to be asked from each quantity."""

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
    ) -> None:
        self.article, self.sentences, self.quantities = article, sentences, quantities
        self.folded = fold(article.text)
        self._units = catalogue.units
        self._dimensions: dict[str, str] = {}
        self.shares = catalogue.metrics.shares
        self._names = _find(self.folded, catalogue)
        self._starts = [naming.start for naming in self._names]
        self.cues = Cues(self.folded, sentences, catalogue)
        self._by_sentence: dict[int, list[int]] = {}
        for index, quantity in enumerate(quantities):
            self._by_sentence.setdefault(quantity.sentence, []).append(index)
        self._lists = _lists(self.folded, sentences, quantities, self._by_sentence)
        self._title = next((i for i, s in enumerate(sentences) if s.block == "title"), None)

    def dimension(self, unit: str) -> str:
        """The dimension of a unit code, currencies and counted nouns not told apart."""
        if unit not in self._dimensions:
            parts = self._units.get(unit).dimension.split("/")
            self._dimensions[unit] = "/".join(part.partition(":")[0] for part in parts)
        return self._dimensions[unit]

    def within(self, start: int, end: int) -> list[Naming]:
        """The namings that lie in a span."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [naming for naming in self._names[low:high] if naming.end <= end]

    def mentions(self, index: int) -> Iterator[Mention]:
        """The namings about a quantity with the score of their place, from the same sentence outwards."""
        quantity = self.quantities[index]
        here = self.sentences[quantity.sentence]
        for naming in self.within(here.start, here.end):
            yield self._in_sentence(quantity, naming)
        seen: set[tuple[int, int]] = {(here.start, here.end)}
        for rank, span in enumerate(here.context):
            if span not in seen:
                seen.add(span)
                where, score = self._context_score(here, rank)
                for naming in self.within(*span):
                    yield Mention(naming, score, where, here.block != "row")
        back, steps = quantity.sentence - 1, 0
        while back >= 0 and steps < 3 and self.sentences[back].paragraph == here.paragraph:
            sentence = self.sentences[back]
            for naming in self.within(sentence.start, sentence.end):
                yield Mention(naming, 2.3 - 0.5 * steps - 0.002 * (here.start - naming.end), "sentence before", True)
            back, steps = back - 1, steps + 1
        if here.block in _LISTED:
            for step, lead in enumerate(self._lead_in(quantity.sentence)):
                for naming in self.within(self.sentences[lead].start, self.sentences[lead].end):
                    yield Mention(naming, 2.0 - 0.3 * step, "lead-in", True)
        while back >= 0 and here.block == "paragraph" and self.sentences[back].block in ("heading", *_SILENT):
            back -= 1
        if back >= 0 and here.block == "paragraph":
            paragraph, step = self.sentences[back].paragraph, 0
            while back >= 0 and step < 4 and self.sentences[back].paragraph == paragraph:
                if self.sentences[back].block not in _SILENT:
                    for naming in self.within(self.sentences[back].start, self.sentences[back].end):
                        yield Mention(naming, 1.7 - 0.15 * (step + steps), "paragraph before", True)
                back, step = back - 1, step + 1
        if self._title is not None and self._title != quantity.sentence:
            title = self.sentences[self._title]
            for naming in self.within(title.start, title.end):
                yield Mention(naming, 1.3, "title", True)

    def _lead_in(self, sentence: int) -> list[int]:
        """The sentences of the paragraph that a row or item hangs under, nearest first."""
        back = sentence
        while back >= 0 and self.sentences[back].block in _LISTED and sentence - back < 40:
            back -= 1
        paragraph = self.sentences[back].paragraph
        found: list[int] = []
        while back >= 0 and self.sentences[back].paragraph == paragraph and len(found) < 4:
            if self.sentences[back].block == "paragraph":
                found.append(back)
            back -= 1
        return found

    def _context_score(self, here: Sentence, rank: int) -> tuple[str, float]:
        if here.block == "row":
            last = len(here.context) - 1
            return ("column", 3.2) if rank < last - 1 else ("lead-in", 2.0) if rank < last else ("heading", 1.8)
        if here.block == "item" and rank == 0:
            return "lead-in", 2.2
        return "heading", 1.7

    def _in_sentence(self, quantity: Quantity, naming: Naming) -> Mention:
        if quantity.start <= naming.start and naming.end <= max(quantity.end, quantity.noun_end):
            return Mention(naming, 6.5, "its noun")
        left = quantity.bound_start if 0 <= quantity.bound_start < quantity.start else quantity.start
        is_zh = not naming.text.isascii()
        if naming.end <= quantity.start:
            return Mention(naming, self._before(quantity, naming, left, 0.01 if is_zh else 0.004), "before")
        gap = self.folded[quantity.end : naming.start]
        if _OF.match(gap):
            return Mention(naming, 5.3 if gap.strip() else 5.0, "of it")
        breaks, numbers = self._breaks(gap), self._numbers(quantity.sentence, quantity.end, naming.start)
        score = 4.0 - 1.0 * breaks - 1.6 * numbers - len(gap) * (0.02 if is_zh else 0.01)
        if self._is_part(quantity, left):
            score += 0.6
        return Mention(naming, score, "after")

    def _before(self, quantity: Quantity, naming: Naming, left: int, far: float) -> float:
        """The score of a name that stands before the number, perhaps as its subject."""
        here = self.sentences[quantity.sentence]
        gap = self.folded[naming.end : max(left, naming.end)]
        breaks, numbers = self._breaks(gap), self._numbers(quantity.sentence, naming.end, quantity.start)
        is_first = naming.start - here.start < 12 or not _WEAK_BREAK.search(self.folded, here.start, naming.start)
        score = 5.0 - (0.3 if is_first and not numbers else 0.5) * breaks - 0.8 * numbers - far * len(gap)
        if not is_first and not numbers and _CLOSES.search(gap):
            # A name between two commas is an aside ("Emerging businesses, cloud among them, brought ...").
            score -= 1.2 if _AMONG.search(self.folded, here.start, naming.start) else 0.6
        if breaks and self._is_part(quantity, left):
            score -= 1.0
        if any(
            here.start <= q.start <= naming.start and naming.end <= max(q.end, q.noun_end)
            for q in self._others(quantity)
        ):
            score -= 0.3
        return score

    def _others(self, quantity: Quantity) -> Iterator[Quantity]:
        for index in self._by_sentence.get(quantity.sentence, ()):
            if self.quantities[index] is not quantity:
                yield self.quantities[index]

    def _is_part(self, quantity: Quantity, left: int) -> bool:
        """Do the words before the number say that it is a part of what went before ("of which", 其中)?"""
        return bool(_OF_WHICH.search(self.folded, max(self.sentences[quantity.sentence].start, left - 45), left))

    def _breaks(self, gap: str) -> float:
        return len(_WEAK_BREAK.findall(gap)) + 2 * len(_STRONG_BREAK.findall(gap))

    def _numbers(self, sentence: int, start: int, end: int) -> int:
        return sum(
            1
            for i in self._by_sentence.get(sentence, ())
            if start <= self.quantities[i].start < end and self.quantities[i].kind not in ("size", "condition", "rank")
        )

    def neighbours(self, index: int) -> Iterator[tuple[int, float]]:
        """The other quantities of the sentence, then of the sentence before, with a penalty for the distance."""
        quantity = self.quantities[index]
        for other in self._by_sentence[quantity.sentence]:
            if other != index:
                far = abs(self.quantities[other].start - quantity.start)
                yield other, (0.0 if other < index else 0.7) + 0.004 * far
        here = self.sentences[quantity.sentence]
        back = quantity.sentence - 1
        while back >= 0 and quantity.sentence - back <= 3:
            same = self.sentences[back].paragraph == here.paragraph
            if not same and not (here.block in _LISTED and self.sentences[back].block == here.block):
                break
            for place, other in enumerate(self._by_sentence.get(back, ())):
                yield other, 0.5 + 0.4 * (quantity.sentence - back) + 0.05 * place
            back -= 1
        if (
            back >= 0
            and here.block == "paragraph"
            and quantity.sentence - back <= 2
            and self.sentences[back].block == "paragraph"
        ):
            for other in self._by_sentence.get(back, ()):
                yield other, 1.6
        if here.block in _LISTED:
            for lead in self._lead_in(quantity.sentence)[:2]:
                for other in self._by_sentence.get(lead, ()):
                    yield other, 0.8

    def is_compared(self, other: int, index: int) -> bool:
        """Do the two numbers state one thing at two times or in two units ("427 from 407", "90 yuan ($12)")?"""
        first, second = sorted((self.quantities[other], self.quantities[index]), key=lambda q: q.start)
        if first.sentence != second.sentence or first.unit != second.unit or first.kind != second.kind:
            return False
        gap = self.folded[first.end : second.start]
        return (
            len(gap) < 60 and bool(_COMPARES.search(gap) or _TO.match(gap)) and not self.within(first.end, second.start)
        )

    def has_pronoun_whole(self, index: int) -> bool:
        """Is the whole of a share what went before ("45 % of that", 其中 45%)?"""
        quantity = self.quantities[index]
        left = quantity.bound_start if 0 <= quantity.bound_start < quantity.start else quantity.start
        return bool(_PRONOUN_WHOLE.match(self.folded, quantity.end)) or self._is_part(quantity, left)

    def speaks_of_share(self, index: int) -> bool:
        """Does the clause say that something makes up a part ("accounts for", 占)?"""
        quantity = self.quantities[index]
        here = self.sentences[quantity.sentence]
        start = max(here.start, quantity.start - 60)
        return bool(_SHARE_WORDS.search(self.folded, start, min(here.end, quantity.end + 40)))

    def is_subject(self, naming: Naming, index: int) -> bool:
        """Does the name stand before the number in its own sentence?"""
        quantity = self.quantities[index]
        return self.sentences[quantity.sentence].start <= naming.start and naming.end <= quantity.start

    def follows_slash(self, index: int) -> bool:
        """Is the number the second of a pair like "136 GW/351 GWh"?"""
        return (
            self.folded[max(0, self.quantities[index].start - 2) : self.quantities[index].start]
            .strip()
            .endswith(("/", "("))
        )

    def listed(self, index: int) -> tuple[tuple[int, ...], int]:
        """The numbers that are listed with this one, and its place among them."""
        group = self._lists.get(index, (index,))
        return group, group.index(index)

    def names_before(self, index: int) -> list[Naming]:
        """The names of its sentence that stand before a number."""
        quantity = self.quantities[index]
        return self.within(self.sentences[quantity.sentence].start, quantity.start)

    def side_by_side(self, names: list[Naming]) -> list[Naming]:
        """The last run of names that only commas and "and" part."""
        run: list[Naming] = []
        for naming in reversed(names):
            if run and not _LINKS.match(self.folded[naming.end : run[-1].start]):
                break
            run.append(naming)
        return run[::-1]

    def noun_phrase(self, index: int) -> str:
        """The words that name what a quantity measures when no metric does: its noun, else the subject before it."""
        quantity, text = self.quantities[index], self.article.text
        if 0 <= quantity.noun_start < quantity.noun_end:
            return text[quantity.noun_start : quantity.noun_end]
        here = self.sentences[quantity.sentence]
        left = text[here.start : quantity.bound_start if quantity.bound_start >= here.start else quantity.start]
        clause = re.split(r"[,;:，；：。、(（]", left.strip(" ,;:，；："))[-1].strip()
        return clause[-60:] if clause else text[here.start : here.end][:60]


def read(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> Reading:
    """The names of the catalogue in an article, seen from its quantities."""
    return Reading(article, sentences, quantities, catalogue)


def _lists(
    folded: str, sentences: Sequence[Sentence], quantities: Sequence[Quantity], by_sentence: dict[int, list[int]]
) -> dict[int, tuple[int, ...]]:
    """Number -> the numbers of one kind and unit that are listed with it, parted only by commas and "and"."""
    lists: dict[int, tuple[int, ...]] = {}
    for members in by_sentence.values():
        run: list[int] = []
        for index in [*members, -1]:
            if index >= 0 and quantities[index].kind in ("size", "condition"):
                continue
            if run and index >= 0:
                last, this = quantities[run[-1]], quantities[index]
                if last.kind == this.kind and _LINKS.match(folded[last.end : max(this.start, last.end)]):
                    run.append(index)
                    continue
            if len(run) > 1:
                lists |= dict.fromkeys(run, tuple(run))
            run = [index]
    return lists


def _find(folded: str, catalogue: Catalogue) -> list[Naming]:
    """All names, in order. Lines that were wrapped within Chinese are joined for the search."""
    found = catalogue.metrics.find(folded)
    ends: dict[int, int] = {}
    for name in found:
        ends[name.end] = min(name.start, ends.get(name.end, name.start))
    return [
        Naming(
            name.start,
            name.end,
            folded[name.start : name.end],
            name.metrics,
            ends[name.end] < name.start or bool(_MAKES_UP.search(folded, max(0, name.start - 4), name.start)),
        )
        for name in sorted(found, key=lambda name: name.start)
    ]
