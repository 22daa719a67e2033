"""Whose figures "we" and "our" tell: the company of the one who speaks.

What lives here: the company whose head an English article introduces and lets speak ("Ten questions for Marit Solheim,
chief executive of the colocation firm Norvik"), and the sentences in which it speaks of itself. What does not: the
companies named in a sentence (see `companies`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.vocabulary.article import Article, Sentence

#: Who says "we", but for what everybody thinks or hears ("and we thought that was high"), or who runs it.
_FIRST_PERSON = re.compile(
    r"\b(?:[Oo]ur|[Oo]urs|us|[Ss]?[Hh]e (?:now |today )?(?:runs|leads|heads|oversees|manages)"
    r"|[Ww]e(?! (?:all |always |now |once )?(?:thought|think|believed?|know|knew|hear|heard|read)\b))\b"
)
_ASKED = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ours)\b[^?]*\?\s*[\"\u201d]?$|\b(?:[Yy]ou|[Yy]our|[Yy]ours)\?")
#: What is told of everybody, not of who speaks.
_OF_ALL = re.compile(
    r"\b(?:[Ii]ndustry|[Mm]arkets?|[Nn]ationwide|[Nn]ational|[Gg]lobal|[Gg]lobally|[Ww]orldwide|the world|the country"
    r"|the government|[Cc]ountries|[Rr]ivals|[Cc]ompetitors|the sector|the economy|[Tt]he regulator)\b"
)
_DEALT_WITH = re.compile(
    r"\b[Oo]ur (?:own )?$|\b(?:[Ww]e|[Oo]ur)\b[^,;.:]{0,60} (?:to|from|with|on|at|in|into) (?:the )?$"
)
_TAKES_UP = re.compile(
    r"(?:That|This|Those|These|Of (?:that|those|these|them))\b"
)  # "That is 47%, against 31% in Spain"
_GOES_ON = (", ", "'s", "\u2019s")
_NEAR = 90  # characters before a name
_OFTEN = 4  # sentences in which a company speaks of itself, where it is the one that speaks
_BEFORE = 300  # characters of a sentence before a figure in which it does
_WIDE = ("country", "continent", "group", "world")


class Speaker:
    """The company that speaks in an article, if one does; `told` says of which figures."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        named: Sequence[OrganisationMention],
        catalogue: Catalogue,
    ) -> None:
        self._text, self._sentences, self._named, self._catalogue = article.text, sentences, named, catalogue
        self.company = None if (article.language or "").startswith("zh") else self._find(named, catalogue)

    def _find(self, named: Sequence[OrganisationMention], catalogue: Catalogue) -> str | None:
        """The one company whose head is introduced, where somebody often says "we"."""
        starts = {m.start: m.organisation.name for m in named}
        companies = {starts[at] for at, _ in catalogue.company_words.introduces.find(self._text) if at in starts}
        if len(companies) != 1 or sum(1 for s in self._sentences if self._says_we(s)) < _OFTEN:
            return None
        return companies.pop()

    def _says_we(self, sentence: Sentence) -> bool:
        """Does somebody say "we" near the start of a sentence?"""
        end = min(sentence.end, sentence.start + _BEFORE)
        return _FIRST_PERSON.search(self._text, sentence.start, end) is not None

    def told(self, sentence: int, figure: int) -> bool:
        """Does a company tell a figure of a sentence of itself?"""
        return self.company is not None and figure < self._told[sentence]

    @cached_property
    def _told(self) -> list[int]:
        """For each sentence up to where the company speaks of itself there, in it or going on from the one before.

        One goes on from the sentence before in its paragraph, and an answer from a question to "you", until a
        sentence speaks of somebody else: "We run 90 MW. Utilisation is at 87 per cent, the average of the industry at
        70 per cent".
        """
        told: list[int] = []
        named = (*self._catalogue.organisations.find(self._text), *self._named)
        others = sorted(m.start for m in named if m.organisation.name != self.company and not self._is_dealt_with(m))
        for number, here in enumerate(self._sentences):
            last = self._sentences[number - 1] if number else None
            if bisect_left(others, here.end) > bisect_left(others, here.start):
                told.append(here.start)
            elif self._says_we(here):
                told.append(here.end)
            elif last is None:
                told.append(here.start)
            elif last.paragraph == here.paragraph and told[-1] == last.end:
                told.append(self._own_end(here))
            else:
                told.append(self._own_end(here) if self._is_asked(number) else here.start)
        return told

    def goes_on(self, sentence: int) -> bool:
        """Does a sentence neither say "we" nor answer a question to "you", so that it may tell of a nation?"""
        return not (self._says_we(self._sentences[sentence]) or self._is_asked(sentence))

    def _is_asked(self, sentence: int) -> bool:
        """Does the sentence before ask "you"?"""
        last = self._sentences[sentence - 1] if sentence else None
        return last is not None and _ASKED.search(self._text, last.start, last.end) is not None

    def _is_dealt_with(self, mention: OrganisationMention) -> bool:
        """Is another only whom the speaker deals with: "our AWS bill", "we moved 40 servers to Arm chips"?"""
        low = max(0, mention.start - _NEAR)
        return (
            _DEALT_WITH.search(self._text, low, mention.start) is not None
            and self._text[mention.end : mention.end + 2] not in _GOES_ON
        )

    def _own_end(self, here: Sentence) -> int:
        """Up to where a sentence speaks of nobody else: of no country at all, nor of the world or a trade so far."""
        end = min(here.end, here.start + _BEFORE)
        places = self._catalogue.places.find(self._text[here.start : end])
        wide = next((here.start + m.start for m in places if m.place.kind in _WIDE), None)
        if wide is not None:
            return wide if _TAKES_UP.match(self._text, here.start) is not None else here.start
        others = _OF_ALL.search(self._text, here.start, end)
        return others.start() if others is not None else here.end
