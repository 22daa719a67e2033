"""Candidates by name: the names in the sentence of a quantity, and those that govern it from outside.

What lives here: how wholes, per-head figures, possessives and stated parts change what a name is worth. What does not:
the places of names (see `naming`, `surroundings`) and candidates taken over from other numbers (see `leaning`).
"""

import re

from pipelines.catalogue.metrics import STRONG, Metric, calls_a_whole
from pipelines.stages.observations.linking import COMMON, OWN_WORD, RESTRICTING, WIDE, Candidate, Linking
from pipelines.stages.observations.naming import Mention, Naming
from pipelines.vocabulary.quantity import Quantity

#: What it costs that a share is one of another whole than the metric.
_OF_OTHER = 5.0
_FARTHER = frozenset(("paragraph before",))
#: Where no name is asked that a figure with a subject of its own would take: a Chinese sentence leaves out its subject
#: only where it goes on with the one before.
_FAR = {
    "en": frozenset(("title", "heading")),
    "zh": frozenset(("title", "heading", "paragraph before", "sentence before")),
}
_MUCH = 2.0  # words before a figure that, more than these, name what it tells of
_JOINED = (" and", "进")
_A_SHARE = re.compile(
    r"\s*(?:a|an|per|for every|for each|each|every)\s(?:(?:diluted|basic|common|ordinary|american depositary)\s)?"
    r"(?:share|adr|ads)\b"
)


def inside(linking: Linking, index: int, at_least: float | None = None) -> list[Candidate]:
    reading, quantity = linking.reading, linking.quantities[index]
    found: list[Candidate] = []
    mentions = reading.seen_from(index, linking.fits)
    if at_least is not None:
        mentions = [mention for mention in mentions if mention.score >= at_least]
    if not mentions:
        return found
    per_head = _per_head(linking, index)
    has_subject = quantity.kind == "share" and any(
        m.where == "before" and not m.naming.is_whole and not calls_a_whole(m.naming.text) for m in mentions
    )
    has_own_subject, refused = linking.has_own_subject(index) or linking.has_own_level(index), linking.refused(index)
    is_part = quantity.kind == "share" and linking.neighbours.stated_whole(index) is not None
    here = reading.sentences[quantity.sentence]
    part_from = reading.clauses.segment_start(quantity.left, here.start) if is_part else 0
    has_rate = has_subject and any(
        m.where == "before"
        and not (m.naming.is_whole or calls_a_whole(m.naming.text))
        and _names_rate(linking, m.naming, quantity.sentence)
        for m in mentions
    )
    for mention in mentions:
        if has_own_subject and mention.where != "of it" and linking.is_parted(index, mention.naming):
            continue  # "gross margin was 22 %, helped by a utilisation rate of 96 %"
        if mention.naming.end <= refused:
            continue  # "the premium on racks was 14% in May and 33% in June"
        is_owned = mention.where == "before" and reading.has_owner(mention.naming)
        is_whole = mention.is_whole or (mention.naming.is_whole and quantity.kind == "share")
        for metric, score in linking.metrics(mention, quantity):
            if (
                per_head >= 0
                and not metric.is_per_head
                and not _holds(mention.naming, per_head)
                and not reading.numbers(per_head, mention.naming.start)
            ):
                continue
            if mention.where == "next clause" and metric.dimension in COMMON:
                continue
            if metric.share_of and not is_whole and not _is_part_named(linking, mention.naming, index, metric):
                continue
            is_after = mention.where == "of it" and mention.naming.start - quantity.end <= 1
            is_multiple = quantity.unit == "x" and quantity.kind == "ratio" and not _tells_multiple(mention, metric)
            if is_multiple and (is_after or mention.where == "after"):
                continue  # "1.3 times EBITDA" is no EBITDA, nor "twice as fast as industrial software" any software
            if metric.is_of_population and linking.is_of_those(index, metric):
                continue  # "99% of internet users went online by phone" is no part of the population
            if (is_whole or calls_a_whole(mention.naming.text)) and has_rate and metric.is_of_population:
                continue  # "5G covers 55 % of the population" names which part of it
            if is_part and metric.is_ratio and metric.kind != "share" and mention.naming.end < part_from:
                continue  # 毛利率25.3%;研发费用151亿元,占营业收入的5.3%: no margin
            of_whole = metric.share_of is not None and (is_whole or calls_a_whole(mention.naming.text))
            if of_whole and _is_part_of_level(linking, index, metric):
                continue  # 宽带业务收入1894亿元,占电信业务收入的16%: no share of emerging business
            if is_whole:
                score -= 2.2 if has_subject else 1.5
                if metric.share_of and not linking.is_about(quantity.sentence, metric.share_of):
                    score -= 2.0
            if is_owned:
                score -= 1.0  # "their revenue" is the revenue of what went before
            if linking.is_of_other(index, metric):
                score -= _OF_OTHER  # it is measured in parts of something else
            found.append(Candidate(metric, score, mention.naming, f"{mention.where}: {mention.naming.text}", is_whole))
        if mention.where == "before" and _is_short(mention.naming):
            found += _in_full(linking, mention, quantity)
    return found


def outside(linking: Linking, index: int) -> list[Candidate]:
    reading, quantity = linking.reading, linking.quantities[index]
    found: list[Candidate] = []
    if reading.sentences[quantity.sentence].block != "row" and linking.neighbours.unknown(index, linking.chosen):
        return found
    candidates = _scored(linking, quantity)
    if not candidates or quantity.kind in RESTRICTING or linking.has_narrowed_subject(index):
        return found
    has_stated_whole = quantity.kind == "share" and (
        linking.neighbours.has_stated_whole(index) or linking.neighbours.stated_whole(index) is not None
    )
    per_head = _per_head(linking, index)
    here = reading.sentences[quantity.sentence]
    penalty = linking.row_cost(quantity) if here.block == "row" else linking.own_cost(index)
    if linking.has_own_subject(index) or linking.follows_unknown(index) or linking.own_heads.is_of_other(index):
        return found  # "lighthouses fell by 3%" names what fell, known or not
    if linking.is_amount_of_other(index):
        return found
    if quantity.kind == "ratio" and quantity.unit == "x":
        penalty += 0.8  # what is compared stands in the sentence as a rule
    has_whole = linking.neighbours.has_pronoun_whole(index)
    is_part = linking.neighbours.tells_of_part(index)
    is_made_up = here.language == "en" and quantity.kind == "share" and linking.neighbours.speaks_of_share(index)
    is_owned = reading.has_owned(here.start, quantity.start)
    barred = _FAR[here.language] if _is_told_of_itself(linking, index) else frozenset[str]()
    for mention, scored in candidates:
        if mention.where in barred or (mention.where == "paragraph before" and quantity.kind == "share"):
            continue  # what a share is one of stands in its own paragraph, heading or title
        for metric, score in scored:
            if not linking.fits.is_of_size(metric, quantity):
                continue
            if has_stated_whole or (metric.is_ratio and quantity.kind == "growth" and metric.kind != "growth"):
                continue
            if per_head >= 0 and not metric.is_per_head:
                continue
            if metric.is_of_one and reading.own_words(index) <= _MUCH and reading.has_place(here.start, quantity.left):
                continue  # "Inner Mongolia leads with 10 GW" tells of no single station
            if is_part and metric.is_ratio and metric.kind != "share":
                continue  # a part of something is no margin
            if metric.is_of_population and is_made_up and not linking.neighbours.is_of_population(index):
                continue  # "those over 60 made up 14%" of the users
            if metric.is_of_population and quantity.kind == "share" and penalty > OWN_WORD:
                continue  # what a part of the users does or says is no part of the population
            if quantity.unit is None and quantity.kind == "level":
                if metric.dimension == "count" and (
                    mention.where == "title" or (mention.where == "paragraph before" and not has_whole)
                ):
                    continue
                score -= 0.3
            if metric.share_of and not metric.is_of_population:
                score -= 2.0  # a part is a share of a whole that this sentence does not name
            if is_owned and mention.where == "sentence before" and not metric.is_company_alone:
                score += 2.5
            score -= penalty * (1.3 if mention.where in _FARTHER else 1.0)
            told = _of_other_part(linking, quantity, metric)
            found.append(Candidate(told, score, mention.naming, f"{mention.where}: {mention.naming.text}"))
    return found


def _is_told_of_itself(linking: Linking, index: int) -> bool:
    """Is a level told of a thing that its own sentence names, at length?"""
    quantity, reading = linking.quantities[index], linking.reading
    if quantity.kind != "level" or linking.is_row(quantity) or linking.neighbours.follows_slash(index):
        return False
    return reading.has_own_subject(index) and reading.own_words(index) > _MUCH


def _of_other_part(linking: Linking, quantity: Quantity, part: Metric) -> Metric:
    """The measure itself where a sentence goes on with another part of a company than the one told of before: "Sales
    in data centres grew 22%. Embedded was the one unit to shrink, by 8%."
    """
    whole = linking.catalogue.metrics.get(part.part_of)
    reading, here = linking.reading, linking.reading.sentences[quantity.sentence]
    if whole is None or not (whole.is_company and part.is_company) or here.language != "en" or linking.is_row(quantity):
        return part
    first = linking.quantities[reading.by_sentence[quantity.sentence][0]].left
    if reading.own_words_in(here.start, first, "en") < 1.0:
        return part
    words = reading.folded[here.start : first]
    own = set(part.name_en.lower().split()).difference(whole.name_en.lower().split())
    return part if any(word in words for word in own) else whole


def _in_full(linking: Linking, short: Mention, quantity: Quantity) -> list[Candidate]:
    """The longer name that a bare one takes up again: "exports" after a sentence on software exports."""
    found: list[Candidate] = []
    longer = linking.surroundings.longer(quantity.sentence, short.naming)
    if not longer or not linking.reading.is_bare(short.naming):
        return found
    for mention in longer:
        full = mention.naming.text
        if calls_a_whole(full):
            continue  # a user is no part of those that a share was told of
        if full.removesuffix(short.naming.text).rstrip().endswith(_JOINED):
            continue  # "imports and exports" is not the longer name of exports
        found += [
            Candidate(metric, score, mention.naming, f"in full: {full}")
            for metric, score in linking.metrics(mention._replace(score=short.score + 0.3), quantity)
            if not linking.reading.cues.is_excluded(metric, quantity.start, quantity.end, WIDE)
        ]
    return found


def _scored(linking: Linking, quantity: Quantity) -> list[tuple[Mention, list[tuple[Metric, float]]]]:
    """The names outside of a sentence with their metrics, once for all its numbers of one kind and unit."""
    key = (quantity.sentence, quantity.kind, quantity.unit)
    scored = linking.outer.get(key)
    if scored is None:
        scored = linking.outer[key] = []
        mentions = linking.surroundings.elsewhere(quantity.sentence)
        names = linking.fits.among([mention.naming for mention in mentions], quantity)
        suited = {naming.start for naming in names if not (naming.is_whole or calls_a_whole(naming.text))}
        for mention in mentions if suited else ():  # a whole is one of its own sentence
            if mention.naming.start in suited and (metrics := linking.metrics(mention, quantity, is_inside=False)):
                scored.append((mention, metrics))
    return scored


def _per_head(linking: Linking, index: int) -> int:
    """Where "per capita", 人均 or 每股 stands before a number in its statement, or "a share" behind it; else -1."""
    if index not in linking.per_heads:
        linking.per_heads[index] = _find_per_head(linking, linking.quantities[index])
    return linking.per_heads[index]


def is_for_a_share(linking: Linking, quantity: Quantity) -> bool:
    """Does "a share" stand behind a number, or in its unit?"""
    is_unit = quantity.unit is not None and quantity.unit.endswith("/share")
    return is_unit or _A_SHARE.match(linking.reading.folded, quantity.end) is not None


def _find_per_head(linking: Linking, quantity: Quantity) -> int:
    here = linking.reading.sentences[quantity.sentence]
    if is_for_a_share(linking, quantity):
        return quantity.start
    return linking.reading.clauses.per_head(
        linking.reading.clauses.start_of(quantity.start, here.start), quantity.start
    )


def _is_part_of_level(linking: Linking, index: int, share: Metric) -> bool:
    """Does a Chinese sentence tell right before a share the level of another thing, whose share it is?"""
    quantity, reading = linking.quantities[index], linking.reading
    if reading.sentences[quantity.sentence].language != "zh" or linking.is_row(quantity):
        return False
    other = linking.level_before(index)
    given = linking.chosen[other] if other is not None else None
    whole = linking.catalogue.metrics.get(share.share_of)
    if other is None or given is None or whole is None:
        return False
    start = reading.clauses.start_of(quantity.start, linking.quantities[other].end)
    between = reading.nearest(start, quantity.left)
    if any(not (n.is_whole or calls_a_whole(n.text)) for n in between):
        return False
    return given.metric is not whole and given.metric.dimension == whole.dimension == "money"


def _is_part_named(linking: Linking, naming: Naming, index: int, share: Metric) -> bool:
    """Is the part named of which a share tells ("of the total", 占比)? A name that says it all needs less of that."""
    quantity = linking.quantities[index]
    if share.share_of is None:
        return True
    says_all = any(metric is share and strength == STRONG for metric, strength in naming.metrics)
    if (says_all or _is_of_one(linking, naming, index, share)) and not calls_a_whole(naming.text):
        return True
    reading, here = linking.reading, linking.reading.sentences[quantity.sentence]
    if says_all and any(m.id == share.share_of for n in reading.within(naming.start, naming.end) for m, _ in n.metrics):
        return True  # "of the world's population uses the internet"
    names = reading.nearest(reading.clauses.start_of(quantity.start, here.start), quantity.start)
    parts = [n for n in names if n is not naming and not n.is_whole]
    parts = [n for n in parts if not reading.seat(n, quantity.sentence).is_instance] or parts
    if not linking.is_row(quantity):
        parts = [n for n in parts if _is_meant(linking, n, quantity.sentence)] or parts
    if parts and not says_all:
        is_part = any(metric.id == share.share_of for metric, _ in parts[-1].metrics)
        return is_part or _is_told_before(linking, index, share)
    is_part = any(metric.id == share.share_of for part in parts for metric, _ in part.metrics)
    if here.language == "zh" and not says_all and naming.text in linking.catalogue.chinese.by_role["share_head"]:
        near = [
            *reading.in_sentence(quantity.sentence),
            *(m.naming for m in linking.surroundings.elsewhere(quantity.sentence)),
        ]
        near = [n for n in near if n.start < naming.start]  # 占比达到16%,5G基站...: no share of what comes behind
        return any(metric.id == share.share_of for n in near for metric, _ in n.metrics)
    return is_part or linking.is_about(quantity.sentence, share.share_of)


def _is_told_before(linking: Linking, index: int, share: Metric) -> bool:
    """Is the figure right before a share in its sentence that of the part: "9 TWh, which is 2% of consumption"?"""
    before = linking.chosen[index - 1] if index else None
    is_here = before is not None and linking.quantities[index - 1].sentence == linking.quantities[index].sentence
    return is_here and before is not None and before.metric.id == share.share_of


def _is_of_one(linking: Linking, naming: Naming, index: int, share: Metric) -> bool:
    """Can a weak name mean but one share, with its cue in the same sentence: "98 % is intelligent", 以人口作分母?"""
    if any(metric is not share for metric, _ in naming.metrics):
        return False
    return linking.reading.cues.of(share, linking.quantities[index].sentence) == 0.0


def _names_rate(linking: Linking, naming: Naming, sentence: int) -> bool:
    """Does a name say of which rate a percentage is, by itself or in English by its sentence ("of 5G, coverage")?"""
    is_english = naming.text.isascii()
    return any(
        metric.is_ratio and (strength == STRONG or (is_english and linking.reading.cues.of(metric, sentence) == 0.0))
        for metric, strength in naming.metrics
    )


def _is_meant(linking: Linking, naming: Naming, sentence: int) -> bool:
    """May a name mean one of its metrics in a sentence: by itself, or by a word there that it asks for?"""
    return any(s == STRONG or linking.reading.cues.of(metric, sentence) == 0.0 for metric, s in naming.metrics)


def _tells_multiple(mention: Mention, metric: Metric) -> bool:
    """Is a metric itself told in multiples, and named outright: "310 times the holdings of the National Library"?"""
    return "x" in metric.units and (metric, STRONG) in mention.naming.metrics


def _is_short(naming: Naming) -> bool:
    return " " not in naming.text if naming.text.isascii() else len(naming.text) <= 4


def _holds(naming: Naming, offset: int) -> bool:
    return naming.start <= offset < naming.end
