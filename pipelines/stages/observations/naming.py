"""Where the names of metrics stand in an article, seen from each quantity.

What lives here: one scan of the text for every name of the catalogue, and the relation of each name to a number (in its
noun, subject before, object after, row, column) as a score. What does not: names outside of its sentence (see
`surroundings`), which metric wins (`metrics`), clauses (`clauses`), cells (`rows`) and cue words (`cues`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ahocorasick_rs import AhoCorasick

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import FAINT, Metric
from pipelines.catalogue.script import fold
from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.clauses import Clauses
from pipelines.stages.observations.cues import Cues
from pipelines.stages.observations.rows import Cells, Span, cells
from pipelines.stages.observations.wholes import wholes_of_places
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

_OF = re.compile(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:(?:year on year |annual |monthly )?(?:increase|decrease|rise|fall|drop|decline|growth"
    r"|gain|jump|improvement|reduction"
    r"|cut) (?:in|of) |(?:of (?:that|it|this|them|these|which) )?(?:is|was|are|were) (?:already |now )?"
    r"|of|in|from|for|worth of|左右|以上|的|个|户|人|级)?\s*"
    r"(?:the |all |its |their |total |a |china s |global |such |whole |entire |country's |nation's |world's )*"
)
_WHOLE = re.compile(r"\s*(?:of|的)\s*(?!(?:those|them|these|that|this|it|which)\b)")
_OPENS_WITH_WHOLE = re.compile(
    r"(?:^|[,;.:] |\n)(?:out )?of (?:(?:the|all|its|their|these|those|this|that|total|new) )*$"
)
_MAKES_UP = re.compile(r"占(?:全国|全球|全部|所有|总|我国|全省|全市|全网|全社会|全行业|同期|当年|整个|整体)?$")
_AS_PART = re.compile(r"(?:总[量额]|总规模|总数)?中的?(?:占比|占|比重|比例|份额)")
#: Words that open a list of instances, and those that open an aside which holds one.
_INSTANCES = ("such as", "including", "namely", "e.g.", "例如", "比如")
_AMONG = AhoCorasick([
    *_INSTANCES, "among them", "like ", ", a ", ", an ", ", which ", ", whose ", ", in which ", ", of which ",
    ", where ", "that hold", "that include", "that cover", "that comprise", "包括", "涵盖", "包含",
])  # fmt: skip
_CLAUSE_END = re.compile(r"[,;:，；：。、(（]")
_FAR_ASIDE = 90
_MOST_PLACES = 9  # words of a span that are told to be places
_IN_CELL = 400  # characters to either side of a figure in its cell
_WORD_BEFORE = 24  # characters before a name that hold the word before it
_FAR_SUBJECT = 400  # characters in which the subject before a number is sought
_MODIFIED = 1.5  # words before a name
_LINKS = re.compile(r"(?:[\s,，、/;；|]|and|as well as|plus|or|the|its|on|和|与|及|以及|\(|\))*")
_ADJUNCT = (
    "amid ", "despite ", "regarding ", "thanks to ", "based on ", "driven by ", "given ", "围绕", "针对", "关于",
    "随着", "依托", "面向", "受益于", "得益于", "earmarked for ", "allocated to ",
    "spent on ", "invested in ", "投入", "用于", "投向",
)  # fmt: skip
_OPENS_CLAUSE = ("while ", "whereas ", "but ", "while the ", "whereas the ", "but the ")
_OWNERS = frozenset(("its", "their", "whose"))
_OWNERS_ZH = ("其", "该", "该项", "该类", "这项", "这一", "这类", "这部分")
_SPENT_ON = re.compile(
    r"\b(?:earmarked|allocated|reserved|set aside|spent|devoted|dedicated|invested|goes|go|went|used|put)\s"
    r"(?:for|to|on|into|in|towards?)\b|投入|用于|投向|用在|投到"
)
_RESPECTIVELY = re.compile(r"\brespectively\b|分别")
_PACE = re.compile(r"\s*(?:as (?:fast|quick)|faster|slower|quicker|the (?:pace|rate|speed)|的速度)")
_JOINTS = re.compile(r" and |[、和及与]")
_BETWEEN_ITEMS = re.compile(r",?\s+and\s+|,\s+|[、和及与]")
#: So many numbers on each side are looked at in a sentence of hundreds: a list, or a broken page.
_NEAR = 40
#: More words of its own than these tell no more of a statement.
MOST_WORDS = 5.0
#: A subject that is the figure itself, whatever is said of it: "the number that everybody will quote is 1.6 %".
_FIGURE_THAT = re.compile(r"\b(?:number|figure|rate|share|level|total|count) (?:that|which)\b")
#: What a name is worth less where words before it say more closely what it is.
_VAGUE = 4.6
#: What opens a statement of its own behind a figure: "bought X for $3 billion as sales rose", "gets $2 billion if".
_SUBORDINATE = re.compile(
    r"\b(?:as(?! (?:of|at|a|an|the|its|part|much|many|well|compared|against|to|in)\b)|if|when|while|whereas"
    r"|after|because|although|though|unless|until|provided)\b"
)
_OTHER_STATEMENT = 3.0
#: "5 GW of capacity was [under construction]", "a third of it already [let]": what is said of it names the measure.
_PREDICATE = re.compile(
    r"\s(?:of|in) [a-z\d. -]{2,60}\b(?:is|was|are|were|has been|have been) (?:already |now |still |currently )?"
    r"|(?: worldwide| globally| in the world)?(?:,| [–—-]) or [^,;–—]{3,60}(?:,| [–—-]) "
    r"(?:(?:is|was|are|were|remain|remained) (?:still |already )?)?"
    r"|\sof (?:it|that|this|them|these|those|which)(?: (?:is|was|are|were))?(?: already| now)? "
)
#: What a number is said not to be or do: "6 billion people are online and 2.2 billion [are not]".
_NEGATED = ("are not", "is not", "were not", "was not", "do not", "does not", "did not", "have no", "have never")
_RATE = re.compile(r"\b(?:rate|proportion|ratio)\b")
#: What is doubled was told of before: "plans filed since would triple it".
_TAKES_UP = re.compile(r"\s(?:it|that|this|them|these|those)\b")
_COMPARED_ZH = "同比"  # breaks a clause, though its subject stands before
_BY_PARTS_ZH = re.compile(r"[分按][^,，:：;；。]{1,6}看[,，:：]|[按以][^,，:：;；。]{1,8}(?:划?分|区分|别)[,，:：]")
#: So many words before a number name a subject.
_OWN_SUBJECT = 1.0
#: So many besides a place name a subject there: "Satellite internet subscriptions in Kenya".
_SUBJECT_OF_PLACE = 2.0
_RESTRICTING = frozenset(("size", "condition", "rank"))
_HEADLINES = frozenset(("title", "heading"))


class Naming(NamedTuple):
    """A name at `start:end` of the article, the metrics it may stand for, and how strongly."""

    start: int
    end: int
    text: str
    metrics: tuple[tuple[Metric, int], ...]
    is_whole: bool = False  # called the whole of a share ("of mobile base stations", 占 before it)


class Mention(NamedTuple):
    """A naming as one quantity sees it: how well its place suits, and which place that is."""

    naming: Naming
    score: float
    where: str
    is_whole: bool = False  # of this quantity


class Seat(NamedTuple):
    """A naming in its sentence, with what does not depend on the number that looks at it."""

    naming: Naming
    is_first: bool  # nothing parts it from the begin of the sentence
    is_modifier: bool  # the next name follows at once and is the head: 基站产值
    is_modifier_of_measure: bool  # the same in English, of a measure of companies: "mobile networks" before "sales"
    is_aside: bool  # in an aside that a comma closes: ", which ...,"
    is_instance: bool  # listed as an instance: "such as ..."
    bracket_end: int
    owner: int  # start of the quantity in whose noun it stands, else -1
    is_whole_of_one: bool  # "5 percent of X"
    is_adjunct: bool  # "amid X", 围绕X: what goes along with the statement
    is_vague: bool  # one word, and what stands before it says more closely what it is


class _Fits(Protocol):
    """What of a name's metrics a quantity leaves (see `fits`)."""

    def among(self, names: Iterable[Naming], quantity: Quantity) -> list[Naming]: ...


#: What leads to a pronoun that takes up what was told of before.
_IN_WHICH_IT = re.compile(r"\s?(?:[\w.$-]{1,16} ){1,5}(?:it|they) [a-z]+ (?:by |to )?$")


class Reading:
    """An article with its names found, ready to be asked from each quantity."""

    __slots__ = (
        "_among", "_begins", "_cells", "_counted", "_joined", "_of_sentence", "_opens_instances", "_owned",
        "_owned_starts", "_parts", "_place_starts", "_places", "_plain", "_respectively", "_seats", "_shares", "_sizes",
        "_starts", "article", "by_sentence", "catalogue", "clauses", "cues", "folded", "names", "quantities",
        "sentence_starts", "sentences", "text", "title",
    )  # fmt: skip

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
    ) -> None:
        self.article, self.sentences, self.quantities = article, sentences, quantities
        self.text, self.folded = article.text, fold(article.text)
        headlines = [(s.start, s.end) for s in sentences if s.block in _HEADLINES and s.language == "zh"]
        self.clauses = Clauses(article.text, self.folded, catalogue.light_words, headlines)
        self.cues = Cues(article.text, self.folded, sentences, self.clauses, catalogue)
        self.catalogue = catalogue
        among = [(at, index < len(_INSTANCES)) for index, at, _ in _AMONG.find_matches_as_indexes(self.folded)]
        self._among = [at for at, _ in among]
        self._opens_instances = [is_instance for _, is_instance in among]
        self.names = _find(article.text, _walled(self.folded, sentences), catalogue)
        self._starts = [naming.start for naming in self.names]
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.by_sentence: dict[int, list[int]] = {}
        for index, quantity in enumerate(quantities):
            self.by_sentence.setdefault(quantity.sentence, []).append(index)
        self._shares: dict[int, list[Quantity]] = {}
        for quantity in quantities:
            if quantity.kind == "share":
                self._shares.setdefault(quantity.sentence, []).append(quantity)
        self._sizes = {q.start for q in quantities if q.kind == "size"}
        self._counted = [q.start for q in quantities if q.kind not in _RESTRICTING]
        self.title = next((i for i, s in enumerate(sentences) if s.block == "title"), None)
        self._of_sentence: dict[int, list[Naming]] = {}
        self._begins = [quantity.start for quantity in quantities]
        self._respectively: dict[int, bool] = {}
        self._owned_starts: list[int] | None = None
        self._seats: dict[int, Seat] = {}  # start of the naming
        self._cells: dict[int, Cells] = {}
        self._parts: dict[int, bool] = {}
        self._owned: dict[int, bool] = {}
        self._plain: dict[str, bool] = {}
        self._joined: dict[tuple[Span, Span], list[Naming]] = {}
        self._places = catalogue.places.find(article.text)
        self._place_starts = [place.start for place in self._places]

    def within(self, start: int, end: int) -> list[Naming]:
        """The namings that lie in a span."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [naming for naming in self.names[low:high] if naming.end <= end]

    def names_one(self, start: int, end: int) -> bool:
        """Does a naming lie in a span?"""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(self.names[k].end <= end for k in range(low, high))

    def meeting(self, start: int, end: int) -> list[Naming]:
        """The namings that begin or end in a span."""
        low, high = bisect_left(self._starts, max(0, start - _NEAR)), bisect_left(self._starts, end)
        return [naming for naming in self.names[low:high] if naming.end > start]

    def nearest(self, start: int, end: int) -> list[Naming]:
        """The same, of a span without end those that stand near its end."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [naming for naming in self.names[max(low, high - 2 * _NEAR) : high] if naming.end <= end]

    def in_sentence(self, sentence: int) -> list[Naming]:
        """The namings of a sentence."""
        found = self._of_sentence.get(sentence)
        if found is None:
            here = self.sentences[sentence]
            found = self._of_sentence[sentence] = self.within(here.start, here.end)
        return found

    def beside(self, index: int) -> Sequence[int]:
        """The quantities of the same sentence, itself among them; of a list without end those that stand near."""
        members = self.by_sentence[self.quantities[index].sentence]
        if len(members) <= _NEAR:
            return members
        return range(max(members[0], index - _NEAR), min(members[-1], index + _NEAR) + 1)

    def names_about(self, quantity: Quantity) -> list[Naming]:
        """The namings of a quantity's sentence; of a list without end those that stand near."""
        names = self.in_sentence(quantity.sentence)
        if len(names) <= 2 * _NEAR:
            return names
        at = bisect_left(names, quantity.start, key=lambda naming: naming.start)
        return names[max(0, at - _NEAR) : at + _NEAR]

    def numbers(self, start: int, end: int) -> int:
        """How many figures begin in a span, sizes, conditions and ranks not counted."""
        return bisect_left(self._counted, end) - bisect_left(self._counted, start) if start < end else 0

    def _first_number(self, start: int, end: int) -> int:
        """Where the first figure of a span begins; its end where there is none."""
        k = bisect_left(self._counted, start)
        return min(end, self._counted[k]) if k < len(self._counted) else end

    def seen_from(self, index: int, fits: _Fits) -> list[Mention]:
        """The namings of a quantity's own sentence that suit it, with the score of their place."""
        quantity = self.quantities[index]
        here = self.sentences[quantity.sentence]
        if here.block == "row":
            return list(self._in_row(quantity, here))
        names = fits.among(self.names_about(quantity), quantity)
        found: list[Mention] = []
        if not names:
            return found
        left, start, end = quantity.left, quantity.start, max(quantity.end, quantity.noun_end)
        is_part = self.is_part(index)
        for naming in names:
            if naming.end <= start:
                score = self._before(quantity, self.seat(naming, quantity.sentence), left)
                if is_part and self.clauses.weak(naming.end, left):
                    score -= 1.0
                found.append(Mention(naming, score, "before"))
            elif start <= naming.start and naming.end <= end:
                found.append(Mention(naming, 6.5, "its noun"))
            elif start <= naming.start < end:
                found.append(Mention(naming, 6.0, "its noun"))  # the name begins with the noun: 800家[企业参展]
            elif naming.start < start < naming.end <= end:
                found.append(Mention(naming, 6.0, "its noun"))  # it ends with its first word: [美元兑新台币]30.6元
            elif naming.start >= quantity.end:
                mention = self._after(quantity, naming, is_part)
                if mention is not None:
                    found.append(mention)
        return found

    def seat(self, naming: Naming, sentence: int) -> Seat:
        """What of a naming in its sentence does not depend on the number that looks at it."""
        seat = self._seats.get(naming.start)
        if seat is None:
            start, clauses = self.sentences[sentence].start, self.clauses
            is_first = naming.start - start < 12 or not clauses.weak(start, naming.start)
            next_one = bisect_left(self._starts, naming.end)
            before = self.folded[max(start, naming.start - 16) : naming.start].removesuffix("the ")
            seat = Seat(
                naming,
                is_first,
                next_one < len(self._starts) and self._starts[next_one] == naming.end,
                self._is_before_measure(naming, next_one),
                not is_first and self._among_at(start, naming.start) >= 0,
                self._is_instance(start, naming.start),
                clauses.bracket_end(naming.start),
                self.owner(naming, sentence),
                self._is_whole_of_one(naming, sentence),
                before.endswith(_ADJUNCT),
                self._is_vague(naming),
            )
            self._seats[naming.start] = seat
        return seat

    def _is_before_measure(self, naming: Naming, next_one: int) -> bool:
        """Does a name stand right before a measure that only companies have, and so for a part of one?"""
        if not naming.text.isascii() or next_one >= len(self._starts) or self._starts[next_one] != naming.end + 1:
            return False
        head = self.names[next_one]
        is_measure = self.catalogue.company_words.measure.fullmatch(head.text) is not None
        named = {metric.id for metric, _ in naming.metrics}  # "took in" before "revenue" names the same
        return is_measure and self.folded[naming.end] in " -" and named.isdisjoint(m.id for m, _ in head.metrics)

    def _is_vague(self, naming: Naming) -> bool:
        """Is a name one word, with words before it that say more closely what it is: "service revenue"?"""
        return (
            " " not in naming.text
            and naming.text.isascii()
            and not self.text[naming.start : naming.end].isupper()
            and not self.is_bare(naming)
        )

    def _is_whole_of_one(self, naming: Naming, sentence: int) -> bool:
        if sentence in self._shares and any(self._is_of(s, naming) for s in self._shares_before(naming, sentence)):
            return True
        before = self.folded[max(self.sentences[sentence].start, naming.start - 24) : naming.start]
        return "of " in before and _OPENS_WITH_WHOLE.search(before) is not None

    def owner(self, naming: Naming, sentence: int) -> int:
        """Where the quantity begins in whose noun a name stands; -1 outside of one."""
        members = self.by_sentence.get(sentence)
        if members is None or naming.start < self._begins[members[0]]:
            return -1
        last = bisect_right(self._begins, naming.start)
        for quantity in self.quantities[max(0, last - _NEAR, members[0]) : last]:
            if (naming.end <= quantity.end or naming.end <= quantity.noun_end) and quantity.sentence == sentence:
                return quantity.start
        return -1

    def _shares_before(self, naming: Naming, sentence: int) -> list[Quantity]:
        """The nearest shares of the sentence that begin before a name."""
        shares = self._shares.get(sentence, [])
        at = bisect_left(shares, naming.start, key=lambda share: share.start)
        return shares[max(0, at - _NEAR) : at]

    def says_respectively(self, sentence: int) -> bool:
        """Does a sentence say that its numbers belong to as many things in turn?"""
        if sentence not in self._respectively:
            here = self.sentences[sentence]
            self._respectively[sentence] = _RESPECTIVELY.search(self.folded, here.start, here.end) is not None
        return self._respectively[sentence]

    def _among_at(self, floor: int, at: int) -> int:
        """Which of the words that open a list of instances or an aside stands shortly before an offset; -1: none."""
        k = bisect_left(self._among, at) - 1
        if k < 0 or self._among[k] < max(floor, at - _FAR_ASIDE):
            return -1
        return -1 if self.clauses.strong(self._among[k], at) else k

    def _is_instance(self, floor: int, at: int) -> bool:
        """Is what stands at an offset listed as an instance of what the statement speaks of?"""
        k = self._among_at(floor, at)
        return k >= 0 and self._opens_instances[k] and not self.numbers(self._among[k], at)

    def _is_of(self, quantity: Quantity, naming: Naming) -> bool:
        """Is a name the whole of a share right before it ("5 percent of the X")?"""
        if quantity.kind != "share" or not 0 < naming.start - quantity.end < 60:
            return False
        of = _OF.match(self.folded, quantity.end, naming.start)
        return (
            of is not None and of.end() == naming.start and bool(_WHOLE.match(self.folded, quantity.end, naming.start))
        )

    def is_spent(self, index: int) -> bool:
        """Does right behind a quantity stand what it is spent on ("70 percent is earmarked for", 70%投入)?"""
        end = self.quantities[index].end
        return _SPENT_ON.search(self.folded, end, end + 24) is not None

    def is_of(self, naming: Naming) -> bool:
        """Does "of" or 占 stand before a name, so that it is a whole of which parts are told?"""
        return self.folded.endswith(("of ", "of the ", "of all ", "占"), 0, naming.start)

    def _before(self, quantity: Quantity, seat: Seat, left: int) -> float:
        """The score of a name that stands before the number, perhaps as its subject."""
        naming, end = seat.naming, max(left, seat.naming.end)
        breaks = self.clauses.weak(naming.end, end) + 2 * self.clauses.strong(naming.end, end)
        numbers = self.numbers(naming.end, quantity.start)
        far = 0.004 if naming.text.isascii() else 0.01
        parted = min(0.3 * breaks, 1.2) if seat.is_first and not numbers else 0.5 * breaks
        score = 5.0 - parted - 0.8 * numbers - far * (end - naming.end)
        if not seat.is_first and self.clauses.is_closed(naming.end, self._first_number(naming.end, end)):
            # A name between two commas is an aside ("Emerging businesses, cloud among them, brought ...").
            is_subject = not naming.text.isascii() or self.folded.endswith(_OPENS_CLAUSE, 0, naming.start)
            score -= 1.6 if seat.is_aside or seat.is_instance else 0.6 if is_subject else 1.1
        elif seat.is_instance and not numbers:
            score -= 1.0
        if 0 <= seat.bracket_end < left:
            score -= 1.5
        if seat.is_modifier:
            score -= 0.4
        if seat.is_modifier_of_measure:
            score -= _VAGUE
        if seat.is_whole_of_one:
            score -= 1.5
        if seat.is_vague:
            score -= _VAGUE
        if seat.is_adjunct and breaks:
            score -= 1.5
        if seat.owner in self._sizes and seat.owner != quantity.start:
            score -= 5.0  # "systems of the 72-GPU class" are no GPUs
        elif seat.owner >= 0 and seat.owner != quantity.start:
            score -= 1.5 if seat.is_aside else 0.3
        return score

    def _after(self, quantity: Quantity, naming: Naming, is_part: bool) -> Mention | None:
        gap = naming.start - quantity.end
        if gap == 1 and naming.text.startswith(_NEGATED):
            return Mention(naming, 6.2, "predicate")
        if gap < 90 and _PREDICATE.fullmatch(self.folded, quantity.end, naming.start):
            return Mention(naming, 6.2, "predicate")
        is_next_line = not naming.text.isascii() and self.clauses.strong(quantity.end, naming.start) > 0
        if gap < 90 and not is_next_line:
            of = _OF.match(self.folded, quantity.end, naming.start)
            if of is not None and of.end() == naming.start:
                is_whole = (
                    quantity.kind == "share" and _WHOLE.match(self.folded, quantity.end, naming.start) is not None
                )
                return Mention(
                    naming,
                    5.0 if self.folded[quantity.end : naming.start].isspace() or not gap else 5.3,
                    "of it",
                    is_whole,
                )
        if self.clauses.strong(quantity.end, naming.start):
            return Mention(naming, 1.4, "next clause") if gap < 90 else None
        breaks, numbers = self.clauses.weak(quantity.end, naming.start), self.numbers(quantity.end, naming.start)
        if breaks and not naming.text.isascii() and not is_part:
            return None  # in Chinese what is counted stands before the number, or right behind it
        far = 0.01 if naming.text.isascii() else 0.02
        score = 4.0 - breaks - 1.6 * numbers - gap * far + (0.6 if is_part else 0.0)
        if self.seat(naming, quantity.sentence).is_vague:
            score -= _VAGUE
        if naming.text.isascii() and self.opens_statement(quantity.end, naming.start):
            score -= _OTHER_STATEMENT
        if score > 0 and _SPENT_ON.search(self.folded, quantity.end, naming.start):
            score -= 2.5  # what money or a part of it goes into is not what is measured
        return Mention(naming, score, "after")

    def opens_statement(self, start: int, end: int) -> bool:
        """Does a statement of its own open in a span of an English sentence: "as sales rose", "if it sells"?"""
        return start < end and _SUBORDINATE.search(self.folded, start, end) is not None

    def _in_row(self, quantity: Quantity, here: Sentence) -> Iterator[Mention]:
        """The names in its own cell, in the head of the row and over the column, and of head and column together."""
        row = self.cells(quantity.sentence)
        cell = row.at(quantity.start)
        start, end = row.spans[cell] if row.spans else (here.start, here.end)
        start, end = max(start, quantity.start - _IN_CELL), min(end, quantity.end + _IN_CELL)
        for naming in self.within(start, end):
            is_noun = quantity.start <= naming.start and naming.end <= max(quantity.end, quantity.noun_end)
            yield Mention(naming, 6.5 if is_noun else 6.0, "its cell")
        head = self.head(row, cell)
        colon = self.text.find(":", start, quantity.start)
        if head is not None and colon > start:  # "Mobile phones | 1.79 billion | 5G: 1.014 billion"
            for naming in self.join((start, colon), head):
                yield Mention(naming, 6.6, "cell and row")
        if head is not None:
            names = self.within(*head)
            starts = {naming.start for naming in names}
            for naming in names:  # one that the next follows at once only says more of it
                yield Mention(naming, 5.2 if naming.end in starts else 5.6, "row")
        for rank, column in enumerate(row.over(cell)):
            for naming in self.within(*column):
                yield Mention(naming, 5.2 - 0.3 * rank - (_VAGUE if self._is_vague(naming) else 0.0), "column")
            if head is not None:
                for naming in self.join(head, column):
                    yield Mention(naming, 6.2, "row and column")
        if corner := row.over(0):
            for naming in self.within(*corner[0]):  # over the heads of the rows: what the table tells
                yield Mention(naming, 3.0, "corner")

    def head(self, row: Cells, cell: int) -> Span | None:
        """What a row is about, seen from a cell: the nearest words before it that hold a name, else the nearest."""
        heads = list(row.heads(self.text, cell))
        return next((span for span in heads if self.within(*span)), heads[0] if heads else None)

    def cells(self, sentence: int) -> Cells:
        """The cells of a row."""
        if sentence not in self._cells:
            self._cells[sentence] = cells(self.text, self.sentences[sentence], self.sentences, self.sentence_starts)
        return self._cells[sentence]

    def join(self, head: Span, column: Span) -> list[Naming]:
        """Names that the words of a row's head and its column's heading make together: "Online payment" | "Users"."""
        if (head, column) not in self._joined:
            first = re.sub(r"\([^)]*\)", "", self.folded[slice(*head)]).strip()
            second = re.sub(r"\([^)]*\)", "", self.folded[slice(*column)]).strip()
            space = "" if not (first + second).isascii() else " "
            found = self.catalogue.metrics.find(first + space + second) if first and second else []
            self._joined[head, column] = [
                Naming(*head, first + space + second, name.metrics)
                for name in found
                if name.start < len(first) and name.end > len(first) + len(space)
            ]
        return self._joined[head, column]

    def is_part(self, index: int) -> bool:
        """Do the words before the number say that it is a part of what went before ("of which", 其中)?"""
        if index not in self._parts:
            quantity = self.quantities[index]
            left = quantity.left
            start = max(self.sentences[quantity.sentence].start, left - 45)
            self._parts[index] = _OF_WHICH.search(self.folded, start, left) is not None
        return self._parts[index]

    def own_words(self, index: int) -> float:
        """How many words the statement about a number has besides the light ones: a subject of its own, perhaps."""
        quantity = self.quantities[index]
        here = self.sentences[quantity.sentence]
        left, end = quantity.left, max(quantity.end, quantity.noun_end)
        before = self.clauses.own_words(self.clauses.topic_start(left, here.start), left, here.language, MOST_WORDS)
        if before:
            before -= self._places_in(self.clauses.topic_start(left, here.start), left)
        if before >= MOST_WORDS:
            return before
        return before + 0.5 * self.clauses.own_words(
            end, min(self.clauses.end_of(end, here.end), end + 60), here.language
        )

    def has_own_subject(self, index: int) -> bool:
        """Do the words right before a number name a thing, and not only a part of a land or market?"""
        quantity = self.quantities[index]
        if _TAKES_UP.match(self.folded, quantity.end):
            return False
        here, (start, left) = self.sentences[quantity.sentence], self._segment(quantity)
        if here.language == "zh" and self.folded.startswith(_COMPARED_ZH, start - 1):  # 短信业务量同比增长13.9%
            start = self.clauses.segment_start(start - 1, here.start)
        if here.language == "zh" and quantity.kind == "growth" and _BY_PARTS_ZH.search(self.folded, here.start, start):
            # 分主体看:央企算力增长3倍;技术企业同比增长1倍
            return any(s != FAINT for naming in self.within(start, left) for _, s in naming.metrics)
        if here.language == "en" and self.own_words_in(start, left, "en") < _OWN_SUBJECT:
            start = self._before_aside(start, here.start)
        before = self.folded[start:left]
        if here.language == "en" and _IN_WHICH_IT.match(before):
            return False  # "In U.S. dollars it rose"
        figure = _FIGURE_THAT.search(before) if " that" in before or " which" in before else None
        end = left if figure is None else start + figure.start()
        if self.own_words_in(start, end, here.language) < _OWN_SUBJECT:
            return False
        if here.language != "zh" and self._places_in(start, left):
            return self.own_words_in(start, end, here.language) >= _SUBJECT_OF_PLACE
        return self.catalogue.light_words.areas.search(before) is None

    def _before_aside(self, start: int, floor: int) -> int:
        """Where the subject begins that an aside parts from its verb: "Mobile voice, once the cash cow, shrank by 8 %".

        Only where nothing else of the statement stands before it, and no name of an organisation is that subject.
        """
        first = self.clauses.start_of(start, floor)
        if self.folded[start - 1 : start] != "," or self.clauses.weak(first, start) != 2 or self.numbers(first, start):
            return start
        comma = self.folded.find(",", first, start)
        if self.catalogue.organisations.find(self.text[first:comma]) or self._places_in(first, comma):
            return start
        return first

    def tells_rate(self, index: int) -> bool:
        """Do the words right before a number call it a rate of its own ("and the uptake rate is 85 %")?"""
        return _RATE.search(self.folded, *self._segment(self.quantities[index])) is not None

    def _segment(self, quantity: Quantity) -> Span:
        """The words right before a number that no break of any kind parts from it."""
        left, here = quantity.left, self.sentences[quantity.sentence]
        return max(self.clauses.segment_start(left, here.start), left - _FAR_SUBJECT), left

    def is_parted(self, first: Quantity, second: Quantity) -> bool:
        """Does a break as strong as a semicolon part two numbers?"""
        return first.end < second.start and self.clauses.strong(first.end, second.left) > 0

    def own_words_in(self, start: int, end: int, language: str) -> float:
        """How many words of a span name something, places and light words not counted."""
        return self.clauses.own_words(start, end, language) - self._places_in(start, end) if start < end else 0.0

    def has_place(self, start: int, end: int) -> bool:
        """Does a span name a place?"""
        return self._places_in(start, end) > 0

    def _places_in(self, start: int, end: int) -> float:
        """How many of a span's words are names of places, which say where and not what."""
        mentions = self._places
        k, found = bisect_left(self._place_starts, start), 0.0
        while k < len(mentions) and mentions[k].end <= end and found < _MOST_PLACES:
            place, k = mentions[k], k + 1
            found += 1.0 if self.text[place.start].isascii() else (place.end - place.start) / 2
        return found

    def has_owned(self, start: int, end: int) -> bool:
        """Is one of the names in a span somebody's, told in the sentence before?"""
        if self._owned_starts is None:
            self._owned_starts = [naming.start for naming in self.names if self.has_owner(naming)]
        return bisect_left(self._owned_starts, start) < bisect_left(self._owned_starts, end)

    def has_owner(self, naming: Naming) -> bool:
        """Does "its", "their" or 其 stand before a name, so that the sentence before tells whose it is?"""
        owned = self._owned.get(naming.start)
        if owned is None:
            before = self.folded[max(0, naming.start - 20) : naming.start]
            if not naming.text.isascii():
                owned = before.endswith(_OWNERS_ZH)
            else:
                is_near = "its" in before or "their" in before or "whose" in before
                owned = is_near and not _OWNERS.isdisjoint(before.split()[-2:])
            self._owned[naming.start] = owned
        return owned

    def is_bare(self, naming: Naming) -> bool:
        """Does nothing go with a name that would say more closely what it is, so that an earlier name may?"""
        if naming.text.isascii():
            if self.text[naming.start - 1 : naming.start] not in (" ", "-"):
                return True
            k = bisect_left(self._starts, naming.start) - 1
            if k >= 0 and self.names[k].end == naming.start - 1 and not self._is_proper(self.names[k]):
                return False  # "mobile data" before "revenue", not the unit "Mobile Networks"
            floor = self.sentence_starts[bisect_right(self.sentence_starts, naming.start) - 1]
            before = self.folded[max(floor, naming.start - 16) : naming.start].split()
            if not before or not before[-1].isalpha() or before[-1] in self.catalogue.light_words.english:
                return True
            grammar = self.catalogue.grammar
            if before[-1] in grammar.classes["tells_measure"] or before[-1] in grammar.cardinals:
                return True  # "booked profits", "693 million broadband subscribers"
            if self.text[naming.start - 1] != " ":
                return False
            first = naming.start - 1 - len(before[-1])
            if first == floor and not self.text[first + 1].isupper() and not self._is_known(first, naming.start):
                # "Auto exports fell": any word that opens a sentence has a capital; "Client revenue" is of a segment
                is_of_part = any(metric.id in self.catalogue.metrics.of_segments for metric, _ in naming.metrics)
                return is_of_part and not self._is_plain(before[-1], first, floor)
            return self.text[first].isupper() and not self._is_plain(before[-1], first, floor)
        before_it = self.folded[naming.start - 1 : naming.start]
        return not "\u3400" <= before_it <= "\u9fff" or before_it in "其总的"

    def whole_before(self, naming: Naming) -> str:
        """What before an English name says that it is told of all there is: a word ("total"), the name of a place."""
        if not naming.text.isascii() or self.text[naming.start - 1 : naming.start] != " ":
            return ""
        before = self.folded[max(0, naming.start - _WORD_BEFORE) : naming.start - 1]
        word = re.split(r"[^a-z.'’-]", before)[-1]
        if word in self.catalogue.grammar.classes["told_of_all"]:
            return "all"
        end = naming.start - 1 - (2 if word.endswith(("'s", "’s")) else 0)
        k = bisect_right(self._place_starts, end) - 1
        return "place" if k >= 0 and self._places[k].end == end else ""

    def _is_known(self, start: int, end: int) -> bool:
        """Does the word before a name stand for a place or an organisation that the catalogue knows?"""
        word = self.text[start:end]
        return bool(self.catalogue.places.find(word) or self.catalogue.organisations.find(word))

    def _is_proper(self, naming: Naming) -> bool:
        """Is a name that of a unit of a company: does each of its words have a capital, and no more than that?"""
        words = self.text[naming.start : naming.end].split()
        return len(words) > 1 and all(word.istitle() for word in words)

    def _is_plain(self, word: str, at: int, floor: int) -> bool:
        """Is a word with a capital no name: does it open a sentence or cell, and stand elsewhere without one?"""
        if at > floor and self.text[at - 2 : at].strip(" ") not in ("|", "\t"):
            return False
        if word not in self._plain:
            self._plain[word] = re.search(rf"\b{re.escape(word)}\b", self.text) is not None
        return self._plain[word]

    def apart(self, names: list[Naming], wanted: int) -> list[Naming]:
        """The names, one of as many joined things as there are numbers taken apart: "cloud and big data revenue"."""
        found: list[Naming] = []
        for naming in names:
            spans, at = [], naming.start
            for joint in _JOINTS.finditer(self.folded, naming.start, naming.end):
                spans.append((at, joint.start()))
                at = joint.end()
            spans.append((at, naming.end))
            if len(spans) != wanted:
                found.append(naming)
                continue
            named = self.catalogue.metrics.named
            words = [(start, end, self.folded[start:end]) for start, end in spans]
            parts = [Naming(start, end, part, named(part)) for start, end, part in words]
            found += parts if all(part.metrics for part in parts) else [naming]
        return found

    def is_pace(self, index: int) -> bool:
        """Does a multiple compare how fast two things go ("four times faster than", "four times the pace of")?"""
        return _PACE.match(self.folded, self.quantities[index].end) is not None

    def is_modified(self, naming: Naming) -> bool:
        """Do words before a Chinese name say that it is another thing: 移动短信 before 业务收入?"""
        if naming.text.isascii():
            return False
        start = max(naming.start - 4, self.sentence_starts[bisect_right(self.sentence_starts, naming.start) - 1])
        start = max((m.end() for m in _CLAUSE_END.finditer(self.folded, start, naming.start)), default=start)
        return self.clauses.own_words(start, naming.start, "zh") >= _MODIFIED

    def side_by_side(self, names: list[Naming]) -> list[Naming]:
        """The last run of names that only commas and "and" part."""
        run: list[Naming] = []
        for naming in reversed(names):
            if run and _LINKS.fullmatch(self.folded, naming.end, run[-1].start) is None:
                break
            run.append(naming)
        return run[::-1]

    def items(self, first: Quantity, wanted: int) -> list[Span]:
        """The things that a sentence lists before as many numbers ("A, B and C rose 1, 2 and 3 percent respectively").

        Empty where it does not say so, lists another number of things, or lists them without end.
        """
        here = self.sentences[first.sentence]
        if wanted > _NEAR:
            return []
        start = self.clauses.start_of(first.start, here.start)
        if not self.says_respectively(first.sentence) or self.numbers(start, first.start):
            return []
        edges = [match.span() for match in _BETWEEN_ITEMS.finditer(self.folded, start, first.left)]
        if here.language == "zh":
            edges = [edge for edge in edges if self.folded[edge[0]] in "、和及与"]
        if len(edges) < wanted - 1:
            return []
        edges = edges[len(edges) - wanted + 1 :]
        begins = [self._item_start(start, edges[0][0]), *(end for _, end in edges)]
        return list(zip(begins, [*(begin for begin, _ in edges), first.left], strict=True))

    def _item_start(self, floor: int, end: int) -> int:
        """Where the first of the listed things begins: behind the break before it."""
        k = max(self.folded.rfind(mark, floor, end) for mark in ",，")
        return max(floor, k + 1)

    def noun_phrase(self, index: int) -> str:
        """The words that name what a quantity measures when no metric does: its noun, else the subject before it."""
        quantity, text = self.quantities[index], self.article.text
        if 0 <= quantity.noun_start < quantity.noun_end:
            return text[quantity.noun_start : quantity.noun_end]
        here = self.sentences[quantity.sentence]
        end = quantity.bound_start if quantity.bound_start >= here.start else quantity.start
        left = text[max(here.start, end - _FAR_SUBJECT) : end]
        clause = _CLAUSE_END.split(left.strip(" ,;:，；："))[-1].strip()
        return clause[-60:] if clause else text[here.start : min(here.end, here.start + 60)]


_OF_WHICH = Guarded(
    r"(?:of which|of whom|of these|of them|of those|of this|of that|among them|其中|当中)[\s,，:：]*[^,，;；]{0,25}$",
    (
        "of which", "of whom", "of these", "of them", "of those", "of this", "of that", "among them", "其中", "当中",
    ),
)  # fmt: skip


def _walled(folded: str, sentences: Sequence[Sentence]) -> str:
    """The text with a wall behind each sentence, so that no name runs from a heading into the row below."""
    parts, at = [], 0
    for sentence in sentences:
        if folded[sentence.end : sentence.end + 1] == " ":
            parts.append(folded[at : sentence.end])
            at = sentence.end + 1
    return "\x00".join([*parts, folded[at:]])


def _find(text: str, folded: str, catalogue: Catalogue) -> list[Naming]:
    """All names, in order."""
    found = catalogue.metrics.find(folded)
    starts = {name.start for name in found}
    found += [whole for whole in wholes_of_places(text, folded, catalogue) if whole.start not in starts]
    ends: dict[int, int] = {}
    for name in found:
        ends[name.end] = min(name.start, ends.get(name.end, name.start))
    return [
        Naming(
            name.start,
            name.end,
            folded[name.start : name.end],
            name.metrics,
            _is_whole(folded, name.start, name.end, ends),
        )
        for name in sorted(found, key=lambda name: name.start)
    ]


def _is_whole(folded: str, start: int, end: int, ends: dict[int, int]) -> bool:
    if ends[end] < start:
        return True
    if folded[start].isascii() and folded[start - 1 : start] != "占":
        return False
    return (
        _MAKES_UP.search(folded, max(0, start - 4), start) is not None
        or _AS_PART.match(folded, end, end + 12) is not None
    )
