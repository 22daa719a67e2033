"""Products, services and sites, and the companies whose they are.

What lives here: the table `products.csv` and one scan of a text for its names. What does not: which figures are told of
them (see `stages.observations.companies`), and companies under their own names (`organisations`).
"""

from collections.abc import Iterable
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.organisations import Organisation, OrganisationMention, Organisations
from pipelines.catalogue.table import read_table


class Products:
    """Names of products, each with its company."""

    def __init__(self, makers: Iterable[tuple[str, Organisation]]) -> None:
        makers = list(makers)
        self._makers = [maker for _, maker in makers]
        self._words = AhoCorasick([name for name, _ in makers], matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[OrganisationMention]:
        """Every product named in the text, in order, as a mention of its company."""
        return [
            OrganisationMention(start, end, self._makers[index], "product")
            for index, start, end in self._words.find_matches_as_indexes(text)
            if not (_is_latin(text[start : start + 1]) and _is_latin(text[start - 1 : start] if start else ""))
            and not (_is_latin(text[end - 1 : end]) and _is_latin(text[end : end + 1]))
        ]


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"


def load(organisations: Organisations, overlay: Path | None = None) -> Products:
    """The rows of `products.csv`. Raises CatalogueError for a company that `organisations.csv` does not hold."""
    makers: list[tuple[str, Organisation]] = []
    for row in read_table("products.csv", ("products", "company"), overlay):
        maker = organisations.all.get(row["company"])
        if maker is None:
            raise row.unknown("company", row["company"], list(organisations.all))
        makers += [(name, maker) for name in row.list("products")]
    return Products(makers)
