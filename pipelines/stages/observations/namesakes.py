"""Places of one name told apart: Georgia the country, Georgia the state.

What lives here: which of its bearers a name stands for, from the other places of the text. What does not: the names
(see `catalogue.places`), and the article's country, by which two namesakes are told apart where nothing else is known.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.catalogue.places import PlaceMention
from pipelines.stages.observations.about_place import LOCAL
from pipelines.vocabulary.values import replace

_BODIES = ("ministry", "agency")  # what issues figures of one country
_SURROUNDED = 2  # states and cities of a country among which a name is that of one more


def told_apart(
    mentions: list[PlaceMention], names: Sequence[OrganisationMention], catalogue: Catalogue
) -> list[PlaceMention]:
    """The mentions, the name of a country as that of a state where states and cities of that one's country surround it.

    Atlanta, Georgia Power, or Alabama and Texas beside it, tell of the state; Tbilisi, or a ministry there, of the
    country. A trading partner says nothing: "Georgia's exports to the United States".
    """
    if not any(m.others and m.place.kind == "country" for m in mentions):
        return mentions
    said = _spoken_of(mentions, names, catalogue)
    return [_as_part(m, said, catalogue) for m in mentions]


def _spoken_of(
    mentions: Iterable[PlaceMention], names: Iterable[OrganisationMention], catalogue: Catalogue
) -> Counter[str]:
    """How often a state or country is told of by a part of it, by its people's adjective or by its bodies."""
    said: Counter[str] = Counter()
    for m in mentions:
        if not m.others and (m.place.kind in LOCAL or m.is_adjective):
            said.update({m.place.id, *catalogue.places.around(m.place)})
    shared = {m.start for m in mentions if m.others}
    for n in names:
        if n.organisation.country and n.organisation.kind in _BODIES:
            said[n.organisation.country] += 1
        elif n.organisation.country and n.start in shared:  # "Georgia Power"
            said[n.organisation.country] += _SURROUNDED
    return said


def _as_part(m: PlaceMention, said: Counter[str], catalogue: Catalogue) -> PlaceMention:
    """A mention of a country as one of the state of its name, where only that one is told of by its parts."""
    if not m.others or m.place.kind != "country" or said[m.place.id]:
        return m
    for one in m.others:
        if one.kind in LOCAL and (said[one.id] or said[catalogue.places.country(one) or ""] >= _SURROUNDED):
            return replace(m, place=one, others=(m.place, *(other for other in m.others if other is not one)))
    return m
