"""The way of an article, on one screen.

    raw/ file ─ read ─▶ Article ─ split ─▶ sentences ─ find ─▶ quantities ─ observe ─▶ observations
             ─ stage ─▶ Parquet ─ judge ─▶ accepted | quarantined, flags ─ load ─▶ DuckDB ─ marts ─ publish (swap)

The first line is `read` and `extract` below: one article in, its observations out, no disk, clock or network. The
second is `STEPS`, in order; each is one function of the same name in `pipelines.orchestration.steps`, which the Dagster
UI shows as an asset and the command line runs in process.
"""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.stages import agreement, observations, quantities, sentences, text
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.observation import Observation
from pipelines.vocabulary.quantity import Ignored, Quantity
from pipelines.vocabulary.reason import Reason

#: The path in order, and what each step leaves behind.
STEPS = {
    "raw_articles": "every readable file of raw/, by the hash of its bytes",
    "observations": "what the new articles state: found, normalised, tied to metric, place, period and reporter",
    "audit": "accepted or quarantined by the expectations, doubts as flags, every candidate accounted for",
    "warehouse": "core tables, built beside the published file",
    "marts": "what analysts query",
    "published": "the finished file, swapped in by one atomic replace",
}


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article states, and every other number in it with the reason why it is no statistic."""

    article: Article
    sentences: tuple[Sentence, ...]
    observations: tuple[Observation, ...]
    ignored: tuple[Ignored, ...]
    quantities: tuple[Quantity, ...] = ()  # what the observations were made of, with the rules that decided

    @property
    def signature(self) -> tuple[int, ...]:
        """What tells a syndicated copy of this article; worked out when asked for, which staging does."""
        return agreement.signature(self.article.text, self.sentences)


def read(data: bytes, path: str, side: dict[str, str] | None = None) -> Article:
    """Bytes of a raw file to an article. Raises ArticleError for what is no readable article."""
    return text.read(data, path, side)


def extract(article: Article, catalogue: Catalogue) -> Extraction:
    """Everything the article states, in the order of its text. Pure, and linear in the length of the text."""
    parts = sentences.split(article.text, article.language, catalogue)
    found, ignored = quantities.find(article.text, parts, catalogue, article.language)
    facts = observations.observe(article, parts, found, catalogue)
    return Extraction(article, tuple(parts), tuple(facts), tuple(ignored), tuple(found))


def explain(done: Extraction, catalogue: Catalogue) -> list[tuple[Reason, ...]]:
    """For each observation, in order: what decided metric, place, period, reporter and status."""
    return observations.reasons(done.article, done.sentences, done.quantities, catalogue)
