"""Candidates from other numbers: the level that a growth belongs to, the count a size limits, the whole of a share.

What lives here: what a quantity takes over from those beside it and from the topic of a table. What does not: which
numbers go together (see `neighbours`) and names (see `named`).
"""

import re
from collections.abc import Sequence

from pipelines.catalogue.metrics import Metric
from pipelines.stages.observations.linking import COMMON, OWN_WORD, RESTRICTING, WIDE, Candidate, Linking
from pipelines.stages.observations.named import is_for_a_share
from pipelines.stages.observations.naming import Naming
from pipelines.vocabulary.quantity import Quantity

_TELLING_LITTLE = COMMON | {"time"}
_PREDICATE = 130  # characters behind a share of people in which stands what they do
#: Why a share is taken for one of the level beside it.
A_SHARE_OF_IT = "a share of it"
_LEVELS_BACK = 3  # figures back in which stands of what "a third of them" is a part
_OF_PEOPLE = ("age", "sex", "income", "education")


def _is_of_named(linking: Linking, quantity: Quantity, metric: Metric) -> bool:
    """Does its sentence name another measure before a condition than the one told before?"""
    here = linking.reading.sentences[quantity.sentence]
    named = [m for naming in linking.reading.nearest(here.start, quantity.left) for m, _ in naming.metrics]
    return bool(named) and metric not in named


def leaning(linking: Linking, index: int) -> list[Candidate]:
    """Candidates taken over from the quantities beside: the level that a growth belongs to, the count a size limits."""
    quantity, neighbours = linking.quantities[index], linking.neighbours
    found: list[Candidate] = []
    own: float | None = None
    is_unknown = quantity.kind not in RESTRICTING and (
        neighbours.unknown(index, linking.chosen) or linking.has_narrowed_subject(index)
    )
    has_own_subject, is_of_other = linking.has_own_subject(index), linking.own_heads.is_of_other(index)
    for_a_share = quantity.kind == "level" and is_for_a_share(linking, quantity)
    follows_unknown, has_own_column = linking.follows_unknown(index), linking.has_own_column(quantity)
    is_zh = linking.reading.sentences[quantity.sentence].language == "zh"
    is_own_level, has_whole_said = linking.has_own_level(index), neighbours.has_pronoun_whole(index)
    is_new_amount = linking.is_amount_of_other(index)
    for other, distance, is_elsewhere in neighbours.around(index):
        if is_unknown and is_elsewhere and (quantity.kind == "growth" or not linking.is_row(quantity)):
            break
        given, beside = linking.chosen[other], linking.quantities[other]
        if given is None or follows_unknown:
            continue
        if has_own_column and is_elsewhere and not linking.is_row(beside):
            continue  # the head of its column says what a cell tells, not the figures above the table
        is_apart = is_elsewhere or linking.reading.is_parted(beside, quantity)
        is_new = is_apart if quantity.kind == "growth" else is_elsewhere
        if is_of_other and not (quantity.kind in RESTRICTING or neighbours.is_compared(other, index)):
            continue  # "a charge of $800 million" is one, whatever is told of beside it
        if is_own_level and is_elsewhere and not has_whole_said:
            continue  # 社会融资规模存量为433万亿元 is no figure of the loans told before
        if (
            is_zh
            and is_elsewhere
            and linking.reading.cues.is_excluded(given.metric, quantity.start, quantity.end, WIDE)
        ):
            continue  # 狭义货币余额111万亿元
        if has_own_subject and (is_new or linking.is_told_apart(other, index)):
            continue  # "lighthouses fell by 3%" names what fell, known or not
        if has_own_subject and _is_other_rate(linking, other, index):
            continue  # "5G covers 94% of people, and fibre reaches 69% of homes"
        if is_new_amount and is_elsewhere:
            continue  # "processed volume was 348 billion euros" is no revenue told before
        is_limit = quantity.kind == "condition" and linking.fits.is_measured_in(given.metric, quantity)
        if is_limit and is_elsewhere and _is_of_named(linking, quantity, given.metric):
            continue  # "rents for deployments of 10 MW or more"
        if quantity.kind in RESTRICTING and is_apart and not is_limit:
            continue  # "stations of 100 MW and above" limits capacity told before, "those aged 15" nothing
        fit = linking.fits.of(given.metric, quantity)
        if fit is None or linking.is_of_other(index, given.metric):
            continue  # a part of something else
        if for_a_share and not given.metric.is_per_head:
            continue  # "$2.4 billion, or $1.20 per share"
        is_rate = given.metric.is_ratio and given.metric.kind != "share"
        if is_rate and quantity.kind == "share" and neighbours.stated_whole(index) is not None:
            continue  # 毛利率25.3%;研发费用151亿元,占营业收入的5.3%: no margin
        is_bare = quantity.unit is None or "/" in given.metric.unit
        if (is_bare or given.metric.is_per_head) and not linking.fits.is_of_size(given.metric, quantity):
            continue
        if quantity.unit is None and given.metric.dimension == "money" and not linking.is_money(quantity):
            continue
        has_whole = (
            quantity.kind == "share" or (quantity.kind == "level" and not is_elsewhere)
        ) and neighbours.has_pronoun_whole(index)
        if quantity.kind in RESTRICTING:
            is_within = beside.start <= quantity.start and quantity.end <= beside.end
            if quantity.kind == "size" and not (is_within or linking.fits.is_measured_in(given.metric, quantity)):
                continue  # a site of 400 acres is no size of the capacity told beside it
            base = 8.0 if is_within else 5.0
        elif neighbours.is_compared(other, index):
            base = 6.0
        elif quantity.kind == "share" and given.metric.share_of and has_whole:
            continue
        elif quantity.kind in ("share", "level") and beside.kind != "share" and has_whole:
            base, fit = (4.2 if quantity.kind == "share" else 2.4), 0.0
        elif quantity.kind == beside.kind and quantity.unit == beside.unit:
            base, fit = 2.9 if is_elsewhere else 3.5 - 0.5 * neighbours.words_between(other, index), 0.0
        elif quantity.kind in ("level", "ratio") or (
            quantity.kind == "change" and linking.is_row(quantity) and not linking.is_row(beside)
        ):
            if quantity.kind != beside.kind or quantity.unit is None:
                continue
            base = 2.0
        else:
            base = 2.4 if quantity.kind == "share" else 3.9
        if quantity.kind == "growth" and given.metric.is_ratio and given.metric.kind != "growth":
            continue
        if is_elsewhere and quantity.kind not in RESTRICTING:
            if quantity.kind == "share" and neighbours.has_stated_whole(index):
                continue
            if own is None:
                own = linking.row_cost(quantity) if linking.is_row(quantity) else linking.own_cost(index)
            if given.metric.is_of_population and own > OWN_WORD:
                continue  # what users do is told of the users, not of the population
            base -= own + (1.0 if given.metric.share_of and not given.metric.is_of_population else 0.0)
        if neighbours.follows_slash(other):
            base -= 0.5
        score = base + min(fit, 0.0) - distance
        found.append(Candidate(given.metric, score, given.naming, f"as beside: {given.metric.id}"))
    is_own = is_of_other or linking.has_narrowed_subject(index)
    if quantity.unit is not None and quantity.kind not in RESTRICTING and not is_own:
        found += _topic(linking, index)
    return found


def _is_other_rate(linking: Linking, other: int, index: int) -> bool:
    """Is a share of a stated whole parted in an English sentence from one before it that was read as a rate?"""
    quantity, given = linking.quantities[index], linking.chosen[other]
    is_rate = quantity.kind == "share" and given is not None and given.metric.is_ratio
    if not is_rate or other > index or linking.reading.sentences[quantity.sentence].language != "en":
        return False
    is_parted = linking.reading.clauses.weak(linking.quantities[other].end, quantity.left) > 0
    return is_parted and linking.neighbours.has_stated_whole(index)


def _topic(linking: Linking, index: int) -> list[Candidate]:
    """What the article measures in this dimension: most often, for a row; last, where few metrics share the unit."""
    quantity = linking.quantities[index]
    dimension = linking.fits.dimension(quantity.unit or "")
    topic = linking.topics.get(dimension)
    if not topic:
        return []
    if linking.is_row(quantity):
        if linking.follows_unknown(index):
            return []
        metric, score = topic.most_common(1)[0][0], 2.7
        is_other_part = metric.kind != "share" and linking.neighbours.tells_of_part(index)
        if metric.is_ratio and (is_other_part or not linking.heads_table(metric, quantity)):
            return []
    elif dimension in _TELLING_LITTLE or quantity.kind != "level" or linking.own_cost(index) > OWN_WORD:
        return []
    else:
        metric, score = linking.latest[dimension], 2.0
    if not linking.fits.of(metric, quantity) or linking.reading.cues.is_excluded(
        metric, quantity.start, quantity.end, WIDE
    ):
        return []
    return [Candidate(metric, score, None, f"the topic: {metric.id}")]


def as_shares(linking: Linking, index: int, found: Sequence[Candidate], anchor: int | None) -> list[Candidate]:
    """A part that is the subject of a share ("of which X makes up 32 %") is measured by the share metric of X."""
    quantity = linking.quantities[index]
    here = linking.reading.sentences[quantity.sentence]
    is_of_population = linking.neighbours.is_of_population(index)
    more: list[Candidate] = []
    if linking.is_row(quantity):  # "People online" over a column of percentages tells how many of the people are
        more += [
            Candidate(share, c.score + 1.4, c.naming, c.why)
            for c in found
            if c.naming is not None
            and (c.why.startswith("column") or _is_by_people(linking, quantity))
            and not linking.reading.is_of(c.naming)
            for share in _of_its_whole(linking.shares.get(c.metric.id, ()), not _heads_shares(linking, index, c.naming))
            if share.is_of_population
        ]
        more += [
            Candidate(share, c.score + 1.4, c.naming, c.why)
            for c in found
            if c.naming is not None and _heads_shares(linking, index, c.naming)
            for share in linking.shares.get(c.metric.id, ())
            if not share.is_of_population
        ]
        if _is_column_of_parts(linking, quantity):
            more += [
                Candidate(share, c.score + 1.4, c.naming, c.why)
                for c in found
                for share in linking.shares.get(c.metric.id, ())
                if not share.is_of_population
            ]
    level = linking.chosen[anchor] if anchor is not None else None
    if anchor is not None and level is not None:
        is_of_it = linking.neighbours.stated_whole(index) is not None or linking.neighbours.has_pronoun_whole(index)
        told = level.naming.end if level.naming is not None and is_of_it else 0  # "8 GW of X, a third of all the Y"
        told = told if told <= quantity.left else 0
        if linking.neighbours.is_aside_of(index, anchor, told):
            of_it = _of_its_whole(linking.shares.get(level.metric.id, ()), is_of_population)
            more += [
                Candidate(share, 6.4, level.naming, f"{A_SHARE_OF_IT}: {share.id}")
                for share in of_it
                if not share.is_of_population or is_of_population or not is_of_it
            ]
    if linking.neighbours.has_pronoun_whole(index):  # "9 billion broadband lines; a third of those are now 5G"
        whole = _last_level(linking, index)
        more += [
            Candidate(share, c.score + 1.4, c.naming, c.why)
            for c in found
            if c.why.startswith(("predicate", "after"))
            for share in linking.shares.get(c.metric.id, ())
            if any(other.metric is share for other in found) or (whole is not None and c.metric.part_of == whole.id)
        ]
        more += _parts_let(linking, found, frozenset() if whole is None else frozenset((whole.id,)))
    elif linking.neighbours.has_stated_whole(index) and here.language == "en":
        more += _parts_let(linking, found, frozenset(c.metric.id for c in found if c.why.startswith("of it")))
    if not (is_of_population or linking.neighbours.speaks_of_share(index)):
        return more
    last = quantity.end + _PREDICATE if is_of_population else quantity.start  # "33 % of adults have used X"
    sources = [
        (c.metric, c.score + 1.4, c.naming, c.why)
        for c in found
        if _is_subject(c, here.start, last) or (is_of_population and c.why.startswith("of it"))
    ]
    for other in reversed(linking.reading.beside(index)):
        level = linking.chosen[other]
        if other < index and level is not None and linking.quantities[other].kind in ("level", "growth"):
            worth = 4.6 if linking.quantities[other].kind == "growth" else 3.6  # "they grew 5 % and made up 25 % of it"
            sources.append((level.metric, worth, level.naming, f"{A_SHARE_OF_IT}: {level.metric.id}"))
            break
    for metric, score, naming, why in sources:
        if not is_of_population and linking.has_other_whole(index, metric):
            continue  # "5G phones accounted for 89 % of shipments" is no share of users
        shares = linking.shares.get(metric.id, ())
        more += [Candidate(s, score, naming, why) for s in shares if s.is_of_population == is_of_population]
    return more


def _parts_let(linking: Linking, found: Sequence[Candidate], wholes: frozenset[str]) -> list[Candidate]:
    """The part of a whole that what is said of a share tells, where no metric is that share: "1,100 MW is being built,
    of which 88% has already been leased", "three-quarters of the pipeline is spoken for".
    """
    return [
        c._replace(score=c.score + 1.4)
        for c in found
        if c.metric.part_of in wholes
        and c.why.startswith(("predicate", "after"))
        and not linking.shares.get(c.metric.id)
    ]


def _last_level(linking: Linking, index: int) -> Metric | None:
    """What the last level before a share measures, in its sentence or the one before."""
    sentence = linking.quantities[index].sentence
    for other in range(index - 1, max(-1, index - 1 - _LEVELS_BACK), -1):
        before = linking.quantities[other]
        if before.sentence < sentence - 1:
            return None
        if before.kind == "level":
            given = linking.chosen[other]
            return None if given is None else given.metric
    return None


def _of_its_whole(shares: Sequence[Metric], is_of_population: bool) -> list[Metric]:
    """The shares of a metric in the people where a share is one of them, in another whole where not, if it has both."""
    fitting = [share for share in shares if share.is_of_population == is_of_population]
    return fitting or list(shares)


def is_of_column(linking: Linking, index: int, candidate: Candidate) -> bool:
    """May a candidate be what the head of a Chinese column tells, where it ends with a word of shares (5G用户占比)?

    Not what is counted itself, and not a share whose name is that word alone, behind another thing (灯塔占比).
    """
    naming, reading, quantity = candidate.naming, linking.reading, linking.quantities[index]
    if naming is None or not linking.is_row(quantity):
        return True
    words = linking.catalogue.chinese.by_role["share_head"]
    if naming.text not in words:
        return candidate.metric.is_ratio or not _heads_shares(linking, index, naming)
    row = reading.cells(quantity.sentence)
    heads = [start for start, end in row.over(row.at(quantity.start)) if start <= naming.start < end]
    return not heads or reading.own_words_in(heads[0], naming.start, "zh") < 1


def _heads_shares(linking: Linking, index: int, naming: Naming) -> bool:
    """Is a name in the head of a Chinese column, before a word of shares: 5G用户占比? Or in that of a row which is told
    in parts of a total: "Data centres, % of total"?
    """
    reading, quantity = linking.reading, linking.quantities[index]
    row = reading.cells(quantity.sentence)
    head = reading.head(row, row.at(quantity.start))
    if head is not None and head[0] <= naming.start and _PART_OF_TOTAL.search(reading.folded, naming.end, head[1]):
        return True
    words = tuple(linking.catalogue.chinese.by_role["share_head"])
    return any(
        start <= naming.start < end and any(reading.folded.find(w, naming.end, end) >= 0 for w in words)
        for start, end in row.over(row.at(quantity.start))
    )


def _is_column_of_parts(linking: Linking, quantity: Quantity) -> bool:
    """Does the head of an English column tell its cells in parts: "Data centres, % of total", "Share of sales"?"""
    row = linking.reading.cells(quantity.sentence)
    return any(_IN_PARTS.search(linking.reading.folded, *head) for head in row.over(row.at(quantity.start)))


_IN_PARTS = re.compile(r"(?:%|\b(?:percent|per cent|percentage|share|proportion)) of (?!gdp\b)")
_PART_OF_TOTAL = re.compile(r"(?:%|percent|per cent|percentage|share) of (?:the )?total\b")
#: "Never used it, % of individuals": what the head of a row tells its cells in.
_PART_OF_PEOPLE = re.compile(
    r"(?:%|percent|per cent|percentage|share) of (?:all )?(?:individuals|people|the population|adults|persons)\b"
)


def _is_by_people(linking: Linking, quantity: Quantity) -> bool:
    """Do the rows of a table stand for classes of people: is the first column one of ages, sexes, incomes?"""
    row = linking.reading.cells(quantity.sentence)
    head = linking.reading.head(row, row.at(quantity.start))
    if head is not None and _PART_OF_PEOPLE.search(linking.reading.folded, *head):
        return True
    corner = row.over(0)
    if not corner:
        return False
    heading = linking.reading.folded[slice(*corner[0])]
    return linking.catalogue.dimension_keys.of_heading(heading) in _OF_PEOPLE


def _is_subject(candidate: Candidate, start: int, end: int) -> bool:
    naming = candidate.naming
    return naming is not None and not candidate.is_whole and start <= naming.start and naming.end <= end
