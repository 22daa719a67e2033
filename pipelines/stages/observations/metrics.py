"""What each quantity measures: a metric of the catalogue, or none, and the words that name it.

What lives here: the choice among the names that stand about a number, by unit, grammar and distance. What does not: the
names themselves (`catalogue.metrics`) and where candidates come from (`named`, `leaning`). Every candidate has a score;
a metric is given only where the best clears a floor, because a wrong metric is worse than none.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import FAINT, STRONG, Metric
from pipelines.catalogue.table import alternatives
from pipelines.stages.observations.companies import Companies
from pipelines.stages.observations.fits import PERCENT, POINTS
from pipelines.stages.observations.heads import heads
from pipelines.stages.observations.leaning import A_SHARE_OF_IT, as_shares, is_of_column, leaning
from pipelines.stages.observations.linking import RELATIVE, RESTRICTING, WIDE, Candidate, Linking
from pipelines.stages.observations.named import inside, outside
from pipelines.stages.observations.naming import Naming
from pipelines.stages.observations.parts import part_of_whole, part_over, part_told, whole_told
from pipelines.stages.observations.surveys import not_of_actors
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import light

#: Below this score no metric is given.
FLOOR = 0.8
#: Above this score of a name in the sentence itself, nothing outside the sentence is asked.
SURE = 5.2
_UP_FROM = re.compile(
    r"(?:[^;.]{0,120}[,(]\s?(?:up|down)\sfrom|,?\s(?:from|than))\s(?:about\s|some\s|around\s|just\s|only\s|the\s)?"
)
_IN_OTHER_WORDS = re.compile(
    r"(?: (?:of|to) (?:that|it|them|this|these|those|(?:the |all |its |their )?[a-z'\u2019. ]{1,50}?))?"
    r"(?: in (?:19|20)\d\d)?"
    r"(?:,? or|, that is|, i\.e\.|, equivalent to|, equal to|, amounting to)"
    r"(?: (?:about|some|around|roughly|nearly|almost|over|more than|just over|just under|approximately|a total of))? "
    r"|[,，、]?(?:即|合|约合|折合|也就是|也就是说|相当于|约为|为)(?:约|近|超|超过|大约)?"
)
#: "The share was", "Virginia's share is about": a part that says no word of what it is one of.
_SHARE_IS = re.compile(
    r"\b(?:the|that|this|its|their|[a-z.]+'s) (?:share|proportion) "
    r"(?:is|was|had been|has been|stood at|came to|would be|will be|rose to|fell to|reached|at|to reach|reaching|"
    r"rising to|to rise to|could reach|may reach|could be|may be|might reach) "
    r"(?:(?:about|around|just|only|some|roughly|nearly|almost|already|between|still|then|now) )*$"
)
#: What a part is one of that has a sentence of its own: "Urban subscriptions accounted for 54% [of the total]".
_OF_TOTAL = re.compile(r"\s(?:of|in)\s(?:the|that|this)\s(?:total|whole|overall total)\b|\sof\s(?:them|these|those)\b")
_COUNTED_SO = re.compile(r"(?:the )?[a-z-]+ [a-z-]+s (?:[a-z]+ ){0,3}$")
_OPENS_SHARE = 60  # characters in which a sentence names that part
_ATTRIBUTED = re.compile(
    r",\s(?:according to\b|[^,.;:()\d]{3,60}\s(?:said|says|showed|shows|reported|estimates?|estimated)\b)"
)
_CLOSES = frozenset(("", "\n", ".", ";", ")", "。", "；", "）"))  # what ends a clause for good
_LISTED = 12  # figures behind a share of the people in which those of places may be listed
_NEAR = 40  # characters before a share in which its place stands
_FORESEEN = 120  # characters before a figure in which its sentence says no more than who had foreseen it
_WHO_FORESEES = 6  # words that open such a sentence, one of which is who
_SENTENCES_BACK = 2
_WORDS = re.compile(r"[\w&.'\u2019-]+")
_GOES_ON = 1500  # characters behind a share of the people in which others may be of them
#: Words right before a figure that say it is the one told before.
_THE_SAME = re.compile(r"(?:\b(?:of|among) (?:the|those|these) |[这该])$")
_POINTS = 12  # characters that they take
_FIGURES_BACK = 12  # within which it was told
_SCOPE_REACH = 10  # characters before a share in which stands of what it is one: 占全国
_BREAK_ZH = re.compile(r"[,，、;；。:：]")
_SHARE_IN_PASSING = re.compile(
    r"[^,;.]{0,60}, (?:or |equal to |equivalent to )?(?:about |around |some |roughly |nearly |almost )?"
)
_MAKES_UP = re.compile(r"[,，]?(?:约|大约)?占")
_AND_OTHERS_ZH = "等"
_ITS_PART = re.compile(r"[,，](?:大约|约)?占(?:比|总量|总额|总数)?(?:的|约|近|为|达|了|到)*")
_TAKEN_SHARE = re.compile(r"[,，](?:渗透率|普及率|占比|比重|比例)(?:已|约|近|超过|超|为|达到|达|升至)*")
_NEAR_WHOLE = 2  # figures back in which the whole of such a share is told
_PAIR_REACH, _PAIR_NAME = 80, 8  # characters before figures in which such a word stands; of the thing before it
_OF_RESTRICTED = ("its noun", "its cell", "as beside")
_GROWN = frozenset(("growth", "change", "rank"))
_PAIR = 2  # figures from one of a pair to the same of the next
_OR = re.compile(r",? or (?:about |some |roughly )?")
_RELATIVE_UNITS = PERCENT | {"x"}
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|vs\.?|up from|down from|more than the|than the)\s[\w\s]{0,12}$"
)


@lru_cache(maxsize=4)
def _those_who(catalogue: Catalogue) -> re.Pattern[str]:
    """Words for those who do what a share of the people does."""
    return re.compile(rf"\b(?:{alternatives(catalogue.grammar.classes['those_who'])})\b")


#: Those who do it, in Chinese, of whom a share is told then: 网民中有, 其中, 占用户的.
_THOSE_WHO_ZH = re.compile(r"其中|网民|用户|使用者|这些|占")


@light
@dataclass(frozen=True, slots=True)
class Linked:
    """The metric of one quantity; `label` are the article's words for it, `why` says what decided, with which score."""

    metric: str | None
    label: str
    confidence: float
    why: tuple[str, ...] = ()
    score: float = 0.0
    runners_up: tuple[Candidate, ...] = ()
    start: int = -1  # of the name, where one decided


def is_part_of(linked: Linked) -> bool:
    """Was a percentage read as a part of the amount that it stands beside?"""
    return bool(linked.why) and linked.why[0].startswith(A_SHARE_OF_IT)


def link(
    article: Article,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    catalogue: Catalogue,
    companies: Companies,
) -> list[Linked]:
    """One Linked for each quantity, in their order."""
    if not quantities:
        return []
    return _Linker(article, sentences, quantities, catalogue, companies).link()


class _Linker(Linking):
    """The choice for all quantities of one article."""

    __slots__ = ()

    def link(self) -> list[Linked]:
        linked: list[Linked | None] = [None] * len(self.quantities)
        # Levels first: growth, ranks and parts lean on the level beside them; sizes and conditions on what they limit.
        for index in sorted(range(len(self.quantities)), key=lambda i: (self._turn(i), i)):
            candidates = self._candidates(index)
            best = candidates[0] if candidates and candidates[0].score >= FLOOR else None
            self.chosen[index] = best
            self.names[index] = best.naming if best is not None else None
            if best is not None and best.naming is not None:
                self.told_ends.add(best.naming.end)
            unit = self.quantities[index].unit
            if best is not None and unit is not None and self.quantities[index].kind == "level":
                self.topics.setdefault(self.fits.dimension(unit), Counter())[best.metric] += 1
                self.latest[self.fits.dimension(unit)] = best.metric
            if best is not None and self.quantities[index].kind in ("level", "change"):
                self.counted.add(best.metric.id)
            if best is not None and self.quantities[index].kind == "share" and best.metric.is_of_population:
                self.last_share = index, best
            linked[index] = self._outcome(index, best, candidates)
        return [one for one in linked if one is not None]

    def _outcome(self, index: int, best: Candidate | None, candidates: list[Candidate]) -> Linked:
        reading = self.reading
        runners = tuple(candidates[1:4] if best is not None else candidates[:3])
        if best is None:
            return Linked(None, reading.noun_phrase(index), 0.0, ("nothing near names it",), 0.0, runners)
        naming = best.naming
        label = reading.noun_phrase(index) if naming is None else reading.text[naming.start : naming.end]
        margin = best.score - max(runners[0].score if runners else 0.0, 0.0)
        confidence = min(0.98, 0.45 + 0.06 * best.score + 0.08 * min(margin, 2.5))
        start = naming.start if naming is not None else -1
        return Linked(best.metric.id, label, round(confidence, 3), (best.why,), best.score, runners, start)

    def _candidates(self, index: int) -> list[Candidate]:
        """What the quantity could measure, best first, each metric once."""
        quantity = self.quantities[index]
        if self.measureless.is_one(quantity):
            return []
        if (amount := self._amount_of(index)) is not None:
            return [amount]
        tied, is_taken = self._tied(index) if self.neighbours.is_listed(index) else ([], False)
        if is_taken:
            return tied
        if (base := self._base_of(index)) is not None:
            return base
        if (paired := self._of_the_pair(index)) is not None:
            return paired
        if (hoped := self._looked_for(index)) is not None:
            return hoped
        if (again := self._told_again(index)) is not None:
            return again
        if (share := self._of_the_share(index)) is not None:
            return share
        is_multiple = quantity.unit == "x" and quantity.kind == "ratio"
        goes_on = quantity.kind in _GROWN or quantity.kind == "share" or is_multiple
        anchor = self.neighbours.anchor(index, self.names) if goes_on else None
        if anchor is not None and quantity.kind in _GROWN:
            found = self._grown(index, anchor)
        elif anchor is not None and self.chosen[anchor] is None and self.neighbours.is_aside_of(index, anchor):
            found = inside(self, index, at_least=5.2)  # a share of something unknown
        else:
            found = [*tied, *self._named(index), *self._of_whole_behind(index)]
            if quantity.kind in RESTRICTING or _best(found) < SURE:
                found += leaning(self, index)
            if (
                is_multiple
                and anchor is not None
                and not self.reading.is_pace(index)
                and (before := self.chosen[anchor]) is not None
            ):
                found.append(Candidate(before.metric, 3.0, before.naming, f"as beside: {before.metric.id}"))
        if quantity.kind in ("level", "change"):
            found = self._of_added(index, found)
        if quantity.kind == "share" and (quantity.unit is None or quantity.unit in PERCENT):
            if self.neighbours.is_of_population(index):  # people are no part of stations or clusters
                found = [c for c in found if c.metric.dimension != "count" or self._counts_people(c.metric)]
            found = self._as_measured(index, found)
            found += as_shares(self, index, found, anchor)
            found = [c for c in not_of_actors(self, index, found) if is_of_column(self, index, c)]
            if self.neighbours.is_share_of_place(index):
                found = [self._of_place(candidate) for candidate in found]
            if self.neighbours.is_penetration(index):
                found = [c for c in found if self._is_counted_part(c.metric)]
            if self.neighbours.is_of_market(index):
                found = [c for c in found if c.metric.is_ratio or not c.metric.is_company_alone]
            found = self._of_whole(index, found)
            found += self._of_level(index)
            found += self._of_told_whole(index)
            found += self._of_last_total(index)
        if is_multiple and self.measureless.is_times_another(quantity):  # the same, long ago, is told beside it
            goes_on = self.reading.sentences[quantity.sentence].language != "zh"
            found = [c for c in found if quantity.unit in c.metric.units or (goes_on and c.why.startswith("as beside"))]
        if (spent := self.own_heads.spent_at(index)) >= 0:  # a level, by its own verb
            found = [c for c in found if not c.metric.is_earned or self._is_spent_on(index, spent, c)]
        if quantity.kind in RESTRICTING:  # a size is measured in what has it, a condition in what it limits
            found = [c for c in found if c.why.startswith(_OF_RESTRICTED)]
        if self._is_still_of_people(index):
            found = self._of_people(found)
        if not found and (listed := self._listed_share(index)) is not None:
            found = [listed]
        found = [*found, *part_over(self, index, found)]
        best: dict[str, Candidate] = {}
        for candidate in heads(self.catalogue).fitting(self, index, found):
            held = best.get(candidate.metric.id)
            if held is None or held.score < candidate.score:
                best[candidate.metric.id] = candidate
        return sorted(best.values(), key=_worth) if len(best) > 1 else list(best.values())

    def _of_added(self, index: int, found: list[Candidate]) -> list[Candidate]:
        """Of "added 66 GW of storage, against 42 GW": the additions that the verb tells, not the stock."""
        if self.reading.sentences[self.quantities[index].sentence].language == "zh":
            return found
        one = self._addition(index, found) or self._added_as(index)
        if one is None and index and self._is_set_against(index):
            before = self._addition(index - 1, self._named(index - 1))
            one = None if before is None else next((c for c in found if c.metric is before.metric), None)
        if one is None:
            return found
        return [*found, one._replace(score=_best(found) + 0.5)]

    def _added_as(self, index: int) -> Candidate | None:
        """The additions that the other of a pair in two units tells: "about 66 GW/189 GWh was newly installed"."""
        for other, second in ((index - 1, index), (index + 1, index + 1)):
            if not 0 <= other < len(self.quantities) or not self.neighbours.follows_slash(second):
                continue
            this, beside = self.quantities[index], self.quantities[other]
            if beside.sentence != this.sentence or beside.unit == this.unit or self.is_row(this):
                continue
            named = max(self._named(other), key=_score, default=None)
            is_told = named is not None and named.metric.is_increment and named.score >= FLOOR
            if named is not None and is_told and self.fits.of(named.metric, this) is not None:
                return named
        return None

    def _addition(self, index: int, found: list[Candidate]) -> Candidate | None:
        """The additions that a word before a figure tells, where it is one of a stock named behind it, or None."""
        last = self.quantities[index - 1].end if index else 0
        for one in found:
            if not (one.metric.is_increment and one.why.startswith("before") and one.score >= FLOOR):
                continue
            if one.naming is None or one.naming.start < last:
                continue
            for stock in found:
                is_stock = stock.metric.stock_or_flow == "stock" and stock.metric.subject == one.metric.subject
                if is_stock and stock.why.startswith("of it"):
                    return one
        return None

    def _is_set_against(self, index: int) -> bool:
        """Is a figure set against one of its unit right before it: "66 GW of storage, compared with 42 GW"?"""
        this, last = self.quantities[index], self.quantities[index - 1]
        if last.sentence != this.sentence or last.unit != this.unit or self.is_row(this):
            return False
        return _AGAINST.search(self.reading.folded, max(last.end, this.left - _NEAR), this.left) is not None

    def _base_of(self, index: int) -> list[Candidate] | None:
        """What "33%, up from 17.6%" gives the second: the metric of the first, if that has one; else None."""
        this, last = self.quantities[index], self.quantities[index - 1] if index else None
        if last is None or last.sentence != this.sentence or (last.kind, last.unit) != (this.kind, this.unit):
            return None
        if this.kind not in ("share", "level") or self.is_row(this):
            return None
        if _UP_FROM.fullmatch(self.reading.folded, max(last.end, last.noun_end), this.left) is None:
            return None
        before = self.chosen[index - 1]
        return None if before is None else [before._replace(score=6.6, why=f"as it was: {before.metric.id}")]

    def _of_the_pair(self, index: int) -> list[Candidate] | None:
        """The second of a pair against another: "$12 million, or 75 cents a share, from $7 million, or 47 cents"."""
        if index < _PAIR + 1 or self.quantities[index - _PAIR - 1].sentence != self.quantities[index].sentence:
            return None
        first, second, third, this = self.quantities[index - _PAIR - 1 : index + 1]
        if not first.kind == second.kind == third.kind == this.kind == "level":
            return None
        if (first.unit, second.unit) != (third.unit, this.unit) or self.is_row(this):
            return None
        joints = ((first, second), (third, this))
        if any(_OR.fullmatch(self.reading.folded, a.end, b.left) is None for a, b in joints):
            return None
        ours, one, other = (self.chosen[index - k] for k in (_PAIR, _PAIR + 1, 1))
        if ours is None or one is None or other is None or one.metric is not other.metric:
            return None
        return [ours._replace(score=SURE, why=f"as in the pair: {ours.metric.id}")]

    def _turn(self, index: int) -> int:
        """When a figure is linked: behind those that it leans on."""
        return max(_turn(self.quantities[index]), int(self._says_share_again(index)))

    def _says_share_again(self, index: int) -> bool:
        """Is a level told as that of which a share was just told: "31 percent of that, or 87 exaflops"?"""
        this, last = self.quantities[index], self.quantities[index - 1] if index else None
        if last is None or last.sentence != this.sentence or (last.kind, this.kind) != ("share", "level"):
            return False
        end, folded = max(this.end, this.noun_end), self.reading.folded
        closes = folded[end : end + 1] in _CLOSES or _ATTRIBUTED.match(folded, end) is not None
        return closes and _IN_OTHER_WORDS.fullmatch(folded, last.end, this.left) is not None

    def _amount_of(self, index: int) -> Candidate | None:
        """What a share said again as an amount is: the metric whose share it was."""
        before, this = self.chosen[index - 1] if index else None, self.quantities[index]
        if before is None or not self._says_share_again(index):
            return None
        metric = self.catalogue.metrics.get(before.metric.share_of)
        if metric is None or this.unit in PERCENT or self.fits.of(metric, this) is None:
            return None
        return before._replace(metric=metric, score=5.6, why=f"as its share: {metric.id}")

    def _told_again(self, index: int) -> list[Candidate] | None:
        """What a figure measures that points back to itself: "Of the 2.6 billion, ...", 在这22亿人中; else None.

        It has the very value of one told not far before, and the metric of that one.
        """
        this = self.quantities[index]
        if this.kind != "level" or not _THE_SAME.search(self.reading.folded, max(0, this.left - _POINTS), this.left):
            return None
        for other in range(index - 1, max(-1, index - 1 - _FIGURES_BACK), -1):
            last = self.quantities[other]
            if (last.kind, last.value, last.bound) == (this.kind, this.value, this.bound):
                before = self.chosen[other]
                if before is None or not self._are_of_one_dimension(last, this):
                    return None
                return [before._replace(score=6.6, why=f"told again: {before.metric.id}")]
        return None

    def _of_the_share(self, index: int) -> list[Candidate] | None:
        """What "a year ago the share was 7.6%" measures: the part told last before it; None where none is near."""
        this, reading = self.quantities[index], self.reading
        if this.kind != "share" or self.is_row(this) or this.unit not in PERCENT:
            return None
        if _SHARE_IS.search(reading.folded, max(0, this.left - _FORESEEN), this.left) is None:
            return None
        for other in range(index - 1, max(-1, index - 1 - _FIGURES_BACK), -1):
            last = self.quantities[other]
            if this.sentence - last.sentence > _SENTENCES_BACK or self.is_row(last):
                return None
            if last.kind == "share":
                before = self.chosen[other]
                if before is None or before.metric.kind != "share":
                    return None
                return [before._replace(score=6.0, why=f"the same share: {before.metric.id}")]
        return None

    def _are_of_one_dimension(self, one: Quantity, other: Quantity) -> bool:
        if one.unit is None or other.unit is None:
            return True
        return self.fits.dimension(one.unit) == self.fits.dimension(other.unit)

    def _looked_for(self, index: int) -> list[Candidate] | None:
        """What those who foresee figures had expected, with no word of what: the metric of the figure told before it.

        "Analysts were looking for $9.15 billion"; None where a sentence says anything else.
        """
        this = self.quantities[index]
        here = self.reading.sentences[this.sentence]
        if this.kind not in ("level", "growth") or here.language != "en" or self.is_row(this):
            return None
        if this.start - here.start > _FORESEEN or not self._is_only_foreseen(here.start, this.left):
            return None
        other = self._first_alike(this)
        before = self.chosen[other] if other is not None else None
        return [] if before is None else [before._replace(score=5.5, why=f"as it came: {before.metric.id}")]

    def _is_only_foreseen(self, start: int, end: int) -> bool:
        """Do words say no more than who had foreseen it: "Economists polled by Reuters had forecast a"?"""
        classes, text = self.catalogue.grammar.classes, self.reading.text
        opening = [word[0].lower() for word in islice(_WORDS.finditer(text, start, end), _WHO_FORESEES)]
        if classes["forecaster"].isdisjoint(opening) and classes["foresees"].isdisjoint(opening):
            return False
        said = [classes[name] for name in ("forecaster", "foresees", "foreseeing", "foresaw")]
        return all(
            any(word.lower() in words for words in said) or (k > 0 and word[0].isupper())
            for k, word in enumerate(_WORDS.findall(text, start, end))
        )

    def _first_alike(self, this: Quantity) -> int | None:
        """The first figure of its kind and unit in the last sentence that has one, not far before."""
        here = self.reading.sentences[this.sentence]
        for back in range(this.sentence - 1, max(-1, this.sentence - 1 - _SENTENCES_BACK), -1):
            before = self.reading.sentences[back]
            if before.block != here.block or here.paragraph - before.paragraph > 1:
                return None
            for other in self.reading.by_sentence.get(back, ()):
                if (self.quantities[other].kind, self.quantities[other].unit) == (this.kind, this.unit):
                    return other
        return None

    def _listed_share(self, index: int) -> Candidate | None:
        """What a share is of that only a place is named for, behind one of the people: "lowest in Romania (18%)"."""
        quantity = self.quantities[index]
        if self.last_share is None or quantity.kind != "share" or quantity.unit not in PERCENT or self.is_row(quantity):
            return None
        last, best = self.last_share
        here = self.reading.sentences[quantity.sentence]
        is_near = last < index and index - last <= _LISTED and here.language == "en"
        places = self.catalogue.places.find(self.reading.text[max(here.start, quantity.start - _NEAR) : quantity.start])
        if not is_near or not places or self.reading.own_words(index) > 1.0:
            return None
        return best._replace(score=2.0, why=f"of another place: {best.metric.id}")

    def _is_still_of_people(self, index: int) -> bool:
        """Is a share behind one of the people of them as well: "more turned to the tools for fun (25%) than for work"?

        In Chinese in one sentence alone: 高收入国家94%的人用互联网，低收入国家23%.
        Not where words since that one name those who do so ("of these users, 61% are under 40"), nor where their number
        is told, of whom parts are told then.
        """
        quantity = self.quantities[index]
        if self.last_share is None or quantity.kind != "share" or quantity.unit not in PERCENT or self.is_row(quantity):
            return False
        last, best = self.last_share
        if best.metric.share_of in self.counted:
            return False
        here, first = self.reading.sentences[quantity.sentence], self.quantities[last]
        if not last < index <= last + _LISTED or (here.language != "en" and first.sentence != quantity.sentence):
            return False
        if self.neighbours.has_pronoun_whole(index) or self.neighbours.stated_whole(index) is not None:
            return False
        end = min(here.end, quantity.end + _NEAR)
        is_near = end - first.end < _GOES_ON
        if _THOSE_WHO_ZH.search(self.reading.folded, first.end, quantity.end) is not None:
            return False
        return is_near and _those_who(self.catalogue).search(self.reading.folded, first.end, end) is None

    def _of_people(self, found: list[Candidate]) -> list[Candidate]:
        """Candidates where those who do something are counted as a part of the people."""
        share = self.last_share[1].metric if self.last_share is not None else None
        return [c._replace(metric=share) if share is not None and c.metric.id == share.share_of else c for c in found]

    def _is_spent_on(self, index: int, verb: int, candidate: Candidate) -> bool:
        """Does a name stand behind the verb of spending: "paid a dividend of", "spent $90bn on chips"?"""
        naming, here = candidate.naming, self.reading.sentences[self.quantities[index].sentence]
        end = self.quantities[index].end
        return (
            naming is not None
            and verb <= naming.start < here.end
            and not self.reading.opens_statement(end, naming.start)
        )

    def _is_counted_part(self, share: Metric) -> bool:
        """Is a share one of things that are counted, or one that is of nothing else?"""
        part = self.catalogue.metrics.get(share.share_of) or share
        return part.is_ratio or part.dimension == "count"

    def _counts_people(self, metric: Metric) -> bool:
        return metric.counts_others or any(share.is_of_population for share in self.shares.get(metric.id, ()))

    def _of_place(self, candidate: Candidate) -> Candidate:
        """A place's part ("China accounts for 25 %") is one of the measure, not of the measure's own whole."""
        share = candidate.metric
        measure = self.catalogue.metrics.get(share.share_of)
        if measure is None or share.is_of_population or candidate.why.startswith("of it"):
            return candidate
        return candidate._replace(metric=measure)

    def _as_measured(self, index: int, found: list[Candidate]) -> list[Candidate]:
        """Candidates measured as the level is of which a share is told: "205 GW, 73% of them data centres" is no part
        of the electricity that these use.
        """
        quantity = self.quantities[index]
        is_english = self.reading.sentences[quantity.sentence].language == "en"
        if not is_english or self.is_row(quantity) or not self.neighbours.has_pronoun_whole(index):
            return found
        whole = self.quantities[index - 1] if index else quantity
        if whole.kind != "level" or whole.sentence != quantity.sentence or whole.unit is None:
            return found
        dimension = self.fits.dimension(whole.unit)
        return [c for c in found if c.metric.is_ratio or c.metric.dimension == dimension]

    def _of_level(self, index: int) -> list[Candidate]:
        """软件业务收入2.1万亿元,增长9.9%,占全国14.9%: the level right before, of which a place has that part.

        Or a thing: 算力领域投资373亿元,占25%.
        """
        quantity = self.quantities[index]
        if self.reading.sentences[quantity.sentence].language != "zh" or self.is_row(quantity):
            return []
        left = quantity.left
        words = self.reading.folded[max(0, left - _SCOPE_REACH) : left]
        scopes = self.catalogue.chinese.by_role["scope"]
        other = self.level_before(index)
        level = self.chosen[other] if other is not None else None
        if other is None or level is None:
            return []
        start = max(self.quantities[other].end, self.quantities[other].noun_end)
        if not any((at := words.rfind(f"占{scope}")) >= 0 and not _BREAK_ZH.search(words, at) for scope in scopes):
            is_part = other == index - 1 and _ITS_PART.fullmatch(self.reading.folded, start, left) is not None
            if not is_part or any(not share.is_of_population for share in self.shares.get(level.metric.id, ())):
                return []
        if self.reading.names_one(start, left) or self.reading.clauses.strong(start, quantity.start):
            return []
        return [Candidate(level.metric, 5.6, level.naming, f"as beside: {level.metric.id}")]

    def _of_last_total(self, index: int) -> list[Candidate]:
        """ "Wireless lines came to 1.18 billion. Urban lines were 54% of the total": what was counted before."""
        this, reading = self.quantities[index], self.reading
        here = reading.sentences[this.sentence]
        if here.language != "en" or self.is_row(this) or this.sentence == 0 or this.left - here.start > _OPENS_SHARE:
            return []
        if _OF_TOTAL.match(reading.folded, this.end) is None or reading.numbers(here.start, this.start):
            return []
        opening = reading.folded[here.start : this.left]
        phrases = self.catalogue.dimension_keys.find(opening, opening)
        if not any(phrase.start <= len("the ") for phrase in phrases) or _COUNTED_SO.match(opening) is None:
            return []
        for other in reading.by_sentence.get(this.sentence - 1, ()):
            last = self.chosen[other]
            if self.quantities[other].kind == "level":
                is_counted = last is not None and last.metric.dimension == "count"
                return [last._replace(score=5.6, why=f"of the total: {last.metric.id}")] if last and is_counted else []
        return []

    def _of_told_whole(self, index: int) -> list[Candidate]:
        """客户总数10亿户,其中5G客户5.5亿户,渗透率55%: the share of a part told right before it, behind its whole."""
        quantity, other = self.quantities[index], self.level_before(index)
        if other is None or other != index - 1 or self.reading.sentences[quantity.sentence].language != "zh":
            return []
        level, before = self.chosen[other], self.quantities[other]
        if level is None or level.metric.part_of is None or self.is_row(quantity):
            return []
        start = max(before.end, before.noun_end)
        if _TAKEN_SHARE.fullmatch(self.reading.folded, start, quantity.left) is None:
            return []
        told = [self.chosen[k] for k in range(max(0, other - _NEAR_WHOLE), other)]
        if not any(one is not None and one.metric.id == level.metric.part_of for one in told):
            return []
        return [
            Candidate(share, 6.6, level.naming, f"{A_SHARE_OF_IT}: {share.id}")
            for share in self.shares.get(level.metric.id, ())
            if not share.is_of_population
        ]

    def _of_whole(self, index: int, found: list[Candidate]) -> list[Candidate]:
        """百兆用户6亿户,占总用户数的95%: what makes up a share right behind its level is no part of that level."""
        quantity, other = self.quantities[index], self.level_before(index)
        if other is None or self.reading.sentences[quantity.sentence].language != "zh" or self.is_row(quantity):
            return found
        level, before = self.chosen[other], self.quantities[other]
        end = max(before.end, before.noun_end)
        if level is None or not _MAKES_UP.match(self.reading.folded, end, quantity.left):
            return found
        part = self.catalogue.metrics.get
        return [
            c._replace(metric=level.metric)
            if (one := part(c.metric.share_of)) is not None and one.part_of == level.metric.id
            else c
            for c in found
        ]

    def _grown(self, index: int, anchor: int) -> list[Candidate]:
        """Growth right behind a level is that level's; where the level is unknown, so is its growth."""
        found = inside(self, index, at_least=5.2)
        this = self.quantities[index]
        if this.kind in ("growth", "change") and this.unit not in POINTS and self._is_share_aside(anchor):
            anchor -= 1
        level = self.chosen[anchor]
        found += self._of_whole_behind(index)
        if level is not None and self.fits.of(level.metric, self.quantities[index]) is not None:
            fit = min(self.fits.of(level.metric, self.quantities[index]) or 0.0, 0.0)
            found.append(Candidate(level.metric, 5.4 + fit, level.naming, f"as beside: {level.metric.id}"))
            if self.neighbours.follows_slash(anchor):  # in "136 GW/351 GWh" the first is what growth speaks of
                found += leaning(self, index)
        return found

    def _of_whole_behind(self, index: int) -> list[Candidate]:
        """高效能运算季增11%,占营收51%: what makes up a part of a measure has grown in that measure."""
        after = index + 1
        if self.quantities[index].kind != "growth" or after >= len(self.quantities):
            return []
        this, part = self.quantities[index], self.quantities[after]
        reading = self.reading
        if part.kind != "share" or part.sentence != this.sentence or self.is_row(this):
            return []
        if reading.sentences[this.sentence].language != "zh" or not _MAKES_UP.match(
            reading.folded, this.end, part.left
        ):
            return []
        if (span := self.neighbours.stated_whole(after)) is None:
            return []
        return [
            Candidate(metric, 5.0, naming, f"a part of it: {naming.text}")
            for naming in reading.within(*span)
            for metric in self._allowed(index, naming)
            if naming.end == span[1] and not metric.is_ratio
        ]

    def _is_share_aside(self, index: int) -> bool:
        """用电量1660亿千瓦时,占全社会的1.7%,增长10%; "9 TWh in 2024, 2% of consumption, having grown 12%": does a
        share only tell in passing what its level makes up?
        """
        share, level = self.chosen[index], self.chosen[index - 1] if index else None
        this, last = self.quantities[index], self.quantities[index - 1]
        if share is None or level is None or this.kind != "share" or last.kind != "level":
            return False
        end = max(last.end, last.noun_end)
        is_of_it = last.sentence == this.sentence and share.metric.share_of == level.metric.id
        is_zh = self.reading.sentences[this.sentence].language == "zh"
        if not is_zh:
            return is_of_it and _SHARE_IN_PASSING.fullmatch(self.reading.folded, end, this.left) is not None
        return is_of_it and _MAKES_UP.match(self.reading.folded, end, this.left) is not None

    def _summed(self, index: int) -> list[Candidate]:
        """Parts that are joined before one number are told of together: "cloud, big data and IoT brought in 450"."""
        quantity, reading = self.quantities[index], self.reading
        here, left = reading.sentences[quantity.sentence], self.quantities[index].left
        start = reading.clauses.start_of(left, here.start)
        near = reading.nearest(start, left)
        if len(near) < 2 or quantity.kind in RESTRICTING or self.neighbours.is_listed(index):
            return []
        before = [n for n in near if any(s != FAINT for _, s, _ in self.fits.named(n, quantity))]
        if len(before) < 2 or reading.numbers(before[-1].end, left):
            return []
        names = reading.side_by_side([n for n in before if any(m.part_of for m, _ in n.metrics)])
        if len(names) < 2:
            return []
        if set.intersection(*({m for m, _ in naming.metrics} for naming in names)):
            return []  # the same part in two words: 支持轻量化(RedCap)的5G站
        if names[-1] is not before[-1] and not reading.folded.startswith(_AND_OTHERS_ZH, names[-1].end):
            return []  # 云计算、大数据、物联网等业务共完成收入3796亿元 names what all of them brought in
        wholes = [{m.part_of for m, _ in naming.metrics if m.part_of} for naming in names]
        return [
            Candidate(metric, 6.2, names[-1], f"its parts together: {metric.id}")
            for metric in map(self.catalogue.metrics.get, sorted(set.intersection(*wholes)))
            if metric is not None and self.fits.of(metric, quantity) is not None
        ]

    def _named(self, index: int) -> list[Candidate]:
        found = [*inside(self, index), *self._summed(index)]
        best = _best(found)
        found += [*part_told(self, index, found), *whole_told(self, index, found), *part_of_whole(self, index, found)]
        if best <= SURE:
            quantity = self.quantities[index]
            if quantity.kind == "level" and best < 4.6:
                found += [
                    Candidate(metric, score, mention.naming, f"{mention.where}: {mention.naming.text}")
                    for mention in self.surroundings.composed(index)
                    for metric, score in self.metrics(mention, quantity)
                    if metric.share_of is None
                ]
            found += outside(self, index)
        return found

    def _tied(self, index: int) -> tuple[list[Candidate], bool]:
        """The name that a list ties to this number: "X, Y and Z grew 1, 2 and 3 percent respectively"."""
        group, place = self.neighbours.listed(index)
        reading, quantity = self.reading, self.quantities[index]
        if (paired := self._paired(index, group, place)) is not None:
            return paired, True
        fitting = []
        here = reading.sentences[quantity.sentence]
        level = self._level_in_turn(group, place) if quantity.kind == "growth" else None
        if level is not None:
            return [Candidate(level.metric, 8.0, level.naming, f"one to one: {level.metric.id}")], True
        for naming in reading.apart(reading.nearest(here.start, self.quantities[group[0]].start), len(group)):
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
        return [Candidate(metric, 8.0, naming, f"one to one: {naming.text}")], False

    def _paired(self, index: int, group: tuple[int, ...], place: int) -> list[Candidate] | None:
        """汽车产销分别为281万辆和285万辆: what one word for two measures gives each of two figures; None without it."""
        quantity, first, reading = self.quantities[index], self.quantities[group[0]], self.reading
        here = reading.sentences[quantity.sentence]
        if len(group) != 2 or here.language != "zh" or self.is_row(quantity):
            return None
        start = max(here.start, first.left - _PAIR_REACH)
        words, roles = reading.folded[start : first.left], self.catalogue.chinese.by_role
        at, pair = max(((words.rfind(word), word) for word in roles["pair_noun"]), default=(-1, ""))
        if at < 0 or not any(words.find(word, at) >= 0 for word in roles["in_turn"]):
            return None
        part = roles["pair_noun"][pair].split("/")[place]
        for begin in range(max(0, at - _PAIR_NAME), at):
            for metric, strength in self.catalogue.metrics.named(words[begin:at] + part):
                if strength == STRONG and self.fits.of(metric, quantity) is not None:
                    naming = Naming(start + begin, start + at + len(pair), words[begin:at] + part, ((metric, STRONG),))
                    return [Candidate(metric, 8.0, naming, f"one to one: {naming.text}")]
        return []

    def _level_in_turn(self, group: tuple[int, ...], place: int) -> Candidate | None:
        """数据集12万个、总量1000PB,分别增长2.4倍和1.5倍: the level at a growth's place among as many right before."""
        first, reading = group[0], self.reading
        levels = range(first - len(group), first)
        sentence = self.quantities[first].sentence
        if levels[0] < 0 or len(group) < 2 or reading.sentences[sentence].language != "zh":
            return None
        if any(self.quantities[k].kind != "level" or self.quantities[k].sentence != sentence for k in levels):
            return None
        between = reading.folded[self.quantities[first - 1].end : self.quantities[first].left]
        if not any(word in between for word in self.catalogue.chinese.by_role["in_turn"]):
            return None
        chosen = [self.chosen[k] for k in levels]
        told = {one.metric.id for one in chosen if one is not None}
        return chosen[place] if len(told) == len(group) else None

    def _item(
        self, index: int, names: list[tuple[Naming, Metric]], wanted: int, place: int
    ) -> tuple[list[Candidate], bool]:
        """The name within the one of several listed things that a number is told of, and whether that settles it."""
        items = self.reading.items(self.quantities[index - place], wanted)
        held = [[(n, m) for n, m in names if start <= n.start and n.end <= end] for start, end in items]
        if not any(held[:-1]):
            return [], False  # one thing, broken down: "the eastern and western regions saw revenue grow by ..."
        return [Candidate(m, 8.0, n, f"one to one: {n.text}") for n, m in held[place][-1:]], True

    def _allowed(self, index: int, naming: Naming) -> list[Metric]:
        sentence, cues = self.quantities[index].sentence, self.reading.cues
        allowed = [m for m, strength in naming.metrics if strength == STRONG or cues.of(m, sentence) is not None]
        return [m for m in allowed if not cues.is_excluded(m, naming.start, naming.end, WIDE)]


def _worth(candidate: Candidate) -> float:
    return -round(candidate.score, 2)


def _score(candidate: Candidate) -> float:
    return candidate.score


def _best(found: list[Candidate]) -> float:
    """The best score of what is found."""
    return max([c.score for c in found]) if found else 0.0


def _turn(quantity: Quantity) -> int:
    if quantity.kind in RESTRICTING:
        return 2
    return 1 if quantity.kind in RELATIVE or quantity.kind == "share" or quantity.unit in _RELATIVE_UNITS else 0
