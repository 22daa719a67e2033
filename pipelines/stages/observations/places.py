"""Where: the place that each quantity of an article is about.

What lives here: which place named in the sentence governs which quantity, the country an article is about, and what
"nationwide" or 我国 stand for. What does not: names and codes (see `catalogue.places`). A place inside the name of
an organisation or an event ("Bank of China") says nothing about a figure; "second in the world" is the scope of a rank.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.places import PlaceMention
from pipelines.stages.observations.stretches import Blocks, stretches
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

_SILENT = ("meta", "boilerplate")
_FEW = 24  # places on each side of a figure that are looked at
_WIDE = ("world", "continent", "group")
_LOCAL = ("capital", "subdivision", "city")
_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|across|of|for|to|from|within|throughout|around|outside|into|and|plus|between|near|on|per|over)|[,&/|])"
    r"\s+(?:the\s+|all of\s+|northern\s+|southern\s+|eastern\s+|western\s+)?$",
    re.I,
)
_LISTED = re.compile(r"\s?(?:,|and|&|plus|/|、|和|及|与|or)\s?(?:and\s)?")
_DATELINE = re.compile(
    r"[^\n]{0,40}?(?:\([^)\n]{2,40}\)\s?[-–—]{0,2}|\s(?:--|—|–)\s|,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8})|:\s)"
)
_REGION = re.compile(
    r"\b((?:North|South|East|West|Central|Northeast|Northwest|Southeast|Southwest|Northern|Southern|Eastern|Western|North-East|South-West)\s(?:China|India|Africa|Europe|Asia|America)|(?:华北|华东|华南|华中|西南|西北|东北|东部|中部|西部)(?:地区)?)"
)
_OF_WORLD = re.compile(r"(?:\bof\b|占|全球)[^.;,\u3002\uff0c]{0,60}$", re.I)
_MONEY = re.compile(
    r"\$|\s(?:dollars?|rupees?|yen|won|pounds?|francs?|ringgit|baht|yuan|renminbi|crowns?|pesos?|reais|dirhams?)\b",
    re.I,
)
_BREAK = re.compile(r"[;\uff1b\u3002]")


@dataclass(frozen=True, slots=True)
class Where:
    """The place of one quantity: `place` as in the contract, `region` a named part of it without a code."""

    place: str | None
    region: str | None = None
    why: tuple[str, ...] = ()


def places(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue,
    is_national: list[bool | None] | None = None,
) -> list[Where]:  # fmt: skip
    """One `Where` for each quantity, in their order. `is_national`: whether its metric is one of a country's."""
    mentions = catalogue.places.find(article.text)
    names = [(m.start, m.end) for m in catalogue.organisations.find(article.text)]
    free = _free(article.text, mentions, names, sentences)
    about = _about(article, sentences, mentions, free, catalogue)
    starts = [m.start for m in free]
    answers = [Where(None)] * len(quantities)
    for sentence, indexes in stretches(sentences, quantities):
        if not indexes:
            continue
        here = free[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        around = [
            m
            for s, e in sentence.context
            for m in free[bisect_left(starts, s) : bisect_left(starts, e)][:8]
            if m.place.kind != "world"
        ]
        group = [quantities[i] for i in indexes]
        region = _REGION.search(article.text, sentence.start, sentence.end)
        tied = _respectively(article.text, sentence, group, here, about)
        for index, quantity in zip(indexes, group, strict=True):
            wanted = is_national[index] if is_national is not None else None
            where = tied.get(quantity.start) or _where(
                article.text, sentence, quantity, here, around, about, wanted, catalogue
            )
            answers[index] = Where(where.place, region[0] if region else None, where.why)
    return answers


def _free(
    text: str, mentions: list[PlaceMention], names: list[tuple[int, int]], sentences: list[Sentence]
) -> list[PlaceMention]:
    """The mentions that stand for a place themselves: not in a name, a dateline, a byline or the page's furniture."""
    silent = [(s.start, s.end) for s in sentences if s.block in _SILENT]
    blocks = Blocks(sentences)
    opening = {s.start for s in sentences if s.block == "paragraph"}
    datelines = []
    for start in opening:
        match = _DATELINE.match(text, start)
        if match and match.end() - start < 70:
            datelines.append((start, match.end()))
    masks = sorted([*names, *silent, *datelines])
    begins = [m[0] for m in masks]
    longest = 0
    reach = [longest := max(longest, end) for _, end in masks]
    kept = []
    for m in mentions:
        k = bisect_left(begins, m.start + 1) - 1
        if (k >= 0 and reach[k] >= m.end) or _MONEY.match(text, m.end):
            continue
        if text[m.start] < "⺀" and blocks.at(m.start) not in ("title", "heading") and _in_a_name(text, m):
            continue
        kept.append(m)
    return kept


_NAME_AFTER = re.compile(
    r"(?:'s)?\s(?:[A-Z][a-z]+\s){0,5}(?:Conference|Expo|Forum|Summit|Report|Initiative|University|Association|Institute|Academy|Bank|Daily|News|Times|Corp|Corporation|Company|Group|Administration|Ministry|Center|Centre|Council|Commission|Exchange|Fair|Index|Post|Agency|Bureau|Society|Alliance|Project|Plan|Act|Airlines|Holdings|Ltd|Inc|Mobile|Telecom|Unicom|Tower)\b"
)


def _in_a_name(text: str, m: PlaceMention) -> bool:
    match = _NAME_AFTER.match(text, m.end)
    return match is not None and not text.startswith("'s", m.end)


@dataclass(frozen=True, slots=True)
class _About:
    """What an article is about: its country, and the narrower or wider place its headline names."""

    country: str | None
    place: str | None
    why: str
    part: str | None = None  # the province or city most spoken of


def _about(
    article: Article,
    sentences: list[Sentence],
    mentions: list[PlaceMention],
    free: list[PlaceMention],
    catalogue: Catalogue,
) -> _About:
    country_of, text = catalogue.places.country, article.text
    counts: Counter[str] = Counter()
    title = next(((s.start, s.end) for s in sentences if s.block == "title"), (0, 0))
    blocks = Blocks(sentences)
    wide: Counter[str] = Counter()
    local: Counter[str] = Counter()
    for m in free:
        weight = 3 if title[0] <= m.start < title[1] else 1
        country = country_of(m.place)
        if country:
            counts[country] += weight * (2 if m.place.kind == "country" else 1)
        if m.place.kind in _LOCAL and m.place.kind != "capital":
            local[m.place.id] += weight
        elif m.place.kind in _WIDE and not _is_scope(text, m):
            wide[m.place.id] += weight
    for m in mentions:  # names of organisations and datelines count less, but they count
        country = country_of(m.place)
        if country and blocks.at(m.start) not in _SILENT:
            counts[country] += 1
    titled = [m for m in free if title[0] <= m.start < title[1]]
    main = next((country_of(m.place) for m in titled if m.place.kind == "country"), None)
    part = local.most_common(1)[0][0] if local else None
    if main is None and counts:
        (top, number), *others = counts.most_common(2)
        is_one = not others or others[0][1] <= 0.6 * number
        main = top if not wide or (number >= 2 and is_one) else None
    for m in titled:
        if m.place.kind in _LOCAL and local[m.place.id] >= 4 and m.place.kind != "capital":
            return _About(country_of(m.place), m.place.id, "title", part)
    if wide and (main is None or (sum(wide.values()) > counts[main] and not any(country_of(m.place) for m in titled))):
        return _About(main, wide.most_common(1)[0][0], "article", part)
    if main is None:
        for o in catalogue.organisations.find(text):
            if o.organisation.country and o.organisation.kind != "outlet":
                return _About(o.organisation.country, o.organisation.country, "reporter")
    return _About(main, main, "article", part)


def _is_scope(text: str, m: PlaceMention) -> bool:
    """ "second in the world", "the world's third-largest", "38 percent of all in the world": no place of the figure."""
    low = max(0, m.start - 60)
    before = text[low : m.start].lower()
    return bool(
        re.search(
            r"(?:first|second|third|fourth|fifth|sixth|top|no\. ?\d+|place|rank\w*|largest|biggest|highest|leading|"
            r"anywhere|where)[^.;,]{0,30}$",
            before,
        )
        or re.match(
            r"(?:'s)?\s(?:[\w-]+\s){0,2}(?:first|second|third|[\w]+-?(?:largest|biggest)|largest|biggest|most|leading|No\.)|(?:第|领先|前列|最)",
            text[m.end : m.end + 40],
        )
    )


def _is_local_use(text: str, m: PlaceMention) -> bool:
    """Whether a city's or province's name is used for the place, not for its government or as a sender."""
    if text[m.start] >= "⺀":
        return True
    if m.place.kind == "capital":
        return bool(_LOCATIVE.search(text, max(0, m.start - 30), m.start)) or text[m.end : m.end + 6] == "-based"
    return True


def _resolve(m: PlaceMention, about: _About, catalogue: Catalogue) -> str | None:
    if m.place.kind == "country_word":
        return about.country
    if m.place.kind == "local_word":
        return about.part or about.country
    if m.others and about.country:
        for place in (m.place, *m.others):
            if catalogue.places.country(place) == about.country:
                return place.id
    return m.place.id


def _respectively(
    text: str, sentence: Sentence, group: list[Quantity], here: list[PlaceMention], about: _About
) -> dict[int, Where]:
    """Places and figures listed in one order: "Beijing, Shanghai and Shenzhen built 30, 25 and 18 sites"."""
    listed: list[list[PlaceMention]] = []
    for m in here:
        if m.is_adjective or m.place.kind.endswith("_word"):
            continue
        if listed and _LISTED.fullmatch(text, listed[-1][-1].end, m.start):
            listed[-1].append(m)
        else:
            listed.append([m])
    if (
        "respectively" not in text[sentence.start : sentence.end]
        and "分别" not in text[sentence.start : sentence.end]
        and not any(q.respectively for q in group)
    ):
        return {}
    for run in listed:
        after = [q for q in group if q.start > run[-1].end and q.kind not in ("size", "condition")]
        if len(run) > 1 and len(after) >= len(run):
            return {q.start: Where(m.place.id, None, ("respectively",)) for m, q in zip(run, after, strict=False)}
    return {}


def _where(
    text: str, sentence: Sentence, q: Quantity, here: list[PlaceMention], around: list[PlaceMention], about: _About,
    is_national: bool | None, catalogue: Catalogue,
) -> Where:  # fmt: skip
    if len(here) > _FEW:
        k = bisect_left([m.start for m in here], q.start)
        here = here[max(0, k - _FEW) : k + _FEW]
    if q.kind == "rank" or sentence.block == "row":
        here = [m for m in here if m.place.kind not in _WIDE]
    usable: list[PlaceMention] = []
    has_country = any(m.place.kind in ("country", "country_word") for m in here)
    for m in here:
        if m.start >= q.start and m.end <= q.end:
            continue
        if m.place.kind in _WIDE and (
            _is_scope(text, m)
            or (
                q.kind == "share"
                and (
                    has_country or _OF_WORLD.search(text[max(q.end, m.start - 70) : m.start] if m.start > q.end else "")
                )
            )
        ):
            continue
        if m.place.kind in _LOCAL and not _is_local_use(text, m):
            continue
        usable.append(m)
    before = [m for m in usable if m.end <= q.start]
    after = [m for m in usable if m.start >= q.end and not _BREAK.search(text, q.end, min(m.start, q.end + 400))]
    chosen: PlaceMention | None = None
    if before:
        chosen = before[-1]
    elif after:
        locative = [
            m
            for m in after
            if m.is_adjective or text[m.start] >= "⺀" or _LOCATIVE.search(text, max(0, m.start - 30), m.start)
        ]
        chosen = locative[0] if locative else None
        if chosen is not None and chosen.place.kind in _LOCAL and chosen.start - q.end > 60:
            chosen = None
    if chosen is not None:
        run = _run(text, usable, chosen)
        if len(run) > 1 and all(m.place.kind in _LOCAL or m.place.kind == "country" for m in run):
            ids = [_resolve(m, about, catalogue) for m in run]
            if len({*ids}) > 1 and chosen.place.kind in _LOCAL and is_national is not False:
                if q.kind == "share" and about.country:  # a part of the country's total, broken down by place
                    return Where(about.country, None, ("several places",))
                return Where("/".join(i for i in ids if i), None, ("several places",))
    if chosen is not None and is_national is False and chosen.is_adjective:
        chosen = None
    if chosen is not None:
        return Where(_resolve(chosen, about, catalogue), None, (text[chosen.start : chosen.end],))
    if around and is_national is not False:
        return Where(_resolve(around[0], about, catalogue), None, ("context", text[around[0].start : around[0].end]))
    if is_national and about.place:
        return Where(about.place, None, (about.why,))
    return Where(None)


def _run(text: str, usable: list[PlaceMention], chosen: PlaceMention) -> list[PlaceMention]:
    """The list of places that `chosen` stands in: "Mumbai plus Chennai"."""
    k = low = usable.index(chosen)
    while low and _LISTED.fullmatch(text, usable[low - 1].end, usable[low].start):
        low -= 1
    while k + 1 < len(usable) and _LISTED.fullmatch(text, usable[k].end, usable[k + 1].start):
        k += 1
    return usable[low : k + 1]
