"""Whose figures "we" and "our" tell: the company of the one who speaks.

What lives here: the company whose head an English article introduces and lets speak ("Ten questions for Marit Solheim,
chief executive of the colocation firm Norvik"), and the sentences in which it speaks of itself. What does not: the
companies named in a sentence (see `companies`).
"""

import re
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.vocabulary.article import Article, Sentence

_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|us)\b")
_OFTEN = 4  # sentences in which a company speaks of itself, where it is the one that speaks
_BEFORE = 300  # characters of a sentence before a figure in which it does


class Speaker:
    """The company that speaks in an article, if one does; `told` says of which figures."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        named: Sequence[OrganisationMention],
        catalogue: Catalogue,
    ) -> None:
        self._text, self._sentences = article.text, sentences
        self.company = None if (article.language or "").startswith("zh") else self._find(named, catalogue)

    def _find(self, named: Sequence[OrganisationMention], catalogue: Catalogue) -> str | None:
        """The one company whose head is introduced, where somebody often says "we"."""
        starts = {m.start: m.organisation.name for m in named}
        companies = {
            starts[match.start(1)]
            for match in catalogue.company_words.headed.finditer(self._text)
            if match.start(1) in starts
        }
        if len(companies) != 1 or sum(1 for s in self._sentences if self._speaks(s.start, s.end)) < _OFTEN:
            return None
        return companies.pop()

    def _speaks(self, start: int, end: int) -> bool:
        return _FIRST_PERSON.search(self._text, start, min(end, start + _BEFORE)) is not None

    def told(self, sentence: int) -> bool:
        """Does a company tell the figures of a sentence of itself: in it, or in the one before of the paragraph?"""
        if self.company is None:
            return False
        here = self._sentences[sentence]
        if self._speaks(here.start, here.end):
            return True
        last = self._sentences[sentence - 1] if sentence else here
        return last is not here and last.paragraph == here.paragraph and self._speaks(last.start, last.end)
