"""The companies of an article: whose figures it tells, sentence by sentence.

What lives here: the company the whole article is about, and the one that a clause, a row or a paragraph speaks of. What
does not: names (`catalogue.organisations`) and the other breakdowns (see `dimensions`).
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.vocabulary.article import Article, Sentence

_COMPANY_WORD = re.compile(
    r"\b(?:company|company's|firm's|the firm|corp|corporation|inc|ltd|plc|shareholders?|carmaker|automaker|chipmaker|lender|retailer"
    r"|carrier|startup|start-up|the group)\b|公司|集团|股东|本行|该行|车企|財報|财报|集團",
    re.I,
)
_SILENT = frozenset(("meta", "boilerplate"))


class Companies:
    """The companies named in an article."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], catalogue: Catalogue) -> None:
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        publishers = catalogue.organisations.find(article.publisher) if article.publisher else []
        self._publisher = next((m.organisation.name for m in publishers if m.organisation.kind == "company"), None)
        self.mentions = [m for m in catalogue.organisations.find(article.text) if m.organisation.kind == "company"]
        self._mention_starts = [mention.start for mention in self.mentions]
        spoken = [match.start() for match in _COMPANY_WORD.finditer(article.text)]
        self._paragraphs = {
            sentences[max(0, bisect_right(self._starts, at) - 1)].paragraph for at in (*self._mention_starts, *spoken)
        }
        self.main = self._main()

    def is_about_one(self, sentence: int) -> bool:
        """May a sentence tell a company's figures: is a company named in its paragraph, or is the article one's own?"""
        return self.main is not None or self._sentences[sentence].paragraph in self._paragraphs

    def within(self, start: int, end: int) -> list[OrganisationMention]:
        """The companies named in a span."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def _main(self) -> str | None:
        """The company of the whole article: the one its title names, its publisher, else one named all through."""
        title = next((s for s in self._sentences if s.block == "title"), None)
        if title is not None:
            names = {m.organisation.name for m in self.within(title.start, title.end)}
            if len(names) == 1:
                return names.pop()
        if self._publisher is not None:
            return self._publisher
        counts = Counter(m.organisation.name for m in self.mentions)
        if not counts:
            return None
        (name, number), *others = counts.most_common(2)
        paragraphs = {s.paragraph for s in self._sentences if s.block not in _SILENT}
        held = {
            self._sentences[max(0, bisect_right(self._starts, m.start) - 1)].paragraph
            for m in self.mentions
            if m.organisation.name == name
        }
        is_all_through = number >= 3 and len(held) * 3 >= len(paragraphs)
        return name if is_all_through and (not others or others[0][1] * 3 <= number) else None
