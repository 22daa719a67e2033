"""What the rules ask of the catalogue, compiled once: unit names as phrases, symbols by length, names that
hide numbers."""

from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue import Catalogue
from pipelines.catalogue.grammar import Grammar
from pipelines.catalogue.nouns import Nouns
from pipelines.catalogue.qualifiers import Qualifier
from pipelines.catalogue.units import Units
from pipelines.vocabulary.words import Phrases, sizes_by_first


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled tables for English; `chinese_lexicon.py` has those of Chinese."""

    grammar: Grammar
    units: Units
    nouns: Nouns
    unit_names: Phrases[tuple[str, ...]]
    currency_before: Phrases[tuple[str, ...]]
    symbols: dict[str, tuple[str, ...]]
    symbol_sizes: dict[str, tuple[int, ...]]  # by first character, longest first
    qualifiers: Phrases[Qualifier]
    near_dimensions: frozenset[str]  # what a qualifier elsewhere in the sentence can speak of
    starters: frozenset[str]  # words at which a number or rank can begin
    names: AhoCorasick
    name_reasons: tuple[str, ...]


@lru_cache(maxsize=4)
def compile_lexicon(catalogue: Catalogue) -> Lexicon:
    """The lexicon of a catalogue; compiled at the first call, then shared."""
    units, grammar = catalogue.units, catalogue.grammar
    symbols = dict(units.symbols)
    return Lexicon(
        grammar=grammar,
        units=units,
        nouns=catalogue.nouns,
        unit_names=Phrases(units.names.items()),
        currency_before=Phrases(units.prefixes.items()),
        symbols=symbols,
        symbol_sizes=sizes_by_first(symbols),
        qualifiers=Phrases((q.surface, q) for q in catalogue.qualifiers),
        near_dimensions=frozenset().union(*(q.dimensions for q in catalogue.qualifiers if not q.is_adjacent)),
        starters=frozenset(
            {*grammar.cardinals, *grammar.fractions, *grammar.ordinals, *grammar.vague, *grammar.multiples}
            | {"a", "an"}
            | grammar.classes["number_mark"]
        ),
        names=AhoCorasick([name for name, _ in grammar.names], matchkind=MatchKind.LeftmostLongest),
        name_reasons=tuple(reason for _, reason in grammar.names),
    )
