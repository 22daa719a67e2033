"""What the rules ask of the catalogue, compiled once: unit names as phrases, symbols by length, names that
hide numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue import Catalogue
from pipelines.catalogue.grammar import Grammar
from pipelines.catalogue.nouns import Nouns
from pipelines.catalogue.qualifiers import Qualifier
from pipelines.catalogue.units import Units
from pipelines.vocabulary.words import Phrases, sizes_by_two

_LETTER = re.compile(r"[A-Z](?<!\w.)(?=\d)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled tables for English; `chinese_lexicon.py` has those of Chinese."""

    grammar: Grammar
    units: Units
    nouns: Nouns
    unit_names: Phrases[tuple[str, ...]]
    currency_before: Phrases[tuple[str, ...]]
    symbols: dict[str, tuple[str, ...]]
    symbol_sizes: dict[str, tuple[int, ...]]  # by first characters, longest first
    qualifiers: Phrases[Qualifier]
    near_dimensions: frozenset[str]  # what a qualifier elsewhere in the sentence can speak of
    starters: frozenset[str]  # words at which a number or rank can begin
    names: AhoCorasick
    name_reasons: tuple[str, ...]


def symbol_sizes_at(lexicon: Lexicon, source: str, at: int) -> tuple[int, ...]:
    """The lengths of the symbols that could begin at an offset, longest first."""
    sizes = lexicon.symbol_sizes
    return sizes.get(source[at : at + 2]) or sizes.get(source[at : at + 1], ())


def letters_of(catalogue: Catalogue, text: str) -> frozenset[str]:
    """The single letters that stand for a currency in a text (N350, R12 billion): those whose country it names."""
    contexts = catalogue.units.contexts
    letters = [letter for letter in set(_LETTER.findall(text)) if letter in catalogue.units.letters]
    return frozenset(
        letter
        for letter in letters
        if any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word, _ in contexts.get(letter, ()))
    )


@lru_cache(maxsize=16)
def compile_lexicon(catalogue: Catalogue, letters: frozenset[str] = frozenset()) -> Lexicon:
    """The lexicon of a catalogue where `letters` are currencies too; compiled once, then shared."""
    units, grammar = catalogue.units, catalogue.grammar
    symbols = dict(units.symbols)
    return Lexicon(
        grammar=grammar,
        units=units,
        nouns=catalogue.nouns,
        unit_names=Phrases(units.names.items()),
        currency_before=Phrases([*units.prefixes.items(), *((p, units.letters[p]) for p in sorted(letters))]),
        symbols=symbols,
        symbol_sizes=sizes_by_two(symbols),
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
