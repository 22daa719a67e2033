"""How the numbers of an article lean on one another: lists, comparisons, the level that a growth belongs to.

What lives here: which numbers belong together, from the words between them. What does not: the names of metrics (see
`naming`) and the choice (see `metrics`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.naming import Naming, Reading
from pipelines.stages.observations.surroundings import Surroundings
from pipelines.vocabulary.quantity import Quantity

_LINKS = re.compile(r"(?:[\s,，、/;；|]|and|as well as|plus|or|the|its|on|和|与|及|以及|\(|\))*")
_COMPARES = re.compile(
    r"\b(?:from|against|versus|vs|than|compared with|compared to|having been|after|instead of)\b"
    r"|从|由|高于|低于|增至|升至|降至|提高到"
)
_TO = re.compile(r"\s*(?:to|至|到|增至|增加到)\s*(?:about |some |nearly |over |约|近)?")
_FROM_TO = re.compile(r"\s*,?\s*(?:to|from|至|到|达到?|增至)\s*(?:about |some |nearly |over |约|近|超)?")
_STATED_WHOLE = re.compile(
    r"\s*of\s+(?!(?:(?:all )?(?:that|this|it|them|these|those)|which|whom|us"
    r"|(?:the |their |its |all )*(?:(?:total|overall)(?! (?:sales|revenues?|income|output|exports?|shipments|turnover))"
    r"|whole|lot|market|all(?!\s\w)))\b)"
)
_STATED_WHOLE_ZH = re.compile(r"(?:左右|以上)?的(?=[\u3400-\u9fff])(?!增|降|速|涨|跌|比|水平|目标|占|份)")
_WHOLE_BEFORE_ZH = re.compile(
    r"占(?!比|据|有|到|地)(?:全国|全球|世界|我国|其|当年|同期|整体|全部|所有|整个|总)?([\u3400-\u9fff]{1,14}?)的?(?:比重|比例|份额)?"
    r"(?:由|从|约|近|超过?|逾|达到?|为|升至|降至|高达|接近|不到)*\s?$"
)
_PENETRATION_ZH = re.compile(r"(?:渗透率|普及率|覆盖率)[^,，;；。:：]{0,12}$")
_OF_MARKET_ZH = re.compile(r"(?:市场(?:份额|占有率)|市占率?)[^,，;；。:：\d%]{0,6}$")
_NO_WHOLE_ZH = ("比", "份", "分别", "全国", "全球", "世界", "我国", "总", "整体")
_WHOLE_BEHIND = re.compile(
    r"\s*of\s+(?:(?:the|all|its|their|total|world's|country's|nation's|global|national|overall|entire|whole)\s+)*"
    r"((?:(?!(?:in|to|by|on|at|from|with|for|that|who|which|as|is|was|are|were|when|than|last|this|into)\b)"
    r"[^\s.,;()]++\s?){1,9})"
)
#: A whole that only takes up what went before: "of the capacity", "of the national total", "of what is being built".
_TAKEN_UP = re.compile(
    r"\s*of\s+(?:(?:the|its|their|that)\s+(?:[\w'’]+\s+)?(?:total|whole|sum|base|figure)\b(?!\s(?:sales|revenues?|output)\b)"
    r"|(?:the|its|their|that)\s+(?:(?:world|world's|world’s|global|worldwide|domestic|national|local|overall|whole|entire|total)\s+)?market\b"
    r"|the\s+\w+\s*(?:[.,;()]|$)|what(?:ever)?\b)"
)
_PRONOUN_WHOLE = re.compile(r"\s*of (?:that|this|it|them|these|those|the total|the whole)\b")
_SHARE_WORDS = Guarded(
    r"\b(?:share|proportion|percentage|account(?:s|ed|ing)? for|make(?:s)? up|made up|making up|represent(?:s|ed|ing)?"
    r"|contribut|weight|portion|slice|equivalent to|equal to)"
    r"|(?:of|in) the (?:total|whole|lot|industry|sector)|占|比重|比例|份额|渗透率|相当于",
    (
        "share", "portion", "percentage", "account", "make", "made", "making", "represent", "contribut", "weight",
        "slice", "equivalent to", "equal to", "the total", "the whole", "the lot", "the industry", "the sector",
        "占", "比重", "比例", "份额", "渗透率", "相当于",
    ),
)  # fmt: skip
_POPULATION = re.compile(
    r"(?:\sof\s[^.,;\d]{0,28}|[^.;。；]{0,12})(?:\bpopulation|\bpeople|\binhabitants|\bhumanity|\beverybody|\beveryone|\bresidents|\badults"
    r"|\bdwellers|\bmen\b|\bwomen\b|\bvillagers|\btownspeople"
    r"|\bindividuals|\brespondents|\bthose (?:surveyed|polled|asked)|\bcitizens|受访者|受訪者)|[^.;。；,]{0,12}人口"
    r"|[多强]?的?(?:国人|国民|民众|居民|市民|百姓|老百姓|成年人|成人|人(?=[都已]{0,2}[会能]?[用使上没]))"
)
#: Those just counted, who are the whole then: 其中80.9%的人用它回答问题.
_OF_THOSE_ZH = re.compile(r"(?:其中|当中|这些人(?:里|中)|他们(?:里|中))[，,]?[有约近超]{0,2}$")
#: The same share again behind it, which parts it from its people: "almost a third (32.7 %) of people".
_AGAIN = re.compile(r"\s?\([^()]{1,16}\)")
#: The people right before their share: "four in ten people (38.1 %) made use of X".
_OPENED_BY_PEOPLE = re.compile(r"\b(?:people|adults|individuals|respondents|residents|citizens|men|women)\s\($")
#: The people asked, named before their share: "of those polled, 43 % had used X".
_ASKED = Guarded(
    r"\b(?:of|among) (?:the |all )?(?:respondents|adults|residents|people|those (?:surveyed|polled|asked)),?\s$"
    r"|\b(?:share|proportion|percentage) of (?:the )?(?:respondents|adults|residents|people|population)\b[^.;]{0,80}$"
    r"|(?:受访者|受访民众|受访的人)(?:中|里|当中)[,\uff0c]?(?:有|约)?$"
    r"|[用使](?:用)?过[^.;,。；，]{1,24}的(?:人的?)?(?:比例|比率|占比)(?:为|是|达到?|约)*$",
    (
        "respondents", "adults", "residents", "people", "those surveyed", "those polled", "those asked", "population",
        "受访", "用过", "使过",
    ),
)  # fmt: skip
_ASKED_BEFORE = 120  # characters
_ONE_IN = re.compile(r"one in \w+")
_NATION = re.compile(
    r"(?: of(?: all)?)? ((?:[A-Z][a-z]+ )?[A-Z][a-z]+?)"
    r"(?:s\b|(?<=ese)(?= (?:people|adults|now|already|have|has|had|uses?|used|says?|said)\b))"  # one in three Chinese
)
_DOES = re.compile(r"\s(?:already |now |of us |people )?(?:has|have|had|uses?|used|say|says|said)\b")
_OPENS_PART = re.compile(
    r"[.:;；：,，、(（]\s?(?:the )?|\b(?:and|while|with|whereas|but) (?:the )?|(?<!占)(?<!占了)其中|而"
)
#: What stands between a place and the share that it makes up; of one listed after another perhaps "for" alone.
_MAKES_UP = re.compile(
    r"\s*(?:alone |today |now |itself |by itself |currently )*(?:(?:accounts?|accounted|accounting|responsible) )?for "
    r"|\s*(?:一国|一地|一家|独自|单独|目前|分别|各|则)?(?:约|就)?占(?:了)?(?:其中)?"
)
_LISTED_PLACES = re.compile(r"[、和与及]|以及")  # 中国和欧洲分别占
_MAKES_UP_ENDS = ("for ", "占", "占了", "占其中", "占了其中")
_WITH = " with "
_WORLD_TOTAL = re.compile(
    r"\s*of the (?:world|global|worldwide|world's|national|nationwide|country's|nation's|european|eu) total\b"
)
_AMONG = re.compile(r"\b(?:in|across|among|for|within)\s+(?:the |its |all |these |those )?$")
_GOES_ON = re.compile(r"[;；:]\s*(?:that|it|this|which|both|these|they|the former|该|这)\b")
_SUPPLIES = re.compile(r"\b(?:provid(?:e[sd]?|ing)|suppl(?:y|ies|ied|ying)|generate[sd]?)\s$")
_LIKENS = re.compile(r"(?:相当于|抵得上|等于|as (?:much|many) as|equivalent to|enough for)\s?$")
_ASIDE = re.compile(
    r"\s*(?:[(（]|,? (?:or|i e|that is|which is|equal to)\s|,|，)\s*(?:即|也就是)?"
    r"(?:about |around |some |nearly |roughly |约|近|逾|超|超过)?"
)
_SLASHES = frozenset("/(")
_OR = re.compile(r", or (?:about |around |some |roughly |nearly |approximately )?")
_RESTRICTING = frozenset(("size", "condition"))
_TIME_UNITS = frozenset(("day", "week", "month", "year", "hour", "min", "s"))
_MANY_WORDS = 1.5  # own words between a level and a growth that then speaks of something else
_LISTED = frozenset(("row", "item"))
_MOST = 40  # numbers of another sentence that are looked at


class Neighbours:
    """The numbers about each number."""

    __slots__ = (
        "_lists", "_of_population", "_quantities", "_reading", "_stated", "_surroundings", "_wholes",
    )  # fmt: skip

    def __init__(self, reading: Reading, surroundings: Surroundings) -> None:
        self._reading, self._surroundings = reading, surroundings
        self._quantities = reading.quantities
        self._wholes: dict[int, bool] = {}
        self._stated: dict[int, bool] = {}
        self._of_population: dict[int, bool] = {}
        self._lists = _lists(reading.folded, reading.quantities, reading.by_sentence)

    def is_listed(self, index: int) -> bool:
        """Is a number one of several that only commas and "and" part?"""
        return index in self._lists

    def listed(self, index: int) -> tuple[tuple[int, ...], int]:
        """The numbers that are listed with this one, and its place among them."""
        group = self._lists.get(index, (index,))
        return group, bisect_left(group, index)

    def anchor(self, index: int, names: Sequence[object]) -> int | None:
        """The number of the same sentence that this one goes on with, nothing new being named between the two.

        `names` are the namings that the numbers before were read by: one that stands behind its number is nothing new.
        """
        quantity, reading = self._quantities[index], self._reading
        is_row = reading.sentences[quantity.sentence].block == "row"
        if is_row and (quantity.kind != "share" or not self._is_same_cell(index)):
            return None
        after = index + 1  # "doubled to 200,000"
        if quantity.kind == "growth" and after < len(self._quantities):
            level = self._quantities[after]
            if level.kind == "level" and _FROM_TO.fullmatch(
                reading.folded, quantity.end, max(quantity.end, level.start)
            ):
                return after
        group, place = self.listed(index)
        before = group[0] - 1
        floor = before - _MOST
        while before >= max(0, floor) and (
            self._quantities[before].kind in _RESTRICTING
            or self.follows_slash(before)
            or self._is_aside_in(before)
            or self._is_likened(before)
            or self._is_length_of_time(before)
        ):
            before -= 1
        if before < 0 or self._quantities[before].sentence != quantity.sentence:
            return None
        others, _ = self.listed(before)
        if len(others) == len(group) > 1:
            before = others[place]
        elif len(group) > 1 and reading.says_respectively(quantity.sentence):
            alike = [
                i for i in reading.beside(index)
                if i <= before and self._quantities[i].kind == self._quantities[before].kind
                and self._quantities[i].unit == self._quantities[before].unit
            ]  # fmt: skip
            if len(alike) == len(group):
                before, others = alike[place], tuple(alike)
        first, last = self._quantities[others[-1]], self._quantities[group[0]]
        level_name = names[before]
        start, end = max(first.end, first.noun_end), last.left
        if start > end:
            return None
        between = [naming for naming in reading.within(start, end) if naming is not level_name]
        if len(between) == 1 and isinstance(between[0], Naming) and reading.folded[start : between[0].start] == " of ":
            level_name = between.pop()  # "added 18.9 GW of energy storage, up 52%"
        if between:
            return None
        if reading.clauses.strong(start, end) and not _GOES_ON.search(reading.folded, start, end):
            return None
        language = reading.sentences[quantity.sentence].language
        if first.noun_start >= 0 and _AMONG.search(reading.folded, max(0, first.left - 14), first.left):
            return None  # "supply in the eight markets rose 34 %"
        return (
            before
            if self._own_words(start, end, level_name, language) <= (0 if quantity.kind == "rank" else _MANY_WORDS)
            else None
        )

    def _own_words(self, start: int, end: int, name: object, language: str) -> float:
        """The words of a span that name something, those of a name not counted that told what the level before it is:
        "earned 236.5 billion yuan from fixed broadband, up 4.6 percent".
        """
        words = self._reading.clauses.own_words
        if not isinstance(name, Naming) or not start <= name.start < name.end <= end:
            return words(start, end, language, 2.0)
        return words(start, name.start, language, 2.0) + words(name.end, end, language, 2.0)

    def unknown(self, index: int, chosen: Sequence[object]) -> bool:
        """Does the number go on with one of its kind and unit, near before it, for which nothing is known?"""
        quantity, reading = self._quantities[index], self._reading
        here = reading.sentences[quantity.sentence]
        for other in range(index - 1, max(-1, index - 7), -1):
            before = self._quantities[other]
            if (
                quantity.sentence - before.sentence > 2
                or reading.sentences[before.sentence].paragraph != here.paragraph
            ):
                return False
            if before.kind == quantity.kind and before.unit == quantity.unit:
                return chosen[other] is None and not self.has_pronoun_whole(index)
        return False

    def _is_same_cell(self, index: int) -> bool:
        before, this = self._quantities[index - 1], self._quantities[index]
        row = self._reading.cells(this.sentence)
        return index > 0 and before.sentence == this.sentence and row.at(before.start) == row.at(this.start)

    def _is_aside_in(self, index: int) -> bool:
        """Does a level only say between commas in another unit what the one before it is: "136 GW, or 351 GWh, ..."?"""
        this, first = self._quantities[index], self._quantities[index - 1] if index else None
        if first is None or first.sentence != this.sentence or not first.kind == this.kind == "level":
            return False
        folded, start, end = self._reading.folded, max(first.end, first.noun_end), max(this.end, this.noun_end)
        return (
            first.unit != this.unit
            and folded[end : end + 1] == ","
            and _OR.fullmatch(folded, start, this.left) is not None
        )

    def _is_length_of_time(self, index: int) -> bool:
        """Does a number say within what time something grew ("in ten months")? No growth is told of that."""
        return self._quantities[index].unit in _TIME_UNITS

    def _is_likened(self, index: int) -> bool:
        """Does a number only liken the one before to something else ("as much as 10,000 films", 抵得上1万部)?"""
        left = self._quantities[index].left
        return _LIKENS.search(self._reading.folded, max(0, left - 16), left) is not None

    def around(self, index: int) -> Iterator[tuple[int, float, bool]]:
        """The other quantities of the sentence, then of those before: index, cost of the distance, is it elsewhere."""
        reading = self._reading
        quantity = self._quantities[index]
        for other in reading.beside(index):
            if other != index:
                far = abs(self._quantities[other].start - quantity.start)
                yield other, (0.0 if other < index else 0.7) + 0.004 * far, False
        here = reading.sentences[quantity.sentence]
        if self._surroundings.opens_story(here.paragraph, quantity.sentence) and here.block == "paragraph":
            return
        back = quantity.sentence - 1
        while back >= 0 and quantity.sentence - back <= 3:
            before = reading.sentences[back]
            if before.paragraph != here.paragraph and not (here.block in _LISTED and before.block == here.block):
                break
            for place, other in enumerate(reading.by_sentence.get(back, ())[:_MOST]):
                yield other, 0.5 + 0.4 * (quantity.sentence - back) + 0.05 * place, True
            back -= 1
        if (
            back >= 0
            and here.block == "paragraph"
            and quantity.sentence - back <= 2
            and reading.sentences[back].block == "paragraph"
        ):
            for other in reading.by_sentence.get(back, ())[:_MOST]:
                yield other, 1.6, True
        if here.block in _LISTED:
            for lead in self._surroundings.lead_in(quantity.sentence)[:2]:
                for other in reading.by_sentence.get(lead, ())[:_MOST]:
                    yield other, 0.8, True

    def words_between(self, first: int, second: int) -> float:
        """How many words between two numbers of one sentence name something: what the second one speaks of, perhaps."""
        if first > second:
            return 0.0
        start, end = self._quantities[first].end, self._quantities[second].left
        language = self._reading.sentences[self._quantities[second].sentence].language
        return max(0.0, self._reading.clauses.own_words(start, end, language, 5.0) - 1.0)

    def is_compared(self, other: int, index: int) -> bool:
        """Do the two numbers state one thing at two times or in two units ("427 from 407", "90 yuan ($12)")?"""
        first, second = self._quantities[min(other, index)], self._quantities[max(other, index)]
        if first.sentence != second.sentence or first.unit != second.unit or first.kind != second.kind:
            return False
        if second.start - first.end >= 60 or second.start < first.end or self._reading.within(first.end, second.start):
            return False
        folded = self._reading.folded
        return bool(_COMPARES.search(folded, first.end, second.start) or _TO.fullmatch(folded, first.end, second.start))

    def has_pronoun_whole(self, index: int) -> bool:
        """Is the whole of a share what went before ("45 % of that", 其中 45%)?"""
        if index not in self._wholes:
            is_said = _PRONOUN_WHOLE.match(self._reading.folded, self._quantities[index].end) is not None
            self._wholes[index] = is_said or self._reading.is_part(index)
        return self._wholes[index]

    def has_stated_whole(self, index: int) -> bool:
        """Does the number say what it is a part of ("5 percent of the market")?"""
        if index not in self._stated:
            folded, end = self._reading.folded, self._quantities[index].end
            is_stated = _STATED_WHOLE.match(folded, end) is not None or _STATED_WHOLE_ZH.match(folded, end) is not None
            self._stated[index] = is_stated
        return self._stated[index]

    def stated_whole(self, index: int) -> tuple[int, int] | None:
        """Where a share says what it is a part of: behind "of", or in Chinese between 占 and the number."""
        quantity, reading = self._quantities[index], self._reading
        if quantity.kind != "share":
            return None
        here = reading.sentences[quantity.sentence]
        if here.language == "zh":
            left = quantity.left
            whole = _WHOLE_BEFORE_ZH.search(reading.folded, max(here.start, left - 24), left)
            is_said = whole is not None and not whole[1].startswith(_NO_WHOLE_ZH)
            return whole.span(1) if whole is not None and is_said else None
        if not self.has_stated_whole(index):
            return None
        end = min(here.end, quantity.end + 80, reading.clauses.end_of(quantity.end, here.end))
        whole = _WHOLE_BEHIND.match(reading.folded, quantity.end, end)
        return None if whole is None or _TAKEN_UP.match(reading.folded, quantity.end, end + 1) else whole.span(1)

    def speaks_of_share(self, index: int) -> bool:
        """Does the clause say that something makes up a part ("accounts for", 占)?"""
        quantity = self._quantities[index]
        here = self._reading.sentences[quantity.sentence]
        start = max(here.start, quantity.start - 60)
        return bool(_SHARE_WORDS.search(self._reading.folded, start, min(here.end, quantity.end + 40)))

    def tells_of_part(self, index: int) -> bool:
        """Does a percentage tell which part of something is meant, or what a part of it goes into?"""
        return self._quantities[index].kind == "share" and (
            self.speaks_of_share(index) or self._reading.is_spent(index) or self._is_headed_share(index)
        )

    def _is_headed_share(self, index: int) -> bool:
        """Does the head of its column call a cell a share?"""
        quantity, reading = self._quantities[index], self._reading
        if reading.sentences[quantity.sentence].block != "row":
            return False
        row = reading.cells(quantity.sentence)
        heads = row.over(row.at(quantity.start))
        return any(_SHARE_WORDS.search(reading.folded, *head) for head in heads)

    def is_supplied(self, index: int) -> bool:
        """Does a share tell who or what supplies it ("renewables provided 27 %")?"""
        quantity = self._quantities[index]
        if quantity.kind != "share":
            return False
        left = quantity.left
        return _SUPPLIES.search(self._reading.folded, max(0, left - 14), left) is not None

    def is_share_of_place(self, index: int) -> bool:
        """Is a place the subject that makes up a share: "China accounts for 25%", "the United States for 45%"; "Spain
        used 9 TWh, 2% of the world total", "followed by Peru with 1%"?
        """
        reading = self._reading
        group, _ = self.listed(index)
        if group[0] != index and reading.sentences[self._quantities[index].sentence].language == "zh":
            return self.is_share_of_place(group[0])  # 中国和欧洲分别占25%和15%
        quantity = self._quantities[index]
        left, here = quantity.left, reading.sentences[quantity.sentence]
        floor = max(here.start, left - 60)
        if reading.folded.endswith(_WITH, floor, left):
            with_it = list(reading.catalogue.places.find(reading.text[floor : left - len(_WITH)]))
            return bool(with_it) and floor + with_it[-1].end == left - len(_WITH)
        if _WORLD_TOTAL.match(reading.folded, quantity.end):
            return self._opening_place(reading.clauses.start_of(left, here.start), left) is not None
        if not reading.folded.endswith(_MAKES_UP_ENDS, floor, left):
            return False  # what `_MAKES_UP` cannot match
        start = max((m.end() for m in _OPENS_PART.finditer(reading.folded, floor, left)), default=floor)
        place = self._opening_place(start, left)
        return place is not None and _MAKES_UP.fullmatch(reading.folded, place, left) is not None

    def _opening_place(self, start: int, end: int) -> int | None:
        """Where the place ends whose name opens a span; None where none does."""
        text = self._reading.text
        start += len(text[start:end]) - len(text[start:end].lstrip())
        places = list(self._reading.catalogue.places.find(text[start : min(end, start + 60)]))
        place = places[0] if places else None
        if (
            place is None
            or place.start > len("the ")
            or place.is_adjective
            or text[start : start + place.start].strip(" Tthe")
        ):
            return None
        last = place.end
        for other in places[1:]:
            if _LISTED_PLACES.fullmatch(text, start + last, start + other.start) is None:
                break
            last = other.end
        return start + last

    def is_of_market(self, index: int) -> bool:
        """市场份额达24.6%: is a share one of a market, so that it is of no company's own measure?"""
        left = self._quantities[index].left
        return _OF_MARKET_ZH.search(self._reading.folded, max(0, left - 16), left) is not None

    def is_penetration(self, index: int) -> bool:
        """液冷数据中心渗透率为14%: does a share tell how many of things have or use another?"""
        quantity, reading = self._quantities[index], self._reading
        here, left = reading.sentences[quantity.sentence], quantity.left
        return _PENETRATION_ZH.search(reading.folded, max(here.start, left - 24), left) is not None

    def is_of_population(self, index: int) -> bool:
        """Is the whole of a share the population, or those who were asked for it?"""
        if index not in self._of_population:
            self._of_population[index] = self._is_of_people(index)
        return self._of_population[index]

    def _is_of_people(self, index: int) -> bool:
        quantity, folded = self._quantities[index], self._reading.folded
        here, left = self._reading.sentences[quantity.sentence], quantity.left
        if _OF_THOSE_ZH.search(folded, max(here.start, left - 8), left) is not None:
            return False
        again = _AGAIN.match(folded, quantity.end, here.end)
        start = again.end() if again is not None else quantity.end
        end = min(here.end, start + 45)
        return (
            _POPULATION.match(folded, start, end) is not None
            or _OPENED_BY_PEOPLE.search(folded, max(here.start, left - 16), left) is not None
            or _ASKED.search(folded, max(here.start, left - _ASKED_BEFORE), left) is not None
            or (
                _ONE_IN.fullmatch(folded, quantity.start, quantity.end) is not None
                and _DOES.match(folded, quantity.end, end) is not None
            )
            or self._is_of_nation(quantity.end, end)
        )

    def _is_of_nation(self, start: int, end: int) -> bool:
        """Does the name of a people come next: "one in three South Koreans", "40 % of Germans"?"""
        named = _NATION.match(self._reading.text, start, end)
        places = self._reading.catalogue.places.find(named[1]) if named else []
        return named is not None and any(p.is_adjective and not p.start and p.end == len(named[1]) for p in places)

    def is_aside_of(self, index: int, anchor: int, told: int = 0) -> bool:
        """Does a number only say the one before again in other terms: "5.8 billion (71 %)", "5.8 billion, or 71 %"?

        `told` is where the words end that tell what the one before measures, where they stand behind it.
        """
        first, second = self._quantities[anchor], self._quantities[index]
        start = max(first.end, first.noun_end, told)
        return start <= second.start and _ASIDE.fullmatch(self._reading.folded, start, second.left) is not None

    def follows_slash(self, index: int) -> bool:
        """Is the number the second of a pair like "136 GW/351 GWh"?"""
        folded, start = self._reading.folded, self._quantities[index].start
        last = folded[start - 1 : start]
        return last in _SLASHES or (last.isspace() and folded[start - 2 : start - 1] in _SLASHES)


def _lists(
    folded: str, quantities: Sequence[Quantity], by_sentence: dict[int, list[int]]
) -> dict[int, tuple[int, ...]]:
    """Number -> the numbers of one kind and unit that are listed with it, parted only by commas and "and"."""
    lists: dict[int, tuple[int, ...]] = {}
    for members in by_sentence.values():
        if len(members) < 2:
            continue
        run: list[int] = []
        for index in [*members, -1]:
            if index >= 0 and quantities[index].kind in _RESTRICTING:
                continue
            if run and index >= 0:
                last, this = quantities[run[-1]], quantities[index]
                if last.kind == this.kind and _LINKS.fullmatch(folded, last.end, max(this.start, last.end)):
                    run.append(index)
                    continue
            if len(run) > 1:
                lists |= dict.fromkeys(run, tuple(run))
            run = [index]
    return lists
