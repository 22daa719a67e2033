"""Knowledge as data: what a curator edits, loaded once and checked with file and line.

Each subject (units, number words, bounds, metrics, places ...) is one module with its tables in `data/`. A folder
`catalogue/` in the home overlays the shipped rows. Nothing here reads articles.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.catalogue import (
    boilerplate,
    chinese,
    company_words,
    confidence,
    dimension_keys,
    grammar,
    light_words,
    metrics,
    nouns,
    organisations,
    periods,
    places,
    products,
    qualifiers,
    report_editions,
    units,
)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All subjects, each loaded when first asked for. `overlay` is the home's catalogue folder, if any."""

    overlay: Path | None = None

    @cached_property
    def units(self) -> units.Units:
        return units.load(self.overlay)

    @cached_property
    def nouns(self) -> nouns.Nouns:
        return nouns.load(self.overlay)

    @cached_property
    def grammar(self) -> grammar.Grammar:
        return grammar.load(self.overlay)

    @cached_property
    def chinese(self) -> chinese.ChineseWords:
        return chinese.load(self.overlay)

    @cached_property
    def light_words(self) -> light_words.LightWords:
        return light_words.load(self.overlay)

    @cached_property
    def metrics(self) -> metrics.Metrics:
        return metrics.load(self.overlay)

    @cached_property
    def dimension_keys(self) -> dimension_keys.DimensionKeys:
        return dimension_keys.load(self.overlay)

    @cached_property
    def places(self) -> places.Places:
        return places.load(self.overlay)

    @cached_property
    def organisations(self) -> organisations.Organisations:
        return organisations.load(self.overlay)

    @cached_property
    def company_words(self) -> company_words.CompanyWords:
        return company_words.load(self.overlay)

    @cached_property
    def products(self) -> products.Products:
        return products.load(self.organisations, self.overlay)

    @cached_property
    def periods(self) -> periods.Periods:
        return periods.load(self.overlay)

    @cached_property
    def report_editions(self) -> tuple[report_editions.Editions, ...]:
        return report_editions.load(self.overlay)

    @cached_property
    def qualifiers(self) -> tuple[qualifiers.Qualifier, ...]:
        return qualifiers.load(self.overlay)

    @cached_property
    def confidence(self) -> confidence.Confidence:
        return confidence.load(self.overlay)

    @cached_property
    def boilerplate(self) -> boilerplate.Boilerplate:
        return boilerplate.load(self.overlay)


def load(overlay: Path | None = None) -> Catalogue:
    """The catalogue, with the home's overlay when that folder exists."""
    return Catalogue(overlay if overlay is not None and overlay.is_dir() else None)
