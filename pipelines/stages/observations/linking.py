"""What the choice of metrics works with: the readings of one article, what is chosen so far, and what a name is worth.

What lives here: the candidate, the metrics a name may stand for at a quantity with their scores, what it costs to take
one from elsewhere. What does not: where candidates come from (see `named`, `leaning`), the choice (see `metrics`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import FAINT, STRONG, WEAK, Metric, calls_a_whole
from pipelines.stages.observations.companies import Companies
from pipelines.stages.observations.fits import PERCENT, fits
from pipelines.stages.observations.measureless import Measureless
from pipelines.stages.observations.naming import MOST_WORDS, Mention, Naming, Reading
from pipelines.stages.observations.neighbours import Neighbours
from pipelines.stages.observations.own_heads import OwnHeads
from pipelines.stages.observations.surroundings import Surroundings
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

#: What each word costs by which a clause shows a subject of its own, when its metric is sought elsewhere.
OWN_WORD = 0.3
#: So many words behind 占 name a whole of their own.
_OTHER_WHOLE = 1.5
#: So many words in the head of a column name what its cells tell.
_OWN_COLUMN = 1.0
#: So many words right before a level name what it is a figure of.
_OWN_LEVEL = 2.0
#: So many words before the verb of an amount name what it is one of; within so many characters.
_OWN_AMOUNT, _SUBJECT = 2.0, 60
_IS_AMOUNT = re.compile(
    r"\s(?:was|were|came to|came in at|total(?:l)?ed|stood at|amounted to|reached|hit)\s"
    r"(?:a |an |about |around |some )?$"
)
_WORD = re.compile(r"[A-Za-z]+")
#: So many figures back the level is sought that a cell goes on with.
_MOST_CELLS = 12
#: So many figures back the level is sought that a share may be a part of.
_NEAR_LEVEL = 3
RELATIVE = frozenset(("growth", "rank", "change"))
RESTRICTING = frozenset(("size", "condition"))
_TOLD_OF = frozenset(("growth", "share", "rank"))
#: Dimensions of so many metrics that a unit tells little.
COMMON = frozenset(("count", "money", "ratio"))
#: Within how many characters a word bars a name, and a long one that says what it is.
WIDE, _NEAR, _LONG_NAME = 60, 20, 14
#: Up to this penalty a cue of a weak name stands in the same paragraph, over it or in the title.
_NEAR_CUE = 0.8


class Candidate(NamedTuple):
    """A metric that a quantity could measure, and why."""

    metric: Metric
    score: float
    naming: Naming | None
    why: str
    is_whole: bool = False


class Linking:
    """One article on its way from names to metrics."""

    __slots__ = (
        "_about", "_barred", "_costs", "_money", "_narrowed", "_own_subjects", "_places", "_results", "_wholes",
        "catalogue", "chosen", "companies", "counted", "fits", "last_share", "latest", "measureless", "names",
        "neighbours", "outer", "own_heads", "per_heads", "quantities", "reading", "shares", "surroundings", "told_ends",
        "topics",
    )  # fmt: skip

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        quantities: Sequence[Quantity],
        catalogue: Catalogue,
        companies: Companies,
    ) -> None:
        self.quantities = quantities
        self.reading = Reading(article, sentences, quantities, catalogue)
        self.surroundings = Surroundings(self.reading)
        self.neighbours = Neighbours(self.reading, self.surroundings)
        self.companies = companies
        self.catalogue = catalogue
        self.shares = catalogue.metrics.shares
        self.fits = fits(catalogue)
        self.own_heads = OwnHeads(self.reading, self.fits)
        self.measureless = Measureless(self.reading, self.fits)
        self._places = catalogue.places
        self.chosen: list[Candidate | None] = [None] * len(quantities)
        self.names: list[Naming | None] = [None] * len(quantities)
        self.told_ends: set[int] = set()  # where the names end of which a figure is told
        self._own_subjects: dict[int, bool] = {}
        self._barred: dict[int, bool] = {}  # start of the naming
        self.outer: dict[tuple[int, str, str | None], list[tuple[Mention, list[tuple[Metric, float]]]]] = {}
        self.per_heads: dict[int, int] = {}
        self._results: bool | None = None
        self._costs: dict[int, float] = {}
        self._money: dict[int, bool] = {}
        self._about: dict[int, frozenset[str]] = {}
        self._narrowed: dict[int, bool] = {}
        self._wholes: dict[int, tuple[frozenset[Metric] | None, frozenset[Metric]]] = {}
        self.topics: dict[str, Counter[Metric]] = {}  # dimension -> the metrics of the levels read so far
        self.counted: set[str] = set()  # the metrics of which a level or an increment is told
        self.last_share: tuple[int, Candidate] | None = None  # the last share of the people that was read
        self.latest: dict[str, Metric] = {}  # dimension -> the metric of the last of these

    def own_cost(self, index: int) -> float:
        """What a statement's own words cost a metric from elsewhere; a rank says less of its subject."""
        if index not in self._costs:
            each = OWN_WORD / 2 if self.quantities[index].kind == "rank" else OWN_WORD
            self._costs[index] = each * min(self.reading.own_words(index), MOST_WORDS)
        return self._costs[index]

    def has_narrowed_subject(self, index: int) -> bool:
        """Does a clause name its own measure, said more closely than the catalogue knows it ("Cloud backlog")?

        Such a figure is of that measure or of none: nothing from elsewhere is.
        """
        if index not in self._narrowed:
            quantity, reading = self.quantities[index], self.reading
            here, left = reading.sentences[quantity.sentence], quantity.left
            start = reading.clauses.start_of(left, here.start)
            told = self.told_from(index)
            self._narrowed[index] = self.has_own_column(quantity) or (
                quantity.kind in ("level", "growth")
                and any(
                    (reading.seat(naming, quantity.sentence).is_vague or self._is_barred(naming))
                    and not reading.numbers(naming.end, told)
                    and any(strength != FAINT for _, strength, _ in self.fits.named(naming, quantity))
                    for naming in reading.nearest(start, left)
                )
            )
        return self._narrowed[index]

    def ends_step(self, index: int) -> bool:
        """Does a level end what a growth or change begins, so that both have one subject: "exports fell 10% to
        5 billion", "the population shrank by 1.4 million, to 1.4 billion"?
        """
        quantity = self.quantities[index]
        last, left = self.quantities[index - 1] if index else quantity, quantity.left
        is_step = (last.kind == "growth" and last.unit == "%") or last.kind == "change"
        is_behind = is_step and quantity.kind == "level" and last.end <= left
        return is_behind and self.reading.folded[last.end : left].strip(" ,") == "to"

    def told_from(self, index: int) -> int:
        """Where the words of a figure begin, those of the growth that leads to it included."""
        return self.quantities[index - 1 if self.ends_step(index) else index].left

    def _is_barred(self, naming: Naming) -> bool:
        """Do words about a name say that it is none of its metrics: "headline earnings per share"?"""
        barred = self._barred.get(naming.start)
        if barred is None:
            is_excluded = self.reading.cues.is_excluded
            barred = all(is_excluded(metric, naming.start, naming.end, _NEAR) for metric, _ in naming.metrics)
            self._barred[naming.start] = barred
        return barred

    def has_own_subject(self, index: int) -> bool:
        """Is a growth, share or rank told of something named right before it, and so of nothing from elsewhere?"""
        quantity = self.quantities[index]
        if self.ends_step(index):
            return self.has_own_subject(index - 1)
        is_told = quantity.kind in _TOLD_OF or quantity.unit in PERCENT or self._is_increment_of_thing(quantity)
        if not is_told or self.is_row(quantity):
            return False
        if index not in self._own_subjects:
            is_own = self.neighbours.is_supplied(index) or self.reading.has_own_subject(index)
            self._own_subjects[index] = is_own
        return self._own_subjects[index]

    def _is_increment_of_thing(self, quantity: Quantity) -> bool:
        """Is an increment in English that of a thing, as no company is: "gas adds 175 TWh", not "BSNL added 5 lakh"?"""
        here, left = self.reading.sentences[quantity.sentence], quantity.left
        if quantity.kind != "change" or here.language != "en":
            return False
        return not self.companies.is_named_in(self.reading.clauses.start_of(left, here.start), left)

    def has_own_level(self, index: int) -> bool:
        """Does a level in Chinese stand right behind a thing of its own (待履约订单1950亿美元)?"""
        quantity, reading = self.quantities[index], self.reading
        here, left = reading.sentences[quantity.sentence], quantity.left
        if quantity.kind != "level" or here.language != "zh" or self.is_row(quantity) or self._counts_things(quantity):
            return False
        start = reading.clauses.segment_start(left, here.start)
        if reading.own_words_in(start, left, "zh") < _OWN_LEVEL or self.neighbours.follows_slash(index):
            return False  # 4444万千瓦/9906万千瓦时 are of one thing
        cue = reading.cues.of
        return not any(
            strength == STRONG or cue(metric, quantity.sentence) is not None
            for naming in reading.within(start, left)
            for metric, strength, _ in self.fits.named(naming, quantity)
        )

    def is_amount_of_other(self, index: int) -> bool:
        """Is an amount told of a thing that no metric is known of: "Processed volume was 348 billion euros"?"""
        quantity, reading = self.quantities[index], self.reading
        here, left = reading.sentences[quantity.sentence], quantity.left
        if quantity.kind != "level" or quantity.unit is None or here.language != "en" or here.block == "row":
            return False
        if self.fits.dimension(quantity.unit) != "money" or left - here.start > _SUBJECT:
            return False
        is_told = _IS_AMOUNT.search(reading.folded, here.start, left)
        if is_told is None or reading.meeting(here.start, is_told.start()):
            return False
        if self.catalogue.organisations.find(reading.text[here.start : is_told.start()]):
            return False
        return reading.own_words_in(here.start, is_told.start(), "en") >= _OWN_AMOUNT

    def is_told_apart(self, other: int, index: int) -> bool:
        """Does a break part a figure that is no part of anything from one before it, in an English sentence?"""
        quantity, reading = self.quantities[index], self.reading
        if reading.sentences[quantity.sentence].language != "en":
            return False
        if quantity.kind not in ("growth", "level") and not reading.tells_rate(index):
            return False
        return reading.clauses.weak(self.quantities[other].end, quantity.left) > 0

    def refused(self, index: int) -> int:
        """Where a number of its kind and unit right before it in the sentence begins, where that is of no metric: a
        name before that one is not its own either; else -1.
        """
        quantity = self.quantities[index]
        before = self.quantities[index - 1] if index else quantity
        is_same = before.sentence == quantity.sentence and before.kind == quantity.kind and before.unit == quantity.unit
        is_decided = index > 0 and is_same and self.chosen[index - 1] is None and not self.is_row(quantity)
        return before.start if is_decided else -1

    def is_parted(self, index: int, naming: Naming) -> bool:
        """Does a break part a name from a number, and before the number a figure as well, told of that name?"""
        quantity, reading = self.quantities[index], self.reading
        if naming.start >= quantity.end:
            return reading.clauses.weak(quantity.end, naming.start) > 0
        left = self.told_from(index)
        if not reading.clauses.weak(naming.end, left):
            return False
        is_spent = naming.end in self.told_ends or reading.numbers(naming.end, left) > 0
        is_listed = quantity.kind == "share" and reading.sentences[quantity.sentence].language == "zh"
        return is_spent and not is_listed

    def has_own_column(self, quantity: Quantity) -> bool:
        """Does the head of its column say what a cell tells, besides how it changed and when?"""
        if not self.is_row(quantity):
            return False
        row, sentence = self.reading.cells(quantity.sentence), self.reading.sentences[quantity.sentence]
        heads = row.over(row.at(quantity.start))
        if not heads or (own := self.reading.own_words_in(*heads[0], sentence.language)) < _OWN_COLUMN:
            return False
        return own - self._units_in(*heads[0]) >= _OWN_COLUMN

    def _units_in(self, start: int, end: int) -> int:
        """How many words of a span name units, which say in what is told and not what: "2024 (TWh)"."""
        units = self.catalogue.units
        words = (word[0] for word in _WORD.finditer(self.reading.text, start, end))
        return sum(word in units.symbols or word.lower() in units.names for word in words)

    def heads_table(self, metric: Metric, quantity: Quantity) -> bool:
        """Is a metric named over the table of a cell: in what leads in, or in the head of one of its columns?"""
        row = self.reading.cells(quantity.sentence)
        heads = [span for column in row.columns for span in column]
        return any(
            metric is named
            for span in (*row.around, *heads)
            for naming in self.reading.within(*span)
            for named, _ in naming.metrics
        )

    def follows_unknown(self, index: int) -> bool:
        """Is nothing known of the level before it in its row, which its growth or the same at another time goes on
        with?
        """
        this = self.quantities[index]
        if this.kind not in ("growth", "level") or not self.is_row(this):
            return False
        for other in range(index - 1, max(-1, index - 1 - _MOST_CELLS), -1):
            before = self.quantities[other]
            if before.sentence != this.sentence:
                return False
            if before.kind == "level":
                is_same = this.kind == "growth" or (this.unit is not None and before.unit == this.unit)
                return is_same and self.chosen[other] is None
        return False

    def is_of_other(self, index: int, metric: Metric) -> bool:
        """Does a share say that it is a part of something else than the metric ("44 % of shipments", 占收入12%)?

        Where part and whole are two measures of one dimension, their ratio is neither: capital expenditure in revenue.
        """
        whole, parts = self._whole(index)
        if not metric.is_ratio and metric.dimension != "money" and self.neighbours.is_supplied(index):
            return True  # a source of electricity is no part of its use, as a customer's money is of revenue
        if whole is None or metric.is_ratio or self.neighbours.is_of_population(index):
            return False
        if any(one.id == metric.part_of for one in whole) and self._is_english(index):
            return False  # "data centres brought in $4 billion, half of total revenue"
        return metric not in whole or any(_are_apart(metric, part) for part in parts)

    def _is_english(self, index: int) -> bool:
        return self.reading.sentences[self.quantities[index].sentence].language == "en"

    def has_other_whole(self, index: int, part: Metric) -> bool:
        """Does an English share say that it is a part of another measure than that which a metric is a part of?"""
        if not self._is_english(index) or part.part_of is None or part.dimension == "money":
            return False  # "the sector's revenue" names many
        whole, _ = self._whole(index)
        return bool(whole) and not any(metric.id in (part.part_of, part.id) for metric in whole or ())

    def _whole(self, index: int) -> tuple[frozenset[Metric] | None, frozenset[Metric]]:
        """The metrics of the stated whole of a share and of the subject before it; None where no whole is stated."""
        if index not in self._wholes:
            self._wholes[index] = self._read_whole(index)
        return self._wholes[index]

    def _read_whole(self, index: int) -> tuple[frozenset[Metric] | None, frozenset[Metric]]:
        span, reading, quantity = self.neighbours.stated_whole(index), self.reading, self.quantities[index]
        if span is None:
            return None, frozenset()
        here = reading.sentences[quantity.sentence]
        whole = frozenset(
            metric
            for naming in reading.meeting(*span)
            if not reading.own_words_in(span[0], naming.start, here.language)
            and not (here.language == "en" and reading.own_words_in(naming.end, span[1], "en"))
            for metric, _ in naming.metrics
        )
        if not whole and here.language == "zh" and reading.clauses.own_words(*span, "zh") < _OTHER_WHOLE:
            return None, frozenset()
        start = reading.clauses.start_of(quantity.start, here.start)
        parts = frozenset(
            metric
            for naming in reading.nearest(start, min(span[0], quantity.left))
            if not naming.is_whole and not calls_a_whole(naming.text) and not naming.text.startswith("per ")
            for metric, strength in naming.metrics
            if strength == STRONG and not metric.is_ratio
        )
        return whole, parts

    def is_of_those(self, index: int, share: Metric) -> bool:
        """Is the stated whole of a share the very people whose part of the population a metric tells?"""
        span = self.neighbours.stated_whole(index)
        if span is None or self.neighbours.is_of_population(index):
            return False
        return any(
            m.id == share.share_of for naming in self.reading.meeting(*span) for m, s in naming.metrics if s == STRONG
        )

    def level_before(self, index: int) -> int | None:
        """The last level among the few figures before a share in its sentence, which it may be a part of."""
        for other in range(index - 1, max(-1, index - 1 - _NEAR_LEVEL), -1):
            if self.quantities[other].sentence != self.quantities[index].sentence:
                return None
            if self.quantities[other].kind == "level":
                return other
        return None

    def is_row(self, quantity: Quantity) -> bool:
        """Does a quantity stand in a row of a table?"""
        return self.reading.sentences[quantity.sentence].block == "row"

    def row_cost(self, quantity: Quantity) -> float:
        """What the head of a row costs a metric from outside the table, unless it is a place or a company."""
        row = self.reading.cells(quantity.sentence)
        head = self.reading.head(row, row.at(quantity.start))
        if head is None:
            return 0.0
        if any(strength == STRONG for naming in self.reading.within(*head) for _, strength in naming.metrics):
            return OWN_WORD * 6  # it names another metric
        if not self._counts_things(quantity):
            return 0.0
        words = self.reading.text[slice(*head)]
        if self.companies.is_named_in(*head) or self._places.find(words):
            return 0.0
        language = self.reading.sentences[quantity.sentence].language
        return OWN_WORD * 3 if self.reading.clauses.own_words(*head, language) else 0.0

    def _counts_things(self, quantity: Quantity) -> bool:
        return quantity.unit is None or self.fits.dimension(quantity.unit) == "count"

    def metrics(self, mention: Mention, quantity: Quantity, is_inside: bool = True) -> list[tuple[Metric, float]]:
        """The metrics that a name may stand for at a quantity, with unit, strength and length weighed in.

        From outside (`is_inside` false) the size of the quantity is not looked at, and a long Chinese name counts less.
        """
        found: list[tuple[Metric, float]] = []
        suited = self.fits.named(mention.naming, quantity)
        if not suited:
            return found
        close: list[Metric] = []  # weak ones whose cue stands near
        outright: dict[str, float] = {}  # dimension -> the best score of a name that needs no cue
        naming, sentence = mention.naming, quantity.sentence
        length = len(naming.text)
        is_multiple = quantity.unit == "x" and quantity.kind == "ratio"
        is_vague = self.fits.is_vague(quantity)
        place = mention.score + min(length, 30) * (0.02 if naming.text.isascii() else 0.08 if is_inside else 0.04)
        for metric, strength, fit in suited:
            if is_inside and not self.fits.is_of_size(metric, quantity):
                continue
            if (
                is_vague
                and quantity.unit not in metric.units
                and not (strength == STRONG and mention.where == "before")
            ):
                continue
            score = place + fit
            is_own = metric.is_company_alone
            if is_own and (strength != STRONG or self.is_row(quantity)) and not self._is_of_company(sentence):
                continue
            if strength == FAINT and quantity.kind == "growth":
                continue  # "brought in 4 % more" tells of what it is told of, not of all income
            if (
                strength != STRONG
                and is_inside
                and mention.where == "before"
                and self._is_of_all(metric, naming, suited)
            ):
                continue
            if strength != STRONG:
                cue = self.reading.cues.of(metric, sentence)
                if is_multiple and cue != 0.0 and mention.where != "before" and "x" not in metric.units:
                    continue  # "ten times the compute" is no figure of it
                if (
                    cue is None
                    and is_own
                    and (self._tells_results() or (is_inside and self._is_measure_of_one(naming, sentence)))
                ):
                    cue = _NEAR_CUE
                if cue is None:
                    continue
                score -= cue + (0.5 if strength == WEAK or self._leads_to(mention, quantity) else 3.0)
                if metric.dimension == "money" and self.reading.is_modified(naming):
                    # 移动短信业务收入 is not the income that the article speaks of, though a company's part may have it
                    score -= 2.0 if metric.is_company else 4.0
                if metric.is_national and not metric.is_company and self.companies.main and self._tells_results():
                    score -= 1.0  # bare "sales" among a company's results are its own
                if strength == WEAK and cue <= (0.0 if metric.is_company and is_inside else _NEAR_CUE):
                    close.append(metric)
            if quantity.unit is None and metric.dimension == "money" and not self.is_money(quantity):
                continue
            if metric.excludes:
                reach = _NEAR if strength == STRONG and length > _LONG_NAME else WIDE
                if self.reading.cues.is_excluded(metric, naming.start, naming.end, reach, quantity.start):
                    continue
                if not is_inside and self.reading.cues.is_excluded(metric, quantity.start, quantity.end, WIDE):
                    continue
            found.append((metric, score))
            if strength == STRONG:
                outright[metric.dimension] = max(outright.get(metric.dimension, 0.0), score)
        if outright and close and self.reading.is_bare(naming):
            # What the article speaks of says more closely what a general name means: "exports" of software.
            return [
                (m, max(score, outright[m.dimension] + 0.25) if m in close and m.dimension in outright else score)
                for m, score in found
            ]
        return found

    def _is_of_all(self, metric: Metric, naming: Naming, suited: Sequence[tuple[Metric, int, float]]) -> bool:
        """Do words before a weak name say that it is the whole of which a metric is a part, as "total consumption" is
        none of data centres? A place says so ("US electricity consumption") where the name stands for another outright.
        """
        if not any(not share.is_of_population for share in self.shares.get(metric.id, ())):
            return False
        if any(cue in naming.text for cue in metric.cues):
            return False  # "the world's data centres" names the part itself
        whole = self.reading.whole_before(naming)
        return whole == "all" or (whole == "place" and any(strength == STRONG for _, strength, _ in suited))

    def _leads_to(self, mention: Mention, quantity: Quantity) -> bool:
        """Does a name stand right before a number, joined to it by "of": "sales of $5 billion"?"""
        is_near = mention.where == "before" and quantity.left - mention.naming.end <= 1
        return is_near and mention.naming.text.endswith(" of")

    def _is_of_company(self, sentence: int) -> bool:
        """May a sentence tell figures of a company: is one named near, or does the article tell results?"""
        return self._tells_results() or self.companies.is_about_one(sentence)

    def _is_measure_of_one(self, naming: Naming, sentence: int) -> bool:
        """Does a name tell what only companies have, where one is named: "China Unicom said revenue rose"?"""
        here = self.reading.sentences[sentence]
        is_measure = self.catalogue.company_words.measure.search(naming.text) is not None
        return is_measure and self.companies.is_named_in(here.start, here.end)

    def _tells_results(self) -> bool:
        """Are two measures of a company's results named outright, whoever the company is?"""
        if self._results is None:
            strong = {m for naming in self.reading.names for m, strength in naming.metrics if strength == STRONG}
            self._results = sum(m.is_company_alone for m in strong) >= 2
        return self._results

    def is_money(self, quantity: Quantity) -> bool:
        """May a number without a unit be an amount: in a table, or beside a number with a currency?"""
        if quantity.kind in RELATIVE or quantity.unit is not None:
            return True
        if self.is_row(quantity):
            return True
        sentence = quantity.sentence
        if sentence not in self._money:
            units = {self.quantities[i].unit for i in self.reading.by_sentence[sentence]}
            self._money[sentence] = any(unit and self.fits.dimension(unit) == "money" for unit in units)
        return self._money[sentence]

    def is_about(self, sentence: int, metric_id: str) -> bool:
        """Is a metric named in a sentence, the one before, its heading, or the title, a weak name near its cue?"""
        if sentence not in self._about:
            near = [*self.reading.in_sentence(sentence)]
            near += [m.naming for m in self.surroundings.elsewhere(sentence)]
            cue = self.reading.cues.of
            self._about[sentence] = frozenset(
                metric.id
                for naming in near
                for metric, strength in naming.metrics
                if strength == STRONG or cue(metric, sentence) is not None
            )
        return metric_id in self._about[sentence]


def _are_apart(one: Metric, other: Metric) -> bool:
    """Are two metrics two measures of one dimension: revenue and capital expenditure?"""
    return one is not other and one.dimension == other.dimension
