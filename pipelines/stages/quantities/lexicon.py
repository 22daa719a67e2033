"""What the rules ask of the catalogue, compiled once: unit names as phrases, symbols by length, names that
hide numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    money: Mapping[str, str] = field(default_factory=dict)  # what a name of several currencies means in the text


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


def lexicon_of(catalogue: Catalogue, text: str, lower: str) -> Lexicon:
    """The lexicon as one text uses it: with the currencies that it writes by a letter, and those it is told in."""
    lexicon = compile_lexicon(catalogue, letters_of(catalogue, text))
    shared = _shared_money(catalogue)
    told = set(shared.findall(lower)) if shared is not None else ()
    money = {name: code for name in told if (code := _most_told(catalogue.units.contexts[name], lower))}
    return replace(lexicon, money=money) if money else lexicon


@lru_cache(maxsize=4)
def _shared_money(catalogue: Catalogue) -> re.Pattern[str] | None:
    """Names that several currencies share (crowns, pesos), where the usual one has cues of its own, too."""
    units = catalogue.units
    shared = [
        name
        for name, codes in (*units.names.items(), *units.cued.items())
        if all(units.get(code).dimension.startswith("money") for code in codes)
        and any(code == codes[0] for _, code in units.contexts.get(name, ()))
    ]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(shared)))})\b") if shared else None


def _most_told(cues: tuple[tuple[str, str], ...], text: str) -> str | None:
    """The code whose cue words a text has most of."""
    said: dict[str, int] = {}
    for word, code in cues:
        said[code] = said.get(code, 0) + len(re.findall(rf"\b{re.escape(word)}\b", text))
    best = max(said, key=lambda code: said[code])
    return best if said[best] else None


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
