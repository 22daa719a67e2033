"""From sentences to quantities: every number of the text, as a quantity or as ignored with its reason.

`find` is the stage. The rules of a language are in `english.py` and `chinese.py`, each subject (numbers, measures,
bounds, ranges, kinds, ranks, traps) in a module of its own; the words they go by are in the catalogue.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick

from pipelines.catalogue import Catalogue
from pipelines.catalogue.periods import PeriodExpression
from pipelines.stages.quantities import chinese, english, traps
from pipelines.stages.quantities.chinese_carried import carry
from pipelines.stages.quantities.chinese_lexicon import tables_of
from pipelines.stages.quantities.folding import Folded, fold
from pipelines.stages.quantities.lexicon import Lexicon, lexicon_of
from pipelines.stages.quantities.mention import Carried
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Ignored, Quantity
from pipelines.vocabulary.words import Words

__all__ = ["find"]

_DIGITS = re.compile(r"\d\d*(?:[.,]\d+)*")  # a first digit apart is sought faster
_CONTEXT_LENGTH = 200  # characters of a governing heading or header cell that are read for cues
_AMOUNT_REACH = 4  # words from "1988 sales of" to their amount
_REASONS = {"date": "date", "time": "time", "length": "span", "plan": "name"}

Span = tuple[int, int, str]


def find(
    text: str, sentences: Sequence[Sentence], catalogue: Catalogue, language: str | None = None
) -> tuple[list[Quantity], list[Ignored]]:
    """Every quantity of the text in order, and every other number with the reason why it is none.

    Offsets are code points of `text`. Linear in its length. `language` is the article's: the script tells where 元 may
    mean which currency.
    """
    folded = fold(text)
    table = tables_of(folded.text, language, catalogue)
    below = replace(table, home=table.stated[1]) if table.stated else table
    lower = folded.text.lower()
    if len(lower) != len(folded.text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded.text)
    lexicon = lexicon_of(catalogue, folded.text, lower)
    expressions = catalogue.periods.find(folded.text)
    digits = [m.span() for m in _DIGITS.finditer(folded.text)]
    spans = _spans(folded.text, lower, digits, expressions, lexicon)
    starts = [span[0] for span in spans]
    candidates = [start for _, start, _ in _number_words(lexicon).find_matches_as_indexes(lower)]
    candidates = sorted({*candidates, *(start for start, _ in digits)})
    quantities: list[Quantity] = []
    told: Sequence[Quantity] = ()  # by the sentence before, as far as it told figures
    last: int | None = None
    ignored: list[Ignored] = []
    carried, paragraph = Carried(), -1
    for index, sentence in enumerate(sentences):
        begin, stop = sentence.start, sentence.end
        if folded.shifts:
            begin, stop = folded.fold_offset(begin), folded.fold_offset(stop)
        first = bisect_left(candidates, begin)
        if first == len(candidates) or candidates[first] >= stop:
            continue
        if sentence.block in ("boilerplate", "meta"):
            ignored += _all_ignored(folded, begin, stop, sentence.block, lexicon)
            continue
        near = spans[max(0, bisect_left(starts, begin) - 2) : bisect_left(starts, stop)]
        headers = [text[a : min(b, a + _CONTEXT_LENGTH)] for a, b in sentence.context]
        if sentence.language == "zh":
            found, left_out = chinese.read_sentence(
                index,
                folded.text,
                begin,
                stop,
                near,
                headers if sentence.block in ("row", "item") else [],
                sentence.block,
                below if table.stated and stop - 1 in table.stated[0] else table,
            )
            follows = last is not None and sentences[last].paragraph == sentence.paragraph
            found = carry(folded.text, begin, found, told if follows else (), table)
            last, told = index, found or told
        else:
            if sentence.paragraph != paragraph:
                carried.turn()
                paragraph = sentence.paragraph
            words = Words(folded.text, begin, stop)
            masked = _mask(words, near, lexicon)
            moving = headers if sentence.block in ("row", "item") else []
            mentions, left_out = english.read_sentence(words, masked, sentence.block == "row", moving, carried, lexicon)
            carried.add(words, mentions)
            found = [mention.freeze(index) for mention in mentions]
        quantities += [_home(q, folded) for q in found] if folded.shifts else found
        ignored += [Ignored(folded.back(x.start), folded.back(x.end - 1) + 1, x.reason, x.rule) for x in left_out]
    return quantities, _account(digits, folded, quantities, ignored)


def _account(
    digits: Sequence[tuple[int, int]], folded: Folded, quantities: list[Quantity], ignored: list[Ignored]
) -> list[Ignored]:
    """The ignored numbers in order, each once, and with them every run of digits that no rule has spoken for.

    Whatever stands inside a quote belongs to its quantity, the 5 of "1.85 million 5G base stations" too.
    """
    ignored.sort(key=lambda x: (x.start, -x.end))
    kept: list[Ignored] = []
    k = reach = 0
    for candidate in ignored:
        while k < len(quantities) and quantities[k].start < candidate.end:
            reach = max(reach, quantities[k].end)
            k += 1
        if reach <= candidate.start and (not kept or candidate.start >= kept[-1].end):
            kept.append(candidate)
    covered = sorted([(q.start, q.end) for q in quantities] + [(x.start, x.end) for x in kept])
    left_over: list[Ignored] = []
    k = reach = 0
    for begin, stop in digits:
        start, end = (folded.back(begin), folded.back(stop - 1) + 1) if folded.shifts else (begin, stop)
        while k < len(covered) and covered[k][0] < end:
            reach = max(reach, covered[k][1])
            k += 1
        if reach <= start:
            left_over.append(Ignored(start, end, "identifier", "no statistic begins here"))
    return sorted([*kept, *left_over], key=lambda x: x.start) if left_over else kept


_automata: dict[int, AhoCorasick] = {}


def _number_words(lexicon: Lexicon) -> AhoCorasick:
    key = id(lexicon.grammar)
    if key not in _automata:
        grammar = lexicon.grammar
        words = {*grammar.cardinals, *grammar.fractions, *grammar.ordinals, *grammar.vague, *grammar.multiples}
        _automata[key] = AhoCorasick(
            sorted(words) + list("一二两兩三四五六七八九十百千万萬亿億壹拾佰仟半翻首½¼¾⅓⅔") + ["倍增"]
        )
    return _automata[key]


def _home(quantity: Quantity, folded: Folded) -> Quantity:
    """The quantity with offsets of the original text."""
    back = folded.back
    return replace(
        quantity,
        start=back(quantity.start),
        end=back(quantity.end - 1) + 1,
        bound_start=back(quantity.bound_start),
        noun_start=back(quantity.noun_start) if quantity.noun_start >= 0 else -1,
        noun_end=back(quantity.noun_end - 1) + 1 if quantity.noun_end > 0 else -1,
    )


def _spans(
    text: str,
    lower: str,
    digits: Sequence[tuple[int, int]],
    expressions: Sequence[PeriodExpression],
    lexicon: Lexicon,
) -> list[Span]:
    """Spans whose numbers are spoken for: dates and periods, codes and addresses, names. Sorted."""
    spans: list[Span] = [(e.start, e.end, _period_reason(e)) for e in expressions]
    spans += traps.find_pieces(text, digits)
    spans += traps.find_names(lower, lexicon)
    spans.sort()
    return spans


def _period_reason(expression: PeriodExpression) -> str:
    if not expression.is_sure:
        return "year?"
    return "name" if expression.is_name else _REASONS.get(expression.kind, "year")


def _mask(words: Words, spans: Sequence[Span], lexicon: Lexicon) -> dict[int, str]:
    """The tokens that those spans cover, with the reason."""
    masked: dict[int, str] = {}
    for start, end, reason in spans:
        first = bisect_left(words.start, start)
        last = bisect_left(words.start, end)
        if reason == "year?":
            if (
                last < len(words)
                and lexicon.nouns.is_plural(words.low[last])
                and words.low[last] not in lexicon.grammar.ends_phrase
                and not _tells_amount(words, last, lexicon)
                and not _is_next_year(words, first)
            ):
                continue
            if first and lexicon.grammar.bounds_before.backward(words.low, first) is not None:
                continue
            reason = "year"
        for token in range(first, last):
            masked.setdefault(token, reason)
    return masked


def _tells_amount(words: Words, k: int, lexicon: Lexicon) -> bool:
    """ "1988 sales of about $14 million", "2019 profits were 3 million": the year of the amount behind it."""
    low, grammar = words.low, lexicon.grammar
    if low[k] not in grammar.classes["amount_plural"] and low[k] not in grammar.classes["plural_modifier"]:
        return False
    follows = low[k + 1] if k + 1 < len(low) else ""
    if follows != "of" and not grammar.is_verb(follows):
        return False
    return any(
        text[0].isdecimal() or text in lexicon.units.prefixes for text in words.text[k + 2 : k + 2 + _AMOUNT_REACH]
    )


def _is_next_year(words: Words, first: int) -> bool:
    """ "For 2026 and 2027 staff project growth": a year right behind another one counts nothing."""
    before = words.low[first - 2] if first > 1 and words.low[first - 1] in ("and", "or", ",") else ""
    return before.isdecimal() and len(before) == len(words.low[first]) and before[:2] == words.low[first][:2]


def _all_ignored(folded: Folded, begin: int, stop: int, block: str, lexicon: Lexicon) -> list[Ignored]:
    return [
        Ignored(folded.back(m.start()), folded.back(m.end() - 1) + 1, "boilerplate", block)
        for m in _DIGITS.finditer(folded.text, begin, stop)
    ]
